/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_events.c - what the engine tells becomes results and callbacks of PHP. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "zend_exceptions.h"

#include "delivery.h"
#include "enums.h"
#include "exceptions.h"
#include "properties.h"

enum { CONTINUE = 0x18, ABORT = 0x80, NOT_AUTHORIZED = 0x87 };
/* Packets that give no event (a flood of PINGRESP) must not keep one poll busy for ever. */
enum { READ_BUDGET = 1 << 20 };
/* Of callbacks that run inside others, or are suspended: the C stack of a fiber has 2 MB. */
enum { DEPTH_MAX = 256 };

bool native_ext_mqtt_call(struct native_ext_mqtt_client *c, zval *callable, uint32_t argc,
                          zval *args, zval *result)
{
    zval held, answer;

    if (c->depth >= DEPTH_MAX) {
        zend_throw_error(NULL,
                         "Callbacks of this client are nested %d deep: they connect or poll "
                         "in a circle",
                         DEPTH_MAX);
        return false;
    }
    /* The callback may replace itself, or drop the last reference to the client. */
    ZVAL_COPY(&held, callable);
    GC_ADDREF(&c->std);
    ZVAL_UNDEF(&answer);
    c->depth++;
    if (call_user_function(NULL, NULL, &held, &answer, argc, args) == FAILURE && !EG(exception))
        zend_throw_error(NULL, "The callback cannot be called any more");
    c->depth--;
    zval_ptr_dtor(&held);
    /* A callback that has forked returns twice: the connection is the parent's. */
    if (!EG(exception) && c->connection)
        (void)native_ext_mqtt_client_usable(&c->std);
    if (EG(exception) || !result)
        zval_ptr_dtor(&answer);
    else
        ZVAL_COPY_VALUE(result, &answer);
    OBJ_RELEASE(&c->std);
    return !EG(exception);
}

/* ---- one handler an event ---- */

void native_ext_mqtt_begin(struct native_ext_mqtt_client *c)
{
    c->start_wanted = false;
    c->failure.set = false;
    native_mqtt_client_start(&c->connection->engine, native_ext_mqtt_now());
}

/* An exception while connecting ends the attempt; it comes out of the call that polled. */
static bool on_open(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_connection *n = c->connection;
    bool ok;

    c->opening = true;
    ok = native_ext_mqtt_connect_open(c);
    c->opening = false;
    if (!ok && c->connection == n)
        native_mqtt_client_stop(&n->engine, ABORT, NULL, native_ext_mqtt_now());
    return ok;
}

/* The last word of an enhanced authentication is for the authenticator to judge. */
static bool finish_auth(struct native_ext_mqtt_client *c,
                        const struct native_mqtt_properties *properties)
{
    struct native_mqtt_property data;
    zend_string *text = NULL;
    zval ignored;
    bool ok;

    if (Z_TYPE_P(native_ext_option(c->options, NATIVE_EXT_MQTT_AUTHENTICATOR)) == IS_NULL)
        return true;
    if (native_mqtt_property_find(properties, NATIVE_MQTT_AUTHENTICATION_DATA, &data))
        text = zend_string_init((const char *)data.value.data, data.value.len, 0);
    ok = native_ext_mqtt_authenticate(c, text, 0, &ignored);
    if (ok)
        zval_ptr_dtor(&ignored);
    else if (c->connection)
        native_mqtt_client_stop(&c->connection->engine, NOT_AUTHORIZED, NULL,
                                native_ext_mqtt_now());
    if (text)
        zend_string_release(text);
    return ok;
}

static bool on_connected(struct native_ext_mqtt_client *c,
                         const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_connection *n = c->connection;
    const struct native_mqtt_connack *connack = &event->packet.as.connack;
    struct native_mqtt_properties properties;
    zval info;
    bool ok;

    n->was_connected = true;
    native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_CONNECTIONS, 1);
    if (n->counters[NATIVE_EXT_MQTT_CONNECTIONS] > 1)
        native_ext_mqtt_count(n->counters, NATIVE_EXT_MQTT_RECONNECTS, 1);
    n->session_present = connack->session_present;
    native_ext_mqtt_bytes_set(&n->connack, connack->properties.data, connack->properties.len);
    c->failure.set = false;
    if (c->info)
        OBJ_RELEASE(c->info);
    c->info = NULL;
    properties = connack->properties;
    properties.data = n->connack.data;
    if (!finish_auth(c, &properties))
        return false;
    if (Z_TYPE(c->on_connect) == IS_UNDEF || !c->connection)
        return true;
    ZVAL_OBJ_COPY(&info, native_ext_mqtt_info(c));
    ok = native_ext_mqtt_call(c, &c->on_connect, 1, &info, NULL);
    zval_ptr_dtor(&info);
    return ok;
}

/* Tell onDisconnect(reason, why, retryIn). */
static bool tell_disconnected(struct native_ext_mqtt_client *c, unsigned reason, uint32_t retry_ms)
{
    zval args[3];
    bool ok;

    native_ext_mqtt_case_zval(&args[0], NATIVE_EXT_MQTT_REASON_CODE, reason);
    ZVAL_NULL(&args[1]);
    ZVAL_NULL(&args[2]);
    if (c->failure.set) {
        native_ext_mqtt_failure_throw(c);
        if (EG(exception)) {
            ZVAL_OBJ_COPY(&args[1], EG(exception));
            zend_clear_exception();
        }
    }
    if (retry_ms != UINT32_MAX)
        ZVAL_DOUBLE(&args[2], retry_ms / 1000.0);
    ok = native_ext_mqtt_call(c, &c->on_disconnect, 3, args, NULL);
    for (int i = 0; i < 3; i++)
        zval_ptr_dtor(&args[i]);
    return ok;
}

