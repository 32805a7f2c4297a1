/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* property.h - properties (MQTT 5.0, 2.2.2): the 27 of them, reading, finding, building.
 *
 *   block:     identifier value, identifier value, ...     (without its length prefix)
 *   value:     1, 2 or 4 bytes | variable byte integer | length bytes | length bytes length bytes
 *
 * A packet holds its properties as one encoded block, decoded and to be encoded alike: no array, no
 * copy. Pure: no allocation, no globals; spans point into the block. */
#ifndef NATIVE_MQTT_PROPERTY_H
#define NATIVE_MQTT_PROPERTY_H

#include "types.h"

/* Identifiers (Table 2-4). */
enum native_mqtt_property_id {
    NATIVE_MQTT_PAYLOAD_FORMAT_INDICATOR = 0x01,
    NATIVE_MQTT_MESSAGE_EXPIRY_INTERVAL = 0x02,
    NATIVE_MQTT_CONTENT_TYPE = 0x03,
    NATIVE_MQTT_RESPONSE_TOPIC = 0x08,
    NATIVE_MQTT_CORRELATION_DATA = 0x09,
    NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER = 0x0b,
    NATIVE_MQTT_SESSION_EXPIRY_INTERVAL = 0x11,
    NATIVE_MQTT_ASSIGNED_CLIENT_IDENTIFIER = 0x12,
    NATIVE_MQTT_SERVER_KEEP_ALIVE = 0x13,
    NATIVE_MQTT_AUTHENTICATION_METHOD = 0x15,
    NATIVE_MQTT_AUTHENTICATION_DATA = 0x16,
    NATIVE_MQTT_REQUEST_PROBLEM_INFORMATION = 0x17,
    NATIVE_MQTT_WILL_DELAY_INTERVAL = 0x18,
    NATIVE_MQTT_REQUEST_RESPONSE_INFORMATION = 0x19,
    NATIVE_MQTT_RESPONSE_INFORMATION = 0x1a,
    NATIVE_MQTT_SERVER_REFERENCE = 0x1c,
    NATIVE_MQTT_REASON_STRING = 0x1f,
    NATIVE_MQTT_RECEIVE_MAXIMUM = 0x21,
    NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM = 0x22,
    NATIVE_MQTT_TOPIC_ALIAS = 0x23,
    NATIVE_MQTT_MAXIMUM_QOS = 0x24,
    NATIVE_MQTT_RETAIN_AVAILABLE = 0x25,
    NATIVE_MQTT_USER_PROPERTY = 0x26,
    NATIVE_MQTT_MAXIMUM_PACKET_SIZE = 0x27,
    NATIVE_MQTT_WILDCARD_SUBSCRIPTION_AVAILABLE = 0x28,
    NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER_AVAILABLE = 0x29,
    NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE = 0x2a
};

enum { NATIVE_MQTT_PROPERTY_ID_MAX = NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE };

/* How a value is written, and for numbers which values are legal. */
enum native_mqtt_property_type {
    NATIVE_MQTT_PROPERTY_NONE = 0,   /* no such property */
    NATIVE_MQTT_PROPERTY_BOOL = 1,   /* byte, 0 or 1 */
    NATIVE_MQTT_PROPERTY_U16 = 2,    /* two byte integer */
    NATIVE_MQTT_PROPERTY_U32 = 3,    /* four byte integer */
    NATIVE_MQTT_PROPERTY_VARINT = 4, /* variable byte integer */
    NATIVE_MQTT_PROPERTY_TEXT = 5,   /* UTF-8 string */
    NATIVE_MQTT_PROPERTY_BINARY = 6, /* binary data */
    NATIVE_MQTT_PROPERTY_PAIR = 7    /* UTF-8 string pair */
};

/* Packets that a property may be in: bit (1 << enum native_mqtt_type), or this one. */
enum { NATIVE_MQTT_IN_WILL = 1 };

/* One row of the table of properties. */
struct native_mqtt_property_info {
    uint16_t packets; /* set of 1 << enum native_mqtt_type, and NATIVE_MQTT_IN_WILL */
    uint8_t type;     /* enum native_mqtt_property_type */
    uint8_t flags;    /* NATIVE_MQTT_PROPERTY_REPEATS, _NONZERO */
};

enum { NATIVE_MQTT_PROPERTY_REPEATS = 1, NATIVE_MQTT_PROPERTY_NONZERO = 2 };

/* One property. Numbers are in `number`, strings and binary data in `value`, a pair in `name` and
 * `value`. */
struct native_mqtt_property {
    uint8_t id;   /* enum native_mqtt_property_id */
    uint8_t type; /* enum native_mqtt_property_type */
    uint32_t number;
    struct native_mqtt_span name;
    struct native_mqtt_span value;
};

/* A block of properties: data[0..len). `seen` is filled by decoding and speeds up finding; an
 * encoder ignores it, and 0 only makes finding search. */
struct native_mqtt_properties {
    const uint8_t *data;
    size_t len;
    uint64_t seen; /* set of 1 << identifier */
};

/* A buffer that properties are appended to: data[0..len) of data[0..capacity). */
struct native_mqtt_property_writer {
    uint8_t *data;
    size_t len;
    size_t capacity;
};

/* Returns the row of `id`; its type is NATIVE_MQTT_PROPERTY_NONE if there is no such property. */
NATIVE_API const struct native_mqtt_property_info *native_mqtt_property_info(unsigned id);

/* Take the first property off the front of `block`, which is shortened by it.
 * Returns false at the end of the block; in a block that was decoded it never fails otherwise, in
 * any other block it stops at the first byte that is no property. */
NATIVE_API bool native_mqtt_property_next(struct native_mqtt_properties *block,
                                          struct native_mqtt_property *property);

/* Find the first property with this identifier. Returns false if there is none. */
NATIVE_API bool native_mqtt_property_find(const struct native_mqtt_properties *block, unsigned id,
                                          struct native_mqtt_property *property);

/* Returns the number of property `id`, or `otherwise` if the block has none. */
NATIVE_API uint32_t native_mqtt_property_number(const struct native_mqtt_properties *block,
                                                unsigned id, uint32_t otherwise);

/* Append property->id with the value that its type wants from `property`.
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_TOO_LARGE for a string of more than 65535 bytes, a number
 * that its type cannot hold, or an identifier that does not exist; NATIVE_MQTT_NO_SPACE when the
 * buffer is full (nothing is written then; len + the needed bytes would not fit capacity).
 * With data == NULL and capacity SIZE_MAX it only counts. */
NATIVE_API enum native_mqtt_status
native_mqtt_property_put(struct native_mqtt_property_writer *writer,
                         const struct native_mqtt_property *property);

/* The same for a number and for a string or binary data. */
NATIVE_API enum native_mqtt_status
native_mqtt_property_put_number(struct native_mqtt_property_writer *writer, unsigned id,
                                uint32_t number);
NATIVE_API enum native_mqtt_status
native_mqtt_property_put_bytes(struct native_mqtt_property_writer *writer, unsigned id,
                               const void *value, size_t value_len);

#endif
