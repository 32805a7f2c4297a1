/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mutex.c - named locks for users (mutex.h).
 * The owner's word:  0  ->  (0, id) "has it, makes its token"  ->  (token, id)  ->  0.
 * Only who is in the owner's word writes `token`, so tokens grow in the order of ownership, whoever was killed when. */
#include "mutex.h"

#include "fault.h"
#include "waiters.h"

#define OWNER_ID(word) ((uint32_t)(word))
#define OWNER_TOKEN(word) ((uint32_t)((word) >> 32))

enum native_shm_status native_shm_mutex_open(struct native_shm_segment *segment, const char *name,
                                             size_t name_len, struct native_shm_mutex **mutex)
{
    struct native_shm_object_open open = {
        .name = name,
        .name_len = name_len,
        .kind = NATIVE_SHM_OBJECT_MUTEX,
        .body_size = sizeof(struct native_shm_mutex),
        .size = sizeof(struct native_shm_mutex),
    };
    struct native_shm_object *object;
    void *body;
    enum native_shm_status status = native_shm_object_open(segment, &open, &object, &body);
    *mutex = status == NATIVE_SHM_OK ? body : NULL;
    return status;
}

/* We are in the owner's word: make the token of this ownership. */
static uint64_t new_token(struct native_shm_segment *segment, struct native_shm_mutex *mutex)
{
    uint64_t token = atomic_load_explicit(&mutex->token, memory_order_relaxed) + 1;
    /* A low half of 0 means "makes its token". */
    token += (uint32_t)token == 0;
    atomic_store_explicit(&mutex->token, token, memory_order_relaxed);
    NATIVE_SHM_FAULT(mutex_token);
    atomic_store_explicit(&mutex->owner, token << 32 | segment->id, memory_order_release);
    return token;
}

/* Take it if it is free or its owner is dead. Returns OK, ABANDONED, BUSY. `ask`: whether to ask if the owner lives. */
static enum native_shm_status try_lock(struct native_shm_segment *segment,
                                       struct native_shm_mutex *mutex, bool ask, uint64_t *token)
{
    uint64_t word = atomic_load_explicit(&mutex->owner, memory_order_seq_cst);
    bool dead = word != 0;
    if (dead && (!ask || native_shm_alive(segment, OWNER_ID(word)))) {
        return NATIVE_SHM_BUSY;
    }
    if (!atomic_compare_exchange_strong_explicit(&mutex->owner, &word, segment->id,
                                                 memory_order_seq_cst, memory_order_relaxed)) {
        return NATIVE_SHM_BUSY;
    }
    NATIVE_SHM_FAULT(mutex_taken);
    *token = new_token(segment, mutex);
    /* A kill from here on makes the next owner hear of ours. */
    if (atomic_exchange_explicit(&mutex->abandoned, 0, memory_order_relaxed)) {
        dead = true;
    }
    return dead ? NATIVE_SHM_ABANDONED : NATIVE_SHM_OK;
}

enum native_shm_status native_shm_mutex_lock(struct native_shm_segment *segment,
                                             struct native_shm_mutex *mutex, uint64_t wait_ms,
                                             uint64_t *token)
{
    uint64_t deadline = 0, slice_us = NATIVE_SHM_FIRST_SLICE_US;
    bool slept = false;
    enum native_shm_status status;
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    status = try_lock(segment, mutex, true, token);
    if (status != NATIVE_SHM_BUSY || !wait_ms) {
        return status;
    }
    deadline = native_shm_deadline(wait_ms);
    for (;;) {
        uint32_t announced = native_shm_waiters_announce(&mutex->given);
        status = try_lock(segment, mutex, slept, token);
        if (status != NATIVE_SHM_BUSY) {
            return status;
        }
        status = native_shm_waiters_sleep(&mutex->given, announced, slice_us, deadline);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
        slept = true;
        slice_us = native_shm_longer_slice(slice_us);
    }
}

bool native_shm_mutex_owned(const struct native_shm_mutex *mutex, uint64_t token)
{
    uint64_t word = atomic_load_explicit(&mutex->owner, memory_order_seq_cst);
    return (uint32_t)token && OWNER_TOKEN(word) == (uint32_t)token &&
           atomic_load_explicit(&mutex->token, memory_order_relaxed) == token;
}

enum native_shm_status native_shm_mutex_unlock(struct native_shm_mutex *mutex, uint64_t token,
                                               bool abandon)
{
    uint64_t word = atomic_load_explicit(&mutex->owner, memory_order_seq_cst);
    if (!native_shm_mutex_owned(mutex, token) || OWNER_TOKEN(word) != (uint32_t)token) {
        return NATIVE_SHM_NOT_FOUND;
    }
    if (abandon) {
        atomic_store_explicit(&mutex->abandoned, 1, memory_order_relaxed);
    }
    NATIVE_SHM_FAULT(mutex_unlocking);
    if (!atomic_compare_exchange_strong_explicit(&mutex->owner, &word, 0, memory_order_seq_cst,
                                                 memory_order_relaxed)) {
        return NATIVE_SHM_NOT_FOUND;
    }
    NATIVE_SHM_FAULT(mutex_unlocked);
    native_shm_waiters_wake(&mutex->given, 1);
    return NATIVE_SHM_OK;
}
