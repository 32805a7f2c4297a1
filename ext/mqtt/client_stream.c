/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_stream.c - the PHP stream that outer event loops wait on, and what to wait for.
 * The stream borrows the connection's descriptor: closing it closes nothing, reading gives nothing. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "php_network.h"
#include "php_streams.h"

#include "client_methods.h"

/* php_stream->abstract is the descriptor + 1. */
static int descriptor(const php_stream *stream)
{
    return (int)(intptr_t)stream->abstract - 1;
}

static ssize_t stream_write(php_stream *stream, const char *data, size_t len)
{
    (void)stream, (void)data, (void)len;
    php_error_docref(NULL, E_NOTICE, "The stream of an MQTT client is for waiting only");
    return -1;
}

static ssize_t stream_read(php_stream *stream, char *data, size_t len)
{
    (void)stream, (void)data, (void)len;
    php_error_docref(NULL, E_NOTICE, "The stream of an MQTT client is for waiting only");
    return -1;
}

static int stream_close(php_stream *stream, int close_handle)
{
    (void)close_handle;
    stream->abstract = NULL;
    return 0;
}

static int stream_flush(php_stream *stream)
{
    (void)stream;
    return 0;
}

static int stream_cast(php_stream *stream, int as, void **out)
{
    if (as != PHP_STREAM_AS_FD && as != PHP_STREAM_AS_FD_FOR_SELECT && as != PHP_STREAM_AS_SOCKETD)
        return FAILURE;
    if (descriptor(stream) < 0)
        return FAILURE;
    if (out)
        *(php_socket_t *)out = descriptor(stream);
    return SUCCESS;
}

static const php_stream_ops operations = {
    stream_write, stream_read, stream_close, stream_flush, "native-mqtt",
    NULL,         stream_cast, NULL,         NULL,
};

void native_ext_mqtt_stream_drop(struct native_ext_mqtt_client *c)
{
    zval held;

    if (Z_TYPE(c->stream) == IS_UNDEF)
        return;
    ZVAL_COPY_VALUE(&held, &c->stream);
    ZVAL_UNDEF(&c->stream);
    if (Z_RES(held)->ptr)
        zend_list_close(Z_RES(held));
    zval_ptr_dtor(&held);
}

static int current_descriptor(const struct native_ext_mqtt_client *c)
{
    struct native_net_stream *stream = c->connection ? c->connection->stream : NULL;

    return stream ? native_net_stream_fd(stream) : -1;
}

void native_ext_mqtt_stream_sync(struct native_ext_mqtt_client *c)
{
    struct native_net_stream *stream = c->connection->stream;

    if (Z_TYPE(c->stream) != IS_UNDEF &&
        (!stream || c->stream_opening == native_net_stream_is_open(stream) ||
         c->stream_fd != native_net_stream_fd(stream)))
        native_ext_mqtt_stream_drop(c);
}

ZEND_METHOD(Native_Mqtt_Client, getStream)
{
    struct native_ext_mqtt_client *c;
    php_stream *stream;
    int fd;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    native_ext_mqtt_stream_sync(c);
    if (Z_TYPE(c->stream) != IS_UNDEF && !Z_RES(c->stream)->ptr)
        native_ext_mqtt_stream_drop(c); /* somebody has closed it */
    fd = current_descriptor(c);
    if (fd < 0)
        RETURN_NULL();
    if (Z_TYPE(c->stream) == IS_UNDEF) {
        stream = php_stream_alloc(&operations, (void *)(intptr_t)(fd + 1), NULL, "r+");
        stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
        php_stream_to_zval(stream, &c->stream);
        Z_ADDREF(c->stream);
        c->stream_fd = fd;
        c->stream_opening = !native_net_stream_is_open(c->connection->stream);
        RETURN_COPY_VALUE(&c->stream);
    }
    RETURN_COPY(&c->stream);
}

static void wants(INTERNAL_FUNCTION_PARAMETERS, int direction)
{
    struct native_ext_mqtt_client *c;
    const struct native_ext_mqtt_connection *n;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    n = c->connection;
    RETURN_BOOL(n->stream &&
                (native_net_stream_events(n->stream, native_ext_mqtt_wants(n)) & direction) != 0);
}

ZEND_METHOD(Native_Mqtt_Client, wantsRead)
{
    wants(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_READ);
}

ZEND_METHOD(Native_Mqtt_Client, wantsWrite)
{
    wants(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_WRITE);
}

ZEND_METHOD(Native_Mqtt_Client, nextTimeout)
{
    struct native_ext_mqtt_client *c;
    struct native_ext_mqtt_connection *n;
    int64_t now = native_net_clock_ms(), at;
    uint32_t timer;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    n = c->connection;
    if (n->io_failed)
        RETURN_DOUBLE(0);
    timer = native_mqtt_client_timeout(&n->engine, (uint32_t)now);
    at = timer == UINT32_MAX ? NATIVE_NET_NEVER : now + (int64_t)timer;
    if (n->stream)
        at = native_net_deadline_min(at, native_net_stream_deadline(n->stream));
    if (at == NATIVE_NET_NEVER)
        RETURN_NULL();
    RETURN_DOUBLE(at <= now ? 0 : (double)(at - now) / 1000);
}
