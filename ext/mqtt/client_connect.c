/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_connect.c - the CONNECT packet, and who we are: credentials, enhanced
 * authentication (MQTT 5.0, 3.1 and 4.12). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "../../net/random.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "subscription.h"
#include "will.h"
#include "properties.h"

static struct native_mqtt_span span(const struct native_ext_mqtt_bytes *bytes)
{
    struct native_mqtt_span out = {bytes->data, bytes->len};

    return out;
}

bool native_ext_mqtt_check_packet(const struct native_mqtt_packet *packet)
{
    struct native_mqtt_options options = {packet->version, NATIVE_MQTT_SPEC,
                                          NATIVE_MQTT_FROM_CLIENT, 0};
    struct native_mqtt_packet copy = *packet;
    struct native_mqtt_error error;
    struct native_mqtt_frame frame;
    size_t size, used;
    uint8_t *bytes;
    enum native_mqtt_status status = native_mqtt_packet_size(packet, &size);

    if (status != NATIVE_MQTT_OK) {
        native_ext_mqtt_throw_status(status, packet->type, NULL);
        return false;
    }
    bytes = emalloc(size);
    (void)native_mqtt_packet_encode(packet, bytes, size, &used);
    status = native_mqtt_packet_decode(&options, bytes, used, &frame, &copy, &error);
    efree(bytes);
    if (status != NATIVE_MQTT_OK)
        native_ext_mqtt_throw_protocol(packet->type, &error);
    return status == NATIVE_MQTT_OK;
}

/* ---- properties of CONNECT ---- */

static bool put_string(struct native_mqtt_property_writer *w, unsigned id, const zend_string *value)
{
    return !value || native_mqtt_property_put_bytes(w, id, ZSTR_VAL(value), ZSTR_LEN(value)) ==
                         NATIVE_MQTT_OK;
}

static bool put_pair(struct native_mqtt_property_writer *w, zend_string *name, zend_string *value)
{
    struct native_mqtt_property property = {0};

    property.id = NATIVE_MQTT_USER_PROPERTY;
    property.type = NATIVE_MQTT_PROPERTY_PAIR;
    property.name.data = (const uint8_t *)ZSTR_VAL(name);
    property.name.len = ZSTR_LEN(name);
    property.value.data = (const uint8_t *)ZSTR_VAL(value);
    property.value.len = ZSTR_LEN(value);
    return native_mqtt_property_put(w, &property) == NATIVE_MQTT_OK;
}

/* One entry: name => value, or a list [name, value]. Returns false if it is neither. */
static bool put_user_property(struct native_mqtt_property_writer *w, zend_string *key, zval *value)
{
    zval *name = NULL;
    zend_string *name_text, *value_text;
    bool ok;

    if (!key && Z_TYPE_P(value) == IS_ARRAY) {
        name = zend_hash_index_find(Z_ARR_P(value), 0);
        value = zend_hash_index_find(Z_ARR_P(value), 1);
    }
    if ((!key && !name) || !value || Z_TYPE_P(value) == IS_ARRAY ||
        (name && Z_TYPE_P(name) == IS_ARRAY))
        return false;
    name_text = key ? zend_string_copy(key) : zval_try_get_string(name);
    value_text = name_text ? zval_try_get_string(value) : NULL;
    ok = value_text && put_pair(w, name_text, value_text);
    if (name_text)
        zend_string_release(name_text);
    if (value_text)
        zend_string_release(value_text);
    return ok;
}

