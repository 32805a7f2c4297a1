/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* counter.h - a signed 64-bit number in a cache line of its own, found once by name, then changed by single atomic
 * instructions. Never evicted. Wraps round. Nothing to repair after a kill.
 * Blocks: wait() only. Allocates: in the segment, when first opened. */
#ifndef NATIVE_SHM_COUNTER_H
#define NATIVE_SHM_COUNTER_H

#include "object.h"

struct native_shm_counter; /* in the segment */

/* Find or make; `start` is the value of a new one. Returns OK and what native_shm_object_open() returns. */
NATIVE_API enum native_shm_status native_shm_counter_open(struct native_shm_segment *segment,
                                                          const char *name, size_t name_len,
                                                          int64_t start,
                                                          struct native_shm_counter **counter);
/* Returns the sum. */
NATIVE_API int64_t native_shm_counter_add(struct native_shm_counter *counter, int64_t by);
NATIVE_API int64_t native_shm_counter_get(const struct native_shm_counter *counter);
/* Returns the value before. */
NATIVE_API int64_t native_shm_counter_set(struct native_shm_counter *counter, int64_t value);
/* Returns whether it was `from`, and is `to` now. */
NATIVE_API bool native_shm_counter_swap(struct native_shm_counter *counter, int64_t from,
                                        int64_t to);
/* Wait until the value is not `while_is`, at most wait_ms. Returns OK, BUSY (time over), INTERRUPTED. */
NATIVE_API enum native_shm_status native_shm_counter_wait(struct native_shm_counter *counter,
                                                          int64_t while_is, uint64_t wait_ms);

#endif
