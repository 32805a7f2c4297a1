/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pool.c - connections that wait. The list is short (tens), so that it is walked. */
#include "pool.h"

#include <stdlib.h>

#include "../net/process.h"
#include "connection.h"

struct native_http_pool {
    struct native_http_connection *newest;
    struct native_http_pool_limits limits;
    struct native_http_pool_counts counts;
    unsigned owned; /* of those that wait: not anybody's */
    uint64_t last_owner;
    struct native_http_room room; /* the buffer of one that waits, for the next one that is used */
};

struct native_http_pool *native_http_pool_new(void)
{
    struct native_http_pool *pool = calloc(1, sizeof(*pool));
    if (pool)
        pool->limits = (struct native_http_pool_limits)NATIVE_HTTP_POOL_LIMITS_INIT;
    if (pool)
        pool->last_owner = NATIVE_HTTP_POOL_OWNERS_FROM - 1;
    return pool;
}

void native_http_pool_free(struct native_http_pool *pool)
{
    if (!pool)
        return;
    native_http_pool_sweep(pool, 0, true);
    free(pool->room.at);
    free(pool);
}

struct native_http_pool_limits *native_http_pool_limits(struct native_http_pool *pool)
{
    return &pool->limits;
}

struct native_http_pool_counts *native_http_pool_counts(struct native_http_pool *pool)
{
    return &pool->counts;
}

static struct native_http_connection *unlink_at(struct native_http_pool *pool,
                                                struct native_http_connection **at)
{
    struct native_http_connection *connection = *at;
    *at = connection->next;
    connection->next = NULL;
    pool->counts.idle--;
    pool->owned -= connection->owner != 0;
    return connection;
}

static bool is_old(const struct native_http_pool *pool,
                   const struct native_http_connection *connection, int64_t idle_ms,
                   int64_t life_ms, int64_t now_ms)
{
    if (idle_ms < 0)
        idle_ms = pool->limits.idle_ms;
    if (life_ms < 0)
        life_ms = pool->limits.life_ms;
    return now_ms - connection->idle_ms > idle_ms ||
           (life_ms > 0 && now_ms - connection->opened_ms > life_ms);
}

/* Nothing has come since its last response, and the peer has not ended it. */
static bool is_alive(struct native_http_connection *connection)
{
    struct native_net_error unused;
    return native_net_stream_alive(connection->stream, &unused) == NATIVE_NET_AGAIN;
}

/* Another may be content with one that is too old for who asks. */
static bool is_too_old(const struct native_http_pool *pool,
                       const struct native_http_connection *connection, int64_t now_ms)
{
    return connection->owner == 0 && is_old(pool, connection, -1, -1, now_ms);
}

static bool is_resumed(const struct native_http_connection *connection)
{
    const struct native_net_tls *tls = native_net_stream_tls(connection->stream);
    return tls && native_net_tls_was_resumed(tls);
}

static bool is_wished(const struct native_http_pool_wish *wish, uint64_t owner,
                      const struct native_http_connection *connection)
{
    return connection->owner == owner && native_http_key_same(&connection->key, wish->key) &&
           !(wish->whole_chain && is_resumed(connection));
}

/* The newest one of this owner that fits. */
static struct native_http_connection *take_of(struct native_http_pool *pool,
                                              const struct native_http_pool_wish *wish,
                                              uint64_t owner, int64_t now_ms)
{
    struct native_http_connection **at = &pool->newest;
    pid_t me = native_net_process_id();
    while (*at) {
        struct native_http_connection *connection = *at;
        bool mine = connection->pid == me;
        if (mine && !is_wished(wish, owner, connection)) {
            at = &connection->next;
            continue;
        }
        if (mine && is_old(pool, connection, wish->idle_ms, wish->life_ms, now_ms)) {
            if (owner != 0 || is_too_old(pool, connection, now_ms)) {
                pool->counts.expired++;
                native_http_connection_free(unlink_at(pool, at));
            } else {
                at = &connection->next;
            }
            continue;
        }
        (void)unlink_at(pool, at);
        if (mine && is_alive(connection)) {
            pool->counts.reused++;
            return connection;
        }
        pool->counts.dead += mine;
        native_http_connection_free(connection);
    }
    return NULL;
}

struct native_http_connection *native_http_pool_take(struct native_http_pool *pool,
                                                     const struct native_http_pool_wish *wish,
                                                     int64_t now_ms)
{
    struct native_http_connection *connection = take_of(pool, wish, wish->owner, now_ms);
    if (!connection && wish->owner != 0 && !wish->only_own)
        connection = take_of(pool, wish, 0, now_ms);
    if (connection && pool->room.at)
        native_http_connection_lend(connection, &pool->room);
    return connection;
}

