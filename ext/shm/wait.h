/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/wait.h - waiting in slices: PHP's signal handlers and time limit get their turn at least every 100 ms.
 * No lock is held between slices. */
#ifndef NATIVE_EXT_SHM_WAIT_H
#define NATIVE_EXT_SHM_WAIT_H

#include "php.h"

#include "../../shm/status.h"
#include "../signals.h"

struct native_ext_shm_deadline {
    uint64_t at_us; /* UINT64_MAX: never */
};

/* Seconds from now; `null`: never. Throws a ValueError for argument `number` and returns false if it is negative or NAN. */
bool native_ext_shm_deadline_set(struct native_ext_shm_deadline *deadline, double seconds,
                                 bool null, uint32_t number);

/* How long the next slice may be: up to 50 ms, 0 when the time is over. */
uint64_t native_ext_shm_slice_ms(const struct native_ext_shm_deadline *deadline);

static inline bool native_ext_shm_is_over(const struct native_ext_shm_deadline *deadline)
{
    return native_ext_shm_slice_ms(deadline) == 0;
}

/* Between two slices. Returns false when a handler threw (or the script is to end). */
static inline bool native_ext_shm_between(void)
{
    return native_ext_run_signals();
}

/* Try to get something for so long. Returns OK, BUSY, INTERRUPTED, or SYSTEM after throwing. `for_ever`: the method would try again
 * without an end. */
typedef enum native_shm_status native_ext_shm_try(void *object, uint64_t wait_ms, bool for_ever);

/* A method whose only argument is the timeout: try in slices. Returns true when it has it; else something was thrown, at the
 * end of the time a TimeoutException with the text `late`. */
bool native_ext_shm_wait(zend_execute_data *execute_data, native_ext_shm_try *try_once,
                         void *object, const char *late);

bool native_ext_shm_ttl_slow(double seconds, uint32_t number, uint64_t *ttl_ms);

/* Seconds to milliseconds of a time to live, rounded up; 0 is for ever. Throws a ValueError and returns false if it is
 * negative or NAN. */
static zend_always_inline bool native_ext_shm_ttl(double seconds, uint32_t number, uint64_t *ttl_ms)
{
    *ttl_ms = 0;
    return EXPECTED(seconds == 0) || native_ext_shm_ttl_slow(seconds, number, ttl_ms);
}

#endif
