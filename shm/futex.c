/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* futex.c - sleeping on a word of the segment until another process wakes us.
 * Not the PRIVATE kind: the word is known by file and offset, not by the address it has here. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "lock.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_futex
enum { FUTEX_CALL = SYS_futex };
struct futex_time {
    long seconds, nanoseconds;
};
#else
/* Systems of 32 bits that never had the call with the small time. */
enum { FUTEX_CALL = SYS_futex_time64 };
struct futex_time {
    int64_t seconds, nanoseconds;
};
#endif

enum { LONGEST_S = 86400 }; /* nobody sleeps longer in one go: callers look at their own clock */

enum native_shm_status native_shm_futex_wait(_Atomic uint32_t *word, uint32_t expected,
                                             uint64_t timeout_us)
{
    struct futex_time time = {LONGEST_S, 0};

    if (timeout_us < (uint64_t)LONGEST_S * 1000000) {
        time.seconds = (long)(timeout_us / 1000000);
        time.nanoseconds = (long)(timeout_us % 1000000 * 1000);
    }
    if (syscall(FUTEX_CALL, word, FUTEX_WAIT, expected, &time, NULL, 0) == 0 || errno == EAGAIN) {
        return NATIVE_SHM_OK;
    }
    return errno == EINTR ? NATIVE_SHM_INTERRUPTED : NATIVE_SHM_BUSY;
}

int native_shm_futex_wake(_Atomic uint32_t *word, int count)
{
    long woken = syscall(FUTEX_CALL, word, FUTEX_WAKE, count, NULL, NULL, 0);

    return woken > 0 ? (int)woken : 0;
}
