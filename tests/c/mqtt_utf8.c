/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_utf8.c - every code point, every way of getting one wrong, at every alignment and before a
 * forbidden page; and against a decoder written for clarity only. */
#include "harness.h"
#include "mqtt/utf8.h"
#include "support/mqtt_naive.h"

enum {
    ILL = NATIVE_MQTT_UTF8_ILL_FORMED,
    NUL = NATIVE_MQTT_UTF8_NUL,
    BAD = NATIVE_MQTT_UTF8_DISCOURAGED,
    WILD = NATIVE_MQTT_UTF8_WILDCARD,
    ALL = ILL | NUL | BAD | WILD,
    NOWHERE = 999
};

static struct guard guard;
static unsigned stride = 1; /* of loops over very many cases */

/* Check the bytes, placed before the forbidden page, against the naive answer for every set; plain
 * are only strings that nothing is found in. */
static bool agrees(const uint8_t *bytes, size_t len)
{
    const uint8_t *s = guard_place(&guard, bytes, len);

    for (unsigned reject = 0; reject <= ALL; reject++) {
        size_t where = NOWHERE, naive_where = NOWHERE;
        unsigned found = native_mqtt_utf8_check(s, len, reject, &where);

        if (found != naive_utf8_check(s, len, reject, &naive_where) || where != naive_where) {
            fail("%zu bytes %02x %02x %02x %02x ..., reject %u: found %u at %zu, not at %zu", len,
                 len > 0 ? s[0] : 0, len > 1 ? s[1] : 0, len > 2 ? s[2] : 0, len > 3 ? s[3] : 0,
                 reject, found, where, naive_where);
            return false;
        }
        if (reject == ALL && found)
            return check(!native_mqtt_utf8_is_plain(s, len), "%zu bytes are taken for plain", len);
    }
    return true;
}

static void test_code_points(void)
{
    unsigned count = 0;

    for (uint32_t c = 0; c <= 0x10ffff; c += stride) {
        uint8_t bytes[4];
        size_t where = NOWHERE, n;
        const uint8_t *s;

        if (c >= 0xd800 && c <= 0xdfff)
            c = 0xe000;
        n = naive_encode(bytes, c);
        s = guard_place(&guard, bytes, n);
        count++;
        if (!check(native_mqtt_utf8_check(s, n, ILL, &where) == 0 &&
                       native_mqtt_utf8_check(s, n, ALL, &where) == naive_kind(c) &&
                       (naive_kind(c) == 0 || where == 0),
                   "U+%04X", c))
            break;
    }
    check(count == 1112064 || stride > 1, "%u code points", count);
    end_test("every code point is well-formed, and is of the right kind");
}

static void test_wrong_forms(void)
{
    uint8_t s[8];

    for (uint32_t c = 0xd800; c <= 0xdfff; c += stride)
        if (!agrees(s, naive_form(s, c, 3)))
            break;
    end_test("surrogates");
    for (size_t n = 2; n <= 6; n++)
        for (uint32_t c = 0; c < (n == 2   ? 0x80u
                                  : n == 3 ? 0x800u
                                           : 0x10000u);
             c += n < 4 ? stride : 17 * stride)
            if (!agrees(s, naive_form(s, c, n)))
                break;
    end_test("overlong forms of 2 to 6 bytes");
    for (uint32_t c = 0x110000; c < 0x200000; c += 331)
        if (!agrees(s, naive_form(s, c, 4)))
            break;
    end_test("numbers above U+10FFFF");
    for (uint32_t c = 0x80; c <= 0x10ffff; c += 61 * stride) {
        size_t n = naive_encode(s, c == 0xd800 ? 0xe000 : c);

        for (size_t cut = 1; cut < n; cut++)
            if (!agrees(s, cut))
                return;
    }
    end_test("characters cut short, before a forbidden page");
}

/* All strings of two bytes, and of three with a first byte that begins a character. */
static void test_short_strings(void)
{
    uint8_t s[4];

    for (unsigned i = 0; i < 0x10000 && tap_good; i += stride) {
        s[0] = (uint8_t)(i >> 8);
        s[1] = (uint8_t)i;
        agrees(s, 2);
    }
    end_test("all strings of two bytes");
    for (unsigned i = 0; i < 0x10000 && tap_good; i += 3 * stride) {
        s[0] = (uint8_t)(0xe0 | i >> 12);
        s[1] = (uint8_t)(i >> 4);
        s[2] = (uint8_t)(0x78 + (i & 15));
        s[3] = 'x';
        agrees(s, 3);
        agrees(s, 4);
        s[3] = 0x80;
        agrees(s, 4);
    }
    end_test("strings of three and four bytes");
}

