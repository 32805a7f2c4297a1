/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/will.h - Native\Mqtt\Will, for C. */
#ifndef NATIVE_EXT_MQTT_WILL_H
#define NATIVE_EXT_MQTT_WILL_H

#include "value.h"

extern struct native_ext_mqtt_class native_ext_mqtt_will_class;

/* Set `out` to a new Will with copies of what `will` points at. */
void native_ext_mqtt_will_zval(zval *out, const struct native_mqtt_will *will);

/* See a Will as the core's struct, which lives as long as the object. Returns false,
 * with an Error thrown, for a Will that was never constructed. */
bool native_ext_mqtt_will_view(zend_object *will, struct native_mqtt_will *out);

void native_ext_mqtt_will_minit(void);

#endif
