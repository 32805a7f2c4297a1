/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client_send.c - the way out.
 *
 *   tx:  | goes before the payload | goes after it |  free  |
 *        0                     tx_before        tx_used   tx_len
 *
 * Packets are encoded into tx. A payload that does not fit stays where its owner has it and is
 * handed to the transport between the two parts. So acknowledgements find room at any time. While no
 * payload is being sent, the first part is what goes before the end of the last message at QoS 0. */
#include <string.h>

#include "client_parts.h"
#include "fields.h"
#include "session_parts.h"

enum native_mqtt_status native_mqtt_client_put(struct native_mqtt_client *c,
                                               const struct native_mqtt_packet *packet)
{
    size_t used;
    enum native_mqtt_status status = native_mqtt_packet_encode(
        packet, c->options.tx + c->tx_used, c->options.tx_len - c->tx_used, &used);

    if (status == NATIVE_MQTT_TOO_LARGE || used > c->limits.max_packet_size ||
        (status == NATIVE_MQTT_NO_SPACE && c->tx_used == 0)) /* it never will have */
        return NATIVE_MQTT_TOO_LARGE;
    if (status == NATIVE_MQTT_OK) {
        c->tx_used += used;
        c->packets_sent++;
    }
    return status;
}

enum native_mqtt_status
native_mqtt_client_put_result(struct native_mqtt_client *c, unsigned type, uint32_t id_and_reason,
                              const struct native_mqtt_properties *properties)
{
    struct native_mqtt_packet packet;

    packet.type = (uint8_t)type;
    packet.version = c->version;
    memset(&packet.as.ack, 0, sizeof(packet.as.ack));
    packet.as.ack.packet_id = (uint16_t)(id_and_reason >> 8);
    packet.as.ack.reason = (uint8_t)id_and_reason;
    if (properties)
        packet.as.ack.properties = *properties;
    return native_mqtt_client_put(c, &packet);
}

enum native_mqtt_status native_mqtt_client_put_ack(struct native_mqtt_client *c, unsigned type,
                                                   uint16_t packet_id, uint8_t reason)
{
    return native_mqtt_client_put_result(c, type, (uint32_t)packet_id << 8 | reason, NULL);
}

/* Drop the first n bytes of tx. */
static void consume(struct native_mqtt_client *c, size_t n)
{
    c->tx_used -= n;
    c->tx_before -= n < c->tx_before ? n : c->tx_before;
    memmove(c->options.tx, c->options.tx + n, c->tx_used);
}

int native_mqtt_client_drain(struct native_mqtt_client *c)
{
    const struct native_mqtt_transport *t = &c->options.transport;

    for (;;) {
        bool payload = c->sending && c->tx_before == 0;
        const uint8_t *data = c->options.tx;
        size_t len = c->sending ? c->tx_before : c->tx_used, done = 0;
        int io;

        if (payload) {
            data = c->sending->publish.payload.data + c->sending_at;
            len = c->sending->publish.payload.len - c->sending_at;
        }
        c->blocked = false;
        if (len == 0)
            return NATIVE_MQTT_IO_OK;
        io = t->write(t->context, data, len, &done);
        c->blocked = io == NATIVE_MQTT_IO_AGAIN;
        if (io != NATIVE_MQTT_IO_OK)
            return io;
        c->sent_at = c->now;
        /* At QoS 0 what is out must never be sent again, whatever becomes of the link: it is done
         * with that, and its owner is told by collecting. */
        if (payload || c->tx_before)
            c->collecting |= native_mqtt_session_left(&c->session, done);
        if (!payload)
            consume(c, done);
        else if ((c->sending_at += done) == c->sending->publish.payload.len)
            c->sending = NULL;
    }
}

