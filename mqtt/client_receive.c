/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client_receive.c - the way in: what each packet does. A PUBLISH that is larger than rx is told in
 * pieces: begin, data as it comes, end. */
#include <string.h>

#include "client_parts.h"

static bool protocol_error(struct native_mqtt_client *c, struct native_mqtt_client_event *event,
                           uint8_t reason)
{
    return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_PROTOCOL, reason);
}

/* A packet becomes an event. */
static bool tell(struct native_mqtt_client_event *event, unsigned type)
{
    event->type = (uint8_t)type;
    return true;
}

static bool on_connack(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    const struct native_mqtt_connack *connack = &event->packet.as.connack;

    if (connack->reason != REASON_SUCCESS)
        return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_REFUSED,
                                       native_mqtt_connack_reason(c->version, connack->reason));
    /* [MQTT-3.2.2-4] a session we asked to have removed. */
    if (connack->session_present && native_mqtt_client_wants_clean(c))
        return protocol_error(c, event, REASON_PROTOCOL_ERROR);
    native_mqtt_client_resume(c, connack);
    return tell(event, NATIVE_MQTT_EVENT_CONNECTED);
}

bool native_mqtt_client_answer_last(struct native_mqtt_client *c)
{
    if (!c->ack_type || c->parser.in_payload)
        return true;
    if (native_mqtt_client_put_ack(c, c->ack_type, c->ack_id, c->ack_reason) ==
        NATIVE_MQTT_NO_SPACE)
        return false;
    if (c->ack_reason >= REASON_FAILURE)
        native_mqtt_client_unanswer(c); /* [MQTT-4.3.3-9] */
    c->ack_type = 0;
    return true;
}

void native_mqtt_client_unanswer(struct native_mqtt_client *c)
{
    if (c->ack_type == NATIVE_MQTT_PUBREC)
        native_mqtt_session_release(&c->session, c->ack_id);
    c->ack_type = 0;
}

void native_mqtt_client_answer(struct native_mqtt_client *c, uint8_t reason)
{
    if (native_mqtt_client_is_5(c))
        c->ack_reason = reason;
}

/* Note how the message is to be answered, once it was handled. */
static void owe(struct native_mqtt_client *c, const struct native_mqtt_publish *p)
{
    c->ack_type = p->qos == 0 ? 0 : p->qos == 1 ? NATIVE_MQTT_PUBACK : NATIVE_MQTT_PUBREC;
    c->ack_id = p->packet_id;
    c->ack_reason = REASON_SUCCESS;
}

/* Alias and QoS 2 state of an incoming PUBLISH. Returns the reason code to close with, or 0. */
static uint8_t admit(struct native_mqtt_client *c, struct native_mqtt_publish *p)
{
    uint8_t reason = native_mqtt_session_resolve(&c->session, p);

    c->duplicate = false;
    if (reason != REASON_SUCCESS || p->qos < 2)
        return reason;
    return native_mqtt_session_receive(&c->session, p->packet_id, &c->duplicate) == NATIVE_MQTT_OK
               ? REASON_SUCCESS
               : REASON_RECEIVE_MAXIMUM;
}

/* A PUBLISH, whole or up to its payload. One that came before is not told. */
static bool on_publish(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    struct native_mqtt_publish *p = &event->packet.as.publish;
    bool begins = c->parser.in_payload;
    uint8_t reason = admit(c, p);

    if (reason != REASON_SUCCESS)
        return protocol_error(c, event, reason);
    owe(c, p);
    return !c->duplicate &&
           tell(event, begins ? NATIVE_MQTT_EVENT_MESSAGE_BEGIN : NATIVE_MQTT_EVENT_MESSAGE);
}

/* PUBACK, PUBREC and PUBCOMP: what we published goes on. */
static bool on_ack(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    const struct native_mqtt_ack *ack = &event->packet.as.ack;
    unsigned type = event->packet.type;
    struct native_mqtt_outgoing *message = NULL;
    uint8_t reason = REASON_SUCCESS;

    if (c->sending && c->sending->publish.packet_id == ack->packet_id &&
        c->sending->publish.qos > 0) /* acknowledged before it was sent */
        return protocol_error(c, event, REASON_PROTOCOL_ERROR);
    switch (
        native_mqtt_session_acknowledge(&c->session, type, ack->packet_id, ack->reason, &message)) {
    case NATIVE_MQTT_PROGRESS_DONE:
        event->outgoing = message;
        event->reason = message->reason;
        return tell(event, NATIVE_MQTT_EVENT_DELIVERED);
    case NATIVE_MQTT_PROGRESS_NONE:
        reason = REASON_ID_NOT_FOUND;
        break;
    default:
        break;
    }
    if (type == NATIVE_MQTT_PUBREC && ack->reason < REASON_FAILURE)
        native_mqtt_client_put_ack(c, NATIVE_MQTT_PUBREL, ack->packet_id, reason);
    return false;
}

