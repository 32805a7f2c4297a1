/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cookie.c - a Set-Cookie field as RFC 6265 5.2 reads it, and who gets a cookie. */
#include "cookie.h"

#include "chars.h"
#include "date.h"
#include "field.h"

static enum native_http_status refuse(enum native_http_status status,
                                      enum native_http_fault_reason reason, size_t offset,
                                      struct native_http_fault *fault)
{
    *fault = (struct native_http_fault){reason, offset};
    return status;
}

/* ---- reading ---- */

/* Returns the place of the first byte that no cookie has, or text.len. Tabs are seen to later:
 * around a name or a value they are trimmed. */
static size_t find_control(struct native_http_span text)
{
    size_t i = 0;

    while (i < text.len &&
           (text.at[i] == '\t' || !native_http_char_is(text.at[i], NATIVE_HTTP_CHAR_CONTROL))) {
        i++;
    }
    return i;
}

static bool has_tab(struct native_http_span text)
{
    return text.len > 0 && memchr(text.at, '\t', text.len) != NULL;
}

/* Take the piece before the next ";" off the front of *text, as name and value around its first
 * "=", both trimmed. Returns whether there was a "=". */
static bool take_pair(struct native_http_span *text, struct native_http_span *name,
                      struct native_http_span *value)
{
    const char *end = text->len ? memchr(text->at, ';', text->len) : NULL;
    size_t len = end ? (size_t)(end - text->at) : text->len;
    const char *equals = len ? memchr(text->at, '=', len) : NULL;
    size_t name_len = equals ? (size_t)(equals - text->at) : len;

    *name = native_http_trim((struct native_http_span){text->at, name_len});
    *value = (struct native_http_span){NULL, 0};
    if (equals) {
        *value = native_http_trim((struct native_http_span){equals + 1, len - name_len - 1});
    }
    if (text->len > 0) {
        text->at += len + (end ? 1 : 0);
        text->len -= len + (end ? 1 : 0);
    }
    return equals != NULL;
}

/* Read the number of Max-Age (RFC 6265 5.2.2): digits, with "-" before them for the past.
 * Returns whether it was one. */
static bool read_max_age(struct native_http_span value, int64_t now, int64_t *expires)
{
    const uint64_t latest = (uint64_t)NATIVE_HTTP_COOKIE_SESSION - 1;
    bool past = value.len > 0 && value.at[0] == '-';
    uint64_t seconds = 0;

    if (past) {
        value.at++;
        value.len--;
    }
    if (value.len == 0) {
        return false;
    }
    for (size_t i = 0; i < value.len; i++) {
        if (!native_http_char_is(value.at[i], NATIVE_HTTP_CHAR_DIGIT)) {
            return false;
        }
        seconds = seconds > latest / 10 - 1 ? latest : seconds * 10 + (uint64_t)(value.at[i] - '0');
    }
    if (past || seconds == 0) {
        *expires = INT64_MIN; /* the earliest time there is */
    } else if (now > 0 && seconds > latest - (uint64_t)now) {
        *expires = (int64_t)latest;
    } else {
        *expires = now + (int64_t)seconds;
    }
    return true;
}

static enum native_http_same_site read_same_site(struct native_http_span value)
{
    if (native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("strict"))) {
        return NATIVE_HTTP_SAME_SITE_STRICT;
    }
    if (native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("lax"))) {
        return NATIVE_HTTP_SAME_SITE_LAX;
    }
    return native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("none"))
               ? NATIVE_HTTP_SAME_SITE_NONE
               : NATIVE_HTTP_SAME_SITE_DEFAULT;
}

/* A domain without its first dot; an empty one counts as not there (RFC 6265 5.2.3). */
static void read_domain(struct native_http_span value, struct native_http_cookie *cookie)
{
    if (value.len > 0 && value.at[0] == '.') {
        value.at++;
        value.len--;
    }
    if (value.len > 0) {
        cookie->domain = value;
    }
}

/* What the time attributes have said so far; Max-Age counts before Expires, in whatever order. */
struct times {
    int64_t now;
    bool max_age;
};

