/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_faults.c - a process is killed at every named step of the cache's critical sections, the first and a late
 * time that it comes by. Afterwards a fresh process finds every shard usable, no value torn, all that was
 * counted right, and clear() gives every byte back. Points in the cache's files that the work below does not come by
 * fail the test. Some are on the way of the repair only: those are killed in a second process that repairs the first.
 * dev/ctest: long. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"

#include "../../shm/fault.h"

enum { POINTS = 256, KEYS = 1300, WORDS = 30000 };

static struct point {
    char name[48];
    _Atomic uint32_t hits;
} * points; /* shared with the children */

static const char *kill_at;
static uint32_t kill_nth;

void native_shm_fault(const char *name)
{
    struct point *point = points;

    while (point < points + POINTS - 1 && point->name[0] && strcmp(point->name, name) != 0)
        point++;
    if (!point->name[0])
        snprintf(point->name, sizeof point->name, "%s", name);
    uint32_t hits = atomic_fetch_add(&point->hits, 1) + 1;
    if (kill_at && hits == kill_nth && !strcmp(name, kill_at))
        kill(getpid(), SIGKILL);
}

/* ---- the work --------------------------------------------------------------------------------------- */

static uint64_t value[WORDS];

static enum native_shm_status store(struct native_shm_segment *segment, uint64_t number, size_t len,
                                    bool pinned)
{
    struct test_key k;
    struct native_shm_value v = {
        .bytes = value, .len = len, .format = NATIVE_SHM_FORMAT_STRING, .pinned = pinned};

    value_make(value, len, number, len);
    return native_shm_cache_store(segment, number_of(segment, &k, number), &v, NATIVE_SHM_SET);
}

static void work_small(struct native_shm_segment *segment)
{
    struct test_key k;
    int64_t zero = 0, sum;

    for (uint64_t i = 0; i < KEYS; i++)
        store(segment, i, 24 + i % 5 * 8, false);
    for (uint64_t i = 0; i < KEYS; i += 7)
        store(segment, i, 48 + i % 9 * 8, false);
    for (uint64_t i = 0; i < KEYS; i += 3)
        native_shm_cache_delete(segment, number_of(segment, &k, i));
    for (int i = 0; i < 20; i++)
        native_shm_cache_add_number(segment, number_of(segment, &k, 900000 + (uint64_t)i % 5),
                                    NATIVE_SHM_FORMAT_INT, 1, &zero, 0, &sum);
    native_shm_cache_swap_number(segment, number_of(segment, &k, 900000), NATIVE_SHM_FORMAT_INT, 4,
                                 5);
    for (int i = 0; i < 3; i++)
        native_shm_cache_store(
            segment, number_of(segment, &k, 900001),
            &(struct native_shm_value){.bytes = &zero, .len = 8, .format = NATIVE_SHM_FORMAT_INT},
            NATIVE_SHM_SET);
}

static void work_leases(struct native_shm_segment *segment)
{
    struct test_key k;
    struct native_shm_lease lease;

    for (uint64_t i = 500000; i < 500020; i++) {
        if (native_shm_cache_lease(segment, number_of(segment, &k, i), 1000, &lease))
            continue;
        value_make(value, 64, i, i);
        if (i % 2)
            native_shm_cache_drop_lease(segment, &lease);
        else
            native_shm_cache_store_leased(
                segment, &lease,
                &(struct native_shm_value){
                    .bytes = value, .len = 64, .format = NATIVE_SHM_FORMAT_STRING});
    }
}

static void work_large(struct native_shm_segment *segment)
{
    struct test_key k;

    for (uint64_t i = 600000; i < 600004; i++)
        store(segment, i, 60000, false);
    store(segment, 600000, 50000, false);
    native_shm_cache_delete(segment, number_of(segment, &k, 600001));
    for (uint64_t i = 10000; i < 13000; i += 1 + (i < 11000)) /* now it is full, and all evicts */
        store(segment, i, 120 + i % 20 * 8, false);
    for (uint64_t i = 600010; i < 600012; i++) /* drains extents */
        store(segment, i, 100000, false);
    for (uint64_t i = 14000; i < 14100; i++) /* needs neighbours */
        store(segment, i, 2400, false);
    store(segment, 600020, 60000, false); /* in pieces, for the check that follows */
}

/* Nothing may be evicted: large stores give up, and give back what they have. */
static void work_pinned(struct native_shm_segment *segment)
{
    native_shm_cache_clear(segment);
    for (uint64_t i = 20000; i < 24000; i++)
        if (store(segment, i, 1000, true))
            break;
    store(segment, 700000, 200000, false);
    store(segment, 700001, 3000, false);
    native_shm_cache_clear(segment);
}

/* Many small ones where few large ones were: the index gets an extent that is emptied for it. */
static void work_starving(struct native_shm_segment *segment)
{
    struct test_key k;
    struct native_shm_view view;

    native_shm_cache_clear(segment);
    for (uint64_t i = 30000; i < 31300; i++)
        store(segment, i, 800, false);
    for (uint64_t i = 30000; i < 31300; i += 2) /* so that no extent becomes empty by itself */
        native_shm_cache_find(segment, number_of(segment, &k, i), false, &view);
    for (uint64_t i = 40000; i < 43000; i++)
        store(segment, i, 40, false);
    native_shm_cache_clear(segment);
}

