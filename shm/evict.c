/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* evict.c - making room in a shard, entry by entry: what has expired first, then by SIEVE.
 *
 *     newest                                            oldest
 *       o ----- o ----- o ----- x ----- o ----- x ----- o          x: visited since the hand passed
 *                                               ^ hand, going left; from the newest it goes on at the oldest
 *
 * The hand takes the visited bit of those that have one and evicts the first that has none. Of entries of one size one
 * is enough; a larger block needs what lies behind the first victim in memory, too: no list of all sizes is kept for it.
 * Bounded: at most NATIVE_SHM_EVICT_STEPS_MAX entries are looked at in one hold of the lock, whatever for; each counts. */
#include "shard.h"

enum {
    SWEEP_SLOTS = 2,       /* looked at by each store while something may have expired */
    SWEEP_SLOTS_FULL = 16, /* and when memory is short */
    EXTENT_STEPS = 16,     /* of a store that helps to empty an extent */
};

static uint32_t now_of(struct native_shm_room *room)
{
    if (!room->now) {
        room->now = native_shm_clock(room->segment);
    }
    return room->now;
}

/* ---- expired entries -------------------------------------------------------------------------------- */

static bool earlier(uint32_t a, uint32_t b)
{
    return a && (!b || (int32_t)(a - b) < 0);
}

/* One slot of a chain's first bucket; at the last one all of its overflow buckets, too. */
static uint32_t sweep_slot(struct native_shm_room *room, struct native_shm_bucket *bucket,
                           uint32_t index)
{
    struct native_shm_place place = {.bucket = bucket, .index = index};

    place.word = atomic_load_explicit(&bucket->slots[index], memory_order_relaxed);
    if (!NATIVE_SHM_SLOT_REF(place.word)) {
        return 0;
    }
    if (!native_shm_place_load(room->segment, &place)) {
        room->shard->suspect = 1;
        return 0;
    }
    if (NATIVE_SHM_SLOT_REF(place.word) != room->keep &&
        native_shm_expired(place.fields.expires, now_of(room))) {
        native_shm_entry_remove(room->segment, room->shard, &place);
        native_shm_count(room->segment, NATIVE_SHM_EXPIRATIONS);
        return 1;
    }
    if (earlier(place.fields.expires, room->shard->sweep_soonest)) {
        room->shard->sweep_soonest = place.fields.expires;
    }
    return 0;
}

static uint32_t sweep_overflow(struct native_shm_room *room, struct native_shm_bucket *bucket)
{
    uint32_t removed = 0;

    for (unsigned hops = 0;
         hops < 64 && (bucket = native_shm_bucket_next(room->segment, bucket)) != NULL; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            removed += sweep_slot(room, bucket, i);
        }
    }
    return removed;
}

uint32_t native_shm_sweep(struct native_shm_segment *segment, struct native_shm_shard *shard,
                          uint32_t slots, uint32_t keep)
{
    struct native_shm_room room = {.segment = segment, .shard = shard, .keep = keep};
    uint32_t removed = 0, buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);

    if (!shard->soonest) {
        return 0;
    }
    if (!native_shm_expired(shard->soonest, now_of(&room))) {
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
        removed += sweep_slot(&room, bucket, index);
        if (index == NATIVE_SHM_BUCKET_SLOTS - 1) {
            removed += sweep_overflow(&room, bucket);
        }
    }
    return removed;
}

/* ---- SIEVE ------------------------------------------------------------------------------------------ */

static bool may_go(struct native_shm_room *room, const struct native_shm_place *place)
{
    return NATIVE_SHM_SLOT_REF(place->word) != room->keep &&
           (!place->fields.pinned || native_shm_expired(place->fields.expires, now_of(room)));
}

static void step(struct native_shm_room *room)
{
    room->steps++;
    native_shm_count(room->segment, NATIVE_SHM_EVICT_STEPS);
}