static void read_expires(struct native_http_span value, const struct times *times,
                         struct native_http_cookie *cookie)
{
    struct native_http_fault ignored; /* a date that is none counts as not there (5.2.1) */
    int64_t seconds;

    if (!times->max_age &&
        native_http_cookie_date_parse(value.at, value.len, &seconds, &ignored) == NATIVE_HTTP_OK) {
        cookie->expires = seconds;
    }
}

static void read_attribute(struct native_http_span name, struct native_http_span value,
                           struct times *times, struct native_http_cookie *cookie)
{
    if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("expires"))) {
        read_expires(value, times, cookie);
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("max-age"))) {
        times->max_age = read_max_age(value, times->now, &cookie->expires) || times->max_age;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("domain"))) {
        read_domain(value, cookie);
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("path"))) {
        bool absolute = value.len > 0 && value.at[0] == '/';

        cookie->path = absolute ? value : (struct native_http_span){NULL, 0};
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("secure"))) {
        cookie->secure = true;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("httponly"))) {
        cookie->http_only = true;
    } else if (native_http_span_is_nocase(name, NATIVE_HTTP_SPAN("samesite"))) {
        cookie->same_site = read_same_site(value);
    }
}

enum native_http_status native_http_cookie_read(struct native_http_span text, int64_t now,
                                                const struct native_http_cookie_limits *limits,
                                                struct native_http_cookie *cookie,
                                                struct native_http_fault *fault)
{
    struct native_http_span rest = text, name, value;
    struct times times = {now, false};
    size_t control = find_control(text);

    if (control < text.len) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_CONTROL_BYTE, control, fault);
    }
    memset(cookie, 0, sizeof(*cookie));
    cookie->expires = NATIVE_HTTP_COOKIE_SESSION;
    if (!take_pair(&rest, &cookie->name, &cookie->value) || cookie->name.len == 0) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE, 0, fault);
    }
    if (cookie->name.len > limits->pair || cookie->value.len > limits->pair - cookie->name.len) {
        return refuse(NATIVE_HTTP_TOO_LARGE, NATIVE_HTTP_FAULT_COOKIE, 0, fault);
    }
    while (rest.len > 0) {
        take_pair(&rest, &name, &value);
        if (value.len <= limits->attribute) {
            read_attribute(name, value, &times, cookie);
        }
    }
    /* a jar's line is parted by tabs */
    if (has_tab(cookie->name) || has_tab(cookie->value) || has_tab(cookie->path)) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_CONTROL_BYTE,
                      (size_t)((const char *)memchr(text.at, '\t', text.len) - text.at), fault);
    }
    return NATIVE_HTTP_OK;
}

/* ---- matching ---- */

bool native_http_cookie_domain_match(struct native_http_span domain, struct native_http_span host,
                                     bool host_is_address)
{
    struct native_http_span tail;

    if (domain.len == 0 || domain.len > host.len) {
        return false;
    }
    tail = (struct native_http_span){host.at + (host.len - domain.len), domain.len};
    if (!native_http_span_is_nocase(tail, domain)) {
        return false;
    }
    return domain.len == host.len || (!host_is_address && tail.at[-1] == '.');
}

bool native_http_cookie_path_match(struct native_http_span cookie_path,
                                   struct native_http_span path)
{
    if (path.len == 0) {
        path = NATIVE_HTTP_SPAN("/");
    }
    if (cookie_path.len == 0 || cookie_path.len > path.len ||
        memcmp(cookie_path.at, path.at, cookie_path.len) != 0) {
        return false;
    }
    return cookie_path.len == path.len || cookie_path.at[cookie_path.len - 1] == '/' ||
           path.at[cookie_path.len] == '/';
}

struct native_http_span native_http_cookie_default_path(struct native_http_span path)
{
    size_t len = path.len;

    if (len == 0 || path.at[0] != '/') {
        return NATIVE_HTTP_SPAN("/");
    }
    while (path.at[len - 1] != '/') {
        len--;
    }
    return len == 1 ? NATIVE_HTTP_SPAN("/") : (struct native_http_span){path.at, len - 1};
}

