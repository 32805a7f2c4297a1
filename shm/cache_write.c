/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cache_write.c - storing, swapping, deleting, clearing: each under the lock of the key's shard.
 *
 * A store takes a block, writes the record there, and makes one 64-bit store to the slot. Killed before it, the block is
 * one that nothing points to; killed behind it, the old block is. Repair frees either. */
#include "shard.h"

#include <time.h>

enum {
    TRIES = 16,        /* times a store makes room in other shards, at most */
    TRIES_LARGE = 256, /* when the key alone needs several extents side by side */
    WORTH_PIECES = 128,
    CLEAR_BITE = 64, /* entries that clear() removes in one hold of a lock, and some */
    CLEAR_BUCKETS = 512,
};

/* ---- what may go on --------------------------------------------------------------------------------- */

static bool live(struct native_shm_segment *segment, const struct native_shm_fields *fields)
{
    return fields->format != NATIVE_SHM_FORMAT_LEASE &&
           !(fields->expires && native_shm_expired(fields->expires, native_shm_clock(segment)));
}

static uint64_t first_word(const struct native_shm_place *place)
{
    uint64_t word;

    memcpy(&word, (unsigned char *)place->record + native_shm_value_at(&place->fields),
           sizeof word);
    return word;
}

/* Whether a slot still has what a reader saw. A number is changed in place: its value is compared, too. */
static bool same(const struct native_shm_place *place, const struct native_shm_view *view)
{
    return &place->bucket->slots[place->index] == view->slot && place->word == view->word &&
           place->fields.stored == view->stored && place->fields.value_len == view->value_len &&
           (view->value_len != 8 || place->fields.pieces || first_word(place) == view->first);
}

enum native_shm_status native_shm_put_check(struct native_shm_segment *segment,
                                            struct native_shm_shard *shard,
                                            const struct native_shm_put *put,
                                            struct native_shm_place *place, bool *there)
{
    bool has_value;

    *there = native_shm_index_find(segment, shard, put->key, place);
    if (put->mode == NATIVE_SHM_SET && !put->view && !put->lease) {
        return NATIVE_SHM_OK;
    }
    has_value = *there && live(segment, &place->fields);
    if (put->view && (!has_value || !same(place, put->view))) {
        return NATIVE_SHM_CHANGED;
    }
    if (put->lease && !(*there && place->fields.format == NATIVE_SHM_FORMAT_LEASE &&
                        place->fields.value_len == 8 && first_word(place) == put->lease)) {
        return has_value ? NATIVE_SHM_EXISTS : NATIVE_SHM_CHANGED;
    }
    if (put->mode == NATIVE_SHM_ADD && has_value) {
        return NATIVE_SHM_EXISTS;
    }
    return put->mode == NATIVE_SHM_REPLACE && !has_value ? NATIVE_SHM_NOT_FOUND : NATIVE_SHM_OK;
}

/* A slot for a new entry. */
static enum native_shm_status find_room(struct native_shm_room *room,
                                        const struct native_shm_put *put,
                                        struct native_shm_place *place)
{
    uint32_t hash = (uint32_t)put->key->hash;

    if (room->shard->starving) {
        native_shm_evict_extent(room);
    }
    if (!native_shm_index_room(room->segment, room->shard, hash, place) &&
        !native_shm_evict_slot(room, hash, place)) {
        return NATIVE_SHM_FULL;
    }
    place->word =
        NATIVE_SHM_SLOT(0, native_shm_tag(put->key->hash), NATIVE_SHM_SLOT_VERSION(place->word));
    return NATIVE_SHM_OK;
}

enum native_shm_status native_shm_put_place(struct native_shm_room *room,
                                            const struct native_shm_put *put,
                                            struct native_shm_place *place)
{
    bool there;
    enum native_shm_status status =
        native_shm_put_check(room->segment, room->shard, put, place, &there);

    return status || there ? status : find_room(room, put, place);
}

