/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_filters.c - Client::subscribe(), unsubscribe(), subscriptions(). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "zend_smart_str.h"

#include "client_ask.h"
#include "client_methods.h"
#include "enums.h"
#include "exceptions.h"
#include "message.h"
#include "subscription.h"
#include "will.h"
#include "properties.h"

enum { REASON_FAILURE = 0x80 };

/* Filters as they were given: `list` has them in their order, `bytes` as they go into the packet. */
struct filters {
    HashTable list; /* filter => true */
    smart_str bytes;
    uint8_t options; /* for filters given as string */
    bool with_options;
    unsigned version;
};

static bool bad(const char *what)
{
    zend_argument_value_error(1, "%s", what);
    return false;
}

static bool put(struct filters *f, const struct native_mqtt_subscription *one)
{
    uint8_t head[2] = {(uint8_t)(one->filter.len >> 8), (uint8_t)one->filter.len};
    zval marker;

    if (one->filter.len > NATIVE_MQTT_STRING_MAX)
        return bad("must not hold a topic filter of more than 65535 bytes");
    if (f->version < NATIVE_MQTT_5_0 && (one->options & ~NATIVE_MQTT_SUBSCRIBE_QOS))
        return bad("must not ask for subscription options before MQTT 5.0");
    ZVAL_TRUE(&marker);
    if (!zend_hash_str_add(&f->list, (const char *)one->filter.data, one->filter.len, &marker))
        return bad("must not hold the same topic filter twice");
    smart_str_appendl(&f->bytes, (const char *)head, 2);
    smart_str_appendl(&f->bytes, (const char *)one->filter.data, one->filter.len);
    if (f->with_options)
        smart_str_appendc(&f->bytes, (char)one->options);
    return true;
}

static bool put_string(struct filters *f, const zend_string *filter, uint8_t options)
{
    struct native_mqtt_subscription one = {native_ext_mqtt_span(filter), options};

    return put(f, &one);
}

/* filter => QoS */
static bool put_pair(struct filters *f, zend_ulong index, zend_string *key, zend_long qos)
{
    zend_string *filter = key ? zend_string_copy(key) : zend_long_to_str((zend_long)index);
    uint8_t rest = f->options & (uint8_t)~NATIVE_MQTT_SUBSCRIBE_QOS;
    bool ok = qos >= 0 && qos <= 2 ? put_string(f, filter, (uint8_t)(rest | qos))
                                   : bad("must hold a QoS of 0, 1 or 2 for each topic filter");

    zend_string_release(filter);
    return ok;
}

static bool put_one(struct filters *f, zend_ulong index, zend_string *key, zval *value)
{
    struct native_mqtt_subscription one;

    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_STRING && !key)
        return put_string(f, Z_STR_P(value), f->options);
    if (Z_TYPE_P(value) == IS_LONG && f->with_options)
        return put_pair(f, index, key, Z_LVAL_P(value));
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == native_ext_mqtt_subscription_class.ce &&
        f->with_options)
        return native_ext_mqtt_subscription_view(Z_OBJ_P(value), &one) && put(f, &one);
    return bad(f->with_options
                   ? "must hold topic filters, Native\\Mqtt\\Subscription objects, or filter => QoS"
                   : "must hold topic filters");
}

static bool put_all(struct filters *f, zend_string *string, zval *other)
{
    zend_ulong index;
    zend_string *key;
    zval *value;

    if (string)
        return put_string(f, string, f->options);
    if (Z_TYPE_P(other) == IS_OBJECT)
        return put_one(f, 0, NULL, other);
    ZEND_HASH_FOREACH_KEY_VAL(Z_ARR_P(other), index, key, value)
    {
        if (!put_one(f, index, key, value))
            return false;
    }
    ZEND_HASH_FOREACH_END();
    return zend_hash_num_elements(&f->list) > 0 || bad("must hold at least one topic filter");
}

static void filters_init(struct filters *f, const struct native_ext_mqtt_client *c,
                         bool with_options)
{
    memset(f, 0, sizeof(*f));
    zend_hash_init(&f->list, 4, NULL, NULL, 0);
    f->with_options = with_options;
    f->version = c->connection->engine.options.connect.version;
}

static void filters_free(struct filters *f)
{
    zend_hash_destroy(&f->list);
    smart_str_free(&f->bytes);
}

