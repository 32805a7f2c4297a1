/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/transfer_stream.c - what an outer event loop waits for. The stream borrows the descriptor (wait_stream.h). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "transfer.h"

#include "../../net/stream.h"
#include "../wait_stream.h"

/* What the connection, or the lookup, waits for now; fd -1: nothing. *id tells what the descriptor belongs to: numbers
 * are given anew. */
static struct pollfd current(const struct native_ext_http_transfer *t, uint64_t *id)
{
    const struct native_http_transfer *transfer = t->call->transfer;
    const struct native_net_stream *stream = native_http_transfer_stream(transfer);
    struct pollfd fd = {-1, 0, 0};

    *id = 2 * native_http_transfer_info(transfer)->connection_id +
          (stream && native_net_stream_is_open(stream));
    if (native_http_engine_pollfds(t->call->run->engine, &fd, 1) == 0)
        fd.fd = -1;
    return fd;
}

void native_ext_http_transfer_sync(struct native_ext_http_transfer *t)
{
    uint64_t id;

    if (Z_TYPE(t->stream) == IS_UNDEF)
        return;
    native_ext_wait_stream_drop_closed(&t->stream);
    if (t->stream_fd != current(t, &id).fd || t->stream_id != id)
        native_ext_wait_stream_drop(&t->stream);
}

/* The stream, or NULL. */
static zval *get_stream(struct native_ext_http_transfer *t)
{
    uint64_t id;
    struct pollfd fd = current(t, &id);

    native_ext_http_transfer_sync(t);
    if (fd.fd < 0)
        return NULL;
    if (Z_TYPE(t->stream) == IS_UNDEF) {
        native_ext_wait_stream_make(&t->stream, fd.fd, NATIVE_EXT_WAIT_STREAM_HTTP);
        t->stream_fd = fd.fd;
        t->stream_id = id;
    }
    return &t->stream;
}

ZEND_METHOD(Native_Http_Transfer, getStream)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS));
    zval *stream;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!native_ext_http_transfer_call(t))
        RETURN_THROWS();
    stream = get_stream(t);
    if (!stream)
        RETURN_NULL();
    RETURN_COPY(stream);
}

static void add_stream(zval *list, zval *stream)
{
    Z_ADDREF_P(stream);
    add_next_index_zval(list, stream);
}

ZEND_METHOD(Native_Http_Transfer, getStreams)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_http_call *call = native_ext_http_transfer_call(t);
    zval lists[2], *stream, *body;
    short events;
    uint64_t id;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!call)
        RETURN_THROWS();
    array_init(&lists[0]);
    array_init(&lists[1]);
    stream = get_stream(t);
    events = current(t, &id).events;
    if (stream && (events & POLLIN))
        add_stream(&lists[0], stream);
    if (stream && (events & POLLOUT))
        add_stream(&lists[1], stream);
    body = native_ext_http_source_waits_for(&call->source);
    if (body && !native_http_transfer_is_done(call->transfer))
        add_stream(&lists[0], body);
    if (call->sink.ready.waiting && call->sink.ready.fd >= 0 &&
        !native_http_transfer_is_done(call->transfer))
        add_stream(&lists[1], &call->sink.to);
    array_init_size(return_value, 2);
    add_next_index_zval(return_value, &lists[0]);
    add_next_index_zval(return_value, &lists[1]);
}

static void wants(INTERNAL_FUNCTION_PARAMETERS, short events)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS));
    uint64_t id;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!native_ext_http_transfer_call(t))
        RETURN_THROWS();
    RETURN_BOOL(current(t, &id).events & events);
}

ZEND_METHOD(Native_Http_Transfer, wantsRead)
{
    wants(INTERNAL_FUNCTION_PARAM_PASSTHRU, POLLIN);
}

ZEND_METHOD(Native_Http_Transfer, wantsWrite)
{
    wants(INTERNAL_FUNCTION_PARAM_PASSTHRU, POLLOUT);
}

ZEND_METHOD(Native_Http_Transfer, nextTimeout)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_http_call *call = native_ext_http_transfer_call(t);
    int left_ms;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!call)
        RETURN_THROWS();
    left_ms =
        native_http_transfer_is_done(call->transfer) ? -1 : native_ext_http_run_timeout(call->run);
    if (left_ms < 0)
        RETURN_NULL();
    RETURN_DOUBLE((double)left_ms / 1000);
}
