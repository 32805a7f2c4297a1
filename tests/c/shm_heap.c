/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_heap.c - blocks and extents against a plain reference: a byte for each unit that says whether it is used. */
#include "support/shm_alone.h"

#include "harness.h"

void alone_fault(const char *point)
{
    (void)point;
    atomic_store_explicit(&alone->points,
                          atomic_load_explicit(&alone->points, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

enum { LIVE_MAX = 4096 };

struct live {
    uint32_t ref;
    uint32_t units;
    uint64_t size;
    uint32_t stamp;
    enum native_shm_block_kind kind;
};

struct model {
    struct native_shm_segment *segment;
    struct native_shm_heap *heap;
    uint8_t *used; /* a byte for each unit of all extents */
    struct live live[LIVE_MAX];
    uint32_t count;
    uint64_t live_bytes;
    uint64_t random;
    uint64_t worst_points;
    uint64_t failures;
    uint64_t best_fill; /* per mille of the extents, when full */
};

static uint32_t unit_of(const struct model *model, uint32_t ref)
{
    return ref - (uint32_t)(model->segment->extents_at / NATIVE_SHM_UNIT);
}

static uint32_t all_units(const struct model *model)
{
    return model->segment->extents * extent_units(model->segment);
}

static void model_begin(struct model *model, struct native_shm_segment *segment, uint64_t seed)
{
    memset(model, 0, sizeof *model);
    model->segment = segment;
    model->heap = &segment->shard[2].heap;
    model->used = alone_must(calloc(all_units(model), 1));
    model->random = seed;
}

/* The payload says whose it is, from end to end for small ones, at both ends for large ones. */
static void stamp(struct model *model, struct live *live, bool verify)
{
    unsigned char *at = native_shm_payload(model->segment, live->ref, live->size);
    uint64_t skip = live->kind == NATIVE_SHM_BLOCK_HELD ? 4 : 0;

    if (!check(at != NULL, "a block's payload is not in the segment")) {
        return;
    }
    for (uint64_t i = skip; i < live->size; i++) {
        unsigned char byte = (unsigned char)(live->stamp + i);
        if (i == 64 && live->size > 256) {
            i = live->size - 64;
            byte = (unsigned char)(live->stamp + i);
        }
        if (verify && at[i] != byte) {
            fail("byte %llu of a block of %llu was overwritten", (unsigned long long)i,
                 (unsigned long long)live->size);
            return;
        }
        at[i] = byte;
    }
}

static void model_add(struct model *model, uint32_t ref, uint64_t size,
                      enum native_shm_block_kind kind)
{
    struct live *live = &model->live[model->count++];
    uint64_t room;
    struct found block;

    *live = (struct live){ref, 0, size, next_random(&model->random), kind};
    if (!check(native_shm_heap_is(model->segment, model->heap, ref, kind, &room) && room >= size &&
                   look(model->segment, model->heap, ref, &block),
               "what take() gave is no block of %llu bytes", (unsigned long long)size)) {
        return;
    }
    live->units = block.units;
    check(block.units <= units_for(size) + 1, "%u units for %llu bytes", block.units,
          (unsigned long long)size);
    for (uint32_t i = 0; i < live->units; i++) {
        if (!check(!model->used[unit_of(model, ref) + i], "one unit was handed out twice")) {
            break;
        }
        model->used[unit_of(model, ref) + i] = 1;
    }
    if (kind == NATIVE_SHM_BLOCK_HELD) {
        uint32_t *holder = native_shm_payload(model->segment, ref, 4);
        check(*holder == model->segment->id, "a held block does not say whose it is");
    }
    model->live_bytes += live->units * NATIVE_SHM_UNIT;
    stamp(model, live, false);
}

static void model_give(struct model *model, uint32_t which)
{
    struct live *live = &model->live[which];
    uint64_t before = atomic_load(&alone->points);

    stamp(model, live, true);
    check(native_shm_heap_give(model->segment, model->heap, live->ref), "give() refused a block");
    uint64_t points = atomic_load(&alone->points) - before;
    model->worst_points = points > model->worst_points ? points : model->worst_points;
    check(!native_shm_heap_is(model->segment, model->heap, live->ref, NATIVE_SHM_BLOCK_FREE, NULL),
          "a block given back is still one");
    check(!native_shm_heap_give(model->segment, model->heap, live->ref), "given back twice");
    memset(model->used + unit_of(model, live->ref), 0, live->units);
    model->live_bytes -= live->units * NATIVE_SHM_UNIT;
    *live = model->live[--model->count];
}

/* The longest gap, which take() may not have overlooked: of units not used in one extent (runs: in neighbours). */
static uint32_t longest_gap(const struct model *model)
{
    uint32_t per = extent_units(model->segment), longest = 0, gap = 0;

    for (uint32_t unit = 0; unit < all_units(model); unit++) {
        if (unit % per == 0 &&
            NATIVE_SHM_EXTENT_KIND(map_word(model->segment, unit / per)) != NATIVE_SHM_EXTENT_RUN) {
            gap = 0;
        }
        gap = model->used[unit] ? 0 : gap + 1;
        longest = gap > longest ? gap : longest;
    }
    return longest;
}

static uint64_t random_size(struct model *model, uint64_t most)
{
    uint32_t random = next_random(&model->random);
    uint64_t top = 1ull << (4 + random % 20);

    if (top > most) {
        top = most;
    }
    return next_random(&model->random) % top;
}

static void model_take(struct model *model, uint64_t most)
{
    uint64_t size = random_size(model, most);
    enum native_shm_block_kind kind = 1 + next_random(&model->random) % 5;
    uint64_t before = atomic_load(&alone->points);
    uint32_t ref = native_shm_heap_take(model->segment, model->heap, size, kind);
    uint64_t points = atomic_load(&alone->points) - before;

    if (units_for(size) <= extent_units(model->segment) && points > model->worst_points) {
        model->worst_points = points;
    }
    if (ref) {
        model_add(model, ref, size, kind);
        return;
    }
    model->failures++;
    uint32_t units = units_for(size);
    if (units <= extent_units(model->segment)) {
        uint64_t fill = model->live_bytes * 1000 /
                        ((uint64_t)model->segment->extents << model->segment->extent_shift);
        model->best_fill = fill > model->best_fill ? fill : model->best_fill;
        check(native_shm_extent_available(model->segment) == 0, "FULL although extents were free");
        if (model->failures % 64 == 1) {
            uint32_t gap = longest_gap(model);
            check(gap < units || list_of(gap) == list_of(units),
                  "no block of %u units, but a gap of %u", units, gap);
        }
    }
}

static void model_take_some(struct model *model)
{
    uint64_t size = random_size(model, 1 << 20), least = size / 8, got = 0;
    uint32_t ref = native_shm_heap_take_some(model->segment, model->heap, size, least,
                                             NATIVE_SHM_BLOCK_PIECE, &got);

    if (ref) {
        check(got >= least && got <= size + 2 * NATIVE_SHM_HEAP_SMALLEST, "took %llu of %llu",
              (unsigned long long)got, (unsigned long long)size);
        model_add(model, ref, got, NATIVE_SHM_BLOCK_PIECE);
    }
}

/* Whatever is derived is overwritten with noise, then made anew. */
static void model_tear(struct model *model)
{
    uint32_t *words = (uint32_t *)(void *)model->heap;

    for (size_t i = 0; i < sizeof *model->heap / 4; i++) {
        words[i] = next_random(&model->random);
    }
    check(native_shm_heap_rebuild(model->segment, model->heap, NULL, NULL) == 0,
          "damage where there was none");
    uint32_t used = 0;
    for (uint32_t i = 0; i < model->count; i++) {
        used += model->live[i].units;
    }
    check(model->heap->used_units == used, "the rebuild lost or found blocks");
}

static void model_check(struct model *model)
{
    const char *wrong = native_shm_heap_check(model->segment, model->heap);

    check(!wrong, "%s", wrong);
    check(model->heap->used_units * NATIVE_SHM_UNIT == model->live_bytes, "used is not right");
}

static void model_end(struct model *model)
{
    while (model->count) {
        model_give(model, model->count - 1);
    }
    model_check(model);
    check(model->heap->used_units == 0, "something is still used");
    native_shm_heap_trim(model->segment, model->heap);
    check(model->heap->extents == 0 && model->heap->classes == 0, "the heap keeps extents");
    check(native_shm_extent_available(model->segment) == model->segment->extents,
          "not every extent came back");
    free(model->used);
}

/* Operations that hover round `fill` per mille of the memory. */
static void run_model(uint64_t seed, uint32_t shift, uint64_t most, uint32_t operations)
{
    struct native_shm_segment *segment = alone_new(40, shift);
    static struct model model;
    uint64_t all = (uint64_t)segment->extents << shift;
    uint32_t fill = 500;

    model_begin(&model, segment, seed);
    for (uint32_t i = 0; i < operations && tap_good; i++) {
        if (i % 20000 == 0) {
            fill = 200 + next_random(&model.random) % 850;
        }
        bool more = model.live_bytes * 1000 < all * fill && model.count < LIVE_MAX;
        uint32_t dice = next_random(&model.random) % 16;
        if (model.count && (more ? dice < 4 : dice < 12 || model.count == LIVE_MAX)) {
            model_give(&model, next_random(&model.random) % model.count);
        } else if (dice == 15) {
            model_take_some(&model);
        } else {
            model_take(&model, most);
        }
        if (i % 4099 == 0) {
            model_check(&model);
        }
        if (i % 50021 == 0) {
            model_tear(&model);
        }
    }
    printf("# seed %llu: %u operations, %llu found no room, at best %llu per mille in use then, at most %llu "
           "steps in a call\n",
           (unsigned long long)seed, operations, (unsigned long long)model.failures,
           (unsigned long long)model.best_fill, (unsigned long long)model.worst_points);
    model_end(&model);
    alone_unmap(segment);
}

static void test_model(void)
{
    uint32_t operations = under_valgrind() ? 20000 : 700000;

    for (uint64_t seed = 1; seed <= 4; seed++) {
        run_model(seed, 16, 8 << 10, operations);
        end_test("blocks of up to 8 KiB agree with the reference (seed %u)", (unsigned)seed);
    }
    run_model(5, 14, 100 << 10, operations);
    end_test("blocks larger than an extent agree with the reference");
    run_model(6, 20, 1 << 20, operations / 4);
    end_test("extents of 1 MiB agree with the reference");
}

int main(void)
{
    test_model();
    return done();
}
