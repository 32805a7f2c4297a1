/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/message.c - Native\Mqtt\Message, and what a Will is made of, too. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "message.h"

#include "message_arginfo.h"
#include "properties.h"

/* The slots, in the order of the stub. A Will has no DUP. */
enum { TOPIC, PAYLOAD, QOS, RETAIN, DUP };

struct native_ext_mqtt_class native_ext_mqtt_message_class;

/* The slot `properties`: the last one. */
static uint32_t properties_of(const struct native_ext_mqtt_value *value)
{
    return (uint32_t)value->std.ce->default_properties_count - 1;
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_fill_properties(value, properties_of(value));
    return true;
}

void native_ext_mqtt_message_construct(INTERNAL_FUNCTION_PARAMETERS, bool is_will)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_string *topic, *payload = ZSTR_EMPTY_ALLOC();
    zend_object *properties = NULL;
    zend_long qos = 0;
    bool retain = false, dup = false;

    ZEND_PARSE_PARAMETERS_START(1, is_will ? 5 : 6)
    Z_PARAM_STR(topic)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(payload)
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(retain)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_BOOL(dup)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_value_is_new(&value->std) || !native_ext_mqtt_check_string(topic, 1) ||
        (is_will && !native_ext_mqtt_check_string(payload, 2)) ||
        !native_ext_mqtt_check_qos(qos, 3))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, TOPIC), topic);
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), retain);
    if (!is_will)
        ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), dup);
    native_ext_mqtt_take_properties(value, properties_of(value), properties);
    value->ready = true;
}

struct native_ext_mqtt_value *
native_ext_mqtt_message_make(const struct native_ext_mqtt_class *class,
                             const struct native_mqtt_will *parts, zend_string *payload)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_new(class);

    native_ext_mqtt_slot_span(value, TOPIC, parts->topic);
    if (payload)
        ZVAL_STR_COPY(native_ext_mqtt_slot(value, PAYLOAD), payload);
    else
        native_ext_mqtt_slot_span(value, PAYLOAD, parts->payload);
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), parts->qos);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN), parts->retain);
    native_ext_mqtt_keep_block(value, &parts->properties);
    value->ready = true;
    return value;
}

struct native_mqtt_will native_ext_mqtt_message_parts(struct native_ext_mqtt_value *value)
{
    return (struct native_mqtt_will){
        .topic = native_ext_mqtt_slot_bytes(value, TOPIC),
        .payload = native_ext_mqtt_slot_bytes(value, PAYLOAD),
        .properties = native_ext_mqtt_properties_view(value->block),
        .qos = (uint8_t)Z_LVAL_P(native_ext_mqtt_slot(value, QOS)),
        .retain = Z_TYPE_P(native_ext_mqtt_slot(value, RETAIN)) == IS_TRUE,
    };
}

void native_ext_mqtt_message_class_init(struct native_ext_mqtt_class *class, zend_class_entry *ce,
                                        zend_object *(*create)(zend_class_entry *ce))
{
    ce->create_object = create;
    class->fill = fill;
    native_ext_mqtt_class_init(class, ce);
}

ZEND_METHOD(Native_Mqtt_Message, __construct)
{
    native_ext_mqtt_message_construct(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

void native_ext_mqtt_message_with_payload(zval *out, const struct native_mqtt_publish *publish,
                                          zend_string *payload)
{
    const struct native_mqtt_will parts = {publish->topic, publish->payload, publish->properties,
                                           publish->qos, publish->retain};
    struct native_ext_mqtt_value *value =
        native_ext_mqtt_message_make(&native_ext_mqtt_message_class, &parts, payload);

    ZVAL_BOOL(native_ext_mqtt_slot(value, DUP), publish->dup);
    ZVAL_OBJ(out, &value->std);
}

void native_ext_mqtt_message_zval(zval *out, const struct native_mqtt_publish *publish)
{
    native_ext_mqtt_message_with_payload(out, publish, NULL);
}

bool native_ext_mqtt_message_view(zend_object *message, struct native_mqtt_publish *publish)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(message);
    struct native_mqtt_will parts;

    if (!value)
        return false;
    parts = native_ext_mqtt_message_parts(value);
    *publish = (struct native_mqtt_publish){
        .topic = parts.topic,
        .payload = parts.payload,
        .properties = parts.properties,
        .qos = parts.qos,
        .retain = parts.retain,
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
    native_ext_mqtt_message_class_init(&native_ext_mqtt_message_class,
                                       register_class_Native_Mqtt_Message(), create);
}
