/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_options.h - Native\Mqtt\ClientOptions, as the client reads it.
 * The object's declared properties are in the order of enum native_ext_mqtt_option, which is also the
 * order of the constructor's parameters; every one is set and valid once the constructor is through.
 * What is read here is borrowed from the object and lives as long as that. */
#ifndef NATIVE_EXT_MQTT_CLIENT_OPTIONS_H
#define NATIVE_EXT_MQTT_CLIENT_OPTIONS_H

#include "php.h"

#include "../options.h"

enum native_ext_mqtt_option {
    NATIVE_EXT_MQTT_CLIENT_ID,
    NATIVE_EXT_MQTT_PROTOCOL_VERSION,
    NATIVE_EXT_MQTT_CLEAN_START,
    NATIVE_EXT_MQTT_SESSION_EXPIRY,
    NATIVE_EXT_MQTT_KEEP_ALIVE,
    NATIVE_EXT_MQTT_WILL,
    NATIVE_EXT_MQTT_USERNAME,
    NATIVE_EXT_MQTT_PASSWORD,
    NATIVE_EXT_MQTT_CREDENTIALS,
    NATIVE_EXT_MQTT_AUTH_METHOD,
    NATIVE_EXT_MQTT_AUTHENTICATOR,
    NATIVE_EXT_MQTT_CA_FILE,
    NATIVE_EXT_MQTT_CA_PATH,
    NATIVE_EXT_MQTT_CA,
    NATIVE_EXT_MQTT_CERTIFICATE,
    NATIVE_EXT_MQTT_KEY,
    NATIVE_EXT_MQTT_PASSPHRASE,
    NATIVE_EXT_MQTT_VERIFY_PEER,
    NATIVE_EXT_MQTT_VERIFY_HOST,
    NATIVE_EXT_MQTT_SERVER_NAME,
    NATIVE_EXT_MQTT_ALPN,
    NATIVE_EXT_MQTT_TLS_MIN_VERSION,
    NATIVE_EXT_MQTT_CONNECT_TIMEOUT,
    NATIVE_EXT_MQTT_PING_TIMEOUT,
    NATIVE_EXT_MQTT_TIMEOUT,
    NATIVE_EXT_MQTT_RECONNECT,
    NATIVE_EXT_MQTT_RECONNECT_MIN,
    NATIVE_EXT_MQTT_RECONNECT_MAX,
    NATIVE_EXT_MQTT_RECEIVE_MAXIMUM,
    NATIVE_EXT_MQTT_MAXIMUM_PACKET_SIZE,
    NATIVE_EXT_MQTT_TOPIC_ALIAS_MAXIMUM,
    NATIVE_EXT_MQTT_TOPIC_ALIASES,
    NATIVE_EXT_MQTT_MAX_IN_FLIGHT,
    NATIVE_EXT_MQTT_REQUEST_RESPONSE_INFORMATION,
    NATIVE_EXT_MQTT_REQUEST_PROBLEM_INFORMATION,
    NATIVE_EXT_MQTT_USER_PROPERTIES,
    NATIVE_EXT_MQTT_LEVEL,
    NATIVE_EXT_MQTT_BUFFER_LIMIT,
    NATIVE_EXT_MQTT_INBOX_LIMIT,
    NATIVE_EXT_MQTT_RESPONSE_TOPIC_OPTION,
    NATIVE_EXT_MQTT_FAMILY,
    NATIVE_EXT_MQTT_BIND_ADDRESS,
    NATIVE_EXT_MQTT_TCP_KEEP_ALIVE,
    NATIVE_EXT_MQTT_OPTIONS /* how many there are */
};

extern zend_class_entry *native_ext_mqtt_client_options_ce;

/* Returns `options` (NULL: new ones with every value as it is when nothing is said) with a reference for
 * the caller; NULL with an Error thrown if they were never constructed. */
zend_object *native_ext_mqtt_options_take(zend_object *options);

void native_ext_mqtt_client_options_minit(void);

#endif
