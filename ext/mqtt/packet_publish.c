/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_publish.c - Native\Mqtt\Packet\Publish. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "packet.h"
#include "packet_publish_arginfo.h"
#include "properties.h"

/* The slots, in the order of the stub. */
enum { TOPIC = NATIVE_EXT_MQTT_SLOT_FIRST, PAYLOAD, QOS, PACKET_ID, RETAIN, DUP, PROPERTIES };

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    native_ext_mqtt_packet_fill(value);
    /* Who asks for the type only need not pay for the properties. */
    if (name && value->block && !zend_string_equals_literal(name, "properties"))
        return false;
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    return true;
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_publish *p = &packet->as.publish;

    native_ext_mqtt_slot_span(value, TOPIC, p->topic);
    native_ext_mqtt_slot_span(value, PAYLOAD, p->payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), p->qos);
    if (p->qos)
        ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), p->packet_id);
    else
        ZVAL_NULL(native_ext_mqtt_slot(value, PACKET_ID));
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), p->retain);
    ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), p->dup);
    native_ext_mqtt_keep_block(value, &p->properties);
}

void native_ext_mqtt_publish_set_payload(zend_object *publish, zend_string *string)
{
    ZVAL_STR(native_ext_mqtt_slot(native_ext_mqtt_value_of(publish), PAYLOAD), string);
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_publish *p = &packet->as.publish;
    const zval *packet_id = native_ext_mqtt_slot(value, PACKET_ID);

    *p = (struct native_mqtt_publish){
        .topic = native_ext_mqtt_slot_bytes(value, TOPIC),
        .payload = native_ext_mqtt_slot_bytes(value, PAYLOAD),
        .properties = native_ext_mqtt_properties_view(value->block),
        .packet_id = Z_TYPE_P(packet_id) == IS_LONG ? (uint16_t)Z_LVAL_P(packet_id) : 0,
        .qos = (uint8_t)Z_LVAL_P(native_ext_mqtt_slot(value, QOS)),
        .retain = Z_TYPE_P(native_ext_mqtt_slot(value, RETAIN)) == IS_TRUE,
        .dup = Z_TYPE_P(native_ext_mqtt_slot(value, DUP)) == IS_TRUE,
    };
    return p->topic.len + p->payload.len + p->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

/* Arguments 1 to 4 of the constructor. */
static bool check(zend_string *topic, zend_long qos, zend_long packet_id, bool no_packet_id)
{
    if (!native_ext_mqtt_check_string(topic, 1) || !native_ext_mqtt_check_qos(qos, 3))
        return false;
    if (qos == 0 && !no_packet_id) {
        zend_argument_value_error(4, "must be null at QoS 0");
        return false;
    }
    if (qos > 0 && no_packet_id) {
        zend_argument_value_error(4, "must not be null at QoS 1 and 2");
        return false;
    }
    return no_packet_id || native_ext_mqtt_check_u16(packet_id, 4);
}

/* The arguments of the constructor and of bytes(). */
struct arguments {
    zend_object *properties, *version, *strictness;
    zend_string *topic, *payload;
    zend_long qos, packet_id;
    bool no_packet_id, retain, dup;
};

#define ARGUMENTS_INIT                                                                             \
    {                                                                                              \
        .payload = ZSTR_EMPTY_ALLOC(), .no_packet_id = true                                        \
    }

/* clang-format off */
#define PARSE_ARGUMENTS(a, max, last)                                                              \
    ZEND_PARSE_PARAMETERS_START(1, max)                                                            \
        Z_PARAM_STR((a).topic)                                                                     \
        Z_PARAM_OPTIONAL                                                                           \
        Z_PARAM_STR((a).payload)                                                                   \
        Z_PARAM_LONG((a).qos)                                                                      \
        Z_PARAM_LONG_OR_NULL((a).packet_id, (a).no_packet_id)                                      \
        Z_PARAM_BOOL((a).retain)                                                                   \
        Z_PARAM_BOOL((a).dup)                                                                      \
        Z_PARAM_OBJ_OF_CLASS_OR_NULL((a).properties, native_ext_mqtt_properties_class.ce)          \
        Z_PARAM_OBJ_OF_CLASS((a).version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])        \
        last                                                                                       \
    ZEND_PARSE_PARAMETERS_END()
/* clang-format on */

ZEND_METHOD(Native_Mqtt_Packet_Publish, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    struct arguments a = ARGUMENTS_INIT;

    PARSE_ARGUMENTS(a, 8, );
    if (!native_ext_mqtt_packet_begin(value, a.version, a.properties, 7) ||
        !check(a.topic, a.qos, a.packet_id, a.no_packet_id))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, TOPIC), a.topic);
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), a.payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), a.qos);
    if (a.no_packet_id)
        ZVAL_NULL(native_ext_mqtt_slot(value, PACKET_ID));
    else
        ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), a.packet_id);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), a.retain);
    ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), a.dup);
    native_ext_mqtt_take_properties(value, PROPERTIES, a.properties);
    value->ready = true;
}

