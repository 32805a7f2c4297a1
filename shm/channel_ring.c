/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_ring.c - what senders and receivers of a channel share: locks, waiting, and putting right what the dead left.
 * Nothing that a kill leaves is out of order: tail, next and head move by single stores, in the order next, head.
 * Counts are derived; a change that takes two stores notes before what it is going to leave ("planned"). */
#include "channel_ring.h"

#include "fault.h"

#include <limits.h>

#define relaxed memory_order_relaxed

enum {
    SPIN_LEAST_US = 1,
    SPIN_MOST_US = 30, /* about what sleeping and being woken costs */
};

/* ---- looking --------------------------------------------------------------------------------------- */

bool native_shm_ring_named(const struct native_shm_channel *channel, uint64_t position,
                           struct native_shm_ring_found *found)
{
    const struct native_shm_ring *ring = channel->ring;
    uint64_t head = atomic_load_explicit(&ring->head, relaxed),
             next = atomic_load_explicit(&ring->next, relaxed);
    uint32_t all = native_shm_ring_distance(channel, head, next),
             before = native_shm_ring_distance(channel, head, position);
    return all <= channel->units && before < all &&
           native_shm_ring_look(channel, position, all - before, found);
}

/* ---- repair ---------------------------------------------------------------------------------------- */

bool native_shm_ring_advance(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t head = atomic_load_explicit(&ring->head, relaxed), start = head;
    uint32_t left =
        native_shm_ring_distance(channel, head, atomic_load_explicit(&ring->next, relaxed));
    struct native_shm_ring_found found;
    if (left == NATIVE_SHM_RING_BAD) {
        return false;
    }
    while (left) {
        if (!native_shm_ring_look(channel, head, left, &found)) {
            return false;
        }
        if (NATIVE_SHM_RING_KIND(found.state) != NATIVE_SHM_RING_DONE &&
            NATIVE_SHM_RING_KIND(found.state) != NATIVE_SHM_RING_FRESH) {
            break;
        }
        head = native_shm_ring_after(channel, head, found.units);
        left -= found.units;
    }
    if (head != start) {
        NATIVE_SHM_FAULT(channel_before_head);
        atomic_store_explicit(&ring->head, head, memory_order_release);
        NATIVE_SHM_FAULT(channel_after_head);
    }
    return true;
}

void native_shm_ring_finish_send(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    if (atomic_load_explicit(&ring->tail, relaxed) == ring->planned_tail) {
        atomic_store_explicit(&ring->sent, ring->planned_sent, relaxed);
    }
    /* It may have been about to wake or ring. */
    atomic_store_explicit(&ring->armed, 1, relaxed);
    native_shm_waiters_wake(&ring->arrivals, INT_MAX);
}

bool native_shm_ring_recount(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t at = atomic_load_explicit(&ring->head, relaxed),
             next = atomic_load_explicit(&ring->next, relaxed);
    uint32_t left = native_shm_ring_distance(channel, at, next), taken = 0, returned = 0;
    struct native_shm_ring_found found;
    ring->returned_at = at;
    if (left == NATIVE_SHM_RING_BAD) {
        return false;
    }
    while (left) {
        if (!native_shm_ring_look(channel, at, left, &found)) {
            return false;
        }
        taken += native_shm_ring_is_taken(found.state);
        returned += NATIVE_SHM_RING_KIND(found.state) == NATIVE_SHM_RING_RETURNED;
        at = native_shm_ring_after(channel, at, found.units);
        left -= found.units;
    }
    atomic_store_explicit(&ring->taken, taken, relaxed);
    atomic_store_explicit(&ring->returned, returned, memory_order_seq_cst);
    return true;
}

bool native_shm_ring_finish_receive(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    if (atomic_load_explicit(&ring->next, relaxed) == ring->planned_next) {
        atomic_store_explicit(&ring->passed, ring->planned_passed, relaxed);
        atomic_store_explicit(&ring->dropped_new, ring->planned_dropped, relaxed);
    }
    if (!native_shm_ring_recount(channel) || !native_shm_ring_advance(channel)) {
        return false;
    }
    native_shm_waiters_wake(&ring->room, INT_MAX);
    native_shm_waiters_wake(&ring->arrivals, INT_MAX);
    return true;
}

/* ---- damage ---------------------------------------------------------------------------------------- */

static bool makes_sense(const struct native_shm_channel *channel)
{
    const struct native_shm_ring *ring = channel->ring;
    uint64_t at = atomic_load_explicit(&ring->head, relaxed),
             tail = atomic_load_explicit(&ring->tail, relaxed);
    uint64_t next = atomic_load_explicit(&ring->next, relaxed);
    uint32_t left = native_shm_ring_distance(channel, at, tail),
             taken = native_shm_ring_distance(channel, at, next);
    struct native_shm_ring_found found;
    /* next must be where a message begins. */
    bool met = at == next;
    if (left == NATIVE_SHM_RING_BAD || taken == NATIVE_SHM_RING_BAD || taken > left) {
        return false;
    }
    while (left) {
        if (!native_shm_ring_look(channel, at, left, &found)) {
            return false;
        }
        at = native_shm_ring_after(channel, at, found.units);
        left -= found.units;
        met = met || at == next;
    }
    return met;
}

