/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/subscription.h - Native\Mqtt\Subscription, for C. */
#ifndef NATIVE_EXT_MQTT_SUBSCRIPTION_H
#define NATIVE_EXT_MQTT_SUBSCRIPTION_H

#include "value.h"

extern struct native_ext_mqtt_class native_ext_mqtt_subscription_class;

/* Set `out` to a new Subscription. */
void native_ext_mqtt_subscription_zval(zval *out,
                                       const struct native_mqtt_subscription *subscription);

/* See a Subscription as the core's struct, which lives as long as the object. Returns
 * false, with an Error thrown, for a Subscription that was never constructed. */
bool native_ext_mqtt_subscription_view(zend_object *subscription,
                                       struct native_mqtt_subscription *out);

void native_ext_mqtt_subscription_minit(void);

#endif
