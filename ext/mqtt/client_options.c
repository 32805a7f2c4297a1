/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_options.c - the options: one table of kinds and ranges, read by one constructor. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client_options.h"

#include <math.h>

#include "enums.h"
#include "value.h"
#include "message.h"
#include "subscription.h"
#include "will.h"

#include "client_options_arginfo.h"

zend_class_entry *native_ext_mqtt_client_options_ce;
static zend_object_handlers handlers;

enum kind { BOOL, LONG, SECONDS, STRING, ARRAY, CALLABLE, ENUM, WILL, RETRIES };

enum { SECONDS_MAX = 4294967 }; /* as milliseconds it fits 32 bits */

/* `low` and `high`: range of LONG, lengths of STRING; for ENUM: which one, and its default case. */
struct row {
    const char *name;
    uint8_t kind;
    bool nullable;
    zend_long low, high;
    double number;    /* default of BOOL, LONG, SECONDS, RETRIES */
    const char *text; /* default of STRING; NULL: null */
};

#define TEXT(name, high)                                                                           \
    {                                                                                              \
        name, STRING, true, 0, high, 0, NULL                                                       \
    }
#define FLAG(name, value)                                                                          \
    {                                                                                              \
        name, BOOL, false, 0, 1, value, NULL                                                       \
    }
static const struct row rows[NATIVE_EXT_MQTT_OPTIONS] = {
    [NATIVE_EXT_MQTT_CLIENT_ID] = TEXT("clientId", 65535),
    [NATIVE_EXT_MQTT_PROTOCOL_VERSION] = {"version", ENUM, false, NATIVE_EXT_MQTT_VERSION, 5, 0,
                                          NULL},
    [NATIVE_EXT_MQTT_CLEAN_START] = FLAG("cleanStart", 1),
    [NATIVE_EXT_MQTT_SESSION_EXPIRY] = {"sessionExpiry", LONG, true, 0, UINT32_MAX, 0, NULL},
    [NATIVE_EXT_MQTT_KEEP_ALIVE] = {"keepAlive", LONG, false, 0, 65535, 60, NULL},
    [NATIVE_EXT_MQTT_WILL] = {"will", WILL, true, 0, 0, 0, NULL},
    [NATIVE_EXT_MQTT_USERNAME] = TEXT("username", 65535),
    [NATIVE_EXT_MQTT_PASSWORD] = TEXT("password", 65535),
    [NATIVE_EXT_MQTT_CREDENTIALS] = {"credentials", CALLABLE, true, 0, 0, 0, NULL},
    [NATIVE_EXT_MQTT_AUTH_METHOD] = TEXT("authMethod", 65535),
    [NATIVE_EXT_MQTT_AUTHENTICATOR] = {"authenticator", CALLABLE, true, 0, 0, 0, NULL},
    [NATIVE_EXT_MQTT_CA_FILE] = TEXT("caFile", 4095),
    [NATIVE_EXT_MQTT_CA_PATH] = TEXT("caPath", 4095),
    [NATIVE_EXT_MQTT_CA] = TEXT("ca", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_CERTIFICATE] = TEXT("certificate", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_KEY] = TEXT("key", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_PASSPHRASE] = TEXT("passphrase", 4095),
    [NATIVE_EXT_MQTT_VERIFY_PEER] = FLAG("verifyPeer", 1),
    [NATIVE_EXT_MQTT_VERIFY_HOST] = FLAG("verifyHost", 1),
    [NATIVE_EXT_MQTT_SERVER_NAME] = TEXT("serverName", 253),
    [NATIVE_EXT_MQTT_ALPN] = {"alpn", ARRAY, false, 0, 0, 0, NULL},
    [NATIVE_EXT_MQTT_TLS_MIN_VERSION] = {"tlsMinVersion", STRING, false, 3, 3, 0, "1.2"},
    [NATIVE_EXT_MQTT_CONNECT_TIMEOUT] = {"connectTimeout", SECONDS, false, 0, SECONDS_MAX, 10,
                                         NULL},
    [NATIVE_EXT_MQTT_PING_TIMEOUT] = {"pingTimeout", SECONDS, false, 0, SECONDS_MAX, 10, NULL},
    [NATIVE_EXT_MQTT_TIMEOUT] = {"timeout", SECONDS, false, 0, SECONDS_MAX, 30, NULL},
    [NATIVE_EXT_MQTT_RECONNECT] = {"reconnect", RETRIES, false, 0, UINT32_MAX, 1, NULL},
    [NATIVE_EXT_MQTT_RECONNECT_MIN] = {"reconnectMin", SECONDS, false, 0, SECONDS_MAX, 0.5, NULL},
    [NATIVE_EXT_MQTT_RECONNECT_MAX] = {"reconnectMax", SECONDS, false, 0, SECONDS_MAX, 60, NULL},
    [NATIVE_EXT_MQTT_RECEIVE_MAXIMUM] = {"receiveMaximum", LONG, false, 1, 65535, 65535, NULL},
    [NATIVE_EXT_MQTT_MAXIMUM_PACKET_SIZE] = {"maximumPacketSize", LONG, true, 1, 268435460, 0,
                                             NULL},
    [NATIVE_EXT_MQTT_TOPIC_ALIAS_MAXIMUM] = {"topicAliasMaximum", LONG, false, 0, 1024, 16, NULL},
    [NATIVE_EXT_MQTT_TOPIC_ALIASES] = {"topicAliases", LONG, false, 0, 1024, 0, NULL},
    [NATIVE_EXT_MQTT_MAX_IN_FLIGHT] = {"maxInFlight", LONG, true, 1, 65535, 0, NULL},
    [NATIVE_EXT_MQTT_REQUEST_RESPONSE_INFORMATION] = FLAG("requestResponseInformation", 0),
    [NATIVE_EXT_MQTT_REQUEST_PROBLEM_INFORMATION] = FLAG("requestProblemInformation", 1),
    [NATIVE_EXT_MQTT_USER_PROPERTIES] = {"userProperties", ARRAY, false, 0, 0, 0, NULL},
    [NATIVE_EXT_MQTT_LEVEL] = {"strictness", ENUM, false, NATIVE_EXT_MQTT_STRICTNESS, 1, 0, NULL},
    [NATIVE_EXT_MQTT_BUFFER_LIMIT] = {"bufferLimit", LONG, false, 0, ZEND_LONG_MAX, 16777216, NULL},
    [NATIVE_EXT_MQTT_INBOX_LIMIT] = {"inboxLimit", LONG, false, 0, ZEND_LONG_MAX, 16777216, NULL},
    [NATIVE_EXT_MQTT_RESPONSE_TOPIC_OPTION] = TEXT("responseTopic", 65535),
    [NATIVE_EXT_MQTT_FAMILY] = {"family", LONG, false, 0, 6, 0, NULL},
    [NATIVE_EXT_MQTT_BIND_ADDRESS] = TEXT("bindAddress", 64),
    [NATIVE_EXT_MQTT_TCP_KEEP_ALIVE] = {"tcpKeepAlive", LONG, false, 0, 32767, 0, NULL},
};

