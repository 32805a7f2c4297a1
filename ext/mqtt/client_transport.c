/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_transport.c - the three functions that the engine reaches the network through. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

static int result(struct native_ext_mqtt_connection *n, enum native_net_status status)
{
    switch (status) {
    case NATIVE_NET_OK:
        return NATIVE_MQTT_IO_OK;
    case NATIVE_NET_AGAIN:
    case NATIVE_NET_INTERRUPTED:
        return NATIVE_MQTT_IO_AGAIN;
    case NATIVE_NET_CLOSED:
        return NATIVE_MQTT_IO_CLOSED;
    default:
        n->io_failed = true;
        return NATIVE_MQTT_IO_ERROR;
    }
}

/* Bytes that nobody has read make the kernel reset the connection at close, and a reset overtakes what
 * we sent last: the server would not see our DISCONNECT. So they are read, as far as they are there. */
static void drain(struct native_ext_mqtt_connection *n)
{
    char bytes[4096];
    struct native_net_error ignored;
    size_t got;

    for (int i = 0; i < 256; i++)
        if (native_net_stream_read(n->stream, bytes, sizeof(bytes), &got, &ignored) !=
            NATIVE_NET_OK)
            return;
}

static void close_stream(struct native_ext_mqtt_connection *n)
{
    if (!n->stream)
        return;
    if (native_net_stream_is_open(n->stream))
        drain(n);
    else if (n->error.kind == NATIVE_NET_ERROR_NONE) /* too late: what was it about? */
        (void)native_net_stream_open(n->stream, native_net_stream_deadline(n->stream), &n->error);
    native_net_stream_close(n->stream, true);
    native_net_stream_free(n->stream);
    n->stream = NULL;
    native_ext_mqtt_trace_close(n);
}

int native_ext_mqtt_link(void *context, bool up)
{
    struct native_ext_mqtt_connection *n = context;
    enum native_net_status status;

    if (!up) {
        close_stream(n);
        return NATIVE_MQTT_IO_OK;
    }
    if (!n->stream) {
        native_net_error_clear(&n->error);
        n->io_failed = false;
        n->stream = native_net_stream_new(&n->net, &n->error);
        if (!n->stream)
            return NATIVE_MQTT_IO_ERROR;
        native_ext_mqtt_trace_open(n);
    }
    status = native_net_stream_open(n->stream, native_net_clock_ms(), &n->error);
    return result(n, status);
}

int native_ext_mqtt_read(void *context, void *data, size_t data_len, size_t *done)
{
    struct native_ext_mqtt_connection *n = context;
    enum native_net_status status;

    if (n->read_budget == 0)
        return NATIVE_MQTT_IO_AGAIN;
    status = native_net_stream_read(n->stream, data, data_len, done, &n->error);
    if (status == NATIVE_NET_OK) {
        native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_BYTES_RECEIVED, *done);
        n->read_budget -= *done < n->read_budget ? *done : n->read_budget;
        if (UNEXPECTED(n->trace))
            native_ext_mqtt_trace_bytes(n, false, data, *done);
    }
    return result(n, status);
}

int native_ext_mqtt_write(void *context, const void *data, size_t data_len, size_t *done)
{
    struct native_ext_mqtt_connection *n = context;
    enum native_net_status status =
        native_net_stream_write(n->stream, data, data_len, done, &n->error);

    if (status == NATIVE_NET_OK) {
        native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_BYTES_SENT, *done);
        if (UNEXPECTED(n->trace))
            native_ext_mqtt_trace_bytes(n, true, data, *done);
    }
    return result(n, status);
}
