/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet.c - Native\Mqtt\Packet: decode and encode, for all kinds alike. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "packet.h"

#include "enums.h"
#include "exceptions.h"
#include "packet_arginfo.h"
#include "properties.h"

zend_class_entry *native_ext_mqtt_packet_ce;
struct native_ext_mqtt_kind native_ext_mqtt_kinds[NATIVE_MQTT_AUTH + 1];

/* Bytes that a packet has beside its strings: fixed header 5, protocol name, level, flags and keep-alive
 * 12, a length before each of at most five strings 10, packet identifier 2, three property lengths 12. */
enum { OVERHEAD = 48 };

static const struct native_ext_mqtt_kind *kind_of(const struct native_ext_mqtt_value *value)
{
    return (const struct native_ext_mqtt_kind *)value->std.handlers;
}

/* ---- decode ------------------------------------------------------------------------------------- */

zend_object *native_ext_mqtt_packet_new(const struct native_mqtt_packet *packet, unsigned level)
{
    const struct native_ext_mqtt_kind *kind = &native_ext_mqtt_kinds[packet->type];
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_new(&kind->class);

    value->version = packet->version;
    value->checked = (uint8_t)(1 + level);
    if (kind->take)
        kind->take(value, packet);
    value->ready = true;
    return &value->std;
}

/* Say what is wrong with bytes that are not exactly one packet. */
static void throw_decode(enum native_mqtt_status status, const zend_string *bytes,
                         const struct native_mqtt_frame *frame,
                         const struct native_mqtt_error *error)
{
    unsigned type = ZSTR_LEN(bytes) ? (uint8_t)ZSTR_VAL(bytes)[0] >> 4 : 0;

    if (status == NATIVE_MQTT_NEED_MORE)
        native_ext_mqtt_throw_missing(type, ZSTR_LEN(bytes), frame->need);
    else if (status == NATIVE_MQTT_OK)
        native_ext_mqtt_throw_trailing(type, frame->packet_len,
                                       ZSTR_LEN(bytes) - frame->packet_len);
    else
        native_ext_mqtt_throw_status(status, type, error);
}

ZEND_METHOD(Native_Mqtt_Packet, decode)
{
    struct native_mqtt_options options = {NATIVE_MQTT_5_0, NATIVE_MQTT_SPEC, 0, 0};
    zend_object *version = NULL, *strictness = NULL, *sender = NULL;
    const zend_class_entry *wanted = zend_get_called_scope(execute_data);
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    enum native_mqtt_status status;
    zend_string *bytes;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_STR(bytes)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(sender, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_SENDER])
    ZEND_PARSE_PARAMETERS_END();
    if (ZEND_NUM_ARGS() > 1) {
        options.version = version ? (uint8_t)native_ext_mqtt_case_number(version) : 0;
        options.level =
            strictness ? (uint8_t)native_ext_mqtt_case_number(strictness) : NATIVE_MQTT_SPEC;
        options.sender = sender ? (uint8_t)native_ext_mqtt_case_number(sender) : 0;
    }
    status = native_mqtt_packet_decode(&options, ZSTR_VAL(bytes), ZSTR_LEN(bytes), &frame, &packet,
                                       &error);
    if (UNEXPECTED(status != NATIVE_MQTT_OK || frame.packet_len != ZSTR_LEN(bytes))) {
        throw_decode(status, bytes, &frame, &error);
        RETURN_THROWS();
    }
    if (UNEXPECTED(wanted != native_ext_mqtt_packet_ce &&
                   wanted != native_ext_mqtt_kinds[packet.type].class.ce)) {
        native_ext_mqtt_throw_other(packet.type, wanted);
        RETURN_THROWS();
    }
    RETURN_OBJ(native_ext_mqtt_packet_new(&packet, options.level));
}

void native_ext_mqtt_packet_fill(struct native_ext_mqtt_value *value)
{
    zval *type = native_ext_mqtt_slot(value, NATIVE_EXT_MQTT_SLOT_TYPE);
    zval *version = native_ext_mqtt_slot(value, NATIVE_EXT_MQTT_SLOT_VERSION);

    if (Z_TYPE_P(type) == IS_UNDEF)
        native_ext_mqtt_case_zval(type, NATIVE_EXT_MQTT_PACKET_TYPE, kind_of(value)->type);
    if (Z_TYPE_P(version) == IS_UNDEF)
        native_ext_mqtt_case_zval(version, NATIVE_EXT_MQTT_VERSION, value->version);
}

/* ---- encode ------------------------------------------------------------------------------------- */

/* A packet of ours is judged by the rules for received ones. Returns false with an exception thrown
 * if it breaks one of `level`. */
static bool check(const struct native_mqtt_packet *packet, unsigned level, const zend_string *bytes)
{
    struct native_mqtt_options options = {packet->version, (uint8_t)level, 0, 0};
    struct native_mqtt_packet again;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    enum native_mqtt_status status = native_mqtt_packet_decode(
        &options, ZSTR_VAL(bytes), ZSTR_LEN(bytes), &frame, &again, &error);

    if (EXPECTED(status == NATIVE_MQTT_OK))
        return true;
    native_ext_mqtt_throw_status(status, packet->type, &error);
    return false;
}

