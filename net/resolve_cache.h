/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* resolve_cache.h - the last answers, by name. Private to resolve.c, which holds the
 * lock. Shape: 64 entries of a name (at most 255 bytes), an answer or a failure, and since when.
 * Allocates: one block at first use. Blocks: never. Threads: the caller locks. */
#ifndef NATIVE_NET_RESOLVE_CACHE_H
#define NATIVE_NET_RESOLVE_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "address.h"

enum { NATIVE_NET_CACHE_ENTRIES = 64, NATIVE_NET_CACHE_NEGATIVE_TTL_MS = 3000 };

/* What getaddrinfo said: addresses, or an EAI_* code. */
struct native_net_answer {
    int code;     /* 0 or EAI_* */
    int os_errno; /* with EAI_SYSTEM */
    struct native_net_addresses addresses;
};

/* Find a name whose answer is younger than max_age_ms (negative: of any age; a failure lives 3
 * seconds at most all the same). Returns false when there is none. */
bool native_net_cache_find(const char *host, int64_t now_ms, int64_t max_age_ms,
                           struct native_net_answer *out);

/* Keep an answer, in place of an older one for the same name or the oldest. Failures
 * are kept only when they say that the name does not exist. Does nothing without memory. */
void native_net_cache_put(const char *host, int64_t now_ms, const struct native_net_answer *answer);

/* Forget everything. */
void native_net_cache_clear(void);

#endif
