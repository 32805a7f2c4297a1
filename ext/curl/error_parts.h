/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/error_parts.h - what the texts of errors are made of. Private to error*.c:
 *
 *   error.c  all kinds, and what they share    error_connect.c   URLs, names, connections    error_proxy.c   SOCKS and CONNECT
 *   error_tls.c  handshakes, own files         error_response.c  what is wrong with an answer
 *
 * Each native_ext_curl_say...() writes libcurl's words to f->text and returns CURLE_*. */
#ifndef NATIVE_EXT_CURL_ERROR_PARTS_H
#define NATIVE_EXT_CURL_ERROR_PARTS_H

#include "error.h"

#include "../../http/route.h"

/* libcurl's, of which PHP has no constant. */
enum {
    NATIVE_EXT_CURL_UPLOAD_FAILED = 25,
    NATIVE_EXT_CURL_REWIND_FAILED = 65,
    NATIVE_EXT_CURL_LOGIN_DENIED = 67,
    NATIVE_EXT_CURL_CRL_BAD_FILE = 82,
    NATIVE_EXT_CURL_AUTH_ERROR = 94
};

struct native_ext_curl_failure {
    struct native_ext_curl_easy *easy;
    const struct native_http_error *error;
    const struct native_http_info *info;
    char *text;
    size_t len;
};

/* Write the text, "" for the code's own. Returns the code. */
int native_ext_curl_say(const struct native_ext_curl_failure *f, int code, const char *format, ...)
    ZEND_ATTRIBUTE_FORMAT(printf, 3, 4);

/* The engine's own words, where libcurl's say less or repeat another library. */
int native_ext_curl_say_as_it_is(const struct native_ext_curl_failure *f, int code);

/* "Recv failure: Connection reset by peer": what was done, and the system's text. */
int native_ext_curl_say_system(const struct native_ext_curl_failure *f, int code, int os_errno,
                               const char *what);

/* The URL of the last request, and whether a text begins so, whatever its case. */
struct native_http_span native_ext_curl_failed_url(const struct native_ext_curl_failure *f);
bool native_ext_curl_begins(struct native_http_span text, const char *with);

/* Milliseconds that the last request took; libcurl counts connecting so, and all else from the start. */
long long native_ext_curl_hop_ms(const struct native_ext_curl_failure *f);

/* The way that the last request took: a text names its host. */
struct native_ext_curl_way {
    struct native_http_buffer text;
    struct native_http_url url;
    struct native_http_route route;
};

/* Find it; it is then to be left. Returns false: there is none, and nothing to leave. */
bool native_ext_curl_way_find(const struct native_ext_curl_failure *f,
                              struct native_ext_curl_way *way);
void native_ext_curl_way_leave(struct native_ext_curl_way *way);

/* "<before><host><behind>": the URL's host, or the one that is connected to. */
int native_ext_curl_say_host(const struct native_ext_curl_failure *f, int code, const char *before,
                             const char *behind, bool of_origin);

/* ---- error_connect.c ---- */

int native_ext_curl_say_no_host(const struct native_ext_curl_failure *f);
int native_ext_curl_say_no_proxy(const struct native_ext_curl_failure *f);
int native_ext_curl_say_not_bound(const struct native_ext_curl_failure *f);
/* To whom no connection was to be had, and why not. */
int native_ext_curl_say_where(const struct native_ext_curl_failure *f, int code, const char *why);
int native_ext_curl_say_not_connected(const struct native_ext_curl_failure *f);
int native_ext_curl_say_bad_url(const struct native_ext_curl_failure *f);
int native_ext_curl_say_scheme(const struct native_ext_curl_failure *f);

/* ---- error_proxy.c ---- */

int native_ext_curl_say_proxy(const struct native_ext_curl_failure *f);
/* CURLPX_*; needs no room for a text. */
int native_ext_curl_socks_error(const struct native_ext_curl_failure *f);

/* ---- error_tls.c ---- */

int native_ext_curl_say_tls(const struct native_ext_curl_failure *f);
int native_ext_curl_say_handshake(const struct native_ext_curl_failure *f);
/* CURLINFO_SSL_VERIFYRESULT of a handshake that has failed. One that came to its end has it from the session. */
void native_ext_curl_note_verdict(const struct native_ext_curl_failure *f);

/* ---- error_response.c ---- */

int native_ext_curl_say_cut(const struct native_ext_curl_failure *f);
int native_ext_curl_say_fault(const struct native_ext_curl_failure *f);
int native_ext_curl_say_too_large(const struct native_ext_curl_failure *f);
int native_ext_curl_say_coding(const struct native_ext_curl_failure *f);
int native_ext_curl_say_redirects(const struct native_ext_curl_failure *f);
int native_ext_curl_say_status(const struct native_ext_curl_failure *f);

#endif
