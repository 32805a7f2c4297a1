/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream_phases.c - opening, phase by phase: each step returns OK when the next one may begin. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>

#include "pollset.h"
#include "stream_internal.h"

enum {
    UNIX_RETRY_MS = 20
}; /* a full queue of a Unix listener tells nobody when it has room again */

static void enter_phase(struct native_net_stream *stream, enum native_net_phase phase,
                        int64_t now_ms, int64_t timeout_ms)
{
    stream->phase = phase;
    stream->phase_timeout_ms = timeout_ms;
    stream->phase_deadline_ms =
        timeout_ms > 0 ? native_net_deadline_after(now_ms, timeout_ms) : NATIVE_NET_NEVER;
}

static enum native_net_status start_dial(struct native_net_stream *stream,
                                         const struct native_net_addresses *found, int64_t now_ms,
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
    if (stream->options.happy_eyeballs_ms > 0)
        stream->dial->delay_ms = stream->options.happy_eyeballs_ms;
    stream->times.name_us = native_net_clock_us();
    enter_phase(stream, NATIVE_NET_PHASE_CONNECT, now_ms, stream->options.dial_timeout_ms);
    return NATIVE_NET_OK;
}

static enum native_net_status step_start(struct native_net_stream *stream, int64_t now_ms,
                                         struct native_net_error *error)
{
    const struct native_net_stream_options *options = &stream->options;
    struct native_net_resolve_options how;
    struct native_net_addresses found;
    enum native_net_status status;
    stream->times.start_us = native_net_clock_us();
    stream->deadline_ms = native_net_deadline_after(now_ms, options->connect_timeout_ms);
    if (options->scheme == NATIVE_NET_UNIX) {
        enter_phase(stream, NATIVE_NET_PHASE_CONNECT, now_ms, options->dial_timeout_ms);
        return NATIVE_NET_OK;
    }
    if (stream->addresses)
        return start_dial(stream, stream->addresses, now_ms, error);
    how.max_age_ms = options->name_max_age_ms;
    how.names = options->names;
    status = native_net_resolve_with(stream->host, &how, now_ms, &found, &stream->lookup, error);
    if (status == NATIVE_NET_AGAIN)
        enter_phase(stream, NATIVE_NET_PHASE_NAME, now_ms, options->name_timeout_ms);
    return status == NATIVE_NET_OK ? start_dial(stream, &found, now_ms, error) : status;
}

static enum native_net_status step_name(struct native_net_stream *stream, int64_t now_ms,
                                        struct native_net_error *error)
{
    struct native_net_addresses found;
    enum native_net_status status = native_net_lookup_step(stream->lookup, &found, error);
    if (status != NATIVE_NET_OK)
        return status;
    if (stream->options.names)
        native_net_lookup_share(stream->lookup, stream->options.names);
    /* Others may share this descriptor: it stays open, so it must leave the set by our hand. */
    if (stream->pollset >= 0)
        native_net_pollset_unwatch(stream->pollset, native_net_lookup_fd(stream->lookup));
    native_net_lookup_release(stream->lookup);
    stream->lookup = NULL;
    return start_dial(stream, &found, now_ms, error);
}

static enum native_net_status connect_unix(struct native_net_stream *stream, int64_t now_ms,
                                           struct native_net_error *error)
{
    enum native_net_status status =
        native_net_socket_connect_unix(stream->path, stream->is_abstract, &stream->fd, error);
    stream->retry_ms = status == NATIVE_NET_AGAIN ? now_ms + UNIX_RETRY_MS : NATIVE_NET_NEVER;
    return status;
}

static enum native_net_status connect_tcp(struct native_net_stream *stream, int64_t now_ms,
                                          struct native_net_error *error)
{
    enum native_net_status status =
        native_net_dial_step(stream->dial, now_ms, &stream->fd, &stream->peer, error);
    stream->retry_ms = native_net_dial_deadline(stream->dial);
    stream->times.attempts = (unsigned)stream->dial->next;
    if (status != NATIVE_NET_OK)
        return status;
    free(stream->dial);
    stream->dial = NULL;
    stream->retry_ms = NATIVE_NET_NEVER;
    return NATIVE_NET_OK;
}

enum native_net_status native_net_stream_begin_tls(struct native_net_stream *stream, int64_t now_ms,
                                                   struct native_net_error *error)
{
    struct native_net_tls_share_place place;
    struct native_net_tls_io io;
    native_net_stream_tls_io(stream, &io);
    stream->tls = native_net_tls_new(stream->options.tls, stream->server_name, &io, error);
    if (!stream->tls)
        return NATIVE_NET_ERROR;
    /* A session that does not fit costs a full handshake, nothing more. */
    place.host = stream->host;
    place.name = stream->server_name;
    place.scope = stream->session_scope;
    place.port = stream->tls_port;
    native_net_tls_share_begin(&stream->share, stream->options.sessions, stream->options.tls,
                               &place, stream->tls);
    if (stream->offered)
        (void)native_net_tls_session_load(stream->tls, stream->offered, stream->offered_len, NULL);
    enter_phase(stream, NATIVE_NET_PHASE_TLS, now_ms, stream->options.tls_timeout_ms);
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
    stream->times.connect_us = native_net_clock_us();
    if (stream->options.scheme == NATIVE_NET_TLS)
        return native_net_stream_begin_tls(stream, now_ms, error);
    stream->phase = NATIVE_NET_PHASE_OPEN;
    return NATIVE_NET_OK;
}

static enum native_net_status step_tls(struct native_net_stream *stream,
                                       struct native_net_error *error)
{
    enum native_net_status status = native_net_tls_handshake(stream->tls, error);
    if (status == NATIVE_NET_ERROR)
        native_net_tls_share_failed(&stream->share);
    if (status != NATIVE_NET_OK)
        return status;
    native_net_tls_share_done(&stream->share, stream->tls);
    stream->times.tls_us = native_net_clock_us();
    stream->phase = NATIVE_NET_PHASE_OPEN;
    return NATIVE_NET_OK;
}

enum native_net_status native_net_stream_step(struct native_net_stream *stream, int64_t now_ms,
                                              struct native_net_error *error)
{
    switch (stream->phase) {
    case NATIVE_NET_PHASE_NEW:
        return step_start(stream, now_ms, error);
    case NATIVE_NET_PHASE_NAME:
        return step_name(stream, now_ms, error);
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

static void where_text(const struct native_net_stream *stream, char *out, size_t out_len)
{
    if (stream->in_tunnel)
        (void)snprintf(out, out_len, "%.200s port %u", stream->server_name,
                       (unsigned)stream->tls_port);
    else if (stream->options.scheme == NATIVE_NET_UNIX)
        (void)snprintf(out, out_len, "%s%.200s", stream->is_abstract ? "@" : "", stream->path);
    else
        (void)snprintf(out, out_len, "%.200s port %u", stream->host,
                       (unsigned)stream->options.port);
}

void native_net_stream_timed_out(const struct native_net_stream *stream,
                                 struct native_net_error *error)
{
    bool whole = stream->deadline_ms <= stream->phase_deadline_ms;
    long long ms =
        (long long)(whole ? stream->options.connect_timeout_ms : stream->phase_timeout_ms);
    char where[300];
    where_text(stream, where, sizeof(where));
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
