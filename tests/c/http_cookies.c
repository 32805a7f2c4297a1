/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_cookies.c - the store: who gets what, in which order, what goes when a limit is passed; against
 * a plain list of cookies as a model. */
#include "../../http/cookies.h"

#include "harness.h"

enum { NOW = 1700000000 };

/* ---- stories: one step a row ---- */

struct step {
    const char *story; /* begins one; NULL: goes on */
    int64_t now;       /* after NOW */
    const char *url;
    const char *set;  /* a Set-Cookie field; NULL: a request */
    const char *want; /* name of the fault ("none"), or the Cookie field of the request */
};

static const struct step steps[] = {
    {"a cookie goes to its host alone", 0, "https://example.org/", "a=1", "none"},
    {NULL, 0, "https://example.org/x", NULL, "a=1"},
    {NULL, 0, "http://EXAMPLE.org:8080/x", NULL, "a=1"},
    {NULL, 0, "https://www.example.org/", NULL, ""},
    {NULL, 0, "https://badexample.org/", NULL, ""},
    {NULL, 0, "https://org/", NULL, ""},
    {NULL, 0, "https://example.org./", NULL, "a=1"},
    {"with a domain it goes to names below, too", 0, "https://www.example.org/",
     "a=1; Domain=.Example.org", "none"},
    {NULL, 0, "https://example.org/", NULL, "a=1"},
    {NULL, 0, "https://x.y.example.org/", NULL, "a=1"},
    {NULL, 0, "https://notexample.org/", NULL, ""},
    {"a domain that is not the sender's is refused", 0, "https://www.example.org/",
     "a=1; domain=other.org", "cookie_domain"},
    {NULL, 0, "https://www.example.org/", "a=1; domain=x.www.example.org", "cookie_domain"},
    {NULL, 0, "https://www.example.org/", "a=1; domain=org", "cookie_domain"},
    {NULL, 0, "https://www.example.org/", NULL, ""},
    {"addresses have no names below them", 0, "http://192.0.2.7/", "a=1; domain=2.7",
     "cookie_domain"},
    {NULL, 0, "http://192.0.2.7/", "a=1", "none"},
    {NULL, 0, "http://192.0.2.7/", NULL, "a=1"},
    {NULL, 0, "http://1.192.0.2.7/", NULL, ""},
    {"IPv6", 0, "http://[2001:db8::1]/", "a=1", "none"},
    {NULL, 0, "http://[2001:DB8:0::1]/", NULL, "a=1"},
    {"paths", 0, "http://h.test/a/b", "d=1", "none"},
    {NULL, 0, "http://h.test/a/b", "e=2; path=/a/b", "none"},
    {NULL, 0, "http://h.test/a/b", "f=3; path=/", "none"},
    {NULL, 0, "http://h.test/a/b", NULL, "e=2; d=1; f=3"},
    {NULL, 0, "http://h.test/a/bc", NULL, "d=1; f=3"},
    {NULL, 0, "http://h.test/a/b/c", NULL, "e=2; d=1; f=3"},
    {NULL, 0, "http://h.test/ab", NULL, "f=3"},
    {NULL, 0, "http://h.test", NULL, "f=3"},
    {"longest path, then longest domain, then oldest", 0, "http://a.h.test/p/q",
     "one=1; domain=h.test; path=/", "none"},
    {NULL, 0, "http://a.h.test/p/q", "two=2; path=/", "none"},
    {NULL, 0, "http://a.h.test/p/q", "three=3; domain=h.test; path=/p", "none"},
    {NULL, 0, "http://a.h.test/p/q", "four=4; domain=h.test; path=/", "none"},
    {NULL, 0, "http://a.h.test/p/q", "five=5; path=/", "none"},
    {NULL, 0, "http://a.h.test/p/q", NULL, "three=3; two=2; five=5; one=1; four=4"},
    {"one that is set again keeps its place", 0, "http://h.test/", "a=1", "none"},
    {NULL, 0, "http://h.test/", "b=2", "none"},
    {NULL, 0, "http://h.test/", "a=longer than before", "none"},
    {NULL, 0, "http://h.test/", NULL, "a=longer than before; b=2"},
    {"the same name with another path or domain is another cookie", 0, "http://w.h.test/",
     "a=1; path=/x", "none"},
    {NULL, 0, "http://w.h.test/", "a=2; path=/", "none"},
    {NULL, 0, "http://w.h.test/", "a=3; path=/; domain=h.test", "none"},
    {NULL, 0, "http://w.h.test/", "a=4; path=/; domain=w.h.test", "none"},
    {NULL, 0, "http://w.h.test/x", NULL, "a=1; a=2; a=4; a=3"},
    {"time", 0, "http://h.test/", "a=1; max-age=10", "none"},
    {NULL, 9, "http://h.test/", NULL, "a=1"},
    {NULL, 10, "http://h.test/", NULL, ""},
    {"a time in the past deletes", 0, "http://h.test/", "a=1", "none"},
    {NULL, 0, "http://h.test/", "b=2", "none"},
    {NULL, 0, "http://h.test/", "a=; max-age=0", "none"},
    {NULL, 0, "http://h.test/", "b=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/other", "none"},
    {NULL, 0, "http://h.test/", NULL, "b=2"},
    {NULL, 0, "http://h.test/", "b=; expires=Thu, 01 Jan 1970 00:00:00 GMT", "none"},
    {NULL, 0, "http://h.test/", NULL, ""},
    {"secure ones go over https alone", 0, "https://h.test/", "a=1; secure", "none"},
    {NULL, 0, "http://h.test/", NULL, ""},
    {NULL, 0, "https://h.test/", NULL, "a=1"},
    {NULL, 0, "http://h.test/", "b=1; secure", "cookie_secure"},
    {"... and over loopback", 0, "http://localhost/", "a=1; secure", "none"},
    {NULL, 0, "http://LOCALHOST:1/", NULL, "a=1"},
    {NULL, 0, "http://127.0.0.1/", "b=1; secure", "none"},
    {NULL, 0, "http://127.0.0.1/", NULL, "b=1"},
    {NULL, 0, "http://127.9.9.9/", "b=2; secure", "none"},
    {NULL, 0, "http://[::1]/", "c=1; secure", "none"},
    {NULL, 0, "http://[::1]/", NULL, "c=1"},
    {NULL, 0, "http://[::2]/", "c=1; secure", "cookie_secure"},
    {NULL, 0, "http://128.0.0.1/", "c=1; secure", "cookie_secure"},
    {NULL, 0, "http://a.localhost/", "c=1; secure", "cookie_secure"},
    {"http does not hide what https has set", 0, "https://h.test/login",
     "sid=1; secure; path=/login", "none"},
    {NULL, 0, "http://h.test/login/x", "sid=2", "cookie_secure"},
    {NULL, 0, "http://www.h.test/login/x", "sid=3; domain=h.test; path=/login", "cookie_secure"},
    {NULL, 0, "http://h.test/", "sid=4; max-age=0; path=/login", "cookie_secure"},
    {NULL, 0, "http://h.test/", "sid=5", "none"}, /* above the path: allowed */
    {NULL, 0, "http://h.test/", "other=6; path=/login", "none"},
    {NULL, 0, "https://h.test/login", NULL, "sid=1; other=6; sid=5"},
    {"... nor of a name below", 0, "https://www.h.test/", "sid=1; secure; path=/", "none"},
    {NULL, 0, "http://h.test/", "sid=2; domain=h.test; path=/", "cookie_secure"},
    {NULL, 0, "http://other.h.test/", "sid=3; path=/", "none"},
    {NULL, 0, "https://www.h.test/", NULL, "sid=1"},
    {"prefixes", 0, "https://h.test/", "__Secure-a=1", "cookie_prefix"},
    {NULL, 0, "https://h.test/", "__Secure-a=1; secure", "none"},
    {NULL, 0, "https://h.test/", "__Host-a=1; secure; path=/; domain=h.test", "cookie_prefix"},
    {NULL, 0, "http://localhost/", "__Host-a=1; secure; path=/; domain=localhost", "cookie_prefix"},
    {NULL, 0, "https://h.test/", "__Host-a=1; secure; path=/", "none"},
    {NULL, 0, "https://h.test/", NULL, "__Secure-a=1; __Host-a=1"},
    {"what is no cookie", 0, "https://h.test/", "", "cookie"},
    {NULL, 0, "https://h.test/", "=v", "cookie"},
    {NULL, 0, "https://h.test/", "a=\x01", "control_byte"},
    {NULL, 0, "https://h.test/", NULL, ""},
    {"public suffixes", 0, "https://www.shop.example/", "a=1; domain=shop.example",
     "cookie_domain"},
    {NULL, 0, "https://shop.example/", "a=1; domain=shop.example", "none"},
    {NULL, 0, "https://shop.example/", NULL, "a=1"},
    {NULL, 0, "https://www.shop.example/", NULL, ""},
};

