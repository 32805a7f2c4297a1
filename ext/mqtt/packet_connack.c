/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_connack.c - Native\Mqtt\Packet\ConnAck. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "packet.h"
#include "packet_connack_arginfo.h"
#include "properties.h"

/* The slots, in the order of the stub. */
enum { SESSION_PRESENT = NATIVE_EXT_MQTT_SLOT_FIRST, CODE, REASON_CODE, PROPERTIES };

/* The reason code as a case; null for a return code that does not exist. */
static void set_reason(zval *slot, unsigned version, unsigned code)
{
    if (version < NATIVE_MQTT_5_0 &&
        !native_mqtt_reason_allowed(version, NATIVE_MQTT_CONNACK, code))
        ZVAL_NULL(slot);
    else
        native_ext_mqtt_case_zval(slot, NATIVE_EXT_MQTT_REASON_CODE,
                                  native_mqtt_connack_reason(version, code));
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    zval *reason = native_ext_mqtt_slot(value, REASON_CODE);

    (void)name;
    native_ext_mqtt_packet_fill(value);
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    if (Z_TYPE_P(reason) == IS_UNDEF)
        set_reason(reason, value->version, value->code);
    return true;
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connack *c = &packet->as.connack;

    value->code = c->reason;
    ZVAL_BOOL(native_ext_mqtt_slot(value, SESSION_PRESENT), c->session_present);
    ZVAL_LONG(native_ext_mqtt_slot(value, CODE), c->reason);
    native_ext_mqtt_keep_block(value, &c->properties);
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_connack *c = &packet->as.connack;

    *c = (struct native_mqtt_connack){
        .session_present = Z_TYPE_P(native_ext_mqtt_slot(value, SESSION_PRESENT)) == IS_TRUE,
        .reason = value->code,
        .properties = native_ext_mqtt_properties_view(value->block),
    };
    return c->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

/* Turn a case into the byte to send. Returns false with a ValueError thrown where there is none. */
static bool byte_of(zend_object *reason, unsigned version, zend_long *code)
{
    unsigned number = native_ext_mqtt_case_number(reason);

    if (version < NATIVE_MQTT_5_0)
        for (*code = 0; native_mqtt_reason_allowed(version, NATIVE_MQTT_CONNACK, (unsigned)*code);
             ++*code)
            if (native_mqtt_connack_reason(version, (unsigned)*code) == number)
                return true;
    *code = number;
    if (version == NATIVE_MQTT_5_0)
        return true;
    zend_argument_value_error(1, "must be a reason code that MQTT 3.1.1 has a return code for");
    return false;
}

ZEND_METHOD(Native_Mqtt_Packet_ConnAck, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *reason = NULL, *properties = NULL, *version = NULL;
    bool session_present = false;
    zend_long code = 0;

    ZEND_PARSE_PARAMETERS_START(0, 4)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_LONG(reason, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE], code)
    Z_PARAM_BOOL(session_present)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_packet_begin(value, version, properties, 3) ||
        (reason ? !byte_of(reason, value->version, &code) : !native_ext_mqtt_check_u8(code, 1)))
        RETURN_THROWS();
    value->code = (uint8_t)code;
    ZVAL_BOOL(native_ext_mqtt_slot(value, SESSION_PRESENT), session_present);
    ZVAL_LONG(native_ext_mqtt_slot(value, CODE), code);
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

void native_ext_mqtt_packet_connack_minit(void)
{
    native_ext_mqtt_kind_init(NATIVE_MQTT_CONNACK,
                              register_class_Native_Mqtt_Packet_ConnAck(native_ext_mqtt_packet_ce),
                              &kind);
}
