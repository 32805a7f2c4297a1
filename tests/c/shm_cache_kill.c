/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_kill.c - processes under load are killed at random instants. After each kill a fresh process must write and
 * read in every shard within a time limit; no value is ever torn; a number is what its adder last heard, or one more;
 * and at the end clear() gives every byte back.
 * NATIVE_KILLS: kills in each mode (10). The instants are random on purpose: what is between two of them is up to the
 * machine; shm_cache_faults.c is the one that goes through every step. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"

#include <poll.h>
#include <time.h>

enum { WORKERS = 3, KEYS = 300, WORDS = 20000, LIMIT_MS = 2000 };

static struct native_shm_segment *segment;
static const char *const name = "kill";

/* What workers tell us, in memory that outlives them. */
static struct shared {
    _Atomic uint64_t heard[WORKERS]; /* the last sum that each heard of */
    _Atomic uint64_t calls;
    _Atomic uint64_t torn;
} * shared;

struct mode {
    const char *name;
    void (*step)(struct native_shm_segment *segment, unsigned worker, uint64_t *random,
                 uint64_t *value);
    bool numbers;
};

static void read_one(struct native_shm_segment *s, uint64_t *random, uint64_t *value)
{
    struct test_key k;
    uint64_t number = next_random(random) % KEYS;
    long long len = get(s, number_of(s, &k, number), value, WORDS * 8);

    if (len < -1 || (len >= 0 && !value_good(value, (size_t)len, number)))
        atomic_fetch_add(&shared->torn, 1);
}

static void store_one(struct native_shm_segment *s, uint64_t *random, uint64_t *value,
                      uint32_t keys, uint32_t most)
{
    struct test_key k;
    uint64_t number = next_random(random) % keys;
    struct native_shm_value v = {.bytes = value,
                                 .len = 24 + next_random(random) % most / 8 * 8,
                                 .format = NATIVE_SHM_FORMAT_STRING};

    value_make(value, v.len, number, next_random(random));
    native_shm_cache_store(s, number_of(s, &k, number), &v, NATIVE_SHM_SET);
}

static void step_mix(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                     uint64_t *value)
{
    struct test_key k;

    (void)worker;
    switch (next_random(random) % 8) {
    case 0:
        native_shm_cache_delete(s, number_of(s, &k, next_random(random) % KEYS));
        break;
    case 1:
    case 2:
    case 3:
        read_one(s, random, value);
        break;
    default:
        store_one(s, random, value, KEYS, 600);
    }
}

static void step_read(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                      uint64_t *value)
{
    if (worker == 0)
        store_one(s, random, value, KEYS, 600);
    else
        read_one(s, random, value);
}

/* Always full: every store evicts, the index splits after each clear. */
static void step_full(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                      uint64_t *value)
{
    (void)worker;
    store_one(s, random, value, 30000, 100);
    if (next_random(random) % 8192 == 0)
        native_shm_cache_clear(s);
}

static void step_large(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                       uint64_t *value)
{
    (void)worker;
    if (next_random(random) % 4)
        read_one(s, random, value);
    else
        store_one(s, random, value, KEYS, WORDS * 8 - 24);
}

static void step_entry(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                       uint64_t *value)
{
    struct test_key k;
    struct native_shm_lease lease;
    uint64_t number = next_random(random) % 4;
    struct native_shm_key *key = number_of(s, &k, number);
    struct native_shm_value v = {.bytes = value,
                                 .len = 24 + next_random(random) % 200 / 8 * 8,
                                 .format = NATIVE_SHM_FORMAT_STRING};

    (void)worker;
    switch (native_shm_cache_lease(s, key, 60000, &lease)) {
    case NATIVE_SHM_OK:
        value_make(value, v.len, number, next_random(random));
        native_shm_cache_store_leased(s, &lease, &v);
        break;
    case NATIVE_SHM_EXISTS:
        read_one(s, random, value);
        native_shm_cache_delete(s, key);
        break;
    default:
        native_shm_cache_wait_lease(s, key, 1000);
    }
}

static void step_numbers(struct native_shm_segment *s, unsigned worker, uint64_t *random,
                         uint64_t *value)
{
    struct test_key k;
    int64_t sum, zero = 0;

    (void)random, (void)value;
    if (native_shm_cache_add_number(s, number_of(s, &k, 1000 + worker), NATIVE_SHM_FORMAT_INT, 1,
                                    &zero, 0, &sum) == NATIVE_SHM_OK)
        atomic_store(&shared->heard[worker], (uint64_t)sum);
    if (native_shm_cache_add_number(s, number_of(s, &k, 2000), NATIVE_SHM_FORMAT_INT, 1, &zero, 0,
                                    &sum))
        atomic_fetch_add(&shared->torn, 1);
}

static const struct mode modes[] = {
    {"mix", step_mix, false},      {"readers", step_read, false}, {"always full", step_full, false},
    {"pieces", step_large, false}, {"entry", step_entry, false},  {"numbers", step_numbers, true},
};

struct work {
    const struct mode *mode;
    unsigned worker;
    uint64_t seed;
};

static int worker_main(int in, int out, void *context)
{
    struct work *work = context;
    struct native_shm_segment *s = test_open(name, 0);
    uint64_t random = work->seed, *value = malloc(WORDS * 8);

    (void)in;
    tell(out, 'r');
    while (value) {
        work->mode->step(s, work->worker, &random, value);
        atomic_fetch_add_explicit(&shared->calls, 1, memory_order_relaxed);
    }
    return 1;
}

/* A fresh process: in every shard a store, a read, a delete; and what the workers left. Returns 0 if all went well,
 * 100 + its status if a store failed. */
