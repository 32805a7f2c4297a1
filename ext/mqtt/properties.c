/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/properties.c - Native\Mqtt\Properties. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "properties.h"

#include "zend_smart_str.h"

#include "properties_arginfo.h"

struct native_ext_mqtt_class native_ext_mqtt_properties_class;

/* Every object without properties has this one; made when first wanted in a request. */
static TSRM_TLS zend_object *empty;

/* The slots and the constructor's parameters, in this order, which is that of the identifiers. */
static const struct row {
    uint8_t id;
    bool as_int; /* a byte that is 0 or 1 and means a number */
} rows[] = {
    {NATIVE_MQTT_PAYLOAD_FORMAT_INDICATOR, true},
    {NATIVE_MQTT_MESSAGE_EXPIRY_INTERVAL, false},
    {NATIVE_MQTT_CONTENT_TYPE, false},
    {NATIVE_MQTT_RESPONSE_TOPIC, false},
    {NATIVE_MQTT_CORRELATION_DATA, false},
    {NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER, false},
    {NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, false},
    {NATIVE_MQTT_ASSIGNED_CLIENT_IDENTIFIER, false},
    {NATIVE_MQTT_SERVER_KEEP_ALIVE, false},
    {NATIVE_MQTT_AUTHENTICATION_METHOD, false},
    {NATIVE_MQTT_AUTHENTICATION_DATA, false},
    {NATIVE_MQTT_REQUEST_PROBLEM_INFORMATION, false},
    {NATIVE_MQTT_WILL_DELAY_INTERVAL, false},
    {NATIVE_MQTT_REQUEST_RESPONSE_INFORMATION, false},
    {NATIVE_MQTT_RESPONSE_INFORMATION, false},
    {NATIVE_MQTT_SERVER_REFERENCE, false},
    {NATIVE_MQTT_REASON_STRING, false},
    {NATIVE_MQTT_RECEIVE_MAXIMUM, false},
    {NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM, false},
    {NATIVE_MQTT_TOPIC_ALIAS, false},
    {NATIVE_MQTT_MAXIMUM_QOS, true},
    {NATIVE_MQTT_RETAIN_AVAILABLE, false},
    {NATIVE_MQTT_USER_PROPERTY, false},
    {NATIVE_MQTT_MAXIMUM_PACKET_SIZE, false},
    {NATIVE_MQTT_WILDCARD_SUBSCRIPTION_AVAILABLE, false},
    {NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER_AVAILABLE, false},
    {NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE, false},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static unsigned type_of(const struct row *row)
{
    return native_mqtt_property_info(row->id)->type;
}

static bool is_list(const struct row *row)
{
    return row->id == NATIVE_MQTT_USER_PROPERTY || row->id == NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER;
}

/* ---- from block to slots ------------------------------------------------------------------------ */

static const struct row *row_of(unsigned id, uint32_t *slot)
{
    for (*slot = 0; rows[*slot].id != id; ++*slot)
        ;
    return &rows[*slot];
}

/* Append to the list in `slot`, which is the shared empty array before the first. */
static void append(zval *slot, zval *entry)
{
    if (Z_TYPE_P(slot) != IS_ARRAY || !Z_REFCOUNTED_P(slot))
        array_init(slot);
    add_next_index_zval(slot, entry);
}

static void fill_one(struct native_ext_mqtt_value *value, const struct native_mqtt_property *p)
{
    uint32_t number;
    const struct row *row = row_of(p->id, &number);
    zval *slot = native_ext_mqtt_slot(value, number), entry, part;

    if (p->type == NATIVE_MQTT_PROPERTY_PAIR) {
        array_init_size(&entry, 2);
        ZVAL_STRINGL_FAST(&part, (const char *)p->name.data, p->name.len);
        add_next_index_zval(&entry, &part);
        ZVAL_STRINGL_FAST(&part, (const char *)p->value.data, p->value.len);
        add_next_index_zval(&entry, &part);
        append(slot, &entry);
    } else if (p->type == NATIVE_MQTT_PROPERTY_VARINT) {
        ZVAL_LONG(&entry, p->number);
        append(slot, &entry);
    } else if (Z_TYPE_P(slot) != IS_NULL) {
        return; /* twice, which only the lenient level lets through: the first counts */
    } else if (p->type == NATIVE_MQTT_PROPERTY_TEXT || p->type == NATIVE_MQTT_PROPERTY_BINARY) {
        ZVAL_STRINGL_FAST(slot, (const char *)p->value.data, p->value.len);
    } else if (p->type == NATIVE_MQTT_PROPERTY_BOOL && !row->as_int) {
        ZVAL_BOOL(slot, p->number != 0);
    } else {
        ZVAL_LONG(slot, p->number);
    }
}

static bool fill(struct native_ext_mqtt_value *value, const zend_string *name)
{
    struct native_mqtt_properties block = native_ext_mqtt_properties_view(value->block);
    struct native_mqtt_property property;

    (void)name;
    for (uint32_t i = 0; i < ROWS; i++) {
        if (is_list(&rows[i]))
            ZVAL_EMPTY_ARRAY(native_ext_mqtt_slot(value, i));
        else
            ZVAL_NULL(native_ext_mqtt_slot(value, i));
    }
    while (native_mqtt_property_next(&block, &property))
        fill_one(value, &property);
    return true;
}

/* ---- from arguments to block -------------------------------------------------------------------- */

/* Put one property. Returns false, with nothing thrown, for a value that its type cannot hold. */
static bool put(smart_str *block, const struct native_mqtt_property *property)
{
    struct native_mqtt_property_writer writer = {NULL, 0, SIZE_MAX};

    if (native_mqtt_property_put(&writer, property) != NATIVE_MQTT_OK)
        return false;
    writer.capacity = writer.len;
    writer.len = 0;
    writer.data = (uint8_t *)smart_str_extend(block, writer.capacity);
    native_mqtt_property_put(&writer, property);
    return true;
}

static bool put_number(smart_str *block, unsigned id, zend_long number)
{
    struct native_mqtt_property p = {0};

    p.id = (uint8_t)id;
    p.number = (uint32_t)number;
    return number >= 0 && number <= 0xffffffff && put(block, &p);
}

static bool put_string(smart_str *block, unsigned id, const zend_string *name,
                       const zend_string *value)
{
    struct native_mqtt_property p = {0};

    p.id = (uint8_t)id;
    p.name = native_ext_mqtt_span(name);
    p.value = native_ext_mqtt_span(value);
    return put(block, &p);
}

/* Put the entry of $userProperties: `name => value`, or [name, value] under a number. */
static bool put_pair(smart_str *block, zend_string *key, zval *entry)
{
    zval *name, *value = entry;

    if (key)
        return Z_TYPE_P(value) == IS_STRING &&
               put_string(block, NATIVE_MQTT_USER_PROPERTY, key, Z_STR_P(value));
    if (Z_TYPE_P(entry) != IS_ARRAY || zend_hash_num_elements(Z_ARRVAL_P(entry)) != 2)
        return false;
    name = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 0);
    value = zend_hash_index_find_deref(Z_ARRVAL_P(entry), 1);
    return name && value && Z_TYPE_P(name) == IS_STRING && Z_TYPE_P(value) == IS_STRING &&
           put_string(block, NATIVE_MQTT_USER_PROPERTY, Z_STR_P(name), Z_STR_P(value));
}

