/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode_zlib.c - gzip (RFC 1952), and deflate with zlib's frame (RFC 1950) or without (RFC 1951). */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "decode_codec.h"

/* At a place where two bytes decide what follows, those are kept apart: they may come one by one. */
struct zlib {
    z_stream stream;
    bool gzip;
    bool begun;      /* there is a stream */
    bool looking;    /* for two bytes: of deflate the first ones, of gzip those behind a member */
    bool member_end; /* of gzip: nothing has come since, but what is looked at */
    uint8_t head[2];
    unsigned head_len;
    unsigned head_at; /* of them so many have gone into the stream */
};

/* Servers mix up gzip and zlib's frame: zlib tells them apart. */
enum { WITH_EITHER = 15 + 32, WITH_ZLIB = 15, WITHOUT = -15, SLICE_MAX = 1 << 30 };

static bool begin(struct zlib *zlib, int window)
{
    zlib->begun = inflateInit2(&zlib->stream, window) == Z_OK;
    return zlib->begun;
}

static void *start_gzip(void)
{
    struct zlib *zlib = calloc(1, sizeof(*zlib));

    if (zlib) {
        zlib->gzip = true;
        if (!begin(zlib, WITH_EITHER)) {
            free(zlib);
            return NULL;
        }
    }
    return zlib;
}

static void *start_deflate(void)
{
    struct zlib *zlib = calloc(1, sizeof(*zlib));

    if (zlib) {
        zlib->looking = true;
    }
    return zlib;
}

/* Returns whether zlib's frame begins so (RFC 1950, 2.2). Without a frame these would be the first bytes
 * of a stored block with bits set in its padding, which no encoder writes. */
static bool is_zlib_head(const uint8_t head[2])
{
    return (head[0] & 15) == 8 && head[0] >> 4 <= 7 && (head[0] << 8 | head[1]) % 31 == 0;
}

/* Take bytes until there are two, and decide. Returns GO_ON also while there are fewer. */
static enum native_http_codec_result look(struct zlib *zlib, struct native_http_codec_io *io)
{
    while (zlib->head_len < 2 && io->in_len > 0) {
        zlib->head[zlib->head_len++] = *io->in++;
        io->in_len--;
    }
    if (zlib->head_len < 2) {
        return NATIVE_HTTP_CODEC_GO_ON;
    }
    zlib->looking = false;
    zlib->head_at = 0;
    if (!zlib->gzip) {
        return begin(zlib, is_zlib_head(zlib->head) ? WITH_ZLIB : WITHOUT)
                   ? NATIVE_HTTP_CODEC_GO_ON
                   : NATIVE_HTTP_CODEC_NO_MEMORY;
    }
    if (zlib->head[0] != 0x1f || zlib->head[1] != 0x8b) {
        return NATIVE_HTTP_CODEC_END; /* padding, or whatever servers put there */
    }
    zlib->member_end = false;
    inflateReset(&zlib->stream);
    return NATIVE_HTTP_CODEC_GO_ON;
}

/* One call of inflate(), over what was kept apart, or else over the input. */
static int inflate_some(struct zlib *zlib, struct native_http_codec_io *io)
{
    z_stream *stream = &zlib->stream;
    bool head = zlib->head_at < zlib->head_len;
    size_t in_len = head ? zlib->head_len - zlib->head_at : io->in_len;
    uInt in_max = (uInt)(in_len < SLICE_MAX ? in_len : SLICE_MAX);
    uInt out_max = (uInt)(io->out_len < SLICE_MAX ? io->out_len : SLICE_MAX);
    int result;

    /* zlib does not write to its input, though an old type says so */
    stream->next_in = (Bytef *)(uintptr_t)(head ? zlib->head + zlib->head_at : io->in);
    stream->avail_in = in_max;
    stream->next_out = io->out;
    stream->avail_out = out_max;
    result = inflate(stream, Z_SYNC_FLUSH);
    if (head) {
        zlib->head_at += in_max - stream->avail_in;
    } else {
        io->in += in_max - stream->avail_in;
        io->in_len -= in_max - stream->avail_in;
    }
    io->out += out_max - stream->avail_out;
    io->out_len -= out_max - stream->avail_out;
    return result;
}

/* A stream has ended: of gzip another one may follow (RFC 1952, 2.2). */
static enum native_http_codec_result ended(struct zlib *zlib)
{
    if (!zlib->gzip) {
        return NATIVE_HTTP_CODEC_END;
    }
    zlib->looking = true;
    zlib->member_end = true;
    zlib->head_len = 0;
    zlib->head_at = 0;
    return NATIVE_HTTP_CODEC_GO_ON;
}

static enum native_http_codec_result inflated(struct zlib *zlib, int result, const char **message)
{
    switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: /* no input, or no room */
        return NATIVE_HTTP_CODEC_GO_ON;
    case Z_STREAM_END:
        return ended(zlib);
    case Z_MEM_ERROR:
        return NATIVE_HTTP_CODEC_NO_MEMORY;
    case Z_NEED_DICT:
        *message = "a preset dictionary is asked for";
        return NATIVE_HTTP_CODEC_BAD;
    default:
        *message = zlib->stream.msg ? zlib->stream.msg : "malformed";
        return NATIVE_HTTP_CODEC_BAD;
    }
}

static enum native_http_codec_result run(void *state, struct native_http_codec_io *io,
                                         const char **message)
{
    struct zlib *zlib = state;
    enum native_http_codec_result result = NATIVE_HTTP_CODEC_GO_ON;

    for (;;) {
        size_t in_len = io->in_len, out_len = io->out_len;

        if (zlib->looking) {
            result = look(zlib, io);
            if (result != NATIVE_HTTP_CODEC_GO_ON || zlib->looking) {
                return result;
            }
        }
        result = inflated(zlib, inflate_some(zlib, io), message);
        if (result != NATIVE_HTTP_CODEC_GO_ON || io->out_len == 0 ||
            (io->in_len == in_len && io->out_len == out_len && !zlib->looking)) {
            return result;
        }
    }
}

static bool at_end(const void *state)
{
    return ((const struct zlib *)state)->member_end;
}

static void stop(void *state)
{
    struct zlib *zlib = state;

    if (zlib->begun) {
        inflateEnd(&zlib->stream);
    }
    free(zlib);
}

static int version(char *text, size_t room)
{
    return snprintf(text, room, "zlib/%s", zlibVersion());
}

const struct native_http_codec native_http_codec_gzip = {.name = "gzip",
                                                         .start = start_gzip,
                                                         .run = run,
                                                         .at_end = at_end,
                                                         .stop = stop,
                                                         .version = version};
const struct native_http_codec native_http_codec_deflate = {
    .name = "deflate", .start = start_deflate, .run = run, .stop = stop};
