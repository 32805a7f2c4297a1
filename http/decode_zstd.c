/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode_zstd.c - zstd (RFC 8878), where its library was found at build time, and is when a response wants it. */
#include "decode_codec.h"

#ifdef NATIVE_HTTP_ZSTD
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "optional.h"

#define FUNCTIONS(X)                                                                               \
    X(ZSTD_createDStream)                                                                          \
    X(ZSTD_freeDStream)                                                                            \
    X(ZSTD_DCtx_setParameter)                                                                      \
    X(ZSTD_decompressStream)                                                                       \
    X(ZSTD_isError)                                                                                \
    X(ZSTD_getErrorCode)                                                                           \
    X(ZSTD_getErrorName)                                                                           \
    X(ZSTD_versionString)
NATIVE_HTTP_OPTIONAL_LIBRARY("libzstd.so.1", FUNCTIONS);
#define CALL(function) NATIVE_HTTP_OPTIONAL_CALL(function)

/* The largest window that a content coding may have: 8 MiB (RFC 9659). */
enum { WINDOW_LOG_MAX = 23 };

struct zstd {
    ZSTD_DStream *stream;
    bool frame_end; /* all frames so far are whole */
};

static void stop(void *state)
{
    struct zstd *zstd = state;

    CALL(ZSTD_freeDStream)(zstd->stream);
    free(zstd);
}

static void *start(void)
{
    struct zstd *zstd = calloc(1, sizeof(*zstd));

    if (!zstd) {
        return NULL;
    }
    zstd->stream = CALL(ZSTD_createDStream)();
    if (!zstd->stream || CALL(ZSTD_isError)(CALL(ZSTD_DCtx_setParameter)(
                             zstd->stream, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
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
        size_t result = CALL(ZSTD_decompressStream)(zstd->stream, &out, &in);

        if (CALL(ZSTD_isError)(result)) {
            *message = CALL(ZSTD_getErrorName)(result);
            return CALL(ZSTD_getErrorCode)(result) == ZSTD_error_memory_allocation
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

static int version(char *text, size_t room)
{
    return snprintf(text, room, "zstd/%s", CALL(ZSTD_versionString)());
}

const struct native_http_codec native_http_codec_zstd = {.name = "zstd",
                                                         .library = &library,
                                                         .start = start,
                                                         .run = run,
                                                         .at_end = at_end,
                                                         .stop = stop,
                                                         .version = version};

#else

const struct native_http_codec native_http_codec_zstd = {.name = "zstd"};

#endif
