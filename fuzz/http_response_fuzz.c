/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_response_fuzz.c - the responses of one connection, head and body, in slices, give what they
 * give as a whole; and what the strict parser takes, the other one takes for the same. The input:
 *
 *   byte 0      strict, HTTP/0.9, folded fields, lenient framing, HEAD, CONNECT, ignore lengths
 *   byte 1      most bytes of a slice - 1
 *   then        what the server sends */
#include <stdlib.h>

#include "http/wire/body.h"
#include "require.h"

enum { STRICT = 1, OLD = 2, FOLDS = 4, LENIENT = 8, HEAD = 16, CONNECT = 32, IGNORE = 64 };

/* What was read, one record behind the other. */
struct told {
    char *text;
    size_t len, size;
    bool wrong;
};

static void put(struct told *told, char what, struct native_http_span span)
{
    if (told->size - told->len < span.len + 16) {
        told->size = told->size * 2 + span.len + 16;
        told->text = realloc(told->text, told->size);
    }
    if (what != 0) {
        told->text[told->len++] = what;
    }
    if (span.len > 0) {
        memcpy(told->text + told->len, span.at, span.len);
    }
    told->len += span.len;
}

/* A connection: the bytes that have come and are not used are copied anew for each call, so that a
 * look past them, or at what is gone, is seen. */
struct connection {
    const uint8_t *in;
    size_t len, from, there, slice;
    uint8_t *copy;
};

static size_t waiting(struct connection *c)
{
    size_t n = c->there - c->from;

    free(c->copy);
    c->copy = malloc(n + !n);
    if (n) {
        memcpy(c->copy, c->in + c->from, n);
    }
    return n;
}

/* Returns whether there was more to come. */
static bool receive(struct connection *c)
{
    size_t left = c->len - c->there;

    c->there += left < c->slice ? left : c->slice;
    return left > 0;
}

static void put_head(struct told *told, const struct native_http_head_event *event,
                     struct native_http_span input)
{
    struct native_http_span span = event->raw;

    if (event->kind == NATIVE_HTTP_HEAD_NO_HEAD) {
        put(told, 'N', (struct native_http_span){NULL, 0});
        return;
    }
    REQUIRE(span.len > 0 && span.at >= input.at && span.at + span.len <= input.at + input.len &&
            span.at[span.len - 1] == '\n');
    put(told, "?SFE"[event->kind], event -> raw);
    put(told, ':', event->name);
    put(told, '=', event->value);
    for (size_t i = 0; i < event->value.len; i++) {
        char c = event->value.at[i];

        REQUIRE(c != '\r' && c != '\n' && c != '\0');
    }
    if (event->kind == NATIVE_HTTP_HEAD_STATUS_LINE) {
        REQUIRE(event->code >= 100 && event->code <= 999 && event->minor <= 1);
    }
}

/* Read one head. Returns whether a body may follow. */
static bool read_head(struct connection *c, struct native_http_head *head,
                      struct native_http_framing *framing, struct told *told)
{
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_head_event event;
    enum native_http_status status;
    size_t used, n;

    native_http_head_begin(head);
    native_http_framing_begin(framing);
    for (;;) {
        n = waiting(c);
        status = native_http_head_next(head, c->copy, n, &used, &event, &fault);
        REQUIRE(used <= n);
        if (status == NATIVE_HTTP_OK) {
            put_head(told, &event, (struct native_http_span){(char *)c->copy, n});
            status = native_http_framing_take(framing, &event, &fault);
            if (event.kind == NATIVE_HTTP_HEAD_NO_HEAD) {
                framing->kind = NATIVE_HTTP_BODY_CLOSE;
                return true;
            }
        }
        c->from += used;
        if (status == NATIVE_HTTP_NEED_MORE && !receive(c)) {
            return false;
        }
        if (status == NATIVE_HTTP_END) {
            break;
        }
        if (status != NATIVE_HTTP_OK && status != NATIVE_HTTP_NEED_MORE) {
            REQUIRE(fault.reason != NATIVE_HTTP_FAULT_NONE && fault.offset <= n);
            told->wrong = true;
            return false;
        }
    }
    told->wrong = native_http_framing_decide(framing, &fault) != NATIVE_HTTP_OK;
    return !told->wrong;
}

/* Returns whether the body was read to its end. */
static bool read_body(struct connection *c, struct native_http_body *body, struct told *told)
{
    struct native_http_fault fault = {NATIVE_HTTP_FAULT_NONE, 0};
    struct native_http_body_event event;
    enum native_http_status status;
    size_t used, n;

    for (;;) {
        n = waiting(c);
        status = native_http_body_next(body, c->copy, n, &used, &event, &fault);
        REQUIRE(used <= n);
        c->from += used;
        if (status == NATIVE_HTTP_OK && event.kind == NATIVE_HTTP_BODY_DATA) {
            put(told, 0, event.data);
        } else if (status == NATIVE_HTTP_OK) {
            put_head(told, &event.field, (struct native_http_span){(char *)c->copy, n});
        } else if (status == NATIVE_HTTP_END) {
            return true;
        } else if (status != NATIVE_HTTP_NEED_MORE) {
            REQUIRE(fault.reason != NATIVE_HTTP_FAULT_NONE && fault.offset <= n);
            told->wrong = true;
            return false;
        } else if (!receive(c)) {
            status = native_http_body_cut(body, &fault);
            put(told, status == NATIVE_HTTP_END ? 'W' : 'C', (struct native_http_span){NULL, 0});
            return false;
        }
    }
}

static struct told run(const uint8_t *in, size_t len, unsigned flags, size_t slice)
{
    struct told told = {NULL, 0, 0, false};
    struct connection c = {in, len, 0, 0, slice, NULL};
    struct native_http_head head = {.options = NATIVE_HTTP_HEAD_OPTIONS_INIT};
    struct native_http_body body = {.chunked.options = NATIVE_HTTP_CHUNKED_OPTIONS_INIT};
    struct native_http_framing framing = {.head_request = (flags & HEAD) != 0,
                                          .connect_request = (flags & CONNECT) != 0,
                                          .lenient = (flags & LENIENT) != 0,
                                          .ignore_length = (flags & IGNORE) != 0};

    head.options.flags = flags & (STRICT | OLD);
    if (flags & FOLDS) {
        head.options.fold_size = 300;
        head.options.fold = malloc(head.options.fold_size);
    }
    body.chunked.options.strict = (flags & STRICT) != 0;
    body.chunked.options.trailers = head.options;
    do {
        if (!read_head(&c, &head, &framing, &told)) {
            break;
        }
        native_http_body_begin(&body, framing.kind, framing.length);
    } while (read_body(&c, &body, &told) && framing.reusable);
    free(c.copy);
    free(head.options.fold);
    return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct told whole, sliced, loose;

    if (size < 2) {
        return 0;
    }
    whole = run(data + 2, size - 2, data[0], size);
    sliced = run(data + 2, size - 2, data[0], data[1] + 1u);
    loose = run(data + 2, size - 2, data[0] & ~(unsigned)STRICT, size);
    REQUIRE(whole.wrong == sliced.wrong && whole.len == sliced.len &&
            (whole.len == 0 || memcmp(whole.text, sliced.text, whole.len) == 0));
    if (!whole.wrong) {
        REQUIRE(!loose.wrong && whole.len == loose.len &&
                (whole.len == 0 || memcmp(whole.text, loose.text, whole.len) == 0));
    }
    free(whole.text);
    free(sliced.text);
    free(loose.text);
    return 0;
}
