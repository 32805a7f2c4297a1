/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mutex.h - a named lock that users hold as long as they like; if the owner dies, the next one is told.
 *
 * Shape: owner's participant id, the fencing token of this ownership (goes up with each), the waiters' futex word.
 * Owned by a token, not by a process: a second lock from the same process waits or times out like any other.
 * Also here: the semaphore, `permits` of such owners. */
#ifndef NATIVE_SHM_MUTEX_H
#define NATIVE_SHM_MUTEX_H

#include "object.h"

struct native_shm_mutex {
    _Atomic uint64_t owner;   /* token (32 low bits of it) << 32 | participant id; 0 free */
    _Atomic uint64_t token;   /* of the last ownership */
    _Atomic uint32_t changes; /* futex */
    _Atomic uint32_t waiters;
    _Atomic uint32_t abandoned; /* 1: the last owner ended without unlocking (its request ended): tell the next */
};

NATIVE_API enum native_shm_status native_shm_mutex_open(struct native_shm_segment *segment, const char *name, size_t name_len,
                                                        struct native_shm_mutex **mutex);
/* Returns OK or ABANDONED (locked both; *token is the fencing token, larger than any before); BUSY (time over; wait_ms 0:
 * at once); INTERRUPTED (by a signal: call again with the time left); CLOSED. */
NATIVE_API enum native_shm_status native_shm_mutex_lock(struct native_shm_segment *segment, struct native_shm_mutex *mutex,
                                                        uint64_t wait_ms, uint64_t *token);
/* Returns OK; NOT_FOUND when that token does not own it (any more). `abandon`: tell the next owner that we did not finish. */
NATIVE_API enum native_shm_status native_shm_mutex_unlock(struct native_shm_mutex *mutex, uint64_t token, bool abandon);
/* Whether that token still owns it. */
NATIVE_API bool native_shm_mutex_owned(const struct native_shm_mutex *mutex, uint64_t token);

#endif
