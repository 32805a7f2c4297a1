/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookies.c - what the store takes, sends and gives up. */
#include "cookies.h"

#include <stdlib.h>
#include <string.h>

#include "cookies_table.h"
#include "suffix.h"
#include "wire/chars.h"
#include "wire/cookie_jar_line.h"

static enum native_http_status refuse(enum native_http_status status,
                                      enum native_http_fault_reason reason,
                                      struct native_http_fault *fault)
{
    *fault = (struct native_http_fault){reason, 0};
    return status;
}

/* ---- limits ---- */

static struct cookie *used_longest_ago(const struct domain *domain)
{
    struct cookie *oldest = domain->first;

    for (struct cookie *cookie = oldest->next; cookie; cookie = cookie->next) {
        oldest = cookie->used < oldest->used ? cookie : oldest;
    }
    return oldest;
}

static bool is_over(const struct native_http_cookies *cookies)
{
    return cookies->count > cookies->limits.count || cookies->bytes > cookies->limits.bytes;
}

/* Make room after `newest` was put in, which stays itself (RFC 6265 5.3: the expired, then the domain
 * with too many, then those used longest ago). */
static void evict(struct native_http_cookies *cookies, struct cookie *newest, int64_t now)
{
    const struct domain *domain = newest->domain;

    if ((is_over(cookies) || domain->count > cookies->limits.per_domain) && now != cookies->swept) {
        native_http_cookies_drop_expired(cookies, now);
    }
    while (domain->count > cookies->limits.per_domain && domain->count > 1) {
        native_http_cookies_remove(cookies, used_longest_ago(domain));
        cookies->counts.evicted++;
    }
    while (is_over(cookies) && cookies->used_first != newest) {
        native_http_cookies_remove(cookies, cookies->used_first);
        cookies->counts.evicted++;
    }
}

/* ---- paths ---- */

/* What counts of a path when two are compared. */
static struct native_http_span path_of(const struct native_http_cookies *cookies,
                                       struct native_http_span path)
{
    if (cookies->limits.slash_alike && path.len > 1 && path.at[path.len - 1] == '/') {
        path.len--;
    }
    return path;
}

static struct native_http_cookie as_compared(const struct native_http_cookies *cookies,
                                             const struct native_http_cookie *cookie)
{
    struct native_http_cookie compared = *cookie;

    compared.path = path_of(cookies, cookie->path);
    return compared;
}

/* A cookie that named no path was given the directory without its slash. */
static void give_slash(struct native_http_cookie *cookie,
                       const struct native_http_cookie_origin *origin)
{
    if (cookie->path.len > 1 && cookie->path.at == origin->path.at) {
        cookie->path.len++;
    }
}

/* ---- storing ---- */

static struct cookie *find_same(const struct native_http_cookies *cookies,
                                const struct native_http_cookie *cookie)
{
    struct domain *domain = native_http_cookies_domain(cookies, cookie->domain,
                                                       native_http_cookies_hash(cookie->domain));
    struct cookie *one = domain ? domain->first : NULL;
    struct native_http_cookie wanted = as_compared(cookies, cookie);

    for (; one; one = one->next) {
        struct native_http_cookie kept = as_compared(cookies, &one->kept);

        if (native_http_cookie_is_same(&kept, &wanted)) {
            break;
        }
    }
    return one;
}

/* Returns false without memory. */
static bool reserve_found(struct native_http_cookies *cookies)
{
    size_t room = cookies->found_room ? 2 * cookies->found_room : 16;
    struct cookie **found;

    if (cookies->count < cookies->found_room) {
        return true;
    }
    found = realloc(cookies->found, room * sizeof(struct cookie *));
    if (!found) {
        return false;
    }
    cookies->found = found;
    cookies->found_room = room;
    return true;
}

/* Store one that may be stored; one whose time is over only deletes. */
static enum native_http_status store(struct native_http_cookies *cookies,
                                     const struct native_http_cookie *from, int64_t now,
                                     struct native_http_fault *fault)
{
    struct cookie *old = find_same(cookies, from);
    struct cookie *cookie;
    struct domain *domain;

    if (from->expires <= now) {
        if (old) {
            native_http_cookies_remove(cookies, old);
        }
        return NATIVE_HTTP_OK;
    }
    if (from->name.len + from->value.len + from->domain.len + from->path.len >
        cookies->limits.bytes) {
        return refuse(NATIVE_HTTP_TOO_LARGE, NATIVE_HTTP_FAULT_COOKIE, fault);
    }
    cookie = reserve_found(cookies) ? native_http_cookies_copy(from) : NULL;
    domain = cookie ? native_http_cookies_domain_get(cookies, from->domain) : NULL;
    if (!domain) {
        if (cookie) {
            native_http_cookies_forget(cookie);
        }
        return refuse(NATIVE_HTTP_NO_SPACE, NATIVE_HTTP_FAULT_NONE, fault);
    }
    native_http_cookies_insert(cookies, cookie, domain, old);
    evict(cookies, cookie, now);
    cookies->counts.taken++;
    return NATIVE_HTTP_OK;
}