static bool is_public(void *context, struct native_http_span domain)
{
    (void)context;
    return native_http_span_is(domain, NATIVE_HTTP_SPAN("shop.example"));
}

/* Returns whether the URL is one. */
static bool origin_of(const char *text, char *room, size_t size,
                      struct native_http_cookie_origin *origin)
{
    struct native_http_url_options options = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_buffer buffer = {room, size, 0};
    struct native_http_fault fault;
    struct native_http_url url;

    if (native_http_url_parse(&options, text, strlen(text), &buffer, &url, &fault) !=
        NATIVE_HTTP_OK) {
        return false;
    }
    native_http_cookie_origin_of(origin, &url);
    return true;
}

static enum native_http_status set(struct native_http_cookies *cookies, const char *url,
                                   const char *value, int64_t now, struct native_http_fault *fault)
{
    struct native_http_cookie_origin origin;
    char room[512];
    struct guard guard = guard_new(strlen(value) + 1);
    struct native_http_span span = {(const char *)guard_place(&guard, value, strlen(value)),
                                    strlen(value)};
    enum native_http_status status;

    *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_NONE, 0};
    check(origin_of(url, room, sizeof(room), &origin), "%s is no URL", url);
    status = native_http_cookies_take(cookies, span, &origin, now, fault);
    munmap(guard.start, guard.room + (size_t)sysconf(_SC_PAGESIZE));
    return status;
}

