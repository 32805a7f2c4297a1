/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/will.c - Native\Mqtt\Will. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "will.h"

#include "properties.h"
#include "will_arginfo.h"

/* The slots, in the order of the stub. */
enum { TOPIC, PAYLOAD, QOS, RETAIN, PROPERTIES };

struct native_ext_mqtt_class native_ext_mqtt_will_class;

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    return true;
}

ZEND_METHOD(Native_Mqtt_Will, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_string *topic, *payload = ZSTR_EMPTY_ALLOC();
    zend_object *properties = NULL;
    zend_long qos = 0;
    bool retain = false;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(topic)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(payload)
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(retain)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_value_is_new(&value->std) || !native_ext_mqtt_check_string(topic, 1) ||
        !native_ext_mqtt_check_string(payload, 2) || !native_ext_mqtt_check_qos(qos, 3))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, TOPIC), topic);
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), retain);
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

void native_ext_mqtt_will_zval(zval *out, const struct native_mqtt_will *will)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_new(&native_ext_mqtt_will_class);

    ZVAL_OBJ(out, &value->std);
    native_ext_mqtt_slot_span(value, TOPIC, will->topic);
    native_ext_mqtt_slot_span(value, PAYLOAD, will->payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), will->qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), will->retain);
    native_ext_mqtt_keep_block(value, &will->properties);
    value->ready = true;
}

bool native_ext_mqtt_will_view(zend_object *will, struct native_mqtt_will *out)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(will);

    if (!value)
        return false;
    *out = (struct native_mqtt_will){
        .topic = native_ext_mqtt_slot_bytes(value, TOPIC),
        .payload = native_ext_mqtt_slot_bytes(value, PAYLOAD),
        .properties = native_ext_mqtt_properties_view(value->block),
        .qos = (uint8_t)Z_LVAL_P(native_ext_mqtt_slot(value, QOS)),
        .retain = Z_TYPE_P(native_ext_mqtt_slot(value, RETAIN)) == IS_TRUE,
    };
    return true;
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_will_class)->std;
}

void native_ext_mqtt_will_minit(void)
{
    zend_class_entry *ce = register_class_Native_Mqtt_Will();

    ce->create_object = create;
    native_ext_mqtt_will_class.fill = fill;
    native_ext_mqtt_class_init(&native_ext_mqtt_will_class, ce);
}