/* ---- reading ---- */

zend_string *native_ext_mqtt_option_string(zend_object *options, enum native_ext_mqtt_option which)
{
    zval *value = native_ext_mqtt_option(options, which);

    return Z_TYPE_P(value) == IS_STRING ? Z_STR_P(value) : NULL;
}

zend_long native_ext_mqtt_option_long(zend_object *options, enum native_ext_mqtt_option which,
                                      zend_long otherwise)
{
    zval *value = native_ext_mqtt_option(options, which);

    return Z_TYPE_P(value) == IS_NULL ? otherwise : zval_get_long(value);
}

uint32_t native_ext_mqtt_option_ms(zend_object *options, enum native_ext_mqtt_option which)
{
    double seconds = Z_DVAL_P(native_ext_mqtt_option(options, which));

    return seconds > 0 && seconds < 0.001 ? 1 : (uint32_t)(seconds * 1000);
}

/* ---- the constructor ---- */

static void set_default(zval *slot, const struct row *row)
{
    zend_string *text;

    switch (row->kind) {
    case BOOL:
    case RETRIES:
        ZVAL_BOOL(slot, row->number != 0);
        break;
    case LONG:
        ZVAL_LONG(slot, (zend_long)row->number);
        break;
    case SECONDS:
        ZVAL_DOUBLE(slot, row->number);
        break;
    case ARRAY:
        ZVAL_EMPTY_ARRAY(slot);
        break;
    case ENUM:
        native_ext_mqtt_case_zval(slot, (enum native_ext_mqtt_enum)row->low, (unsigned)row->high);
        break;
    default:
        ZVAL_NULL(slot);
    }
    if (row->nullable)
        ZVAL_NULL(slot);
    if (row->text) {
        text = zend_string_init(row->text, strlen(row->text), 0);
        ZVAL_STR(slot, text);
    }
}

