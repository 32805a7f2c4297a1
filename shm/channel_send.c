/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_send.c - sending into a channel (channel.h).
 * Under the senders' lock: look for room, write behind tail, ring the doorbell if it is armed, move tail. The ringing
 * comes before the commit: a sender that is killed in between wakes somebody for nothing, one that rang afterwards would
 * leave a message that nobody hears of. */
#include "channel_ring.h"

#include "fault.h"

#include <limits.h>

#define relaxed memory_order_relaxed

enum {
    ROOM_SLICE_US =
        5000, /* receivers wake us when a quarter is free; for less we look by ourselves */
    LOOK_PAUSE_US =
        10000, /* a full ring of which all is taken is not walked more often than this */
};

/* `count` messages of `per` parts each. */
struct batch {
    const struct native_shm_part *parts; /* of the next message */
    size_t per, count, done;
    uint32_t format;
    uint32_t len;   /* of the next message */
    uint32_t units; /* that it takes in the ring */
};

/* Bytes of a message; UINT64_MAX for more than any ring has. */
static inline uint64_t message_len(const struct native_shm_part *parts, size_t count)
{
    uint64_t len = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > NATIVE_SHM_CHANNEL_CAPACITY_MAX - len) {
            return UINT64_MAX;
        }
        len += parts[i].len;
    }
    return len;
}

/* All were found to fit into the ring, so their lengths fit here. */
static inline void measure(struct batch *batch)
{
    batch->len = (uint32_t)message_len(batch->parts, batch->per);
    batch->units = NATIVE_SHM_RING_UNITS(batch->len);
}

/* ---- room ------------------------------------------------------------------------------------------ */

/* How many messages there are from head to the one numbered `number`. */
static uint32_t messages_since(const struct native_shm_channel *channel, uint64_t head,
                               uint64_t tail, uint32_t number)
{
    return head == tail ? 0 : number - native_shm_ring_at(channel, head)->number;
}

/* Whether a message fits at `tail`. Returns OK, FULL, CORRUPT. */
static inline enum native_shm_status look_for_room(const struct native_shm_channel *channel,
                                                   uint64_t tail, uint32_t number, uint32_t units)
{
    struct native_shm_ring *ring = channel->ring;
    uint32_t used = native_shm_ring_distance(channel, ring->seen_head, tail);
    if (!channel->messages && used <= channel->units && channel->units - used >= units) {
        return NATIVE_SHM_OK;
    }
    ring->seen_head = atomic_load_explicit(&ring->head, memory_order_seq_cst);
    used = native_shm_ring_distance(channel, ring->seen_head, tail);
    if (used > channel->units) {
        return NATIVE_SHM_CORRUPT;
    }
    if (channel->messages &&
        messages_since(channel, ring->seen_head, tail, number) >= channel->messages) {
        return NATIVE_SHM_FULL;
    }
    return channel->units - used >= units ? NATIVE_SHM_OK : NATIVE_SHM_FULL;
}

/* ---- dropping the oldest --------------------------------------------------------------------------- */

/* Both locks are held, head is next: let next move over a message that nobody gets. */
static bool drop_next(struct native_shm_channel *channel, uint64_t next, uint64_t tail)
{
    struct native_shm_ring *ring = channel->ring;
    struct native_shm_ring_found found;
    uint64_t after;
    if (!native_shm_ring_look(channel, next, native_shm_ring_distance(channel, next, tail),
                              &found)) {
        return false;
    }
    if (NATIVE_SHM_RING_KIND(found.state) != NATIVE_SHM_RING_FRESH) {
        native_shm_ring_set(&found, 0, NATIVE_SHM_RING_FRESH);
    }
    after = native_shm_ring_after(channel, next, found.units);
    ring->planned_next = after;
    ring->planned_passed = atomic_load_explicit(&ring->passed, relaxed) + 1;
    ring->planned_dropped = atomic_load_explicit(&ring->dropped_new, relaxed) + 1;
    atomic_store_explicit(&ring->next, after, memory_order_release);
    NATIVE_SHM_FAULT(channel_dropped_next);
    atomic_store_explicit(&ring->passed, ring->planned_passed, relaxed);
    atomic_store_explicit(&ring->dropped_new, ring->planned_dropped, relaxed);
    atomic_store_explicit(&ring->head, after, memory_order_release);
    return true;
}