/* ---- the record ------------------------------------------------------------------------------------- */

/* When a time to live ends: rounded up, and one more because the clock's present eighth is partly over. */
static uint32_t expiry(struct native_shm_segment *segment, uint64_t ttl_ms)
{
    uint64_t eighths = ttl_ms / 125 + (ttl_ms % 125 != 0) + 1;
    uint32_t expires;

    if (!ttl_ms || eighths > INT32_MAX / 2) {
        return 0; /* four years: for ever */
    }
    expires = native_shm_clock(segment) + (uint32_t)eighths;
    return expires ? expires : 1;
}

struct native_shm_fields native_shm_put_fields(struct native_shm_segment *segment,
                                               const struct native_shm_put *put, bool pieces)
{
    return (struct native_shm_fields){
        .value_len = (uint32_t)put->value->len,
        .key_len = (uint32_t)put->key->len,
        .format = put->value->format & 0xff,
        .pinned = put->value->pinned,
        .pieces = pieces,
        .expires = expiry(segment, put->value->ttl_ms),
        .stored = (uint32_t)time(NULL),
    };
}

void native_shm_put_fill(struct native_shm_record *record, const struct native_shm_put *put,
                         const struct native_shm_fields *fields)
{
    /* Who still reads what was here before has to see that its slot has changed. */
    atomic_thread_fence(memory_order_release);
    *record = (struct native_shm_record){
        .bits = NATIVE_SHM_RECORD_KEY_LEN(fields->key_len) | (fields->format & 0xff) << 17 |
                (fields->value_len == 8 ? NATIVE_SHM_RECORD_WORD : 0) |
                (fields->pinned ? NATIVE_SHM_RECORD_PINNED : 0) |
                (fields->pieces ? NATIVE_SHM_RECORD_PIECES : 0),
        .expires = fields->expires,
        .stored = fields->stored,
        .value_len = fields->value_len, /* or the key's first bytes */
    };
    NATIVE_SHM_FAULT(write_half_record);
    if (put->key->len) {
        memcpy(native_shm_record_key(record, fields), put->key->bytes, put->key->len);
    }
}

/* Change 8 bytes where they are, if nothing but they would change. */
static bool put_word(struct native_shm_segment *segment, const struct native_shm_put *put,
                     struct native_shm_place *place)
{
    const struct native_shm_fields *old = &place->fields;
    _Atomic uint64_t *value;
    uint64_t word;

    if (put->value->len != 8 || old->value_len != 8 || old->pieces ||
        old->format != put->value->format || old->format == NATIVE_SHM_FORMAT_LEASE ||
        old->expires || put->value->ttl_ms || old->pinned != put->value->pinned) {
        return false;
    }
    memcpy(&word, put->value->bytes, sizeof word);
    value = (_Atomic uint64_t *)(void *)((unsigned char *)place->record + native_shm_value_at(old));
    uint32_t now = (uint32_t)time(NULL);
    if (old->stored != now) {
        place->record->stored = now;
    }
    NATIVE_SHM_FAULT(write_word);
    atomic_store_explicit(value, word, memory_order_release);
    native_shm_visit(place->bucket, place->index);
    if (segment->flags & NATIVE_SHM_TRACK) {
        atomic_store_explicit(&native_shm_meta(place->bucket)->hits[place->index], 0,
                              memory_order_relaxed);
    }
    return true;
}

/* A new record for the key, which has one in `place` already if `there`. */
static enum native_shm_status put_record(struct native_shm_segment *segment,
                                         struct native_shm_shard *shard,
                                         const struct native_shm_put *put,
                                         struct native_shm_place *place, bool there)
{
    struct native_shm_room room = {.segment = segment, .shard = shard};
    struct native_shm_fields fields = native_shm_put_fields(segment, put, false);
    uint64_t size = native_shm_record_size(&fields, fields.value_len);
    struct native_shm_record *record;
    uint32_t ref;

