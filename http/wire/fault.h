/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fault.h - the reasons for refusing bytes, one table for names and texts.
 * Pure: constants. */
#ifndef NATIVE_HTTP_WIRE_FAULT_H
#define NATIVE_HTTP_WIRE_FAULT_H

/* X(constant, short name, text for people: says what is wrong, without a full stop) */
#define NATIVE_HTTP_FAULTS(X)                                                                      \
    X(NONE, "none", "nothing is wrong")                                                            \
    X(STATUS_LINE, "status_line", "this is no status line")                                        \
    X(NO_HEAD, "no_head", "the answer does not begin as HTTP does")                                \
    X(VERSION, "version", "the HTTP version is not 1.0 or 1.1")                                    \
    X(STATUS_CODE, "status_code", "the status code is not three digits from 100 to 999")           \
    X(FIELD_NAME, "field_name", "a header field's name is empty or has a byte that is no token")   \
    X(FIELD_SPACE, "field_space", "space between a header field's name and its colon")             \
    X(FIELD_COLON, "field_colon", "a header line without a colon")                                 \
    X(FIELD_VALUE, "field_value", "a header field's value has a control byte")                     \
    X(FOLDED, "folded", "a header line is continued on the next one (obs-fold)")                   \
    X(BARE_LF, "bare_lf", "a line ends in LF without CR")                                          \
    X(BARE_CR, "bare_cr", "CR without LF")                                                         \
    X(HEAD_BYTES, "head_bytes", "the header section is larger than the limit")                     \
    X(HEAD_FIELDS, "head_fields", "more header fields than the limit")                             \
    X(LENGTH, "length", "Content-Length is not a number")                                          \
    X(LENGTH_TWICE, "length_twice", "Content-Length stands there with different values")           \
    X(LENGTH_AND_CODING, "length_and_coding", "both Content-Length and Transfer-Encoding")         \
    X(CODING, "coding", "a transfer coding that is not chunked, or chunked not as the last one")   \
    X(CHUNK_SIZE, "chunk_size", "a chunk's size is not a hexadecimal number")                      \
    X(CHUNK_LARGE, "chunk_large", "a chunk's size is larger than any number here")                 \
    X(CHUNK_EXTENSION, "chunk_extension", "a chunk's extension is too long or malformed")          \
    X(CHUNK_END, "chunk_end", "a chunk's data is not followed by the end of the line")             \
    X(BODY_CUT, "body_cut", "the connection ended before the body did")                            \
    X(CONTROL_BYTE, "control_byte", "CR, LF, NUL or another control byte")                         \
    X(METHOD, "method", "a method is empty or has a byte that is no token")                        \
    X(URL_EMPTY, "url_empty", "an empty URL")                                                      \
    X(URL_SCHEME, "url_scheme", "a URL without a usable scheme")                                   \
    X(URL_HOST, "url_host", "a URL whose host is missing or has a byte that no host has")          \
    X(URL_ADDRESS, "url_address", "a URL whose host is not a good IPv4 or IPv6 address")           \
    X(URL_NAME, "url_name", "a URL whose host is no international name that can be")               \
    X(URL_PORT, "url_port", "a URL whose port is not a number from 0 to 65535")                    \
    X(URL_USERINFO, "url_userinfo", "a URL with a user name where none is allowed")                \
    X(URL_ESCAPE, "url_escape", "a percent sign that is not followed by two hexadecimal digits")   \
    X(URL_SPACE, "url_space", "a URL with a space in it")                                          \
    X(URL_SLASHES, "url_slashes", "a URL whose scheme is not followed by two slashes")             \
    X(URL_LENGTH, "url_length", "a URL longer than the limit")                                     \
    X(RANGE, "range", "a byte range that is none")                                                 \
    X(DATE, "date", "a date that is none")                                                         \
    X(COOKIE, "cookie", "a cookie without a usable name and value")                                \
    X(COOKIE_DOMAIN, "cookie_domain", "a cookie for a domain that its sender may not set one for") \
    X(COOKIE_SECURE, "cookie_secure", "a secure cookie from an origin that is not secure")         \
    X(COOKIE_PREFIX, "cookie_prefix", "a cookie that is not what its name's prefix promises")      \
    X(COOKIE_HTTP_ONLY, "cookie_http_only",                                                        \
      "a cookie for HTTP only from something that is not HTTP")                                    \
    X(JAR_LINE, "jar_line", "a line of a cookie jar without the seven fields of a cookie")         \
    X(CHALLENGE, "challenge", "an authentication challenge that is malformed")                     \
    X(CHALLENGE_KIND, "challenge_kind",                                                            \
      "a challenge with an algorithm or quality that is not supported")                            \
    X(HASH, "hash", "a hash function failed")                                                      \
    X(RANDOM, "random", "the system has no random bytes")                                          \
    X(USER_COLON, "user_colon", "a user name with a colon, which Basic cannot send")               \
    X(TARGET, "target", "a request target with a space or a control byte")                         \
    X(BASE64, "base64", "bytes that are no base64")                                                \
    X(BOUNDARY, "boundary",                                                                        \
      "a boundary that is empty, too long or has a byte that no boundary has")                     \
    X(TEXT_LENGTH, "text_length", "a text longer than its field in the protocol has room for")     \
    X(CONTENT_CODING, "content_coding", "more content codings than the limit")                     \
    X(SOCKS, "socks", "an answer that no SOCKS proxy gives")                                       \
    X(SOCKS_ADDRESS, "socks_address", "an address that this version of SOCKS cannot ask for")

enum native_http_fault_reason {
#define X(constant, name, text) NATIVE_HTTP_FAULT_##constant,
    NATIVE_HTTP_FAULTS(X)
#undef X
        NATIVE_HTTP_FAULT_COUNT
};

/* Returns the short name ("field_colon") or the text for people; never NULL. */
const char *native_http_fault_name(enum native_http_fault_reason reason);
const char *native_http_fault_text(enum native_http_fault_reason reason);

#endif
