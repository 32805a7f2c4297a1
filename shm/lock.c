/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* lock.c - the slow half of lock.h: the lock was taken, or somebody sleeps on it.
 * The word's way:
 *
 *     0 -> id                     taken, nobody sleeps
 *     id -> id|WAITERS            somebody is about to sleep
 *     id or id|WAITERS -> 0       given; with WAITERS one sleeper is woken
 *     0 -> id|WAITERS             taken by one who slept: others may still sleep, so the next give wakes one again
 *     dead id -> id|WAITERS       taken over
 *
 * Who is woken may die before it takes the lock; the others then wake by themselves, ROUND_US later. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "fault.h"
#include "lock.h"

enum {
    SPINS =
        100, /* looks at the word before the first system call: a holder needs some hundred nanoseconds */
    FIRST_US = 125, /* first sleep before we ask again whether the owner lives; doubled each time */
    ROUND_US = 1000, /* longest one */
};

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ __volatile__("yield" ::: "memory");
#endif
}

static bool take_free(struct native_shm_lock *lock, uint32_t mine)
{
    uint32_t none = 0;

    return atomic_load_explicit(&lock->word, memory_order_relaxed) == 0 &&
           atomic_compare_exchange_strong_explicit(&lock->word, &none, mine, memory_order_acquire,
                                                   memory_order_relaxed);
}

static bool spin(struct native_shm_lock *lock, uint32_t mine)
{
    for (int i = 0; i < SPINS; i++) {
        if (take_free(lock, mine)) {
            return true;
        }
        relax();
    }
    return false;
}

/* The owner in *word is dead: put ourselves in its place, once; false when somebody else was faster. What the dead one
 * had written before is ours to see: its death reached us through the kernel's lock. */
static bool take_over(struct native_shm_segment *segment, struct native_shm_lock *lock,
                      uint32_t word)
{
    NATIVE_SHM_FAULT(lock_take_over);
    if (!atomic_compare_exchange_strong_explicit(&lock->word, &word,
                                                 segment->id | NATIVE_SHM_LOCK_WAITERS,
                                                 memory_order_acquire, memory_order_relaxed)) {
        return false;
    }
    native_shm_count(segment, NATIVE_SHM_REPAIRS);
    return true;
}

/* Sleep until the word changes, at most so long. */
static void sleep_on(struct native_shm_lock *lock, uint32_t word, uint64_t longest_us)
{
    uint32_t waiting = word | NATIVE_SHM_LOCK_WAITERS;

    if (word != waiting &&
        !atomic_compare_exchange_strong_explicit(&lock->word, &word, waiting, memory_order_relaxed,
                                                 memory_order_relaxed)) {
        return;
    }
    NATIVE_SHM_FAULT(lock_sleeping);
    native_shm_futex_wait(&lock->word, waiting, longest_us);
}

enum native_shm_status native_shm_lock_take_slow(struct native_shm_segment *segment,
                                                 struct native_shm_lock *lock, unsigned wait_ms)
{
    uint64_t end = 0, round = FIRST_US;
    uint32_t mine = segment->id;

    if (spin(lock, mine)) {
        return NATIVE_SHM_OK;
    }
    for (;;) {
        uint32_t word = atomic_load_explicit(&lock->word, memory_order_relaxed);
        uint64_t now = native_shm_now_us();

        if (take_free(lock, mine)) {
            return NATIVE_SHM_OK;
        }
        end = end ? end : now + (uint64_t)wait_ms * 1000;
        if (word && !native_shm_alive(segment, word & ~NATIVE_SHM_LOCK_WAITERS)) {
            if (take_over(segment, lock, word)) {
                return NATIVE_SHM_ABANDONED;
            }
            continue;
        }
        if (now >= end) {
            native_shm_count(segment, NATIVE_SHM_BUSY_COUNT);
            return NATIVE_SHM_BUSY;
        }
        if (word) {
            sleep_on(lock, word, end - now < round ? end - now : round);
            round = round < ROUND_US ? round * 2 : ROUND_US;
            mine = segment->id | NATIVE_SHM_LOCK_WAITERS;
        }
    }
}

void native_shm_lock_wake(struct native_shm_lock *lock)
{
    NATIVE_SHM_FAULT(lock_given);
    native_shm_futex_wake(&lock->word, 1);
}
