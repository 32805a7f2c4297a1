/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* heap.c - taking and giving blocks. How a block and the lists look is drawn in heap_block.h.
 *
 * take: find a free block, cut off what is too much.             give: join with free neighbours.
 *
 *     |F  12                     |                                |U 4   |F 3  |
 *      1 the rest's head is written                                1 one store makes it one free block
 *     |F  12      :F 8           |   (not reached yet)            |F 7         |
 *      2 one store shortens and takes the block                    2 what follows is told, and a stale head
 *     |U 4|F 8                   |                                   inside that says "used" is cleared
 *
 * Whoever walks the heads from the area's start sees whole blocks before and after each of those stores. Lists, bits,
 * counts and `before` behind a free block may be torn by a kill; native_shm_heap_rebuild() makes them anew. */
#include "heap.h"

#include "fault.h"
#include "heap_block.h"

static const uint32_t no_list = LISTS;

/* Units of a block for so many bytes of payload; 0 when no block is so large. */
static uint32_t units_for(uint64_t size)
{
    if (size > (uint64_t)(UNITS_MOST - 1) * NATIVE_SHM_UNIT) {
        return 0;
    }
    uint64_t bytes = size + sizeof(struct native_shm_block) + NATIVE_SHM_UNIT - 1;
    uint32_t units = (uint32_t)(bytes / NATIVE_SHM_UNIT);
    return units < UNITS_LEAST ? (uint32_t)UNITS_LEAST : units;
}

static uint64_t payload_of(uint32_t units)
{
    return (uint64_t)units * NATIVE_SHM_UNIT - sizeof(struct native_shm_block);
}

/* ---- taking ---- */

/* The first list from `list` on that has a block, by two bit searches; no_list when there is none. */
static uint32_t list_from(const struct native_shm_heap *heap, uint32_t list)
{
    uint32_t level = list / NATIVE_SHM_HEAP_STEPS;
    uint32_t steps = heap->steps[level] & (0xffu << list % NATIVE_SHM_HEAP_STEPS) & 0xffu;

    if (!steps) {
        uint32_t classes = heap->classes & (~1u << level) & ((1u << NATIVE_SHM_HEAP_CLASSES) - 1);
        if (!classes) {
            return no_list;
        }
        level = (uint32_t)__builtin_ctz(classes);
        steps = heap->steps[level] & 0xffu;
    }
    /* A class without a step is damage: name a list, it will be found empty. */
    return level * NATIVE_SHM_HEAP_STEPS + (steps ? (uint32_t)__builtin_ctz(steps) : 0);
}

/* The last list that has a block. */
static uint32_t list_largest(const struct native_shm_heap *heap)
{
    uint32_t classes = heap->classes & ((1u << NATIVE_SHM_HEAP_CLASSES) - 1);
    if (!classes) {
        return no_list;
    }
    uint32_t level = 31u - (uint32_t)__builtin_clz(classes);
    uint32_t steps = heap->steps[level] & 0xffu;
    return level * NATIVE_SHM_HEAP_STEPS + (steps ? 31u - (uint32_t)__builtin_clz(steps) : 0);
}

enum search { FOUND, NOTHING, DAMAGE };

/* A block of at least `units` among the first few of one list. */
static enum search probe(const struct native_shm_segment *segment, struct native_shm_heap *heap,
                         uint32_t list, uint32_t units, struct found *block)
{
    uint32_t ref = *list_at(heap, list);

    for (int i = 0; ref && i < PROBES; i++) {
        NATIVE_SHM_FAULT(heap_probe);
        if (!look_free(segment, heap, ref, block) || list_of(block->units) != list) {
            return DAMAGE;
        }
        if (block->units >= units) {
            return FOUND;
        }
        ref = get(&block->at->next);
    }
    return NOTHING;
}

/* A free block of at least `units`. A few of its own list, where not all are large enough, for the closest fit; then
 * the first of a list where any will do. */
static enum search search_lists(const struct native_shm_segment *segment,
                                struct native_shm_heap *heap, uint32_t units, struct found *block)
{
    enum search result = probe(segment, heap, list_of(units), units, block);
    if (result != NOTHING) {
        return result;
    }
    uint32_t list = list_from(heap, list_above(units));
    if (list == no_list) {
        return NOTHING;
    }
    return probe(segment, heap, list, units, block) == FOUND ? FOUND : DAMAGE;
}

