/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_counter.c - named numbers between processes. Takes part in dev/tsan. */
#include "support/shm_ipc.h"

static struct native_shm_counter *counter_in(struct native_shm_segment *segment, const char *name,
                                             int64_t start)
{
    struct native_shm_counter *counter;
    if (native_shm_counter_open(segment, name, strlen(name), start, &counter) != NATIVE_SHM_OK) {
        printf("Bail out! no counter\n");
        exit(2);
    }
    return counter;
}

static void test_values(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct native_shm_counter *counter = counter_in(segment, "a", -5),
                              *other = counter_in(segment, "b", 1);

    check(native_shm_counter_get(counter) == -5 && native_shm_counter_get(other) == 1, "start");
    check(counter_in(segment, "a", 77) == counter && native_shm_counter_get(counter) == -5,
          "a second start does nothing");
    check(native_shm_counter_add(counter, 7) == 2 && native_shm_counter_add(counter, -3) == -1,
          "add");
    check(native_shm_counter_set(counter, INT64_MAX) == -1, "set gives the value before");
    check(native_shm_counter_add(counter, 1) == INT64_MIN, "wraps round");
    check(native_shm_counter_swap(counter, INT64_MIN, 3) && !native_shm_counter_swap(counter, 2, 4),
          "swap");
    check(native_shm_counter_get(counter) == 3 && native_shm_counter_get(other) == 1, "apart");
    check((uintptr_t)counter / 64 != (uintptr_t)other / 64, "two counters in one line");
    end_test("values");

    check(native_shm_counter_wait(counter, 2, 0) == NATIVE_SHM_OK, "it is another one already");
    uint64_t start = ipc_ms();
    check(native_shm_counter_wait(counter, 3, 0) == NATIVE_SHM_BUSY, "at once");
    check(native_shm_counter_wait(counter, 3, 120) == NATIVE_SHM_BUSY, "time over");
    check(ipc_ms() - start >= 119, "it waited %d ms", (int)(ipc_ms() - start));
    end_test("waiting ends in time");
    native_shm_segment_close(segment);
}

static _Atomic int ready;

static void *add_in_thread(void *context)
{
    struct native_shm_segment *common = context;
    struct native_shm_segment *segment = test_open_on(common, "threads");
    struct native_shm_counter *counter = counter_in(segment, "threads", 0);
    for (int i = 0; i < 20000; i++) {
        native_shm_counter_add(counter, i % 3 - 1 + 1);
    }
    test_close_on(segment);
    return NULL;
}

static void *wait_in_thread(void *context)
{
    struct native_shm_segment *common = context;
    struct native_shm_segment *segment = test_open_on(common, "threads");
    struct native_shm_counter *counter = counter_in(segment, "steps", 0);
    /* Odd steps are ours, even ones the other's: each waits for the other every time. */
    for (int64_t i = 0; i < 4000; i += 2) {
        if (native_shm_counter_wait(counter, i, 10000) != NATIVE_SHM_OK) {
            return segment;
        }
        native_shm_counter_add(counter, 1);
    }
    test_close_on(segment);
    return NULL;
}

static void test_threads(void)
{
    struct native_shm_segment *segment = test_open("threads", 4 << 20);
    struct native_shm_counter *counter = counter_in(segment, "threads", 0),
                              *steps = counter_in(segment, "steps", 0);
    pthread_t threads[4], waiter;
    void *bad;
    int64_t sum = 0;

    native_shm_counter_set(counter, 0);
    native_shm_counter_set(steps, 0);
    for (int i = 0; i < 20000; i++) {
        sum += i % 3;
    }
    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, add_in_thread, segment);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    check(native_shm_counter_get(counter) == 4 * sum, "sum");
    end_test("four threads with handles of their own add up");

    pthread_create(&waiter, NULL, wait_in_thread, segment);
    uint64_t start = ipc_ms();
    for (int64_t i = 1; i < 4000; i += 2) {
        native_shm_counter_add(steps, 1);
        check(native_shm_counter_wait(steps, i, 10000) == NATIVE_SHM_OK, "step %d", (int)i);
    }
    pthread_join(waiter, &bad);
    check(!bad, "the other one waited in vain");
    /* A lost wake-up is found after 50 ms: with 4,000 of them it shows. */
    check(ipc_ms() - start < 20000, "%d ms", (int)(ipc_ms() - start));
    printf("# 4,000 waits took %d ms\n", (int)(ipc_ms() - start));
    end_test("each of 4,000 steps wakes the other");
    native_shm_segment_close(segment);
}

static int die_waiting(void *context)
{
    struct native_shm_counter *counter = context;
    atomic_store(&ready, 1);
    return (int)native_shm_counter_wait(counter, native_shm_counter_get(counter), FOR_EVER);
}

static void test_killed_waiters(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct native_shm_counter *counter = counter_in(segment, "a", 0);

    for (int i = 0; i < 5; i++) {
        pid_t pid = ipc_child(die_waiting, counter);
        for (int j = 0; j < 5000 && !(atomic_load(&counter->changed.word) & 1); j++) {
            usleep(100);
        }
        kill(pid, SIGKILL);
        check(ipc_end(pid) == -SIGKILL, "killed");
    }
    check(atomic_load(&counter->changed.word) & 1, "the dead left nothing");
    native_shm_counter_add(counter, 1);
    check(!(atomic_load(&counter->changed.word) & 1), "one change does not heal the word");
    end_test("what killed waiters leave is gone after one change");
    native_shm_segment_close(segment);
}

int main(void)
{
    test_folder_make();
    test_values();
    test_threads();
    test_killed_waiters();
    test_folder_remove();
    return done();
}
