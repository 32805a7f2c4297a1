/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_subscribe.c - SUBSCRIBE and UNSUBSCRIBE, and the table of callbacks.
 * One call makes one packet (struct native_ext_mqtt_ask), which stays the engine's as long as the
 * subscription lasts, to be sent again when the server has lost the session. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "client_ask.h"
#include "enums.h"
#include "exceptions.h"

enum { REASON_FAILURE = 0x80 };

/* ---- the table ---- */

static void subscription_free(zval *value)
{
    struct native_ext_mqtt_subscription *s = Z_PTR_P(value);
    zval callback;

    ZVAL_COPY_VALUE(&callback, &s->callback);
    efree(s);
    zval_ptr_dtor(&callback);
}

HashTable *native_ext_mqtt_subscriptions_new(void)
{
    HashTable *table;

    ALLOC_HASHTABLE(table);
    zend_hash_init(table, 0, NULL, subscription_free, 0);
    return table;
}

/* ---- packets ---- */

struct native_ext_mqtt_ask *native_ext_mqtt_ask_new(struct native_ext_mqtt_connection *n,
                                                    unsigned type,
                                                    const struct native_mqtt_span *filters,
                                                    const struct native_mqtt_properties *properties)
{
    struct native_ext_mqtt_ask *ask = pecalloc(1, sizeof(*ask) + filters->len, 1);

    memcpy(ask->filters, filters->data, filters->len);
    ask->request.filters = ask->filters;
    ask->request.filters_len = filters->len;
    ask->request.type = (uint8_t)type;
    ask->request.owner = ask;
    ask->serial = ++n->serial;
    if (properties->len && n->engine.options.connect.version >= NATIVE_MQTT_5_0) {
        uint8_t *copy = pemalloc(properties->len, 1);

        memcpy(copy, properties->data, properties->len);
        ask->request.properties.data = copy;
        ask->request.properties.len = properties->len;
    }
    ask->request.state = NATIVE_MQTT_REQUEST_OUT;
    ask->next = n->asks;
    n->asks = ask;
    return ask;
}

bool native_ext_mqtt_ask_check(const struct native_ext_mqtt_connection *n,
                               const struct native_ext_mqtt_ask *ask)
{
    struct native_mqtt_packet packet;

    packet.type = ask->request.type;
    packet.version = n->engine.options.connect.version;
    packet.as.subscribe.properties = ask->request.properties;
    packet.as.subscribe.filters.data = ask->request.filters;
    packet.as.subscribe.filters.len = ask->request.filters_len;
    packet.as.subscribe.packet_id = 1;
    return native_ext_mqtt_check_packet(&packet);
}

bool native_ext_mqtt_ask_send(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask)
{
    struct native_ext_mqtt_connection *n = c->connection;

    if (n->engine.state == NATIVE_MQTT_CLIENT_DOWN ||
        n->engine.state == NATIVE_MQTT_CLIENT_CLOSING) {
        native_ext_mqtt_failure_throw(c);
        return false;
    }
    native_ext_mqtt_grow_tx(n, ask->request.filters_len + ask->request.properties.len + 16);
    native_mqtt_client_request(&n->engine, &ask->request);
    return true;
}

/* ---- answers ---- */

/* The code for the i-th filter. UNSUBACK has none before MQTT 5.0. */
unsigned native_ext_mqtt_ask_code(const struct native_ext_mqtt_ask *ask, size_t i)
{
    if (ask->failure)
        return ask->failure;
    if (i < ask->codes.len)
        return ask->codes.data[i];
    return 0;
}

/* A SUBSCRIBE that is newer than others for the same filter takes their place. */
static void supersede(struct native_ext_mqtt_connection *n, const struct native_ext_mqtt_ask *ask,
                      const struct native_mqtt_span *filter)
{
    for (struct native_ext_mqtt_ask *other = n->asks; other; other = other->next)
        if (other->serial < ask->serial && other->request.type == NATIVE_MQTT_SUBSCRIBE &&
            other->request.state == NATIVE_MQTT_REQUEST_ACTIVE)
            native_mqtt_client_cut_filter(&other->request, filter->data, filter->len);
}

/* Note one granted or refused filter in the table. One that was refused at first is forgotten; one that
 * had been granted before (a reconnect) stays visible with its code. */
static void note_granted(struct native_ext_mqtt_client *c, const struct native_ext_mqtt_ask *ask,
                         const struct native_mqtt_span *filter, unsigned code)
{
    struct native_ext_mqtt_subscription *s =
        zend_hash_str_find_ptr(c->subscriptions, (const char *)filter->data, filter->len);

    if (!s || s->serial != ask->serial)
        return;
    if (code >= REASON_FAILURE && s->code < 0)
        zend_hash_str_del(c->subscriptions, (const char *)filter->data, filter->len);
    else
        s->code = (int)code;
}

