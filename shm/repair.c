/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* repair.c - everything derived in a shard, made anew from what is never torn: extent map, block heads, slots, records.
 *
 *   1 every used block of the shard gets the mark "not reached"
 *   2 each slot of the index whose record is whole, unreached and in the right bucket keeps it: the record's and its
 *     pieces' marks are taken off, the entry joins the queue and the counts; any other slot is cleared
 *   3 the heap is made anew: what still has a mark is freed, but for what a living participant holds
 *   4 overflow buckets that no chain reached are unused ones
 *
 * Whoever dies in here leaves the lock abandoned, and the next one begins at 1. Readers go on meanwhile. */
#include "shard.h"

#include <time.h>

enum { ROUNDS = 3 };
#define REACHED 0x80000000u /* in an overflow bucket's visited word, while we are here */

struct repair {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    uint32_t number;
    uint32_t held;
    uint32_t asked; /* the id that was last asked after, and the answer */
    bool lives;
};

/* ---- blocks ----------------------------------------------------------------------------------------- */

static struct native_shm_block *block_at(const struct native_shm_segment *segment, uint32_t ref)
{
    return native_shm_at(segment, ref, sizeof(struct native_shm_block));
}

static bool mark_block(void *context, uint32_t ref, uint32_t kind)
{
    struct repair *repair = context;
    struct native_shm_block *block = block_at(repair->segment, ref);

    (void)kind;
    if (block) {
        atomic_fetch_or_explicit(&block->head, NATIVE_SHM_BLOCK_MARK, memory_order_relaxed);
        NATIVE_SHM_FAULT(repair_marked);
    }
    return true;
}

static bool is_unreached(const struct repair *repair, uint32_t ref, enum native_shm_block_kind kind,
                         uint64_t *size)
{
    return native_shm_heap_is(repair->segment, &repair->shard->heap, ref, kind, size) &&
           atomic_load_explicit(&block_at(repair->segment, ref)->head, memory_order_relaxed) &
               NATIVE_SHM_BLOCK_MARK;
}

static void set_reached(const struct repair *repair, uint32_t ref, bool reached)
{
    struct native_shm_block *block = block_at(repair->segment, ref);
    uint32_t head = atomic_load_explicit(&block->head, memory_order_relaxed);

    head = reached ? head & ~(uint32_t)NATIVE_SHM_BLOCK_MARK : head | NATIVE_SHM_BLOCK_MARK;
    atomic_store_explicit(&block->head, head, memory_order_relaxed);
}

/* Whether the participant that holds a block lives and says that it holds blocks here. */
static bool holder_lives(struct repair *repair, uint32_t id)
{
    struct native_shm_segment *segment = repair->segment;
    uint32_t slot = NATIVE_SHM_ID_SLOT(id);

    if (id != repair->asked) {
        repair->asked = id;
        repair->lives = id && slot < segment->participants &&
                        atomic_load_explicit(&segment->slots[slot].holding, memory_order_relaxed) ==
                            repair->number + 1 &&
                        native_shm_alive(segment, id);
    }
    return repair->lives;
}

static bool free_unreached(void *context, uint32_t ref, uint32_t kind)
{
    struct repair *repair = context;
    uint32_t *first = native_shm_payload(repair->segment, ref, sizeof *first);

    if (!(kind & NATIVE_SHM_BLOCK_MARK)) {
        return false;
    }
    if (NATIVE_SHM_BLOCK_KIND(kind) == NATIVE_SHM_BLOCK_HELD && first &&
        holder_lives(repair, *first)) {
        repair->held++;
        return false;
    }
    return true;
}

/* ---- pieces ----------------------------------------------------------------------------------------- */

