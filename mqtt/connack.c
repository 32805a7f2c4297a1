/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* connack.c - CONNACK (MQTT 5.0 and 3.1.1, 3.2).
 *
 *   acknowledge flags | reason code | properties (5.0) */
#include "fields.h"

enum { SESSION_PRESENT = 0x01, UNSPECIFIED_ERROR = 0x80 };

uint8_t native_mqtt_connack_reason(unsigned version, unsigned code)
{
    static const uint8_t reasons[] = {0x00, 0x84, 0x85, 0x88, 0x86, 0x87};

    if (version >= NATIVE_MQTT_5_0)
        return (uint8_t)code;
    return code < sizeof(reasons) ? reasons[code] : UNSPECIFIED_ERROR;
}

void native_mqtt_read_connack(struct native_mqtt_reader *r, unsigned fixed_flags,
                              struct native_mqtt_packet *packet)
{
    struct native_mqtt_connack *c = &packet->as.connack;
    const uint8_t *first = r->at;
    uint8_t flags = native_mqtt_read_u8(r);

    (void)fixed_flags;
    /* MQTT 3.1 has no session present flag: all eight bits are unused there. */
    if (flags & ~SESSION_PRESENT)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_CONNACK_FLAGS, first);
    c->session_present = flags & SESSION_PRESENT;
    c->reason = native_mqtt_read_reason(r, NATIVE_MQTT_CONNACK);
    if (c->session_present && c->reason)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_SESSION_PRESENT, first);
    native_mqtt_read_properties(r, 1u << NATIVE_MQTT_CONNACK, &c->properties);
}

void native_mqtt_put_connack(struct native_mqtt_writer *w, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connack *c = &packet->as.connack;

    native_mqtt_put_u8(w, c->session_present ? SESSION_PRESENT : 0);
    native_mqtt_put_u8(w, c->reason);
    native_mqtt_put_properties(w, packet->version, &c->properties);
}