static bool put_user_properties(struct native_mqtt_property_writer *w, HashTable *list)
{
    zend_string *key;
    zval *value;

    ZEND_HASH_FOREACH_STR_KEY_VAL(list, key, value)
    {
        if (put_user_property(w, key, value))
            continue;
        if (!EG(exception))
            zend_value_error("userProperties of ClientOptions must hold name => value or [name, "
                             "value], at most 65535 bytes each");
        return false;
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

static bool put_number(struct native_mqtt_property_writer *w, unsigned id, zend_long value,
                       zend_long otherwise)
{
    return value == otherwise ||
           native_mqtt_property_put_number(w, id, (uint32_t)value) == NATIVE_MQTT_OK;
}

/* Put all properties. What is as the standard assumes it is left out. */
static bool put_properties(struct native_mqtt_property_writer *w, zend_object *o,
                           const zend_string *auth_data)
{
    return put_number(w, NATIVE_MQTT_SESSION_EXPIRY_INTERVAL,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_SESSION_EXPIRY, 0), 0) &&
           put_number(w, NATIVE_MQTT_RECEIVE_MAXIMUM,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_RECEIVE_MAXIMUM, 0), 65535) &&
           put_number(w, NATIVE_MQTT_MAXIMUM_PACKET_SIZE,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_MAXIMUM_PACKET_SIZE, 0), 0) &&
           put_number(w, NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_TOPIC_ALIAS_MAXIMUM, 0), 0) &&
           put_number(w, NATIVE_MQTT_REQUEST_RESPONSE_INFORMATION,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_REQUEST_RESPONSE_INFORMATION, 0),
                      0) &&
           put_number(w, NATIVE_MQTT_REQUEST_PROBLEM_INFORMATION,
                      native_ext_option_long(o, NATIVE_EXT_MQTT_REQUEST_PROBLEM_INFORMATION, 1),
                      1) &&
           put_string(w, NATIVE_MQTT_AUTHENTICATION_METHOD,
                      native_ext_option_string(o, NATIVE_EXT_MQTT_AUTH_METHOD)) &&
           put_string(w, NATIVE_MQTT_AUTHENTICATION_DATA, auth_data) &&
           put_user_properties(w, Z_ARR_P(native_ext_option(o, NATIVE_EXT_MQTT_USER_PROPERTIES)));
}

static bool make_properties(struct native_ext_mqtt_connection *n, zend_object *options,
                            const zend_string *auth_data)
{
    struct native_mqtt_property_writer count = {NULL, 0, SIZE_MAX}, w;

    if (!put_properties(&count, options, auth_data)) {
        if (!EG(exception))
            zend_value_error("A property of CONNECT is longer than 65535 bytes");
        return false;
    }
    w.data = count.len ? pemalloc(count.len, 1) : NULL;
    w.len = 0;
    w.capacity = count.len;
    if (count.len > 0 && !put_properties(&w, options, auth_data)) {
        free(w.data); /* a __toString() that answers differently each time */
        return false;
    }
    native_ext_mqtt_bytes_free(&n->properties);
    n->properties.data = w.data;
    n->properties.len = w.len;
    return true;
}

/* ---- the packet ---- */

static void set_bytes(struct native_ext_mqtt_bytes *bytes, const zend_string *text)
{
    native_ext_mqtt_bytes_set(bytes, text ? ZSTR_VAL(text) : NULL, text ? ZSTR_LEN(text) : 0);
}

/* Ours, or a random one that stays the same over reconnects. */
static void make_client_id(struct native_ext_mqtt_connection *n, const zend_string *given)
{
    char text[7 + 16 + 1];
    uint64_t random = 0;

    if (n->client_id.data)
        return;
    if (given) {
        set_bytes(&n->client_id, given);
        return;
    }
    (void)native_net_random(&random, sizeof(random));
    snprintf(text, sizeof(text), "native-%016llx", (unsigned long long)random);
    native_ext_mqtt_bytes_set(&n->client_id, text, sizeof(text) - 1);
}

static bool make_will(struct native_ext_mqtt_connection *n, struct native_mqtt_connect *connect,
                      zend_object *options)
{
    zval *object = native_ext_option(options, NATIVE_EXT_MQTT_WILL);
    struct native_mqtt_will will;

    if (Z_TYPE_P(object) != IS_OBJECT || connect->has_will)
        return true;
    if (!native_ext_mqtt_will_view(Z_OBJ_P(object), &will))
        return false;
    native_ext_mqtt_bytes_set(&n->will_topic, will.topic.data, will.topic.len);
    native_ext_mqtt_bytes_set(&n->will_payload, will.payload.data, will.payload.len);
    native_ext_mqtt_bytes_set(&n->will_properties, will.properties.data, will.properties.len);
    connect->will = will;
    connect->will.topic = span(&n->will_topic);
    connect->will.payload = span(&n->will_payload);
    connect->will.properties.data = n->will_properties.data;
    connect->has_will = true;
    return true;
}

