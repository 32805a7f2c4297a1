/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_roots.h - the few services of net/mbedtls/ that trust.c needs, with no type of the TLS
 * library in sight. Private to net/. */
#ifndef NATIVE_NET_TLS_ROOTS_H
#define NATIVE_NET_TLS_ROOTS_H

#include <stddef.h>

#include "certs.h"

/* Parse the certificates; `certs` must live as long as the result, which points into it. *usable
 * says how many the library could read. Returns NULL without memory or when *usable is 0. */
void *native_net_tls_roots_new(const struct native_net_certs *certs, size_t *usable);

/* Free the result. NULL is allowed. */
void native_net_tls_roots_free(void *roots);

#endif
