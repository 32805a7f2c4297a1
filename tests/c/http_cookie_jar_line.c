/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_cookie_jar_line.c - lines of Netscape jar files: what curl and wget write is read, and what
 * is written is read back the same. */
#include "http/wire/cookie_jar_line.h"
#include "support/http_writer.h"

enum { HOST_ONLY = 1, SECURE = 2, HTTP_ONLY = 4 };

#define SESSION NATIVE_HTTP_COOKIE_SESSION

static const struct {
    const char *line, *domain, *path, *name, *value;
    unsigned flags;
    int64_t expires;
    const char *again; /* how it is written; NULL: as it was read */
} lines[] = {
    {".example.org\tTRUE\t/\tFALSE\t0\ta\t1\n", "example.org", "/", "a", "1", 0, SESSION, NULL},
    {"#HttpOnly_h.org\tFALSE\t/a\tTRUE\t1700000000\tb\t2\n", "h.org", "/a", "b", "2",
     HOST_ONLY | SECURE | HTTP_ONLY, 1700000000, NULL},
    {"#HttpOnly_.h.org\tTRUE\t/\tFALSE\t1\tb\tx y;z=\"\n", "h.org", "/", "b", "x y;z=\"", HTTP_ONLY,
     1, NULL},
    {"h.org\tFALSE\t/\tFALSE\t0\tc\t\n", "h.org", "/", "c", "", HOST_ONLY, SESSION, NULL},
    {"h.org\tFALSE\t/\tFALSE\t0\td\r\n", "h.org", "/", "d", "", HOST_ONLY, SESSION,
     "h.org\tFALSE\t/\tFALSE\t0\td\t\n"},
    {"2001:db8::1\tFALSE\t/\tFALSE\t0\te\t5\n", "2001:db8::1", "/", "e", "5", HOST_ONLY, SESSION,
     NULL},
    {"fe80::1%eth0\tFALSE\t/\tFALSE\t0\te\t5\n", "fe80::1%eth0", "/", "e", "5", HOST_ONLY, SESSION,
     NULL},
    {"h.org\tFALSE\tFALSE\t0\te\t5", "h.org", "/", "e", "5", HOST_ONLY, SESSION,
     "h.org\tFALSE\t/\tFALSE\t0\te\t5\n"},
    {"h.org\t\tfalse\t/\ttrue\t0\tf\t6", "h.org", "/", "f", "6", HOST_ONLY | SECURE, SESSION,
     "h.org\tFALSE\t/\tTRUE\t0\tf\t6\n"},
    {"h.org\tTRUE\t/\tFALSE\t1700000000.25\tg\t7", "h.org", "/", "g", "7", 0, 1700000000,
     ".h.org\tTRUE\t/\tFALSE\t1700000000\tg\t7\n"},
    {"h.org\tTRUE\trel\tFALSE\t0\th\t8", "h.org", "/", "h", "8", 0, SESSION,
     ".h.org\tTRUE\t/\tFALSE\t0\th\t8\n"},
    {"h.org\tFALSE\t/\tFALSE\t9223372036854775809\ti\t9\n", "h.org", "/", "i", "9", HOST_ONLY,
     INT64_MAX - 1, "h.org\tFALSE\t/\tFALSE\t9223372036854775806\ti\t9\n"},
    {"h.org\tFALSE\t/\tFALSE\t99999999999999999999\ti\t9\n", "h.org", "/", "i", "9", HOST_ONLY,
     INT64_MAX - 1, "h.org\tFALSE\t/\tFALSE\t9223372036854775806\ti\t9\n"},
};

static void test_lines(void)
{
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        const char *again = lines[i].again ? lines[i].again : lines[i].line;
        struct native_http_cookie cookie;
        struct native_http_fault fault;

        if (!check(native_http_cookie_jar_line_read(guarded_text(0, lines[i].line), &cookie,
                                                    &fault) == NATIVE_HTTP_OK,
                   "line %zu is refused", i)) {
            continue;
        }
        check(span_is(cookie.domain, lines[i].domain) && span_is(cookie.path, lines[i].path) &&
                  span_is(cookie.name, lines[i].name) && span_is(cookie.value, lines[i].value),
              "line %zu: %s %s %s %s", i, shown_span(cookie.domain), shown_span(cookie.path),
              shown_span(cookie.name), shown_span(cookie.value));
        check(cookie.expires == lines[i].expires &&
                  cookie.host_only == !!(lines[i].flags & HOST_ONLY) &&
                  cookie.secure == !!(lines[i].flags & SECURE) &&
                  cookie.http_only == !!(lines[i].flags & HTTP_ONLY),
              "line %zu: expires %jd, %d %d %d", i, (intmax_t)cookie.expires, cookie.host_only,
              cookie.secure, cookie.http_only);
        WRITES_TEXT(again,
                    check(native_http_cookie_jar_line_put(out, &cookie, &fault) == NATIVE_HTTP_OK,
                          "line %zu is not written", i));
    }
    end_test("lines that hold a cookie, read and written");
}

