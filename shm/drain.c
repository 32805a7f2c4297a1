/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* drain.c - emptying whole extents, whoever's they are, so that a large value (or a shard that has none) gets memory in
 * one piece. One shard's lock at a time, at most NATIVE_SHM_DRAIN_HOLD evictions a hold: its writers wait some
 * microseconds in between, not for the whole. Extents go in the order of the map, each time from where it ended. */
#include "shard.h"

enum { HOLDS = 128 }; /* for one extent: writers of its shard may fill it again meanwhile */

struct drain {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    const struct native_shm_key *keep; /* NULL: none */
    unsigned evicted;                  /* in this hold */
    bool stuck;                        /* a block that can't be evicted: pinned, or being written */
    bool last;                         /* also a shard's only extent */
    uint32_t now;
};

static bool is_kept(const struct drain *drain, const struct native_shm_place *place)
{
    return drain->keep && place->fields.key_len == drain->keep->len &&
           memcmp(native_shm_record_key(place->record, &place->fields), drain->keep->bytes,
                  drain->keep->len) == 0;
}

static bool drain_block(void *context, uint32_t ref, uint32_t kind)
{
    struct drain *drain = context;
    struct native_shm_place place;

    if (drain->evicted >= NATIVE_SHM_DRAIN_HOLD) {
        return false;
    }
    native_shm_count(drain->segment, NATIVE_SHM_EVICT_STEPS);
    if (kind == NATIVE_SHM_BLOCK_PIECE) {
        struct native_shm_piece *piece = native_shm_piece_at(drain->segment, ref, 0);
        ref = piece ? piece->record : 0;
    } else if (kind != NATIVE_SHM_BLOCK_RECORD) {
        drain->stuck = true;
        return false;
    }
    if (!native_shm_index_find_ref(drain->segment, drain->shard, ref, &place)) {
        drain->shard->suspect = 1;
        drain->stuck = true;
        return false;
    }
    if (is_kept(drain, &place) ||
        (place.fields.pinned && !native_shm_expired(place.fields.expires, drain->now))) {
        drain->stuck = true;
        return false;
    }
    native_shm_entry_remove(drain->segment, drain->shard, &place);
    native_shm_count(drain->segment, NATIVE_SHM_EVICTIONS);
    NATIVE_SHM_FAULT(drain_one);
    drain->evicted++;
    return true;
}

/* One hold of the lock. Returns true when the extent is empty, and given away. */
static bool drain_some(struct drain *drain, uint32_t number, uint32_t word)
{
    const _Atomic uint32_t *map = &drain->segment->map[number];

    drain->evicted = 0;
    drain->stuck = drain->shard->heap.extents < 2 && !drain->last;
    if (drain->stuck) {
        return false;
    }
    native_shm_heap_walk(drain->segment, &drain->shard->heap, number, drain_block, drain);
    if (atomic_load_explicit(map, memory_order_relaxed) != word) {
        return true; /* it went with its last block */
    }
    if (drain->stuck || drain->evicted >= NATIVE_SHM_DRAIN_HOLD) {
        return false;
    }
    return native_shm_heap_trim_one(drain->segment, &drain->shard->heap, number);
}

static bool drain_extent(struct native_shm_segment *segment, uint32_t number, uint32_t word,
                         const struct native_shm_key *keep, bool last)
{
    struct drain drain = {
        .segment = segment, .shard = &segment->shard[NATIVE_SHM_EXTENT_WHOSE(word)], .last = last};
    bool empty = false;

    if (keep && native_shm_shard_of(segment, keep->hash) == drain.shard) {
        drain.keep = keep;
    }
    drain.now = native_shm_clock(segment);
    for (int holds = 0; holds < HOLDS && !empty; holds++) {
        if (native_shm_shard_take(segment, drain.shard)) {
            return false;
        }
        if (atomic_load_explicit(&segment->map[number], memory_order_relaxed) == word) {
            empty = drain_some(&drain, number, word);
        } else {
            drain.stuck = true;
        }
        native_shm_shard_give(segment, drain.shard);
        if (drain.stuck) {
            return false;
        }
    }
    return empty;
}

static bool drain_any(struct native_shm_segment *segment, const struct native_shm_key *keep)
{
    /* Twice round: first no shard loses the only extent that it has. */
    for (uint32_t i = 0; i < 2 * segment->extents; i++) {
        uint32_t number =
            atomic_fetch_add_explicit(&segment->header->drain_hint, 1, memory_order_relaxed) %
            segment->extents;
        uint32_t word = atomic_load_explicit(&segment->map[number], memory_order_relaxed);
        if (NATIVE_SHM_EXTENT_KIND(word) == NATIVE_SHM_EXTENT_HEAP &&
            NATIVE_SHM_EXTENT_WHOSE(word) < segment->shards &&
            drain_extent(segment, number, word, keep, i >= segment->extents)) {
            return true;
        }
    }
    return false;
}

/* Blocks in the hands of the dead keep extents from being emptied: free those of all shards. */
static bool free_held(struct native_shm_segment *segment)
{
    bool freed = false;

    for (uint32_t i = 0; i < segment->shards; i++) {
        struct native_shm_shard *shard = &segment->shard[i];
        if (!native_shm_shard_take(segment, shard)) {
            freed |= native_shm_repair_held(segment, shard, true);
            native_shm_shard_give(segment, shard);
        }
    }
    return freed;
}

bool native_shm_drain(struct native_shm_segment *segment, const struct native_shm_key *keep)
{
    return drain_any(segment, keep) || (free_held(segment) && drain_any(segment, keep));
}
