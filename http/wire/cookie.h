/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookie.h - cookies (RFC 6265; SameSite, prefixes and limits of its revision, RFC 6265bis):
 * reading Set-Cookie, whether a sender may set it, whether a request gets it. Keeping them is the
 * caller's.
 *
 *   Set-Cookie: name=value; Expires=...; Max-Age=60; Domain=example.org; Path=/a; Secure; HttpOnly
 *
 *   native_http_cookie_read     text -> struct, syntax only
 *   native_http_cookie_accept   struct + who sent it -> may it be kept? fills in domain and path
 *   native_http_cookie_matches  struct + where a request goes -> is it sent?
 *
 * Pure: no allocation, no globals; spans point into the field's value, or into the origin's
 * strings. */
#ifndef NATIVE_HTTP_WIRE_COOKIE_H
#define NATIVE_HTTP_WIRE_COOKIE_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

/* Of `expires`: the cookie ends with the session. */
#define NATIVE_HTTP_COOKIE_SESSION INT64_MAX

enum native_http_same_site {
    NATIVE_HTTP_SAME_SITE_DEFAULT, /* not there, or a word that nobody knows */
    NATIVE_HTTP_SAME_SITE_NONE,
    NATIVE_HTTP_SAME_SITE_LAX,
    NATIVE_HTTP_SAME_SITE_STRICT
};

struct native_http_cookie {
    struct native_http_span name;
    struct native_http_span value;
    /* domain without a leading dot; after reading, both are absent without such an attribute */
    struct native_http_span domain;
    struct native_http_span path;
    int64_t expires; /* seconds since 1970, or NATIVE_HTTP_COOKIE_SESSION */
    bool host_only;  /* for this host alone, not for names below it */
    bool secure;
    bool http_only;
    enum native_http_same_site same_site;
};

struct native_http_cookie_limits {
    size_t pair;      /* bytes of name and value together */
    size_t attribute; /* bytes of an attribute's value: a longer one counts as not there */
};

#define NATIVE_HTTP_COOKIE_LIMITS_INIT                                                             \
    {                                                                                              \
        4096, 1024                                                                                 \
    }

/* Who sent a cookie, or where a request goes. */
struct native_http_cookie_origin {
    struct native_http_span host; /* any case, no brackets, no dot at its end */
    bool host_is_address;         /* IPv4 or IPv6: has no names below it */
    struct native_http_span path; /* of the URL; "" is "/" */
    bool secure;                  /* https; or a loopback host, if the caller trusts that */
    bool http;                    /* by HTTP, not by a script: may see HttpOnly */
};

/* Read the value of a Set-Cookie field (RFC 6265 5.2). `now` is what Max-Age counts from. A time in
 * the past (then `expires` is at most `now`) asks for the cookie to be deleted. The last one of an
 * attribute counts.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: COOKIE without "=" or name, CONTROL_BYTE for a
 * control byte (a tab only inside name, value or path); NATIVE_HTTP_TOO_LARGE (COOKIE). */
enum native_http_status native_http_cookie_read(struct native_http_span text, int64_t now,
                                                const struct native_http_cookie_limits *limits,
                                                struct native_http_cookie *cookie,
                                                struct native_http_fault *fault);

/* Returns whether cookies of the whole domain are not to be set: a public suffix ("co.uk"). */
typedef bool native_http_public_suffix(void *context, struct native_http_span domain);

/* Decide whether the origin may set it (RFC 6265 5.3, 4 to 10), and fill in domain, path and
 * host_only. A domain without an inner dot, or that `is_public` (may be NULL) names, only counts
 * for a host of that very name.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: COOKIE_DOMAIN, COOKIE_SECURE, COOKIE_PREFIX,
 * COOKIE_HTTP_ONLY. */
enum native_http_status native_http_cookie_accept(struct native_http_cookie *cookie,
                                                  const struct native_http_cookie_origin *origin,
                                                  native_http_public_suffix *is_public,
                                                  void *is_public_context,
                                                  struct native_http_fault *fault);

/* Returns whether an accepted cookie goes with a request to there (RFC 6265 5.4, 1), and is not
 * over at `now`. */
bool native_http_cookie_matches(const struct native_http_cookie *cookie,
                                const struct native_http_cookie_origin *origin, int64_t now);

/* Returns whether two cookies are one: the second replaces the first (RFC 6265 5.3, 11). */
bool native_http_cookie_is_same(const struct native_http_cookie *a,
                                const struct native_http_cookie *b);

/* Returns whether `newer` would stand in the way of `kept`: same name, one domain below the other,
 * a path at or below the kept one's. An origin that is not secure may not do that to a secure
 * cookie: the store refuses it (RFC 6265bis). */
bool native_http_cookie_overlays(const struct native_http_cookie *newer,
                                 const struct native_http_cookie *kept);

/* Returns whether the cookie is what the prefix of its name promises, in whatever case: __Secure-
 * that it is secure; __Host- also that it is for one host, all of it. */
bool native_http_cookie_prefix_holds(const struct native_http_cookie *cookie);

/* Returns whether the host is the domain or, if it is no address, a name below it (5.1.3). */
bool native_http_cookie_domain_match(struct native_http_span domain, struct native_http_span host,
                                     bool host_is_address);

/* Returns whether the request's path is the cookie's or lies below it (RFC 6265 5.1.4). */
bool native_http_cookie_path_match(struct native_http_span cookie_path,
                                   struct native_http_span path);

/* Returns the directory of a URL's path: "/a/b" gives "/a"; it points into `path`, or to "/" (RFC
 * 6265 5.1.4). */
struct native_http_span native_http_cookie_default_path(struct native_http_span path);

/* Append "name=value" to the value of a Cookie field; `first` is true for the first one, which has
 * no "; " before. */
void native_http_cookie_put(struct native_http_buffer *out, bool first,
                            const struct native_http_cookie *cookie);

#endif