static const struct {
    const char *line;
    unsigned status, reason;
} others[] = {
    {"", NATIVE_HTTP_END, 0},
    {"\n", NATIVE_HTTP_END, 0},
    {"\r\n", NATIVE_HTTP_END, 0},
    {"# Netscape HTTP Cookie File\n", NATIVE_HTTP_END, 0},
    {"#\x01", NATIVE_HTTP_END, 0},
    {"#HttpOnly", NATIVE_HTTP_END, 0},
    {"#HttpOnly_", NATIVE_HTTP_END, 0},
    {"h.org", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"\t\t\t", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org FALSE / FALSE 0 a b", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\t/\tFALSE\t0", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\t/\tFALSE\t0\ta\tb\tc", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\tTRUE\t0\ta\tb\tc", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\t/\tFALSE\tabc\ta\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\t/\tFALSE\t-1\ta\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {".\tFALSE\t/\tFALSE\t0\ta\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"..h\tFALSE\t/\tFALSE\t0\ta\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {".set-cookie:a=b\tFALSE\t/\tFALSE\t0\ta\tb", NATIVE_HTTP_MALFORMED,
     NATIVE_HTTP_FAULT_JAR_LINE},
    {"#HttpOnly_#h\tFALSE\t/\tFALSE\t0\ta\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_JAR_LINE},
    {"h.org\tFALSE\t/\tFALSE\t0\ta\rx\tb", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {"h.org\tFALSE\t/\tFALSE\t0\ta\tb\nh", NATIVE_HTTP_MALFORMED, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {"h.org\tFALSE\t/\tFALSE\t0\t__Secure-a\tb", NATIVE_HTTP_MALFORMED,
     NATIVE_HTTP_FAULT_COOKIE_PREFIX},
};

static void test_others(void)
{
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_cookie cookie;

        check(native_http_cookie_jar_line_read(guarded_text(0, others[i].line), &cookie, &fault) ==
                      (enum native_http_status)others[i].status &&
                  fault.reason == others[i].reason,
              "%s: %s", shown_text(others[i].line), native_http_fault_name(fault.reason));
    }
    end_test("comments, and lines that hold none");
}

static void test_not_written(void)
{
    const struct native_http_cookie good = {.name = NATIVE_HTTP_SPAN("a"),
                                            .value = NATIVE_HTTP_SPAN("b"),
                                            .domain = NATIVE_HTTP_SPAN("h.org"),
                                            .path = NATIVE_HTTP_SPAN("/"),
                                            .expires = -5};
    struct native_http_span bad[] = {NATIVE_HTTP_SPAN("\tx"), NATIVE_HTTP_SPAN("x\n"),
                                     NATIVE_HTTP_SPAN("x\0y"), NATIVE_HTTP_SPAN("")};
    struct native_http_fault fault;

    for (unsigned part = 0; part < 4; part++) {
        for (unsigned i = 0; i < (part == 3 ? 3u : 4u); i++) { /* an empty value is fine */
            struct native_http_cookie cookie = good;
            struct native_http_span *parts[] = {&cookie.domain, &cookie.path, &cookie.name,
                                                &cookie.value};
            struct native_http_buffer out = room_of(100);

            *parts[part] = bad[i];
            check(native_http_cookie_jar_line_put(&out, &cookie, &fault) == NATIVE_HTTP_MALFORMED &&
                      out.len == 0,
                  "part %u, text %u", part, i);
        }
    }
    end_test("what would not come back is not written");
    WRITES_TEXT(".h.org\tTRUE\t/\tFALSE\t1\ta\tb\n",
                native_http_cookie_jar_line_put(out, &good, &fault));
    end_test("a time before 1970 is over, not the session's end");
}

static void test_head(void)
{
    struct native_http_buffer out = room_of(1000);
    struct native_http_fault fault;
    unsigned lines_seen = 0;

    native_http_cookie_jar_head_put(&out);
    for (size_t at = 0; at < out.len; lines_seen++) {
        const char *end = memchr(out.at + at, '\n', out.len - at);
        struct native_http_cookie cookie;
        size_t len = end ? (size_t)(end - out.at) + 1 - at : 0;

        if (!check(end != NULL &&
                       native_http_cookie_jar_line_read((struct native_http_span){out.at + at, len},
                                                        &cookie, &fault) == NATIVE_HTTP_END,
                   "line %u", lines_seen)) {
            break;
        }
        at += len;
    }
    check(memcmp(out.at, "# Netscape HTTP Cookie File\n", 28) == 0, "the line that tools look for");
    ok(lines_seen == 4, "four lines of head, none a cookie");
}

int main(void)
{
    test_lines();
    test_others();
    test_not_written();
    test_head();
    return done();
}