static void evict(struct native_shm_room *room, struct native_shm_place *place)
{
    bool expired = native_shm_expired(place->fields.expires, now_of(room));

    native_shm_entry_remove(room->segment, room->shard, place);
    native_shm_count(room->segment, expired ? NATIVE_SHM_EXPIRATIONS : NATIVE_SHM_EVICTIONS);
}

/* The next victim, in at most half of the steps that are left: what lies beside it may be wanted, too. When all that
 * were looked at had been visited, the last of them. */
static bool choose(struct native_shm_room *room, struct native_shm_place *victim)
{
    struct native_shm_shard *shard = room->shard;
    struct native_shm_place place;
    bool found = false;

    for (uint32_t left = (NATIVE_SHM_EVICT_STEPS_MAX + 1 - room->steps) / 2;
         left && !shard->suspect; left--) {
        uint32_t ref = shard->hand ? shard->hand : shard->oldest;
        if (!ref) {
            break;
        }
        step(room);
        if (!native_shm_index_find_ref(room->segment, shard, ref, &place)) {
            shard->suspect = 1;
            break;
        }
        shard->hand = place.record->newer;
        if (!may_go(room, &place)) {
            continue;
        }
        *victim = place;
        found = true;
        if (!native_shm_visited(place.bucket, place.index) ||
            native_shm_expired(place.fields.expires, now_of(room))) {
            break;
        }
        native_shm_unvisit(place.bucket, place.index);
    }
    return found;
}

/* ---- larger blocks ---------------------------------------------------------------------------------- */

/* The first used block behind `ref` in the same extent, over at most `hops` free ones; 0 when there is none. */
static uint32_t used_behind(const struct native_shm_room *room, uint32_t ref)
{
    uint32_t extent = native_shm_extent_of(room->segment, ref);

    for (int hops = 0; hops < 2; hops++) {
        struct native_shm_block *block = native_shm_at(room->segment, ref, sizeof *block);
        uint32_t head = block ? atomic_load_explicit(&block->head, memory_order_relaxed) : 0;
        if (hops && NATIVE_SHM_BLOCK_KIND(head) != NATIVE_SHM_BLOCK_FREE) {
            break;
        }
        if (!NATIVE_SHM_BLOCK_UNITS(head)) {
            return 0;
        }
        ref += NATIVE_SHM_BLOCK_UNITS(head);
        if (!native_shm_at(room->segment, ref, NATIVE_SHM_HEAP_SMALLEST) ||
            native_shm_extent_of(room->segment, ref) != extent) {
            return 0;
        }
    }
    return native_shm_heap_is(room->segment, &room->shard->heap, ref, NATIVE_SHM_BLOCK_FREE, NULL)
               ? ref
               : 0;
}

/* The entry that a used block belongs to, if it may be evicted. */
static bool owner(struct native_shm_room *room, uint32_t ref, struct native_shm_place *place)
{
    uint64_t size;

    if (native_shm_heap_is(room->segment, &room->shard->heap, ref, NATIVE_SHM_BLOCK_PIECE, &size) &&
        size >= sizeof(struct native_shm_piece)) {
        ref = native_shm_piece_at(room->segment, ref, 0)->record;
    }
    return native_shm_heap_is(room->segment, &room->shard->heap, ref, NATIVE_SHM_BLOCK_RECORD,
                              NULL) &&
           native_shm_index_find_ref(room->segment, room->shard, ref, place) && may_go(room, place);
}

/* Evict what lies behind the victim until the block is large enough. An entry of many blocks ends it: what is left where
 * is not known then. */
