/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* waiters.c - the slow halves of waiters.h. */
#include "waiters.h"

uint64_t native_shm_deadline(uint64_t wait_ms)
{
    uint64_t now;
    /* What does not fit is as good as for ever: 292,000 years. */
    if (wait_ms > UINT64_MAX / 2000) {
        return 0;
    }
    now = native_shm_now_us();
    return now + wait_ms * 1000;
}

enum native_shm_status native_shm_waiters_sleep(struct native_shm_waiters *waiters,
                                                uint32_t announced, uint64_t slice_us,
                                                uint64_t deadline_us)
{
    enum native_shm_status status;
    if (deadline_us) {
        uint64_t now = native_shm_now_us();
        if (now >= deadline_us) {
            return NATIVE_SHM_BUSY;
        }
        if (deadline_us - now < slice_us) {
            slice_us = deadline_us - now;
        }
    }
    status = native_shm_futex_wait(&waiters->word, announced, slice_us);
    /* The end of a slice is no more than a reason to look. */
    return status == NATIVE_SHM_BUSY ? NATIVE_SHM_OK : status;
}

void native_shm_waiters_wake_slow(struct native_shm_waiters *waiters, int count)
{
    uint32_t word = atomic_load_explicit(&waiters->word, memory_order_seq_cst);
    /* Odd + 1: the bit is gone and the number is another one. If somebody else does it first, that one wakes. */
    if ((word & 1) &&
        atomic_compare_exchange_strong_explicit(&waiters->word, &word, word + 1,
                                                memory_order_seq_cst, memory_order_seq_cst)) {
        native_shm_futex_wake(&waiters->word, count);
    }
}
