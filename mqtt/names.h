/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* names.h - texts for people: packet types, reason codes, properties, rules, statements (MQTT 5.0,
 * Tables 2-1, 2-4 and 2-6; 3.1.1: 3.2.2.3 and 3.9.3).
 * Nothing else in mqtt/ includes it: firmware that prints nothing links without names.c.
 * Pure: no allocation, no globals; every text is constant and ends with a zero byte. */
#ifndef NATIVE_MQTT_NAMES_H
#define NATIVE_MQTT_NAMES_H

#include "rules.h"
#include "types.h"

enum {
    NATIVE_MQTT_STATEMENT_TEXT_MAX = 24
}; /* bytes of the longest statement, its zero included */

/* Returns the name of a packet type, as "PUBLISH"; NULL if there is none. */
NATIVE_API const char *native_mqtt_type_name(unsigned type);

/* Returns what a reason code says in a packet of `type`, as "Not authorized". The same code can say
 * different things: 0x00 is "Normal disconnection" in DISCONNECT and "Granted QoS 0" in SUBACK.
 * `version` before 5.0: the return codes of CONNACK and SUBACK. `type` 0: the name in general.
 * NULL for a code that no packet has; a code of another packet has its name all the same. */
NATIVE_API const char *native_mqtt_reason_name(unsigned version, unsigned type, unsigned reason);

/* Returns the name of a property, as "Receive Maximum"; NULL if there is none. */
NATIVE_API const char *native_mqtt_property_name(unsigned id);

/* Returns the name of a rule, as "PUBREL_FLAGS", and what breaking it means, in plain words; NULL
 * if there is no such rule. */
NATIVE_API const char *native_mqtt_rule_name(unsigned rule);
NATIVE_API const char *native_mqtt_rule_text(unsigned rule);

/* Write a packed statement (error.statement) as "MQTT-3.3.2-2" with a zero byte to out[0..out_len);
 * statement 0 is written as "".
 * Returns the length without the zero byte; if out_len is not more than that, nothing but a zero
 * byte (where there is room for one) is written. NATIVE_MQTT_STATEMENT_TEXT_MAX bytes always do. */
NATIVE_API size_t native_mqtt_statement_text(unsigned statement, char *out, size_t out_len);

#endif
