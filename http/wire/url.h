/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* url.h - the one parser of URLs (RFC 3986, and what the web sends instead, as libcurl takes it).
 * Shape: text goes in; out come normalised text in the caller's buffer, and spans of its parts:
 *
 *        https://user:password@[fe80::1%25eth0]:8443/dir/file?query#fragment
 *        scheme  user password  host       zone port path      query fragment
 *               |--------------authority-----------|--- target ---|
 *
 *        Normalised: scheme in lower case; percent-encoding in the host decoded; IPv4 with four
 *        decimal numbers, IPv6 as RFC 5952 writes it; the port without leading zeros; a path always
 *        there, without dot segments; spaces and bytes from 0x80 percent-encoded. Normalising it
 *        again changes nothing.
 * Refused always: control bytes (CR, LF, NUL among them), more than one "@" in the authority, a
 *        port above 65535, a scheme that is not followed by "//" ("mailto:a@b").
 * Pure: no allocation, no globals. The spans live as long as the buffer does. */
#ifndef NATIVE_HTTP_WIRE_URL_H
#define NATIVE_HTTP_WIRE_URL_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

enum native_http_url_flag {
    /* the text may begin with the authority: `scheme` is absent then, and `text` has none.
     * "host:80" is a host and a port, not a scheme. */
    NATIVE_HTTP_URL_GUESS_SCHEME = 0x01,
    /* take one or three slashes after the scheme for two: "http:/host", "http:///host" */
    NATIVE_HTTP_URL_ANY_SLASHES = 0x02,
    NATIVE_HTTP_URL_SPACES = 0x04,         /* spaces are taken, and percent-encoded */
    NATIVE_HTTP_URL_SPACE_AS_PLUS = 0x08,  /* a space in the query becomes "+": curl's redirects */
    NATIVE_HTTP_URL_KEEP_HIGH = 0x10,      /* bytes from 0x80 stay as they are */
    NATIVE_HTTP_URL_PATH_AS_IS = 0x20,     /* dot segments stay */
    NATIVE_HTTP_URL_NO_USERINFO = 0x40,    /* a user name is refused */
    NATIVE_HTTP_URL_STRICT_ESCAPES = 0x80, /* "%" without two hexadecimal digits is refused */
    NATIVE_HTTP_URL_LOWER_ESCAPES = 0x100, /* "%c3" for a byte that is percent-encoded, not "%C3" */
    NATIVE_HTTP_URL_DROP_EMPTY = 0x200     /* a query or fragment with nothing in it is left out */
};

struct native_http_url_options {
    unsigned flags;    /* enum native_http_url_flag */
    size_t length_max; /* bytes of the text that goes in */
};

#define NATIVE_HTTP_URL_OPTIONS_INIT                                                               \
    {                                                                                              \
        NATIVE_HTTP_URL_ANY_SLASHES, 8000000                                                       \
    }

enum native_http_host_kind {
    NATIVE_HTTP_HOST_NONE = 0, /* only "file" has none */
    NATIVE_HTTP_HOST_NAME = 1, /* may have bytes from 0x80: international names are the caller's */
    NATIVE_HTTP_HOST_IPV4 = 4,
    NATIVE_HTTP_HOST_IPV6 = 6
};

struct native_http_url {
    struct native_http_span text;   /* all of it */
    struct native_http_span scheme; /* absent if it is to be guessed: the caller may set it */
    /* Still percent-encoded (native_http_unescape with NO_CONTROL); may be absent. */
    struct native_http_span user, password;
    enum native_http_host_kind host_kind;
    struct native_http_span host; /* without brackets and zone */
    struct native_http_span zone; /* of an IPv6 address: without "%25"; may be absent */
    uint8_t address[16]; /* the first 4 of an IPv4, all of an IPv6 address, in network order */
    int32_t port;        /* -1: none given */
    struct native_http_span path;      /* begins with "/" */
    struct native_http_span query;     /* without "?"; may be absent */
    struct native_http_span fragment;  /* without "#"; may be absent */
    struct native_http_span authority; /* from the user to the port */
    struct native_http_span target;    /* path and query: what a request line has (origin-form) */
};

/* Parse `text` and write it, normalised, into `buffer`, from buffer->len on.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_NO_SPACE: buffer->len tells what is enough;
 * NATIVE_HTTP_MALFORMED or NATIVE_HTTP_TOO_LARGE with `fault`, whose offset counts in `text`. `url`
 * is of use on NATIVE_HTTP_OK only. */
enum native_http_status native_http_url_parse(const struct native_http_url_options *options,
                                              const void *text, size_t text_len,
                                              struct native_http_buffer *buffer,
                                              struct native_http_url *url,
                                              struct native_http_fault *fault);

/* The same for a reference that may be relative to `base`, which must be absolute (RFC 3986, 5.2).
 * The fragment of the base is not inherited. Returns what native_http_url_parse returns; `base` and
 * `buffer` may not overlap, and `url` is another struct than `base`. */
enum native_http_status native_http_url_resolve(const struct native_http_url_options *options,
                                                const struct native_http_url *base,
                                                const void *reference, size_t reference_len,
                                                struct native_http_buffer *buffer,
                                                struct native_http_url *url,
                                                struct native_http_fault *fault);

/* Returns the port that a scheme has where none is given, or 0 for a scheme that is not known
 * here. */
uint16_t native_http_scheme_port(struct native_http_span scheme);

/* Returns the port given, or else that of the scheme, or 0. */
uint16_t native_http_url_port(const struct native_http_url *url);

/* Returns whether both have the same scheme, host (an IPv6 zone too) and port: credentials go no
 * further. */
bool native_http_url_same_origin(const struct native_http_url *a, const struct native_http_url *b);

/* Put "host[:port]" as the field Host has it: IPv6 in brackets without its zone, a port only where
 * it is not that of the scheme. */
void native_http_url_put_host(const struct native_http_url *url, struct native_http_buffer *buffer);

/* Put "host:port", the port always (authority-form, for CONNECT). */
void native_http_url_put_authority(const struct native_http_url *url,
                                   struct native_http_buffer *buffer);

/* Put it without user, password, zone and fragment (absolute-form, for a request to a proxy). */
void native_http_url_put_absolute(const struct native_http_url *url,
                                  struct native_http_buffer *buffer);

#endif
