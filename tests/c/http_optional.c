/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_optional.c - a process forks while another of its threads looks for libraries.
 * links: http/optional.c
 * Without sanitizers: the child of a process whose threads allocate hangs in ASan's own allocator. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../http/optional.h"
#include "harness.h"

/* Two that load others in turn: libidn2.h, libpsl.h. */
static const char *const idn_names[] = {"idn2_check_version"};
static native_http_optional_function *idn_functions[1];
static struct native_http_optional idn = {"libidn2.so.0", idn_names, 1,
                                          idn_functions,  NULL,      NATIVE_HTTP_OPTIONAL_NEW};
static const char *const psl_names[] = {"psl_get_version"};
static native_http_optional_function *psl_functions[1];
static struct native_http_optional psl = {"libpsl.so.5", psl_names, 1,
                                          psl_functions, NULL,      NATIVE_HTTP_OPTIONAL_NEW};

static bool both(void)
{
    return native_http_optional_load(&idn) == NATIVE_HTTP_OPTIONAL_THERE &&
           native_http_optional_load(&psl) == NATIVE_HTTP_OPTIONAL_THERE;
}

static bool both_answer(void)
{
    return both() && ((const char *(*)(const char *))idn_functions[0])("0.1.0") &&
           ((const char *(*)(void))psl_functions[0])();
}

static void *look(void *started)
{
    __atomic_store_n((int *)started, 1, __ATOMIC_RELEASE);
    (void)both();
    return NULL;
}

/* In a process that has not looked yet. Returns the status of a child that was made some time after a thread began to look. */
static int fork_in_look(long after_ns)
{
    struct timespec begin, now;
    pthread_t thread;
    int started = 0, result;
    pid_t child;

    if (pthread_create(&thread, NULL, look, &started) != 0)
        return -1;
    while (!__atomic_load_n(&started, __ATOMIC_ACQUIRE))
        sched_yield();
    clock_gettime(CLOCK_MONOTONIC, &begin);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while ((now.tv_sec - begin.tv_sec) * 1000000000 + now.tv_nsec - begin.tv_nsec < after_ns);
    child = fork();
    if (child == 0) {
        alarm(10);
        _exit(both_answer() ? 0 : 1);
    }
    if (waitpid(child, &result, 0) != child)
        result = -1;
    pthread_join(thread, NULL);
    return result;
}

/* Returns the status of a child that calls it. */
static int in_child(int (*call)(long), long argument)
{
    int result;
    pid_t child = fork();

    if (child == 0)
        _exit(call(argument) == 0 ? 0 : 1);
    return waitpid(child, &result, 0) == child ? result : -1;
}

static int are_here(long unused)
{
    (void)unused;
    return both_answer() ? 0 : 1;
}

int main(void)
{
    int n = under_valgrind() ? 10 : 1000, bad = 0;

    if (in_child(are_here, 0) != 0) {
        printf("1..0 # SKIP there is no libidn2, or no libpsl\n");
        return 0;
    }
    for (int i = 0; i < n && bad == 0; i++)
        bad += in_child(fork_in_look,
                        i % 200 * 5000L /* ns: a look takes less than a millisecond */) != 0;
    check(bad == 0, "a child hangs, or has no libraries");
    end_test("forks while another thread looks for the libraries");
    return done();
}
