/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* heap_rebuild.c - what walks whole areas: making lists and counts anew, draining, checking.
 *
 * Walks end: every step goes forward by at least one block's least size, within one area. */
#include <string.h>

#include "fault.h"
#include "heap_block.h"

/* An area while it is walked. */
struct area {
    uint32_t first; /* extent */
    uint32_t extents;
    uint32_t start; /* ref */
    uint32_t end;   /* ref behind it */
};

static struct area area_at(const struct native_shm_segment *segment, uint32_t first)
{
    struct area area = {first, area_extents(segment, first), extent_ref(segment, first), 0};

    area.end = area.start + area.extents * extent_units(segment);
    return area;
}

static struct free_block *block_at(const struct native_shm_segment *segment, uint32_t ref)
{
    return (struct free_block *)(void *)(segment->base + (uint64_t)ref * NATIVE_SHM_UNIT);
}

/* Whether the block at ref, in this area, ends where another can begin, or at the area's end; and, if it is used,
 * whether what follows knows its size. */
static bool fits(const struct native_shm_segment *segment, const struct area *area, uint32_t ref)
{
    uint32_t head = get(&block_at(segment, ref)->block.head);
    uint32_t units = NATIVE_SHM_BLOCK_UNITS(head);
    uint32_t room = area->end - ref;

    if (units < UNITS_LEAST || units > room || room - units == 1) {
        return false;
    }
    return NATIVE_SHM_BLOCK_KIND(head) == NATIVE_SHM_BLOCK_FREE || units == room ||
           get(&block_at(segment, ref + units)->block.before) == units;
}

/* ---- rebuild ---- */

/* All from ref to the area's end becomes one free block, without a trace of what was there. */
static void lose_rest(struct native_shm_segment *segment, const struct area *area, uint32_t ref)
{
    struct free_block *at = block_at(segment, ref);
    uint32_t units = area->end - ref;

    publish(at, units, NATIVE_SHM_BLOCK_FREE);
    NATIVE_SHM_FAULT(rebuild_lost);
    memset((void *)(at + 1), 0, (uint64_t)units * NATIVE_SHM_UNIT - sizeof *at);
}

/* Link a free block that is complete, or give its area back. */
static void close_free(struct native_shm_segment *segment, struct native_shm_heap *heap,
                       const struct area *area, uint32_t ref, uint32_t units)
{
    struct free_block *at = block_at(segment, ref);

    if (units == area->end - area->start && (heap->extents || area->extents > 1)) {
        NATIVE_SHM_FAULT(rebuild_area_leaves);
        native_shm_extent_free(segment, area->first);
        return;
    }
    if (units == area->end - area->start) {
        heap->extents += area->extents;
    }
    link_free(segment, heap, at, ref, units);
    NATIVE_SHM_FAULT(rebuild_linked);
}

/* Make one area's blocks right. Returns whether it was damaged. */
static bool rebuild_area(struct native_shm_segment *segment, struct native_shm_heap *heap,
                         const struct area *area,
                         bool (*each)(void *context, uint32_t ref, uint32_t kind), void *context)
{
    uint32_t before = 0; /* units of the block before */
    uint32_t open = 0;   /* ref of the free block that grows, or 0 */
    uint32_t used = 0;
    bool good = true;

    for (uint32_t ref = area->start; ref < area->end;) {
        struct free_block *at = block_at(segment, ref);
        if (!fits(segment, area, ref)) {
            lose_rest(segment, area, ref);
            good = false;
        }
        uint32_t head = get(&at->block.head);
        uint32_t units = NATIVE_SHM_BLOCK_UNITS(head);
        uint32_t kind = NATIVE_SHM_BLOCK_KIND(head);
        if (kind != NATIVE_SHM_BLOCK_FREE && each && each(context, ref, head & 0xfu)) {
            kind = NATIVE_SHM_BLOCK_FREE;
        }
        if (head != NATIVE_SHM_BLOCK(units, kind)) {
            publish(at, units, kind); /* freed, or the mark taken off */
            NATIVE_SHM_FAULT(rebuild_freed);
        }
        if (open && kind == NATIVE_SHM_BLOCK_FREE) {
            before += units;
            publish(block_at(segment, open), before, NATIVE_SHM_BLOCK_FREE);
            NATIVE_SHM_FAULT(rebuild_joined);
        } else {
            put(&at->block.before, before);
            if (open) {
                close_free(segment, heap, area, open, before);
            }
            open = kind == NATIVE_SHM_BLOCK_FREE ? ref : 0;
            before = units;
        }
        used += kind == NATIVE_SHM_BLOCK_FREE ? 0 : units;
        ref += units;
    }
    heap->used_units += used;
    heap->extents += used ? area->extents : 0;
    if (open) {
        close_free(segment, heap, area, open, before);
    }
    return !good;
}

