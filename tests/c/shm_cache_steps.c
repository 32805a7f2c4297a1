/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_steps.c - what a store may cost when there is no room: at most NATIVE_SHM_EVICT_STEPS_MAX entries are looked
 * at, and no more are evicted, whatever the cache is full of; and what is to be replaced does not go to make room for
 * what replaces it. Steps are counted by the cache; that it counts each eviction as one is checked here, too. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"

static char bytes[1 << 20];

/* What the worst of some stores took. */
struct worst {
    uint64_t steps, evicted, refused, stores;
};

static uint64_t count_of(const struct native_shm_segment *segment, enum native_shm_count which)
{
    return atomic_load(&segment->slot->counts[which]);
}

static void store(struct native_shm_segment *segment, uint64_t number, size_t len, bool pinned,
                  struct worst *worst)
{
    struct test_key k;
    struct native_shm_value value = {
        .bytes = bytes, .len = len, .format = NATIVE_SHM_FORMAT_STRING, .pinned = pinned};
    uint64_t steps = count_of(segment, NATIVE_SHM_EVICT_STEPS),
             evicted = count_of(segment, NATIVE_SHM_EVICTIONS);
    enum native_shm_status status =
        native_shm_cache_store(segment, number_of(segment, &k, number), &value, NATIVE_SHM_SET);

    steps = count_of(segment, NATIVE_SHM_EVICT_STEPS) - steps;
    evicted = count_of(segment, NATIVE_SHM_EVICTIONS) - evicted;
    check(evicted <= steps, "%llu evictions in %llu steps", (unsigned long long)evicted,
          (unsigned long long)steps);
    worst->steps = steps > worst->steps ? steps : worst->steps;
    worst->evicted = evicted > worst->evicted ? evicted : worst->evicted;
    worst->refused += status != NATIVE_SHM_OK;
    worst->stores++;
}

static void judge(struct native_shm_segment *segment, const struct worst *worst, const char *what)
{
    check(worst->steps <= NATIVE_SHM_EVICT_STEPS_MAX, "a store took %llu steps",
          (unsigned long long)worst->steps);
    check(worst->refused == 0, "%llu stores were refused", (unsigned long long)worst->refused);
    check(all_right(segment, what), "after that");
    end_test("%s: %llu stores, at most %llu steps, at most %llu evictions", what,
             (unsigned long long)worst->stores, (unsigned long long)worst->steps,
             (unsigned long long)worst->evicted);
}

static uint64_t entries(struct native_shm_segment *segment)
{
    struct native_shm_info info;

    native_shm_cache_info(segment, &info);
    return info.entries;
}

/* Small ones only: there is no memory for the index to grow, either. */
static void test_small(struct native_shm_segment *segment)
{
    struct worst worst = {0};

    native_shm_cache_clear(segment);
    for (uint64_t i = 0; i < 80000; i++)
        store(segment, i, i % 3 ? 8 : 24, false, &worst);
    judge(segment, &worst, "full of small entries");
}

/* Nobody may go but those that have been read: the hand takes every bit that it meets. */
static void test_visited(struct native_shm_segment *segment)
{
    struct worst worst = {0};
    struct native_shm_view view;
    struct test_key k;

    for (uint64_t round = 0; round < 20; round++) {
        for (uint64_t i = 0; i < 90000; i++)
            native_shm_cache_find(segment, number_of(segment, &k, i), false, &view);
        for (uint64_t i = 0; i < 200; i++)
            store(segment, 80000 + round * 200 + i, 24, false, &worst);
    }
    check(worst.steps > NATIVE_SHM_EVICT_STEPS_MAX / 2, "that was not the worst: %llu",
          (unsigned long long)worst.steps);
    judge(segment, &worst, "all have been read");
}

/* Few large ones, so a small index; then very many small ones. Each of these needs more slots than there are, and the
 * memory for them has to come from the entries, a few a store. */
