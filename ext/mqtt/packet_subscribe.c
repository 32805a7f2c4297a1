/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_subscribe.c - Native\Mqtt\Packet\Subscribe and Unsubscribe: a packet identifier and
 * a list, which is kept encoded and made into an array when it is first touched. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "zend_smart_str.h"

#include "enums.h"
#include "packet.h"
#include "packet_subscribe_arginfo.h"
#include "properties.h"
#include "subscription.h"

/* The slots of both, in the order of the stubs. */
enum { PACKET_ID = NATIVE_EXT_MQTT_SLOT_FIRST, LIST, PROPERTIES };

static bool is_subscribe(const struct native_ext_mqtt_value *value)
{
    return value->std.ce == native_ext_mqtt_kinds[NATIVE_MQTT_SUBSCRIBE].class.ce;
}

static void fill_list(struct native_ext_mqtt_value *value)
{
    struct native_mqtt_span filters = native_ext_mqtt_span(value->list);
    bool with_options = is_subscribe(value);
    zval *array = native_ext_mqtt_slot(value, LIST), entry;
    struct native_mqtt_subscription s;

    array_init(array);
    while (native_mqtt_subscription_next(&filters, with_options, &s)) {
        if (with_options)
            native_ext_mqtt_subscription_zval(&entry, &s);
        else
            ZVAL_STRINGL_FAST(&entry, (const char *)s.filter.data, s.filter.len);
        add_next_index_zval(array, &entry);
    }
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_packet_fill(value);
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    if (Z_TYPE_P(native_ext_mqtt_slot(value, LIST)) == IS_UNDEF)
        fill_list(value);
    return true;
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_subscribe *s = &packet->as.subscribe;

    ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), s->packet_id);
    value->list = native_ext_mqtt_string_or_null(s->filters.data, s->filters.len);
    native_ext_mqtt_keep_block(value, &s->properties);
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_subscribe *s = &packet->as.subscribe;

    *s = (struct native_mqtt_subscribe){
        .packet_id = (uint16_t)Z_LVAL_P(native_ext_mqtt_slot(value, PACKET_ID)),
        .filters = native_ext_mqtt_span(value->list),
        .properties = native_ext_mqtt_properties_view(value->block),
    };
    return s->filters.len + s->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

/* See an entry of the argument as the codec's struct. Returns false if it is none. */
static bool see(zval *entry, bool with_options, struct native_mqtt_subscription *s)
{
    ZVAL_DEREF(entry);
    if (with_options && Z_TYPE_P(entry) == IS_OBJECT &&
        Z_OBJCE_P(entry) == native_ext_mqtt_subscription_class.ce)
        return native_ext_mqtt_subscription_view(Z_OBJ_P(entry), s);
    if (Z_TYPE_P(entry) != IS_STRING)
        return false;
    s->filter = native_ext_mqtt_span(Z_STR_P(entry));
    s->options = 0;
    return true;
}

/* Encode the array. Returns false with an exception thrown for an entry that is no topic filter. */
static bool encode_list(struct native_ext_mqtt_value *value, HashTable *array)
{
    enum { LENGTH_AND_OPTIONS = 3 };
    bool with_options = is_subscribe(value);
    smart_str list = {0};
    zval *entry;

    ZEND_HASH_FOREACH_VAL(array, entry)
    {
        struct native_mqtt_subscription s;
        size_t before = list.s ? ZSTR_LEN(list.s) : 0, len = 0, room;
        char *out;

        if (!see(entry, with_options, &s) || s.filter.len > NATIVE_MQTT_STRING_MAX) {
            if (!EG(exception))
                zend_argument_value_error(
                    2, with_options
                           ? "must hold Subscription objects or strings of at most 65535 bytes"
                           : "must hold strings of at most 65535 bytes");
            smart_str_free(&list);
            return false;
        }
        room = s.filter.len + LENGTH_AND_OPTIONS;
        out = smart_str_extend(&list, room);
        native_mqtt_subscription_put(out, room, &len, with_options, &s);
        ZSTR_LEN(list.s) = before + len;
    }
    ZEND_HASH_FOREACH_END();
    if (list.s)
        value->list = smart_str_extract(&list);
    return true;
}

static void construct(INTERNAL_FUNCTION_PARAMETERS)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_object *properties = NULL, *version = NULL;
    zend_long packet_id;
    HashTable *array;

    ZEND_PARSE_PARAMETERS_START(2, 4)
    Z_PARAM_LONG(packet_id)
    Z_PARAM_ARRAY_HT(array)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_packet_begin(value, version, properties, 3) ||
        !native_ext_mqtt_check_u16(packet_id, 1) || !encode_list(value, array))
        RETURN_THROWS();
    ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), packet_id);
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

ZEND_METHOD(Native_Mqtt_Packet_Subscribe, __construct)
{
    construct(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

ZEND_METHOD(Native_Mqtt_Packet_Unsubscribe, __construct)
{
    construct(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

void native_ext_mqtt_packet_subscribe_minit(void)
{
    native_ext_mqtt_kind_init(
        NATIVE_MQTT_SUBSCRIBE,
        register_class_Native_Mqtt_Packet_Subscribe(native_ext_mqtt_packet_ce), &kind);
    native_ext_mqtt_kind_init(
        NATIVE_MQTT_UNSUBSCRIBE,
        register_class_Native_Mqtt_Packet_Unsubscribe(native_ext_mqtt_packet_ce), &kind);
}
