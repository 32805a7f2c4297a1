/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_resolve.c - looking up names: at once, by the thread, from the cache, abandoned, and across
 * forks. NATIVE_TEST_FORKS sets how many children are forked under looping lookups (300). Of several
 * thousand, one may meet ASan's own table of threads at a bad moment: let those be counted by a
 * program without it (dev/ctest --valgrind leaves one behind in ctest-valgrind/). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#include "../../net/clock.h"
#include "../../net/resolve.h"
#include "../../net/resolve_cache.h"
#include "harness.h"

/* The allocator of ASan does not survive a fork in the middle of another thread's malloc(), which
 * is just what this program provokes; that of glibc does. */
#if defined(__SANITIZE_ADDRESS__)
#define OWN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_MALLOC 1
#endif
#endif
#if defined(OWN_MALLOC) && defined(__GLIBC__)
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void __libc_free(void *);
void *malloc(size_t len)
{
    return __libc_malloc(len);
}
void *calloc(size_t count, size_t len)
{
    return __libc_calloc(count, len);
}
void *realloc(void *old, size_t len)
{
    return __libc_realloc(old, len);
}
void free(void *old)
{
    __libc_free(old);
}
#endif

/* A name that the system answers from its own files, so that no server slows the test down; for
 * "local-N.test" the system is asked for it, locks and all. */
static char local_name[256] = "ip6-loopback";

/* "hang-N.test" waits until `gate` opens, "fast-N.test" answers at once, the rest goes to the
 * system. */
static int gate[2] = {-1, -1};
static int calls;
static bool signals_blocked = true;

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **out)
{
    static int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    struct addrinfo numeric;
    sigset_t mask;
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    __atomic_add_fetch(&calls, 1, __ATOMIC_RELAXED);
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    if (!sigismember(&mask, SIGTERM) || !sigismember(&mask, SIGALRM))
        signals_blocked = false;
    if (!strstr(host, ".test"))
        return real(host, service, hints, out);
    if (strncmp(host, "hang-", 5) == 0) {
        struct pollfd one = {gate[0], POLLIN, 0};
        (void)poll(&one, 1, 20000);
    }
    if (strncmp(host, "local-", 6) == 0)
        return real(local_name, NULL, hints, out);
    if (strncmp(host, "again-", 6) == 0)
        return EAI_AGAIN;
    memset(&numeric, 0, sizeof(numeric));
    numeric.ai_flags = AI_NUMERICHOST;
    numeric.ai_socktype = SOCK_STREAM;
    return real("127.9.8.7", NULL, &numeric, out);
}

static enum native_net_status resolve(const char *host, int64_t timeout_ms,
                                      struct native_net_addresses *out,
                                      struct native_net_error *error)
{
    struct native_net_lookup *lookup;
    int64_t deadline = native_net_clock_ms() + timeout_ms;
    enum native_net_status status =
        native_net_resolve(host, native_net_clock_ms(), out, &lookup, error);
    while (status == NATIVE_NET_AGAIN) {
        struct pollfd one = {native_net_lookup_fd(lookup), POLLIN, 0};
        int left = native_net_deadline_left(deadline, native_net_clock_ms());
        if (left == 0)
            break;
        (void)poll(&one, 1, left);
        status = native_net_lookup_step(lookup, out, error);
    }
    native_net_lookup_release(lookup);
    return status;
}

static void is(const char *host, const char *wanted)
{
    struct native_net_addresses found;
    struct native_net_error error;
    char text[80];
    native_net_error_clear(&error);
    if (check(resolve(host, 2000, &found, &error) == NATIVE_NET_OK, "%s: %s", host, error.message))
        check(strcmp(native_net_address_format(&found.items[0], text, sizeof(text)), wanted) == 0,
              "%s is %s, wanted %s", host, text, wanted);
}