/* Returns whether a cookie from where nothing is secret would stand in for a secure one (RFC 6265bis
 * 5.7): whoever listens in on http may not push a session of his own under the one of https. */
static bool hides_secure(const struct native_http_cookies *cookies,
                         const struct native_http_cookie *newer)
{
    uint32_t hash = native_http_cookies_hash(newer->domain);
    struct native_http_cookie compared = as_compared(cookies, newer);

    for (struct domain *domain = native_http_cookies_bucket(cookies, hash); domain;
         domain = domain->next) {
        if (domain->hash != hash) {
            continue;
        }
        for (struct cookie *one = domain->first; one; one = one->next) {
            struct native_http_cookie kept = as_compared(cookies, &one->kept);

            if (kept.secure && native_http_cookie_overlays(&compared, &kept)) {
                return true;
            }
        }
    }
    return false;
}

static enum native_http_status take(struct native_http_cookies *cookies,
                                    struct native_http_span value,
                                    const struct native_http_cookie_origin *origin, int64_t now,
                                    struct native_http_fault *fault)
{
    const struct native_http_cookies_limits *limits = &cookies->limits;
    struct native_http_cookie cookie;
    enum native_http_status status =
        native_http_cookie_read(value, now, &limits->cookie, &cookie, fault);
    bool given = status == NATIVE_HTTP_OK && cookie.path.at;

    if (status == NATIVE_HTTP_OK) {
        status = native_http_cookie_accept(&cookie, origin, limits->is_public,
                                           limits->is_public_context, fault);
    }
    if (status != NATIVE_HTTP_OK) {
        return status;
    }
    if (limits->slash_alike && !given) {
        give_slash(&cookie, origin);
    }
    if (!origin->secure && hides_secure(cookies, &cookie)) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_SECURE, fault);
    }
    return store(cookies, &cookie, now, fault);
}

enum native_http_status native_http_cookies_take(struct native_http_cookies *cookies,
                                                 struct native_http_span value,
                                                 const struct native_http_cookie_origin *origin,
                                                 int64_t now, struct native_http_fault *fault)
{
    enum native_http_status status = take(cookies, value, origin, now, fault);

    cookies->counts.refused += status != NATIVE_HTTP_OK;
    return status;
}

static bool has_control(struct native_http_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_CONTROL)) {
            return true;
        }
    }
    return false;
}

enum native_http_status native_http_cookies_add(struct native_http_cookies *cookies,
                                                const struct native_http_cookie *cookie,
                                                int64_t now, struct native_http_fault *fault)
{
    struct native_http_cookie plain = *cookie;
    size_t room = cookies->limits.cookie.pair;
    enum native_http_status status = NATIVE_HTTP_OK;

    if (plain.domain.len > 0 && plain.domain.at[0] == '.') {
        plain.domain.at++;
        plain.domain.len--;
    }
    if (plain.name.len > room || plain.value.len > room - plain.name.len) {
        status = refuse(NATIVE_HTTP_TOO_LARGE, NATIVE_HTTP_FAULT_COOKIE, fault);
    } else if (plain.name.len == 0) {
        status = refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE, fault);
    } else if (has_control(plain.name) || has_control(plain.value) || has_control(plain.domain) ||
               has_control(plain.path)) {
        status = refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_CONTROL_BYTE, fault);
    } else if (!native_http_cookie_domain_is_good(plain.domain) || plain.path.len == 0 ||
               plain.path.at[0] != '/') {
        status = refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_DOMAIN, fault);
    } else {
        status = store(cookies, &plain, now, fault);
    }
    cookies->counts.refused += status != NATIVE_HTTP_OK;
    return status;
}

/* ---- sending ---- */

/* Longest path first, then longest domain, then oldest (RFC 6265 5.4, 2; curl has the domain, too). */
static int compare(const void *a, const void *b)
{
    const struct cookie *one = *(struct cookie *const *)a;
    const struct cookie *two = *(struct cookie *const *)b;

    if (one->kept.path.len != two->kept.path.len) {
        return one->kept.path.len > two->kept.path.len ? -1 : 1;
    }
    if (one->kept.domain.len != two->kept.domain.len) {
        return one->kept.domain.len > two->kept.domain.len ? -1 : 1;
    }
    return one->made < two->made ? -1 : one->made > two->made;
}

static int compare_as_curl(const void *a, const void *b)
{
    const struct cookie *one = *(struct cookie *const *)a;
    const struct cookie *two = *(struct cookie *const *)b;

    if (one->kept.path.len == two->kept.path.len && one->kept.domain.len == two->kept.domain.len) {
        if (one->kept.name.len != two->kept.name.len) {
            return one->kept.name.len > two->kept.name.len ? -1 : 1;
        }
        return one->made > two->made ? -1 : one->made < two->made;
    }
    return compare(a, b);
}

