/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_lock.c - the lock whose owner may die, and sleeping on a word. The parts with threads also run under dev/tsan. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <sys/time.h>
#include <time.h>

#include "harness.h"
#include "support/shm_test.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDER_TSAN 1
#endif
#endif
#ifndef UNDER_TSAN
#define UNDER_TSAN 0
#endif

enum { WORKERS = 8 };
static long rounds = 100000;

/* What the lock of shard 0 guards here: words that no atomic instruction touches. They lie in an extent's place, which
 * is given memory for it. */
struct guarded {
    uint64_t count, twice;
    uint32_t inside;
};

static struct guarded *guarded_of(struct native_shm_segment *segment)
{
    return (void *)(segment->base + segment->extents_at);
}

static struct native_shm_segment *open_guarded(void)
{
    struct native_shm_segment *segment = test_open("lock", 0);

    if (posix_fallocate(segment->fd, (off_t)segment->extents_at, segment->extent_size) != 0) {
        perror("posix_fallocate");
        exit(2);
    }
    return segment;
}

/* The segment that main() has. */
static struct native_shm_segment *common;

/* ---- counting ---------------------------------------------------------------------------------------- */

/* One round under the lock; true if all was as it must be. */
static bool count_up(struct native_shm_segment *segment)
{
    struct guarded *guarded = guarded_of(segment);
    struct native_shm_lock *lock = &segment->shard[0].lock;
    bool good;

    if (native_shm_lock_take(segment, lock, 60000) != NATIVE_SHM_OK)
        return false;
    good = guarded->inside++ == 0 && guarded->twice == 2 * guarded->count;
    guarded->count++;
    guarded->twice += 2;
    guarded->inside--;
    native_shm_lock_give(lock);
    return good;
}

static void *count_thread(void *context)
{
    struct native_shm_segment *segment =
        context ? test_open_on(context, "lock") : test_open("lock", 0);
    long bad = 0;

    for (long i = 0; i < rounds; i++)
        bad += !count_up(segment);
    if (context)
        test_close_on(segment);
    else
        native_shm_segment_close(segment);
    return (void *)bad;
}

static int count_process(int in, int out, void *context)
{
    hear(in);
    return count_thread(NULL) != NULL;
}

static void test_counting(struct native_shm_segment *segment)
{
    struct guarded *guarded = guarded_of(segment);
    pthread_t threads[WORKERS];
    struct child children[WORKERS];
    void *bad;

    memset(guarded, 0, sizeof *guarded);
    for (int i = 0; i < WORKERS; i++)
        pthread_create(&threads[i], NULL, count_thread, segment);
    for (int i = 0; i < WORKERS; i++) {
        pthread_join(threads[i], &bad);
        check(bad == NULL, "thread %d: %ld rounds were not alone", i, (long)(intptr_t)bad);
    }
    ok(guarded->count == (uint64_t)(WORKERS * rounds),
       "%d threads x %ld increments are all counted", WORKERS, rounds);
    ok(atomic_load(&segment->shard[0].lock.word) == 0, "the lock is free afterwards");
    if (UNDER_TSAN)
        return;
    memset(guarded, 0, sizeof *guarded);
    for (int i = 0; i < WORKERS; i++)
        children[i] = child_start(count_process, NULL);
    for (int i = 0; i < WORKERS; i++)
        tell(children[i].out, 'g');
    for (int i = 0; i < WORKERS; i++)
        check(child_end(&children[i]) == 0, "process %d", i);
    ok(guarded->count == (uint64_t)(WORKERS * rounds),
       "%d processes x %ld increments are all counted", WORKERS, rounds);
}

/* ---- waking ------------------------------------------------------------------------------------------ */

/* Holds the lock now and then for so long that the others sleep; everybody must get it soon after each give, not only at
 * the end of a round of sleep: a lost wake-up costs a millisecond, and many of them are seen in the sum. */
static uint64_t waited_us;

static void *wake_thread(void *context)
{
    struct native_shm_segment *segment = test_open_on(common, "lock");
    struct native_shm_lock *lock = &segment->shard[1].lock;
    struct timespec nap = {0, 200000};

    for (int i = 0; i < 200; i++) {
        uint64_t before = native_shm_now_us();
        if (native_shm_lock_take(segment, lock, 60000) != NATIVE_SHM_OK)
            return (void *)1;
        __atomic_fetch_add(&waited_us, native_shm_now_us() - before, __ATOMIC_RELAXED);
        nanosleep(&nap, NULL);
        native_shm_lock_give(lock);
    }
    test_close_on(segment);
    return NULL;
}

static void test_waking(void)
{
    pthread_t threads[4];
    uint64_t begin = native_shm_now_us(), took;
    void *bad;

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, wake_thread, NULL);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &bad);
        check(!bad, "thread %d did not get the lock", i);
    }
    took = native_shm_now_us() - begin;
    /* 800 holds of some 0.26 ms make 0.21 s; if each wake-up were lost, 800 more milliseconds at least. */
    check(took < (UNDER_TSAN || under_valgrind() ? 3000000 : 800000), "took %llu us",
          (unsigned long long)took);
    end_test("contended by sleepers: 800 turns in %llu ms, no wake-up is lost",
             (unsigned long long)took / 1000);
}

