/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* receive.c - EXCHANGE, inwards: heads, line by line, then the body as it comes. Also the answer to CONNECT. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cookies.h"
#include "parts.h"
#include "wire/date.h"
#include "wire/field.h"

enum {
    PIECE = 16384,    /* of the body, for the sink */
    FOLD_SIZE = 8192, /* of a field over several lines */
    HEAD_MAX = 300 * 1024,
    LINE_MAX = 100 * 1024,
    FIELDS_MAX = 5000,
    INFORMATIONS_MAX = 64, /* 1xx in front of one response */
    TURNS = 64,            /* reads in one step: other transfers want theirs */
    /* of a body that nobody wants: less is read to keep the connection, of more the connection is closed */
    DROP_MAX = 256 * 1024
};

/* ---- begin ---- */

static void begin_head(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_head_options *options = &receive->head.options;
    *options = (struct native_http_head_options)NATIVE_HTTP_HEAD_OPTIONS_INIT;
    options->flags =
        t->options->allow_0_9 && !receive->framing.connect_request ? NATIVE_HTTP_HEAD_09 : 0U;
    options->bytes_max = t->options->max_head > 0 ? t->options->max_head : HEAD_MAX;
    options->line_max = options->bytes_max < LINE_MAX ? options->bytes_max : LINE_MAX;
    options->fields_max = t->options->max_fields > 0 ? t->options->max_fields : FIELDS_MAX;
    options->fold = receive->fold;
    options->fold_size = FOLD_SIZE;
    native_http_head_begin(&receive->head);
    native_http_framing_begin(&receive->framing);
    receive->text.len = 0;
    receive->fields_len = receive->lines = 0;
    memset(&receive->codings, 0, sizeof(receive->codings));
    receive->follow = false;
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
    receive->yields = receive->finishing = false;
    receive->informations = 0;
    receive->framing.connect_request = to_connect;
    receive->framing.head_request = native_http_span_is(t->send_method, NATIVE_HTTP_SPAN("HEAD")) ||
                                    t->kind == NATIVE_HTTP_HEAD;
    receive->framing.via_proxy = t->route.has_proxy;
    receive->framing.lenient = true;
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

/* ---- the head ---- */

static bool no_memory(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool keep_field(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_kept_field *field;
    if (receive->fields_len == receive->fields_size) {
        size_t size = receive->fields_size > 0 ? 2 * receive->fields_size : 32;
        struct native_http_kept_field *fields = realloc(receive->fields, size * sizeof(*fields));
        if (!fields)
            return no_memory(t);
        receive->fields = fields;
        receive->fields_size = size;
    }
    field = &receive->fields[receive->fields_len];
    field->name_at = (uint32_t)receive->text.len;
    field->name_len = (uint32_t)event->name.len;
    field->value_at = (uint32_t)(receive->text.len + event->name.len);
    field->value_len = (uint32_t)event->value.len;
    if (!native_http_text_add(&receive->text, event->name) ||
        !native_http_text_add(&receive->text, event->value))
        return no_memory(t);
    receive->fields_len++;
    return true;
}

static bool take_cookie(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_cookie_origin origin;
    struct native_http_fault fault;
    if (!t->options->cookies)
        return true;
    native_http_cookie_origin_of(&origin, &t->url);
    /* One that is refused is the server's business: the response is good. */
    return native_http_cookies_take(t->options->cookies, value, &origin, (int64_t)time(NULL),
                                    &fault) != NATIVE_HTTP_NO_SPACE ||
           no_memory(t);
}

static bool take_coding(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault;
    if (!t->options->accept_encoding.at || t->options->raw_content ||
        native_http_codings_add(&t->receive.codings, value, &fault) == NATIVE_HTTP_OK)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_CODING, fault.reason, "Content-Encoding");
    return false;
}

static bool take_modified(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault;
    if (native_http_date_parse(value.at, value.len, (int64_t)time(NULL), &t->info.last_modified,
                               &fault) != NATIVE_HTTP_OK)
        t->info.last_modified = -1;
    return true;
}

static bool take_retry_after(struct native_http_transfer *t, struct native_http_span value)
{
    struct native_http_fault fault;
    int64_t now = (int64_t)time(NULL);
    uint64_t seconds;
    int64_t date;
    if (native_http_number(value, 10 * 365 * 86400, &seconds))
        t->info.retry_after = (int64_t)seconds;
    else if (native_http_date_parse(value.at, value.len, now, &date, &fault) == NATIVE_HTTP_OK)
        t->info.retry_after = date > now ? date - now : 0;
    return true;
}

/* The fields that mean something here; all are kept. */
static const struct {
    struct native_http_span name;
    bool (*take)(struct native_http_transfer *t, struct native_http_span value);
} known_fields[] = {
    {{"location", 8}, native_http_note_location}, {{"set-cookie", 10}, take_cookie},
    {{"content-encoding", 16}, take_coding},      {{"last-modified", 13}, take_modified},
    {{"retry-after", 11}, take_retry_after},
};

static bool take_field(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    if (!keep_field(t, event))
        return false;
    if (t->receive.framing.connect_request)
        return true;
    for (size_t i = 0; i < sizeof(known_fields) / sizeof(known_fields[0]); i++)
        if (native_http_span_is_nocase(known_fields[i].name, event->name))
            return known_fields[i].take(t, event->value);
    return true;
}

static void take_status(struct native_http_transfer *t, const struct native_http_head_event *event)
{
    if (t->receive.framing.connect_request)
        return; /* it counts once it was told */
    t->info.status = event->code;
    t->info.version = 10 + event->minor;
    t->info.last_modified = t->info.retry_after = -1;
}

/* Tell the owner of a line. Returns false with the error. */
static bool tell_line(struct native_http_transfer *t, enum native_http_line kind,
                      struct native_http_span raw)
{
    bool connect = t->receive.framing.connect_request;
    t->receive.heard = true;
    t->receive.lines++;
    t->info.header_bytes += raw.len;
    native_http_trace_bytes(t, NATIVE_HTTP_TRACE_HEAD_IN, raw);
    if (!t->handlers->line || (connect && t->options->hide_connect))
        return true;
    return native_http_accepts(t, t->handlers->line(t->ctx, t, kind, connect, raw),
                               "a header line");
}

/* A field over several lines is told line by line, as it came. */
static bool tell_lines(struct native_http_transfer *t, enum native_http_line kind,
                       struct native_http_span raw)
{
    while (raw.len > 0) {
        const char *end = memchr(raw.at, '\n', raw.len);
        struct native_http_span line = raw;
        if (end)
            line.len = (size_t)(end - raw.at) + 1;
        if (!tell_line(t, kind, line))
            return false;
        raw.at += line.len;
        raw.len -= line.len;
    }
    return true;
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

static bool decode_error(struct native_http_transfer *t, enum native_http_decode_status status)
{
    const struct native_http_decode *decode = t->receive.decode;
    switch (status) {
    case NATIVE_HTTP_DECODE_STOPPED:
        return native_http_accepts(t, native_http_decode_verdict(decode), "the body");
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
        return false;
    case NATIVE_HTTP_DECODE_NO_MEMORY:
        return no_memory(t);
    case NATIVE_HTTP_DECODE_CUT:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CODING,
                              "the content ended before its coding (%s) did",
                              native_http_decode_coding(decode));
        return false;
    default:
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CODING, "the content is not good %s: %s",
                              native_http_decode_coding(decode),
                              native_http_decode_message(decode));
        return false;
    }
}

