/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* chunked.h - decode the chunked transfer coding (RFC 9112, 7.1).
 * Shape: *( size [ ";" extension ] CRLF data CRLF ) "0" CRLF *( trailer CRLF ) CRLF
 * Works over the caller's bytes: data are spans of them, nothing is copied. All but the lines of
 * the trailers is used up as it comes; those are head.h's.
 * Limits: a size of up to 2^63-1, with its leading zeros and extensions one line of limited length;
 *        and how many more bytes of such lines than of data there may be, so that a body of hardly
 *        anything but extensions ends.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_CHUNKED_H
#define NATIVE_HTTP_WIRE_CHUNKED_H

#include "head.h"

struct native_http_chunked_options {
    bool strict;       /* refuse LF without CR, and blanks behind a size without extension */
    size_t line_max;   /* of a size with its extensions */
    size_t excess_max; /* bytes of such lines, beyond 16 for each chunk and the bytes of data */
    struct native_http_head_options trailers;
};

#define NATIVE_HTTP_CHUNKED_OPTIONS_INIT                                                           \
    {                                                                                              \
        false, 4096, 16 * 1024, NATIVE_HTTP_HEAD_OPTIONS_INIT                                      \
    }

enum native_http_body_event_kind {
    NATIVE_HTTP_BODY_DATA = 1,
    NATIVE_HTTP_BODY_TRAILER,    /* `field`: a field after the data */
    NATIVE_HTTP_BODY_TRAILER_END /* `field.raw`: the empty line that ends a chunked body */
};

struct native_http_body_event {
    enum native_http_body_event_kind kind;
    struct native_http_span data; /* DATA: at least one byte */
    struct native_http_head_event field;
};

struct native_http_chunked {
    struct native_http_chunked_options options; /* set by the caller */
    /* What was read so far, for whoever asks. */
    uint64_t data_bytes;
    /* The decoder's own. */
    uint64_t left; /* of this chunk's data */
    size_t line;   /* bytes of this size's line */
    size_t excess;
    uint8_t state;
    struct native_http_head trailers;
};

/* Begin a body; the options stay. */
void native_http_chunked_begin(struct native_http_chunked *chunked);

/* Returns whether the body was read to its end, trailers included. */
bool native_http_chunked_is_over(const struct native_http_chunked *chunked);

/* Take the next event out of in[0..in_len): `*used` bytes of it are done with (also with
 * NATIVE_HTTP_NEED_MORE; what is not used must be given again).
 * Returns NATIVE_HTTP_OK: an event; NATIVE_HTTP_NEED_MORE; NATIVE_HTTP_END: the body is over,
 * nothing was used, what follows is not of it; NATIVE_HTTP_MALFORMED or NATIVE_HTTP_TOO_LARGE with
 * `fault`. */
enum native_http_status native_http_chunked_next(struct native_http_chunked *chunked,
                                                 const void *in, size_t in_len, size_t *used,
                                                 struct native_http_body_event *event,
                                                 struct native_http_fault *fault);

#endif