/* Reach the pieces of a record; what is wrong is undone. */
static bool reach_pieces(const struct repair *repair, uint32_t ref, uint32_t first, uint64_t bytes)
{
    uint32_t at = first, last = first;
    uint64_t left = bytes, size;

    while (at) {
        if (!is_unreached(repair, at, NATIVE_SHM_BLOCK_PIECE, &size)) {
            break;
        }
        struct native_shm_piece *piece = native_shm_piece_at(repair->segment, at, 0);
        if (piece->record != ref || !piece->len || piece->len > left ||
            piece->len + sizeof *piece > size) {
            break;
        }
        set_reached(repair, at, true);
        NATIVE_SHM_FAULT(repair_piece);
        left -= piece->len;
        at = piece->next;
        last = at;
    }
    if (!at && !left) {
        return true;
    }
    for (at = first; at != last;) {
        set_reached(repair, at, false);
        at = native_shm_piece_at(repair->segment, at, 0)->next;
    }
    return false;
}

/* Whether slot, record and key agree, and the key belongs to this shard and bucket. */
static bool key_fits(const struct repair *repair, const struct native_shm_place *place,
                     uint32_t number, uint32_t buckets)
{
    uint64_t hash =
        native_shm_hash(repair->segment, native_shm_record_key(place->record, &place->fields),
                        place->fields.key_len, 0);

    return native_shm_tag(hash) == NATIVE_SHM_SLOT_TAG(place->word) &&
           native_shm_shard_of(repair->segment, hash) == repair->shard &&
           native_shm_bucket_number((uint32_t)hash, buckets) == number;
}

/* Reach all of an entry, if it is whole. */
static bool reach_entry(const struct repair *repair, struct native_shm_place *place,
                        uint32_t number, uint32_t buckets)
{
    uint32_t ref = NATIVE_SHM_SLOT_REF(place->word);
    struct native_shm_more more = {0, 0};
    uint64_t size, value_at;

    if (!is_unreached(repair, ref, NATIVE_SHM_BLOCK_RECORD, &size) ||
        !native_shm_place_load(repair->segment, place) ||
        place->fields.key_len > NATIVE_SHM_KEY_MAX || !key_fits(repair, place, number, buckets)) {
        return false;
    }
    value_at = native_shm_value_at(&place->fields);
    more.here = place->fields.value_len;
    if (place->fields.pieces) {
        memcpy(&more, (unsigned char *)place->record + value_at - sizeof more, sizeof more);
    }
    if (value_at + more.here > size ||
        (place->fields.pieces && (more.here < 8 || more.here >= place->fields.value_len))) {
        return false;
    }
    if (place->fields.pieces &&
        !reach_pieces(repair, ref, more.piece, place->fields.value_len - more.here)) {
        return false;
    }
    set_reached(repair, ref, true);
    NATIVE_SHM_FAULT(repair_reached);
    return true;
}

/* ---- the index -------------------------------------------------------------------------------------- */

/* The directory names this shard's slabs of main buckets, each once, without a gap; those that it lost come back. */
static uint32_t mend_directory(const struct repair *repair)
{
    const struct native_shm_segment *segment = repair->segment;
    uint32_t mine = native_shm_slab_word(repair->number, 0), count = 0, next = 0;
    uint8_t named[NATIVE_SHM_MAX_EXTENTS * 8] = {0}; /* a bit for each slab: 64 an extent at most */
    _Atomic uint32_t *directory = repair->shard->directory;

    for (uint32_t i = 0; i < NATIVE_SHM_SHARD_DIRECTORY; i++) {
        uint32_t slab = atomic_load_explicit(&directory[i], memory_order_relaxed) - 1;
        if (native_shm_slab_is(segment, slab, mine) && !(named[slab / 8] >> slab % 8 & 1)) {
            named[slab / 8] |= (uint8_t)(1u << slab % 8);
        } else {
            atomic_store_explicit(&directory[i], 0, memory_order_relaxed);
        }
    }
    for (uint32_t i = 0; i < NATIVE_SHM_SHARD_DIRECTORY; i++) {
        if (!atomic_load_explicit(&directory[i], memory_order_relaxed)) {
            next = native_shm_slab_next(segment, next, mine);
            while (next != UINT32_MAX && named[next / 8] >> next % 8 & 1) {
                next = native_shm_slab_next(segment, next + 1, mine);
            }
            if (next == UINT32_MAX) {
                break;
            }
            atomic_store_explicit(&directory[i], ++next, memory_order_release);
            NATIVE_SHM_FAULT(repair_slab_back);
        }
        count = i + 1;
    }
    /* After a gap that could not be filled nothing is named. */
    for (uint32_t i = count; i < NATIVE_SHM_SHARD_DIRECTORY; i++) {
        atomic_store_explicit(&directory[i], 0, memory_order_relaxed);
    }
    return count;
}

