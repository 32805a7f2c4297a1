/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/sink.h - where the body of a response goes: into memory, piece by piece to whoever asks for it, into a stream,
 * or to a closure.
 * Memory: PHP's; holds a reference on the stream or closure. */
#ifndef NATIVE_EXT_HTTP_SINK_H
#define NATIVE_EXT_HTTP_SINK_H

#include "../compat.h"

#include "zend_smart_str.h"

#include "../../http/engine.h"
#include "ready.h"

enum { NATIVE_EXT_HTTP_PIECES_MAX = 262144 }; /* that wait to be taken; then the peer waits, too */

struct native_ext_http_sink {
    smart_str bytes; /* that were received */
    size_t taken;    /* the first of them, that are gone */
    bool bounded;    /* pieces: at most so many wait */
    bool full;       /* the transfer has paused for whoever takes them */
    zval to;         /* a stream or closure; UNDEF: memory */
    size_t written;  /* of the piece that the stream did not take whole */
    struct native_ext_http_ready ready;
};

/* Returns whether a value can be a sink; throws a TypeError about argument `number` if not. */
bool native_ext_http_sink_check(zval *value, uint32_t number);

/* Make the sink of a value that was checked (null: memory). Returns false after throwing; then, too, end it. */
bool native_ext_http_sink_make(struct native_ext_http_sink *sink, zval *to);

/* Take a piece from the engine. May run code of the user's. */
enum native_http_verdict native_ext_http_sink_put(struct native_ext_http_sink *sink,
                                                  struct native_http_transfer *transfer,
                                                  struct native_http_span bytes);

/* Another response begins: what is in memory belonged to one that is not the last. */
void native_ext_http_sink_clear(struct native_ext_http_sink *sink);

/* Returns what is in memory, which is empty then: the caller's. At most `len` bytes; 0: all. */
zend_string *native_ext_http_sink_take(struct native_ext_http_sink *sink, size_t len);

size_t native_ext_http_sink_len(const struct native_ext_http_sink *sink);

void native_ext_http_sink_end(struct native_ext_http_sink *sink);

#endif