static bool wrong_type(uint32_t n, const zval *arg, const struct row *row)
{
    static const char *const names[] = {"bool",
                                        "int",
                                        "float",
                                        "string",
                                        "array",
                                        "a valid callback or null",
                                        "of another enum",
                                        "Native\\Mqtt\\Will",
                                        "int|bool"};
    const char *name = names[row->kind];

    if (row->kind == ENUM)
        name = ZSTR_VAL(native_ext_mqtt_enum_ce[row->low]->name);
    zend_argument_type_error(n, "must be %s%s%s, %s given", row->kind == CALLABLE ? "" : "of type ",
                             row->kind == CALLABLE ? ""
                             : row->nullable       ? "?"
                                                   : "",
                             name, zend_zval_type_name(arg));
    return false;
}

static bool set_long(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    zend_long value;
    bool is_null;

    if (!zend_parse_arg_long(arg, &value, &is_null, false, n))
        return wrong_type(n, arg, row);
    if (value < row->low || value > row->high) {
        zend_argument_value_error(n, "must be between " ZEND_LONG_FMT " and " ZEND_LONG_FMT,
                                  row->low, row->high);
        return false;
    }
    ZVAL_LONG(slot, value);
    return true;
}

static bool set_seconds(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    double value;
    bool is_null;

    if (!zend_parse_arg_double(arg, &value, &is_null, false, n))
        return wrong_type(n, arg, row);
    if (!(value >= 0 && value <= (double)row->high)) {
        zend_argument_value_error(n, "must be between 0 and " ZEND_LONG_FMT " seconds", row->high);
        return false;
    }
    ZVAL_DOUBLE(slot, value);
    return true;
}

/* Paths, names and passphrases go to C functions: no zero bytes there. Client id, user name and
 * response topic are checked as text of MQTT when CONNECT is made. */
static bool set_string(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    zend_string *value;

    if (!zend_parse_arg_str(arg, &value, false, n))
        return wrong_type(n, arg, row);
    if ((zend_long)ZSTR_LEN(value) > row->high) {
        zend_argument_value_error(n, "must be at most " ZEND_LONG_FMT " bytes long", row->high);
        return false;
    }
    if (row->high < 65535 && memchr(ZSTR_VAL(value), 0, ZSTR_LEN(value))) {
        zend_argument_value_error(n, "must not contain a zero byte");
        return false;
    }
    if (row->text && !zend_string_equals_literal(value, "1.2") &&
        !zend_string_equals_literal(value, "1.3")) {
        zend_argument_value_error(n, "must be \"1.2\" or \"1.3\"");
        return false;
    }
    ZVAL_STR_COPY(slot, value);
    return true;
}

static bool set_retries(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    if (Z_TYPE_P(arg) != IS_TRUE && Z_TYPE_P(arg) != IS_FALSE)
        return set_long(slot, arg, n, row);
    ZVAL_COPY_VALUE(slot, arg);
    return true;
}

static bool set_object(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    zend_class_entry *ce =
        row->kind == WILL ? native_ext_mqtt_will_class.ce : native_ext_mqtt_enum_ce[row->low];

    if (Z_TYPE_P(arg) != IS_OBJECT || Z_OBJCE_P(arg) != ce)
        return wrong_type(n, arg, row);
    if (row->kind == WILL && !native_ext_mqtt_value_ready(Z_OBJ_P(arg)))
        return false;
    ZVAL_COPY(slot, arg);
    return true;
}

