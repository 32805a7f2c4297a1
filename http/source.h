/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* source.h - where the body of a request comes from.
 * Shape: an object with three functions; ready-made ones for bytes, a descriptor, and multipart/form-data over others.
 *   read -> bytes | END | PAUSED | FAILED     rewind: from the first byte again, for redirects and authentication
 * Who made one frees it, after the transfer; a transfer never does. */
#ifndef NATIVE_HTTP_SOURCE_H
#define NATIVE_HTTP_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/multipart.h"

enum native_http_source_status {
    NATIVE_HTTP_SOURCE_BYTES,  /* *got > 0 */
    NATIVE_HTTP_SOURCE_END,    /* there is no more */
    NATIVE_HTTP_SOURCE_PAUSED, /* nothing now: native_http_transfer_resume() goes on */
    NATIVE_HTTP_SOURCE_FAILED, /* the transfer ends with the error SOURCE */
    NATIVE_HTTP_SOURCE_ABORT   /* ... ABORTED */
};

struct native_http_source {
    /* Write at most `room` bytes to `out`. May run code of the user's. */
    enum native_http_source_status (*read)(struct native_http_source *source, void *out,
                                           size_t room, size_t *got);
    /* Go back to the first byte. NULL, or false: that cannot be done. */
    bool (*rewind)(struct native_http_source *source);
    uint64_t size; /* from the first byte on; NATIVE_HTTP_SIZE_UNKNOWN: sent in chunks */
};

/* Bytes in memory, which stay the caller's. */
struct native_http_source_bytes {
    struct native_http_source source;
    const char *bytes;
    size_t at;
};
void native_http_source_bytes_init(struct native_http_source_bytes *source, const void *bytes,
                                   size_t len);

/* A descriptor from its present position on; it stays the caller's. Of a regular file the position is not moved, the size
 * is known and it rewinds; bytes that are added later are not sent, and if it gets shorter that is FAILED. Of anything
 * else that does not block and has nothing now: PAUSED; the caller resumes when it is readable. */
struct native_http_source_fd {
    struct native_http_source source;
    int fd;
    int64_t start; /* -1: cannot be rewound */
    uint64_t done; /* bytes that were read */
    int error;     /* errno of FAILED; 0: the file got shorter */
};
void native_http_source_fd_init(struct native_http_source_fd *source, int fd);

/* multipart/form-data. `contents[i]` gives the bytes of parts[i] and may be NULL where there are none; it may not give
 * fewer than parts[i].size says (FAILED), and what it has more is not asked for. All arrays stay the caller's. */
struct native_http_source_multipart {
    struct native_http_source source;
    struct native_http_multipart writer;
    struct native_http_source *const *contents;
    struct native_http_buffer text; /* of the piece that is going out; in `small` or malloc'ed */
    size_t text_at;
    size_t part;    /* whose bytes are going out */
    size_t started; /* contents that were read from: the first so many */
    bool in_part;
    enum native_http_source_status pending; /* what a content said after bytes; BYTES: nothing */
    uint64_t left; /* bytes of the part that are still to come; SIZE_UNKNOWN */
    char small[512];
};
/* Returns NATIVE_HTTP_OK; what native_http_multipart_start() returns, with the part's number. The struct may not be
 * moved afterwards. */
enum native_http_status native_http_source_multipart_init(
    struct native_http_source_multipart *source, const struct native_http_multipart_part *parts,
    struct native_http_source *const *contents, size_t parts_len, struct native_http_span boundary,
    size_t *part, struct native_http_fault *fault);
/* Free the room that long names took. */
void native_http_source_multipart_end(struct native_http_source_multipart *source);

#endif
