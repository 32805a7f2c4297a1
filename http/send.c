/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* send.c - EXCHANGE, outwards: the head, then the body as its source gives it. */
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "wire/field.h"

enum {
    OUT_SIZE = 65536,  /* of the body at a time */
    CHUNK_BEFORE = 10, /* "ffff" CRLF in front of a chunk, and room to spare */
    CHUNK_BEHIND = 2,
    TURNS = 4 /* in one step: a server that takes all may have answered, and others wait */
};

/* ---- what body there is ---- */

static bool asks_first(const struct native_http_transfer *t)
{
    const struct native_http_options *options = t->options;
    struct native_http_span value;
    const struct native_http_source *source = t->send.source;
    if (!source || options->http_1_0 || t->expect_refused)
        return false;
    if (native_http_user_field(t, NATIVE_HTTP_SPAN("Expect"), &value))
        return native_http_span_is_nocase(value, NATIVE_HTTP_SPAN("100-continue"));
    return options->expect_above >= 0 && (source->size == NATIVE_HTTP_SIZE_UNKNOWN ||
                                          source->size > (uint64_t)options->expect_above);
}

/* A source that has given bytes to an earlier request begins anew. */
static bool rewind_source(struct native_http_transfer *t)
{
    struct native_http_source *source = t->send.source;
    if (!source || !t->send.started)
        return true;
    t->send.started = false;
    if (source->rewind && source->rewind(source))
        return true;
    native_http_error_set(
        &t->error, NATIVE_HTTP_ERROR_REWIND,
        "the body has to be sent once more, and cannot be read from its start again");
    return false;
}

static bool choose_framing(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    struct native_http_span value;
    send->chunked = false;
    send->left = send->source ? send->source->size : 0;
    if (!send->source)
        return true;
    send->chunked = send->left == NATIVE_HTTP_SIZE_UNKNOWN ||
                    (native_http_user_field(t, NATIVE_HTTP_SPAN("Transfer-Encoding"), &value) &&
                     native_http_list_has(value, NATIVE_HTTP_SPAN("chunked")));
    /* A length that the user states himself counts: the body is taken to be that long. */
    if (send->left == NATIVE_HTTP_SIZE_UNKNOWN &&
        native_http_user_field(t, NATIVE_HTTP_SPAN("Content-Length"), &value) &&
        native_http_number(value, INT64_MAX, &send->left))
        send->chunked = false;
    if (!send->chunked || !t->options->http_1_0)
        return true;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT,
                          "a body of unknown length cannot be sent in HTTP/1.0");
    return false;
}

/* Whether this request goes to be asked for credentials, and its body can wait. */
static bool only_asks(struct native_http_transfer *t)
{
    struct native_http_credentials credentials;
    struct native_http_span unused;
    if (!t->options->auth_ask_empty || t->asked ||
        native_http_user_field(t, NATIVE_HTTP_SPAN("Authorization"), &unused))
        return false;
    credentials = native_http_credentials_of(t, false);
    return native_http_login_plan(&t->login, &credentials,
                                  native_http_text_span(&t->login_origin)) == NATIVE_HTTP_LOGIN_ASK;
}

void native_http_send_clear(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    *send = (struct native_http_sending){
        .head = send->head, .out = send->out, .started = send->started};
    send->head.len = 0;
}

bool native_http_send_begin(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    bool body = t->kind >= NATIVE_HTTP_POST && !t->without_body;
    send->source = body ? t->options->source : NULL;
    send->asking = body && only_asks(t);
    if (send->asking)
        send->source = NULL;
    if (!rewind_source(t) || !choose_framing(t))
        return false;
    send->ended = !send->source || (!send->chunked && send->left == 0);
    send->has_body = !send->ended;
    t->source_paused = false;
    send->expect = asks_first(t) ? NATIVE_HTTP_EXPECT_WAIT : NATIVE_HTTP_EXPECT_NOT;
    send->expect_until_ms = NATIVE_NET_NEVER;
    t->info.sent_bytes = t->info.sent_framed_bytes = 0;
    t->info.send_length = !send->source ? 0 : send->chunked ? -1 : (int64_t)send->left;
    if (!native_http_head_make(t, false))
        return false;
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_HEAD_OUT, native_http_text_span(&send->head));
    return true;
}

