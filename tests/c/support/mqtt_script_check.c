/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_script_check.c - what must hold in a client between any two calls. */
#include "mqtt_script.h"

#include <stdlib.h>

/* Has this message, at QoS 0, bytes in tx, or a payload that is just being sent? */
static bool waits(const struct script *s, const struct native_mqtt_outgoing *message)
{
    return s->c.sending == message || message->end <= s->c.tx_before;
}

/* The list of outgoing messages: its ends, the cursor, who is in flight, whose identifier. */
static void check_outgoing(struct script *s)
{
    const struct native_mqtt_session *session = &s->c.session;
    const struct native_mqtt_outgoing *at, *last = NULL;
    static uint8_t seen[65536 / 8];
    bool before = true, cursor = session->cursor == NULL, queued = false;
    unsigned in_flight = 0;

    for (at = session->first; at; last = at, at = at->next) {
        uint16_t id = at->publish.packet_id;

        cursor |= at == session->cursor;
        before &= at != session->cursor;
        in_flight += before && at->publish.qos > 0;
        if (before && (at->state == NATIVE_MQTT_QUEUED || (id == 0 && at->publish.qos > 0)))
            script_fault(s, "a message counts as sent but is not");
        if (before && at->publish.qos == 0 && at->state != NATIVE_MQTT_DONE && !waits(s, at))
            script_fault(s, "a message at QoS 0 waits for bytes that do not");
        if (queued && at->state != NATIVE_MQTT_QUEUED && at->state != NATIVE_MQTT_DONE)
            script_fault(s, "a message that was sent stands behind one that was not");
        queued |= at->state == NATIVE_MQTT_QUEUED;
        if (id && seen[id / 8] >> id % 8 & 1)
            script_fault(s, "two messages have identifier %u", id);
        seen[id / 8] |= (uint8_t)(1u << id % 8);
    }
    for (at = session->first; at; at = at->next)
        seen[at->publish.packet_id / 8] = 0;
    if (session->last != last)
        script_fault(s, "last is not the last");
    if (!cursor)
        script_fault(s, "the cursor is not in the list");
    if (session->in_flight != in_flight + session->orphans)
        script_fault(s, "%u and %u in flight, %u counted", in_flight, session->orphans,
                     session->in_flight);
    if (s->c.state == NATIVE_MQTT_CLIENT_CONNECTED && session->in_flight > session->send_maximum)
        script_fault(s, "%u in flight, the server takes %u", session->in_flight,
                     session->send_maximum);
}

static void check_requests(struct script *s)
{
    const struct native_mqtt_request *r, *other;
    unsigned queued = 0;

    for (r = s->c.requests; r; r = r->next) {
        queued += r->state == NATIVE_MQTT_REQUEST_QUEUED;
        if (r->state == NATIVE_MQTT_REQUEST_OUT)
            script_fault(s, "a request in the list is out");
        if (r->state != NATIVE_MQTT_REQUEST_SENT)
            continue;
        for (other = r->next; other; other = other->next)
            if (other->state == NATIVE_MQTT_REQUEST_SENT && other->packet_id == r->packet_id)
                script_fault(s, "two requests have identifier %u", r->packet_id);
        for (const struct native_mqtt_outgoing *at = s->c.session.first; at; at = at->next)
            if (at->publish.packet_id == r->packet_id)
                script_fault(s, "a request and a message have identifier %u", r->packet_id);
    }
    if (queued != s->c.queued)
        script_fault(s, "%u requests wait, %u counted", queued, (unsigned)s->c.queued);
}

void script_check(struct script *s)
{
    const struct native_mqtt_client *c = &s->c;

    check_outgoing(s);
    check_requests(s);
    if (c->tx_used > c->options.tx_len || c->tx_before > c->tx_used)
        script_fault(s, "tx: %zu before, %zu of %zu used", c->tx_before, c->tx_used,
                     c->options.tx_len);
    if (c->parser.at > c->parser.used || c->parser.used > c->options.rx_len)
        script_fault(s, "rx: %zu to %zu of %zu", c->parser.at, c->parser.used, c->options.rx_len);
    if (c->sending && c->sending_at > c->sending->publish.payload.len)
        script_fault(s, "more payload sent than there is");
    for (size_t i = 0; i < c->session.received_len; i++)
        for (size_t j = 0; j < i; j++)
            if (c->session.received[i] == c->session.received[j])
                script_fault(s, "identifier %u received twice", c->session.received[i]);
}
