/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* connection.h - one connection, in a transfer's hands or in the pool.
 * Shape: a stream, the key it was opened under, and the bytes that were received and not used yet.
 * Allocates: with malloc. Blocks: never. Private to http/. */
#ifndef NATIVE_HTTP_CONNECTION_H
#define NATIVE_HTTP_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "../net/stream.h"
#include "key.h"
#include "wire/span.h"

enum {
    NATIVE_HTTP_IN_SIZE = 16384, /* of the usual receive buffer: one TLS record */
    NATIVE_HTTP_IN_LARGE = 65536 /* once a plain connection has filled that at one go */
};

struct native_http_connection {
    struct native_http_connection *next; /* in the pool: the one that came before */
    struct native_net_stream *stream;
    struct native_http_key key;
    pid_t pid; /* whose it is */
    uint64_t id;
    int64_t opened_ms;
    int64_t idle_ms; /* since when it is in the pool */
    unsigned requests;
    uint64_t owner;                  /* whose it is, see pool.h; 0: anybody's */
    struct native_net_address local; /* once it is open; len 0: unknown */
    struct native_net_address remote;
    bool reusable; /* another request may follow */
    bool proxy_login_sent;
    char *in; /* malloc'ed while it is used */
    size_t in_size;
    size_t in_at;   /* first byte that was not used yet */
    size_t in_len;  /* behind the last byte */
    bool in_filled; /* the last read left no room */
};

/* Make one over a stream, which it owns from then on, also when it fails; the key moves in. Returns NULL without
 * memory. */
struct native_http_connection *native_http_connection_new(struct native_net_stream *stream,
                                                          struct native_http_key *key);

/* Close (with close_notify if it can be sent at once; nothing at all in a forked child) and free. NULL is allowed. */
void native_http_connection_free(struct native_http_connection *connection);

/* The bytes that wait. */
struct native_http_span native_http_connection_in(const struct native_http_connection *connection);

/* Say that the first `len` of them are done with. */
void native_http_connection_used(struct native_http_connection *connection, size_t len);

/* Receive more behind them, at most `most` bytes; the buffer grows up to `max` bytes when they fill it.
 * Returns what native_net_stream_read() does; ERROR of kind NO_MEMORY, also when `max` is reached. */
enum native_net_status native_http_connection_receive(struct native_http_connection *connection,
                                                      size_t max, size_t most,
                                                      struct native_net_error *error);

/* A buffer of the usual size that the connection which is used next may have; `at` NULL: none. */
struct native_http_room {
    char *at;
    size_t size;
};

/* One that was in the pool is to be used: it gets the buffer. */
void native_http_connection_lend(struct native_http_connection *connection,
                                 struct native_http_room *room);

/* Before it goes to the pool: give the buffer back, or free it. Returns whether nothing waits in it. */
bool native_http_connection_rest(struct native_http_connection *connection,
                                 struct native_http_room *room);

#endif
