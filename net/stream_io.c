/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream_io.c - bytes in and out of an open stream, plain or TLS. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <limits.h>
#include <string.h>

#include "stream_internal.h"

enum {
    SLICES_MAX = 16,
    OWN_MESSAGES_MAX = 64, /* of the TLS library's, one after the other, in one call */
    GATHER = 4096 /* small pieces are put together up to this, to go out as one TLS record */
};

/* ---- the transport under TLS ---- */

static size_t take_ahead(struct native_net_stream *stream, void *out, size_t len)
{
    size_t have = stream->ahead_len - stream->ahead_at;
    if (len > have)
        len = have;
    memcpy(out, stream->ahead + stream->ahead_at, len);
    stream->ahead_at += len;
    return len;
}

static ptrdiff_t transport_read(void *ctx, void *out, size_t len)
{
    struct native_net_stream *stream = ctx;
    struct iovec to[2];
    ssize_t n;
    if (stream->ahead_at < stream->ahead_len)
        return (ptrdiff_t)take_ahead(stream, out, len);
    to[0].iov_base = out;
    to[0].iov_len = len;
    to[1].iov_base = stream->ahead;
    to[1].iov_len = sizeof(stream->ahead);
    stream->ahead_at = stream->ahead_len = 0;
    n = native_net_socket_read(stream->fd, to, 2);
    if (n < 0)
        return errno == EAGAIN ? NATIVE_NET_IO_AGAIN : NATIVE_NET_IO_ERROR;
    if ((size_t)n <= len)
        return n;
    stream->ahead_len = (size_t)n - len;
    return (ptrdiff_t)len;
}

static ptrdiff_t transport_write(void *ctx, const void *bytes, size_t len)
{
    struct native_net_stream *stream = ctx;
    struct iovec from;
    ssize_t n;
    from.iov_base = (void *)(uintptr_t)bytes; /* only read from: POSIX has one type for both ways */
    from.iov_len = len;
    n = native_net_socket_write(stream->fd, &from, 1);
    if (n < 0)
        return errno == EAGAIN ? NATIVE_NET_IO_AGAIN : NATIVE_NET_IO_ERROR;
    return n;
}

void native_net_stream_tls_io(struct native_net_stream *stream, struct native_net_tls_io *io)
{
    io->ctx = stream;
    io->read = transport_read;
    io->write = transport_write;
}

/* ---- plain ---- */

static enum native_net_status io_failed(const struct native_net_stream *stream, int os_errno,
                                        const char *doing, struct native_net_error *error)
{
    char peer[160];
    bool gone = os_errno == ECONNRESET || os_errno == EPIPE || os_errno == ENOTCONN;
    native_net_error_set_errno(error, gone ? NATIVE_NET_ERROR_CLOSED : NATIVE_NET_ERROR_IO,
                               os_errno, "%s %s", doing,
                               native_net_stream_peer(stream, peer, sizeof(peer)));
    return NATIVE_NET_ERROR;
}

static enum native_net_status plain_read(struct native_net_stream *stream, void *out, size_t len,
                                         size_t *got, struct native_net_error *error)
{
    struct iovec to;
    ssize_t n;
    to.iov_base = out;
    to.iov_len = len;
    n = native_net_socket_read(stream->fd, &to, 1);
    if (n > 0) {
        *got = (size_t)n;
        return NATIVE_NET_OK;
    }
    if (n == 0)
        return NATIVE_NET_CLOSED;
    return errno == EAGAIN ? NATIVE_NET_AGAIN : io_failed(stream, errno, "reading from", error);
}

static enum native_net_status plain_write(struct native_net_stream *stream,
                                          const struct native_net_slice *slices, size_t count,
                                          size_t *put, struct native_net_error *error)
{
    struct iovec from[SLICES_MAX];
    size_t i;
    ssize_t n;
    for (i = 0; i < count; i++) {
        from[i].iov_base = (void *)(uintptr_t)slices[i].bytes;
        from[i].iov_len = slices[i].len;
    }
    n = native_net_socket_write(stream->fd, from, count);
    if (n > 0) {
        *put = (size_t)n;
        return NATIVE_NET_OK;
    }
    return n == 0 || errno == EAGAIN ? NATIVE_NET_AGAIN
                                     : io_failed(stream, errno, "writing to", error);
}

/* ---- TLS ---- */

/* One record of all slices together, as far as they fit. A record that could not be sent whole is
 * not made again: the caller may have cut the same bytes into other slices since. */
