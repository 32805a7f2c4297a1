/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_names.c - international host names and public suffixes, by libidn2 and libpsl, where the system has them. */
#include "../../http/cookies.h"
#include "../../http/idn.h"
#include "../../http/suffix.h"
#include "harness.h"

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
    native_http_text_free(&out, false);
    end_test("international names");
}

static void test_suffixes(void)
{
    static const struct {
        const char *domain;
        bool is_public;
    } cases[] = {{"com", true},          {"co.uk", true},   {"example.co.uk", false},
                 {"github.io", true},    {"www.ck", false}, {"other.ck", true},
                 {"example.com", false}, {"a.test", false}};
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
    check(native_http_cookies_take(cookies, NATIVE_HTTP_SPAN("a=b; Domain=example.co.uk"), &origin,
                                   0, &fault) == NATIVE_HTTP_OK,
          "one for a domain below it is taken");
    native_http_cookies_free(cookies);
    end_test("public suffixes");
}

int main(void)
{
    if (native_http_idn_version())
        test_names();
    else
        printf("ok %d - names # SKIP there is no libidn2\n", ++tap_tests);
    if (native_http_suffix_version())
        test_suffixes();
    else
        printf("ok %d - names # SKIP there is no libpsl\n", ++tap_tests);
    return done();
}