/* Call `each` for every overflow bucket that this shard has, in use or not. */
static void each_overflow(struct repair *repair,
                          void (*each)(struct repair *repair, struct native_shm_bucket *bucket))
{
    struct native_shm_segment *segment = repair->segment;
    uint32_t mine = native_shm_slab_word(repair->number, NATIVE_SHM_SLAB_OVERFLOW), slab = 0;

    while ((slab = native_shm_slab_next(segment, slab, mine)) != UINT32_MAX) {
        unsigned char *at = native_shm_slab_at(segment, slab++),
                      *end = at + ((size_t)1 << segment->slab_shift);
        for (; at < end; at += native_shm_bucket_step(segment)) {
            each(repair, (struct native_shm_bucket *)(void *)at);
        }
    }
}

static void unreach_overflow(struct repair *repair, struct native_shm_bucket *bucket)
{
    (void)repair;
    if (atomic_load_explicit(&bucket->visited, memory_order_relaxed) & REACHED) {
        atomic_fetch_and_explicit(&bucket->visited, ~REACHED, memory_order_relaxed);
    }
}

/* Those that no chain reached are unused. */
static void mend_overflow(struct repair *repair, struct native_shm_bucket *bucket)
{
    if (atomic_load_explicit(&bucket->visited, memory_order_relaxed) & REACHED) {
        atomic_fetch_and_explicit(&bucket->visited, ~REACHED, memory_order_relaxed);
        return;
    }
    native_shm_bucket_reset(repair->segment, bucket);
    native_shm_bucket_spare(repair->segment, repair->shard, bucket);
    NATIVE_SHM_FAULT(repair_overflow_spare);
}

/* Whether a bucket's place is in a slab of overflow buckets of this shard. */
static bool is_overflow(const struct repair *repair, const struct native_shm_bucket *bucket)
{
    const struct native_shm_segment *segment = repair->segment;
    uint64_t offset = (uint64_t)((const unsigned char *)bucket - segment->base);

    return native_shm_slab_is(segment,
                              (uint32_t)((offset - segment->extents_at) >> segment->slab_shift),
                              native_shm_slab_word(repair->number, NATIVE_SHM_SLAB_OVERFLOW));
}

static void count_entry(const struct repair *repair, const struct native_shm_place *place)
{
    struct native_shm_shard *shard = repair->shard;

    native_shm_queue_push(repair->segment, shard, NATIVE_SHM_SLOT_REF(place->word));
    shard->entries++;
    shard->value_bytes += (uint64_t)place->fields.key_len + place->fields.value_len;
    if (place->fields.expires) {
        shard->soonest = place->fields.expires; /* the sweep finds out which is */
    }
}

static void mend_bucket(const struct repair *repair, struct native_shm_bucket *bucket,
                        uint32_t number, uint32_t buckets)
{
    struct native_shm_place place = {.bucket = bucket};

    for (place.index = 0; place.index < NATIVE_SHM_BUCKET_SLOTS; place.index++) {
        place.word = atomic_load_explicit(&bucket->slots[place.index], memory_order_relaxed);
        if (!NATIVE_SHM_SLOT_REF(place.word)) {
            continue;
        }
        if (reach_entry(repair, &place, number, buckets)) {
            count_entry(repair, &place);
        } else {
            native_shm_slot_clear(bucket, place.index);
            NATIVE_SHM_FAULT(repair_slot_cleared);
        }
    }
}

/* The next bucket of a chain, reached now; NULL at its end, which it gets if what follows is none of ours or was
 * reached before. */
static struct native_shm_bucket *mend_next(const struct repair *repair,
                                           struct native_shm_bucket *bucket)
{
    struct native_shm_bucket *next = native_shm_bucket_next(repair->segment, bucket);