static enum native_net_status tls_write(struct native_net_stream *stream,
                                        const struct native_net_slice *slices, size_t count,
                                        size_t *put, struct native_net_error *error)
{
    unsigned char gathered[GATHER];
    size_t len = 0;
    size_t i;
    if (native_net_tls_unsent(stream->tls)) {
        for (i = 0; i < count; i++)
            len += slices[i].len;
        return native_net_tls_write(stream->tls, slices[0].bytes, len, put, error);
    }
    if (count == 1 || slices[0].len >= GATHER)
        return native_net_tls_write(stream->tls, slices[0].bytes, slices[0].len, put, error);
    for (i = 0; i < count && len < GATHER; i++) {
        size_t take = slices[i].len < GATHER - len ? slices[i].len : GATHER - len;
        memcpy(gathered + len, slices[i].bytes, take);
        len += take;
    }
    return native_net_tls_write(stream->tls, gathered, len, put, error);
}

/* ---- both ---- */

static bool usable(const struct native_net_stream *stream, struct native_net_error *error)
{
    if (stream->phase == NATIVE_NET_PHASE_OPEN)
        return true;
    native_net_error_set(error, NATIVE_NET_ERROR_CLOSED, "the connection is not open");
    return false;
}

enum native_net_status native_net_stream_read(struct native_net_stream *stream, void *out,
                                              size_t len, size_t *got,
                                              struct native_net_error *error)
{
    enum native_net_status status;
    int tries = OWN_MESSAGES_MAX;
    *got = 0;
    if (!usable(stream, error))
        return NATIVE_NET_ERROR;
    if (len == 0) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT, "no room to read into");
        return NATIVE_NET_ERROR;
    }
    if (!stream->tls)
        return plain_read(stream, out, len, got, error);
    /* The library says AGAIN also behind a message of its own (TLS 1.3: a ticket), while there is more. */
    do
        status = native_net_tls_read(stream->tls, out, len, got, error);
    while (status == NATIVE_NET_AGAIN && stream->ahead_at < stream->ahead_len && --tries > 0);
    native_net_tls_share_ticket(&stream->share, stream->tls);
    stream->read_wants = status == NATIVE_NET_AGAIN ? native_net_tls_wants(stream->tls) : 0;
    return status;
}

enum native_net_status native_net_stream_writev(struct native_net_stream *stream,
                                                const struct native_net_slice *slices, size_t count,
                                                size_t *put, struct native_net_error *error)
{
    enum native_net_status status;
    *put = 0;
    if (!usable(stream, error))
        return NATIVE_NET_ERROR;
    while (count > 0 && slices[0].len == 0) {
        slices++;
        count--;
    }
    if (count == 0)
        return NATIVE_NET_OK;
    if (count > SLICES_MAX)
        count = SLICES_MAX;
    if (!stream->tls)
        return plain_write(stream, slices, count, put, error);
    status = tls_write(stream, slices, count, put, error);
    stream->write_wants = status == NATIVE_NET_AGAIN ? native_net_tls_wants(stream->tls) : 0;
    return status;
}

enum native_net_status native_net_stream_write(struct native_net_stream *stream, const void *bytes,
                                               size_t len, size_t *put,
                                               struct native_net_error *error)
{
    struct native_net_slice slice;
    slice.bytes = bytes;
    slice.len = len;
    return native_net_stream_writev(stream, &slice, 1, put, error);
}

size_t native_net_stream_pending(const struct native_net_stream *stream)
{
    /* Bytes read ahead may be whole records: they count, or an outer loop would wait for a socket
     * that has nothing more to say. A read that says AGAIN has used them up. */
    if (stream->phase != NATIVE_NET_PHASE_OPEN || !stream->tls)
        return 0;
    return native_net_tls_pending(stream->tls) + (stream->ahead_len - stream->ahead_at);
}

enum native_net_status native_net_stream_alive(struct native_net_stream *stream,
                                               struct native_net_error *error)
{
    enum native_net_status status;
    if (!usable(stream, error))
        return NATIVE_NET_ERROR;
    if (stream->tls) {
        status = native_net_tls_peek(stream->tls, error);
        native_net_tls_share_ticket(&stream->share, stream->tls);
        return status;
    }
    status = native_net_socket_peek(stream->fd);
    return status == NATIVE_NET_ERROR ? io_failed(stream, errno, "looking at", error) : status;
}
