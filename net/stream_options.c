/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream_options.c - making a stream out of options, and the end of it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stream_internal.h"

static bool bad(struct native_net_error *error, const char *what)
{
    native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "%s", what);
    return false;
}

bool native_net_stream_is_clean(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ' || *text == 127)
            return false;
    return true;
}

static bool check(const struct native_net_stream_options *options, struct native_net_error *error)
{
    if (options->scheme == NATIVE_NET_UNIX)
        return options->path || options->abstract_name ||
               bad(error, "path of the Unix socket is missing");
    if (!options->host || options->host[0] == '\0')
        return bad(error, "host is empty");
    if (!native_net_stream_is_clean(options->host) ||
        (options->server_name && !native_net_stream_is_clean(options->server_name)))
        return bad(error, "host has blanks or control characters in it");
    if (options->port == 0)
        return bad(error, "port is 0");
    if (options->addresses && !native_net_addresses_sound(options->addresses))
        return bad(error, "the list of addresses is empty, too long, or holds something else");
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

static bool copy_addresses(struct native_net_stream *stream,
                           const struct native_net_addresses *from, struct native_net_error *error)
{
    stream->addresses = from ? malloc(sizeof(*from)) : NULL;
    if (stream->addresses)
        *stream->addresses = *from;
    if (!from || stream->addresses)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool copy_texts(struct native_net_stream *stream,
                       const struct native_net_stream_options *options,
                       struct native_net_error *error)
{
    return copy_text(options->host, &stream->host, error) &&
           copy_text(options->path ? options->path : options->abstract_name, &stream->path,
                     error) &&
           copy_text(options->server_name ? options->server_name : options->host,
                     &stream->server_name, error) &&
           copy_text(options->interface, &stream->interface, error) &&
           copy_text(options->session_scope, &stream->session_scope, error);
}

static void copy_socket_options(struct native_net_socket_options *to,
                                const struct native_net_stream_options *from)
{
    to->keepalive_idle_s = from->keepalive_idle_s;
    to->keepalive_interval_s = from->keepalive_interval_s;
    to->keepalive_count = from->keepalive_count;
    to->bind_port = from->bind_port;
    to->bind_port_count = from->bind_port_count;
}

static bool copy_options(struct native_net_stream *stream,
                         const struct native_net_stream_options *options,
                         struct native_net_error *error)
{
    struct native_net_stream_options *kept = &stream->options;
    *kept = *options;
    kept->host = kept->path = kept->abstract_name = kept->server_name = NULL;
    kept->bind_address = kept->interface = kept->session_scope = NULL;
    kept->addresses = NULL;
    kept->tls = NULL;
    stream->is_abstract = !options->path && options->abstract_name;
    stream->tls_port = options->port;
    copy_socket_options(&stream->socket_options, options);
    if (options->bind_address &&
        !native_net_address_parse(options->bind_address, &stream->socket_options.bind_address)) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "%s is no address to bind to",
                             options->bind_address);
        return false;
    }
    if (!copy_texts(stream, options, error) || !copy_addresses(stream, options->addresses, error))
        return false;
    stream->socket_options.interface = stream->interface;
    if (options->tls && options->scheme == NATIVE_NET_TLS)
        kept->tls = native_net_tls_config_ref(options->tls);
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
    stream->deadline_ms = stream->phase_deadline_ms = stream->retry_ms = NATIVE_NET_NEVER;
    if (copy_options(stream, options, error))
        return stream;
    native_net_stream_free(stream);
    return NULL;
}

void native_net_stream_shut(struct native_net_stream *stream)
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
    native_net_stream_shut(stream);
    native_net_tls_config_unref(stream->options.tls);
    free(stream->offered);
    free(stream->host);
    free(stream->path);
    free(stream->server_name);
    free(stream->interface);
    free(stream->session_scope);
    free(stream->addresses);
    free(stream);
}
