/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_receive.c - receiving from a channel (channel.h).
 * Under the receivers' lock: copy the message out, then commit by one store: `next` moves over it, or, for one that was
 * given back, its state changes. With ack the holder is written before next moves; from next on nobody reads it. */
#include "channel_ring.h"

#include "fault.h"
#include "format.h"

#define relaxed memory_order_relaxed

enum {
    MANY = 64,               /* messages at most while the lock is held */
    CALLS = 1024,            /* receives between looks at the clock while messages keep coming */
    REVIVE_PAUSE_US = 10000, /* holders are not asked more often than this */
    /* pauses of the processor, 10 to 50 ns each: */
    LULL_FIRST = 4,
    LULL_MOST = 32,
    LULL_TRY =
        32, /* every so many looks that found one message, whether more would come in a lull */
};

struct receiving {
    struct native_shm_place *place; /* of the next message */
    size_t count, done;             /* places */
    enum native_shm_ack ack;
};

static inline bool stays(enum native_shm_ack ack, uint32_t format)
{
    return ack == NATIVE_SHM_ACK_ALL || ack == NATIVE_SHM_ACK_CLAIM ||
           (ack == NATIVE_SHM_ACK_ENCODED && format > NATIVE_SHM_FORMAT_STRING);
}

static inline uint32_t taken_as(enum native_shm_ack ack)
{
    return ack == NATIVE_SHM_ACK_ALL ? NATIVE_SHM_RING_TAKEN : NATIVE_SHM_RING_TAKING;
}

/* Copy a message out. Returns OK, TOO_BIG. */
static inline enum native_shm_status copy_out(const struct native_shm_channel *channel,
                                              uint64_t position,
                                              const struct native_shm_ring_found *found,
                                              const struct receiving *receiving)
{
    struct native_shm_place *place = receiving->place;
    place->message.position = position;
    place->message.len = found->len;
    place->message.format = NATIVE_SHM_RING_FORMAT(found->state);
    place->message.returns = (uint8_t)NATIVE_SHM_RING_RETURNS(found->state);
    place->message.failures = (uint8_t)NATIVE_SHM_RING_FAILURES(found->state);
    place->message.redelivered = place->message.returns != 0;
    place->message.taken = stays(receiving->ack, place->message.format);
    if (found->len > place->buffer_len ||
        (place->message.taken && receiving->done && receiving->ack == NATIVE_SHM_ACK_ENCODED)) {
        return NATIVE_SHM_TOO_BIG;
    }
    if (found->len && receiving->ack != NATIVE_SHM_ACK_CLAIM) {
        native_shm_ring_get(channel, position, place->buffer, found->len);
    }
    NATIVE_SHM_FAULT(channel_copied);
    return NATIVE_SHM_OK;
}

/* Let next move over the message at it, which has been copied out. `taken`: what it is then, 0 for done with. */
static inline bool commit_next(struct native_shm_segment *segment,
                               struct native_shm_channel *channel, uint64_t next,
                               struct native_shm_ring_found *found, uint32_t taken)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t after = native_shm_ring_after(channel, next, found->units);
    if (taken) {
        native_shm_ring_set(found, segment->id, taken);
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
    if (taken) {
        return true;
    }
    if (atomic_load_explicit(&ring->head, relaxed) != next) {
        return native_shm_ring_advance(channel);
    }
    atomic_store_explicit(&ring->head, after, memory_order_release);
    return true;
}

/* A receiver that is faster than the sender would take the sender's line from it for each message, and both would spend
 * their time waiting for lines. It pauses before it looks, as long as that makes it find several messages. */
static void learn_lull(struct native_shm_channel *channel, bool several)
{
    if (several) {
        channel->lull = channel->lull ? channel->lull * 2 : LULL_FIRST;
        channel->lull = channel->lull < LULL_MOST ? channel->lull : LULL_MOST;
    } else {
        channel->lull = ++channel->looks % LULL_TRY ? channel->lull / 2 : LULL_FIRST;
    }
}

static void lull(const struct native_shm_channel *channel)
{
    const struct native_shm_ring *ring = channel->ring;
    if (channel->lull && channel->spin_us &&
        atomic_load_explicit(&ring->seen_tail, relaxed) ==
            atomic_load_explicit(&ring->next, relaxed)) {
        for (uint32_t i = 0; i < channel->lull; i++) {
            native_shm_ring_relax();
        }
    }
}

