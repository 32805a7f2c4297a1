/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* counts.h - what is counted of a segment. */
#ifndef NATIVE_SHM_COUNTS_H
#define NATIVE_SHM_COUNTS_H

/* Each participant counts; the sum over all, present and past, is what info tells. */
enum native_shm_count {
    NATIVE_SHM_HITS,
    NATIVE_SHM_MISSES,
    NATIVE_SHM_STORES,
    NATIVE_SHM_DELETES,
    NATIVE_SHM_EVICTIONS,
    NATIVE_SHM_EXPIRATIONS,
    NATIVE_SHM_BUSY_COUNT,  /* calls that gave up waiting for a lock */
    NATIVE_SHM_REPAIRS,     /* locks taken over from a dead owner */
    NATIVE_SHM_RETRIES,     /* reads that began again because of a writer */
    NATIVE_SHM_EVICT_STEPS, /* entries looked at to find one to evict */
    NATIVE_SHM_COUNTS
};

#endif
