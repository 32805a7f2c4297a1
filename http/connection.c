/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* connection.c - one connection. */
#include "connection.h"

#include <stdlib.h>
#include <string.h>

#include "../net/process.h"

static uint64_t last_id; /* atomic: CURLINFO_CONN_ID and traces tell connections apart by it */

struct native_http_connection *native_http_connection_new(struct native_net_stream *stream,
                                                          struct native_http_key *key)
{
    struct native_http_connection *connection = calloc(1, sizeof(*connection));
    if (!connection) {
        native_net_stream_free(stream);
        return NULL;
    }
    connection->stream = stream;
    native_http_key_move(&connection->key, key);
    connection->pid = native_net_process_id();
    connection->id = __atomic_add_fetch(&last_id, 1, __ATOMIC_RELAXED);
    connection->opened_ms = native_net_clock_ms();
    connection->reusable = true;
    return connection;
}

void native_http_connection_free(struct native_http_connection *connection)
{
    if (!connection)
        return;
    if (connection->pid == native_net_process_id())
        native_net_stream_close(connection->stream, true);
    else
        native_net_stream_abandon(connection->stream);
    native_net_stream_free(connection->stream);
    native_http_key_free(&connection->key);
    free(connection->in);
    free(connection);
}

struct native_http_span native_http_connection_in(const struct native_http_connection *connection)
{
    return (struct native_http_span){connection->in ? connection->in + connection->in_at : "",
                                     connection->in_len - connection->in_at};
}

void native_http_connection_used(struct native_http_connection *connection, size_t len)
{
    connection->in_at += len;
    if (connection->in_at == connection->in_len)
        connection->in_at = connection->in_len = 0;
}

/* Much comes: take it with fewer calls. A larger buffer is no must. */
static void widen(struct native_http_connection *connection)
{
    char *in = malloc(NATIVE_HTTP_IN_LARGE);
    if (!in)
        return;
    free(connection->in);
    connection->in = in;
    connection->in_size = NATIVE_HTTP_IN_LARGE;
}

/* Room behind the bytes that wait: by moving them to the front, or by a larger buffer. */
static bool make_room(struct native_http_connection *connection, size_t max)
{
    size_t size = connection->in_size;
    char *in;
    if (connection->in_filled && connection->in_len == 0 && size < NATIVE_HTTP_IN_LARGE)
        widen(connection);
    if (connection->in_len < size)
        return true;
    if (connection->in_at > 0) {
        connection->in_len -= connection->in_at;
        memmove(connection->in, connection->in + connection->in_at, connection->in_len);
        connection->in_at = 0;
        return true;
    }
    size = size == 0 ? NATIVE_HTTP_IN_SIZE : 2 * size;
    if (connection->in_size > 0 && connection->in_size >= max)
        return false;
    in = realloc(connection->in, size);
    if (!in)
        return false;
    connection->in = in;
    connection->in_size = size;
    return true;
}

enum native_net_status native_http_connection_receive(struct native_http_connection *connection,
                                                      size_t max, size_t most,
                                                      struct native_net_error *error)
{
    enum native_net_status status;
    size_t got = 0, room;
    if (!make_room(connection, max)) {
        native_net_error_set(error, NATIVE_NET_ERROR_NO_MEMORY, "no room to receive into");
        return NATIVE_NET_ERROR;
    }
    room = connection->in_size - connection->in_len;
    status = native_net_stream_read(connection->stream, connection->in + connection->in_len,
                                    room < most ? room : most, &got, error);
    connection->in_len += got;
    connection->in_filled = connection->in_len == connection->in_size &&
                            native_net_stream_tls(connection->stream) == NULL;
    return status;
}

void native_http_connection_lend(struct native_http_connection *connection,
                                 struct native_http_room *room)
{
    connection->in = room->at;
    connection->in_size = room->size;
    room->at = NULL;
}

bool native_http_connection_rest(struct native_http_connection *connection,
                                 struct native_http_room *room)
{
    bool empty = connection->in_at == connection->in_len;
    if (!room->at && connection->in_size <= NATIVE_HTTP_IN_SIZE)
        *room = (struct native_http_room){connection->in, connection->in_size};
    else
        free(connection->in);
    connection->in = NULL;
    connection->in_size = connection->in_at = connection->in_len = 0;
    connection->in_filled = false;
    return empty;
}
