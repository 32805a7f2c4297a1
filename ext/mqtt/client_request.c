/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_request.c - requests and their answers (MQTT 5.0, 4.10), and authenticating again. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "../../net/random.h"
#include "client_methods.h"
#include "delivery.h"
#include "exceptions.h"
#include "message.h"
#include "properties.h"

enum { KEY_LEN = 16, REAUTHENTICATE = 0x19, REFUSED = 0x80 };

/* Taken out of the list before request() returns. On the heap: a fatal error leaves it in the list, and
 * shutdown functions may poll. */
struct native_ext_mqtt_wanted {
    struct native_ext_mqtt_wanted *next;
    zend_object *answer;
    struct native_ext_mqtt_delivery *delivery;
    uint8_t key[KEY_LEN]; /* correlation data */
};

bool native_ext_mqtt_is_answer(struct native_ext_mqtt_client *c, zend_object *message,
                               const struct native_mqtt_publish *publish)
{
    const struct native_ext_mqtt_bytes *topic = &c->connection->response_topic;
    struct native_ext_mqtt_wanted *w;
    struct native_mqtt_property key;

    if (topic->len == 0 || topic->len != publish->topic.len ||
        memcmp(topic->data, publish->topic.data, topic->len) != 0)
        return false;
    if (!native_mqtt_property_find(&publish->properties, NATIVE_MQTT_CORRELATION_DATA, &key) ||
        key.value.len != KEY_LEN)
        return true; /* nobody asked for it */
    for (w = c->wanted; w; w = w->next)
        if (!w->answer && memcmp(w->key, key.value.data, KEY_LEN) == 0) {
            GC_ADDREF(message);
            w->answer = message;
            break;
        }
    return true;
}

/* The topic for answers, subscribed to once a connection's life. */
static bool prepare_topic(struct native_ext_mqtt_client *c, int64_t deadline)
{
    struct native_ext_mqtt_connection *n = c->connection;
    zend_string *given =
        native_ext_option_string(c->options, NATIVE_EXT_MQTT_RESPONSE_TOPIC_OPTION);
    uint64_t random[2];
    char text[64];
    const char *topic = text;
    size_t len;

    if (n->response_topic.len > 0)
        return true;
    (void)native_net_random(random, sizeof(random));
    len = (size_t)snprintf(text, sizeof(text), "response/%016llx%016llx",
                           (unsigned long long)random[0], (unsigned long long)random[1]);
    if (given) {
        topic = ZSTR_VAL(given);
        len = ZSTR_LEN(given);
    }
    if (!native_ext_mqtt_subscribe_internal(c, topic, len, deadline))
        return false;
    native_ext_mqtt_bytes_set(&n->response_topic, topic, len);
    return true;
}

/* The caller's properties, then ours. Returns NULL with an exception if they have ours already. */
static zend_string *make_block(struct native_ext_mqtt_client *c, zend_object *properties,
                               const uint8_t *key)
{
    const struct native_ext_mqtt_bytes *topic = &c->connection->response_topic;
    zend_string *given = properties ? native_ext_mqtt_properties_block(properties) : NULL, *block;
    struct native_mqtt_properties view = native_ext_mqtt_properties_view(given);
    struct native_mqtt_property_writer w;
    struct native_mqtt_property found;

    if (native_mqtt_property_find(&view, NATIVE_MQTT_RESPONSE_TOPIC, &found) ||
        native_mqtt_property_find(&view, NATIVE_MQTT_CORRELATION_DATA, &found)) {
        zend_argument_value_error(5, "must not have responseTopic or correlationData");
        return NULL;
    }
    block = zend_string_alloc(view.len + topic->len + KEY_LEN + 6, 0);
    w.data = (uint8_t *)ZSTR_VAL(block);
    w.capacity = ZSTR_LEN(block);
    w.len = view.len;
    if (view.len)
        memcpy(w.data, view.data, view.len);
    (void)native_mqtt_property_put_bytes(&w, NATIVE_MQTT_RESPONSE_TOPIC, topic->data, topic->len);
    (void)native_mqtt_property_put_bytes(&w, NATIVE_MQTT_CORRELATION_DATA, key, KEY_LEN);
    ZSTR_LEN(block) = w.len;
    ZSTR_VAL(block)[w.len] = 0;
    return block;
}

/* Answered, or refused before anybody could answer. */
static bool has_answer(struct native_ext_mqtt_client *c, void *arg)
{
    const struct native_ext_mqtt_wanted *w = arg;

    (void)c;
    return w->answer || (w->delivery->done && w->delivery->reason >= REFUSED);
}

