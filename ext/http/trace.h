/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/trace.h - native.trace for HTTP: heads of requests and responses, also those of curl_*. */
#ifndef NATIVE_EXT_HTTP_TRACE_H
#define NATIVE_EXT_HTTP_TRACE_H

/* Look at heads from now on, in all threads; each writes them if its native.trace is on. */
void native_ext_http_trace_watch(void);

#endif
