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
    f->packet = event->packet.type;
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
static zend_object *throw_reason(zend_class_entry *ce, const struct native_ext_mqtt_failure *f,
                                 const char *what)
{
    zend_string *name = reason_name(f->reason);
    zend_object *exception =
        f->text[0]
            ? native_ext_mqtt_throw(ce, f->reason, "%s: %s (%s)", what, ZSTR_VAL(name), f->text)
            : native_ext_mqtt_throw(ce, f->reason, "%s: %s", what, ZSTR_VAL(name));

    zend_string_release(name);
    return exception;
}

static bool is_timeout(const struct native_ext_mqtt_failure *f)
{
    return f->cause == NATIVE_MQTT_CAUSE_TIMEOUT ||
           (f->cause == NATIVE_MQTT_CAUSE_TRANSPORT &&
            (f->net.kind == NATIVE_NET_ERROR_NAME_TIMEOUT ||
             f->net.kind == NATIVE_NET_ERROR_CONNECT_TIMEOUT ||
             f->net.kind == NATIVE_NET_ERROR_TLS_TIMEOUT));
}

/* The case of ConnectFailure for a stream that did not come about. */
static const char *stream_kind(enum native_net_error_kind kind)
{
    switch (kind) {
    case NATIVE_NET_ERROR_NAME:
    case NATIVE_NET_ERROR_NAME_TIMEOUT:
        return "NameResolution";
    case NATIVE_NET_ERROR_CONNECT_REFUSED:
        return "Refused";
    case NATIVE_NET_ERROR_CONNECT:
    case NATIVE_NET_ERROR_CONNECT_TIMEOUT:
        return "Unreachable";
    case NATIVE_NET_ERROR_TLS_HANDSHAKE:
    case NATIVE_NET_ERROR_TLS_TIMEOUT:
        return "TlsHandshake";
    case NATIVE_NET_ERROR_TLS_CERT_HOST:
        return "TlsHostName";
    case NATIVE_NET_ERROR_TLS_CERT_EXPIRED:
    case NATIVE_NET_ERROR_TLS_CERT_NOT_YET_VALID:
    case NATIVE_NET_ERROR_TLS_CERT_UNKNOWN_ISSUER:
    case NATIVE_NET_ERROR_TLS_CERT_SELF_SIGNED:
    case NATIVE_NET_ERROR_TLS_CERT_REVOKED:
    case NATIVE_NET_ERROR_TLS_CERT_OTHER:
        return "TlsCertificate";
    case NATIVE_NET_ERROR_CLOSED:
    case NATIVE_NET_ERROR_IO:
        return "Closed";
    default:
        return "Local";
    }
}

/* The case of ConnectFailure for any end of a connection that had not begun. */
static const char *kind_of(const struct native_ext_mqtt_failure *f)
{
    switch (f->cause) {
    case NATIVE_MQTT_CAUSE_REFUSED:
    case NATIVE_MQTT_CAUSE_SERVER:
        return "Server";
    case NATIVE_MQTT_CAUSE_TIMEOUT:
        return f->net.kind == NATIVE_NET_ERROR_NONE ? "NoAnswer" : stream_kind(f->net.kind);
    case NATIVE_MQTT_CAUSE_CLOSED:
        return "Closed";
    default:
        return stream_kind(f->net.kind);
    }
}

/* The stream below failed, or came to its end. */
static zend_object *throw_stream(zend_class_entry *ce, const struct native_ext_mqtt_failure *f)
{
    const char *when = f->was_connected ? "Connection lost" : "Cannot connect";

    /* If the stream was not open yet when the time was over, it says what it was about. */
    if (f->cause == NATIVE_MQTT_CAUSE_TIMEOUT && f->net.kind == NATIVE_NET_ERROR_NONE)
        return native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON,
                                     "%s: the server did not answer CONNECT in time", when);
    if (f->cause == NATIVE_MQTT_CAUSE_CLOSED)
        return native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON,
                                     "%s: the server closed the connection", when);
    return native_ext_mqtt_throw(ce, NATIVE_EXT_MQTT_NO_REASON, "%s: %s", when, f->net.message);
}

/* What a packet did that is well-formed, but not to be sent now. */
static const char *forbidden(const struct native_ext_mqtt_failure *f)
{
    if (f->was_connected && f->packet == NATIVE_MQTT_SUBACK)
        return "SUBACK of the server has not one reason code for each topic filter asked for";
    if (f->was_connected && f->packet == NATIVE_MQTT_UNSUBACK)
        return "UNSUBACK of the server has not one reason code for each topic filter asked for";
    return "The server did what the state of the connection forbids";
}

void native_ext_mqtt_failure_throw(struct native_ext_mqtt_client *c)
{
    const struct native_ext_mqtt_failure *f = &c->failure;
    zend_class_entry *ce = f->was_connected ? native_ext_mqtt_connection_lost_exception_ce
                                            : native_ext_mqtt_connect_exception_ce;
    zend_object *exception = NULL;

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
        throw_reason(native_ext_mqtt_protocol_exception_ce, f, forbidden(f));
        break;
    case NATIVE_MQTT_CAUSE_REFUSED:
        exception = throw_reason(ce, f, "The server refused the connection");
        break;
    case NATIVE_MQTT_CAUSE_SERVER:
        exception = throw_reason(ce, f, "The server ended the connection");
        break;
    case NATIVE_MQTT_CAUSE_NO_SPACE:
        native_ext_mqtt_throw(native_ext_mqtt_quota_exceeded_exception_ce, f->reason,
                              "The server sent a packet whose properties do not fit memory_limit "
                              "(see maximumPacketSize)");
        break;
    default:
        exception = throw_stream(ce, f);
    }
    if (exception && !f->was_connected)
        native_ext_mqtt_set_kind(exception, kind_of(f));
}
