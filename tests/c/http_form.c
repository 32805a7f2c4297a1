/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_form.c - pairs of application/x-www-form-urlencoded, there and back. */
#include "http/wire/escape.h"
#include "http/wire/form.h"
#include "support/http_writer.h"

struct pair {
    const char *name, *value;
};

static void test_put(void)
{
    static const struct pair pairs[] = {
        {"name", "J\xc3\xb6rg M\xc3\xbcller"}, {"", ""}, {"a&b=c", "1+1=2"}, {"x", "\r\n%"}};

    WRITES_TEXT("name=J%C3%B6rg+M%C3%BCller&=&a%26b%3Dc=1%2B1%3D2&x=%0D%0A%25",
                for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) native_http_form_put(
                    out, i == 0, guarded_text(0, pairs[i].name), guarded_text(1, pairs[i].value)));
    end_test("pairs are written");
}

static const struct {
    const char *form;
    struct pair pairs[4]; /* up to the first without a name; values still encoded */
} forms[] = {
    {"", {{NULL, NULL}}},
    {"&&&", {{NULL, NULL}}},
    {"a=1", {{"a", "1"}}},
    {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
    {"a=1&&b=2&", {{"a", "1"}, {"b", "2"}}},
    {"a", {{"a", NULL}}},
    {"a=", {{"a", ""}}},
    {"=1", {{"", "1"}}},
    {"=", {{"", ""}}},
    {"a=b=c&d=%26", {{"a", "b=c"}, {"d", "%26"}}},
};

static void test_next(void)
{
    for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
        struct native_http_span rest = guarded_text(0, forms[i].form), name, value;
        size_t n = 0;

        for (; native_http_form_next(&rest, &name, &value) && n < 4; n++) {
            check(forms[i].pairs[n].name && span_is(name, forms[i].pairs[n].name) &&
                      span_is(value, forms[i].pairs[n].value),
                  "%s: %s, %s", forms[i].form, shown_span(name), shown_span(value));
        }
        check(n == 4 || !forms[i].pairs[n].name, "%s: only %zu pairs", forms[i].form, n);
    }
    end_test("pairs are read");
}

int main(void)
{
    test_put();
    test_next();
    return done();
}
