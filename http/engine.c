/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* engine.c - many transfers: who is whose turn, and waiting for all of them. */
#include "engine.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parts.h"

enum { FDS_KEPT = 64 }; /* of an engine that rests */

struct native_http_engine *native_http_engine_new(struct native_http_pool *pool)
{
    struct native_http_engine *engine = calloc(1, sizeof(*engine));
    if (engine) {
        engine->pool = pool;
        engine->last = &engine->first;
    }
    return engine;
}

void native_http_engine_free(struct native_http_engine *engine)
{
    if (!engine)
        return;
    while (engine->first)
        native_http_engine_remove(engine, engine->first);
    free(engine->fds);
    free(engine);
}

void native_http_engine_rest(struct native_http_engine *engine)
{
    struct native_http_engine empty = {.pool = engine->pool};
    while (engine->first)
        native_http_engine_remove(engine, engine->first);
    if (engine->fds_size <= FDS_KEPT) {
        empty.fds = engine->fds;
        empty.fds_size = engine->fds_size;
    } else {
        free(engine->fds);
    }
    *engine = empty;
    engine->last = &engine->first;
}

void native_http_engine_abandon(struct native_http_engine *engine)
{
    int64_t now_ms = native_net_clock_ms();
    for (struct native_http_transfer *t = engine->first; t; t = t->next)
        if (t->step != NATIVE_HTTP_STEP_DONE) {
            native_http_error_set(&t->error, NATIVE_HTTP_ERROR_ABORTED,
                                  "this process has been forked");
            native_http_transfer_finish(t, now_ms);
        }
}

struct native_http_limits *native_http_engine_limits(struct native_http_engine *engine)
{
    return &engine->limits;
}

struct native_http_pool *native_http_engine_pool(struct native_http_engine *engine)
{
    return engine->pool;
}

/* ---- transfers ---- */

bool native_http_engine_add(struct native_http_engine *engine, struct native_http_transfer *t)
{
    if (t->engine)
        return false;
    t->engine = engine;
    t->next = NULL;
    *engine->last = t;
    engine->last = &t->next;
    native_http_transfer_begin(t);
    return true;
}

void native_http_engine_remove(struct native_http_engine *engine, struct native_http_transfer *t)
{
    struct native_http_transfer **at = &engine->first;
    if (t->engine != engine)
        return;
    if (t->step != NATIVE_HTTP_STEP_DONE) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_ABORTED, "aborted before its end");
        native_http_transfer_finish(t, native_net_clock_ms());
    }
    while (*at != t)
        at = &(*at)->next;
    *at = t->next;
    if (engine->last == &t->next)
        engine->last = at;
    t->next = NULL;
    t->engine = NULL;
}

static bool same_host(const struct native_http_transfer *a, const struct native_http_transfer *b)
{
    return a->route.tls == b->route.tls && a->route.port == b->route.port &&
           native_http_span_is_nocase(a->route.host, b->route.host);
}

bool native_http_engine_has_room(const struct native_http_engine *engine,
                                 const struct native_http_transfer *t)
{
    const struct native_http_limits *limits = &engine->limits;
    unsigned all = 0;
    unsigned host = 0;
    if (limits->connections == 0 && limits->connections_per_host == 0)
        return true;
    for (const struct native_http_transfer *other = engine->first; other; other = other->next)
        if (other->connection) {
            all++;
            host += same_host(other, t);
        }
    return (limits->connections == 0 || all < limits->connections) &&
           (limits->connections_per_host == 0 || host < limits->connections_per_host);
}

int native_http_engine_step(struct native_http_engine *engine)
{
    int64_t now_ms = native_net_clock_ms();
    int running = 0;
    if (engine->stepping)
        return -1;
    engine->stepping = true;
    for (struct native_http_transfer *t = engine->first; t; t = t->next) {
        if (t->step == NATIVE_HTTP_STEP_DONE)
            continue;
        if (!engine->looked)
            t->ready = NATIVE_NET_READ | NATIVE_NET_WRITE;
        if (!engine->ending)
            native_http_transfer_step(t, now_ms);
        running += t->step != NATIVE_HTTP_STEP_DONE;
    }
    engine->looked = engine->ending = false;
    engine->stepping = false;
    return running;
}

void native_http_transfer_end_step(struct native_http_transfer *t)
{
    if (t->engine)
        t->engine->ending = true;
}

