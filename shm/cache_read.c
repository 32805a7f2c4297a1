/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cache_read.c - finding and copying without a lock.
 *
 *   reader                              writer (under the shard's lock)
 *   1 slot word        (acquire)        a  new record's bytes
 *   2 record's bytes   (racy)           b  slot = new record      (release)
 *   3 fence            (acquire)        c  fence                  (release)
 *   4 slot word again                   d  old record's memory may be written from now on
 *
 * If 2 saw anything written in d, then 4 sees b: the word has changed and what was read is thrown away. The word holds
 * a version that goes up at each change, so a slot that went round to the same ref is another word.
 * "Not there" needs one look more: entries move when the index grows, and `moves` tells (layout.h). */
#include "shard.h"

#include <time.h>

enum { FIND_TRIES = 64 };

enum looked { FOUND, ABSENT, AGAIN };

/* The same for what is no number. */
static __attribute__((noinline)) bool look_other(const struct native_shm_segment *segment,
                                                 const struct native_shm_key *key, uint64_t at,
                                                 struct native_shm_view *view)
{
    const unsigned char *start = segment->base + at;
    struct native_shm_fields fields =
        native_shm_fields_read((const struct native_shm_record *)(const void *)start);
    uint64_t value_at = native_shm_value_at(&fields);
    uint32_t first = fields.value_len < 8 ? fields.value_len : 8;

    if (fields.key_len != key->len || fields.value_len > segment->size ||
        at + value_at + first > segment->size ||
        !native_shm_racy_equal(start + native_shm_key_at(&fields), key->bytes, key->len)) {
        return false;
    }
    view->value_len = fields.value_len;
    view->first = 0;
    if (first == 8) {
        native_shm_racy_copy(&view->first, start + value_at, 8);
    } else {
        native_shm_racy_copy(&view->first, start + value_at, first);
    }
    return true;
}

/* If the record that a slot's word leads to is our key's: fill in the view. */
static inline bool look_record(const struct native_shm_segment *segment,
                               const struct native_shm_key *key, uint64_t word,
                               struct native_shm_view *view)
{
    uint64_t at =
        (uint64_t)NATIVE_SHM_SLOT_REF(word) * NATIVE_SHM_UNIT + sizeof(struct native_shm_block);
    const unsigned char *start = segment->base + at;
    const struct native_shm_record *record = (const struct native_shm_record *)(const void *)start;
    uint32_t bits;

    if (at < segment->extents_at || at + sizeof *record > segment->size) {
        return false; /* also a slot that is empty */
    }
    bits = native_shm_racy_32(&record->bits);
    if (NATIVE_SHM_RECORD_KEY_LEN(bits) != key->len) {
        return false;
    }
    if (bits & NATIVE_SHM_RECORD_WORD) {
        uint64_t key_at = offsetof(struct native_shm_record, value_len),
                 value_at = (key_at + key->len + 7) & ~UINT64_C(7);
        if (at + value_at + 8 > segment->size ||
            !native_shm_racy_equal(start + key_at, key->bytes, key->len)) {
            return false;
        }
        view->value_len = 8;
        view->first = native_shm_racy_64(start + value_at);
    } else if (!look_other(segment, key, at, view)) {
        return false;
    }
    view->word = word;
    view->ref = NATIVE_SHM_SLOT_REF(word);
    view->format = NATIVE_SHM_RECORD_FORMAT(bits);
    view->stored = native_shm_racy_32(&record->stored);
    view->expires = native_shm_racy_32(&record->expires);
    return true;
}

/* One pass over the key's chain. FOUND is what was there at one instant; ABSENT counts only if `moves` stood still. */
static inline __attribute__((always_inline)) enum looked
look(const struct native_shm_segment *segment, struct native_shm_shard *shard,
     const struct native_shm_key *key, struct native_shm_view *view)
{
    uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_acquire);
    uint8_t tag = native_shm_tag(key->hash);
    struct native_shm_bucket *bucket =
        buckets ? native_shm_bucket_at(segment, shard,
                                       native_shm_bucket_number((uint32_t)key->hash, buckets))
                : NULL;

    for (unsigned hops = 0; bucket && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            uint64_t word = atomic_load_explicit(&bucket->slots[i], memory_order_acquire);
            if (NATIVE_SHM_SLOT_TAG(word) != tag) {
                continue;
            }
            bool found = look_record(segment, key, word, view);
            atomic_thread_fence(memory_order_acquire);
            if (atomic_load_explicit(&bucket->slots[i], memory_order_relaxed) != word) {
                return AGAIN;
            }
            if (found) {
                view->slot = &bucket->slots[i];
                return FOUND;
            }
        }
        bucket = native_shm_bucket_next(segment, bucket);
    }
    return ABSENT;
}

static void track(struct native_shm_bucket *bucket, uint32_t index)
{
    struct native_shm_bucket_meta *meta = native_shm_meta(bucket);
    struct timespec now;
    uint32_t seconds;

#ifdef CLOCK_REALTIME_COARSE
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
#else
    clock_gettime(CLOCK_REALTIME, &now);
#endif
    seconds = (uint32_t)now.tv_sec;
    if (atomic_load_explicit(&meta->access[index], memory_order_relaxed) != seconds) {
        atomic_store_explicit(&meta->access[index], seconds, memory_order_relaxed);
    }
    atomic_fetch_add_explicit(&meta->hits[index], 1, memory_order_relaxed);
}

