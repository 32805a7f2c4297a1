/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode.c - the chain: what comes out of one coding goes into the next. Each stage keeps its output until it is taken, so
 * that all of it can stop at any place and go on later. */
#include "decode.h"

#include <stdlib.h>

#include "decode_codec.h"
#include "optional.h"

/* After so many bytes out of all stages together a call gives way. */
enum { TURN = 64 * NATIVE_HTTP_DECODE_PIECE };

struct stage {
    const struct native_http_codec *codec;
    void *state;
    uint64_t total; /* bytes that came out */
    bool fed;
    bool over; /* what still comes in does not count */
    bool full; /* the output was full: there may be more without more input */
    size_t at, len;
    uint8_t out[NATIVE_HTTP_DECODE_PIECE];
};

struct native_http_decode {
    native_http_decode_sink *sink;
    void *ctx;
    uint64_t max;
    uint64_t total;
    size_t held; /* of the piece that the sink did not take, where there is no stage to keep it */
    size_t turn; /* bytes left of this call's */
    enum native_http_decode_status failed; /* OK: not yet */
    enum native_http_verdict verdict;
    const char *coding;
    const char *message;
    size_t count;
    struct stage stages[]; /* the one that is undone first comes first */
};

/* ---- what there is ---- */

static const struct native_http_codec *codec_of(unsigned coding)
{
    switch (coding) {
    case NATIVE_HTTP_CODING_GZIP:
        return &native_http_codec_gzip;
    case NATIVE_HTTP_CODING_DEFLATE:
        return &native_http_codec_deflate;
    case NATIVE_HTTP_CODING_BR:
        return &native_http_codec_br;
    case NATIVE_HTTP_CODING_ZSTD:
        return &native_http_codec_zstd;
    default:
        return NULL;
    }
}

static bool is_there(const struct native_http_codec *codec)
{
    return codec && codec->start &&
           (!codec->library ||
            native_http_optional_load(codec->library) == NATIVE_HTTP_OPTIONAL_THERE);
}

unsigned native_http_decode_codings(void)
{
    unsigned bits = 0;

    for (unsigned i = 0; i < NATIVE_HTTP_CODING_UNKNOWN; i++) {
        bits |= is_there(codec_of(i)) ? 1u << i : 0;
    }
    return bits;
}

char *native_http_decode_libraries(char *text, size_t room)
{
    size_t len = 0;

    for (unsigned i = 0; i < NATIVE_HTTP_CODING_UNKNOWN && len + 2 < room; i++) {
        const struct native_http_codec *codec = codec_of(i);
        size_t comma = len > 0 ? 2 : 0;
        int more = is_there(codec) && codec->version
                       ? codec->version(text + len + comma, room - len - comma)
                       : 0;

        if (more > 0 && comma > 0) {
            text[len] = ',';
            text[len + 1] = ' ';
        }
        len += more > 0 ? comma + (size_t)more : 0;
    }
    if (room > 0) {
        text[len < room ? len : room - 1] = '\0';
    }
    return text;
}

/* ---- the chain ---- */

static enum native_http_decode_status fail(struct native_http_decode *decode,
                                           enum native_http_decode_status status,
                                           const char *coding, const char *message)
{
    decode->failed = status;
    decode->coding = coding;
    decode->message = message;
    return status;
}

/* Hand pieces to the sink, off the front of *in. */
static enum native_http_decode_status to_sink(struct native_http_decode *decode,
                                              struct native_http_span *in)
{
    while (in->len > 0) {
        size_t most = decode->held > 0 ? decode->held : NATIVE_HTTP_DECODE_PIECE;
        struct native_http_span piece = {in->at, in->len < most ? in->len : most};

        if (decode->max > 0 &&
            (decode->total > decode->max || piece.len > decode->max - decode->total)) {
            return fail(decode, NATIVE_HTTP_DECODE_TOO_LARGE, "", "larger than the limit");
        }
        decode->verdict = decode->sink(decode->ctx, piece);
        decode->held = 0;
        if (decode->verdict == NATIVE_HTTP_PAUSE) {
            decode->held = piece.len;
            return NATIVE_HTTP_DECODE_PAUSED;
        }
        if (decode->verdict != NATIVE_HTTP_GO_ON) {
            return fail(decode, NATIVE_HTTP_DECODE_STOPPED, "", "not taken");
        }
        decode->total += piece.len;
        in->at += piece.len;
        in->len -= piece.len;
    }
    return NATIVE_HTTP_DECODE_OK;
}

/* Run a stage once, off the front of *in, into its empty output. */
static enum native_http_decode_status run(struct native_http_decode *decode, struct stage *stage,
                                          struct native_http_span *in)
{
    struct native_http_codec_io io = {(const uint8_t *)in->at, in->len, stage->out,
                                      sizeof(stage->out)};
    const char *message = "malformed";
    enum native_http_codec_result result;

