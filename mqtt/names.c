/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* names.c - the tables of texts. */
#include "names.h"

#include <string.h>

#include "property.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *native_mqtt_type_name(unsigned type)
{
    static const char *const names[] = {
        NULL,      "CONNECT",  "CONNACK",    "PUBLISH", "PUBACK",      "PUBREC",
        "PUBREL",  "PUBCOMP",  "SUBSCRIBE",  "SUBACK",  "UNSUBSCRIBE", "UNSUBACK",
        "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    };

    return type < COUNT(names) ? names[type] : NULL;
}

/* Codes below 0x80 in general: not many, and far apart. */
static const struct success {
    unsigned char code;
    const char *name;
} successes[] = {
    {0x00, "Success"},
    {0x01, "Granted QoS 1"},
    {0x02, "Granted QoS 2"},
    {0x04, "Disconnect with Will Message"},
    {0x10, "No matching subscribers"},
    {0x11, "No subscription existed"},
    {0x18, "Continue authentication"},
    {0x19, "Re-authenticate"},
};

/* Codes from 0x80 on, without a gap. */
static const char *const failures[] = {
    "Unspecified error",                      /* 80 */
    "Malformed Packet",                       /* 81 */
    "Protocol Error",                         /* 82 */
    "Implementation specific error",          /* 83 */
    "Unsupported Protocol Version",           /* 84 */
    "Client Identifier not valid",            /* 85 */
    "Bad User Name or Password",              /* 86 */
    "Not authorized",                         /* 87 */
    "Server unavailable",                     /* 88 */
    "Server busy",                            /* 89 */
    "Banned",                                 /* 8a */
    "Server shutting down",                   /* 8b */
    "Bad authentication method",              /* 8c */
    "Keep Alive timeout",                     /* 8d */
    "Session taken over",                     /* 8e */
    "Topic Filter invalid",                   /* 8f */
    "Topic Name invalid",                     /* 90 */
    "Packet Identifier in use",               /* 91 */
    "Packet Identifier not found",            /* 92 */
    "Receive Maximum exceeded",               /* 93 */
    "Topic Alias invalid",                    /* 94 */
    "Packet too large",                       /* 95 */
    "Message rate too high",                  /* 96 */
    "Quota exceeded",                         /* 97 */
    "Administrative action",                  /* 98 */
    "Payload format invalid",                 /* 99 */
    "Retain not supported",                   /* 9a */
    "QoS not supported",                      /* 9b */
    "Use another server",                     /* 9c */
    "Server moved",                           /* 9d */
    "Shared Subscriptions not supported",     /* 9e */
    "Connection rate exceeded",               /* 9f */
    "Maximum connect time",                   /* a0 */
    "Subscription Identifiers not supported", /* a1 */
    "Wildcard Subscriptions not supported",   /* a2 */
};

/* The return codes of CONNACK before MQTT 5.0. */
static const char *const return_codes[] = {
    "Connection accepted", "Unacceptable protocol version", "Identifier rejected",
    "Server unavailable",  "Bad user name or password",     "Not authorized",
};

const char *native_mqtt_reason_name(unsigned version, unsigned type, unsigned reason)
{
    bool v5 = version >= NATIVE_MQTT_5_0;

    if (!v5 && type == NATIVE_MQTT_CONNACK && reason < COUNT(return_codes))
        return return_codes[reason];
    if (!v5 && type == NATIVE_MQTT_SUBACK && reason == 0x80)
        return "Failure";
    if (reason == 0 && type == NATIVE_MQTT_SUBACK)
        return "Granted QoS 0";
    if (reason == 0 && type == NATIVE_MQTT_DISCONNECT)
        return "Normal disconnection";
    for (size_t i = 0; i < COUNT(successes); i++)
        if (successes[i].code == reason)
            return successes[i].name;
    return reason >= 0x80 && reason - 0x80 < COUNT(failures) ? failures[reason - 0x80] : NULL;
}

const char *native_mqtt_property_name(unsigned id)
{
    static const char *const names[NATIVE_MQTT_PROPERTY_ID_MAX + 1] = {
        [NATIVE_MQTT_PAYLOAD_FORMAT_INDICATOR] = "Payload Format Indicator",
        [NATIVE_MQTT_MESSAGE_EXPIRY_INTERVAL] = "Message Expiry Interval",
        [NATIVE_MQTT_CONTENT_TYPE] = "Content Type",
        [NATIVE_MQTT_RESPONSE_TOPIC] = "Response Topic",
        [NATIVE_MQTT_CORRELATION_DATA] = "Correlation Data",
        [NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER] = "Subscription Identifier",
        [NATIVE_MQTT_SESSION_EXPIRY_INTERVAL] = "Session Expiry Interval",
        [NATIVE_MQTT_ASSIGNED_CLIENT_IDENTIFIER] = "Assigned Client Identifier",
        [NATIVE_MQTT_SERVER_KEEP_ALIVE] = "Server Keep Alive",
        [NATIVE_MQTT_AUTHENTICATION_METHOD] = "Authentication Method",
        [NATIVE_MQTT_AUTHENTICATION_DATA] = "Authentication Data",
        [NATIVE_MQTT_REQUEST_PROBLEM_INFORMATION] = "Request Problem Information",
        [NATIVE_MQTT_WILL_DELAY_INTERVAL] = "Will Delay Interval",
        [NATIVE_MQTT_REQUEST_RESPONSE_INFORMATION] = "Request Response Information",
        [NATIVE_MQTT_RESPONSE_INFORMATION] = "Response Information",
        [NATIVE_MQTT_SERVER_REFERENCE] = "Server Reference",
        [NATIVE_MQTT_REASON_STRING] = "Reason String",
        [NATIVE_MQTT_RECEIVE_MAXIMUM] = "Receive Maximum",
        [NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM] = "Topic Alias Maximum",
        [NATIVE_MQTT_TOPIC_ALIAS] = "Topic Alias",
        [NATIVE_MQTT_MAXIMUM_QOS] = "Maximum QoS",
        [NATIVE_MQTT_RETAIN_AVAILABLE] = "Retain Available",
        [NATIVE_MQTT_USER_PROPERTY] = "User Property",
        [NATIVE_MQTT_MAXIMUM_PACKET_SIZE] = "Maximum Packet Size",
        [NATIVE_MQTT_WILDCARD_SUBSCRIPTION_AVAILABLE] = "Wildcard Subscription Available",
        [NATIVE_MQTT_SUBSCRIPTION_IDENTIFIER_AVAILABLE] = "Subscription Identifier Available",
        [NATIVE_MQTT_SHARED_SUBSCRIPTION_AVAILABLE] = "Shared Subscription Available",
    };

    return id < COUNT(names) ? names[id] : NULL;
}

const char *native_mqtt_rule_name(unsigned rule)
{
#define NAME(name, level, reason, v5, v3, text) #name,
    static const char *const names[] = {NATIVE_MQTT_RULES(NAME)};
#undef NAME

    return rule < COUNT(names) ? names[rule] : NULL;
}

const char *native_mqtt_rule_text(unsigned rule)
{
#define TEXT(name, level, reason, v5, v3, text) text,
    static const char *const texts[] = {NATIVE_MQTT_RULES(TEXT)};
#undef TEXT

    return rule < COUNT(texts) ? texts[rule] : NULL;
}

/* Append a number below 100. */
static char *put_number(char *at, unsigned number)
{
    if (number >= 10)
        *at++ = (char)('0' + number / 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

size_t native_mqtt_statement_text(unsigned statement, char *out, size_t out_len)
{
    char text[NATIVE_MQTT_STATEMENT_TEXT_MAX] = "MQTT-";
    char *at = text;
    bool odd = statement == NATIVE_MQTT_STATEMENT_3_8_3_4;
    size_t len;

    /* rules.h: aaa bbbb cccc nnnnn */
    if (statement) {
        at = put_number(at + 5, statement >> 13 & 7);
        *at++ = odd ? '-' : '.';
        at = put_number(at, statement >> 9 & 15);
        *at++ = '.';
        at = put_number(at, statement >> 5 & 15);
        *at++ = '-';
        at = put_number(at, odd ? 4 : statement & 31);
    }
    len = (size_t)(at - text);
    if (out_len > 0)
        out[0] = '\0';
    if (len < out_len) {
        memcpy(out, text, len);
        out[len] = '\0';
    }
    return len;
}
