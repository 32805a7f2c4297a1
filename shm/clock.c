/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* clock.c - the clocks of shm/: time that goes on evenly, whatever somebody sets the wall clock to. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "lock.h"

#include <time.h>

uint64_t native_shm_now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

uint32_t native_shm_now_eighths(void)
{
    struct timespec now;

#ifdef CLOCK_MONOTONIC_COARSE
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
#else
    clock_gettime(CLOCK_MONOTONIC, &now);
#endif
    return (uint32_t)((uint64_t)now.tv_sec * 8 + (uint64_t)now.tv_nsec / 125000000);
}
