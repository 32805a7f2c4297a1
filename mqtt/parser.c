/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* parser.c - the buffer in front of the codec. */
#include "parser.h"

#include <string.h>

void native_mqtt_parser_reset(struct native_mqtt_parser *p)
{
    p->at = p->used = 0;
    p->payload_left = 0;
    p->in_payload = false;
}

/* The next piece of a payload, or its end. */
static enum native_mqtt_status next_piece(struct native_mqtt_parser *p, enum native_mqtt_part *part,
                                          struct native_mqtt_span *payload)
{
    size_t len = p->used - p->at;

    if (len > p->payload_left)
        len = p->payload_left;
    if (p->payload_left == 0) {
        p->in_payload = false;
        *part = NATIVE_MQTT_PART_END;
        return NATIVE_MQTT_OK;
    }
    p->need = 1;
    if (len == 0)
        return NATIVE_MQTT_NEED_MORE;
    *part = NATIVE_MQTT_PART_PAYLOAD;
    payload->data = p->buffer + p->at;
    payload->len = len;
    p->at += len;
    p->payload_left -= len;
    return NATIVE_MQTT_OK;
}

/* What stands before the payload of a PUBLISH that is larger than the buffer. */
static enum native_mqtt_status begin_pieces(struct native_mqtt_parser *p,
                                            const struct native_mqtt_frame *frame,
                                            struct native_mqtt_packet *packet)
{
    struct native_mqtt_publish *publish = &packet->as.publish;
    enum native_mqtt_status status = native_mqtt_publish_decode_header(
        &p->options, frame, p->buffer + p->at, p->used - p->at, publish, &p->need, &p->error);

    if (status != NATIVE_MQTT_OK)
        return status;
    packet->type = NATIVE_MQTT_PUBLISH;
    packet->version = p->options.version;
    p->at += p->need;
    p->payload_left = publish->payload.len;
    p->in_payload = true;
    return status;
}

enum native_mqtt_status native_mqtt_parser_next(struct native_mqtt_parser *p,
                                                enum native_mqtt_part *part,
                                                struct native_mqtt_packet *packet,
                                                struct native_mqtt_span *payload)
{
    size_t waits = p->used - p->at;
    enum native_mqtt_status status;
    struct native_mqtt_frame frame;

    if (p->in_payload)
        return next_piece(p, part, payload);
    *part = NATIVE_MQTT_PART_PACKET;
    status =
        native_mqtt_packet_decode(&p->options, p->buffer + p->at, waits, &frame, packet, &p->error);
    if (status == NATIVE_MQTT_OK) {
        p->at += frame.packet_len;
        return status;
    }
    if (status != NATIVE_MQTT_NEED_MORE)
        return status;
    p->need = waits + frame.need;
    if (p->need > p->capacity && frame.type == NATIVE_MQTT_PUBLISH) {
        *part = NATIVE_MQTT_PART_BEGIN;
        status = begin_pieces(p, &frame, packet);
    }
    return status == NATIVE_MQTT_NEED_MORE && p->need > p->capacity ? NATIVE_MQTT_NO_SPACE : status;
}

uint8_t *native_mqtt_parser_room(struct native_mqtt_parser *p, size_t *len)
{
    if (p->at == p->used)
        p->at = p->used = 0;
    if (p->need > p->capacity - p->at) {
        p->used -= p->at;
        memmove(p->buffer, p->buffer + p->at, p->used);
        p->at = 0;
    }
    *len = p->capacity - p->used;
    return p->buffer + p->used;
}

void native_mqtt_parser_filled(struct native_mqtt_parser *p, size_t len)
{
    p->used += len;
}

void native_mqtt_parser_move(struct native_mqtt_parser *p, uint8_t *buffer, size_t capacity)
{
    p->used -= p->at;
    if (p->used > 0)
        memcpy(buffer, p->buffer + p->at, p->used);
    p->at = 0;
    p->buffer = buffer;
    p->capacity = capacity;
}
