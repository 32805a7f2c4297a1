/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* receive.c - EXCHANGE, inwards: heads, line by line, then the body as it comes. Also the answer to CONNECT. */
#include <stdlib.h>
#include <string.h>

#include "parts.h"

enum {
    FOLD_SIZE = 8192, /* of a field over several lines */
    HEAD_MAX = 300 * 1024,
    LINE_MAX = 100 * 1024,
    FIELDS_MAX = 5000,
    INFORMATIONS_MAX = 64, /* 1xx in front of one response */
    TURNS = 64             /* reads in one step: other transfers want theirs */
};

/* ---- begin ---- */

static void begin_head(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_head_options *options = &receive->head.options;
    *options = (struct native_http_head_options)NATIVE_HTTP_HEAD_OPTIONS_INIT;
    options->flags =
        t->options->allow_0_9 && !receive->framing.connect_request ? NATIVE_HTTP_HEAD_09 : 0U;
    if (t->options->tolerance & NATIVE_HTTP_TAKE_NO_NAME)
        options->flags |= NATIVE_HTTP_HEAD_NO_NAME;
    options->bytes_max = t->options->max_head > 0 ? t->options->max_head : HEAD_MAX;
    options->line_max = options->bytes_max < LINE_MAX ? options->bytes_max : LINE_MAX;
    if (!receive->framing.connect_request) {
        options->aliases = t->options->status_aliases;
        options->aliases_count = t->options->status_aliases_len;
    }
    options->fields_max = t->options->max_fields > 0 ? t->options->max_fields : FIELDS_MAX;
    options->fold = receive->fold;
    options->fold_size = FOLD_SIZE;
    native_http_head_begin(&receive->head);
    native_http_framing_begin(&receive->framing);
    receive->text.len = 0;
    receive->fields_len = receive->lines = 0;
    memset(&receive->codings, 0, sizeof(receive->codings));
    receive->follow = receive->located = receive->undecodable = false;
    receive->raw_at = 0;
}

bool native_http_receive_begin(struct native_http_transfer *t, bool to_connect)
{
    struct native_http_receiving *receive = &t->receive;
    if (!receive->fold && !(receive->fold = malloc(FOLD_SIZE))) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    native_http_decode_free(receive->decode);
    receive->decode = NULL;
    receive->in_body = receive->any = receive->heard = receive->over = receive->drop = false;
    receive->yields = receive->finishing = receive->held = false;
    receive->informations = 0;
    receive->framing.connect_request = to_connect;
    receive->framing.head_request = native_http_span_is(t->send_method, NATIVE_HTTP_SPAN("HEAD")) ||
                                    t->kind == NATIVE_HTTP_HEAD;
    receive->framing.via_proxy = t->route.has_proxy;
    receive->framing.lenient = true;
    receive->framing.any_length = t->options->tolerance & NATIVE_HTTP_TAKE_LENGTHS;
    receive->framing.ignore_length = t->options->ignore_length && !to_connect;
    receive->body.chunked.options =
        (struct native_http_chunked_options)NATIVE_HTTP_CHUNKED_OPTIONS_INIT;
    begin_head(t);
    if (!to_connect) {
        t->info.received_bytes = t->info.decoded_bytes = 0;
        t->info.receive_length = -1;
    }
    return true;
}

void native_http_receive_free(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    native_http_decode_free(receive->decode);
    native_http_text_free(&receive->text, false);
    free(receive->fields);
    free(receive->fold);
    memset(receive, 0, sizeof(*receive));
}

void native_http_receive_rest(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    native_http_decode_free(receive->decode);
    receive->decode = NULL;
    native_http_text_rest(&receive->text, false);
    if (receive->fields_size * sizeof(*receive->fields) > NATIVE_HTTP_TEXT_KEPT) {
        free(receive->fields);
        receive->fields = NULL;
        receive->fields_size = 0;
    }
}

/* ---- the head ---- */

static void take_status(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    if (t->receive.framing.connect_request)
        return; /* it counts once it was told */
    t->info.status = event->code;
    t->info.version = 10 + event->minor;
    t->info.retry_after = -1;
}