/* Both locks are held, a message that was taken once is at head. Returns OK, FULL (its holder lives), CORRUPT. */
static enum native_shm_status drop_head(struct native_shm_segment *segment,
                                        struct native_shm_channel *channel, uint64_t head,
                                        uint64_t next)
{
    struct native_shm_ring *ring = channel->ring;
    struct native_shm_ring_found found;
    uint32_t kind;
    bool taken;
    if (!native_shm_ring_look(channel, head, native_shm_ring_distance(channel, head, next),
                              &found)) {
        return NATIVE_SHM_CORRUPT;
    }
    kind = NATIVE_SHM_RING_KIND(found.state);
    taken = native_shm_ring_is_taken(found.state);
    if (taken && native_shm_alive(segment, NATIVE_SHM_RING_HOLDER(found.state))) {
        return NATIVE_SHM_FULL;
    }
    if (taken || kind == NATIVE_SHM_RING_RETURNED) {
        _Atomic uint32_t *count = taken ? &ring->taken : &ring->returned;
        native_shm_ring_set(&found, 0, NATIVE_SHM_RING_DONE);
        NATIVE_SHM_FAULT(channel_dropped_head);
        atomic_fetch_sub_explicit(count, 1, memory_order_seq_cst);
        atomic_fetch_add_explicit(&ring->dropped_again, 1, relaxed);
    } else if (kind != NATIVE_SHM_RING_DONE && kind != NATIVE_SHM_RING_FRESH) {
        return NATIVE_SHM_CORRUPT;
    }
    return native_shm_ring_advance(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
}

/* The senders' lock is held: drop until a message fits. Returns OK, FULL, BUSY, CORRUPT. */
static enum native_shm_status drop(struct native_shm_segment *segment,
                                   struct native_shm_channel *channel, uint32_t units)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t tail = atomic_load_explicit(&ring->tail, relaxed);
    enum native_shm_status status = native_shm_ring_enter_receivers(segment, channel);
    if (status == NATIVE_SHM_BUSY) {
        return status;
    }
    /* Each round moves head by a message, or ends. */
    for (uint32_t i = 0; status == NATIVE_SHM_OK && i <= channel->units; i++) {
        uint64_t head = atomic_load_explicit(&ring->head, relaxed),
                 next = atomic_load_explicit(&ring->next, relaxed);
        status = look_for_room(channel, tail, (uint32_t)ring->number, units);
        if (status != NATIVE_SHM_FULL) {
            break;
        }
        if (head == next) {
            status = drop_next(channel, next, tail) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
        } else {
            status = drop_head(segment, channel, head, next);
        }
    }
    native_shm_lock_give(&ring->receivers);
    return status;
}

/* ---- sending --------------------------------------------------------------------------------------- */

static inline void write_message(const struct native_shm_channel *channel,
                                 const struct batch *batch, uint64_t position, uint32_t number)
{
    struct native_shm_ring_message *message = native_shm_ring_at(channel, position);
    uint64_t check = native_shm_ring_check(position, batch->len, number, batch->format), at = 0;
    message->len = batch->len;
    message->number = number;
    atomic_store_explicit(&message->state,
                          native_shm_ring_state(0, check, batch->format, NATIVE_SHM_RING_FRESH),
                          relaxed);
    NATIVE_SHM_FAULT(channel_header_written);
    for (size_t i = 0; i < batch->per; i++) {
        const struct native_shm_part *part = &batch->parts[i];
        if (part->len) {
            native_shm_ring_put(channel, position, at, part->bytes, part->len);
            at += part->len;
        }
    }
}

/* The commit. Seen by whoever is going to sleep only after native_shm_ring_give(). */
static inline void publish(struct native_shm_ring *ring, uint64_t tail, uint64_t count)
{
    ring->number += count;
    ring->planned_tail = tail;
    ring->planned_sent = atomic_load_explicit(&ring->sent, relaxed) + count;
    NATIVE_SHM_FAULT(channel_before_tail);
    atomic_store_explicit(&ring->tail, tail, memory_order_release);
    NATIVE_SHM_FAULT(channel_after_tail);
    atomic_store_explicit(&ring->sent, ring->planned_sent, relaxed);
}

/* The senders' lock is held: write and publish what fits; *count goes up by the messages. Returns OK: all of the batch;
 * FULL, CORRUPT: why no more. */
static enum native_shm_status put_batch(struct native_shm_segment *segment,
                                        struct native_shm_channel *channel, struct batch *batch,
                                        int bell, size_t *count)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t tail = atomic_load_explicit(&ring->tail, relaxed);
    enum native_shm_status status = NATIVE_SHM_OK;
    size_t done = 0;
    while (batch->done < batch->count) {
        uint32_t number = (uint32_t)(ring->number + done);
        status = look_for_room(channel, tail, number, batch->units);
        if (status != NATIVE_SHM_OK) {
            break;
        }
        write_message(channel, batch, tail, number);
        tail = native_shm_ring_after(channel, tail, batch->units);
        done++;
        if (++batch->done < batch->count) {
            batch->parts += batch->per;
            measure(batch);
        }
    }
    if (done) {
        if (atomic_load_explicit(&ring->armed, relaxed)) {
            native_shm_bell_ring(segment, channel, bell);
        }
        publish(ring, tail, done);
        *count += done;
    }
    return status;
}

