/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resolve_cache.c - a small table of names, searched one by one: 64 comparisons cost less than one
 * system call, and a lookup costs thousands of them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "resolve_cache.h"

#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct entry {
    int64_t since_ms;
    bool used;
    char host[256];
    struct native_net_answer answer;
};

static struct entry
    *entries; /* NATIVE_NET_CACHE_ENTRIES of them, or NULL before the first answer */

static struct entry *find(const char *host)
{
    size_t i;
    for (i = 0; entries && i < NATIVE_NET_CACHE_ENTRIES; i++)
        if (entries[i].used && strcasecmp(entries[i].host, host) == 0)
            return &entries[i];
    return NULL;
}

bool native_net_cache_find(const char *host, int64_t now_ms, int64_t max_age_ms,
                           struct native_net_answer *out)
{
    struct entry *entry = find(host);
    int64_t age_ms = entry ? now_ms - entry->since_ms : 0;
    if (!entry || (max_age_ms >= 0 && age_ms >= max_age_ms) ||
        (entry->answer.code && age_ms >= NATIVE_NET_CACHE_NEGATIVE_TTL_MS))
        return false;
    *out = entry->answer;
    return true;
}

static struct entry *oldest(void)
{
    struct entry *best = &entries[0];
    size_t i;
    for (i = 1; i < NATIVE_NET_CACHE_ENTRIES && best->used; i++)
        if (!entries[i].used || entries[i].since_ms < best->since_ms)
            best = &entries[i];
    return best;
}

void native_net_cache_put(const char *host, int64_t now_ms, const struct native_net_answer *answer)
{
    struct entry *entry;
    /* A server that did not answer may do so in a moment; a name that is not there stays away a
     * bit. */
    if (answer->code != 0 && answer->code != EAI_NONAME)
        return;
    if (!entries)
        entries = calloc(NATIVE_NET_CACHE_ENTRIES, sizeof(*entries));
    if (!entries || strlen(host) >= sizeof(entries->host))
        return;
    entry = find(host);
    if (!entry)
        entry = oldest();
    memcpy(entry->host, host, strlen(host) + 1);
    entry->answer = *answer;
    entry->since_ms = now_ms;
    entry->used = true;
}

void native_net_cache_clear(void)
{
    free(entries);
    entries = NULL;
}
