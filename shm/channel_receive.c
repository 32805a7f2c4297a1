/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_receive.c - receiving from a channel (channel.h).
 * Under the receivers' lock: copy the message out, then commit by one store: `next` moves over it, or, for one that was
 * given back, its state changes. With ack the holder is written before next moves; from next on nobody reads it. */
#include "channel_ring.h"

#include "fault.h"

#define relaxed memory_order_relaxed

enum {
    CALLS = 1024,           /* receives between looks at the clock while messages keep coming */
    REVIVE_PAUSE_US = 10000 /* holders are not asked more often than this */
};

struct receiving {
    void *buffer;
    size_t buffer_len;
    bool ack;
    struct native_shm_message *message;
};

/* Copy a message out. Returns OK, TOO_BIG. */
static inline enum native_shm_status copy_out(const struct native_shm_channel *channel,
                                              uint64_t position,
                                              const struct native_shm_ring_found *found,
                                              const struct receiving *receiving)
{
    receiving->message->position = position;
    receiving->message->len = found->len;
    receiving->message->format = NATIVE_SHM_RING_FORMAT(found->state);
    if (found->len > receiving->buffer_len) {
        return NATIVE_SHM_TOO_BIG;
    }
    if (found->len) {
        native_shm_ring_get(channel, position, receiving->buffer, found->len);
    }
    NATIVE_SHM_FAULT(channel_copied);
    return NATIVE_SHM_OK;
}

/* Let next move over the message at it, which has been copied out. */
static inline bool commit_next(struct native_shm_segment *segment,
                               struct native_shm_channel *channel, uint64_t next,
                               struct native_shm_ring_found *found, bool ack)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t after = native_shm_ring_after(channel, next, found->units);
    if (ack) {
        native_shm_ring_set(found, segment->id, NATIVE_SHM_RING_TAKEN);
        /* Before the commit: were it too low after a kill, nobody would look for the dead's messages. */
        atomic_fetch_add_explicit(&ring->taken, 1, relaxed);
    } else if (NATIVE_SHM_RING_KIND(found->state) != NATIVE_SHM_RING_FRESH) {
        /* Of somebody who was killed before next moved. */
        native_shm_ring_set(found, 0, NATIVE_SHM_RING_FRESH);
    }
    ring->planned_next = after;
    ring->planned_passed = atomic_load_explicit(&ring->passed, relaxed) + 1;
    ring->planned_dropped = atomic_load_explicit(&ring->dropped_new, relaxed);
    NATIVE_SHM_FAULT(channel_before_next);
    atomic_store_explicit(&ring->next, after, memory_order_release);
    NATIVE_SHM_FAULT(channel_after_next);
    atomic_store_explicit(&ring->passed, ring->planned_passed, relaxed);
    if (ack) {
        return true;
    }
    if (atomic_load_explicit(&ring->head, relaxed) != next) {
        return native_shm_ring_advance(channel);
    }
    atomic_store_explicit(&ring->head, after, memory_order_release);
    return true;
}

/* Returns OK, NOT_FOUND, TOO_BIG, CORRUPT. */
static inline enum native_shm_status take_next(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               const struct receiving *receiving)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t next = atomic_load_explicit(&ring->next, relaxed);
    struct native_shm_ring_found found;
    enum native_shm_status status;
    uint32_t left =
        native_shm_ring_distance(channel, next, atomic_load_explicit(&ring->seen_tail, relaxed));
    if (left == 0 || left == NATIVE_SHM_RING_BAD) {
        uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_seq_cst);
        atomic_store_explicit(&ring->seen_tail, tail, relaxed);
        left = native_shm_ring_distance(channel, next, tail);
        if (left == 0) {
            return NATIVE_SHM_NOT_FOUND;
        }
    }
    if (!native_shm_ring_look(channel, next, left, &found)) {
        return NATIVE_SHM_CORRUPT;
    }
    status = copy_out(channel, next, &found, receiving);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    receiving->message->redelivered = false;
    return commit_next(segment, channel, next, &found, receiving->ack) ? NATIVE_SHM_OK
                                                                       : NATIVE_SHM_CORRUPT;
}

/* The first message that was given back. Returns as take_next(). */
static enum native_shm_status take_returned(struct native_shm_segment *segment,
                                            struct native_shm_channel *channel,
                                            const struct receiving *receiving)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t head = atomic_load_explicit(&ring->head, relaxed),
             next = atomic_load_explicit(&ring->next, relaxed);
    uint32_t all = native_shm_ring_distance(channel, head, next);
    uint64_t at = native_shm_ring_distance(channel, head, ring->returned_at) <= all
                      ? ring->returned_at
                      : head;
    uint32_t left = native_shm_ring_distance(channel, at, next);
    struct native_shm_ring_found found;
    while (left) {
        enum native_shm_status status;
        if (!native_shm_ring_look(channel, at, left, &found)) {
            return NATIVE_SHM_CORRUPT;
        }
        if (NATIVE_SHM_RING_KIND(found.state) != NATIVE_SHM_RING_RETURNED) {
            at = native_shm_ring_after(channel, at, found.units);
            left -= found.units;
            continue;
        }
        ring->returned_at = at;
        status = copy_out(channel, at, &found, receiving);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        receiving->message->redelivered = true;
        native_shm_ring_set(&found, receiving->ack ? segment->id : 0,
                            receiving->ack ? NATIVE_SHM_RING_TAKEN : NATIVE_SHM_RING_DONE);
        NATIVE_SHM_FAULT(channel_returned_taken);
        if (receiving->ack) {
            atomic_fetch_add_explicit(&ring->taken, 1, relaxed);
        }
        atomic_fetch_sub_explicit(&ring->returned, 1, memory_order_seq_cst);
        if (receiving->ack) {
            return NATIVE_SHM_OK;
        }
        return native_shm_ring_advance(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
    }
    atomic_store_explicit(&ring->returned, 0, memory_order_seq_cst);
    return NATIVE_SHM_NOT_FOUND;
}

