/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_options.h - checking and copying of TLS options, as far as it needs no TLS library.
 * Private to net/. Allocates: where said, with malloc. Blocks: never. */
#ifndef NATIVE_NET_TLS_OPTIONS_H
#define NATIVE_NET_TLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "tls.h"

/* Find the lowest and highest version to offer. Returns false with `error` when there is none. */
bool native_net_tls_versions(const struct native_net_tls_options *options,
                             enum native_net_tls_version *low, enum native_net_tls_version *high,
                             struct native_net_error *error);

/* Copy the ALPN names into one block: the pointers, NULL-ended, then the names one behind the other
 * with their NULs (*names_len bytes). To be freed with free(). Returns NULL with `error`. */
const char **native_net_tls_alpn_copy(const struct native_net_tls_options *options,
                                      size_t *names_len, struct native_net_error *error);

#endif
