/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* heap.h - blocks of any size in the extents of one owner (a shard, or the objects), in bounded time.
 *
 * Shape: two-level segregated free lists (a bit for each class and each step), boundary tags (layout.h, heap).
 * The owner's lock is held in every call, but is(). Allocation and free are a few dozen instructions whatever the heap holds;
 * neighbours that are free are joined at once; an extent that becomes wholly free goes back to the segment (one is kept).
 * A kill inside leaves the chain of block headers walkable: native_shm_heap_rebuild() makes the rest from it. */
#ifndef NATIVE_SHM_HEAP_H
#define NATIVE_SHM_HEAP_H

#include "extent.h"

enum { NATIVE_SHM_HEAP_SMALLEST = 32 }; /* bytes of the smallest block, header included */

/* A block for `size` bytes of payload, kind set, contents undefined but for a HELD one's first word, which is our id;
 * takes an extent (or a run) from the segment when no list has one. Returns the ref of its header (payload: + 8 bytes),
 * 0 when there is none. Blocks have at most 2 GiB. */
uint32_t native_shm_heap_take(struct native_shm_segment *segment, struct native_shm_heap *heap,
                              uint64_t size, enum native_shm_block_kind kind);

/* As above, but any block of at least `least` bytes will do when none of `size` is there: *got is what its payload has
 * (at most `size` rounded up; never more than an extent has). Values that may be in pieces use it: no fragmentation
 * stops them. Tried in this order: the lists, a new extent, the largest free block. */
uint32_t native_shm_heap_take_some(struct native_shm_segment *segment, struct native_shm_heap *heap,
                                   uint64_t size, uint64_t least, enum native_shm_block_kind kind,
                                   uint64_t *got);

/* Give a block back. A ref that is none of this heap's used blocks does nothing and returns false (the segment is
 * damaged: the caller repairs); false also when damage found on the way has cost other blocks. */
bool native_shm_heap_give(struct native_shm_segment *segment, struct native_shm_heap *heap,
                          uint32_t ref);

/* Change a used block's kind (HELD to RECORD ...), or put a repair's mark on it (RECORD | MARK): one store. */
void native_shm_heap_set_kind(struct native_shm_segment *segment, uint32_t ref,
                              enum native_shm_block_kind kind);

/* Whether ref is a used block of this heap, of this kind, marked or not (any used kind for FREE); its payload's bytes in
 * *size (may be NULL). Reads only; safe on any ref, and true of used blocks at every instant, also before a rebuild. */
bool native_shm_heap_is(const struct native_shm_segment *segment,
                        const struct native_shm_heap *heap, uint32_t ref,
                        enum native_shm_block_kind kind, uint64_t *size);

/* Walk all blocks of all extents of this heap, in order; `each` gets every used one, `kind` with its mark, and returns
 * true to free it (NULL: none). Marks are taken off. Then lists, bits and counts are new, and what dead claimers had of
 * the extent map is free. A chain that does not fit its extent (damage, not a kill) loses the rest of that extent's
 * blocks, without `each`, and is() knows them no more: returns how many extents were so. */
uint32_t native_shm_heap_rebuild(struct native_shm_segment *segment, struct native_shm_heap *heap,
                                 bool (*each)(void *context, uint32_t ref, uint32_t kind),
                                 void *context);

/* Call `each` for every used block of one extent of this heap (drain), in order, until it returns false. It may give
 * blocks of this heap back, that one or others. */
void native_shm_heap_walk(struct native_shm_segment *segment, const struct native_shm_heap *heap,
                          uint32_t extent, bool (*each)(void *context, uint32_t ref, uint32_t kind),
                          void *context);

/* Give back the extent, or run, that begins here, if it is wholly free and this heap's; also its last one. */
bool native_shm_heap_trim_one(struct native_shm_segment *segment, struct native_shm_heap *heap,
                              uint32_t extent);

/* Give back every extent that is wholly free, also the one that is kept. Returns how many. */
uint32_t native_shm_heap_trim(struct native_shm_segment *segment, struct native_shm_heap *heap);

/* Bytes of the largest free block, or nearly: one of the largest eighth of a power of two. */
uint64_t native_shm_heap_largest(struct native_shm_segment *segment, struct native_shm_heap *heap);

/* Check every invariant; NULL if all hold, else what does not. For tests and --enable-native-debug. */
const char *native_shm_heap_check(struct native_shm_segment *segment, struct native_shm_heap *heap);

static inline void *native_shm_payload(const struct native_shm_segment *segment, uint32_t ref,
                                       uint64_t len)
{
    unsigned char *at = native_shm_at(segment, ref, len + sizeof(struct native_shm_block));
    return at ? at + sizeof(struct native_shm_block) : NULL;
}

#endif
