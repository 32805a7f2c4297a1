/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* no_memory.h - malloc and its family, replaced for the whole program (libraries included), so that a chosen allocation
 * fails: set `countdown`, look at `failures`. Included by the one file of a test.
 * Under ASan the real ones are its interceptors, else those of glibc. Not under the ASan of LLVM 17 and later, which does
 * not start with a malloc of the program's own, and not under valgrind, which has its own: ask malloc_can_fail(). */
#ifndef NATIVE_TESTS_NO_MEMORY_H
#define NATIVE_TESTS_NO_MEMORY_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__clang__) && __clang_major__ >= 17
#if __has_feature(address_sanitizer)
#define CANNOT_REPLACE 1
#endif
#endif
#ifndef CANNOT_REPLACE
#define CANNOT_REPLACE 0
#endif

extern void *__interceptor_malloc(size_t) __attribute__((weak));
extern void *__interceptor_calloc(size_t, size_t) __attribute__((weak));
extern void *__interceptor_realloc(void *, size_t) __attribute__((weak));
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

static int countdown; /* > 0: so many allocations until one fails */
static int failures;

__attribute__((unused)) static bool fails_now(void)
{
    if (countdown == 0 || --countdown > 0) {
        return false;
    }
    failures++;
    errno = ENOMEM;
    return true;
}

#if !CANNOT_REPLACE
void *malloc(size_t len)
{
    if (fails_now()) {
        return NULL;
    }
    return __interceptor_malloc ? __interceptor_malloc(len) : __libc_malloc(len);
}

void *calloc(size_t count, size_t len)
{
    if (fails_now()) {
        return NULL;
    }
    return __interceptor_calloc ? __interceptor_calloc(count, len) : __libc_calloc(count, len);
}

void *realloc(void *old, size_t len)
{
    if (fails_now()) {
        return NULL;
    }
    return __interceptor_realloc ? __interceptor_realloc(old, len) : __libc_realloc(old, len);
}
#endif

/* Returns whether it works here. */
__attribute__((unused)) static bool malloc_can_fail(void)
{
    void *volatile got; /* else the compiler sees that nobody wants it */

    countdown = 1;
    got = malloc(1);
    countdown = 0;
    free(got);
    return !got;
}

#endif
