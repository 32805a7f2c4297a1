/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* geometry.h - how many of each thing a segment of some size has, and where the areas lie. Inside shm/ only.
 * Shape: layout.h. All follows from four counts, so a header is right when its offsets are those worked out here.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_SHM_GEOMETRY_H
#define NATIVE_SHM_GEOMETRY_H

#include "layout.h"

#include <stdbool.h>

enum {
    NATIVE_SHM_MIN_EXTENT = 16384,
    NATIVE_SHM_MAX_EXTENT = 64 << 20,
};
#define NATIVE_SHM_MIN_SIZE (UINT64_C(1) << 20)
#define NATIVE_SHM_MAX_SIZE (UINT64_C(1) << 36) /* what refs of 32 bits reach */

struct native_shm_geometry {
    uint32_t participants, extents, extent_size, shards;
    uint64_t participants_at, extent_map_at, shards_at, objects_at, extents_at;
    uint64_t size;
};

/* The geometry of a segment of about `size` bytes: MIN_SIZE..MAX_SIZE. */
void native_shm_geometry_choose(struct native_shm_geometry *geometry, uint64_t size);

/* log2 of the bytes of a slab, in a segment with extents of so many bytes. */
static inline uint32_t native_shm_slab_shift(uint32_t extent_size)
{
    uint32_t shift = 0;

    while (extent_size >> shift > 1) {
        shift++;
    }
    return shift < 18 ? 12 : shift - 6;
}

/* Work out the offsets and the size from the four counts. False when a count is none that choose() could give. */
bool native_shm_geometry_place(struct native_shm_geometry *geometry);

#endif
