/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* head.h - the head of a response, field by field (RFC 9112, 2 to 5), and the trailers after its
 * body.
 * Shape: [empty line] status-line line*( field line ) empty line
 *        HTTP/1.1 SP 200 SP reason CRLF
 * Works over the caller's bytes: each event says how many of them it has used. With
 * NATIVE_HTTP_NEED_MORE the bytes that were not used must be given again, with more behind them;
 * they are not scanned again.
 * Any slicing of the same bytes gives the same events.
 * Pure: no allocation, no globals. Spans live until the caller moves the bytes (of a folded field:
 * until the next call). */
#ifndef NATIVE_HTTP_WIRE_HEAD_H
#define NATIVE_HTTP_WIRE_HEAD_H

#include <stdint.h>

#include "span.h"
#include "status.h"

enum native_http_head_flag {
    /* refuse what curl takes: LF without CR, names that are no token, blanks before the colon,
     * control bytes in values. CR without LF and NUL are refused always. */
    NATIVE_HTTP_HEAD_STRICT = 0x1,
    /* an answer that does not begin with "HTTP/" is HTTP/0.9: all of it is the body, an empty line
     * in front too */
    NATIVE_HTTP_HEAD_09 = 0x2,
    /* a line that begins with its colon is a field with an empty name */
    NATIVE_HTTP_HEAD_NO_NAME = 0x4
};

struct native_http_head_options {
    unsigned flags;    /* enum native_http_head_flag */
    size_t bytes_max;  /* of one head, or of the trailers */
    size_t line_max;   /* of one line with its ending; of a folded field: of all its lines */
    size_t fields_max; /* of one head, or of the trailers */
    size_t empty_max;  /* empty lines in front of a status line */
    /* Beginnings of a first line that stand for "HTTP/1.0 200" ("ICY 200 OK"). */
    const struct native_http_span *aliases;
    size_t aliases_count;
    /* Where a field that goes on over several lines (obs-fold) is put together; without it such a
     * field is refused. A field that does not fit is NATIVE_HTTP_TOO_LARGE. */
    char *fold;
    size_t fold_size;
};

#define NATIVE_HTTP_HEAD_OPTIONS_INIT                                                              \
    {                                                                                              \
        0, 300 * 1024, 100 * 1024, 5000, 1, NULL, 0, NULL, 0                                       \
    }

enum native_http_head_kind {
    NATIVE_HTTP_HEAD_STATUS_LINE = 1,
    NATIVE_HTTP_HEAD_FIELD,
    NATIVE_HTTP_HEAD_END,    /* the empty line */
    NATIVE_HTTP_HEAD_NO_HEAD /* HTTP/0.9: nothing is used, all is the body */
};

struct native_http_head_event {
    enum native_http_head_kind kind;
    uint8_t minor;                  /* STATUS_LINE: HTTP/1.minor, 0 or 1 */
    uint16_t code;                  /* STATUS_LINE: 100 to 999 */
    struct native_http_span reason; /* STATUS_LINE: may be empty */
    struct native_http_span name;   /* FIELD */
    struct native_http_span value;  /* FIELD: trimmed; of a folded field: unfolded */
    /* The line as it came, with its line ending; of a folded field all its lines. */
    struct native_http_span raw;
};

struct native_http_head {
    struct native_http_head_options options; /* set by the caller */
    /* What was used so far, for whoever asks. */
    size_t bytes, fields;
    /* Set by the caller: no more bytes will come, so that nothing can go on in a next line. */
    bool ended;
    /* The parser's own. */
    size_t scanned; /* bytes of the waiting line that have no LF */
    size_t empty;
    uint8_t state;
    bool trailers;
};

/* Begin a response (after 1xx: the next one), or the trailers of a body; the options stay. */
void native_http_head_begin(struct native_http_head *head);
void native_http_head_begin_trailers(struct native_http_head *head);

/* Take the next event out of in[0..in_len): `*used` bytes of it are done with (also with
 * NATIVE_HTTP_NEED_MORE).
 * Returns NATIVE_HTTP_OK: an event; NATIVE_HTTP_NEED_MORE; NATIVE_HTTP_END: the head is over,
 * nothing was used; NATIVE_HTTP_MALFORMED or NATIVE_HTTP_TOO_LARGE with `fault`: the connection is
 * of no more use. */
enum native_http_status native_http_head_next(struct native_http_head *head, const void *in,
                                              size_t in_len, size_t *used,
                                              struct native_http_head_event *event,
                                              struct native_http_fault *fault);

#endif
