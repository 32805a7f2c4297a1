/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream.c - the phases of opening, and the calls of stream.h. What happens to bytes is in
 * stream_io.c. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "stream.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pollset.h"
#include "stream_internal.h"

enum {
    UNIX_RETRY_MS = 20
}; /* a full queue of a Unix listener tells nobody when it has room again */

/* ---- options ---- */

static bool bad(struct native_net_error *error, const char *what)
{
    native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "%s", what);
    return false;
}

/* No blanks or control characters: they would end up in SNI, in resolvers, in logs. */
static bool is_clean(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || *text == 127)
            return false;
    return true;
}

static bool check(const struct native_net_stream_options *options, struct native_net_error *error)
{
    if (options->scheme == NATIVE_NET_UNIX)
        return options->path || bad(error, "path of the Unix socket is missing");
    if (!options->host || options->host[0] == '\0')
        return bad(error, "host is empty");
    if (!is_clean(options->host) || (options->server_name && !is_clean(options->server_name)))
        return bad(error, "host has blanks or control characters in it");
    if (options->port == 0)
        return bad(error, "port is 0");
    return options->scheme != NATIVE_NET_TLS || options->tls ||
           bad(error, "TLS configuration is missing");
}

static bool copy_text(const char *from, char **to, struct native_net_error *error)
{
    *to = from ? strdup(from) : NULL;
    if (!from || *to)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool copy_options(struct native_net_stream *stream,
                         const struct native_net_stream_options *options,
                         struct native_net_error *error)
{
    stream->options = *options;
    stream->options.host = stream->options.path = stream->options.server_name = NULL;
    stream->options.tls = NULL;
    stream->socket_options.keepalive_idle_s = options->keepalive_idle_s;
    stream->socket_options.keepalive_interval_s = options->keepalive_interval_s;
    stream->socket_options.keepalive_count = options->keepalive_count;
    if (options->bind_address &&
        !native_net_address_parse(options->bind_address, &stream->socket_options.bind_address)) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "%s is no address to bind to",
                             options->bind_address);
        return false;
    }
    stream->options.bind_address = NULL;
    if (!copy_text(options->host, &stream->host, error) ||
        !copy_text(options->path, &stream->path, error) ||
        !copy_text(options->server_name, &stream->server_name, error))
        return false;
    if (options->tls && options->scheme == NATIVE_NET_TLS)
        stream->options.tls = native_net_tls_config_ref(options->tls);
    return true;
}

struct native_net_stream *native_net_stream_new(const struct native_net_stream_options *options,
                                                struct native_net_error *error)
{
    struct native_net_stream *stream;
    if (!check(options, error))
        return NULL;
    stream = calloc(1, sizeof(*stream));
    if (!stream) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NULL;
    }
    stream->fd = stream->pollset = -1;
    stream->deadline_ms = stream->retry_ms = NATIVE_NET_NEVER;
    if (copy_options(stream, options, error))
        return stream;
    native_net_stream_free(stream);
    return NULL;
}

/* Close everything; nothing is said to the peer. */
static void shut(struct native_net_stream *stream)
{
    native_net_lookup_release(stream->lookup);
    stream->lookup = NULL;
    if (stream->dial) {
        native_net_dial_cancel(stream->dial);
        free(stream->dial);
        stream->dial = NULL;
    }
    native_net_tls_free(stream->tls);
    stream->tls = NULL;
    if (stream->fd >= 0)
        (void)close(stream->fd);
    if (stream->pollset >= 0)
        (void)close(stream->pollset);
    stream->fd = stream->pollset = -1;
    stream->ahead_at = stream->ahead_len = 0;
    stream->phase = NATIVE_NET_PHASE_CLOSED;
}

void native_net_stream_free(struct native_net_stream *stream)
{
    if (!stream)
        return;
    shut(stream);
    native_net_tls_config_unref(stream->options.tls);
    free(stream->offered);
    free(stream->host);
    free(stream->path);
    free(stream->server_name);
    free(stream);
}

/* ---- opening: each phase returns OK when the next one may begin ---- */

