/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clock.c - monotonic milliseconds. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "clock.h"

#include <limits.h>
#include <time.h>

int64_t native_net_clock_ms(void)
{
    struct timespec now = {0, 0};
    /* Cannot fail: POSIX systems that run PHP all have the monotonic clock. */
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t native_net_clock_us(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t native_net_deadline_after(int64_t now_ms, int64_t timeout_ms)
{
    if (timeout_ms < 0 || timeout_ms > NATIVE_NET_NEVER - now_ms)
        return NATIVE_NET_NEVER;
    return now_ms + timeout_ms;
}

int64_t native_net_deadline_min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

int native_net_deadline_left(int64_t deadline_ms, int64_t now_ms)
{
    if (deadline_ms == NATIVE_NET_NEVER)
        return -1;
    if (deadline_ms <= now_ms)
        return 0;
    return deadline_ms - now_ms > INT_MAX ? INT_MAX : (int)(deadline_ms - now_ms);
}
