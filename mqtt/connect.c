/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* connect.c - CONNECT (MQTT 5.0 and 3.1.1, 3.1).
 *
 *   protocol name | level | connect flags | keep alive (2) | properties (5.0)
 *   client id | will properties (5.0) | will topic | will payload | user name | password */
#include "fields.h"

enum connect_flags {
    RESERVED = 0x01,
    CLEAN_START = 0x02,
    WILL = 0x04,
    WILL_QOS_SHIFT = 3,
    WILL_RETAIN = 0x20,
    PASSWORD = 0x40,
    USER_NAME = 0x80
};

static const struct native_mqtt_span names[] = {
    {(const uint8_t *)"MQTT", 4},
    {(const uint8_t *)"MQIsdp", 6},
};

static const struct native_mqtt_span *protocol_name(unsigned version)
{
    return &names[version == NATIVE_MQTT_3_1];
}

/* Read protocol name and level; from here on the reader knows the version. */
static uint8_t read_version(struct native_mqtt_reader *r)
{
    const uint8_t *first = r->at;
    struct native_mqtt_span name = native_mqtt_read_binary(r);
    const struct native_mqtt_span *right;
    uint8_t version = native_mqtt_read_u8(r);

    if (r->failed)
        return 0;
    /* The name decides first: it tells MQTT from another protocol. [MQTT-3.1.2-1] */
    right = protocol_name(name.len == 6 ? NATIVE_MQTT_3_1 : NATIVE_MQTT_3_1_1);
    if (name.len != right->len || memcmp(name.data, right->data, name.len) != 0)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROTOCOL_NAME, first);
    else if (version < NATIVE_MQTT_3_1 || version > NATIVE_MQTT_5_0)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROTOCOL_VERSION, r->at - 1);
    else if (protocol_name(version) != right)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROTOCOL_NAME, first);
    else if (r->version != NATIVE_MQTT_VERSION_UNKNOWN && r->version != version)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROTOCOL_VERSION, r->at - 1);
    r->version = version;
    return version;
}

static void check_flags(struct native_mqtt_reader *r, unsigned flags, const uint8_t *where)
{
    unsigned will_qos = flags >> WILL_QOS_SHIFT & 3;

    if (flags & RESERVED)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_CONNECT_RESERVED, where);
    if (will_qos == 3)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_WILL_QOS, where);
    if (!(flags & WILL) && will_qos)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_WILL_QOS_ALONE, where);
    if (!(flags & WILL) && flags & WILL_RETAIN)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_WILL_RETAIN_ALONE, where);
    if ((flags & (USER_NAME | PASSWORD)) == PASSWORD && r->version < NATIVE_MQTT_5_0)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PASSWORD_ALONE, where);
}

static void check_client_id(struct native_mqtt_reader *r, const struct native_mqtt_connect *c)
{
    const uint8_t *where = c->client_id.data;

    native_mqtt_check_text(r, &c->client_id, NATIVE_MQTT_RULE_NONE);
    if (c->client_id.len == 0 && r->version < NATIVE_MQTT_5_0 &&
        (!c->clean_start || r->version == NATIVE_MQTT_3_1))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_CLIENT_ID, where);
    if (c->client_id.len > 23 && r->version == NATIVE_MQTT_3_1)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_CLIENT_ID_LENGTH, where);
}

static void read_will(struct native_mqtt_reader *r, unsigned flags, struct native_mqtt_will *will)
{
    will->qos = flags >> WILL_QOS_SHIFT & 3;
    will->retain = flags & WILL_RETAIN;
    native_mqtt_read_properties(r, NATIVE_MQTT_IN_WILL, &will->properties);
    will->topic = native_mqtt_read_binary(r);
    native_mqtt_check_topic(r, &will->topic, NATIVE_MQTT_RULE_WILL_TOPIC_WILDCARD);
    will->payload = native_mqtt_read_binary(r);
    native_mqtt_check_payload(r, &will->properties, &will->payload);
}

void native_mqtt_read_connect(struct native_mqtt_reader *r, unsigned fixed_flags,
                              struct native_mqtt_packet *packet)
{
    struct native_mqtt_connect *c = &packet->as.connect;
    unsigned flags;

    (void)fixed_flags;
    memset(c, 0, sizeof(*c));
    packet->version = read_version(r);
    flags = native_mqtt_read_u8(r);
    check_flags(r, flags, r->at - 1);
    c->clean_start = flags & CLEAN_START;
    c->has_will = flags & WILL;
    c->has_user_name = flags & USER_NAME;
    c->has_password = flags & PASSWORD;
    c->keep_alive = native_mqtt_read_u16(r);
    native_mqtt_read_properties(r, 1u << NATIVE_MQTT_CONNECT, &c->properties);
    c->client_id = native_mqtt_read_binary(r);
    check_client_id(r, c);
    if (c->has_will)
        read_will(r, flags, &c->will);
    if (c->has_user_name) {
        c->user_name = native_mqtt_read_binary(r);
        native_mqtt_check_text(r, &c->user_name, NATIVE_MQTT_RULE_NONE);
    }
    if (c->has_password)
        c->password = native_mqtt_read_binary(r);
}

void native_mqtt_put_connect(struct native_mqtt_writer *w, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connect *c = &packet->as.connect;
    const struct native_mqtt_will *will = &c->will;
    unsigned flags = 0;

    if (c->clean_start)
        flags |= CLEAN_START;
    if (c->has_will)
        flags |= WILL | (unsigned)will->qos << WILL_QOS_SHIFT | (will->retain ? WILL_RETAIN : 0u);
    if (c->has_will && will->qos > 2)
        w->too_large = true;
    if (c->has_user_name)
        flags |= USER_NAME;
    if (c->has_password)
        flags |= PASSWORD;
    native_mqtt_put_binary(w, protocol_name(packet->version));
    native_mqtt_put_u8(w, packet->version);
    native_mqtt_put_u8(w, flags);
    native_mqtt_put_u16(w, c->keep_alive);
    native_mqtt_put_properties(w, packet->version, &c->properties);
    native_mqtt_put_binary(w, &c->client_id);
    if (c->has_will) {
        native_mqtt_put_properties(w, packet->version, &will->properties);
        native_mqtt_put_binary(w, &will->topic);
        native_mqtt_put_binary(w, &will->payload);
    }
    if (c->has_user_name)
        native_mqtt_put_binary(w, &c->user_name);
    if (c->has_password)
        native_mqtt_put_binary(w, &c->password);
}
