/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* rules.h - every rule that the decoder can find broken: one row, one rule.
 *
 * NATIVE_MQTT_RULES(X) calls X(name, level, reason, v5, v3, text) for each:
 *   level   from which strictness on the rule is enforced
 *   reason  reason code (2.4) that the receiver sends
 *   v5, v3  normative statement of MQTT 5.0 and of 3.1.1 as S(section, sub, subsub, number); 0: none
 *   text    what is wrong, in plain words (only names.c uses it)
 *
 * A statement [MQTT-a.b.c-n] is packed into 16 bits: aaa bbbb cccc nnnnn. 3.1.1 spells one of its own
 * [MQTT-3-8.3-4]; it has a number that no statement has, because MQTT-3.8.3-4 of 5.0 is another one. */
#ifndef NATIVE_MQTT_RULES_H
#define NATIVE_MQTT_RULES_H

#include "types.h"

#define NATIVE_MQTT_STATEMENT(a, b, c, n)                                                          \
    ((uint16_t)(((unsigned)(a) << 13) | ((unsigned)(b) << 9) | ((unsigned)(c) << 5) |              \
                (unsigned)(n)))

#define NATIVE_MQTT_STATEMENT_3_8_3_4 NATIVE_MQTT_STATEMENT(3, 8, 3, 31)

