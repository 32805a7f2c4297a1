/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_return.c - messages that come back (channel.h): given back by who took them, or taken from the dead. One store
 * each: the message's state, which also counts how often that happened. */
#include "channel_ring.h"

#include "fault.h"

#define relaxed memory_order_relaxed

/* Whether holders live: a few answers of the kernel are remembered for one walk. */
struct holders {
    struct native_shm_segment *segment;
    uint32_t ids[8];
    bool alive[8];
    uint32_t count;
};

static bool holder_lives(struct holders *holders, uint32_t id)
{
    uint32_t place = holders->count % 8;
    for (uint32_t i = 0; i < 8 && i < holders->count; i++) {
        if (holders->ids[i] == id) {
            return holders->alive[i];
        }
    }
    holders->ids[place] = id;
    holders->alive[place] = native_shm_alive(holders->segment, id);
    holders->count++;
    return holders->alive[place];
}

/* Which messages come back: at one position, of us, of the dead; or just count those of others. */
enum which { ONE, OURS, OF_THE_DEAD, COUNT_OTHERS };

struct giving {
    struct native_shm_segment *segment;
    struct native_shm_channel *channel;
    enum which which;
    uint64_t position;
    int bell;
    bool rung; /* or nobody to hear it */
    bool look; /* change nothing, count what would come back */
    uint32_t count;
    struct holders holders;
};

static bool comes_back(struct giving *giving, const struct native_shm_ring_found *found)
{
    if (!native_shm_ring_is_taken(found->state)) {
        return false;
    }
    switch (giving->which) {
    case OF_THE_DEAD:
        return !holder_lives(&giving->holders, NATIVE_SHM_RING_HOLDER(found->state));
    case COUNT_OTHERS:
        return NATIVE_SHM_RING_HOLDER(found->state) != giving->segment->id;
    default:
        return NATIVE_SHM_RING_HOLDER(found->state) == giving->segment->id;
    }
}

/* Both locks are held (to look: the receivers'). The bell comes before the store, as in sending. */
static void give_one(struct giving *giving, uint64_t position, struct native_shm_ring_found *found)
{
    struct native_shm_ring *ring = giving->channel->ring;
    giving->count++;
    if (giving->look) {
        return;
    }
    if (!giving->rung && atomic_load_explicit(&ring->armed, relaxed)) {
        native_shm_bell_ring(giving->segment, giving->channel, giving->bell);
    }
    giving->rung = true;
    if (!atomic_load_explicit(&ring->returned, relaxed) ||
        native_shm_ring_distance(giving->channel, position, ring->returned_at) <=
            giving->channel->units) {
        ring->returned_at = position;
    }
    NATIVE_SHM_FAULT(channel_before_return);
    native_shm_ring_return(found);
    NATIVE_SHM_FAULT(channel_after_return);
    /* In this order: a kill never leaves both too low. */
    atomic_fetch_add_explicit(&ring->returned, 1, memory_order_seq_cst);
    NATIVE_SHM_FAULT(channel_return_counted);
    atomic_fetch_sub_explicit(&ring->taken, 1, relaxed);
}

