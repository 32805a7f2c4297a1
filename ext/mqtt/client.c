/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client.c - Native\Mqtt\Client: the object, and the methods that connect, publish and poll. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include <unistd.h>

#include "zend_interfaces.h"

#include "client_iterator.h"
#include "client_methods.h"
#include "delivery.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "properties.h"

#include "client_arginfo.h"

enum { BURST = 1000 }; /* events that one loop() handles before it looks at the time */

zend_class_entry *native_ext_mqtt_client_ce;
static zend_object_handlers handlers;

/* ---- what every method begins with ---- */

struct native_ext_mqtt_client *native_ext_mqtt_client_usable(zend_object *object)
{
    struct native_ext_mqtt_client *c = native_ext_mqtt_client_of(object);

    if (!c->connection) {
        zend_throw_error(NULL,
                         "The Native\\Mqtt\\Client is not constructed, or its request is over");
        return NULL;
    }
    if (c->connection->pid == getpid())
        return c;
    native_ext_mqtt_throw(native_ext_mqtt_not_connected_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                          "This process is a fork of the one that made the client (%ld), and the "
                          "connection is its parent's: make a new Client",
                          (long)c->connection->pid);
    return NULL;
}

int64_t native_ext_mqtt_deadline(struct native_ext_mqtt_client *c, bool is_null, double seconds)
{
    int64_t now = native_net_clock_ms();
    uint32_t usual;

    if (!is_null)
        return now + (seconds <= 0 ? 0 : seconds > 1e9 ? (int64_t)1e12 : (int64_t)(seconds * 1000));
    usual = native_ext_option_ms(c->options, NATIVE_EXT_MQTT_TIMEOUT);
    return usual ? now + usual : NATIVE_NET_NEVER;
}

/* ---- connecting ---- */

ZEND_METHOD(Native_Mqtt_Client, __construct)
{
    struct native_ext_mqtt_client *c = native_ext_mqtt_client_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_mqtt_connection *n;
    struct native_ext_mqtt_uri parts;
    zend_object *options = NULL;
    zend_string *uri;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(uri)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_mqtt_client_options_ce)
    ZEND_PARSE_PARAMETERS_END();

    if (c->connection) {
        zend_throw_error(NULL, "Cannot construct a Native\\Mqtt\\Client again");
        RETURN_THROWS();
    }
    if (!native_ext_mqtt_uri_parse(uri, &parts))
        RETURN_THROWS();
    options = native_ext_mqtt_options_take(options);
    n = options ? native_ext_mqtt_connection_new(&parts, options) : NULL;
    if (n)
        native_ext_mqtt_client_attach(c, n, options);
    native_ext_mqtt_uri_free(&parts);
    if (options)
        OBJ_RELEASE(options);
}

static bool is_connected(struct native_ext_mqtt_client *c, void *arg)
{
    (void)arg;
    return c->connection->engine.state == NATIVE_MQTT_CLIENT_CONNECTED && !c->connection->io_failed;
}

/* See CLOSING through: the engine must be DOWN before it can start. */
static bool is_down(struct native_ext_mqtt_client *c, void *arg)
{
    (void)arg;
    return c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN;
}

ZEND_METHOD(Native_Mqtt_Client, connect)
{
    struct native_ext_mqtt_client *c;
    bool was_connecting, ok;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    c->blocking = true;
    /* A connection found dead by check_alive() is given up first; that is no failure of this call. */
    if (c->connection->io_failed && native_ext_mqtt_poll(c) < 0)
        RETURN_THROWS();
    if (c->connection->engine.state == NATIVE_MQTT_CLIENT_CLOSING &&
        native_ext_mqtt_wait(c, NATIVE_NET_NEVER, is_down, NULL) == NATIVE_EXT_MQTT_THROWN)
        RETURN_THROWS();
    was_connecting = c->connecting;
    c->connecting = true;
    c->giving_up = false;
    c->start_wanted = false;
    if (c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN)
        native_ext_mqtt_begin(c);
    ok = native_ext_mqtt_wait_or_throw(c, NATIVE_NET_NEVER, is_connected, NULL, "connection");
    c->connecting = was_connecting;
    if (!ok)
        RETURN_THROWS();
    RETURN_OBJ_COPY(native_ext_mqtt_info(c));
}

