/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error.h - the engine's errors in libcurl's numbers and words. */
#ifndef NATIVE_EXT_CURL_ERROR_H
#define NATIVE_EXT_CURL_ERROR_H

#include "handle.h"

/* Returns CURLE_* for how the transfer ended, and writes libcurl's words to `text` ("": the code's own). Also fills
 * easy->verify_result. */
int native_ext_curl_error_of(struct native_ext_curl_easy *easy, char *text, size_t len);

/* CURLINFO_PROXY_ERROR: CURLPX_*. */
int native_ext_curl_proxy_error_of(const struct native_ext_curl_easy *easy);

/* CURLINFO_OS_ERRNO. */
int native_ext_curl_os_error_of(const struct native_ext_curl_easy *easy);

/* curl_strerror(), curl_multi_strerror(), curl_share_strerror(). Never NULL. */
const char *native_ext_curl_strerror(zend_long code);
const char *native_ext_curl_multi_strerror(zend_long code);
const char *native_ext_curl_share_strerror(zend_long code);

#endif
