/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_names.c - international host names and public suffixes, by libidn2 and libpsl, where the system has them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/wait.h>

#include "../../http/cookies.h"
#include "../../http/idn.h"
#include "../../http/suffix.h"
#include "harness.h"
#include "support/no_memory.h"

static void test_names(void)
{
    static const struct {
        const char *name, *ascii; /* NULL: cannot be */
    } cases[] = {
        {"b\xc3\xbc"
         "cher.example",
         "xn--bcher-kva.example"},
        {"\xc3\x9c"
         "BER.Example",
         "xn--ber-goa.example"},
        {"bu\xcc\x88"
         "cher.example",
         "xn--bcher-kva.example"},                    /* a diaeresis of its own */
        {"fa\xc3\x9f.example", "xn--fa-hia.example"}, /* not "fass", as IDNA 2003 had it */
        {"a\xe3\x80\x82"
         "b.example",
         "a.b.example"}, /* an ideographic full stop */
        {"example", "example"},
        {"b\xfc"
         "cher.example",
         NULL}, /* not UTF-8 */
        {"-\xc3\xbc.example", NULL},
        /* What would end the host in a URL: "/", "a/c", a blank, ":", "@", "%", "[", and nothing. */
        {"evil.test\xef\xbc\x8f.example", NULL},
        {"evil.test\xe2\x84\x80.example", NULL},
        {"a\xe3\x80\x80"
         "b.example",
         NULL},
        {"a\xc2\xa0"
         "b.example",
         NULL},
        {"a\xef\xbc\x9a"
         "80",
         NULL},
        {"a\xef\xbc\xa0"
         "b.example",
         NULL},
        {"a\xef\xbc\x85"
         "2e.example",
         NULL},
        {"\xef\xbc\xbb.example", NULL},
        {"\xc2\xad", NULL},
        /* Addresses of full-width digits. */
        {"\xef\xbc\x91"
         "27.0.0.1",
         NULL},
        {"\xef\xbc\x90x7f.", NULL},
        {"\xef\xbc\x91"
         "27.1.example",
         "127.1.example"},
    };
    char text[512], out_text[512];
    struct native_http_buffer out = {NULL, 0, 0};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        enum native_http_status status;
        snprintf(text, sizeof(text), "%s", cases[i].name);
        out.len = 0;
        status = native_http_idn_put((struct native_http_span){text, strlen(text)}, &out);
        check(status == (cases[i].ascii ? NATIVE_HTTP_OK : NATIVE_HTTP_MALFORMED), "%s: %d", text,
              (int)status);
        snprintf(out_text, sizeof(out_text), "%.*s", (int)out.len, out.at ? out.at : "");
        check(strcmp(out_text, cases[i].ascii ? cases[i].ascii : "") == 0, "%s is %s", text,
              out_text);
    }
    memset(text, 'a', 300);
    memcpy(text, "\xc3\xbc", 2);
    check(native_http_idn_put((struct native_http_span){text, 300}, &out) == NATIVE_HTTP_MALFORMED,
          "a label of 300 bytes");
    check(native_http_idn_put(NATIVE_HTTP_SPAN("b\xc3\xbc.test\0.example"), &out) ==
              NATIVE_HTTP_MALFORMED,
          "a name that goes on behind a NUL");
    native_http_text_free(&out, false);
    end_test("international names");
}

static void test_suffixes(void)
{
    static const struct {
        const char *domain;
        bool is_public;
    } cases[] = {{"com", true},          {"co.uk", true},          {"example.co.uk", false},
                 {"github.io", true},    {"www.ck", false},        {"other.ck", true},
                 {"example.com", false}, {"a.test", false},        {"CO.UK", true},
                 {"co.uk.", true},       {"Example.co.uk.", false}};
    struct native_http_cookies *cookies = native_http_cookies_new();
    struct native_http_fault fault;
    struct native_http_cookie_origin origin = {.host = NATIVE_HTTP_SPAN("shop.example.co.uk"),
                                               .path = NATIVE_HTTP_SPAN("/")};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct native_http_span domain = {cases[i].domain, strlen(cases[i].domain)};
        check(native_http_suffix_is_public(NULL, domain) == cases[i].is_public, "%s",
              cases[i].domain);
    }
    check(native_http_cookies_take(cookies, NATIVE_HTTP_SPAN("a=b; Domain=co.uk"), &origin, 0,
                                   &fault) == NATIVE_HTTP_MALFORMED &&
              fault.reason == NATIVE_HTTP_FAULT_COOKIE_DOMAIN,
          "a cookie for all of co.uk is refused");
    check(native_http_cookies_take(cookies, NATIVE_HTTP_SPAN("a=b; Domain=Co.UK"), &origin, 0,
                                   &fault) == NATIVE_HTTP_MALFORMED,
          "in capitals, too");
    check(native_http_cookies_take(cookies, NATIVE_HTTP_SPAN("a=b; Domain=example.co.uk"), &origin,
                                   0, &fault) == NATIVE_HTTP_OK,
          "one for a domain below it is taken");
    native_http_cookies_free(cookies);
    end_test("public suffixes");
}

