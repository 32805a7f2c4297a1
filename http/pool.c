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
};

struct native_http_pool *native_http_pool_new(void)
{
    struct native_http_pool *pool = calloc(1, sizeof(*pool));
    if (pool)
        pool->limits = (struct native_http_pool_limits)NATIVE_HTTP_POOL_LIMITS_INIT;
    return pool;
}

void native_http_pool_free(struct native_http_pool *pool)
{
    if (!pool)
        return;
    native_http_pool_sweep(pool, 0, true);
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

struct native_http_connection *native_http_pool_take(struct native_http_pool *pool,
                                                     const struct native_http_key *key,
                                                     int64_t idle_ms, int64_t life_ms,
                                                     int64_t now_ms)
{
    struct native_http_connection **at = &pool->newest;
    pid_t me = native_net_process_id();
    while (*at) {
        struct native_http_connection *connection = *at;
        if (connection->pid == me && !native_http_key_same(&connection->key, key)) {
            at = &connection->next;
            continue;
        }
        if (connection->pid == me && is_old(pool, connection, idle_ms, life_ms, now_ms)) {
            /* Too old for this one who asks; another may be content with it. */
            if (is_old(pool, connection, -1, -1, now_ms)) {
                pool->counts.expired++;
                native_http_connection_free(unlink_at(pool, at));
            } else {
                at = &connection->next;
            }
            continue;
        }
        (void)unlink_at(pool, at);
        if (connection->pid == me && is_alive(connection)) {
            pool->counts.reused++;
            return connection;
        }
        pool->counts.dead += connection->pid == me;
        native_http_connection_free(connection);
    }
    return NULL;
}

/* Close the oldest one, of the same key if `key` is not NULL. */
static void drop_oldest(struct native_http_pool *pool, const struct native_http_key *key)
{
    struct native_http_connection **oldest = NULL;
    for (struct native_http_connection **at = &pool->newest; *at; at = &(*at)->next)
        if (!key || native_http_key_same(&(*at)->key, key))
            oldest = at;
    if (oldest)
        native_http_connection_free(unlink_at(pool, oldest));
}

void native_http_pool_give(struct native_http_pool *pool, struct native_http_connection *connection,
                           int64_t now_ms)
{
    unsigned same = 0;
    native_http_pool_sweep(pool, now_ms, false);
    if (!connection->reusable || connection->pid != native_net_process_id() ||
        pool->limits.idle == 0 || pool->limits.idle_per_key == 0 ||
        !native_http_connection_rest(connection)) {
        native_http_connection_free(connection);
        return;
    }
    /* Who has fewer in all, has fewer of one key. */
    if (pool->counts.idle >= pool->limits.idle_per_key)
        for (struct native_http_connection *at = pool->newest; at; at = at->next)
            same += native_http_key_same(&at->key, &connection->key);
    if (same >= pool->limits.idle_per_key)
        drop_oldest(pool, &connection->key);
    if (pool->counts.idle >= pool->limits.idle)
        drop_oldest(pool, NULL);
    connection->idle_ms = now_ms;
    connection->next = pool->newest;
    pool->newest = connection;
    pool->counts.idle++;
}

void native_http_pool_sweep(struct native_http_pool *pool, int64_t now_ms, bool all)
{
    struct native_http_connection **at = &pool->newest;
    pid_t me = native_net_process_id();
    while (*at) {
        if (all || (*at)->pid != me || is_old(pool, *at, -1, -1, now_ms)) {
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
        count += native_http_key_same(&at->key, &connection->key);
    return count;
}

void native_http_pool_trim(struct native_http_pool *pool)
{
    struct native_http_connection **at = &pool->newest;
    while (pool->counts.idle > pool->limits.idle)
        drop_oldest(pool, NULL);
    if (pool->counts.idle <= pool->limits.idle_per_key)
        return;
    while (*at)
        if (newer_of_key(pool, *at) >= pool->limits.idle_per_key)
            native_http_connection_free(unlink_at(pool, at));
        else
            at = &(*at)->next;
}
