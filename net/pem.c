/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pem.c - PEM decoding. The library's own decoder is constant-time and run twice over each block:
 * for a system bundle of public certificates that costs more than all the rest of reading it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "pem.h"

#include <string.h>

static const char begin_text[] = "-----BEGIN ";
static const char end_text[] = "-----END ";

/* Find `needle` in text[at..len). Returns its place or `len`. */
static size_t find(const char *text, size_t at, size_t len, const char *needle)
{
    const char *hit = memmem(text + at, len - at, needle, strlen(needle));
    return hit ? (size_t)(hit - text) : len;
}

bool native_net_pem_is(const char *text, size_t text_len)
{
    return find(text, 0, text_len, begin_text) < text_len;
}

/* 0..63, 64 for '=', 65 for white space, 66 for anything else. */
static uint8_t value_of(uint8_t byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (uint8_t)(byte - 'A');
    if (byte >= 'a' && byte <= 'z')
        return (uint8_t)(byte - 'a' + 26);
    if (byte >= '0' && byte <= '9')
        return (uint8_t)(byte - '0' + 52);
    switch (byte) {
    case '+':
        return 62;
    case '/':
        return 63;
    case '=':
        return 64;
    case ' ':
    case '\t':
    case '\r':
    case '\n':
        return 65;
    default:
        return 66;
    }
}

static bool decode(const char *text, size_t len, uint8_t *out, size_t *out_len)
{
    uint32_t bits = 0;
    unsigned chars = 0; /* base64 characters seen, padding included */
    unsigned padding = 0;
    size_t i;
    *out_len = 0;
    for (i = 0; i < len; i++) {
        uint8_t value = value_of((uint8_t)text[i]);
        if (value == 65)
            continue;
        if (value == 66 || (value < 64 && padding > 0))
            return false;
        if (value == 64 && ++padding > 2)
            return false;
        bits = (bits << 6) | (value & 63U);
        if ((++chars & 3U) != 0)
            continue;
        out[(*out_len)++] = (uint8_t)(bits >> 16);
        out[(*out_len)++] = (uint8_t)(bits >> 8);
        out[(*out_len)++] = (uint8_t)bits;
    }
    *out_len -= padding <= *out_len ? padding : 0;
    return (chars & 3U) == 0 && *out_len > 0;
}

/* Does "label-----" stand at text[at]? Sets *after to the byte behind it. */
static bool label_at(const char *text, size_t len, size_t at, const char *label, size_t *after)
{
    size_t label_len = strlen(label);
    if (len - at < label_len + 5 || memcmp(text + at, label, label_len) != 0 ||
        memcmp(text + at + label_len, "-----", 5) != 0)
        return false;
    *after = at + label_len + 5;
    return true;
}

enum native_net_pem_status native_net_pem_next(const char *text, size_t text_len, const char *label,
                                               size_t *at, uint8_t *out, size_t *out_len)
{
    bool certificate = strcmp(label, "CERTIFICATE") == 0;
    for (;;) {
        size_t begin = find(text, *at, text_len, begin_text);
        size_t end;
        if (begin == text_len)
            return NATIVE_NET_PEM_END;
        begin += sizeof(begin_text) - 1;
        *at = begin;
        if (!label_at(text, text_len, begin, label, &begin) &&
            !(certificate && label_at(text, text_len, begin, "X509 CERTIFICATE", &begin)))
            continue;
        *at = begin;
        end = find(text, begin, text_len, end_text);
        if (end == text_len || !decode(text + begin, end - begin, out, out_len))
            return NATIVE_NET_PEM_MALFORMED;
        *at = end + sizeof(end_text) - 1;
        return NATIVE_NET_PEM_BLOCK;
    }
}
