/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* evict.c - making room in a shard, entry by entry: what has expired first, then by SIEVE.
 *
 *     newest                                            oldest
 *       o ----- o ----- o ----- x ----- o ----- x ----- o          x: visited since the hand passed
 *                                               ^ hand, going left; from the newest it goes on at the oldest
 *
 * The hand takes the visited bit of those that have one and evicts the first that has none. Of entries of one size one
 * is enough; a larger block needs what lies behind the first victim in memory, too: no list of all sizes is kept for it.
 * Bounded: at most NATIVE_SHM_EVICT_STEPS_MAX entries are looked at for one block. */
#include "shard.h"

enum {
    SWEEP_SLOTS = 2,       /* looked at by each store while something may have expired */
    SWEEP_SLOTS_FULL = 16, /* and when memory is short */
};

struct need {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    uint64_t size;
    uint32_t keep;
    uint32_t steps;
    uint32_t now;
};

/* ---- expired entries -------------------------------------------------------------------------------- */

static bool earlier(uint32_t a, uint32_t b)
{
    return a && (!b || (int32_t)(a - b) < 0);
}

/* One slot of a chain's first bucket; at the last one all of its overflow buckets, too. */
static uint32_t sweep_slot(struct need *need, struct native_shm_bucket *bucket, uint32_t index)
{
    struct native_shm_place place = {.bucket = bucket, .index = index};

    place.word = atomic_load_explicit(&bucket->slots[index], memory_order_relaxed);
    if (!NATIVE_SHM_SLOT_REF(place.word)) {
        return 0;
    }
    if (!native_shm_place_load(need->segment, &place)) {
        need->shard->suspect = 1;
        return 0;
    }
    if (NATIVE_SHM_SLOT_REF(place.word) != need->keep &&
        native_shm_expired(place.fields.expires, need->now)) {
        native_shm_entry_remove(need->segment, need->shard, &place);
        native_shm_count(need->segment, NATIVE_SHM_EXPIRATIONS);
        return 1;
    }
    if (earlier(place.fields.expires, need->shard->sweep_soonest)) {
        need->shard->sweep_soonest = place.fields.expires;
    }
    return 0;
}

static uint32_t sweep_overflow(struct need *need, struct native_shm_bucket *bucket)
{
    uint32_t removed = 0;

    for (unsigned hops = 0;
         hops < 64 && (bucket = native_shm_bucket_next(need->segment, bucket)) != NULL; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            removed += sweep_slot(need, bucket, i);
        }
    }
    return removed;
}

uint32_t native_shm_sweep(struct native_shm_segment *segment, struct native_shm_shard *shard,
                          uint32_t slots, uint32_t keep)
{
    struct need need = {.segment = segment, .shard = shard, .keep = keep};
    uint32_t removed = 0, buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);

    if (!shard->soonest) {
        return 0;
    }
    need.now = native_shm_clock(segment);
    if (!native_shm_expired(shard->soonest, need.now)) {
        return 0;
    }
    for (; slots; slots--) {
        uint32_t number = shard->sweep / NATIVE_SHM_BUCKET_SLOTS,
                 index = shard->sweep % NATIVE_SHM_BUCKET_SLOTS;
        struct native_shm_bucket *bucket =
            number < buckets ? native_shm_bucket_at(segment, shard, number) : NULL;
        if (!bucket) {
            /* Once round: nothing expires before the soonest that was seen. */
            shard->sweep = 0;
            shard->soonest = shard->sweep_soonest;
            shard->sweep_soonest = 0;
            break;
        }
        shard->sweep++;
        removed += sweep_slot(&need, bucket, index);
        if (index == NATIVE_SHM_BUCKET_SLOTS - 1) {
            removed += sweep_overflow(&need, bucket);
        }
    }
    return removed;
}

/* ---- SIEVE ------------------------------------------------------------------------------------------ */

static bool may_go(const struct need *need, const struct native_shm_place *place)
{
    return NATIVE_SHM_SLOT_REF(place->word) != need->keep &&
           (!place->fields.pinned || native_shm_expired(place->fields.expires, need->now));
}

static void step(struct need *need)
{
    need->steps++;
    native_shm_count(need->segment, NATIVE_SHM_EVICT_STEPS);
}

static void evict(struct need *need, struct native_shm_place *place)
{
    bool expired = native_shm_expired(place->fields.expires, need->now);

    native_shm_entry_remove(need->segment, need->shard, place);
    native_shm_count(need->segment, expired ? NATIVE_SHM_EXPIRATIONS : NATIVE_SHM_EVICTIONS);
}