static void test_starving(struct native_shm_segment *segment)
{
    struct worst worst = {0};
    uint64_t before, after;

    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "steps");
    segment = test_open("steps", 2 << 20);
    for (uint64_t i = 0; i < 3000; i++)
        store(segment, i, 1500, false, &worst);
    before = entries(segment);
    for (uint64_t i = 100000; i < 160000; i++)
        store(segment, i, 24, false, &worst);
    after = entries(segment);
    check(before < 1500 && after > 12000, "first %llu entries, then %llu",
          (unsigned long long)before, (unsigned long long)after);
    judge(segment, &worst, "first large, then small ones");
    native_shm_segment_close(segment);
}

/* More pinned entries side by side than a store may look at. */
static void test_pinned(struct native_shm_segment *segment)
{
    struct worst worst = {0};
    struct native_shm_view view;
    struct test_key k;
    unsigned missing = 0;

    native_shm_cache_clear(segment);
    for (uint64_t i = 0; i < 1000; i++)
        store(segment, i, 24, true, &worst);
    for (uint64_t i = 1000; i < 60000; i++)
        store(segment, i, 24, false, &worst);
    for (uint64_t i = 0; i < 1000; i++)
        missing += native_shm_cache_find(segment, number_of(segment, &k, i), true, &view) != 0;
    check(missing == 0, "%u pinned ones are gone", missing);
    judge(segment, &worst, "a thousand pinned in a row");
}

static void test_sizes(struct native_shm_segment *segment)
{
    struct worst worst = {0};
    uint64_t random = 5;

    native_shm_cache_clear(segment);
    for (uint64_t i = 0; i < 60000; i++)
        store(segment, i, 24 + next_random(&random) % 300, false, &worst);
    judge(segment, &worst, "values of 24 to 323 bytes");
}

/* ---- replacing -------------------------------------------------------------------------------------- */

static uint64_t shard_of(struct native_shm_segment *segment, uint64_t number)
{
    struct test_key k;

    return number_of(segment, &k, number)->hash >> segment->shard_shift;
}

static void test_replace(struct native_shm_segment *segment)
{
    struct test_key k;
    struct worst worst = {0};
    struct native_shm_value value = {.bytes = bytes, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_view view;

    native_shm_cache_clear(segment);
    for (uint64_t round = 0; round < 712; round++) {
        /* The old one is the first that eviction would take: the oldest, and not read. In the later rounds it is alone in
         * its shard and ends in every place of an extent: with some lengths, not even the new one's record has room. */
        bool alone = round >= 200;
        value.len = alone ? 130000 + (round - 200) * 32 : 100000 + round * 300;
        native_shm_cache_clear(segment);
        native_shm_cache_store(segment, number_of(segment, &k, 1), &value, NATIVE_SHM_SET);
        for (uint64_t i = 100; i < (alone ? 900 : 115); i++) {
            if (alone && shard_of(segment, i) == shard_of(segment, 1))
                continue;
            if (native_shm_cache_find(segment, number_of(segment, &k, 1), true, &view) == 0)
                store(segment, i, alone ? 2000 : 50000, false, &worst);
        }
        native_shm_cache_store(segment, number_of(segment, &k, 1), &value, NATIVE_SHM_ADD);
        number_of(segment, &k, 1);
        if (round % 2) {
            enum native_shm_status status =
                native_shm_cache_store(segment, &k.key, &value, NATIVE_SHM_REPLACE);
            check(status == NATIVE_SHM_OK, "round %llu: replace is %d", (unsigned long long)round,
                  status);
        } else {
            check(native_shm_cache_find(segment, &k.key, true, &view) == NATIVE_SHM_OK, "find");
            check(native_shm_cache_swap(segment, &k.key, &view, &value) == NATIVE_SHM_OK,
                  "round %llu: swap", (unsigned long long)round);
        }
    }
    check(all_right(segment, "replacing"), "after that");
    end_test("a large value is replaced, and compared and swapped, in a full cache");
}

int main(void)
{
    test_folder_make();
    struct native_shm_segment *segment = test_open("steps", 1 << 20);

    test_small(segment);
    test_visited(segment);
    test_pinned(segment);
    test_sizes(segment);
    test_replace(segment);
    test_starving(segment);
    test_folder_remove();
    return done();
}
