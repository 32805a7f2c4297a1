/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* publish.c - PUBLISH (MQTT 5.0 and 3.1.1, 3.3).
 *
 *   flags: DUP (8), QoS (6), RETAIN (1)
 *   topic name | packet identifier (2, QoS 1 and 2) | properties (5.0) | payload */
#include "fields.h"

enum publish_flags { DUP = 8, QOS = 6, QOS_SHIFT = 1, RETAIN = 1 };

void native_mqtt_check_payload(struct native_mqtt_reader *r,
                               const struct native_mqtt_properties *properties,
                               const struct native_mqtt_span *payload)
{
    size_t where;

    if (native_mqtt_property_number(properties, NATIVE_MQTT_PAYLOAD_FORMAT_INDICATOR, 0) == 1 &&
        native_mqtt_utf8_check(payload->data, payload->len, NATIVE_MQTT_UTF8_ILL_FORMED, &where))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PAYLOAD_FORMAT, payload->data + where);
}

/* Read the topic name at r->at. Works on copies of the cursor: nearly every packet comes by here. */
static NATIVE_HOT struct native_mqtt_span read_topic(struct native_mqtt_reader *r)
{
    const uint8_t *at = r->at;
    size_t left = native_mqtt_left(r);
    struct native_mqtt_span topic;

    if (left < 2 || left - 2 < ((size_t)at[0] << 8 | at[1]))
        return native_mqtt_read_binary(r); /* it says what is missing */
    topic.data = at + 2;
    topic.len = (size_t)at[0] << 8 | at[1];
    r->at = topic.data + topic.len;
    if (!native_mqtt_utf8_is_plain(topic.data, topic.len))
        native_mqtt_check_characters(r, &topic, NATIVE_MQTT_RULE_TOPIC_WILDCARD);
    return topic;
}

/* Read everything before the payload. */
static NATIVE_HOT void read_header(struct native_mqtt_reader *r, unsigned flags,
                                   struct native_mqtt_publish *p)
{
    struct native_mqtt_span topic = read_topic(r);

    p->packet_id = flags & QOS ? native_mqtt_read_packet_id(r) : 0;
    native_mqtt_read_properties(r, 1u << NATIVE_MQTT_PUBLISH, &p->properties);
    /* An empty topic name is legal only where a topic alias stands for it. */
    if (topic.len == 0 && !(p->properties.seen >> NATIVE_MQTT_TOPIC_ALIAS & 1))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_TOPIC_EMPTY, topic.data);
    p->topic = topic;
    p->topic_alias = 0;
    p->qos = flags >> QOS_SHIFT & 3;
    p->dup = flags & DUP;
    p->retain = flags & RETAIN;
}

void native_mqtt_read_publish(struct native_mqtt_reader *r, unsigned flags,
                              struct native_mqtt_packet *packet)
{
    struct native_mqtt_publish *p = &packet->as.publish;

    read_header(r, flags, p);
    p->payload.data = r->at;
    p->payload.len = native_mqtt_left(r);
    if (r->level == NATIVE_MQTT_STRICT)
        native_mqtt_check_payload(r, &p->properties, &p->payload);
    r->at = r->end;
}

/* How many bytes of the packet, from its start, must be there before its header can be read:
 * grows with what in[0..in_len) tells. */
static size_t header_need(const struct native_mqtt_frame *frame, unsigned version,
                          const uint8_t *in, size_t in_len)
{
    size_t need = frame->header_len + 2u, len = 0;

    if (in_len < need)
        return need;
    need += (size_t)in[need - 2] << 8 | in[need - 1];
    if (frame->flags & QOS)
        need += 2;
    if (version != NATIVE_MQTT_5_0)
        return need;
    for (unsigned shift = 0; shift < 28; shift += 7) {
        need++;
        if (in_len < need)
            return need;
        len |= (size_t)(in[need - 1] & 0x7f) << shift;
        if (!(in[need - 1] & 0x80))
            break;
    }
    return need + len;
}

enum native_mqtt_status native_mqtt_publish_decode_header(const struct native_mqtt_options *options,
                                                          const struct native_mqtt_frame *frame,
                                                          const void *in, size_t in_len,
                                                          struct native_mqtt_publish *publish,
                                                          size_t *header_len,
                                                          struct native_mqtt_error *error)
{
    size_t need = header_need(frame, options->version, in, in_len);
    struct native_mqtt_reader r;

    /* A length that runs past the packet is found by reading all of it: the same error whether the
     * packet came in one piece or not. */
    if (need > frame->packet_len)
        need = frame->packet_len;
    if (in_len < need) {
        *header_len = need;
        return NATIVE_MQTT_NEED_MORE;
    }
    native_mqtt_reader_init(&r, options, in, frame->header_len, need, error);
    read_header(&r, frame->flags, publish);
    if (r.failed)
        return NATIVE_MQTT_MALFORMED;
    *header_len = (size_t)(r.at - r.start);
    publish->payload.data = NULL;
    publish->payload.len = frame->packet_len - *header_len;
    return NATIVE_MQTT_OK;
}

