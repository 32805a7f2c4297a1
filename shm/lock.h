/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* lock.h - a lock whose owner may die at any instruction.
 *
 * Shape: one word (layout.h): 0, or the owner's participant id, top bit "somebody sleeps".
 * Who finds it taken spins a little, then asks the kernel whether the owner lives, then sleeps on the word (1 ms at a
 * time, asking again). A dead owner's lock is taken over and the caller is told, so that it repairs first.
 * Not recursive. Never held across a call out of shm/. */
#ifndef NATIVE_SHM_LOCK_H
#define NATIVE_SHM_LOCK_H

#include "handle.h"

enum { NATIVE_SHM_LOCK_WAIT_MS = 250 };

/* Take the lock. Returns NATIVE_SHM_OK; ABANDONED: taken, and the last owner died inside (repair what it guards);
 * BUSY: not had within wait_ms (0: at once) of a living owner. Signals do not end the wait: it is short. */
enum native_shm_status native_shm_lock_take_slow(struct native_shm_segment *segment,
                                                 struct native_shm_lock *lock, unsigned wait_ms);
void native_shm_lock_wake(struct native_shm_lock *lock);

static inline enum native_shm_status native_shm_lock_take(struct native_shm_segment *segment,
                                                          struct native_shm_lock *lock,
                                                          unsigned wait_ms)
{
    uint32_t none = 0;
    if (atomic_compare_exchange_strong_explicit(&lock->word, &none, segment->id,
                                                memory_order_acquire, memory_order_relaxed)) {
        return NATIVE_SHM_OK;
    }
    return native_shm_lock_take_slow(segment, lock, wait_ms);
}

static inline void native_shm_lock_give(struct native_shm_lock *lock)
{
    if (atomic_exchange_explicit(&lock->word, 0, memory_order_release) & NATIVE_SHM_LOCK_WAITERS) {
        native_shm_lock_wake(lock);
    }
}

/* ---- sleeping on a word ----------------------------------------------------------------------------- */

/* Sleep while *word is `expected`, at most timeout_us. Returns OK (woken or changed), BUSY (time over), INTERRUPTED. */
enum native_shm_status native_shm_futex_wait(_Atomic uint32_t *word, uint32_t expected,
                                             uint64_t timeout_us);
/* Wake up to `count` sleepers. Returns how many slept. */
int native_shm_futex_wake(_Atomic uint32_t *word, int count);

/* CLOCK_MONOTONIC in microseconds, and the boot clock of expiry in eighths of a second (coarse, some 5 ns). */
uint64_t native_shm_now_us(void);
uint32_t native_shm_now_eighths(void);

/* The segment's clock in eighths of a second, for expiry: as above, but it goes on after another boot. Never 0. */
static inline uint32_t native_shm_clock(const struct native_shm_segment *segment)
{
    return native_shm_now_eighths() + segment->clock_shift;
}

#endif
