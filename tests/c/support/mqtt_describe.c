/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_describe.c - a decoded packet in the words of the test vectors, and packets compared. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mqtt_vector.h"

struct text {
    char *data;
    size_t len, size;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *t, const char *format, ...)
{
    va_list args;
    int n;

    for (;;) {
        size_t room = t->size - t->len;

        va_start(args, format);
        n = vsnprintf(t->data ? t->data + t->len : NULL, room, format, args);
        va_end(args);
        if (n < 0)
            abort();
        if ((size_t)n < room)
            break;
        t->size = (t->size + (size_t)n + 1) * 2;
        t->data = realloc(t->data, t->size);
        if (!t->data)
            abort();
    }
    t->len += (size_t)n;
}

static void add_byte(struct text *t, uint8_t c)
{
    if (c == '"' || c == '\\')
        add(t, "\\%c", c);
    else if (c < 0x20 || c > 0x7e)
        add(t, "\\x%02x", c);
    else
        add(t, "%c", c);
}

static void add_string(struct text *t, const struct native_mqtt_span *s)
{
    size_t same = 0, shown = s->len;

    while (same < s->len && s->data[same] == s->data[0])
        same++;
    if (s->len > 32 && same == s->len)
        shown = 1;
    add(t, "\"");
    for (size_t i = 0; i < shown; i++)
        add_byte(t, s->data[i]);
    add(t, "\"");
    if (shown != s->len)
        add(t, "*%lu", (unsigned long)s->len); /* newlib knows no z */
}

static const char *property_name(unsigned id)
{
    static const char *const names[NATIVE_MQTT_PROPERTY_ID_MAX + 1] = {
        [0x01] = "payload_format_indicator",
        [0x02] = "message_expiry_interval",
        [0x03] = "content_type",
        [0x08] = "response_topic",
        [0x09] = "correlation_data",
        [0x0b] = "subscription_identifier",
        [0x11] = "session_expiry_interval",
        [0x12] = "assigned_client_identifier",
        [0x13] = "server_keep_alive",
        [0x15] = "authentication_method",
        [0x16] = "authentication_data",
        [0x17] = "request_problem_information",
        [0x18] = "will_delay_interval",
        [0x19] = "request_response_information",
        [0x1a] = "response_information",
        [0x1c] = "server_reference",
        [0x1f] = "reason_string",
        [0x21] = "receive_maximum",
        [0x22] = "topic_alias_maximum",
        [0x23] = "topic_alias",
        [0x24] = "maximum_qos",
        [0x25] = "retain_available",
        [0x26] = "user_property",
        [0x27] = "maximum_packet_size",
        [0x28] = "wildcard_subscription_available",
        [0x29] = "subscription_identifier_available",
        [0x2a] = "shared_subscription_available"};

    return id <= NATIVE_MQTT_PROPERTY_ID_MAX && names[id] ? names[id] : "?";
}

static void add_properties(struct text *t, const char *name,
                           const struct native_mqtt_properties *block)
{
    struct native_mqtt_properties rest = *block;
    struct native_mqtt_property p;

    while (native_mqtt_property_next(&rest, &p)) {
        add(t, "%s = %s ", name, property_name(p.id));
        if (p.type < NATIVE_MQTT_PROPERTY_TEXT) {
            add(t, "%lu", (unsigned long)p.number);
        } else {
            if (p.type == NATIVE_MQTT_PROPERTY_PAIR) {
                add_string(t, &p.name);
                add(t, " ");
            }
            add_string(t, &p.value);
        }
        add(t, "\n");
    }
    if (rest.len)
        add(t, "%s = left over %zu\n", name, rest.len);
}

static void add_flag(struct text *t, const char *name, bool value)
{
    if (value)
        add(t, "%s = yes\n", name);
}

static void add_number(struct text *t, const char *name, unsigned value)
{
    if (value)
        add(t, "%s = %u\n", name, value);
}

static void add_span(struct text *t, const char *name, const struct native_mqtt_span *s,
                     bool always)
{
    if (s->len == 0 && !always)
        return;
    add(t, "%s = ", name);
    add_string(t, s);
    add(t, "\n");
}