/* Returns the field of a request as a string. */
static const char *get(struct native_http_cookies *cookies, const char *url, int64_t now)
{
    static char text[65536];
    struct native_http_buffer out = {text, sizeof(text) - 1, 0};
    struct native_http_cookie_origin origin;
    char room[512];

    if (!origin_of(url, room, sizeof(room), &origin)) {
        return NULL;
    }
    native_http_cookies_put(cookies, &origin, now, &out);
    text[out.len] = '\0';
    return text;
}

static void stories(void)
{
    struct native_http_cookies *cookies = NULL;
    struct native_http_fault fault;

    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        const struct step *step = &steps[i];

        if (step->story) {
            native_http_cookies_free(cookies);
            cookies = native_http_cookies_new();
            native_http_cookies_limits(cookies)->is_public = is_public;
        }
        if (step->set) {
            set(cookies, step->url, step->set, NOW + step->now, &fault);
            check(!strcmp(native_http_fault_name(fault.reason), step->want), "step %zu: %s: %s", i,
                  step->set, native_http_fault_name(fault.reason));
        } else {
            const char *got = get(cookies, step->url, NOW + step->now);

            check(got ? step->want && !strcmp(got, step->want) : !step->want,
                  "step %zu: %s: \"%s\"", i, step->url, got ? got : "(no URL)");
        }
        if (i + 1 == sizeof(steps) / sizeof(steps[0]) || steps[i + 1].story) {
            size_t at = i;

            while (!steps[at].story) {
                at--;
            }
            end_test("%s", steps[at].story);
        }
    }
    native_http_cookies_free(cookies);
}

/* ---- limits ---- */

