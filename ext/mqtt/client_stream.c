/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_stream.c - the PHP stream that outer event loops wait on, and what to wait for.
 * The stream borrows the connection's descriptor (wait_stream.h). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "../wait_stream.h"
#include "client_methods.h"

void native_ext_mqtt_stream_drop(struct native_ext_mqtt_client *c)
{
    native_ext_wait_stream_drop(&c->stream);
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
    int fd;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    native_ext_mqtt_stream_sync(c);
    native_ext_wait_stream_drop_closed(&c->stream);
    fd = current_descriptor(c);
    if (fd < 0)
        RETURN_NULL();
    if (Z_TYPE(c->stream) == IS_UNDEF) {
        native_ext_wait_stream_make(&c->stream, fd, NATIVE_EXT_WAIT_STREAM_MQTT);
        c->stream_fd = fd;
        c->stream_opening = !native_net_stream_is_open(c->connection->stream);
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
