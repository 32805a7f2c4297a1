/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_damage.c - bits flip anywhere in a segment: in shards, buckets, records, pieces, block heads, the extent map.
 * No call touches a byte outside (the mapping lies between forbidden pages), none runs for ever, and when every shard
 * has been checked, the cache works again. What values say after damage is nobody's promise. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"
#include "support/shm_image.h"

#include "../../shm/extent.h"

enum { KEYS = 1500, SIZE = 1 << 20, LIMIT_S = 60 };

static void fill(struct native_shm_segment *segment)
{
    static uint64_t bytes[8192];
    struct test_key k;

    for (uint64_t i = 0; i < KEYS; i++) {
        struct native_shm_value value = {.bytes = bytes,
                                         .len = i % 100 == 0 ? 30000 : 24 + i % 150,
                                         .format = NATIVE_SHM_FORMAT_STRING};
        native_shm_cache_store(segment, number_of(segment, &k, i), &value, NATIVE_SHM_SET);
    }
}

/* A lock's word is left alone: one that names somebody who lives (us, most likely) is a lock that is taken. */
static bool is_lock(struct native_shm_segment *segment, uint64_t place)
{
    uint64_t shards = (uint64_t)((unsigned char *)segment->shard - segment->base);

    return place >= shards &&
           (place - shards) % sizeof(struct native_shm_shard) < sizeof(struct native_shm_lock) &&
           (place - shards) / sizeof(struct native_shm_shard) < segment->shards;
}

/* A byte's place in one of the areas that calls of the cache read. */
static uint64_t any_place(struct native_shm_segment *segment, uint64_t *random)
{
    unsigned char *base = segment->base;

    for (;;) {
        uint32_t extent = next_random(random) % segment->extents;
        uint32_t kind = NATIVE_SHM_EXTENT_KIND(segment->map[extent]);
        uint64_t at = (uint64_t)(native_shm_extent_at(segment, extent) - base);
        switch (next_random(random) % 8) {
        case 0:
            return (uint64_t)((unsigned char *)segment->map - base) +
                   next_random(random) % (segment->extents * 4);
        case 1:
        case 2: /* where something is: a shard's first words, the first of its directory, its heap */
            return (uint64_t)((unsigned char *)&segment
                                  ->shard[next_random(random) % segment->shards] -
                              base) +
                   (next_random(random) % 2
                        ? next_random(random) % 192
                        : next_random(random) % sizeof(struct native_shm_shard));
        case 3:
        case 4:
            if (kind == NATIVE_SHM_EXTENT_INDEX)
                return at + next_random(random) % segment->extent_size;
            break;
        default:
            if (kind == NATIVE_SHM_EXTENT_HEAP)
                return at + next_random(random) % segment->extent_size;
        }
    }
}

static bool works(struct native_shm_segment *segment)
{
    bool good = true;

    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_cache_check(segment, i);
    all_right(segment, "mended");
    for (uint64_t i = 5000; i < 5020; i++) {
        struct test_key k;
        uint64_t value[10], copy[10];
        struct native_shm_value v = {
            .bytes = value, .len = sizeof value, .format = NATIVE_SHM_FORMAT_STRING};
        value_make(value, sizeof value, i, i);
        enum native_shm_status status =
            native_shm_cache_store(segment, number_of(segment, &k, i), &v, NATIVE_SHM_SET);
        good &= check(status == NATIVE_SHM_OK, "a store after mending: %d", status);
        good &= check(status || (get(segment, &k.key, copy, sizeof copy) == sizeof copy &&
                                 value_good(copy, sizeof copy, i)),
                      "a read after mending");
    }
    return good;
}

struct run {
    uint64_t seed;
    unsigned rounds;
};

static int damage_main(int in, int out, void *context)
{
    struct run *run = context;
    struct native_shm_segment *segment = test_open("damage", SIZE);
    unsigned char *image = malloc(segment->size);
    uint64_t random = run->seed;

    (void)in, (void)out;
    alarm(LIMIT_S);
    image_guard(segment);
    fill(segment);
    memcpy(image, segment->base, segment->size);
    for (unsigned round = 0; round < run->rounds; round++) {
        unsigned flips = 1 + next_random(&random) % 12;
        uint64_t start = native_shm_now_us();
        memcpy(segment->base, image, segment->size);
        while (flips--) {
            uint64_t place = any_place(segment, &random);
            if (!is_lock(segment, place))
                segment->base[place] ^= (unsigned char)(1u << next_random(&random) % 8);
        }
        image_use(segment, &random, 60, KEYS);
        if (!works(segment)) {
            printf("# seed %llu, round %u\n", (unsigned long long)run->seed, round);
            fflush(stdout);
            return 1;
        }
        if (native_shm_now_us() - start > 5000000)
            return 3;
    }
    native_shm_segment_close(segment);
    free(image);
    fflush(stdout);
    return !tap_good;
}

/* A number of buckets that is far too large: nobody looks for each of them. */
static void test_buckets(void)
{
    struct native_shm_segment *segment = test_open("buckets", SIZE);
    uint64_t start;

    fill(segment);
    start = native_shm_now_us();
    for (uint32_t i = 0; i < segment->shards; i++)
        atomic_fetch_or(&segment->shard[i].buckets, 0x80000000u);
    native_shm_cache_clear(segment);
    check(native_shm_now_us() - start < 2000000, "clear takes %llu us",
          (unsigned long long)(native_shm_now_us() - start));
    check(works(segment), "and it works again");
    /* A slab that is lost: what is in the others goes. */
    struct native_shm_info info, before;
    fill(segment);
    native_shm_cache_info(segment, &before);
    for (uint32_t i = 0; i < segment->shards; i++)
        atomic_store(&segment->shard[i].directory[0], 0);
    native_shm_cache_clear(segment);
    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_cache_check(segment, i);
    native_shm_cache_info(segment, &info);
    check(info.entries < before.entries * 3 / 4, "%llu of %llu are left",
          (unsigned long long)info.entries, (unsigned long long)before.entries);
    native_shm_cache_clear(segment);
    check(used_now(segment) == 0, "%llu bytes are lost", (unsigned long long)used_now(segment));
    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "buckets");
    end_test("clear with a number of buckets that is far too large");
}

int main(void)
{
    const char *rounds = getenv("NATIVE_DAMAGE");
    struct run run = {1, under_valgrind() ? 3 : rounds ? (unsigned)atoi(rounds) : 100};

    test_folder_make();
    for (run.seed = 1; run.seed <= 8; run.seed++) {
        struct child child = child_start(damage_main, &run);
        int status = child_end(&child);
        native_shm_segment_unlink(test_folder, "damage");
        ok(status == 0, "%u times up to 12 flipped bits, seed %llu: status %d", run.rounds,
           (unsigned long long)run.seed, status);
    }
    test_buckets();
    test_folder_remove();
    return done();
}