static bool begin_decoding(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    enum native_http_decode_status status;
    if (receive->codings.len == 0 || receive->drop ||
        receive->framing.kind == NATIVE_HTTP_BODY_NONE)
        return true;
    status = native_http_decode_new(&receive->codings, t->options->max_decoded, hand_on, t,
                                    &receive->decode);
    return status == NATIVE_HTTP_DECODE_OK || decode_error(t, status);
}

static bool too_large(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TOO_LARGE,
                          "the body is larger than %llu bytes",
                          (unsigned long long)t->options->max_body);
    return false;
}

/* The rest of this body is not worth its bytes. */
static void stop_receiving(struct native_http_transfer *t)
{
    t->connection->reusable = false;
    t->receive.over = true;
}

static bool begin_body(struct native_http_transfer *t)
{
    struct native_http_receiving *receive = &t->receive;
    struct native_http_framing *framing = &receive->framing;
    uint64_t max = t->options->max_body;
    if (framing->kind == NATIVE_HTTP_BODY_CHUNKED)
        t->info.receive_length = -1;
    if (max > 0 && framing->kind == NATIVE_HTTP_BODY_LENGTH && framing->length > max &&
        !receive->drop)
        return too_large(t);
    native_http_body_begin(&receive->body, framing->kind, framing->length);
    receive->in_body = true;
    t->connection->reusable = t->connection->reusable && framing->reusable;
    if (receive->drop && (framing->kind == NATIVE_HTTP_BODY_CLOSE ||
                          (framing->kind == NATIVE_HTTP_BODY_LENGTH && framing->length > DROP_MAX)))
        stop_receiving(t);
    return begin_decoding(t);
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
        if (!receive->drop && t->handlers->head &&
            !native_http_accepts(t, t->handlers->head(t->ctx, t), "the head"))
            return false;
    }
    /* A final answer while the body waits for 100: it will not be sent any more. */
    if (t->send.expect == NATIVE_HTTP_EXPECT_WAIT && t->send.has_body) {
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
        return tell_line(t, NATIVE_HTTP_LINE_END, event->raw) && end_head(t);
    case NATIVE_HTTP_HEAD_STATUS_LINE:
        take_status(t, event);
        break;
    case NATIVE_HTTP_HEAD_FIELD:
        if (!take_field(t, event))
            return false;
        break;
    }
    status = native_http_framing_take(&receive->framing, event, &fault);
    if (!tell_lines(t,
                    event->kind == NATIVE_HTTP_HEAD_FIELD ? NATIVE_HTTP_LINE_FIELD
                                                          : NATIVE_HTTP_LINE_STATUS,
                    event->raw))
        return false;
    if (event->kind == NATIVE_HTTP_HEAD_STATUS_LINE && receive->framing.connect_request)
        t->info.connect_status = event->code;
    return status == NATIVE_HTTP_OK || fault_of_head(t, status, &fault);
}

