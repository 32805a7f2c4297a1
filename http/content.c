/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* content.c - from the bytes of a body to the owner: what is not wanted is dropped, codings are undone, pieces are handed on. */
#include <string.h>

#include "parts.h"

enum {
    PIECE = 16384, /* of the body, for the sink */
    /* of a body that nobody wants: less is read to keep the connection, of more the connection is closed */
    DROP_MAX = 256 * 1024
};

static bool no_memory(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    return false;
}

/* The rest of this body is not worth its bytes. */
static void drop(struct native_http_transfer *t)
{
    t->connection->reusable = false;
    t->receive.over = true;
}

static enum native_http_verdict hand_on(void *ctx, struct native_http_span piece)
{
    struct native_http_transfer *t = ctx;
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;
    if (t->paused & NATIVE_NET_READ)
        return NATIVE_HTTP_PAUSE;
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_BODY_IN, piece);
    if (t->handlers->body)
        verdict = t->handlers->body(t->ctx, t, piece);
    if (verdict == NATIVE_HTTP_PAUSE)
        t->paused |= NATIVE_NET_READ;
    if (verdict == NATIVE_HTTP_GO_ON)
        t->info.decoded_bytes += piece.len;
    return verdict;
}

bool native_http_content_fault(struct native_http_transfer *t,
                               enum native_http_decode_status status)
{
    const struct native_http_decode *decode = t->receive.decode;
    switch (status) {
    case NATIVE_HTTP_DECODE_STOPPED:
        return native_http_accepts(t, native_http_decode_verdict(decode), NATIVE_HTTP_PART_BODY);
    case NATIVE_HTTP_DECODE_TOO_LARGE:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TOO_LARGE,
                              "the decoded content is larger than %llu bytes",
                              (unsigned long long)t->options->max_decoded);
        return false;
    case NATIVE_HTTP_DECODE_UNKNOWN:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CODING,
                              "the content coding \"%.*s\" cannot be undone here",
                              (int)t->receive.codings.unknown.len,
                              t->receive.codings.unknown.at ? t->receive.codings.unknown.at : "");
        t->error.part = NATIVE_HTTP_PART_UNKNOWN;
        return false;
    case NATIVE_HTTP_DECODE_NO_MEMORY:
        return no_memory(t);
    case NATIVE_HTTP_DECODE_CUT:
        if (t->options->tolerance & NATIVE_HTTP_TAKE_CUT_CODING)
            return true;
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CODING,
                              "the content ended before its coding (%s) did",
                              native_http_decode_coding(decode));
        return false;
    default:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CODING, "the content is not good %s: %s",
                              native_http_decode_coding(decode),
                              native_http_decode_message(decode));
        t->error.library_at = (unsigned)(strstr(t->error.message, ": ") + 2 - t->error.message);
        t->error.coding = native_http_coding_of((struct native_http_span){
            native_http_decode_coding(decode), strlen(native_http_decode_coding(decode))});
        return false;
    }
}

/* Transfer codings were applied last, and are undone first. */
static bool add_transfer_codings(struct native_http_transfer *t)
{
    const struct native_http_codings *more = &t->receive.framing.codings;
    struct native_http_codings *codings = &t->receive.codings;
    for (size_t i = 0; i < more->len && !t->options->raw_transfer; i++) {
        if (codings->len == NATIVE_HTTP_CODINGS_MAX) {
            native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_CODING,
                                    NATIVE_HTTP_FAULT_CONTENT_CODING, "Transfer-Encoding");
            return false;
        }
        codings->list[codings->len++] = more->list[i];
    }
    return true;
}

bool native_http_content_begin(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    const struct native_http_framing *framing = &receive->framing;
    enum native_http_decode_status status;
    if (receive->drop && (framing->kind == NATIVE_HTTP_BODY_CLOSE ||
                          (framing->kind == NATIVE_HTTP_BODY_LENGTH && framing->length > DROP_MAX)))
        drop(t);
    if (receive->drop || framing->connect_request || framing->kind == NATIVE_HTTP_BODY_NONE)
        return true;
    if (!add_transfer_codings(t))
        return false;
    if (receive->codings.len == 0)
        return true;
    status = native_http_decode_new(&receive->codings, t->options->max_decoded, hand_on, t,
                                    &receive->decode);
    /* That matters once there is something to decode. */
    receive->undecodable = status == NATIVE_HTTP_DECODE_UNKNOWN;
    return status == NATIVE_HTTP_DECODE_OK || receive->undecodable ||
           native_http_content_fault(t, status);
}

bool native_http_content_take(struct native_http_transfer *t, struct native_http_span data,
                              size_t *used)
{
    struct native_http_receiving *receive = &t->receive;
    enum native_http_decode_status status;
    *used = data.len;
    if (receive->drop || receive->framing.connect_request) {
        if (t->info.received_bytes > DROP_MAX)
            drop(t);
        return true;
    }
    if (receive->undecodable)
        return native_http_content_fault(t, NATIVE_HTTP_DECODE_UNKNOWN);
    if (receive->decode) {
        status = native_http_decode_feed(receive->decode, data, used);
        receive->yields = status == NATIVE_HTTP_DECODE_MORE;
        return status <= NATIVE_HTTP_DECODE_MORE || native_http_content_fault(t, status);
    }
    *used = 0;
    while (*used < data.len) {
        struct native_http_span piece = {data.at + *used, data.len - *used};
        enum native_http_verdict verdict;
        if (piece.len > PIECE)
            piece.len = PIECE;
        if (t->options->max_decoded > 0 &&
            t->info.decoded_bytes + piece.len > t->options->max_decoded)
            return native_http_content_fault(t, NATIVE_HTTP_DECODE_TOO_LARGE);
        verdict = hand_on(t, piece);
        if (verdict == NATIVE_HTTP_PAUSE)
            return true;
        if (!native_http_accepts(t, verdict, NATIVE_HTTP_PART_BODY))
            return false;
        *used += piece.len;
    }
    return true;
}

bool native_http_content_take_raw(struct native_http_transfer *t, struct native_http_span bytes)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_span rest = {bytes.at + receive->raw_at, bytes.len - receive->raw_at};
    size_t taken;
    if (!native_http_content_take(t, rest, &taken))
        return false;
    receive->raw_at = taken < rest.len ? receive->raw_at + taken : 0;
    return true;
}
