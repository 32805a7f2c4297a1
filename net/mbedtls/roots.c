/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* roots.c - sets of trusted roots in the form of the library. */
#include <stdlib.h>

#include "../tls_roots.h"
#include "parts.h"

void *native_net_tls_roots_new(const struct native_net_certs *certs, size_t *usable)
{
    mbedtls_x509_crt *roots = malloc(sizeof(*roots));
    size_t i;
    *usable = 0;
    if (!roots)
        return NULL;
    mbedtls_x509_crt_init(roots);
    for (i = 0; i < certs->count; i++)
        if (mbedtls_x509_crt_parse_der_nocopy(roots, certs->der + certs->items[i].at,
                                              certs->items[i].len) == 0)
            (*usable)++;
    if (*usable > 0)
        return roots;
    native_net_tls_roots_free(roots);
    return NULL;
}

void native_net_tls_roots_free(void *roots)
{
    if (!roots)
        return;
    mbedtls_x509_crt_free(roots);
    free(roots);
}
