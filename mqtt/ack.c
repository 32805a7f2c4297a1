/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ack.c - PUBACK, PUBREC, PUBREL, PUBCOMP (MQTT 5.0 and 3.1.1, 3.4 to 3.7), and DISCONNECT and AUTH
 * (3.14, 3.15), which look the same without a packet identifier.
 *
 *   packet identifier (2) | reason code (5.0, may be left out) | properties (5.0, may be left out) */
#include "fields.h"

/* Read what MQTT 5.0 added: the rest of the packet, of which any tail may be missing. */
static void read_result(struct native_mqtt_reader *r, unsigned type, struct native_mqtt_ack *ack)
{
    ack->reason = 0;
    ack->form = NATIVE_MQTT_FORM_SHORT;
    ack->properties.data = r->at;
    ack->properties.len = 0;
    ack->properties.seen = 0;
    if (r->at == r->end)
        return;
    ack->reason = native_mqtt_read_reason(r, type);
    ack->form = NATIVE_MQTT_FORM_REASON;
    if (r->at == r->end)
        return;
    native_mqtt_read_properties(r, 1u << type, &ack->properties);
    ack->form = NATIVE_MQTT_FORM_FULL;
}

void native_mqtt_read_ack(struct native_mqtt_reader *r, unsigned flags,
                          struct native_mqtt_packet *packet)
{
    (void)flags;
    packet->as.ack.packet_id = native_mqtt_read_packet_id(r);
    read_result(r, packet->type, &packet->as.ack);
}

/* Reason codes that one side only sends (Table 3-13, Table 3-15). */
static void check_sender(struct native_mqtt_reader *r, unsigned type, uint8_t reason,
                         const uint8_t *where)
{
    /* From 0x87 on DISCONNECT says what a server does not allow, these excepted. */
    bool by_client = reason == 0x04 || reason == 0x19;
    bool by_server = type == NATIVE_MQTT_AUTH
                         ? reason == 0
                         : reason >= 0x87 && reason != 0x90 && !(reason >= 0x93 && reason <= 0x99);

    if ((by_client && r->sender == NATIVE_MQTT_FROM_SERVER) ||
        (by_server && r->sender == NATIVE_MQTT_FROM_CLIENT))
        native_mqtt_fail(r,
                         type == NATIVE_MQTT_AUTH ? NATIVE_MQTT_RULE_AUTH_SENDER
                                                  : NATIVE_MQTT_RULE_DISCONNECT_SENDER,
                         where);
}

void native_mqtt_read_disconnect(struct native_mqtt_reader *r, unsigned flags,
                                 struct native_mqtt_packet *packet)
{
    struct native_mqtt_ack *ack = &packet->as.ack;
    const uint8_t *first = r->at;

    (void)flags;
    ack->packet_id = 0;
    read_result(r, packet->type, ack);
    if (ack->form != NATIVE_MQTT_FORM_SHORT)
        check_sender(r, packet->type, ack->reason, first);
    /* So an AUTH of no bytes (3.15.2.1) is never in order: it has no method either (3.15.2.2.2). */
    if (packet->type == NATIVE_MQTT_AUTH &&
        !(ack->properties.seen >> NATIVE_MQTT_AUTHENTICATION_METHOD & 1))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_AUTH_METHOD_MISSING, first);
}

void native_mqtt_put_ack(struct native_mqtt_writer *w, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_ack *ack = &packet->as.ack;
    bool full = ack->properties.len > 0 || ack->form == NATIVE_MQTT_FORM_FULL;

    if (packet->type <= NATIVE_MQTT_PUBCOMP)
        native_mqtt_put_u16(w, ack->packet_id);
    if (packet->version < NATIVE_MQTT_5_0)
        return;
    if (full || ack->reason || ack->form == NATIVE_MQTT_FORM_REASON)
        native_mqtt_put_u8(w, ack->reason);
    if (full)
        native_mqtt_put_properties(w, packet->version, &ack->properties);
}