ZEND_METHOD(Native_Mqtt_Client, start)
{
    struct native_ext_mqtt_client *c;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    c->blocking = false;
    switch (c->connection->engine.state) {
    case NATIVE_MQTT_CLIENT_DOWN:
        native_ext_mqtt_begin(c);
        break;
    case NATIVE_MQTT_CLIENT_CLOSING:
        c->start_wanted = true;
        break;
    default:
        return;
    }
    (void)native_ext_mqtt_poll(c);
    if (!EG(exception))
        (void)native_ext_mqtt_poll(c);
}

/* Is there nothing left to wait for? While there is no connection, only the first disconnect() waits for
 * the next one: a second one is onDisconnect()'s or a signal handler's answer to that wait. */
static bool is_all_delivered(struct native_ext_mqtt_client *c, void *arg)
{
    const struct native_ext_mqtt_connection *n = c->connection;
    const bool *first = arg;

    if (n->out_count == 0 || n->engine.state == NATIVE_MQTT_CLIENT_DOWN ||
        n->engine.state == NATIVE_MQTT_CLIENT_CLOSING)
        return true;
    return n->engine.state != NATIVE_MQTT_CLIENT_CONNECTED && (!*first || c->opening);
}

/* Wait for what is on its way, also for the connection that it waits for, then take leave and close, all
 * until the deadline: a peer that reads nothing is not taken leave of. */
static bool disconnect(struct native_ext_mqtt_client *c, unsigned reason,
                       const struct native_mqtt_properties *properties, int64_t deadline)
{
    struct native_ext_mqtt_connection *n = c->connection;
    enum native_ext_mqtt_waited waited;
    bool first = !c->leaving;
    int64_t now, left;

    c->leaving = true;
    waited = native_ext_mqtt_wait(c, deadline, is_all_delivered, &first);
    c->leaving = !first;
    if (waited == NATIVE_EXT_MQTT_THROWN)
        return false;
    now = native_net_clock_ms();
    left = deadline > now ? deadline - now : 1;
    n->engine.options.close_timeout_ms = left < UINT32_MAX ? (uint32_t)left : UINT32_MAX - 1;
    native_mqtt_client_stop(&n->engine, (uint8_t)reason, properties, (uint32_t)now);
    n->engine.options.close_timeout_ms = 0;
    waited = native_ext_mqtt_wait(c, now + left, is_down, NULL);
    /* The engine has the same deadline and sees to it when it is asked. */
    return waited != NATIVE_EXT_MQTT_THROWN &&
           (waited != NATIVE_EXT_MQTT_LATE || native_ext_mqtt_poll(c) >= 0);
}

ZEND_METHOD(Native_Mqtt_Client, disconnect)
{
    struct native_ext_mqtt_client *c;
    struct native_mqtt_properties view;
    zend_object *reason = NULL, *properties = NULL;
    double timeout = 5;
    unsigned code;

    ZEND_PARSE_PARAMETERS_START(0, 3)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS(reason, native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE])
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_DOUBLE(timeout)
    ZEND_PARSE_PARAMETERS_END();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    code = reason ? native_ext_mqtt_case_number(reason) : 0;
    if (!native_mqtt_reason_allowed(NATIVE_MQTT_5_0, NATIVE_MQTT_DISCONNECT, code)) {
        zend_argument_value_error(1, "must be a reason code that DISCONNECT can have");
        RETURN_THROWS();
    }
    view = native_ext_mqtt_properties_view(properties ? native_ext_mqtt_properties_block(properties)
                                                      : NULL);
    c->start_wanted = false;
    (void)disconnect(c, code, view.len ? &view : NULL, native_ext_mqtt_deadline(c, false, timeout));
}

ZEND_METHOD(Native_Mqtt_Client, isConnected)
{
    struct native_ext_mqtt_client *c = native_ext_mqtt_client_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(c->connection && c->connection->pid == getpid() && is_connected(c, NULL));
}

/* ---- publishing and polling ---- */

