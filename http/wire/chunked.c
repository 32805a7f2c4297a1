/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* chunked.c - the chunked coding, a byte at a time where it is not data (RFC 9112, 7.1). */
#include "chars.h"
#include "chunked.h"

enum {
    STATE_SIZE,      /* the first digit */
    STATE_DIGITS,    /* a further one, or the end of the size */
    STATE_BLANKS,    /* behind the size */
    STATE_EXTENSION, /* behind a ";" */
    STATE_SIZE_LF,
    STATE_DATA,
    STATE_DATA_CR,
    STATE_DATA_LF,
    STATE_TRAILERS,
    STATE_DONE
};

enum { LINE_FREE = 16 }; /* bytes of a size's line that count for nothing */

void native_http_chunked_begin(struct native_http_chunked *chunked)
{
    chunked->data_bytes = chunked->left = 0;
    chunked->line = chunked->excess = 0;
    chunked->state = STATE_SIZE;
    chunked->trailers.options = chunked->options.trailers;
    native_http_head_begin_trailers(&chunked->trailers);
}

bool native_http_chunked_is_over(const struct native_http_chunked *chunked)
{
    return chunked->state == STATE_DONE;
}

static enum native_http_fault_reason take_digit(struct native_http_chunked *chunked, char c)
{
    int value = native_http_hex_value(c);

    if (value < 0) {
        return NATIVE_HTTP_FAULT_CHUNK_SIZE;
    }
    if (chunked->left > (uint64_t)INT64_MAX >> 4) {
        return NATIVE_HTTP_FAULT_CHUNK_LARGE;
    }
    chunked->left = chunked->left << 4 | (unsigned)value;
    chunked->state = STATE_DIGITS;
    return NATIVE_HTTP_FAULT_NONE;
}

/* The line with the size is over. What it is too long is weighed against the data. */
static enum native_http_fault_reason end_line(struct native_http_chunked *chunked)
{
    chunked->excess += chunked->line > LINE_FREE ? chunked->line - LINE_FREE : 0;
    chunked->excess -= chunked->left < chunked->excess ? (size_t)chunked->left : chunked->excess;
    chunked->line = 0;
    chunked->state = chunked->left > 0 ? STATE_DATA : STATE_TRAILERS;
    return chunked->excess > chunked->options.excess_max ? NATIVE_HTTP_FAULT_CHUNK_EXTENSION
                                                         : NATIVE_HTTP_FAULT_NONE;
}

/* A byte behind the size that may end the line, or be part of an extension. */
static enum native_http_fault_reason take_behind(struct native_http_chunked *chunked, char c)
{
    bool blanks = chunked->state == STATE_BLANKS, strict = chunked->options.strict;

    if (c == '\r' || c == '\n') {
        if (strict && (blanks || c == '\n')) {
            return blanks ? NATIVE_HTTP_FAULT_CHUNK_EXTENSION : NATIVE_HTTP_FAULT_BARE_LF;
        }
        chunked->state = STATE_SIZE_LF;
        return c == '\n' ? end_line(chunked) : NATIVE_HTTP_FAULT_NONE;
    }
    if (chunked->state == STATE_EXTENSION) {
        return native_http_char_is(c, NATIVE_HTTP_CHAR_VALUE) ? NATIVE_HTTP_FAULT_NONE
                                                              : NATIVE_HTTP_FAULT_CHUNK_EXTENSION;
    }
    if (c == ';' || native_http_char_is(c, NATIVE_HTTP_CHAR_BLANK)) {
        chunked->state = c == ';' ? STATE_EXTENSION : STATE_BLANKS;
        return NATIVE_HTTP_FAULT_NONE;
    }
    return blanks ? NATIVE_HTTP_FAULT_CHUNK_EXTENSION : NATIVE_HTTP_FAULT_CHUNK_SIZE;
}

