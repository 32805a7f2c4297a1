/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* check.c - whether all that is derived in a shard is what it would be made anew. Slow: for tests and for doubt. */
#include "shard.h"

struct sums {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    uint32_t entries, queued, records, pieces, held;
    uint32_t pieces_wanted;
    uint64_t value_bytes;
};

static bool count_block(void *context, uint32_t ref, uint32_t kind)
{
    struct sums *sums = context;

    (void)ref;
    sums->records += kind == NATIVE_SHM_BLOCK_RECORD;
    sums->pieces += kind == NATIVE_SHM_BLOCK_PIECE;
    sums->held += kind == NATIVE_SHM_BLOCK_HELD;
    return true;
}

static const char *check_pieces(struct sums *sums, const struct native_shm_place *place)
{
    struct native_shm_more more;
    uint64_t value_at = native_shm_value_at(&place->fields), left;

    memcpy(&more, (unsigned char *)place->record + value_at - sizeof more, sizeof more);
    left = place->fields.value_len - more.here;
    for (uint32_t at = more.piece; at;) {
        uint64_t size;
        if (!native_shm_heap_is(sums->segment, &sums->shard->heap, at, NATIVE_SHM_BLOCK_PIECE,
                                &size)) {
            return "a piece is no block of a piece";
        }
        struct native_shm_piece *piece = native_shm_piece_at(sums->segment, at, 0);
        if (piece->record != NATIVE_SHM_SLOT_REF(place->word)) {
            return "a piece is another record's";
        }
        if (!piece->len || piece->len > left || piece->len + sizeof *piece > size) {
            return "a piece has a wrong length";
        }
        left -= piece->len;
        sums->pieces_wanted++;
        at = piece->next;
    }
    return left ? "pieces are missing" : NULL;
}

static const char *check_slot(struct sums *sums, struct native_shm_place *place, uint32_t number,
                              uint32_t buckets)
{
    uint64_t size;
    uint32_t ref = NATIVE_SHM_SLOT_REF(place->word);

    if (!ref) {
        return NULL;
    }
    if (!native_shm_place_load(sums->segment, place) ||
        !native_shm_heap_is(sums->segment, &sums->shard->heap, ref, NATIVE_SHM_BLOCK_RECORD,
                            &size)) {
        return "a slot points to no record";
    }
    struct native_shm_key key = {native_shm_record_key(place->record, &place->fields),
                                 place->fields.key_len, 0};
    key.hash = native_shm_hash(sums->segment, key.bytes, key.len, 0);
    if (native_shm_tag(key.hash) != NATIVE_SHM_SLOT_TAG(place->word) ||
        native_shm_shard_of(sums->segment, key.hash) != sums->shard) {
        return "a record's hash is not its key's";
    }
    if (native_shm_bucket_number((uint32_t)key.hash, buckets) != number) {
        return "an entry is in a wrong bucket";
    }
    sums->entries++;
    sums->queued += !place->fields.pinned;
    sums->value_bytes += (uint64_t)place->fields.key_len + place->fields.value_len;
    if (place->fields.pieces) {
        return check_pieces(sums, place);
    }
    return native_shm_record_size(&place->fields, place->fields.value_len) > size
               ? "a record is larger than its block"
               : NULL;
}

static const char *check_index(struct sums *sums)
{
    uint32_t buckets = atomic_load_explicit(&sums->shard->buckets, memory_order_relaxed);

    for (uint32_t number = 0; number < buckets; number++) {
        struct native_shm_bucket *bucket = native_shm_bucket_at(sums->segment, sums->shard, number);
        if (!bucket) {
            return "a bucket has no place";
        }
        for (unsigned hops = 0; bucket; bucket = native_shm_bucket_next(sums->segment, bucket)) {
            struct native_shm_place place = {.bucket = bucket};
            if (hops++ > NATIVE_SHM_CHAIN_MAX) {
                return "a chain of buckets has no end";
            }
            for (place.index = 0; place.index < NATIVE_SHM_BUCKET_SLOTS; place.index++) {
                place.word =
                    atomic_load_explicit(&bucket->slots[place.index], memory_order_relaxed);
                const char *wrong = check_slot(sums, &place, number, buckets);
                if (wrong) {
                    return wrong;
                }
            }
        }
    }
    return NULL;
}

static const char *check_queue(struct sums *sums)
{
    uint32_t count = 0, before = 0, ref = sums->shard->newest;
    bool hand = !sums->shard->hand;

    while (ref) {
        struct native_shm_record *record = native_shm_record_at(sums->segment, ref, sizeof *record);
        struct native_shm_place place;
        if (!record || record->newer != before) {
            return "the eviction queue is not linked both ways";
        }
        if (!native_shm_index_find_ref(sums->segment, sums->shard, ref, &place)) {
            return "the eviction queue has an entry that the index has not";
        }
        if (++count > sums->queued) {
            return "the eviction queue is longer than it should be";
        }
        hand |= ref == sums->shard->hand;
        before = ref;
        ref = record->older;
    }
    if (before != sums->shard->oldest || count != sums->queued) {
        return "the eviction queue is shorter than it should be";
    }
    return hand ? NULL : "the hand of eviction points outside the queue";
}

static const char *check(struct sums *sums)
{
    struct native_shm_shard *shard = sums->shard;
    const char *wrong = native_shm_heap_check(sums->segment, &shard->heap);

    if (wrong || (wrong = check_index(sums)) != NULL || (wrong = check_queue(sums)) != NULL) {
        return wrong;
    }
    for (uint32_t i = 0; i < sums->segment->extents; i++) {
        native_shm_heap_walk(sums->segment, &shard->heap, i, count_block, sums);
    }
    if (sums->entries != shard->entries || sums->value_bytes != shard->value_bytes) {
        return "the counts of entries or bytes are wrong";
    }
    if (sums->records != sums->entries || sums->pieces != sums->pieces_wanted) {
        return "there are blocks that no entry has";
    }
    return sums->held > shard->held ? "more blocks are held than are counted" : NULL;
}

const char *native_shm_cache_check(struct native_shm_segment *segment, uint32_t number)
{
    struct sums sums = {.segment = segment};
    const char *wrong;

    if (number >= segment->shards) {
        return "there is no such shard";
    }
    sums.shard = &segment->shard[number];
    switch (native_shm_lock_take(segment, &sums.shard->lock, NATIVE_SHM_LOCK_WAIT_MS)) {
    case NATIVE_SHM_OK:
        wrong = check(&sums);
        break;
    case NATIVE_SHM_ABANDONED:
        wrong = NULL; /* that it was left torn is no fault */
        break;
    default:
        return "the lock was not to be had";
    }
    native_shm_repair(segment, sums.shard);
    if (!wrong) {
        sums = (struct sums){.segment = segment, .shard = sums.shard};
        wrong = check(&sums);
    }
    native_shm_lock_give(&sums.shard->lock);
    return wrong;
}
