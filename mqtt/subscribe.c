/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* subscribe.c - SUBSCRIBE and UNSUBSCRIBE (MQTT 5.0 and 3.1.1, 3.8 and 3.10).
 *
 *   packet identifier (2) | properties (5.0) | topic filter, options | topic filter, options | ...
 * UNSUBSCRIBE has topic filters without options. */
#include "fields.h"
#include "topic.h"

static void check_options(struct native_mqtt_reader *r, const struct native_mqtt_subscription *s,
                          const uint8_t *where)
{
    unsigned reserved = NATIVE_MQTT_SUBSCRIBE_RESERVED;

    if (r->version < NATIVE_MQTT_5_0)
        reserved |= 0xffu & ~(unsigned)NATIVE_MQTT_SUBSCRIBE_QOS;
    if ((s->options & NATIVE_MQTT_SUBSCRIBE_QOS) == 3)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_SUBSCRIBE_QOS, where);
    if (s->options & reserved)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_SUBSCRIBE_RESERVED, where);
    if ((s->options & NATIVE_MQTT_SUBSCRIBE_RETAIN_HANDLING) ==
        NATIVE_MQTT_SUBSCRIBE_RETAIN_HANDLING)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_RETAIN_HANDLING, where);
    if (s->options & NATIVE_MQTT_SUBSCRIBE_NO_LOCAL && r->version == NATIVE_MQTT_5_0 &&
        native_mqtt_filter_is_shared(s->filter.data, s->filter.len))
        native_mqtt_fail(r, NATIVE_MQTT_RULE_NO_LOCAL_SHARED, where);
}

static void check_filter(struct native_mqtt_reader *r, const struct native_mqtt_span *filter)
{
    enum native_mqtt_rule rule;
    size_t where;

    native_mqtt_check_topic(r, filter, NATIVE_MQTT_RULE_NONE);
    rule = native_mqtt_filter_check(filter->data, filter->len, r->version, &where);
    if (rule != NATIVE_MQTT_RULE_NONE)
        native_mqtt_fail(r, rule, filter->data + where);
}

void native_mqtt_read_subscribe(struct native_mqtt_reader *r, unsigned flags,
                                struct native_mqtt_packet *packet)
{
    struct native_mqtt_subscribe *s = &packet->as.subscribe;
    bool with_options = packet->type == NATIVE_MQTT_SUBSCRIBE;

    (void)flags;
    s->packet_id = native_mqtt_read_packet_id(r);
    native_mqtt_read_properties(r, 1u << packet->type, &s->properties);
    s->filters.data = r->at;
    s->filters.len = native_mqtt_left(r);
    if (r->at == r->end)
        native_mqtt_fail(
            r, with_options ? NATIVE_MQTT_RULE_SUBSCRIBE_EMPTY : NATIVE_MQTT_RULE_UNSUBSCRIBE_EMPTY,
            r->at);
    while (r->at != r->end) {
        struct native_mqtt_subscription one;

        one.filter = native_mqtt_read_binary(r);
        one.options = with_options ? native_mqtt_read_u8(r) : 0;
        if (r->failed)
            return;
        check_filter(r, &one.filter);
        if (with_options)
            check_options(r, &one, r->at - 1);
    }
}

void native_mqtt_put_subscribe(struct native_mqtt_writer *w,
                               const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_subscribe *s = &packet->as.subscribe;

    native_mqtt_put_u16(w, s->packet_id);
    native_mqtt_put_properties(w, packet->version, &s->properties);
    native_mqtt_put_raw(w, s->filters.data, s->filters.len);
}

bool native_mqtt_subscription_next(struct native_mqtt_span *filters, bool with_options,
                                   struct native_mqtt_subscription *subscription)
{
    const uint8_t *at = filters->data;
    size_t len, used;

    if (filters->len < 2)
        return false;
    len = (size_t)at[0] << 8 | at[1];
    used = 2 + len + with_options;
    if (filters->len < used)
        return false;
    subscription->filter.data = at + 2;
    subscription->filter.len = len;
    subscription->options = with_options ? at[2 + len] : 0;
    filters->data += used;
    filters->len -= used;
    return true;
}

enum native_mqtt_status
native_mqtt_subscription_put(void *out, size_t out_len, size_t *len, bool with_options,
                             const struct native_mqtt_subscription *subscription)
{
    struct native_mqtt_writer w = {out, *len, false};

    if (subscription->filter.len > NATIVE_MQTT_STRING_MAX)
        return NATIVE_MQTT_TOO_LARGE;
    if (2 + subscription->filter.len + with_options > out_len - *len)
        return NATIVE_MQTT_NO_SPACE;
    native_mqtt_put_binary(&w, &subscription->filter);
    if (with_options)
        native_mqtt_put_u8(&w, subscription->options);
    *len = w.len;
    return NATIVE_MQTT_OK;
}