/* One try under the lock. Returns OK, NOT_FOUND, TOO_BIG, BUSY, CORRUPT. */
static enum native_shm_status receive_round(struct native_shm_segment *segment,
                                            struct native_shm_channel *channel,
                                            const struct receiving *receiving)
{
    struct native_shm_ring *ring = channel->ring;
    enum native_shm_status status = native_shm_ring_enter_receivers(segment, channel);
    if (status == NATIVE_SHM_BUSY) {
        return status;
    }
    if (status == NATIVE_SHM_OK) {
        status = NATIVE_SHM_NOT_FOUND;
        if (atomic_load_explicit(&ring->returned, relaxed)) {
            status = take_returned(segment, channel, receiving);
        }
        if (status == NATIVE_SHM_NOT_FOUND) {
            status = take_next(segment, channel, receiving);
        }
    }
    native_shm_ring_give(&ring->receivers);
    if (status == NATIVE_SHM_OK) {
        native_shm_ring_room(channel);
    }
    return status;
}

static bool arrived(const struct native_shm_channel *channel, uint64_t unused)
{
    (void)unused;
    return native_shm_channel_ready(channel) || native_shm_channel_over(channel);
}

/* Give the dead's messages to the living, if it is time to look. */
static void revive_sometimes(struct native_shm_segment *segment, struct native_shm_channel *channel)
{
    uint64_t now;
    channel->calls = 0;
    if (!native_shm_ring_any_taken(channel)) {
        return;
    }
    now = native_shm_now_us();
    if (now - channel->revived_us >= REVIVE_PAUSE_US) {
        channel->revived_us = now;
        native_shm_channel_revive(segment, channel);
    }
}

/* A lock was not to be had, but its owner lives: whether there is time to try again. */
static bool again_in_time(uint64_t wait_ms, uint64_t *deadline)
{
    if (!*deadline) {
        *deadline = native_shm_deadline(wait_ms);
    }
    return wait_ms && (!*deadline || native_shm_now_us() < *deadline);
}

/* Nothing was there. Returns OK (try again), BUSY, CLOSED, INTERRUPTED, CORRUPT. */
static enum native_shm_status wait_for_message(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel, uint64_t wait_ms,
                                               uint64_t *deadline)
{
    bool over = native_shm_channel_over(channel);
    uint32_t others = 0;
    revive_sometimes(segment, channel);
    if (native_shm_channel_ready(channel)) {
        return NATIVE_SHM_OK;
    }
    if (over) {
        /* What others have taken comes back if they die: whoever leaves now would leave it to nobody. */
        enum native_shm_status status = native_shm_ring_others(segment, channel, &others);
        if (status != NATIVE_SHM_OK || !others) {
            return status == NATIVE_SHM_OK ? NATIVE_SHM_CLOSED : status;
        }
    }
    if (!wait_ms) {
        return NATIVE_SHM_BUSY;
    }
    if (!*deadline) {
        *deadline = native_shm_deadline(wait_ms);
    }
    if (!over) {
        return native_shm_ring_wait(channel, &channel->ring->arrivals, arrived, arrived, 0,
                                    NATIVE_SHM_SLICE_US, *deadline);
    }
    return native_shm_waiters_sleep(&channel->ring->arrivals,
                                    native_shm_waiters_announce(&channel->ring->arrivals),
                                    NATIVE_SHM_SLICE_US, *deadline);
}

/* Whether the ring could be put right without a loss. *status otherwise says what to return. */
static bool mended(struct native_shm_segment *segment, struct native_shm_channel *channel,
                   bool *reset, enum native_shm_status *status)
{
    if (*reset) {
        return false;
    }
    *reset = true;
    *status = native_shm_ring_reset(segment, channel);
    return *status == NATIVE_SHM_OK;
}

enum native_shm_status native_shm_channel_receive(struct native_shm_segment *segment,
                                                  struct native_shm_channel *channel, void *buffer,
                                                  size_t buffer_len, bool ack, uint64_t wait_ms,
                                                  struct native_shm_message *message)
{
    struct receiving receiving = {buffer, buffer_len, ack, message};
    uint64_t deadline = 0;
    bool waited = false, reset = false;
    if (!native_shm_segment_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    if (++channel->calls >= CALLS) {
        revive_sometimes(segment, channel);
    }
    for (;;) {
        enum native_shm_status status = NATIVE_SHM_NOT_FOUND;
        if (native_shm_channel_maybe_ready(channel)) {
            status = receive_round(segment, channel, &receiving);
        }
        if (status == NATIVE_SHM_CORRUPT && mended(segment, channel, &reset, &status)) {
            continue;
        }
        if (status == NATIVE_SHM_BUSY && again_in_time(wait_ms, &deadline)) {
            continue;
        }
        if (status != NATIVE_SHM_NOT_FOUND) {
            /* Two messages may have come while only we were woken. */
            if (waited && native_shm_channel_ready(channel)) {
                native_shm_waiters_wake(&channel->ring->arrivals, 1);
            }
            return status;
        }
        status = wait_for_message(segment, channel, wait_ms, &deadline);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        waited = true;
    }
}
