/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* property.c - the table of properties, and what is done by walking it. */
#include "property.h"

#include "fields.h"
#include "reader.h"
#include "writer.h"

#define IN(type) (1u << NATIVE_MQTT_##type)
#define ACKS (IN(PUBACK) | IN(PUBREC) | IN(PUBREL) | IN(PUBCOMP) | IN(SUBACK) | IN(UNSUBACK))
#define MESSAGE (IN(PUBLISH) | NATIVE_MQTT_IN_WILL)
#define ONCE 0
#define NONZERO NATIVE_MQTT_PROPERTY_NONZERO
#define REPEATS NATIVE_MQTT_PROPERTY_REPEATS
#define SPECIAL 4 /* has a row in `specials`, too */
#define ROW(id, type, packets, flags)                                                              \
    [NATIVE_MQTT_##id] = {(uint16_t)(packets), NATIVE_MQTT_PROPERTY_##type, (flags)}

/* Table 2-4, by identifier; the gaps are no properties. */
static const struct native_mqtt_property_info properties[NATIVE_MQTT_PROPERTY_ID_MAX + 1] = {
    ROW(PAYLOAD_FORMAT_INDICATOR, BOOL, MESSAGE, ONCE),
    ROW(MESSAGE_EXPIRY_INTERVAL, U32, MESSAGE, ONCE),
    ROW(CONTENT_TYPE, TEXT, MESSAGE, ONCE),
    ROW(RESPONSE_TOPIC, TEXT, MESSAGE, ONCE),
    ROW(CORRELATION_DATA, BINARY, MESSAGE, ONCE),
    ROW(SUBSCRIPTION_IDENTIFIER, VARINT, IN(PUBLISH) | IN(SUBSCRIBE), REPEATS | NONZERO | SPECIAL),
    ROW(SESSION_EXPIRY_INTERVAL, U32, IN(CONNECT) | IN(CONNACK) | IN(DISCONNECT), SPECIAL),
    ROW(ASSIGNED_CLIENT_IDENTIFIER, TEXT, IN(CONNACK), ONCE),
    ROW(SERVER_KEEP_ALIVE, U16, IN(CONNACK), ONCE),
    ROW(AUTHENTICATION_METHOD, TEXT, IN(CONNECT) | IN(CONNACK) | IN(AUTH), ONCE),
    ROW(AUTHENTICATION_DATA, BINARY, IN(CONNECT) | IN(CONNACK) | IN(AUTH), ONCE),
    ROW(REQUEST_PROBLEM_INFORMATION, BOOL, IN(CONNECT), ONCE),
    ROW(WILL_DELAY_INTERVAL, U32, NATIVE_MQTT_IN_WILL, ONCE),
    ROW(REQUEST_RESPONSE_INFORMATION, BOOL, IN(CONNECT), ONCE),
    ROW(RESPONSE_INFORMATION, TEXT, IN(CONNACK), ONCE),
    ROW(SERVER_REFERENCE, TEXT, IN(CONNACK) | IN(DISCONNECT), SPECIAL),
    ROW(REASON_STRING, TEXT, IN(CONNACK) | ACKS | IN(DISCONNECT) | IN(AUTH), ONCE),
    ROW(RECEIVE_MAXIMUM, U16, IN(CONNECT) | IN(CONNACK), NONZERO),
    ROW(TOPIC_ALIAS_MAXIMUM, U16, IN(CONNECT) | IN(CONNACK), ONCE),
    ROW(TOPIC_ALIAS, U16, IN(PUBLISH), NONZERO),
    ROW(MAXIMUM_QOS, BOOL, IN(CONNACK), ONCE),
    ROW(RETAIN_AVAILABLE, BOOL, IN(CONNACK), ONCE),
    ROW(USER_PROPERTY, PAIR,
        IN(CONNECT) | IN(CONNACK) | MESSAGE | ACKS | IN(SUBSCRIBE) | IN(UNSUBSCRIBE) |
            IN(DISCONNECT) | IN(AUTH),
        REPEATS),
    ROW(MAXIMUM_PACKET_SIZE, U32, IN(CONNECT) | IN(CONNACK), NONZERO),
    ROW(WILDCARD_SUBSCRIPTION_AVAILABLE, BOOL, IN(CONNACK), ONCE),
    ROW(SUBSCRIPTION_IDENTIFIER_AVAILABLE, BOOL, IN(CONNACK), ONCE),
    ROW(SHARED_SUBSCRIPTION_AVAILABLE, BOOL, IN(CONNACK), ONCE),
};

const struct native_mqtt_property_info *native_mqtt_property_info(unsigned id)
{
    return &properties[id <= NATIVE_MQTT_PROPERTY_ID_MAX ? id : 0];
}

/* Take a string or binary data off the front of rest[0..rest_len). Returns the bytes it took, 0 if
 * it does not end there. */
static NATIVE_HOT size_t take_binary(const uint8_t *rest, size_t rest_len,
                                     struct native_mqtt_span *span)
{
    size_t len;

    if (rest_len < 2)
        return 0;
    len = (size_t)rest[0] << 8 | rest[1];
    if (rest_len - 2 < len)
        return 0;
    span->data = rest + 2;
    span->len = len;
    return 2 + len;
}

/* Take a number of 1, 2 or 4 bytes in the same way. */
static size_t take_number(const uint8_t *rest, size_t rest_len, size_t len, uint32_t *number)
{
    uint32_t value = 0;

    if (rest_len < len)
        return 0;
    for (size_t i = 0; i < len; i++)
        value = value << 8 | rest[i];
    *number = value;
    return len;
}

/* Take a pair of strings in the same way. */
static size_t take_pair(const uint8_t *rest, size_t rest_len, struct native_mqtt_property *p)
{
    size_t name = take_binary(rest, rest_len, &p->name);
    size_t value = name ? take_binary(rest + name, rest_len - name, &p->value) : 0;

    return value ? name + value : 0;
}

/* Read one property by its shape alone. */
static NATIVE_HOT bool read_property(struct native_mqtt_reader *r, struct native_mqtt_property *p)
{
    const uint8_t *rest = r->at + 1; /* the caller sees to it that the identifier is there */
    size_t len = (size_t)(r->end - rest), used = 0;

    p->id = *r->at;
    p->type = native_mqtt_property_info(p->id)->type;
    p->number = 0;
    switch (p->type) {
    case NATIVE_MQTT_PROPERTY_TEXT:
    case NATIVE_MQTT_PROPERTY_BINARY:
        used = take_binary(rest, len, &p->value);
        break;
    case NATIVE_MQTT_PROPERTY_PAIR:
        used = take_pair(rest, len, p);
        break;
    case NATIVE_MQTT_PROPERTY_BOOL:
        used = take_number(rest, len, 1, &p->number);
        break;
    case NATIVE_MQTT_PROPERTY_U16:
        used = take_number(rest, len, 2, &p->number);
        break;
    case NATIVE_MQTT_PROPERTY_U32:
        used = take_number(rest, len, 4, &p->number);
        break;
    case NATIVE_MQTT_PROPERTY_VARINT:
        r->at = rest;
        p->number = native_mqtt_read_varint(r);
        return !r->failed;
    default:
        return native_mqtt_fail(r, NATIVE_MQTT_RULE_PROPERTY_UNKNOWN, r->at);
    }
    r->at = rest + used;
    return used > 0 || native_mqtt_fail(r, NATIVE_MQTT_RULE_TRUNCATED, rest);
}

/* Properties whose legality depends on more than their own row. */
static const struct special {
    uint8_t id;
    uint8_t type;   /* of the packet */
    uint8_t sender; /* that breaks the rule */
    uint8_t rule;
} specials[] = {
    {NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER, NATIVE_MQTT_PUBLISH, NATIVE_MQTT_FROM_CLIENT,
     NATIVE_MQTT_RULE_SUBSCRIPTION_ID},
    {NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, NATIVE_MQTT_DISCONNECT, NATIVE_MQTT_FROM_SERVER,
     NATIVE_MQTT_RULE_SESSION_EXPIRY},
    {NATIVE_MQTT_SERVER_REFERENCE, NATIVE_MQTT_DISCONNECT, NATIVE_MQTT_FROM_CLIENT,
     NATIVE_MQTT_RULE_SERVER_REFERENCE},
};

NATIVE_COLD static void check_specials(struct native_mqtt_reader *r,
                                       const struct native_mqtt_property *p, unsigned in,
                                       const uint8_t *first)
{
    for (size_t i = 0; i < sizeof(specials) / sizeof(specials[0]); i++)
        if (p->id == specials[i].id && in & 1u << specials[i].type &&
            r->sender == specials[i].sender)
            native_mqtt_fail(r, (enum native_mqtt_rule)specials[i].rule, first);
}

/* Check the value of one property that is a number. */
static void check_number(struct native_mqtt_reader *r, const struct native_mqtt_property *p,
                         unsigned flags, const uint8_t *where)
{
    bool wrong =
        p->type == NATIVE_MQTT_PROPERTY_BOOL ? p->number > 1 : flags & NONZERO && p->number == 0;

    if (wrong)
        native_mqtt_fail(r,
                         p->id == NATIVE_MQTT_TOPIC_ALIAS ? NATIVE_MQTT_RULE_TOPIC_ALIAS
                                                          : NATIVE_MQTT_RULE_PROPERTY_VALUE,
                         where);
}

/* Check the characters of one property's strings. */
static void check_strings(struct native_mqtt_reader *r, const struct native_mqtt_property *p)
{
    if (p->type == NATIVE_MQTT_PROPERTY_PAIR)
        native_mqtt_check_text(r, &p->name, NATIVE_MQTT_RULE_NONE);
    if (p->id == NATIVE_MQTT_RESPONSE_TOPIC)
        native_mqtt_check_topic(r, &p->value, NATIVE_MQTT_RULE_RESPONSE_WILDCARD);
    else if (p->type != NATIVE_MQTT_PROPERTY_BINARY)
        native_mqtt_check_text(r, &p->value, NATIVE_MQTT_RULE_NONE);
}

/* Check one property, read from `first` on, against its row. */
static NATIVE_HOT void check_property(struct native_mqtt_reader *r,
                                      const struct native_mqtt_property *p, unsigned in,
                                      uint64_t seen, const uint8_t *first)
{
    const struct native_mqtt_property_info *info = &properties[p->id];

    if (!(info->packets & in))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROPERTY_PACKET, first);
    /* SUBSCRIBE can have one subscription identifier only, PUBLISH many (3.8.2.1.2, 3.3.2.3.8). */
    if (seen >> p->id & 1 &&
        (!(info->flags & REPEATS) || (in == IN(SUBSCRIBE) && p->id != NATIVE_MQTT_USER_PROPERTY)))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROPERTY_TWICE, first);
    if (info->flags & SPECIAL)
        check_specials(r, p, in, first);
    if (p->type <= NATIVE_MQTT_PROPERTY_VARINT)
        check_number(r, p, info->flags, first + 1);
    else
        check_strings(r, p);
}

