/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info.h - curl_getinfo(). */
#ifndef NATIVE_EXT_CURL_INFO_H
#define NATIVE_EXT_CURL_INFO_H

#include "handle.h"

/* All of it, as an array. */
void native_ext_curl_info_all(struct native_ext_curl_easy *easy, zval *return_value);

/* One; false where there is none. */
void native_ext_curl_info_one(struct native_ext_curl_easy *easy, zend_long option,
                              zval *return_value);

/* CURLINFO_EFFECTIVE_URL of one that was performed, counted; NULL: it was not. */
zend_string *native_ext_curl_info_url(struct native_ext_curl_easy *easy);

/* Keep the certificates of the connection, if CERTINFO wants them; while there is one. */
void native_ext_curl_info_certificates(struct native_ext_curl_easy *easy);

#endif