static bool fault_of_head(struct native_http_transfer *t, enum native_http_status status,
                          const struct native_http_fault *fault)
{
    native_http_error_fault(&t->error,
                            status == NATIVE_HTTP_TOO_LARGE ? NATIVE_HTTP_ERROR_TOO_LARGE
                                                            : NATIVE_HTTP_ERROR_PROTOCOL,
                            fault->reason, "the response");
    return false;
}

/* ---- the end of a head ---- */

static bool too_large(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TOO_LARGE,
                          "the body is larger than %llu bytes",
                          (unsigned long long)t->options->max_body);
    t->error.part = NATIVE_HTTP_PART_BODY;
    return false;
}

static bool begin_body(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_framing *framing = &receive->framing;
    uint64_t max = t->options->max_body;
    if (framing->has_coding)
        t->info.receive_length = -1;
    if (framing->kind == NATIVE_HTTP_BODY_TUNNEL && !framing->connect_request &&
        t->options->tolerance & NATIVE_HTTP_TAKE_101_AS_ANSWER)
        framing->kind = NATIVE_HTTP_BODY_CLOSE;
    if (max > 0 && framing->kind == NATIVE_HTTP_BODY_LENGTH && framing->length > max &&
        !receive->drop)
        return too_large(t);
    native_http_body_begin(&receive->body, framing->kind, framing->length);
    receive->in_body = true;
    t->connection->reusable = t->connection->reusable && framing->reusable;
    return native_http_content_begin(t);
}

/* 1xx: another head follows. */
static bool after_information(struct native_http_transfer *t)
{
    if (++t->receive.informations > INFORMATIONS_MAX) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TOO_LARGE,
                              "more than %d responses 1xx and none that is final",
                              INFORMATIONS_MAX);
        return false;
    }
    if (t->receive.framing.code == 100 && t->send.expect == NATIVE_HTTP_EXPECT_WAIT)
        t->send.expect = NATIVE_HTTP_EXPECT_NOT;
    begin_head(t);
    return true;
}

static bool fail_status(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_STATUS, "the server answered with status %d",
                          t->info.status);
    t->error.code = t->info.status;
    return false;
}

static bool end_head(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_fault fault;
    enum native_http_status status = native_http_framing_decide(&receive->framing, &fault);
    if (status != NATIVE_HTTP_OK)
        return fault_of_head(t, status, &fault);
    if (receive->framing.code < 200 && receive->framing.kind != NATIVE_HTTP_BODY_TUNNEL)
        return after_information(t);
    if (!receive->framing.connect_request) {
        receive->drop = native_http_wants_another(t);
        if (t->error.kind != NATIVE_HTTP_ERROR_NONE)
            return false;
        if (!receive->drop && t->options->fail_on_status && t->info.status >= 400)
            return fail_status(t);
        if (!native_http_check_resumed(t))
            return false;
        if (!receive->drop && t->handlers->head &&
            !native_http_accepts(t, t->handlers->head(t->ctx, t), NATIVE_HTTP_PART_HEAD))
            return false;
    }
    if (t->send.has_body && t->options->keep_sending && t->again == NATIVE_HTTP_AGAIN_NOT &&
        receive->framing.code >= 300 && receive->framing.reusable)
        t->send.expect = NATIVE_HTTP_EXPECT_NOT; /* the body goes on */
    /* A final answer while the body waits for 100: it will not be sent any more. */
    else if (t->send.expect == NATIVE_HTTP_EXPECT_WAIT && t->send.has_body) {
        t->send.has_body = false;
        t->send.out_at = t->send.out_len;
        t->connection->reusable = t->connection->reusable && receive->framing.code == 417;
    } else if (t->send.has_body && receive->framing.code >= 300) {
        /* It is not read to its end, as far as can be known. */
        t->send.has_body = false;
        t->send.out_at = t->send.out_len;
        t->connection->reusable = false;
    }
    return begin_body(t);
}

