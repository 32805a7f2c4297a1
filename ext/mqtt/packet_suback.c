/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_suback.c - Native\Mqtt\Packet\SubAck and UnsubAck. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "packet.h"
#include "packet_suback_arginfo.h"
#include "properties.h"

/* The slots of both, in the order of the stubs. */
enum { PACKET_ID = NATIVE_EXT_MQTT_SLOT_FIRST, CODES, REASON_CODES, PROPERTIES };

static void fill_lists(struct native_ext_mqtt_value *value)
{
    struct native_mqtt_span reasons = native_ext_mqtt_span(value->list);
    zval *codes = native_ext_mqtt_slot(value, CODES);
    zval *cases = native_ext_mqtt_slot(value, REASON_CODES), entry;

    array_init_size(codes, (uint32_t)reasons.len);
    array_init_size(cases, (uint32_t)reasons.len);
    for (size_t i = 0; i < reasons.len; i++) {
        add_next_index_long(codes, reasons.data[i]);
        native_ext_mqtt_case_zval(&entry, NATIVE_EXT_MQTT_REASON_CODE, reasons.data[i]);
        add_next_index_zval(cases, &entry);
    }
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_packet_fill(value);
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    if (Z_TYPE_P(native_ext_mqtt_slot(value, CODES)) == IS_UNDEF)
        fill_lists(value);
    return true;
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_suback *s = &packet->as.suback;

    ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), s->packet_id);
    value->list = native_ext_mqtt_string_or_null(s->reasons.data, s->reasons.len);
    native_ext_mqtt_keep_block(value, &s->properties);
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_suback *s = &packet->as.suback;

    *s = (struct native_mqtt_suback){
        .packet_id = (uint16_t)Z_LVAL_P(native_ext_mqtt_slot(value, PACKET_ID)),
        .reasons = native_ext_mqtt_span(value->list),
        .properties = native_ext_mqtt_properties_view(value->block),
    };
    return s->reasons.len + s->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

/* Returns the byte that an entry of the argument stands for, or -1. */
static int byte_of(zval *entry)
{
    ZVAL_DEREF(entry);
    if (Z_TYPE_P(entry) == IS_OBJECT &&
        Z_OBJCE_P(entry) == native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE])
        return (int)native_ext_mqtt_case_number(Z_OBJ_P(entry));
    if (Z_TYPE_P(entry) == IS_LONG && Z_LVAL_P(entry) >= 0 && Z_LVAL_P(entry) <= 0xff)
        return (int)Z_LVAL_P(entry);
    return -1;
}

static bool encode_list(struct native_ext_mqtt_value *value, HashTable *array)
{
    uint32_t count = zend_hash_num_elements(array);
    zval *entry;
    char *out;

    if (count == 0)
        return true;
    value->list = zend_string_alloc(count, 0);
    out = ZSTR_VAL(value->list);
    ZEND_HASH_FOREACH_VAL(array, entry)
    {
        int byte = byte_of(entry);

        if (byte < 0) {
            zend_argument_value_error(2,
                                      "must hold ReasonCode cases or integers between 0 and 255");
            zend_string_efree(value->list);
            value->list = NULL;
            return false;
        }
        *out++ = (char)byte;
    }
    ZEND_HASH_FOREACH_END();
    *out = '\0';
    return true;
}

/* For UnsubAck, too. */
ZEND_METHOD(Native_Mqtt_Packet_SubAck, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    bool is_suback = value->std.ce == native_ext_mqtt_kinds[NATIVE_MQTT_SUBACK].class.ce;
    zend_object *properties = NULL, *version = NULL;
    HashTable *array = (HashTable *)&zend_empty_array;
    zend_long packet_id;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_LONG(packet_id)
    Z_PARAM_OPTIONAL
    Z_PARAM_ARRAY_HT(array)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (is_suback && ZEND_NUM_ARGS() < 2) { /* UNSUBACK has no reason codes before MQTT 5.0 */
        zend_wrong_parameters_count_error(2, 4);
        RETURN_THROWS();
    }
    if (!native_ext_mqtt_packet_begin(value, version, properties, 3) ||
        !native_ext_mqtt_check_u16(packet_id, 1))
        RETURN_THROWS();
    if (!is_suback && value->version != NATIVE_MQTT_5_0 && zend_hash_num_elements(array)) {
        zend_argument_value_error(2, "must be empty before MQTT 5.0");
        RETURN_THROWS();
    }
    if (!encode_list(value, array))
        RETURN_THROWS();
    ZVAL_LONG(native_ext_mqtt_slot(value, PACKET_ID), packet_id);
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

void native_ext_mqtt_packet_suback_minit(void)
{
    native_ext_mqtt_kind_init(NATIVE_MQTT_SUBACK,
                              register_class_Native_Mqtt_Packet_SubAck(native_ext_mqtt_packet_ce),
                              &kind);
    native_ext_mqtt_kind_init(NATIVE_MQTT_UNSUBACK,
                              register_class_Native_Mqtt_Packet_UnsubAck(native_ext_mqtt_packet_ce),
                              &kind);
}
