/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/sink.c - where the body of a response goes. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "sink.h"

#include "zend_closures.h"
#include "zend_exceptions.h"

#include "../room.h"

enum { WAIT_PIECE = 4096 }; /* a pipe that is ready takes so many without blocking */

size_t native_ext_http_sink_len(const struct native_ext_http_sink *sink)
{
    return sink->bytes.s ? ZSTR_LEN(sink->bytes.s) - sink->taken : 0;
}

/* What was taken makes room for what comes. */
static void close_up(struct native_ext_http_sink *sink)
{
    size_t have = native_ext_http_sink_len(sink);

    memmove(ZSTR_VAL(sink->bytes.s), ZSTR_VAL(sink->bytes.s) + sink->taken, have);
    ZSTR_LEN(sink->bytes.s) = have;
    sink->taken = 0;
}

static enum native_http_verdict into_memory(struct native_ext_http_sink *sink,
                                            struct native_http_transfer *transfer,
                                            struct native_http_span bytes)
{
    if (sink->bounded && native_ext_http_sink_len(sink) >= NATIVE_EXT_HTTP_PIECES_MAX) {
        sink->full = true;
        return NATIVE_HTTP_PAUSE;
    }
    if (sink->taken > 0)
        close_up(sink);
    native_ext_room_for(&sink->bytes, bytes.len,
                        sink->bounded ? -1 : native_http_transfer_info(transfer)->receive_length);
    smart_str_appendl(&sink->bytes, bytes.at, bytes.len);
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict pause_sink(struct native_ext_http_sink *sink)
{
    sink->ready.waiting = true;
    return NATIVE_HTTP_PAUSE;
}

/* As much as it takes; if that is not all, the same bytes come again when it is ready. */
static enum native_http_verdict into_stream(struct native_ext_http_sink *sink, php_stream *stream,
                                            struct native_http_span bytes)
{
    while (sink->written < bytes.len) {
        size_t len = bytes.len - sink->written;
        ssize_t put;

        if (sink->ready.fd >= 0 && len > WAIT_PIECE)
            len = WAIT_PIECE;
        if (!native_ext_http_ready_now(&sink->ready))
            return pause_sink(sink);
        put = php_stream_write(stream, bytes.at + sink->written, len);
        if (EG(exception))
            return NATIVE_HTTP_ABORT;
        if (put < 0)
            return NATIVE_HTTP_REFUSE;
        if (put == 0)
            return sink->ready.fd >= 0 ? pause_sink(sink) : NATIVE_HTTP_REFUSE;
        sink->written += (size_t)put;
    }
    sink->written = 0;
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict into_closure(struct native_ext_http_sink *sink,
                                             struct native_http_span bytes)
{
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;
    zval argument, result;

    ZVAL_STRINGL(&argument, bytes.at, bytes.len);
    ZVAL_UNDEF(&result);
    if (call_user_function(NULL, NULL, &sink->to, &result, 1, &argument) != SUCCESS ||
        EG(exception) || Z_TYPE(result) == IS_FALSE)
        verdict = NATIVE_HTTP_ABORT;
    zval_ptr_dtor(&argument);
    zval_ptr_dtor(&result);
    return verdict;
}

enum native_http_verdict native_ext_http_sink_put(struct native_ext_http_sink *sink,
                                                  struct native_http_transfer *transfer,
                                                  struct native_http_span bytes)
{
    php_stream *stream;

    if (Z_TYPE(sink->to) == IS_UNDEF)
        return into_memory(sink, transfer, bytes);
    if (EG(exception)) /* of another transfer's callback */
        return pause_sink(sink);
    if (Z_TYPE(sink->to) == IS_OBJECT)
        return into_closure(sink, bytes);
    stream = native_ext_http_stream_of(&sink->to);
    return stream ? into_stream(sink, stream, bytes) : NATIVE_HTTP_REFUSE;
}

bool native_ext_http_sink_check(zval *value, uint32_t number)
{
    if (Z_TYPE_P(value) == IS_NULL ||
        (Z_TYPE_P(value) == IS_RESOURCE && native_ext_http_stream_of(value)) ||
        (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == zend_ce_closure))
        return true;
    if (!EG(exception))
        zend_argument_type_error(number, "must be a stream, a Closure or null, %s given",
                                 zend_zval_type_name(value));
    return false;
}

bool native_ext_http_sink_make(struct native_ext_http_sink *sink, zval *to)
{
    php_stream *stream;

    memset(sink, 0, sizeof(*sink));
    sink->ready.fd = -1;
    if (Z_TYPE_P(to) == IS_NULL)
        return true;
    ZVAL_COPY(&sink->to, to);
    if (Z_TYPE_P(to) != IS_RESOURCE)
        return true;
    stream = native_ext_http_stream_of(to);
    if (!stream) {
        if (!EG(exception))
            zend_type_error("The sink is a resource, but no stream that is open");
        return false;
    }
    native_ext_http_ready_init(&sink->ready, stream, POLLOUT);
    return true;
}

void native_ext_http_sink_clear(struct native_ext_http_sink *sink)
{
    smart_str_free(&sink->bytes);
    sink->taken = 0;
    sink->written = 0;
}

zend_string *native_ext_http_sink_take(struct native_ext_http_sink *sink, size_t len)
{
    size_t have = native_ext_http_sink_len(sink);
    zend_string *piece;

    if (have == 0)
        return ZSTR_EMPTY_ALLOC();
    if (sink->taken == 0 && (len == 0 || len >= have))
        return native_ext_room_end(&sink->bytes);
    if (len == 0 || len > have)
        len = have;
    piece = zend_string_init(ZSTR_VAL(sink->bytes.s) + sink->taken, len, 0);
    sink->taken += len;
    if (len == have)
        native_ext_http_sink_clear(sink);
    return piece;
}

void native_ext_http_sink_end(struct native_ext_http_sink *sink)
{
    smart_str_free(&sink->bytes);
    zval_ptr_dtor(&sink->to);
    ZVAL_UNDEF(&sink->to);
}