/* put_batch(), dropping what is in the way where that is the policy. */
static enum native_shm_status put_or_drop(struct native_shm_segment *segment,
                                          struct native_shm_channel *channel, struct batch *batch,
                                          int bell, size_t *count)
{
    enum native_shm_status status = put_batch(segment, channel, batch, bell, count);
    while (status == NATIVE_SHM_FULL && channel->policy == NATIVE_SHM_DROP_OLDEST) {
        status = drop(segment, channel, batch->units);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        status = put_batch(segment, channel, batch, bell, count);
    }
    return status;
}

/* One round under the lock. Returns OK (all sent), FULL, CLOSED, BUSY, CORRUPT; CHANGED: the doorbell is armed, open it. */
static enum native_shm_status send_round(struct native_shm_segment *segment,
                                         struct native_shm_channel *channel, struct batch *batch,
                                         int bell, uint64_t *head)
{
    struct native_shm_ring *ring = channel->ring;
    size_t count = 0;
    enum native_shm_status status = native_shm_ring_enter_senders(segment, channel);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    if (native_shm_channel_over(channel)) {
        status = NATIVE_SHM_CLOSED;
    } else if (bell == NATIVE_SHM_BELL_UNKNOWN && atomic_load_explicit(&ring->armed, relaxed)) {
        status = NATIVE_SHM_CHANGED;
    } else {
        status = put_or_drop(segment, channel, batch, bell, &count);
        *head = ring->seen_head;
    }
    native_shm_ring_give(&ring->senders);
    if (count) {
        NATIVE_SHM_FAULT(channel_before_wake);
        native_shm_waiters_wake(&ring->arrivals, count > INT_MAX ? INT_MAX : (int)count);
    }
    return status;
}

static bool head_moved(const struct native_shm_channel *channel, uint64_t head)
{
    return atomic_load_explicit(&channel->ring->head, memory_order_seq_cst) != head ||
           native_shm_channel_over(channel);
}

/* Whether there is so much room that going on is worth it: message by message the two sides would take the same cache
 * lines from each other all the time. */
static bool much_room(const struct native_shm_channel *channel, uint64_t unused)
{
    const struct native_shm_ring *ring = channel->ring;
    uint32_t used = native_shm_ring_distance(channel, atomic_load_explicit(&ring->head, relaxed),
                                             atomic_load_explicit(&ring->tail, relaxed));
    (void)unused;
    return used > channel->units ||
           channel->units - used >= atomic_load_explicit(&ring->room_wanted, relaxed) ||
           native_shm_channel_over(channel);
}

/* Wait until head is another one. */
static enum native_shm_status wait_for_room(struct native_shm_channel *channel,
                                            const struct batch *batch, uint64_t head,
                                            uint64_t deadline)
{
    struct native_shm_ring *ring = channel->ring;
    uint32_t quarter = channel->units / 4, wanted = batch->units > quarter ? batch->units : quarter;
    uint32_t before = atomic_load_explicit(&ring->room_wanted, relaxed);
    while (before < wanted && !atomic_compare_exchange_weak_explicit(&ring->room_wanted, &before,
                                                                     wanted, relaxed, relaxed)) {
    }
    return native_shm_ring_wait(channel, &ring->room, channel->messages ? head_moved : much_room,
                                head_moved, head, ROOM_SLICE_US, deadline);
}

/* Full, but nothing is ready: unless receivers hold it all, the ring is damaged, and nobody else would notice. */
static bool worth_a_look(struct native_shm_channel *channel)
{
    uint64_t now;
    if (native_shm_channel_ready(channel)) {
        return false;
    }
    if (!native_shm_ring_any_taken(channel)) {
        return true;
    }
    now = native_shm_now_us();
    if (now - channel->looked_us < LOOK_PAUSE_US) {
        return false;
    }
    channel->looked_us = now;
    return true;
}

/* The ring is damaged, or may be: put it right, once. *status says what came of it. Returns whether to try again. */
static bool mended(struct native_shm_segment *segment, struct native_shm_channel *channel,
                   bool *reset, enum native_shm_status *status)
{
    if (*reset ||
        (*status != NATIVE_SHM_CORRUPT && !(*status == NATIVE_SHM_FULL && worth_a_look(channel)))) {
        return false;
    }
    *reset = true;
    *status = native_shm_ring_reset(segment, channel);
    return *status == NATIVE_SHM_OK;
}

