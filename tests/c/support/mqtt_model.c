/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_model.c - the small server. */
#include "mqtt_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void model_init(struct model *m, struct script *s)
{
    memset(m, 0, sizeof(*m));
    m->s = s;
    m->keeps_session = true;
    m->say_limit = SIZE_MAX;
    m->client_maximum = SCRIPT_RECEIVED;
}

/* A fault of the client, if it is to be judged. */
#define fault(m, ...) ((m)->blind ? (void)0 : script_fault((m)->s, __VA_ARGS__))

static bool is_taken(const struct model *m, uint16_t id)
{
    return m->taken[id / 8] >> id % 8 & 1;
}

/* Say bytes, as far as the link holds. */
static void say(struct model *m, const void *bytes, size_t len)
{
    size_t n = len;

    if (m->s->in_end != NATIVE_MQTT_IO_AGAIN)
        return;
    if (n > m->say_limit - m->said)
        n = m->say_limit - m->said;
    script_append(&m->s->in, bytes, n);
    m->said += n;
    if (n < len) { /* the link breaks, once */
        m->say_limit = SIZE_MAX;
        m->s->in_end = NATIVE_MQTT_IO_CLOSED;
    }
}

static void answer(struct model *m, unsigned first, uint16_t id)
{
    const uint8_t ack[] = {(uint8_t)first, 2, (uint8_t)(id >> 8), (uint8_t)id};

    if (m->owed_len + 4 > sizeof(m->owed)) {
        fault(m, "too many answers held back");
        return;
    }
    memcpy(m->owed + m->owed_len, ack, 4);
    m->owed_len += 4;
}

void model_answer(struct model *m, size_t n)
{
    size_t len = n ? n * 4 : m->owed_len;

    if (len > m->owed_len)
        len = m->owed_len;
    for (size_t i = 0; i < len; i += 4)
        if (m->owed[i] >> 4 == NATIVE_MQTT_PUBACK || m->owed[i] >> 4 == NATIVE_MQTT_PUBCOMP)
            m->unanswered -= m->unanswered > 0;
    say(m, m->owed, len);
    m->owed_len -= len;
    memmove(m->owed, m->owed + len, m->owed_len);
}

static void send_out(struct model *m, unsigned i)
{
    struct model_message *out = &m->out[i];
    char topic[16];
    struct native_mqtt_packet packet;
    uint8_t *payload = malloc(out->len + 1), *bytes = malloc(out->len + 64);
    size_t used = 0;

    memset(&packet, 0, sizeof(packet));
    packet.type = NATIVE_MQTT_PUBLISH;
    packet.version = m->s->c.options.connect.version;
    packet.as.publish.topic.data = (const uint8_t *)topic;
    packet.as.publish.topic.len = (size_t)snprintf(topic, sizeof(topic), "s%u", i);
    packet.as.publish.payload.data = payload;
    packet.as.publish.payload.len = out->len;
    packet.as.publish.qos = out->qos;
    packet.as.publish.dup = out->state != 0 && out->qos;
    packet.as.publish.packet_id = out->id;
    for (size_t j = 0; j < out->len; j++)
        payload[j] = script_pattern(out->len, j);
    native_mqtt_packet_encode(&packet, bytes, out->len + 64, &used);
    say(m, bytes, used);
    out->state = out->qos ? 1 : 3;
    free(payload);
    free(bytes);
}

/* Send what the client may be sent: not more than it takes at once. */
static void send_more(struct model *m)
{
    unsigned in_flight = 0;

    if (!m->connected)
        return;
    for (unsigned i = 0; i < m->out_len; i++)
        in_flight += m->out[i].qos && (m->out[i].state == 1 || m->out[i].state == 2);
    for (unsigned i = 0; i < m->out_len; i++) {
        struct model_message *out = &m->out[i];

        if (out->state != 0)
            continue;
        if (out->qos && in_flight >= m->client_maximum)
            return;
        if (out->qos && !out->id)
            out->id = ++m->last_id ? m->last_id : ++m->last_id;
        in_flight += out->qos > 0;
        send_out(m, i);
    }
}

