/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* racy.h - reading bytes that another process may be changing at this moment.
 *
 * What is read here may be torn or wrong in any way: the reader checks every number before use, and afterwards whether
 * the slot that led here still is what it was (cache_read.c says in which order). Words are read once (volatile: the
 * compiler may not read again after the check). Under ThreadSanitizer all of it is left uninstrumented: these are the
 * races that the protocol is made for; everything else stays checked.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_SHM_RACY_H
#define NATIVE_SHM_RACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_THREAD__)
#define NATIVE_SHM_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define NATIVE_SHM_TSAN 1
#endif
#endif

#ifdef NATIVE_SHM_TSAN
#define NATIVE_SHM_RACY __attribute__((no_sanitize("thread"), noinline, unused)) static
#else
#define NATIVE_SHM_RACY static inline
#endif

/* One aligned word. */
NATIVE_SHM_RACY uint32_t native_shm_racy_32(const void *at)
{
    return *(const volatile uint32_t *)at;
}

NATIVE_SHM_RACY uint64_t native_shm_racy_64(const void *at)
{
    typedef uint64_t __attribute__((may_alias)) any_word;

    return *(const volatile any_word *)at;
}

NATIVE_SHM_RACY void native_shm_racy_copy(void *to, const void *from, size_t len)
{
#ifdef NATIVE_SHM_TSAN
    for (size_t i = 0; i < len; i++) {
        ((volatile unsigned char *)to)[i] = ((const volatile unsigned char *)from)[i];
    }
#else
    memcpy(to, from, len);
#endif
}

static inline uint64_t native_shm_racy_eight(const unsigned char *at)
{
    uint64_t word;

    memcpy(&word, at, 8);
    return word;
}

/* Whether two runs of bytes are equal: keys are short, so this is made for 1 to 64 bytes. */
NATIVE_SHM_RACY bool native_shm_racy_equal(const void *a, const void *b, size_t len)
{
    const unsigned char *x = a, *y = b;
#ifdef NATIVE_SHM_TSAN
    for (size_t i = 0; i < len; i++) {
        if (((const volatile unsigned char *)x)[i] != ((const volatile unsigned char *)y)[i]) {
            return false;
        }
    }
    return true;
#else
    if (len < 8) {
        for (size_t i = 0; i < len; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }
    for (size_t i = 0; i + 8 < len; i += 8) {
        if (native_shm_racy_eight(x + i) != native_shm_racy_eight(y + i)) {
            return false;
        }
    }
    return native_shm_racy_eight(x + len - 8) == native_shm_racy_eight(y + len - 8);
#endif
}

#endif