static bool no_head(struct native_http_transfer *t)
{
    t->info.status = 200;
    t->info.version = 9;
    t->connection->reusable = false;
    t->receive.in_body = true;
    native_http_body_begin(&t->receive.body, NATIVE_HTTP_BODY_CLOSE, 0);
    return true;
}

static bool take_event(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    enum native_http_status status;
    switch (event->kind) {
    case NATIVE_HTTP_HEAD_NO_HEAD:
        return no_head(t);
    case NATIVE_HTTP_HEAD_END:
        if (receive->framing.has_length && !receive->framing.connect_request)
            t->info.receive_length = (int64_t)receive->framing.length;
        return native_http_tell_line(t, NATIVE_HTTP_LINE_END, event->raw) && end_head(t);
    case NATIVE_HTTP_HEAD_STATUS_LINE:
        take_status(t, event);
        break;
    case NATIVE_HTTP_HEAD_FIELD:
        if (!native_http_take_field(t, event))
            return false;
        break;
    }
    status = native_http_framing_take(&receive->framing, event, &fault);
    if (status != NATIVE_HTTP_OK)
        return fault_of_head(t, status, &fault);
    if (!native_http_tell_lines(t,
                                event->kind == NATIVE_HTTP_HEAD_FIELD ? NATIVE_HTTP_LINE_FIELD
                                                                      : NATIVE_HTTP_LINE_STATUS,
                                event->raw))
        return false;
    if (event->kind == NATIVE_HTTP_HEAD_STATUS_LINE && receive->framing.connect_request)
        t->info.connect_status = event->code;
    return true;
}

/* ---- the body ---- */

/* The last byte of the body has come. Returns GO when all of it is handed on. */
static enum native_http_go finish_body(struct native_http_transfer *t)
{
    enum native_http_decode_status status;
    t->receive.finishing = true;
    if (t->receive.decode) {
        status = native_http_decode_finish(t->receive.decode);
        t->receive.yields = status == NATIVE_HTTP_DECODE_MORE;
        if (status == NATIVE_HTTP_DECODE_PAUSED || status == NATIVE_HTTP_DECODE_MORE)
            return NATIVE_HTTP_WAIT;
        if (status != NATIVE_HTTP_DECODE_OK && !native_http_content_fault(t, status))
            return NATIVE_HTTP_FAILED;
    }
    t->receive.over = true;
    return NATIVE_HTTP_GO;
}

/* One event of the body out of what waits. Returns GO when there may be another one; WAIT when more is needed, when the
 * body is over, or when the owner has paused it. */
static enum native_http_go body_event(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_span in = native_http_connection_in(t->connection);
    struct native_http_body before = receive->body;
    struct native_http_body_event event;
    struct native_http_fault fault;
    size_t used = 0;
    size_t taken;
    enum native_http_status status =
        native_http_body_next(&receive->body, in.at, in.len, &used, &event, &fault);
    /* What waits for the owner has come, too. */
    if (!receive->framing.connect_request)
        t->info.received_bytes = receive->body.data_bytes;
    if (t->options->raw_transfer && receive->body.kind == NATIVE_HTTP_BODY_CHUNKED &&
        !receive->drop) {
        if (!native_http_content_take_raw(t, (struct native_http_span){in.at, used}))
            return NATIVE_HTTP_FAILED;
        if (receive->raw_at > 0) {
            receive->body = before;
            return NATIVE_HTTP_WAIT;
        }
    } else if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
        if (!native_http_content_take(t, event.data, &taken))
            return NATIVE_HTTP_FAILED;
        if (taken < event.data.len) {
            /* Paused in the middle: what was taken is done with, the rest comes again. */
            receive->body = before;
            if (taken > 0) {
                size_t head = (size_t)(event.data.at - in.at);
                (void)native_http_body_next(&receive->body, in.at, head + taken, &used, &event,
                                            &fault);
                native_http_connection_used(t->connection, used);
            }
            return NATIVE_HTTP_WAIT;
        }
    } else if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_TRAILER) {
        if (!native_http_tell_lines(t, NATIVE_HTTP_LINE_TRAILER, event.field.raw)) {
            if (!receive->held)
                return NATIVE_HTTP_FAILED;
            receive->body = before;
            return NATIVE_HTTP_WAIT;
        }
    }
    native_http_connection_used(t->connection, used);
    if (status == NATIVE_HTTP_END)
        return finish_body(t) == NATIVE_HTTP_FAILED ? NATIVE_HTTP_FAILED : NATIVE_HTTP_WAIT;
    if (status == NATIVE_HTTP_NEED_MORE)
        return NATIVE_HTTP_WAIT;
    if (status != NATIVE_HTTP_OK) {
        (void)fault_of_head(t, status, &fault);
        return NATIVE_HTTP_FAILED;
    }
    if (t->options->max_body > 0 && t->info.received_bytes > t->options->max_body &&
        !receive->drop) {
        (void)too_large(t);
        return NATIVE_HTTP_FAILED;
    }
    return NATIVE_HTTP_GO;
}

