/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/login.h - which user name and password go to which host: of USERPWD, of the URL, of the file of NETRC. */
#ifndef NATIVE_EXT_CURL_LOGIN_H
#define NATIVE_EXT_CURL_LOGIN_H

#include "handle.h"

/* For the engine: handlers.h, credentials. */
void native_ext_curl_login(void *ctx, struct native_http_transfer *transfer,
                           const struct native_http_whom *whom,
                           struct native_http_credentials *credentials);

/* Before a request: look its host up, if NETRC wants that. Returns false: the file cannot be read. */
bool native_ext_curl_login_ready(struct native_ext_curl_easy *easy);

/* Forget what was found. */
void native_ext_curl_login_free(struct native_ext_curl_easy *easy);

#endif