ZEND_METHOD(Native_Mqtt_Client, publish)
{
    struct native_ext_mqtt_client *c;
    zend_string *topic, *payload = ZSTR_EMPTY_ALLOC();
    zend_object *properties = NULL, *delivery;
    zend_long qos = 0;
    bool retain = false;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(topic)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(payload)
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(retain)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    ZEND_PARSE_PARAMETERS_END();

    if (!native_ext_mqtt_check_qos(qos, 3))
        RETURN_THROWS();
    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    delivery = native_ext_mqtt_publish(
        c, topic, payload, qos, retain,
        native_ext_mqtt_properties_view(properties ? native_ext_mqtt_properties_block(properties)
                                                   : NULL));
    if (!delivery)
        RETURN_THROWS();
    RETURN_OBJ(delivery);
}

/* Handle what is there; if nothing is, wait for something. Returns false with an exception. */
static bool loop(struct native_ext_mqtt_client *c, int64_t deadline)
{
    uint32_t handled = 0;

    if (c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN) {
        native_ext_mqtt_failure_throw(c);
        return false;
    }
    for (;;) {
        int polled = native_ext_mqtt_poll(c);

        if (polled < 0)
            return false;
        if (polled > 0 && ++handled < BURST && !c->stopping)
            continue;
        if (c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN && c->failure.set) {
            native_ext_mqtt_failure_throw(c);
            return false;
        }
        if (c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN || c->stopping || handled > 0 ||
            native_net_clock_ms() >= deadline)
            return native_ext_mqtt_run_signals(c);
        if (!native_ext_mqtt_may_wait(c, deadline) || !native_ext_mqtt_doze(c, deadline))
            return false;
    }
}

ZEND_METHOD(Native_Mqtt_Client, loop)
{
    struct native_ext_mqtt_client *c;
    double timeout = 1;
    uint64_t before;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(timeout)
    ZEND_PARSE_PARAMETERS_END();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    before = c->received;
    if (!loop(c, native_ext_mqtt_deadline(c, false, timeout)))
        RETURN_THROWS();
    RETURN_LONG((zend_long)(c->received - before));
}

ZEND_METHOD(Native_Mqtt_Client, loopForever)
{
    struct native_ext_mqtt_client *c;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    while (!c->stopping) {
        if (!loop(c, NATIVE_NET_NEVER))
            break;
        if (c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN)
            break; /* a callback has disconnected */
    }
    c->stopping = false;
}

ZEND_METHOD(Native_Mqtt_Client, stop)
{
    ZEND_PARSE_PARAMETERS_NONE();
    native_ext_mqtt_client_of(Z_OBJ_P(ZEND_THIS))->stopping = true;
}

/* ---- callbacks and counters ---- */

static void set_callback(INTERNAL_FUNCTION_PARAMETERS, size_t offset)
{
    zval *slot = (zval *)((char *)native_ext_mqtt_client_of(Z_OBJ_P(ZEND_THIS)) + offset), old;
    zend_fcall_info fci = empty_fcall_info;
    zend_fcall_info_cache fcc;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_FUNC_OR_NULL(fci, fcc)
    ZEND_PARSE_PARAMETERS_END();

    ZVAL_COPY_VALUE(&old, slot);
    ZVAL_UNDEF(slot);
    if (ZEND_FCI_INITIALIZED(fci))
        ZVAL_COPY(slot, &fci.function_name);
    zval_ptr_dtor(&old);
}

ZEND_METHOD(Native_Mqtt_Client, onMessage)
{
    set_callback(INTERNAL_FUNCTION_PARAM_PASSTHRU,
                 offsetof(struct native_ext_mqtt_client, on_message));
}

ZEND_METHOD(Native_Mqtt_Client, onConnect)
{
    set_callback(INTERNAL_FUNCTION_PARAM_PASSTHRU,
                 offsetof(struct native_ext_mqtt_client, on_connect));
}

ZEND_METHOD(Native_Mqtt_Client, onDisconnect)
{
    set_callback(INTERNAL_FUNCTION_PARAM_PASSTHRU,
                 offsetof(struct native_ext_mqtt_client, on_disconnect));
}

