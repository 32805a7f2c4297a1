/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream.c - the calls of stream.h: opening, waiting, ending, asking. The phases of opening are in
 * stream_phases.c, what happens to bytes in stream_io.c. */
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

static int64_t ends(const struct native_net_stream *stream)
{
    return native_net_deadline_min(stream->deadline_ms, stream->phase_deadline_ms);
}

enum native_net_status native_net_stream_open(struct native_net_stream *stream, int64_t now_ms,
                                              struct native_net_error *error)
{
    enum native_net_status status;
    do {
        status = native_net_stream_step(stream, now_ms, error);
    } while (status == NATIVE_NET_OK && stream->phase != NATIVE_NET_PHASE_OPEN);
    if (status == NATIVE_NET_AGAIN && now_ms >= ends(stream)) {
        native_net_stream_timed_out(stream, error);
        status = NATIVE_NET_ERROR;
    }
    if (status == NATIVE_NET_AGAIN && stream->pollset >= 0 && !watch_pending(stream)) {
        native_net_error_set_errno(error, NATIVE_NET_ERROR_IO, errno,
                                   "cannot watch the connection");
        status = NATIVE_NET_ERROR;
    }
    if (status == NATIVE_NET_ERROR)
        native_net_stream_shut(stream);
    if (status == NATIVE_NET_OK && stream->pollset >= 0) {
        (void)close(stream->pollset);
        stream->pollset = -1;
    }
    return status;
}

/* The name that the other end of a tunnel has: the stream's own host is the proxy. */
static bool take_start_tls(struct native_net_stream *stream,
                           const struct native_net_start_tls *options,
                           struct native_net_error *error)
{
    char *name = strdup(options->server_name);
    char *scope = options->session_scope ? strdup(options->session_scope) : NULL;
    if (!name || (options->session_scope && !scope)) {
        free(name);
        free(scope);
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    free(stream->server_name);
    free(stream->session_scope);
    stream->server_name = name;
    stream->session_scope = scope;
    stream->tls_port = options->port;
    stream->in_tunnel = true;
    stream->options.sessions = options->sessions;
    native_net_tls_config_unref(stream->options.tls);
    stream->options.tls = native_net_tls_config_ref(options->tls);
    return true;
}

/* What came before TLS began was not protected: whoever sits in between may have sent it. Who has
 * gone already failed the handshake, as one who goes a moment later does. */
static bool has_spoken(const struct native_net_stream *stream, size_t early_len,
                       struct native_net_error *error)
{
    enum native_net_status status = early_len ? NATIVE_NET_OK : native_net_socket_peek(stream->fd);
    if (status == NATIVE_NET_AGAIN)
        return false;
    if (status == NATIVE_NET_OK)
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_HANDSHAKE,
                             "%s has sent something before TLS began", stream->server_name);
    else if (status == NATIVE_NET_ERROR)
        native_net_error_set_errno(error, NATIVE_NET_ERROR_TLS_HANDSHAKE, errno,
                                   "the connection broke before TLS with %s began",
                                   stream->server_name);
    else
        native_net_error_set(error, NATIVE_NET_ERROR_TLS_HANDSHAKE,
                             "the connection ended before TLS with %s began", stream->server_name);
    return true;
}

static bool start_tls_fits(const struct native_net_stream *stream,
                           const struct native_net_start_tls *options,
                           struct native_net_error *error)
{
    const char *what = NULL;
    if (stream->phase != NATIVE_NET_PHASE_OPEN)
        what = "TLS can begin only on a connection that is open";
    else if (stream->tls)
        what = "the connection has TLS already";
    else if (!options->tls || !options->server_name || !options->server_name[0])
        what = "TLS needs a configuration and the name of the server";
    else if (!native_net_stream_is_clean(options->server_name))
        what = "the server name has blanks or control characters in it";
    if (what)
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "%s", what);
    return !what;
}

enum native_net_status native_net_stream_start_tls(struct native_net_stream *stream,
                                                   const struct native_net_start_tls *options,
                                                   int64_t now_ms, struct native_net_error *error)
{
    if (!start_tls_fits(stream, options, error))
        return NATIVE_NET_ERROR;
    stream->times.tls_us = 0;
    stream->deadline_ms = native_net_deadline_after(now_ms, options->timeout_ms);
    stream->options.connect_timeout_ms = options->timeout_ms;
    if (take_start_tls(stream, options, error) && !has_spoken(stream, options->early_len, error) &&
        native_net_stream_begin_tls(stream, now_ms, error) == NATIVE_NET_OK)
        return NATIVE_NET_OK;
    native_net_stream_shut(stream);
    return NATIVE_NET_ERROR;
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
    return native_net_deadline_min(ends(stream), stream->retry_ms);
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
    native_net_stream_shut(stream);
}

void native_net_stream_abandon(struct native_net_stream *stream)
{
    /* close() ends a TCP connection only when no process has it open any more: the parent has. */
    native_net_stream_shut(stream);
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
        (void)snprintf(out, out_len, "%s%s", stream->is_abstract ? "@" : "", stream->path);
    else if (stream->peer.len > 0)
        (void)native_net_address_format(&stream->peer, out, out_len);
    else
        (void)snprintf(out, out_len, "%s:%u", stream->host, (unsigned)stream->options.port);
    return out;
}

void native_net_stream_get_times(const struct native_net_stream *stream,
                                 struct native_net_stream_times *out)
{
    *out = stream->times;
}

bool native_net_stream_get_peer(const struct native_net_stream *stream,
                                struct native_net_address *out)
{
    *out = stream->peer;
    return out->len > 0;
}

bool native_net_stream_get_local(const struct native_net_stream *stream,
                                 struct native_net_address *out)
{
    return native_net_socket_local(stream->fd, out);
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
