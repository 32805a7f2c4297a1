/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* geometry.c - sizes and places of a segment's areas.
 *
 *   size        extent      extents    shards   participants
 *   1 MiB       16 KiB         64         4      256
 *   4 MiB       16 KiB        256         4      256
 *   32 MiB      32 KiB       1024        16     1024
 *   1 GiB      512 KiB       2048       256     1024
 *   64 GiB      32 MiB       2048       256     1024
 *
 * (extents: less what the areas before them take). Up to 64 MiB there are about a thousand extents: larger ones waste
 * less at their ends. Above, two thousand. */
#include "geometry.h"

static uint64_t round_up(uint64_t number, uint64_t unit)
{
    return (number + unit - 1) / unit * unit;
}

static bool power_of_two(uint32_t number)
{
    return number && !(number & (number - 1));
}

bool native_shm_geometry_place(struct native_shm_geometry *geometry)
{
    uint64_t slabs;

    if (geometry->participants < 1 || geometry->participants > NATIVE_SHM_MAX_PARTICIPANTS ||
        geometry->extents < 1 || geometry->extents > NATIVE_SHM_MAX_EXTENTS ||
        geometry->extent_size < NATIVE_SHM_MIN_EXTENT ||
        geometry->extent_size > NATIVE_SHM_MAX_EXTENT || !power_of_two(geometry->extent_size) ||
        geometry->shards < 2 || geometry->shards > NATIVE_SHM_MAX_SHARDS ||
        !power_of_two(geometry->shards)) {
        return false;
    }
    geometry->participants_at = NATIVE_SHM_PAGE;
    geometry->extent_map_at = geometry->participants_at + (uint64_t)geometry->participants *
                                                              sizeof(struct native_shm_participant);
    /* The extent map, and the slab map at once behind it. */
    slabs = (uint64_t)geometry->extents *
            (geometry->extent_size >> native_shm_slab_shift(geometry->extent_size));
    geometry->shards_at = round_up(
        geometry->extent_map_at + (uint64_t)geometry->extents * 4 + slabs * 2, NATIVE_SHM_LINE);
    geometry->objects_at =
        geometry->shards_at + (uint64_t)geometry->shards * sizeof(struct native_shm_shard);
    geometry->extents_at =
        round_up(geometry->objects_at + sizeof(struct native_shm_objects), NATIVE_SHM_PAGE);
    geometry->size = geometry->extents_at + (uint64_t)geometry->extents * geometry->extent_size;
    return geometry->size <= NATIVE_SHM_MAX_SIZE;
}

void native_shm_geometry_choose(struct native_shm_geometry *geometry, uint64_t size)
{
    uint32_t most =
        size <= (UINT64_C(64) << 20) ? NATIVE_SHM_MAX_EXTENTS / 2 : NATIVE_SHM_MAX_EXTENTS;

    geometry->participants = size <= (UINT64_C(4) << 20) ? 256 : 1024;
    geometry->shards = 4;
    while (geometry->shards < NATIVE_SHM_MAX_SHARDS &&
           geometry->shards < size / (UINT64_C(2) << 20)) {
        geometry->shards *= 2;
    }
    geometry->extent_size = NATIVE_SHM_MIN_EXTENT;
    while (size > (uint64_t)geometry->extent_size * most) {
        geometry->extent_size *= 2;
    }
    /* As many as there is room for behind the areas, rounded up. */
    geometry->extents = (uint32_t)(size / geometry->extent_size);
    (void)native_shm_geometry_place(geometry);
    geometry->extents = (uint32_t)((size - geometry->extents_at + geometry->extent_size - 1) /
                                   geometry->extent_size);
    /* The map is a little shorter now: one more may be needed. Refs end at MAX_SIZE: one less may have to do. */
    if (native_shm_geometry_place(geometry) && geometry->size < size) {
        geometry->extents++;
    }
    while (!native_shm_geometry_place(geometry)) {
        geometry->extents--;
    }
}
