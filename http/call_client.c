/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* call_client.c - what outlives calls without callbacks: clients, and what those of a thread share. */
#include "call_parts.h"

#include <pthread.h>
#include <stdlib.h>

#include "suffix.h"

/* ---- homes ---- */

static void home_free(void *ctx)
{
    struct native_http_home *home = ctx;

    native_http_pool_free(home->pool);
    native_http_nonces_free(home->nonces);
    free(home);
}

static struct native_http_home *home_new(void)
{
    struct native_http_home *home = calloc(1, sizeof(*home));

    if (!home)
        return NULL;
    home->pool = native_http_pool_new();
    home->nonces = native_http_nonces_new();
    if (home->pool && home->nonces)
        return home;
    home_free(home);
    return NULL;
}

static pthread_key_t key; /* the thread's home, freed when the thread ends */
static bool has_key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_key(void)
{
    has_key = pthread_key_create(&key, home_free) == 0;
}

static struct native_http_home *thread_home(bool make)
{
    struct native_http_home *home;

    (void)pthread_once(&once, make_key);
    home = has_key ? pthread_getspecific(key) : NULL;
    if (home || !has_key || !make)
        return home;
    home = home_new();
    if (home && pthread_setspecific(key, home) != 0) {
        home_free(home);
        return NULL;
    }
    return home;
}

/* ---- clients ---- */

struct native_http_client *native_http_client_new(bool shared)
{
    struct native_http_client *client = calloc(1, sizeof(*client));

    if (!client)
        return NULL;
    client->shared = shared;
    client->cookies = native_http_cookies_new();
    client->home = shared ? thread_home(true) : home_new();
    if (!client->cookies || !client->home) {
        native_http_cookies_free(client->cookies);
        if (client->home && !shared)
            home_free(client->home);
        free(client);
        return NULL;
    }
    native_http_cookies_limits(client->cookies)->is_public = native_http_suffix_is_public;
    client->next = client->home->clients;
    client->home->clients = client;
    return client;
}

void native_http_client_free(struct native_http_client *client)
{
    struct native_http_client **at;

    if (!client)
        return;
    while (client->calls)
        native_http_call_free(client->calls);
    for (at = &client->home->clients; *at != client;)
        at = &(*at)->next;
    *at = client->next;
    if (!client->shared)
        home_free(client->home);
    native_http_cookies_free(client->cookies);
    free(client);
}

size_t native_http_client_free_lost(void)
{
    struct native_http_home *home = thread_home(false);
    size_t count = 0;

    for (; home && home->clients; count++)
        native_http_client_free(home->clients);
    return count;
}

void native_http_client_keep(struct native_http_client *client, uint32_t connections,
                             uint32_t connections_per_host, int64_t idle_ms)
{
    struct native_http_pool_limits *limits = native_http_pool_limits(client->home->pool);

    limits->idle = connections;
    limits->idle_per_key = connections_per_host;
    limits->idle_ms = idle_ms > 0 ? idle_ms : 0;
    native_http_pool_trim(client->home->pool);
}