/* The end of the line behind the data. */
static enum native_http_fault_reason take_data_end(struct native_http_chunked *chunked, char c)
{
    if (c == '\r' && chunked->state == STATE_DATA_CR) {
        chunked->state = STATE_DATA_LF;
        return NATIVE_HTTP_FAULT_NONE;
    }
    if (c != '\n') {
        return NATIVE_HTTP_FAULT_CHUNK_END;
    }
    if (chunked->state == STATE_DATA_CR && chunked->options.strict) {
        return NATIVE_HTTP_FAULT_BARE_LF;
    }
    chunked->state = STATE_SIZE;
    return NATIVE_HTTP_FAULT_NONE;
}

/* Take a byte that is not data. */
static enum native_http_fault_reason take_byte(struct native_http_chunked *chunked, char c)
{
    switch (chunked->state) {
    case STATE_SIZE:
        return take_digit(chunked, c);
    case STATE_DIGITS:
        return native_http_hex_value(c) >= 0 ? take_digit(chunked, c) : take_behind(chunked, c);
    case STATE_SIZE_LF:
        return c == '\n' ? end_line(chunked) : NATIVE_HTTP_FAULT_BARE_CR;
    case STATE_DATA_CR:
    case STATE_DATA_LF:
        return take_data_end(chunked, c);
    default:
        return take_behind(chunked, c);
    }
}

static void take_data(struct native_http_chunked *chunked, struct native_http_span in,
                      struct native_http_body_event *event)
{
    if (in.len > chunked->left) {
        in.len = (size_t)chunked->left;
    }
    event->kind = NATIVE_HTTP_BODY_DATA;
    event->data = in;
    chunked->left -= in.len;
    chunked->data_bytes += in.len;
    if (chunked->left == 0) {
        chunked->state = STATE_DATA_CR;
    }
}

static enum native_http_status take_trailer(struct native_http_chunked *chunked,
                                            struct native_http_span in, size_t *used,
                                            struct native_http_body_event *event,
                                            struct native_http_fault *fault)
{
    size_t before = *used;
    enum native_http_status status =
        native_http_head_next(&chunked->trailers, in.at, in.len, used, &event->field, fault);

    if (status == NATIVE_HTTP_OK) {
        bool end = event->field.kind == NATIVE_HTTP_HEAD_END;

        event->kind = end ? NATIVE_HTTP_BODY_TRAILER_END : NATIVE_HTTP_BODY_TRAILER;
        chunked->state = end ? STATE_DONE : STATE_TRAILERS;
    } else if (status != NATIVE_HTTP_NEED_MORE) {
        fault->offset += before;
    }
    *used += before;
    return status;
}

enum native_http_status native_http_chunked_next(struct native_http_chunked *chunked,
                                                 const void *in, size_t in_len, size_t *used,
                                                 struct native_http_body_event *event,
                                                 struct native_http_fault *fault)
{
    const char *at = in;
    enum native_http_fault_reason reason;

    *used = 0;
    if (chunked->state == STATE_DONE) {
        return NATIVE_HTTP_END;
    }
    for (; *used < in_len; ++*used) {
        struct native_http_span rest = {at + *used, in_len - *used};

        if (chunked->state == STATE_TRAILERS) {
            return take_trailer(chunked, rest, used, event, fault);
        }
        if (chunked->state == STATE_DATA) {
            take_data(chunked, rest, event);
            *used += event->data.len;
            return NATIVE_HTTP_OK;
        }
        chunked->line += *rest.at != '\r' && *rest.at != '\n';
        reason = take_byte(chunked, *rest.at);
        if (reason == NATIVE_HTTP_FAULT_NONE && chunked->line > chunked->options.line_max) {
            reason = NATIVE_HTTP_FAULT_CHUNK_EXTENSION;
        }
        if (reason != NATIVE_HTTP_FAULT_NONE) {
            bool large = chunked->line > chunked->options.line_max ||
                         chunked->excess > chunked->options.excess_max;

            *fault = (struct native_http_fault){reason, *used};
            return large ? NATIVE_HTTP_TOO_LARGE : NATIVE_HTTP_MALFORMED;
        }
    }
    return NATIVE_HTTP_NEED_MORE;
}
