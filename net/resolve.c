/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resolve.c - lookups shared by everybody who waits for the same name, and the threads that make
 * them.
 *
 * Life of a lookup: made by the first caller, put in `lookups`; a thread marks it `taken`, asks
 * getaddrinfo, stores the answer under the lock, makes its descriptor readable, and lets go.
 * Each waiter and the table of running lookups hold one reference, so whoever leaves last frees.
 *
 * Forks: the lock is taken before fork() and made anew in the child, so that the lists are whole
 * there; threads do not exist in the child, so it forgets all lookups (their waiters are the
 * parent's). A child forked while a thread was inside getaddrinfo may inherit a locked libc: its
 * own lookups may then never end. They run in a thread that nobody waits for, so the caller's
 * deadline and exit() are not touched by that. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/eventfd.h>
#endif

#include "clock.h"
#include "resolve_cache.h"

enum { THREADS_MAX = 16, THREAD_STACK = 256 * 1024 };

struct native_net_lookup {
    struct native_net_lookup *next; /* in `lookups` */
    unsigned refs;
    bool taken;    /* a thread works on it */
    bool done;     /* `answer` is there */
    bool shared;   /* `names` of somebody was told */
    bool orphaned; /* made by the parent of this process: no thread will ever answer */
    int wake_fd;   /* readable from the moment `done` is set */
    int signal_fd; /* written to by the thread; the same as wake_fd with eventfd */
    struct native_net_answer answer;
    int64_t found_ms; /* when `answer` came */
    char host[256];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct native_net_lookup *lookups; /* those not done yet */
static struct native_net_resolve_stats stats;
static pid_t owner_pid;

/* ---- the lookup itself ---- */

static bool open_wake(struct native_net_lookup *lookup)
{
#if defined(__linux__)
    lookup->wake_fd = lookup->signal_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return lookup->wake_fd >= 0;
#else
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    lookup->wake_fd = ends[0];
    lookup->signal_fd = ends[1];
    return true;
#endif
}

static struct native_net_lookup *lookup_new(const char *host)
{
    struct native_net_lookup *lookup = calloc(1, sizeof(*lookup));
    if (!lookup)
        return NULL;
    memcpy(lookup->host, host, strlen(host) + 1); /* checked to fit by is_name() */
    if (open_wake(lookup))
        return lookup;
    free(lookup);
    return NULL;
}

/* The caller holds the lock. */
static void lookup_unref(struct native_net_lookup *lookup)
{
    if (--lookup->refs > 0)
        return;
    if (lookup->signal_fd != lookup->wake_fd)
        (void)close(lookup->signal_fd);
    (void)close(lookup->wake_fd);
    free(lookup);
}

static void lookup_unlink(struct native_net_lookup *lookup)
{
    struct native_net_lookup **at = &lookups;
    while (*at && *at != lookup)
        at = &(*at)->next;
    if (*at)
        *at = lookup->next;
}

/* ---- forks ---- */

/* In the child: no thread is here, so nobody will ever finish these. The lock is free or just
 * remade. */
static void forget_parent(void)
{
    while (lookups) {
        struct native_net_lookup *lookup = lookups;
        lookups = lookup->next;
        lookup->orphaned = true;
        lookup_unref(lookup);
    }
    stats.threads = 0;
    owner_pid = getpid();
}

static void before_fork(void)
{
    (void)pthread_mutex_lock(&lock);
}

static void after_fork_in_parent(void)
{
    (void)pthread_mutex_unlock(&lock);
}

static void after_fork_in_child(void)
{
    static const pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;
    lock = fresh;
    forget_parent();
}

static void start_once(void)
{
    owner_pid = getpid();
    (void)pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
}

static void enter(void)
{
    (void)pthread_once(&once, start_once);
    (void)pthread_mutex_lock(&lock);
    if (owner_pid != getpid())
        forget_parent(); /* made by a clone() that runs no fork handlers */
}

static void leave(void)
{
    (void)pthread_mutex_unlock(&lock);
}

/* ---- the thread ---- */

static void take_addresses(const struct addrinfo *from, struct native_net_addresses *to)
{
    for (; from && to->count < NATIVE_NET_ADDRESSES_MAX; from = from->ai_next) {
        struct native_net_address *item = &to->items[to->count];
        if ((from->ai_family != AF_INET && from->ai_family != AF_INET6) ||
            from->ai_addrlen > sizeof(item->at))
            continue;
        memcpy(&item->at, from->ai_addr, from->ai_addrlen);
        item->len = from->ai_addrlen;
        to->count++;
    }
}

static void ask_system(const char *host, struct native_net_answer *answer)
{
    struct addrinfo hints;
    struct addrinfo *found = NULL;
    memset(answer, 0, sizeof(*answer));
    memset(&hints, 0, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    errno = 0;
    answer->code = getaddrinfo(host, NULL, &hints, &found);
    answer->os_errno = answer->code == EAI_SYSTEM ? errno : 0;
    if (answer->code != 0)
        return;
    take_addresses(found, &answer->addresses);
    freeaddrinfo(found);
    if (answer->addresses.count == 0)
        answer->code = EAI_NONAME;
}

/* The caller holds the lock. */
static void finish(struct native_net_lookup *lookup, const struct native_net_answer *answer)
{
    uint64_t one = 1;
    lookup->answer = *answer;
    lookup->found_ms = native_net_clock_ms();
    lookup->done = true;
    lookup_unlink(lookup);
    native_net_cache_put(lookup->host, lookup->found_ms, answer);
    if (write(lookup->signal_fd, &one, sizeof(one)) < 0)
        errno = 0; /* already readable: nothing to tell */
    lookup_unref(lookup);
}

static struct native_net_lookup *next_waiting(void)
{
    struct native_net_lookup *lookup = lookups;
    while (lookup && lookup->taken)
        lookup = lookup->next;
    return lookup;
}

static void *work(void *unused)
{
    struct native_net_lookup *lookup;
    enter();
    while ((lookup = next_waiting()) != NULL) {
        struct native_net_answer answer;
        lookup->taken = true;
        leave(); /* the reference of `lookups` keeps it alive */
        ask_system(lookup->host, &answer);
        enter();
        finish(lookup, &answer);
    }
    stats.threads--;
    leave();
    return unused;
}

/* Returns 0 or an errno. */
static int start_thread(void)
{
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all;
    sigset_t old;
    int failed = pthread_attr_init(&attributes);
    if (failed)
        return failed;
    (void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    (void)pthread_attr_setstacksize(&attributes, THREAD_STACK);
    /* PHP's handlers must run in PHP's thread: the new thread inherits a mask that blocks them all.
     */
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &old);
    failed = pthread_create(&thread, &attributes, work, NULL);
    (void)pthread_sigmask(SIG_SETMASK, &old, NULL);
    (void)pthread_attr_destroy(&attributes);
    return failed;
}

/* ---- callers ---- */

static enum native_net_status from_answer(const char *host, const struct native_net_answer *answer,
                                          struct native_net_addresses *out,
                                          struct native_net_error *error)
{
    if (answer->code == 0) {
        *out = answer->addresses;
        return NATIVE_NET_OK;
    }
    if (answer->code == EAI_SYSTEM)
        native_net_error_set_errno(error, NATIVE_NET_ERROR_NAME, answer->os_errno,
                                   "cannot resolve %s", host);
    else
        native_net_error_set(error, NATIVE_NET_ERROR_NAME, "cannot resolve %s: %s", host,
                             gai_strerror(answer->code));
    if (error)
        error->resolver_code = answer->code;
    return NATIVE_NET_ERROR;
}

/* RFC 6761, 6.3: localhost and what is under it is this machine, whatever a server may say. */
static bool is_localhost(const char *host)
{
    size_t len = strlen(host);
    if (len > 0 && host[len - 1] == '.')
        len--;
    if (len < 9 || strncasecmp(host + len - 9, "localhost", 9) != 0)
        return false;
    return len == 9 || host[len - 10] == '.';
}

static bool answer_at_once(const char *host, struct native_net_addresses *out)
{
    out->count = 1;
    if (native_net_address_parse(host, &out->items[0]))
        return true;
    if (!is_localhost(host))
        return false;
    out->count = 2;
    return native_net_address_parse("::1", &out->items[0]) &&
           native_net_address_parse("127.0.0.1", &out->items[1]);
}

static struct native_net_lookup *find_running(const char *host)
{
    struct native_net_lookup *lookup = lookups;
    while (lookup && strcasecmp(lookup->host, host) != 0)
        lookup = lookup->next;
    return lookup;
}

/* Put a new lookup in the list and see that a thread will come to it. Returns 0 or an errno. */
static int begin(const char *host, struct native_net_lookup **out)
{
    struct native_net_lookup *lookup = lookup_new(host);
    struct native_net_lookup **end = &lookups;
    int failed = 0;
    if (!lookup)
        return errno ? errno : ENOMEM;
    if (stats.threads < THREADS_MAX) {
        stats.threads++;
        failed = start_thread(); /* it waits for the lock that we hold */
        if (failed)
            stats.threads--;
    }
    lookup->refs = 1;
    if (failed && stats.threads == 0) {
        lookup_unref(lookup);
        return failed;
    }
    while (*end)
        end = &(*end)->next; /* first come, first served */
    *end = lookup;
    lookup->refs++;
    stats.lookups++;
    *out = lookup;
    return 0;
}

static bool is_name(const char *host, struct native_net_error *error)
{
    if (host[0] != '\0' && strlen(host) <= 253)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                         host[0] ? "host name is longer than 253 bytes" : "host name is empty");
    return false;
}

static bool find_cached(const char *host, int64_t now_ms, int64_t max_age_ms,
                        struct native_net_answer *answer)
{
    bool found;
    if (max_age_ms == 0)
        return false;
    enter();
    found = native_net_cache_find(host, now_ms, max_age_ms, answer);
    if (found)
        stats.cache_hits++;
    leave();
    return found;
}

/* Join the lookup of this name that is under way, or begin one. Returns 0 or an errno. */
static int join(const char *host, struct native_net_lookup **lookup)
{
    int failed = 0;
    enter();
    *lookup = find_running(host);
    if (*lookup)
        (*lookup)->refs++;
    else
        failed = begin(host, lookup);
    leave();
    return failed;
}

enum native_net_status native_net_resolve_with(const char *host,
                                               const struct native_net_resolve_options *options,
                                               int64_t now_ms, struct native_net_addresses *out,
                                               struct native_net_lookup **lookup,
                                               struct native_net_error *error)
{
    const struct native_net_names *names = options->max_age_ms ? options->names : NULL;
    struct native_net_answer answer;
    int failed;
    *lookup = NULL;
    if (!is_name(host, error))
        return NATIVE_NET_ERROR;
    if (answer_at_once(host, out))
        return NATIVE_NET_OK;
    if (find_cached(host, now_ms, options->max_age_ms, &answer))
        return from_answer(host, &answer, out, error);
    if (names && names->find(names->ctx, host, options->max_age_ms, out) &&
        native_net_addresses_sound(out))
        return NATIVE_NET_OK;
    failed = join(host, lookup);
    if (!failed)
        return NATIVE_NET_AGAIN;
    native_net_error_set_errno(error, NATIVE_NET_ERROR_NAME, failed, "cannot start looking up %s",
                               host);
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_resolve(const char *host, int64_t now_ms,
                                          struct native_net_addresses *out,
                                          struct native_net_lookup **lookup,
                                          struct native_net_error *error)
{
    static const struct native_net_resolve_options usual = {NATIVE_NET_NAME_MAX_AGE_MS, NULL};
    return native_net_resolve_with(host, &usual, now_ms, out, lookup, error);
}

int native_net_lookup_fd(const struct native_net_lookup *lookup)
{
    return lookup->wake_fd;
}

enum native_net_status native_net_lookup_step(struct native_net_lookup *lookup,
                                              struct native_net_addresses *out,
                                              struct native_net_error *error)
{
    bool done;
    bool orphaned;
    enter();
    done = lookup->done; /* from here on `answer` does not change any more */
    orphaned = lookup->orphaned;
    leave();
    if (done)
        return from_answer(lookup->host, &lookup->answer, out, error);
    if (!orphaned)
        return NATIVE_NET_AGAIN;
    native_net_error_set(error, NATIVE_NET_ERROR_NAME,
                         "the lookup of %s was begun by the parent of this process", lookup->host);
    return NATIVE_NET_ERROR;
}

void native_net_lookup_share(struct native_net_lookup *lookup, const struct native_net_names *names)
{
    bool tell;
    enter();
    tell = lookup->done && lookup->answer.code == 0 && !lookup->shared;
    lookup->shared = lookup->shared || tell;
    leave();
    if (tell)
        names->store(names->ctx, lookup->host, &lookup->answer.addresses, lookup->found_ms);
}

void native_net_lookup_release(struct native_net_lookup *lookup)
{
    if (!lookup)
        return;
    enter();
    lookup_unref(lookup);
    leave();
}

void native_net_resolve_flush(void)
{
    enter();
    native_net_cache_clear();
    leave();
}

void native_net_resolve_get_stats(struct native_net_resolve_stats *out)
{
    enter();
    *out = stats;
    leave();
}
