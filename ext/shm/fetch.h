/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/fetch.h - a value of the cache as a PHP value.
 * No lock is held anywhere here. Memory is asked for before the bytes are read, and what runs code of others comes after. */
#ifndef NATIVE_EXT_SHM_FETCH_H
#define NATIVE_EXT_SHM_FETCH_H

#include "attach.h"
#include "../../shm/cache.h"

enum native_ext_shm_fetched {
    NATIVE_EXT_SHM_FOUND,
    NATIVE_EXT_SHM_MISSING,
    NATIVE_EXT_SHM_THROWN,
};

/* Find a key and make its value. `core` is what native_ext_shm_enter(attach) gave. `quiet`: no hit or miss is counted. */
enum native_ext_shm_fetched native_ext_shm_fetch(struct native_ext_shm_attach *attach,
                                                 struct native_shm_segment *core,
                                                 const struct native_shm_key *key, bool quiet,
                                                 zval *to);

/* Make the value of what was found already. MISSING: it was replaced meanwhile. */
enum native_ext_shm_fetched native_ext_shm_fetch_view(struct native_ext_shm_attach *attach,
                                                      struct native_shm_segment *core,
                                                      uint64_t hash,
                                                      const struct native_shm_view *view, zval *to);

#endif