/* Which heap this is follows from where it lies, not from what is written in it. */
static uint32_t number_of(const struct native_shm_segment *segment,
                          const struct native_shm_heap *heap)
{
    if (heap == &segment->objects->heap) {
        return segment->shards;
    }
    size_t bytes = (size_t)((const unsigned char *)heap - (const unsigned char *)segment->shard);
    return (uint32_t)(bytes / sizeof(struct native_shm_shard));
}

uint32_t native_shm_heap_rebuild(struct native_shm_segment *segment, struct native_shm_heap *heap,
                                 bool (*each)(void *context, uint32_t ref, uint32_t kind),
                                 void *context)
{
    uint32_t damaged = 0;

    /* But for its number, which who attaches meanwhile compares. */
    heap->classes = 0;
    memset(heap->steps, 0, sizeof *heap - offsetof(struct native_shm_heap, steps));
    NATIVE_SHM_FAULT(rebuild_cleared);
    heap->number = number_of(segment, heap);
    NATIVE_SHM_FAULT(rebuild_begun);
    native_shm_extent_reclaim(segment);
    for (uint32_t number = 0; number < segment->extents; number++) {
        if (is_area(segment, heap, number)) {
            struct area area = area_at(segment, number);
            damaged += rebuild_area(segment, heap, &area, each, context);
            number += area.extents - 1;
        }
    }
    return damaged;
}

/* ---- walking ---- */

/* The first used block of an area at `from` or behind it; 0 when there is none or the chain is damaged. */
static uint32_t used_from(const struct native_shm_segment *segment,
                          const struct native_shm_heap *heap, uint32_t first, uint32_t ref,
                          uint32_t from)
{
    struct found block;

    while (ref && look(segment, heap, ref, &block) && block.first == first) {
        if (ref >= from && block.kind != NATIVE_SHM_BLOCK_FREE) {
            return ref;
        }
        ref = ref_after(segment, ref, block.units, first);
    }
    return 0;
}

void native_shm_heap_walk(struct native_shm_segment *segment, const struct native_shm_heap *heap,
                          uint32_t extent, bool (*each)(void *context, uint32_t ref, uint32_t kind),
                          void *context)
{
    if (!is_area(segment, heap, extent)) {
        return;
    }
    uint32_t start = extent_ref(segment, extent);
    uint32_t ref = used_from(segment, heap, extent, start, start);
    struct found block;

    while (ref && look(segment, heap, ref, &block)) {
        uint32_t used = heap->used_units;
        uint32_t next = ref + block.units;
        if (!each(context, ref, get(&block.at->block.head) & 0xfu)) {
            return;
        }
        /* What was freed may have been joined with its neighbours: begin again, what is done is mostly one free
         * block by now. */
        bool same = heap->used_units == used;
        uint32_t after = ref_after(segment, ref, block.units, extent);
        ref = same ? (after ? used_from(segment, heap, extent, after, after) : 0)
                   : used_from(segment, heap, extent, start, next);
    }
}

bool native_shm_heap_trim_one(struct native_shm_segment *segment, struct native_shm_heap *heap,
                              uint32_t extent)
{
    struct found block;

    if (!is_area(segment, heap, extent)) {
        return false;
    }
    uint32_t count = area_extents(segment, extent);
    if (!look_free(segment, heap, extent_ref(segment, extent), &block) ||
        block.units != count * extent_units(segment) ||
        !unlink_free(segment, heap, block.at, block.ref, block.units)) {
        return false;
    }
    heap->extents -= count;
    NATIVE_SHM_FAULT(heap_trimmed);
    native_shm_extent_free(segment, extent);
    return true;
}

