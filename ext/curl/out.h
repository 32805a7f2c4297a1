/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/out.h - where bodies and header lines go: PHP's output, a stream, the string that curl_exec() returns, a callback. */
#ifndef NATIVE_EXT_CURL_OUT_H
#define NATIVE_EXT_CURL_OUT_H

#include "handle.h"

/* Hand on bytes of a body. PAUSE: the callback wants them again later; receiving is paused. */
enum native_http_verdict native_ext_curl_out_body(struct native_ext_curl_easy *easy,
                                                  struct native_http_span bytes);

/* Hand on a header line: to the body's place, if HEADER says so and it is no trailer, and to its own. */
enum native_http_verdict native_ext_curl_out_line(struct native_ext_curl_easy *easy,
                                                  struct native_http_span line, bool is_trailer);

/* Hand on a header line to its own place alone. */
enum native_http_verdict native_ext_curl_out_header(struct native_ext_curl_easy *easy,
                                                    struct native_http_span line);

/* What was written so far is to be seen. */
void native_ext_curl_out_flush(struct native_ext_curl_easy *easy);

/* VERBOSE, CURLINFO_HEADER_OUT, DEBUGFUNCTION (verbose.c). */
void native_ext_curl_out_trace(struct native_ext_curl_easy *easy, enum native_http_trace kind,
                               struct native_http_span bytes);

#endif
