/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* hash.h - hash functions out of the TLS library (RFC 1321, FIPS 180-4).
 * Shape: begin -> add, add, ... -> end, or all at once over pieces.
 * Allocates: with malloc, in begin; end and drop free. Blocks: never. Threads: no state. */
#ifndef NATIVE_NET_HASH_H
#define NATIVE_NET_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum native_net_hash_kind {
    NATIVE_NET_MD5,
    NATIVE_NET_SHA1,
    NATIVE_NET_SHA256,
    NATIVE_NET_SHA512_256,
    NATIVE_NET_HASH_KINDS
};

enum { NATIVE_NET_HASH_MAX = 32 }; /* bytes of the longest result */

struct native_net_hash {
    enum native_net_hash_kind kind;
    void *state; /* NULL = not begun */
};

/* Returns the bytes of a result; 0 when this build of the library lacks the function. */
size_t native_net_hash_size(enum native_net_hash_kind kind);

/* Begin. Returns false without memory, or when the function is not there. */
bool native_net_hash_begin(struct native_net_hash *hash, enum native_net_hash_kind kind);

/* Add bytes. Returns false when it was not begun. */
bool native_net_hash_add(struct native_net_hash *hash, const void *bytes, size_t len);

/* Write the result (native_net_hash_size() bytes) and free. Returns false when it was not begun, or
 * a call before has failed. */
bool native_net_hash_end(struct native_net_hash *hash, uint8_t *out);

/* Give up one that was begun. */
void native_net_hash_drop(struct native_net_hash *hash);

struct native_net_hash_piece {
    const void *bytes;
    size_t len;
};

/* Hash some pieces, one behind the other. Returns as native_net_hash_begin(). */
bool native_net_hash_of(enum native_net_hash_kind kind, const struct native_net_hash_piece *pieces,
                        size_t count, uint8_t *out);

#endif