static void on_suback(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask)
{
    struct native_mqtt_span rest = {ask->filters, ask->request.filters_len};
    struct native_mqtt_subscription one;
    uint8_t *to = ask->filters;

    for (size_t i = 0; native_mqtt_subscription_next(&rest, true, &one); i++) {
        unsigned code = native_ext_mqtt_ask_code(ask, i);
        size_t entry = one.filter.len + 3;

        note_granted(c, ask, &one.filter, code);
        if (code >= REASON_FAILURE)
            continue; /* not to be asked for again */
        supersede(c->connection, ask, &one.filter);
        memmove(to, one.filter.data - 2, entry);
        to += entry;
    }
    ask->request.filters_len = (size_t)(to - ask->filters);
}

static void on_unsuback(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask)
{
    struct native_mqtt_span rest = {ask->filters, ask->request.filters_len};
    struct native_mqtt_subscription one;

    if (ask->failure)
        return;
    while (native_mqtt_subscription_next(&rest, false, &one)) {
        struct native_ext_mqtt_subscription *s =
            zend_hash_str_find_ptr(c->subscriptions, (const char *)one.filter.data, one.filter.len);

        if (s && s->serial < ask->serial)
            zend_hash_str_del(c->subscriptions, (const char *)one.filter.data, one.filter.len);
    }
}

void native_ext_mqtt_on_subscribed(struct native_ext_mqtt_client *c,
                                   const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_ask *ask = (struct native_ext_mqtt_ask *)event->request;

    if (event->has_packet) {
        const struct native_mqtt_span *codes = &event->packet.as.suback.reasons;

        native_ext_mqtt_bytes_set(&ask->codes, codes->data, codes->len);
        ask->failure = 0;
    } else {
        ask->failure = event->reason;
    }
    ask->done = true;
    /* A callback that is dropped may have a destructor that calls the client again. */
    ask->holders++;
    if (ask->request.type == NATIVE_MQTT_SUBSCRIBE)
        on_suback(c, ask);
    else
        on_unsuback(c, ask);
    ask->holders--;
    native_ext_mqtt_asks_sweep(c->connection);
}

/* ---- without PHP ---- */

static bool is_answered(struct native_ext_mqtt_client *c, void *arg)
{
    (void)c;
    return ((struct native_ext_mqtt_ask *)arg)->done;
}

bool native_ext_mqtt_ask_wait(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask,
                              int64_t deadline)
{
    return native_ext_mqtt_wait_or_throw(c, deadline, is_answered, ask,
                                         ask->request.type == NATIVE_MQTT_SUBSCRIBE
                                             ? "answer to SUBSCRIBE"
                                             : "answer to UNSUBSCRIBE");
}

bool native_ext_mqtt_subscribe_internal(struct native_ext_mqtt_client *c, const void *topic,
                                        size_t topic_len, int64_t deadline)
{
    struct native_ext_mqtt_connection *n = c->connection;
    struct native_mqtt_subscription one = {{topic, topic_len}, 1};
    struct native_mqtt_properties none = {NULL, 0, 0};
    struct native_mqtt_span filters;
    struct native_ext_mqtt_ask *ask;
    uint8_t *bytes = emalloc(topic_len + 3);
    bool ok;

    filters.data = bytes;
    filters.len = 0;
    (void)native_mqtt_subscription_put(bytes, topic_len + 3, &filters.len, true, &one);
    ask = native_ext_mqtt_ask_new(n, NATIVE_MQTT_SUBSCRIBE, &filters, &none);
    efree(bytes);
    ask->internal = true;
    ask->holders++;
    ok = native_ext_mqtt_ask_check(n, ask) && native_ext_mqtt_ask_send(c, ask) &&
         native_ext_mqtt_ask_wait(c, ask, deadline);
    if (ok && native_ext_mqtt_ask_code(ask, 0) >= REASON_FAILURE) {
        native_ext_mqtt_throw(native_ext_mqtt_refused_exception_ce,
                              (int)native_ext_mqtt_ask_code(ask, 0),
                              "The server refused the subscription to the response topic %.*s",
                              (int)topic_len, (const char *)topic);
        ok = false;
    }
    ask->holders--;
    native_ext_mqtt_asks_sweep(n);
    return ok;
}

void native_ext_mqtt_unsubscribe_all(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_connection *n = c->connection;
    struct native_mqtt_properties none = {NULL, 0, 0};
    struct native_ext_mqtt_ask *ask, *all = n->asks;

    for (ask = all; ask; ask = ask->next) {
        struct native_mqtt_span rest = {ask->request.filters, ask->request.filters_len}, filters;
        struct native_mqtt_subscription one;
        struct native_ext_mqtt_ask *undo;
        uint8_t *bytes;

        ask->holders = 0; /* a fatal error leaves them */
        if (ask->internal || ask->request.type != NATIVE_MQTT_SUBSCRIBE || rest.len == 0)
            continue;
        bytes = emalloc(rest.len);
        filters.data = bytes;
        filters.len = 0;
        while (native_mqtt_subscription_next(&rest, true, &one))
            (void)native_mqtt_subscription_put(bytes, ask->request.filters_len, &filters.len, false,
                                               &one);
        native_mqtt_client_forget(&n->engine, &ask->request);
        undo = native_ext_mqtt_ask_new(n, NATIVE_MQTT_UNSUBSCRIBE, &filters, &none);
        efree(bytes);
        native_mqtt_client_request(&n->engine, &undo->request);
    }
    native_ext_mqtt_asks_sweep(n);
}