static void test_at_once(void)
{
    struct native_net_addresses found;
    struct native_net_lookup *lookup;
    struct native_net_error error;
    char long_name[300];
    is("127.0.0.1", "127.0.0.1");
    is("::1", "::1");
    is("2001:DB8::0:1", "2001:db8::1");
    is("localhost", "::1");
    is("LOCALHOST.", "::1");
    is("broker.localhost", "::1");
    check(calls == 0, "the system was asked for an address");
    check(native_net_resolve("localhost", 0, &found, &lookup, &error) == NATIVE_NET_OK &&
              found.count == 2 && lookup == NULL,
          "localhost has two addresses");
    check(native_net_resolve("", 0, &found, &lookup, &error) == NATIVE_NET_ERROR, "empty name");
    memset(long_name, 'a', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    check(native_net_resolve(long_name, 0, &found, &lookup, &error) == NATIVE_NET_ERROR &&
              error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "long name");
    end_test("addresses and localhost are answered at once, without a thread");
}

static void test_cache(void)
{
    struct native_net_resolve_stats stats;
    struct native_net_addresses found;
    struct native_net_error error;
    struct native_net_answer answer;
    int before = calls;
    int i;
    is("fast-1.test", "127.9.8.7");
    is("FAST-1.test", "127.9.8.7");
    check(calls == before + 1, "asked %d times", calls - before);
    native_net_resolve_get_stats(&stats);
    check(stats.cache_hits == 1 && stats.lookups == 1, "stats");
    check(signals_blocked, "the helper thread takes signals");
    end_test("the second time the cache answers");

    check(resolve("again-1.test", 2000, &found, &error) == NATIVE_NET_ERROR &&
              error.resolver_code == EAI_AGAIN,
          "%s", error.message);
    before = calls;
    check(resolve("again-1.test", 2000, &found, &error) == NATIVE_NET_ERROR, "again");
    check(calls == before + 1, "a passing failure was cached");
    end_test("a server that does not answer is asked again");

    native_net_cache_clear();
    memset(&answer, 0, sizeof(answer));
    for (i = 0; i < 3 * NATIVE_NET_CACHE_ENTRIES; i++) {
        char name[32];
        snprintf(name, sizeof(name), "n%d", i);
        native_net_cache_put(name, 1000 + i, &answer);
    }
    check(!native_net_cache_find("n0", 2000, 60000, &answer), "the oldest is still there");
    check(native_net_cache_find("n191", 2000, 60000, &answer), "the newest is not there");
    check(!native_net_cache_find("n191", 1191 + 60000, 60000, &answer), "lives on");
    answer.code = EAI_NONAME;
    native_net_cache_put("gone", 1000, &answer);
    check(native_net_cache_find("gone", 1001, 60000, &answer) && answer.code == EAI_NONAME,
          "no name");
    check(!native_net_cache_find("gone", 1000 + NATIVE_NET_CACHE_NEGATIVE_TTL_MS, -1, &answer),
          "a missing name stays missing");
    native_net_resolve_flush();
    check(!native_net_cache_find("n190", 2000, 60000, &answer), "flush");
    end_test("the cache is bounded and forgets");
}

static void test_shared_and_abandoned(void)
{
    struct native_net_addresses found;
    struct native_net_lookup *lookups[60];
    struct native_net_resolve_stats stats;
    struct native_net_error error;
    int64_t start;
    int before = calls;
    int i;
    check(pipe(gate) == 0, "pipe");
    check(native_net_resolve("hang-1.test", 0, &found, &lookups[0], &error) == NATIVE_NET_AGAIN,
          "status");
    check(native_net_resolve("HANG-1.test", 0, &found, &lookups[1], &error) == NATIVE_NET_AGAIN,
          "status");
    check(lookups[0] == lookups[1], "two lookups for one name");
    start = native_net_clock_ms();
    check(resolve("hang-2.test", 100, &found, &error) == NATIVE_NET_AGAIN, "it answered");
    check(native_net_clock_ms() - start < 200, "giving up took long");
    native_net_lookup_release(lookups[0]);
    native_net_lookup_release(lookups[1]);
    end_test("one lookup a name; giving up does not wait");

    for (i = 0; i < 60; i++) {
        char name[32];
        snprintf(name, sizeof(name), "hang-%d.test", 100 + i);
        check(native_net_resolve(name, 0, &found, &lookups[i], &error) == NATIVE_NET_AGAIN,
              "status");
    }
    native_net_resolve_get_stats(&stats);
    check(stats.threads <= 16, "%u threads", stats.threads);
    check(native_net_lookup_step(lookups[59], &found, &error) == NATIVE_NET_AGAIN, "answered?");
    check(write(gate[1], "x", 1) == 1, "gate");
    for (i = 0; i < 60; i++) {
        struct pollfd one = {native_net_lookup_fd(lookups[i]), POLLIN, 0};
        check(poll(&one, 1, 5000) == 1, "lookup %d never ended", i);
        check(native_net_lookup_step(lookups[i], &found, &error) == NATIVE_NET_OK &&
                  found.count == 1,
              "%s", error.message);
        native_net_lookup_release(lookups[i]);
    }
    for (i = 0; i < 5000; i++) {
        native_net_resolve_get_stats(&stats);
        if (stats.threads == 0)
            break;
        usleep(1000);
    }
    check(stats.threads == 0, "%u threads are left", stats.threads);
    check(calls == before + 62, "%d calls", calls - before);
    end_test("60 names at once share 16 threads, which end by themselves");
}

/* ---- forks ---- */

static volatile bool stop;

/* Keep lookups of the system's own resolver going (each name is new, so the cache does not help).
 */
static void *churn(void *unused)
{
    int i;
    for (i = 0; !stop; i++) {
        struct native_net_addresses found;
        struct native_net_error error;
        char name[64];
        snprintf(name, sizeof(name), "local-%d.test", i);
        (void)resolve(name, 1000, &found, &error);
    }
    return unused;
}

/* A child that ends in the middle of a lookup has nothing to be looked for by LeakSanitizer. */
static bool in_child;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return in_child;
}