static int work_main(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open(context, 1 << 20);

    (void)in, (void)out;
    work_starving(segment);
    work_small(segment);
    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_cache_check(segment, i);
    work_leases(segment);
    work_large(segment);
    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_cache_check(segment, i);
    work_pinned(segment);
    work_small(segment);
    native_shm_segment_close(segment);
    return 0;
}

/* ---- what has to be so afterwards ------------------------------------------------------------------- */

/* Returns whether there are pinned ones. */
static bool check_values(struct native_shm_segment *segment, const char *when)
{
    bool pinned = false;
    static char name[NATIVE_SHM_KEY_MAX + 1];
    static uint64_t copy[WORDS];
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;

    while (native_shm_cache_next(segment, &cursor, &entry, name) == NATIVE_SHM_OK) {
        unsigned long long number = 0;
        name[entry.key_len] = 0;
        if (!check(sscanf(name, "key:%llx", &number) == 1, "%s: a key that nobody stored", when))
            continue;
        if (entry.view.format == NATIVE_SHM_FORMAT_INT)
            continue;
        if (!check(entry.view.value_len <= sizeof copy, "%s: a value of %u bytes", when,
                   entry.view.value_len))
            continue;
        check(native_shm_cache_read(segment, &entry.view, copy) == NATIVE_SHM_OK &&
                  value_good(copy, entry.view.value_len, number),
              "%s: key %llu is torn", when, number);
        pinned |= entry.pinned;
    }
    return pinned;
}

static void check_segment(const char *name, const char *when)
{
    struct native_shm_segment *segment = test_open(name, 0);
    struct test_key k;

    if (check_values(segment, when)) /* full of pinned ones: no store need work */
        native_shm_cache_clear(segment);
    for (uint64_t i = 800000; i < 800040; i++) /* every shard */
        check(store(segment, i, 200, false) == NATIVE_SHM_OK, "%s: a store fails", when);
    check_values(segment, when);
    all_right(segment, when);
    /* Stored last, and found: what was stored before it may have been evicted for it. */
    check(store(segment, 800000, 200, false) == NATIVE_SHM_OK, "%s: a store fails", when);
    check(native_shm_cache_delete(segment, number_of(segment, &k, 800000)) == NATIVE_SHM_OK,
          "%s: delete fails", when);
    check(native_shm_cache_clear(segment) == NATIVE_SHM_OK, "%s: clear fails", when);
    check(used_now(segment) == 0, "%s: %llu bytes are lost", when,
          (unsigned long long)used_now(segment));
    all_right(segment, when);
    native_shm_segment_close(segment);
}

static int run(const char *name, const char *point, uint32_t nth)
{
    kill_at = point;
    kill_nth = nth;
    for (int i = 0; i < POINTS; i++)
        atomic_store(&points[i].hits, 0);
    struct child child = child_start(work_main, (void *)(uintptr_t)name);
    kill_at = NULL;
    return child_end(&child);
}

/* Kill at a point; before it, if `dirty`, another process at that one. Returns whether the point was come by. */
static bool kill_once(const char *dirty, const char *point, uint32_t nth)
{
    static unsigned number;
    char name[32], when[160];
    int status;

    snprintf(name, sizeof name, "fault%u", number++);
    snprintf(when, sizeof when, "%s%skilled at %s, time %u", dirty ? dirty : "",
             dirty ? ", then " : "", point, nth);
    if (dirty)
        check(run(name, dirty, 1) == 1000 + SIGKILL, "%s was not come by", dirty);
    status = run(name, point, nth);
    if (status == 1000 + SIGKILL)
        check_segment(name, when);
    else
        check(status == 0, "%s: status %d", when, status);
    native_shm_segment_unlink(test_folder, name);
    return status == 1000 + SIGKILL;
}

/* Kill there at a later time. Each segment has a secret of its own, so the times differ: one that is not reached is halved. */
static void kill_later(const char *point, uint32_t nth)
{
    while (!kill_once(NULL, point, nth) && nth > 1)
        nth /= 2;
    if (nth <= 1)
        fail("%s: not killed at a later time", point);
}

/* ---- the list --------------------------------------------------------------------------------------- */

static const char *const files[] = {
    "shm/index.c",       "shm/entry.c",        "shm/evict.c", "shm/drain.c",  "shm/pieces.c",
    "shm/cache_write.c", "shm/cache_number.c", "shm/lease.c", "shm/repair.c", "shm/slab.c"};