/* User name and password: those of the options, else those of the URI. */
static void set_credentials(struct native_ext_mqtt_connection *n, zend_object *options)
{
    const zend_string *user = native_ext_option_string(options, NATIVE_EXT_MQTT_USERNAME);
    const zend_string *password = native_ext_option_string(options, NATIVE_EXT_MQTT_PASSWORD);
    struct native_mqtt_connect *connect = &n->engine.options.connect.as.connect;

    connect->has_user_name = user || n->uri.user;
    connect->has_password = password || n->uri.password;
    if (user)
        set_bytes(&n->user, user);
    else
        native_ext_mqtt_bytes_set(&n->user, n->uri.user, n->uri.user_len);
    if (password)
        set_bytes(&n->password, password);
    else
        native_ext_mqtt_bytes_set(&n->password, n->uri.password, n->uri.password_len);
}

/* Point CONNECT at its texts, see that it may be sent, and that it fits. */
static bool finish_connect(struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_connect *connect = &n->engine.options.connect.as.connect;
    size_t size;

    connect->client_id = span(&n->client_id);
    connect->user_name = span(&n->user);
    connect->password = span(&n->password);
    connect->properties.data = n->properties.data;
    connect->properties.len = n->properties.len;
    connect->properties.seen = 0;
    if (!native_ext_mqtt_check_packet(&n->engine.options.connect))
        return false;
    return native_mqtt_packet_size(&n->engine.options.connect, &size) == NATIVE_MQTT_OK &&
           native_ext_mqtt_grow_tx(n, size);
}

bool native_ext_mqtt_connect_make(struct native_ext_mqtt_connection *n, zend_object *options,
                                  const zend_string *auth_data)
{
    struct native_mqtt_connect *connect = &n->engine.options.connect.as.connect;

    connect->keep_alive = (uint16_t)native_ext_option_long(options, NATIVE_EXT_MQTT_KEEP_ALIVE, 0);
    connect->clean_start = zend_is_true(native_ext_option(options, NATIVE_EXT_MQTT_CLEAN_START));
    make_client_id(n, native_ext_option_string(options, NATIVE_EXT_MQTT_CLIENT_ID));
    set_credentials(n, options);
    return make_will(n, connect, options) &&
           (n->engine.options.connect.version < NATIVE_MQTT_5_0 ||
            make_properties(n, options, auth_data)) &&
           finish_connect(n);
}

/* ---- callables ---- */

/* Take what `credentials` returned: [user, password], or the password. */
static bool take_credentials(struct native_ext_mqtt_connection *n, zval *answer)
{
    struct native_mqtt_connect *connect = &n->engine.options.connect.as.connect;
    zval *user = NULL, *password = answer;

    if (Z_TYPE_P(answer) == IS_ARRAY) {
        user = zend_hash_index_find_deref(Z_ARR_P(answer), 0);
        password = zend_hash_index_find_deref(Z_ARR_P(answer), 1);
    }
    if ((user && Z_TYPE_P(user) != IS_STRING && Z_TYPE_P(user) != IS_NULL) || !password ||
        (Z_TYPE_P(password) != IS_STRING && Z_TYPE_P(password) != IS_NULL) ||
        (user && Z_TYPE_P(user) == IS_STRING && Z_STRLEN_P(user) > 65535) ||
        (Z_TYPE_P(password) == IS_STRING && Z_STRLEN_P(password) > 65535)) {
        zend_type_error("credentials of ClientOptions must return a password, or [user name, "
                        "password], of at most 65535 bytes each");
        return false;
    }
    if (user) {
        connect->has_user_name = Z_TYPE_P(user) == IS_STRING;
        set_bytes(&n->user, connect->has_user_name ? Z_STR_P(user) : NULL);
    }
    connect->has_password = Z_TYPE_P(password) == IS_STRING;
    set_bytes(&n->password, connect->has_password ? Z_STR_P(password) : NULL);
    return true;
}

static bool ask_credentials(struct native_ext_mqtt_client *c)
{
    zval *callable = native_ext_option(c->options, NATIVE_EXT_MQTT_CREDENTIALS), answer;
    bool ok;

    if (Z_TYPE_P(callable) == IS_NULL)
        return true;
    if (!native_ext_mqtt_call(c, callable, 0, NULL, &answer))
        return false;
    ok = take_credentials(c->connection, &answer);
    zval_ptr_dtor(&answer);
    return ok;
}

