/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode_zstd.c - zstd (RFC 8878), where its library was found at build time. */
#include "decode_codec.h"

#ifdef NATIVE_HTTP_ZSTD
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* The largest window that a content coding may have: 8 MiB (RFC 9659). */
enum { WINDOW_LOG_MAX = 23 };

struct zstd {
    ZSTD_DStream *stream;
    bool frame_end; /* all frames so far are whole */
};

static void stop(void *state)
{
    struct zstd *zstd = state;

    ZSTD_freeDStream(zstd->stream);
    free(zstd);
}

static void *start(void)
{
    struct zstd *zstd = calloc(1, sizeof(*zstd));

    if (!zstd) {
        return NULL;
    }
    zstd->stream = ZSTD_createDStream();
    if (!zstd->stream ||
        ZSTD_isError(ZSTD_DCtx_setParameter(zstd->stream, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
        stop(zstd);
        return NULL;
    }
    return zstd;
}

static enum native_http_codec_result run(void *state, struct native_http_codec_io *io,
                                         const char **message)
{
    struct zstd *zstd = state;

    for (;;) {
        ZSTD_inBuffer in = {io->in, io->in_len, 0};
        ZSTD_outBuffer out = {io->out, io->out_len, 0};
        size_t result = ZSTD_decompressStream(zstd->stream, &out, &in);

        if (ZSTD_isError(result)) {
            *message = ZSTD_getErrorName(result);
            return ZSTD_getErrorCode(result) == ZSTD_error_memory_allocation
                       ? NATIVE_HTTP_CODEC_NO_MEMORY
                       : NATIVE_HTTP_CODEC_BAD;
        }
        io->in += in.pos;
        io->in_len -= in.pos;
        io->out += out.pos;
        io->out_len -= out.pos;
        if (in.pos == 0 && out.pos == 0) {
            return NATIVE_HTTP_CODEC_GO_ON; /* after the end of a frame it asks for the next one */
        }
        zstd->frame_end = result == 0;
        if (io->in_len == 0 || io->out_len == 0) {
            return NATIVE_HTTP_CODEC_GO_ON;
        }
    }
}

static bool at_end(const void *state)
{
    return ((const struct zstd *)state)->frame_end;
}

const struct native_http_codec native_http_codec_zstd = {"zstd", start, run, at_end, stop};

int native_http_codec_zstd_version(char *text, size_t room)
{
    return snprintf(text, room, "zstd/%s", ZSTD_versionString());
}

#else

const struct native_http_codec native_http_codec_zstd = {"zstd", NULL, NULL, NULL, NULL};

int native_http_codec_zstd_version(char *text, size_t room)
{
    (void)text;
    (void)room;
    return 0;
}

#endif