/* Make the packet, checked but not sent. Returns NULL with an exception. */
static struct native_ext_mqtt_ask *make_ask(struct native_ext_mqtt_client *c,
                                            const struct filters *f, zend_object *properties)
{
    struct native_ext_mqtt_connection *n = c->connection;
    struct native_mqtt_span bytes = native_ext_mqtt_span(f->bytes.s);
    struct native_mqtt_properties view = native_ext_mqtt_properties_view(
        properties ? native_ext_mqtt_properties_block(properties) : NULL);
    struct native_ext_mqtt_ask *ask = native_ext_mqtt_ask_new(
        n, f->with_options ? NATIVE_MQTT_SUBSCRIBE : NATIVE_MQTT_UNSUBSCRIBE, &bytes, &view);

    if (native_ext_mqtt_ask_check(n, ask) && native_ext_mqtt_ask_send(c, ask))
        return ask;
    native_ext_mqtt_asks_sweep(n);
    return NULL;
}

/* Enter one callback in place of what the filter had. The old one goes last: its destructor may call the client,
 * and shall find the table whole (zend_hash_update() would destroy it while the table still points to it). */
static void enter_one(struct native_ext_mqtt_client *c, zend_string *filter, uint64_t serial,
                      zval *callback)
{
    struct native_ext_mqtt_subscription *s = zend_hash_find_ptr(c->subscriptions, filter);
    zval before;

    ZVAL_UNDEF(&before);
    if (s) {
        ZVAL_COPY_VALUE(&before, &s->callback);
    } else {
        s = emalloc(sizeof(*s));
        zend_hash_add_new_ptr(c->subscriptions, filter, s);
    }
    ZVAL_UNDEF(&s->callback);
    if (callback)
        ZVAL_COPY(&s->callback, callback);
    s->serial = serial;
    s->code = -1;
    zval_ptr_dtor(&before);
}

/* Enter the callbacks before the answer: retained messages may come first. */
static void enter(struct native_ext_mqtt_client *c, struct filters *f,
                  const struct native_ext_mqtt_ask *ask, zval *callback)
{
    zend_string *filter;

    ZEND_HASH_FOREACH_STR_KEY(&f->list, filter)
    {
        enter_one(c, filter, ask->serial, callback);
    }
    ZEND_HASH_FOREACH_END();
}

/* Set `out` to filter => ReasonCode. Returns how many are failures. */
static uint32_t make_codes(zval *out, struct filters *f, const struct native_ext_mqtt_ask *ask)
{
    uint32_t failures = 0;
    zend_string *filter;
    size_t i = 0;
    zval code;

    array_init(out);
    ZEND_HASH_FOREACH_STR_KEY(&f->list, filter)
    {
        unsigned number = native_ext_mqtt_ask_code(ask, i++);

        failures += number >= REASON_FAILURE;
        native_ext_mqtt_case_zval(&code, NATIVE_EXT_MQTT_REASON_CODE, number);
        zend_symtable_update(Z_ARR_P(out), filter, &code);
    }
    ZEND_HASH_FOREACH_END();
    return failures;
}

/* Wait for the answer where that is wanted, and return what it says. */
static void answer(struct native_ext_mqtt_client *c, struct filters *f,
                   struct native_ext_mqtt_ask *ask, const double *timeout, zval *return_value)
{
    uint32_t failures;

    native_mqtt_client_flush(&c->connection->engine, native_ext_mqtt_now());
    if (!timeout && (!c->blocking || c->depth > 0)) {
        RETVAL_EMPTY_ARRAY();
        return;
    }
    if (native_ext_mqtt_ask_wait(c, ask,
                                 native_ext_mqtt_deadline(c, !timeout, timeout ? *timeout : 0))) {
        failures = make_codes(return_value, f, ask);
        if (failures == zend_hash_num_elements(&f->list))
            native_ext_mqtt_throw(
                native_ext_mqtt_refused_exception_ce, (int)native_ext_mqtt_ask_code(ask, 0),
                "The server refused to %s (0x%02x)", f->with_options ? "subscribe" : "unsubscribe",
                native_ext_mqtt_ask_code(ask, 0));
    }
}

static void let_go(struct native_ext_mqtt_client *c, struct native_ext_mqtt_ask *ask)
{
    ask->holders--;
    native_ext_mqtt_asks_sweep(c->connection);
}

