/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* counter.c - named numbers (counter.h). */
#include "counter.h"

#include "fault.h"
#include "waiters.h"

#include <limits.h>

static void make_counter(void *body, const struct native_shm_object_open *open)
{
    struct native_shm_counter *counter = body;
    atomic_store_explicit(&counter->value, *(const int64_t *)open->context, memory_order_relaxed);
}

enum native_shm_status native_shm_counter_open(struct native_shm_segment *segment, const char *name,
                                               size_t name_len, int64_t start,
                                               struct native_shm_counter **counter)
{
    struct native_shm_object_open open = {
        .name = name,
        .name_len = name_len,
        .kind = NATIVE_SHM_OBJECT_COUNTER,
        .body_size = sizeof(struct native_shm_counter),
        .size = sizeof(struct native_shm_counter),
        .make = make_counter,
        .context = &start,
    };
    struct native_shm_object *object;
    void *body;
    enum native_shm_status status = native_shm_object_open(segment, &open, &object, &body);
    *counter = status == NATIVE_SHM_OK ? body : NULL;
    return status;
}

int64_t native_shm_counter_add(struct native_shm_counter *counter, int64_t by)
{
    int64_t before = atomic_fetch_add_explicit(&counter->value, by, memory_order_seq_cst);
    if (by) {
        NATIVE_SHM_FAULT(counter_changed);
        native_shm_waiters_wake(&counter->changed, INT_MAX);
    }
    return (int64_t)((uint64_t)before + (uint64_t)by);
}

int64_t native_shm_counter_get(const struct native_shm_counter *counter)
{
    return atomic_load_explicit(&counter->value, memory_order_seq_cst);
}

int64_t native_shm_counter_set(struct native_shm_counter *counter, int64_t value)
{
    int64_t before = atomic_exchange_explicit(&counter->value, value, memory_order_seq_cst);
    if (before != value) {
        native_shm_waiters_wake(&counter->changed, INT_MAX);
    }
    return before;
}

bool native_shm_counter_swap(struct native_shm_counter *counter, int64_t from, int64_t to)
{
    if (!atomic_compare_exchange_strong_explicit(&counter->value, &from, to, memory_order_seq_cst,
                                                 memory_order_seq_cst)) {
        return false;
    }
    native_shm_waiters_wake(&counter->changed, INT_MAX);
    return true;
}

enum native_shm_status native_shm_counter_wait(struct native_shm_counter *counter, int64_t while_is,
                                               uint64_t wait_ms)
{
    uint64_t deadline;
    if (native_shm_counter_get(counter) != while_is) {
        return NATIVE_SHM_OK;
    }
    deadline = native_shm_deadline(wait_ms);
    for (;;) {
        uint32_t announced = native_shm_waiters_announce(&counter->changed);
        enum native_shm_status status;
        if (native_shm_counter_get(counter) != while_is) {
            return NATIVE_SHM_OK;
        }
        status =
            native_shm_waiters_sleep(&counter->changed, announced, NATIVE_SHM_SLICE_US, deadline);
        if (status != NATIVE_SHM_OK) {
            return status;
        }
    }
}