static enum native_net_status start_dial(struct native_net_stream *stream,
                                         const struct native_net_addresses *found,
                                         struct native_net_error *error)
{
    struct native_net_addresses to;
    int family = stream->options.family == NATIVE_NET_IPV4   ? AF_INET
                 : stream->options.family == NATIVE_NET_IPV6 ? AF_INET6
                                                             : 0;
    native_net_addresses_arrange(found, family, stream->options.port, &to);
    if (to.count == 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_NAME, "%s has no IPv%d address", stream->host,
                             (int)stream->options.family);
        return NATIVE_NET_ERROR;
    }
    stream->dial = malloc(sizeof(*stream->dial));
    if (!stream->dial) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NATIVE_NET_ERROR;
    }
    native_net_dial_init(stream->dial, &to, &stream->socket_options);
    stream->phase = NATIVE_NET_PHASE_CONNECT;
    return NATIVE_NET_OK;
}

static enum native_net_status step_start(struct native_net_stream *stream, int64_t now_ms,
                                         struct native_net_error *error)
{
    struct native_net_addresses found;
    enum native_net_status status;
    stream->deadline_ms = native_net_deadline_after(now_ms, stream->options.connect_timeout_ms);
    if (stream->options.scheme == NATIVE_NET_UNIX) {
        stream->phase = NATIVE_NET_PHASE_CONNECT;
        return NATIVE_NET_OK;
    }
    status = native_net_resolve(stream->host, now_ms, &found, &stream->lookup, error);
    if (status == NATIVE_NET_AGAIN)
        stream->phase = NATIVE_NET_PHASE_NAME;
    return status == NATIVE_NET_OK ? start_dial(stream, &found, error) : status;
}

static enum native_net_status step_name(struct native_net_stream *stream,
                                        struct native_net_error *error)
{
    struct native_net_addresses found;
    enum native_net_status status = native_net_lookup_step(stream->lookup, &found, error);
    if (status != NATIVE_NET_OK)
        return status;
    /* Others may share this descriptor: it stays open, so it must leave the set by our hand. */
    if (stream->pollset >= 0)
        native_net_pollset_unwatch(stream->pollset, native_net_lookup_fd(stream->lookup));
    native_net_lookup_release(stream->lookup);
    stream->lookup = NULL;
    return start_dial(stream, &found, error);
}

static enum native_net_status connect_unix(struct native_net_stream *stream, int64_t now_ms,
                                           struct native_net_error *error)
{
    enum native_net_status status =
        native_net_socket_connect_unix(stream->path, &stream->fd, error);
    stream->retry_ms = status == NATIVE_NET_AGAIN ? now_ms + UNIX_RETRY_MS : NATIVE_NET_NEVER;
    return status;
}

static enum native_net_status connect_tcp(struct native_net_stream *stream, int64_t now_ms,
                                          struct native_net_error *error)
{
    enum native_net_status status =
        native_net_dial_step(stream->dial, now_ms, &stream->fd, &stream->peer, error);
    stream->retry_ms = native_net_dial_deadline(stream->dial);
    if (status != NATIVE_NET_OK)
        return status;
    free(stream->dial);
    stream->dial = NULL;
    stream->retry_ms = NATIVE_NET_NEVER;
    return NATIVE_NET_OK;
}

static enum native_net_status start_tls(struct native_net_stream *stream,
                                        struct native_net_error *error)
{
    struct native_net_tls_io io;
    native_net_stream_tls_io(stream, &io);
    stream->tls = native_net_tls_new(
        stream->options.tls, stream->server_name ? stream->server_name : stream->host, &io, error);
    if (!stream->tls)
        return NATIVE_NET_ERROR;
    /* A session that does not fit costs a full handshake, nothing more. */
    if (stream->offered)
        (void)native_net_tls_session_load(stream->tls, stream->offered, stream->offered_len, NULL);
    stream->phase = NATIVE_NET_PHASE_TLS;
    return NATIVE_NET_OK;
}

static enum native_net_status step_connect(struct native_net_stream *stream, int64_t now_ms,
                                           struct native_net_error *error)
{
    bool local = stream->options.scheme == NATIVE_NET_UNIX;
    enum native_net_status status =
        local ? connect_unix(stream, now_ms, error) : connect_tcp(stream, now_ms, error);
    if (status != NATIVE_NET_OK)
        return status;
    if (stream->options.scheme == NATIVE_NET_TLS)
        return start_tls(stream, error);
    stream->phase = NATIVE_NET_PHASE_OPEN;
    return NATIVE_NET_OK;
}

static enum native_net_status step_tls(struct native_net_stream *stream,
                                       struct native_net_error *error)
{
    enum native_net_status status = native_net_tls_handshake(stream->tls, error);
    if (status == NATIVE_NET_OK)
        stream->phase = NATIVE_NET_PHASE_OPEN;
    return status;
}

