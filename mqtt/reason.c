/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* reason.c - which packet can have which reason code (MQTT 5.0, 2.4; 3.1.1: 3.2.2.3 and 3.9.3). */
#include "fields.h"

#define IN(type) (1u << NATIVE_MQTT_##type)
#define PUBLISHED (IN(PUBACK) | IN(PUBREC))
#define ACKS (PUBLISHED | IN(PUBREL) | IN(PUBCOMP))
#define SUBS (IN(SUBACK) | IN(UNSUBACK))

enum { FAILURE = 0x80 };

/* Codes below 0x80: not many, and far apart. */
static const struct success {
    uint8_t code;
    uint16_t packets;
} successes[] = {
    {0x00, IN(CONNACK) | ACKS | SUBS | IN(DISCONNECT) | IN(AUTH)},
    {0x01, IN(SUBACK)},
    {0x02, IN(SUBACK)},
    {0x04, IN(DISCONNECT)},
    {0x10, PUBLISHED},
    {0x11, IN(UNSUBACK)},
    {0x18, IN(AUTH)},
    {0x19, IN(AUTH)},
};

/* Codes from 0x80 on, without a gap. */
static const uint16_t failures[] = {
    IN(CONNACK) | PUBLISHED | SUBS | IN(DISCONNECT),       /* 80 unspecified error */
    IN(CONNACK) | IN(DISCONNECT),                          /* 81 malformed packet */
    IN(CONNACK) | IN(DISCONNECT),                          /* 82 protocol error */
    IN(CONNACK) | PUBLISHED | SUBS | IN(DISCONNECT),       /* 83 implementation specific error */
    IN(CONNACK),                                           /* 84 unsupported protocol version */
    IN(CONNACK),                                           /* 85 client identifier not valid */
    IN(CONNACK),                                           /* 86 bad user name or password */
    IN(CONNACK) | PUBLISHED | SUBS | IN(DISCONNECT),       /* 87 not authorized */
    IN(CONNACK),                                           /* 88 server unavailable */
    IN(CONNACK) | IN(DISCONNECT),                          /* 89 server busy */
    IN(CONNACK),                                           /* 8a banned */
    IN(DISCONNECT),                                        /* 8b server shutting down */
    IN(CONNACK) | IN(DISCONNECT),                          /* 8c bad authentication method */
    IN(DISCONNECT),                                        /* 8d keep alive timeout */
    IN(DISCONNECT),                                        /* 8e session taken over */
    SUBS | IN(DISCONNECT),                                 /* 8f topic filter invalid */
    IN(CONNACK) | PUBLISHED | IN(DISCONNECT),              /* 90 topic name invalid */
    PUBLISHED | SUBS,                                      /* 91 packet identifier in use */
    IN(PUBREL) | IN(PUBCOMP),                              /* 92 packet identifier not found */
    IN(DISCONNECT),                                        /* 93 receive maximum exceeded */
    IN(DISCONNECT),                                        /* 94 topic alias invalid */
    IN(CONNACK) | IN(DISCONNECT),                          /* 95 packet too large */
    IN(DISCONNECT),                                        /* 96 message rate too high */
    IN(CONNACK) | PUBLISHED | IN(SUBACK) | IN(DISCONNECT), /* 97 quota exceeded */
    IN(DISCONNECT),                                        /* 98 administrative action */
    IN(CONNACK) | PUBLISHED | IN(DISCONNECT),              /* 99 payload format invalid */
    IN(CONNACK) | IN(DISCONNECT),                          /* 9a retain not supported */
    IN(CONNACK) | IN(DISCONNECT),                          /* 9b QoS not supported */
    IN(CONNACK) | IN(DISCONNECT),                          /* 9c use another server */
    IN(CONNACK) | IN(DISCONNECT),                          /* 9d server moved */
    IN(SUBACK) | IN(DISCONNECT),                           /* 9e shared subscriptions unsupported */
    IN(CONNACK) | IN(DISCONNECT),                          /* 9f connection rate exceeded */
    IN(DISCONNECT),                                        /* a0 maximum connect time */
    IN(SUBACK) | IN(DISCONNECT),                           /* a1 subscription ids unsupported */
    IN(SUBACK) | IN(DISCONNECT),                           /* a2 wildcards unsupported */
};

enum { FAILURES = sizeof(failures) / sizeof(failures[0]) };

bool native_mqtt_reason_allowed(unsigned version, unsigned type, unsigned reason)
{
    unsigned packets = 0;

    if (version < NATIVE_MQTT_5_0) {
        if (type == NATIVE_MQTT_SUBACK)
            return reason <= 2 || reason == FAILURE;
        return reason == 0 || (type == NATIVE_MQTT_CONNACK && reason <= 5);
    }
    if (reason >= FAILURE)
        packets = reason - FAILURE < FAILURES ? failures[reason - FAILURE] : 0;
    else
        for (size_t i = 0; i < sizeof(successes) / sizeof(successes[0]); i++)
            if (successes[i].code == reason)
                packets = successes[i].packets;
    return packets >> type & 1;
}

void native_mqtt_check_reason(struct native_mqtt_reader *r, unsigned type, const uint8_t *where)
{
    /* Each packet has a rule of its own, because each has a statement of its own. */
    static const uint8_t rules[] = {
        [NATIVE_MQTT_CONNACK] = NATIVE_MQTT_RULE_CONNACK_REASON,
        [NATIVE_MQTT_PUBACK] = NATIVE_MQTT_RULE_PUBACK_REASON,
        [NATIVE_MQTT_PUBREC] = NATIVE_MQTT_RULE_PUBREC_REASON,
        [NATIVE_MQTT_PUBREL] = NATIVE_MQTT_RULE_PUBREL_REASON,
        [NATIVE_MQTT_PUBCOMP] = NATIVE_MQTT_RULE_PUBCOMP_REASON,
        [NATIVE_MQTT_SUBACK] = NATIVE_MQTT_RULE_SUBACK_REASON,
        [NATIVE_MQTT_UNSUBACK] = NATIVE_MQTT_RULE_UNSUBACK_REASON,
        [NATIVE_MQTT_DISCONNECT] = NATIVE_MQTT_RULE_DISCONNECT_REASON,
        [NATIVE_MQTT_AUTH] = NATIVE_MQTT_RULE_AUTH_REASON,
    };

    if (!native_mqtt_reason_allowed(r->version, type, *where))
        native_mqtt_fail(r, (enum native_mqtt_rule)rules[type], where);
}

uint8_t native_mqtt_read_reason(struct native_mqtt_reader *r, unsigned type)
{
    const uint8_t *where = r->at;
    uint8_t reason = native_mqtt_read_u8(r);

    if (!r->failed)
        native_mqtt_check_reason(r, type, where);
    return reason;
}
