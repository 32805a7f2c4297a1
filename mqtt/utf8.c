/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* utf8.c - one pass over a string: a machine word at a time while it is plain text, else a
 * character at a time. */
#include "utf8.h"

#include <string.h>

#define ONES ((size_t)-1 / 255) /* 0x01 in every byte */
#define HIGH (ONES * 0x80)

/* Nonzero if a byte of w is below n (n <= 0x80); exact as far as w has no byte above 0x7f. */
#define BELOW(w, n) ((w) - ONES * (n))
/* Nonzero in the high bit where a byte of w equals c, under the same condition. */
#define EQUAL(w, c) BELOW((w) ^ (ONES * (c)), 1)

/* Is every byte of the word in 0x20..0x7e and neither # nor +? A borrow out of a byte can only make
 * a plain word look special, never the reverse, and then the slow path decides. */
static bool is_plain(size_t w)
{
    size_t bad = w | BELOW(w, 0x20) | EQUAL(w, 0x7f) | EQUAL(w, '#') | EQUAL(w, '+');

    return (bad & HIGH) == 0;
}

/* Code point of the sequence of n bytes, or UINT32_MAX. */
static uint32_t decode(const uint8_t *s, unsigned n)
{
    /* The smallest code point that needs n bytes: below it the form is overlong. */
    static const uint16_t smallest[] = {0, 0, 0x80, 0x800};
    uint32_t c = s[0] & (0xffu >> (n + 1));
    uint32_t least = n == 4 ? 0x10000 : smallest[n];

    for (unsigned i = 1; i < n; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return UINT32_MAX;
        c = c << 6 | (s[i] & 0x3f);
    }
    if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return UINT32_MAX;
    return c;
}

static bool is_discouraged(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0xfdd0 && c <= 0xfdef) ||
           (c & 0xfffe) == 0xfffe;
}

/* Classify the character at s, of which `left` bytes are there; *n is its length in bytes. */
static unsigned classify(const uint8_t *s, size_t left, unsigned *n)
{
    uint32_t c = s[0];

    *n = 1;
    if (c == 0)
        return NATIVE_MQTT_UTF8_NUL;
    if (c == '#' || c == '+')
        return NATIVE_MQTT_UTF8_WILDCARD;
    if (c >= 0x80) {
        unsigned need = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

        if (c < 0xc2 || c > 0xf4 || left < need || (c = decode(s, need)) == UINT32_MAX)
            return NATIVE_MQTT_UTF8_ILL_FORMED;
        *n = need;
    }
    return is_discouraged(c) ? NATIVE_MQTT_UTF8_DISCOURAGED : 0;
}

unsigned native_mqtt_utf8_check(const void *data, size_t len, unsigned reject, size_t *where)
{
    const uint8_t *start = data, *s = start, *end = s + len;

    while (s < end) {
        unsigned n, found;
        size_t word;

        if ((size_t)(end - s) >= sizeof(word)) {
            memcpy(&word, s, sizeof(word));
            if (is_plain(word)) {
                s += sizeof(word);
                continue;
            }
        } else if (*s > '+' && *s < 0x7f) { /* the plain characters that topics are made of */
            s++;
            continue;
        }
        found = classify(s, (size_t)(end - s), &n);
        if (found & reject) {
            *where = (size_t)(s - start);
            return found;
        }
        s += n;
    }
    return 0;
}