/* "1.2" as 12; "3" as 30. */
static int version_of(struct native_http_span in, size_t at)
{
    const char *text = in.at + at;
    size_t len = in.len - at;
    bool minor = len > 2 && text[1] == '.' && text[2] >= '0' && text[2] <= '9';
    return len > 0 ? (text[0] - '0') * 10 + (minor ? text[2] - '0' : 0) : 0;
}

static enum native_http_go head_event(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_span in = native_http_connection_in(t->connection);
    struct native_http_head before = receive->head;
    struct native_http_framing framing = receive->framing;
    struct native_http_codings codings = receive->codings;
    size_t text_len = receive->text.len, fields_len = receive->fields_len;
    struct native_http_head_event event;
    struct native_http_fault fault;
    size_t used = 0;
    enum native_http_status status =
        native_http_head_next(&receive->head, in.at, in.len, &used, &event, &fault);
    if (status == NATIVE_HTTP_OK && !take_event(t, &event)) {
        if (!receive->held)
            return NATIVE_HTTP_FAILED;
        /* It comes again. */
        receive->head = before;
        receive->framing = framing;
        receive->codings = codings;
        receive->text.len = text_len;
        receive->fields_len = fields_len;
        return NATIVE_HTTP_WAIT;
    }
    native_http_connection_used(t->connection, used);
    if (status == NATIVE_HTTP_OK)
        return NATIVE_HTTP_GO;
    if (status == NATIVE_HTTP_NEED_MORE)
        return NATIVE_HTTP_WAIT;
    (void)fault_of_head(t, status, &fault);
    if (fault.reason == NATIVE_HTTP_FAULT_VERSION)
        t->error.code = version_of(in, fault.offset);
    return NATIVE_HTTP_FAILED;
}

/* All events in what has been received. */
static enum native_http_go take_in(struct native_http_transfer *t)
{
    enum native_http_go go = NATIVE_HTTP_GO;
    while (go == NATIVE_HTTP_GO && !t->receive.over) {
        if (t->receive.finishing)
            go = finish_body(t);
        else
            go = t->receive.in_body ? body_event(t) : head_event(t);
    }
    return go;
}

/* ---- the end of the connection ---- */

/* What has come so far were whole responses 1xx. */
static bool only_informations(const struct native_http_transfer *t)
{
    return t->receive.informations > 0 && t->receive.lines == 0 &&
           native_http_connection_in(t->connection).len == 0;
}

