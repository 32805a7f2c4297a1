/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* semaphore.c - named numbers of permits (semaphore.h). A permit's word: 0 -> (number, id) -> 0, or from a dead owner's to the next
 * one's. Whoever is killed has either put its word there or not: there is nothing to repair. */
#include "semaphore.h"

#include "fault.h"
#include "waiters.h"

#define OWNER_ID(word) ((uint32_t)(word))

enum native_shm_status native_shm_semaphore_open(struct native_shm_segment *segment,
                                                 const char *name, size_t name_len,
                                                 uint32_t permits,
                                                 struct native_shm_semaphore *semaphore)
{
    struct native_shm_object_open open = {
        .name = name,
        .name_len = name_len,
        .kind = NATIVE_SHM_OBJECT_SEMAPHORE,
        .body_size = sizeof(struct native_shm_semaphore_words) + permits * sizeof(uint64_t),
        .size = permits,
    };
    struct native_shm_object *object;
    void *body;
    enum native_shm_status status;
    if (permits < 1 || permits > NATIVE_SHM_PERMITS_MAX) {
        return NATIVE_SHM_INVALID;
    }
    status = native_shm_object_open(segment, &open, &object, &body);
    if (status == NATIVE_SHM_OK) {
        *semaphore = (struct native_shm_semaphore){body, permits};
    }
    return status;
}

/* Put our word where `from` was. */
static bool take(const struct native_shm_semaphore *semaphore, uint32_t index, uint64_t from,
                 uint64_t word, struct native_shm_permit *permit)
{
    if (!atomic_compare_exchange_strong_explicit(&semaphore->at->owners[index], &from, word,
                                                 memory_order_seq_cst, memory_order_relaxed)) {
        return false;
    }
    NATIVE_SHM_FAULT(semaphore_taken);
    *permit = (struct native_shm_permit){word, index};
    return true;
}

/* Take one that is free. Each participant begins elsewhere, so that they do not meet at the first. */
static bool take_free(struct native_shm_segment *segment,
                      const struct native_shm_semaphore *semaphore, uint64_t word,
                      struct native_shm_permit *permit)
{
    uint32_t permits = semaphore->permits, index = NATIVE_SHM_ID_SLOT(segment->id) % permits;
    for (uint32_t i = 0; i < permits; i++, index = index + 1 < permits ? index + 1 : 0) {
        if (!atomic_load_explicit(&semaphore->at->owners[index], memory_order_seq_cst) &&
            take(semaphore, index, 0, word, permit)) {
            return true;
        }
    }
    return false;
}

/* Take one whose owner is dead. */
static bool take_from_dead(struct native_shm_segment *segment,
                           const struct native_shm_semaphore *semaphore, uint64_t word,
                           struct native_shm_permit *permit)
{
    uint32_t alive = segment->id;
    for (uint32_t i = 0; i < semaphore->permits; i++) {
        uint64_t owner = atomic_load_explicit(&semaphore->at->owners[i], memory_order_relaxed);
        if (!owner || OWNER_ID(owner) == alive) {
            continue;
        }
        if (native_shm_alive(segment, OWNER_ID(owner))) {
            alive = OWNER_ID(owner);
        } else if (take(semaphore, i, owner, word, permit)) {
            return true;
        }
    }
    return false;
}

enum native_shm_status native_shm_semaphore_acquire(struct native_shm_segment *segment,
                                                    const struct native_shm_semaphore *semaphore,
                                                    uint64_t wait_ms,
                                                    struct native_shm_permit *permit)
{
    uint64_t deadline, slice_us = NATIVE_SHM_FIRST_SLICE_US, word;
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    word = (uint64_t)atomic_fetch_add_explicit(&semaphore->at->acquired, 1, memory_order_relaxed)
               << 32 |
           segment->id;
    if (take_free(segment, semaphore, word, permit) ||
        take_from_dead(segment, semaphore, word, permit)) {
        return NATIVE_SHM_OK;
    }
    if (!wait_ms) {
        return NATIVE_SHM_BUSY;
    }
    deadline = native_shm_deadline(wait_ms);
    for (;;) {
        uint32_t announced = native_shm_waiters_announce(&semaphore->at->given);
        enum native_shm_status status;
        if (take_free(segment, semaphore, word, permit)) {
            return NATIVE_SHM_OK;
        }
        status = native_shm_waiters_sleep(&semaphore->at->given, announced, slice_us, deadline);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        if (take_from_dead(segment, semaphore, word, permit)) {
            return NATIVE_SHM_OK;
        }
        slice_us = native_shm_longer_slice(slice_us);
    }
}

bool native_shm_semaphore_held(const struct native_shm_semaphore *semaphore,
                               const struct native_shm_permit *permit)
{
    return atomic_load_explicit(&semaphore->at->owners[permit->index], memory_order_relaxed) ==
           permit->word;
}

enum native_shm_status native_shm_semaphore_release(const struct native_shm_semaphore *semaphore,
                                                    const struct native_shm_permit *permit)
{
    uint64_t word = permit->word;
    if (!atomic_compare_exchange_strong_explicit(&semaphore->at->owners[permit->index], &word, 0,
                                                 memory_order_seq_cst, memory_order_relaxed)) {
        return NATIVE_SHM_NOT_FOUND;
    }
    NATIVE_SHM_FAULT(semaphore_released);
    /* As many as may go on: one that is given back before those who were woken announce themselves again wakes nobody. */
    native_shm_waiters_wake(&semaphore->at->given, (int)semaphore->permits);
    return NATIVE_SHM_OK;
}

uint32_t native_shm_semaphore_count(const struct native_shm_semaphore *semaphore, uint32_t id)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < semaphore->permits; i++) {
        count +=
            OWNER_ID(atomic_load_explicit(&semaphore->at->owners[i], memory_order_relaxed)) == id;
    }
    return count;
}