/* ---- the body ---- */

static bool source_failed(struct native_http_transfer *t, enum native_http_source_status status)
{
    if (status == NATIVE_HTTP_SOURCE_ABORT) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_ABORTED,
                              "aborted while the body was read");
        t->error.part = NATIVE_HTTP_PART_SOURCE;
        return false;
    }
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_SOURCE, "the body could not be read");
    return false;
}

/* Put a chunk's size in front of it and its end behind it. */
static void frame_chunk(struct native_http_sending *send, size_t len)
{
    static const char digits[] = "0123456789abcdef";
    char *at = send->out + CHUNK_BEFORE;
    *--at = '\n';
    *--at = '\r';
    for (size_t rest = len; rest > 0; rest >>= 4)
        *--at = digits[rest & 15];
    memcpy(send->out + CHUNK_BEFORE + len, "\r\n", CHUNK_BEHIND);
    send->out_at = (size_t)(at - send->out);
    send->out_len = CHUNK_BEFORE + len + CHUNK_BEHIND;
}

static void last_chunk(struct native_http_sending *send)
{
    memcpy(send->out, "0\r\n\r\n", 5);
    send->out_at = 0;
    send->out_len = 5;
}

/* The source has ended. A known length that was not reached cannot be made good any more. */
static bool end_source(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    send->ended = true;
    if (send->chunked) {
        last_chunk(send);
        t->info.sent_framed_bytes += send->out_len;
        return true;
    }
    if (send->left == 0)
        return true;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_SOURCE,
                          "the body ended %llu bytes before the length that was announced",
                          (unsigned long long)send->left);
    t->error.missing = (int64_t)send->left;
    return false;
}

/* Fill `out` from the source. Returns false with the error. */
static bool fill(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    size_t room = OUT_SIZE - CHUNK_BEFORE - CHUNK_BEHIND;
    size_t got = 0;
    enum native_http_source_status status;
    if (!send->out && !(send->out = malloc(OUT_SIZE))) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    if (!send->chunked && send->left < room)
        room = (size_t)send->left;
    room = native_http_pace_room(t, NATIVE_NET_WRITE, room);
    if (room == 0)
        return true;
    send->started = true;
    status = send->source->read(send->source, send->out + CHUNK_BEFORE, room, &got);
    if (status == NATIVE_HTTP_SOURCE_END)
        return end_source(t);
    t->source_paused = status == NATIVE_HTTP_SOURCE_PAUSED;
    if (status == NATIVE_HTTP_SOURCE_PAUSED)
        return true;
    if (status != NATIVE_HTTP_SOURCE_BYTES)
        return source_failed(t, status);
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_BODY_OUT,
                            (struct native_http_span){send->out + CHUNK_BEFORE, got});
    t->info.sent_bytes += got;
    if (send->chunked) {
        frame_chunk(send, got);
        t->info.sent_framed_bytes += send->out_len - send->out_at;
        return true;
    }
    t->info.sent_framed_bytes += got;
    send->left -= got;
    send->ended = send->left == 0;
    send->out_at = CHUNK_BEFORE;
    send->out_len = CHUNK_BEFORE + got;
    return true;
}

/* ---- writing ---- */

/* Returns whether the body may go out now: not while 100 is waited for. */
static bool body_may_go(struct native_http_transfer *t, int64_t now_ms)
{
    if (t->send.expect != NATIVE_HTTP_EXPECT_WAIT)
        return true;
    if (now_ms < t->send.expect_until_ms)
        return false;
    t->send.expect = NATIVE_HTTP_EXPECT_NOT;
    return true;
}