/* Every point in the cache's files; returns how many. */
static unsigned points_in_sources(char names[POINTS][48])
{
    unsigned count = 0;
    char line[512];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file = fopen(files[i], "r");
        check(file != NULL, "no %s: run in the root of the checkout", files[i]);
        while (file && fgets(line, sizeof line, file)) {
            const char *at = strstr(line, "NATIVE_SHM_FAULT(");
            if (at && count < POINTS &&
                sscanf(at, "NATIVE_SHM_FAULT(%47[a-z_0-9])", names[count]) == 1)
                count++;
        }
        if (file)
            fclose(file);
    }
    return count;
}

static uint32_t hits_of(const struct point *counted, const char *name)
{
    for (int i = 0; i < POINTS && counted[i].name[0]; i++)
        if (!strcmp(counted[i].name, name))
            return atomic_load(&counted[i].hits);
    return 0;
}

static void test_point(const char *name, uint32_t hits, uint64_t *random)
{
    /* A repair of these has to do more than one of a shard that is whole. */
    static const char *const dirty[] = {"index_split_published", "slab_ready", "slab_claimed",
                                        "index_shorten_copied"};

    if (hits) {
        check(kill_once(NULL, name, 1), "not killed at its first time");
        if (hits > 8)
            kill_later(name, 2 + (uint32_t)(next_random(random) % (hits / 2)));
        end_test("%s: %u times", name, hits);
        return;
    }
    bool hit = false;
    for (size_t i = 0; i < sizeof dirty / sizeof *dirty; i++)
        hit |= kill_once(dirty[i], name, 1);
    check(hit, "nothing comes by here");
    end_test("%s: in the repair of one who was killed", name);
}

/* ---- in the hands of the dead ----------------------------------------------------------------------- */

enum { HOLDERS = 16 };

/* The next number from `from` on whose key is in that shard. */
static uint64_t number_in(struct native_shm_segment *segment, uint32_t shard, uint64_t from)
{
    struct test_key k;

    while (number_of(segment, &k, from)->hash >> segment->shard_shift != shard)
        from++;
    return from;
}

/* Store a large value in the first shard when told, the late ones what still finds room; killed on the way. */
static int holder_main(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("holders", 0);
    uint64_t number = (uint64_t)(uintptr_t)context;

    tell(out, 'r');
    hear(in);
    store(segment, number_in(segment, 0, 1000 * (number + 1)),
          number < HOLDERS / 2 ? 160000 : 20000, false);
    return 0;
}

/* All memory is in the hands of processes that died within a second, all in one shard, and nobody joined after them: who
 * was there before stores in every other shard. */
static void test_held(void)
{
    struct child children[HOLDERS];
    struct native_shm_segment *segment = test_open("holders", 1 << 20);
    unsigned killed = 0;

    store(segment, number_in(segment, 0, 0), 24, false); /* joins */
    kill_at = "pieces_filled";
    kill_nth = 1;
    for (int i = 0; i < HOLDERS; i++) {
        children[i] = child_start(holder_main, (void *)(uintptr_t)i);
        hear(children[i].in);
    }
    kill_at = NULL;
    for (int i = 0; i < HOLDERS; i++) {
        for (int j = 0; j < POINTS; j++)
            atomic_store(&points[j].hits, 0);
        tell(children[i].out, 'g');
        killed += child_end(&children[i]) == 1000 + SIGKILL;
    }
    check(killed >= 4, "only %u were killed", killed);
    for (uint32_t i = segment->shards; i-- > 0;)
        check(store(segment, number_in(segment, i, 0), 200, false) == NATIVE_SHM_OK,
              "a store in shard %u fails", i);
    check(native_shm_cache_clear(segment) == NATIVE_SHM_OK && used_now(segment) == 0,
          "%llu bytes are lost", (unsigned long long)used_now(segment));
    all_right(segment, "the dead held it");
    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "holders");
    end_test("all memory is in the hands of %u who died: a store takes it from them", killed);
}

int main(void)
{
    static char names[POINTS][48];
    static struct point counted[POINTS];
    unsigned count;
    uint64_t random = 7;

    points = mmap(NULL, POINTS * sizeof *points, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                  -1, 0);
    test_folder_make();
    count = points_in_sources(names);
    ok(run("count", NULL, 0) == 0, "the work is done when nobody is killed");
    memcpy((void *)counted, (void *)points, sizeof counted);
    check_segment("count", "nobody killed");
    ok(count > 30, "%u points in the cache's files", count);
    for (unsigned i = 0; i < count; i++)
        test_point(names[i], hits_of(counted, names[i]), &random);
    /* And those below, as the cache uses them. */
    for (int i = 0; i < POINTS && counted[i].name[0]; i++) {
        bool ours = false;
        for (unsigned j = 0; j < count; j++)
            ours |= !strcmp(names[j], counted[i].name);
        if (ours)
            continue;
        uint32_t hits = atomic_load(&counted[i].hits);
        if (!kill_once(NULL, counted[i].name, hits / 2 + 1))
            fail("%s: not killed", counted[i].name);
        if (hits > 4) /* in another shard than the first */
            kill_later(counted[i].name, hits * 3 / 4 + 1);
    }
    end_test("killed at the points of heap, extents and segment, too");
    test_held();
    test_folder_remove();
    return done();
}