bool native_ext_mqtt_authenticate(struct native_ext_mqtt_client *c, const zend_string *data,
                                  unsigned step, zval *out)
{
    zval args[2];
    bool ok;

    if (data)
        ZVAL_STR_COPY(&args[0], (zend_string *)data);
    else
        ZVAL_NULL(&args[0]);
    native_ext_mqtt_case_zval(&args[1], NATIVE_EXT_MQTT_REASON_CODE, step);
    ok = native_ext_mqtt_call(c, native_ext_option(c->options, NATIVE_EXT_MQTT_AUTHENTICATOR), 2,
                              args, out);
    zval_ptr_dtor(&args[0]);
    zval_ptr_dtor(&args[1]);
    if (ok && Z_TYPE_P(out) != IS_STRING && Z_TYPE_P(out) != IS_NULL) {
        zval_ptr_dtor(out);
        zend_type_error("authenticator of ClientOptions must return a string or null");
        return false;
    }
    return ok;
}

/* Put AUTH, with room made for it behind what waits. */
static enum native_mqtt_status put_auth(struct native_ext_mqtt_connection *n, unsigned reason,
                                        const struct native_mqtt_properties *properties)
{
    size_t size = properties->len + 16;
    enum native_mqtt_status status;

    native_ext_mqtt_grow_tx(n, size);
    status =
        native_mqtt_client_auth(&n->engine, (uint8_t)reason, properties, native_ext_mqtt_now());
    if (status != NATIVE_MQTT_NO_SPACE)
        return status;
    native_ext_mqtt_grow_tx(n, n->engine.options.tx_len + size);
    return native_mqtt_client_auth(&n->engine, (uint8_t)reason, properties, native_ext_mqtt_now());
}

bool native_ext_mqtt_send_auth(struct native_ext_mqtt_client *c, unsigned reason, const zval *data)
{
    struct native_ext_mqtt_connection *n = c->connection;
    struct native_mqtt_property_writer w = {NULL, 0, 0};
    struct native_mqtt_properties properties = {NULL, 0, 0};
    const zend_string *method = native_ext_option_string(c->options, NATIVE_EXT_MQTT_AUTH_METHOD);
    const zend_string *text = Z_TYPE_P(data) == IS_STRING ? Z_STR_P(data) : NULL;
    enum native_mqtt_status status = NATIVE_MQTT_TOO_LARGE;

    w.capacity = ZSTR_LEN(method) + (text ? ZSTR_LEN(text) : 0) + 16;
    w.data = emalloc(w.capacity);
    if (put_string(&w, NATIVE_MQTT_AUTHENTICATION_METHOD, method) &&
        put_string(&w, NATIVE_MQTT_AUTHENTICATION_DATA, text)) {
        properties.data = w.data;
        properties.len = w.len;
        status = put_auth(n, reason, &properties);
    }
    efree(w.data);
    if (status == NATIVE_MQTT_OK)
        return true;
    native_ext_mqtt_throw(status == NATIVE_MQTT_TOO_LARGE
                              ? native_ext_mqtt_quota_exceeded_exception_ce
                              : native_ext_mqtt_not_connected_exception_ce,
                          NATIVE_EXT_MQTT_NO_REASON,
                          status == NATIVE_MQTT_TOO_LARGE
                              ? "The authentication data is longer than 65535 bytes, or than this "
                                "server takes"
                              : "Not connected: nothing to authenticate");
    return false;
}

bool native_ext_mqtt_connect_open(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_connection *n = c->connection;
    zval data;
    bool ok;

    ZVAL_NULL(&data);
    if (Z_TYPE_P(native_ext_option(c->options, NATIVE_EXT_MQTT_AUTHENTICATOR)) != IS_NULL &&
        !native_ext_mqtt_authenticate(c, NULL, 0x18, &data))
        return false;
    ok = native_ext_mqtt_connect_make(n, c->options,
                                      Z_TYPE(data) == IS_STRING ? Z_STR(data) : NULL) &&
         ask_credentials(c) && finish_connect(n);
    zval_ptr_dtor(&data);
    return ok;
}
