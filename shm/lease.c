/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* lease.c - one process makes a value, the others wait for it.
 *
 * A lease is an entry under the value's key, of format LEASE: its 8 bytes are the token (id of the holder in the high
 * half), it expires when the lease is over, and it is pinned until then. To all other calls it is no value. The value
 * replaces it in one store to the slot, if it is still there: who deletes the key or clears the cache meanwhile wins.
 *
 * lease_word: how many leases have ended, times 2; plus 1 if somebody sleeps. */
#include "shard.h"

enum { LOOK_AGAIN_US = 20000 }; /* a sleeper asks this often whether the holder lives */

void native_shm_lease_ended(struct native_shm_shard *shard)
{
    uint32_t word = atomic_load_explicit(&shard->lease_word, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(&shard->lease_word, &word, (word + 2) & ~1u,
                                                  memory_order_acq_rel, memory_order_relaxed)) {
    }
    if (word & 1) {
        native_shm_futex_wake(&shard->lease_word, INT32_MAX);
    }
}

static uint64_t token_of(const struct native_shm_place *place)
{
    uint64_t token = 0;

    if (place->fields.value_len == 8) {
        memcpy(&token, (unsigned char *)place->record + native_shm_value_at(&place->fields),
               sizeof token);
    }
    return token;
}

/* Whether somebody else may still come with the value. Our own lease is no reason to wait: it is further up our stack, or
 * in another fiber. */
static bool others(struct native_shm_segment *segment, uint64_t token, uint32_t expires)
{
    uint32_t id = (uint32_t)(token >> 32);

    return !native_shm_expired(expires, native_shm_clock(segment)) && id != segment->id &&
           native_shm_alive(segment, id);
}

static enum native_shm_status take(struct native_shm_segment *segment,
                                   struct native_shm_shard *shard, const struct native_shm_put *put)
{
    struct native_shm_place place;
    bool there;
    enum native_shm_status status = native_shm_put_check(segment, shard, put, &place, &there);

    if (status) {
        return status;
    }
    if (there && place.fields.format == NATIVE_SHM_FORMAT_LEASE &&
        others(segment, token_of(&place), place.fields.expires)) {
        return NATIVE_SHM_BUSY;
    }
    return native_shm_put_here(segment, shard, put);
}

enum native_shm_status native_shm_cache_lease(struct native_shm_segment *segment,
                                              const struct native_shm_key *key, uint64_t lease_ms,
                                              struct native_shm_lease *lease)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    uint64_t sequence =
        atomic_fetch_add_explicit(&segment->header->sequence, 1, memory_order_relaxed);
    uint64_t token = (uint64_t)segment->id << 32 | (uint32_t)sequence;
    struct native_shm_value value = {.bytes = &token,
                                     .len = sizeof token,
                                     .format = NATIVE_SHM_FORMAT_LEASE,
                                     .ttl_ms = lease_ms ? lease_ms : 1,
                                     .pinned = true};
    struct native_shm_put put = {.key = key, .value = &value, .mode = NATIVE_SHM_ADD};
    enum native_shm_status status = NATIVE_SHM_FULL;

    *lease = (struct native_shm_lease){0};
    if (key->len > NATIVE_SHM_KEY_MAX) {
        return NATIVE_SHM_INVALID;
    }
    for (int tries = 0; status == NATIVE_SHM_FULL && tries < 16; tries++) {
        if (tries && !native_shm_drain(segment, NULL)) {
            break;
        }
        if (native_shm_shard_take(segment, shard)) {
            return NATIVE_SHM_BUSY;
        }
        status = take(segment, shard, &put);
        native_shm_shard_give(segment, shard);
    }
    if (!status) {
        *lease = (struct native_shm_lease){token, native_shm_shard_number(segment, shard), *key};
    }
    return status;
}

enum native_shm_status native_shm_cache_wait_lease(struct native_shm_segment *segment,
                                                   const struct native_shm_key *key,
                                                   uint64_t wait_ms)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, key->hash);
    uint64_t now = native_shm_now_us(),
             end = wait_ms > UINT64_MAX / 2000 ? UINT64_MAX : now + wait_ms * 1000;

    for (;; now = native_shm_now_us()) {
        struct native_shm_view view;
        uint32_t word = atomic_fetch_or_explicit(&shard->lease_word, 1, memory_order_acq_rel) | 1;

        if (!native_shm_look(segment, key, &view) || view.format != NATIVE_SHM_FORMAT_LEASE ||
            !others(segment, view.first, view.expires)) {
            return NATIVE_SHM_OK;
        }
        if (now >= end) {
            return NATIVE_SHM_BUSY;
        }
        if (native_shm_futex_wait(&shard->lease_word, word,
                                  end - now < LOOK_AGAIN_US ? end - now : LOOK_AGAIN_US) ==
            NATIVE_SHM_INTERRUPTED) {
            return NATIVE_SHM_INTERRUPTED;
        }
    }
}

enum native_shm_status native_shm_cache_store_leased(struct native_shm_segment *segment,
                                                     struct native_shm_lease *lease,
                                                     const struct native_shm_value *value)
{
    struct native_shm_put put = {.key = &lease->key, .value = value, .lease = lease->token};
    enum native_shm_status status =
        lease->token ? native_shm_put(segment, &put) : NATIVE_SHM_CHANGED;

    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_CHANGED && status != NATIVE_SHM_EXISTS) {
        native_shm_cache_drop_lease(segment, lease);
    }
    lease->token = 0;
    return status;
}

void native_shm_cache_drop_lease(struct native_shm_segment *segment, struct native_shm_lease *lease)
{
    struct native_shm_shard *shard = native_shm_shard_of(segment, lease->key.hash);
    struct native_shm_place place;

    if (!lease->token || native_shm_shard_take(segment, shard)) {
        return; /* it expires */
    }
    if (native_shm_index_find(segment, shard, &lease->key, &place) &&
        place.fields.format == NATIVE_SHM_FORMAT_LEASE && token_of(&place) == lease->token) {
        native_shm_entry_remove(segment, shard, &place);
    }
    native_shm_shard_give(segment, shard);
    lease->token = 0;
}
