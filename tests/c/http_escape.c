/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_escape.c - percent-encoding and its undoing: each byte under each set, texts in
 * every room. */
#include "http/wire/escape.h"
#include "support/http_writer.h"

enum {
    ALL = NATIVE_HTTP_ESCAPE_ALL,
    PATH = NATIVE_HTTP_ESCAPE_PATH,
    QUERY = NATIVE_HTTP_ESCAPE_QUERY,
    URL = NATIVE_HTTP_ESCAPE_URL,
    FORM = NATIVE_HTTP_ESCAPE_FORM,
    PLUS = NATIVE_HTTP_UNESCAPE_PLUS,
    STRICT = NATIVE_HTTP_UNESCAPE_STRICT,
    NO_NUL = NATIVE_HTTP_UNESCAPE_NO_NUL,
    NO_CONTROL = NATIVE_HTTP_UNESCAPE_NO_CONTROL
};

#define ALNUM "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/* Written out from RFC 3986 (2.2, 2.3, 3.3, 3.4) and the URL standard. */
static const char *const kept[] = {
    [ALL] = ALNUM "-._~",
    [PATH] = ALNUM "-._~/:@!$&'()*+,;=",
    [QUERY] = ALNUM "-._~/:@!$&'()*+,;=?",
    [URL] = ALNUM "-._~/:@!$&'()*+,;=?%[]#",
    [FORM] = ALNUM "*-._",
};

static void test_sets(void)
{
    for (unsigned set = ALL; set <= FORM; set++) {
        for (unsigned byte = 0; byte < 256; byte++) {
            bool keeps = byte && strchr(kept[set], (int)byte);

            check(native_http_escape_keeps((enum native_http_escape_set)set, (unsigned char)byte) ==
                      keeps,
                  "set %u, byte %02x", set, byte);
        }
    }
    end_test("each byte under each set");
}

static const struct {
    unsigned set;
    const char *text, *escaped;
} escapes[] = {
    {ALL, "", ""},
    {ALL, "abc-._~XYZ019", "abc-._~XYZ019"},
    {ALL, "a b", "a%20b"},
    {ALL,
     "100% r\xc3\xa9"
     "el",
     "100%25%20r%C3%A9el"},
    {ALL, "/?&=+", "%2F%3F%26%3D%2B"},
    {ALL, "\r\n\t\x7f\xff", "%0D%0A%09%7F%FF"},
    {PATH, "/a b/c;d=e?f#g", "/a%20b/c;d=e%3Ff%23g"},
    {QUERY, "a=b&c=d?e#f [g]", "a=b&c=d?e%23f%20%5Bg%5D"},
    {URL, "http://h/a b?c=\xc3\xbc%20#f", "http://h/a%20b?c=%C3%BC%20#f"},
    {FORM, "a b+c*~", "a+b%2Bc*%7E"},
};

static void test_escape(void)
{
    for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
        struct native_http_span text = guarded_text(0, escapes[i].text);

        WRITES_TEXT(escapes[i].escaped,
                    native_http_escape(out, (enum native_http_escape_set)escapes[i].set, text));
    }
    end_test("texts are encoded, in every room");
}

static const struct {
    unsigned flags;
    const char *text, *plain; /* NULL: refused */
    unsigned offset, reason;
} unescapes[] = {
    {0, "", "", 0, 0},
    {0, "a%20b%2f%2F", "a b//", 0, 0},
    {0, "a+b", "a+b", 0, 0},
    {PLUS, "a+b%2B", "a b+", 0, 0},
    {0, "%", "%", 0, 0},
    {0, "%4", "%4", 0, 0},
    {0, "%4g%41", "%4gA", 0, 0},
    {0, "%%41", "%A", 0, 0},
    {0, "%2541", "%41", 0, 0}, /* once, not twice */
    {STRICT, "ok%41%", NULL, 5, NATIVE_HTTP_FAULT_URL_ESCAPE},
    {STRICT, "%4", NULL, 0, NATIVE_HTTP_FAULT_URL_ESCAPE},
    {STRICT, "a%zz", NULL, 1, NATIVE_HTTP_FAULT_URL_ESCAPE},
    {NO_NUL, "a%00", NULL, 1, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {NO_NUL, "a%0d", "a\r", 0, 0},
    {NO_CONTROL, "a%0d", NULL, 1, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {NO_CONTROL, "ab\n", NULL, 2, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {NO_CONTROL, "%7f", NULL, 0, NATIVE_HTTP_FAULT_CONTROL_BYTE},
    {NO_CONTROL, "%20%ff", " \xff", 0, 0},
};

static void test_unescape(void)
{
    for (size_t i = 0; i < sizeof(unescapes) / sizeof(unescapes[0]); i++) {
        struct native_http_span text = guarded_text(0, unescapes[i].text);
        struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
        struct native_http_buffer into = room_of(20);

        into.len = 3; /* something is there already */
        if (unescapes[i].plain) {
            WRITES_TEXT(
                unescapes[i].plain,
                check(native_http_unescape(out, unescapes[i].flags, text, &fault) == NATIVE_HTTP_OK,
                      "%s is refused", unescapes[i].text));
        } else {
            check(native_http_unescape(&into, unescapes[i].flags, text, &fault) ==
                          NATIVE_HTTP_MALFORMED &&
                      fault.offset == unescapes[i].offset && fault.reason == unescapes[i].reason &&
                      into.len == 3 && into.size == 20,
                  "%s: %s at %zu", unescapes[i].text, native_http_fault_name(fault.reason),
                  fault.offset);
        }
    }
    end_test("texts are decoded or refused; what is refused leaves nothing");
}

/* What is encoded comes back. */
static void test_round_trip(void)
{
    uint64_t state = 3;

    for (unsigned i = 0; i < 2000 && tap_good; i++) {
        char text[40], escaped[120], back[120];
        size_t len = next_random(&state) % sizeof(text);
        enum native_http_escape_set set = (enum native_http_escape_set)(next_random(&state) % 5);
        struct native_http_buffer out = {escaped, sizeof(escaped), 0},
                                  undone = {back, sizeof(back), 0};
        struct native_http_fault fault;

        for (size_t k = 0; k < len; k++) {
            text[k] = (char)next_random(&state);
        }
        if (set == URL) {
            continue; /* keeps "%": does not come back */
        }
        native_http_escape(&out, set, (struct native_http_span){text, len});
        native_http_unescape(&undone, STRICT | (set == FORM ? PLUS : 0),
                             (struct native_http_span){escaped, out.len}, &fault);
        check(undone.len == len && memcmp(back, text, len) == 0, "set %u: %s", (unsigned)set,
              shown(text, len));
    }
    end_test("random bytes come back");
}

int main(void)
{
    test_sets();
    test_escape();
    test_unescape();
    test_round_trip();
    return done();
}