static enum native_shm_status give_all(struct giving *giving)
{
    struct native_shm_channel *channel = giving->channel;
    uint64_t at = atomic_load_explicit(&channel->ring->head, relaxed);
    uint32_t rest =
        native_shm_ring_distance(channel, at, atomic_load_explicit(&channel->ring->next, relaxed));
    struct native_shm_ring_found found;
    if (rest == NATIVE_SHM_RING_BAD) {
        return NATIVE_SHM_CORRUPT;
    }
    while (rest) {
        if (!native_shm_ring_look(channel, at, rest, &found)) {
            return NATIVE_SHM_CORRUPT;
        }
        if (comes_back(giving, &found)) {
            give_one(giving, at, &found);
        }
        at = native_shm_ring_after(channel, at, found.units);
        rest -= found.units;
    }
    /* Counts that are wrong for whatever reason would hide messages. */
    return native_shm_ring_recount(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
}

static enum native_shm_status give_named(struct giving *giving)
{
    struct native_shm_ring_found found;
    if (!native_shm_ring_named(giving->channel, giving->position, &found) ||
        !comes_back(giving, &found)) {
        return NATIVE_SHM_NOT_FOUND;
    }
    give_one(giving, giving->position, &found);
    return NATIVE_SHM_OK;
}

static enum native_shm_status under_receivers_lock(struct giving *giving)
{
    enum native_shm_status status =
        native_shm_ring_enter_receivers(giving->segment, giving->channel);
    if (status == NATIVE_SHM_BUSY) {
        return status;
    }
    if (status == NATIVE_SHM_OK) {
        status = giving->which == ONE ? give_named(giving) : give_all(giving);
    }
    native_shm_ring_give(&giving->channel->ring->receivers);
    return status;
}

/* See first whether there is anything to do: senders are not to wait while we wait for receivers. */
static enum native_shm_status give(struct giving *giving)
{
    struct native_shm_ring *ring = giving->channel->ring;
    enum native_shm_status status;
    giving->look = true;
    status = under_receivers_lock(giving);
    if (status != NATIVE_SHM_OK || giving->which == COUNT_OTHERS || !giving->count) {
        return native_shm_ring_left(giving->segment, giving->channel, status);
    }
    giving->look = false;
    giving->count = 0;
    giving->bell = native_shm_bell_open(giving->segment, giving->channel);
    status = native_shm_ring_enter_senders(giving->segment, giving->channel);
    if (status == NATIVE_SHM_OK) {
        status = under_receivers_lock(giving);
        native_shm_ring_give(&ring->senders);
    }
    native_shm_bell_close(giving->segment, giving->bell);
    if (giving->rung) {
        native_shm_waiters_wake(&ring->arrivals, (int)(giving->count & 0x7fffffffu));
    }
    return native_shm_ring_left(giving->segment, giving->channel, status);
}

static enum native_shm_status give_which(struct native_shm_segment *segment,
                                         struct native_shm_channel *channel, enum which which,
                                         uint64_t position, uint32_t *count)
{
    struct giving giving = {
        .segment = segment, .channel = channel, .which = which, .position = position};
    enum native_shm_status status;
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    giving.holders.segment = segment;
    status = give(&giving);
    *count = giving.count;
    return status;
}

enum native_shm_status native_shm_channel_give_back(struct native_shm_segment *segment,
                                                    struct native_shm_channel *channel,
                                                    uint64_t position)
{
    uint32_t count;
    return give_which(segment, channel, ONE, position, &count);
}

enum native_shm_status native_shm_channel_give_back_all(struct native_shm_segment *segment,
                                                        struct native_shm_channel *channel)
{
    uint32_t count;
    enum native_shm_status status;
    if (!native_shm_ring_any_taken(channel)) {
        return NATIVE_SHM_OK;
    }
    status = give_which(segment, channel, OURS, 0, &count);
    return status == NATIVE_SHM_NOT_FOUND ? NATIVE_SHM_OK : status;
}

enum native_shm_status native_shm_channel_revive(struct native_shm_segment *segment,
                                                 struct native_shm_channel *channel)
{
    uint32_t count;
    enum native_shm_status status;
    if (!native_shm_ring_any_taken(channel)) {
        return NATIVE_SHM_OK;
    }
    status = give_which(segment, channel, OF_THE_DEAD, 0, &count);
    return status == NATIVE_SHM_NOT_FOUND ? NATIVE_SHM_OK : status;
}

enum native_shm_status native_shm_ring_others(struct native_shm_segment *segment,
                                              struct native_shm_channel *channel, uint32_t *others)
{
    enum native_shm_status status = NATIVE_SHM_OK;
    *others = 0;
    if (native_shm_ring_any_taken(channel)) {
        status = give_which(segment, channel, COUNT_OTHERS, 0, others);
    }
    return status == NATIVE_SHM_NOT_FOUND ? NATIVE_SHM_OK : status;
}
