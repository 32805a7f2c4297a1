/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/value.h - what all immutable objects of Native\Mqtt have in common.
 *
 *   struct native_ext_mqtt_value
 *     block   encoded properties (or NULL)     `properties` is made of it when it is first touched
 *     list    encoded list (or NULL)           topic filters, subscriptions, reason codes
 *     ...     the small fields that a packet encodes from
 *     std     the PHP object: its declared properties in the order of the stub ("slots")
 *
 * A decoder fills the slots that everybody reads; the class's `fill` makes the others (ext/lazy.h).
 * Objects hold strings, numbers, enum cases and other values only: no cycles, so the collector is
 * told to leave them alone. They live as long as their references; nothing outlives a request. */
#ifndef NATIVE_EXT_MQTT_VALUE_H
#define NATIVE_EXT_MQTT_VALUE_H

#include "php.h"

#include "../lazy.h"
#include "../../mqtt/packet.h"

struct native_ext_mqtt_value {
    zend_string *block;
    zend_string *list;
    uint8_t version; /* enum native_mqtt_version; packets only */
    uint8_t code;    /* reason code, as on the wire */
    uint8_t form;    /* enum native_mqtt_form */
    uint8_t checked; /* 1 + the level that these fields are known to pass; 0: not known */
    bool ready;      /* constructed or decoded */
    bool filled;     /* no slot is UNDEF */
    zend_object std;
};

struct native_ext_mqtt_class {
    struct native_ext_lazy lazy; /* first, so that an object's handlers lead to its class */
    zend_class_entry *ce;
    size_t size;    /* of an object, bytes */
    uint32_t slots; /* declared properties */
    /* Make the slots that are UNDEF; with `name` only those that are cheap or have this name need be
     * made. Returns whether all are made. NULL: the class has none. */
    bool (*fill)(struct native_ext_mqtt_value *value, const zend_string *name);
};

static inline struct native_ext_mqtt_value *native_ext_mqtt_value_of(zend_object *object)
{
    return (struct native_ext_mqtt_value *)((char *)object -
                                            offsetof(struct native_ext_mqtt_value, std));
}

/* Prepare a class whose entry is registered already and whose `fill` is set. */
void native_ext_mqtt_class_init(struct native_ext_mqtt_class *class, zend_class_entry *ce);

/* Make an object with every slot UNDEF. */
struct native_ext_mqtt_value *native_ext_mqtt_value_new(const struct native_ext_mqtt_class *class);

/* Throw if `object` was constructed before; to be called first in every constructor. */
bool native_ext_mqtt_value_is_new(zend_object *object);

/* Throw if `object` was never constructed. Returns the value, or NULL. */
struct native_ext_mqtt_value *native_ext_mqtt_value_ready(zend_object *object);

static inline zval *native_ext_mqtt_slot(struct native_ext_mqtt_value *value, uint32_t slot)
{
    return &value->std.properties_table[slot];
}

/* Set a slot to a string that is copied; strings of up to one byte take no memory. */
static inline void native_ext_mqtt_slot_span(struct native_ext_mqtt_value *value, uint32_t slot,
                                             struct native_mqtt_span span)
{
    ZVAL_STRINGL_FAST(native_ext_mqtt_slot(value, slot), (const char *)span.data, span.len);
}

/* Give the bytes of a string, which stay the string's. NULL: none. */
static inline struct native_mqtt_span native_ext_mqtt_span(const zend_string *string)
{
    struct native_mqtt_span span = {NULL, 0};

    if (string) {
        span.data = (const uint8_t *)ZSTR_VAL(string);
        span.len = ZSTR_LEN(string);
    }
    return span;
}

/* Give the bytes of a slot that holds a string. */
static inline struct native_mqtt_span
native_ext_mqtt_slot_bytes(const struct native_ext_mqtt_value *value, uint32_t slot)
{
    return native_ext_mqtt_span(Z_STR(value->std.properties_table[slot]));
}

/* Copy bytes into a string; NULL for none. */
static inline zend_string *native_ext_mqtt_string_or_null(const void *data, size_t len)
{
    return len ? zend_string_init((const char *)data, len, 0) : NULL;
}

/* Check arguments of constructors: throw a ValueError and return false if they are not good. */
bool native_ext_mqtt_check_qos(zend_long qos, uint32_t arg);
bool native_ext_mqtt_check_string(const zend_string *string, uint32_t arg);

#endif
