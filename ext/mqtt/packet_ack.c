/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_ack.c - PubAck, PubRec, PubRel and PubComp, and Disconnect and Auth, which look the
 * same without a packet identifier. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "packet.h"
#include "packet_ack_arginfo.h"
#include "properties.h"

/* The slots, in the order of the stubs: [packet identifier], code, reason code, properties. */
enum { PACKET_ID = NATIVE_EXT_MQTT_SLOT_FIRST };
enum { CODE, REASON_CODE, PROPERTIES };

static bool has_id(const struct native_ext_mqtt_value *value)
{
    return value->std.ce->default_properties_count > NATIVE_EXT_MQTT_SLOT_FIRST + PROPERTIES + 1;
}

/* Returns where CODE and its like are in this class. */
static uint32_t at(const struct native_ext_mqtt_value *value, uint32_t slot)
{
    return NATIVE_EXT_MQTT_SLOT_FIRST + has_id(value) + slot;
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    zval *reason = native_ext_mqtt_slot(value, at(value, REASON_CODE));

    native_ext_mqtt_packet_fill(value);
    if (Z_TYPE_P(reason) == IS_UNDEF)
        native_ext_mqtt_case_zval(reason, NATIVE_EXT_MQTT_REASON_CODE, value->code);
    if (name && value->block && !zend_string_equals_literal(name, "properties"))
        return false;
    native_ext_mqtt_fill_properties(value, at(value, PROPERTIES));
    return true;
}

/* Was something written that could have been left out? Only that is remembered, so that a packet
 * that was made here equals one that was decoded. */
static bool needless(const struct native_mqtt_ack *a)
{
    return a->form == NATIVE_MQTT_FORM_FULL ? a->properties.len == 0
                                            : a->form == NATIVE_MQTT_FORM_REASON && a->reason == 0;
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_ack *a = &packet->as.ack;

    value->code = a->reason;
    value->form = needless(a) ? a->form : NATIVE_MQTT_FORM_SHORT;
    if (has_id(value))
        ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), a->packet_id);
    ZVAL_LONG(native_ext_mqtt_slot(value, at(value, CODE)), a->reason);
    native_ext_mqtt_keep_block(value, &a->properties);
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_ack *a = &packet->as.ack;

    *a = (struct native_mqtt_ack){
        .packet_id = has_id(value) ? (uint16_t)Z_LVAL_P(native_ext_mqtt_slot(value, PACKET_ID)) : 0,
        .reason = value->code,
        .form = value->form,
        .properties = native_ext_mqtt_properties_view(value->block),
    };
    return a->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

/* Take the arguments that all have: reason code (number `arg`), properties, version. */
static bool construct(struct native_ext_mqtt_value *value, zend_object *reason, zend_long code,
                      zend_object *properties, zend_object *version, uint32_t arg)
{
    if (!native_ext_mqtt_packet_begin(value, version, properties, arg + 1))
        return false;
    if (reason)
        code = native_ext_mqtt_case_number(reason);
    else if (!native_ext_mqtt_check_u8(code, arg))
        return false;
    if (code != 0 && value->version != NATIVE_MQTT_5_0) {
        zend_argument_value_error(arg, "must be Success before MQTT 5.0");
        return false;
    }
    value->code = (uint8_t)code;
    ZVAL_LONG(native_ext_mqtt_slot(value, at(value, CODE)), code);
    native_ext_mqtt_take_properties(value, at(value, PROPERTIES), properties);
    value->ready = true;
    return true;
}

/* For PubRec, PubRel and PubComp, too. */
ZEND_METHOD(Native_Mqtt_Packet_PubAck, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *reason = NULL, *properties = NULL, *version = NULL;
    zend_long packet_id, code = 0;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_LONG(packet_id)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_LONG(reason, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE], code)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (native_ext_mqtt_check_u16(packet_id, 1) &&
        construct(value, reason, code, properties, version, 2))
        ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), packet_id);
}

ZEND_METHOD(Native_Mqtt_Packet_Disconnect, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *reason = NULL, *properties = NULL, *version = NULL;
    zend_long code = 0;

    ZEND_PARSE_PARAMETERS_START(0, 3)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_LONG(reason, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE], code)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    construct(value, reason, code, properties, version, 1);
}

ZEND_METHOD(Native_Mqtt_Packet_Auth, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *reason = NULL, *properties = NULL;
    zend_long code = 0;

    ZEND_PARSE_PARAMETERS_START(0, 2)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_LONG(reason, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE], code)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    ZEND_PARSE_PARAMETERS_END();
    construct(value, reason, code, properties, NULL, 1);
}

void native_ext_mqtt_packet_ack_minit(void)
{
    zend_class_entry *parent = native_ext_mqtt_packet_ce;

    native_ext_mqtt_kind_init(NATIVE_MQTT_PUBACK, register_class_Native_Mqtt_Packet_PubAck(parent),
                              &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_PUBREC, register_class_Native_Mqtt_Packet_PubRec(parent),
                              &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_PUBREL, register_class_Native_Mqtt_Packet_PubRel(parent),
                              &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_PUBCOMP,
                              register_class_Native_Mqtt_Packet_PubComp(parent), &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_DISCONNECT,
                              register_class_Native_Mqtt_Packet_Disconnect(parent), &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_AUTH, register_class_Native_Mqtt_Packet_Auth(parent),
                              &kind);
}