/* Units from `next` to the tail that is known, or to the tail itself where none is known; 0, RING_BAD. The receivers' lock
 * is held. */
static inline uint32_t known_units(struct native_shm_channel *channel, uint64_t next)
{
    struct native_shm_ring *ring = channel->ring;
    uint32_t left =
        native_shm_ring_distance(channel, next, atomic_load_explicit(&ring->seen_tail, relaxed));
    if (left == 0 || left == NATIVE_SHM_RING_BAD) {
        uint64_t tail = atomic_load_explicit(&ring->tail, memory_order_seq_cst);
        atomic_store_explicit(&ring->seen_tail, tail, relaxed);
        left = native_shm_ring_distance(channel, next, tail);
        if (left != 0 && left != NATIVE_SHM_RING_BAD) {
            learn_lull(channel,
                       left > NATIVE_SHM_RING_UNITS(native_shm_ring_at(channel, next)->len));
        }
    }
    return left;
}

/* Returns OK, NOT_FOUND, TOO_BIG, CORRUPT. */
static inline enum native_shm_status take_next(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               const struct receiving *receiving)
{
    uint64_t next = atomic_load_explicit(&channel->ring->next, relaxed);
    uint32_t left = known_units(channel, next);
    struct native_shm_ring_found found;
    enum native_shm_status status;
    if (left == 0) {
        return NATIVE_SHM_NOT_FOUND;
    }
    if (!native_shm_ring_look(channel, next, left, &found)) {
        return NATIVE_SHM_CORRUPT;
    }
    status = copy_out(channel, next, &found, receiving);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    return commit_next(segment, channel, next, &found,
                       receiving->place->message.taken ? taken_as(receiving->ack) : 0)
               ? NATIVE_SHM_OK
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
        bool taken = receiving->place->message.taken;
        native_shm_ring_set(&found, taken ? segment->id : 0,
                            taken ? taken_as(receiving->ack) : NATIVE_SHM_RING_DONE);
        NATIVE_SHM_FAULT(channel_returned_taken);
        if (taken) {
            atomic_fetch_add_explicit(&ring->taken, 1, relaxed);
        }
        atomic_fetch_sub_explicit(&ring->returned, 1, memory_order_seq_cst);
        if (taken) {
            return NATIVE_SHM_OK;
        }
        return native_shm_ring_advance(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
    }
    atomic_store_explicit(&ring->returned, 0, memory_order_seq_cst);
    return NATIVE_SHM_NOT_FOUND;
}