/* Read the properties up to the reader's end, which is the block's. */
static void read_block(struct native_mqtt_reader *r, unsigned in,
                       struct native_mqtt_properties *block)
{
    while (r->at != r->end) {
        const uint8_t *first = r->at;
        struct native_mqtt_property p;

        if (!read_property(r, &p))
            break;
        check_property(r, &p, in, block->seen, first);
        block->seen |= (uint64_t)1 << p.id;
    }
    if (block->seen >> NATIVE_MQTT_AUTHENTICATION_DATA & 1 &&
        !(block->seen >> NATIVE_MQTT_AUTHENTICATION_METHOD & 1))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_AUTH_METHOD, block->data);
}

void native_mqtt_read_some_properties(struct native_mqtt_reader *r, unsigned in,
                                      struct native_mqtt_properties *block)
{
    const uint8_t *packet_end = r->end, *first = r->at;
    uint32_t len;

    if (r->at == r->end)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROPERTIES_MISSING, r->at);
    len = native_mqtt_read_varint(r);
    if (len > native_mqtt_left(r))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PROPERTIES_LENGTH, first);
    if (r->failed || len == 0)
        return;
    block->data = r->at;
    block->len = len;
    r->end = r->at + len;
    read_block(r, in, block);
    r->end = packet_end;
    if (r->failed)
        r->at = r->end;
}

