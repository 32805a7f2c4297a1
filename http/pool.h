/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pool.h - connections that wait for their next request.
 * Shape: a list, newest last; each connection with the key of all that makes two connections different (key.h).
 * Allocates: with malloc. Blocks: never. Threads: one at a time. Forks: each connection knows its process; in a child
 * nothing of the parent's is ever used, and nothing is sent over it.
 * Owns the connections that are in it, not those that it has lent.
 *
 * Who wants connections of his own has a number: what he has opened is lent to him alone, and none of the limits below
 * count it, until he leaves. Then it is anybody's, as are those of whoever has no number (0). */
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
    unsigned idle; /* connections that wait and are anybody's, in all; 0: none are kept */
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

/* Returns the number of a new owner; of the smaller ones anybody may make use as he likes. */
enum { NATIVE_HTTP_POOL_OWNERS_FROM = 1024 };
uint64_t native_http_pool_owner(struct native_http_pool *pool);

/* The owner leaves: his connections are anybody's now or, unless `keep`, closed. */
void native_http_pool_leave(struct native_http_pool *pool, uint64_t owner, bool keep);

/* What is asked of the pool. */
struct native_http_pool_wish {
    const struct native_http_key *key;
    int64_t idle_ms; /* not older than; negative: the pool's own limit */
    int64_t life_ms;
    uint64_t owner;
    bool only_own;    /* of an owner with a number: nobody else's */
    bool whole_chain; /* none whose TLS session was resumed */
};

/* Take the newest connection that is alive and fits: one of the owner's, else one that is anybody's. Dead ones that
 * are met are closed. Returns NULL: there is none. Its owner is still the one who has given it. */
struct native_http_connection *native_http_pool_take(struct native_http_pool *pool,
                                                     const struct native_http_pool_wish *wish,
                                                     int64_t now_ms);

/* Give a connection that could serve another request; it is closed if the limits say so. With `most` > 0 an owner with
 * a number keeps that many: the oldest one goes. */
void native_http_pool_give(struct native_http_pool *pool, struct native_http_connection *connection,
                           unsigned most, int64_t now_ms);

/* Close those whose time is over, or (all) every one. */
void native_http_pool_sweep(struct native_http_pool *pool, int64_t now_ms, bool all);

/* Close the oldest ones until no more are kept than the limits say: after a limit was lowered. */
void native_http_pool_trim(struct native_http_pool *pool);

#endif