static void add_connect(struct text *t, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connect *c = &packet->as.connect;

    add(t, "level = %s\n", packet->version == 3 ? "3.1" : packet->version == 4 ? "3.1.1" : "5.0");
    add_flag(t, "clean_start", c->clean_start);
    add_number(t, "keep_alive", c->keep_alive);
    add_properties(t, "property", &c->properties);
    add_span(t, "client_id", &c->client_id, false);
    if (c->has_will) {
        add_number(t, "will.qos", c->will.qos);
        add_flag(t, "will.retain", c->will.retain);
        add_properties(t, "will.property", &c->will.properties);
        add_span(t, "will.topic", &c->will.topic, true);
        add_span(t, "will.payload", &c->will.payload, false);
    }
    if (c->has_user_name)
        add_span(t, "user_name", &c->user_name, true);
    if (c->has_password)
        add_span(t, "password", &c->password, true);
}

static void add_publish(struct text *t, const struct native_mqtt_publish *p)
{
    add_flag(t, "dup", p->dup);
    add_number(t, "qos", p->qos);
    add_flag(t, "retain", p->retain);
    add_span(t, "topic", &p->topic, false);
    add_number(t, "packet_id", p->packet_id);
    add_properties(t, "property", &p->properties);
    add_span(t, "payload", &p->payload, false);
}

static void add_ack(struct text *t, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_ack *a = &packet->as.ack;

    if (packet->type <= NATIVE_MQTT_PUBCOMP)
        add_number(t, "packet_id", a->packet_id);
    if (a->reason)
        add(t, "reason = 0x%02x\n", a->reason);
    if (packet->version == NATIVE_MQTT_5_0 && a->form)
        add(t, "form = %s\n", a->form == NATIVE_MQTT_FORM_REASON ? "reason" : "full");
    add_properties(t, "property", &a->properties);
}

static void add_subscribe(struct text *t, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_subscribe *s = &packet->as.subscribe;
    bool with_options = packet->type == NATIVE_MQTT_SUBSCRIBE;
    struct native_mqtt_span rest = s->filters;
    struct native_mqtt_subscription one;

    add_number(t, "packet_id", s->packet_id);
    add_properties(t, "property", &s->properties);
    while (native_mqtt_subscription_next(&rest, with_options, &one)) {
        add(t, "filter = ");
        add_string(t, &one.filter);
        if (with_options)
            add(t, " 0x%02x", one.options);
        add(t, "\n");
    }
    if (rest.len)
        add(t, "filter = left over %zu\n", rest.len);
}

static void add_suback(struct text *t, const struct native_mqtt_suback *s)
{
    add_number(t, "packet_id", s->packet_id);
    add_properties(t, "property", &s->properties);
    if (s->reasons.len) {
        add(t, "reasons =");
        for (size_t i = 0; i < s->reasons.len; i++)
            add(t, " 0x%02x", s->reasons.data[i]);
        add(t, "\n");
    }
}

void vector_describe(const struct native_mqtt_packet *packet, char **out)
{
    static const char *const types[] = {"?",         "CONNECT",  "CONNACK",     "PUBLISH",
                                        "PUBACK",    "PUBREC",   "PUBREL",      "PUBCOMP",
                                        "SUBSCRIBE", "SUBACK",   "UNSUBSCRIBE", "UNSUBACK",
                                        "PINGREQ",   "PINGRESP", "DISCONNECT",  "AUTH"};
    struct text t = {NULL, 0, 0};

    add(&t, "type = %s\n", packet->type <= 15 ? types[packet->type] : "?");
    switch (packet->type) {
    case NATIVE_MQTT_CONNECT:
        add_connect(&t, packet);
        break;
    case NATIVE_MQTT_CONNACK:
        add_flag(&t, "session_present", packet->as.connack.session_present);
        if (packet->as.connack.reason)
            add(&t, "reason = 0x%02x\n", packet->as.connack.reason);
        add_properties(&t, "property", &packet->as.connack.properties);
        break;
    case NATIVE_MQTT_PUBLISH:
        add_publish(&t, &packet->as.publish);
        break;
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        add_subscribe(&t, packet);
        break;
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        add_suback(&t, &packet->as.suback);
        break;
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        break;
    default:
        add_ack(&t, packet);
    }
    *out = t.data;
}

