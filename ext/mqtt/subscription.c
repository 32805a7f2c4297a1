/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/subscription.c - Native\Mqtt\Subscription. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "subscription.h"

#include "subscription_arginfo.h"

/* The slots, in the order of the stub. */
enum { FILTER, QOS, NO_LOCAL, RETAIN_AS_PUBLISHED, RETAIN_HANDLING, OPTIONS };

enum { RETAIN_HANDLING_SHIFT = 4 };

struct native_ext_mqtt_class native_ext_mqtt_subscription_class;

/* Set all slots but the filter from the options byte. */
static void set_options(struct native_ext_mqtt_value *value, unsigned options)
{
    ZVAL_LONG(native_ext_mqtt_slot(value, QOS), options & NATIVE_MQTT_SUBSCRIBE_QOS);
    ZVAL_BOOL(native_ext_mqtt_slot(value, NO_LOCAL), options & NATIVE_MQTT_SUBSCRIBE_NO_LOCAL);
    ZVAL_BOOL(native_ext_mqtt_slot(value, RETAIN_AS_PUBLISHED),
              options & NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED);
    ZVAL_LONG(native_ext_mqtt_slot(value, RETAIN_HANDLING),
              (options & NATIVE_MQTT_SUBSCRIBE_RETAIN_HANDLING) >> RETAIN_HANDLING_SHIFT);
    ZVAL_LONG(native_ext_mqtt_slot(value, OPTIONS), options);
    value->ready = true;
}

ZEND_METHOD(Native_Mqtt_Subscription, __construct)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(Z_OBJ_P(ZEND_THIS));
    zend_string *filter;
    zend_long qos = 0, retain_handling = 0;
    bool no_local = false, retain_as_published = false;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(filter)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(qos)
    Z_PARAM_BOOL(no_local)
    Z_PARAM_BOOL(retain_as_published)
    Z_PARAM_LONG(retain_handling)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_mqtt_value_is_new(&value->std) || !native_ext_mqtt_check_string(filter, 1) ||
        !native_ext_mqtt_check_qos(qos, 2))
        RETURN_THROWS();
    if (retain_handling < 0 || retain_handling > 2) {
        zend_argument_value_error(5, "must be one of the Subscription::SEND_* constants");
        RETURN_THROWS();
    }
    ZVAL_STR_COPY(native_ext_mqtt_slot(value, FILTER), filter);
    set_options(value, (unsigned)qos | (no_local ? NATIVE_MQTT_SUBSCRIBE_NO_LOCAL : 0u) |
                           (retain_as_published ? NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED : 0u) |
                           (unsigned)retain_handling << RETAIN_HANDLING_SHIFT);
}

void native_ext_mqtt_subscription_zval(zval *out,
                                       const struct native_mqtt_subscription *subscription)
{
    struct native_ext_mqtt_value *value =
        native_ext_mqtt_value_new(&native_ext_mqtt_subscription_class);

    ZVAL_OBJ(out, &value->std);
    native_ext_mqtt_slot_span(value, FILTER, subscription->filter);
    set_options(value, subscription->options);
}

bool native_ext_mqtt_subscription_view(zend_object *subscription,
                                       struct native_mqtt_subscription *out)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(subscription);

    if (!value)
        return false;
    out->filter = native_ext_mqtt_slot_bytes(value, FILTER);
    out->options = (uint8_t)Z_LVAL_P(native_ext_mqtt_slot(value, OPTIONS));
    return true;
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_subscription_class)->std;
}

void native_ext_mqtt_subscription_minit(void)
{
    zend_class_entry *ce = register_class_Native_Mqtt_Subscription();

    ce->create_object = create;
    native_ext_mqtt_class_init(&native_ext_mqtt_subscription_class, ce);
}
