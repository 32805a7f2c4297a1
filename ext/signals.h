/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/signals.h - what a call that blocks does between two waits, so that PHP's signal handlers and time limit work. */
#ifndef NATIVE_EXT_SIGNALS_H
#define NATIVE_EXT_SIGNALS_H

#include "compat.h"

/* No wait is longer than this, in milliseconds: a handler runs within 100 ms. */
enum { NATIVE_EXT_SLICE_MS = 50 };

/* Run what is due: signal handlers, with and without pcntl_async_signals(), and the end by max_execution_time. May run
 * code of the user's. Returns false when an exception is to be thrown. */
bool native_ext_run_signals(void);

/* The same after a wait that `ready` descriptors have ended: handlers that somebody must ask for are asked for at once where
 * nothing was ready (time was over, or a signal came), else once in a slice. What is always ready asks for them in time, and
 * what is over soon not at all. */
bool native_ext_run_signals_after(int ready);

/* Returns whether something waits for native_ext_run_signals(). */
static inline bool native_ext_is_interrupted(void)
{
    return zend_atomic_bool_load_ex(&EG(vm_interrupt));
}

#endif
