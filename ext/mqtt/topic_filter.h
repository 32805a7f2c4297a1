/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/topic_filter.h - Native\Mqtt\TopicFilter, for C. */
#ifndef NATIVE_EXT_MQTT_TOPIC_FILTER_H
#define NATIVE_EXT_MQTT_TOPIC_FILTER_H

#include "value.h"

extern struct native_ext_mqtt_class native_ext_mqtt_topic_filter_class;

/* Returns the string of a TopicFilter, or NULL with an Error thrown if it was never constructed.
 * Borrowed. */
zend_string *native_ext_mqtt_topic_filter_string(zend_object *topic_filter);

/* Check a topic filter (or, with `name`, a topic name). Returns false with a ProtocolException
 * thrown. */
bool native_ext_mqtt_check_topic(const zend_string *topic, bool name, unsigned version,
                                 unsigned level);

/* Match, and set `out` to the list of what the wildcards stand for. Returns false, with `out` not
 * touched, if the name does not match. */
bool native_ext_mqtt_capture(zval *out, const zend_string *filter, struct native_mqtt_span name);

void native_ext_mqtt_topic_filter_minit(void);

#endif
