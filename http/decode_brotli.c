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
enum { FUNCTIONS(NATIVE_HTTP_OPTIONAL_PLACE) COUNT };
static const char *const names[COUNT] = {FUNCTIONS(NATIVE_HTTP_OPTIONAL_NAME)};
static native_http_optional_function *found[COUNT];
static struct native_http_optional library = {
    .file = "libbrotlidec.so.1", .names = names, .count = COUNT, .functions = found};
#define CALL(function) NATIVE_HTTP_OPTIONAL_CALL(found, function)

static bool load(void)
{
    return native_http_optional_load(&library) == NATIVE_HTTP_OPTIONAL_THERE;
}

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

const struct native_http_codec native_http_codec_br = {"br", load, start, run, NULL, stop};

int native_http_codec_br_version(char *text, size_t room)
{
    uint32_t version;

    if (!load()) {
        return 0;
    }
    version = CALL(BrotliDecoderVersion)();
    return snprintf(text, room, "brotli/%u.%u.%u", (unsigned)(version >> 24),
                    (unsigned)(version >> 12 & 0xfff), (unsigned)(version & 0xfff));
}

#else

const struct native_http_codec native_http_codec_br = {.name = "br"};

int native_http_codec_br_version(char *text, size_t room)
{
    (void)text;
    (void)room;
    return 0;
}

#endif
