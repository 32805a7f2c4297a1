/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resolve.h - names to addresses without blocking the caller.
 * Shape: start -> OK at once (an address, localhost, or known from before), or a shared lookup:
 *        wait until native_net_lookup_fd() is readable, step, release.
 * Allocates: with malloc. Blocks: never (a helper thread waits in getaddrinfo). Threads: any; a
 * lookup handle belongs to one at a time. Helper threads start at the first real lookup, block all
 * signals, are at most 16, and end by themselves. Forks: a child starts with no lookups of its own;
 * what it learnt from the cache stays. */
#ifndef NATIVE_NET_RESOLVE_H
#define NATIVE_NET_RESOLVE_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"
#include "error.h"
#include "status.h"

struct native_net_lookup;

enum { NATIVE_NET_NAME_MAX_AGE_MS = 60000 };

/* Answers shared with other processes: may be slow to change, never wrong. Called in the thread that
 * resolves; must not block for long. `find` fills *out with an answer of at most this age (negative:
 * any) and returns true; `store` keeps one that is from `found_ms` of native_net_clock_ms(), or does
 * not. A name that was not found is told to nobody. */
struct native_net_names {
    void *ctx;
    bool (*find)(void *ctx, const char *host, int64_t max_age_ms, struct native_net_addresses *out);
    void (*store)(void *ctx, const char *host, const struct native_net_addresses *addresses,
                  int64_t found_ms);
};

struct native_net_resolve_options {
    int64_t max_age_ms;                   /* of a cached answer; 0 = ask anew, negative = any age */
    const struct native_net_names *names; /* asked after our own cache; NULL = nobody */
};

/* Resolve `host` as native_net_resolve() does. */
enum native_net_status native_net_resolve_with(const char *host,
                                               const struct native_net_resolve_options *options,
                                               int64_t now_ms, struct native_net_addresses *out,
                                               struct native_net_lookup **lookup,
                                               struct native_net_error *error);

/* Resolve `host` (a name, or an address without brackets).
 * Returns OK with *out filled; AGAIN with *lookup set, to be given back with
 * native_net_lookup_release(); ERROR. */
enum native_net_status native_net_resolve(const char *host, int64_t now_ms,
                                          struct native_net_addresses *out,
                                          struct native_net_lookup **lookup,
                                          struct native_net_error *error);

/* Returns a descriptor that becomes, and stays, readable when the lookup has ended. It is shared by
 * all who wait for this name: poll it, do not read it. */
int native_net_lookup_fd(const struct native_net_lookup *lookup);

/* Look whether there is an answer. Returns OK with *out filled, AGAIN, or ERROR. */
enum native_net_status native_net_lookup_step(struct native_net_lookup *lookup,
                                              struct native_net_addresses *out,
                                              struct native_net_error *error);

/* After an OK of native_net_lookup_step(): tell `names` what was found, if nobody has yet. */
void native_net_lookup_share(struct native_net_lookup *lookup,
                             const struct native_net_names *names);

/* Give the lookup back, finished or not; never waits. NULL is allowed. */
void native_net_lookup_release(struct native_net_lookup *lookup);

/* Forget all cached answers. */
void native_net_resolve_flush(void);

/* Counts since the start of the process, for status pages and tests. */
struct native_net_resolve_stats {
    uint64_t lookups;    /* names that went to getaddrinfo */
    uint64_t cache_hits; /* names answered from the cache */
    unsigned threads;    /* helper threads alive now */
};
void native_net_resolve_get_stats(struct native_net_resolve_stats *stats);

#endif
