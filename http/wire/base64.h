/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* base64.h - base64 with padding (RFC 4648, 4).
 * Shape: 3 bytes are 4 characters of A-Z a-z 0-9 + /, the last group filled up with "=".
 * Pure: no allocation, no globals. Not constant-time. */
#ifndef NATIVE_HTTP_WIRE_BASE64_H
#define NATIVE_HTTP_WIRE_BASE64_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

/* A writer that takes its bytes in pieces. Zero is a fresh one. */
struct native_http_base64 {
    uint32_t bits;  /* bytes that make no group yet */
    unsigned count; /* of them: 0..2 */
};

/* Append what these bytes complete; then, with _end, the last group. */
void native_http_base64_put(struct native_http_base64 *base64, struct native_http_buffer *out,
                            struct native_http_span bytes);
void native_http_base64_end(struct native_http_base64 *base64, struct native_http_buffer *out);

/* Append all of it. */
void native_http_base64_encode(struct native_http_buffer *out, struct native_http_span bytes);

/* Append the bytes of the text. Strict: no white space, padding present, its spare bits zero, so
 * that there is one text for each sequence of bytes.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (BASE64) with the offset and nothing appended. */
enum native_http_status native_http_base64_decode(struct native_http_buffer *out,
                                                  struct native_http_span text,
                                                  struct native_http_fault *fault);

#endif