zend_string *native_ext_mqtt_packet_encode(const struct native_mqtt_packet *packet,
                                           size_t strings_len, unsigned level)
{
    size_t bound = strings_len + OVERHEAD, used = 0;
    enum native_mqtt_status status = NATIVE_MQTT_OK;
    zend_string *bytes;

    /* No memory is asked for that is not going to be used. */
    if (UNEXPECTED(bound > NATIVE_MQTT_REMAINING_MAX))
        status = native_mqtt_packet_size(packet, &used);
    if (status != NATIVE_MQTT_OK) {
        native_ext_mqtt_throw_status(status, packet->type, NULL);
        return NULL;
    }
    bytes = zend_string_alloc(bound, 0);
    status = native_mqtt_packet_encode(packet, ZSTR_VAL(bytes), bound, &used);
    if (EXPECTED(status == NATIVE_MQTT_OK)) {
        ZSTR_LEN(bytes) = used;
        ZSTR_VAL(bytes)[used] = '\0';
        if (level == NATIVE_MQTT_LENIENT || check(packet, level, bytes))
            return bytes;
    } else {
        native_ext_mqtt_throw_status(status, packet->type, NULL);
    }
    zend_string_efree(bytes);
    return NULL;
}

/* Encode an object; what it passed once it passes again. */
static zend_string *encode(struct native_ext_mqtt_value *value, unsigned level)
{
    const struct native_ext_mqtt_kind *kind = kind_of(value);
    bool known = value->checked > level;
    struct native_mqtt_packet packet;
    zend_string *bytes;
    size_t len;

    packet.type = kind->type;
    packet.version = value->version;
    len = kind->view ? kind->view(value, &packet) : 0;
    bytes = native_ext_mqtt_packet_encode(&packet, len, known ? NATIVE_MQTT_LENIENT : level);
    if (bytes && !known)
        value->checked = (uint8_t)(1 + level);
    return bytes;
}

ZEND_METHOD(Native_Mqtt_Packet, encode)
{
    zend_object *strictness = NULL;
    struct native_ext_mqtt_value *value;
    zend_string *bytes;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(strictness, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS])
    ZEND_PARSE_PARAMETERS_END();
    value = native_ext_mqtt_value_ready(Z_OBJ_P(ZEND_THIS));
    if (!value)
        RETURN_THROWS();
    bytes = encode(value, strictness ? native_ext_mqtt_case_number(strictness) : NATIVE_MQTT_SPEC);
    if (!bytes)
        RETURN_THROWS();
    RETURN_STR(bytes);
}

/* ---- for the kinds ------------------------------------------------------------------------------ */

bool native_ext_mqtt_check_block(const zend_string *block, unsigned version, uint32_t arg)
{
    if (version == NATIVE_MQTT_5_0 || !block)
        return true;
    zend_argument_value_error(arg, "must be empty before MQTT 5.0");
    return false;
}

bool native_ext_mqtt_packet_begin(struct native_ext_mqtt_value *value, zend_object *version,
                                  zend_object *properties, uint32_t arg)
{
    if (!native_ext_mqtt_value_is_new(&value->std))
        return false;
    value->version = version ? (uint8_t)native_ext_mqtt_case_number(version) : NATIVE_MQTT_5_0;
    return native_ext_mqtt_check_block(
        properties ? native_ext_mqtt_properties_block(properties) : NULL, value->version, arg);
}

bool native_ext_mqtt_check_u16(zend_long number, uint32_t arg)
{
    if (number >= 0 && number <= 0xffff)
        return true;
    zend_argument_value_error(arg, "must be between 0 and 65535");
    return false;
}

bool native_ext_mqtt_check_u8(zend_long number, uint32_t arg)
{
    if (number >= 0 && number <= 0xff)
        return true;
    zend_argument_value_error(arg, "must be between 0 and 255");
    return false;
}

static zend_object *create(zend_class_entry *ce)
{
    zend_object *object;

    if (EXPECTED(ce == native_ext_mqtt_kinds[NATIVE_MQTT_PUBLISH].class.ce))
        return &native_ext_mqtt_value_new(&native_ext_mqtt_kinds[NATIVE_MQTT_PUBLISH].class)->std;
    for (unsigned type = NATIVE_MQTT_CONNECT; type <= NATIVE_MQTT_AUTH; type++)
        if (native_ext_mqtt_kinds[type].class.ce == ce)
            return &native_ext_mqtt_value_new(&native_ext_mqtt_kinds[type].class)->std;
    /* A class of a user: the codec knows no other kinds, and its objects have no room for ours. */
    zend_throw_error(NULL, "Class %s cannot extend %s", ZSTR_VAL(ce->name),
                     ZSTR_VAL(native_ext_mqtt_packet_ce->name));
    object = zend_objects_new(ce);
    object_properties_init(object, ce);
    return object;
}

void native_ext_mqtt_kind_init(unsigned type, zend_class_entry *ce,
                               const struct native_ext_mqtt_kind *kind)
{
    native_ext_mqtt_kinds[type] = *kind;
    native_ext_mqtt_kinds[type].type = (uint8_t)type;
    ce->create_object = create;
    native_ext_mqtt_class_init(&native_ext_mqtt_kinds[type].class, ce);
}

void native_ext_mqtt_packet_minit(void)
{
    native_ext_mqtt_packet_ce = register_class_Native_Mqtt_Packet();
    native_ext_mqtt_packet_ce->create_object = create;
    native_ext_mqtt_packet_connect_minit();
    native_ext_mqtt_packet_connack_minit();
    native_ext_mqtt_packet_publish_minit();
    native_ext_mqtt_packet_ack_minit();
    native_ext_mqtt_packet_subscribe_minit();
    native_ext_mqtt_packet_suback_minit();
    native_ext_mqtt_packet_ping_minit();
}
