/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/wait.c - waiting in slices. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "wait.h"

#include <math.h>

#include "../../shm/lock.h"

#define LONGEST_S 315360000.0 /* ten years: as good as for ever */

bool native_ext_shm_deadline_set(struct native_ext_shm_deadline *deadline, double seconds,
                                 bool null, uint32_t number)
{
    deadline->at_us = UINT64_MAX;
    if (null)
        return true;
    if (isnan(seconds) || seconds < 0) {
        zend_argument_value_error(number, "must be greater than or equal to 0");
        return false;
    }
    if (seconds < LONGEST_S)
        deadline->at_us = native_shm_now_us() + (uint64_t)(seconds * 1e6);
    return true;
}

uint64_t native_ext_shm_slice_ms(const struct native_ext_shm_deadline *deadline)
{
    uint64_t now;

    if (deadline->at_us == UINT64_MAX)
        return NATIVE_EXT_SLICE_MS;
    now = native_shm_now_us();
    if (now >= deadline->at_us)
        return 0;
    return MIN((deadline->at_us - now + 999) / 1000, NATIVE_EXT_SLICE_MS);
}

bool native_ext_shm_ttl_slow(double seconds, uint32_t number, uint64_t *ttl_ms)
{
    if (isnan(seconds) || seconds < 0) {
        zend_argument_value_error(number, "must be greater than or equal to 0");
        return false;
    }
    *ttl_ms = seconds < LONGEST_S ? (uint64_t)ceil(seconds * 1000) : 0;
    return true;
}
