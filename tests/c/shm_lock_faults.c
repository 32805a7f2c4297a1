/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_lock_faults.c - killed at each point inside the lock's own code: the others get it soon, and nobody twice. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>

#include "harness.h"
#include "support/shm_test.h"

static const char *fatal; /* the point where this process is killed */

void native_shm_fault(const char *point)
{
    if (fatal && strcmp(point, fatal) == 0)
        kill(getpid(), SIGKILL);
}

/* Takes the lock and tells; gives it when told, or dies in doing so. */
static int holder(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);

    fatal = context;
    tell(out,
         native_shm_lock_take(segment, &segment->shard[0].lock, 5000) == NATIVE_SHM_OK ? 'o' : 'b');
    hear(in);
    native_shm_lock_give(&segment->shard[0].lock);
    return 0;
}

/* Waits for the lock, or dies while waiting. Says what it got. */
static int waiter(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);
    enum native_shm_status status;

    fatal = context;
    tell(out, 'r');
    status = native_shm_lock_take(segment, &segment->shard[0].lock, 5000);
    tell(out, status == NATIVE_SHM_OK ? 'o' : status == NATIVE_SHM_ABANDONED ? 'a' : 'b');
    if (status == NATIVE_SHM_OK || status == NATIVE_SHM_ABANDONED)
        native_shm_lock_give(&segment->shard[0].lock);
    native_shm_segment_close(segment);
    return 0;
}

static void wait_for_sleepers(struct native_shm_lock *lock)
{
    uint64_t end = native_shm_now_us() + 2000000;

    while (!(atomic_load(&lock->word) & NATIVE_SHM_LOCK_WAITERS) && native_shm_now_us() < end)
        sched_yield();
    check(atomic_load(&lock->word) & NATIVE_SHM_LOCK_WAITERS, "nobody sleeps");
}

/* The owner dies after the lock is free and before it wakes the sleeper. */
static void test_given(struct native_shm_lock *lock)
{
    struct child first = child_start(holder, "lock_given"), second;
    uint64_t begin;

    check(hear(first.in) == 'o', "no lock");
    second = child_start(waiter, NULL);
    hear(second.in);
    wait_for_sleepers(lock);
    begin = native_shm_now_us();
    tell(first.out, 'x');
    check(hear(second.in) == 'o', "the sleeper did not get it, or was told of a death inside");
    check(native_shm_now_us() - begin < 1000000, "late");
    check(child_end(&first) == 1000 + SIGKILL, "not killed");
    check(child_end(&second) == 0, "waiter");
    check(atomic_load(&lock->word) == 0, "word %x", atomic_load(&lock->word));
    end_test("killed between giving and waking: the sleeper wakes by itself, and nobody is told to "
             "repair");
}

/* A waiter dies after it has said that it sleeps. */
static void test_sleeping(struct native_shm_lock *lock)
{
    struct child first = child_start(holder, NULL), second, third;

    check(hear(first.in) == 'o', "no lock");
    second = child_start(waiter, "lock_sleeping");
    hear(second.in);
    check(child_end(&second) == 1000 + SIGKILL, "not killed");
    third = child_start(waiter, NULL);
    hear(third.in);
    tell(first.out, 'x');
    check(hear(third.in) == 'o', "the next one did not get it");
    check(child_end(&first) == 0 && child_end(&third) == 0, "processes");
    check(atomic_load(&lock->word) == 0, "word %x", atomic_load(&lock->word));
    end_test("a waiter killed as it begins to sleep: the others go on");
}

/* The owner dies, and so does the first one that finds out. */
static void test_take_over(struct native_shm_lock *lock)
{
    struct child first = child_start(holder, NULL), second, third;

    check(hear(first.in) == 'o', "no lock");
    child_kill(&first);
    second = child_start(waiter, "lock_take_over");
    hear(second.in);
    check(child_end(&second) == 1000 + SIGKILL, "not killed");
    third = child_start(waiter, NULL);
    hear(third.in);
    check(hear(third.in) == 'a', "the next one is not told");
    check(child_end(&third) == 0, "third");
    check(atomic_load(&lock->word) == 0, "word %x", atomic_load(&lock->word));
    end_test("killed as it takes a dead one's lock over: the next one is told");
}

int main(void)
{
    struct native_shm_segment *segment;

    test_folder_make();
    segment = test_open("lock", 1 << 20);
    for (int i = 0; i < 5; i++) {
        test_given(&segment->shard[0].lock);
        test_sleeping(&segment->shard[0].lock);
        test_take_over(&segment->shard[0].lock);
    }
    native_shm_segment_close(segment);
    test_folder_remove();
    return done();
}
