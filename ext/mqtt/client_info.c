/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_info.c - Native\Mqtt\ConnectionInfo: what was agreed, from CONNACK and TLS. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "client_methods.h"
#include "enums.h"
#include "properties.h"

#include "client_info_arginfo.h"

static zend_class_entry *info_ce;

/* In the order of the stub. */
enum slot {
    SESSION_PRESENT,
    CLIENT_ID,
    VERSION,
    KEEP_ALIVE,
    SESSION_EXPIRY,
    RECEIVE_MAXIMUM,
    MAXIMUM_QOS,
    RETAIN_AVAILABLE,
    MAXIMUM_PACKET_SIZE,
    TOPIC_ALIAS_MAXIMUM,
    WILDCARDS,
    IDENTIFIERS,
    SHARED,
    RESPONSE_INFORMATION,
    SERVER_REFERENCE,
    REASON_STRING,
    PROPERTIES,
    PEER,
    TLS_VERSION,
    TLS_CIPHER,
    ALPN
};

static void set_text(zval *slot, const char *text)
{
    if (text)
        ZVAL_STRING(slot, text);
    else
        ZVAL_NULL(slot);
}

static void set_property(zval *slot, const struct native_mqtt_properties *p, unsigned id)
{
    struct native_mqtt_property found;

    if (native_mqtt_property_find(p, id, &found))
        ZVAL_STRINGL(slot, (const char *)found.value.data, found.value.len);
    else
        ZVAL_NULL(slot);
}

static void set_limits(zval *slots, const struct native_mqtt_limits *l)
{
    ZVAL_LONG(&slots[KEEP_ALIVE], l->keep_alive);
    ZVAL_LONG(&slots[RECEIVE_MAXIMUM], l->receive_maximum);
    ZVAL_LONG(&slots[MAXIMUM_QOS], l->maximum_qos);
    ZVAL_BOOL(&slots[RETAIN_AVAILABLE], l->retain_available);
    ZVAL_LONG(&slots[TOPIC_ALIAS_MAXIMUM], l->topic_alias_maximum);
    if (l->max_packet_size != UINT32_MAX)
        ZVAL_LONG(&slots[MAXIMUM_PACKET_SIZE], l->max_packet_size);
    else
        ZVAL_NULL(&slots[MAXIMUM_PACKET_SIZE]);
}

static void set_properties(zval *slots, const struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_properties p = {n->connack.data, n->connack.len, 0};
    const struct native_mqtt_properties *ours = &n->engine.options.connect.as.connect.properties;
    zend_string *block = native_ext_mqtt_string_or_null(n->connack.data, n->connack.len);

    ZVAL_LONG(&slots[SESSION_EXPIRY],
              native_mqtt_property_number(
                  &p, NATIVE_MQTT_SESSION_EXPIRY_INTERVAL,
                  native_mqtt_property_number(ours, NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, 0)));
    set_property(&slots[CLIENT_ID], &p, NATIVE_MQTT_ASSIGNED_CLIENT_IDENTIFIER);
    if (Z_TYPE(slots[CLIENT_ID]) == IS_NULL)
        ZVAL_STRINGL(&slots[CLIENT_ID], n->client_id.len ? (const char *)n->client_id.data : "",
                     n->client_id.len);
    ZVAL_BOOL(&slots[WILDCARDS],
              native_mqtt_property_number(&p, NATIVE_MQTT_WILDCARD_SUBSCRIPTION_AVAILABLE, 1));
    ZVAL_BOOL(&slots[IDENTIFIERS],
              native_mqtt_property_number(&p, NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER_AVAILABLE, 1));
    ZVAL_BOOL(&slots[SHARED],
              native_mqtt_property_number(&p, NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE, 1));
    set_property(&slots[RESPONSE_INFORMATION], &p, NATIVE_MQTT_RESPONSE_INFORMATION);
    set_property(&slots[SERVER_REFERENCE], &p, NATIVE_MQTT_SERVER_REFERENCE);
    set_property(&slots[REASON_STRING], &p, NATIVE_MQTT_REASON_STRING);
    native_ext_mqtt_properties_zval(&slots[PROPERTIES], block);
    if (block)
        zend_string_release(block);
}

static void set_peer(zval *slots, const struct native_ext_mqtt_connection *n)
{
    struct native_net_tls *tls = n->stream ? native_net_stream_tls(n->stream) : NULL;
    char peer[256] = "";

    if (n->stream)
        (void)native_net_stream_peer(n->stream, peer, sizeof(peer));
    ZVAL_STRING(&slots[PEER], peer);
    set_text(&slots[TLS_VERSION], tls ? native_net_tls_get_version(tls) : NULL);
    set_text(&slots[TLS_CIPHER], tls ? native_net_tls_get_cipher(tls) : NULL);
    set_text(&slots[ALPN], tls ? native_net_tls_get_alpn(tls) : NULL);
}

zend_object *native_ext_mqtt_info(struct native_ext_mqtt_client *c)
{
    const struct native_ext_mqtt_connection *n = c->connection;
    zval info, *slots;

    if (c->info)
        return c->info;
    object_init_ex(&info, info_ce);
    slots = Z_OBJ(info)->properties_table;
    ZVAL_BOOL(&slots[SESSION_PRESENT], n->session_present);
    native_ext_mqtt_case_zval(&slots[VERSION], NATIVE_EXT_MQTT_VERSION,
                              n->engine.options.connect.version);
    set_limits(slots, &n->engine.limits);
    set_properties(slots, n);
    set_peer(slots, n);
    for (uint32_t i = 0; i <= ALPN; i++)
        Z_PROP_FLAG_P(&slots[i]) = 0;
    c->info = Z_OBJ(info);
    return c->info;
}

ZEND_METHOD(Native_Mqtt_Client, info)
{
    struct native_ext_mqtt_client *c;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    if (c->connection->engine.state == NATIVE_MQTT_CLIENT_CONNECTED)
        RETURN_OBJ_COPY(native_ext_mqtt_info(c));
}

ZEND_METHOD(Native_Mqtt_ConnectionInfo, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

void native_ext_mqtt_client_info_minit(void)
{
    info_ce = register_class_Native_Mqtt_ConnectionInfo();
}
