/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/topic_filter.c - Native\Mqtt\TopicFilter. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "topic_filter.h"

#include "zend_interfaces.h"

#include "../../mqtt/topic.h"
#include "enums.h"
#include "exceptions.h"
#include "topic_filter_arginfo.h"

/* The slots, in the order of the stub. */
enum { FILTER };

struct native_ext_mqtt_class native_ext_mqtt_topic_filter_class;

bool native_ext_mqtt_check_topic(const zend_string *topic, bool name, unsigned version,
                                 unsigned level)
{
    const char *what = name ? "topic name" : "topic filter";
    struct native_mqtt_error error;
    enum native_mqtt_status status =
        native_mqtt_topic_check(ZSTR_VAL(topic), ZSTR_LEN(topic), name, version, level, &error);

    if (status == NATIVE_MQTT_MALFORMED)
        native_ext_mqtt_throw_rule(what, &error);
    else if (status != NATIVE_MQTT_OK)
        native_ext_mqtt_throw_too_long(what, NATIVE_MQTT_STRING_MAX);
    return status == NATIVE_MQTT_OK;
}

/* The number of an optional enum argument. */
static unsigned number_or(zend_object *object, unsigned otherwise)
{
    return object ? native_ext_mqtt_case_number(object) : otherwise;
}

ZEND_METHOD(Native_Mqtt_TopicFilter, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *version = NULL, *strictness = NULL;
    zend_string *filter;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_STR(filter)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_value_is_new(&value->std) ||
        !native_ext_mqtt_check_topic(filter, false, number_or(version, NATIVE_MQTT_5_0),
                                     number_or(strictness, NATIVE_MQTT_SPEC)))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, FILTER), filter);
    value->ready = true;
}

zend_string *native_ext_mqtt_topic_filter_string(zend_object *topic_filter)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(topic_filter);

    return value ? Z_STR_P(native_ext_mqtt_slot(value, FILTER)) : NULL;
}

ZEND_METHOD(Native_Mqtt_TopicFilter, matches)
{
    zend_string *name, *filter;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    filter = native_ext_mqtt_topic_filter_string(Z_OBJ_P(ZEND_THIS));
    if (filter)
        RETURN_BOOL(native_mqtt_topic_match(ZSTR_VAL(filter), ZSTR_LEN(filter), ZSTR_VAL(name),
                                            ZSTR_LEN(name)));
}

bool native_ext_mqtt_capture(zval *out, const zend_string *filter, struct native_mqtt_span name)
{
    enum { FEW = 16 };
    struct native_mqtt_span few[FEW], *parts = few;
    int count = native_mqtt_topic_capture(ZSTR_VAL(filter), ZSTR_LEN(filter), name.data, name.len,
                                          few, FEW);
    zval part;

    if (count < 0)
        return false;
    if (count > FEW) {
        parts = safe_emalloc((size_t)count, sizeof(*parts), 0);
        native_mqtt_topic_capture(ZSTR_VAL(filter), ZSTR_LEN(filter), name.data, name.len, parts,
                                  (size_t)count);
    }
    array_init_size(out, (uint32_t)count);
    for (int i = 0; i < count; i++) {
        ZVAL_STRINGL_FAST(&part, (const char *)parts[i].data, parts[i].len);
        add_next_index_zval(out, &part);
    }
    if (parts != few)
        efree(parts);
    return true;
}

ZEND_METHOD(Native_Mqtt_TopicFilter, capture)
{
    zend_string *name, *filter;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    filter = native_ext_mqtt_topic_filter_string(Z_OBJ_P(ZEND_THIS));
    if (filter)
        native_ext_mqtt_capture(return_value, filter, native_ext_mqtt_span(name));
}

/* "$share/name/filter": what stands between the first two separators. */
ZEND_METHOD(Native_Mqtt_TopicFilter, shareName)
{
    struct native_mqtt_span rest;
    const char *first;
    zend_string *filter;

    ZEND_PARSE_PARAMETERS_NONE();
    filter = native_ext_mqtt_topic_filter_string(Z_OBJ_P(ZEND_THIS));
    if (!filter || !native_mqtt_filter_is_shared(ZSTR_VAL(filter), ZSTR_LEN(filter)))
        return;
    rest = native_mqtt_filter_unshared(ZSTR_VAL(filter), ZSTR_LEN(filter));
    first = ZSTR_VAL(filter) + sizeof("$share/") - 1;
    if ((const char *)rest.data > first)
        RETURN_STRINGL(first, (const char *)rest.data - first - (rest.len > 0));
}

ZEND_METHOD(Native_Mqtt_TopicFilter, __toString)
{
    zend_string *filter;

    ZEND_PARSE_PARAMETERS_NONE();
    filter = native_ext_mqtt_topic_filter_string(Z_OBJ_P(ZEND_THIS));
    if (filter)
        RETURN_STR_COPY(filter);
}

ZEND_METHOD(Native_Mqtt_TopicFilter, isValid)
{
    zend_object *version = NULL, *strictness = NULL;
    struct native_mqtt_error error;
    zend_string *filter;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_STR(filter)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    RETURN_BOOL(native_mqtt_topic_check(
                    ZSTR_VAL(filter), ZSTR_LEN(filter), false, number_or(version, NATIVE_MQTT_5_0),
                    number_or(strictness, NATIVE_MQTT_SPEC), &error) == NATIVE_MQTT_OK);
}

ZEND_METHOD(Native_Mqtt_TopicFilter, isValidName)
{
    zend_object *strictness = NULL;
    struct native_mqtt_error error;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    RETURN_BOOL(native_mqtt_topic_check(ZSTR_VAL(name), ZSTR_LEN(name), true, NATIVE_MQTT_5_0,
                                        number_or(strictness, NATIVE_MQTT_SPEC),
                                        &error) == NATIVE_MQTT_OK);
}

ZEND_METHOD(Native_Mqtt_TopicFilter, checkName)
{
    zend_object *strictness = NULL;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    native_ext_mqtt_check_topic(name, true, NATIVE_MQTT_5_0,
                                number_or(strictness, NATIVE_MQTT_SPEC));
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_topic_filter_class)->std;
}

void native_ext_mqtt_topic_filter_minit(void)
{
    zend_class_entry *ce = register_class_Native_Mqtt_TopicFilter(zend_ce_stringable);

    ce->create_object = create;
    native_ext_mqtt_class_init(&native_ext_mqtt_topic_filter_class, ce);
}
