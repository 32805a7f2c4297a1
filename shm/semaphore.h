/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* semaphore.h - a named number of permits that users hold as long as they like; those of a dead owner are given to others.
 *
 * Shape: a word for each permit, which names its owner.
 * Owned by a permit's word, not by a process: whoever has that word gives it back, and a permit that was taken from a dead
 * owner is not given back a second time.
 * Blocks: acquire() with wait_ms only; nothing is held by the process while it waits. Allocates: in the segment, when first opened. */
#ifndef NATIVE_SHM_SEMAPHORE_H
#define NATIVE_SHM_SEMAPHORE_H

#include "object.h"

enum { NATIVE_SHM_PERMITS_MAX = 1024 };

struct native_shm_semaphore_words; /* in the segment */

/* In the process. How many there are is not read again from memory that others write. */
struct native_shm_semaphore {
    struct native_shm_semaphore_words *at;
    uint32_t permits;
};

struct native_shm_permit {
    uint64_t word;
    uint32_t index;
};

/* Find or make one of 1 to NATIVE_SHM_PERMITS_MAX permits. Returns OK and what native_shm_object_open() returns: MISMATCH if it has
 * another number of them. */
NATIVE_API enum native_shm_status native_shm_semaphore_open(struct native_shm_segment *segment,
                                                            const char *name, size_t name_len,
                                                            uint32_t permits,
                                                            struct native_shm_semaphore *semaphore);
/* Returns OK; BUSY (time over; wait_ms 0: at once, or the segment can't be used); INTERRUPTED (by a signal: call again with
 * the time left). */
NATIVE_API enum native_shm_status
native_shm_semaphore_acquire(struct native_shm_segment *segment,
                             const struct native_shm_semaphore *semaphore, uint64_t wait_ms,
                             struct native_shm_permit *permit);
/* Returns OK; NOT_FOUND when that permit is not (or no longer) held. */
NATIVE_API enum native_shm_status
native_shm_semaphore_release(const struct native_shm_semaphore *semaphore,
                             const struct native_shm_permit *permit);
/* Whether it is still held. */
NATIVE_API bool native_shm_semaphore_held(const struct native_shm_semaphore *semaphore,
                                          const struct native_shm_permit *permit);
/* How many permits a participant holds; of 0: how many are free. */
NATIVE_API uint32_t native_shm_semaphore_count(const struct native_shm_semaphore *semaphore,
                                               uint32_t id);

#endif
