/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* buffer.h - writing text into the caller's memory.
 * Shape: `len` counts what was asked for, also past `size`: a writer that finds too little room goes on counting and
 *        writes nothing more, so that one pass tells the size needed.
 *        [ text .......| free ]      len <= size: all of it is there
 * Pure: no allocation. Not ended by NUL. */
#ifndef NATIVE_HTTP_WIRE_BUFFER_H
#define NATIVE_HTTP_WIRE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "span.h"

struct native_http_buffer {
    char *at;    /* may be NULL with size 0: only count */
    size_t size; /* room */
    size_t len;  /* asked for so far */
};

/* Returns whether all that was put is there. */
static inline bool native_http_buffer_fits(const struct native_http_buffer *buffer)
{
    return buffer->len <= buffer->size;
}

static inline void native_http_buffer_put(struct native_http_buffer *buffer, const void *bytes,
                                          size_t len)
{
    if (len > 0 && buffer->len <= buffer->size && len <= buffer->size - buffer->len) {
        memcpy(buffer->at + buffer->len, bytes, len);
    } else if (len > 0 && buffer->len <= buffer->size) {
        buffer->size = buffer->len; /* nothing more: no holes in the text */
    }
    buffer->len += len;
}

static inline void native_http_buffer_put_span(struct native_http_buffer *buffer,
                                               struct native_http_span span)
{
    native_http_buffer_put(buffer, span.at, span.len);
}

#define NATIVE_HTTP_PUT(buffer, literal)                                                           \
    native_http_buffer_put(buffer, literal, sizeof(literal) - 1)

#endif
