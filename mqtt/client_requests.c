/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client_requests.c - SUBSCRIBE and UNSUBSCRIBE, and what is subscribed to: asked, sent, answered, sent
 * again when the server has lost the session. */
#include <string.h>

#include "client_parts.h"

bool native_mqtt_client_is_requested(void *context, uint16_t packet_id)
{
    const struct native_mqtt_client *c = context;
    const struct native_mqtt_request *r = c->requests;

    while (r && !(r->state == NATIVE_MQTT_REQUEST_SENT && r->packet_id == packet_id))
        r = r->next;
    return r != NULL;
}

/* The packet of a request, with this identifier. */
static void make_packet(const struct native_mqtt_client *c, const struct native_mqtt_request *r,
                        uint16_t packet_id, struct native_mqtt_packet *packet)
{
    packet->type = r->type;
    packet->version = c->version;
    packet->as.subscribe.properties = r->properties;
    packet->as.subscribe.filters.data = r->filters;
    packet->as.subscribe.filters.len = r->filters_len;
    packet->as.subscribe.packet_id = packet_id;
}

enum native_mqtt_status native_mqtt_client_request(struct native_mqtt_client *c,
                                                   struct native_mqtt_request *request)
{
    struct native_mqtt_request **link = &c->requests;
    struct native_mqtt_packet packet;
    enum native_mqtt_status status;
    size_t size;

    make_packet(c, request, 1, &packet);
    status = native_mqtt_packet_size(&packet, &size);
    if (status == NATIVE_MQTT_OK && size > c->options.tx_len)
        status = NATIVE_MQTT_NO_SPACE;
    if (status != NATIVE_MQTT_OK)
        return status;
    while (*link)
        link = &(*link)->next;
    *link = request;
    request->next = NULL;
    request->state = NATIVE_MQTT_REQUEST_QUEUED;
    c->queued++;
    c->due = true;
    return NATIVE_MQTT_OK;
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
    make_packet(c, r, native_mqtt_session_new_id(&c->session), &packet);
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

/* Cut out of the filters of a granted SUBSCRIBE those that were unsubscribed from: those of `gone`,
 * but for those that the server refused (`reasons`; empty before 5.0). */
static void cut_filters(struct native_mqtt_request *from, const struct native_mqtt_request *gone,
                        const struct native_mqtt_span *reasons)
{
    struct native_mqtt_span rest = {from->filters, from->filters_len};
    struct native_mqtt_subscription one, cut;
    uint8_t *to = from->filters;

    while (native_mqtt_subscription_next(&rest, true, &one)) {
        struct native_mqtt_span list = {gone->filters, gone->filters_len};
        size_t len = one.filter.len + 3;
        bool keep = true;

        for (size_t i = 0; keep && native_mqtt_subscription_next(&list, false, &cut); i++)
            keep = (i < reasons->len && reasons->data[i] >= REASON_FAILURE) ||
                   cut.filter.len != one.filter.len ||
                   memcmp(cut.filter.data, one.filter.data, one.filter.len) != 0;
        if (!keep)
            continue;
        memmove(to, one.filter.data - 2, len);
        to += len;
    }
    from->filters_len = (size_t)(to - from->filters);
}

bool native_mqtt_client_on_suback(struct native_mqtt_client *c,
                                  struct native_mqtt_client_event *event)
{
    struct native_mqtt_request *r = c->requests, *other;
    unsigned wanted = event->packet.type - 1u; /* SUBSCRIBE or UNSUBSCRIBE */

    while (r && !(r->state == NATIVE_MQTT_REQUEST_SENT && r->type == wanted &&
                  r->packet_id == event->packet.as.suback.packet_id))
        r = r->next;
    if (!r) /* forgotten, or never asked */
        return false;
    r->state = NATIVE_MQTT_REQUEST_ACTIVE;
    if (wanted == NATIVE_MQTT_UNSUBSCRIBE) {
        for (other = c->requests; other != r; other = other->next)
            if (other->type == NATIVE_MQTT_SUBSCRIBE && other->state == NATIVE_MQTT_REQUEST_ACTIVE)
                cut_filters(other, r, &event->packet.as.suback.reasons);
        native_mqtt_client_forget(c, r);
    }
    event->request = r;
    event->type = NATIVE_MQTT_EVENT_SUBSCRIBED;
    event->has_packet = true;
    return true;
}