/* One try under the lock, for all places. Returns OK (one at least), NOT_FOUND, TOO_BIG, BUSY, CORRUPT. */
static enum native_shm_status receive_round(struct native_shm_segment *segment,
                                            struct native_shm_channel *channel,
                                            struct receiving *receiving)
{
    struct native_shm_ring *ring = channel->ring;
    enum native_shm_status status = native_shm_ring_enter_receivers(segment, channel);
    if (status == NATIVE_SHM_BUSY) {
        return status;
    }
    while (status == NATIVE_SHM_OK && receiving->done < receiving->count) {
        status = NATIVE_SHM_NOT_FOUND;
        if (atomic_load_explicit(&ring->returned, relaxed)) {
            status = take_returned(segment, channel, receiving);
        }
        if (status == NATIVE_SHM_NOT_FOUND) {
            status = take_next(segment, channel, receiving);
        }
        if (status == NATIVE_SHM_OK && receiving->place->message.taken &&
            receiving->ack == NATIVE_SHM_ACK_ENCODED) {
            receiving->count = receiving->done + 1; /* one that must be decoded comes alone */
        }
        if (status == NATIVE_SHM_OK) {
            receiving->done++;
            receiving->place++;
        }
    }
    native_shm_ring_give(&ring->receivers);
    if (receiving->done && status != NATIVE_SHM_CORRUPT) {
        native_shm_ring_room(channel);
        return NATIVE_SHM_OK;
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

/* Rounds until there is something, or the time is over. */
static enum native_shm_status receive(struct native_shm_segment *segment,
                                      struct native_shm_channel *channel,
                                      struct receiving *receiving, uint64_t wait_ms)
{
    uint64_t deadline = 0;
    bool waited = false, reset = false;
    for (;;) {
        enum native_shm_status status = NATIVE_SHM_NOT_FOUND;
        if (native_shm_channel_maybe_ready(channel)) {
            status = receive_round(segment, channel, receiving);
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
            return receiving->done ? NATIVE_SHM_OK : status;
        }
        status = wait_for_message(segment, channel, wait_ms, &deadline);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        waited = true;
    }
}

/* Before each receiving. Returns false when the segment cannot be used. */
static inline bool begin(struct native_shm_segment *segment, struct native_shm_channel *channel,
                         uint64_t wait_ms)
{
    if (!native_shm_enter(segment)) {
        return false;
    }
    if (++channel->calls >= CALLS) {
        revive_sometimes(segment, channel);
    }
    if (wait_ms) {
        lull(channel);
    }
    return true;
}

static enum native_shm_status receive_one(struct native_shm_segment *segment,
                                          struct native_shm_channel *channel, void *buffer,
                                          size_t buffer_len, enum native_shm_ack ack,
                                          uint64_t wait_ms, struct native_shm_message *message)
{
    struct native_shm_place place = {.buffer = buffer, .buffer_len = buffer_len};
    struct receiving receiving = {&place, 1, 0, ack};
    enum native_shm_status status = receive(segment, channel, &receiving, wait_ms);
    *message = place.message;
    return status;
}

/* What nearly every receive is: the lock is free, nothing was given back or is out for ack, the next message fits.
 * Returns OK; BUSY: nothing was done, look closer. */
static inline enum native_shm_status receive_at_once(struct native_shm_segment *segment,
                                                     struct native_shm_channel *channel,
                                                     void *buffer, size_t buffer_len,
                                                     enum native_shm_ack ack,
                                                     struct native_shm_message *message)
{
    struct native_shm_ring *ring = channel->ring;
    enum native_shm_status status = NATIVE_SHM_BUSY;
    struct native_shm_ring_found found;
    uint64_t next;
    uint32_t left;
    if (!native_shm_channel_maybe_ready(channel) ||
        !native_shm_lock_try(segment, &ring->receivers)) {
        return status;
    }
    next = atomic_load_explicit(&ring->next, relaxed);
    left = known_units(channel, next);
    if (!atomic_load_explicit(&ring->returned, relaxed) &&
        atomic_load_explicit(&ring->head, relaxed) == next &&
        native_shm_ring_look(channel, next, left, &found) && found.len <= buffer_len &&
        !stays(ack, NATIVE_SHM_RING_FORMAT(found.state))) {
        if (found.len) {
            native_shm_ring_get(channel, next, buffer, found.len);
        }
        NATIVE_SHM_FAULT(channel_copied);
        message->position = next;
        message->len = found.len;
        message->format = NATIVE_SHM_RING_FORMAT(found.state);
        message->redelivered = message->taken = false;
        message->returns = message->failures = 0;
        (void)commit_next(segment, channel, next, &found, 0);
        status = NATIVE_SHM_OK;
    }
    native_shm_ring_give(&ring->receivers);
    if (status == NATIVE_SHM_OK) {
        native_shm_ring_room(channel);
    }
    return status;
}

enum native_shm_status native_shm_channel_receive(struct native_shm_segment *segment,
                                                  struct native_shm_channel *channel, void *buffer,
                                                  size_t buffer_len, enum native_shm_ack ack,
                                                  uint64_t wait_ms,
                                                  struct native_shm_message *message)
{
    if (!begin(segment, channel, wait_ms)) {
        return NATIVE_SHM_BUSY;
    }
    if (ack != NATIVE_SHM_ACK_ALL &&
        receive_at_once(segment, channel, buffer, buffer_len, ack, message) == NATIVE_SHM_OK) {
        return NATIVE_SHM_OK;
    }
    return receive_one(segment, channel, buffer, buffer_len, ack, wait_ms, message);
}

enum native_shm_status native_shm_channel_receive_many(struct native_shm_segment *segment,
                                                       struct native_shm_channel *channel,
                                                       struct native_shm_place *places,
                                                       size_t count, enum native_shm_ack ack,
                                                       uint64_t wait_ms, size_t *received)
{
    struct receiving receiving = {places, count < MANY ? count : MANY, 0, ack};
    enum native_shm_status status = NATIVE_SHM_BUSY;
    if (begin(segment, channel, wait_ms)) {
        status = receive(segment, channel, &receiving, wait_ms);
    }
    *received = receiving.done;
    return status;
}
