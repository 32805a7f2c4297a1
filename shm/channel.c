/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel.c - finding, making, closing channels (channel.h). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "channel_ring.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>

enum { SPIN_US = 10 }; /* at first */

/* Spinning helps only if somebody else runs meanwhile. */
static uint32_t spin_time(void)
{
    cpu_set_t cpus;
    return sched_getaffinity(0, sizeof(cpus), &cpus) == 0 && CPU_COUNT(&cpus) > 1 ? SPIN_US : 0;
}

static void make_ring(void *body, const struct native_shm_object_open *open)
{
    struct native_shm_ring *ring = body;
    const struct native_shm_channel_open *channel = open->context;
    ring->capacity = open->size;
    ring->messages = channel->messages;
    ring->policy = (uint32_t)channel->policy;
}

/* A handle to a ring that was found; everything in it that decides about addresses is checked here, once. */
static enum native_shm_status make_handle(struct native_shm_segment *segment,
                                          struct native_shm_object *object,
                                          struct native_shm_ring *ring,
                                          const struct native_shm_channel_open *open,
                                          struct native_shm_channel **channel)
{
    uint64_t capacity = ring->capacity;
    struct native_shm_channel *handle;
    if (capacity != object->size || capacity < NATIVE_SHM_CHANNEL_ROUND ||
        capacity > NATIVE_SHM_CHANNEL_CAPACITY_MAX || capacity % NATIVE_SHM_UNIT ||
        ring->policy > NATIVE_SHM_DROP_OLDEST ||
        !native_shm_at(segment, native_shm_ref(segment, ring), sizeof(*ring) + capacity)) {
        return NATIVE_SHM_CORRUPT;
    }
    if (open->capacity &&
        (ring->policy != (uint32_t)open->policy || ring->messages != open->messages)) {
        return NATIVE_SHM_MISMATCH;
    }
    handle = calloc(1, sizeof(*handle));
    if (!handle) {
        return NATIVE_SHM_SYSTEM;
    }
    handle->object = object;
    handle->ring = ring;
    handle->bytes = ring->bytes;
    handle->units = (uint32_t)(capacity / NATIVE_SHM_UNIT);
    handle->messages = ring->messages;
    handle->policy = (enum native_shm_policy)ring->policy;
    handle->spin_us = spin_time();
    handle->name = native_shm_ref(segment, ring);
    *channel = handle;
    return NATIVE_SHM_OK;
}

enum native_shm_status native_shm_channel_open(struct native_shm_segment *segment,
                                               const struct native_shm_channel_open *open,
                                               struct native_shm_channel **channel)
{
    struct native_shm_object_open find = {
        .name = open->name,
        .name_len = open->name_len,
        .kind = NATIVE_SHM_OBJECT_CHANNEL,
        .zero_size = sizeof(struct native_shm_ring),
        .must_exist = open->must_exist || !open->capacity,
        .make = make_ring,
        .context = open,
    };
    struct native_shm_object *object;
    void *body;
    enum native_shm_status status;
    *channel = NULL;
    if (open->capacity > NATIVE_SHM_CHANNEL_CAPACITY_MAX ||
        (!open->capacity && !open->must_exist) || (uint32_t)open->policy > NATIVE_SHM_DROP_OLDEST) {
        return NATIVE_SHM_INVALID;
    }
    find.size = (open->capacity + NATIVE_SHM_CHANNEL_ROUND - 1) / NATIVE_SHM_CHANNEL_ROUND *
                NATIVE_SHM_CHANNEL_ROUND;
    find.body_size = sizeof(struct native_shm_ring) + find.size;
    status = native_shm_object_open(segment, &find, &object, &body);
    return status == NATIVE_SHM_OK ? make_handle(segment, object, body, open, channel) : status;
}

void native_shm_channel_free(struct native_shm_channel *channel)
{
    free(channel);
}

uint64_t native_shm_channel_message_max(const struct native_shm_channel *channel)
{
    return (uint64_t)(channel->units - 1) * NATIVE_SHM_UNIT;
}

enum native_shm_policy native_shm_channel_policy(const struct native_shm_channel *channel)
{
    return channel->policy;
}

void native_shm_channel_close(struct native_shm_segment *segment,
                              struct native_shm_channel *channel)
{
    struct native_shm_ring *ring = channel->ring;
    int bell = native_shm_bell_open(segment, channel);
    /* Under the lock: no send is on its way when this returns. Without it (a stopped owner) that one still comes in. */
    bool locked = native_shm_enter(segment) &&
                  native_shm_ring_enter_senders(segment, channel) == NATIVE_SHM_OK;
    native_shm_bell_ring(segment, channel, bell);
    atomic_store_explicit(&ring->closed, 1, memory_order_seq_cst);
    if (locked) {
        native_shm_ring_give(&ring->senders);
    }
    native_shm_waiters_wake(&ring->arrivals, INT_MAX);
    native_shm_waiters_wake(&ring->room, INT_MAX);
    native_shm_bell_close(segment, bell);
}

void native_shm_channel_info(struct native_shm_segment *segment, struct native_shm_channel *channel,
                             struct native_shm_channel_info *info)
{
    const struct native_shm_ring *ring = channel->ring;
    uint64_t passed = atomic_load_explicit(&ring->passed, memory_order_acquire);
    uint64_t dropped = atomic_load_explicit(&ring->dropped_new, memory_order_acquire);
    uint64_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    uint32_t used = native_shm_ring_distance(
        channel, head, atomic_load_explicit(&ring->tail, memory_order_acquire));
    (void)segment;
    info->capacity = (uint64_t)channel->units * NATIVE_SHM_UNIT;
    info->used = used > channel->units ? 0 : (uint64_t)used * NATIVE_SHM_UNIT;
    info->sent = atomic_load_explicit(&ring->sent, memory_order_relaxed);
    info->taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    info->ready = (info->sent > passed ? info->sent - passed : 0) +
                  atomic_load_explicit(&ring->returned, memory_order_relaxed);
    info->received = passed > dropped ? passed - dropped : 0;
    info->dropped = dropped + atomic_load_explicit(&ring->dropped_again, memory_order_relaxed);
    info->closed = native_shm_channel_over(channel);
}