static enum native_http_go write_failed(struct native_http_transfer *t,
                                        const struct native_net_error *error)
{
    /* A server that refuses answers first and closes then: what it said is worth more than "broken pipe". */
    t->send.has_body = false;
    t->send.broken = true;
    t->connection->reusable = false;
    t->send.error = *error;
    return NATIVE_HTTP_GO;
}

static void wrote(struct native_http_transfer *t, size_t put)
{
    struct native_http_sending *send = &t->send;
    size_t head = send->head.len - send->head_at;
    if (head > put)
        head = put;
    send->head_at += head;
    send->out_at += put - head;
    t->info.request_bytes += head;
    native_http_pace_count(t, NATIVE_NET_WRITE, put);
}

bool native_http_send_is_over(const struct native_http_transfer *t)
{
    const struct native_http_sending *send = &t->send;
    return send->broken ||
           (send->head_at == send->head.len && send->out_at == send->out_len && !send->has_body);
}

/* One turn: fill, then write what is there. Returns GO when something was written, WAIT when nothing can be. */
static enum native_http_go turn(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_http_sending *send = &t->send;
    struct native_net_slice slices[2];
    struct native_net_error error;
    enum native_net_status status;
    size_t count = 0;
    size_t put = 0;
    bool body = send->has_body && body_may_go(t, now_ms) && !(t->paused & NATIVE_NET_WRITE) &&
                !t->source_paused;
    if (body && send->out_at == send->out_len && !send->ended && !fill(t))
        return NATIVE_HTTP_FAILED;
    if (send->head_at < send->head.len)
        slices[count++] = (struct native_net_slice){send->head.at + send->head_at,
                                                    send->head.len - send->head_at};
    if (send->out_at < send->out_len)
        slices[count++] =
            (struct native_net_slice){send->out + send->out_at, send->out_len - send->out_at};
    if (count == 0) {
        if (send->ended)
            send->has_body = false;
        return NATIVE_HTTP_WAIT;
    }
    status = native_net_stream_writev(t->connection->stream, slices, count, &put, &error);
    if (status == NATIVE_NET_AGAIN) {
        t->ready &= ~NATIVE_NET_WRITE;
        t->want |= NATIVE_NET_WRITE;
        return NATIVE_HTTP_WAIT;
    }
    if (status != NATIVE_NET_OK)
        return write_failed(t, &error);
    wrote(t, put);
    if (send->ended && send->out_at == send->out_len)
        send->has_body = false;
    return NATIVE_HTTP_GO;
}

enum native_http_go native_http_send_step(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go = NATIVE_HTTP_GO;
    t->info.phase = NATIVE_HTTP_PHASE_SEND;
    for (int turns = 0; go == NATIVE_HTTP_GO && !native_http_send_is_over(t); turns++) {
        if (turns == TURNS || !(t->ready & NATIVE_NET_WRITE)) {
            t->want |= NATIVE_NET_WRITE;
            return NATIVE_HTTP_WAIT;
        }
        go = turn(t, now_ms);
        if (go == NATIVE_HTTP_GO && t->send.expect == NATIVE_HTTP_EXPECT_WAIT &&
            t->send.head_at == t->send.head.len && t->send.expect_until_ms == NATIVE_NET_NEVER)
            t->send.expect_until_ms = native_net_deadline_after(now_ms, t->options->expect_ms);
    }
    if (go == NATIVE_HTTP_FAILED)
        return go;
    if (native_http_send_is_over(t)) { /* once a request: who calls looks whether it is over */
        t->info.times.sent = native_http_now_us(t);
        t->first_by_ms =
            native_net_deadline_after(now_ms, t->options->first_ms > 0 ? t->options->first_ms : -1);
        t->info.phase = NATIVE_HTTP_PHASE_WAIT;
    }
    return NATIVE_HTTP_WAIT;
}