static bool set_option(zval *slot, zval *arg, uint32_t n, const struct row *row)
{
    bool flag, is_null;

    if (row->nullable && Z_TYPE_P(arg) == IS_NULL) {
        ZVAL_NULL(slot);
        return true;
    }
    switch (row->kind) {
    case BOOL:
        if (!zend_parse_arg_bool(arg, &flag, &is_null, false, n))
            return wrong_type(n, arg, row);
        ZVAL_BOOL(slot, flag);
        return true;
    case LONG:
        return set_long(slot, arg, n, row);
    case SECONDS:
        return set_seconds(slot, arg, n, row);
    case STRING:
        return set_string(slot, arg, n, row);
    case RETRIES:
        return set_retries(slot, arg, n, row);
    case CALLABLE:
        if (!zend_is_callable(arg, 0, NULL))
            return wrong_type(n, arg, row);
        ZVAL_COPY(slot, arg);
        return true;
    case ARRAY:
        if (Z_TYPE_P(arg) != IS_ARRAY)
            return wrong_type(n, arg, row);
        ZVAL_COPY(slot, arg);
        return true;
    default:
        return set_object(slot, arg, n, row);
    }
}

static bool is_set(zend_object *options, enum native_ext_mqtt_option which)
{
    return Z_TYPE_P(native_ext_mqtt_option(options, which)) != IS_NULL;
}

