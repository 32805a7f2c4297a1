/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/packet.h - Native\Mqtt\Packet and its kinds, for C.
 * Each packet_*.c has the kinds of one file of the codec, and knows their slots. A kind does two
 * things: take over what was decoded, and let itself be seen as the codec's struct. */
#ifndef NATIVE_EXT_MQTT_EXT_PACKET_H
#define NATIVE_EXT_MQTT_EXT_PACKET_H

#include "value.h"

struct native_ext_mqtt_kind {
    struct native_ext_mqtt_class class; /* first, so that an object's handlers lead to its kind */
    uint8_t type;                       /* enum native_mqtt_type */
    /* Set the slots that everybody reads, and keep the rest encoded, from a decoded packet. */
    void (*take)(struct native_ext_mqtt_value *value, const struct native_mqtt_packet *packet);
    /* See the object as the codec's struct (type and version are set). Returns how many bytes its
     * strings have, properties and lists included. NULL: it has no fields. */
    size_t (*view)(struct native_ext_mqtt_value *value, struct native_mqtt_packet *packet);
};

/* The slots that every packet has; a kind's own follow. */
enum { NATIVE_EXT_MQTT_SLOT_TYPE, NATIVE_EXT_MQTT_SLOT_VERSION, NATIVE_EXT_MQTT_SLOT_FIRST };

extern zend_class_entry *native_ext_mqtt_packet_ce;
extern struct native_ext_mqtt_kind native_ext_mqtt_kinds[NATIVE_MQTT_AUTH + 1];

/* Make the object of a packet that passed `level`. Copies what it keeps. */
zend_object *native_ext_mqtt_packet_new(const struct native_mqtt_packet *packet, unsigned level);

/* Give a Publish, made with an empty payload, the payload `string`, which is taken over. */
void native_ext_mqtt_publish_set_payload(zend_object *publish, zend_string *string);

/* Make the slots that every packet has. */
void native_ext_mqtt_packet_fill(struct native_ext_mqtt_value *value);

/* Encode a packet whose strings have `strings_len` bytes, and judge it by the rules of `level`. Returns
 * a new string, or NULL with an exception thrown. */
zend_string *native_ext_mqtt_packet_encode(const struct native_mqtt_packet *packet,
                                           size_t strings_len, unsigned level);

/* Begin a constructor: refuses an object that is constructed already, and keeps the version (NULL:
 * 5.0) in the value. `properties` (or NULL) must be empty before 5.0; its number is `arg`. */
bool native_ext_mqtt_packet_begin(struct native_ext_mqtt_value *value, zend_object *version,
                                  zend_object *properties, uint32_t arg);

/* Check that there are no properties before MQTT 5.0; `block` is their encoded form or NULL. */
bool native_ext_mqtt_check_block(const zend_string *block, unsigned version, uint32_t arg);

/* Check a number of two bytes, and a number of one byte, of a constructor. */
bool native_ext_mqtt_check_u16(zend_long number, uint32_t arg);
bool native_ext_mqtt_check_u8(zend_long number, uint32_t arg);

/* Set up the entry of native_ext_mqtt_kinds for `type`. */
void native_ext_mqtt_kind_init(unsigned type, zend_class_entry *ce,
                               const struct native_ext_mqtt_kind *kind);

void native_ext_mqtt_packet_minit(void);
/* Each registers the kinds of its file. */
void native_ext_mqtt_packet_connect_minit(void);
void native_ext_mqtt_packet_connack_minit(void);
void native_ext_mqtt_packet_publish_minit(void);
void native_ext_mqtt_packet_ack_minit(void);
void native_ext_mqtt_packet_subscribe_minit(void);
void native_ext_mqtt_packet_suback_minit(void);
void native_ext_mqtt_packet_ping_minit(void);

#endif
