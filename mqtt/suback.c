/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* suback.c - SUBACK and UNSUBACK (MQTT 5.0 and 3.1.1, 3.9 and 3.11).
 *
 *   packet identifier (2) | properties (5.0) | reason code | reason code | ...
 * UNSUBACK has no reason codes before 5.0. */
#include "fields.h"

void native_mqtt_read_suback(struct native_mqtt_reader *r, unsigned flags,
                             struct native_mqtt_packet *packet)
{
    struct native_mqtt_suback *s = &packet->as.suback;

    (void)flags;
    s->packet_id = native_mqtt_read_packet_id(r);
    native_mqtt_read_properties(r, 1u << packet->type, &s->properties);
    s->reasons.data = r->at;
    s->reasons.len = native_mqtt_left(r);
    if (packet->type == NATIVE_MQTT_UNSUBACK && r->version < NATIVE_MQTT_5_0)
        return;
    if (r->at == r->end)
        native_mqtt_fail(r,
                         packet->type == NATIVE_MQTT_SUBACK ? NATIVE_MQTT_RULE_SUBACK_EMPTY
                                                            : NATIVE_MQTT_RULE_UNSUBACK_EMPTY,
                         r->at);
    while (r->at != r->end)
        native_mqtt_read_reason(r, packet->type);
}

void native_mqtt_put_suback(struct native_mqtt_writer *w, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_suback *s = &packet->as.suback;

    native_mqtt_put_u16(w, s->packet_id);
    native_mqtt_put_properties(w, packet->version, &s->properties);
    if (packet->type == NATIVE_MQTT_SUBACK || packet->version == NATIVE_MQTT_5_0)
        native_mqtt_put_raw(w, s->reasons.data, s->reasons.len);
}
