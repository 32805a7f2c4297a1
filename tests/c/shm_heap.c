/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_heap.c - blocks and extents against a plain reference: a byte for each unit that says whether it is used. dev/ctest: much work,
 * dev/ctest: long. */
#include "support/shm_alone.h"

#include "harness.h"

void alone_fault(const char *point)
{
    (void)point;
    atomic_store_explicit(&alone->points,
                          atomic_load_explicit(&alone->points, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

enum { LIVE_MAX = 4096, STEPS_MOST = 24 };

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
    printf("# seed %llu: %u operations, %llu found no room, at best %llu per mille in use then, at "
           "most %llu "
           "steps in a call\n",
           (unsigned long long)seed, operations, (unsigned long long)model.failures,
           (unsigned long long)model.best_fill, (unsigned long long)model.worst_points);
    check(model.worst_points <= STEPS_MOST, "%llu steps in one call",
          (unsigned long long)model.worst_points);
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

/* ---- by example ---- */

enum { KIND = NATIVE_SHM_BLOCK_RECORD };

/* A heap with no free block but gaps of one small block each. Returns how many blocks stay. */
static uint32_t make_holes(struct native_shm_segment *segment, struct native_shm_heap *heap,
                           uint64_t size, uint32_t *refs, uint32_t most)
{
    uint32_t count = 0, left = 0;

    while (count < most && (refs[count] = native_shm_heap_take(segment, heap, size, KIND)) != 0) {
        count++;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i % 2) {
            native_shm_heap_give(segment, heap, refs[i]);
        } else {
            refs[left++] = refs[i];
        }
    }
    return left;
}

static void test_pieces(void)
{
    struct native_shm_segment *segment = alone_new(8, 14);
    struct native_shm_heap *heap = &segment->objects->heap;
    static uint32_t refs[1000];
    uint32_t count = make_holes(segment, heap, 1000, refs, 1000);
    uint64_t got = 0, pieces = 0, all = 0;

    heap->number = 4;
    check(native_shm_heap_largest(segment, heap) >= 1000, "largest");
    check(!native_shm_heap_take(segment, heap, 8000, KIND), "8,000 bytes in holes of 1,000");
    check(!native_shm_heap_take_some(segment, heap, 8000, 4000, KIND, &got), "nor 4,000");
    check(!native_shm_heap_take_some(segment, heap, 10, 200, KIND, &got),
          "more than there is to be");
    while (native_shm_heap_take_some(segment, heap, 8000, 500, KIND, &got)) {
        check(got >= 500 && got < 2000, "a piece of %llu", (unsigned long long)got);
        pieces++;
        all += got;
    }
    check(pieces >= count - 8 && all >= pieces * 1000, "%llu pieces", (unsigned long long)pieces);
    check(!native_shm_heap_check(segment, heap), "check");
    alone_unmap(segment);

    segment = alone_new(8, 14);
    heap = &segment->objects->heap;
    check(native_shm_heap_take_some(segment, heap, 1 << 30, 1, KIND, &got) && got == (1 << 14) - 8,
          "a piece is at most an extent: %llu", (unsigned long long)got);
    check(!native_shm_heap_take(segment, heap, UINT64_MAX, KIND) &&
              !native_shm_heap_take(segment, heap, UINT64_MAX - 20, KIND) &&
              !native_shm_heap_take(segment, heap, 1ull << 32, KIND) &&
              !native_shm_heap_take_some(segment, heap, UINT64_MAX, UINT64_MAX, KIND, &got),
          "sizes that no block has");
    atomic_store(&alone->room, 0);
    check(!native_shm_heap_take(segment, heap, 100, KIND) &&
              !native_shm_heap_take(segment, heap, 40000, KIND) &&
              !native_shm_heap_take_some(segment, heap, 100, 10, KIND, &got),
          "no room in the file system");
    check(!native_shm_heap_check(segment, heap), "check");
    alone_unmap(segment);
    end_test("a value in pieces is not stopped by fragmentation; impossible sizes and no room are");
}

struct drain {
    struct native_shm_segment *segment;
    struct native_shm_heap *heap;
    uint32_t *refs;
    uint32_t count;
    uint32_t calls;
    uint32_t last;
    bool others;
};

static bool each_drained(void *context, uint32_t ref, uint32_t kind)
{
    struct drain *drain = context;

    check(kind == KIND && ref > drain->last, "out of order");
    drain->last = ref;
    drain->calls++;
    for (uint32_t i = 0; i < drain->count; i++) {
        /* This one, and perhaps the one behind it. */
        uint32_t other = drain->refs[i];
        if (other == ref || (drain->others && other > ref && other - ref < 30)) {
            check(native_shm_heap_give(drain->segment, drain->heap, other), "give in a walk");
            drain->refs[i] = 0;
        }
    }
    return true;
}

static bool each_third(void *context, uint32_t ref, uint32_t kind)
{
    (void)ref;
    (void)kind;
    return ++*(uint32_t *)context < 3;
}

static void test_drain(void)
{
    for (int others = 0; others < 2; others++) {
        struct native_shm_segment *segment = alone_new(8, 14);
        struct native_shm_heap *heap = &segment->shard[3].heap;
        static uint32_t refs[1000];
        struct drain drain = {segment, heap, refs, 0, 0, 0, others};
        uint32_t calls = 0;

        drain.count = make_holes(segment, heap, 200, refs, 1000);
        native_shm_heap_walk(segment, heap, 3, each_third, &calls);
        check(calls == 3, "false ends the walk: %u", calls);
        for (uint32_t extent = 0; extent < 8; extent++) {
            drain.last = 0;
            native_shm_heap_walk(segment, heap, extent, each_drained, &drain);
        }
        check(others ? drain.calls <= drain.count : drain.calls == drain.count, "%u of %u",
              drain.calls, drain.count);
        check(heap->used_units == 0 && !native_shm_heap_check(segment, heap), "not empty");
        check(heap->extents == 1, "one extent is kept, not %u", heap->extents);
        check(native_shm_heap_trim(segment, heap) == 1 && heap->extents == 0, "and then given up");
        check(native_shm_extent_available(segment) == 8, "extents");
        calls = 0;
        native_shm_heap_walk(segment, heap, 3, each_third, &calls);
        native_shm_heap_walk(segment, heap, UINT32_MAX, each_third, &calls);
        check(calls == 0, "a walk in an extent that is not the heap's");
        alone_unmap(segment);
    }
    end_test("an extent is drained while it is walked, and goes back");
}

/* How full a heap gets that is always full: one goes, as many come as there is room for. */
static void test_fragmentation(void)
{
    static const struct {
        const char *what;
        uint32_t least, spread; /* bytes */
        uint32_t per_mille;     /* in use, at least, in the mean */
    } rows[] = {{"64..127", 64, 64, 960},
                {"64..1,087", 64, 1024, 965},
                {"1,000", 1000, 1, 970},
                {"40..8,231", 40, 8192, 930}};

    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        struct native_shm_segment *segment = alone_new(128, 15);
        struct native_shm_heap *heap = &segment->shard[0].heap;
        static uint32_t refs[60000];
        uint32_t count = 0, rounds = under_valgrind() ? 2000 : 100000;
        uint64_t random = row, used = 0, samples = 0;

        for (uint32_t i = 0; i < rounds;) {
            uint64_t size = rows[row].least + next_random(&random) % rows[row].spread;
            uint32_t ref = native_shm_heap_take(segment, heap, size, KIND);
            if (ref) {
                refs[count++] = ref;
                continue;
            }
            used += heap->used_units;
            samples++;
            i++;
            uint32_t which = next_random(&random) % count;
            native_shm_heap_give(segment, heap, refs[which]);
            refs[which] = refs[--count];
        }
        uint64_t mean = used * 1000 / samples / (128u << 11);
        printf("# blocks of %s bytes in a heap that is always full: %llu per mille in use\n",
               rows[row].what, (unsigned long long)mean);
        check(mean >= rows[row].per_mille, "less than %u", rows[row].per_mille);
        check(!native_shm_heap_check(segment, heap), "check");
        alone_unmap(segment);
    }
    end_test("a heap that is always full stays filled");
}

int main(void)
{
    test_pieces();
    test_drain();
    test_fragmentation();
    test_model();
    return done();
}
