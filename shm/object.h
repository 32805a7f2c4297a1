/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* object.h - named things in a segment that are not cache entries: never evicted, found by name.
 *
 * Shape: layout.h, objects. The directory's lock is held while one is found or made, some hundred nanoseconds.
 * An object's memory stays until nobody but the caller is attached (handles point into it); removing one only takes its
 * name away and marks it. */
#ifndef NATIVE_SHM_OBJECT_H
#define NATIVE_SHM_OBJECT_H

#include "segment.h"

enum { NATIVE_SHM_NAME_MAX = 255 };

struct native_shm_object_open {
    const char *name; /* 1..NATIVE_SHM_NAME_MAX bytes */
    size_t name_len;
    enum native_shm_object_kind kind;
    uint64_t body_size;  /* bytes of the body, zeroed */
    uint64_t size;       /* kept: what later openers compare (capacity of a channel ...); 0 in a later open: any */
    bool must_exist;
    /* Fill in a new body before anybody sees it. NULL: zeroes are right. */
    void (*make)(void *body, const struct native_shm_object_open *open);
};

/* Find or make. *object's state must be 1 at each use (2: removed). Returns OK, NOT_FOUND (must_exist), TYPE (another
 * kind), MISMATCH (another size), FULL, BUSY, INVALID (name). */
NATIVE_API enum native_shm_status native_shm_object_open(struct native_shm_segment *segment,
                                                         const struct native_shm_object_open *open,
                                                         struct native_shm_object **object, void **body);

/* Take a name away. Returns OK, NOT_FOUND, BUSY. */
NATIVE_API enum native_shm_status native_shm_object_remove(struct native_shm_segment *segment, const char *name, size_t name_len);

/* Call `each` for each object, by copies of name and numbers; holds the lock. */
NATIVE_API enum native_shm_status native_shm_object_each(struct native_shm_segment *segment,
                                                         void (*each)(void *context, const struct native_shm_object *object,
                                                                      const char *name),
                                                         void *context);

/* Take a block from the objects' heap, or give one back (channels' large messages, other extensions). 0: none.
 * A block taken is HELD by us until native_shm_object_keep() makes it an OBJECT's or USER's; what a dead participant
 * held is freed by the next repair. */
NATIVE_API uint32_t native_shm_object_take(struct native_shm_segment *segment, uint64_t size);
NATIVE_API bool native_shm_object_keep(struct native_shm_segment *segment, uint32_t ref, enum native_shm_block_kind kind);
NATIVE_API void native_shm_object_give(struct native_shm_segment *segment, uint32_t ref);

#endif
