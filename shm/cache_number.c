/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cache_number.c - integers that change where they lie: one 64-bit store under the shard's lock, so readers (who take no
 * lock) see the old or the new number, and no store can replace the entry in between. The second in which the entry was stored is written anew, as by any other
 * store (and as APCu does it): before the number, so that a kill between leaves an old number that looks fresh. */
#include "shard.h"

#include <time.h>

enum { TRIES = 16 };

/* The number's word; NULL if the key has none (*status says why). The lock is held. */
static _Atomic uint64_t *number(struct native_shm_segment *segment, struct native_shm_shard *shard,
                                const struct native_shm_key *key, uint32_t format,
                                enum native_shm_status *status, uint32_t **stored)
{
    struct native_shm_place place;

    *status = NATIVE_SHM_NOT_FOUND;
    if (!native_shm_index_find(segment, shard, key, &place) ||
        place.fields.format == NATIVE_SHM_FORMAT_LEASE ||
        (place.fields.expires &&
         native_shm_expired(place.fields.expires, native_shm_clock(segment)))) {
        return NULL;
    }
    *status = NATIVE_SHM_TYPE;
    if (place.fields.format != format || place.fields.value_len != 8 || place.fields.pieces) {
        return NULL;
    }
    *status = NATIVE_SHM_OK;
    native_shm_visit(place.bucket, place.index);
    *stored = &place.record->stored;
    return (_Atomic uint64_t *)(void *)((unsigned char *)place.record +
                                        native_shm_value_at(&place.fields));
}

/* Give the number its new value. */
static void change(struct native_shm_segment *segment, uint32_t *stored, _Atomic uint64_t *word,
                   uint64_t to)
{
    uint32_t now = (uint32_t)time(NULL);

    if (*stored != now) {
        *stored = now;
    }
    NATIVE_SHM_FAULT(number_changes);
    atomic_store_explicit(word, to, memory_order_release);
    native_shm_count(segment, NATIVE_SHM_STORES);
}

/* Make the key with `sum`, or add `by` if somebody else has made it meanwhile. */
static __attribute__((noinline)) enum native_shm_status
make(struct native_shm_segment *segment, const struct native_shm_key *key, uint32_t format,
     uint64_t sum, uint64_t ttl_ms, int64_t by, int64_t *result)
{
    struct native_shm_value value = {
        .bytes = &sum, .len = sizeof sum, .format = format, .ttl_ms = ttl_ms};
    struct native_shm_put put = {.key = key, .value = &value, .mode = NATIVE_SHM_ADD};
    enum native_shm_status status = native_shm_put(segment, &put);

    if (status == NATIVE_SHM_EXISTS) {
        return native_shm_cache_add_number(segment, key, format, by, NULL, 0, result);
    }
    if (!status) {
        memcpy(result, &sum, sizeof sum);
    }
    return status;
}

enum native_shm_status native_shm_cache_add_number(struct native_shm_segment *segment,
                                                   const struct native_shm_key *key,
                                                   uint32_t format, int64_t by,
                                                   const int64_t *start, uint64_t ttl_ms,
                                                   int64_t *result)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    enum native_shm_status status;
    _Atomic uint64_t *word;
    uint32_t *stored;

    if (key->len > NATIVE_SHM_KEY_MAX) {
        return NATIVE_SHM_INVALID;
    }
    for (int tries = 0; tries < TRIES; tries++) {
        if (native_shm_shard_take(segment, shard)) {
            return NATIVE_SHM_BUSY;
        }
        word = number(segment, shard, key, format, &status, &stored);
        if (word) {
            uint64_t sum = atomic_load_explicit(word, memory_order_relaxed) + (uint64_t)by;
            change(segment, stored, word, sum);
            memcpy(result, &sum, sizeof sum);
        }
        native_shm_shard_give(segment, shard);
        if (status != NATIVE_SHM_NOT_FOUND || !start) {
            return status;
        }
        status = make(segment, key, format, (uint64_t)*start + (uint64_t)by, ttl_ms, by, result);
        if (status != NATIVE_SHM_NOT_FOUND) {
            return status;
        }
        /* Made and gone again between our looks. */
    }
    return NATIVE_SHM_BUSY;
}

enum native_shm_status native_shm_cache_swap_number(struct native_shm_segment *segment,
                                                    const struct native_shm_key *key,
                                                    uint32_t format, int64_t from, int64_t to)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    enum native_shm_status status;
    _Atomic uint64_t *word;
    uint32_t *stored;

    if (key->len > NATIVE_SHM_KEY_MAX) {
        return NATIVE_SHM_INVALID;
    }
    if (native_shm_shard_take(segment, shard)) {
        return NATIVE_SHM_BUSY;
    }
    word = number(segment, shard, key, format, &status, &stored);
    if (word && atomic_load_explicit(word, memory_order_relaxed) != (uint64_t)from) {
        status = NATIVE_SHM_CHANGED;
    } else if (word) {
        change(segment, stored, word, (uint64_t)to);
    }
    native_shm_shard_give(segment, shard);
    return status;
}
