/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pieces.c - values that do not fit into one block: the record has the first bytes, a chain of pieces the rest.
 *
 *   slot -> RECORD | fields | key | piece ref, here | first bytes |
 *                                      '-> PIECE | next, record, len | bytes | -> PIECE ... -> 0
 *
 * Storing: blocks are taken in several short holds of the lock and are HELD by us: the first word of each is our id, and
 * participant.holding says in which shard. They are written outside the lock. A last hold makes them a RECORD and its
 * PIECEs and publishes the slot. Killed before, they are freed by repair, since their holder is dead.
 * While HELD, pieces are linked already (next, record), so that giving up can find them. */
#include "shard.h"

enum {
    HERE = 64,       /* bytes of the value in the record */
    HOLD_PIECES = 8, /* taken in one hold of the lock */
    LEAST = 512,     /* bytes of the smallest piece worth having */
    GIVE_BITE = 64,
    MORE = NATIVE_SHM_STATUS_COUNT, /* a status of ours */
};

struct large {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    const struct native_shm_put *put;
    struct native_shm_fields fields;
    uint32_t record; /* ref */
    uint32_t here;
    uint32_t first; /* refs of the pieces */
    uint32_t last;
    uint32_t fill;  /* the first that is not written yet */
    uint64_t taken; /* bytes of the value that have a place */
    uint64_t written;
    int tries;
    struct native_shm_room room; /* of this hold of the lock */
};

/* ---- reading ---------------------------------------------------------------------------------------- */

bool native_shm_pieces_read(const struct native_shm_segment *segment,
                            const struct native_shm_record *record,
                            const struct native_shm_fields *fields, unsigned char *to)
{
    uint64_t value_at = native_shm_value_at(fields), left = fields->value_len;
    struct native_shm_more more;
    uint32_t ref = native_shm_ref(segment, record);

    if (!native_shm_record_at(segment, ref, value_at)) {
        return false;
    }
    native_shm_racy_copy(&more, (const unsigned char *)record + value_at - sizeof more,
                         sizeof more);
    if (more.here > left || !native_shm_record_at(segment, ref, value_at + more.here)) {
        return false;
    }
    native_shm_racy_copy(to, (const unsigned char *)record + value_at, more.here);
    to += more.here;
    left -= more.here;
    for (uint32_t at = more.piece; left;) {
        struct native_shm_piece *piece = native_shm_piece_at(segment, at, 0);
        uint32_t len = piece ? native_shm_racy_32(&piece->len) : 0;
        if (!len || len > left || !native_shm_piece_at(segment, at, len)) {
            return false;
        }
        at = native_shm_racy_32(&piece->next);
        native_shm_racy_copy(to, piece + 1, len);
        to += len;
        left -= len;
    }
    return true;
}

/* ---- taking ----------------------------------------------------------------------------------------- */

/* A RECORD block that nothing points to becomes one that we hold. */
static bool hold(struct large *large, uint32_t ref)
{
    uint32_t *first = native_shm_payload(large->segment, ref, sizeof(struct native_shm_piece));

    if (!first) {
        return false;
    }
    *first = large->segment->id;
    NATIVE_SHM_FAULT(pieces_id_written);
    native_shm_heap_set_kind(large->segment, ref, NATIVE_SHM_BLOCK_HELD);
    NATIVE_SHM_FAULT(pieces_held);
    large->shard->held++;
    return true;
}

static bool take_record(struct large *large)
{
    uint64_t size = native_shm_record_size(&large->fields, large->here);
    uint32_t ref = native_shm_evict_take(&large->room, size);

    if (!ref || !hold(large, ref)) {
        return false;
    }
    large->record = ref;
    large->taken = large->here;
    return true;
}

/* A block for a piece: as large as there is; by eviction only when little is missing. */
static uint32_t take_block(struct large *large, uint64_t left, uint64_t *got)
{
    struct native_shm_heap *heap = &large->shard->heap;
    uint64_t head = sizeof(struct native_shm_piece);
    uint64_t most = large->segment->extent_size - sizeof(struct native_shm_block) - head;
    uint64_t want = left < most ? left : most, least = left > most    ? most / 4
                                                       : left < LEAST ? left
                                                                      : LEAST;
    uint32_t ref = native_shm_heap_take_some(large->segment, heap, want + head, least + head,
                                             NATIVE_SHM_BLOCK_RECORD, got);

    if (ref || want > most / 2) {
        return ref;
    }
    *got = (want < 4 * LEAST ? want : 4 * LEAST) + head;
    return native_shm_evict_take(&large->room, *got);
}

