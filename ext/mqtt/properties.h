/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/properties.h - Native\Mqtt\Properties: an encoded block, and 27 slots made of it when one
 * of them is first touched. */
#ifndef NATIVE_EXT_MQTT_PROPERTIES_H
#define NATIVE_EXT_MQTT_PROPERTIES_H

#include "value.h"

extern struct native_ext_mqtt_class native_ext_mqtt_properties_class;

/* Set `out` to a Properties with this encoded block, which is referenced; NULL or "": the shared
 * empty one. The block must be one that was decoded or that these functions made. */
void native_ext_mqtt_properties_zval(zval *out, zend_string *block);

/* Returns the encoded block of a Properties, or NULL if it has none. Borrowed. */
zend_string *native_ext_mqtt_properties_block(zend_object *properties);

/* See a block (or NULL) as the core's struct, which lives as long as the block. */
static inline struct native_mqtt_properties
native_ext_mqtt_properties_view(const zend_string *block)
{
    struct native_mqtt_properties view = {NULL, 0, 0};

    if (block) {
        view.data = (const uint8_t *)ZSTR_VAL(block);
        view.len = ZSTR_LEN(block);
    }
    return view;
}

/* Keep a decoded block in the object that its `properties` slot will be made for. */
static inline void native_ext_mqtt_keep_block(struct native_ext_mqtt_value *value,
                                              const struct native_mqtt_properties *properties)
{
    if (properties->len)
        value->block = zend_string_init((const char *)properties->data, properties->len, 0);
}

/* Make the `properties` slot of `value` of its block. */
void native_ext_mqtt_fill_properties(struct native_ext_mqtt_value *value, uint32_t slot);

/* Take a constructor's argument `?Properties $properties` (NULL: none) into block and slot. */
void native_ext_mqtt_take_properties(struct native_ext_mqtt_value *value, uint32_t slot,
                                     zend_object *properties);

void native_ext_mqtt_properties_minit(void);
void native_ext_mqtt_properties_rinit(void);
void native_ext_mqtt_properties_rshutdown(void);

#endif
