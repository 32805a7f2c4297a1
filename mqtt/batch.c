/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* batch.c - many packets in one call: packet structs to flat records and back. */
#include "batch.h"

#include <string.h>

/* ---- decoding ------------------------------------------------------------------------------- */

static struct native_mqtt_place place_of(const uint8_t *in, const uint8_t *data, size_t len)
{
    struct native_mqtt_place place = {0, (uint32_t)len};

    if (len)
        place.at = (uint32_t)(data - in);
    return place;
}

static void record_properties(struct native_mqtt_record *record, const uint8_t *in,
                              const struct native_mqtt_properties *block)
{
    record->properties = place_of(in, block->data, block->len);
}

static void record_publish(struct native_mqtt_record *record, const uint8_t *in,
                           const struct native_mqtt_publish *p)
{
    record->flags = (uint32_t)p->dup << 3 | (uint32_t)p->qos << 1 | (uint32_t)p->retain;
    record->packet_id = p->packet_id;
    record->topic = place_of(in, p->topic.data, p->topic.len);
    record->body = place_of(in, p->payload.data, p->payload.len);
    record_properties(record, in, &p->properties);
}

static void record_connect(struct native_mqtt_record *record, const uint8_t *in,
                           const struct native_mqtt_connect *c)
{
    record->flags = c->clean_start;
    record->topic = place_of(in, c->client_id.data, c->client_id.len);
    record_properties(record, in, &c->properties);
}

static void record_ack(struct native_mqtt_record *record, const uint8_t *in,
                       const struct native_mqtt_ack *a)
{
    record->flags = a->form;
    record->packet_id = a->packet_id;
    record->reason = a->reason;
    record_properties(record, in, &a->properties);
}

/* Put what `packet` says about bytes that begin at `in` into a record that is all zero. */
static void record_packet(struct native_mqtt_record *record, const uint8_t *in,
                          const struct native_mqtt_packet *packet)
{
    record->type = packet->type;
    switch (packet->type) {
    case NATIVE_MQTT_CONNECT:
        record_connect(record, in, &packet->as.connect);
        break;
    case NATIVE_MQTT_CONNACK:
        record->flags = packet->as.connack.session_present;
        record->reason = packet->as.connack.reason;
        record_properties(record, in, &packet->as.connack.properties);
        break;
    case NATIVE_MQTT_PUBLISH:
        record_publish(record, in, &packet->as.publish);
        break;
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        record->packet_id = packet->as.subscribe.packet_id;
        record->body =
            place_of(in, packet->as.subscribe.filters.data, packet->as.subscribe.filters.len);
        record_properties(record, in, &packet->as.subscribe.properties);
        break;
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        record->packet_id = packet->as.suback.packet_id;
        record->body = place_of(in, packet->as.suback.reasons.data, packet->as.suback.reasons.len);
        record_properties(record, in, &packet->as.suback.properties);
        break;
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        break;
    default:
        record_ack(record, in, &packet->as.ack);
    }
}

enum native_mqtt_status native_mqtt_batch_decode(struct native_mqtt_batch *batch, const void *in,
                                                 size_t in_len)
{
    const uint8_t *bytes = in;
    struct native_mqtt_options options = batch->options;
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;
    enum native_mqtt_status status;

    batch->count = batch->used = 0;
    batch->need = 0;
    if (in_len > UINT32_MAX)
        return NATIVE_MQTT_TOO_LARGE;
    while (batch->used < in_len) {
        const uint8_t *at = bytes + batch->used;
        struct native_mqtt_record *record = batch->records + batch->count;

        if (batch->count == batch->records_max)
            return NATIVE_MQTT_NO_SPACE;
        status = native_mqtt_packet_decode(&options, at, in_len - batch->used, &frame, &packet,
                                           &batch->error);
        if (status != NATIVE_MQTT_OK) {
            batch->need = status == NATIVE_MQTT_NEED_MORE ? frame.need : 0;
            return status;
        }
        memset(record, 0, sizeof(*record));
        record->packet = place_of(bytes, at, frame.packet_len);
        record_packet(record, bytes, &packet);
        options.version = packet.version; /* a CONNECT tells what the rest is to be read as */
        batch->used += frame.packet_len;
        batch->count++;
    }
    return NATIVE_MQTT_OK;
}

/* ---- encoding ------------------------------------------------------------------------------- */

/* The buffer that places are in. */
struct buffer {
    const uint8_t *data;
    size_t len;
};

