/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_cookie.c - Set-Cookie fields: what is read, who may set it, who gets it. */
#include "http/wire/cookie.h"
#include "support/http_writer.h"

enum { NOW = 1000000 };

#define SESSION NATIVE_HTTP_COOKIE_SESSION
#define LATEST (INT64_MAX - 1)

static const struct native_http_cookie_limits limits = NATIVE_HTTP_COOKIE_LIMITS_INIT;

/* ---- reading ---- */

enum { SECURE = 1, HTTP_ONLY = 2 };

static const struct {
    const char *text, *name, *value, *domain, *path;
    int64_t expires;
    unsigned flags, same_site;
} reads[] = {
    {"a=b", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=", "a", "", NULL, NULL, SESSION, 0, 0},
    {" \ta \t= \tb c\t ;", "a", "b c", NULL, NULL, SESSION, 0, 0},
    {"a=b=c", "a", "b=c", NULL, NULL, SESSION, 0, 0},
    {"a=\"q; q\"", "a", "\"q", NULL, NULL, SESSION, 0, 0},
    {"a=b, c=d", "a", "b, c=d", NULL, NULL, SESSION, 0, 0},
    {"a=\xc3\xbc", "a", "\xc3\xbc", NULL, NULL, SESSION, 0, 0},
    {"a=b;;; ;=;x;y=z", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b;SECURE;httponly", "a", "b", NULL, NULL, SESSION, SECURE | HTTP_ONLY, 0},
    {"a=b; Secure=no; HttpOnly=0", "a", "b", NULL, NULL, SESSION, SECURE | HTTP_ONLY, 0},
    {"a=b; Domain=.Example.ORG; Path=/x", "a", "b", "Example.ORG", "/x", SESSION, 0, 0},
    {"a=b; domain=..x", "a", "b", ".x", NULL, SESSION, 0, 0},
    {"a=b; domain=x; domain=", "a", "b", "x", NULL, SESSION, 0, 0},
    {"a=b; domain=x; domain=y", "a", "b", "y", NULL, SESSION, 0, 0},
    {"a=b; domain=.", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; path", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; path=/a; path=/b c", "a", "b", NULL, "/b c", SESSION, 0, 0},
    {"a=b; path=/a; path=rel", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; path=\"/a\"", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=60", "a", "b", NULL, NULL, NOW + 60, 0, 0},
    {"a=b; max-age=0", "a", "b", NULL, NULL, INT64_MIN, 0, 0},
    {"a=b; max-age=-1", "a", "b", NULL, NULL, INT64_MIN, 0, 0},
    {"a=b; max-age=", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=-", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=+5", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=5x", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=60; max-age=x", "a", "b", NULL, NULL, NOW + 60, 0, 0},
    {"a=b; max-age=9223372036854775806", "a", "b", NULL, NULL, LATEST, 0, 0},
    {"a=b; max-age=9223372036853775806", "a", "b", NULL, NULL, LATEST, 0, 0},
    {"a=b; max-age=99999999999999999999999999", "a", "b", NULL, NULL, LATEST, 0, 0},
    {"a=b; expires=Wed, 09 Jun 2021 10:18:14 GMT", "a", "b", NULL, NULL, 1623233894, 0, 0},
    {"a=b; expires=Wed, 09-Jun-21 10:18:14 GMT", "a", "b", NULL, NULL, 1623233894, 0, 0},
    {"a=b; expires=tomorrow", "a", "b", NULL, NULL, SESSION, 0, 0},
    {"a=b; max-age=60; expires=Wed, 09 Jun 2021 10:18:14 GMT", "a", "b", NULL, NULL, NOW + 60, 0,
     0},
    {"a=b; expires=Wed, 09 Jun 2021 10:18:14 GMT; max-age=60", "a", "b", NULL, NULL, NOW + 60, 0,
     0},
    {"a=b; max-age=x; expires=Wed, 09 Jun 2021 10:18:14 GMT", "a", "b", NULL, NULL, 1623233894, 0,
     0},
    {"a=b; max-age=; expires=Wed, 09 Jun 2021 10:18:14 GMT", "a", "b", NULL, NULL, 1623233894, 0,
     0},
    {"a=b; samesite=lax", "a", "b", NULL, NULL, SESSION, 0, NATIVE_HTTP_SAME_SITE_LAX},
    {"a=b; SameSite=STRICT", "a", "b", NULL, NULL, SESSION, 0, NATIVE_HTTP_SAME_SITE_STRICT},
    {"a=b; SameSite=None", "a", "b", NULL, NULL, SESSION, 0, NATIVE_HTTP_SAME_SITE_NONE},
    {"a=b; SameSite=lax; SameSite=x", "a", "b", NULL, NULL, SESSION, 0, 0},
};

static void test_reads(void)
{
    for (size_t i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
        struct native_http_span text = guarded_text(0, reads[i].text);
        struct native_http_cookie cookie;
        struct native_http_fault fault;

        if (!check(native_http_cookie_read(text, NOW, &limits, &cookie, &fault) == NATIVE_HTTP_OK,
                   "%s is refused", reads[i].text)) {
            continue;
        }
        check(span_is(cookie.name, reads[i].name) && span_is(cookie.value, reads[i].value) &&
                  span_is(cookie.domain, reads[i].domain) && span_is(cookie.path, reads[i].path),
              "%s: name %s, value %s, domain %s, path %s", reads[i].text, shown_span(cookie.name),
              shown_span(cookie.value), shown_span(cookie.domain), shown_span(cookie.path));
        check(cookie.expires == reads[i].expires, "%s: expires %jd", reads[i].text,
              (intmax_t)cookie.expires);
        check(cookie.secure == !!(reads[i].flags & SECURE) &&
                  cookie.http_only == !!(reads[i].flags & HTTP_ONLY) &&
                  cookie.same_site == (enum native_http_same_site)reads[i].same_site,
              "%s: secure %d, HttpOnly %d, SameSite %d", reads[i].text, cookie.secure,
              cookie.http_only, (int)cookie.same_site);
    }
    end_test("fields that are cookies");
}

static const struct {
    const char *text;
    unsigned reason, offset;
} bad_reads[] = {
    {"", NATIVE_HTTP_FAULT_COOKIE, 0},
    {"noequals", NATIVE_HTTP_FAULT_COOKIE, 0},
    {"=v", NATIVE_HTTP_FAULT_COOKIE, 0},
    {" = v", NATIVE_HTTP_FAULT_COOKIE, 0},
    {"; a=b", NATIVE_HTTP_FAULT_COOKIE, 0},
    {"a; path=/b", NATIVE_HTTP_FAULT_COOKIE, 0},
    {"a=b\x01", NATIVE_HTTP_FAULT_CONTROL_BYTE, 3},
    {"a=b; path=/\r\n", NATIVE_HTTP_FAULT_CONTROL_BYTE, 11},
    {"a=b\x7f", NATIVE_HTTP_FAULT_CONTROL_BYTE, 3},
    {"a\tb=c", NATIVE_HTTP_FAULT_CONTROL_BYTE, 1},
    {"a=b\tc", NATIVE_HTTP_FAULT_CONTROL_BYTE, 3},
    {"a=b; path=/x\ty", NATIVE_HTTP_FAULT_CONTROL_BYTE, 12},
};

static void test_bad_reads(void)
{
    for (size_t i = 0; i < sizeof(bad_reads) / sizeof(bad_reads[0]); i++) {
        struct native_http_span text = guarded_text(0, bad_reads[i].text);
        struct native_http_cookie cookie;
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};

        check(native_http_cookie_read(text, NOW, &limits, &cookie, &fault) ==
                      NATIVE_HTTP_MALFORMED &&
                  fault.reason == bad_reads[i].reason && fault.offset == bad_reads[i].offset,
              "%s: %s at %zu", shown_text(bad_reads[i].text), native_http_fault_name(fault.reason),
              fault.offset);
    }
    end_test("fields that are none");
}

static void test_limits(void)
{
    char text[6000];
    struct native_http_cookie cookie;
    struct native_http_fault fault;

    memset(text, 'x', sizeof(text));
    text[10] = '=';
    check(native_http_cookie_read((struct native_http_span){text, 4097}, NOW, &limits, &cookie,
                                  &fault) == NATIVE_HTTP_OK,
          "name and value of 4096 bytes");
    check(native_http_cookie_read((struct native_http_span){text, 4098}, NOW, &limits, &cookie,
                                  &fault) == NATIVE_HTTP_TOO_LARGE,
          "name and value of 4097 bytes");
    text[10] = 'x';
    text[4096] = '=';
    check(native_http_cookie_read((struct native_http_span){text, 4097}, NOW, &limits, &cookie,
                                  &fault) == NATIVE_HTTP_OK,
          "a name of 4096 bytes and no value");
    text[4096] = 'x';
    memcpy(text, "a=b;path=/", 10);
    text[10] = 'x';
    native_http_cookie_read((struct native_http_span){text, 9 + 1024}, NOW, &limits, &cookie,
                            &fault);
    check(cookie.path.len == 1024, "a path of 1024 bytes");
    native_http_cookie_read((struct native_http_span){text, 9 + 1025}, NOW, &limits, &cookie,
                            &fault);
    check(!cookie.path.at, "a path of 1025 bytes");
    end_test("limits");
}

/* ---- accepting ---- */

struct origin {
    const char *host, *path;
    unsigned flags; /* as below */
};

enum { HTTPS = 1, ADDRESS = 2, SCRIPT = 4 };

static struct native_http_cookie_origin origin_of(const struct origin *origin, unsigned place)
{
    return (struct native_http_cookie_origin){
        guarded_text(place, origin->host), (origin->flags & ADDRESS) != 0,
        guarded_text(place + 1, origin->path), (origin->flags & HTTPS) != 0,
        (origin->flags & SCRIPT) == 0};
}

static bool is_public(void *context, struct native_http_span domain)
{
    const char *suffix = context;

    return domain.len == strlen(suffix) && memcmp(domain.at, suffix, domain.len) == 0;
}

static const struct {
    const char *text;
    struct origin origin;
    const char *domain, *path; /* domain NULL: refused */
    unsigned host_only, reason;
} accepts[] = {
    {"a=b", {"h.org", "/", 0}, "h.org", "/", 1, 0},
    {"a=b", {"h.org", "", 0}, "h.org", "/", 1, 0},
    {"a=b", {"h.org", "/x", 0}, "h.org", "/", 1, 0},
    {"a=b", {"h.org", "/x/y/z", 0}, "h.org", "/x/y", 1, 0},
    {"a=b; path=/q", {"h.org", "/x/y", 0}, "h.org", "/q", 1, 0},
    {"a=b; domain=h.org", {"h.org", "/", 0}, "h.org", "/", 0, 0},
    {"a=b; domain=.H.org", {"www.h.org", "/", 0}, "H.org", "/", 0, 0},
    {"a=b; domain=www.h.org", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=h.org", {"evilh.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=other.org", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=h.org.", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=..h.org", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=org", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=co.uk", {"h.co.uk", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b; domain=co.uk", {"co.uk", "/", 0}, "co.uk", "/", 1, 0},
    {"a=b; domain=localhost", {"localhost", "/", 0}, "localhost", "/", 1, 0},
    {"a=b; domain=127.0.0.1", {"127.0.0.1", "/", ADDRESS}, "127.0.0.1", "/", 1, 0},
    {"a=b; domain=0.0.1",
     {"127.0.0.1", "/", ADDRESS},
     NULL,
     NULL,
     0,
     NATIVE_HTTP_FAULT_COOKIE_DOMAIN},
    {"a=b", {"::1", "/", ADDRESS}, "::1", "/", 1, 0},
    {"a=b; secure", {"h.org", "/", HTTPS}, "h.org", "/", 1, 0},
    {"a=b; secure", {"h.org", "/", 0}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_SECURE},
    {"a=b; httponly", {"h.org", "/", SCRIPT}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_HTTP_ONLY},
    {"__Secure-a=b; secure", {"h.org", "/", HTTPS}, "h.org", "/", 1, 0},
    {"__Secure-a=b", {"h.org", "/", HTTPS}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__secURE-a=b", {"h.org", "/", HTTPS}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__Secure-=b", {"h.org", "/", HTTPS}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__Secure=b", {"h.org", "/", 0}, "h.org", "/", 1, 0},
    {"__Host-a=b; secure; path=/", {"h.org", "/x", HTTPS}, "h.org", "/", 1, 0},
    {"__Host-a=b; secure", {"h.org", "/", HTTPS}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__Host-a=b; secure; path=/x",
     {"h.org", "/", HTTPS},
     NULL,
     NULL,
     0,
     NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__Host-a=b; path=/", {"h.org", "/", HTTPS}, NULL, NULL, 0, NATIVE_HTTP_FAULT_COOKIE_PREFIX},
    {"__HOST-a=b; secure; path=/; domain=h.org",
     {"h.org", "/", HTTPS},
     NULL,
     NULL,
     0,
     NATIVE_HTTP_FAULT_COOKIE_PREFIX},
};

static void test_accepts(void)
{
    char suffix[] = "co.uk";

    for (size_t i = 0; i < sizeof(accepts) / sizeof(accepts[0]); i++) {
        struct native_http_cookie_origin origin = origin_of(&accepts[i].origin, 1);
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_cookie cookie;
        enum native_http_status status;

        native_http_cookie_read(guarded_text(0, accepts[i].text), NOW, &limits, &cookie, &fault);
        status = native_http_cookie_accept(&cookie, &origin, is_public, suffix, &fault);
        if (accepts[i].domain) {
            check(status == NATIVE_HTTP_OK && span_is(cookie.domain, accepts[i].domain) &&
                      span_is(cookie.path, accepts[i].path) &&
                      cookie.host_only == !!accepts[i].host_only,
                  "%s from %s%s: status %d, domain %s, path %s, host only %d", accepts[i].text,
                  accepts[i].origin.host, accepts[i].origin.path, (int)status,
                  shown_span(cookie.domain), shown_span(cookie.path), cookie.host_only);
        } else {
            check(status == NATIVE_HTTP_MALFORMED && fault.reason == accepts[i].reason,
                  "%s from %s%s: status %d, %s", accepts[i].text, accepts[i].origin.host,
                  accepts[i].origin.path, (int)status, native_http_fault_name(fault.reason));
        }
    }
    end_test("who may set what");
}

/* ---- matching ---- */

static const struct {
    const char *text;
    struct origin from, to;
    int64_t now;
    unsigned matches;
} sends[] = {
    {"a=b", {"h.org", "/", 0}, {"h.org", "/x", 0}, NOW, 1},
    {"a=b", {"h.org", "/", 0}, {"H.ORG", "", HTTPS}, NOW, 1},
    {"a=b", {"h.org", "/", 0}, {"www.h.org", "/", 0}, NOW, 0},
    {"a=b; domain=h.org", {"h.org", "/", 0}, {"www.h.org", "/", 0}, NOW, 1},
    {"a=b; domain=h.org", {"www.h.org", "/", 0}, {"h.org", "/", 0}, NOW, 1},
    {"a=b; domain=h.org", {"h.org", "/", 0}, {"xh.org", "/", 0}, NOW, 0},
    {"a=b; domain=0.0.1", {"x.0.0.1", "/", 0}, {"127.0.0.1", "/", ADDRESS}, NOW, 0},
    {"a=b", {"127.0.0.1", "/", ADDRESS}, {"127.0.0.1", "/", ADDRESS}, NOW, 1},
    {"a=b; path=/x", {"h.org", "/", 0}, {"h.org", "/x", 0}, NOW, 1},
    {"a=b; path=/x", {"h.org", "/", 0}, {"h.org", "/x/y", 0}, NOW, 1},
    {"a=b; path=/x", {"h.org", "/", 0}, {"h.org", "/xy", 0}, NOW, 0},
    {"a=b; path=/x", {"h.org", "/", 0}, {"h.org", "/X", 0}, NOW, 0},
    {"a=b; path=/x/", {"h.org", "/", 0}, {"h.org", "/x", 0}, NOW, 0},
    {"a=b; path=/x/", {"h.org", "/", 0}, {"h.org", "/x/y", 0}, NOW, 1},
    {"a=b; secure", {"h.org", "/", HTTPS}, {"h.org", "/", 0}, NOW, 0},
    {"a=b; secure", {"h.org", "/", HTTPS}, {"h.org", "/", HTTPS}, NOW, 1},
    {"a=b; httponly", {"h.org", "/", 0}, {"h.org", "/", SCRIPT}, NOW, 0},
    {"a=b; httponly", {"h.org", "/", 0}, {"h.org", "/", 0}, NOW, 1},
    {"a=b; max-age=5", {"h.org", "/", 0}, {"h.org", "/", 0}, NOW + 4, 1},
    {"a=b; max-age=5", {"h.org", "/", 0}, {"h.org", "/", 0}, NOW + 5, 0},
    {"a=b; max-age=0", {"h.org", "/", 0}, {"h.org", "/", 0}, NOW, 0},
};

static void test_sends(void)
{
    for (size_t i = 0; i < sizeof(sends) / sizeof(sends[0]); i++) {
        struct native_http_cookie_origin from = origin_of(&sends[i].from, 1);
        struct native_http_cookie_origin to = origin_of(&sends[i].to, 3);
        struct native_http_cookie cookie;
        struct native_http_fault fault;

        native_http_cookie_read(guarded_text(0, sends[i].text), NOW, &limits, &cookie, &fault);
        check(native_http_cookie_accept(&cookie, &from, NULL, NULL, &fault) == NATIVE_HTTP_OK,
              "%s from %s is refused", sends[i].text, sends[i].from.host);
        check(native_http_cookie_matches(&cookie, &to, sends[i].now) == !!sends[i].matches,
              "%s to %s%s", sends[i].text, sends[i].to.host, sends[i].to.path);
    }
    end_test("who gets what");
}

/* Domains that are longer than the host, or nothing: what stands before the host in memory counts
 * for nothing. */
static void test_domains(void)
{
    struct native_http_span all = guarded_text(0, "evil.h.org"), host = {all.at + 5, 5};

    check(!native_http_cookie_domain_match(all, host, false), "a domain around the host");
    check(native_http_cookie_domain_match(host, all, false), "the other way round");
    check(!native_http_cookie_domain_match(host, all, true), "the other way round, an address");
    host = NATIVE_HTTP_SPAN("h.org.");
    check(!native_http_cookie_domain_match(NATIVE_HTTP_SPAN(""), host, false), "no domain");
    host.len = 0;
    check(!native_http_cookie_domain_match(NATIVE_HTTP_SPAN(""), host, false), "no host");
    end_test("domains and hosts");
}

/* A cookie for the comparison of two. */
static struct native_http_cookie cookie_of(const char *name, const char *domain, const char *path,
                                           bool host_only)
{
    struct native_http_cookie cookie = {0};

    cookie.name = (struct native_http_span){name, strlen(name)};
    cookie.domain = (struct native_http_span){domain, strlen(domain)};
    cookie.path = (struct native_http_span){path, strlen(path)};
    cookie.host_only = host_only;
    return cookie;
}

static void test_two(void)
{
    struct native_http_cookie a = cookie_of("a", "h.org", "/x", true), b = a;

    check(native_http_cookie_is_same(&a, &b), "itself");
    b.domain = NATIVE_HTTP_SPAN("H.Org");
    check(native_http_cookie_is_same(&a, &b), "a domain in another case");
    b = cookie_of("A", "h.org", "/x", true);
    check(!native_http_cookie_is_same(&a, &b), "a name in another case");
    b = cookie_of("a", "h.org", "/X", true);
    check(!native_http_cookie_is_same(&a, &b), "a path in another case");
    b = cookie_of("a", "h.org", "/x", false);
    check(!native_http_cookie_is_same(&a, &b), "one for the names below, too");
    end_test("which cookie is the same");
    b = cookie_of("a", "www.h.org", "/x/y", true);
    check(native_http_cookie_overlays(&b, &a), "below in domain and path");
    check(!native_http_cookie_overlays(&a, &b), "a path above");
    b.path = NATIVE_HTTP_SPAN("/x");
    check(native_http_cookie_overlays(&a, &b), "a domain above");
    b = cookie_of("a", "other.org", "/x", true);
    check(!native_http_cookie_overlays(&b, &a), "another domain");
    b = cookie_of("b", "h.org", "/x", true);
    check(!native_http_cookie_overlays(&b, &a), "another name");
    end_test("which cookie would stand in the way of another");
}

static void test_put(void)
{
    struct native_http_cookie cookie = cookie_of("a", "h", "/", true);

    cookie.value = NATIVE_HTTP_SPAN("b c");
    WRITES_TEXT("a=b c; a=b c", {
        native_http_cookie_put(out, true, &cookie);
        native_http_cookie_put(out, false, &cookie);
    });
    end_test("the Cookie field");
}

int main(void)
{
    test_reads();
    test_bad_reads();
    test_limits();
    test_accepts();
    test_sends();
    test_domains();
    test_two();
    test_put();
    return done();
}
