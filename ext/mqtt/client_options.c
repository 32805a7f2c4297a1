/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_options.c - the options: one table of kinds and ranges, read by one constructor. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client_options.h"

#include "enums.h"
#include "value.h"
#include "message.h"
#include "subscription.h"
#include "will.h"

#include "client_options_arginfo.h"

zend_class_entry *native_ext_mqtt_client_options_ce;

static void make_version(zval *slot)
{
    native_ext_mqtt_case_zval(slot, NATIVE_EXT_MQTT_VERSION, 5);
}

static void make_strictness(zval *slot)
{
    native_ext_mqtt_case_zval(slot, NATIVE_EXT_MQTT_STRICTNESS, 1);
}

static bool is_ready(zend_object *will)
{
    return native_ext_mqtt_value_ready(will) != NULL;
}

static const char *const tls_versions[] = {"1.2", "1.3", NULL};

/* Client id, user name and response topic are checked as text of MQTT when CONNECT is made. */
static const struct native_ext_option rows[NATIVE_EXT_MQTT_OPTIONS] = {
    [NATIVE_EXT_MQTT_CLIENT_ID] = NATIVE_EXT_OPTION_IS_TEXT("clientId", 65535),
    [NATIVE_EXT_MQTT_PROTOCOL_VERSION] = NATIVE_EXT_OPTION_IS_OBJECT(
        "version", false, &native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_VERSION], NULL, make_version),
    [NATIVE_EXT_MQTT_CLEAN_START] = NATIVE_EXT_OPTION_IS_FLAG("cleanStart", 1),
    [NATIVE_EXT_MQTT_SESSION_EXPIRY] =
        NATIVE_EXT_OPTION_IS_NUMBER_OR_NULL("sessionExpiry", 0, UINT32_MAX),
    [NATIVE_EXT_MQTT_KEEP_ALIVE] = NATIVE_EXT_OPTION_IS_NUMBER("keepAlive", 0, 65535, 60),
    [NATIVE_EXT_MQTT_WILL] =
        NATIVE_EXT_OPTION_IS_OBJECT("will", true, &native_ext_mqtt_will_class.ce, is_ready, NULL),
    [NATIVE_EXT_MQTT_USERNAME] = NATIVE_EXT_OPTION_IS_TEXT("username", 65535),
    [NATIVE_EXT_MQTT_PASSWORD] = NATIVE_EXT_OPTION_IS_TEXT("password", 65535),
    [NATIVE_EXT_MQTT_CREDENTIALS] = NATIVE_EXT_OPTION_IS_CALLBACK("credentials"),
    [NATIVE_EXT_MQTT_AUTH_METHOD] = NATIVE_EXT_OPTION_IS_TEXT("authMethod", 65535),
    [NATIVE_EXT_MQTT_AUTHENTICATOR] = NATIVE_EXT_OPTION_IS_CALLBACK("authenticator"),
    [NATIVE_EXT_MQTT_CA_FILE] = NATIVE_EXT_OPTION_IS_TEXT("caFile", 4095),
    [NATIVE_EXT_MQTT_CA_PATH] = NATIVE_EXT_OPTION_IS_TEXT("caPath", 4095),
    [NATIVE_EXT_MQTT_CA] = NATIVE_EXT_OPTION_IS_TEXT("ca", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_CERTIFICATE] = NATIVE_EXT_OPTION_IS_TEXT("certificate", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_KEY] = NATIVE_EXT_OPTION_IS_TEXT("key", ZEND_LONG_MAX),
    [NATIVE_EXT_MQTT_PASSPHRASE] = NATIVE_EXT_OPTION_IS_TEXT("passphrase", 4095),
    [NATIVE_EXT_MQTT_VERIFY_PEER] = NATIVE_EXT_OPTION_IS_FLAG("verifyPeer", 1),
    [NATIVE_EXT_MQTT_VERIFY_HOST] = NATIVE_EXT_OPTION_IS_FLAG("verifyHost", 1),
    [NATIVE_EXT_MQTT_SERVER_NAME] = NATIVE_EXT_OPTION_IS_TEXT("serverName", 253),
    [NATIVE_EXT_MQTT_ALPN] = NATIVE_EXT_OPTION_IS_LIST("alpn"),
    [NATIVE_EXT_MQTT_TLS_MIN_VERSION] =
        NATIVE_EXT_OPTION_IS_CHOICE("tlsMinVersion", "1.2", tls_versions),
    [NATIVE_EXT_MQTT_CONNECT_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("connectTimeout", 10),
    [NATIVE_EXT_MQTT_PING_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("pingTimeout", 10),
    [NATIVE_EXT_MQTT_TIMEOUT] = NATIVE_EXT_OPTION_IS_TIME("timeout", 30),
    [NATIVE_EXT_MQTT_RECONNECT] = {.name = "reconnect",
                                   .kind = NATIVE_EXT_OPTION_RETRIES,
                                   .high = UINT32_MAX,
                                   .number = 1},
    [NATIVE_EXT_MQTT_RECONNECT_MIN] = NATIVE_EXT_OPTION_IS_TIME("reconnectMin", 0.5),
    [NATIVE_EXT_MQTT_RECONNECT_MAX] = NATIVE_EXT_OPTION_IS_TIME("reconnectMax", 60),
    [NATIVE_EXT_MQTT_RECEIVE_MAXIMUM] =
        NATIVE_EXT_OPTION_IS_NUMBER("receiveMaximum", 1, 65535, 65535),
    [NATIVE_EXT_MQTT_MAXIMUM_PACKET_SIZE] =
        NATIVE_EXT_OPTION_IS_NUMBER_OR_NULL("maximumPacketSize", 1, 268435460),
    [NATIVE_EXT_MQTT_TOPIC_ALIAS_MAXIMUM] =
        NATIVE_EXT_OPTION_IS_NUMBER("topicAliasMaximum", 0, 1024, 16),
    [NATIVE_EXT_MQTT_TOPIC_ALIASES] = NATIVE_EXT_OPTION_IS_NUMBER("topicAliases", 0, 1024, 0),
    [NATIVE_EXT_MQTT_MAX_IN_FLIGHT] = NATIVE_EXT_OPTION_IS_NUMBER_OR_NULL("maxInFlight", 1, 65535),
    [NATIVE_EXT_MQTT_REQUEST_RESPONSE_INFORMATION] =
        NATIVE_EXT_OPTION_IS_FLAG("requestResponseInformation", 0),
    [NATIVE_EXT_MQTT_REQUEST_PROBLEM_INFORMATION] =
        NATIVE_EXT_OPTION_IS_FLAG("requestProblemInformation", 1),
    [NATIVE_EXT_MQTT_USER_PROPERTIES] = NATIVE_EXT_OPTION_IS_LIST("userProperties"),
    [NATIVE_EXT_MQTT_LEVEL] = NATIVE_EXT_OPTION_IS_OBJECT(
        "strictness", false, &native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_STRICTNESS], NULL,
        make_strictness),
    [NATIVE_EXT_MQTT_BUFFER_LIMIT] =
        NATIVE_EXT_OPTION_IS_NUMBER("bufferLimit", 0, ZEND_LONG_MAX, 16777216),
    [NATIVE_EXT_MQTT_INBOX_LIMIT] =
        NATIVE_EXT_OPTION_IS_NUMBER("inboxLimit", 0, ZEND_LONG_MAX, 16777216),
    [NATIVE_EXT_MQTT_RESPONSE_TOPIC_OPTION] = NATIVE_EXT_OPTION_IS_TEXT("responseTopic", 65535),
    [NATIVE_EXT_MQTT_FAMILY] = NATIVE_EXT_OPTION_IS_NUMBER("family", 0, 6, 0),
    [NATIVE_EXT_MQTT_BIND_ADDRESS] = NATIVE_EXT_OPTION_IS_TEXT("bindAddress", 64),
    [NATIVE_EXT_MQTT_TCP_KEEP_ALIVE] = NATIVE_EXT_OPTION_IS_NUMBER("tcpKeepAlive", 0, 32767, 0),
};

