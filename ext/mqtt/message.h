/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/message.h - Native\Mqtt\Message, for C. */
#ifndef NATIVE_EXT_MQTT_MESSAGE_H
#define NATIVE_EXT_MQTT_MESSAGE_H

#include "value.h"

extern struct native_ext_mqtt_class native_ext_mqtt_message_class;

/* Set `out` to a new Message with copies of what `publish` points at. */
void native_ext_mqtt_message_zval(zval *out, const struct native_mqtt_publish *publish);

/* The same, with a payload that is referenced, not copied; publish->payload is ignored. */
void native_ext_mqtt_message_with_payload(zval *out, const struct native_mqtt_publish *publish,
                                          zend_string *payload);

/* See a Message as the core's struct (packet_id 0), which lives as long as the object. Returns false,
 * with an Error thrown, for a Message that was never constructed. */
bool native_ext_mqtt_message_view(zend_object *message, struct native_mqtt_publish *publish);

void native_ext_mqtt_message_minit(void);

#endif