/* Why the server would refuse a message, or REASON_SUCCESS. [MQTT-3.2.2-11] [MQTT-3.2.2-14] */
static uint8_t refusal(const struct native_mqtt_client *c,
                       const struct native_mqtt_outgoing *message)
{
    const struct native_mqtt_publish *p = &message->publish;

    if (message->state == NATIVE_MQTT_WAIT_PUBCOMP) /* the server has it; PUBREL is owed */
        return REASON_SUCCESS;
    if (p->qos > c->limits.maximum_qos)
        return REASON_QOS_NOT_SUPPORTED;
    if (p->retain && !c->limits.retain_available)
        return REASON_RETAIN_NOT_SUPPORTED;
    return REASON_SUCCESS;
}

/* Put a PUBLISH: all of it if that fits, else what stands before its payload, which follows in
 * pieces. A topic alias stands for the topic where the server knows it. */
static enum native_mqtt_status put_message(struct native_mqtt_client *c,
                                           struct native_mqtt_outgoing *message)
{
    struct native_mqtt_publish p = message->publish;
    uint8_t *at = c->options.tx + c->tx_used;
    size_t room = c->options.tx_len - c->tx_used, used;
    enum native_mqtt_status status;
    bool known = false;

    p.topic_alias = p.topic.len ? native_mqtt_session_alias(&c->session, &p.topic, &known) : 0;
    if (known)
        p.topic.len = 0;
    for (;;) {
        status = native_mqtt_publish_encode_header(&p, c->version, at, room, &used);
        if (status == NATIVE_MQTT_OK && used + p.payload.len > c->limits.max_packet_size)
            status = NATIVE_MQTT_TOO_LARGE;
        if (status == NATIVE_MQTT_OK)
            break;
        if (known || p.topic_alias == 0)
            return status;
        /* The server has not heard of the alias. Without it the packet is shorter. */
        c->session.aliases_out[p.topic_alias - 1].len = 0;
        p.topic_alias = 0;
        if (status == NATIVE_MQTT_NO_SPACE && c->tx_used > 0)
            return status;
    }
    c->tx_used += used;
    c->packets_sent++;
    if (p.payload.len <= room - used) {
        if (p.payload.len)
            memcpy(at + used, p.payload.data, p.payload.len);
        c->tx_used += p.payload.len;
        return status;
    }
    c->sending = message;
    c->sending_at = 0;
    c->tx_before = c->tx_used;
    return status;
}

static bool delivered(struct native_mqtt_client_event *event, struct native_mqtt_outgoing *message)
{
    event->type = NATIVE_MQTT_EVENT_DELIVERED;
    event->outgoing = message;
    event->reason = message->reason;
    return true;
}

bool native_mqtt_client_collect(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event)
{
    struct native_mqtt_outgoing *message =
        c->collecting ? native_mqtt_session_collect(&c->session) : NULL;

    c->collecting = message != NULL;
    return message && delivered(event, message);
}

/* Put what *next, the message that is next, wants sent; NULL if there is none. Returns NATIVE_MQTT_OK;
 * NATIVE_MQTT_NO_SPACE if it has to wait; NATIVE_MQTT_TOO_LARGE if it can never be sent: its reason
 * says why. */
static enum native_mqtt_status put_next(struct native_mqtt_client *c,
                                        struct native_mqtt_outgoing **next)
{
    struct native_mqtt_outgoing *message = native_mqtt_session_to_send(&c->session);
    enum native_mqtt_status status;

    *next = message;
    if (!message)
        return NATIVE_MQTT_NO_SPACE;
    message->reason = refusal(c, message);
    if (message->reason != REASON_SUCCESS)
        return NATIVE_MQTT_TOO_LARGE;
    if (message->state == NATIVE_MQTT_WAIT_PUBCOMP)
        status = native_mqtt_client_put_ack(c, NATIVE_MQTT_PUBREL, message->publish.packet_id,
                                            REASON_SUCCESS);
    else
        status = put_message(c, message);
    if (status == NATIVE_MQTT_NO_SPACE && c->tx_used == 0)
        status = NATIVE_MQTT_TOO_LARGE;
    if (status == NATIVE_MQTT_TOO_LARGE)
        message->reason = REASON_PACKET_TOO_LARGE;
    if (status != NATIVE_MQTT_OK)
        return status;
    if (message->publish.qos == 0)
        c->tx_before = c->tx_used;
    native_mqtt_session_put(
        &c->session, message,
        (uint32_t)(c->tx_used + (c->sending ? message->publish.payload.len : 0)));
    return status;
}