#define NAME "fa\xc3\x9f.example" /* another one without IDNA 2008 */

/* Convert a name. Returns whether it is right. */
static bool convert(enum native_http_status *status)
{
    struct native_http_buffer out = {NULL, 0, 0};
    bool good;

    *status = native_http_idn_put(NATIVE_HTTP_SPAN(NAME), &out);
    good = native_http_span_is(native_http_text_span(&out), NATIVE_HTTP_SPAN("xn--fa-hia.example"));
    native_http_text_free(&out, false);
    return good;
}

/* ---- memory ---- */

/* Returns 0: it failed as it should, and not afterwards; 2: nothing failed; else it went wrong. */
static int fail_in_look(int n, bool names)
{
    enum native_http_status status = NATIVE_HTTP_OK;
    struct native_http_span domain = NATIVE_HTTP_SPAN("co.uk");
    bool good;

    failures = 0;
    countdown = n;
    good = names ? convert(&status) : native_http_suffix_is_public(NULL, domain);
    countdown = 0;
    if (!good && !(names && failures > 0 && status == NATIVE_HTTP_NO_SPACE))
        return 3;
    good = names ? convert(&status) && native_http_idn_version()
                 : native_http_suffix_is_public(NULL, domain) && native_http_suffix_version();
    return !good ? 4 : failures > 0 ? 0 : 2;
}

static int test_first(bool names)
{
    int n = 0, result = 0;

    while (n < 1000 && result == 0) {
        pid_t child = fork();

        n++;
        if (child == 0)
            _exit(fail_in_look(n, names));
        if (waitpid(child, &result, 0) != child)
            result = -1;
    }
    check(WIFEXITED(result) && WEXITSTATUS(result) == 2, "allocation %d of %s: %x", n,
          names ? "names" : "suffixes", (unsigned)result);
    return n - 1;
}

static void test_memory(bool names, bool suffixes)
{
    int first, n;

    if (!malloc_can_fail()) {
        printf("ok %d - memory # SKIP cannot be made to fail here\n", ++tap_tests);
        return;
    }
    first = (names ? test_first(true) : 0) + (suffixes ? test_first(false) : 0);
    end_test("each of %d allocations fails once where the libraries are looked for", first);
    (void)native_http_idn_version();
    (void)native_http_suffix_version();
    for (n = 1, failures = names; failures > 0 && n < 200; n++) {
        enum native_http_status status;
        bool good;

        failures = 0;
        countdown = n;
        good = convert(&status);
        countdown = 0;
        /* libidn2 gets along without some of them */
        check(good ? status == NATIVE_HTTP_OK : failures > 0 && status == NATIVE_HTTP_NO_SPACE,
              "allocation %d: %d", n, (int)status);
    }
    for (n = 1, failures = suffixes; failures > 0 && n < 200; n++) {
        bool is_public;

        failures = 0;
        countdown = n;
        is_public = native_http_suffix_is_public(NULL, NATIVE_HTTP_SPAN("example.co.uk"));
        countdown = 0;
        check(is_public == (failures > 0), "a suffix, allocation %d", n);
    }
    end_test("and where they are used");
}

/* Whether a library is there, without looking for it in this process. */
static bool has(const char *(*version)(void))
{
    int result = 0;
    pid_t child = fork();

    if (child == 0)
        _exit(version() ? 1 : 0);
    return waitpid(child, &result, 0) == child && WIFEXITED(result) && WEXITSTATUS(result) == 1;
}

int main(void)
{
    bool names = has(native_http_idn_version), suffixes = has(native_http_suffix_version);

    test_memory(names, suffixes);
    if (names)
        test_names();
    else
        printf("ok %d - names # SKIP there is no libidn2\n", ++tap_tests);
    if (suffixes)
        test_suffixes();
    else
        printf("ok %d - names # SKIP there is no libpsl\n", ++tap_tests);
    return done();
}
