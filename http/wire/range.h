/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* range.h - byte ranges (RFC 9110, 14).
 * Shape: Range: bytes=0-499,1000-,-500
 *        Content-Range: bytes 0-499/1234, or an asterisk in place of the range or the length
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_RANGE_H
#define NATIVE_HTTP_WIRE_RANGE_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

/* No position is larger: what a file offset can be. */
#define NATIVE_HTTP_RANGE_MAX ((uint64_t)INT64_MAX)

enum native_http_range_kind {
    NATIVE_HTTP_RANGE_FROM_TO, /* first-last, both included */
    NATIVE_HTTP_RANGE_FROM,    /* first- : to the end */
    NATIVE_HTTP_RANGE_SUFFIX   /* -last: the last so many bytes, at least one */
};

struct native_http_range {
    enum native_http_range_kind kind;
    uint64_t first, last;
};

/* Read "0-499,1000-,-500" (what follows "bytes=") into ranges[0..max). *count tells how many there
 * are, also when they are more than `max`.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_NO_SPACE; NATIVE_HTTP_MALFORMED with `fault`. */
enum native_http_status native_http_range_parse(const void *text, size_t text_len,
                                                struct native_http_range *ranges, size_t max,
                                                size_t *count, struct native_http_fault *fault);

/* Put "bytes=0-499,1000-" as the field Range has it.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_NO_SPACE: buffer->len tells what is needed;
 * NATIVE_HTTP_MALFORMED: no range at all, a last before its first, a suffix of 0, or a position
 * above NATIVE_HTTP_RANGE_MAX (nothing is put). */
enum native_http_status native_http_range_write(const struct native_http_range *ranges,
                                                size_t count, struct native_http_buffer *buffer);

struct native_http_content_range {
    bool has_range;  /* first and last are set; else it is that of a 416 */
    bool has_length; /* length is set; else it is unknown */
    uint64_t first, last, length;
};

/* Read the value of Content-Range. As curl does, any of " :=" may follow "bytes".
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with `fault`: another unit, no numbers, a last
 * before its first or not below the length. */
enum native_http_status native_http_content_range_parse(const void *value, size_t value_len,
                                                        struct native_http_content_range *range,
                                                        struct native_http_fault *fault);

/* Returns whether the value of Accept-Ranges has "bytes". */
bool native_http_accepts_byte_ranges(struct native_http_span value);

#endif