/* In the child: a lookup ends or times out, a connect to an address needs none, and exit() is at
 * once. */
static void child(int64_t limit_ms)
{
    struct native_net_addresses found;
    struct native_net_error error;
    int64_t start = native_net_clock_ms();
    int64_t took;
    in_child = true;
    enum native_net_status status = resolve("local-in-child.test", limit_ms, &found, &error);
    took = native_net_clock_ms() - start;
    if (took > limit_ms + 500)
        _exit(3);
    if (resolve("127.0.0.1", 10, &found, &error) != NATIVE_NET_OK)
        _exit(4);
    if (under_valgrind())
        kill(getpid(),
             SIGUSR1); /* its leak check would give the status 99 for libc's lost threads */
    exit(status == NATIVE_NET_AGAIN ? 11 : 10);
}

static bool wait_for(pid_t pid, int64_t limit_ms, int *status)
{
    int64_t until = native_net_clock_ms() + limit_ms;
    while (waitpid(pid, status, WNOHANG) == 0) {
        if (native_net_clock_ms() > until) {
            kill(pid, SIGKILL);
            waitpid(pid, status, 0);
            return false;
        }
        usleep(200);
    }
    return true;
}

static void test_forks(void)
{
    const char *wanted = getenv("NATIVE_TEST_FORKS");
    int forks = wanted ? atoi(wanted) : under_valgrind() ? 20 : 300;
    int answered = 0;
    int timed_out = 0;
    int hung = 0;
#if defined(OWN_MALLOC)
    const bool sanitized = true;
#else
    const bool sanitized = false;
#endif
    pthread_t thread;
    int64_t start = native_net_clock_ms();
    struct native_net_addresses found;
    struct native_net_error error;
    int i;
    if (resolve("local-first.test", 2000, &found, &error) != NATIVE_NET_OK &&
        gethostname(local_name, sizeof(local_name) - 1) == 0)
        (void)resolve("local-second.test", 2000, &found, &error);
    stop = false;
    pthread_create(&thread, NULL, churn, NULL);
    usleep(5000);
    fflush(stdout);
    for (i = 0; i < forks && (wanted || native_net_clock_ms() - start < 60000); i++) {
        int status = 0;
        pid_t pid = fork();
        if (pid == 0)
            child(1000);
        if (!wait_for(pid, 5000, &status)) {
            hung++;
            continue;
        }
        if (under_valgrind() && WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1)
            status = 10 << 8;
        check(WIFEXITED(status), "child %d ended by signal %d", i, WTERMSIG(status));
        answered += WIFEXITED(status) && WEXITSTATUS(status) == 10;
        timed_out += WIFEXITED(status) && WEXITSTATUS(status) == 11;
    }
    stop = true;
    pthread_join(thread, NULL);
    forks = i;
    /* ASan's own table of threads may be locked by another thread at the fork: once in some hundreds. */
    check(hung <= (sanitized ? 2 : 0), "%d children hung", hung);
    check(answered + timed_out + hung == forks, "%d of %d children answered, %d timed out",
          answered, forks, timed_out);
    end_test(
        "%d children forked under looping lookups: all ended in time (%d resolved, %d at their "
        "timeout)",
        forks, answered, timed_out);
}

/* A lookup of the parent, looked at in the child: no thread is there to answer it. */
static void test_orphan(void)
{
    struct native_net_addresses found;
    struct native_net_lookup *lookup;
    struct native_net_error error;
    int status = 0;
    pid_t pid;
    if (pipe(gate) != 0)
        exit(2);
    check(native_net_resolve("hang-7.test", 0, &found, &lookup, &error) == NATIVE_NET_AGAIN,
          "status");
    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        struct native_net_resolve_stats stats;
        if (native_net_lookup_step(lookup, &found, &error) != NATIVE_NET_ERROR)
            _exit(3);
        native_net_lookup_release(lookup);
        native_net_resolve_get_stats(&stats);
        if (stats.threads != 0)
            _exit(4);
        if (resolve("fast-9.test", 2000, &found, &error) != NATIVE_NET_OK)
            _exit(5);
        _exit(10);
    }
    check(wait_for(pid, 5000, &status) && WIFEXITED(status) && WEXITSTATUS(status) == 10,
          "child: %d", status);
    check(write(gate[1], "x", 1) == 1, "gate");
    {
        struct pollfd one = {native_net_lookup_fd(lookup), POLLIN, 0};
        check(poll(&one, 1, 5000) == 1, "the parent's lookup never ended");
    }
    check(native_net_lookup_step(lookup, &found, &error) == NATIVE_NET_OK, "%s", error.message);
    native_net_lookup_release(lookup);
    end_test("a child does not wait for its parent's thread, and has its own");
}

int main(void)
{
    test_at_once();
    test_cache();
    test_shared_and_abandoned();
    test_orphan();
    test_forks();
    return done();
}