/* Find a place. Returns false if it is not inside the buffer. */
static bool find(const struct buffer *buffer, const struct native_mqtt_place *place,
                 struct native_mqtt_span *span)
{
    span->data = NULL;
    span->len = place->len;
    if (place->len == 0)
        return true;
    if (place->at > buffer->len || place->len > buffer->len - place->at)
        return false;
    span->data = buffer->data + place->at;
    return true;
}

static bool find_properties(const struct buffer *buffer, const struct native_mqtt_record *record,
                            struct native_mqtt_properties *block)
{
    struct native_mqtt_span span;

    if (!find(buffer, &record->properties, &span))
        return false;
    block->data = span.data;
    block->len = span.len;
    return true;
}

static bool restore_publish(const struct buffer *buffer, const struct native_mqtt_record *record,
                            struct native_mqtt_publish *p)
{
    p->dup = record->flags >> 3 & 1;
    p->qos = record->flags >> 1 & 3;
    p->retain = record->flags & 1;
    p->packet_id = (uint16_t)record->packet_id;
    return record->flags <= 15 && find(buffer, &record->topic, &p->topic) &&
           find(buffer, &record->body, &p->payload) &&
           find_properties(buffer, record, &p->properties);
}

static bool restore_ack(const struct buffer *buffer, const struct native_mqtt_record *record,
                        struct native_mqtt_ack *a)
{
    a->form = (uint8_t)record->flags;
    a->packet_id = (uint16_t)record->packet_id;
    a->reason = (uint8_t)record->reason;
    return record->flags <= NATIVE_MQTT_FORM_FULL &&
           find_properties(buffer, record, &a->properties);
}

/* Make a packet of a record. Returns false if it cannot be one. */
static bool restore(const struct buffer *buffer, const struct native_mqtt_record *record,
                    unsigned version, struct native_mqtt_packet *packet)
{
    memset(packet, 0, sizeof(*packet));
    if (record->type > NATIVE_MQTT_AUTH || record->packet_id > UINT16_MAX ||
        record->reason > UINT8_MAX)
        return false;
    packet->type = (uint8_t)record->type;
    packet->version = (uint8_t)version;
    switch (record->type) {
    case NATIVE_MQTT_CONNECT:
        return false;
    case NATIVE_MQTT_CONNACK:
        packet->as.connack.session_present = record->flags & 1;
        packet->as.connack.reason = (uint8_t)record->reason;
        return find_properties(buffer, record, &packet->as.connack.properties);
    case NATIVE_MQTT_PUBLISH:
        return restore_publish(buffer, record, &packet->as.publish);
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        packet->as.subscribe.packet_id = (uint16_t)record->packet_id;
        return find(buffer, &record->body, &packet->as.subscribe.filters) &&
               find_properties(buffer, record, &packet->as.subscribe.properties);
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        packet->as.suback.packet_id = (uint16_t)record->packet_id;
        return find(buffer, &record->body, &packet->as.suback.reasons) &&
               find_properties(buffer, record, &packet->as.suback.properties);
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        return true;
    default:
        return restore_ack(buffer, record, &packet->as.ack);
    }
}

/* Add up the sizes in batch->used. A record that cannot be encoded ends it with its number there. */
static enum native_mqtt_status measure(struct native_mqtt_batch *batch, const struct buffer *buffer)
{
    size_t total = 0;

    for (size_t i = 0; i < batch->count; i++) {
        struct native_mqtt_packet packet;
        size_t size = 0;

        if (!restore(buffer, &batch->records[i], batch->options.version, &packet) ||
            native_mqtt_packet_size(&packet, &size) != NATIVE_MQTT_OK || total + size < total) {
            batch->used = i;
            return NATIVE_MQTT_TOO_LARGE;
        }
        total += size;
    }
    batch->used = total;
    return NATIVE_MQTT_OK;
}

enum native_mqtt_status native_mqtt_batch_encode(struct native_mqtt_batch *batch, const void *bytes,
                                                 size_t bytes_len, void *out, size_t out_len)
{
    const struct buffer buffer = {bytes, bytes_len};
    enum native_mqtt_status status = measure(batch, &buffer);
    uint8_t *at = out;

    if (status != NATIVE_MQTT_OK)
        return status;
    if (batch->used > out_len)
        return NATIVE_MQTT_NO_SPACE;
    for (size_t i = 0; i < batch->count; i++) {
        struct native_mqtt_packet packet;
        size_t used = 0;

        restore(&buffer, &batch->records[i], batch->options.version, &packet);
        status =
            native_mqtt_packet_encode(&packet, at, out_len - (size_t)(at - (uint8_t *)out), &used);
        if (status != NATIVE_MQTT_OK)
            return status; /* cannot be: it was measured */
        at += used;
    }
    return NATIVE_MQTT_OK;
}
