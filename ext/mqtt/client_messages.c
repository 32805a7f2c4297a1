/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_messages.c - messages that come: to the callbacks whose filter matches, to
 * request(), to onMessage(), or into the inbox. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "../../mqtt/topic.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "properties.h"

enum { QUOTA_EXCEEDED = 0x97, REASON_FAILURE = 0x80, MATCHES = 8, MESSAGE_SIZE = 256 };

/* ---- refusing ---- */

/* There is no room for a message. MQTT 5.0 has a word for that; before, the only way not to lose it is
 * to end the connection without acknowledging it. Returns false. */
static bool refuse(struct native_ext_mqtt_client *c, unsigned qos, const char *what, size_t size)
{
    struct native_mqtt_client *engine = &c->connection->engine;

    native_mqtt_client_answer(engine, QUOTA_EXCEEDED);
    if (qos > 0 && engine->options.connect.version < NATIVE_MQTT_5_0) {
        native_mqtt_client_unanswer(engine);
        native_mqtt_client_stop(engine, QUOTA_EXCEEDED, NULL, native_ext_mqtt_now());
    }
    native_ext_mqtt_throw(native_ext_mqtt_quota_exceeded_exception_ce, QUOTA_EXCEEDED,
                          "A message of %zu bytes came and was refused: %s", size, what);
    return false;
}

/* ---- the inbox ---- */

static void inbox_grow(struct native_ext_mqtt_inbox *box)
{
    size_t capacity = box->capacity ? box->capacity * 2 : 16;
    zend_object **items = safe_emalloc(capacity, sizeof(*items), 0);

    for (size_t i = 0; i < box->count; i++)
        items[i] = box->items[(box->head + i) % box->capacity];
    if (box->items)
        efree(box->items);
    box->items = items;
    box->head = 0;
    box->capacity = capacity;
}

static size_t message_size(zend_object *message)
{
    struct native_mqtt_publish p;

    if (!native_ext_mqtt_message_view(message, &p))
        return 0;
    return p.payload.len + p.topic.len + p.properties.len + MESSAGE_SIZE;
}

static bool inbox_put(struct native_ext_mqtt_client *c, zend_object *message, unsigned qos)
{
    struct native_ext_mqtt_inbox *box = &c->inbox;
    size_t size = message_size(message);
    zend_long limit = native_ext_option_long(c->options, NATIVE_EXT_MQTT_INBOX_LIMIT, 0);

    if (box->count > 0 && box->bytes + size > (size_t)limit)
        return refuse(
            c, qos,
            "nobody takes messages, and inboxLimit is reached; use receive(), messages(), "
            "onMessage() or a callback",
            size);
    if (box->count == box->capacity)
        inbox_grow(box);
    GC_ADDREF(message);
    box->items[(box->head + box->count++) % box->capacity] = message;
    box->bytes += size;
    return true;
}

zend_object *native_ext_mqtt_inbox_take(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_inbox *box = &c->inbox;
    zend_object *message;

    if (box->count == 0)
        return NULL;
    message = box->items[box->head];
    box->head = (box->head + 1) % box->capacity;
    box->count--;
    box->bytes -= message_size(message);
    return message;
}

void native_ext_mqtt_inbox_free(struct native_ext_mqtt_client *c)
{
    zend_object *message;

    while ((message = native_ext_mqtt_inbox_take(c)) != NULL)
        OBJ_RELEASE(message);
    if (c->inbox.items)
        efree(c->inbox.items);
    memset(&c->inbox, 0, sizeof(c->inbox));
}

/* ---- callbacks ---- */

struct match {
    zval callback;
    zval wildcards;
};

