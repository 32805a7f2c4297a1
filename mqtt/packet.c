/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* packet.c - from bytes to any packet and back, by a table of one row a packet type. */
#include "fields.h"

/* The one external copy of each inline function of fields.h. */
extern inline uint16_t native_mqtt_read_packet_id(struct native_mqtt_reader *r);
extern inline void native_mqtt_read_properties(struct native_mqtt_reader *r, unsigned in,
                                               struct native_mqtt_properties *block);

static const struct row {
    native_mqtt_read_fields *read;
    native_mqtt_put_fields *put;
    uint8_t flags; /* of the fixed header */
} rows[] = {
    [NATIVE_MQTT_CONNECT] = {native_mqtt_read_connect, native_mqtt_put_connect, 0},
    [NATIVE_MQTT_CONNACK] = {native_mqtt_read_connack, native_mqtt_put_connack, 0},
    [NATIVE_MQTT_PUBLISH] = {native_mqtt_read_publish, NULL, 0},
    [NATIVE_MQTT_PUBACK] = {native_mqtt_read_ack, native_mqtt_put_ack, 0},
    [NATIVE_MQTT_PUBREC] = {native_mqtt_read_ack, native_mqtt_put_ack, 0},
    [NATIVE_MQTT_PUBREL] = {native_mqtt_read_ack, native_mqtt_put_ack, 2},
    [NATIVE_MQTT_PUBCOMP] = {native_mqtt_read_ack, native_mqtt_put_ack, 0},
    [NATIVE_MQTT_SUBSCRIBE] = {native_mqtt_read_subscribe, native_mqtt_put_subscribe, 2},
    [NATIVE_MQTT_SUBACK] = {native_mqtt_read_suback, native_mqtt_put_suback, 0},
    [NATIVE_MQTT_UNSUBSCRIBE] = {native_mqtt_read_subscribe, native_mqtt_put_subscribe, 2},
    [NATIVE_MQTT_UNSUBACK] = {native_mqtt_read_suback, native_mqtt_put_suback, 0},
    [NATIVE_MQTT_PINGREQ] = {NULL, NULL, 0},
    [NATIVE_MQTT_PINGRESP] = {NULL, NULL, 0},
    [NATIVE_MQTT_DISCONNECT] = {native_mqtt_read_disconnect, native_mqtt_put_ack, 0},
    [NATIVE_MQTT_AUTH] = {native_mqtt_read_disconnect, native_mqtt_put_ack, 0},
};

enum native_mqtt_status native_mqtt_packet_decode(const struct native_mqtt_options *options,
                                                  const void *in, size_t in_len,
                                                  struct native_mqtt_frame *frame,
                                                  struct native_mqtt_packet *packet,
                                                  struct native_mqtt_error *error)
{
    enum native_mqtt_status status = native_mqtt_frame_scan(options, in, in_len, frame, error);
    struct native_mqtt_reader r;

    if (status != NATIVE_MQTT_OK)
        return status;
    packet->type = frame->type;
    packet->version = options->version;
    if (!rows[frame->type].read)
        return NATIVE_MQTT_OK;
    native_mqtt_reader_init(&r, options, in, frame->header_len, frame->packet_len, error);
    if (frame->type == NATIVE_MQTT_PUBLISH) /* a direct call: nearly all packets */
        native_mqtt_read_publish(&r, frame->flags, packet);
    else
        rows[frame->type].read(&r, frame->flags, packet);
    if (r.at != r.end)
        native_mqtt_fail(&r, NATIVE_MQTT_RULE_TRAILING, r.at);
    return r.failed ? NATIVE_MQTT_MALFORMED : NATIVE_MQTT_OK;
}

/* Does this version of MQTT have this packet? */
static bool exists(const struct native_mqtt_packet *packet)
{
    return packet->type >= NATIVE_MQTT_CONNECT && packet->type <= NATIVE_MQTT_AUTH &&
           packet->version >= NATIVE_MQTT_3_1 && packet->version <= NATIVE_MQTT_5_0 &&
           (packet->type != NATIVE_MQTT_AUTH || packet->version == NATIVE_MQTT_5_0);
}

/* Count the bytes after the fixed header of any packet but PUBLISH. */
static enum native_mqtt_status count(const struct native_mqtt_packet *packet, size_t *remaining)
{
    struct native_mqtt_writer w = {NULL, 0, false};

    if (!exists(packet))
        return NATIVE_MQTT_TOO_LARGE;
    if (rows[packet->type].put)
        rows[packet->type].put(&w, packet);
    *remaining = w.len;
    return w.too_large || w.len > NATIVE_MQTT_REMAINING_MAX ? NATIVE_MQTT_TOO_LARGE
                                                            : NATIVE_MQTT_OK;
}

enum native_mqtt_status native_mqtt_packet_size(const struct native_mqtt_packet *packet,
                                                size_t *size)
{
    size_t remaining;
    enum native_mqtt_status status;

    if (packet->type == NATIVE_MQTT_PUBLISH && exists(packet))
        return native_mqtt_publish_size(&packet->as.publish, packet->version, size);
    status = count(packet, &remaining);
    if (status == NATIVE_MQTT_OK)
        *size = 1 + native_mqtt_varint_size(remaining) + remaining;
    return status;
}

/* PUBLISH is encoded once for its size and once for its bytes like any other packet, but by
 * functions made for it: nearly all packets are PUBLISH. */
static enum native_mqtt_status encode_publish(const struct native_mqtt_packet *packet, uint8_t *out,
                                              size_t out_len, size_t *used)
{
    const struct native_mqtt_span *payload = &packet->as.publish.payload;
    enum native_mqtt_status status =
        native_mqtt_publish_encode_header(&packet->as.publish, packet->version, out, out_len, used);

    if (status == NATIVE_MQTT_TOO_LARGE)
        return status;
    *used += payload->len;
    if (status != NATIVE_MQTT_OK || *used > out_len)
        return NATIVE_MQTT_NO_SPACE;
    if (payload->len > 0)
        memcpy(out + *used - payload->len, payload->data, payload->len);
    return NATIVE_MQTT_OK;
}

enum native_mqtt_status native_mqtt_packet_encode(const struct native_mqtt_packet *packet,
                                                  void *out, size_t out_len, size_t *used)
{
    struct native_mqtt_writer w = {out, 0, false};
    size_t remaining;
    enum native_mqtt_status status;

    if (packet->type == NATIVE_MQTT_PUBLISH && exists(packet))
        return encode_publish(packet, out, out_len, used);
    status = count(packet, &remaining);
    if (status != NATIVE_MQTT_OK)
        return status;
    *used = 1 + native_mqtt_varint_size(remaining) + remaining;
    if (*used > out_len)
        return NATIVE_MQTT_NO_SPACE;
    native_mqtt_put_u8(&w, (unsigned)packet->type << 4 | rows[packet->type].flags);
    native_mqtt_put_varint(&w, remaining);
    if (rows[packet->type].put)
        rows[packet->type].put(&w, packet);
    return NATIVE_MQTT_OK;
}

void native_mqtt_put_properties(struct native_mqtt_writer *w, unsigned version,
                                const struct native_mqtt_properties *block)
{
    if (version != NATIVE_MQTT_5_0)
        return;
    native_mqtt_put_varint(w, block->len);
    native_mqtt_put_raw(w, block->data, block->len);
}