static bool check_alpn(zend_object *options)
{
    zval *name;

    ZEND_HASH_FOREACH_VAL(Z_ARR_P(native_ext_mqtt_option(options, NATIVE_EXT_MQTT_ALPN)), name)
    {
        if (Z_TYPE_P(name) != IS_STRING || Z_STRLEN_P(name) == 0 || Z_STRLEN_P(name) > 255 ||
            memchr(Z_STRVAL_P(name), 0, Z_STRLEN_P(name))) {
            zend_argument_value_error(1 + NATIVE_EXT_MQTT_ALPN,
                                      "must hold names of 1 to 255 bytes without a zero byte");
            return false;
        }
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

/* What no single value tells. */
static bool check_together(zend_object *options)
{
    unsigned version = native_ext_mqtt_case_number(
        Z_OBJ_P(native_ext_mqtt_option(options, NATIVE_EXT_MQTT_PROTOCOL_VERSION)));
    zend_long family = native_ext_mqtt_option_long(options, NATIVE_EXT_MQTT_FAMILY, 0);
    bool method = is_set(options, NATIVE_EXT_MQTT_AUTH_METHOD);

    if (family != 0 && family != 4 && family != 6)
        zend_argument_value_error(1 + NATIVE_EXT_MQTT_FAMILY, "must be 0, 4 or 6");
    else if (method != is_set(options, NATIVE_EXT_MQTT_AUTHENTICATOR))
        zend_value_error("authMethod and authenticator go together");
    else if (method && version < 5)
        zend_value_error("authMethod is for MQTT 5.0 only");
    else if (version < 5 && is_set(options, NATIVE_EXT_MQTT_PASSWORD) &&
             !is_set(options, NATIVE_EXT_MQTT_USERNAME)) /* [MQTT-3.1.2-22] of 3.1.1 */
        zend_value_error("A password without a user name is for MQTT 5.0 only");
    else if (version < 5 && is_set(options, NATIVE_EXT_MQTT_CLIENT_ID) &&
             ZSTR_LEN(native_ext_mqtt_option_string(options, NATIVE_EXT_MQTT_CLIENT_ID)) == 0 &&
             !zend_is_true(native_ext_mqtt_option(options, NATIVE_EXT_MQTT_CLEAN_START)))
        zend_value_error("An empty client identifier needs cleanStart before MQTT 5.0");
    else
        return check_alpn(options);
    return false;
}

ZEND_METHOD(Native_Mqtt_ClientOptions, __construct)
{
    zend_object *self = Z_OBJ_P(ZEND_THIS);

    if (ZEND_NUM_ARGS() > NATIVE_EXT_MQTT_OPTIONS) {
        zend_wrong_parameters_count_error(0, NATIVE_EXT_MQTT_OPTIONS);
        RETURN_THROWS();
    }
    if (Z_TYPE(self->properties_table[0]) != IS_UNDEF) {
        zend_throw_error(NULL, "Cannot construct a %s again", ZSTR_VAL(self->ce->name));
        RETURN_THROWS();
    }
    for (uint32_t i = 0; i < NATIVE_EXT_MQTT_OPTIONS; i++) {
        zval *slot = &self->properties_table[i];

        if (i >= ZEND_NUM_ARGS())
            set_default(slot, &rows[i]);
        else if (!set_option(slot, ZEND_CALL_ARG(execute_data, i + 1), i + 1, &rows[i]))
            RETURN_THROWS();
        Z_PROP_FLAG_P(slot) = 0;
    }
    if (!check_together(self))
        RETURN_THROWS();
}

static bool is_constructed(zend_object *options)
{
    if (Z_TYPE(options->properties_table[NATIVE_EXT_MQTT_OPTIONS - 1]) != IS_UNDEF)
        return true;
    zend_throw_error(NULL, "The %s is not constructed", ZSTR_VAL(options->ce->name));
    return false;
}

/* Find an option by its name, or NATIVE_EXT_MQTT_OPTIONS. */
static uint32_t find(const zend_string *name)
{
    uint32_t i = 0;

    while (i < NATIVE_EXT_MQTT_OPTIONS && strcmp(rows[i].name, ZSTR_VAL(name)) != 0)
        i++;
    return i;
}

ZEND_METHOD(Native_Mqtt_ClientOptions, with)
{
    zval *args, all[NATIVE_EXT_MQTT_OPTIONS], *value;
    HashTable *named;
    zend_string *name;
    uint32_t n, i;

    ZEND_PARSE_PARAMETERS_START(0, -1)
    Z_PARAM_VARIADIC_WITH_NAMED(args, n, named)
    ZEND_PARSE_PARAMETERS_END();

    if (!is_constructed(Z_OBJ_P(ZEND_THIS)))
        RETURN_THROWS();
    (void)args;
    if (n > 0) {
        zend_argument_count_error("Native\\Mqtt\\ClientOptions::with() takes named arguments only");
        RETURN_THROWS();
    }
    for (i = 0; i < NATIVE_EXT_MQTT_OPTIONS; i++)
        ZVAL_COPY_VALUE(&all[i], native_ext_mqtt_option(Z_OBJ_P(ZEND_THIS), i));
    if (named) {
        ZEND_HASH_FOREACH_STR_KEY_VAL(named, name, value)
        {
            i = find(name);
            if (i == NATIVE_EXT_MQTT_OPTIONS) {
                zend_throw_error(NULL, "Unknown named parameter $%s", ZSTR_VAL(name));
                RETURN_THROWS();
            }
            ZVAL_COPY_VALUE(&all[i], value);
        }
        ZEND_HASH_FOREACH_END();
    }
    object_init_ex(return_value, native_ext_mqtt_client_options_ce);
    zend_call_known_function(native_ext_mqtt_client_options_ce->constructor, Z_OBJ_P(return_value),
                             native_ext_mqtt_client_options_ce, NULL, NATIVE_EXT_MQTT_OPTIONS, all,
                             NULL);
}

zend_object *native_ext_mqtt_options_take(zend_object *options)
{
    zval made;

    if (options) {
        if (!is_constructed(options))
            return NULL;
        GC_ADDREF(options);
        return options;
    }
    object_init_ex(&made, native_ext_mqtt_client_options_ce);
    for (uint32_t i = 0; i < NATIVE_EXT_MQTT_OPTIONS; i++) {
        set_default(native_ext_mqtt_option(Z_OBJ(made), i), &rows[i]);
        Z_PROP_FLAG_P(native_ext_mqtt_option(Z_OBJ(made), i)) = 0;
    }
    return Z_OBJ(made);
}

/* ---- the object ---- */

/* Own handlers, so that nothing gets at the slots past readonly, which the client relies on: neither
 * reflection (an object without its constructor) nor ArrayObject. */
static zend_object *create(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    object->handlers = &handlers;
    return object;
}

static zend_object *clone_object(zend_object *old)
{
    zend_object *object = create(old->ce);

    zend_objects_clone_members(object, old);
    return object;
}

static HashTable *get_properties(zend_object *object)
{
    return zend_std_get_properties(object);
}

void native_ext_mqtt_client_options_minit(void)
{
    native_ext_mqtt_client_options_ce = register_class_Native_Mqtt_ClientOptions();
    native_ext_mqtt_client_options_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.clone_obj = clone_object;
    handlers.get_properties = get_properties;
}
