/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* object.h - named things in a segment that are not cache entries: never evicted, found by name.
 *
 * Shape: a directory of chains (layout.h, objects); one block an object:
 *
 *     | struct native_shm_object | name | to the next line of 64 | body ...
 *
 * The directory's lock is held while one is found or linked, some hundred nanoseconds; a big body is zeroed outside it,
 * in a HELD block.
 * An object's memory stays until nobody is attached (handles point into it): removing one only takes its name away and
 * marks it; who attaches alone frees it (native_shm_object_purge()).
 * Allocates: nothing in the process. Blocks: at most NATIVE_SHM_LOCK_WAIT_MS for the lock, then BUSY. */
#ifndef NATIVE_SHM_OBJECT_H
#define NATIVE_SHM_OBJECT_H

#include "segment.h"

enum { NATIVE_SHM_NAME_MAX = 255 };

enum native_shm_object_kind {
    NATIVE_SHM_OBJECT_COUNTER = 1,
    NATIVE_SHM_OBJECT_MUTEX,
    NATIVE_SHM_OBJECT_SEMAPHORE,
    NATIVE_SHM_OBJECT_CHANNEL,
    NATIVE_SHM_OBJECT_USER, /* another extension's root */
};

struct native_shm_object; /* in the segment */

struct native_shm_object_open {
    const char *name; /* 1..NATIVE_SHM_NAME_MAX bytes */
    size_t name_len;
    enum native_shm_object_kind kind;
    uint64_t body_size; /* bytes of the body */
    uint64_t zero_size; /* how many of them must be zero at first; 0: all */
    uint64_t
        size; /* kept: what later openers compare (capacity of a channel ...); 0 in a later open: any */
    bool must_exist;
    /* Fill in a new body before anybody sees it. NULL: zeroes are right. */
    void (*make)(void *body, const struct native_shm_object_open *open);
    const void *context; /* for make */
};

/* Find or make. *body is 64-byte aligned and has at least body_size bytes (0 in an open of one that must exist: any).
 * *object's state must be USABLE at each use. Returns OK, NOT_FOUND (must_exist), TYPE (another kind), MISMATCH (another
 * size), FULL, BUSY, INVALID (name), CORRUPT. */
NATIVE_API enum native_shm_status native_shm_object_open(struct native_shm_segment *segment,
                                                         const struct native_shm_object_open *open,
                                                         struct native_shm_object **object,
                                                         void **body);

/* Take a name away. Returns OK, NOT_FOUND, BUSY, INVALID. */
NATIVE_API enum native_shm_status native_shm_object_remove(struct native_shm_segment *segment,
                                                           const char *name, size_t name_len);

/* Call `each` for each object that has its name, with copies; the lock is held meanwhile. Returns OK, BUSY. */
NATIVE_API enum native_shm_status native_shm_object_each(
    struct native_shm_segment *segment,
    void (*each)(void *context, const struct native_shm_object *object, const char *name),
    void *context);

/* Free what was removed, if there is no other handle to the segment in whatever process. The caller has none to an
 * object: native_shm_segment_open() does it. Returns OK, BUSY. */
NATIVE_API enum native_shm_status native_shm_object_purge(struct native_shm_segment *segment);

/* Free what the dead held in the objects' heap and make all that is derived anew. Returns OK, BUSY. */
NATIVE_API enum native_shm_status native_shm_object_repair(struct native_shm_segment *segment);

/* Take a block from the objects' heap, or give one back (other extensions). 0: none. `size` bytes of payload behind
 * the first 8, which are ours.
 * A block taken is HELD by us until native_shm_object_keep() makes it a USER's; what a dead participant held is freed
 * by the next repair. keep() and give() return false for a ref that is no such block. */
NATIVE_API uint32_t native_shm_object_take(struct native_shm_segment *segment, uint64_t size);
NATIVE_API bool native_shm_object_keep(struct native_shm_segment *segment, uint32_t ref);
NATIVE_API bool native_shm_object_give(struct native_shm_segment *segment, uint32_t ref);

#endif