struct native_http_transfer *native_http_engine_next_done(struct native_http_engine *engine)
{
    for (struct native_http_transfer *t = engine->first; t; t = t->next)
        if (t->step == NATIVE_HTTP_STEP_DONE && !t->told) {
            t->told = true;
            return t;
        }
    return NULL;
}

/* ---- waiting ---- */

/* What a transfer waits for; fd -1: for nothing but time, or its owner. */
static struct pollfd pollfd_of(const struct native_http_transfer *t)
{
    struct pollfd fd = {-1, 0, 0};
    int events = t->want;
    if (t->step == NATIVE_HTTP_STEP_DONE || t->want == 0)
        return fd;
    if (t->lookup) {
        fd.fd = native_net_lookup_fd(t->lookup);
    } else if (t->connection) {
        fd.fd = native_net_stream_fd(t->connection->stream);
        events = native_net_stream_events(t->connection->stream, t->want);
    }
    fd.events = (short)((events & NATIVE_NET_READ ? POLLIN : 0) |
                        (events & NATIVE_NET_WRITE ? POLLOUT : 0));
    return fd;
}

size_t native_http_engine_pollfds(const struct native_http_engine *engine, struct pollfd *out,
                                  size_t len)
{
    size_t count = 0;
    for (const struct native_http_transfer *t = engine->first; t; t = t->next) {
        struct pollfd fd = pollfd_of(t);
        if (fd.fd < 0)
            continue;
        if (count < len)
            out[count] = fd;
        count++;
    }
    return count;
}

int native_http_engine_timeout(const struct native_http_engine *engine)
{
    int64_t now_ms = native_net_clock_ms();
    int64_t at = NATIVE_NET_NEVER;
    for (const struct native_http_transfer *t = engine->first; t; t = t->next) {
        if (t->step == NATIVE_HTTP_STEP_DONE)
            continue;
        if (t->step == NATIVE_HTTP_STEP_BEGIN &&
            (!t->hop_ready || native_http_engine_has_room(engine, t)))
            return 0;
        at = native_net_deadline_min(at, native_http_deadline(t));
    }
    return native_net_deadline_left(at, now_ms);
}

/* Room for the descriptors of all transfers and `extra` more. */
static bool reserve(struct native_http_engine *engine, size_t extra)
{
    size_t count = extra;
    struct pollfd *fds;
    for (const struct native_http_transfer *t = engine->first; t; t = t->next)
        count++;
    if (count <= engine->fds_size)
        return true;
    fds = realloc(engine->fds, 2 * count * sizeof(*fds));
    if (!fds)
        return false;
    engine->fds = fds;
    engine->fds_size = 2 * count;
    return true;
}

/* Tell the transfers what the poller has seen. */
static void note_ready(struct native_http_engine *engine)
{
    for (struct native_http_transfer *t = engine->first; t; t = t->next)
        t->ready = t->polled_at < 0 || engine->fds[t->polled_at].revents != 0
                       ? NATIVE_NET_READ | NATIVE_NET_WRITE
                       : 0;
    engine->looked = true;
}

int native_http_engine_wait(struct native_http_engine *engine, struct pollfd *extra,
                            size_t extra_len, int timeout_ms)
{
    int left = native_http_engine_timeout(engine);
    size_t count = 0;
    int ready;
    if (left >= 0 && (timeout_ms < 0 || left < timeout_ms))
        timeout_ms = left;
    if (!reserve(engine, extra_len)) {
        errno = ENOMEM;
        return -1;
    }
    if (!engine->first && extra_len == 0)
        return 0;
    /* Only what has a descriptor: poll() takes no more places than there may be descriptors. */
    for (struct native_http_transfer *t = engine->first; t; t = t->next) {
        engine->fds[count] = pollfd_of(t);
        t->polled_at = engine->fds[count].fd < 0 ? -1 : (int)count++;
    }
    if (extra_len > 0)
        memcpy(engine->fds + count, extra, extra_len * sizeof(*extra));
    ready = poll(engine->fds, (nfds_t)(count + extra_len), timeout_ms);
    if (ready < 0)
        return -1;
    if (extra_len > 0)
        memcpy(extra, engine->fds + count, extra_len * sizeof(*extra));
    note_ready(engine);
    return ready;
}
