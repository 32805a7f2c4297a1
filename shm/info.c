/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* info.c - sums over all shards, and the check of one. Sums take each shard's lock for an instant, one after the other:
 * together they are of no single moment. */
#include "shard.h"

static void add_shard(struct native_shm_segment *segment, struct native_shm_shard *shard,
                      struct native_shm_info *info)
{
    if (native_shm_shard_take(segment, shard)) {
        return; /* somebody sits on it: it counts as empty this time */
    }
    uint64_t largest = native_shm_heap_largest(segment, &shard->heap);
    info->used += (uint64_t)shard->heap.used_units * NATIVE_SHM_UNIT;
    info->value_bytes += shard->value_bytes;
    info->entries += shard->entries;
    if (largest > info->largest_free) {
        info->largest_free = largest;
    }
    native_shm_shard_give(segment, shard);
}

static void add_extents(const struct native_shm_segment *segment, struct native_shm_info *info)
{
    uint64_t run = 0;

    for (uint32_t i = 0; i < segment->extents; i++) {
        uint32_t kind =
            NATIVE_SHM_EXTENT_KIND(atomic_load_explicit(&segment->map[i], memory_order_relaxed));
        bool unused = kind == NATIVE_SHM_EXTENT_FREE || kind == NATIVE_SHM_EXTENT_UNBACKED;
        info->index += kind == NATIVE_SHM_EXTENT_INDEX ? segment->extent_size : 0;
        run = unused ? run + segment->extent_size : 0;
        if (run > info->largest_free) {
            info->largest_free = run - sizeof(struct native_shm_block);
        }
    }
    info->memory = (uint64_t)segment->extents * segment->extent_size - info->index;
}

void native_shm_cache_info(struct native_shm_segment *segment, struct native_shm_info *info)
{
    *info = (struct native_shm_info){.size = segment->size, .created = segment->header->created};
    for (uint32_t i = 0; i < segment->shards; i++) {
        add_shard(segment, &segment->shard[i], info);
    }
    if (native_shm_lock_take(segment, &segment->objects->lock, 0) == NATIVE_SHM_OK) {
        info->used += (uint64_t)segment->objects->heap.used_units * NATIVE_SHM_UNIT;
        native_shm_lock_give(&segment->objects->lock);
    }
    add_extents(segment, info);
    for (int which = 0; which < NATIVE_SHM_COUNTS; which++) {
        info->counts[which] = native_shm_count_sum(segment, (enum native_shm_count)which);
    }
    for (uint32_t i = 0; i < segment->participants; i++) {
        info->participants +=
            atomic_load_explicit(&segment->slots[i].in_use, memory_order_relaxed) != 0;
    }
}