/* Whether a field line only says what is so anyway. */
static bool is_default(const char *line)
{
    static const char *const always[] = {"type",     "level",  "will.topic", "user_name",
                                         "password", "filter", "property",   "will.property",
                                         "reasons",  NULL};
    const char *value = strstr(line, " = ") + 3;
    size_t name_len = strcspn(line, " ");

    for (size_t i = 0; always[i]; i++)
        if (strlen(always[i]) == name_len && memcmp(line, always[i], name_len) == 0)
            return false;
    return strcmp(value, "no") == 0 || strcmp(value, "0") == 0 || strcmp(value, "0x00") == 0 ||
           strcmp(value, "\"\"") == 0 || strcmp(value, "short") == 0;
}

void vector_expected(const struct vector *vector, char **out)
{
    struct text t = {NULL, 0, 0};

    add(&t, "%s", "");
    for (size_t i = 0; i < vector->field_count; i++)
        if (!is_default(vector->fields[i]))
            add(&t, "%s\n", vector->fields[i]);
    *out = t.data;
}

void vector_statement(unsigned s, char out[32])
{
    if (s == 0)
        strcpy(out, "none");
    else if (s == NATIVE_MQTT_STATEMENT_3_8_3_4)
        strcpy(out, "MQTT-3-8.3-4");
    else
        snprintf(out, 32, "MQTT-%u.%u.%u-%u", s >> 13, s >> 9 & 15, s >> 5 & 15, s & 31);
}

static bool same_bytes(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len)
{
    return a_len == b_len && (a_len == 0 || memcmp(a, b, a_len) == 0);
}

static bool same_span(const struct native_mqtt_span *a, const struct native_mqtt_span *b)
{
    return same_bytes(a->data, a->len, b->data, b->len);
}

static bool same_properties(const struct native_mqtt_properties *a,
                            const struct native_mqtt_properties *b)
{
    return same_bytes(a->data, a->len, b->data, b->len) && a->seen == b->seen;
}

static bool same_will(const struct native_mqtt_will *a, const struct native_mqtt_will *b)
{
    return same_span(&a->topic, &b->topic) && same_span(&a->payload, &b->payload) &&
           same_properties(&a->properties, &b->properties) && a->qos == b->qos &&
           a->retain == b->retain;
}

static bool same_connect(const struct native_mqtt_connect *a, const struct native_mqtt_connect *b)
{
    return same_span(&a->client_id, &b->client_id) && same_span(&a->user_name, &b->user_name) &&
           same_span(&a->password, &b->password) &&
           same_properties(&a->properties, &b->properties) && same_will(&a->will, &b->will) &&
           a->keep_alive == b->keep_alive && a->clean_start == b->clean_start &&
           a->has_will == b->has_will && a->has_user_name == b->has_user_name &&
           a->has_password == b->has_password;
}

static bool same_publish(const struct native_mqtt_publish *a, const struct native_mqtt_publish *b)
{
    return same_span(&a->topic, &b->topic) && same_span(&a->payload, &b->payload) &&
           same_properties(&a->properties, &b->properties) && a->packet_id == b->packet_id &&
           a->qos == b->qos && a->dup == b->dup && a->retain == b->retain;
}

bool vector_same(const struct native_mqtt_packet *a, const struct native_mqtt_packet *b)
{
    if (a->type != b->type || a->version != b->version)
        return false;
    switch (a->type) {
    case NATIVE_MQTT_CONNECT:
        return same_connect(&a->as.connect, &b->as.connect);
    case NATIVE_MQTT_CONNACK:
        return a->as.connack.reason == b->as.connack.reason &&
               a->as.connack.session_present == b->as.connack.session_present &&
               same_properties(&a->as.connack.properties, &b->as.connack.properties);
    case NATIVE_MQTT_PUBLISH:
        return same_publish(&a->as.publish, &b->as.publish);
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        return a->as.subscribe.packet_id == b->as.subscribe.packet_id &&
               same_span(&a->as.subscribe.filters, &b->as.subscribe.filters) &&
               same_properties(&a->as.subscribe.properties, &b->as.subscribe.properties);
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        return a->as.suback.packet_id == b->as.suback.packet_id &&
               same_span(&a->as.suback.reasons, &b->as.suback.reasons) &&
               same_properties(&a->as.suback.properties, &b->as.suback.properties);
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        return true;
    default:
        return a->as.ack.packet_id == b->as.ack.packet_id && a->as.ack.reason == b->as.ack.reason &&
               a->as.ack.form == b->as.ack.form &&
               same_properties(&a->as.ack.properties, &b->as.ack.properties);
    }
}