static bool on_pubrel(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    uint16_t id = event->packet.as.ack.packet_id;
    bool known = native_mqtt_session_release(&c->session, id);

    native_mqtt_client_put_ack(c, NATIVE_MQTT_PUBCOMP, id,
                               known ? REASON_SUCCESS : REASON_ID_NOT_FOUND);
    return false;
}

static bool on_disconnect(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_SERVER, event->packet.as.ack.reason);
}

static bool on_auth(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    struct native_mqtt_property method;

    /* [MQTT-4.12.0-6] only who named a method is asked. */
    if (!native_mqtt_property_find(&c->options.connect.as.connect.properties,
                                   NATIVE_MQTT_AUTHENTICATION_METHOD, &method))
        return protocol_error(c, event, REASON_PROTOCOL_ERROR);
    return tell(event, NATIVE_MQTT_EVENT_AUTH);
}

/* Do what the packet in `event` asks for. Returns whether that gave an event. (A table of functions
 * would cost firmware more than these calls do.) */
static bool handle(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    /* [MQTT-3.2.0-1] nothing but AUTH and DISCONNECT before CONNACK; [MQTT-3.2.0-2] no second one. */
    enum {
        FIRST = 1 << NATIVE_MQTT_CONNACK,
        EARLY = FIRST | 1 << NATIVE_MQTT_AUTH | 1 << NATIVE_MQTT_DISCONNECT
    };
    unsigned type = event->packet.type;
    unsigned allowed = c->state == NATIVE_MQTT_CLIENT_CONNECTING ? EARLY : ~(unsigned)FIRST;

    if (!(allowed >> type & 1))
        return protocol_error(c, event, REASON_PROTOCOL_ERROR);
    switch (type) {
    case NATIVE_MQTT_CONNACK:
        return on_connack(c, event);
    case NATIVE_MQTT_PUBLISH:
        return on_publish(c, event);
    case NATIVE_MQTT_PUBREL:
        return on_pubrel(c, event);
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        return native_mqtt_client_on_suback(c, event);
    case NATIVE_MQTT_PINGRESP:
        c->pinging = false;
        return false;
    case NATIVE_MQTT_DISCONNECT:
        return on_disconnect(c, event);
    case NATIVE_MQTT_AUTH:
        return on_auth(c, event);
    default: /* the frame scan lets nothing else through */
        return on_ack(c, event);
    }
}

static bool handle_part(struct native_mqtt_client *c, struct native_mqtt_client_event *event,
                        enum native_mqtt_part part)
{
    if (part == NATIVE_MQTT_PART_PACKET || part == NATIVE_MQTT_PART_BEGIN) {
        c->packets_received++;
        event->has_packet = handle(c, event);
        return event->has_packet;
    }
    event->type = part == NATIVE_MQTT_PART_PAYLOAD ? NATIVE_MQTT_EVENT_MESSAGE_DATA
                                                   : NATIVE_MQTT_EVENT_MESSAGE_END;
    return !c->duplicate;
}

/* Read what has come. Returns an enum native_mqtt_io. */
static int fill(struct native_mqtt_client *c)
{
    const struct native_mqtt_transport *t = &c->options.transport;
    size_t len, done = 0;
    uint8_t *room = native_mqtt_parser_room(&c->parser, &len);
    int io = t->read(t->context, room, len, &done);

    if (io == NATIVE_MQTT_IO_OK) {
        native_mqtt_parser_filled(&c->parser, done);
        c->received_at = c->now;
    }
    return io;
}

bool native_mqtt_client_receive(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event)
{
    enum native_mqtt_part part;
    int io;

    for (;;) {
        /* Whatever comes must be answered: without room for that nothing is taken. */
        c->stalled = !native_mqtt_client_answer_last(c) || !native_mqtt_client_has_room(c);
        if (c->stalled)
            return false;
        switch (native_mqtt_parser_next(&c->parser, &part, &event->packet, &event->data)) {
        case NATIVE_MQTT_OK:
            if (handle_part(c, event, part))
                return true;
            break;
        case NATIVE_MQTT_NEED_MORE:
            io = fill(c);
            if (io == NATIVE_MQTT_IO_AGAIN)
                return false;
            if (io != NATIVE_MQTT_IO_OK)
                return native_mqtt_client_io_lost(c, event, io);
            break;
        case NATIVE_MQTT_NO_SPACE:
            if (c->parser.need > c->rx_asked) {
                c->rx_asked = event->data.len = c->parser.need;
                return tell(event, NATIVE_MQTT_EVENT_NO_SPACE);
            }
            return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_NO_SPACE,
                                           REASON_PACKET_TOO_LARGE);
        default:
            return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_MALFORMED,
                                           c->parser.error.reason);
        }
    }
}