/* Put the next request, or else message. *more tells whether there may be another. Returns whether
 * that gave an event: it is given back, sent at QoS 0 or not to be sent ever. */
static bool send_next(struct native_mqtt_client *c, struct native_mqtt_client_event *event,
                      bool *more)
{
    bool asks = c->queued > 0;
    enum native_mqtt_status status =
        asks ? native_mqtt_client_put_request(c, &event->request) : put_next(c, &event->outgoing);

    *more = status == NATIVE_MQTT_OK;
    if (status == NATIVE_MQTT_NO_SPACE || (asks && *more))
        return false;
    if (asks) {
        native_mqtt_client_forget(c, event->request);
        event->type = NATIVE_MQTT_EVENT_SUBSCRIBED;
        event->reason = REASON_PACKET_TOO_LARGE;
        return true;
    }
    if (*more)
        return false;
    native_mqtt_session_remove(&c->session, event->outgoing);
    return delivered(event, event->outgoing);
}

bool native_mqtt_client_send(struct native_mqtt_client *c, uint32_t now_ms,
                             struct native_mqtt_client_event *event)
{
    bool more = true;

    memset(event, 0, sizeof(*event));
    c->now = now_ms;
    while (c->state >= NATIVE_MQTT_CLIENT_CONNECTING) {
        bool in_the_way;
        int io;

        if (c->state == NATIVE_MQTT_CLIENT_CONNECTED && !c->sending) {
            if (send_next(c, event, &more))
                return true;
            if (more)
                continue;
        }
        in_the_way = c->tx_used > 0 || c->sending;
        io = native_mqtt_client_drain(c);
        if (io == NATIVE_MQTT_IO_CLOSED || io == NATIVE_MQTT_IO_ERROR)
            return native_mqtt_client_io_lost(c, event, io);
        if (native_mqtt_client_collect(c, event))
            return true;
        if (c->blocked || !in_the_way)
            break;
    }
    return false;
}

enum native_mqtt_status native_mqtt_client_publish(struct native_mqtt_client *c,
                                                   struct native_mqtt_outgoing *message,
                                                   uint32_t now_ms)
{
    bool first = !c->session.cursor && !c->queued && c->state == NATIVE_MQTT_CLIENT_CONNECTED;
    size_t size;
    enum native_mqtt_status status = native_mqtt_publish_size(&message->publish, c->version, &size);

    if (status != NATIVE_MQTT_OK)
        return status;
    if (size - message->publish.payload.len > c->options.tx_len)
        return NATIVE_MQTT_NO_SPACE;
    native_mqtt_session_add(&c->session, message);
    c->now = now_ms;
    if (first && !c->sending)
        (void)put_next(c, &message);
    c->due |= c->session.cursor != NULL;
    return NATIVE_MQTT_OK;
}

void native_mqtt_client_flush(struct native_mqtt_client *c, uint32_t now_ms)
{
    struct native_mqtt_request *request;

    c->now = now_ms;
    c->due |= c->blocked; /* what waits for room may have it */
    if (c->state < NATIVE_MQTT_CLIENT_CONNECTING)
        return;
    while (c->state == NATIVE_MQTT_CLIENT_CONNECTED && !c->sending && c->queued &&
           native_mqtt_client_put_request(c, &request) == NATIVE_MQTT_OK) {
    }
    native_mqtt_client_drain(c);
}

bool native_mqtt_client_take_back(struct native_mqtt_client *c,
                                  struct native_mqtt_outgoing *message)
{
    if (c->sending == message)
        return false;
    native_mqtt_session_remove(&c->session, message);
    c->due = true; /* its identifier is free */
    return true;
}