/* Go over to how things stand without the connection, and say so. */
static bool leave(struct native_ext_mqtt_client *c, const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_connection *n = c->connection;
    unsigned reason = event->reason;
    uint32_t retry_ms = event->retry_ms;

    native_ext_mqtt_stream_sync(c);
    native_ext_mqtt_incoming_drop(c);
    if (c->giving_up && event->cause == NATIVE_MQTT_CAUSE_STOPPED) {
        c->giving_up = false;
        return true; /* told already */
    }
    native_ext_mqtt_failure_set(c, event);
    n->was_connected = false;
    if (c->info)
        OBJ_RELEASE(c->info);
    c->info = NULL;
    if (c->connecting && retry_ms != UINT32_MAX) {
        native_mqtt_client_stop(&n->engine, 0, NULL, native_ext_mqtt_now());
        c->giving_up = true;
        retry_ms = UINT32_MAX;
    }
    return Z_TYPE(c->on_disconnect) == IS_UNDEF || tell_disconnected(c, reason, retry_ms);
}

static bool on_disconnected(struct native_ext_mqtt_client *c,
                            const struct native_mqtt_client_event *event)
{
    bool ok = leave(c, event);

    if (c->start_wanted && c->connection && c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN)
        native_ext_mqtt_begin(c);
    return ok;
}

/* What stands before a payload is larger than the receive buffer. maximumPacketSize was asked already:
 * a larger packet would have ended the connection. */
static void on_no_space(struct native_ext_mqtt_connection *n, size_t len)
{
    if (!native_ext_mqtt_too_large(len))
        (void)native_ext_mqtt_grow_rx(n, len);
}

static bool on_auth(struct native_ext_mqtt_client *c, const struct native_mqtt_client_event *event)
{
    const struct native_mqtt_ack *ack = &event->packet.as.ack;
    struct native_mqtt_property data;
    zend_string *text = NULL;
    zval answer;
    bool ok;

    if (ack->reason != CONTINUE) {
        c->authenticated = finish_auth(c, &ack->properties);
        return c->authenticated;
    }
    if (native_mqtt_property_find(&ack->properties, NATIVE_MQTT_AUTHENTICATION_DATA, &data))
        text = zend_string_init((const char *)data.value.data, data.value.len, 0);
    ok = native_ext_mqtt_authenticate(c, text, CONTINUE, &answer);
    if (text)
        zend_string_release(text);
    if (ok) {
        ok = !c->connection || native_ext_mqtt_send_auth(c, CONTINUE, &answer);
        zval_ptr_dtor(&answer);
    }
    if (!ok && c->connection)
        native_mqtt_client_stop(&c->connection->engine, NOT_AUTHORIZED, NULL,
                                native_ext_mqtt_now());
    return ok;
}

static bool handle(struct native_ext_mqtt_client *c, const struct native_mqtt_client_event *event)
{
    switch (event->type) {
    case NATIVE_MQTT_EVENT_OPEN:
        return on_open(c);
    case NATIVE_MQTT_EVENT_CONNECTED:
        return on_connected(c, event);
    case NATIVE_MQTT_EVENT_DISCONNECTED:
        return on_disconnected(c, event);
    case NATIVE_MQTT_EVENT_MESSAGE:
        return native_ext_mqtt_on_message(c, event);
    case NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
        return native_ext_mqtt_on_message_begin(c, event);
    case NATIVE_MQTT_EVENT_MESSAGE_DATA:
        native_ext_mqtt_on_message_data(c, event);
        return true;
    case NATIVE_MQTT_EVENT_MESSAGE_END:
        return native_ext_mqtt_on_message_end(c);
    case NATIVE_MQTT_EVENT_DELIVERED:
        native_ext_mqtt_delivered(c->connection, (struct native_ext_mqtt_out *)event->outgoing,
                                  event);
        return true;
    case NATIVE_MQTT_EVENT_SUBSCRIBED:
        native_ext_mqtt_on_subscribed(c, event);
        return true;
    case NATIVE_MQTT_EVENT_AUTH:
        return on_auth(c, event);
    case NATIVE_MQTT_EVENT_NO_SPACE:
        on_no_space(c->connection, event->data.len);
        return true;
    default:
        return true;
    }
}

int native_ext_mqtt_poll(struct native_ext_mqtt_client *c)
{
    struct native_mqtt_client_event event;
    bool got, handled;

    if (c->opening)
        return 0;
    c->polls++;
    c->threw = false;
    c->connection->read_budget = READ_BUDGET;
    got = native_mqtt_client_next(&c->connection->engine, native_ext_mqtt_now(), &event);
    native_ext_mqtt_count_packets(c->connection);
    if (!got) {
        native_ext_mqtt_gauges(c->connection, false);
        if (Z_TYPE(c->stream) != IS_UNDEF)
            native_ext_mqtt_stream_sync(c);
        return 0;
    }
    handled = handle(c, &event);
    if (c->connection)
        native_ext_mqtt_gauges(c->connection, false);
    return handled ? 1 : -1;
}
