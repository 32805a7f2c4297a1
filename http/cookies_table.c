/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookies_table.c - the store's hash table of domains, and a cookie in and out of its lists. */
#include "cookies_table.h"

#include <stdlib.h>
#include <string.h>

/* ---- domains ---- */

/* Returns the last two labels of a name, which cookies that may meet have in common: "example.org" of
 * "www.example.org". A cookie of one label alone only goes to the host of that very name. */
static struct native_http_span tail_of(struct native_http_span name)
{
    size_t at = name.len;

    for (int dots = 0; at > 0; at--) {
        if (name.at[at - 1] == '.' && ++dots == 2) {
            break;
        }
    }
    return (struct native_http_span){name.at + at, name.len - at};
}

/* FNV-1a, without case. Nobody gains by collisions: a server only sets cookies for its own names. */
uint32_t native_http_cookies_hash(struct native_http_span name)
{
    struct native_http_span tail = tail_of(name);
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < tail.len; i++) {
        hash = (hash ^ (uint8_t)native_http_lower(tail.at[i])) * 16777619u;
    }
    return hash;
}

static struct domain **bucket_of(const struct native_http_cookies *cookies, uint32_t hash)
{
    return &cookies->buckets[hash & (cookies->buckets_len - 1)];
}

/* Returns the domains among which those with this hash are. */
struct domain *native_http_cookies_bucket(const struct native_http_cookies *cookies, uint32_t hash)
{
    return cookies->buckets_len > 0 ? *bucket_of(cookies, hash) : NULL;
}

/* Make the table fit one more domain. Returns false if there is none and no memory for one. */
static bool grow_buckets(struct native_http_cookies *cookies)
{
    size_t old_len = cookies->buckets_len;
    size_t len = old_len ? 2 * old_len : 16;
    struct domain **old = cookies->buckets;
    struct domain **buckets;

    if (cookies->domains < old_len) {
        return true;
    }
    buckets = calloc(len, sizeof(struct domain *));
    if (!buckets) {
        return old_len > 0; /* a full table is slower, not wrong */
    }
    cookies->buckets = buckets;
    cookies->buckets_len = len;
    for (size_t i = 0; i < old_len; i++) {
        for (struct domain *domain = old[i], *next; domain; domain = next) {
            struct domain **bucket = bucket_of(cookies, domain->hash);

            next = domain->next;
            domain->next = *bucket;
            *bucket = domain;
        }
    }
    free(old);
    return true;
}

struct domain *native_http_cookies_domain(const struct native_http_cookies *cookies,
                                          struct native_http_span name, uint32_t hash)
{
    struct domain *domain = native_http_cookies_bucket(cookies, hash);

    while (domain && !(domain->hash == hash &&
                       native_http_span_is_nocase(
                           (struct native_http_span){domain->name, domain->len}, name))) {
        domain = domain->next;
    }
    return domain;
}

/* Returns the domain, made if need be; NULL without memory. */
struct domain *native_http_cookies_domain_get(struct native_http_cookies *cookies,
                                              struct native_http_span name)
{
    uint32_t hash = native_http_cookies_hash(name);
    struct domain *domain = native_http_cookies_domain(cookies, name, hash);

    if (domain) {
        return domain;
    }
    domain = grow_buckets(cookies) ? malloc(sizeof(*domain) + name.len) : NULL;
    if (!domain) {
        return NULL;
    }
    *domain = (struct domain){*bucket_of(cookies, hash), hash, NULL, 0, name.len};
    for (size_t i = 0; i < name.len; i++) {
        domain->name[i] = native_http_lower(name.at[i]);
    }
    *bucket_of(cookies, hash) = domain;
    cookies->domains++;
    return domain;
}

static void domain_drop_if_empty(struct native_http_cookies *cookies, struct domain *domain)
{
    struct domain **at = bucket_of(cookies, domain->hash);

    if (domain->count > 0) {
        return;
    }
    while (*at != domain) {
        at = &(*at)->next;
    }
    *at = domain->next;
    cookies->domains--;
    free(domain);
}

/* ---- one cookie in its lists ---- */

