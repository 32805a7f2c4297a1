/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* harness.h - what a C test needs: TAP lines, and memory that ends at a forbidden page.
 * A program calls ok() for each test and returns done(). */
#ifndef NATIVE_TESTS_HARNESS_H
#define NATIVE_TESTS_HARNESS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int tap_tests, tap_failures;
static bool tap_good = true;

/* Print one diagnostic line and make the current test fail. */
__attribute__((format(printf, 1, 2), unused)) static void fail(const char *format, ...)
{
    va_list args;

    tap_good = false;
    fputs("# ", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

/* fail() unless the condition holds; gives the condition. */
#define check(condition, ...) ((condition) ? true : (fail(__VA_ARGS__), false))

/* End the current test: it passed if no check() failed since the last one. */
__attribute__((format(printf, 1, 2), unused)) static void end_test(const char *format, ...)
{
    va_list args;

    tap_failures += !tap_good;
    printf("%sok %d - ", tap_good ? "" : "not ", ++tap_tests);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
    tap_good = true;
}

/* One test that is one condition. */
#define ok(condition, ...)                                                                         \
    do {                                                                                           \
        check(condition, "%s:%d: %s", __FILE__, __LINE__, #condition);                             \
        end_test(__VA_ARGS__);                                                                     \
    } while (0)

/* Print the plan. Returns the exit status. */
__attribute__((unused)) static int done(void)
{
    printf("1..%d\n", tap_tests);
    return tap_failures ? 1 : 0;
}

/* Whether this runs under valgrind, where long loops are cut short. */
__attribute__((unused)) static bool under_valgrind(void)
{
    const char *preload = getenv("LD_PRELOAD");

    return preload && strstr(preload, "vgpreload");
}

/* A small fixed generator: a failure comes back in the next run. */
__attribute__((unused)) static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Memory that ends at a page that may not be touched:
 *   | room bytes that may be read and written ... | PROT_NONE |
 * guard_place() puts bytes so that the next one after them is forbidden. */
struct guard {
    uint8_t *start;
    size_t room;
};

__attribute__((unused)) static struct guard guard_new(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct guard guard;

    guard.room = (room + page - 1) / page * page;
    guard.start =
        mmap(NULL, guard.room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (guard.start == MAP_FAILED || mprotect(guard.start + guard.room, page, PROT_NONE) != 0) {
        perror("guard page");
        exit(2);
    }
    return guard;
}

/* Returns where `len` bytes before the forbidden page begin. */
__attribute__((unused)) static uint8_t *guard_end(const struct guard *guard, size_t len)
{
    if (len > guard->room) {
        fprintf(stderr, "guard page: %zu bytes do not fit\n", len);
        exit(2);
    }
    return guard->start + guard->room - len;
}

__attribute__((unused)) static uint8_t *guard_place(const struct guard *guard, const void *bytes,
                                                    size_t len)
{
    uint8_t *place = guard_end(guard, len);

    if (len)
        memcpy(place, bytes, len);
    return place;
}

#endif