static enum native_net_status step(struct native_net_stream *stream, int64_t now_ms,
                                   struct native_net_error *error)
{
    switch (stream->phase) {
    case NATIVE_NET_PHASE_NEW:
        return step_start(stream, now_ms, error);
    case NATIVE_NET_PHASE_NAME:
        return step_name(stream, error);
    case NATIVE_NET_PHASE_CONNECT:
        return step_connect(stream, now_ms, error);
    case NATIVE_NET_PHASE_TLS:
        return step_tls(stream, error);
    case NATIVE_NET_PHASE_OPEN:
        break;
    case NATIVE_NET_PHASE_CLOSED:
        native_net_error_set(error, NATIVE_NET_ERROR_CLOSED, "the connection is closed");
        return NATIVE_NET_ERROR;
    }
    return NATIVE_NET_OK;
}

static void timed_out(const struct native_net_stream *stream, struct native_net_error *error)
{
    long long ms = (long long)stream->options.connect_timeout_ms;
    char where[300];
    if (stream->options.scheme == NATIVE_NET_UNIX)
        (void)snprintf(where, sizeof(where), "%.200s", stream->path);
    else
        (void)snprintf(where, sizeof(where), "%.200s port %u", stream->host,
                       (unsigned)stream->options.port);
    if (stream->phase == NATIVE_NET_PHASE_NAME)
        native_net_error_set(error, NATIVE_NET_ERROR_NAME_TIMEOUT,
                             "no answer within %lld ms resolving %.200s", ms, stream->host);
    else if (stream->phase == NATIVE_NET_PHASE_TLS)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_TIMEOUT,
                             "no TLS handshake within %lld ms with %s", ms, where);
    else
        native_net_error_set(error, NATIVE_NET_ERROR_CONNECT_TIMEOUT,
                             "no connection within %lld ms to %s", ms, where);
}

/* What the set must watch now. */
static bool watch_pending(struct native_net_stream *stream)
{
    struct pollfd fds[NATIVE_NET_ADDRESSES_MAX];
    size_t count = native_net_stream_pollfds(stream, NATIVE_NET_NONE, fds);
    bool ok = true;
    while (ok && count-- > 0)
        ok = native_net_pollset_watch(stream->pollset, fds[count].fd,
                                      (fds[count].events & POLLIN ? NATIVE_NET_READ : 0) |
                                          (fds[count].events & POLLOUT ? NATIVE_NET_WRITE : 0));
    return ok;
}

enum native_net_status native_net_stream_open(struct native_net_stream *stream, int64_t now_ms,
                                              struct native_net_error *error)
{
    enum native_net_status status;
    do {
        status = step(stream, now_ms, error);
    } while (status == NATIVE_NET_OK && stream->phase != NATIVE_NET_PHASE_OPEN);
    if (status == NATIVE_NET_AGAIN && now_ms >= stream->deadline_ms) {
        timed_out(stream, error);
        status = NATIVE_NET_ERROR;
    }
    if (status == NATIVE_NET_AGAIN && stream->pollset >= 0 && !watch_pending(stream)) {
        native_net_error_set_errno(error, NATIVE_NET_ERROR_IO, errno,
                                   "cannot watch the connection");
        status = NATIVE_NET_ERROR;
    }
    if (status == NATIVE_NET_ERROR)
        shut(stream);
    if (status == NATIVE_NET_OK && stream->pollset >= 0) {
        (void)close(stream->pollset);
        stream->pollset = -1;
    }
    return status;
}

/* ---- waiting ---- */

bool native_net_stream_is_open(const struct native_net_stream *stream)
{
    return stream->phase == NATIVE_NET_PHASE_OPEN;
}

static bool is_opening(const struct native_net_stream *stream)
{
    return stream->phase == NATIVE_NET_PHASE_NAME || stream->phase == NATIVE_NET_PHASE_CONNECT ||
           stream->phase == NATIVE_NET_PHASE_TLS;
}

int native_net_stream_fd(struct native_net_stream *stream)
{
    if (!is_opening(stream))
        return stream->fd;
    if (stream->pollset < 0) {
        /* Made only for outer event loops: who blocks in native_net_stream_wait() needs none. */
        stream->pollset = native_net_pollset_new();
        if (stream->pollset >= 0 && !watch_pending(stream)) {
            (void)close(stream->pollset);
            stream->pollset = -1;
        }
    }
    return stream->pollset;
}

