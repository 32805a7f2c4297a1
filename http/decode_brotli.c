/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode_brotli.c - br (RFC 7932), where its library was found at build time, and is when a response wants it. */
#include "decode_codec.h"

#ifdef NATIVE_HTTP_BROTLI
#include <brotli/decode.h>
#include <stdio.h>

#include "optional.h"

#define FUNCTIONS(X)                                                                               \
    X(BrotliDecoderCreateInstance)                                                                 \
    X(BrotliDecoderDestroyInstance)                                                                \
    X(BrotliDecoderDecompressStream)                                                               \
    X(BrotliDecoderGetErrorCode)                                                                   \
    X(BrotliDecoderErrorString)                                                                    \
    X(BrotliDecoderVersion)
NATIVE_HTTP_OPTIONAL_LIBRARY("libbrotlidec.so.1", FUNCTIONS);
#define CALL(function) NATIVE_HTTP_OPTIONAL_CALL(function)

static void *start(void)
{
    return CALL(BrotliDecoderCreateInstance)(NULL, NULL, NULL);
}

static enum native_http_codec_result refused(BrotliDecoderErrorCode code, const char **message)
{
    if (code <= BROTLI_DECODER_ERROR_ALLOC_CONTEXT_MODES &&
        code >= BROTLI_DECODER_ERROR_ALLOC_BLOCK_TYPE_TREES) {
        return NATIVE_HTTP_CODEC_NO_MEMORY;
    }
    *message = CALL(BrotliDecoderErrorString)(code);
    return NATIVE_HTTP_CODEC_BAD;
}

static enum native_http_codec_result run(void *state, struct native_http_codec_io *io,
                                         const char **message)
{
    BrotliDecoderState *brotli = state;

    switch (CALL(BrotliDecoderDecompressStream)(brotli, &io->in_len, &io->in, &io->out_len,
                                                &io->out, NULL)) {
    case BROTLI_DECODER_RESULT_SUCCESS:
        return NATIVE_HTTP_CODEC_END;
    case BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT:
    case BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT:
        return NATIVE_HTTP_CODEC_GO_ON;
    default:
        return refused(CALL(BrotliDecoderGetErrorCode)(brotli), message);
    }
}

static void stop(void *state)
{
    CALL(BrotliDecoderDestroyInstance)(state);
}

static int version(char *text, size_t room)
{
    uint32_t number = CALL(BrotliDecoderVersion)();

    return snprintf(text, room, "brotli/%u.%u.%u", (unsigned)(number >> 24),
                    (unsigned)(number >> 12 & 0xfff), (unsigned)(number & 0xfff));
}

const struct native_http_codec native_http_codec_br = {.name = "br",
                                                       .library = &library,
                                                       .start = start,
                                                       .run = run,
                                                       .stop = stop,
                                                       .version = version};

#else

const struct native_http_codec native_http_codec_br = {.name = "br"};

#endif