static bool take_piece(struct large *large)
{
    uint64_t left = large->fields.value_len - large->taken, got;
    uint32_t ref = take_block(large, left, &got);
    struct native_shm_piece *piece;

    if (!ref || !hold(large, ref)) {
        return false;
    }
    piece = native_shm_piece_at(large->segment, ref, 0);
    got -= sizeof *piece;
    piece->next = 0;
    piece->record = large->record;
    piece->len = (uint32_t)(got < left ? got : left);
    if (large->last) {
        native_shm_piece_at(large->segment, large->last, 0)->next = ref;
    } else {
        large->first = ref;
    }
    large->last = ref;
    large->fill = large->fill ? large->fill : ref;
    large->taken += piece->len;
    return true;
}

/* One hold of the lock: some blocks. Returns OK (all of the value has a place), MORE, FULL, or what the put says. */
static unsigned take_some(struct large *large)
{
    struct native_shm_place place;
    enum native_shm_status status;
    bool there;

    if (large->shard->held) {
        native_shm_repair_held(large->segment, large->shard, false);
    }
    status = native_shm_put_check(large->segment, large->shard, large->put, &place, &there);
    if (status) {
        return status;
    }
    /* What is to be replaced must not go to make room for what replaces it. */
    if (there && native_shm_put_keep(large->put)) {
        large->room.keep = NATIVE_SHM_SLOT_REF(place.word);
    }
    if (!large->record && !take_record(large)) {
        return NATIVE_SHM_FULL;
    }
    for (int i = 0; large->taken < large->fields.value_len; i++) {
        if (i == HOLD_PIECES) {
            return MORE;
        }
        if (!take_piece(large)) {
            return NATIVE_SHM_FULL;
        }
    }
    return NATIVE_SHM_OK;
}

/* ---- writing ---------------------------------------------------------------------------------------- */

/* What has been taken and not been written yet; no lock. */
static void fill(struct large *large)
{
    const unsigned char *from = large->put->value->bytes;
    struct native_shm_piece *piece;

    /* Who still reads what was here before has to see that its slot has changed. */
    atomic_thread_fence(memory_order_release);
    if (!large->written && large->record) { /* not even the record may have found room yet */
        large->written = large->here;
    }
    for (uint32_t at = large->fill; at; at = piece->next) {
        piece = native_shm_piece_at(large->segment, at, 0);
        if (!piece || !native_shm_piece_at(large->segment, at, piece->len) ||
            piece->len > large->fields.value_len - large->written) {
            return; /* somebody damages the segment */
        }
        memcpy(piece + 1, from + large->written, piece->len);
        NATIVE_SHM_FAULT(pieces_filled);
        large->written += piece->len;
    }
    large->fill = 0;
}

/* All is written: make it an entry. The lock is held. */
static enum native_shm_status publish(struct large *large)
{
    struct native_shm_segment *segment = large->segment;
    struct native_shm_more more = {large->first, large->here};
    uint64_t value_at = native_shm_value_at(&large->fields);
    struct native_shm_record *record =
        native_shm_record_at(segment, large->record, value_at + large->here);
    struct native_shm_place place;
    uint32_t count = 0, next;
    enum native_shm_status status = native_shm_put_place(&large->room, large->put, &place);