static uint32_t widen(struct native_shm_room *room, uint64_t size, uint32_t behind)
{
    struct native_shm_place place;
    uint32_t got = 0;

    while (!got && behind && room->steps < NATIVE_SHM_EVICT_STEPS_MAX && !room->shard->suspect) {
        step(room);
        if (!owner(room, behind, &place)) {
            break;
        }
        bool pieces = place.fields.pieces;
        behind = pieces ? 0 : used_behind(room, behind);
        evict(room, &place);
        got =
            native_shm_heap_take(room->segment, &room->shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
    }
    return got;
}

uint32_t native_shm_evict_take(struct native_shm_room *room, uint64_t size)
{
    struct native_shm_segment *segment = room->segment;
    struct native_shm_shard *shard = room->shard;
    struct native_shm_place victim;
    uint32_t got;

    if (shard->soonest) {
        native_shm_sweep(segment, shard, SWEEP_SLOTS, room->keep);
    }
    got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
    if (got || size + sizeof(struct native_shm_block) > segment->extent_size) {
        return got;
    }
    if (native_shm_repair_held(segment, shard, false) ||
        native_shm_sweep(segment, shard, SWEEP_SLOTS_FULL, room->keep)) {
        got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
    }
    while (!got && choose(room, &victim)) {
        uint32_t behind =
            victim.fields.pieces ? 0 : used_behind(room, NATIVE_SHM_SLOT_REF(victim.word));
        evict(room, &victim);
        got = native_shm_heap_take(segment, &shard->heap, size, NATIVE_SHM_BLOCK_RECORD);
        if (!got) {
            got = widen(room, size, behind);
        }
    }
    return got;
}

/* ---- room in the index ------------------------------------------------------------------------------- */

bool native_shm_evict_slot(struct native_shm_room *room, uint32_t hash,
                           struct native_shm_place *victim)
{
    struct native_shm_shard *shard = room->shard;
    struct native_shm_place place = {.bucket = native_shm_index_home(room->segment, shard, hash)};
    bool found = false, fresh = false;

    for (; place.bucket; place.bucket = native_shm_bucket_next(room->segment, place.bucket)) {
        for (place.index = 0; place.index < NATIVE_SHM_BUCKET_SLOTS; place.index++) {
            if (fresh || room->steps >= NATIVE_SHM_EVICT_STEPS_MAX) {
                break;
            }
            step(room);
            place.word =
                atomic_load_explicit(&place.bucket->slots[place.index], memory_order_relaxed);
            if (!NATIVE_SHM_SLOT_REF(place.word)) {
                *victim = place;
                return true;
            }
            if (!native_shm_place_load(room->segment, &place)) {
                shard->suspect = 1;
                return false;
            }
            /* The first that nobody has read since the hand passed; else the last. */
            if (may_go(room, &place)) {
                *victim = place;
                found = true;
                fresh = !native_shm_visited(place.bucket, place.index);
            }
        }
        if (fresh || room->steps >= NATIVE_SHM_EVICT_STEPS_MAX) {
            break;
        }
    }
    if (found) {
        evict(room, victim);
        victim->word =
            atomic_load_explicit(&victim->bucket->slots[victim->index], memory_order_relaxed);
    }
    return found;
}

static bool evict_block(void *context, uint32_t ref, uint32_t kind)
{
    struct native_shm_room *room = context;
    struct native_shm_place place;

    (void)kind;
    if (room->steps >= EXTENT_STEPS) {
        return false;
    }
    step(room);
    if (!owner(room, ref, &place)) {
        room->shard->emptied = 0; /* something there has to stay: another one */
        return false;
    }
    evict(room, &place);
    NATIVE_SHM_FAULT(evict_extent_one);
    return true;
}

void native_shm_evict_extent(struct native_shm_room *room)
{
    struct native_shm_shard *shard = room->shard;
    uint32_t mine = NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_HEAP, shard->heap.number);
    uint32_t number = shard->emptied - 1, at;

    if (shard->heap.extents < 2) {
        return; /* it would be given back, and asked for again */
    }
    if (number >= room->segment->extents ||
        atomic_load_explicit(&room->segment->map[number], memory_order_relaxed) != mine) {
        /* Where the next victim is: what would go soon anyway. */
        at = shard->hand ? shard->hand : shard->oldest;
        if (!at || !native_shm_record_at(room->segment, at, sizeof(struct native_shm_record))) {
            return;
        }
        number = native_shm_extent_of(room->segment, at);
        shard->emptied = number + 1;
    }
    native_shm_heap_walk(room->segment, &shard->heap, number, evict_block, room);
}
