/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* trace.c - what watchers are told. */
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

static _Atomic(native_http_watcher) watcher;

void native_http_watch_set(native_http_watcher to)
{
    atomic_store_explicit(&watcher, to, memory_order_relaxed);
}

/* Of a response's lines only the empty one counts: then all fields are there. Trailers are none of the head. */
static void watch(native_http_watcher tell, struct native_http_transfer *t,
                  enum native_http_trace kind, struct native_http_span bytes)
{
    bool connect = t->receive.framing.connect_request;
    if (kind == NATIVE_HTTP_TRACE_HEAD_OUT)
        tell(t, NATIVE_HTTP_WATCH_REQUEST, 0, bytes);
    else if (kind == NATIVE_HTTP_TRACE_HEAD_IN && !t->receive.in_body && bytes.len > 0 &&
             t->receive.framing.code > 0 && (bytes.at[0] == '\r' || bytes.at[0] == '\n'))
        tell(t, connect ? NATIVE_HTTP_WATCH_CONNECT_RESPONSE : NATIVE_HTTP_WATCH_RESPONSE,
             t->receive.framing.code, bytes);
}

void native_http_trace_bytes(struct native_http_transfer *t, enum native_http_trace kind,
                             struct native_http_span bytes)
{
    native_http_watcher tell = atomic_load_explicit(&watcher, memory_order_relaxed);
    if (tell)
        watch(tell, t, kind, bytes);
    if (t->handlers->trace)
        t->handlers->trace(t->ctx, t, kind, bytes);
}

void native_http_trace(struct native_http_transfer *t, const char *format, ...)
{
    char text[512];
    va_list args;
    int len;
    if (!t->handlers->trace)
        return;
    va_start(args, format);
    len = vsnprintf(text, sizeof(text) - 1, format, args);
    va_end(args);
    if (len < 0)
        return;
    if (len > (int)sizeof(text) - 2)
        len = (int)sizeof(text) - 2;
    text[len] = '\n';
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_TEXT,
                            (struct native_http_span){text, (size_t)len + 1});
}
