/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* base64.c - groups of 24 bits, both ways. */
#include "base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char digit_of(uint32_t bits, unsigned shift)
{
    return alphabet[(bits >> shift) & 63];
}

void native_http_base64_put(struct native_http_base64 *base64, struct native_http_buffer *out,
                            struct native_http_span bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        base64->bits = base64->bits << 8 | (uint8_t)bytes.at[i];
        if (++base64->count == 3) {
            char group[4] = {digit_of(base64->bits, 18), digit_of(base64->bits, 12),
                             digit_of(base64->bits, 6), digit_of(base64->bits, 0)};

            native_http_buffer_put(out, group, sizeof(group));
            base64->bits = 0;
            base64->count = 0;
        }
    }
}

void native_http_base64_end(struct native_http_base64 *base64, struct native_http_buffer *out)
{
    if (base64->count > 0) {
        uint32_t bits = base64->bits << (base64->count == 1 ? 16 : 8);
        char group[4] = {digit_of(bits, 18), digit_of(bits, 12), '=', '='};

        if (base64->count == 2) {
            group[2] = digit_of(bits, 6);
        }
        native_http_buffer_put(out, group, sizeof(group));
        base64->bits = 0;
        base64->count = 0;
    }
}

void native_http_base64_encode(struct native_http_buffer *out, struct native_http_span bytes)
{
    struct native_http_base64 base64 = {0, 0};

    native_http_base64_put(&base64, out, bytes);
    native_http_base64_end(&base64, out);
}

/* Returns 0..63, or 64 for a byte that is no digit. */
static uint32_t value_of(char c)
{
    const char *hit = memchr(alphabet, c, sizeof(alphabet) - 1);

    return hit ? (uint32_t)(hit - alphabet) : 64;
}

/* Decode one group of `digits` characters (2 to 4, without padding) to digits - 1 bytes.
 * Returns how many of them are good: `digits`, or the place of the one at fault. */
static size_t decode_group(const char *at, size_t digits, uint8_t *bytes)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < digits; i++) {
        uint32_t value = value_of(at[i]);

        if (value == 64) {
            return i;
        }
        bits |= value << (18 - 6 * i);
    }
    bytes[0] = (uint8_t)(bits >> 16);
    bytes[1] = (uint8_t)(bits >> 8);
    bytes[2] = (uint8_t)bits;
    /* bits past the last byte must be zero, or two texts would stand for the same bytes */
    return digits < 4 && bytes[digits - 1] != 0 ? digits - 1 : digits;
}

enum native_http_status native_http_base64_decode(struct native_http_buffer *out,
                                                  struct native_http_span text,
                                                  struct native_http_fault *fault)
{
    const struct native_http_buffer before = *out;

    for (size_t at = 0; at < text.len; at += 4) {
        size_t digits = text.len - at < 4 ? text.len - at : 4;
        size_t good = digits;
        uint8_t bytes[3];

        if (digits == 4) {
            if (at + 4 == text.len && text.at[at + 3] == '=') {
                digits = text.at[at + 2] == '=' ? 2 : 3;
            }
            good = decode_group(text.at + at, digits, bytes);
            if (good == digits) {
                native_http_buffer_put(out, bytes, digits - 1);
                continue;
            }
        }
        *out = before;
        *fault = (struct native_http_fault){NATIVE_HTTP_FAULT_BASE64, at + good};
        return NATIVE_HTTP_MALFORMED;
    }
    return NATIVE_HTTP_OK;
}
