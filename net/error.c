/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* error.c - filling and naming of connection errors. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void native_net_error_clear(struct native_net_error *error)
{
    if (error)
        memset(error, 0, sizeof(*error));
}

/* Write the text at `at`, cut at the end of the array. */
static void put(struct native_net_error *error, size_t at, const char *format, va_list args)
{
    if (at < sizeof(error->message))
        (void)vsnprintf(error->message + at, sizeof(error->message) - at, format, args);
}

void native_net_error_append(struct native_net_error *error, const char *format, ...)
{
    va_list args;
    if (!error)
        return;
    va_start(args, format);
    put(error, strlen(error->message), format, args);
    va_end(args);
}

void native_net_error_set(struct native_net_error *error, enum native_net_error_kind kind,
                          const char *format, ...)
{
    va_list args;
    if (!error)
        return;
    native_net_error_clear(error);
    error->kind = kind;
    va_start(args, format);
    put(error, 0, format, args);
    va_end(args);
}

/* strerror_r() is two functions: XSI's returns int, GNU's returns the text (maybe not in `room`).
 * Overloading by the type of its result keeps one source for both. */
static const char *text_of_gnu(const char *result, const char *room)
{
    (void)room;
    return result;
}
static const char *text_of_xsi(int result, const char *room)
{
    return result == 0 ? room : "unknown error";
}
#if defined(__GLIBC__)
#define TEXT_OF text_of_gnu
#else
#define TEXT_OF text_of_xsi
#endif

void native_net_error_set_errno(struct native_net_error *error, enum native_net_error_kind kind,
                                int os_errno, const char *format, ...)
{
    char room[96] = "";
    va_list args;
    if (!error)
        return;
    native_net_error_clear(error);
    error->kind = kind;
    error->os_errno = os_errno;
    va_start(args, format);
    put(error, 0, format, args);
    va_end(args);
    native_net_error_append(error, ": %s", TEXT_OF(strerror_r(os_errno, room, sizeof(room)), room));
    (void)text_of_gnu;
    (void)text_of_xsi;
}

void native_net_error_set_part(struct native_net_error *error, enum native_net_error_part part)
{
    if (error && error->kind != NATIVE_NET_ERROR_NO_MEMORY)
        error->part = part;
}

const char *native_net_error_kind_name(enum native_net_error_kind kind)
{
    static const char *const names[] = {
        [NATIVE_NET_ERROR_NONE] = "none",
        [NATIVE_NET_ERROR_BAD_ARGUMENT] = "bad_argument",
        [NATIVE_NET_ERROR_NO_MEMORY] = "no_memory",
        [NATIVE_NET_ERROR_NAME] = "name",
        [NATIVE_NET_ERROR_NAME_TIMEOUT] = "name_timeout",
        [NATIVE_NET_ERROR_CONNECT_REFUSED] = "connect_refused",
        [NATIVE_NET_ERROR_CONNECT] = "connect",
        [NATIVE_NET_ERROR_CONNECT_TIMEOUT] = "connect_timeout",
        [NATIVE_NET_ERROR_TLS_TIMEOUT] = "tls_timeout",
        [NATIVE_NET_ERROR_TLS_HANDSHAKE] = "tls_handshake",
        [NATIVE_NET_ERROR_TLS_CERT_EXPIRED] = "tls_cert_expired",
        [NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID] = "tls_cert_not_yet_valid",
        [NATIVE_NET_ERROR_TLS_CERT_HOST] = "tls_cert_host",
        [NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER] = "tls_cert_unknown_issuer",
        [NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED] = "tls_cert_self_signed",
        [NATIVE_NET_ERROR_TLS_CERT_REVOKED] = "tls_cert_revoked",
        [NATIVE_NET_ERROR_TLS_CERT_OTHER] = "tls_cert_other",
        [NATIVE_NET_ERROR_TLS_CONFIG] = "tls_config",
        [NATIVE_NET_ERROR_CLOSED] = "closed",
        [NATIVE_NET_ERROR_IO] = "io",
        [NATIVE_NET_ERROR_TLS_PIN] = "tls_pin",
    };
    size_t at = (size_t)kind;
    return at < sizeof(names) / sizeof(names[0]) ? names[at] : "unknown";
}
