/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* multipart.h - writing multipart/form-data (RFC 7578, RFC 2046 5.1; names as browsers do).
 *
 *   --boundary CRLF                                                          | TEXT
 *   Content-Disposition: form-data; name="a"; filename="b" CRLF              |
 *   Content-Type: text/plain CRLF                                            |
 *   CRLF                                                                     |
 *   the part's bytes                                                         DATA: the caller's
 *   CRLF --boundary CRLF ...                                                 TEXT
 *   CRLF --boundary-- CRLF                                                   TEXT
 *
 * The writer gives one piece after the other and never holds a part's bytes, so that a file streams
 * through; all lengths are known in advance if those of the parts are. In names `"`, CR and LF are
 * written as %22, %0D and %0A.
 * Pure: no allocation; the caller owns the parts, which must stay until the END. */
#ifndef NATIVE_HTTP_WIRE_MULTIPART_H
#define NATIVE_HTTP_WIRE_MULTIPART_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

enum {
    NATIVE_HTTP_BOUNDARY_RANDOM = 8, /* random bytes that a boundary is made from */
    NATIVE_HTTP_BOUNDARY_LEN = 40,   /* of such a boundary: 24 dashes and 16 hexadecimal digits */
    NATIVE_HTTP_BOUNDARY_MAX = 70    /* of any [RFC 2046 5.1.1] */
};

#define NATIVE_HTTP_SIZE_UNKNOWN UINT64_MAX

struct native_http_multipart_part {
    struct native_http_span name;
    struct native_http_span filename;     /* `at` NULL: none is written */
    struct native_http_span content_type; /* `at` NULL: none is written */
    const struct native_http_span *lines; /* further header lines, "Name: value" */
    size_t lines_len;
    uint64_t size;          /* of its bytes, or NATIVE_HTTP_SIZE_UNKNOWN */
    bool escape_with_slash; /* names: `\"` and `\\` as in old times, not %22 */
    bool attachment;        /* not form-data: the body is no form, as its type says */
};

#define NATIVE_HTTP_MULTIPART_PART_INIT                                                            \
    {                                                                                              \
        {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL, 0, 0, false, false                                  \
    }

struct native_http_multipart {
    const struct native_http_multipart_part *parts;
    size_t parts_len;
    struct native_http_span boundary;
    size_t at; /* the part whose turn it is; parts_len: the end */
    bool data; /* its text is out: its bytes are next */
};

enum native_http_multipart_piece {
    NATIVE_HTTP_MULTIPART_TEXT, /* what was appended goes out */
    NATIVE_HTTP_MULTIPART_DATA, /* now the bytes of parts[*part] go out */
    NATIVE_HTTP_MULTIPART_END
};

/* Write the boundary made from 8 random bytes. No zero byte at its end. */
void native_http_boundary_make(const void *random, char *out);

/* Begin a body. The boundary's bytes stay the caller's.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED (BOUNDARY; or FIELD_NAME, FIELD_SPACE, FIELD_COLON,
 * FIELD_VALUE for a part's lines or content type, CONTROL_BYTE for a NUL in a name) with the number
 * of the part in *part. */
enum native_http_status native_http_multipart_start(struct native_http_multipart *multipart,
                                                    const struct native_http_multipart_part *parts,
                                                    size_t parts_len,
                                                    struct native_http_span boundary, size_t *part,
                                                    struct native_http_fault *fault);

/* Returns the size of the whole body; NATIVE_HTTP_SIZE_UNKNOWN if that of a part is, or if no
 * number holds it. */
uint64_t native_http_multipart_size(const struct native_http_multipart *multipart);

/* Give the next piece. Text is appended to `out` in one go: if it does not fit, out->len tells what
 * it would need; with *piece TEXT and the status NO_SPACE the writer stays where it is.
 * Returns NATIVE_HTTP_OK with *piece (and, for DATA, *part); NATIVE_HTTP_NO_SPACE. */
enum native_http_status native_http_multipart_next(struct native_http_multipart *multipart,
                                                   struct native_http_buffer *out,
                                                   enum native_http_multipart_piece *piece,
                                                   size_t *part);

/* Go back to the first piece: a redirect or an authentication sends the body again. */
void native_http_multipart_rewind(struct native_http_multipart *multipart);

/* Append the value of the Content-Type field: multipart/form-data; boundary=... */
void native_http_multipart_type_put(struct native_http_buffer *out,
                                    struct native_http_span boundary);

#endif
