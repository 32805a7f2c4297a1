/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookies_table.h - inside the store of cookies: domains in a hash table, their cookies in a list each.
 * For cookies*.c only. */
#ifndef NATIVE_HTTP_COOKIES_TABLE_H
#define NATIVE_HTTP_COOKIES_TABLE_H

#include "cookies.h"

/* One cookie. Its texts follow in the same block of memory. */
struct cookie {
    struct native_http_cookie kept; /* the first member: what is given out leads back here */
    struct domain *domain;
    struct cookie *next;  /* in its domain */
    struct cookie **link; /* what points to it there */
    struct cookie *made_before, *made_after;
    struct cookie *used_before, *used_after;
    uint64_t made; /* a replaced one's successor keeps its place (RFC 6265 5.3, 11.3) */
    uint64_t used;
    size_t bytes; /* of its texts */
};

struct domain {
    struct domain *next; /* in its bucket */
    uint32_t hash;       /* of the last two labels */
    struct cookie *first;
    size_t count;
    size_t len;
    char name[]; /* in lower case */
};

struct native_http_cookies {
    struct native_http_cookies_limits limits;
    struct native_http_cookies_counts counts;
    struct domain **buckets;
    size_t buckets_len; /* a power of two */
    size_t domains;
    struct cookie *made_first, *made_last;
    struct cookie *used_first, *used_last;
    size_t count;
    size_t bytes;
    uint64_t clock;        /* counts up with each use */
    int64_t swept;         /* when those that have expired were dropped last */
    struct cookie **found; /* room for all cookies: to look some out needs no memory */
    size_t found_room;
};

/* Returns the hash of the last two labels of a name, without case. */
uint32_t native_http_cookies_hash(struct native_http_span name);

/* Returns the first of the domains among which those with this hash are. */
struct domain *native_http_cookies_bucket(const struct native_http_cookies *cookies, uint32_t hash);

/* Returns the domain; NULL: there is none. */
struct domain *native_http_cookies_domain(const struct native_http_cookies *cookies,
                                          struct native_http_span name, uint32_t hash);

/* Returns the domain, made if need be; NULL without memory. An empty one is dropped with its last cookie. */
struct domain *native_http_cookies_domain_get(struct native_http_cookies *cookies,
                                              struct native_http_span name);

/* Returns a copy that is in no list; NULL without memory. */
struct cookie *native_http_cookies_copy(const struct native_http_cookie *from);

/* Wipe and free one that is in no list. */
void native_http_cookies_forget(struct cookie *cookie);

/* Put a copy in its lists, in the place of `old` (NULL: as the newest), which is removed. */
void native_http_cookies_insert(struct native_http_cookies *cookies, struct cookie *cookie,
                                struct domain *domain, struct cookie *old);

/* Take it out of its lists, and free it, and its domain with the last one. */
void native_http_cookies_remove(struct native_http_cookies *cookies, struct cookie *cookie);

/* It was used just now. */
void native_http_cookies_touch(struct native_http_cookies *cookies, struct cookie *cookie);

#endif
