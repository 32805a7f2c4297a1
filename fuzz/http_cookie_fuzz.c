/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_cookie_fuzz.c - the input is a Set-Cookie field and a line of a jar at once. What is read
 * lies inside the input; what is accepted goes back to who set it, and survives a jar; a jar's
 * line, once written, is read back the same. */
#include <stdlib.h>

#include "http/wire/cookie_jar_line.h"
#include "require.h"

enum { NOW = 1700000000 };

static bool inside(struct native_http_span span, struct native_http_span all)
{
    return !span.at || (span.at >= all.at && span.at + span.len <= all.at + all.len);
}

/* A line written from a cookie is that cookie. */
static void check_line(const struct native_http_cookie *cookie)
{
    struct native_http_buffer count = {NULL, 0, 0}, out = {NULL, 0, 0};
    struct native_http_cookie again;
    struct native_http_fault fault;

    if (native_http_cookie_jar_line_put(&count, cookie, &fault) != NATIVE_HTTP_OK) {
        REQUIRE(count.len == 0);
        return;
    }
    out.at = malloc(count.len);
    out.size = count.len;
    REQUIRE(native_http_cookie_jar_line_put(&out, cookie, &fault) == NATIVE_HTTP_OK);
    REQUIRE(out.len == count.len && memchr(out.at, '\n', out.len) == out.at + out.len - 1);
    REQUIRE(native_http_cookie_jar_line_read((struct native_http_span){out.at, out.len}, &again,
                                             &fault) == NATIVE_HTTP_OK);
    REQUIRE(native_http_cookie_is_same(cookie, &again));
    REQUIRE(native_http_span_is(cookie->value, again.value));
    REQUIRE(again.expires == cookie->expires || (cookie->expires < 1 && again.expires == 1));
    REQUIRE(again.secure == cookie->secure && again.http_only == cookie->http_only);
    free(out.at);
}

static void check_field(struct native_http_span text, bool secure)
{
    static const struct native_http_cookie_limits limits = NATIVE_HTTP_COOKIE_LIMITS_INIT;
    struct native_http_cookie_origin origin = {NATIVE_HTTP_SPAN("www.example.org"), false,
                                               NATIVE_HTTP_SPAN("/a/b/c"), secure, true};
    struct native_http_cookie cookie;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};

    if (native_http_cookie_read(text, NOW, &limits, &cookie, &fault) != NATIVE_HTTP_OK) {
        REQUIRE(fault.reason != NATIVE_HTTP_FAULT_NONE && fault.offset <= text.len);
        return;
    }
    REQUIRE(inside(cookie.name, text) && inside(cookie.value, text) &&
            inside(cookie.domain, text) && inside(cookie.path, text));
    REQUIRE(cookie.name.len > 0 && cookie.name.len + cookie.value.len <= limits.pair);
    if (native_http_cookie_accept(&cookie, &origin, NULL, NULL, &fault) != NATIVE_HTTP_OK) {
        return;
    }
    REQUIRE(!cookie.secure || secure);
    REQUIRE(native_http_cookie_domain_match(cookie.domain, origin.host, false));
    REQUIRE(native_http_cookie_prefix_holds(&cookie));
    origin.path = cookie.path; /* whatever it asks for: to there it goes */
    REQUIRE(native_http_cookie_matches(&cookie, &origin, NOW) == (cookie.expires > NOW));
    origin.host = NATIVE_HTTP_SPAN("evil.test");
    REQUIRE(!native_http_cookie_matches(&cookie, &origin, NOW));
    {
        struct native_http_buffer count = {NULL, 0, 0};

        REQUIRE(native_http_cookie_jar_line_put(&count, &cookie, &fault) == NATIVE_HTTP_OK);
    }
    check_line(&cookie);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *exact = malloc(size + !size); /* so that ASan sees the first byte too many */
    struct native_http_span text = {exact, size};
    struct native_http_cookie cookie;
    struct native_http_fault fault;

    if (size) {
        memcpy(exact, data, size);
    }
    check_field(text, false);
    check_field(text, true);
    if (native_http_cookie_jar_line_read(text, &cookie, &fault) == NATIVE_HTTP_OK) {
        struct native_http_buffer count = {NULL, 0, 0};

        REQUIRE(cookie.name.len > 0 && cookie.domain.len > 0 && cookie.path.at[0] == '/');
        REQUIRE(native_http_cookie_jar_line_put(&count, &cookie, &fault) == NATIVE_HTTP_OK);
        check_line(&cookie);
    }
    free(exact);
    return 0;
}
