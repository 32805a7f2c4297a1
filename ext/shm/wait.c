/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/wait.c - waiting in slices. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "wait.h"

#include <math.h>

#include "../../shm/lock.h"
#include "exceptions.h"

#include "zend_exceptions.h"

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

bool native_ext_shm_wait(zend_execute_data *execute_data, native_ext_shm_try *try_once,
                         void *object, const char *late)
{
    struct native_ext_shm_deadline deadline;
    bool for_ever = true;
    double timeout = 0;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    ZEND_PARSE_PARAMETERS_END_EX(return false);
    if (!native_ext_shm_deadline_set(&deadline, timeout, for_ever, 1))
        return false;
    do {
        enum native_shm_status status =
            try_once(object, native_ext_shm_slice_ms(&deadline), for_ever);

        if (status == NATIVE_SHM_OK)
            return true;
        if (status == NATIVE_SHM_SYSTEM)
            return false;
        if (native_ext_shm_is_over(&deadline)) {
            zend_throw_exception(native_ext_shm_timeout_exception_ce, late, 0);
            return false;
        }
    } while (native_ext_shm_between());
    return false;
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