ZEND_METHOD(Native_Mqtt_Client, subscribe)
{
    struct native_ext_mqtt_client *c;
    struct filters f;
    struct native_ext_mqtt_ask *ask;
    zend_string *string = NULL;
    zend_object *properties = NULL;
    zval *filter, callback;
    zend_fcall_info fci = empty_fcall_info;
    zend_fcall_info_cache fcc;
    zend_long qos = 0, handling = 0;
    bool no_local = false, as_published = false, no_timeout = true;
    double timeout = 0;

    ZEND_PARSE_PARAMETERS_START(1, 8)
    Z_PARAM_ZVAL(filter)
    Z_PARAM_OPTIONAL
    Z_PARAM_FUNC_OR_NULL(fci, fcc)
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(no_local)
    Z_PARAM_BOOL(as_published)
    Z_PARAM_LONG(handling)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_DOUBLE_OR_NULL(timeout, no_timeout)
    ZEND_PARSE_PARAMETERS_END();

    if (Z_TYPE_P(filter) == IS_STRING)
        string = Z_STR_P(filter);
    else if (Z_TYPE_P(filter) != IS_ARRAY && Z_TYPE_P(filter) != IS_OBJECT) {
        zend_argument_type_error(
            1, "must be of type Native\\Mqtt\\Subscription|array|string, %s given",
            zend_zval_type_name(filter));
        RETURN_THROWS();
    }
    if (!native_ext_mqtt_check_qos(qos, 3))
        RETURN_THROWS();
    if (handling < 0 || handling > 2) {
        zend_argument_value_error(6, "must be 0, 1 or 2");
        RETURN_THROWS();
    }
    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    filters_init(&f, c, true);
    f.options =
        (uint8_t)(qos | (no_local ? NATIVE_MQTT_SUBSCRIBE_NO_LOCAL : 0) |
                  (as_published ? NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED : 0) | handling << 4);
    if (ZEND_FCI_INITIALIZED(fci))
        ZVAL_COPY_VALUE(&callback, &fci.function_name);
    ask = put_all(&f, string, filter) ? make_ask(c, &f, properties) : NULL;
    if (ask) {
        ask->holders++; /* a callback that is replaced may have a destructor that polls */
        enter(c, &f, ask, ZEND_FCI_INITIALIZED(fci) ? &callback : NULL);
        answer(c, &f, ask, no_timeout ? NULL : &timeout, return_value);
        let_go(c, ask);
    }
    filters_free(&f);
}

ZEND_METHOD(Native_Mqtt_Client, unsubscribe)
{
    struct native_ext_mqtt_client *c;
    struct filters f;
    struct native_ext_mqtt_ask *ask;
    zend_string *string = NULL;
    HashTable *array = NULL;
    zend_object *properties = NULL;
    bool no_timeout = true;
    double timeout = 0;
    zval list;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_ARRAY_HT_OR_STR(array, string)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(properties, native_ext_mqtt_properties_class.ce)
    Z_PARAM_DOUBLE_OR_NULL(timeout, no_timeout)
    ZEND_PARSE_PARAMETERS_END();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    if (array)
        ZVAL_ARR(&list, array);
    filters_init(&f, c, false);
    ask = put_all(&f, string, array ? &list : NULL) ? make_ask(c, &f, properties) : NULL;
    if (ask) {
        ask->holders++;
        answer(c, &f, ask, no_timeout ? NULL : &timeout, return_value);
        let_go(c, ask);
    }
    filters_free(&f);
}

ZEND_METHOD(Native_Mqtt_Client, subscriptions)
{
    struct native_ext_mqtt_client *c;
    struct native_ext_mqtt_subscription *s;
    zend_string *filter;
    zval code;

    ZEND_PARSE_PARAMETERS_NONE();

    c = native_ext_mqtt_client_usable(Z_OBJ_P(ZEND_THIS));
    if (!c)
        RETURN_THROWS();
    array_init(return_value);
    ZEND_HASH_FOREACH_STR_KEY_PTR(c->subscriptions, filter, s)
    {
        ZVAL_NULL(&code);
        if (s->code >= 0)
            native_ext_mqtt_case_zval(&code, NATIVE_EXT_MQTT_REASON_CODE, (unsigned)s->code);
        zend_symtable_update(Z_ARR_P(return_value), filter, &code);
    }
    ZEND_HASH_FOREACH_END();
}