/* A sleeper that is woken must come back well before the round of 1 ms is over: measured, the median of many. */
static _Atomic uint32_t wake_word;
static _Atomic uint64_t woken_at;

static void *sleep_thread(void *context)
{
    for (uint32_t i = 0; i < 50; i++) {
        while (atomic_load(&wake_word) == i)
            native_shm_futex_wait(&wake_word, i, 5000000);
        atomic_store(&woken_at, native_shm_now_us());
    }
    return NULL;
}

static void test_futex(void)
{
    pthread_t thread;
    uint64_t longest = 0, begin;
    _Atomic uint32_t word = 1;

    ok(native_shm_futex_wait(&word, 2, 1000000) == NATIVE_SHM_OK,
       "a word that has changed: no sleep");
    begin = native_shm_now_us();
    ok(native_shm_futex_wait(&word, 1, 20000) == NATIVE_SHM_BUSY &&
           native_shm_now_us() - begin >= 20000,
       "nobody wakes: BUSY when the time is over");
    ok(native_shm_futex_wake(&word, 1) == 0, "nobody sleeps: nobody is woken");
    pthread_create(&thread, NULL, sleep_thread, NULL);
    for (uint32_t i = 0; i < 50; i++) {
        uint64_t told, took;
        struct timespec nap = {0, 300000};
        nanosleep(&nap, NULL);
        atomic_store(&woken_at, 0);
        told = native_shm_now_us();
        atomic_store(&wake_word, i + 1);
        native_shm_futex_wake(&wake_word, 1);
        while (!atomic_load(&woken_at))
            sched_yield();
        took = atomic_load(&woken_at) - told;
        longest = took > longest ? took : longest;
    }
    pthread_join(thread, NULL);
    ok(longest < 1000000, "woken 50 times, the longest after %llu us", (unsigned long long)longest);
}

/* ---- signals ----------------------------------------------------------------------------------------- */

static volatile sig_atomic_t alarms;

static void on_alarm(int signal)
{
    alarms++;
}

static int hold_process(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);
    int result = native_shm_lock_take(segment, &segment->shard[2].lock, 0);

    tell(out, (char)('0' + result));
    hear(in);
    native_shm_lock_give(&segment->shard[2].lock);
    tell(out, 'g');
    hear(in);
    native_shm_segment_close(segment);
    return 0;
}

static void test_signals(struct native_shm_segment *segment)
{
    struct sigaction action = {.sa_handler = on_alarm}, old; /* no SA_RESTART */
    struct itimerval every = {{0, 2000}, {0, 2000}}, never = {{0, 0}, {0, 0}};
    struct child child = child_start(hold_process, NULL);
    struct native_shm_lock *lock = &segment->shard[2].lock;
    _Atomic uint32_t word = 1;
    uint64_t begin;
    enum native_shm_status status;

    ok(hear(child.in) == '0', "another process has the lock");
    ok(native_shm_lock_take(segment, lock, 0) == NATIVE_SHM_BUSY,
       "taking it without waiting: BUSY");
    sigaction(SIGALRM, &action, &old);
    setitimer(ITIMER_REAL, &every, NULL);
    begin = native_shm_now_us();
    status = native_shm_lock_take(segment, lock, 100);
    begin = native_shm_now_us() - begin;
    check(status == NATIVE_SHM_BUSY && begin >= 100000 && begin < 2000000,
          "status %d after %llu us", status, (unsigned long long)begin);
    ok(alarms >= 5, "taking it for 100 ms, with a signal every 2 ms: BUSY after 100 ms");
    status = native_shm_futex_wait(&word, 1, 5000000);
    setitimer(ITIMER_REAL, &never, NULL);
    sigaction(SIGALRM, &old, NULL);
    ok(status == NATIVE_SHM_INTERRUPTED, "a sleep on a word is ended by a signal");
    ok(atomic_load(&lock->word) & NATIVE_SHM_LOCK_WAITERS, "the word says that somebody slept");
    tell(child.out, 'x');
    hear(child.in);
    ok(native_shm_lock_take(segment, lock, 0) == NATIVE_SHM_OK, "given, it can be had");
    native_shm_lock_give(lock);
    ok(child_end(&child) == 0, "the other one ends well");
}

/* ---- dead owners ------------------------------------------------------------------------------------- */

