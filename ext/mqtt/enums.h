/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/enums.h - the enums of Native\Mqtt, and fast ways between a case and its number.
 * Cases belong to the engine and live until the request ends; what is returned here is borrowed. */
#ifndef NATIVE_EXT_MQTT_ENUMS_H
#define NATIVE_EXT_MQTT_ENUMS_H

#include "php.h"
#include "zend_enum.h"

#include "../compat.h"

enum native_ext_mqtt_enum {
    NATIVE_EXT_MQTT_PACKET_TYPE,
    NATIVE_EXT_MQTT_VERSION,
    NATIVE_EXT_MQTT_STRICTNESS,
    NATIVE_EXT_MQTT_SENDER,
    NATIVE_EXT_MQTT_REASON_CODE,
    NATIVE_EXT_MQTT_ENUMS
};

/* Class entries, by enum native_ext_mqtt_enum. */
extern zend_class_entry *native_ext_mqtt_enum_ce[NATIVE_EXT_MQTT_ENUMS];

/* Returns the case with this number, or NULL if there is none. Borrowed. */
zend_object *native_ext_mqtt_case(enum native_ext_mqtt_enum which, unsigned number);

/* Set `out` to the case with this number, or to null. */
void native_ext_mqtt_case_zval(zval *out, enum native_ext_mqtt_enum which, unsigned number);

/* Returns the number of a case. */
static inline unsigned native_ext_mqtt_case_number(zend_object *object)
{
    return (unsigned)Z_LVAL_P(zend_enum_fetch_case_value(object));
}

void native_ext_mqtt_enums_minit(void);
void native_ext_mqtt_enums_mshutdown(void);
void native_ext_mqtt_enums_rinit(void);

#endif
