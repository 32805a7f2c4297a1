/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* entry.c - one entry under its shard's lock: publish, remove, and the queue that eviction follows.
 *
 * The order is always: the slot first (what readers see and repair believes), then everything derived from it. */
#include "shard.h"

enum native_shm_status native_shm_shard_take(struct native_shm_segment *segment,
                                             struct native_shm_shard *shard)
{
    enum native_shm_status status =
        native_shm_lock_take(segment, &shard->lock, NATIVE_SHM_LOCK_WAIT_MS);

    if (status == NATIVE_SHM_OK) {
        return NATIVE_SHM_OK;
    }
    if (status == NATIVE_SHM_ABANDONED) {
        native_shm_repair(segment, shard);
        return NATIVE_SHM_OK;
    }
    return NATIVE_SHM_BUSY;
}

void native_shm_shard_give(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    if (shard->suspect) {
        native_shm_repair(segment, shard);
    }
    native_shm_lock_give(&shard->lock);
}

/* ---- the queue -------------------------------------------------------------------------------------- */

static struct native_shm_record *record(struct native_shm_segment *segment, uint32_t ref)
{
    return ref ? native_shm_record_at(segment, ref, sizeof(struct native_shm_record)) : NULL;
}

/* Pinned entries are in no queue: the hand would meet all of them, each time round. */
static bool queued(const struct native_shm_record *record)
{
    return !(record->bits & NATIVE_SHM_RECORD_PINNED);
}

/* What is newer than a record, or the shard's oldest: the place that points to what comes after it. */
static void link_older(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       uint32_t at, uint32_t older)
{
    struct native_shm_record *found = record(segment, at);

    if (!at) {
        shard->newest = older;
    } else if (found) {
        found->older = older;
    } else {
        shard->suspect = 1;
    }
}

static void link_newer(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       uint32_t at, uint32_t newer)
{
    struct native_shm_record *found = record(segment, at);

    if (!at) {
        shard->oldest = newer;
    } else if (found) {
        found->newer = newer;
    } else {
        shard->suspect = 1;
    }
}

void native_shm_queue_push(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           uint32_t ref)
{
    struct native_shm_record *added = record(segment, ref);

    if (!added) {
        shard->suspect = 1;
        return;
    }
    added->newer = added->older = 0;
    if (!queued(added)) {
        return;
    }
    added->older = shard->newest;
    link_newer(segment, shard, shard->newest, ref);
    NATIVE_SHM_FAULT(entry_queue_half);
    shard->newest = ref;
}

static void queue_remove(struct native_shm_segment *segment, struct native_shm_shard *shard,
                         uint32_t ref, const struct native_shm_record *removed)
{
    if (!queued(removed)) {
        return;
    }
    if (shard->hand == ref) {
        shard->hand = removed->newer;
    }
    link_older(segment, shard, removed->newer, removed->older);
    NATIVE_SHM_FAULT(entry_unlink_half);
    link_newer(segment, shard, removed->older, removed->newer);
}

/* `added` takes the place of `removed`. */
static void queue_replace(struct native_shm_segment *segment, struct native_shm_shard *shard,
                          uint32_t removed_ref, const struct native_shm_record *removed,
                          uint32_t added_ref, struct native_shm_record *added)
{
    if (!queued(removed) || !queued(added)) {
        queue_remove(segment, shard, removed_ref, removed);
        native_shm_queue_push(segment, shard, added_ref);
        return;
    }
    added->newer = removed->newer;
    added->older = removed->older;
    link_older(segment, shard, removed->newer, added_ref);
    NATIVE_SHM_FAULT(entry_replace_half);
    link_newer(segment, shard, removed->older, added_ref);
    if (shard->hand == removed_ref) {
        shard->hand = added_ref;
    }
}

/* ---- publishing and removing ------------------------------------------------------------------------ */

static void give_block(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       uint32_t ref)
{
    if (!native_shm_heap_give(segment, &shard->heap, ref)) {
        shard->suspect = 1;
    }
}

