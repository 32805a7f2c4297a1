/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/cookies.h - a handle's cookies: COOKIEFILE, COOKIEJAR, COOKIELIST; a share's, where it shares them. */
#ifndef NATIVE_EXT_CURL_COOKIES_H
#define NATIVE_EXT_CURL_COOKIES_H

#include "handle.h"

/* Returns them, made if there are none yet; NULL without memory. */
struct native_http_cookies *native_ext_curl_cookies(struct native_ext_curl_easy *easy);

/* Returns them, or NULL if no option wanted any. */
struct native_http_cookies *native_ext_curl_cookies_of(const struct native_ext_curl_easy *easy);

/* A new store is to behave as libcurl's. */
void native_ext_curl_cookies_limit(struct native_http_cookies *cookies);

/* COOKIELIST: "ALL", "SESS", "FLUSH", "RELOAD", or a cookie. Returns CURLE_*. */
int native_ext_curl_cookies_command(struct native_ext_curl_easy *easy, const char *text);

/* Before a transfer: read the files that were named since the last one. */
void native_ext_curl_cookies_load(struct native_ext_curl_easy *easy);

/* The handle goes: write the jar. */
void native_ext_curl_cookies_flush(struct native_ext_curl_easy *easy);

#endif