static void limits(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookies_limits *limits = native_http_cookies_limits(cookies);
    struct native_http_fault fault;
    char text[200];

    limits->per_domain = 3;
    set(cookies, "http://h.test/", "a=1", NOW, &fault);
    set(cookies, "http://h.test/", "b=2; path=/b", NOW, &fault);
    set(cookies, "http://h.test/", "c=3", NOW, &fault);
    get(cookies, "http://h.test/", NOW); /* a and c were used now, b was not */
    set(cookies, "http://h.test/", "d=4", NOW, &fault);
    ok(!strcmp(get(cookies, "http://h.test/b", NOW), "a=1; c=3; d=4") &&
           native_http_cookies_counts(cookies)->evicted == 1,
       "of a domain with too many the one goes that was used longest ago");

    limits->per_domain = 180;
    limits->count = 4;
    set(cookies, "http://other.test/", "x=1", NOW, &fault);
    set(cookies, "http://third.test/", "y=1", NOW, &fault);
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "c=3; d=4") &&
           native_http_cookies_count(cookies) == 4,
       "of all, likewise");

    set(cookies, "http://h.test/", "c=3; max-age=5", NOW, &fault);
    set(cookies, "http://h.test/", "new=1", NOW + 100, &fault);
    check(native_http_cookies_count(cookies) == 4, "%zu are there",
          native_http_cookies_count(cookies));
    ok(!strcmp(get(cookies, "http://h.test/", NOW + 100), "d=4; new=1") &&
           !strcmp(get(cookies, "http://other.test/", NOW + 100), "x=1") &&
           native_http_cookies_counts(cookies)->expired == 1,
       "those that have expired go first");

    limits->bytes = 40;
    memset(text, 'v', sizeof(text));
    memcpy(text, "z=", 2);
    text[41] = '\0';
    check(set(cookies, "http://h.test/", text, NOW, &fault) == NATIVE_HTTP_TOO_LARGE, "taken");
    text[20] = '\0';
    check(set(cookies, "http://h.test/", text, NOW, &fault) == NATIVE_HTTP_OK, "not taken");
    ok(native_http_cookies_count(cookies) < 4 &&
           strstr(get(cookies, "http://h.test/", NOW), text) != NULL,
       "bytes are counted, too, and one that can never fit is refused");

    limits->bytes = 1 << 20;
    limits->per_domain = 0;
    set(cookies, "http://h.test/", "only=1", NOW, &fault);
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "only=1"), "the newest one always stays");
    native_http_cookies_free(cookies);
}

static void sent(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_cookies_limits *limits = native_http_cookies_limits(cookies);
    struct native_http_fault fault;
    struct native_http_cookie_origin origin;
    struct native_http_buffer count = {NULL, 0, 0};
    char room[100];

    set(cookies, "http://h.test/", "a=1", NOW, &fault);
    set(cookies, "http://h.test/", "b=22", NOW, &fault);
    set(cookies, "http://h.test/", "c=3", NOW, &fault);
    limits->sent_count = 2;
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "a=1; b=22"), "so many go into a request");
    limits->sent_count = 150;
    limits->sent_bytes = 9;
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "a=1; b=22"), "so many bytes");
    limits->sent_bytes = 8;
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "a=1"), "and not one more");
    limits->sent_bytes = 8190;
    origin_of("http://h.test/", room, sizeof(room), &origin);
    ok(native_http_cookies_put(cookies, &origin, NOW, &count) == 3 && count.len == 14,
       "what does not fit in the buffer is counted");
    native_http_cookies_free(cookies);
}

static void slashes(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    const struct native_http_cookie *cookie;
    struct native_http_fault fault;

    native_http_cookies_limits(cookies)->slash_alike = true;
    set(cookies, "http://h.test/a/b", "a=1", NOW, &fault);
    set(cookies, "http://h.test/a/b", "b=1; path=/a/b/", NOW, &fault);
    cookie = native_http_cookies_next(cookies, NULL);
    check(cookie && native_http_span_is(cookie->path, NATIVE_HTTP_SPAN("/a/")), "the path is /a/");
    check(!strcmp(get(cookies, "http://h.test/a", NOW), "a=1"), "to /a");
    check(!strcmp(get(cookies, "http://h.test/ab", NOW), ""), "to /ab");
    check(!strcmp(get(cookies, "http://h.test/a/b", NOW), "b=1; a=1"), "to /a/b");
    set(cookies, "http://h.test/", "a=2; path=/a", NOW, &fault);
    check(!strcmp(get(cookies, "http://h.test/a", NOW), "a=2"), "replaced");
    set(cookies, "http://h.test/", "root=1", NOW, &fault);
    cookie = native_http_cookies_previous(cookies, NULL);
    ok(cookie && native_http_span_is(cookie->path, NATIVE_HTTP_SPAN("/")),
       "where a slash at a path's end means nothing");
    native_http_cookies_free(cookies);
}

