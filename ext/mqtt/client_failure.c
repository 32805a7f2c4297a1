/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_failure.c - from the end of a connection to the exception that tells of it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "zend_interfaces.h"

#include "enums.h"
#include "exceptions.h"

/* Keep the server's reason string. */
static void keep_text(struct native_ext_mqtt_failure *f,
                      const struct native_mqtt_client_event *event)
{
    const struct native_mqtt_packet *p = &event->packet;
    struct native_mqtt_property text;
    size_t len;

    f->text[0] = 0;
    if (!event->has_packet ||
        (p->type != NATIVE_MQTT_CONNACK && p->type != NATIVE_MQTT_DISCONNECT) ||
        !native_mqtt_property_find(p->type == NATIVE_MQTT_CONNACK ? &p->as.connack.properties
                                                                  : &p->as.ack.properties,
                                   NATIVE_MQTT_REASON_STRING, &text))
        return;
    len = text.value.len < sizeof(f->text) - 1 ? text.value.len : sizeof(f->text) - 1;
    memcpy(f->text, text.value.data, len);
    f->text[len] = 0;
}

void native_ext_mqtt_failure_set(struct native_ext_mqtt_client *c,
                                 const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_failure *f = &c->failure;

    f->cause = event->cause;
    f->reason = event->reason;
    f->set = event->cause != NATIVE_MQTT_CAUSE_STOPPED;
    f->was_connected = c->connection->was_connected;
    f->net = c->connection->error;
    f->mqtt = c->connection->engine.parser.error;
    keep_text(f, event);
}

/* The reason code in words: "Not authorized". */
static zend_string *reason_name(unsigned reason)
{
    zend_object *found = native_ext_mqtt_case(NATIVE_EXT_MQTT_REASON_CODE, reason);
    zval text;

    ZVAL_UNDEF(&text);
    if (found)
        zend_call_method_with_0_params(found, found->ce, NULL, "description", &text);
    if (Z_TYPE(text) == IS_STRING)
        return Z_STR(text);
    return zend_strpprintf(0, "reason code 0x%02x", reason);
}

/* "...: Not authorized (come back on Monday)" */
static void throw_reason(zend_class_entry *ce, const struct native_ext_mqtt_failure *f,
                         const char *what)
{
    zend_string *name = reason_name(f->reason);

    if (f->text[0])
        native_ext_mqtt_throw(ce, f->reason, "%s: %s (%s)", what, ZSTR_VAL(name), f->text);
    else
        native_ext_mqtt_throw(ce, f->reason, "%s: %s", what, ZSTR_VAL(name));
    zend_string_release(name);
}

static bool is_timeout(const struct native_ext_mqtt_failure *f)
{
    return f->cause == NATIVE_MQTT_CAUSE_TIMEOUT ||
           (f->cause == NATIVE_MQTT_CAUSE_TRANSPORT &&
            (f->net.kind == NATIVE_NET_ERROR_NAME_TIMEOUT ||
             f->net.kind == NATIVE_NET_ERROR_CONNECT_TIMEOUT ||
             f->net.kind == NATIVE_NET_ERROR_TLS_TIMEOUT));
}

/* The stream below failed, or came to its end. */
static void throw_stream(zend_class_entry *ce, const struct native_ext_mqtt_failure *f)
{
    const char *when = f->was_connected ? "Connection lost" : "Cannot connect";

    if (f->cause == NATIVE_MQTT_CAUSE_TIMEOUT)
        native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON,
                              "%s: the server did not answer CONNECT in time", when);
    else if (f->cause == NATIVE_MQTT_CAUSE_CLOSED)
        native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON, "%s: the server closed the connection",
                              when);
    else
        native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON, "%s: %s", when, f->net.message);
}

void native_ext_mqtt_failure_throw(struct native_ext_mqtt_client *c)
{
    const struct native_ext_mqtt_failure *f = &c->failure;
    zend_class_entry *ce = f->was_connected ? native_ext_mqtt_connection_lost_exception_ce
                                            : native_ext_mqtt_connect_exception_ce;

    if (EG(exception))
        return;
    if (!f->set) {
        native_ext_mqtt_throw(native_ext_mqtt_not_connected_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                              "Not connected: call connect() or start() first");
        return;
    }
    if (is_timeout(f))
        ce = native_ext_mqtt_timeout_exception_ce;
    switch (f->cause) {
    case NATIVE_MQTT_CAUSE_KEEP_ALIVE:
        throw_reason(ce, f, "Connection lost: the server gave no sign of life");
        break;
    case NATIVE_MQTT_CAUSE_MALFORMED:
        native_ext_mqtt_throw_protocol(0, &f->mqtt);
        break;
    case NATIVE_MQTT_CAUSE_PROTOCOL:
        throw_reason(native_ext_mqtt_protocol_exception_ce, f,
                     "The server did what the state of the connection forbids");
        break;
    case NATIVE_MQTT_CAUSE_REFUSED:
        throw_reason(ce, f, "The server refused the connection");
        break;
    case NATIVE_MQTT_CAUSE_SERVER:
        throw_reason(ce, f, "The server ended the connection");
        break;
    case NATIVE_MQTT_CAUSE_NO_SPACE:
        native_ext_mqtt_throw(native_ext_mqtt_quota_exceeded_exception_ce, f->reason,
                              "The server sent a packet that does not fit the receive buffer, or "
                              "CONNECT does not fit the transmit buffer");
        break;
    default:
        throw_stream(ce, f);
    }
}