static struct native_ext_mqtt_delivery *delivery_of(zend_object *object)
{
    return (struct native_ext_mqtt_delivery *)((char *)object -
                                               offsetof(struct native_ext_mqtt_delivery, std));
}

/* Send the request and wait. Returns the answer, or NULL with an exception. */
static zend_object *ask(struct native_ext_mqtt_client *c, zend_string *topic, zend_string *payload,
                        zend_long qos, zend_object *properties, int64_t deadline)
{
    struct native_ext_mqtt_wanted *wanted, **link;
    zend_object *delivery, *answer;
    zend_string *block;

    wanted = ecalloc(1, sizeof(*wanted));
    (void)native_net_random(wanted->key, KEY_LEN);
    block = make_block(c, properties, wanted->key);
    if (!block) {
        efree(wanted);
        return NULL;
    }
    wanted->next = c->wanted;
    c->wanted = wanted;
    delivery = native_ext_mqtt_publish(c, topic, payload, qos, false,
                                       native_ext_mqtt_properties_view(block));
    zend_string_release(block);
    if (delivery) {
        wanted->delivery = delivery_of(delivery);
        if (native_ext_mqtt_wait_or_throw(c, deadline, has_answer, wanted, "answer") &&
            !wanted->answer)
            native_ext_mqtt_throw(native_ext_mqtt_refused_exception_ce, wanted->delivery->reason,
                                  "The server refused the request (0x%02x)",
                                  wanted->delivery->reason);
        OBJ_RELEASE(delivery);
    }
    for (link = &c->wanted; *link; link = &(*link)->next)
        if (*link == wanted) {
            *link = wanted->next;
            break;
        }
    answer = wanted->answer;
    efree(wanted);
    if (answer && EG(exception)) {
        OBJ_RELEASE(answer);
        answer = NULL;
    }
    return answer;
}

ZEND_METHOD(Native_Mqtt_Client, request)
{
    struct native_ext_mqtt_client *c;
    zend_string *topic, *payload = ZSTR_EMPTY_ALLOC();
    zend_object *properties = NULL, *answer;
    bool is_null = true;
    double timeout = 0;
    zend_long qos = 0;
    int64_t deadline;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(topic)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(payload)
    Z_PARAM_DOUBLE_OR_NULL(timeout, is_null)
    Z_PARAM_LONG(qos)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    ZEND_PARSE_PARAMETERS_END();

    c = native_ext_mqtt_check_qos(qos, 4) ? native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS))
                                          : NULL;
    if (!c)
        RETURN_THROWS();
    if (c->connection->engine.options.connect.version < NATIVE_MQTT_5_0) {
        zend_value_error("Native\\Mqtt\\Client::request() needs MQTT 5.0");
        RETURN_THROWS();
    }
    deadline = native_ext_mqtt_deadline(c, is_null, timeout);
    if (!prepare_topic(c, deadline))
        RETURN_THROWS();
    answer = ask(c, topic, payload, qos, properties, deadline);
    if (!answer)
        RETURN_THROWS();
    RETURN_OBJ(answer);
}

static bool is_authenticated(struct native_ext_mqtt_client *c, void *arg)
{
    (void)arg;
    return c->authenticated || c->connection->engine.state != NATIVE_MQTT_CLIENT_CONNECTED;
}

ZEND_METHOD(Native_Mqtt_Client, reauthenticate)
{
    struct native_ext_mqtt_client *c;
    bool is_null = true, ok;
    double timeout = 0;
    zval data;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, is_null)
    ZEND_PARSE_PARAMETERS_END();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    if (!native_ext_option_string(c->options, NATIVE_EXT_MQTT_AUTH_METHOD)) {
        zend_value_error("reauthenticate() needs authMethod and authenticator in the options");
        RETURN_THROWS();
    }
    if (c->connection->engine.state != NATIVE_MQTT_CLIENT_CONNECTED) {
        native_ext_mqtt_throw(native_ext_mqtt_not_connected_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                              "Not connected: nothing to authenticate");
        RETURN_THROWS();
    }
    c->authenticated = false;
    if (!native_ext_mqtt_authenticate(c, NULL, REAUTHENTICATE, &data))
        RETURN_THROWS();
    ok = native_ext_mqtt_send_auth(c, REAUTHENTICATE, &data);
    zval_ptr_dtor(&data);
    if (ok &&
        native_ext_mqtt_wait_or_throw(c, native_ext_mqtt_deadline(c, is_null, timeout),
                                      is_authenticated, NULL, "answer to the authentication") &&
        !c->authenticated)
        native_ext_mqtt_failure_throw(c);
}
