/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* coding.h - content codings (RFC 9110, 8.4): Content-Encoding read, Accept-Encoding written.
 * Shape: gzip, br        in the order they were applied: the last one is undone first
 * Pure: no allocation, no globals. */
#ifndef NATIVE_HTTP_WIRE_CODING_H
#define NATIVE_HTTP_WIRE_CODING_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

enum native_http_coding {
    NATIVE_HTTP_CODING_IDENTITY, /* also "none": nothing to undo, never in a list */
    NATIVE_HTTP_CODING_DEFLATE,
    NATIVE_HTTP_CODING_GZIP, /* also x-gzip */
    NATIVE_HTTP_CODING_BR,
    NATIVE_HTTP_CODING_ZSTD,
    NATIVE_HTTP_CODING_UNKNOWN
};

enum { NATIVE_HTTP_CODINGS_MAX = 5 }; /* as many as curl undoes */

/* Of one response: all its Content-Encoding fields, in their order. Zero is an empty one. */
struct native_http_codings {
    uint8_t list[NATIVE_HTTP_CODINGS_MAX]; /* enum native_http_coding */
    uint8_t len;
    struct native_http_span unknown; /* the first name that is not known; `at` NULL: none */
};

/* Returns the coding of the name, whatever its case; NATIVE_HTTP_CODING_UNKNOWN. */
enum native_http_coding native_http_coding_of(struct native_http_span name);

/* Returns the name, "gzip"; of UNKNOWN the empty one. */
struct native_http_span native_http_coding_name(enum native_http_coding coding);

/* Add those of one field's value; empty elements and identity are left out, unknown ones are kept
 * as UNKNOWN.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_TOO_LARGE (CONTENT_CODING) for more than
 * NATIVE_HTTP_CODINGS_MAX. */
enum native_http_status native_http_codings_add(struct native_http_codings *codings,
                                                struct native_http_span value,
                                                struct native_http_fault *fault);

/* Append the value of an Accept-Encoding field, "deflate, gzip, br": the codings whose bit (1 <<
 * coding) is set, in the order of the enum; "identity" for none. */
void native_http_accept_encoding_put(struct native_http_buffer *out, unsigned codings);

#endif
