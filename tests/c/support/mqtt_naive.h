/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_naive.h - UTF-8 and topic matching written for clarity only, from the standards and not from
 * mqtt/: what the real ones are compared with. */
#ifndef NATIVE_TESTS_MQTT_NAIVE_H
#define NATIVE_TESTS_MQTT_NAIVE_H

#include <string.h>

#include "mqtt/utf8.h"

/* What the standards say of one code point (RFC 3629; MQTT 5.0, 1.5.4 and 4.7). */
__attribute__((unused)) static unsigned naive_kind(uint32_t c)
{
    if (c == 0)
        return NATIVE_MQTT_UTF8_NUL;
    if (c == '#' || c == '+')
        return NATIVE_MQTT_UTF8_WILDCARD;
    if (c <= 0x1f || (c >= 0x7f && c <= 0x9f))
        return NATIVE_MQTT_UTF8_DISCOURAGED;
    if ((c >= 0xfdd0 && c <= 0xfdef) || (c & 0xffff) == 0xfffe || (c & 0xffff) == 0xffff)
        return NATIVE_MQTT_UTF8_DISCOURAGED;
    return 0;
}

/* Write any number below 2^31 in the form of n bytes, however wrong that is. */
__attribute__((unused)) static size_t naive_form(uint8_t *out, uint32_t c, size_t n)
{
    static const uint8_t first[] = {0, 0x00, 0xc0, 0xe0, 0xf0, 0xf8, 0xfc};

    for (size_t i = n; i-- > 1; c >>= 6)
        out[i] = (uint8_t)(0x80 | (c & 0x3f));
    out[0] = (uint8_t)(first[n] | c);
    return n;
}

__attribute__((unused)) static size_t naive_encode(uint8_t *out, uint32_t c)
{
    return naive_form(out, c, c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4);
}

/* Returns the length of the well-formed character at s, or 0. */
__attribute__((unused)) static size_t naive_character(const uint8_t *s, size_t left, uint32_t *c)
{
    for (size_t n = 1; n <= 4 && n <= left; n++) {
        uint8_t form[4];

        *c = n == 1 ? s[0] : s[0] & (0x7fu >> n);
        for (size_t i = 1; i < n; i++)
            *c = *c << 6 | (s[i] & 0x3f);
        if (*c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff) || (n == 1 && s[0] >= 0x80))
            continue;
        if (naive_encode(form, *c) == n && memcmp(form, s, n) == 0)
            return n;
    }
    return 0;
}

/* The answer that native_mqtt_utf8_check owes. */
__attribute__((unused)) static unsigned naive_utf8_check(const uint8_t *s, size_t len,
                                                         unsigned reject, size_t *where)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t n = naive_character(s + i, len - i, &c);
        unsigned found = n ? naive_kind(c) : NATIVE_MQTT_UTF8_ILL_FORMED;

        if (found & reject) {
            *where = i;
            return found;
        }
        i += n ? n : 1;
    }
    return 0;
}

/* Length of the first level. */
__attribute__((unused)) static size_t naive_level(const uint8_t *s, size_t len)
{
    size_t n = 0;

    while (n < len && s[n] != '/')
        n++;
    return n;
}

__attribute__((unused)) static bool naive_levels(const uint8_t *f, size_t f_len, const uint8_t *t,
                                                 size_t t_len)
{
    size_t fn = naive_level(f, f_len), tn = naive_level(t, t_len);
    bool plus = fn == 1 && f[0] == '+', hash = fn == 1 && f[0] == '#';

    if (hash)
        return true;
    if (!plus && (fn != tn || memcmp(f, t, fn) != 0))
        return false;
    if (tn == t_len) /* the topic's last level: the filter ends, too, or has only /# left */
        return fn == f_len || (f_len - fn == 2 && f[fn + 1] == '#');
    return fn < f_len && naive_levels(f + fn + 1, f_len - fn - 1, t + tn + 1, t_len - tn - 1);
}

/* Does the topic name match the filter (not a shared one)? */
__attribute__((unused)) static bool naive_match(const uint8_t *filter, size_t filter_len,
                                                const uint8_t *topic, size_t topic_len)
{
    if (filter_len == 0 || topic_len == 0 ||
        (topic[0] == '$' && (filter[0] == '+' || filter[0] == '#')))
        return false;
    return naive_levels(filter, filter_len, topic, topic_len);
}

#endif