static void dropping(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    const struct native_http_cookie *cookie = NULL;
    struct native_http_fault fault;
    char names[16] = "";

    set(cookies, "http://h.test/", "a=1; max-age=10", NOW, &fault);
    set(cookies, "http://g.test/", "b=1", NOW, &fault);
    set(cookies, "http://h.test/", "c=1; max-age=20", NOW, &fault);
    set(cookies, "http://f.test/", "b=2", NOW, &fault);
    set(cookies, "http://g.test/", "b=again", NOW, &fault); /* in its old place */
    while ((cookie = native_http_cookies_next(cookies, cookie))) {
        strncat(names, cookie->name.at, cookie->name.len);
    }
    ok(!strcmp(names, "abcb"), "they are gone through as they were made");
    native_http_cookies_drop_expired(cookies, NOW + 10);
    ok(native_http_cookies_count(cookies) == 3 &&
           !strcmp(get(cookies, "http://h.test/", NOW), "c=1"),
       "the expired are dropped");
    native_http_cookies_drop_session(cookies);
    ok(native_http_cookies_count(cookies) == 1, "those of the session are dropped");
    native_http_cookies_clear(cookies);
    ok(native_http_cookies_count(cookies) == 0 && !native_http_cookies_next(cookies, NULL) &&
           !*get(cookies, "http://h.test/", NOW),
       "all are dropped");
    set(cookies, "http://h.test/", "again=1", NOW, &fault);
    ok(!strcmp(get(cookies, "http://h.test/", NOW), "again=1"), "and it goes on");
    native_http_cookies_free(cookies);
    native_http_cookies_free(NULL);
}

static void adding(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_fault fault;
    struct native_http_cookie cookie = {.name = NATIVE_HTTP_SPAN("a"),
                                        .value = NATIVE_HTTP_SPAN("1"),
                                        .domain = NATIVE_HTTP_SPAN(".H.Test"),
                                        .path = NATIVE_HTTP_SPAN("/"),
                                        .expires = NATIVE_HTTP_COOKIE_SESSION};
    const struct native_http_cookie *kept;

    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_OK, "not taken");
    kept = native_http_cookies_next(cookies, NULL);
    ok(!strcmp(get(cookies, "http://w.h.test/", NOW), "a=1") &&
           native_http_span_is(kept->domain, NATIVE_HTTP_SPAN("h.test")),
       "one is added whose domain is told");
    check(native_http_cookies_add(cookies, kept, NOW, &fault) == NATIVE_HTTP_OK, "not taken");
    ok(native_http_cookies_count(cookies) == 1, "one of the store itself may be added to it");
    cookie.domain = NATIVE_HTTP_SPAN("test");
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_OK, "not taken");
    ok(!*get(cookies, "http://other.test/", NOW) && *get(cookies, "http://test/", NOW),
       "a single label stands for itself only");
    native_http_cookies_drop_session(cookies);
    cookie.domain = NATIVE_HTTP_SPAN(".H.Test");
    native_http_cookies_add(cookies, &cookie, NOW, &fault);
    cookie.name.len = 0;
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_MALFORMED, "taken");
    cookie.name.len = 1;
    cookie.domain = NATIVE_HTTP_SPAN(".");
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_MALFORMED, "taken");
    cookie.domain = NATIVE_HTTP_SPAN("h.test");
    cookie.path = NATIVE_HTTP_SPAN("x");
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_MALFORMED, "taken");
    cookie.path = NATIVE_HTTP_SPAN("/\t");
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_MALFORMED, "taken");
    native_http_cookies_limits(cookies)->cookie.pair = 1;
    cookie.path = NATIVE_HTTP_SPAN("/");
    check(native_http_cookies_add(cookies, &cookie, NOW, &fault) == NATIVE_HTTP_TOO_LARGE, "taken");
    ok(native_http_cookies_count(cookies) == 1 && native_http_cookies_counts(cookies)->refused == 5,
       "without name, domain or path, and over the limit, none is");
    native_http_cookies_free(cookies);
}

/* ---- against a model ---- */

enum { MODEL = 4000, LABELS = 5, NAMES = 6, PATHS = 4 };

struct model {
    char name[8], value[16], domain[64], path[16];
    bool host_only, there;
};

static const char *const label[LABELS] = {"a", "b", "example", "co", "uk"};
static const char *const path[PATHS] = {"/", "/p", "/p/q", "/pq"};

static void random_host(uint64_t *seed, char *host)
{
    unsigned labels = 2 + next_random(seed) % 3;

    *host = '\0';
    for (unsigned i = 0; i < labels; i++) {
        strcat(strcat(host, i ? "." : ""), label[next_random(seed) % LABELS]);
    }
}

