/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* waiters.h - sleeping until something in the segment changes, without a system call when nobody sleeps.
 *
 * Shape: one word, bit 0 "somebody may sleep", the rest goes up with each wake.
 * Who waits:  announce(), look whether to wait still, sleep() with what announce() gave, and again. Both loads seq_cst.
 * Who wakes:  change by a seq_cst store, then wake().
 * One of the two sees the other's store. A wake clears the bit; whoever wakes up announces itself again before it goes
 * for what it waited for, because others may sleep beside it. So a bit that a killed sleeper left costs one system call
 * and is gone: there is no count that a kill could leave wrong. A waker killed between change and wake is made good by
 * the sleepers' looking again by themselves: they sleep in slices.
 * Blocks: sleep() only. Allocates: nothing. */
#ifndef NATIVE_SHM_WAITERS_H
#define NATIVE_SHM_WAITERS_H

#include "lock.h"

enum {
    NATIVE_SHM_SLICE_US = 50000,      /* the longest sleep before looking again */
    NATIVE_SHM_FIRST_SLICE_US = 1000, /* the first one where looking again means asking who lives */
};

/* The slice after this one: twice as long, up to the longest. */
static inline uint64_t native_shm_longer_slice(uint64_t slice_us)
{
    return slice_us * 2 < NATIVE_SHM_SLICE_US ? slice_us * 2 : NATIVE_SHM_SLICE_US;
}

/* When a wait ends: 0 for never. */
uint64_t native_shm_deadline(uint64_t wait_ms);

/* Say that we are going to sleep. Returns what sleep() wants. */
static inline uint32_t native_shm_waiters_announce(struct native_shm_waiters *waiters)
{
    return atomic_fetch_or_explicit(&waiters->word, 1, memory_order_seq_cst) | 1;
}

/* Sleep until woken, at most slice_us and until the deadline. Returns OK (look again), BUSY (the deadline is over),
 * INTERRUPTED. */
enum native_shm_status native_shm_waiters_sleep(struct native_shm_waiters *waiters,
                                                uint32_t announced, uint64_t slice_us,
                                                uint64_t deadline_us);

static inline bool native_shm_waiters_any(struct native_shm_waiters *waiters)
{
    return atomic_load_explicit(&waiters->word, memory_order_seq_cst) & 1;
}

void native_shm_waiters_wake_slow(struct native_shm_waiters *waiters, int count);

/* Wake up to `count` sleepers. */
static inline void native_shm_waiters_wake(struct native_shm_waiters *waiters, int count)
{
    if (native_shm_waiters_any(waiters)) {
        native_shm_waiters_wake_slow(waiters, count);
    }
}

#endif