static int die_process(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);

    if (native_shm_lock_take(segment, &segment->shard[3].lock, 1000) != NATIVE_SHM_OK)
        return 1;
    tell(out, 'h');
    for (;;)
        pause();
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static void test_dead(struct native_shm_segment *segment)
{
    enum { TIMES = 41 };
    struct native_shm_lock *lock = &segment->shard[3].lock;
    uint64_t took[TIMES], repairs = native_shm_count_sum(segment, NATIVE_SHM_REPAIRS);
    enum native_shm_status status;

    for (int i = 0; i < TIMES; i++) {
        struct child child = child_start(die_process, NULL);
        check(hear(child.in) == 'h', "the child has no lock");
        took[i] = native_shm_now_us();
        kill(child.pid, SIGKILL);
        /* Not waited for: the owner is dying while we ask. */
        status = native_shm_lock_take(segment, lock, 5000);
        took[i] = native_shm_now_us() - took[i];
        check(status == NATIVE_SHM_ABANDONED, "status %d", status);
        check(child_end(&child) == 1000 + SIGKILL, "not killed");
        native_shm_lock_give(lock);
        check(native_shm_lock_take(segment, lock, 0) == NATIVE_SHM_OK, "told twice");
        native_shm_lock_give(lock);
    }
    qsort(took, TIMES, sizeof *took, by_number);
    check(took[TIMES / 2] < 50000, "too slow");
    end_test("owner killed %d times: ABANDONED once each, after %llu us (median), %llu (longest)",
             TIMES, (unsigned long long)took[TIMES / 2], (unsigned long long)took[TIMES - 1]);
    ok(native_shm_count_sum(segment, NATIVE_SHM_REPAIRS) == repairs + TIMES, "and counted");
}

/* Several wait while the owner is killed: one is told, the others get it in turn. */
static int inherit_process(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);
    enum native_shm_status status;

    tell(out, 'r');
    status = native_shm_lock_take(segment, &segment->shard[3].lock, 20000);
    if (status == NATIVE_SHM_OK || status == NATIVE_SHM_ABANDONED) {
        guarded_of(segment)->inside++;
        guarded_of(segment)->twice += status == NATIVE_SHM_ABANDONED;
        native_shm_lock_give(&segment->shard[3].lock);
    }
    native_shm_segment_close(segment);
    return 0;
}

static void test_heirs(struct native_shm_segment *segment)
{
    struct guarded *guarded = guarded_of(segment);
    struct child owner, heirs[6];

    memset(guarded, 0, sizeof *guarded);
    owner = child_start(die_process, NULL);
    hear(owner.in);
    for (int i = 0; i < 6; i++) {
        heirs[i] = child_start(inherit_process, NULL);
        hear(heirs[i].in);
    }
    child_kill(&owner);
    for (int i = 0; i < 6; i++)
        check(child_end(&heirs[i]) == 0, "heir %d", i);
    check(guarded->inside == 6, "%u of 6 got the lock", guarded->inside);
    ok(guarded->twice == 1, "6 wait while the owner dies: all get it, one is told");
}

/* Random kills of processes that do nothing but count under the lock: whoever is left sees no torn count. */
static int churn_process(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("lock", 0);
    struct guarded *guarded = guarded_of(segment);

    tell(out, 'r');
    for (;;) {
        enum native_shm_status status =
            native_shm_lock_take(segment, &segment->shard[3].lock, 20000);
        if (status == NATIVE_SHM_ABANDONED)
            guarded->twice = 2 * guarded->count; /* the repair */
        else if (status != NATIVE_SHM_OK || guarded->twice != 2 * guarded->count)
            return 1;
        guarded->count++;
        guarded->twice += 2;
        native_shm_lock_give(&segment->shard[3].lock);
    }
}

/* Wait until the count has moved: with a limit, which is the failure. */
static bool moves(struct guarded *guarded)
{
    uint64_t before = __atomic_load_n(&guarded->count, __ATOMIC_RELAXED);
    uint64_t end = native_shm_now_us() + 5000000;

    while (__atomic_load_n(&guarded->count, __ATOMIC_RELAXED) == before) {
        if (native_shm_now_us() > end)
            return false;
        sched_yield();
    }
    return true;
}

static void test_churn(struct native_shm_segment *segment)
{
    struct guarded *guarded = guarded_of(segment);
    struct child children[4];
    uint64_t state = 1;
    int kills = 0;

    memset(guarded, 0, sizeof *guarded);
    for (int i = 0; i < 4; i++)
        children[i] = child_start(churn_process, NULL);
    for (; kills < (under_valgrind() ? 10 : 200); kills++) {
        struct child *child = &children[kills % 4];
        struct timespec nap = {0, (long)(next_random(&state) % 1500000)};
        hear(child->in);
        nanosleep(&nap, NULL);
        kill(child->pid, SIGKILL);
        if (!check(child_end(child) == 1000 + SIGKILL, "kill %d: a process saw a torn count",
                   kills) ||
            !check(moves(guarded), "kill %d: nothing moves any more", kills))
            break;
        *child = child_start(churn_process, NULL);
    }
    for (int i = 0; i < 4; i++)
        child_kill(&children[i]);
    end_test("%d random kills among 4 that count: never torn, never stuck (%llu counts)", kills,
             (unsigned long long)guarded->count);
}

int main(void)
{
    struct native_shm_segment *segment;

    if (under_valgrind())
        rounds = 1000;
    else if (UNDER_TSAN)
        rounds = 10000;
    test_folder_make();
    common = segment = open_guarded();
    test_counting(segment);
    test_waking();
    test_futex();
    if (!UNDER_TSAN) {
        test_signals(segment);
        test_dead(segment);
        test_heirs(segment);
        test_churn(segment);
    }
    native_shm_segment_close(segment);
    test_folder_remove();
    return done();
}