/* Bytes that a topic alias takes among the properties. */
static size_t alias_len(const struct native_mqtt_publish *p)
{
    return p->topic_alias ? 3 : 0;
}

/* Count the bytes after the fixed header and before the payload. */
static size_t count_header(const struct native_mqtt_publish *p, unsigned version)
{
    size_t len = 2 + p->topic.len + (p->qos ? 2 : 0);

    if (version == NATIVE_MQTT_5_0) {
        size_t properties = p->properties.len + alias_len(p);

        len += native_mqtt_varint_size(properties) + properties;
    }
    return len;
}

static bool is_too_large(const struct native_mqtt_publish *p, size_t header)
{
    return p->topic.len > NATIVE_MQTT_STRING_MAX || p->qos > 2 ||
           header > NATIVE_MQTT_REMAINING_MAX ||
           p->payload.len > NATIVE_MQTT_REMAINING_MAX - header;
}

enum native_mqtt_status native_mqtt_publish_size(const struct native_mqtt_publish *p,
                                                 unsigned version, size_t *size)
{
    size_t header = count_header(p, version);

    if (is_too_large(p, header))
        return NATIVE_MQTT_TOO_LARGE;
    *size = 1 + native_mqtt_varint_size(header + p->payload.len) + header + p->payload.len;
    return NATIVE_MQTT_OK;
}

static uint8_t *write_u16(uint8_t *at, unsigned value)
{
    *at++ = (uint8_t)(value >> 8);
    *at++ = (uint8_t)value;
    return at;
}

static uint8_t *write_varint(uint8_t *at, size_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)(value | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

static uint8_t *write_raw(uint8_t *at, const uint8_t *data, size_t len)
{
    if (len > 0)
        memcpy(at, data, len);
    return at + len;
}

enum native_mqtt_status native_mqtt_publish_encode_header(const struct native_mqtt_publish *p,
                                                          unsigned version, void *out,
                                                          size_t out_len, size_t *used)
{
    size_t header = count_header(p, version), remaining = header + p->payload.len;
    uint8_t *at = out;

    if (is_too_large(p, header))
        return NATIVE_MQTT_TOO_LARGE;
    *used = 1 + native_mqtt_varint_size(remaining) + header;
    if (*used > out_len)
        return NATIVE_MQTT_NO_SPACE;
    *at++ = (uint8_t)(NATIVE_MQTT_PUBLISH << 4 | (p->dup ? DUP : 0) | p->qos << QOS_SHIFT |
                      (p->retain ? RETAIN : 0));
    at = write_varint(at, remaining);
    at = write_u16(at, (unsigned)p->topic.len);
    at = write_raw(at, p->topic.data, p->topic.len);
    if (p->qos)
        at = write_u16(at, p->packet_id);
    if (version != NATIVE_MQTT_5_0)
        return NATIVE_MQTT_OK;
    at = write_varint(at, p->properties.len + alias_len(p));
    if (p->topic_alias) {
        *at++ = NATIVE_MQTT_TOPIC_ALIAS;
        at = write_u16(at, p->topic_alias);
    }
    write_raw(at, p->properties.data, p->properties.len);
    return NATIVE_MQTT_OK;
}

/* Find the packet identifier of an encoded PUBLISH at QoS 1 or 2. Returns NULL if there is none. */
static uint8_t *find_id(uint8_t *header, size_t header_len)
{
    size_t at = 1;

    if (header_len < 2 || header[0] >> 4 != NATIVE_MQTT_PUBLISH || !(header[0] & QOS))
        return NULL;
    while (at < NATIVE_MQTT_FIXED_HEADER_MAX && at < header_len && header[at++] & 0x80)
        ;
    if (header_len - at < 2)
        return NULL;
    at += 2 + ((size_t)header[at] << 8 | header[at + 1]);
    return at + 2 <= header_len ? header + at : NULL;
}

bool native_mqtt_publish_patch_id(void *header, size_t header_len, uint16_t packet_id)
{
    uint8_t *id = find_id(header, header_len);

    if (!id)
        return false;
    id[0] = (uint8_t)(packet_id >> 8);
    id[1] = (uint8_t)packet_id;
    return true;
}

bool native_mqtt_publish_patch_qos(void *header, size_t header_len, unsigned qos)
{
    uint8_t *first = header;

    if (!find_id(header, header_len) || (qos != 1 && qos != 2))
        return false;
    *first = (uint8_t)((*first & ~QOS) | (int)(qos << QOS_SHIFT));
    return true;
}

bool native_mqtt_publish_patch_flags(void *header, size_t header_len, bool dup, bool retain)
{
    uint8_t *first = header;

    if (header_len == 0 || *first >> 4 != NATIVE_MQTT_PUBLISH || (dup && !(*first & QOS)))
        return false;
    *first = (uint8_t)((*first & ~(DUP | RETAIN)) | (dup ? DUP : 0) | (retain ? RETAIN : 0));
    return true;
}
