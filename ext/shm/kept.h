/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/kept.h - arrays that a process has fetched and keeps: the next fetch of the same value costs nothing.
 *
 * Each is one malloc'ed block (flat_expand.c) whose arrays and strings have one reference of ours, so that PHP
 * copies before it writes and never frees. A block is given back when it was superseded, or when room is needed
 * (native.shm_copies), and nothing outside uses it: in a new request nothing can, within one the references tell.
 * Never at the end of a request, where the engine still lets go of array keys and wrapper names.
 * One set for each thread. */
#ifndef NATIVE_EXT_SHM_KEPT_H
#define NATIVE_EXT_SHM_KEPT_H

#include "php.h"

#include "../compat.h"
#include "../../shm/cache.h"

enum {
    NATIVE_EXT_SHM_KEPT_LEAST = 192
}; /* bytes in the cache: smaller arrays are as fast to make */

struct native_ext_shm_kept;

/* The array kept for what `view` saw (found just now), one reference of it for the caller; NULL: none. */
zend_array *native_ext_shm_kept_find(uint64_t attach, uint64_t hash,
                                     const struct native_shm_view *view);

/* A block for `size` bytes of what `view` saw; NULL if none may be had. Read the bytes to native_ext_shm_kept_bytes(),
 * then commit, or cancel. */
struct native_ext_shm_kept *native_ext_shm_kept_begin(uint64_t attach, uint64_t hash,
                                                      const struct native_shm_view *view);
void *native_ext_shm_kept_bytes(struct native_ext_shm_kept *kept);
/* Returns the array, one reference of it for the caller; NULL (and the block is gone) when the bytes cannot be used in place. */
zend_array *native_ext_shm_kept_commit(struct native_ext_shm_kept *kept);
void native_ext_shm_kept_cancel(struct native_ext_shm_kept *kept);

/* Let go of what was kept of a segment. */
void native_ext_shm_kept_forget(uint64_t attach);

struct native_ext_shm_kept_info {
    size_t bytes;
    size_t blocks;
    uint64_t hits;
};
void native_ext_shm_kept_info(struct native_ext_shm_kept_info *info);

void native_ext_shm_kept_rinit(void);
void native_ext_shm_kept_rshutdown(void);
void native_ext_shm_kept_mshutdown(void);

#endif
