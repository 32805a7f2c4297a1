/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_persistent.c - connections that outlive the request.
 *
 *   Client::persistent()  --take-->  object  --end of object or request-->  idle list  --> ...
 *
 * The idle list is the process's (in ZTS builds its threads share it under a mutex); each connection
 * is stamped with the pid that opened it and found by a key made of the URI and every option. Nothing
 * of a request stays in it: payloads are copied, callbacks and zvals dropped. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include <unistd.h>

#include "zend_smart_str.h"

#include "client_methods.h"
#include "delivery.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "subscription.h"
#include "will.h"

/* userProperties have lists in a list. Arrays that hold themselves must end somewhere. */
enum { DEPTH_MAX = 3 };

static struct native_ext_mqtt_connection *idle;
ZEND_TLS struct native_ext_mqtt_client *live; /* persistent clients of this request */
#ifdef ZTS
static MUTEX_T lock;
#define LOCK() tsrm_mutex_lock(lock)
#define UNLOCK() tsrm_mutex_unlock(lock)
#else
#define LOCK() (void)0
#define UNLOCK() (void)0
#endif

/* ---- the key ---- */

static void put_bytes(smart_str *key, char kind, const void *data, size_t len)
{
    smart_str_appendc(key, kind);
    smart_str_append_unsigned(key, len);
    smart_str_appendc(key, ':');
    smart_str_appendl(key, data ? (const char *)data : "", len);
}

static bool put_value(smart_str *key, zval *value, bool callable, unsigned depth);

static bool put_array(smart_str *key, HashTable *array, bool callable, unsigned depth)
{
    zend_ulong index;
    zend_string *name;
    zval *value;

    smart_str_appendc(key, '[');
    ZEND_HASH_FOREACH_KEY_VAL(array, index, name, value)
    {
        if (name)
            put_bytes(key, 'k', ZSTR_VAL(name), ZSTR_LEN(name));
        else
            smart_str_append_unsigned(key, index);
        if (!put_value(key, value, callable, depth + 1))
            return false;
    }
    ZEND_HASH_FOREACH_END();
    smart_str_appendc(key, ']');
    return true;
}

static bool put_object(smart_str *key, zend_object *object)
{
    struct native_mqtt_will will;

    if (object->ce->ce_flags & ZEND_ACC_ENUM) {
        smart_str_appendc(key, 'e');
        smart_str_append_unsigned(key, native_ext_mqtt_case_number(object));
        return true;
    }
    if (object->ce != native_ext_mqtt_will_class.ce || !native_ext_mqtt_will_view(object, &will))
        return false;
    put_bytes(key, 'w', will.topic.data, will.topic.len);
    put_bytes(key, 'p', will.payload.data, will.payload.len);
    put_bytes(key, 'q', will.properties.data, will.properties.len);
    smart_str_append_unsigned(key, will.qos * 2u + will.retain);
    return true;
}

static bool put_value(smart_str *key, zval *value, bool callable, unsigned depth)
{
    ZVAL_DEREF(value);
    switch (Z_TYPE_P(value)) {
    case IS_STRING:
        put_bytes(key, 's', Z_STRVAL_P(value), Z_STRLEN_P(value));
        return true;
    case IS_LONG:
        smart_str_appendc(key, 'i');
        smart_str_append_long(key, Z_LVAL_P(value));
        return true;
    case IS_DOUBLE:
        put_bytes(key, 'd', &Z_DVAL_P(value), sizeof(double));
        return true;
    case IS_ARRAY:
        return depth < DEPTH_MAX && put_array(key, Z_ARR_P(value), callable, depth);
    case IS_OBJECT:
        return !callable && put_object(key, Z_OBJ_P(value));
    default:
        smart_str_appendc(key, (char)('A' + Z_TYPE_P(value)));
        return true;
    }
}

/* Returns the key, or NULL with an exception. */
static zend_string *make_key(zend_string *uri, zend_object *options)
{
    smart_str key = {0};

    put_bytes(&key, 'u', ZSTR_VAL(uri), ZSTR_LEN(uri));
    for (int i = 0; i < NATIVE_EXT_MQTT_OPTIONS; i++) {
        bool callable = i == NATIVE_EXT_MQTT_CREDENTIALS || i == NATIVE_EXT_MQTT_AUTHENTICATOR;

        if (put_value(&key, &options->properties_table[i], callable, 0))
            continue;
        smart_str_free(&key);
        zend_argument_value_error(2, callable
                                         ? "must name credentials and authenticator as function or "
                                           "static method: closures and objects of different "
                                           "requests cannot be compared"
                                         : "holds a value that cannot be compared");
        return NULL;
    }
    smart_str_0(&key);
    return key.s;
}

static bool has_key(const struct native_ext_mqtt_connection *n, const zend_string *key)
{
    return n->key.len == ZSTR_LEN(key) && memcmp(n->key.data, ZSTR_VAL(key), n->key.len) == 0;
}

/* ---- taking ---- */

/* Is the connection as good as a new one? Its state may be DOWN: then connect() opens it. */
static void check_alive(struct native_ext_mqtt_connection *n)
{
    enum native_net_status status;
    struct native_net_error error;

    if (n->engine.state != NATIVE_MQTT_CLIENT_CONNECTED || !n->stream)
        return;
    status = native_net_stream_alive(n->stream, &error);
    if (status == NATIVE_NET_OK || status == NATIVE_NET_AGAIN)
        return;
    /* The engine finds the end of the stream itself at the next poll; what waits is sent again. */
    n->io_failed = true;
}

