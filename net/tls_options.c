/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_options.c - checking and copying of TLS options. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tls_options.h"

#include <stdlib.h>
#include <string.h>

bool native_net_tls_versions(const struct native_net_tls_options *options,
                             enum native_net_tls_version *low, enum native_net_tls_version *high,
                             struct native_net_error *error)
{
    enum native_net_tls_version best =
        native_net_tls_has_13() ? NATIVE_NET_TLS_1_3 : NATIVE_NET_TLS_1_2;
    *low =
        options->min_version == NATIVE_NET_TLS_DEFAULT ? NATIVE_NET_TLS_1_2 : options->min_version;
    *high = options->max_version == NATIVE_NET_TLS_DEFAULT || options->max_version > best
                ? best
                : options->max_version;
    if (*low < NATIVE_NET_TLS_1_2 || *high < NATIVE_NET_TLS_1_2) {
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "TLS 1.0 and 1.1 are not there: the lowest version is TLS 1.2");
        return false;
    }
    if (*low > best)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "TLS 1.3 is required, but %s has only TLS 1.2",
                             native_net_tls_library());
    else if (*low > *high)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                             "the minimum TLS version is above the maximum");
    return *low <= *high;
}

const char **native_net_tls_alpn_copy(const struct native_net_tls_options *options,
                                      size_t *names_len, struct native_net_error *error)
{
    size_t pointers_len = (options->alpn_count + 1) * sizeof(char *);
    const char **copy;
    char *at;
    size_t i;
    *names_len = 0;
    for (i = 0; i < options->alpn_count; i++) {
        size_t len = strlen(options->alpn[i]);
        if (len == 0 || len > 255) { /* RFC 7301, 3.1 */
            native_net_error_set(error, NATIVE_NET_ERROR_TLS_CONFIG,
                                 "ALPN name number %zu has %zu bytes, not 1 to 255", i + 1, len);
            return NULL;
        }
        *names_len += len + 1;
    }
    copy = malloc(pointers_len + *names_len);
    if (!copy) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    at = (char *)copy + pointers_len;
    for (i = 0; i < options->alpn_count; i++) {
        copy[i] = at;
        at = stpcpy(at, options->alpn[i]) + 1;
    }
    copy[i] = NULL;
    return copy;
}