void native_shm_record_free(struct native_shm_segment *segment, struct native_shm_shard *shard,
                            uint32_t ref)
{
    struct native_shm_place place = {.word = ref};
    struct native_shm_more more;
    uint32_t next = 0, hops = 0;

    if (native_shm_place_load(segment, &place) && place.fields.pieces) {
        memcpy(&more,
               (unsigned char *)place.record + native_shm_value_at(&place.fields) - sizeof more,
               sizeof more);
        next = more.piece;
    }
    give_block(segment, shard, ref);
    NATIVE_SHM_FAULT(entry_record_freed);
    for (; next; hops++) {
        struct native_shm_piece *piece = native_shm_piece_at(segment, next, 0);
        uint32_t this = next;
        if (!piece || piece->record != ref || hops > segment->size / 32) {
            shard->suspect = 1;
            return;
        }
        next = piece->next;
        give_block(segment, shard, this);
        NATIVE_SHM_FAULT(entry_piece_freed);
    }
}

static uint64_t payload_bytes(const struct native_shm_fields *fields)
{
    return (uint64_t)fields->key_len + fields->value_len;
}

static uint32_t soonest(uint32_t known, uint32_t expires)
{
    return !known || (int32_t)(expires - known) < 0 ? expires : known;
}

static void track_new(const struct native_shm_segment *segment, struct native_shm_place *place,
                      uint32_t stored)
{
    if (segment->flags & NATIVE_SHM_TRACK) {
        struct native_shm_bucket_meta *meta = native_shm_meta(place->bucket);
        atomic_store_explicit(&meta->access[place->index], stored, memory_order_relaxed);
        atomic_store_explicit(&meta->hits[place->index], 0, memory_order_relaxed);
    }
}

void native_shm_entry_publish(struct native_shm_segment *segment, struct native_shm_shard *shard,
                              struct native_shm_place *place, uint32_t ref)
{
    struct native_shm_record *added = record(segment, ref);
    struct native_shm_fields fields = native_shm_fields_read(added);
    uint32_t old = NATIVE_SHM_SLOT_REF(place->word);
    uint64_t hash_tag = place->word >> 32 & 0xff;

    track_new(segment, place, fields.stored);
    NATIVE_SHM_FAULT(entry_before_slot);
    native_shm_slot_set(place->bucket, place->index,
                        NATIVE_SHM_SLOT(ref, hash_tag, NATIVE_SHM_SLOT_VERSION(place->word) + 1));
    NATIVE_SHM_FAULT(entry_after_slot);
    if (fields.expires) {
        shard->soonest = soonest(shard->soonest, fields.expires);
        shard->sweep_soonest = soonest(shard->sweep_soonest, fields.expires);
    }
    shard->value_bytes += payload_bytes(&fields);
    if (!old) {
        native_shm_unvisit(place->bucket, place->index);
        native_shm_queue_push(segment, shard, ref);
        shard->entries++;
        return;
    }
    /* Stored again is used again: it keeps its place in the queue. */
    native_shm_visit(place->bucket, place->index);
    queue_replace(segment, shard, old, place->record, ref, added);
    shard->value_bytes -= payload_bytes(&place->fields);
    if (place->fields.format == NATIVE_SHM_FORMAT_LEASE) {
        native_shm_lease_ended(shard);
    }
    NATIVE_SHM_FAULT(entry_before_free);
    native_shm_record_free(segment, shard, old);
}

void native_shm_entry_remove(struct native_shm_segment *segment, struct native_shm_shard *shard,
                             struct native_shm_place *place)
{
    uint32_t ref = NATIVE_SHM_SLOT_REF(place->word);

    native_shm_slot_clear(place->bucket, place->index);
    NATIVE_SHM_FAULT(entry_slot_cleared);
    if (place->fields.format == NATIVE_SHM_FORMAT_LEASE) {
        native_shm_lease_ended(shard);
    }
    queue_remove(segment, shard, ref, place->record);
    shard->entries--;
    shard->value_bytes -= payload_bytes(&place->fields);
    NATIVE_SHM_FAULT(entry_before_remove_free);
    native_shm_record_free(segment, shard, ref);
}
