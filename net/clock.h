/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clock.h - monotonic milliseconds and arithmetic with deadlines.
 * Shape: a moment is an int64_t of milliseconds since some start; it never jumps with the wall
 * clock. Pure but for native_net_clock_ms(), which reads the clock. Nothing here overflows. */
#ifndef NATIVE_NET_CLOCK_H
#define NATIVE_NET_CLOCK_H

#include <stdint.h>

/* The deadline that never comes. */
#define NATIVE_NET_NEVER INT64_MAX

/* Returns the time now. */
int64_t native_net_clock_ms(void);

/* Returns the same clock in microseconds, for measuring. */
int64_t native_net_clock_us(void);

/* Returns the moment `timeout_ms` after `now_ms`; NEVER for a negative timeout. */
int64_t native_net_deadline_after(int64_t now_ms, int64_t timeout_ms);

/* Returns the earlier of two deadlines. */
int64_t native_net_deadline_min(int64_t a, int64_t b);

/* Returns the milliseconds left as poll() takes them: -1 for NEVER, 0 when it is past, at most
 * INT_MAX. */
int native_net_deadline_left(int64_t deadline_ms, int64_t now_ms);

#endif