static void count_hit(struct native_shm_segment *segment, struct native_shm_view *view)
{
    uint32_t index;
    struct native_shm_bucket *bucket = native_shm_bucket_of(view->slot, &index);

    native_shm_count(segment, NATIVE_SHM_HITS);
    native_shm_visit(bucket, index);
    if (segment->flags & NATIVE_SHM_TRACK) {
        track(bucket, index);
    }
}

/* look() again and again: a writer was there at the same time. */
static __attribute__((noinline)) bool look_again(struct native_shm_segment *segment,
                                                 struct native_shm_shard *shard,
                                                 const struct native_shm_key *key,
                                                 struct native_shm_view *view)
{
    for (int tries = 0; tries < FIND_TRIES; tries++) {
        uint32_t moves = atomic_load_explicit(&shard->moves, memory_order_acquire);
        enum looked looked;

        native_shm_count(segment, NATIVE_SHM_RETRIES);
        looked = look(segment, shard, key, view);
        if (looked == FOUND) {
            return true;
        }
        atomic_thread_fence(memory_order_acquire);
        if (looked == ABSENT &&
            atomic_load_explicit(&shard->moves, memory_order_relaxed) == moves) {
            return false;
        }
    }
    return false; /* a cache may miss */
}

static inline bool look_key(struct native_shm_segment *segment, const struct native_shm_key *key,
                            struct native_shm_view *view)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    uint32_t moves = atomic_load_explicit(&shard->moves, memory_order_acquire);
    enum looked looked = look(segment, shard, key, view);

    if (looked == FOUND) {
        return true;
    }
    atomic_thread_fence(memory_order_acquire);
    return (looked != ABSENT ||
            atomic_load_explicit(&shard->moves, memory_order_relaxed) != moves) &&
           look_again(segment, shard, key, view);
}

bool native_shm_look(struct native_shm_segment *segment, const struct native_shm_key *key,
                     struct native_shm_view *view)
{
    return look_key(segment, key, view);
}

enum native_shm_status native_shm_cache_find(struct native_shm_segment *segment,
                                             const struct native_shm_key *key, bool quiet,
                                             struct native_shm_view *view)
{
    bool found = look_key(segment, key, view) && view->format != NATIVE_SHM_FORMAT_LEASE &&
                 !(view->expires && native_shm_expired(view->expires, native_shm_clock(segment)));

    if (!quiet) {
        if (found) {
            count_hit(segment, view);
        } else {
            native_shm_count(segment, NATIVE_SHM_MISSES);
        }
    }
    return found ? NATIVE_SHM_OK : NATIVE_SHM_NOT_FOUND;
}

/* Whether the slot is what it was after all that was read before. The version is 24 bits: the second in which the entry
 * was stored tells apart two that met in the same one after 16 million changes. */
static bool unchanged(const struct native_shm_view *view, const struct native_shm_record *record)
{
    struct native_shm_fields fields = native_shm_fields_read(record);

    atomic_thread_fence(memory_order_acquire);
    return atomic_load_explicit(view->slot, memory_order_relaxed) == view->word &&
           fields.stored == view->stored && fields.expires == view->expires;
}

enum native_shm_status native_shm_cache_read(struct native_shm_segment *segment,
                                             const struct native_shm_view *view, void *to)
{
    const struct native_shm_record *record;
    struct native_shm_fields fields;
    uint64_t value_at;

    if (view->value_len == 8) {
        memcpy(to, &view->first, 8);
        return NATIVE_SHM_OK;
    }
    if (view->value_len < 8) {
        memcpy(to, &view->first, view->value_len);
        return NATIVE_SHM_OK;
    }
    record = native_shm_record_at(segment, view->ref, sizeof *record);
    if (!record) {
        return NATIVE_SHM_CHANGED;
    }
    fields = native_shm_fields_read(record);
    value_at = native_shm_value_at(&fields);
    if (fields.value_len != view->value_len) {
        return NATIVE_SHM_CHANGED;
    }
    if (fields.pieces) {
        if (!native_shm_pieces_read(segment, record, &fields, to)) {
            return NATIVE_SHM_CHANGED;
        }
    } else {
        if (!native_shm_record_at(segment, view->ref, value_at + fields.value_len)) {
            return NATIVE_SHM_CHANGED;
        }
        native_shm_racy_copy(to, (const unsigned char *)record + value_at, fields.value_len);
    }
    return unchanged(view, record) ? NATIVE_SHM_OK : NATIVE_SHM_CHANGED;
}

bool native_shm_cache_same(struct native_shm_segment *segment, const struct native_shm_view *view)
{
    const struct native_shm_record *record =
        native_shm_record_at(segment, view->ref, sizeof *record);

    if (!record || atomic_load_explicit(view->slot, memory_order_acquire) != view->word ||
        !unchanged(view, record)) {
        return false;
    }
    if (view->value_len == 8) {
        struct native_shm_fields fields = native_shm_fields_read(record);
        uint64_t value_at = native_shm_value_at(&fields);
        if (!native_shm_record_at(segment, view->ref, value_at + 8) ||
            native_shm_racy_64((const unsigned char *)record + (value_at & ~UINT64_C(7))) !=
                view->first) {
            return false;
        }
    }
    return !(view->expires && native_shm_expired(view->expires, native_shm_clock(segment)));
}