/* What + and # stood for, as a list of strings. */
static void make_wildcards(zval *out, struct native_mqtt_span filter, struct native_mqtt_span topic)
{
    struct native_mqtt_span few[MATCHES], *parts = few;
    int n = native_mqtt_topic_capture(filter.data, filter.len, topic.data, topic.len, few, MATCHES);

    if (n <= 0) {
        ZVAL_EMPTY_ARRAY(out);
        return;
    }
    if (n > MATCHES) {
        parts = safe_emalloc((size_t)n, sizeof(*parts), 0);
        (void)native_mqtt_topic_capture(filter.data, filter.len, topic.data, topic.len, parts,
                                        (size_t)n);
    }
    array_init_size(out, (uint32_t)n);
    for (int i = 0; i < n; i++)
        add_next_index_stringl(out, (const char *)parts[i].data, parts[i].len);
    if (parts != few)
        efree(parts);
}

/* Collect the callbacks whose filter matches, before any of them can change the table. Returns how many;
 * *matches is `few` or to be freed. */
static size_t find_matches(struct native_ext_mqtt_client *c, struct native_mqtt_span topic,
                           struct match *few, struct match **matches)
{
    size_t n = 0, room = MATCHES;
    struct native_ext_mqtt_subscription *s;
    zend_string *filter;

    *matches = few;
    ZEND_HASH_FOREACH_STR_KEY_PTR(c->subscriptions, filter, s)
    {
        struct native_mqtt_span bare;

        if (Z_TYPE(s->callback) == IS_UNDEF)
            continue;
        bare = native_mqtt_filter_unshared(ZSTR_VAL(filter), ZSTR_LEN(filter));
        if (!native_mqtt_topic_match(bare.data, bare.len, topic.data, topic.len))
            continue;
        if (n == room) {
            struct match *more = safe_emalloc(room *= 2, sizeof(*more), 0);

            memcpy(more, *matches, n * sizeof(*more));
            if (*matches != few)
                efree(*matches);
            *matches = more;
        }
        ZVAL_COPY(&(*matches)[n].callback, &s->callback);
        make_wildcards(&(*matches)[n].wildcards, bare, topic);
        n++;
    }
    ZEND_HASH_FOREACH_END();
    return n;
}

/* Call one callback. A ReasonCode that it returns is the answer to the message, unless it has polled:
 * then the answer is out already. */
static bool call(struct native_ext_mqtt_client *c, zval *callback, uint32_t argc, zval *args)
{
    uint64_t polls = c->polls;
    bool ok;
    zval result;

    c->threw = true; /* stays so if a fatal error ends the callback */
    ok = native_ext_mqtt_call(c, callback, argc, args, &result);
    if (c->polls == polls)
        c->threw = !ok;
    else if (!ok)
        c->threw = false;
    if (!ok)
        return false;
    if (Z_TYPE(result) == IS_OBJECT &&
        Z_OBJCE(result) == native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_REASON_CODE] &&
        c->polls == polls && c->connection &&
        c->connection->engine.options.connect.version == NATIVE_MQTT_5_0 &&
        native_ext_mqtt_case_number(Z_OBJ(result)) >= REASON_FAILURE)
        native_mqtt_client_answer(&c->connection->engine,
                                  (uint8_t)native_ext_mqtt_case_number(Z_OBJ(result)));
    zval_ptr_dtor(&result);
    return true;
}

/* Call all callbacks that match; those after one that throws are not called. */
static bool call_matches(struct native_ext_mqtt_client *c, zval *message, struct match *matches,
                         size_t n)
{
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        zval args[2];

        ZVAL_COPY_VALUE(&args[0], message);
        ZVAL_COPY_VALUE(&args[1], &matches[i].wildcards);
        ok = ok && call(c, &matches[i].callback, 2, args);
        zval_ptr_dtor(&matches[i].callback);
        zval_ptr_dtor(&matches[i].wildcards);
    }
    return ok;
}

static bool dispatch(struct native_ext_mqtt_client *c, zval *message,
                     const struct native_mqtt_publish *publish)
{
    struct match few[MATCHES], *matches;
    size_t n;
    bool ok;

    c->received++;
    native_ext_mqtt_count(c->connection->counters, NATIVE_EXT_MQTT_MESSAGES_RECEIVED, 1);
    if (native_ext_mqtt_is_answer(c, Z_OBJ_P(message), publish))
        return true;
    n = find_matches(c, publish->topic, few, &matches);
    if (n > 0) {
        ok = call_matches(c, message, matches, n);
        if (matches != few)
            efree(matches);
        return ok;
    }
    if (Z_TYPE(c->on_message) != IS_UNDEF)
        return call(c, &c->on_message, 1, message);
    return inbox_put(c, Z_OBJ_P(message), publish->qos);
}

