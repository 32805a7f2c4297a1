/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* slab.c - the parts of INDEX extents that shards have their buckets in.
 *
 *     INDEX extent   | slab | slab | slab | slab | ...         slab map   | 1+s | 1+s' OVERFLOW | 0 | 0 | ...
 *
 * A whole extent for each shard would be mostly empty for long, and would be hundreds of megabytes in a large segment.
 * A word of the map, each arrow one store: 0 -> whose, FRESH -> whose. Who dies at FRESH, or before its directory has the
 * slab, leaves that to the repair of its shard. A slab never becomes anybody else's again.
 * The hint: the extent to look in first; nothing is searched twice while it says that there is none. */
#include "shard.h"

#include <string.h>

#define NONE UINT32_MAX

static uint32_t per_extent(const struct native_shm_segment *segment)
{
    return 1u << (segment->extent_shift - segment->slab_shift);
}

static bool is_index(const struct native_shm_segment *segment, uint32_t extent)
{
    return extent < segment->extents &&
           NATIVE_SHM_EXTENT_KIND(atomic_load_explicit(
               &segment->map[extent], memory_order_acquire)) == NATIVE_SHM_EXTENT_INDEX;
}

static uint16_t load(const struct native_shm_segment *segment, uint32_t slab)
{
    return atomic_load_explicit(&segment->slab_map[slab], memory_order_acquire);
}

bool native_shm_slab_is(const struct native_shm_segment *segment, uint32_t slab, uint32_t word)
{
    return slab < segment->slabs && load(segment, slab) == word &&
           is_index(segment, slab / per_extent(segment));
}

uint32_t native_shm_slab_next(const struct native_shm_segment *segment, uint32_t slab,
                              uint32_t word)
{
    uint32_t each = per_extent(segment);

    while (slab < segment->slabs) {
        if (slab % each == 0 && !is_index(segment, slab / each)) {
            slab += each;
        } else if (load(segment, slab) == word) {
            return slab;
        } else {
            slab++;
        }
    }
    return NONE;
}

/* Take a free slab of one extent: it is FRESH then. */
static uint32_t take_in(const struct native_shm_segment *segment, uint32_t extent, uint32_t word)
{
    uint32_t each = per_extent(segment);

    for (uint32_t slab = extent * each; is_index(segment, extent) && slab < (extent + 1) * each;
         slab++) {
        uint16_t none = 0;
        if (!load(segment, slab) &&
            atomic_compare_exchange_strong_explicit(&segment->slab_map[slab], &none,
                                                    (uint16_t)(word | NATIVE_SHM_SLAB_FRESH),
                                                    memory_order_acq_rel, memory_order_relaxed)) {
            return slab;
        }
    }
    return NONE;
}

/* A free slab of any INDEX extent; when there is none, the hint says so until an extent more is one. */
static uint32_t take_any(struct native_shm_segment *segment, uint32_t word)
{
    _Atomic uint32_t *hint = &segment->header->slab_hint;
    uint32_t seen = atomic_load_explicit(hint, memory_order_acquire), slab = NONE, extent = 0;

    if (seen == NONE) {
        return NONE;
    }
    slab = take_in(segment, seen, word);
    for (; slab == NONE && extent < segment->extents; extent++) {
        slab = take_in(segment, extent, word);
    }
    if (extent) {
        atomic_compare_exchange_strong_explicit(hint, &seen, slab == NONE ? NONE : extent - 1,
                                                memory_order_release, memory_order_relaxed);
    }
    return slab;
}

uint32_t native_shm_slab_claim(struct native_shm_segment *segment, uint32_t word)
{
    uint32_t slab = take_any(segment, word), extent;

    if (slab == NONE) {
        if (native_shm_extent_claim(segment, NATIVE_SHM_EXTENT_INDEX, 0, &extent)) {
            return NONE;
        }
        NATIVE_SHM_FAULT(slab_extent_claimed);
        atomic_store_explicit(&segment->header->slab_hint, extent, memory_order_release);
        slab = take_any(segment, word); /* others may have been faster */
        if (slab == NONE) {
            return NONE;
        }
    }
    NATIVE_SHM_FAULT(slab_claimed);
    memset(native_shm_slab_at(segment, slab), 0, (size_t)1 << segment->slab_shift);
    NATIVE_SHM_FAULT(slab_empty);
    atomic_store_explicit(&segment->slab_map[slab], (uint16_t)word, memory_order_release);
    NATIVE_SHM_FAULT(slab_ready);
    return slab;
}

void native_shm_slab_reclaim(struct native_shm_segment *segment, uint32_t shard)
{
    static const uint32_t flags[] = {NATIVE_SHM_SLAB_FRESH,
                                     NATIVE_SHM_SLAB_FRESH | NATIVE_SHM_SLAB_OVERFLOW};

    for (int i = 0; i < 2; i++) {
        uint32_t word = native_shm_slab_word(shard, flags[i]), slab = 0;
        while ((slab = native_shm_slab_next(segment, slab, word)) != NONE) {
            atomic_store_explicit(&segment->slab_map[slab], 0, memory_order_release);
            NATIVE_SHM_FAULT(slab_given_back);
        }
    }
    /* Also for one who died between claiming an extent and saying so. */
    atomic_store_explicit(&segment->header->slab_hint, 0, memory_order_release);
}
