/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_script_text.c - what a client sends, in words. */
#include "mqtt_script.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct text {
    char *at;
    size_t left;
};

__attribute__((format(printf, 2, 3))) static void add(struct text *t, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(t->at, t->left, format, args);
    va_end(args);
    if (n < 0)
        n = 0;
    if ((size_t)n >= t->left)
        n = t->left ? (int)t->left - 1 : 0;
    t->at += n;
    t->left -= (size_t)n;
}

static void add_publish(struct text *t, const struct native_mqtt_publish *p)
{
    uint32_t alias = native_mqtt_property_number(&p->properties, NATIVE_MQTT_TOPIC_ALIAS, 0);

    add(t, "PUBLISH q%u", p->qos);
    if (p->qos)
        add(t, " #%u", p->packet_id);
    if (p->dup)
        add(t, " dup");
    if (p->retain)
        add(t, " retain");
    add(t, " %.*s", (int)p->topic.len, (const char *)p->topic.data);
    if (alias)
        add(t, "@%u", (unsigned)alias);
    add(t, " %zu", p->payload.len);
}

static void add_filters(struct text *t, const char *name, const struct native_mqtt_subscribe *s,
                        bool with_options)
{
    struct native_mqtt_span filters = s->filters;
    struct native_mqtt_subscription one;
    const char *separator = " ";

    add(t, "%s #%u", name, s->packet_id);
    while (native_mqtt_subscription_next(&filters, with_options, &one)) {
        add(t, "%s%.*s", separator, (int)one.filter.len, (const char *)one.filter.data);
        separator = ",";
    }
}

static void add_ack(struct text *t, const char *name, const struct native_mqtt_ack *ack)
{
    add(t, "%s", name);
    if (ack->packet_id)
        add(t, " #%u", ack->packet_id);
    if (ack->reason)
        add(t, " %02x", ack->reason);
    if (ack->properties.len)
        add(t, " +properties");
}

static void add_packet(struct text *t, const struct native_mqtt_packet *p)
{
    static const char *const names[] = {
        [NATIVE_MQTT_PUBACK] = "PUBACK",         [NATIVE_MQTT_PUBREC] = "PUBREC",
        [NATIVE_MQTT_PUBREL] = "PUBREL",         [NATIVE_MQTT_PUBCOMP] = "PUBCOMP",
        [NATIVE_MQTT_DISCONNECT] = "DISCONNECT", [NATIVE_MQTT_AUTH] = "AUTH"};

    switch (p->type) {
    case NATIVE_MQTT_CONNECT:
        add(t, "CONNECT%s", p->as.connect.clean_start ? " clean" : "");
        break;
    case NATIVE_MQTT_PUBLISH:
        add_publish(t, &p->as.publish);
        break;
    case NATIVE_MQTT_SUBSCRIBE:
        add_filters(t, "SUBSCRIBE", &p->as.subscribe, true);
        break;
    case NATIVE_MQTT_UNSUBSCRIBE:
        add_filters(t, "UNSUBSCRIBE", &p->as.subscribe, false);
        break;
    case NATIVE_MQTT_PINGREQ:
        add(t, "PINGREQ");
        break;
    default:
        add_ack(t, names[p->type], &p->as.ack);
    }
}

bool script_describe(unsigned version, const uint8_t *bytes, size_t len, char *text,
                     size_t text_len, size_t *rest)
{
    const struct native_mqtt_options options = {(uint8_t)version, NATIVE_MQTT_SPEC,
                                                NATIVE_MQTT_FROM_CLIENT, 0};
    struct text t = {text, text_len};
    const char *separator = "";

    *text = 0;
    for (*rest = len; *rest > 0;) {
        struct native_mqtt_packet packet;
        struct native_mqtt_frame frame;
        struct native_mqtt_error error;
        enum native_mqtt_status status = native_mqtt_packet_decode(&options, bytes + (len - *rest),
                                                                   *rest, &frame, &packet, &error);

        add(&t, "%s", separator);
        separator = " | ";
        if (status == NATIVE_MQTT_NEED_MORE) {
            add(&t, "+%zu", *rest);
            return true;
        }
        if (status != NATIVE_MQTT_OK) {
            add(&t, "malformed (rule %u at %u)", error.rule, (unsigned)error.offset);
            return false;
        }
        add_packet(&t, &packet);
        *rest -= frame.packet_len;
    }
    return true;
}