/* Fill cookies->found with those that go there. Returns how many. */
static size_t look_out(struct native_http_cookies *cookies,
                       const struct native_http_cookie_origin *origin, int64_t now)
{
    uint32_t hash = native_http_cookies_hash(origin->host);
    size_t count = 0;

    for (struct domain *domain = native_http_cookies_bucket(cookies, hash); domain;
         domain = domain->next) {
        struct native_http_span name = {domain->name, domain->len};

        if (domain->hash != hash ||
            !native_http_cookie_domain_match(name, origin->host, origin->host_is_address)) {
            continue;
        }
        for (struct cookie *one = domain->first; one; one = one->next) {
            struct native_http_cookie kept = as_compared(cookies, &one->kept);

            if (native_http_cookie_matches(&kept, origin, now)) {
                cookies->found[count++] = one;
            }
        }
    }
    return count;
}

size_t native_http_cookies_put(struct native_http_cookies *cookies,
                               const struct native_http_cookie_origin *origin, int64_t now,
                               struct native_http_buffer *out)
{
    size_t count = look_out(cookies, origin, now);
    size_t start = out->len;
    size_t i = 0;

    if (count > 1) {
        qsort(cookies->found, count, sizeof(struct cookie *),
              cookies->limits.newest_first ? compare_as_curl : compare);
    }
    for (; i < count && i < cookies->limits.sent_count; i++) {
        struct cookie *one = cookies->found[i];
        size_t more = one->kept.name.len + one->kept.value.len + (i > 0 ? 3 : 1);

        if (more > cookies->limits.sent_bytes - (out->len - start)) {
            break;
        }
        native_http_cookie_put(out, i == 0, &one->kept);
        native_http_cookies_touch(cookies, one);
    }
    return i;
}

static bool is_loopback(const struct native_http_url *url)
{
    static const uint8_t one[16] = {[15] = 1};

    switch (url->host_kind) {
    case NATIVE_HTTP_HOST_IPV4:
        return url->address[0] == 127;
    case NATIVE_HTTP_HOST_IPV6:
        return memcmp(url->address, one, sizeof(one)) == 0;
    default:
        return native_http_span_is_nocase(url->host, NATIVE_HTTP_SPAN("localhost"));
    }
}

void native_http_cookie_origin_of(struct native_http_cookie_origin *origin,
                                  const struct native_http_url *url)
{
    *origin = (struct native_http_cookie_origin){
        .host = url->host,
        .host_is_address =
            url->host_kind == NATIVE_HTTP_HOST_IPV4 || url->host_kind == NATIVE_HTTP_HOST_IPV6,
        .path = url->path,
        .secure =
            native_http_span_is_nocase(url->scheme, NATIVE_HTTP_SPAN("https")) || is_loopback(url),
        .http = true};
    if (origin->host.len > 1 && origin->host.at[origin->host.len - 1] == '.') {
        origin->host.len--;
    }
}

/* ---- the whole ---- */

struct native_http_cookies *native_http_cookies_new(void)
{
    struct native_http_cookies *cookies = calloc(1, sizeof(*cookies));

    if (cookies) {
        cookies->limits = (struct native_http_cookies_limits)NATIVE_HTTP_COOKIES_LIMITS_INIT;
        cookies->limits.is_public = native_http_suffix_is_public;
        cookies->swept = INT64_MIN;
    }
    return cookies;
}

void native_http_cookies_free(struct native_http_cookies *cookies)
{
    if (!cookies) {
        return;
    }
    native_http_cookies_clear(cookies);
    free(cookies->buckets);
    free(cookies->found);
    free(cookies);
}

struct native_http_cookies_limits *native_http_cookies_limits(struct native_http_cookies *cookies)
{
    return &cookies->limits;
}

const struct native_http_cookies_counts *
native_http_cookies_counts(const struct native_http_cookies *cookies)
{
    return &cookies->counts;
}

const struct native_http_cookie *native_http_cookies_next(const struct native_http_cookies *cookies,
                                                          const struct native_http_cookie *after)
{
    const struct cookie *next =
        after ? ((const struct cookie *)after)->made_after : cookies->made_first;

    return next ? &next->kept : NULL;
}

const struct native_http_cookie *
native_http_cookies_previous(const struct native_http_cookies *cookies,
                             const struct native_http_cookie *before)
{
    const struct cookie *previous =
        before ? ((const struct cookie *)before)->made_before : cookies->made_last;

    return previous ? &previous->kept : NULL;
}

size_t native_http_cookies_count(const struct native_http_cookies *cookies)
{
    return cookies->count;
}

void native_http_cookies_drop_expired(struct native_http_cookies *cookies, int64_t now)
{
    for (struct cookie *cookie = cookies->made_first, *next; cookie; cookie = next) {
        next = cookie->made_after;
        if (cookie->kept.expires <= now) {
            native_http_cookies_remove(cookies, cookie);
            cookies->counts.expired++;
        }
    }
    cookies->swept = now;
}

void native_http_cookies_drop_session(struct native_http_cookies *cookies)
{
    for (struct cookie *cookie = cookies->made_first, *next; cookie; cookie = next) {
        next = cookie->made_after;
        if (cookie->kept.expires == NATIVE_HTTP_COOKIE_SESSION) {
            native_http_cookies_remove(cookies, cookie);
        }
    }
}

void native_http_cookies_clear(struct native_http_cookies *cookies)
{
    while (cookies->made_first) {
        native_http_cookies_remove(cookies, cookies->made_first);
    }
}
