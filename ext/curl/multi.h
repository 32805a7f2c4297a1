/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi.h - CurlMultiHandle. */
#ifndef NATIVE_EXT_CURL_MULTI_H
#define NATIVE_EXT_CURL_MULTI_H

#include "handle.h"

extern zend_class_entry *native_ext_curl_multi_ce;

/* The handle goes: take it out of its multi handle. */
void native_ext_curl_multi_forget(struct native_ext_curl_easy *easy);

/* How many handles are in it. */
uint32_t native_ext_curl_multi_count(const struct native_ext_curl_multi *multi);

/* What RESOLVE of its handles has said. */
struct native_ext_curl_hosts **native_ext_curl_multi_hosts(struct native_ext_curl_multi *multi);

/* Whose connections its handles use, for the pool; 0 after throwing. */
uint64_t native_ext_curl_multi_owner(struct native_ext_curl_multi *multi);

void native_ext_curl_multi_minit(void);

#endif
