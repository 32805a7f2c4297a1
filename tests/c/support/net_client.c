/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_client.c - the blocking use of a stream. */
#include "net_client.h"

#include <string.h>

enum native_net_status net_client_open(struct native_net_stream *stream,
                                       struct native_net_error *error)
{
    enum native_net_status status;
    while ((status = native_net_stream_open(stream, native_net_clock_ms(), error)) ==
           NATIVE_NET_AGAIN)
        if (native_net_stream_wait(stream, NATIVE_NET_NONE, NATIVE_NET_NEVER) == NATIVE_NET_ERROR)
            return NATIVE_NET_ERROR;
    return status;
}

enum native_net_status net_client_write(struct native_net_stream *stream, const void *bytes,
                                        size_t len, struct native_net_error *error)
{
    const unsigned char *at = bytes;
    int64_t limit = native_net_clock_ms() + 20000;
    while (len > 0) {
        size_t put;
        enum native_net_status status = native_net_stream_write(stream, at, len, &put, error);
        if (status != NATIVE_NET_OK && status != NATIVE_NET_AGAIN)
            return status;
        at += put;
        len -= put;
        if (status == NATIVE_NET_AGAIN &&
            native_net_stream_wait(stream, NATIVE_NET_WRITE, limit) == NATIVE_NET_AGAIN)
            return NATIVE_NET_AGAIN;
    }
    return NATIVE_NET_OK;
}

enum native_net_status net_client_read(struct native_net_stream *stream, void *out, size_t len,
                                       size_t *got, struct native_net_error *error)
{
    unsigned char *at = out;
    int64_t limit = native_net_clock_ms() + 20000;
    *got = 0;
    while (*got < len) {
        size_t n;
        enum native_net_status status =
            native_net_stream_read(stream, at + *got, len - *got, &n, error);
        if (status != NATIVE_NET_OK && status != NATIVE_NET_AGAIN)
            return status;
        *got += n;
        if (status == NATIVE_NET_AGAIN &&
            native_net_stream_wait(stream, NATIVE_NET_READ, limit) == NATIVE_NET_AGAIN)
            return NATIVE_NET_AGAIN;
    }
    return NATIVE_NET_OK;
}

struct native_net_stream *net_client_connect(const struct native_net_stream_options *options,
                                             struct native_net_error *error)
{
    struct native_net_stream *stream = native_net_stream_new(options, error);
    if (stream && net_client_open(stream, error) != NATIVE_NET_OK) {
        native_net_stream_free(stream);
        stream = NULL;
    }
    return stream;
}

bool net_client_echoes(struct native_net_stream *stream)
{
    char back[5];
    size_t got;
    struct native_net_error error;
    return net_client_write(stream, "hello", 5, &error) == NATIVE_NET_OK &&
           net_client_read(stream, back, 5, &got, &error) == NATIVE_NET_OK &&
           memcmp(back, "hello", 5) == 0;
}