/* Make the first `units` of a block that is in no list any more a used block, and link the rest. */
static void cut(struct native_shm_segment *segment, struct native_shm_heap *heap,
                const struct found *block, uint32_t units, uint32_t kind)
{
    uint32_t rest_units = block->units - units;
    struct free_block *rest = NULL;

    if (rest_units < UNITS_LEAST) {
        rest_units = 0;
        units = block->units;
    } else {
        rest = at_offset(segment, offset_of(segment, block->ref + units));
        put(&rest->block.before, units);
        publish(rest, rest_units, NATIVE_SHM_BLOCK_FREE);
        NATIVE_SHM_FAULT(heap_rest_written);
    }
    if (kind == NATIVE_SHM_BLOCK_HELD) {
        put(&block->at->next, segment->id); /* the first word of the payload: whose it is */
        NATIVE_SHM_FAULT(heap_holder_written);
    }
    publish(block->at, units, kind);
    NATIVE_SHM_FAULT(heap_taken);
    heap->used_units += units;
    if (rest) {
        tell_after(segment, block->ref + units, rest_units, block->first);
        NATIVE_SHM_FAULT(heap_rest_told);
        if (!link_free(segment, heap, rest, block->ref + units, rest_units)) {
            native_shm_heap_rebuild(segment, heap, NULL, NULL);
        }
        NATIVE_SHM_FAULT(heap_rest_linked);
    }
}

/* Take out of the lists. Damage there is mended from the heads, once. */
static uint32_t take_listed(struct native_shm_segment *segment, struct native_shm_heap *heap,
                            uint32_t units, uint32_t kind)
{
    struct found block;

    for (int tries = 0; tries < 2; tries++) {
        enum search result = search_lists(segment, heap, units, &block);
        if (result == NOTHING) {
            return 0;
        }
        if (result == FOUND && unlink_free(segment, heap, block.at, block.ref, block.units)) {
            NATIVE_SHM_FAULT(heap_unlinked);
            cut(segment, heap, &block, units, kind);
            return block.ref;
        }
        native_shm_heap_rebuild(segment, heap, NULL, NULL);
    }
    return 0;
}

/* Get an extent, or a run of them, that is one free block of at least `units`. */
static bool grow(struct native_shm_segment *segment, struct native_shm_heap *heap, uint32_t units)
{
    uint32_t count = (units + extent_units(segment) - 1) / extent_units(segment);
    uint32_t first;
    enum native_shm_status status =
        count == 1 ? native_shm_extent_claim(segment, NATIVE_SHM_EXTENT_HEAP, heap->number, &first)
                   : native_shm_extent_claim_run(segment, heap->number, count, &first);
    if (status != NATIVE_SHM_OK) {
        return false;
    }
    heap->extents += count;
    NATIVE_SHM_FAULT(heap_grown);
    uint32_t ref = extent_ref(segment, first);
    struct free_block *at = native_shm_at(segment, ref, sizeof *at);
    if (!at || !link_free(segment, heap, at, ref, count * extent_units(segment))) {
        native_shm_heap_rebuild(segment, heap, NULL, NULL);
    }
    NATIVE_SHM_FAULT(heap_grown_linked);
    return true;
}

uint32_t native_shm_heap_take(struct native_shm_segment *segment, struct native_shm_heap *heap,
                              uint64_t size, enum native_shm_block_kind kind)
{
    uint32_t units = units_for(size);
    if (!units) {
        return 0;
    }
    uint32_t ref = take_listed(segment, heap, units, kind);
    if (!ref && grow(segment, heap, units)) {
        ref = take_listed(segment, heap, units, kind);
    }
    return ref;
}

/* The largest block there is, or nearly (one of the last list), if it has `least` units; at most `most` of it. */
static uint32_t take_largest(struct native_shm_segment *segment, struct native_shm_heap *heap,
                             uint32_t least, uint32_t most, uint32_t kind)
{
    uint32_t list = list_largest(heap);
    struct found block;

    if (list == no_list || probe(segment, heap, list, least, &block) != FOUND) {
        return 0;
    }
    return take_listed(segment, heap, block.units < most ? block.units : most, kind);
}

uint32_t native_shm_heap_take_some(struct native_shm_segment *segment, struct native_shm_heap *heap,
                                   uint64_t size, uint64_t least, enum native_shm_block_kind kind,
                                   uint64_t *got)
{
    uint32_t most = units_for(size < segment->extent_size ? size : segment->extent_size);
    uint32_t few = units_for(least);

    if (most > extent_units(segment)) {
        most = extent_units(segment);
    }
    if (!few || few > most) {
        return 0;
    }
    uint32_t ref = take_listed(segment, heap, most, kind);
    if (!ref && grow(segment, heap, most)) {
        ref = take_listed(segment, heap, most, kind);
    }
    if (!ref) {
        ref = take_largest(segment, heap, few, most, kind);
    }
    struct found block;
    if (!ref || !look(segment, heap, ref, &block)) {
        return 0;
    }
    *got = payload_of(block.units);
    return ref;
}