/* The client is here: what it does not have, again. */
static void on_connect(struct model *m)
{
    bool present = m->keeps_session && m->has_session;
    bool is_5 = m->s->c.options.connect.version == NATIVE_MQTT_5_0;
    uint8_t connack[16] = {0x20, 2, present, 0};
    size_t len = 4;

    if (is_5) {
        connack[len++] = 0;
        if (m->receive_maximum) {
            connack[len++] = NATIVE_MQTT_RECEIVE_MAXIMUM;
            connack[len++] = (uint8_t)(m->receive_maximum >> 8);
            connack[len++] = (uint8_t)m->receive_maximum;
        }
        if (m->maximum_packet_size) {
            connack[len++] = NATIVE_MQTT_MAXIMUM_PACKET_SIZE;
            for (int shift = 24; shift >= 0; shift -= 8)
                connack[len++] = (uint8_t)(m->maximum_packet_size >> shift);
        }
        connack[4] = (uint8_t)(len - 5);
        connack[1] = (uint8_t)(len - 2);
    }
    m->unseen |= m->fresh;
    m->fresh = !present && m->has_session;
    say(m, connack, len);
    m->connected = m->has_session = true;
    m->owed_len = 0;
    m->unanswered = 0;
    if (!present) {
        memset(m->taken, 0, sizeof(m->taken));
        memset(m->was_sent, 0, sizeof(m->was_sent));
        memset(m->filters, 0, sizeof(m->filters));
        for (unsigned i = 0; i < m->out_len; i++)
            m->out[i].state = m->out[i].state ? 3 : 0;
        return;
    }
    for (unsigned i = 0; i < m->out_len; i++) { /* [MQTT-4.4.0-1] */
        const uint8_t pubrel[] = {0x62, 2, (uint8_t)(m->out[i].id >> 8), (uint8_t)m->out[i].id};

        if (m->out[i].state == 2)
            say(m, pubrel, 4);
        else if (m->out[i].state == 1)
            send_out(m, i);
    }
}

static void on_publish(struct model *m, const struct native_mqtt_publish *p)
{
    unsigned n = 0;

    for (size_t i = 1; i < p->topic.len; i++)
        n = n * 10 + (unsigned)(p->topic.data[i] - '0');
    if (n == 0 || n >= MODEL_MESSAGES) {
        fault(m, "no such message: %.*s", (int)p->topic.len, (const char *)p->topic.data);
        return;
    }
    for (size_t i = 0; i < p->payload.len; i++)
        if (p->payload.data[i] != script_pattern(p->payload.len, i)) {
            fault(m, "m%u came with another payload", n);
            break;
        }
    if (n <= m->last_n)
        fault(m, "[MQTT-4.6.0-1] m%u came after m%u", n, m->last_n);
    m->last_n = n;
    if (p->qos && m->was_sent[n] && !p->dup)
        fault(m, "[MQTT-3.3.1-1] m%u is sent again without DUP", n);
    m->was_sent[n] = true;
    m->unanswered += p->qos > 0;
    if (m->receive_maximum && m->unanswered > m->receive_maximum)
        fault(m, "[MQTT-3.3.4-9] %u unanswered", m->unanswered);
    if (p->qos == 2 && is_taken(m, p->packet_id)) {
        answer(m, 0x50, p->packet_id);
        return;
    }
    m->count[n]++;
    if (p->qos == 2)
        m->taken[p->packet_id / 8] |= (uint8_t)(1u << p->packet_id % 8);
    if (p->qos)
        answer(m, p->qos == 1 ? 0x40 : 0x50, p->packet_id);
}

/* The client answers one of ours. */
static void on_ack(struct model *m, unsigned type, const struct native_mqtt_ack *ack)
{
    for (unsigned i = 0; i < m->out_len; i++) {
        struct model_message *out = &m->out[i];
        const uint8_t pubrel[] = {0x62, 2, (uint8_t)(out->id >> 8), (uint8_t)out->id};

        if (out->id != ack->packet_id || out->state == 0 || out->state == 3)
            continue;
        if (type == NATIVE_MQTT_PUBREC && ack->reason < 0x80) {
            out->state = 2;
            say(m, pubrel, 4);
        } else {
            out->state = 3;
        }
        return;
    }
}

