/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/fill.h - from a handle's settings to the options that the engine reads. */
#ifndef NATIVE_EXT_CURL_FILL_H
#define NATIVE_EXT_CURL_FILL_H

#include "handle.h"

/* What the engine's options point to where the settings have arrays. malloc'ed. */
struct native_ext_curl_lists {
    struct native_http_span *fields, *proxy_fields, *aliases; /* in `spans` */
    size_t fields_len, proxy_fields_len, aliases_len;
    struct native_http_resolve_entry *resolve;
    struct native_net_addresses *addresses; /* one for each of resolve */
    size_t resolve_len;
    struct native_http_connect_entry *connect_to;
    size_t connect_to_len;
    char condition[64];                  /* the field of TIMECONDITION */
    char content_range[160];             /* of the body */
    char *names;                         /* those of resolve */
    struct native_ext_curl_lists *older; /* of a transfer that runs: those before */
    struct native_http_span spans[];
};

/* Fill all but the body. Returns CURLE_OK; else the error is noted. Also while the transfer runs: what is decided later
 * follows it. */
int native_ext_curl_fill(struct native_ext_curl_easy *easy);

/* Which request: libcurl chooses at the begin whether there is a body. */
enum native_ext_curl_method native_ext_curl_method_of(const struct native_ext_curl_easy *easy);

/* Make the lists anew (lists.c). Returns CURLE_OK; else the error is noted. */
int native_ext_curl_lists_make(struct native_ext_curl_easy *easy);
void native_ext_curl_lists_free(struct native_ext_curl_lists *lists);

/* Whether the server's certificate names the one of ISSUERCERT as its issuer, if there is such an option. (tls.c) */
bool native_ext_curl_issuer_fits(struct native_ext_curl_easy *easy);

/* Whether a file of that type, SSLCERTTYPE, can be read. (tls.c) */
bool native_ext_curl_is_pem_or_der(const zend_string *type);

/* For the engine: the settings' TLS configuration (tls.c). */
struct native_net_tls_config *native_ext_curl_tls(struct native_ext_curl_easy *easy,
                                                  struct native_net_error *error);

#endif
