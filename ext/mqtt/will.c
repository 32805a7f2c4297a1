/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/will.c - Native\Mqtt\Will: a Message without `dup`, and with a payload of 65535 bytes at most. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "will.h"

#include "message.h"
#include "will_arginfo.h"

struct native_ext_mqtt_class native_ext_mqtt_will_class;

ZEND_METHOD(Native_Mqtt_Will, __construct)
{
    native_ext_mqtt_message_construct(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

void native_ext_mqtt_will_zval(zval *out, const struct native_mqtt_will *will)
{
    ZVAL_OBJ(out, &native_ext_mqtt_message_make(&native_ext_mqtt_will_class, will, NULL)->std);
}

bool native_ext_mqtt_will_view(zend_object *will, struct native_mqtt_will *out)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_ready(will);

    if (value)
        *out = native_ext_mqtt_message_parts(value);
    return value != NULL;
}

static zend_object *create(zend_class_entry *ce)
{
    (void)ce;
    return &native_ext_mqtt_value_new(&native_ext_mqtt_will_class)->std;
}

void native_ext_mqtt_will_minit(void)
{
    native_ext_mqtt_message_class_init(&native_ext_mqtt_will_class,
                                       register_class_Native_Mqtt_Will(), create);
}