static enum native_http_go ended(struct native_http_transfer *t,
                                 const struct native_net_error *error)
{
    struct native_http_fault fault;
    t->connection->reusable = false;
    /* A field that could have gone on is whole now. */
    if (!t->receive.in_body && t->receive.any && !t->receive.head.ended) {
        t->receive.head.ended = true;
        if (take_in(t) == NATIVE_HTTP_FAILED)
            return NATIVE_HTTP_FAILED;
    }
    /* Only an orderly end says that a body without a length is whole: not a reset, nor TLS without close_notify [RFC 9112 9.8].
     * One who refuses the request and resets the rest of it has said what it wanted to. */
    if ((!error || t->send.broken) && t->receive.in_body &&
        native_http_body_cut(&t->receive.body, &fault) == NATIVE_HTTP_END)
        return finish_body(t);
    if (t->send.broken && !t->receive.any) {
        native_http_error_net(&t->error, &t->send.error);
        t->error.kind = NATIVE_HTTP_ERROR_SEND;
    } else if (error) {
        native_http_error_net(&t->error, error);
        if (t->error.kind != NATIVE_HTTP_ERROR_NO_MEMORY && t->error.kind != NATIVE_HTTP_ERROR_TLS)
            t->error.kind = NATIVE_HTTP_ERROR_RECEIVE;
    } else if (t->receive.in_body && t->receive.body.kind == NATIVE_HTTP_BODY_LENGTH) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CUT,
                              "the connection ended with %llu bytes of the body missing",
                              (unsigned long long)t->receive.body.left);
        t->error.missing = (int64_t)t->receive.body.left;
    } else if (t->receive.any && !only_informations(t)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CUT,
                              "the connection ended before the response did");
        if (!t->receive.in_body && t->receive.head.bytes == 0)
            t->error.part = NATIVE_HTTP_PART_LINE;
        if (!t->receive.in_body && t->receive.framing.has_length)
            t->error.missing = (int64_t)t->receive.framing.length;
    } else {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_EMPTY,
                              "the connection ended without a byte of a response");
    }
    return NATIVE_HTTP_FAILED;
}

/* Note the first byte. */
static void note_first(struct native_http_transfer *t)
{
    if (t->receive.any)
        return;
    t->receive.any = true;
    t->info.times.first = native_http_now_us(t);
    if (t->step == NATIVE_HTTP_STEP_EXCHANGE) /* and not of a proxy's answer */
        t->info.phase = NATIVE_HTTP_PHASE_RECEIVE;
}

static enum native_http_go read_more(struct native_http_transfer *t)
{
    struct native_net_error error;
    size_t before = native_http_connection_in(t->connection).len;
    enum native_net_status status;
    size_t most = native_http_pace_room(t, NATIVE_NET_READ, SIZE_MAX);
    if (most == 0)
        return NATIVE_HTTP_WAIT;
    status = native_http_connection_receive(t->connection, HEAD_MAX + LINE_MAX, most, &error);
    switch (status) {
    case NATIVE_NET_OK:
        native_http_pace_count(t, NATIVE_NET_READ,
                               native_http_connection_in(t->connection).len - before);
        note_first(t);
        return NATIVE_HTTP_GO;
    case NATIVE_NET_AGAIN:
        if (native_net_stream_pending(t->connection->stream) > 0) {
            t->wake_ms = 0; /* messages of TLS without an end: go on at once, after the others */
            return NATIVE_HTTP_WAIT;
        }
        t->ready &= ~NATIVE_NET_READ;
        t->want |= NATIVE_NET_READ;
        return NATIVE_HTTP_WAIT;
    case NATIVE_NET_CLOSED:
        return ended(t, NULL);
    default:
        return ended(t, &error);
    }
}

enum native_http_go native_http_receive_step(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go = take_in(t);
    (void)now_ms;
    for (int turns = 0; go != NATIVE_HTTP_FAILED && !t->receive.over; turns++) {
        if (t->paused & NATIVE_NET_READ)
            return NATIVE_HTTP_WAIT;
        if (t->receive.yields || turns == TURNS) {
            t->wake_ms = 0; /* go on at once, after the others */
            return NATIVE_HTTP_WAIT;
        }
        if (!(t->ready & NATIVE_NET_READ) &&
            native_net_stream_pending(t->connection->stream) == 0) {
            t->want |= NATIVE_NET_READ;
            return NATIVE_HTTP_WAIT;
        }
        go = read_more(t);
        if (go == NATIVE_HTTP_GO)
            go = take_in(t);
        else if (go == NATIVE_HTTP_WAIT)
            return go;
    }
    return t->receive.over ? NATIVE_HTTP_GO : go;
}