uint32_t native_shm_heap_trim(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    uint32_t freed = 0;

    for (uint32_t number = 0; number < segment->extents; number++) {
        uint32_t count = is_area(segment, heap, number) ? area_extents(segment, number) : 0;
        freed += native_shm_heap_trim_one(segment, heap, number) ? count : 0;
    }
    return freed;
}

/* ---- checking ---- */

struct sums {
    uint32_t extents;
    uint32_t used;
    uint32_t free_blocks;
};

static const char *check_area(const struct native_shm_segment *segment, const struct area *area,
                              struct sums *sums)
{
    uint32_t before = 0;
    bool free_before = false;

    sums->extents += area->extents;
    for (uint32_t ref = area->start; ref < area->end; ref += before) {
        if (!fits(segment, area, ref)) {
            return "a block does not fit its extent, or the next one does not know it";
        }
        uint32_t head = get(&block_at(segment, ref)->block.head);
        bool spare = NATIVE_SHM_BLOCK_KIND(head) == NATIVE_SHM_BLOCK_FREE;
        if (get(&block_at(segment, ref)->block.before) != before) {
            return "a block has a wrong idea of the one before it";
        }
        if (spare && free_before) {
            return "two free blocks side by side";
        }
        if (head & NATIVE_SHM_BLOCK_MARK) {
            return "a repair's mark was left";
        }
        before = NATIVE_SHM_BLOCK_UNITS(head);
        free_before = spare;
        sums->used += spare ? 0 : before;
        sums->free_blocks += spare;
    }
    return NULL;
}

/* Every node knows the one before it, so none can be there twice and the walk ends. */
static const char *check_list(const struct native_shm_segment *segment,
                              struct native_shm_heap *heap, uint32_t list, uint32_t *nodes)
{
    uint32_t prev = 0;
    uint32_t level = list / NATIVE_SHM_HEAP_STEPS;
    bool step = heap->steps[level] >> list % NATIVE_SHM_HEAP_STEPS & 1u;
    struct found block;

    if (step != (*list_at(heap, list) != 0)) {
        return "the bit of a list is not what the list is";
    }
    if (step && !(heap->classes >> level & 1u)) {
        return "the bit of a class is missing";
    }
    for (uint32_t ref = *list_at(heap, list); ref; ref = get(&block.at->next)) {
        if (!look_free(segment, heap, ref, &block)) {
            return "something in a list is no free block of this heap";
        }
        if (list_of(block.units) != list) {
            return "a block is in the list of another size";
        }
        if (get(&block.at->prev) != prev) {
            return "the links of a list contradict each other";
        }
        prev = ref;
        ++*nodes;
    }
    return NULL;
}

static const char *check_lists(const struct native_shm_segment *segment,
                               struct native_shm_heap *heap, uint32_t free_blocks)
{
    uint32_t nodes = 0;

    for (uint32_t level = 0; level < NATIVE_SHM_HEAP_CLASSES; level++) {
        if (heap->classes >> level & 1u && !heap->steps[level]) {
            return "the bit of an empty class is set";
        }
    }
    for (uint32_t list = 0; list < LISTS; list++) {
        const char *wrong = check_list(segment, heap, list, &nodes);
        if (wrong) {
            return wrong;
        }
    }
    return nodes == free_blocks ? NULL : "a free block is in no list";
}

const char *native_shm_heap_check(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    struct sums sums = {0, 0, 0};

    if (heap->number != number_of(segment, heap)) {
        return "the heap has another's number";
    }
    for (uint32_t number = 0; number < segment->extents; number++) {
        if (is_area(segment, heap, number)) {
            struct area area = area_at(segment, number);
            const char *wrong = check_area(segment, &area, &sums);
            if (wrong) {
                return wrong;
            }
            number += area.extents - 1;
        }
    }
    if (sums.extents != heap->extents) {
        return "the count of extents is wrong";
    }
    if (sums.used != heap->used_units) {
        return "the count of used units is wrong";
    }
    return check_lists(segment, heap, sums.free_blocks);
}
