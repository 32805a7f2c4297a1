/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_heap_hostile.c - a heap whose bytes somebody has changed: no call touches memory outside the mapping (forbidden
 * pages lie on both sides), none runs for ever, and a rebuild gives a heap that is right again. */
#include "support/shm_alone.h"

#include "harness.h"

static uint64_t points;

void alone_fault(const char *point)
{
    (void)point;
    points++;
}

enum { REFS = 512, EXTENTS = 12, SHIFT = 14 };

static uint64_t random_state;

static uint32_t any(uint32_t below)
{
    return next_random(&random_state) % below;
}

static bool each_some(void *context, uint32_t ref, uint32_t kind)
{
    (void)context;
    (void)ref;
    (void)kind;
    return any(8) == 0;
}

struct drain {
    struct native_shm_segment *segment;
    struct native_shm_heap *heap;
    uint32_t calls;
};

static bool each_drained(void *context, uint32_t ref, uint32_t kind)
{
    struct drain *drain = context;

    (void)kind;
    if (any(2)) {
        native_shm_heap_give(drain->segment, drain->heap, ref);
    }
    return ++drain->calls < 64;
}

/* One word anywhere that the heap reads: itself, the map, block heads, links, the segment's hints. */
static _Atomic uint32_t *some_word(struct native_shm_segment *segment, struct native_shm_heap *heap,
                                   const uint32_t *refs)
{
    uint32_t ref;

    switch (any(5)) {
    case 0:
        return (_Atomic uint32_t *)(void *)heap + any(sizeof *heap / 4);
    case 1:
        return &segment->map[any(EXTENTS)];
    case 2:
        return any(2) ? &segment->header->extent_hint : &segment->header->no_room;
    case 3:
        ref = refs[any(REFS)];
        break;
    default:
        ref = heap->free[any(NATIVE_SHM_HEAP_CLASSES)][any(NATIVE_SHM_HEAP_STEPS)];
    }
    struct free_block *block = native_shm_at(segment, ref, sizeof *block);
    if (!block) {
        block = (struct free_block *)(void *)native_shm_extent_at(segment, any(EXTENTS));
    }
    return (_Atomic uint32_t *)(void *)block + any(sizeof *block / 4);
}

static void change(_Atomic uint32_t *word)
{
    uint32_t value = atomic_load(word);

    switch (any(4)) {
    case 0:
        value ^= 1u << any(32);
        break;
    case 1:
        value = next_random(&random_state) * 2u;
        break;
    case 2:
        value += any(64) - 32u;
        break;
    default:
        value = any(2) ? 0 : UINT32_MAX;
    }
    atomic_store(word, value);
}

static void use(struct native_shm_segment *segment, struct native_shm_heap *heap, uint32_t *refs)
{
    uint32_t *ref = &refs[any(REFS)];
    struct drain drain = {segment, heap, 0};
    uint64_t got, size;

    switch (any(12)) {
    default:
        if (*ref) {
            native_shm_heap_give(segment, heap, *ref);
        }
        *ref = native_shm_heap_take(segment, heap, any(2) ? any(200) : any(40000), 1 + any(5));
        break;
    case 8:
        *ref = native_shm_heap_take_some(segment, heap, any(1 << 20), any(1 << 12), 2, &got);
        break;
    case 9:
        native_shm_heap_walk(segment, heap, any(EXTENTS + 1), each_drained, &drain);
        break;
    case 10:
        native_shm_heap_is(segment, heap, next_random(&random_state) * 2u, any(6), &size);
        native_shm_heap_is(segment, heap, any(EXTENTS << (SHIFT - 4)), 0, &size);
        native_shm_heap_give(segment, heap, next_random(&random_state));
        native_shm_heap_set_kind(segment, next_random(&random_state) * 2u, 1);
        native_shm_heap_largest(segment, heap);
        break;
    case 11:
        native_shm_heap_trim(segment, heap);
        native_shm_extent_free(segment, any(EXTENTS + 2));
        native_shm_extent_reclaim(segment);
        native_shm_heap_check(segment, heap);
    }
    /* A block that take() gave may be written from end to end. */
    if (*ref && native_shm_heap_is(segment, heap, *ref, NATIVE_SHM_BLOCK_FREE, &size)) {
        unsigned char *payload = native_shm_payload(segment, *ref, size);
        check(payload != NULL, "a block lies outside the segment");
        if (payload && any(8) == 0) {
            memset(payload, 0xa5, size);
        }
    }
}