    if (!there && find_room(&room, put, place)) {
        return NATIVE_SHM_FULL;
    }
    room.keep = NATIVE_SHM_SLOT_REF(place->word);
    ref = native_shm_evict_take(&room, size);
    record = ref ? native_shm_record_at(segment, ref, size) : NULL;
    if (!record) {
        return NATIVE_SHM_FULL;
    }
    native_shm_put_fill(record, put, &fields);
    if (fields.value_len) {
        memcpy((unsigned char *)record + native_shm_value_at(&fields), put->value->bytes,
               fields.value_len);
    }
    native_shm_entry_publish(segment, shard, place, ref);
    return NATIVE_SHM_OK;
}

enum native_shm_status native_shm_put_here(struct native_shm_segment *segment,
                                           struct native_shm_shard *shard,
                                           const struct native_shm_put *put)
{
    struct native_shm_place place;
    enum native_shm_status status;
    bool there;

    if (shard->held) {
        native_shm_repair_held(segment, shard, false);
    }
    status = native_shm_put_check(segment, shard, put, &place, &there);
    if (!status && !(there && put_word(segment, put, &place))) {
        status = put_record(segment, shard, put, &place, there);
    }
    if (!status) {
        native_shm_count(segment, NATIVE_SHM_STORES);
    }
    return status;
}

/* ---- storing ---------------------------------------------------------------------------------------- */

static size_t inline_max(const struct native_shm_segment *segment)
{
    size_t quarter = segment->extent_size / 4;

    return quarter < NATIVE_SHM_INLINE_MAX ? quarter : NATIVE_SHM_INLINE_MAX;
}

enum native_shm_status native_shm_put(struct native_shm_segment *segment,
                                      const struct native_shm_put *put)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, put->key->hash);
    int tries = 0;
    enum native_shm_status status = NATIVE_SHM_FULL;

    if (put->key->len > NATIVE_SHM_KEY_MAX) {
        return NATIVE_SHM_INVALID;
    }
    if (put->value->len > segment->size / 4 || put->value->len > UINT32_MAX) {
        return NATIVE_SHM_TOO_BIG;
    }
    if (put->value->len > inline_max(segment)) {
        return native_shm_pieces_store(segment, put);
    }
    while (status == NATIVE_SHM_FULL) {
        if (native_shm_shard_take(segment, shard)) {
            return NATIVE_SHM_BUSY;
        }
        status = native_shm_put_here(segment, shard, put);
        native_shm_shard_give(segment, shard);
        if (status != NATIVE_SHM_FULL) {
            break;
        }
        if (put->value->len >= WORTH_PIECES) {
            return native_shm_pieces_store(segment, put);
        }
        if (tries++ == (put->key->len > segment->extent_size / 2 ? TRIES_LARGE : TRIES) ||
            !native_shm_drain(segment, native_shm_put_keep(put))) {
            break;
        }
    }
    return status;
}

enum native_shm_status native_shm_cache_store(struct native_shm_segment *segment,
                                              const struct native_shm_key *key,
                                              const struct native_shm_value *value,
                                              enum native_shm_store_mode mode)
{
    struct native_shm_put put = {.key = key, .value = value, .mode = mode};

    return native_shm_put(segment, &put);
}

enum native_shm_status native_shm_cache_swap(struct native_shm_segment *segment,
                                             const struct native_shm_key *key,
                                             const struct native_shm_view *view,
                                             const struct native_shm_value *value)
{
    struct native_shm_put put = {.key = key, .value = value, .view = view};

    return native_shm_put(segment, &put);
}

/* ---- removing --------------------------------------------------------------------------------------- */

