/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* iterate.c - all entries, one a call, without a lock.
 *
 * Entries move in two ways only: to a bucket with a higher number (a split), and towards the beginning of their chain
 * (an overflow bucket is emptied). So buckets are visited in order, each chain from its end to its beginning: what moves
 * is met again rather than missed. cursor.overflow is 1 + the place in the chain, 0 before the chain was looked at. */
#include "shard.h"

/* The chain's bucket number `*at` (from 0), or its last one if it is shorter: *at says which. */
static struct native_shm_bucket *chain_at(const struct native_shm_segment *segment,
                                          struct native_shm_bucket *bucket, uint32_t *at)
{
    for (uint32_t i = 0; i < *at; i++) {
        struct native_shm_bucket *next = native_shm_bucket_next(segment, bucket);
        if (!next || i >= NATIVE_SHM_CHAIN_MAX) {
            *at = i;
            break;
        }
        bucket = next;
    }
    return bucket;
}

static uint32_t memory_of(const struct native_shm_segment *segment,
                          const struct native_shm_fields *fields)
{
    uint64_t bytes =
        native_shm_record_size(fields, fields->value_len) + sizeof(struct native_shm_block);

    if (fields->pieces) {
        uint64_t most = segment->extent_size;
        bytes += (fields->value_len / most + 1) *
                 (sizeof(struct native_shm_piece) + sizeof(struct native_shm_block));
    }
    bytes = (bytes + NATIVE_SHM_UNIT - 1) / NATIVE_SHM_UNIT * NATIVE_SHM_UNIT;
    return bytes > UINT32_MAX ? UINT32_MAX : (uint32_t)bytes;
}

static void fill(struct native_shm_segment *segment, struct native_shm_bucket *bucket,
                 uint32_t index, const struct native_shm_fields *fields,
                 struct native_shm_entry *entry)
{
    entry->key_len = fields->key_len;
    entry->pinned = fields->pinned;
    entry->memory = memory_of(segment, fields);
    entry->hits = entry->accessed = 0;
    if (segment->flags & NATIVE_SHM_TRACK) {
        struct native_shm_bucket_meta *meta = native_shm_meta(bucket);
        entry->hits = atomic_load_explicit(&meta->hits[index], memory_order_relaxed);
        entry->accessed = atomic_load_explicit(&meta->access[index], memory_order_relaxed);
    }
}

/* The entry in a slot, if it has a value; its key goes to `key`. */
static bool read_slot(struct native_shm_segment *segment, struct native_shm_bucket *bucket,
                      uint32_t index, struct native_shm_entry *entry, void *key)
{
    uint64_t word = atomic_load_explicit(&bucket->slots[index], memory_order_acquire);
    const struct native_shm_record *record;
    struct native_shm_fields fields;
    uint64_t value_at;
    uint32_t first;

    if (!NATIVE_SHM_SLOT_REF(word) ||
        !(record = native_shm_record_at(segment, NATIVE_SHM_SLOT_REF(word), sizeof *record))) {
        return false;
    }
    fields = native_shm_fields_read(record);
    value_at = native_shm_value_at(&fields);
    first = fields.value_len < 8 ? fields.value_len : 8;
    if (fields.format == NATIVE_SHM_FORMAT_LEASE || fields.key_len > NATIVE_SHM_KEY_MAX ||
        fields.value_len > segment->size ||
        (fields.expires && native_shm_expired(fields.expires, native_shm_clock(segment))) ||
        !native_shm_record_at(segment, NATIVE_SHM_SLOT_REF(word), value_at + first)) {
        return false;
    }
    native_shm_racy_copy(key, (const unsigned char *)record + native_shm_key_at(&fields),
                         fields.key_len);
    entry->view = (struct native_shm_view){
        .slot = &bucket->slots[index],
        .word = word,
        .ref = NATIVE_SHM_SLOT_REF(word),
        .format = fields.format,
        .value_len = fields.value_len,
        .stored = fields.stored,
        .expires = fields.expires,
    };
    if (first == 8 && fields.value_len == 8 && !fields.pieces) {
        entry->view.first = native_shm_racy_64((const unsigned char *)record + value_at);
    } else {
        native_shm_racy_copy(&entry->view.first, (const unsigned char *)record + value_at, first);
    }
    fill(segment, bucket, index, &fields, entry);
    return true;
}

/* As above, again while the entry changes under us. */
static bool read_steady(struct native_shm_segment *segment, struct native_shm_bucket *bucket,
                        uint32_t index, struct native_shm_entry *entry, void *key)
{
    for (int tries = 0; tries < 64; tries++) {
        uint64_t word = atomic_load_explicit(&bucket->slots[index], memory_order_acquire);
        bool found = read_slot(segment, bucket, index, entry, key);
        atomic_thread_fence(memory_order_acquire);
        if (atomic_load_explicit(&bucket->slots[index], memory_order_relaxed) == word &&
            (!found || entry->view.word == word)) {
            return found;
        }
        native_shm_count(segment, NATIVE_SHM_RETRIES);
    }
    return false;
}

enum native_shm_status native_shm_cache_next(struct native_shm_segment *segment,
                                             struct native_shm_cursor *cursor,
                                             struct native_shm_entry *entry, void *key)
{
    for (; cursor->shard < segment->shards;
         cursor->shard++, cursor->bucket = cursor->overflow = cursor->slot = 0) {
        struct native_shm_shard *shard = &segment->shard[cursor->shard];
        for (; cursor->bucket < atomic_load_explicit(&shard->buckets, memory_order_acquire);
             cursor->bucket++, cursor->overflow = cursor->slot = 0) {
            struct native_shm_bucket *first = native_shm_bucket_at(segment, shard, cursor->bucket);
            if (!first) {
                break;
            }
            uint32_t at = cursor->overflow ? cursor->overflow - 1 : NATIVE_SHM_CHAIN_MAX;
            for (;;) {
                uint32_t asked = at;
                struct native_shm_bucket *bucket = chain_at(segment, first, &at);
                if (at != asked) {
                    cursor->slot = 0;
                }
                cursor->overflow = at + 1;
                while (cursor->slot < NATIVE_SHM_BUCKET_SLOTS) {
                    if (read_steady(segment, bucket, cursor->slot++, entry, key)) {
                        return NATIVE_SHM_OK;
                    }
                }
                cursor->slot = 0;
                if (!at) {
                    break;
                }
                at--;
            }
        }
    }
    return NATIVE_SHM_NOT_FOUND;
}

enum native_shm_status native_shm_cache_look(struct native_shm_segment *segment,
                                             const struct native_shm_key *key,
                                             struct native_shm_entry *entry)
{
    const struct native_shm_record *record;
    struct native_shm_fields fields;
    struct native_shm_bucket *bucket;
    uint32_t index;

    for (int tries = 0; tries < 64; tries++) {
        if (native_shm_cache_find(segment, key, true, &entry->view)) {
            return NATIVE_SHM_NOT_FOUND;
        }
        record = native_shm_record_at(segment, entry->view.ref, sizeof *record);
        if (!record) {
            return NATIVE_SHM_NOT_FOUND;
        }
        fields = native_shm_fields_read(record);
        bucket = native_shm_bucket_of(entry->view.slot, &index);
        fill(segment, bucket, index, &fields, entry);
        atomic_thread_fence(memory_order_acquire);
        if (atomic_load_explicit(entry->view.slot, memory_order_relaxed) == entry->view.word) {
            return NATIVE_SHM_OK;
        }
    }
    return NATIVE_SHM_NOT_FOUND;
}