/* The direction that `want` turns into below TLS. */
static int direction(const struct native_net_stream *stream, int want)
{
    int events = NATIVE_NET_NONE;
    if (want & NATIVE_NET_READ)
        events |= stream->read_wants ? stream->read_wants : NATIVE_NET_READ;
    if (want & NATIVE_NET_WRITE)
        events |= stream->write_wants ? stream->write_wants : NATIVE_NET_WRITE;
    return events;
}

int native_net_stream_events(const struct native_net_stream *stream, int want)
{
    if (is_opening(stream))
        return NATIVE_NET_READ;
    return stream->phase == NATIVE_NET_PHASE_OPEN ? direction(stream, want) : NATIVE_NET_NONE;
}

int64_t native_net_stream_deadline(const struct native_net_stream *stream)
{
    if (stream->phase == NATIVE_NET_PHASE_NEW)
        return 0;
    if (!is_opening(stream))
        return NATIVE_NET_NEVER;
    return native_net_deadline_min(stream->deadline_ms, stream->retry_ms);
}

static size_t one(struct pollfd *out, int fd, int events)
{
    out->fd = fd;
    out->events = (short)((events & NATIVE_NET_READ ? POLLIN : 0) |
                          (events & NATIVE_NET_WRITE ? POLLOUT : 0));
    out->revents = 0;
    return 1;
}

size_t native_net_stream_pollfds(const struct native_net_stream *stream, int want,
                                 struct pollfd *out)
{
    switch (stream->phase) {
    case NATIVE_NET_PHASE_NAME:
        return one(out, native_net_lookup_fd(stream->lookup), NATIVE_NET_READ);
    case NATIVE_NET_PHASE_CONNECT:
        return stream->dial ? native_net_dial_pollfds(stream->dial, out) : 0;
    case NATIVE_NET_PHASE_TLS:
        return one(out, stream->fd, native_net_tls_wants(stream->tls));
    case NATIVE_NET_PHASE_OPEN:
        return one(out, stream->fd, direction(stream, want));
    case NATIVE_NET_PHASE_NEW:
    case NATIVE_NET_PHASE_CLOSED:
        break;
    }
    return 0;
}

enum native_net_status native_net_stream_wait(struct native_net_stream *stream, int want,
                                              int64_t deadline_ms)
{
    struct pollfd fds[NATIVE_NET_ADDRESSES_MAX];
    size_t count = native_net_stream_pollfds(stream, want, fds);
    int64_t until = native_net_deadline_min(deadline_ms, native_net_stream_deadline(stream));
    int ready;
    if (stream->phase == NATIVE_NET_PHASE_CLOSED) {
        errno = ENOTCONN;
        return NATIVE_NET_ERROR;
    }
    if ((want & NATIVE_NET_READ) && native_net_stream_pending(stream) > 0)
        return NATIVE_NET_OK;
    ready = poll(fds, (nfds_t)count, native_net_deadline_left(until, native_net_clock_ms()));
    if (ready > 0)
        return NATIVE_NET_OK;
    if (ready == 0)
        return NATIVE_NET_AGAIN;
    return errno == EINTR ? NATIVE_NET_INTERRUPTED : NATIVE_NET_ERROR;
}

/* ---- ending ---- */

void native_net_stream_close(struct native_net_stream *stream, bool graceful)
{
    if (graceful && stream->phase == NATIVE_NET_PHASE_OPEN && stream->tls)
        (void)native_net_tls_close(stream->tls, NULL);
    shut(stream);
}

void native_net_stream_abandon(struct native_net_stream *stream)
{
    /* close() ends a TCP connection only when no process has it open any more: the parent has. */
    shut(stream);
}

/* ---- the rest ---- */

struct native_net_tls *native_net_stream_tls(const struct native_net_stream *stream)
{
    return stream->tls;
}

const char *native_net_stream_peer(const struct native_net_stream *stream, char *out,
                                   size_t out_len)
{
    if (stream->options.scheme == NATIVE_NET_UNIX)
        (void)snprintf(out, out_len, "%s", stream->path);
    else if (stream->peer.len > 0)
        (void)native_net_address_format(&stream->peer, out, out_len);
    else
        (void)snprintf(out, out_len, "%s:%u", stream->host, (unsigned)stream->options.port);
    return out;
}

enum native_net_status native_net_stream_offer_session(struct native_net_stream *stream,
                                                       const void *bytes, size_t len,
                                                       struct native_net_error *error)
{
    void *copy = malloc(len ? len : 1);
    if (!copy) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return NATIVE_NET_ERROR;
    }
    memcpy(copy, bytes, len);
    free(stream->offered);
    stream->offered = copy;
    stream->offered_len = len;
    return NATIVE_NET_OK;
}