static enum native_shm_status take_out(struct native_shm_segment *segment,
                                       const struct native_shm_key *key,
                                       const struct native_shm_view *view)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    enum native_shm_status status = view ? NATIVE_SHM_CHANGED : NATIVE_SHM_NOT_FOUND;
    struct native_shm_place place;

    if (native_shm_shard_take(segment, shard)) {
        return NATIVE_SHM_BUSY;
    }
    if (native_shm_index_find(segment, shard, key, &place) && (!view || same(&place, view))) {
        bool had_value = live(segment, &place.fields);
        native_shm_entry_remove(segment, shard, &place);
        if (view || had_value) {
            native_shm_count(segment, NATIVE_SHM_DELETES);
            status = NATIVE_SHM_OK;
        }
    }
    native_shm_shard_give(segment, shard);
    return status;
}

enum native_shm_status native_shm_cache_delete(struct native_shm_segment *segment,
                                               const struct native_shm_key *key)
{
    return take_out(segment, key, NULL);
}

enum native_shm_status native_shm_cache_delete_view(struct native_shm_segment *segment,
                                                    const struct native_shm_key *key,
                                                    const struct native_shm_view *view)
{
    return take_out(segment, key, view);
}

/* All entries of one chain. Returns how many. */
static uint32_t clear_chain(struct native_shm_segment *segment, struct native_shm_shard *shard,
                            struct native_shm_bucket *bucket)
{
    struct native_shm_place place;
    uint32_t removed = 0;

    for (unsigned hops = 0; bucket && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        place.bucket = bucket;
        for (place.index = 0; place.index < NATIVE_SHM_BUCKET_SLOTS; place.index++) {
            place.word = atomic_load_explicit(&bucket->slots[place.index], memory_order_relaxed);
            if (!NATIVE_SHM_SLOT_REF(place.word)) {
                continue;
            }
            if (!native_shm_place_load(segment, &place)) {
                shard->suspect = 1;
                continue;
            }
            native_shm_entry_remove(segment, shard, &place);
            NATIVE_SHM_FAULT(clear_one);
            removed++;
        }
        bucket = native_shm_bucket_next(segment, bucket);
    }
    return removed;
}

/* Some chains, from *bucket on: what moves meanwhile, moves to a higher number. Returns false behind the last. */
static bool clear_bite(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       uint32_t *bucket)
{
    for (uint32_t removed = 0, looked = 0; removed < CLEAR_BITE && looked < CLEAR_BUCKETS;
         looked++) {
        struct native_shm_bucket *first;
        if (*bucket >= atomic_load_explicit(&shard->buckets, memory_order_relaxed)) {
            return false;
        }
        first = native_shm_bucket_at(segment, shard, *bucket);
        if (!first) { /* damage: what lies in the other slabs goes all the same, and there are only so many */
            uint32_t slab = (*bucket >> segment->slab_buckets) + 1;
            shard->suspect = 1;
            if (slab >= NATIVE_SHM_SHARD_DIRECTORY) {
                return false;
            }
            *bucket = slab << segment->slab_buckets;
            continue;
        }
        removed += clear_chain(segment, shard, first);
        ++*bucket;
    }
    return true;
}

static enum native_shm_status clear_shard(struct native_shm_segment *segment,
                                          struct native_shm_shard *shard)
{
    uint32_t bucket = 0;
    bool more = true;

    while (more) {
        if (native_shm_shard_take(segment, shard)) {
            return NATIVE_SHM_BUSY;
        }
        more = clear_bite(segment, shard, &bucket);
        if (!more) {
            shard->repaired = 0;
            native_shm_repair_held(segment, shard, false);
            native_shm_heap_trim(segment, &shard->heap);
        }
        native_shm_shard_give(segment, shard);
    }
    return NATIVE_SHM_OK;
}

enum native_shm_status native_shm_cache_clear(struct native_shm_segment *segment)
{
    enum native_shm_status status = NATIVE_SHM_OK;

    for (uint32_t i = 0; i < segment->shards; i++) {
        if (clear_shard(segment, &segment->shard[i])) {
            status = NATIVE_SHM_BUSY;
        }
    }
    return status;
}