/* Both locks are held. Killed in the middle it makes no sense still, and is done again. */
static void clear(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    uint64_t start = atomic_load_explicit(&ring->tail, relaxed);
    uint64_t sent = atomic_load_explicit(&ring->sent, relaxed),
             passed = atomic_load_explicit(&ring->passed, relaxed);
    uint64_t dropped =
        atomic_load_explicit(&ring->dropped_new, relaxed) + (sent > passed ? sent - passed : 0);
    start += 2 * NATIVE_SHM_RING_LAP - NATIVE_SHM_RING_OFFSET(start);
    ring->seen_head = ring->returned_at = start;
    atomic_store_explicit(&ring->seen_tail, start, relaxed);
    ring->planned_tail = ring->planned_next = start;
    ring->planned_sent = ring->planned_passed = sent;
    ring->planned_dropped = dropped;
    atomic_store_explicit(&ring->taken, 0, relaxed);
    atomic_store_explicit(&ring->returned, 0, relaxed);
    NATIVE_SHM_FAULT(channel_clearing);
    atomic_store_explicit(&ring->tail, start, memory_order_seq_cst);
    NATIVE_SHM_FAULT(channel_cleared_tail);
    atomic_store_explicit(&ring->next, start, memory_order_seq_cst);
    atomic_store_explicit(&ring->head, start, memory_order_seq_cst);
    atomic_store_explicit(&ring->passed, sent, relaxed);
    atomic_store_explicit(&ring->dropped_new, dropped, relaxed);
}

enum native_shm_status native_shm_ring_reset(struct native_shm_segment *segment,
                                             struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    enum native_shm_status status = native_shm_ring_enter_senders(segment, channel);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    status = native_shm_ring_enter_receivers(segment, channel);
    if (status == NATIVE_SHM_BUSY) {
        native_shm_lock_give(&ring->senders);
        return status;
    }
    status = NATIVE_SHM_OK;
    if (!makes_sense(channel)) {
        clear(channel);
        status = NATIVE_SHM_CORRUPT;
    }
    /* What is remembered of the other side may be what was wrong. */
    ring->seen_head = atomic_load_explicit(&ring->head, relaxed);
    atomic_store_explicit(&ring->seen_tail, atomic_load_explicit(&ring->tail, relaxed), relaxed);
    native_shm_ring_recount(channel);
    native_shm_lock_give(&ring->receivers);
    native_shm_lock_give(&ring->senders);
    native_shm_waiters_wake(&ring->room, INT_MAX);
    native_shm_waiters_wake(&ring->arrivals, INT_MAX);
    return status;
}

enum native_shm_status native_shm_ring_left(struct native_shm_segment *segment,
                                            struct native_shm_channel *channel,
                                            enum native_shm_status status)
{
    if (status == NATIVE_SHM_CORRUPT) {
        enum native_shm_status reset = native_shm_ring_reset(segment, channel);
        return reset == NATIVE_SHM_OK ? NATIVE_SHM_NOT_FOUND : reset;
    }
    return status;
}

/* ---- waiting --------------------------------------------------------------------------------------- */

void native_shm_ring_room(struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    uint32_t used;
    if (!native_shm_waiters_any(&ring->room)) {
        return;
    }
    /* Not for each message: who is woken for one fills it and sleeps again. */
    used = native_shm_ring_distance(channel, atomic_load_explicit(&ring->head, relaxed),
                                    atomic_load_explicit(&ring->tail, relaxed));
    if (used > channel->units || channel->messages ||
        channel->units - used >= atomic_load_explicit(&ring->room_wanted, relaxed)) {
        atomic_store_explicit(&ring->room_wanted, 0, relaxed);
        native_shm_waiters_wake(&ring->room, INT_MAX);
    }
}

/* Spin as long as it pays: a spin that ends for nothing (the other one is slow, or waits for this very CPU) makes the
 * next shorter; one that catches something makes it long again, and so does each 64th for nothing: two that both
 * sleep would else never find each other awake. */
static bool spin(struct native_shm_channel *channel, native_shm_ring_until *until, uint64_t what)
{
    uint64_t end;
    if (!channel->spin_us) {
        return false;
    }
    end = native_shm_now_us() + channel->spin_us;
    do {
        for (int i = 0; i < 32; i++) {
            if (until(channel, what)) {
                channel->spin_us = SPIN_MOST_US;
                return true;
            }
            for (uint32_t pauses = 0; pauses <= channel->lull / 2; pauses++) {
                native_shm_ring_relax();
            }
        }
    } while (native_shm_now_us() < end);
    channel->spin_us = channel->spin_us / 2 > SPIN_LEAST_US ? channel->spin_us / 2 : SPIN_LEAST_US;
    if (++channel->spun_for_nothing % 64 == 0) {
        channel->spin_us = SPIN_MOST_US;
    }
    return false;
}

enum native_shm_status native_shm_ring_wait(struct native_shm_channel *channel,
                                            struct native_shm_waiters *waiters,
                                            native_shm_ring_until *spin_until,
                                            native_shm_ring_until *until, uint64_t what,
                                            uint64_t slice_us, uint64_t deadline_us)
{
    enum native_shm_status status;
    uint32_t announced;
    if (spin(channel, spin_until, what)) {
        return NATIVE_SHM_OK;
    }
    announced = native_shm_waiters_announce(waiters);
    if (until(channel, what)) {
        return NATIVE_SHM_OK;
    }
    NATIVE_SHM_FAULT(channel_sleeping);
    status = native_shm_waiters_sleep(waiters, announced, slice_us, deadline_us);
    /* Others may still sleep: whoever changes something next is to look. */
    native_shm_waiters_announce(waiters);
    return status;
}
