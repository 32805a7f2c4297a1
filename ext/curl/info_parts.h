/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/info_parts.h - what curl_getinfo() is made of. Private to info*.c:
 *
 *   info.c  the table, and all of it as an array    info_numbers.c  what the engine counts    info_texts.c  texts and lists */
#ifndef NATIVE_EXT_CURL_INFO_PARTS_H
#define NATIVE_EXT_CURL_INFO_PARTS_H

#include "info.h"

/* Numbers in libcurl's terms. Times in microseconds; -1 where libcurl has that for "unknown". */
struct native_ext_curl_told {
    int64_t status, connect_status, http_version, protocol;
    int64_t header_bytes, request_bytes, redirects, connects, connection;
    int64_t total, name, connect, tls, send, sent, first, redirect, queue;
    int64_t uploaded, downloaded, upload_speed, download_speed, upload_length, download_length;
    int64_t file_time, retry_after, condition_unmet;
    int64_t remote_port, local_port;
    int64_t verify_result, proxy_verify_result, os_error, proxy_error;
    int64_t offered, proxy_offered, used, proxy_used, used_proxy;
    int64_t nothing;
};

/* Whether there is something to tell: of a file:// URL, of a transfer; while it runs, too. What curl_reset() has left has no URL. */
bool native_ext_curl_info_has_local(const struct native_ext_curl_easy *easy);
bool native_ext_curl_info_has_transfer(const struct native_ext_curl_easy *easy);

/* The URL of the last request; `at` NULL: it was not looked at yet, or was none. What the engine may then still
 * have is a setting that is gone. */
struct native_http_span native_ext_curl_info_url_of(const struct native_ext_curl_easy *easy);

/* Fill all the numbers. */
void native_ext_curl_info_tell(struct native_ext_curl_easy *easy,
                               struct native_ext_curl_told *told);

/* The text or the list of this CURLINFO_*; false: there is none. */
void native_ext_curl_info_text(struct native_ext_curl_easy *easy,
                               const struct native_ext_curl_told *told, zend_long id, zval *value);

#endif