    stage->fed = stage->fed || in->len > 0;
    result = stage->codec->run(stage->state, &io, &message);
    stage->at = 0;
    stage->len = sizeof(stage->out) - io.out_len;
    stage->full = io.out_len == 0;
    stage->over = result == NATIVE_HTTP_CODEC_END;
    stage->total += stage->len;
    decode->turn -= stage->len < decode->turn ? stage->len : decode->turn;
    if (result == NATIVE_HTTP_CODEC_NO_MEMORY) {
        return fail(decode, NATIVE_HTTP_DECODE_NO_MEMORY, stage->codec->name, "out of memory");
    }
    if (result == NATIVE_HTTP_CODEC_BAD ||
        (io.in_len > 0 && io.in_len == in->len && stage->len == 0 && !stage->over)) {
        return fail(decode, NATIVE_HTTP_DECODE_BAD, stage->codec->name, message);
    }
    if (decode->max > 0 && stage->total > decode->max) {
        return fail(decode, NATIVE_HTTP_DECODE_TOO_LARGE, stage->codec->name,
                    "larger than the limit");
    }
    in->at += in->len - io.in_len;
    in->len = io.in_len;
    return NATIVE_HTTP_DECODE_OK;
}

/* Put bytes into stage i, off the front of *in; all of them, if the answer is OK. First goes what still waits in it and
 * in those behind it: a call without bytes does just that. As deep as there are stages: five. */
static enum native_http_decode_status push(struct native_http_decode *decode, size_t i,
                                           struct native_http_span *in)
{
    struct stage *stage = &decode->stages[i];

    if (i == decode->count) {
        return to_sink(decode, in);
    }
    for (;;) {
        struct native_http_span out = {(const char *)stage->out + stage->at,
                                       stage->len - stage->at};
        enum native_http_decode_status status = push(decode, i + 1, &out);

        stage->at = stage->len - out.len;
        if (status != NATIVE_HTTP_DECODE_OK) {
            return status;
        }
        if (stage->over) {
            in->len = 0;
        }
        if (stage->over || (in->len == 0 && !stage->full)) {
            return NATIVE_HTTP_DECODE_OK;
        }
        if (decode->turn == 0) {
            return NATIVE_HTTP_DECODE_MORE;
        }
        status = run(decode, stage, in);
        if (status != NATIVE_HTTP_DECODE_OK) {
            return status;
        }
    }
}

enum native_http_decode_status native_http_decode_feed(struct native_http_decode *decode,
                                                       struct native_http_span bytes, size_t *used)
{
    struct native_http_span in = bytes;
    enum native_http_decode_status status;

    *used = 0;
    if (decode->failed != NATIVE_HTTP_DECODE_OK) {
        return decode->failed;
    }
    decode->turn = TURN;
    status = push(decode, 0, &in);
    *used = bytes.len - in.len;
    return status;
}

enum native_http_decode_status native_http_decode_finish(struct native_http_decode *decode)
{
    size_t used;
    enum native_http_decode_status status =
        native_http_decode_feed(decode, (struct native_http_span){"", 0}, &used);

    for (size_t i = 0; status == NATIVE_HTTP_DECODE_OK && i < decode->count; i++) {
        const struct stage *stage = &decode->stages[i];
        bool end = stage->over || !stage->fed ||
                   (stage->codec->at_end && stage->codec->at_end(stage->state));

        if (!end) {
            status = fail(decode, NATIVE_HTTP_DECODE_CUT, stage->codec->name,
                          "the body ends before its content does");
        }
    }
    return status;
}

/* ---- made and freed ---- */

enum native_http_decode_status native_http_decode_new(const struct native_http_codings *codings,
                                                      uint64_t max_decoded,
                                                      native_http_decode_sink *sink, void *ctx,
                                                      struct native_http_decode **out)
{
    struct native_http_decode *decode;

    for (size_t i = 0; i < codings->len; i++) {
        if (!is_there(codec_of(codings->list[i]))) {
            return NATIVE_HTTP_DECODE_UNKNOWN;
        }
    }
    decode = calloc(1, sizeof(*decode) + codings->len * sizeof(struct stage));
    if (!decode) {
        return NATIVE_HTTP_DECODE_NO_MEMORY;
    }
    decode->sink = sink;
    decode->ctx = ctx;
    decode->max = max_decoded;
    decode->coding = "";
    decode->message = "";
    while (decode->count < codings->len) {
        struct stage *stage = &decode->stages[decode->count];

        stage->codec = codec_of(codings->list[codings->len - 1 - decode->count]);
        stage->state = stage->codec->start();
        if (!stage->state) {
            native_http_decode_free(decode);
            return NATIVE_HTTP_DECODE_NO_MEMORY;
        }
        decode->count++;
    }
    *out = decode;
    return NATIVE_HTTP_DECODE_OK;
}

void native_http_decode_free(struct native_http_decode *decode)
{
    for (size_t i = 0; decode && i < decode->count; i++) {
        decode->stages[i].codec->stop(decode->stages[i].state);
    }
    free(decode);
}

void native_http_decode_limit(struct native_http_decode *decode, uint64_t max_decoded)
{
    decode->max = max_decoded;
}

enum native_http_verdict native_http_decode_verdict(const struct native_http_decode *decode)
{
    return decode->verdict;
}

const char *native_http_decode_coding(const struct native_http_decode *decode)
{
    return decode->coding;
}

const char *native_http_decode_message(const struct native_http_decode *decode)
{
    return decode->message;
}

uint64_t native_http_decode_total(const struct native_http_decode *decode)
{
    return decode->total;
}
