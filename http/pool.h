/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pool.h - connections that wait for their next request.
 * Shape: a list, newest last; each connection with the key of all that makes two connections different (key.h).
 * Allocates: with malloc. Blocks: never. Threads: one at a time. Forks: each connection knows its process; in a child
 * nothing of the parent's is ever used, and nothing is sent over it.
 * Owns the connections that are in it, not those that it has lent. */
#ifndef NATIVE_HTTP_POOL_H
#define NATIVE_HTTP_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct native_http_pool;
struct native_http_connection;
struct native_http_key;

/* What it keeps; may be changed at any time and counts from the next call on. */
struct native_http_pool_limits {
    unsigned idle; /* connections that wait, in all; 0: none are kept */
    unsigned idle_per_key;
    int64_t idle_ms; /* how long one may wait */
    int64_t life_ms; /* how old one may get; 0: as old as it likes */
};
#define NATIVE_HTTP_POOL_LIMITS_INIT                                                               \
    {                                                                                              \
        .idle = 32, .idle_per_key = 8, .idle_ms = 118000, .life_ms = 0                             \
    }

/* Counts since it was made. */
struct native_http_pool_counts {
    uint64_t opened;
    uint64_t reused;
    uint64_t dead; /* found closed when they were wanted */
    uint64_t expired;
    uint64_t handshakes; /* of TLS with the server, all */
    uint64_t resumed;    /* ... that took up a saved session */
    unsigned idle;       /* now */
};

/* Returns NULL without memory. */
struct native_http_pool *native_http_pool_new(void);

/* Close all that wait, and free. NULL is allowed. */
void native_http_pool_free(struct native_http_pool *pool);

struct native_http_pool_limits *native_http_pool_limits(struct native_http_pool *pool);
struct native_http_pool_counts *native_http_pool_counts(struct native_http_pool *pool);

/* Take the newest connection with this key that is alive and not older than the two limits (negative: the pool's
 * own). Dead ones that are met are closed. Returns NULL: there is none. */
struct native_http_connection *native_http_pool_take(struct native_http_pool *pool,
                                                     const struct native_http_key *key,
                                                     int64_t idle_ms, int64_t life_ms,
                                                     int64_t now_ms);

/* Give a connection that could serve another request; it is closed if the limits say so. */
void native_http_pool_give(struct native_http_pool *pool, struct native_http_connection *connection,
                           int64_t now_ms);

/* Close those whose time is over, or (all) every one. */
void native_http_pool_sweep(struct native_http_pool *pool, int64_t now_ms, bool all);

/* Close the oldest ones until no more are kept than the limits say: after a limit was lowered. */
void native_http_pool_trim(struct native_http_pool *pool);

#endif
