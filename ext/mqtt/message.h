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

/* For Message and Will, which have the same four slots first, and `properties` as the last: */

/* Construct the object with the arguments topic, payload, qos, retain, properties; a Message takes
 * `dup` as a sixth, and a payload of any length. May throw. */
void native_ext_mqtt_message_construct(INTERNAL_FUNCTION_PARAMETERS, bool is_will);

/* Make an object with copies of what `parts` point at; a payload that is not NULL is referenced
 * instead of parts->payload. */
struct native_ext_mqtt_value *
native_ext_mqtt_message_make(const struct native_ext_mqtt_class *class,
                             const struct native_mqtt_will *parts, zend_string *payload);

/* See an object that is ready as its parts, which live as long as it. */
struct native_mqtt_will native_ext_mqtt_message_parts(struct native_ext_mqtt_value *value);

/* Prepare one of the two classes. */
void native_ext_mqtt_message_class_init(struct native_ext_mqtt_class *class, zend_class_entry *ce,
                                        zend_object *(*create)(zend_class_entry *ce));

void native_ext_mqtt_message_minit(void);

#endif