/* ---- messages ---- */

bool native_ext_mqtt_too_large(size_t len)
{
    size_t used = zend_memory_usage(false);

    return PG(memory_limit) > 0 &&
           ((size_t)PG(memory_limit) < used || len > ((size_t)PG(memory_limit) - used) / 8 * 7);
}

static const char no_memory[] = "it does not fit memory_limit (see maximumPacketSize)";

bool native_ext_mqtt_on_message(struct native_ext_mqtt_client *c,
                                const struct native_mqtt_client_event *event)
{
    const struct native_mqtt_publish *p = &event->packet.as.publish;
    size_t len = p->payload.len + p->properties.len;
    zval message;
    bool ok;

    if (len > NATIVE_EXT_MQTT_RX_LEN && native_ext_mqtt_too_large(len))
        return refuse(c, p->qos, no_memory, len);
    native_ext_mqtt_message_zval(&message, p);
    ok = dispatch(c, &message, p);
    zval_ptr_dtor(&message);
    return ok;
}

/* ---- messages that come in pieces ---- */

bool native_ext_mqtt_on_message_begin(struct native_ext_mqtt_client *c,
                                      const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_incoming *in = &c->incoming;
    const struct native_mqtt_publish *p = &event->packet.as.publish;

    native_ext_mqtt_incoming_drop(c);
    if (native_ext_mqtt_too_large(p->payload.len + p->properties.len))
        return refuse(c, p->qos, no_memory, p->payload.len + p->properties.len);
    in->payload = zend_string_alloc(p->payload.len, 0);
    in->topic = zend_string_init((const char *)p->topic.data, p->topic.len, 0);
    in->properties = zend_string_init((const char *)p->properties.data, p->properties.len, 0);
    in->at = 0;
    in->qos = p->qos;
    in->retain = p->retain;
    in->dup = p->dup;
    return true;
}

void native_ext_mqtt_on_message_data(struct native_ext_mqtt_client *c,
                                     const struct native_mqtt_client_event *event)
{
    struct native_ext_mqtt_incoming *in = &c->incoming;

    if (!in->payload || event->data.len > ZSTR_LEN(in->payload) - in->at)
        return;
    memcpy(ZSTR_VAL(in->payload) + in->at, event->data.data, event->data.len);
    in->at += event->data.len;
}

bool native_ext_mqtt_on_message_end(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_incoming in = c->incoming;
    struct native_mqtt_publish p;
    zval message;
    bool ok;

    if (!in.payload)
        return true;
    memset(&c->incoming, 0, sizeof(c->incoming));
    memset(&p, 0, sizeof(p));
    ZSTR_VAL(in.payload)[ZSTR_LEN(in.payload)] = 0;
    p.topic = native_ext_mqtt_span(in.topic);
    p.properties = native_ext_mqtt_properties_view(in.properties);
    p.qos = in.qos;
    p.retain = in.retain;
    p.dup = in.dup;
    native_ext_mqtt_message_with_payload(&message, &p, in.payload);
    ok = dispatch(c, &message, &p);
    zval_ptr_dtor(&message);
    zend_string_release(in.payload);
    zend_string_release(in.topic);
    zend_string_release(in.properties);
    return ok;
}

void native_ext_mqtt_incoming_drop(struct native_ext_mqtt_client *c)
{
    struct native_ext_mqtt_incoming *in = &c->incoming;

    if (in->payload)
        zend_string_release(in->payload);
    if (in->topic)
        zend_string_release(in->topic);
    if (in->properties)
        zend_string_release(in->properties);
    memset(in, 0, sizeof(*in));
}