/* Rounds until all is sent, or no more can be. Who may wait goes on when a lock was not to be had: its owner lives. */
static enum native_shm_status send_batch(struct native_shm_segment *segment,
                                         struct native_shm_channel *channel, struct batch *batch,
                                         uint64_t wait_ms, int *bell)
{
    uint64_t deadline = 0, head = 0;
    bool may_wait = channel->policy == NATIVE_SHM_BLOCK && wait_ms, waited = false, reset = false;
    for (;;) {
        enum native_shm_status status = send_round(segment, channel, batch, *bell, &head);
        if (status == NATIVE_SHM_OK) {
            return status;
        }
        if (status == NATIVE_SHM_CHANGED) {
            *bell = native_shm_bell_open(segment, channel);
            continue;
        }
        if (mended(segment, channel, &reset, &status)) {
            continue;
        }
        if (!may_wait || (status != NATIVE_SHM_FULL && status != NATIVE_SHM_BUSY)) {
            return status;
        }
        if (!waited) {
            waited = true;
            deadline = native_shm_deadline(wait_ms);
        }
        if (status == NATIVE_SHM_FULL) {
            status = wait_for_room(channel, batch, head, deadline);
        } else if (!deadline || native_shm_now_us() < deadline) {
            status = NATIVE_SHM_OK;
        }
        if (status != NATIVE_SHM_OK) {
            return status == NATIVE_SHM_BUSY ? NATIVE_SHM_FULL : status;
        }
    }
}

static enum native_shm_status send_checked(struct native_shm_segment *segment,
                                           struct native_shm_channel *channel, struct batch *batch,
                                           uint64_t wait_ms)
{
    int bell = NATIVE_SHM_BELL_UNKNOWN;
    uint64_t max = native_shm_channel_message_max(channel);
    enum native_shm_status status;
    if (batch->format > 255) {
        return NATIVE_SHM_INVALID;
    }
    for (size_t i = 0; i < batch->count; i++) {
        if (message_len(batch->parts + i * batch->per, batch->per) > max) {
            return NATIVE_SHM_TOO_BIG;
        }
    }
    measure(batch);
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    status = send_batch(segment, channel, batch, wait_ms, &bell);
    native_shm_bell_close(segment, bell);
    return status;
}

/* ---- one message, at once --------------------------------------------------------------------------- */

/* What nearly every send is: a channel that is open, whose doorbell nobody has armed, with room for sure. Returns OK; BUSY:
 * nothing was done, look closer. */
static enum native_shm_status send_at_once(struct native_shm_segment *segment,
                                           struct native_shm_channel *channel,
                                           const struct native_shm_part *part, uint32_t format)
{
    struct native_shm_ring *ring = channel->ring;
    uint32_t units = NATIVE_SHM_RING_UNITS(part->len), used;
    enum native_shm_status status = NATIVE_SHM_BUSY;
    uint64_t tail;
    if (!native_shm_lock_try(segment, &ring->senders)) {
        return status;
    }
    tail = atomic_load_explicit(&ring->tail, relaxed);
    used = native_shm_ring_distance(channel, ring->seen_head, tail);
    if (used <= channel->units && channel->units - used >= units && !channel->messages &&
        !native_shm_channel_over(channel) && !atomic_load_explicit(&ring->armed, relaxed)) {
        struct batch batch = {
            .parts = part, .per = 1, .format = format, .len = (uint32_t)part->len};
        write_message(channel, &batch, tail, (uint32_t)ring->number);
        publish(ring, native_shm_ring_after(channel, tail, units), 1);
        status = NATIVE_SHM_OK;
    }
    native_shm_ring_give(&ring->senders);
    if (status == NATIVE_SHM_OK) {
        NATIVE_SHM_FAULT(channel_before_wake);
        native_shm_waiters_wake(&ring->arrivals, 1);
    }
    return status;
}

enum native_shm_status native_shm_channel_send(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               const struct native_shm_part *parts,
                                               size_t part_count, uint32_t format, uint64_t wait_ms)
{
    struct batch batch = {.parts = parts, .per = part_count, .count = 1, .format = format};
    if (part_count == 1 && parts->len <= native_shm_channel_message_max(channel) && format <= 255 &&
        native_shm_enter(segment) &&
        send_at_once(segment, channel, parts, format) == NATIVE_SHM_OK) {
        return NATIVE_SHM_OK;
    }
    return send_checked(segment, channel, &batch, wait_ms);
}

enum native_shm_status native_shm_channel_send_many(struct native_shm_segment *segment,
                                                    struct native_shm_channel *channel,
                                                    const struct native_shm_part *messages,
                                                    size_t message_count, uint32_t format,
                                                    uint64_t wait_ms, size_t *sent)
{
    struct batch batch = {.parts = messages, .per = 1, .count = message_count, .format = format};
    enum native_shm_status status =
        message_count ? send_checked(segment, channel, &batch, wait_ms) : NATIVE_SHM_OK;
    *sent = batch.done;
    return status;
}
