/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mutex.h - a named lock that users hold as long as they like; if the owner dies, the next one is told.
 *
 * Shape: the owner's word (participant id and the token's low half), the fencing token of the last ownership, waiters.
 * Owned by a token, not by a process: a second lock from the same process waits or times out like any other.
 * The token is larger than that of any ownership before: who writes elsewhere hands it along, and what comes with a
 * smaller one than was seen last is refused there.
 * Blocks: lock() with wait_ms only; nothing is held by the process while it waits. Allocates: in the segment, when first opened. */
#ifndef NATIVE_SHM_MUTEX_H
#define NATIVE_SHM_MUTEX_H

#include "object.h"

struct native_shm_mutex; /* in the segment */

/* Returns OK and what native_shm_object_open() returns. */
NATIVE_API enum native_shm_status native_shm_mutex_open(struct native_shm_segment *segment,
                                                        const char *name, size_t name_len,
                                                        struct native_shm_mutex **mutex);
/* Returns OK or ABANDONED (locked both; *token is the fencing token, larger than any before); BUSY (time over; wait_ms 0:
 * at once, or the segment can't be used); INTERRUPTED (by a signal: call again with the time left). */
NATIVE_API enum native_shm_status native_shm_mutex_lock(struct native_shm_segment *segment,
                                                        struct native_shm_mutex *mutex,
                                                        uint64_t wait_ms, uint64_t *token);
/* Returns OK; NOT_FOUND when that token does not own it (any more). `abandon`: tell the next owner that we did not finish. */
NATIVE_API enum native_shm_status native_shm_mutex_unlock(struct native_shm_mutex *mutex,
                                                          uint64_t token, bool abandon);
/* Whether that token still owns it. */
NATIVE_API bool native_shm_mutex_owned(const struct native_shm_mutex *mutex, uint64_t token);

#endif
