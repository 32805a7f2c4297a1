/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* extent.h - the equal pieces that a segment's memory is handed out in.
 *
 * Shape: one atomic word an extent (layout.h, extent map). Claiming is a compare-and-swap, no lock: a claimer that dies
 * leaves CLAIMED words with its id, which native_shm_extent_reclaim() frees.
 * Backing: an extent gets memory (fallocate) when it is first claimed, so a full /dev/shm is FULL here and never a SIGBUS. */
#ifndef NATIVE_SHM_EXTENT_H
#define NATIVE_SHM_EXTENT_H

#include "handle.h"

/* Claim one extent for heap or index `whose`. The new kind is published with the last store; the bytes of a new HEAP
 * extent are one free block by then, those of an INDEX one anything. *number is set on OK. Returns OK or FULL. */
enum native_shm_status native_shm_extent_claim(struct native_shm_segment *segment,
                                               enum native_shm_extent_kind kind, uint32_t whose,
                                               uint32_t *number);

/* Claim `count` adjacent extents as one HEAP extent followed by RUNs (a block larger than one extent). OK or FULL. */
enum native_shm_status native_shm_extent_claim_run(struct native_shm_segment *segment,
                                                   uint32_t whose, uint32_t count, uint32_t *first);

/* Give extents back (all of a run when `number` is its first). Their owner's lock is held, no block in them is used. */
void native_shm_extent_free(struct native_shm_segment *segment, uint32_t number);

/* Free what claimers that died had claimed (some hundred ns when there is nothing). Returns how many were freed. */
uint32_t native_shm_extent_reclaim(struct native_shm_segment *segment);

/* How many are free or not yet backed. */
uint32_t native_shm_extent_available(struct native_shm_segment *segment);

static inline unsigned char *native_shm_extent_at(const struct native_shm_segment *segment,
                                                  uint32_t number)
{
    return segment->base + segment->extents_at + ((uint64_t)number << segment->extent_shift);
}

/* The extent that a ref lies in; the ref must be one that native_shm_at() takes. */
static inline uint32_t native_shm_extent_of(const struct native_shm_segment *segment, uint32_t ref)
{
    return (uint32_t)(((uint64_t)ref * NATIVE_SHM_UNIT - segment->extents_at) >>
                      segment->extent_shift);
}

#endif