/* clang-format off */
#define NATIVE_MQTT_RULES_WITH(X, S)                                                               \
    X(NONE,                 LENIENT, 0x00, 0, 0, "no rule broken")                                 \
    /* the frame */                                                                                \
    X(TRUNCATED,            LENIENT, 0x81, 0, 0, "a field runs past the end of the packet or of its properties")        \
    X(TRAILING,             LENIENT, 0x81, 0, 0, "bytes are left over after the last field")       \
    X(VARINT_TOO_LONG,      LENIENT, 0x81, 0, 0, "a variable byte integer has more than four bytes") \
    X(VARINT_NOT_MINIMAL,   LENIENT, 0x81, S(1,5,5,1), 0, "a variable byte integer is longer than needed") \
    X(PACKET_TYPE,          LENIENT, 0x81, 0, 0, "no packet has this type in this version of MQTT") \
    X(FIRST_PACKET,         LENIENT, 0x82, S(3,1,0,1), S(3,1,0,1), "the first packet is not CONNECT") \
    X(SENDER,               LENIENT, 0x82, 0, 0, "this side of the connection never sends this packet") \
    X(REMAINING_LENGTH,     LENIENT, 0x81, 0, 0, "no packet of this type has this length")         \
    X(PACKET_TOO_LARGE,     LENIENT, 0x95, S(3,2,2,15), 0, "the packet is larger than the maximum packet size") \
    X(PACKET_TOO_LARGE_FOR_CLIENT, LENIENT, 0x95, S(3,1,2,24), 0, "the packet is larger than the client's maximum packet size") \
    X(FLAGS,                SPEC, 0x81, S(2,1,3,1), S(2,2,2,2), "reserved flag bits of the fixed header are set") \
    X(PUBREL_FLAGS,         SPEC, 0x81, S(3,6,1,1), S(3,6,1,1), "PUBREL flags are not 0010")       \
    X(SUBSCRIBE_FLAGS,      SPEC, 0x81, S(3,8,1,1), S(3,8,1,1), "SUBSCRIBE flags are not 0010")    \
    X(UNSUBSCRIBE_FLAGS,    SPEC, 0x81, S(3,10,1,1), S(3,10,1,1), "UNSUBSCRIBE flags are not 0010") \
    X(DISCONNECT_FLAGS,     SPEC, 0x81, S(3,14,1,1), S(3,14,1,1), "DISCONNECT flags are not 0000") \
    X(AUTH_FLAGS,           SPEC, 0x81, S(3,15,1,1), 0, "AUTH flags are not 0000")                 \
    /* strings and packet identifiers */                                                           \
    X(UTF8,                 SPEC, 0x81, S(1,5,4,1), S(1,5,3,1), "ill-formed UTF-8")                \
    X(UTF8_NUL,             SPEC, 0x81, S(1,5,4,2), S(1,5,3,2), "a string contains U+0000")        \
    X(UTF8_DISCOURAGED,     STRICT, 0x81, 0, 0, "a string contains a control character or non-character") \
    X(PACKET_ID,            SPEC, 0x82, S(2,2,1,3), S(2,3,1,1), "the packet identifier is 0")      \
    /* topics */                                                                                   \
    X(TOPIC_EMPTY,          SPEC, 0x82, S(4,7,3,1), S(4,7,3,1), "the topic is empty")              \
    X(TOPIC_WILDCARD,       SPEC, 0x81, S(3,3,2,2), S(3,3,2,2), "the topic name contains a wildcard") \
    X(WILL_TOPIC_WILDCARD,  SPEC, 0x81, S(4,7,0,1), S(4,7,1,1), "the will topic contains a wildcard") \
    X(RESPONSE_WILDCARD,    SPEC, 0x81, S(3,3,2,14), 0, "the response topic contains a wildcard")  \
    X(FILTER_HASH,          SPEC, 0x81, S(4,7,1,1), S(4,7,1,2), "# is not alone in the last level of the topic filter") \
    X(FILTER_PLUS,          SPEC, 0x81, S(4,7,1,2), S(4,7,1,3), "+ is not alone in its level of the topic filter") \
    X(SHARE_NAME,           SPEC, 0x81, S(4,8,2,1), 0, "a shared subscription has no share name")  \
    X(SHARE_FILTER,         SPEC, 0x81, S(4,8,2,2), 0, "a shared subscription has a wildcard in its name or no topic filter") \
    /* CONNECT and CONNACK */                                                                      \
    X(PROTOCOL_NAME,        LENIENT, 0x84, S(3,1,2,1), S(3,1,2,1), "the protocol name is not MQTT (or MQIsdp with level 3)") \
    X(PROTOCOL_VERSION,     LENIENT, 0x84, S(3,1,2,2), S(3,1,2,2), "the protocol version is not 3, 4 or 5") \
    X(CONNECT_RESERVED,     SPEC, 0x81, S(3,1,2,3), S(3,1,2,3), "the reserved connect flag is set") \
    X(WILL_QOS,             LENIENT, 0x81, S(3,1,2,12), S(3,1,2,14), "the will QoS is 3")          \
    X(WILL_QOS_ALONE,       SPEC, 0x81, S(3,1,2,11), S(3,1,2,13), "there is a will QoS without a will") \
    X(WILL_RETAIN_ALONE,    SPEC, 0x81, S(3,1,2,13), S(3,1,2,15), "there is a will retain flag without a will") \
    X(PASSWORD_ALONE,       SPEC, 0x81, 0, S(3,1,2,22), "there is a password without a user name") \
    X(CLIENT_ID,            SPEC, 0x85, 0, S(3,1,3,8), "an empty client identifier asks for a kept session") \
    X(CLIENT_ID_LENGTH,     STRICT, 0x85, 0, 0, "MQTT 3.1 wants a client identifier of 1 to 23 characters") \
    X(CONNACK_FLAGS,        SPEC, 0x81, S(3,2,2,1), 0, "reserved connect acknowledge flags are set") \
    X(SESSION_PRESENT,      SPEC, 0x82, S(3,2,2,6), S(3,2,2,4), "a refused connection has a session present") \
    /* PUBLISH */                                                                                  \
    X(QOS,                  LENIENT, 0x81, S(3,3,1,4), S(3,3,1,4), "the QoS is 3")                 \
    X(DUP,                  SPEC, 0x81, S(3,3,1,2), S(3,3,1,2), "DUP is set at QoS 0")             \
    X(PAYLOAD_FORMAT,       STRICT, 0x99, 0, 0, "the payload is announced as UTF-8 and is not")    \
    /* SUBSCRIBE, UNSUBSCRIBE and their answers */                                                 \
    X(SUBSCRIBE_EMPTY,      SPEC, 0x82, S(3,8,3,2), S(3,8,3,3), "SUBSCRIBE without a topic filter") \
    X(SUBSCRIBE_QOS,        LENIENT, 0x82, 0, S(3,8,3,31), "the requested QoS is 3")                \
    X(SUBSCRIBE_RESERVED,   SPEC, 0x81, S(3,8,3,5), S(3,8,3,31), "reserved subscription option bits are set") \
    X(RETAIN_HANDLING,      SPEC, 0x82, 0, 0, "the retain handling option is 3")                   \
    X(NO_LOCAL_SHARED,      SPEC, 0x82, S(3,8,3,4), 0, "no local is set on a shared subscription") \
    X(UNSUBSCRIBE_EMPTY,    SPEC, 0x82, S(3,10,3,2), S(3,10,3,2), "UNSUBSCRIBE without a topic filter") \
    X(SUBACK_EMPTY,         SPEC, 0x82, S(3,8,4,6), S(3,8,4,5), "SUBACK without a reason code")    \
    X(UNSUBACK_EMPTY,       SPEC, 0x82, S(3,11,3,2), 0, "UNSUBACK without a reason code")          \
    /* reason codes, by packet */                                                                  \
    X(CONNACK_REASON,       SPEC, 0x82, S(3,2,2,8), 0, "CONNACK never has this reason code")       \
    X(PUBACK_REASON,        SPEC, 0x82, S(3,4,2,1), 0, "PUBACK never has this reason code")        \
    X(PUBREC_REASON,        SPEC, 0x82, S(3,5,2,1), 0, "PUBREC never has this reason code")        \
    X(PUBREL_REASON,        SPEC, 0x82, S(3,6,2,1), 0, "PUBREL never has this reason code")        \
    X(PUBCOMP_REASON,       SPEC, 0x82, S(3,7,2,1), 0, "PUBCOMP never has this reason code")       \
    X(SUBACK_REASON,        SPEC, 0x82, S(3,9,3,2), S(3,9,3,2), "SUBACK never has this reason code") \
    X(UNSUBACK_REASON,      SPEC, 0x82, S(3,11,3,2), 0, "UNSUBACK never has this reason code")     \
    X(DISCONNECT_REASON,    SPEC, 0x82, S(3,14,2,1), 0, "DISCONNECT never has this reason code")   \
    X(AUTH_REASON,          SPEC, 0x82, S(3,15,2,1), 0, "AUTH never has this reason code")         \
    X(DISCONNECT_SENDER,    STRICT, 0x82, S(3,14,2,1), 0, "this side never sends this reason code in DISCONNECT") \
    X(AUTH_SENDER,          STRICT, 0x82, S(3,15,2,1), 0, "this side never sends this reason code in AUTH") \
    /* properties */                                                                               \
    X(PROPERTIES_MISSING,   LENIENT, 0x81, S(2,2,2,1), 0, "the property length is missing")        \
    X(PROPERTIES_LENGTH,    LENIENT, 0x81, 0, 0, "the property length runs past the end of the packet") \
    X(PROPERTY_UNKNOWN,     LENIENT, 0x81, 0, 0, "no property has this identifier")                \
    X(PROPERTY_PACKET,      SPEC, 0x81, 0, 0, "this property does not belong into this packet")    \
    X(PROPERTY_TWICE,       SPEC, 0x82, 0, 0, "a property that may occur once occurs twice")       \
    X(PROPERTY_VALUE,       SPEC, 0x82, 0, 0, "the value of a property is out of range")           \
    X(TOPIC_ALIAS,          SPEC, 0x94, S(3,3,2,8), 0, "the topic alias is 0")                     \
    X(SUBSCRIPTION_ID,      SPEC, 0x82, S(3,3,4,6), 0, "a client sent a subscription identifier in PUBLISH") \
    X(SESSION_EXPIRY,       SPEC, 0x82, S(3,14,2,2), 0, "a server sent a session expiry interval in DISCONNECT") \
    X(SERVER_REFERENCE,     STRICT, 0x82, 0, 0, "a client sent a server reference in DISCONNECT")  \
    X(AUTH_METHOD,          SPEC, 0x82, 0, 0, "authentication data without an authentication method") \
    X(AUTH_METHOD_MISSING,  SPEC, 0x82, S(4,12,0,5), 0, "AUTH without an authentication method")
/* clang-format on */

#define NATIVE_MQTT_RULES(X) NATIVE_MQTT_RULES_WITH(X, NATIVE_MQTT_STATEMENT)

#define NATIVE_MQTT_RULE_MEMBER(name, level, reason, v5, v3, text) NATIVE_MQTT_RULE_##name,
enum native_mqtt_rule { NATIVE_MQTT_RULES(NATIVE_MQTT_RULE_MEMBER) NATIVE_MQTT_RULE_COUNT };
#undef NATIVE_MQTT_RULE_MEMBER

#endif