bool native_mqtt_property_next(struct native_mqtt_properties *block,
                               struct native_mqtt_property *property)
{
    static const struct native_mqtt_options options = {NATIVE_MQTT_5_0, NATIVE_MQTT_LENIENT,
                                                       NATIVE_MQTT_FROM_ANYONE, 0};
    struct native_mqtt_error error;
    struct native_mqtt_reader r;

    if (block->len == 0)
        return false;
    native_mqtt_reader_init(&r, &options, block->data, 0, block->len, &error);
    if (!read_property(&r, property))
        return false;
    block->data = r.at;
    block->len = native_mqtt_left(&r);
    return true;
}

bool native_mqtt_property_find(const struct native_mqtt_properties *block, unsigned id,
                               struct native_mqtt_property *property)
{
    struct native_mqtt_properties rest = *block;

    if (block->seen && (id > NATIVE_MQTT_PROPERTY_ID_MAX || !(block->seen >> id & 1)))
        return false;
    while (native_mqtt_property_next(&rest, property))
        if (property->id == id)
            return true;
    return false;
}

uint32_t native_mqtt_property_number(const struct native_mqtt_properties *block, unsigned id,
                                     uint32_t otherwise)
{
    struct native_mqtt_property p;

    return native_mqtt_property_find(block, id, &p) ? p.number : otherwise;
}

