/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_encode.h - content codings in the direction that servers go, for tests. */
#ifndef NATIVE_TESTS_HTTP_ENCODE_H
#define NATIVE_TESTS_HTTP_ENCODE_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#ifdef NATIVE_HTTP_ZSTD
#include <zstd.h>
#endif

struct bytes {
    uint8_t *at; /* malloc'ed, of exactly this length (so that ASan sees the first byte too many) */
    size_t len;
};

enum encoding { AS_GZIP, AS_ZLIB, AS_RAW, AS_BR, AS_ZSTD, ENCODINGS };

static inline struct bytes bytes_copy(const void *at, size_t len)
{
    struct bytes copy = {malloc(len ? len : 1), len};

    if (!copy.at) {
        abort();
    }
    if (len > 0) {
        memcpy(copy.at, at, len);
    }
    return copy;
}

/* Replace a by a + b, and free b. */
static inline void bytes_join(struct bytes *a, struct bytes b)
{
    a->at = realloc(a->at, a->len + b.len + 1);
    memcpy(a->at + a->len, b.at, b.len);
    a->len += b.len;
    free(b.at);
}

static inline struct bytes encode_zlib(const struct bytes *plain, int window)
{
    z_stream stream = {0};
    struct bytes out = {NULL, 0};

    if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        abort();
    }
    out.len = deflateBound(&stream, (uLong)plain->len);
    out.at = malloc(out.len);
    stream.next_in = plain->at;
    stream.avail_in = (uInt)plain->len;
    stream.next_out = out.at;
    stream.avail_out = (uInt)out.len;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) {
        abort();
    }
    out.len = stream.total_out;
    deflateEnd(&stream);
    out.at = realloc(out.at, out.len);
    return out;
}

/* br without compressing: meta-blocks of stored bytes (RFC 7932, 9.2), a window of 64 KiB. */
static inline struct bytes encode_br(const struct bytes *plain)
{
    struct bytes out = {malloc(plain->len + plain->len / 65536 * 3 + 8), 0};

    for (size_t at = 0; at < plain->len;) {
        size_t len = plain->len - at < 65536 ? plain->len - at : 65536;
        unsigned first = at == 0; /* one more bit before the first block: WBITS */
        uint32_t bits = (uint32_t)((len - 1) << 3 | 1u << 19) << first;

        out.at[out.len++] = (uint8_t)bits;
        out.at[out.len++] = (uint8_t)(bits >> 8);
        out.at[out.len++] = (uint8_t)(bits >> 16);
        memcpy(out.at + out.len, plain->at + at, len);
        out.len += len;
        at += len;
    }
    out.at[out.len++] = plain->len ? 0x03 : 0x06;
    out.at = realloc(out.at, out.len);
    return out;
}

static inline struct bytes encode(enum encoding encoding, const struct bytes *plain)
{
    switch (encoding) {
    case AS_GZIP:
        return encode_zlib(plain, 31);
    case AS_ZLIB:
        return encode_zlib(plain, 15);
    case AS_RAW:
        return encode_zlib(plain, -15);
    case AS_BR:
        return encode_br(plain);
    default:
        break;
    }
#ifdef NATIVE_HTTP_ZSTD
    struct bytes out = {malloc(ZSTD_compressBound(plain->len)), 0};

    out.len = ZSTD_compress(out.at, ZSTD_compressBound(plain->len), plain->at, plain->len, 3);
    out.at = realloc(out.at, out.len);
    return out;
#else
    return bytes_copy("", 0);
#endif
}

#endif