static struct native_ext_mqtt_connection *take(const zend_string *key)
{
    struct native_ext_mqtt_connection **link, *n, *found = NULL, *foreign = NULL;
    pid_t pid = getpid();

    LOCK();
    link = &idle;
    while ((n = *link) != NULL) {
        if (n->pid != pid) { /* our parent's: give it up */
            *link = n->next_idle;
            n->next_idle = foreign;
            foreign = n;
        } else if (!found && has_key(n, key)) {
            *link = n->next_idle;
            found = n;
        } else {
            link = &n->next_idle;
        }
    }
    UNLOCK();
    while ((n = foreign) != NULL) {
        foreign = n->next_idle;
        native_ext_mqtt_connection_free(n);
    }
    if (found)
        check_alive(found);
    return found;
}

static struct native_ext_mqtt_connection *make(zend_string *uri, zend_object *options,
                                               const zend_string *key)
{
    struct native_ext_mqtt_uri parts;
    struct native_ext_mqtt_connection *n;

    if (!native_ext_mqtt_uri_parse(uri, &parts))
        return NULL;
    n = native_ext_mqtt_connection_new(&parts, options);
    if (n)
        native_ext_mqtt_bytes_set(&n->key, ZSTR_VAL(key), ZSTR_LEN(key));
    return n;
}

/* The same client again if this request has it already. */
static zend_object *find_live(const zend_string *key)
{
    for (struct native_ext_mqtt_client *c = live; c; c = c->next_live)
        if (c->connection && c->connection->pid == getpid() && has_key(c->connection, key))
            return &c->std;
    return NULL;
}

ZEND_METHOD(Native_Mqtt_Client, persistent)
{
    zend_string *uri, *key;
    zend_object *options = NULL, *found;
    struct native_ext_mqtt_connection *n;
    struct native_ext_mqtt_client *c;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(uri)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_mqtt_client_options_ce)
    ZEND_PARSE_PARAMETERS_END();

    options = native_ext_mqtt_options_take(options);
    if (!options)
        RETURN_THROWS();
    key = make_key(uri, options);
    found = key ? find_live(key) : NULL;
    if (found) {
        RETVAL_OBJ_COPY(found);
    } else if (key) {
        n = take(key);
        if (!n)
            n = make(uri, options, key);
        if (n) {
            object_init_ex(return_value, native_ext_mqtt_client_ce);
            c = native_ext_mqtt_client_of(Z_OBJ_P(return_value));
            native_ext_mqtt_client_attach(c, n, options);
            c->persistent = true;
            c->blocking = true;
            c->next_live = live;
            live = c;
        }
    }
    if (key)
        zend_string_release(key);
    OBJ_RELEASE(options);
}

/* ---- leaving ---- */

/* What is not delivered yet goes on without the request: its payload moves into our own memory. */
static void keep_messages(struct native_ext_mqtt_connection *n)
{
    for (struct native_mqtt_outgoing *at = native_mqtt_session_first(&n->engine.session); at;
         at = at->next) {
        struct native_ext_mqtt_out *out = (struct native_ext_mqtt_out *)at;

        native_ext_mqtt_delivery_cut(out);
        if (!out->payload)
            continue;
        out->copy = pemalloc(ZSTR_LEN(out->payload) + 1, 1);
        memcpy(out->copy, ZSTR_VAL(out->payload), ZSTR_LEN(out->payload));
        at->publish.payload.data = out->copy;
        zend_string_release(out->payload);
        out->payload = NULL;
    }
}

/* Send what waits, as far as that needs no waiting, and read nothing: there is nobody to tell of it. */
static void send_last(struct native_ext_mqtt_connection *n)
{
    struct native_mqtt_client_event event;

    if (n->engine.state != NATIVE_MQTT_CLIENT_CONNECTED)
        return;
    while (native_mqtt_client_send(&n->engine, native_ext_mqtt_now(), &event))
        if (event.type == NATIVE_MQTT_EVENT_DELIVERED)
            native_ext_mqtt_out_free(n, (struct native_ext_mqtt_out *)event.outgoing);
    native_ext_mqtt_asks_sweep(n);
}

static void unlink_live(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_client **link = &live;

    while (*link && *link != c)
        link = &(*link)->next_live;
    if (*link)
        *link = c->next_live;
}

void native_ext_mqtt_release(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_connection *n = c->connection;
    /* Half of a message that came with this request cannot be told to the next one. */
    bool usable = n->pid == getpid() && !c->incoming.payload && !c->opening;

    unlink_live(c);
    keep_messages(n);
    if (usable) {
        native_ext_mqtt_unsubscribe_all(c);
        send_last(n);
    }
    c->connection = NULL;
    if (!usable) {
        native_ext_mqtt_connection_free(n);
        return;
    }
    native_ext_mqtt_gauges(n, false);
    LOCK();
    n->next_idle = idle;
    idle = n;
    UNLOCK();
}

void native_ext_mqtt_persistent_rshutdown(void)
{
    while (live) {
        struct native_ext_mqtt_client *c = live;

        native_ext_mqtt_stream_drop(c);
        native_ext_mqtt_release(c);
    }
}

void native_ext_mqtt_persistent_minit(void)
{
#ifdef ZTS
    lock = tsrm_mutex_alloc();
#endif
}

void native_ext_mqtt_persistent_mshutdown(void)
{
    struct native_ext_mqtt_connection *n;

    while ((n = idle) != NULL) {
        idle = n->next_idle;
        native_ext_mqtt_connection_free(n);
    }
#ifdef ZTS
    tsrm_mutex_free(lock);
    lock = NULL;
#endif
}
