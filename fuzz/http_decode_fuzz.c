/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_decode_fuzz.c - any bytes as a coded body, in up to five codings.
 *   codings (a number to the base of 4, 1024: how many) | size of slices | pauses | body ...
 * Cut in slices and with a sink that pauses it gives what it gives in one go. */
#include <stdlib.h>
#include <string.h>

#include "http/decode.h"
#include "require.h"

enum { LIMIT = 1 << 18 };

struct sink {
    uint8_t *at;
    size_t len;
    unsigned pause_every, pieces;
    bool paused;
    size_t paused_len;
    const char *paused_at;
};

static enum native_http_verdict take(void *ctx, struct native_http_span piece)
{
    struct sink *sink = ctx;

    REQUIRE(piece.len > 0 && piece.len <= NATIVE_HTTP_DECODE_PIECE);
    REQUIRE(sink->len + piece.len <= LIMIT);
    if (!sink->paused && sink->pause_every && ++sink->pieces % sink->pause_every == 0) {
        sink->paused = true;
        sink->paused_len = piece.len;
        memcpy(sink->at + sink->len, piece.at, piece.len);
        return NATIVE_HTTP_PAUSE;
    }
    if (sink->paused) { /* the very piece again */
        REQUIRE(piece.len == sink->paused_len &&
                memcmp(piece.at, sink->at + sink->len, piece.len) == 0);
        sink->paused = false;
    }
    memcpy(sink->at + sink->len, piece.at, piece.len);
    sink->len += piece.len;
    return NATIVE_HTTP_GO_ON;
}

static bool goes_on(enum native_http_decode_status status)
{
    return status == NATIVE_HTTP_DECODE_PAUSED || status == NATIVE_HTTP_DECODE_MORE;
}

static enum native_http_decode_status run(const struct native_http_codings *codings,
                                          const uint8_t *body, size_t len, size_t slice,
                                          struct sink *sink)
{
    struct native_http_decode *decode;
    enum native_http_decode_status status =
        native_http_decode_new(codings, LIMIT, take, sink, &decode);

    if (status != NATIVE_HTTP_DECODE_OK) {
        return status;
    }
    for (size_t from = 0; from < len && status == NATIVE_HTTP_DECODE_OK; from += slice) {
        size_t left = len - from < slice ? len - from : slice;
        char *exact = malloc(left); /* so that ASan sees the first byte too many */
        size_t at = 0, used;

        REQUIRE(exact);
        memcpy(exact, body + from, left);
        do {
            status = native_http_decode_feed(
                decode, (struct native_http_span){exact + at, left - at}, &used);
            REQUIRE(used <= left - at);
            at += used;
        } while (goes_on(status));
        REQUIRE(status != NATIVE_HTTP_DECODE_OK || at == left);
        free(exact);
    }
    if (status == NATIVE_HTTP_DECODE_OK) {
        do {
            status = native_http_decode_finish(decode);
        } while (goes_on(status));
    }
    REQUIRE(native_http_decode_total(decode) == sink->len);
    REQUIRE(status == NATIVE_HTTP_DECODE_OK || native_http_decode_message(decode)[0]);
    native_http_decode_free(decode);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t one[LIMIT], two[LIMIT];
    struct native_http_codings codings = {{0}, 0, {NULL, 0}};
    struct sink whole = {.at = one}, slices = {.at = two};
    enum native_http_decode_status status;
    unsigned which;

    if (size < 4) {
        return 0;
    }
    which = data[0] | (unsigned)data[1] << 8;
    codings.len = (uint8_t)((which >> 10) % (NATIVE_HTTP_CODINGS_MAX + 1));
    for (size_t i = 0; i < codings.len; i++, which >>= 2) {
        codings.list[i] = (uint8_t)(NATIVE_HTTP_CODING_DEFLATE + which % 4);
    }
    slices.pause_every = data[3] % 8;
    status = run(&codings, data + 4, size - 4, size, &whole);
    if (run(&codings, data + 4, size - 4, 1 + data[2], &slices) == NATIVE_HTTP_DECODE_OK ||
        status == NATIVE_HTTP_DECODE_OK) {
        REQUIRE(status == NATIVE_HTTP_DECODE_OK && whole.len == slices.len);
    }
    /* up to a fault the slices may have come further */
    REQUIRE(memcmp(one, two, whole.len < slices.len ? whole.len : slices.len) == 0);
    return 0;
}
