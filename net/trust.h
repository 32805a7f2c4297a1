/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* trust.h - sets of trusted roots, parsed once per process and shared by all configurations.
 * Shape: a reference-counted set; the process keeps the last 8 sets that came from files, and reads
 * a file again only when its inode, size or time has changed (of a folder: the folder's own).
 * Allocates: with malloc. Blocks: reads files. Threads: any (one lock). */
#ifndef NATIVE_NET_TRUST_H
#define NATIVE_NET_TRUST_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"

/* Where the roots are; all that is given is put together. Nothing given = the system's bundle:
 * $SSL_CERT_FILE, $SSL_CERT_DIR, then the usual places. */
struct native_net_trust_source {
    const char *file;
    const char *dir;
    const void *bytes;
    size_t bytes_len;
};

struct native_net_trust;

/* Returns the set with one reference for the caller; NULL with `error` filled. */
struct native_net_trust *native_net_trust_get(const struct native_net_trust_source *source,
                                              struct native_net_error *error);

void native_net_trust_unref(struct native_net_trust *trust);

/* Returns the TLS library's form of the set. */
void *native_net_trust_roots(const struct native_net_trust *trust);

/* Returns the number of roots in the set. */
size_t native_net_trust_count(const struct native_net_trust *trust);

/* The 32 bytes that tell this set from any other (a hash of the certificates). */
void native_net_trust_id(struct native_net_trust *trust, uint8_t out[32]);

/* Read the system's set now, if there is one: processes that are forked later need not. */
void native_net_trust_prepare(void);

#endif
