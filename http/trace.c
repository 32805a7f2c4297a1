/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* trace.c - what watchers are told. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "parts.h"

void native_http_trace_bytes(struct native_http_transfer *t, enum native_http_trace kind,
                             struct native_http_span bytes)
{
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