static void on_subscribe(struct model *m, const struct native_mqtt_packet *packet)
{
    struct native_mqtt_span filters = packet->as.subscribe.filters;
    struct native_mqtt_subscription one;
    bool on = packet->type == NATIVE_MQTT_SUBSCRIBE;
    bool is_5 = packet->version == NATIVE_MQTT_5_0;
    uint8_t out[64] = {on ? 0x90 : 0xb0, 2, (uint8_t)(packet->as.subscribe.packet_id >> 8),
                       (uint8_t)packet->as.subscribe.packet_id};
    size_t len = 4;

    if (is_5)
        out[len++] = 0;
    while (native_mqtt_subscription_next(&filters, on, &one)) {
        if (one.filter.data[0] >= 'a' && one.filter.data[0] < 'a' + MODEL_FILTERS)
            m->filters[one.filter.data[0] - 'a'] = on;
        if (on || is_5)
            out[len++] = on ? 1 : 0;
    }
    out[1] = (uint8_t)(len - 2);
    say(m, out, len);
}

static void on_packet(struct model *m, const struct native_mqtt_packet *packet)
{
    static const uint8_t pingresp[] = {0xd0, 0};

    switch (packet->type) {
    case NATIVE_MQTT_CONNECT:
        on_connect(m);
        break;
    case NATIVE_MQTT_PUBLISH:
        on_publish(m, &packet->as.publish);
        break;
    case NATIVE_MQTT_PUBREL:
        m->taken[packet->as.ack.packet_id / 8] &= (uint8_t) ~(1u << packet->as.ack.packet_id % 8);
        answer(m, 0x70, packet->as.ack.packet_id);
        break;
    case NATIVE_MQTT_PUBACK:
    case NATIVE_MQTT_PUBREC:
    case NATIVE_MQTT_PUBCOMP:
        on_ack(m, packet->type, &packet->as.ack);
        break;
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        on_subscribe(m, packet);
        break;
    case NATIVE_MQTT_PINGREQ:
        say(m, pingresp, 2);
        break;
    default:
        m->connected = false;
    }
}

static void read_packets(struct model *m)
{
    const struct native_mqtt_options options = {m->s->c.options.connect.version, NATIVE_MQTT_SPEC,
                                                NATIVE_MQTT_FROM_CLIENT, m->maximum_packet_size};
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    enum native_mqtt_status status;

    if (m->link != m->s->links) { /* what was on its way to us on the old link is lost */
        m->link = m->s->links;
        m->read_to = m->s->out_start;
        m->connected = false;
        m->last_n = 0;
    }
    for (;;) {
        status = native_mqtt_packet_decode(&options, m->s->out.data + m->read_to,
                                           m->s->out.len - m->read_to, &frame, &packet, &error);
        if (status == NATIVE_MQTT_MALFORMED)
            fault(m, "the server got what is malformed: rule %u", error.rule);
        if (status != NATIVE_MQTT_OK)
            return;
        m->read_to += frame.packet_len;
        on_packet(m, &packet);
    }
}

void model_serve(struct model *m)
{
    size_t out, in;
    unsigned links;

    do {
        script_run(m->s);
        out = m->s->out.len;
        in = m->said;
        links = m->s->links;
        read_packets(m);
        if (!m->hold)
            model_answer(m, 0);
        send_more(m);
        script_run(m->s);
    } while (out != m->s->out.len || in != m->said || links != m->s->links);
}

void model_publish(struct model *m, unsigned qos, size_t payload_len)
{
    if (m->out_len == 0)
        m->out[m->out_len++].state = 3; /* s0 is none */
    if (m->out_len == MODEL_MESSAGES)
        return;
    memset(&m->out[m->out_len], 0, sizeof(m->out[0]));
    m->out[m->out_len].qos = (uint8_t)qos;
    m->out[m->out_len++].len = payload_len;
}

void model_told(struct model *m, const struct native_mqtt_client_event *event)
{
    static unsigned begun;
    const struct native_mqtt_publish *p = &event->packet.as.publish;
    unsigned n = 0;

    if (event->type == NATIVE_MQTT_EVENT_CONNECTED)
        m->fresh = false;
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE_END) {
        m->told[begun]++;
        return;
    }
    if (event->type != NATIVE_MQTT_EVENT_MESSAGE && event->type != NATIVE_MQTT_EVENT_MESSAGE_BEGIN)
        return;
    for (size_t i = 1; i < p->topic.len; i++)
        n = n * 10 + (unsigned)(p->topic.data[i] - '0');
    n = n < MODEL_MESSAGES ? n : 0;
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE)
        m->told[n]++;
    begun = n;
}
