/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_many.c - many at once on few keys: no value is ever torn, no increment is lost, whatever else goes on.
 * Processes, each attached by itself; and (for dev/tsan, which sees no processes) threads, each with a handle of its own. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"

#include <pthread.h>
#include <time.h>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNDER_TSAN 1
#endif
#endif
#ifndef UNDER_TSAN
#define UNDER_TSAN 0
#endif

enum { KEYS = 24, WRITERS = 3, READERS = 3, WORDS = 12000, ENOUGH = 1000 };

struct job {
    const char *segment;
    unsigned number;
    unsigned rounds;
    /* other keys stored, so that all is evicted all the time and the index splits */
    unsigned fill;
    unsigned long long seen, missed, wrong;
};

static size_t len_of(uint64_t *random)
{
    switch (next_random(random) % 8) {
    case 0:
        return 24 + next_random(random) % 90000 / 8 * 8; /* in pieces */
    case 1:
        return 24 + next_random(random) % 4000 / 8 * 8;
    default:
        return 24 + next_random(random) % 200 / 8 * 8;
    }
}

static void write_some(struct job *job)
{
    struct native_shm_segment *segment = test_open(job->segment, 0);
    uint64_t random = job->number * 77 + 1, *value = malloc(WORDS * 8);

    for (unsigned i = 0; i < job->rounds; i++) {
        struct test_key k;
        uint64_t number = next_random(&random) % KEYS;
        struct native_shm_value v = {
            .bytes = value, .len = len_of(&random), .format = NATIVE_SHM_FORMAT_STRING};
        value_make(value, v.len, number, next_random(&random));
        enum native_shm_status status =
            native_shm_cache_store(segment, number_of(segment, &k, number), &v, NATIVE_SHM_SET);
        job->wrong += status != NATIVE_SHM_OK && status != NATIVE_SHM_FULL;
        job->missed += status == NATIVE_SHM_FULL;
        if (next_random(&random) % 16 == 0)
            native_shm_cache_delete(segment, number_of(segment, &k, next_random(&random) % KEYS));
        if (next_random(&random) % 1024 == 0)
            native_shm_cache_clear(segment);
        for (unsigned n = 0; n < job->fill; n++) {
            uint64_t other = 1000 + next_random(&random) % 20000;
            v.len = 24 + next_random(&random) % 100 / 8 * 8;
            value_make(value, v.len, other, i);
            native_shm_cache_store(segment, number_of(segment, &k, other), &v, NATIVE_SHM_SET);
        }
    }
    native_shm_segment_close(segment);
    free(value);
}

/* Also when the writers start late: until some values were there to be read. */
static void read_some(struct job *job)
{
    struct native_shm_segment *segment = test_open(job->segment, 0);
    uint64_t random = job->number * 99 + 5, *value = malloc(WORDS * 8);
    uint64_t until = native_shm_now_us() + 20000000;

    for (unsigned i = 0; i < job->rounds * 8 || (job->seen < ENOUGH && native_shm_now_us() < until);
         i++) {
        struct test_key k;
        uint64_t number = next_random(&random) % KEYS;
        long long len;
        if (job->fill && next_random(&random) % 4 == 0)
            number = 1000 + next_random(&random) % 20000;
        len = get(segment, number_of(segment, &k, number), value, WORDS * 8);
        job->missed += len == -1;
        job->seen += len >= 0;
        job->wrong += len < -1 || (len >= 0 && !value_good(value, (size_t)len, number));
    }
    native_shm_segment_close(segment);
    free(value);
}

static void *thread_main(void *context)
{
    struct job *job = context;

    if (job->number < WRITERS)
        write_some(job);
    else
        read_some(job);
    return NULL;
}

static int child_main(int in, int out, void *context)
{
    struct job *job = context;

    (void)in;
    thread_main(job);
    if (write(out, job, sizeof *job) != sizeof *job)
        return 1;
    return 0;
}

static void report(const char *name, const struct job *jobs, struct native_shm_segment *segment)
{
    unsigned long long seen = 0, missed = 0, wrong = 0;
    struct native_shm_info info;

    for (int i = 0; i < WRITERS + READERS; i++) {
        seen += jobs[i].seen;
        missed += jobs[i].missed;
        wrong += jobs[i].wrong;
    }
    native_shm_cache_info(segment, &info);
    check(wrong == 0, "%llu values were torn or calls failed", wrong);
    check(seen >= ENOUGH, "only %llu values were read", seen);
    all_right(segment, name);
    end_test("%s: %llu values read whole, %llu not there, %llu reads begun again, %llu evictions",
             name, seen, missed, (unsigned long long)info.counts[NATIVE_SHM_RETRIES],
             (unsigned long long)info.counts[NATIVE_SHM_EVICTIONS]);
    native_shm_cache_clear(segment);
    ok(used_now(segment) == 0, "%s: clear gives every byte back", name);
}

