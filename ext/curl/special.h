/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/special.h - options that are more than a value of their kind: functions for the table (options.c). */
#ifndef NATIVE_EXT_CURL_SPECIAL_H
#define NATIVE_EXT_CURL_SPECIAL_H

#include "options.h"

/* clang-format off */
#define NATIVE_EXT_CURL_SPECIALS(X)                                                                \
    X(any_text)                                                                                    \
    X(auth)                                                                                        \
    X(cookie_file)                                                                                 \
    X(cookie_jar)                                                                                  \
    X(cookie_list)                                                                                 \
    X(engine)                                                                                      \
    X(escaped)                                                                                     \
    X(follow)                                                                                      \
    X(global_cache)                                                                                \
    X(header_out)                                                                                  \
    X(http_get)                                                                                    \
    X(http_version)                                                                                \
    X(inverse)                                                                                     \
    X(no_body)                                                                                     \
    X(not_none)                                                                                    \
    X(nothing)                                                                                     \
    X(post)                                                                                        \
    X(post_fields)                                                                                 \
    X(post_redirect)                                                                               \
    X(private)                                                                                     \
    X(protocol_names)                                                                              \
    X(protocols)                                                                                   \
    X(return)                                                                                      \
    X(safe_upload)                                                                                 \
    X(share)                                                                                       \
    X(socks5_auth)                                                                                 \
    X(ssl_version)                                                                                 \
    X(upload)                                                                                      \
    X(url)                                                                                         \
    X(user_password)                                                                               \
    X(verify_host)
/* clang-format on */

#define X(name)                                                                                    \
    int native_ext_curl_set_##name(struct native_ext_curl_easy *easy,                              \
                                   const struct native_ext_curl_option *option, zval *value);
NATIVE_EXT_CURL_SPECIALS(X)
#undef X

/* A callback was set: bodies or header lines go there now. */
void native_ext_curl_called(struct native_ext_curl_easy *easy, int option);

/* Use a share, or none (NULL), in place of the one that is used. */
void native_ext_curl_share_use(struct native_ext_curl_easy *easy, zend_object *share);

enum { NATIVE_EXT_CURL_LONGEST = 8000000 }; /* bytes of a text, as in libcurl */

/* The value as text without a zero byte. Returns NULL after throwing. (options.c) */
zend_string *native_ext_curl_text_of(zval *value);

/* The same, not too long. Returns CURLE_OK with *text; CURLE_BAD_FUNCTION_ARGUMENT; -1 after throwing. */
int native_ext_curl_short_text_of(zval *value, zend_string **text);

/* Put a text, or NULL, in place of another. (options.c) */
void native_ext_curl_put_text(struct native_ext_curl_easy *easy, zend_string **field,
                              zend_string *text);

#endif