    if (status) {
        return status;
    }
    /* A piece that is none any more: the shard was repaired while we were thought dead, or is damaged. */
    if (!record) {
        large->tries = 0;
        return NATIVE_SHM_FULL;
    }
    for (uint32_t at = large->first; at; at = next, count++) {
        if (!native_shm_heap_is(segment, &large->shard->heap, at, NATIVE_SHM_BLOCK_HELD, NULL)) {
            large->tries = 0;
            return NATIVE_SHM_FULL;
        }
        native_shm_heap_set_kind(segment, at, NATIVE_SHM_BLOCK_PIECE);
        NATIVE_SHM_FAULT(pieces_kind_set);
        next = native_shm_piece_at(segment, at, 0)->next;
    }
    native_shm_put_fill(record, large->put, &large->fields);
    memcpy((unsigned char *)record + value_at - sizeof more, &more, sizeof more);
    memcpy((unsigned char *)record + value_at, large->put->value->bytes, large->here);
    NATIVE_SHM_FAULT(pieces_record_written);
    native_shm_heap_set_kind(segment, large->record, NATIVE_SHM_BLOCK_RECORD);
    NATIVE_SHM_FAULT(pieces_record_kind);
    native_shm_entry_publish(segment, large->shard, &place, large->record);
    large->shard->held -= count + 1 <= large->shard->held ? count + 1 : large->shard->held;
    native_shm_count(segment, NATIVE_SHM_STORES);
    return NATIVE_SHM_OK;
}

/* Give back what we hold, in bites. If the lock is not to be had, repair will do it: we hold nothing any more. */
static void give_up(struct large *large)
{
    uint32_t at = large->record, next = large->first;

    while (at) {
        if (native_shm_shard_take(large->segment, large->shard)) {
            break;
        }
        for (int i = 0; at && i < GIVE_BITE; i++) {
            bool ours = native_shm_heap_is(large->segment, &large->shard->heap, at,
                                           NATIVE_SHM_BLOCK_HELD, NULL) ||
                        native_shm_heap_is(large->segment, &large->shard->heap, at,
                                           NATIVE_SHM_BLOCK_PIECE, NULL);
            struct native_shm_piece *piece =
                next ? native_shm_piece_at(large->segment, next, 0) : NULL;
            if (!ours || !native_shm_heap_give(large->segment, &large->shard->heap, at)) {
                large->shard->suspect = 1;
                piece = NULL;
            }
            large->shard->held -= large->shard->held != 0;
            NATIVE_SHM_FAULT(pieces_given);
            at = piece ? next : 0;
            next = piece ? piece->next : 0;
        }
        native_shm_shard_give(large->segment, large->shard);
    }
}

/* ---- all of it -------------------------------------------------------------------------------------- */

static enum native_shm_status store(struct large *large)
{
    for (;;) {
        bool complete = large->written == large->fields.value_len;
        unsigned status;
        if (native_shm_shard_take(large->segment, large->shard)) {
            return NATIVE_SHM_BUSY;
        }
        large->room = (struct native_shm_room){.segment = large->segment, .shard = large->shard};
        status = complete ? publish(large) : take_some(large);
        native_shm_shard_give(large->segment, large->shard);
        if (status && status != NATIVE_SHM_FULL && status != MORE) {
            return (enum native_shm_status)status;
        }
        if (complete && !status) {
            return NATIVE_SHM_OK;
        }
        fill(large);
        if (large->written != large->taken) {
            return NATIVE_SHM_FULL; /* somebody damages the segment */
        }
        if (status == NATIVE_SHM_FULL &&
            (large->tries-- <= 0 ||
             !native_shm_drain(large->segment, native_shm_put_keep(large->put)))) {
            return NATIVE_SHM_FULL;
        }
    }
}

enum native_shm_status native_shm_pieces_store(struct native_shm_segment *segment,
                                               const struct native_shm_put *put)
{
    struct large large = {
        .segment = segment,
        .shard = native_shm_shard_of(segment, put->key->hash),
        .put = put,
        .fields = native_shm_put_fields(segment, put, true),
        .here = put->value->len / 2 < HERE ? (uint32_t)(put->value->len / 2) : (uint32_t)HERE,
    };
    enum native_shm_status status;

    /* Extents that others take meanwhile, and those that a heap keeps: twice what is needed, and some. */
    large.tries = (int)(2 * put->value->len / segment->extent_size) + 16;
    atomic_store_explicit(&segment->slot->holding,
                          native_shm_shard_number(segment, large.shard) + 1, memory_order_relaxed);
    status = store(&large);
    if (status) {
        give_up(&large);
    }
    atomic_store_explicit(&segment->slot->holding, 0, memory_order_relaxed);
    return status;
}