/* ---- checks ---- */

static bool is_set(zend_object *options, enum native_ext_mqtt_option which)
{
    return Z_TYPE_P(native_ext_option(options, which)) != IS_NULL;
}

static bool check_alpn(zend_object *options)
{
    zval *name;

    ZEND_HASH_FOREACH_VAL(Z_ARR_P(native_ext_option(options, NATIVE_EXT_MQTT_ALPN)), name)
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
        Z_OBJ_P(native_ext_option(options, NATIVE_EXT_MQTT_PROTOCOL_VERSION)));
    zend_long family = native_ext_option_long(options, NATIVE_EXT_MQTT_FAMILY, 0);
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
             ZSTR_LEN(native_ext_option_string(options, NATIVE_EXT_MQTT_CLIENT_ID)) == 0 &&
             !zend_is_true(native_ext_option(options, NATIVE_EXT_MQTT_CLEAN_START)))
        zend_value_error("An empty client identifier needs cleanStart before MQTT 5.0");
    else
        return check_alpn(options);
    return false;
}

static struct native_ext_options_class class = {
    .rows = rows, .count = NATIVE_EXT_MQTT_OPTIONS, .check = check_together};

ZEND_METHOD(Native_Mqtt_ClientOptions, __construct)
{
    native_ext_options_construct(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

ZEND_METHOD(Native_Mqtt_ClientOptions, with)
{
    native_ext_options_with(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

zend_object *native_ext_mqtt_options_take(zend_object *options)
{
    return native_ext_options_take(&class, options);
}

void native_ext_mqtt_client_options_minit(void)
{
    native_ext_mqtt_client_options_ce = register_class_Native_Mqtt_ClientOptions();
    native_ext_options_minit(&class, native_ext_mqtt_client_options_ce);
}
