/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_own_messages.c - a TLS library that says AGAIN behind each message of its own (TLS 1.3: a session ticket), while what
 * stands behind that message was read ahead already: no poll would tell of it.
 * links: net/stream_io.c net/error.c
 * The library is played here, so that it does not matter which one is installed. */
#include "harness.h"

#include <errno.h>

#include "../../net/stream_internal.h"

enum { TICKET = 200, MANY = 1000 };

/* A message of the library's own is TICKET bytes that begin with 'T'; else the bytes are the peer's, as they are. */
static struct native_net_tls_io io;
static int reads, looks;
static bool reads_nothing; /* says AGAIN before it looks at the transport */

enum native_net_status native_net_tls_read(struct native_net_tls *tls, void *out, size_t len,
                                           size_t *got, struct native_net_error *error)
{
    char record[TICKET];
    ptrdiff_t n;
    reads++;
    if (reads_nothing || (n = io.read(io.ctx, record, TICKET)) < 0 || record[0] == 'T')
        return NATIVE_NET_AGAIN;
    if (!check(n > 0 && (size_t)n <= len, "%td bytes", n))
        return NATIVE_NET_ERROR;
    memcpy(out, record, (size_t)n);
    *got = (size_t)n;
    return NATIVE_NET_OK;
}

void native_net_tls_share_ticket(struct native_net_tls_share *share, struct native_net_tls *tls)
{
    looks++;
}

int native_net_tls_wants(const struct native_net_tls *tls)
{
    return NATIVE_NET_READ;
}

size_t native_net_tls_pending(const struct native_net_tls *tls)
{
    return 0;
}

/* The peer sends no more. */
ssize_t native_net_socket_read(int fd, struct iovec *to, size_t count)
{
    errno = EAGAIN;
    return -1;
}

/* ---- what reading does not come to ---- */

ssize_t native_net_socket_write(int fd, const struct iovec *from, size_t count)
{
    abort();
}

enum native_net_status native_net_socket_peek(int fd)
{
    abort();
}

const char *native_net_stream_peer(const struct native_net_stream *stream, char *out, size_t len)
{
    abort();
}

enum native_net_status native_net_tls_write(struct native_net_tls *tls, const void *bytes,
                                            size_t len, size_t *put, struct native_net_error *error)
{
    abort();
}

size_t native_net_tls_unsent(const struct native_net_tls *tls)
{
    abort();
}

enum native_net_status native_net_tls_peek(struct native_net_tls *tls,
                                           struct native_net_error *error)
{
    abort();
}

/* ---- tests ---- */

static struct native_net_stream stream;
static struct native_net_error error;
static char out[TICKET];
static size_t got;

/* An open stream for which `tickets` and then `rest` were read ahead. */
static void ahead(int tickets, const char *rest)
{
    memset(&stream, 0, sizeof(stream));
    stream.phase = NATIVE_NET_PHASE_OPEN;
    stream.tls = (struct native_net_tls *)&stream; /* is never looked into */
    memset(stream.ahead, 'T', (size_t)tickets * TICKET);
    memcpy(stream.ahead + tickets * TICKET, rest, strlen(rest));
    stream.ahead_len = (size_t)tickets * TICKET + strlen(rest);
    native_net_stream_tls_io(&stream, &io);
    reads = looks = 0;
    reads_nothing = false;
}

static enum native_net_status read_once(void)
{
    return native_net_stream_read(&stream, out, sizeof(out), &got, &error);
}

int main(void)
{
    for (int tickets = 0; tickets <= 3; tickets++) {
        ahead(tickets, "answer");
        check(read_once() == NATIVE_NET_OK && got == 6 && memcmp(out, "answer", 6) == 0,
              "%zu bytes after %d reads", got, reads);
        check(reads == tickets + 1 && looks == 1 && native_net_stream_pending(&stream) == 0,
              "%d reads, %d looks for a ticket", reads, looks);
        end_test("the answer behind %d tickets comes in the same call", tickets);
    }

    ahead(2, "");
    check(read_once() == NATIVE_NET_AGAIN && got == 0 && reads == 2, "%d reads", reads);
    check(stream.read_wants == NATIVE_NET_READ && native_net_stream_pending(&stream) == 0,
          "waits for %d", stream.read_wants);
    end_test("tickets alone: AGAIN, and nothing pending");

    ahead(1, "answer");
    reads_nothing = true;
    check(read_once() == NATIVE_NET_AGAIN && reads > 1 && reads < MANY, "%d reads", reads);
    check(native_net_stream_pending(&stream) == TICKET + 6, "%zu pending",
          native_net_stream_pending(&stream));
    end_test("a library that does not get on: AGAIN in the end, and the bytes are pending");
    return done();
}
