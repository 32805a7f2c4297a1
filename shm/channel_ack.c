/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_ack.c - what a holder does with a message that it received with ack (channel.h). While it lives nobody else
 * changes it. One store each: the message's state. */
#include "channel_ring.h"

#include "fault.h"

#define relaxed memory_order_relaxed

static bool is_ours(const struct native_shm_segment *segment,
                    const struct native_shm_ring_found *found)
{
    return native_shm_ring_is_taken(found->state) &&
           NATIVE_SHM_RING_HOLDER(found->state) == segment->id;
}

/* Take the receivers' lock and find a message that is ours. Returns OK: the lock is held; NOT_FOUND, BUSY, CORRUPT. */
static enum native_shm_status enter(struct native_shm_segment *segment,
                                    struct native_shm_channel *channel, uint64_t position,
                                    struct native_shm_ring_found *found)
{
    enum native_shm_status status = NATIVE_SHM_BUSY;
    if (native_shm_enter(segment)) {
        status = native_shm_ring_enter_receivers(segment, channel);
    }
    if (status == NATIVE_SHM_BUSY) {
        return status;
    }
    if (status == NATIVE_SHM_OK && native_shm_ring_named(channel, position, found) &&
        is_ours(segment, found)) {
        return status;
    }
    native_shm_ring_give(&channel->ring->receivers);
    return native_shm_ring_left(segment, channel,
                                status == NATIVE_SHM_OK ? NATIVE_SHM_NOT_FOUND : status);
}

/* The receivers' lock is held: nobody gets this message again. */
static enum native_shm_status finish(struct native_shm_segment *segment,
                                     struct native_shm_channel *channel,
                                     struct native_shm_ring_found *found)
{
    struct native_shm_ring *ring = channel->ring;
    enum native_shm_status status;
    NATIVE_SHM_FAULT(channel_before_ack);
    native_shm_ring_set(found, 0, NATIVE_SHM_RING_DONE);
    NATIVE_SHM_FAULT(channel_after_ack);
    atomic_fetch_sub_explicit(&ring->taken, 1, relaxed);
    status = native_shm_ring_advance(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
    native_shm_ring_give(&ring->receivers);
    if (status == NATIVE_SHM_OK) {
        native_shm_ring_room(channel);
    }
    return native_shm_ring_left(segment, channel, status);
}

enum native_shm_status native_shm_channel_ack(struct native_shm_segment *segment,
                                              struct native_shm_channel *channel, uint64_t position)
{
    struct native_shm_ring_found found;
    enum native_shm_status status = enter(segment, channel, position, &found);
    return status == NATIVE_SHM_OK ? finish(segment, channel, &found) : status;
}

enum native_shm_status native_shm_channel_drop(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               uint64_t position)
{
    struct native_shm_ring_found found;
    enum native_shm_status status = enter(segment, channel, position, &found);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    atomic_fetch_add_explicit(&channel->ring->dropped_again, 1, relaxed);
    return finish(segment, channel, &found);
}

enum native_shm_status native_shm_channel_mark(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               uint64_t position, bool receiving)
{
    struct native_shm_ring_found found;
    enum native_shm_status status = enter(segment, channel, position, &found);
    if (status == NATIVE_SHM_OK) {
        native_shm_ring_set(&found, segment->id,
                            receiving ? NATIVE_SHM_RING_TAKING : NATIVE_SHM_RING_TAKEN);
        native_shm_ring_give(&channel->ring->receivers);
    }
    return status;
}

enum native_shm_status native_shm_channel_read(struct native_shm_segment *segment,
                                               struct native_shm_channel *channel,
                                               uint64_t position, void *buffer, size_t len)
{
    struct native_shm_ring_found found;
    /* No lock: nobody but us changes what is ours. */
    if (NATIVE_SHM_RING_OFFSET(position) >= channel->units ||
        !native_shm_ring_look(channel, position, channel->units, &found) ||
        !is_ours(segment, &found) || found.len != len) {
        return NATIVE_SHM_NOT_FOUND;
    }
    native_shm_ring_get(channel, position, buffer, len);
    return NATIVE_SHM_OK;
}

enum native_shm_status native_shm_channel_forward(struct native_shm_segment *segment,
                                                  struct native_shm_channel *channel,
                                                  uint64_t position,
                                                  struct native_shm_segment *to_segment,
                                                  struct native_shm_channel *to)
{
    struct native_shm_ring_found found;
    struct native_shm_part parts[2];
    enum native_shm_status status = enter(segment, channel, position, &found);
    uint64_t start, room;
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    /* Its bytes stay as they are while it is ours: no lock is held while the other channel's are. */
    native_shm_ring_give(&channel->ring->receivers);
    start = native_shm_ring_byte(channel, position, 0);
    room = (uint64_t)channel->units * NATIVE_SHM_UNIT - start;
    parts[0].bytes = channel->bytes + start;
    parts[0].len = found.len < room ? found.len : (size_t)room;
    parts[1].bytes = channel->bytes;
    parts[1].len = found.len - parts[0].len;
    status =
        native_shm_channel_send(to_segment, to, parts, 2, NATIVE_SHM_RING_FORMAT(found.state), 0);
    NATIVE_SHM_FAULT(channel_forwarded);
    return status == NATIVE_SHM_OK ? native_shm_channel_drop(segment, channel, position) : status;
}