/* Put one property; sets too_large for what its type cannot hold. */
static void put_property(struct native_mqtt_writer *w, const struct native_mqtt_property *p)
{
    /* The largest number of each type. */
    static const uint32_t largest[] = {0, 1, 0xffff, 0xffffffff, NATIVE_MQTT_REMAINING_MAX};
    unsigned type = native_mqtt_property_info(p->id)->type;

    if (type == NATIVE_MQTT_PROPERTY_NONE ||
        (type <= NATIVE_MQTT_PROPERTY_VARINT && p->number > largest[type])) {
        w->too_large = true;
        return;
    }
    native_mqtt_put_u8(w, p->id);
    switch (type) {
    case NATIVE_MQTT_PROPERTY_BOOL:
        native_mqtt_put_u8(w, p->number);
        break;
    case NATIVE_MQTT_PROPERTY_U32:
        native_mqtt_put_u16(w, p->number >> 16);
        /* fall through */
    case NATIVE_MQTT_PROPERTY_U16:
        native_mqtt_put_u16(w, p->number & 0xffff);
        break;
    case NATIVE_MQTT_PROPERTY_VARINT:
        native_mqtt_put_varint(w, p->number);
        break;
    case NATIVE_MQTT_PROPERTY_PAIR:
        native_mqtt_put_binary(w, &p->name);
        /* fall through */
    default:
        native_mqtt_put_binary(w, &p->value);
    }
}

enum native_mqtt_status native_mqtt_property_put(struct native_mqtt_property_writer *writer,
                                                 const struct native_mqtt_property *property)
{
    struct native_mqtt_writer w = {NULL, 0, false};

    put_property(&w, property);
    if (w.too_large)
        return NATIVE_MQTT_TOO_LARGE;
    if (w.len > writer->capacity - writer->len)
        return NATIVE_MQTT_NO_SPACE;
    if (writer->data) {
        w.data = writer->data + writer->len;
        w.len = 0;
        put_property(&w, property);
    }
    writer->len += w.len;
    return NATIVE_MQTT_OK;
}

/* The identifier as the byte that it is in a packet; 0, which no property has, if it fits none. */
static uint8_t known(unsigned id)
{
    return id <= NATIVE_MQTT_PROPERTY_ID_MAX ? (uint8_t)id : 0;
}

enum native_mqtt_status native_mqtt_property_put_number(struct native_mqtt_property_writer *writer,
                                                        unsigned id, uint32_t number)
{
    struct native_mqtt_property p = {known(id), 0, number, {NULL, 0}, {NULL, 0}};

    return native_mqtt_property_put(writer, &p);
}

enum native_mqtt_status native_mqtt_property_put_bytes(struct native_mqtt_property_writer *writer,
                                                       unsigned id, const void *value,
                                                       size_t value_len)
{
    struct native_mqtt_property p = {known(id), 0, 0, {NULL, 0}, {NULL, 0}};

    p.value.data = value;
    p.value.len = value_len;
    return native_mqtt_property_put(writer, &p);
}