static bool model_matches(const struct model *one, const char *host, const char *at)
{
    size_t domain = strlen(one->domain), len = strlen(host), head = strlen(one->path);
    bool same = !strcmp(one->domain, host);
    bool below =
        len > domain && host[len - domain - 1] == '.' && !strcmp(host + len - domain, one->domain);
    bool under = !strncmp(at, one->path, head) &&
                 (at[head] == '\0' || at[head] == '/' || one->path[head - 1] == '/');

    return one->there && (same || (!one->host_only && below)) && under;
}

/* The order is that of a plain search: longest path, longest domain, oldest. */
static void model_get(const struct model *all, size_t count, const char *host, const char *at,
                      char *text)
{
    static bool done[MODEL];

    memset(done, 0, sizeof(done));
    *text = '\0';
    for (;;) {
        const struct model *best = NULL;

        for (size_t i = 0; i < count; i++) {
            const struct model *one = &all[i];

            if (done[i] || !model_matches(one, host, at)) {
                continue;
            }
            if (!best || strlen(one->path) > strlen(best->path) ||
                (strlen(one->path) == strlen(best->path) &&
                 strlen(one->domain) > strlen(best->domain))) {
                best = one;
            }
        }
        if (!best) {
            return;
        }
        done[best - all] = true;
        sprintf(text + strlen(text), "%s%s=%s", *text ? "; " : "", best->name, best->value);
    }
}

static void against_model(void)
{
    static struct model all[MODEL];
    static char want[65536];
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_fault fault;
    uint64_t seed = 7;
    size_t count = 0;
    int rounds = under_valgrind() ? 500 : 3900;

    native_http_cookies_limits(cookies)->sent_count = 1000;
    native_http_cookies_limits(cookies)->is_public = NULL;
    for (int i = 0; i < rounds; i++) {
        struct model *one = &all[count];
        char host[64], url[100], text[200];
        bool deletes = next_random(&seed) % 5 == 0;
        size_t at = 0;

        random_host(&seed, host);
        sprintf(url, "http://%s/", host);
        one->host_only = next_random(&seed) % 2;
        sprintf(one->name, "n%u", next_random(&seed) % NAMES);
        sprintf(one->value, "%d", i);
        strcpy(one->domain, host);
        strcpy(one->path, path[next_random(&seed) % PATHS]);
        one->there = !deletes;
        sprintf(text, "%s=%s; path=%s%s%s%s", one->name, one->value, one->path,
                one->host_only ? "" : "; domain=", one->host_only ? "" : host,
                deletes ? "; max-age=-1" : "");
        set(cookies, url, text, NOW, &fault);
        check(fault.reason == NATIVE_HTTP_FAULT_NONE, "%s from %s: %s", text, url,
              native_http_fault_name(fault.reason));
        while (at < count &&
               !(all[at].there && !strcmp(all[at].name, one->name) &&
                 !strcmp(all[at].domain, one->domain) && !strcmp(all[at].path, one->path) &&
                 all[at].host_only == one->host_only)) {
            at++;
        }
        if (at < count) {
            all[at] = *one;
        } else if (!deletes) {
            count++;
        }
        if (i % 7 == 0) {
            const char *under = path[next_random(&seed) % PATHS];

            random_host(&seed, host);
            sprintf(url, "http://%s%s", host, under);
            model_get(all, count, host, under, want);
            if (!check(!strcmp(get(cookies, url, NOW), want), "round %d, %s: %s, not %s", i, url,
                       get(cookies, url, NOW), want)) {
                break;
            }
        }
    }
    end_test("%d random steps, as a plain list does it (%zu cookies)", rounds,
             native_http_cookies_count(cookies));
    native_http_cookies_free(cookies);
}

/* Many sites: what one request needs costs no more for it, and the limit holds. */
static void many(void)
{
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_fault fault;
    char url[64], text[64];
    int count = under_valgrind() ? 200 : 10000;

    for (int i = 0; i < count; i++) {
        sprintf(url, "http://www.site%d.test/", i);
        sprintf(text, "id=%d; domain=site%d.test", i, i);
        set(cookies, url, text, NOW, &fault);
    }
    sprintf(text, "id=%d", count - 1);
    ok(native_http_cookies_count(cookies) == (size_t)(count < 3000 ? count : 3000) &&
           !strcmp(get(cookies, url, NOW), text),
       "%d sites, the last 3,000 are kept", count);
    native_http_cookies_free(cookies);
}

int main(void)
{
    stories();
    limits();
    sent();
    slashes();
    dropping();
    adding();
    against_model();
    many();
    return done();
}
