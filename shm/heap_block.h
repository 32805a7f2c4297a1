/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* heap_block.h - one block, its neighbours, and the list it is in while free. Inside heap*.c only.
 *
 * An area is one HEAP extent and the RUN extents joined to it. Blocks fill it without a gap:
 *
 *     |head before|payload ......|head before|next prev|......|head before|payload ......|
 *      used, 5 units               FREE, 7 units                used, 5 units
 *             0                           5                            7        <- before: units of the one before
 *
 * A free block's first payload words link it into the list of its size; list numbers are classes * 8 + steps:
 *
 *     units    0..7      8..15     16..31      32..63      64..127   ...
 *     class    0         1         2           3           4              (a bit each in heap.classes)
 *     step     1 unit    1 unit    2 units     4 units     8 units        (a bit each in heap.steps[class])
 *
 * Nothing in a segment is trusted: look() leads from a ref to a block, and says no to any that does not lie in an area
 * of this heap from end to end; look_near() from a block to its neighbours in the area. Links and boundary tags are
 * compared with what they lead to before they are used; what does not fit is damage, and the lists are made anew from
 * the heads.
 * Pure but for the segment's bytes; the heap's lock is held. */
#ifndef NATIVE_SHM_HEAP_BLOCK_H
#define NATIVE_SHM_HEAP_BLOCK_H

#include "heap.h"

enum {
    UNITS_LEAST = NATIVE_SHM_HEAP_SMALLEST / NATIVE_SHM_UNIT,
    UNITS_MOST = 1 << 27, /* rounded up to the next step it is still 28 bits */
    LISTS = NATIVE_SHM_HEAP_CLASSES * NATIVE_SHM_HEAP_STEPS,
    PROBES = 4, /* blocks looked at in one list, at most */
};

struct free_block {
    struct native_shm_block block;
    _Atomic uint32_t next; /* refs in the same list, or 0 */
    _Atomic uint32_t prev;
};

/* A block that look() found good. */
struct found {
    struct free_block *at; /* its links mean something if kind is FREE */
    uint32_t ref;
    uint32_t units;
    uint32_t kind;
    uint32_t first; /* extent that its area begins with */
};

static inline uint32_t get(const _Atomic uint32_t *word)
{
    return atomic_load_explicit(word, memory_order_relaxed);
}

static inline void put(_Atomic uint32_t *word, uint32_t value)
{
    atomic_store_explicit(word, value, memory_order_relaxed);
}

/* The store that makes a change real: all before it is seen before it. */
static inline void publish(struct free_block *at, uint32_t units, uint32_t kind)
{
    atomic_store_explicit(&at->block.head, NATIVE_SHM_BLOCK(units, kind), memory_order_release);
}

static inline uint32_t extent_units(const struct native_shm_segment *segment)
{
    return segment->extent_size / NATIVE_SHM_UNIT;
}

static inline uint32_t extent_ref(const struct native_shm_segment *segment, uint32_t number)
{
    return native_shm_ref(segment, native_shm_extent_at(segment, number));
}

static inline uint32_t map_word(const struct native_shm_segment *segment, uint32_t number)
{
    return number < segment->extents ? get(&segment->map[number]) : 0;
}

static inline bool is_run(const struct native_shm_segment *segment, uint32_t first, uint32_t number)
{
    return map_word(segment, number) == NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, number - first);
}

static inline bool is_area(const struct native_shm_segment *segment,
                           const struct native_shm_heap *heap, uint32_t number)
{
    return map_word(segment, number) == NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_HEAP, heap->number);
}

/* How many extents an area has. */
static inline uint32_t area_extents(const struct native_shm_segment *segment, uint32_t first)
{
    uint32_t count = 1;

    while (is_run(segment, first, first + count)) {
        count++;
    }
    return count;
}

/* Bytes from the first extent to a ref; huge for one before it. */
static inline uint64_t offset_of(const struct native_shm_segment *segment, uint32_t ref)
{
    return (uint64_t)ref * NATIVE_SHM_UNIT - segment->extents_at;
}

static inline struct free_block *at_offset(const struct native_shm_segment *segment,
                                           uint64_t offset)
{
    return (struct free_block *)(void *)(segment->base + segment->extents_at + offset);
}

/* The same for what look() does not see at once: a block in a run, or none at all. */
__attribute__((noinline, unused)) static bool look_in_run(const struct native_shm_segment *segment,
                                                          const struct native_shm_heap *heap,
                                                          uint32_t *first, uint64_t last)
{
    uint32_t word = map_word(segment, *first);

    if (NATIVE_SHM_EXTENT_KIND(word) == NATIVE_SHM_EXTENT_RUN) {
        *first -= NATIVE_SHM_EXTENT_WHOSE(word);
    }
    return is_area(segment, heap, *first) && last < segment->extents &&
           (last == *first || is_run(segment, *first, (uint32_t)last));
}

/* Whether there is a block at ref that lies in one area of this heap. */
static inline bool look(const struct native_shm_segment *segment,
                        const struct native_shm_heap *heap, uint32_t ref, struct found *found)
{
    uint64_t offset = offset_of(segment, ref), extent = offset >> segment->extent_shift;
    if (extent >= segment->extents) {
        return false;
    }
    struct free_block *at = at_offset(segment, offset);
    uint32_t head = get(&at->block.head);
    uint32_t units = NATIVE_SHM_BLOCK_UNITS(head);
    if (units < UNITS_LEAST) {
        return false;
    }
    uint64_t last = (offset + (uint64_t)units * NATIVE_SHM_UNIT - 1) >> segment->extent_shift;
    uint32_t first = (uint32_t)extent;
    if ((extent != last || !is_area(segment, heap, first)) &&
        !look_in_run(segment, heap, &first, last)) {
        return false;
    }
    *found = (struct found){at, ref, units, NATIVE_SHM_BLOCK_KIND(head), first};
    return true;
}