/* The next victim. When all that were looked at had been visited, the last of them. */
static bool choose(struct need *need, struct native_shm_place *victim)
{
    struct native_shm_shard *shard = need->shard;
    struct native_shm_place place;
    bool found = false;

    while (need->steps < NATIVE_SHM_EVICT_STEPS_MAX && !shard->suspect) {
        uint32_t ref = shard->hand ? shard->hand : shard->oldest;
        if (!ref) {
            break;
        }
        step(need);
        if (!native_shm_index_find_ref(need->segment, shard, ref, &place)) {
            shard->suspect = 1;
            break;
        }
        shard->hand = place.record->newer;
        if (!may_go(need, &place)) {
            continue;
        }
        *victim = place;
        found = true;
        if (!native_shm_visited(place.bucket, place.index) ||
            native_shm_expired(place.fields.expires, need->now)) {
            break;
        }
        native_shm_unvisit(place.bucket, place.index);
    }
    return found;
}

/* ---- larger blocks ---------------------------------------------------------------------------------- */

/* The first used block behind `ref` in the same extent, over at most `hops` free ones; 0 when there is none. */
static uint32_t used_behind(const struct need *need, uint32_t ref)
{
    uint32_t extent = native_shm_extent_of(need->segment, ref);

    for (int hops = 0; hops < 2; hops++) {
        struct native_shm_block *block = native_shm_at(need->segment, ref, sizeof *block);
        uint32_t head = block ? atomic_load_explicit(&block->head, memory_order_relaxed) : 0;
        if (hops && NATIVE_SHM_BLOCK_KIND(head) != NATIVE_SHM_BLOCK_FREE) {
            break;
        }
        if (!NATIVE_SHM_BLOCK_UNITS(head)) {
            return 0;
        }
        ref += NATIVE_SHM_BLOCK_UNITS(head);
        if (!native_shm_at(need->segment, ref, NATIVE_SHM_HEAP_SMALLEST) ||
            native_shm_extent_of(need->segment, ref) != extent) {
            return 0;
        }
    }
    return native_shm_heap_is(need->segment, &need->shard->heap, ref, NATIVE_SHM_BLOCK_FREE, NULL)
               ? ref
               : 0;
}

/* The entry that a used block belongs to, if it may be evicted. */
static bool owner(struct need *need, uint32_t ref, struct native_shm_place *place)
{
    uint64_t size;

    if (native_shm_heap_is(need->segment, &need->shard->heap, ref, NATIVE_SHM_BLOCK_PIECE, &size) &&
        size >= sizeof(struct native_shm_piece)) {
        ref = native_shm_piece_at(need->segment, ref, 0)->record;
    }
    return native_shm_heap_is(need->segment, &need->shard->heap, ref, NATIVE_SHM_BLOCK_RECORD,
                              NULL) &&
           native_shm_index_find_ref(need->segment, need->shard, ref, place) && may_go(need, place);
}

/* Evict what lies behind the victim until the block is large enough. An entry of many blocks ends it: what is left where
 * is not known then. */
static uint32_t widen(struct need *need, uint32_t behind)
{
    struct native_shm_place place;
    uint32_t got = 0;

    while (!got && behind && need->steps < NATIVE_SHM_EVICT_STEPS_MAX && !need->shard->suspect) {
        step(need);
        if (!owner(need, behind, &place)) {
            break;
        }
        bool pieces = place.fields.pieces;
        behind = pieces ? 0 : used_behind(need, behind);
        evict(need, &place);
        got = native_shm_heap_take(need->segment, &need->shard->heap, need->size,
                                   NATIVE_SHM_BLOCK_RECORD);
    }
    return got;
}

uint32_t native_shm_evict_take(struct native_shm_segment *segment, struct native_shm_shard *shard,
                               uint64_t size, uint32_t keep)
{
    struct need need = {.segment = segment, .shard = shard, .size = size, .keep = keep};
    struct native_shm_place victim;
    uint32_t got;

    if (shard->soonest) {
        native_shm_sweep(segment, shard, SWEEP_SLOTS, keep);
    }
    got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
    if (got || size + sizeof(struct native_shm_block) > segment->extent_size) {
        return got;
    }
    need.now = native_shm_clock(segment);
    if (native_shm_repair_held(segment, shard) ||
        native_shm_sweep(segment, shard, SWEEP_SLOTS_FULL, keep)) {
        got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
    }
    while (!got && choose(&need, &victim)) {
        uint32_t behind =
            victim.fields.pieces ? 0 : used_behind(&need, NATIVE_SHM_SLOT_REF(victim.word));
        evict(&need, &victim);
        got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
        if (!got) {
            got = widen(&need, behind);
        }
    }
    return got;
}
