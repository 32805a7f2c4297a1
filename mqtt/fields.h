/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fields.h - what follows the fixed header, packet by packet (private).
 *
 * Each packet type lives in one file that has its read function and its put function:
 * connect.c, connack.c, publish.c, ack.c (PUBACK to PUBCOMP, DISCONNECT, AUTH), subscribe.c
 * (SUBSCRIBE, UNSUBSCRIBE), suback.c (SUBACK, UNSUBACK). packet.c knows them by its table. */
#ifndef NATIVE_MQTT_FIELDS_H
#define NATIVE_MQTT_FIELDS_H

#include "packet.h"
#include "reader.h"
#include "writer.h"

/* Read the fields of `packet` (type and version are set); the fixed header's flags are `flags`.
 * What is wrong is told to the reader. */
typedef void native_mqtt_read_fields(struct native_mqtt_reader *r, unsigned flags,
                                     struct native_mqtt_packet *packet);

/* Put the fields of `packet`. */
typedef void native_mqtt_put_fields(struct native_mqtt_writer *w,
                                    const struct native_mqtt_packet *packet);

native_mqtt_read_fields native_mqtt_read_connect, native_mqtt_read_connack,
    native_mqtt_read_publish, native_mqtt_read_ack, native_mqtt_read_disconnect,
    native_mqtt_read_subscribe, native_mqtt_read_suback;

native_mqtt_put_fields native_mqtt_put_connect, native_mqtt_put_connack, native_mqtt_put_ack,
    native_mqtt_put_subscribe, native_mqtt_put_suback;

/* Read property length and properties into an empty block. (property.c) */
void native_mqtt_read_some_properties(struct native_mqtt_reader *r, unsigned in,
                                      struct native_mqtt_properties *block);

/* Read property length and properties; `in` is 1 << type or NATIVE_MQTT_IN_WILL. Before MQTT 5.0
 * nothing is read and the block is empty. */
inline void native_mqtt_read_properties(struct native_mqtt_reader *r, unsigned in,
                                        struct native_mqtt_properties *block)
{
    block->len = 0;
    block->seen = 0;
    block->data = r->at;
    if (r->version != NATIVE_MQTT_5_0)
        return;
    if (r->at != r->end && *r->at == 0)
        block->data = ++r->at; /* there are none */
    else
        native_mqtt_read_some_properties(r, in, block);
}

/* Put property length and properties; nothing before MQTT 5.0. */
void native_mqtt_put_properties(struct native_mqtt_writer *w, unsigned version,
                                const struct native_mqtt_properties *block);

/* Check a payload that its properties announce as UTF-8. (publish.c) */
void native_mqtt_check_payload(struct native_mqtt_reader *r,
                               const struct native_mqtt_properties *properties,
                               const struct native_mqtt_span *payload);

/* Tell the size of a PUBLISH. Returns as native_mqtt_packet_size. (publish.c) */
enum native_mqtt_status native_mqtt_publish_size(const struct native_mqtt_publish *p,
                                                 unsigned version, size_t *size);

/* Read a packet identifier, which must not be 0. */
inline uint16_t native_mqtt_read_packet_id(struct native_mqtt_reader *r)
{
    const uint8_t *where = r->at;
    uint16_t packet_id = native_mqtt_read_u16(r);

    if (packet_id == 0)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_PACKET_ID, where);
    return packet_id;
}

/* Read a reason code that a packet of `type` can have. */
uint8_t native_mqtt_read_reason(struct native_mqtt_reader *r, unsigned type);

/* Check a reason code that stands at `where`. */
void native_mqtt_check_reason(struct native_mqtt_reader *r, unsigned type, const uint8_t *where);

#endif