static void round_of(uint64_t seed, uint32_t changes)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    struct native_shm_heap *heap = &segment->shard[1].heap;
    uint32_t refs[REFS] = {0};

    random_state = seed;
    for (int i = 0; i < 400; i++) {
        use(segment, heap, refs);
    }
    for (uint32_t i = 0; i < changes; i++) {
        for (uint32_t flips = 1 + any(3); flips; flips--) {
            change(some_word(segment, heap, refs));
        }
        uint64_t before = points;
        use(segment, heap, refs);
        check(points - before < 100000, "a call took %llu steps",
              (unsigned long long)(points - before));
    }
    native_shm_heap_rebuild(segment, heap, each_some, NULL);
    native_shm_heap_rebuild(segment, heap, NULL, NULL);
    const char *wrong = native_shm_heap_check(segment, heap);
    check(!wrong, "seed %llu: after the rebuild %s", (unsigned long long)seed, wrong);
    alone_unmap(segment);
}

/* Damage that is not a kill's: the rest of that extent is lost, and known no more; all else stays. */
static void test_one_head(void)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    struct native_shm_heap *heap = &segment->shard[1].heap;
    uint32_t refs[8], other[60];

    for (int i = 0; i < 8; i++) {
        refs[i] = native_shm_heap_take(segment, heap, 1000, NATIVE_SHM_BLOCK_RECORD);
    }
    for (int i = 0; i < 60; i++) {
        other[i] = native_shm_heap_take(segment, heap, 1000, NATIVE_SHM_BLOCK_RECORD);
    }
    struct native_shm_block *block = native_shm_at(segment, refs[3], 8);
    atomic_fetch_xor(&block->head, 1u << 9);
    check(!native_shm_heap_is(segment, heap, refs[3], NATIVE_SHM_BLOCK_RECORD, NULL),
          "a head that its neighbour contradicts is believed");
    check(!native_shm_heap_give(segment, heap, refs[3]), "and even given back");
    check(native_shm_heap_rebuild(segment, heap, NULL, NULL) == 1, "one extent is damaged");
    for (int i = 0; i < 8; i++) {
        check(native_shm_heap_is(segment, heap, refs[i], NATIVE_SHM_BLOCK_RECORD, NULL) == (i < 3),
              "block %d", i);
    }
    int lost = 0;
    for (int i = 0; i < 60; i++) {
        lost += !native_shm_heap_is(segment, heap, other[i], NATIVE_SHM_BLOCK_RECORD, NULL);
    }
    check(lost < 16, "%d blocks of other extents are lost", lost);
    const char *wrong = native_shm_heap_check(segment, heap);
    check(!wrong, "%s", wrong);
    alone_unmap(segment);
    end_test("a damaged head costs the rest of its extent, nothing else");
}