bool native_http_cookie_matches(const struct native_http_cookie *cookie,
                                const struct native_http_cookie_origin *origin, int64_t now)
{
    bool host = cookie->host_only ? native_http_span_is_nocase(cookie->domain, origin->host)
                                  : native_http_cookie_domain_match(cookie->domain, origin->host,
                                                                    origin->host_is_address);

    return host && cookie->expires > now && (!cookie->secure || origin->secure) &&
           (!cookie->http_only || origin->http) &&
           native_http_cookie_path_match(cookie->path, origin->path);
}

bool native_http_cookie_is_same(const struct native_http_cookie *a,
                                const struct native_http_cookie *b)
{
    return a->host_only == b->host_only && native_http_span_is(a->name, b->name) &&
           native_http_span_is(a->path, b->path) &&
           native_http_span_is_nocase(a->domain, b->domain);
}

bool native_http_cookie_overlays(const struct native_http_cookie *newer,
                                 const struct native_http_cookie *kept)
{
    return native_http_span_is(newer->name, kept->name) &&
           (native_http_cookie_domain_match(newer->domain, kept->domain, false) ||
            native_http_cookie_domain_match(kept->domain, newer->domain, false)) &&
           native_http_cookie_path_match(kept->path, newer->path);
}

/* ---- accepting ---- */

static bool begins_nocase(struct native_http_span text, struct native_http_span prefix)
{
    return text.len >= prefix.len &&
           native_http_span_is_nocase((struct native_http_span){text.at, prefix.len}, prefix);
}

bool native_http_cookie_prefix_holds(const struct native_http_cookie *cookie)
{
    if (begins_nocase(cookie->name, NATIVE_HTTP_SPAN("__Secure-"))) {
        return cookie->secure;
    }
    if (begins_nocase(cookie->name, NATIVE_HTTP_SPAN("__Host-"))) {
        return cookie->secure && cookie->host_only &&
               native_http_span_is(cookie->path, NATIVE_HTTP_SPAN("/"));
    }
    return true;
}

/* Decide on the Domain attribute, or fill it in (RFC 6265 5.3, 5 and 6). Returns whether
 * it may be. */
static bool accept_domain(struct native_http_cookie *cookie,
                          const struct native_http_cookie_origin *origin,
                          native_http_public_suffix *is_public, void *is_public_context)
{
    if (!cookie->domain.at) {
        cookie->domain = origin->host;
        cookie->host_only = true;
        return true;
    }
    if (!native_http_cookie_domain_match(cookie->domain, origin->host, origin->host_is_address)) {
        return false;
    }
    cookie->host_only = origin->host_is_address ||
                        !memchr(cookie->domain.at, '.', cookie->domain.len) ||
                        (is_public && is_public(is_public_context, cookie->domain));
    return !cookie->host_only || cookie->domain.len == origin->host.len;
}

enum native_http_status native_http_cookie_accept(struct native_http_cookie *cookie,
                                                  const struct native_http_cookie_origin *origin,
                                                  native_http_public_suffix *is_public,
                                                  void *is_public_context,
                                                  struct native_http_fault *fault)
{
    bool prefix = !cookie->domain.at || !begins_nocase(cookie->name, NATIVE_HTTP_SPAN("__Host-"));

    if (cookie->http_only && !origin->http) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_HTTP_ONLY, 0, fault);
    }
    if (!accept_domain(cookie, origin, is_public, is_public_context)) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_DOMAIN, 0, fault);
    }
    /* __Host- wants a Path attribute of its own, and none for a domain, be it the host itself. */
    prefix = prefix && native_http_cookie_prefix_holds(cookie);
    if (!cookie->path.at) {
        cookie->path = native_http_cookie_default_path(origin->path);
    }
    if (cookie->secure && !origin->secure) {
        return refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_SECURE, 0, fault);
    }
    return prefix ? NATIVE_HTTP_OK
                  : refuse(NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_COOKIE_PREFIX, 0, fault);
}

/* ---- writing ---- */

void native_http_cookie_put(struct native_http_buffer *out, bool first,
                            const struct native_http_cookie *cookie)
{
    if (!first) {
        NATIVE_HTTP_PUT(out, "; ");
    }
    native_http_buffer_put_span(out, cookie->name);
    NATIVE_HTTP_PUT(out, "=");
    native_http_buffer_put_span(out, cookie->value);
}
