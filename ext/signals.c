/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/signals.c - signal handlers between two waits. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "signals.h"

#include "../net/clock.h"

ZEND_TLS int64_t asked_ms; /* when this thread asked last */

/* Without pcntl_async_signals() handlers run only when somebody asks for them. */
static void dispatch_signals(void)
{
    zend_function *function =
        zend_hash_str_find_ptr(EG(function_table), ZEND_STRL("pcntl_signal_dispatch"));
    zval result;

    if (!function)
        return;
    zend_call_known_function(function, NULL, NULL, &result, 0, NULL, NULL);
    zval_ptr_dtor(&result);
}

/* What the executor does between two opcodes of a script. */
static void run_interrupts(void)
{
    zend_atomic_bool_store_ex(&EG(vm_interrupt), false);
    if (zend_atomic_bool_load_ex(&EG(timed_out)))
        zend_timeout();
    else if (zend_interrupt_function)
        zend_interrupt_function(EG(current_execute_data));
}

bool native_ext_run_signals_after(int ready)
{
    int64_t now_ms = native_net_clock_ms();

    if (ready <= 0 || now_ms - asked_ms >= NATIVE_EXT_SLICE_MS) {
        asked_ms = now_ms;
        return native_ext_run_signals();
    }
    if (native_ext_is_interrupted())
        run_interrupts();
    return !EG(exception);
}

bool native_ext_run_signals(void)
{
    if (native_ext_is_interrupted())
        run_interrupts();
    if (!EG(exception))
        dispatch_signals();
    return !EG(exception);
}
