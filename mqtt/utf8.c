/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* utf8.c - one pass over a string: a machine word at a time while it is plain text, else a
 * character at a time. */
#include "utf8.h"

#include <string.h>

#define ONES ((size_t)-1 / 255) /* 0x01 in every byte */
#define HIGH (ONES * 0x80)

/* Is every byte of the word in 0x20..0x7e and neither # nor +? Each term sets the high bit of a byte
 * that is not: it is set already; it is 0x7f; it is below 0x20; it is # or +, which differ in bit 3
 * only. A borrow into the next byte can make a plain word look special, never the reverse. */
static bool word_is_plain(size_t w)
{
    size_t bad = w | (w + ONES) | (w - ONES * 0x20) | (((w | ONES * 0x08) ^ ONES * '+') - ONES);

    return (bad & HIGH) == 0;
}

static size_t load(const uint8_t *s)
{
    size_t word;

    memcpy(&word, s, sizeof(word));
    return word;
}

/* The 1 to sizeof(size_t) - 1 bytes at s as a word, some of them twice, filled up with plain ones. */
static size_t load_few(const uint8_t *s, size_t n)
{
    if (n >= 4) { /* only where a word has 8 bytes */
        uint32_t first, last;

        memcpy(&first, s, 4);
        memcpy(&last, s + n - 4, 4);
        return first | (size_t)((uint64_t)last << 32);
    }
    return ONES * 'a' << 16 << 8 | (size_t)s[0] << 16 | (size_t)s[n / 2] << 8 | s[n - 1];
}

#if defined(__GNUC__) && (defined(__SSE2__) || defined(__ARM_NEON))
/* The same 16 bytes at a time, for strings of at least as many, where the machine has such words. */
#define HAS_BLOCKS 1
typedef uint8_t block __attribute__((vector_size(16)));

static block find_special(const uint8_t *s)
{
    block v;

    memcpy(&v, s, sizeof(v));
    return (block)(v - 0x20 > 0x5e) | (block)((v | 0x08) == '+');
}

static bool blocks_are_plain(const uint8_t *s, const uint8_t *end)
{
    block bad = find_special(end - sizeof(block)); /* overlaps what the loop looks at */
    uint64_t halves[2];

    for (; (size_t)(end - s) > sizeof(block); s += sizeof(block))
        bad |= find_special(s);
    memcpy(halves, &bad, sizeof(halves));
    return (halves[0] | halves[1]) == 0;
}
#else
#define HAS_BLOCKS 0
static bool blocks_are_plain(const uint8_t *s, const uint8_t *end)
{
    return s == end;
}
#endif

bool native_mqtt_utf8_is_plain(const void *data, size_t len)
{
    const uint8_t *s = data, *end;

    if (len < sizeof(size_t))
        return len == 0 || word_is_plain(load_few(s, len));
    end = s + len; /* not before: data may be NULL when len is 0 */
    if (HAS_BLOCKS && len >= 16)
        return blocks_are_plain(s, end);
    for (; (size_t)(end - s) > sizeof(size_t); s += sizeof(size_t))
        if (!word_is_plain(load(s)))
            return false;
    return word_is_plain(load(end - sizeof(size_t))); /* overlaps what was looked at */
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
    const uint8_t *start = data, *s = start, *end;

    if (len == 0) /* data may be NULL */
        return 0;
    end = s + len;
    while (s < end) {
        unsigned n, found;

        if ((size_t)(end - s) >= sizeof(size_t) && word_is_plain(load(s))) {
            s += sizeof(size_t);
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
