/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* topic.h - topic names and topic filters: validate, match, shared subscriptions (MQTT 5.0, 4.7 and
 * 4.8.2).
 *
 *   topic name      level / level / level         no wildcard
 *   topic filter    level / + / level / #         + is one level, # all that follow (or none)
 *   shared          $share / share name / topic filter
 *
 * Pure: no allocation, no globals; strings need no terminating zero. Levels are compared byte for
 * byte [MQTT-4.7.3-4]. */
#ifndef NATIVE_MQTT_TOPIC_H
#define NATIVE_MQTT_TOPIC_H

#include "rules.h"
#include "types.h"

/* Check the wildcards of a topic filter, and for MQTT 5.0 those of $share; its characters are
 * native_mqtt_utf8_check's.
 * Returns NATIVE_MQTT_RULE_NONE, or the rule that is broken with the offset in *where. */
NATIVE_API enum native_mqtt_rule native_mqtt_filter_check(const void *filter, size_t filter_len,
                                                          unsigned version, size_t *where);

/* Check a topic filter (or, with `name`, a topic name) whole: length, characters as far as `level`
 * asks, wildcards.
 * Returns NATIVE_MQTT_OK, or NATIVE_MQTT_MALFORMED with `error` set (its offset counts from the
 * start of the string), or NATIVE_MQTT_TOO_LARGE for more than 65535 bytes. */
NATIVE_API enum native_mqtt_status native_mqtt_topic_check(const void *topic, size_t topic_len,
                                                           bool name, unsigned version,
                                                           unsigned level,
                                                           struct native_mqtt_error *error);

/* Returns whether the filter begins with $share/. */
NATIVE_API bool native_mqtt_filter_is_shared(const void *filter, size_t filter_len);

/* Give what a filter matches with: the part after $share/name/, or all of a filter that is not
 * shared. */
NATIVE_API struct native_mqtt_span native_mqtt_filter_unshared(const void *filter,
                                                               size_t filter_len);

/* Returns whether the topic name matches the valid topic filter. A filter that begins with a
 * wildcard matches no name that begins with $ [MQTT-4.7.2-1]; sport/# matches sport. */
NATIVE_API bool native_mqtt_topic_match(const void *filter, size_t filter_len, const void *topic,
                                        size_t topic_len);

/* Match, and put what each wildcard stands for into parts[0..parts_len), in their order: one level
 * for a +, all remaining levels (without the separator before them) for a #.
 * Returns the number of wildcards of the filter, of which the first parts_len are stored; or -1 if
 * the name does not match. */
NATIVE_API int native_mqtt_topic_capture(const void *filter, size_t filter_len, const void *topic,
                                         size_t topic_len, struct native_mqtt_span *parts,
                                         size_t parts_len);

#endif