static void run(const char *name, bool threads, unsigned rounds, unsigned fill)
{
    struct native_shm_segment *segment = test_open(name, 1 << 20);
    struct job jobs[WRITERS + READERS];
    struct child children[WRITERS + READERS];
    pthread_t ids[WRITERS + READERS];

    for (unsigned i = 0; i < WRITERS + READERS; i++) {
        jobs[i] = (struct job){.segment = name, .number = i, .rounds = rounds, .fill = fill};
        if (threads)
            pthread_create(&ids[i], NULL, thread_main, &jobs[i]);
        else
            children[i] = child_start(child_main, &jobs[i]);
    }
    for (int i = 0; i < WRITERS + READERS; i++) {
        if (threads) {
            pthread_join(ids[i], NULL);
        } else {
            if (read(children[i].in, &jobs[i], sizeof jobs[i]) != sizeof jobs[i])
                jobs[i].wrong++;
            jobs[i].wrong += child_end(&children[i]) != 0;
        }
    }
    report(name, jobs, segment);
    native_shm_segment_close(segment);
}

/* ---- numbers and leases ----------------------------------------------------------------------------- */

enum { ADDERS = 8, ADDS = 20000 };

static int add_main(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open(context, 0);
    struct native_shm_key key = name_of(segment, "sum");
    int64_t zero = 0, sum, last = 0;

    (void)in, (void)out;
    for (int i = 0; i < ADDS; i++) {
        if (native_shm_cache_add_number(segment, &key, NATIVE_SHM_FORMAT_INT, 1, &zero, 0, &sum) ||
            sum <= last)
            return 1;
        last = sum;
    }
    native_shm_segment_close(segment);
    return 0;
}

static void test_add(void)
{
    struct native_shm_segment *segment = test_open("add", 1 << 20);
    struct child children[ADDERS];
    struct native_shm_key key = name_of(segment, "sum");
    struct native_shm_view view;

    for (int i = 0; i < ADDERS; i++)
        children[i] = child_start(add_main, "add");
    for (int i = 0; i < ADDERS; i++)
        check(child_end(&children[i]) == 0, "an adder failed");
    check(native_shm_cache_find(segment, &key, false, &view) == NATIVE_SHM_OK &&
              view.first == ADDERS * ADDS,
          "%llu is the sum", (unsigned long long)view.first);
    end_test("%d processes add %d times each: all are counted", ADDERS, ADDS);
    native_shm_segment_close(segment);
}

/* Each process wants the same value; one makes it. Returns 1 if this one did. */
static int entry_main(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open(context, 0);
    struct native_shm_key key = name_of(segment, "entry");
    struct native_shm_value value = {
        .bytes = "made once", .len = 9, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_lease lease;
    enum native_shm_status status;

    tell(out, 'r');
    hear(in);
    while ((status = native_shm_cache_lease(segment, &key, 10000, &lease)) == NATIVE_SHM_BUSY) {
        if (native_shm_cache_wait_lease(segment, &key, 5000) == NATIVE_SHM_BUSY)
            return 2;
    }
    if (status == NATIVE_SHM_OK) {
        struct timespec wait = {0, 30000000}; /* it is a slow one */
        nanosleep(&wait, NULL);
        if (native_shm_cache_store_leased(segment, &lease, &value))
            return 2;
    }
    if (!has(segment, "entry", "made once", 9))
        return 2;
    native_shm_segment_close(segment);
    return status == NATIVE_SHM_OK;
}

static void test_entry(void)
{
    struct native_shm_segment *segment = test_open("entry", 1 << 20);
    struct child children[ADDERS];
    int made = 0, wrong = 0;

    for (int i = 0; i < ADDERS; i++)
        children[i] = child_start(entry_main, "entry");
    for (int i = 0; i < ADDERS; i++)
        hear(children[i].in);
    for (int i = 0; i < ADDERS; i++)
        tell(children[i].out, 'g');
    for (int i = 0; i < ADDERS; i++) {
        int status = child_end(&children[i]);
        made += status == 1;
        wrong += status > 1;
    }
    ok(made == 1 && wrong == 0, "%d processes want one value: %d made it", ADDERS, made);
    native_shm_segment_close(segment);
}

int main(void)
{
    unsigned rounds = UNDER_TSAN ? 600 : under_valgrind() ? 100 : 4000;

    test_folder_make();
    run("threads", true, rounds, 0);
    run("threads-full", true, rounds / 2, 20);
    if (!UNDER_TSAN) {
        run("processes", false, rounds, 0);
        run("processes-full", false, rounds / 2, 20);
        test_add();
        test_entry();
    }
    test_folder_remove();
    return done();
}