/* ---- the body ---- */

/* Hand on what can be: *used bytes of it. Returns false with the error. */
static bool take_data(struct native_http_transfer *t, struct native_http_span data, size_t *used)
{
    struct native_http_receiving *receive = &t->receive;
    enum native_http_decode_status status;
    *used = data.len;
    if (receive->drop || receive->framing.connect_request) {
        if (t->info.received_bytes + data.len > DROP_MAX)
            stop_receiving(t);
        return true;
    }
    if (receive->decode) {
        status = native_http_decode_feed(receive->decode, data, used);
        receive->yields = status == NATIVE_HTTP_DECODE_MORE;
        return status <= NATIVE_HTTP_DECODE_MORE || decode_error(t, status);
    }
    *used = 0;
    while (*used < data.len) {
        struct native_http_span piece = {data.at + *used, data.len - *used};
        enum native_http_verdict verdict;
        if (piece.len > PIECE)
            piece.len = PIECE;
        if (t->options->max_decoded > 0 &&
            t->info.decoded_bytes + piece.len > t->options->max_decoded)
            return decode_error(t, NATIVE_HTTP_DECODE_TOO_LARGE);
        verdict = hand_on(t, piece);
        if (verdict == NATIVE_HTTP_PAUSE)
            return true;
        if (!native_http_accepts(t, verdict, "the body"))
            return false;
        *used += piece.len;
    }
    return true;
}

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
        if (status != NATIVE_HTTP_DECODE_OK && !decode_error(t, status))
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
    if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
        if (!take_data(t, event.data, &taken))
            return NATIVE_HTTP_FAILED;
        if (taken < event.data.len) {
            /* Paused in the middle: what was taken is done with, the rest comes again. */
            receive->body = before;
            if (taken > 0) {
                size_t head = (size_t)(event.data.at - in.at);
                (void)native_http_body_next(&receive->body, in.at, head + taken, &used, &event,
                                            &fault);
                native_http_connection_used(t->connection, used);
                t->info.received_bytes += taken;
            }
            return NATIVE_HTTP_WAIT;
        }
        t->info.received_bytes += taken;
    } else if (status == NATIVE_HTTP_OK) {
        enum native_http_line kind = event.kind == NATIVE_HTTP_BODY_TRAILER
                                         ? NATIVE_HTTP_LINE_TRAILER
                                         : NATIVE_HTTP_LINE_END;
        if (!tell_lines(t, kind, event.field.raw))
            return NATIVE_HTTP_FAILED;
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

static enum native_http_go head_event(struct native_http_transfer *t)
{
    struct native_http_span in = native_http_connection_in(t->connection);
    struct native_http_head_event event;
    struct native_http_fault fault;
    size_t used = 0;
    enum native_http_status status =
        native_http_head_next(&t->receive.head, in.at, in.len, &used, &event, &fault);
    if (status == NATIVE_HTTP_OK && !take_event(t, &event))
        return NATIVE_HTTP_FAILED;
    native_http_connection_used(t->connection, used);
    if (status == NATIVE_HTTP_OK)
        return NATIVE_HTTP_GO;
    if (status == NATIVE_HTTP_NEED_MORE)
        return NATIVE_HTTP_WAIT;
    (void)fault_of_head(t, status, &fault);
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
    } else if (t->receive.any && !only_informations(t)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_CUT,
                              "the connection ended before the response did");
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
