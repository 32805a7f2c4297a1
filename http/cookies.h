/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookies.h - a store of cookies (RFC 6265, 5.3 and 5.4; limits and "leave secure cookies alone" of its revision).
 *
 *     hash of the last two labels ---> domain ---> domain ---> ...
 *     ("example.org")                    |
 *                                     cookies: at most so many a domain
 *     two lists through all cookies: as they were made, and as they were used
 *
 * Shape: what a request needs is found over its host's last two labels, so that cookies of other sites cost nothing.
 *        Over a limit the one that was used longest ago goes, after those that have expired.
 * Allocates: with malloc; values are wiped when they are freed. Blocks: never. Threads: one at a time; several transfers
 * may share one store. What it gives out (spans, cookies) is its own and valid until it is changed. */
#ifndef NATIVE_HTTP_COOKIES_H
#define NATIVE_HTTP_COOKIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/cookie.h"
#include "wire/url.h"

struct native_http_cookies;

/* What it takes; may be changed at any time and counts from the next call on. */
struct native_http_cookies_limits {
    struct native_http_cookie_limits cookie;
    size_t count; /* in all */
    size_t per_domain;
    size_t bytes; /* names, values, domains and paths of all */
    /* in one request: as many as go in there, in their order */
    size_t sent_count;
    size_t sent_bytes;
    native_http_public_suffix *is_public; /* at first suffix.h's; NULL: none is known */
    void *is_public_context;
    /* curl's order: behind path and domain the longest name, then the newest; a file has the newest first, which turns
     * their order round when it is read */
    bool newest_first;
    /* curl's paths: the slash at the end means nothing ("/a/" is for "/a", too, and replaces it), and a path that is the directory of
     * the URL keeps it */
    bool slash_alike;
};
#define NATIVE_HTTP_COOKIES_LIMITS_INIT                                                            \
    {                                                                                              \
        NATIVE_HTTP_COOKIE_LIMITS_INIT, 3000, 180, 4 * 1024 * 1024, 150, 8190, NULL, NULL, false,  \
            false                                                                                  \
    }

/* Counts since it was made. */
struct native_http_cookies_counts {
    uint64_t taken;   /* new ones and replaced ones */
    uint64_t refused; /* by native_http_cookies_take() and _add() */
    uint64_t expired;
    uint64_t evicted; /* because of a limit */
};

/* Returns NULL without memory. */
struct native_http_cookies *native_http_cookies_new(void);

/* NULL is allowed. */
void native_http_cookies_free(struct native_http_cookies *cookies);

struct native_http_cookies_limits *native_http_cookies_limits(struct native_http_cookies *cookies);
const struct native_http_cookies_counts *
native_http_cookies_counts(const struct native_http_cookies *cookies);

/* Fill in who answers for a URL, or where a request to it goes. It is secure with https, and where nobody is between:
 * localhost, 127.0.0.0/8 and ::1. Spans point into the URL. */
void native_http_cookie_origin_of(struct native_http_cookie_origin *origin,
                                  const struct native_http_url *url);

/* Take the value of a Set-Cookie field. `now`: seconds since 1970. A cookie whose time is over deletes.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED or NATIVE_HTTP_TOO_LARGE with `fault`: not taken, which is no reason to
 * end the transfer; NATIVE_HTTP_NO_SPACE without memory. */
enum native_http_status native_http_cookies_take(struct native_http_cookies *cookies,
                                                 struct native_http_span value,
                                                 const struct native_http_cookie_origin *origin,
                                                 int64_t now, struct native_http_fault *fault);

/* Take one whose domain and path are filled in, as out of a file: nobody is asked whether he may. It is copied. Its
 * domain is put in lower case; a dot before it is left out. One of a single label ("org") never goes to names below it,
 * whatever the cookie says. Returns as native_http_cookies_take(). */
enum native_http_status native_http_cookies_add(struct native_http_cookies *cookies,
                                                const struct native_http_cookie *cookie,
                                                int64_t now, struct native_http_fault *fault);

/* Append the value of the field Cookie for a request: longest path first, then longest domain, then oldest. Nothing is
 * appended if no cookie goes there. Returns how many were (of those that fit in the limits of one request; whether they
 * fit in `out` is to be asked of that). */
size_t native_http_cookies_put(struct native_http_cookies *cookies,
                               const struct native_http_cookie_origin *origin, int64_t now,
                               struct native_http_buffer *out);

/* Returns the cookie made after this one (NULL: the first), or NULL. Also tells of those that have expired. */
const struct native_http_cookie *native_http_cookies_next(const struct native_http_cookies *cookies,
                                                          const struct native_http_cookie *after);

/* The same, newest first. */
const struct native_http_cookie *
native_http_cookies_previous(const struct native_http_cookies *cookies,
                             const struct native_http_cookie *before);

size_t native_http_cookies_count(const struct native_http_cookies *cookies);

/* Drop those that have expired, those that end with the session, all. */
void native_http_cookies_drop_expired(struct native_http_cookies *cookies, int64_t now);
void native_http_cookies_drop_session(struct native_http_cookies *cookies);
void native_http_cookies_clear(struct native_http_cookies *cookies);

#endif
