/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* utf8.h - what MQTT strings may contain (MQTT 5.0, 1.5.4; RFC 3629; topics: 4.7).
 * Pure: no allocation, no globals; reads only data[0..len). */
#ifndef NATIVE_MQTT_UTF8_H
#define NATIVE_MQTT_UTF8_H

#include "types.h"

/* What can be wrong with a character; the values are bits of a set. */
enum native_mqtt_utf8 {
    NATIVE_MQTT_UTF8_ILL_FORMED = 1,  /* broken, overlong, surrogate or above U+10FFFF */
    NATIVE_MQTT_UTF8_NUL = 2,         /* U+0000 */
    NATIVE_MQTT_UTF8_DISCOURAGED = 4, /* U+0001..001F, U+007F..009F and the non-characters */
    NATIVE_MQTT_UTF8_WILDCARD = 8     /* # or + */
};

/* Returns whether every byte is printable ASCII other than # and +: nothing in it can be wrong. Fast;
 * false only means that native_mqtt_utf8_check has to look. */
NATIVE_API bool native_mqtt_utf8_is_plain(const void *data, size_t len);

/* Look for the first character that is in the set `reject`; ill-formed bytes that are not to be
 * rejected are stepped over one by one.
 * Returns 0, or the one member of enum native_mqtt_utf8 found, with its offset in *where. */
NATIVE_API unsigned native_mqtt_utf8_check(const void *data, size_t len, unsigned reject,
                                           size_t *where);

#endif