ZEND_METHOD(Native_Mqtt_Client, stats)
{
    struct native_ext_mqtt_client *c;
    struct native_ext_mqtt_connection *n;
    uint64_t counters[NATIVE_EXT_MQTT_COUNTERS];

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    n = c->connection;
    native_ext_mqtt_count_packets(n);
    array_init(return_value);
    memcpy(counters, n->counters, sizeof(counters));
    counters[NATIVE_EXT_MQTT_MESSAGES_PUBLISHED] = c->published; /* of this request only */
    counters[NATIVE_EXT_MQTT_MESSAGES_RECEIVED] = c->received;
    for (int i = 0; i < NATIVE_EXT_MQTT_COUNTERS; i++)
        add_assoc_long(return_value, native_ext_mqtt_counter_names[i], (zend_long)counters[i]);
    add_assoc_long(return_value, "bytesWaiting", (zend_long)n->out_bytes);
    add_assoc_long(return_value, "deliveriesWaiting", (zend_long)n->out_count);
    add_assoc_long(return_value, "messagesWaiting", (zend_long)c->inbox.count);
}

/* ---- the object ---- */

bool native_ext_mqtt_client_attach(struct native_ext_mqtt_client *c,
                                   struct native_ext_mqtt_connection *n, zend_object *options)
{
    GC_ADDREF(options);
    c->options = options;
    c->subscriptions = native_ext_mqtt_subscriptions_new();
    c->connection = n;
    return true;
}

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_mqtt_client *c = zend_object_alloc(sizeof(*c), ce);

    memset(c, 0, offsetof(struct native_ext_mqtt_client, std));
    zend_object_std_init(&c->std, ce);
    object_properties_init(&c->std, ce);
    c->std.handlers = &handlers;
    return &c->std;
}

/* Take leave without waiting. A message whose callback threw was not handled: it is not acknowledged
 * by the way. */
static void drop_connection(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_connection *n = c->connection;

    if (!n)
        return;
    if (c->threw)
        native_mqtt_client_unanswer(&n->engine);
    if (c->persistent) {
        native_ext_mqtt_release(c);
        return;
    }
    c->connection = NULL;
    for (struct native_mqtt_outgoing *at = native_mqtt_session_first(&n->engine.session); at;
         at = at->next)
        native_ext_mqtt_delivery_cut((struct native_ext_mqtt_out *)at);
    native_ext_mqtt_connection_free(n);
}

static void free_object(zend_object *object)
{
    struct native_ext_mqtt_client *c = native_ext_mqtt_client_of(object);

    native_ext_mqtt_stream_drop(c);
    drop_connection(c);
    native_ext_mqtt_incoming_drop(c);
    native_ext_mqtt_inbox_free(c);
    if (c->subscriptions) {
        zend_hash_destroy(c->subscriptions);
        FREE_HASHTABLE(c->subscriptions);
    }
    zval_ptr_dtor(&c->on_message);
    zval_ptr_dtor(&c->on_connect);
    zval_ptr_dtor(&c->on_disconnect);
    if (c->info)
        OBJ_RELEASE(c->info);
    if (c->options)
        OBJ_RELEASE(c->options);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct native_ext_mqtt_client *c = native_ext_mqtt_client_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();
    struct native_ext_mqtt_subscription *s;

    if (c->subscriptions) {
        ZEND_HASH_FOREACH_PTR(c->subscriptions, s)
        zend_get_gc_buffer_add_zval(buffer, &s->callback);
        ZEND_HASH_FOREACH_END();
    }
    zend_get_gc_buffer_add_zval(buffer, &c->on_message);
    zend_get_gc_buffer_add_zval(buffer, &c->on_connect);
    zend_get_gc_buffer_add_zval(buffer, &c->on_disconnect);
    if (c->options)
        zend_get_gc_buffer_add_obj(buffer, c->options);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

void native_ext_mqtt_client_minit(void)
{
    native_ext_mqtt_client_ce = register_class_Native_Mqtt_Client();
    native_ext_mqtt_client_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_mqtt_client, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    handlers.get_gc = get_gc;
    native_ext_mqtt_messages_minit(register_class_Native_Mqtt_Messages(zend_ce_iterator));
    native_ext_mqtt_client_options_minit();
    native_ext_mqtt_client_info_minit();
    native_ext_mqtt_delivery_minit();
    native_ext_mqtt_persistent_minit();
}