    if (!next || !is_overflow(repair, next) ||
        atomic_load_explicit(&next->visited, memory_order_relaxed) & REACHED) {
        atomic_store_explicit(&bucket->next, 0, memory_order_release);
        return NULL;
    }
    atomic_fetch_or_explicit(&next->visited, REACHED, memory_order_relaxed);
    NATIVE_SHM_FAULT(repair_overflow_reached);
    return next;
}

static void mend_index(struct repair *repair)
{
    struct native_shm_shard *shard = repair->shard;
    uint32_t most = mend_directory(repair) << repair->segment->slab_buckets;
    uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);
    struct native_shm_bucket *bucket;

    if (buckets > most) {
        buckets = most;
        atomic_store_explicit(&shard->buckets, buckets, memory_order_release);
    }
    each_overflow(repair, unreach_overflow);
    for (uint32_t i = 0; i < buckets; i++) {
        bucket = native_shm_bucket_at(repair->segment, shard, i);
        for (; bucket; bucket = mend_next(repair, bucket)) {
            mend_bucket(repair, bucket, i, buckets);
        }
    }
}

/* ---- all of it -------------------------------------------------------------------------------------- */

/* Returns how many extents had a chain of blocks that made no sense. */
static uint32_t repair_once(struct repair *repair)
{
    struct native_shm_shard *shard = repair->shard;
    struct native_shm_segment *segment = repair->segment;
    uint32_t damaged;

    shard->suspect = 0;
    shard->number = repair->number;
    shard->heap.number = repair->number;
    shard->newest = shard->oldest = shard->hand = 0;
    shard->entries = shard->sweep = shard->soonest = shard->sweep_soonest = 0;
    shard->value_bytes = 0;
    shard->starving = shard->emptied = 0;
    shard->free_buckets = shard->fresh = shard->fresh_end = 0;
    repair->held = repair->asked = 0;
    native_shm_slab_reclaim(segment, repair->number);
    for (uint32_t i = 0; i < segment->extents; i++) {
        native_shm_heap_walk(segment, &shard->heap, i, mark_block, repair);
    }
    NATIVE_SHM_FAULT(repair_all_marked);
    mend_index(repair);
    NATIVE_SHM_FAULT(repair_index_done);
    damaged = native_shm_heap_rebuild(segment, &shard->heap, free_unreached, repair);
    NATIVE_SHM_FAULT(repair_heap_done);
    each_overflow(repair, mend_overflow);
    shard->held = repair->held;
    return damaged;
}

void native_shm_repair(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    struct repair repair = {
        .segment = segment,
        .shard = shard,
        .number = native_shm_shard_number(segment, shard),
    };

    /* Slots are cleared below: who finds nothing looks again. */
    native_shm_tell_moved(shard);
    for (int round = 0; round < ROUNDS && repair_once(&repair); round++) {
        /* Entries in what was lost are still in the index: once more, with a heap that is whole. */
    }
    native_shm_tell_moved(shard);
    shard->suspect = 0;
    shard->repaired = (uint32_t)time(NULL);
}

/* Whether blocks of this shard are held by nobody who lives. */
static bool held_by_dead(struct native_shm_segment *segment, uint32_t number)
{
    bool living = false, dead = false;

    for (uint32_t i = 0; i < segment->participants; i++) {
        struct native_shm_participant *slot = &segment->slots[i];
        if (atomic_load_explicit(&slot->holding, memory_order_relaxed) == number + 1) {
            uint32_t id = atomic_load_explicit(&slot->id, memory_order_relaxed);
            *(id && native_shm_alive(segment, id) ? &living : &dead) = true;
        }
    }
    return dead || !living;
}

bool native_shm_repair_held(struct native_shm_segment *segment, struct native_shm_shard *shard,
                            bool at_once)
{
    uint32_t now = (uint32_t)time(NULL);

    if (!shard->held || (shard->repaired == now && !at_once)) {
        return false;
    }
    shard->repaired = now;
    if (!held_by_dead(segment, native_shm_shard_number(segment, shard))) {
        return false;
    }
    native_shm_repair(segment, shard);
    return true;
}
