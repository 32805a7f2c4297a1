/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* decode.h - undoing content codings (RFC 9110, 8.4; gzip RFC 1952, zlib RFC 1950, deflate RFC 1951, br RFC 7932, zstd
 * RFC 8878) while the bytes come in.
 *
 *     Content-Encoding: gzip, br       bytes ---> [br] ---> [gzip] ---> sink, in pieces of at most 16 KiB
 *
 * "deflate" is taken with zlib's frame and without, which servers mix up. After the end of a gzip member another one may
 * follow; anything else behind it, and behind the end of deflate and br, is ignored.
 * The sink may say PAUSE: the very piece comes again with the next call. No coding at all: bytes pass through.
 * Limits: bytes that come out of any coding; no output is delivered past it. A small body that would become a large one
 * gives way now and then (MORE), so that a transfer can be stopped meanwhile.
 * Allocates: with malloc, all of it in new() but for what the libraries take later (zlib 40 KiB, br up to 16 MiB, zstd up
 * to 8 MiB: its largest window by RFC 9659). Blocks: on the file system, while it looks for a library. Threads: no state. */
#ifndef NATIVE_HTTP_DECODE_H
#define NATIVE_HTTP_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "handlers.h"
#include "wire/coding.h"

enum { NATIVE_HTTP_DECODE_PIECE = 16 * 1024 };

enum native_http_decode_status {
    NATIVE_HTTP_DECODE_OK,
    NATIVE_HTTP_DECODE_PAUSED,  /* by the sink: call again, when it likes, with what was not used */
    NATIVE_HTTP_DECODE_MORE,    /* much was done: call again soon, with what was not used */
    NATIVE_HTTP_DECODE_STOPPED, /* by the sink: see native_http_decode_verdict() */
    NATIVE_HTTP_DECODE_BAD,     /* bytes that this coding does not have */
    NATIVE_HTTP_DECODE_CUT,     /* the body ended before the coding did */
    NATIVE_HTTP_DECODE_TOO_LARGE, /* past the limit */
    NATIVE_HTTP_DECODE_UNKNOWN,   /* a coding that cannot be undone here */
    NATIVE_HTTP_DECODE_NO_MEMORY
};

struct native_http_decode;

typedef enum native_http_verdict native_http_decode_sink(void *ctx, struct native_http_span piece);

/* Returns the codings that can be undone here, as bits (1 << enum native_http_coding): for Accept-Encoding. The first call
 * looks for the libraries of br and zstd, where they were there at build time: they are not linked, since every start of PHP
 * would pay for them. */
unsigned native_http_decode_codings(void);

/* Write the libraries and their versions, "zlib/1.2.13, brotli/1.0.9, zstd/1.5.4", cut at `room` with a NUL. Returns
 * `text`. */
char *native_http_decode_libraries(char *text, size_t room);

/* Make a chain for one body. `max_decoded` 0: no limit.
 * Returns NATIVE_HTTP_DECODE_OK with *decode; _UNKNOWN; _NO_MEMORY. */
enum native_http_decode_status native_http_decode_new(const struct native_http_codings *codings,
                                                      uint64_t max_decoded,
                                                      native_http_decode_sink *sink, void *ctx,
                                                      struct native_http_decode **decode);

/* NULL is allowed. */
void native_http_decode_free(struct native_http_decode *decode);

/* Change the limit. */
void native_http_decode_limit(struct native_http_decode *decode, uint64_t max_decoded);

/* Decode; *used tells how many of the bytes were taken: all of them with OK. `bytes` may be empty: what waits is handed
 * on. After STOPPED and the faults every further call returns the same.
 * Returns any of the above but UNKNOWN and CUT. */
enum native_http_decode_status native_http_decode_feed(struct native_http_decode *decode,
                                                       struct native_http_span bytes, size_t *used);

/* The body is over: hand on what waits, and look whether every coding has come to its end. A body without a byte is
 * no fault. Returns any of the above but UNKNOWN; after PAUSED and MORE call again. */
enum native_http_decode_status native_http_decode_finish(struct native_http_decode *decode);

/* Returns what the sink said when it stopped: REFUSE or ABORT. */
enum native_http_verdict native_http_decode_verdict(const struct native_http_decode *decode);

/* Returns which coding found fault ("gzip"), and what it said ("incorrect header check"); never NULL. */
const char *native_http_decode_coding(const struct native_http_decode *decode);
const char *native_http_decode_message(const struct native_http_decode *decode);

/* Returns the bytes that the sink has taken. */
uint64_t native_http_decode_total(const struct native_http_decode *decode);

#endif