/* ---- giving ---- */

/* The neighbours of a block. False: boundary tags and heads contradict each other. A neighbour that is not there has
 * no units. */
static bool look_round(const struct native_shm_segment *segment, const struct found *block,
                       struct found *before, struct found *after)
{
    uint32_t units = get(&block->at->block.before);
    uint32_t next = ref_after(segment, block->ref, block->units, block->first);

    before->units = after->units = 0;
    if (units &&
        (units > block->ref - extent_ref(segment, block->first) ||
         !look_near(segment, block->ref - units, block->first, before) || before->units != units)) {
        return false;
    }
    return !next || (look_near(segment, next, block->first, after) &&
                     get(&after->at->block.before) == block->units);
}

static bool is_free(const struct found *neighbour)
{
    return neighbour->units && neighbour->kind == NATIVE_SHM_BLOCK_FREE;
}

/* Give a wholly free area back, but for the last extent that the heap has. */
static bool give_area(struct native_shm_segment *segment, struct native_shm_heap *heap,
                      const struct found *block)
{
    if (block->units < extent_units(segment)) {
        return false;
    }
    uint32_t count = block->units >> (segment->extent_shift - 4);
    if (block->ref != extent_ref(segment, block->first) ||
        ref_after(segment, block->ref, block->units, block->first) ||
        (count == 1 && heap->extents <= 1)) {
        return false;
    }
    heap->extents -= count;
    NATIVE_SHM_FAULT(heap_area_leaves);
    native_shm_extent_free(segment, block->first);
    return true;
}

/* Join a block, given up by its user, with its free neighbours (out of their lists already) and link the whole. */
static void join(struct native_shm_segment *segment, struct native_shm_heap *heap,
                 const struct found *block, const struct found *before, const struct found *after)
{
    struct found whole = *block;

    if (is_free(before)) {
        whole = *before;
        whole.units += block->units;
    }
    whole.units += is_free(after) ? after->units : 0;
    publish(whole.at, whole.units, NATIVE_SHM_BLOCK_FREE);
    NATIVE_SHM_FAULT(heap_given);
    if (is_free(before)) {
        put(&block->at->block.head, 0); /* else a stale ref would find a used block there */
    }
    NATIVE_SHM_FAULT(heap_cleared);
    tell_after(segment, whole.ref, whole.units, whole.first);
    NATIVE_SHM_FAULT(heap_given_told);
    if (!give_area(segment, heap, &whole) &&
        !link_free(segment, heap, whole.at, whole.ref, whole.units)) {
        native_shm_heap_rebuild(segment, heap, NULL, NULL);
    }
}

bool native_shm_heap_give(struct native_shm_segment *segment, struct native_shm_heap *heap,
                          uint32_t ref)
{
    struct found block, before, after;

    if (!look(segment, heap, ref, &block) || block.kind == NATIVE_SHM_BLOCK_FREE ||
        !look_round(segment, &block, &before, &after)) {
        return false;
    }
    heap->used_units -= block.units;
    if ((is_free(&before) && !unlink_free(segment, heap, before.at, before.ref, before.units)) ||
        (is_free(&after) && !unlink_free(segment, heap, after.at, after.ref, after.units))) {
        publish(block.at, block.units, NATIVE_SHM_BLOCK_FREE);
        return native_shm_heap_rebuild(segment, heap, NULL, NULL) == 0;
    }
    NATIVE_SHM_FAULT(heap_neighbours_unlinked);
    join(segment, heap, &block, &before, &after);
    return true;
}

/* ---- looking ---- */

void native_shm_heap_set_kind(struct native_shm_segment *segment, uint32_t ref,
                              enum native_shm_block_kind kind)
{
    struct free_block *at = native_shm_at(segment, ref, sizeof *at);

    if (at) {
        publish(at, NATIVE_SHM_BLOCK_UNITS(get(&at->block.head)), (uint32_t)kind & 0xfu);
    }
}

bool native_shm_heap_is(const struct native_shm_segment *segment,
                        const struct native_shm_heap *heap, uint32_t ref,
                        enum native_shm_block_kind kind, uint64_t *size)
{
    struct found block;

    if (!look(segment, heap, ref, &block) || block.kind == NATIVE_SHM_BLOCK_FREE ||
        (kind != NATIVE_SHM_BLOCK_FREE && block.kind != kind) || !known_after(segment, &block)) {
        return false;
    }
    if (size) {
        *size = payload_of(block.units);
    }
    return true;
}

uint64_t native_shm_heap_largest(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    uint32_t list = list_largest(heap);
    struct found block;

    return list != no_list && probe(segment, heap, list, UNITS_LEAST, &block) == FOUND
               ? payload_of(block.units)
               : 0;
}
