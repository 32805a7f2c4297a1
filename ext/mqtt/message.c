/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/message.c - Native\Mqtt\Message. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "message.h"

#include "message_arginfo.h"
#include "properties.h"

/* The slots, in the order of the stub. */
enum { TOPIC, PAYLOAD, QOS, RETAIN, DUP, PROPERTIES };

struct native_ext_mqtt_class native_ext_mqtt_message_class;

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    return true;
}

ZEND_METHOD(Native_Mqtt_Message, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_string *topic, *payload = ZSTR_EMPTY_ALLOC();
    zend_object *properties = NULL;
    zend_long qos = 0;
    bool retain = false, dup = false;

    ZEND_PARSE_PARAMETERS_START(1, 6)
    Z_PARAM_STR(topic)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(payload)
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(retain)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_BOOL(dup)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_value_is_new(&value->std) || !native_ext_mqtt_check_string(topic, 1) ||
        !native_ext_mqtt_check_qos(qos, 3))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, TOPIC), topic);
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), retain);
    ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), dup);
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

void native_ext_mqtt_message_with_payload(zval *out, const struct native_mqtt_publish *publish,
                                          zend_string *payload)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_new(&native_ext_mqtt_message_class);

    ZVAL_OBJ(out, &value->std);
    native_ext_mqtt_slot_span(value, TOPIC, publish->topic);
    if (payload)
        ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), payload);
    else
        native_ext_mqtt_slot_span(value, PAYLOAD, publish->payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), publish->qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), publish->retain);
    ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), publish->dup);
    native_ext_mqtt_keep_block(value, &publish->properties);
    value->ready = true;
}

void native_ext_mqtt_message_zval(zval *out, const struct native_mqtt_publish *publish)
{
    native_ext_mqtt_message_with_payload(out, publish, NULL);
}

bool native_ext_mqtt_message_view(zend_object *message, struct native_mqtt_publish *publish)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(message);

    if (!value)
        return false;
    *publish = (struct native_mqtt_publish){
        .topic = native_ext_mqtt_slot_bytes(value, TOPIC),
        .payload = native_ext_mqtt_slot_bytes(value, PAYLOAD),
        .properties = native_ext_mqtt_properties_view(value->block),
        .qos = (uint8_t)Z_LVAL_P(native_ext_mqtt_slot(value, QOS)),
        .retain = Z_TYPE_P(native_ext_mqtt_slot(value, RETAIN)) == IS_TRUE,
        .dup = Z_TYPE_P(native_ext_mqtt_slot(value, DUP)) == IS_TRUE,
    };
    return true;
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_message_class)->std;
}

void native_ext_mqtt_message_minit(void)
{
    zend_class_entry *ce = register_class_Native_Mqtt_Message();

    ce->create_object = create;
    native_ext_mqtt_message_class.fill = fill;
    native_ext_mqtt_class_init(&native_ext_mqtt_message_class, ce);
}
