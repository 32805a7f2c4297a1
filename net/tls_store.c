/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tls_store.c - the sessions of this process: a small table, searched one by one. A handshake that it
 * saves costs more than ten thousand such searches. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tls_store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

enum { ENTRIES = 64 };

struct entry {
    uint8_t key[32];
    uint8_t *bytes; /* NULL = free */
    size_t len;
    int64_t since_ms;
    int64_t ends_ms;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry entries[ENTRIES];
static pid_t owner_pid;

static void drop(struct entry *entry)
{
    volatile uint8_t *at = entry->bytes;
    size_t i;
    for (i = 0; at && i < entry->len; i++)
        at[i] = 0; /* keys of connections */
    free(entry->bytes);
    memset(entry, 0, sizeof(*entry));
}

static void drop_all(void)
{
    size_t i;
    for (i = 0; i < ENTRIES; i++)
        drop(&entries[i]);
}

/* A lock that another thread held at the time of a fork is never given back in the child: who does
 * not get it goes without the store. Returns whether it is ours now. */
static bool enter(void)
{
    if (pthread_mutex_trylock(&lock) != 0)
        return false;
    /* Two processes must not go on with the same session: what can be used once, would be twice. */
    if (owner_pid != getpid()) {
        drop_all();
        owner_pid = getpid();
    }
    return true;
}

static void leave(void)
{
    (void)pthread_mutex_unlock(&lock);
}

static struct entry *find_entry(const uint8_t key[32])
{
    size_t i;
    for (i = 0; i < ENTRIES; i++)
        if (entries[i].bytes && memcmp(entries[i].key, key, sizeof(entries[i].key)) == 0)
            return &entries[i];
    return NULL;
}

/* One that is free, or over, or the oldest. */
static struct entry *find_room(int64_t now_ms)
{
    struct entry *best = &entries[0];
    size_t i;
    for (i = 0; i < ENTRIES; i++) {
        if (!entries[i].bytes || entries[i].ends_ms <= now_ms)
            return &entries[i];
        if (entries[i].since_ms < best->since_ms)
            best = &entries[i];
    }
    return best;
}

static size_t own_find(void *unused, const uint8_t key[32], void *out, size_t out_len)
{
    struct entry *entry;
    size_t len = 0;
    (void)unused;
    if (!enter())
        return 0;
    entry = find_entry(key);
    if (entry && entry->ends_ms <= native_net_clock_ms())
        drop(entry);
    else if (entry && entry->len <= out_len)
        len = entry->len;
    if (len > 0)
        memcpy(out, entry->bytes, len);
    leave();
    return len;
}

/* Put bytes, which the table owns from now on, in place of what stands under the key. */
static void put(const uint8_t key[32], uint8_t *bytes, size_t len, int64_t ttl_s)
{
    int64_t now_ms = native_net_clock_ms();
    struct entry *entry = find_entry(key);
    if (!entry)
        entry = find_room(now_ms);
    drop(entry);
    memcpy(entry->key, key, sizeof(entry->key));
    entry->bytes = bytes;
    entry->len = len;
    entry->since_ms = now_ms;
    entry->ends_ms = now_ms + ttl_s * 1000;
}

static void own_store(void *unused, const uint8_t key[32], const void *bytes, size_t len,
                      int64_t ttl_s)
{
    uint8_t *copy;
    (void)unused;
    if (len < NATIVE_NET_TLS_STORE_MARK || len > NATIVE_NET_TLS_STORE_BYTES_MAX || ttl_s <= 0 ||
        !enter())
        return;
    copy = malloc(len);
    if (copy) {
        memcpy(copy, bytes, len);
        put(key, copy, len,
            ttl_s < NATIVE_NET_TLS_STORE_TTL_MAX_S ? ttl_s : NATIVE_NET_TLS_STORE_TTL_MAX_S);
    }
    leave();
}

static bool own_remove(void *unused, const uint8_t key[32],
                       const uint8_t mark[NATIVE_NET_TLS_STORE_MARK])
{
    struct entry *entry;
    bool found;
    (void)unused;
    if (!enter())
        return false;
    entry = find_entry(key);
    found = entry && memcmp(entry->bytes, mark, NATIVE_NET_TLS_STORE_MARK) == 0;
    if (found)
        drop(entry);
    leave();
    return found;
}

struct native_net_tls_store *native_net_tls_store_own(void)
{
    static struct native_net_tls_store own = {NULL, own_find, own_store, own_remove};
    return &own;
}

void native_net_tls_store_flush(void)
{
    if (!enter())
        return;
    drop_all();
    leave();
}