/* One special character at each place of strings of each length up to some words. */
static void test_alignments(void)
{
    static const char *const specials[] = {"\x01",
                                           "#",
                                           "+",
                                           "\x7f",
                                           "\x1f",
                                           "\x80",
                                           "\xff",
                                           "\xc2\x80",
                                           "\xc3\xa9",
                                           "\xe2\x98\x95",
                                           "\xed\xa0\x80",
                                           "\xef\xbf\xbf",
                                           "\xf0\x9f\x98\x80",
                                           "\xf4\x90\x80\x80",
                                           "\xc2",
                                           "\xe2\x98",
                                           "\xf0\x9f\x98"};
    uint8_t s[64];

    for (size_t k = 0; k <= sizeof(specials) / sizeof(specials[0]); k++)
        for (size_t len = 1; len <= 40; len++)
            for (size_t at = 0; at < len && tap_good; at++) {
                size_t n = k < sizeof(specials) / sizeof(specials[0]) ? strlen(specials[k]) : 1;

                memset(s, 'a', sizeof(s));
                if (k < sizeof(specials) / sizeof(specials[0]))
                    memcpy(s + at, specials[k], n);
                else
                    s[at] = 0;
                agrees(s, at + n > len ? at + n : len);
            }
    end_test("a special character at every place of every length up to 40");
    for (size_t offset = 0; offset <= 16; offset++) {
        size_t where = NOWHERE;
        uint8_t *start = guard.start + offset;

        memset(start, 'z', 48);
        start[33] = '+';
        check(native_mqtt_utf8_check(start, 48, ALL, &where) == WILD && where == 33,
              "start at offset %zu", offset);
    }
    end_test("every alignment of the first byte from 0 to 16");
}

static void test_random(void)
{
    static const uint8_t alphabet[] = {0x00, 0x01, 'a',  'b',  '/',  '#',  '+',  0x7f, 0x80, 0x9f,
                                       0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0,
                                       0xf4, 0xf5, 0xff, 0xb7, 0xbe, 0x90, 0x8f, 0x20, 0x7e, '$'};
    uint64_t state = 1;
    unsigned rounds = under_valgrind() ? 2000 : 60000;

    for (unsigned i = 0; i < rounds && tap_good; i++) {
        uint8_t s[40];
        size_t len = next_random(&state) % sizeof(s);
        unsigned plain = next_random(&state) % 16;

        for (size_t k = 0; k < len; k++)
            s[k] = next_random(&state) % 16 < plain
                       ? 'q'
                       : alphabet[next_random(&state) % sizeof(alphabet)];
        agrees(s, len);
    }
    end_test("%u random strings", rounds);
}

static void test_empty(void)
{
    size_t where = NOWHERE;

    ok(native_mqtt_utf8_check(NULL, 0, ALL, &where) == 0 && where == NOWHERE, "the empty string");
    ok(native_mqtt_utf8_is_plain(NULL, 0), "the empty string is plain");
    ok(native_mqtt_utf8_check(guard_end(&guard, 0), 0, ALL, &where) == 0,
       "the empty string before a forbidden page");
}

/* Topics and words are plain: else the short way would never be gone. */
static void test_plain(void)
{
    for (size_t len = 1; len <= 70; len++) {
        uint8_t s[70];

        for (size_t i = 0; i < len; i++)
            s[i] = (uint8_t)("sensors/kitchen-1/Temperature_2 ~$"[i % 34]);
        check(native_mqtt_utf8_is_plain(guard_place(&guard, s, len), len), "%zu bytes", len);
        for (size_t i = 0; i < len; i++) {
            uint8_t was = s[i];

            for (unsigned c = 0; c < 256; c += stride) {
                size_t where;
                const uint8_t *at;

                s[i] = (uint8_t)c;
                at = guard_place(&guard, s, len);
                check(!native_mqtt_utf8_is_plain(at, len) ||
                          native_mqtt_utf8_check(at, len, ALL, &where) == 0,
                      "%02x at %zu of %zu is taken for plain", c, i, len);
            }
            s[i] = was;
        }
    }
    end_test("plain strings of every length, and every byte at every place of them");
}

int main(void)
{
    guard = guard_new(4096);
    stride = under_valgrind() ? 97 : 1;
    test_empty();
    test_code_points();
    test_wrong_forms();
    test_short_strings();
    test_alignments();
    test_plain();
    test_random();
    return done();
}
