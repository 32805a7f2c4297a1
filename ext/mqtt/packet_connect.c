/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet_connect.c - Native\Mqtt\Packet\Connect. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "enums.h"
#include "packet.h"
#include "packet_connect_arginfo.h"
#include "properties.h"
#include "will.h"

/* The slots, in the order of the stub. */
enum {
    CLIENT_ID = NATIVE_EXT_MQTT_SLOT_FIRST,
    CLEAN_START,
    KEEP_ALIVE,
    USER_NAME,
    PASSWORD,
    WILL,
    PROPERTIES
};

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    (void)name;
    native_ext_mqtt_packet_fill(value);
    native_ext_mqtt_fill_properties(value, PROPERTIES);
    return true;
}

/* Set a slot to a string, or to null where there is none. */
static void set_or_null(struct native_ext_mqtt_value *value, uint32_t slot, bool is_there,
                        struct native_mqtt_span span)
{
    if (is_there)
        native_ext_mqtt_slot_span(value, slot, span);
    else
        ZVAL_NULL(native_ext_mqtt_slot(value, slot));
}

static void take(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connect *c = &packet->as.connect;

    native_ext_mqtt_slot_span(value, CLIENT_ID, c->client_id);
    ZVAL_BOOL(native_ext_mqtt_slot(value, CLEAN_START), c->clean_start);
    ZVAL_LONG(native_ext_mqtt_slot(value, KEEP_ALIVE), c->keep_alive);
    set_or_null(value, USER_NAME, c->has_user_name, c->user_name);
    set_or_null(value, PASSWORD, c->has_password, c->password);
    if (c->has_will)
        native_ext_mqtt_will_zval(native_ext_mqtt_slot(value, WILL), &c->will);
    else
        ZVAL_NULL(native_ext_mqtt_slot(value, WILL));
    native_ext_mqtt_keep_block(value, &c->properties);
}

/* See a slot that may be null. Returns whether it holds a string. */
static bool see(struct native_ext_mqtt_value *value, uint32_t slot, struct native_mqtt_span *span)
{
    bool is_there = Z_TYPE_P(native_ext_mqtt_slot(value, slot)) == IS_STRING;

    *span = is_there ? native_ext_mqtt_slot_bytes(value, slot) : native_ext_mqtt_span(NULL);
    return is_there;
}

static size_t view(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet)
{
    struct native_mqtt_connect *c = &packet->as.connect;
    const zval *will = native_ext_mqtt_slot(value, WILL);

    memset(c, 0, sizeof(*c));
    see(value, CLIENT_ID, &c->client_id);
    c->clean_start = Z_TYPE_P(native_ext_mqtt_slot(value, CLEAN_START)) == IS_TRUE;
    c->keep_alive = (uint16_t)Z_LVAL_P(native_ext_mqtt_slot(value, KEEP_ALIVE));
    c->has_user_name = see(value, USER_NAME, &c->user_name);
    c->has_password = see(value, PASSWORD, &c->password);
    c->has_will = Z_TYPE_P(will) == IS_OBJECT && native_ext_mqtt_will_view(Z_OBJ_P(will), &c->will);
    c->properties = native_ext_mqtt_properties_view(value->block);
    return c->client_id.len + c->user_name.len + c->password.len + c->will.topic.len +
           c->will.payload.len + c->will.properties.len + c->properties.len;
}

static const struct native_ext_mqtt_kind kind = {
    .class = {.fill = fill}, .take = take, .view = view};

static bool check(zend_string *client_id, zend_long keep_alive, zend_string *user_name,
                  zend_string *password)
{
    return native_ext_mqtt_check_string(client_id, 1) && native_ext_mqtt_check_u16(keep_alive, 3) &&
           native_ext_mqtt_check_string(user_name, 4) && native_ext_mqtt_check_string(password, 5);
}

/* A will must be whole, and have properties in MQTT 5.0 only. */
static bool check_will(zend_object *will, unsigned version)
{
    struct native_mqtt_will seen;

    if (!will)
        return true;
    if (!native_ext_mqtt_will_view(will, &seen))
        return false;
    if (version == NATIVE_MQTT_5_0 || seen.properties.len == 0)
        return true;
    zend_argument_value_error(6, "must have no properties before MQTT 5.0");
    return false;
}

static void copy_or_null(zval *slot, zend_string *string)
{
    if (string)
        ZVAL_STR_COPY(slot, string);
    else
        ZVAL_NULL(slot);
}

ZEND_METHOD(Native_Mqtt_Packet_Connect, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_string *client_id = ZSTR_EMPTY_ALLOC(), *user_name = NULL, *password = NULL;
    zend_object *will = NULL, *properties = NULL, *version = NULL;
    bool clean_start = true;
    zend_long keep_alive = 0;

    ZEND_PARSE_PARAMETERS_START(0, 8)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(client_id)
    Z_PARAM_BOOL(clean_start)
    Z_PARAM_LONG(keep_alive)
    Z_PARAM_STR_OR_NULL(user_name)
    Z_PARAM_STR_OR_NULL(password)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(will, native_ext_mqtt_will_class.ce)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_OBJ_OF_CLASS(version, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION])
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_packet_begin(value, version, properties, 7) ||
        !check(client_id, keep_alive, user_name, password) || !check_will(will, value->version))
        RETURN_THROWS();
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, CLIENT_ID), client_id);
    ZVAL_BOOL(native_ext_mqtt_slot(value, CLEAN_START), clean_start);
    ZVAL_LONG(native_ext_mqtt_slot(value, KEEP_ALIVE), keep_alive);
    copy_or_null(native_ext_mqtt_slot(value, USER_NAME), user_name);
    copy_or_null(native_ext_mqtt_slot(value, PASSWORD), password);
    if (will)
        ZVAL_OBJ_COPY(native_ext_mqtt_slot(value, WILL), will);
    else
        ZVAL_NULL(native_ext_mqtt_slot(value, WILL));
    native_ext_mqtt_take_properties(value, PROPERTIES, properties);
    value->ready = true;
}

void native_ext_mqtt_packet_connect_minit(void)
{
    native_ext_mqtt_kind_init(NATIVE_MQTT_CONNECT,
                              register_class_Native_Mqtt_Packet_Connect(native_ext_mqtt_packet_ce),
                              &kind);
}
