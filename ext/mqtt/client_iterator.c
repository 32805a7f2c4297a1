/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_iterator.c - Client::receive() and messages(), and the iterator Messages. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "client_iterator.h"
#include "client_methods.h"

struct messages {
    zend_object *client;
    zend_object *current; /* NULL: at the end, or not begun */
    zend_long key;
    double timeout;
    bool no_timeout;
    bool begun;
    zend_object std;
};

static zend_class_entry *messages_ce;
static zend_object_handlers handlers;

static struct messages *of(zend_object *object)
{
    return (struct messages *)((char *)object - offsetof(struct messages, std));
}

static bool has_message(struct native_ext_mqtt_client *c, void *arg)
{
    (void)arg;
    return c->inbox.count > 0 || c->stopping;
}

/* Wait for a message. Returns it, the caller's now, or NULL: none in time, stop(), an exception. */
static zend_object *receive(struct native_ext_mqtt_client *c, bool no_timeout, double timeout)
{
    int64_t now = native_net_clock_ms();
    int64_t deadline =
        no_timeout ? NATIVE_NET_NEVER
                   : native_net_deadline_after(now, timeout > 0 ? (int64_t)(timeout * 1000) : 0);

    switch (native_ext_mqtt_wait(c, deadline, has_message, NULL)) {
    case NATIVE_EXT_MQTT_LOST:
        native_ext_mqtt_failure_throw(c);
        return NULL;
    case NATIVE_EXT_MQTT_DONE:
        if (c->inbox.count > 0)
            return native_ext_mqtt_inbox_take(c);
        c->stopping = false;
        return NULL;
    default:
        return NULL;
    }
}

static bool check_timeout(double timeout, bool no_timeout)
{
    if (no_timeout || (timeout >= 0 && timeout <= 4294967))
        return true;
    zend_argument_value_error(1, "must be between 0 and 4294967 seconds");
    return false;
}

ZEND_METHOD(Native_Mqtt_Client, receive)
{
    struct native_ext_mqtt_client *c;
    bool no_timeout = true;
    double timeout = 0;
    zend_object *message;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, no_timeout)
    ZEND_PARSE_PARAMETERS_END();

    c = check_timeout(timeout, no_timeout) ? native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS))
                                           : NULL;
    message = c ? receive(c, no_timeout, timeout) : NULL;
    if (message)
        RETURN_OBJ(message);
}

ZEND_METHOD(Native_Mqtt_Client, messages)
{
    bool no_timeout = true;
    double timeout = 0;
    struct messages *m;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, no_timeout)
    ZEND_PARSE_PARAMETERS_END();

    if (!check_timeout(timeout, no_timeout) || !native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS)))
        RETURN_THROWS();
    object_init_ex(return_value, messages_ce);
    m = of(Z_OBJ_P(return_value));
    m->client = Z_OBJ_P(ZEND_THIS);
    GC_ADDREF(m->client);
    m->timeout = timeout;
    m->no_timeout = no_timeout;
}

/* ---- the iterator ---- */

static void fetch(struct messages *m)
{
    struct native_ext_mqtt_client *c = m->client ? native_ext_mqtt_client_usable(m->client) : NULL;
    zend_object *old = m->current;

    m->current = NULL;
    m->begun = true;
    if (old)
        OBJ_RELEASE(old);
    if (!c)
        return;
    /* A callback may call next() of this iterator: the message that it got is the older one. */
    old = receive(c, m->no_timeout, m->timeout);
    if (m->current)
        OBJ_RELEASE(m->current);
    m->current = old;
}

ZEND_METHOD(Native_Mqtt_Messages, current)
{
    struct messages *m = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (m->current)
        RETURN_OBJ_COPY(m->current);
}

ZEND_METHOD(Native_Mqtt_Messages, key)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_LONG(of(Z_OBJ_P(ZEND_THIS))->key);
}

ZEND_METHOD(Native_Mqtt_Messages, next)
{
    struct messages *m = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    m->key++;
    fetch(m);
}

/* Messages that are gone do not come again: rewinding only begins. */
ZEND_METHOD(Native_Mqtt_Messages, rewind)
{
    struct messages *m = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (!m->begun)
        fetch(m);
}

ZEND_METHOD(Native_Mqtt_Messages, valid)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(of(Z_OBJ_P(ZEND_THIS))->current != NULL);
}

ZEND_METHOD(Native_Mqtt_Messages, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

static zend_object *create(zend_class_entry *ce)
{
    struct messages *m = zend_object_alloc(sizeof(*m), ce);

    zend_object_std_init(&m->std, ce);
    object_properties_init(&m->std, ce);
    m->std.handlers = &handlers;
    return &m->std;
}

static void free_object(zend_object *object)
{
    struct messages *m = of(object);

    if (m->current)
        OBJ_RELEASE(m->current);
    if (m->client)
        OBJ_RELEASE(m->client);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (of(object)->client)
        zend_get_gc_buffer_add_obj(buffer, of(object)->client);
    zend_get_gc_buffer_use(buffer, table, n);
    return NULL;
}

void native_ext_mqtt_messages_minit(zend_class_entry *ce)
{
    messages_ce = ce;
    messages_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct messages, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
    handlers.get_gc = get_gc;
}
