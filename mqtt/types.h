/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* types.h - the words every other file of the codec uses: status, version, level, span, error.
 * Nothing here allocates, blocks or has state. */
#ifndef NATIVE_MQTT_TYPES_H
#define NATIVE_MQTT_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api.h"

/* The only answers that a function of the codec gives. */
enum native_mqtt_status {
    NATIVE_MQTT_OK = 0,        /* done; every out-parameter is set */
    NATIVE_MQTT_NEED_MORE = 1, /* the bytes end too early; say how many more with `need` */
    NATIVE_MQTT_MALFORMED = 2, /* the peer broke a rule; struct native_mqtt_error says which */
    NATIVE_MQTT_TOO_LARGE = 3, /* ours: a field or packet that MQTT cannot express */
    NATIVE_MQTT_NO_SPACE = 4   /* ours: the caller's buffer or array is too small */
};

/* Protocol Level byte of CONNECT (3.1.2.2). 0: not known yet, only CONNECT is acceptable. */
enum native_mqtt_version {
    NATIVE_MQTT_VERSION_UNKNOWN = 0,
    NATIVE_MQTT_3_1 = 3,
    NATIVE_MQTT_3_1_1 = 4,
    NATIVE_MQTT_5_0 = 5
};

/* How much of the standard is enforced on what the peer sends. Every level is memory-safe. */
enum native_mqtt_level {
    NATIVE_MQTT_LENIENT = 0, /* only what is needed to find the fields */
    NATIVE_MQTT_SPEC = 1,    /* and every MUST */
    NATIVE_MQTT_STRICT = 2   /* and the SHOULDs: control characters, payload format, sender */
};

/* Who sent the packet: decides which packets, properties and reason codes are legal. */
enum native_mqtt_sender {
    NATIVE_MQTT_FROM_ANYONE = 0,
    NATIVE_MQTT_FROM_CLIENT = 1,
    NATIVE_MQTT_FROM_SERVER = 2
};

/* Control packet types (2.1.2). */
enum native_mqtt_type {
    NATIVE_MQTT_CONNECT = 1,
    NATIVE_MQTT_CONNACK = 2,
    NATIVE_MQTT_PUBLISH = 3,
    NATIVE_MQTT_PUBACK = 4,
    NATIVE_MQTT_PUBREC = 5,
    NATIVE_MQTT_PUBREL = 6,
    NATIVE_MQTT_PUBCOMP = 7,
    NATIVE_MQTT_SUBSCRIBE = 8,
    NATIVE_MQTT_SUBACK = 9,
    NATIVE_MQTT_UNSUBSCRIBE = 10,
    NATIVE_MQTT_UNSUBACK = 11,
    NATIVE_MQTT_PINGREQ = 12,
    NATIVE_MQTT_PINGRESP = 13,
    NATIVE_MQTT_DISCONNECT = 14,
    NATIVE_MQTT_AUTH = 15
};

enum {
    NATIVE_MQTT_STRING_MAX = 65535,        /* bytes of a string or of binary data (1.5.4, 1.5.6) */
    NATIVE_MQTT_REMAINING_MAX = 268435455, /* largest Remaining Length (1.5.5) */
    NATIVE_MQTT_FIXED_HEADER_MAX = 5       /* bytes of the longest fixed header (2.1) */
};

/* Bytes that somebody else owns: data[0..len). data may be NULL when len is 0. */
struct native_mqtt_span {
    const uint8_t *data;
    size_t len;
};

/* What a decoder is told. Zero-initialised it means: version unknown, lenient, anyone, no limit. */
struct native_mqtt_options {
    uint8_t version;          /* enum native_mqtt_version */
    uint8_t level;            /* enum native_mqtt_level */
    uint8_t sender;           /* enum native_mqtt_sender */
    uint32_t max_packet_size; /* bytes of a whole packet; 0: no limit */
};

/* Which rule was broken, and where. Set only with NATIVE_MQTT_MALFORMED. */
struct native_mqtt_error {
    uint32_t offset;    /* bytes from the start of the packet */
    uint16_t statement; /* native_mqtt_statement_*: the normative statement, or 0 */
    uint8_t rule;       /* enum native_mqtt_rule */
    uint8_t reason;     /* reason code to send in CONNACK or DISCONNECT (2.4) */
};

#endif