/* See the arguments as the codec's struct. Returns false with a ValueError thrown. */
static bool see(const struct arguments *a, struct native_mqtt_packet *packet)
{
    zend_string *block = a->properties ? native_ext_mqtt_properties_block(a->properties) : NULL;

    packet->type = NATIVE_MQTT_PUBLISH;
    packet->version =
        a->version ? (uint8_t)native_ext_mqtt_case_number(a->version) : NATIVE_MQTT_5_0;
    packet->as.publish = (struct native_mqtt_publish){
        .topic = native_ext_mqtt_span(a->topic),
        .payload = native_ext_mqtt_span(a->payload),
        .properties = native_ext_mqtt_properties_view(block),
        .packet_id = (uint16_t)a->packet_id,
        .qos = (uint8_t)a->qos,
        .retain = a->retain,
        .dup = a->dup,
    };
    return check(a->topic, a->qos, a->packet_id, a->no_packet_id) &&
           native_ext_mqtt_check_block(block, packet->version, 7);
}

ZEND_METHOD(Native_Mqtt_Packet_Publish, bytes)
{
    struct arguments a = ARGUMENTS_INIT;
    struct native_mqtt_packet packet;
    const struct native_mqtt_publish *p = &packet.as.publish;
    zend_string *bytes;

    PARSE_ARGUMENTS(
        a, 9,
        Z_PARAM_OBJ_OF_CLASS(a.strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS]));
    if (!see(&a, &packet))
        RETURN_THROWS();
    bytes = native_ext_mqtt_packet_encode(
        &packet, p->topic.len + p->payload.len + p->properties.len,
        a.strictness ? native_ext_mqtt_case_number(a.strictness) : NATIVE_MQTT_SPEC);
    if (bytes)
        RETURN_STR(bytes);
}

/* Judge an encoded header by the rules for received ones. */
static bool check_header(unsigned version, unsigned level, const zend_string *header,
                         size_t payload_len)
{
    struct native_mqtt_options options = {(uint8_t)version, (uint8_t)level, 0, 0};
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    struct native_mqtt_publish again;
    size_t header_len;
    enum native_mqtt_status status;

    status = native_mqtt_frame_scan(&options, ZSTR_VAL(header), ZSTR_LEN(header), &frame, &error);
    if (status != NATIVE_MQTT_MALFORMED)
        status = native_mqtt_publish_decode_header(&options, &frame, ZSTR_VAL(header),
                                                   ZSTR_LEN(header), &again, &header_len, &error);
    ZEND_ASSERT(status != NATIVE_MQTT_OK || again.payload.len == payload_len);
    (void)payload_len;
    if (status == NATIVE_MQTT_OK)
        return true;
    native_ext_mqtt_throw_status(status, NATIVE_MQTT_PUBLISH, &error);
    return false;
}

ZEND_METHOD(Native_Mqtt_Packet_Publish, encodeHeader)
{
    struct native_ext_mqtt_value *value;
    struct native_mqtt_packet packet;
    zend_object *strictness = NULL;
    enum native_mqtt_status status;
    unsigned level;
    size_t used = 0;
    zend_string *header;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    value = native_ext_mqtt_value_ready(Z_OBJ_P(ZEND_THIS));
    if (!value)
        RETURN_THROWS();
    level = strictness ? native_ext_mqtt_case_number(strictness) : NATIVE_MQTT_SPEC;
    view(value, &packet);
    status = native_mqtt_publish_encode_header(&packet.as.publish, value->version, NULL, 0, &used);
    if (status == NATIVE_MQTT_TOO_LARGE) {
        native_ext_mqtt_throw_status(status, NATIVE_MQTT_PUBLISH, NULL);
        RETURN_THROWS();
    }
    header = zend_string_alloc(used, 0);
    native_mqtt_publish_encode_header(&packet.as.publish, value->version, ZSTR_VAL(header), used,
                                      &used);
    ZSTR_VAL(header)[used] = '\0';
    if (level == NATIVE_MQTT_LENIENT || value->checked > level ||
        check_header(value->version, level, header, packet.as.publish.payload.len))
        RETURN_STR(header);
    zend_string_efree(header);
}

ZEND_METHOD(Native_Mqtt_Packet_Publish, message)
{
    struct native_ext_mqtt_value *value;
    struct native_mqtt_packet packet;

    ZEND_PARSE_PARAMETERS_NONE();
    value = native_ext_mqtt_value_ready(Z_OBJ_P(ZEND_THIS));
    if (!value)
        RETURN_THROWS();
    view(value, &packet);
    native_ext_mqtt_message_with_payload(return_value, &packet.as.publish,
                                         Z_STR_P(native_ext_mqtt_slot(value, PAYLOAD)));
}

void native_ext_mqtt_packet_publish_minit(void)
{
    native_ext_mqtt_kind_init(NATIVE_MQTT_PUBLISH,
                              register_class_Native_Mqtt_Packet_Publish(native_ext_mqtt_packet_ce),
                              &kind);
}