/* The ref of the block that follows `units` after `ref` in the area, or 0 at its end. */
static inline uint32_t ref_after(const struct native_shm_segment *segment, uint32_t ref,
                                 uint32_t units, uint32_t first)
{
    uint64_t offset = offset_of(segment, ref) + (uint64_t)units * NATIVE_SHM_UNIT;

    if (offset & (segment->extent_size - 1)) {
        return ref + units;
    }
    return is_run(segment, first, (uint32_t)(offset >> segment->extent_shift)) ? ref + units : 0;
}

/* The block at a ref that is known to lie in the area: false if it does not end there. */
static inline bool look_near(const struct native_shm_segment *segment, uint32_t ref, uint32_t first,
                             struct found *found)
{
    uint64_t offset = offset_of(segment, ref);
    struct free_block *at = at_offset(segment, offset);
    uint32_t head = get(&at->block.head);
    uint32_t units = NATIVE_SHM_BLOCK_UNITS(head);
    uint64_t last = (offset + (uint64_t)units * NATIVE_SHM_UNIT - 1) >> segment->extent_shift;

    if (units < UNITS_LEAST ||
        (last != offset >> segment->extent_shift &&
         (last >= segment->extents || !is_run(segment, first, (uint32_t)last)))) {
        return false;
    }
    *found = (struct found){at, ref, units, NATIVE_SHM_BLOCK_KIND(head), first};
    return true;
}

/* Tell the block after `ref` (if it is not the area's last) how long the one before it is now. */
static inline void tell_after(const struct native_shm_segment *segment, uint32_t ref,
                              uint32_t units, uint32_t first)
{
    uint32_t next = ref_after(segment, ref, units, first);

    if (next) {
        put(&at_offset(segment, offset_of(segment, next))->block.before, units);
    }
}

/* Whether the block after this one, if any, knows it as the one before. Of used blocks that is so at every instant. */
static inline bool known_after(const struct native_shm_segment *segment, const struct found *block)
{
    uint32_t next = ref_after(segment, block->ref, block->units, block->first);

    return !next ||
           get(&at_offset(segment, offset_of(segment, next))->block.before) == block->units;
}

/* ---- lists ---- */

static inline uint32_t list_of(uint32_t units)
{
    if (units < NATIVE_SHM_HEAP_STEPS) {
        return units;
    }
    uint32_t log = 31u - (uint32_t)__builtin_clz(units);
    return (log - 2) * NATIVE_SHM_HEAP_STEPS + ((units >> (log - 3)) & 7u);
}

/* The first list all of whose blocks are large enough. */
static inline uint32_t list_above(uint32_t units)
{
    if (units < NATIVE_SHM_HEAP_STEPS) {
        return units;
    }
    return list_of(units + (1u << (28u - (uint32_t)__builtin_clz(units))) - 1);
}

static inline uint32_t *list_at(struct native_shm_heap *heap, uint32_t list)
{
    return (uint32_t *)heap->free + list;
}

static inline bool look_free(const struct native_shm_segment *segment,
                             const struct native_shm_heap *heap, uint32_t ref, struct found *found)
{
    return look(segment, heap, ref, found) && found->kind == NATIVE_SHM_BLOCK_FREE;
}

/* What a link leads to. NULL outside the segment; anything else may be read and written, but is to be asked whether
 * its own link leads back. */
static inline struct free_block *linked(const struct native_shm_segment *segment, uint32_t ref)
{
    return native_shm_at(segment, ref, sizeof(struct free_block));
}

/* Put a free block in front of its list. False: the list is damaged. */
static inline bool link_free(const struct native_shm_segment *segment, struct native_shm_heap *heap,
                             struct free_block *at, uint32_t ref, uint32_t units)
{
    uint32_t list = list_of(units);
    uint32_t *head = list_at(heap, list);
    uint32_t next = *head;

    put(&at->next, next);
    put(&at->prev, 0);
    if (next) {
        struct free_block *after = linked(segment, next);
        if (!after || get(&after->prev) != 0) {
            return false;
        }
        put(&after->prev, ref);
    } else {
        heap->steps[list / NATIVE_SHM_HEAP_STEPS] |= 1u << list % NATIVE_SHM_HEAP_STEPS;
        heap->classes |= 1u << list / NATIVE_SHM_HEAP_STEPS;
    }
    *head = ref;
    return true;
}

/* Take a free block out of its list. False: the links are damaged, nothing is changed. */
static inline bool unlink_free(const struct native_shm_segment *segment,
                               struct native_shm_heap *heap, const struct free_block *at,
                               uint32_t ref, uint32_t units)
{
    uint32_t list = list_of(units);
    uint32_t next = get(&at->next);
    uint32_t prev = get(&at->prev);
    struct free_block *after = next ? linked(segment, next) : NULL;
    struct free_block *before = prev ? linked(segment, prev) : NULL;

    if (next && (!after || get(&after->prev) != ref)) {
        return false;
    }
    if (prev ? !before || get(&before->next) != ref : *list_at(heap, list) != ref) {
        return false;
    }
    if (next) {
        put(&after->prev, prev);
    }
    if (prev) {
        put(&before->next, next);
        return true;
    }
    *list_at(heap, list) = next;
    if (!next) {
        uint32_t level = list / NATIVE_SHM_HEAP_STEPS;
        heap->steps[level] &= ~(1u << list % NATIVE_SHM_HEAP_STEPS);
        if (!heap->steps[level]) {
            heap->classes &= ~(1u << level);
        }
    }
    return true;
}

#endif
