/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client_requests.c - SUBSCRIBE and UNSUBSCRIBE, and what is subscribed to: asked, sent, answered, sent
 * again when the server has lost the session. */
#include <string.h>

#include "client_parts.h"

/* The request that waits for its answer under this identifier, or NULL. */
static struct native_mqtt_request *find_sent(const struct native_mqtt_client *c, uint16_t packet_id)
{
    struct native_mqtt_request *r = c->requests;

    while (r && !(r->state == NATIVE_MQTT_REQUEST_SENT && r->packet_id == packet_id))
        r = r->next;
    return r;
}

bool native_mqtt_client_is_requested(void *context, uint16_t packet_id)
{
    return find_sent(context, packet_id) != NULL;
}

void native_mqtt_client_request(struct native_mqtt_client *c, struct native_mqtt_request *request)
{
    struct native_mqtt_request **link = &c->requests;

    while (*link)
        link = &(*link)->next;
    *link = request;
    request->next = NULL;
    request->state = NATIVE_MQTT_REQUEST_QUEUED;
    c->queued++;
    c->due = true;
}

void native_mqtt_client_forget(struct native_mqtt_client *c, struct native_mqtt_request *request)
{
    struct native_mqtt_request **link = &c->requests;

    while (*link && *link != request)
        link = &(*link)->next;
    if (!*link)
        return;
    *link = request->next;
    c->queued -= request->state == NATIVE_MQTT_REQUEST_QUEUED;
    c->due = true; /* its identifier is free */
    request->state = NATIVE_MQTT_REQUEST_OUT;
}

void native_mqtt_client_resume_requests(struct native_mqtt_client *c, bool present)
{
    c->queued = 0;
    for (struct native_mqtt_request *r = c->requests; r; r = r->next) {
        if (r->state == NATIVE_MQTT_REQUEST_SENT ||
            (r->state == NATIVE_MQTT_REQUEST_ACTIVE && !present && r->filters_len > 0))
            r->state = NATIVE_MQTT_REQUEST_QUEUED;
        c->queued += r->state == NATIVE_MQTT_REQUEST_QUEUED;
    }
}

enum native_mqtt_status native_mqtt_client_put_request(struct native_mqtt_client *c,
                                                       struct native_mqtt_request **request)
{
    struct native_mqtt_request *r = c->requests;
    struct native_mqtt_packet packet;
    enum native_mqtt_status status;

    while (r && r->state != NATIVE_MQTT_REQUEST_QUEUED)
        r = r->next;
    *request = r;
    if (!r)
        return NATIVE_MQTT_NO_SPACE;
    packet.type = r->type;
    packet.version = c->version;
    packet.as.subscribe.properties = r->properties;
    packet.as.subscribe.filters.data = r->filters;
    packet.as.subscribe.filters.len = r->filters_len;
    packet.as.subscribe.packet_id = native_mqtt_session_new_id(&c->session);
    if (packet.as.subscribe.packet_id == 0) /* until something is acknowledged */
        return NATIVE_MQTT_NO_SPACE;
    status = native_mqtt_client_put(c, &packet);
    if (status != NATIVE_MQTT_OK)
        return status;
    r->packet_id = packet.as.subscribe.packet_id;
    r->state = NATIVE_MQTT_REQUEST_SENT;
    c->queued--;
    return status;
}

void native_mqtt_client_cut_filter(struct native_mqtt_request *request, const void *filter,
                                   size_t filter_len)
{
    struct native_mqtt_span rest = {request->filters, request->filters_len};
    struct native_mqtt_subscription one;
    uint8_t *to = request->filters;

    while (native_mqtt_subscription_next(&rest, true, &one)) {
        size_t len = one.filter.len + 3;

        if (one.filter.len == filter_len && memcmp(one.filter.data, filter, filter_len) == 0)
            continue;
        memmove(to, one.filter.data - 2, len);
        to += len;
    }
    request->filters_len = (size_t)(to - request->filters);
}

/* Cut a filter that was unsubscribed from out of what was subscribed to before. */
static void cut(struct native_mqtt_client *c, const struct native_mqtt_request *before,
                const struct native_mqtt_span *filter)
{
    for (struct native_mqtt_request *r = c->requests; r != before; r = r->next)
        if (r->type == NATIVE_MQTT_SUBSCRIBE && r->state == NATIVE_MQTT_REQUEST_ACTIVE)
            native_mqtt_client_cut_filter(r, filter->data, filter->len);
}

bool native_mqtt_client_on_suback(struct native_mqtt_client *c,
                                  struct native_mqtt_client_event *event)
{
    const struct native_mqtt_suback *suback = &event->packet.as.suback;
    struct native_mqtt_request *r = find_sent(c, suback->packet_id);
    bool subscribes = event->packet.type == NATIVE_MQTT_SUBACK;
    struct native_mqtt_subscription one;
    struct native_mqtt_span rest;
    size_t n = 0;

    if (!r || r->type != event->packet.type - 1) /* forgotten, or never asked */
        return false;
    rest.data = r->filters;
    rest.len = r->filters_len;
    for (; native_mqtt_subscription_next(&rest, subscribes, &one); n++)
        if (!subscribes && !(n < suback->reasons.len && suback->reasons.data[n] >= REASON_FAILURE))
            cut(c, r, &one.filter);
    /* [MQTT-3.8.4-6] [MQTT-3.11.3-2] a reason code for each filter. */
    if (n != suback->reasons.len && (subscribes || native_mqtt_client_is_5(c)))
        return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_PROTOCOL, REASON_PROTOCOL_ERROR);
    r->state = NATIVE_MQTT_REQUEST_ACTIVE;
    if (!subscribes)
        native_mqtt_client_forget(c, r);
    event->request = r;
    event->type = NATIVE_MQTT_EVENT_SUBSCRIBED;
    return true;
}