/* Whatever a shard's heap is told about whose it is: it never takes what another one has. */
static void test_number(void)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    struct native_shm_heap *mine = &segment->shard[1].heap, *others = &segment->shard[2].heap;
    uint32_t ref = native_shm_heap_take(segment, others, 100, NATIVE_SHM_BLOCK_RECORD);

    native_shm_heap_take(segment, mine, 100, NATIVE_SHM_BLOCK_RECORD);
    check(!native_shm_heap_give(segment, mine, ref), "another heap's block was given back");
    check(!native_shm_heap_is(segment, mine, ref, NATIVE_SHM_BLOCK_RECORD, NULL), "and known");
    uint32_t whole = native_shm_heap_take(segment, mine, segment->extent_size - 8, 1);
    uint32_t first = native_shm_extent_of(segment, whole);
    native_shm_heap_take(segment, others, 2 * segment->extent_size, 1);
    uint32_t next = first + 1 < EXTENTS ? first + 1 : 0;
    struct native_shm_block *block = native_shm_at(segment, whole, 8);
    check(next != 0, "the test wants an extent behind it");
    atomic_store(&segment->map[next], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_HEAP, 2));
    atomic_store(&block->head, NATIVE_SHM_BLOCK(2 * extent_units(segment), 1));
    check(!native_shm_heap_is(segment, mine, whole, NATIVE_SHM_BLOCK_RECORD, NULL),
          "a block reaches into another heap's extent");
    check(!native_shm_heap_give(segment, mine, whole), "and is given back");
    atomic_store(&segment->map[next], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_FREE, 0));
    atomic_store(&block->head, NATIVE_SHM_BLOCK(extent_units(segment), 1));
    check(native_shm_heap_give(segment, mine, whole), "a good one is not");
    mine->number = 2;
    native_shm_heap_rebuild(segment, mine, NULL, NULL);
    check(mine->number == 1 && mine->used_units == 7, "number %u, %u units", mine->number,
          mine->used_units);
    check(!native_shm_heap_check(segment, others), "the other one was changed");
    segment->objects->heap.number = 0;
    native_shm_heap_rebuild(segment, &segment->objects->heap, NULL, NULL);
    check(segment->objects->heap.number == 4, "the objects' heap");
    alone_unmap(segment);
    end_test("a heap knows from where it lies which extents are its own");
}

/* A link that leads to the wrong one of two free blocks of the same size. */
static void test_link(void)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    struct native_shm_heap *heap = &segment->shard[1].heap;
    uint32_t refs[6];

    for (int i = 0; i < 6; i++) {
        refs[i] = native_shm_heap_take(segment, heap, 200, NATIVE_SHM_BLOCK_RECORD);
    }
    for (int i = 0; i < 6; i += 2) {
        native_shm_heap_give(segment, heap, refs[i]);
    }
    struct free_block *last = native_shm_at(segment, refs[4], sizeof *last);
    check(atomic_load(&last->next) == refs[2], "the list is another than this test thinks");
    put(&last->next, refs[0]);
    check(native_shm_heap_take(segment, heap, 200, NATIVE_SHM_BLOCK_RECORD) != 0, "no block");
    const char *wrong = native_shm_heap_check(segment, heap);
    check(!wrong, "%s", wrong);
    alone_unmap(segment);
    end_test("a wrong link is noticed when it would be used, and the lists are made anew");
}

/* A free neighbour that claims to go on for gigabytes, in a list where nothing else contradicts it. */
static void test_neighbour(void)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    struct native_shm_heap *heap = &segment->shard[1].heap;
    uint32_t refs[6];

    for (int i = 0; i < 6; i++) {
        refs[i] = native_shm_heap_take(segment, heap, 200, NATIVE_SHM_BLOCK_RECORD);
    }
    for (int i = 1; i < 6; i += 2) {
        native_shm_heap_give(segment, heap, refs[i]);
    }
    struct free_block *block = native_shm_at(segment, refs[1], sizeof *block);
    uint32_t head = atomic_load(&block->block.head);
    for (uint32_t units = 1 << 27; units > NATIVE_SHM_BLOCK_UNITS(head); units /= 2) {
        atomic_store(&block->block.head, NATIVE_SHM_BLOCK(units, NATIVE_SHM_BLOCK_FREE));
        bool inside = native_shm_extent_of(segment, refs[1] + units - 1) ==
                      native_shm_extent_of(segment, refs[1]);
        if (!inside) {
            check(!native_shm_heap_give(segment, heap, refs[0]), "%u units are believed", units);
        }
    }
    check(native_shm_heap_rebuild(segment, heap, NULL, NULL) == 1, "damage");
    const char *wrong = native_shm_heap_check(segment, heap);
    check(!wrong, "%s", wrong);
    alone_unmap(segment);
    end_test("a free neighbour that reaches out of its extent is not joined with");
}

int main(void)
{
    uint32_t rounds = under_valgrind() ? 20 : 1500;

    test_one_head();
    test_number();
    test_link();
    test_neighbour();
    for (uint32_t seed = 1; seed <= rounds && tap_good; seed++) {
        round_of(seed, 60);
    }
    end_test("%u heaps with 60 changes each: every call ends inside the mapping, a rebuild mends",
             rounds);
    return done();
}
