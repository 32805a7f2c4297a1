/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/options.h - Native\Http\Options, and what the engine reads of them. */
#ifndef NATIVE_EXT_HTTP_OPTIONS_H
#define NATIVE_EXT_HTTP_OPTIONS_H

#include "../options.h"

#include "../../http/options.h"
#include "../../net/tls.h"
#include "overrides.h"

enum native_ext_http_option {
    NATIVE_EXT_HTTP_BASE_URL,
    NATIVE_EXT_HTTP_HEADERS,
    NATIVE_EXT_HTTP_USER_AGENT,
    NATIVE_EXT_HTTP_TIMEOUT,
    NATIVE_EXT_HTTP_CONNECT_TIMEOUT,
    NATIVE_EXT_HTTP_FIRST_BYTE_TIMEOUT,
    NATIVE_EXT_HTTP_LOW_SPEED_LIMIT,
    NATIVE_EXT_HTTP_LOW_SPEED_TIME,
    NATIVE_EXT_HTTP_MAX_SEND_SPEED,
    NATIVE_EXT_HTTP_MAX_RECEIVE_SPEED,
    NATIVE_EXT_HTTP_FOLLOW_REDIRECTS,
    NATIVE_EXT_HTTP_MAX_REDIRECTS,
    NATIVE_EXT_HTTP_KEEP_POST,
    NATIVE_EXT_HTTP_SCHEMES,
    NATIVE_EXT_HTTP_DECODE,
    NATIVE_EXT_HTTP_FAIL_ON_STATUS,
    NATIVE_EXT_HTTP_USERNAME,
    NATIVE_EXT_HTTP_PASSWORD,
    NATIVE_EXT_HTTP_BEARER,
    NATIVE_EXT_HTTP_AUTH,
    NATIVE_EXT_HTTP_PROXY,
    NATIVE_EXT_HTTP_NO_PROXY,
    NATIVE_EXT_HTTP_PROXY_TUNNEL,
    NATIVE_EXT_HTTP_COOKIES,
    NATIVE_EXT_HTTP_CA_FILE,
    NATIVE_EXT_HTTP_CA_PATH,
    NATIVE_EXT_HTTP_CA,
    NATIVE_EXT_HTTP_CERTIFICATE,
    NATIVE_EXT_HTTP_KEY,
    NATIVE_EXT_HTTP_PASSPHRASE,
    NATIVE_EXT_HTTP_VERIFY_PEER,
    NATIVE_EXT_HTTP_VERIFY_HOST,
    NATIVE_EXT_HTTP_PINNED_PUBLIC_KEY,
    NATIVE_EXT_HTTP_CRL,
    NATIVE_EXT_HTTP_TLS_MIN_VERSION,
    NATIVE_EXT_HTTP_TLS_MAX_VERSION,
    NATIVE_EXT_HTTP_TLS_CIPHERS,
    NATIVE_EXT_HTTP_TLS13_CIPHERS,
    NATIVE_EXT_HTTP_TLS_GROUPS,
    NATIVE_EXT_HTTP_EXPECT_CONTINUE,
    NATIVE_EXT_HTTP_MAX_BODY,
    NATIVE_EXT_HTTP_MAX_DECODED,
    NATIVE_EXT_HTTP_MAX_HEADER,
    NATIVE_EXT_HTTP_FAMILY,
    NATIVE_EXT_HTTP_INTERFACE,
    NATIVE_EXT_HTTP_UNIX_SOCKET,
    NATIVE_EXT_HTTP_KEEP_ALIVE,
    NATIVE_EXT_HTTP_RESOLVE,
    NATIVE_EXT_HTTP_FRESH,
    NATIVE_EXT_HTTP_ON_PROGRESS,
    NATIVE_EXT_HTTP_CONNECT_TO,
    NATIVE_EXT_HTTP_SINK,
    NATIVE_EXT_HTTP_CERTIFICATES,
    NATIVE_EXT_HTTP_OPTIONS
};

extern zend_class_entry *native_ext_http_options_ce;

/* As native_ext_options_take(). */
zend_object *native_ext_http_options_take(zend_object *options);

/* Fill what the engine reads, but for URL, method, fields and body. Spans point into the object. */
void native_ext_http_options_fill(zend_object *options, struct native_http_options *out);

/* Read $resolve and $connectTo. Returns false after throwing; then, too, end it. */
bool native_ext_http_options_overrides(zend_object *options, struct native_ext_http_overrides *out);

/* Make the TLS configuration that they ask for. Returns NULL with `error`. */
struct native_net_tls_config *native_ext_http_options_tls(zend_object *options,
                                                          struct native_net_error *error);

void native_ext_http_options_minit(void);

#endif