static int probe_main(int in, int out, void *context)
{
    struct native_shm_segment *s = test_open(name, 0);
    uint64_t random = (uint64_t)(uintptr_t)context, *value = malloc(WORDS * 8);
    uint32_t done = 0;

    (void)in;
    for (uint64_t i = 0; done < s->shards; i++) {
        struct test_key k;
        struct native_shm_key *key = number_of(s, &k, UINT64_C(0x1000000) + i);
        if (key->hash >> s->shard_shift != done)
            continue;
        struct native_shm_value v = {
            .bytes = "probe", .len = 5, .format = NATIVE_SHM_FORMAT_STRING};
        enum native_shm_status status = native_shm_cache_store(s, key, &v, NATIVE_SHM_SET);
        if (status)
            return 100 + (int)status;
        long long len = get(s, key, value, 8);
        if (len != -1 && (len != 5 || memcmp(value, "probe", 5) != 0)) /* -1: evicted */
            return 3;
        if (native_shm_cache_delete(s, key) == NATIVE_SHM_BUSY)
            return 4;
        done++;
    }
    for (int i = 0; i < 50; i++)
        read_one(s, &random, value);
    free(value);
    native_shm_segment_close(s);
    tell(out, 'o');
    return 0;
}

static uint64_t now_us(void)
{
    return native_shm_now_us();
}

/* Returns how long it took in microseconds; more than the limit if it did not end. */
static uint64_t probe(uint64_t seed)
{
    uint64_t start = now_us();
    struct child child = child_start(probe_main, (void *)(uintptr_t)(seed | 1));
    struct pollfd fd = {.fd = child.in, .events = POLLIN};

    if (poll(&fd, 1, LIMIT_MS) != 1 || hear(child.in) != 'o') {
        bool hangs = kill(child.pid, 0) == 0;
        kill(child.pid, SIGKILL);
        int status = child_end(&child);
        fail("a fresh process %s: status %d", hangs ? "hung or failed" : "failed", status);
        return UINT64_MAX;
    }
    uint64_t took = now_us() - start;
    check(child_end(&child) == 0, "the probe failed");
    return took;
}

static void check_numbers(const uint64_t *heard)
{
    struct test_key k;
    struct native_shm_view view;

    for (unsigned i = 0; i < WORKERS; i++) {
        if (native_shm_cache_find(segment, number_of(segment, &k, 1000 + i), true, &view) ==
            NATIVE_SHM_OK)
            check(view.first == heard[i] || view.first == heard[i] + 1,
                  "worker %u heard %llu, and it is %llu", i, (unsigned long long)heard[i],
                  (unsigned long long)view.first);
        else
            check(heard[i] == 0, "the number of worker %u is gone", i);
    }
}

static struct child start(const struct mode *mode, unsigned worker, uint64_t *random)
{
    struct work work = {mode, worker, *random += 12345};
    struct child child = child_start(worker_main, &work);

    hear(child.in);
    return child;
}

static void run(const struct mode *mode, unsigned kills)
{
    struct child children[WORKERS];
    uint64_t random = 1 + (uint64_t)(mode - modes), worst = 0;
    struct native_shm_info info;

    memset((void *)shared, 0, sizeof *shared);
    segment = test_open(name, 1 << 20);
    for (unsigned i = 0; i < WORKERS; i++)
        children[i] = start(mode, i, &random);
    unsigned n = 0;
    for (; n < kills && tap_good; n++) {
        unsigned victim = next_random(&random) % WORKERS;
        struct timespec wait = {0, next_random(&random) % 3000 * 1000};
        nanosleep(&wait, NULL);
        child_kill(&children[victim]);
        uint64_t took = probe(random);
        worst = took > worst && took != UINT64_MAX ? took : worst;
        check(atomic_load(&shared->torn) == 0, "values were torn");
        if (mode->numbers) {
            /* The others stand still while we look. */
            for (unsigned i = 0; i < WORKERS; i++)
                if (i != victim)
                    child_kill(&children[i]);
            uint64_t heard[WORKERS];
            for (unsigned i = 0; i < WORKERS; i++)
                heard[i] = atomic_load(&shared->heard[i]);
            check_numbers(heard);
            for (unsigned i = 0; i < WORKERS; i++) {
                struct test_key k;
                native_shm_cache_delete(segment, number_of(segment, &k, 1000 + i));
                atomic_store(&shared->heard[i], 0);
                if (i != victim)
                    children[i] = start(mode, i, &random);
            }
        }
        children[victim] = start(mode, victim, &random);
    }
    for (unsigned i = 0; i < WORKERS; i++)
        child_kill(&children[i]);
    native_shm_cache_info(segment, &info);
    end_test(
        "%s: %u kills, %llu calls, %llu locks taken over, the slowest fresh process needed %.1f ms",
        mode->name, n + WORKERS, (unsigned long long)shared->calls,
        (unsigned long long)info.counts[NATIVE_SHM_REPAIRS], (double)worst / 1000);
    check(native_shm_cache_clear(segment) == NATIVE_SHM_OK, "clear");
    check(used_now(segment) == 0, "%llu bytes are lost", (unsigned long long)used_now(segment));
    all_right(segment, mode->name);
    end_test("%s: clear gives every byte back", mode->name);
    native_shm_segment_close(segment);
}

int main(void)
{
    const char *kills = getenv("NATIVE_KILLS");
    unsigned count = kills ? (unsigned)atoi(kills) : under_valgrind() ? 3 : 10;

    test_folder_make();
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        run(&modes[i], count);
    test_folder_remove();
    return done();
}