static void made_unlink(struct native_http_cookies *cookies, struct cookie *cookie)
{
    *(cookie->made_before ? &cookie->made_before->made_after : &cookies->made_first) =
        cookie->made_after;
    *(cookie->made_after ? &cookie->made_after->made_before : &cookies->made_last) =
        cookie->made_before;
}

/* Put it behind `before`; NULL: to the front. */
static void made_link(struct native_http_cookies *cookies, struct cookie *cookie,
                      struct cookie *before)
{
    cookie->made_before = before;
    cookie->made_after = before ? before->made_after : cookies->made_first;
    *(before ? &before->made_after : &cookies->made_first) = cookie;
    *(cookie->made_after ? &cookie->made_after->made_before : &cookies->made_last) = cookie;
}

static void used_unlink(struct native_http_cookies *cookies, struct cookie *cookie)
{
    *(cookie->used_before ? &cookie->used_before->used_after : &cookies->used_first) =
        cookie->used_after;
    *(cookie->used_after ? &cookie->used_after->used_before : &cookies->used_last) =
        cookie->used_before;
}

static void used_link_last(struct native_http_cookies *cookies, struct cookie *cookie)
{
    cookie->used = ++cookies->clock;
    cookie->used_before = cookies->used_last;
    cookie->used_after = NULL;
    *(cookies->used_last ? &cookies->used_last->used_after : &cookies->used_first) = cookie;
    cookies->used_last = cookie;
}

/* Free it. Cookies are as good as passwords: not a byte is left behind. */
void native_http_cookies_forget(struct cookie *cookie)
{
    volatile unsigned char *byte = (volatile unsigned char *)(cookie + 1);

    for (size_t i = 0; i < cookie->bytes; i++) {
        byte[i] = 0;
    }
    free(cookie);
}

void native_http_cookies_remove(struct native_http_cookies *cookies, struct cookie *cookie)
{
    *cookie->link = cookie->next;
    if (cookie->next) {
        cookie->next->link = cookie->link;
    }
    cookie->domain->count--;
    made_unlink(cookies, cookie);
    used_unlink(cookies, cookie);
    cookies->count--;
    cookies->bytes -= cookie->bytes;
    domain_drop_if_empty(cookies, cookie->domain);
    native_http_cookies_forget(cookie);
}

static struct native_http_span append(char **to, struct native_http_span text)
{
    struct native_http_span copy = {*to, text.len};

    if (text.len > 0) {
        memcpy(*to, text.at, text.len);
    }
    *to += text.len;
    return copy;
}

/* Returns a copy that is in no list; NULL without memory. */
struct cookie *native_http_cookies_copy(const struct native_http_cookie *from)
{
    size_t bytes = from->name.len + from->value.len + from->domain.len + from->path.len;
    struct cookie *cookie = malloc(sizeof(*cookie) + bytes);
    char *to;

    if (!cookie) {
        return NULL;
    }
    memset(cookie, 0, sizeof(*cookie));
    to = (char *)(cookie + 1);
    cookie->kept = *from;
    cookie->kept.domain = append(&to, from->domain);
    cookie->kept.path = append(&to, from->path);
    cookie->kept.name = append(&to, from->name);
    cookie->kept.value = append(&to, from->value);
    cookie->bytes = bytes;
    for (size_t i = 0; i < from->domain.len; i++) {
        ((char *)(cookie + 1))[i] = native_http_lower(from->domain.at[i]);
    }
    return cookie;
}

/* Put a copy in its lists, in the place of `old` (NULL: as the newest). */
void native_http_cookies_insert(struct native_http_cookies *cookies, struct cookie *cookie,
                                struct domain *domain, struct cookie *old)
{
    cookie->domain = domain;
    cookie->next = domain->first;
    cookie->link = &domain->first;
    if (domain->first) {
        domain->first->link = &cookie->next;
    }
    domain->first = cookie;
    domain->count++;
    cookies->count++;
    cookies->bytes += cookie->bytes;
    made_link(cookies, cookie, old ? old : cookies->made_last);
    used_link_last(cookies, cookie);
    cookie->made = old ? old->made : cookies->clock;
    if (old) {
        native_http_cookies_remove(cookies, old);
    }
}

void native_http_cookies_touch(struct native_http_cookies *cookies, struct cookie *cookie)
{
    used_unlink(cookies, cookie);
    used_link_last(cookies, cookie);
}
