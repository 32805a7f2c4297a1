/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode_codec.h - inside decode.c: one library that undoes one coding.
 * Shape: a table of functions over a state of its own, one row a coding. For decode*.c only. */
#ifndef NATIVE_HTTP_DECODE_CODEC_H
#define NATIVE_HTTP_DECODE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum native_http_codec_result {
    NATIVE_HTTP_CODEC_GO_ON, /* the input is used up, or the output is full */
    NATIVE_HTTP_CODEC_END,   /* it is over: what follows does not count */
    NATIVE_HTTP_CODEC_BAD,
    NATIVE_HTTP_CODEC_NO_MEMORY
};

/* What there is to read, and room to write: both move on. */
struct native_http_codec_io {
    const uint8_t *in;
    size_t in_len;
    uint8_t *out;
    size_t out_len;
};

struct native_http_optional;

struct native_http_codec {
    const char *name;
    struct native_http_optional *library; /* NULL: it is linked, or not in this build */
    void *(*start)(void); /* NULL without memory; the function itself is NULL: not in this build */
    /* Go on until the input is used up or the output is full. *message is set with BAD. */
    enum native_http_codec_result (*run)(void *state, struct native_http_codec_io *io,
                                         const char **message);
    bool (*at_end)(const void *state); /* whether the input may end here; NULL: only with END */
    void (*stop)(void *state);         /* free the state */
    int (*version)(
        char *text,
        size_t room); /* write "zlib/1.2.13", as snprintf() does; NULL: as another coding's says */
};

extern const struct native_http_codec native_http_codec_gzip;
extern const struct native_http_codec native_http_codec_deflate;
extern const struct native_http_codec native_http_codec_br;
extern const struct native_http_codec native_http_codec_zstd;

#endif