static bool put_list(smart_str *block, const struct row *row, HashTable *list, uint32_t arg)
{
    bool pairs = row->id == NATIVE_MQTT_USER_PROPERTY;
    zend_string *key;
    zval *entry;
    bool good;

    ZEND_HASH_FOREACH_STR_KEY_VAL(list, key, entry)
    {
        ZVAL_DEREF(entry);
        if (pairs)
            good = put_pair(block, key, entry);
        else
            good = Z_TYPE_P(entry) == IS_LONG && put_number(block, row->id, Z_LVAL_P(entry));
        if (!good) {
            zend_argument_value_error(
                arg,
                pairs ? "must hold [name, value] or name => value, strings of at most 65535 bytes"
                      : "must hold integers between 0 and 268435455");
            return false;
        }
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

/* Say what the number `arg` may be. */
static void range_error(const struct row *row, uint32_t arg)
{
    static const char *const ranges[] = {
        [NATIVE_MQTT_PROPERTY_BOOL] = "must be 0 or 1",
        [NATIVE_MQTT_PROPERTY_U16] = "must be between 0 and 65535",
        [NATIVE_MQTT_PROPERTY_U32] = "must be between 0 and 4294967295",
    };

    zend_argument_value_error(arg, "%s", ranges[type_of(row)]);
}

static bool parse_number(smart_str *block, const struct row *row, zval *zv, uint32_t arg)
{
    bool null, as_bool = type_of(row) == NATIVE_MQTT_PROPERTY_BOOL && !row->as_int, truth = false;
    zend_long number = 0;

    if (as_bool ? !zend_parse_arg_bool(zv, &truth, &null, true, arg)
                : !zend_parse_arg_long(zv, &number, &null, true, arg)) {
        zend_wrong_parameter_error(ZPP_ERROR_WRONG_ARG, arg, NULL,
                                   as_bool ? Z_EXPECTED_BOOL_OR_NULL : Z_EXPECTED_LONG_OR_NULL, zv);
        return false;
    }
    if (null || put_number(block, row->id, as_bool ? truth : number))
        return true;
    range_error(row, arg);
    return false;
}

static bool parse_string(smart_str *block, const struct row *row, zval *zv, uint32_t arg)
{
    zend_string *string;

    if (!zend_parse_arg_str(zv, &string, true, arg)) {
        zend_wrong_parameter_error(ZPP_ERROR_WRONG_ARG, arg, NULL, Z_EXPECTED_STRING_OR_NULL, zv);
        return false;
    }
    if (!string || put_string(block, row->id, NULL, string))
        return true;
    zend_argument_value_error(arg, "must not be longer than 65535 bytes");
    return false;
}

/* Parse one argument and put what it holds. */
static bool parse(smart_str *block, const struct row *row, zval *zv, uint32_t arg)
{
    unsigned type = type_of(row);

    if (is_list(row)) {
        if (Z_TYPE_P(zv) == IS_ARRAY)
            return put_list(block, row, Z_ARRVAL_P(zv), arg);
        zend_wrong_parameter_error(ZPP_ERROR_WRONG_ARG, arg, NULL, Z_EXPECTED_ARRAY, zv);
        return false;
    }
    if (type == NATIVE_MQTT_PROPERTY_TEXT || type == NATIVE_MQTT_PROPERTY_BINARY)
        return parse_string(block, row, zv, arg);
    return parse_number(block, row, zv, arg);
}

ZEND_METHOD(Native_Mqtt_Properties, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    smart_str block = {0};

    if (UNEXPECTED(ZEND_NUM_ARGS() > ROWS)) {
        zend_wrong_parameters_count_error(0, ROWS);
        RETURN_THROWS();
    }
    if (!native_ext_mqtt_value_is_new(&value->std))
        RETURN_THROWS();
    for (uint32_t i = 0; i < ZEND_NUM_ARGS(); i++) {
        zval *zv = ZEND_CALL_ARG(execute_data, i + 1);

        /* Named arguments leave most of the others at their default. */
        if (Z_TYPE_P(zv) == IS_NULL && !is_list(&rows[i]))
            continue;
        ZVAL_DEREF(zv);
        if (!parse(&block, &rows[i], zv, i + 1)) {
            smart_str_free(&block);
            RETURN_THROWS();
        }
    }
    if (block.s)
        value->block = smart_str_extract(&block);
    value->ready = true;
}

ZEND_METHOD(Native_Mqtt_Properties, isEmpty)
{
    struct native_ext_mqtt_value *value;

    ZEND_PARSE_PARAMETERS_NONE();
    value = native_ext_mqtt_value_ready(Z_OBJ_P(ZEND_THIS));
    if (value)
        RETURN_BOOL(!value->block);
}

ZEND_METHOD(Native_Mqtt_Properties, userProperty)
{
    struct native_mqtt_properties block;
    struct native_mqtt_property p;
    struct native_ext_mqtt_value *value;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    value = native_ext_mqtt_value_ready(Z_OBJ_P(ZEND_THIS));
    if (!value)
        RETURN_THROWS();
    block = native_ext_mqtt_properties_view(value->block);
    while (native_mqtt_property_next(&block, &p))
        if (p.id == NATIVE_MQTT_USER_PROPERTY && p.name.len == ZSTR_LEN(name) &&
            memcmp(p.name.data, ZSTR_VAL(name), ZSTR_LEN(name)) == 0)
            RETURN_STRINGL_FAST((const char *)p.value.data, p.value.len);
}

/* ---- for the other classes ---------------------------------------------------------------------- */

void native_ext_mqtt_properties_zval(zval *out, zend_string *block)
{
    bool none = !block || ZSTR_LEN(block) == 0;
    struct native_ext_mqtt_value *value;

    if (none && empty) {
        ZVAL_OBJ_COPY(out, empty);
        return;
    }
    value = native_ext_mqtt_value_new(&native_ext_mqtt_properties_class);
    value->ready = true;
    ZVAL_OBJ(out, &value->std);
    if (none) {
        empty = &value->std;
        GC_ADDREF(empty);
    } else {
        value->block = zend_string_copy(block);
    }
}

zend_string *native_ext_mqtt_properties_block(zend_object *properties)
{
    return native_ext_mqtt_value_of(properties)->block;
}

void native_ext_mqtt_fill_properties(struct native_ext_mqtt_value *value, uint32_t slot)
{
    zval *zv = native_ext_mqtt_slot(value, slot);

    if (Z_TYPE_P(zv) == IS_UNDEF)
        native_ext_mqtt_properties_zval(zv, value->block);
}

void native_ext_mqtt_take_properties(struct native_ext_mqtt_value *value, uint32_t slot,
                                     zend_object *properties)
{
    zend_string *block;

    if (!properties)
        return;
    block = native_ext_mqtt_properties_block(properties);
    if (block)
        value->block = zend_string_copy(block);
    ZVAL_OBJ_COPY(native_ext_mqtt_slot(value, slot), properties);
}

/* var_dump() and print_r() show what is there, not the 27 things that could be. */
static HashTable *get_debug_info(zend_object *object, int *is_temporary)
{
    HashTable *all = object->handlers->get_properties(object), *set = zend_new_array(8);
    zend_string *name;
    zval *zv;

    ZEND_HASH_FOREACH_STR_KEY_VAL_IND(all, name, zv)
    {
        if (Z_TYPE_P(zv) == IS_NULL || Z_TYPE_P(zv) == IS_UNDEF ||
            (Z_TYPE_P(zv) == IS_ARRAY && zend_hash_num_elements(Z_ARRVAL_P(zv)) == 0))
            continue;
        Z_TRY_ADDREF_P(zv);
        zend_hash_add_new(set, name, zv);
    }
    ZEND_HASH_FOREACH_END();
    *is_temporary = 1;
    return set;
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_properties_class)->std;
}

void native_ext_mqtt_properties_minit(void)
{
    zend_class_entry *ce = register_class_Native_Mqtt_Properties();

    ce->create_object = create;
    native_ext_mqtt_properties_class.fill = fill;
    native_ext_mqtt_class_init(&native_ext_mqtt_properties_class, ce);
    native_ext_mqtt_properties_class.lazy.handlers.get_debug_info = get_debug_info;
    ZEND_ASSERT(native_ext_mqtt_properties_class.slots == ROWS);
}

void native_ext_mqtt_properties_rinit(void)
{
    empty = NULL;
}

void native_ext_mqtt_properties_rshutdown(void)
{
    if (empty)
        OBJ_RELEASE(empty);
    empty = NULL;
}
