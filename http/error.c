/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* error.c - failures of transfers in words. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void native_http_error_clear(struct native_http_error *error)
{
    memset(error, 0, sizeof(*error));
}

void native_http_error_set(struct native_http_error *error, enum native_http_error_kind kind,
                           const char *format, ...)
{
    va_list args;
    native_http_error_clear(error);
    error->kind = kind;
    va_start(args, format);
    (void)vsnprintf(error->message, sizeof(error->message), format, args);
    va_end(args);
}

void native_http_error_fault(struct native_http_error *error, enum native_http_error_kind kind,
                             enum native_http_fault_reason fault, const char *what)
{
    native_http_error_set(error, kind, "%s: %s", what, native_http_fault_text(fault));
    error->fault = fault;
}

/* What a failure below means for a transfer; what is not listed was TLS. */
static const struct {
    enum native_net_error_kind net;
    enum native_http_error_kind http;
} kinds[] = {
    {NATIVE_NET_ERROR_BAD_ARGUMENT, NATIVE_HTTP_ERROR_BAD_ARGUMENT},
    {NATIVE_NET_ERROR_NO_MEMORY, NATIVE_HTTP_ERROR_NO_MEMORY},
    {NATIVE_NET_ERROR_NAME, NATIVE_HTTP_ERROR_RESOLVE},
    {NATIVE_NET_ERROR_NAME_TIMEOUT, NATIVE_HTTP_ERROR_TIMEOUT},
    {NATIVE_NET_ERROR_CONNECT_REFUSED, NATIVE_HTTP_ERROR_CONNECT},
    {NATIVE_NET_ERROR_CONNECT, NATIVE_HTTP_ERROR_CONNECT},
    {NATIVE_NET_ERROR_CONNECT_TIMEOUT, NATIVE_HTTP_ERROR_TIMEOUT},
    {NATIVE_NET_ERROR_TLS_TIMEOUT, NATIVE_HTTP_ERROR_TIMEOUT},
    {NATIVE_NET_ERROR_CLOSED, NATIVE_HTTP_ERROR_RECEIVE},
    {NATIVE_NET_ERROR_IO, NATIVE_HTTP_ERROR_RECEIVE},
};

void native_http_error_net(struct native_http_error *error, const struct native_net_error *net)
{
    enum native_http_error_kind kind = NATIVE_HTTP_ERROR_TLS;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (kinds[i].net == net->kind)
            kind = kinds[i].http;
    native_http_error_set(error, kind, "%s", net->message);
    error->net = *net;
}

const char *native_http_error_kind_name(enum native_http_error_kind kind)
{
    static const char *const names[] = {
#define X(constant, name) name,
        NATIVE_HTTP_ERRORS(X)
#undef X
    };
    return (unsigned)kind < NATIVE_HTTP_ERROR_KINDS ? names[kind] : "unknown";
}