/* Close the oldest one of this owner, of the same key if `key` is not NULL. */
static void drop_oldest(struct native_http_pool *pool, uint64_t owner,
                        const struct native_http_key *key)
{
    struct native_http_connection **oldest = NULL;
    for (struct native_http_connection **at = &pool->newest; *at; at = &(*at)->next)
        if ((*at)->owner == owner && (!key || native_http_key_same(&(*at)->key, key)))
            oldest = at;
    if (oldest)
        native_http_connection_free(unlink_at(pool, oldest));
}

/* How many of this owner wait; of the same key if `key` is not NULL. */
static unsigned count_of(const struct native_http_pool *pool, uint64_t owner,
                         const struct native_http_key *key)
{
    unsigned count = 0;
    for (const struct native_http_connection *at = pool->newest; at; at = at->next)
        count += at->owner == owner && (!key || native_http_key_same(&at->key, key));
    return count;
}

static void push(struct native_http_pool *pool, struct native_http_connection *connection,
                 int64_t now_ms)
{
    connection->idle_ms = now_ms;
    connection->next = pool->newest;
    pool->newest = connection;
    pool->counts.idle++;
    pool->owned += connection->owner != 0;
}

/* One that is anybody's: there shall be room for it. */
static void make_room(struct native_http_pool *pool,
                      const struct native_http_connection *connection)
{
    unsigned waiting = pool->counts.idle - pool->owned;
    /* Who has fewer in all, has fewer of one key. */
    if (waiting >= pool->limits.idle_per_key &&
        count_of(pool, 0, &connection->key) >= pool->limits.idle_per_key)
        drop_oldest(pool, 0, &connection->key);
    if (pool->counts.idle - pool->owned >= pool->limits.idle)
        drop_oldest(pool, 0, NULL);
}

void native_http_pool_give(struct native_http_pool *pool, struct native_http_connection *connection,
                           unsigned most, int64_t now_ms)
{
    bool none = pool->limits.idle == 0 || pool->limits.idle_per_key == 0;
    native_http_pool_sweep(pool, now_ms, false);
    if (!connection->reusable || connection->pid != native_net_process_id() ||
        (connection->owner == 0 && none) || !native_http_connection_rest(connection, &pool->room)) {
        native_http_connection_free(connection);
        return;
    }
    if (connection->owner == 0)
        make_room(pool, connection);
    push(pool, connection, now_ms);
    if (connection->owner != 0 && most > 0 && count_of(pool, connection->owner, NULL) > most)
        drop_oldest(pool, connection->owner, NULL);
}

/* ---- owners ---- */

uint64_t native_http_pool_owner(struct native_http_pool *pool)
{
    return ++pool->last_owner;
}

void native_http_pool_leave(struct native_http_pool *pool, uint64_t owner, bool keep)
{
    struct native_http_connection **at = &pool->newest;
    if (owner == 0 || pool->owned == 0)
        return;
    while (*at) {
        if ((*at)->owner == owner && !keep) {
            native_http_connection_free(unlink_at(pool, at));
            continue;
        }
        if ((*at)->owner == owner) {
            (*at)->owner = 0;
            pool->owned--;
        }
        at = &(*at)->next;
    }
    native_http_pool_trim(pool);
}

/* ---- limits ---- */

void native_http_pool_sweep(struct native_http_pool *pool, int64_t now_ms, bool all)
{
    struct native_http_connection **at = &pool->newest;
    pid_t me = native_net_process_id();
    while (*at) {
        if (all || (*at)->pid != me || is_too_old(pool, *at, now_ms)) {
            pool->counts.expired += !all;
            native_http_connection_free(unlink_at(pool, at));
        } else {
            at = &(*at)->next;
        }
    }
}

/* Returns how many with the same key came later. */
static unsigned newer_of_key(const struct native_http_pool *pool,
                             const struct native_http_connection *connection)
{
    unsigned count = 0;
    for (const struct native_http_connection *at = pool->newest; at != connection; at = at->next)
        count += at->owner == 0 && native_http_key_same(&at->key, &connection->key);
    return count;
}

void native_http_pool_trim(struct native_http_pool *pool)
{
    struct native_http_connection **at = &pool->newest;
    while (pool->counts.idle - pool->owned > pool->limits.idle)
        drop_oldest(pool, 0, NULL);
    if (pool->counts.idle - pool->owned <= pool->limits.idle_per_key)
        return;
    while (*at)
        if ((*at)->owner == 0 && newer_of_key(pool, *at) >= pool->limits.idle_per_key)
            native_http_connection_free(unlink_at(pool, at));
        else
            at = &(*at)->next;
}
