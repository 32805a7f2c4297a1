/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_trace.c - native.trace for MQTT: what goes through the transport, decoded once more, a line a packet.
 * A parser for each direction sees the bytes that were really sent and received; the engine knows nothing of it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "../../mqtt/names.h"
#include "../trace.h"

enum { FIRST_ROOM = 4096, MOST_ROOM = 1 << 20 /* what stands before a payload may be so long */ };

struct native_ext_mqtt_trace {
    uint64_t number;
    struct native_mqtt_parser
        ways[2]; /* in, out; buffer NULL: no more of this direction can be understood */
};

static _Atomic uint64_t last_number;

/* ---- packets ---------------------------------------------------------------------------------------- */

static void put_quoted(smart_str *line, struct native_mqtt_span text)
{
    smart_str_appends(line, " \"");
    native_ext_trace_put_url(line, (const char *)text.data, text.len);
    smart_str_appendc(line, '"');
}

static void put_text(smart_str *line, const char *name, struct native_mqtt_span text)
{
    smart_str_append_printf(line, " %s", name);
    put_quoted(line, text);
}

static void put_size(smart_str *line, const char *name, size_t len)
{
    smart_str_append_printf(line, " %s %zu bytes", name, len);
}

static void put_reason(smart_str *line, const struct native_mqtt_packet *packet, unsigned reason)
{
    const char *name = native_mqtt_reason_name(packet->version, packet->type, reason);

    smart_str_append_printf(line, " 0x%02X%s%s%s", reason, name ? " (" : "", name ? name : "",
                            name ? ")" : "");
}

static void put_property(smart_str *line, const struct native_mqtt_property *property)
{
    const char *name = native_mqtt_property_name(property->id);
    bool secret = property->id == NATIVE_MQTT_AUTHENTICATION_DATA ||
                  (property->type == NATIVE_MQTT_PROPERTY_PAIR &&
                   native_ext_trace_is_secret(property->name.data, property->name.len));

    smart_str_appends(line, name ? name : "?");
    if (property->type == NATIVE_MQTT_PROPERTY_PAIR)
        put_quoted(line, property->name);
    smart_str_appendc(line, ':');
    if (secret)
        smart_str_appends(line, " " NATIVE_EXT_TRACE_MASK);
    else if (property->type == NATIVE_MQTT_PROPERTY_BINARY)
        smart_str_append_printf(line, " %zu bytes", property->value.len);
    else if (property->type == NATIVE_MQTT_PROPERTY_TEXT ||
             property->type == NATIVE_MQTT_PROPERTY_PAIR)
        put_quoted(line, property->value);
    else
        smart_str_append_printf(line, " %u", (unsigned)property->number);
}

/* {name: value, name: value}; nothing if there are none. */
static void put_properties(smart_str *line, struct native_mqtt_properties properties)
{
    struct native_mqtt_property property;
    const char *before = " {";

    while (native_mqtt_property_next(&properties, &property)) {
        smart_str_appends(line, before);
        put_property(line, &property);
        before = ", ";
    }
    if (before[0] == ',')
        smart_str_appendc(line, '}');
}

static void put_connect(smart_str *line, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_connect *connect = &packet->as.connect;
    static const char *const versions[] = {
        [NATIVE_MQTT_3_1] = "3.1", [NATIVE_MQTT_3_1_1] = "3.1.1", [NATIVE_MQTT_5_0] = "5.0"};

    smart_str_append_printf(line, " MQTT %s", versions[packet->version]);
    put_text(line, "client", connect->client_id);
    smart_str_append_printf(line, " keep alive %u s%s", connect->keep_alive,
                            connect->clean_start ? " clean start" : "");
    if (connect->has_user_name)
        put_text(line, "user", connect->user_name);
    if (connect->has_password)
        smart_str_appends(line, " password " NATIVE_EXT_TRACE_MASK);
    put_properties(line, connect->properties);
    if (!connect->has_will)
        return;
    put_text(line, "will", connect->will.topic);
    smart_str_append_printf(line, " QoS %u%s", connect->will.qos,
                            connect->will.retain ? " retain" : "");
    put_size(line, "payload", connect->will.payload.len);
    put_properties(line, connect->will.properties);
}

static void put_publish(smart_str *line, const struct native_mqtt_publish *publish)
{
    if (publish->qos > 0)
        smart_str_append_printf(line, " id %u", publish->packet_id);
    smart_str_append_printf(line, " QoS %u%s%s", publish->qos, publish->retain ? " retain" : "",
                            publish->dup ? " dup" : "");
    put_text(line, "topic", publish->topic);
    put_size(line, "payload", publish->payload.len);
    put_properties(line, publish->properties);
}

static void put_subscribe(smart_str *line, const struct native_mqtt_packet *packet)
{
    bool with_options = packet->type == NATIVE_MQTT_SUBSCRIBE;
    struct native_mqtt_span filters = packet->as.subscribe.filters;
    struct native_mqtt_subscription one;

    smart_str_append_printf(line, " id %u", packet->as.subscribe.packet_id);
    while (native_mqtt_subscription_next(&filters, with_options, &one)) {
        put_text(line, "filter", one.filter);
        if (with_options)
            smart_str_append_printf(line, " QoS %u%s%s", one.options & NATIVE_MQTT_SUBSCRIBE_QOS,
                                    one.options & NATIVE_MQTT_SUBSCRIBE_NO_LOCAL ? " no local" : "",
                                    one.options & NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED
                                        ? " retain as published"
                                        : "");
    }
    put_properties(line, packet->as.subscribe.properties);
}

static void put_suback(smart_str *line, const struct native_mqtt_packet *packet)
{
    const struct native_mqtt_suback *suback = &packet->as.suback;

    smart_str_append_printf(line, " id %u", suback->packet_id);
    for (size_t i = 0; i < suback->reasons.len; i++)
        put_reason(line, packet, suback->reasons.data[i]);
    put_properties(line, suback->properties);
}

static void put_ack(smart_str *line, const struct native_mqtt_packet *packet)
{
    if (packet->type < NATIVE_MQTT_DISCONNECT)
        smart_str_append_printf(line, " id %u", packet->as.ack.packet_id);
    if (packet->version == NATIVE_MQTT_5_0)
        put_reason(line, packet, packet->as.ack.reason);
    put_properties(line, packet->as.ack.properties);
}

static void put_packet(smart_str *line, const struct native_mqtt_packet *packet)
{
    smart_str_appends(line, native_mqtt_type_name(packet->type));
    switch (packet->type) {
    case NATIVE_MQTT_CONNECT:
        put_connect(line, packet);
        break;
    case NATIVE_MQTT_CONNACK:
        put_reason(line, packet, packet->as.connack.reason);
        if (packet->as.connack.session_present)
            smart_str_appends(line, " session present");
        put_properties(line, packet->as.connack.properties);
        break;
    case NATIVE_MQTT_PUBLISH:
        put_publish(line, &packet->as.publish);
        break;
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        put_subscribe(line, packet);
        break;
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        put_suback(line, packet);
        break;
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        break;
    default:
        put_ack(line, packet);
    }
}

/* ---- connections ------------------------------------------------------------------------------------ */

static void say(const struct native_ext_mqtt_connection *n, char direction,
                const struct native_mqtt_packet *packet, const char *text)
{
    smart_str line = {NULL, 0};

    if (!native_ext_trace_is_on())
        return;
    native_ext_trace_begin(&line, "mqtt", n->trace->number, direction);
    if (packet)
        put_packet(&line, packet);
    else
        smart_str_appends(&line, text);
    native_ext_trace_end(&line);
}

static bool make_way(struct native_mqtt_parser *way, const struct native_ext_mqtt_connection *n,
                     enum native_mqtt_sender sender)
{
    memset(way, 0, sizeof(*way));
    way->options.version = n->engine.options.connect.version;
    way->options.level = NATIVE_MQTT_LENIENT;
    way->options.sender = (uint8_t)sender;
    way->capacity = FIRST_ROOM;
    way->buffer = malloc(way->capacity);
    return way->buffer != NULL;
}

static void end_way(struct native_mqtt_parser *way)
{
    free(way->buffer);
    way->buffer = NULL;
}

void native_ext_mqtt_trace_open(struct native_ext_mqtt_connection *n)
{
    smart_str line = {NULL, 0};

    if (EXPECTED(!native_ext_trace_is_on()) || !(n->trace = calloc(1, sizeof(*n->trace))))
        return;
    n->trace->number = atomic_fetch_add_explicit(&last_number, 1, memory_order_relaxed) + 1;
    if (!make_way(&n->trace->ways[0], n, NATIVE_MQTT_FROM_SERVER) ||
        !make_way(&n->trace->ways[1], n, NATIVE_MQTT_FROM_CLIENT)) {
        native_ext_mqtt_trace_close(n);
        return;
    }
    native_ext_trace_begin(&line, "mqtt", n->trace->number, '*');
    smart_str_appends(&line, "connecting to ");
    native_ext_trace_put(&line, n->uri.host, strlen(n->uri.host));
    if (n->uri.port)
        smart_str_append_printf(&line, ":%u", n->uri.port);
    native_ext_trace_end(&line);
}

void native_ext_mqtt_trace_close(struct native_ext_mqtt_connection *n)
{
    if (EXPECTED(!n->trace))
        return;
    if (n->pid == getpid())
        say(n, '*', NULL, "closed");
    end_way(&n->trace->ways[0]);
    end_way(&n->trace->ways[1]);
    free(n->trace);
    n->trace = NULL;
}

/* Room for a packet that is longer. Returns false if it shall have none. */
static bool grow(struct native_mqtt_parser *way)
{
    size_t room = MAX(way->need, 2 * way->capacity);
    uint8_t *buffer = way->need > MOST_ROOM ? NULL : malloc(room);
    uint8_t *old = way->buffer;

    if (!buffer)
        return false;
    native_mqtt_parser_move(way, buffer, room);
    free(old);
    return true;
}

/* Take what is complete. Returns false if nothing further can be understood. */
static bool take(struct native_ext_mqtt_connection *n, struct native_mqtt_parser *way,
                 char direction)
{
    struct native_mqtt_packet packet;
    struct native_mqtt_span payload;
    enum native_mqtt_part part;

    for (;;) {
        switch (native_mqtt_parser_next(way, &part, &packet, &payload)) {
        case NATIVE_MQTT_OK:
            if (part == NATIVE_MQTT_PART_PACKET || part == NATIVE_MQTT_PART_BEGIN)
                say(n, direction, &packet, NULL);
            break;
        case NATIVE_MQTT_NEED_MORE:
            return true;
        case NATIVE_MQTT_NO_SPACE:
            if (grow(way))
                break;
            say(n, direction, NULL, "a packet too long to be told, and all that follows");
            return false;
        default:
            say(n, direction, NULL, "bytes that are no packet, and all that follows");
            return false;
        }
    }
}

void native_ext_mqtt_trace_bytes(struct native_ext_mqtt_connection *n, bool out, const void *data,
                                 size_t data_len)
{
    struct native_mqtt_parser *way = &n->trace->ways[out];
    const uint8_t *at = data;

    while (data_len > 0 && way->buffer) {
        size_t room;
        uint8_t *to = native_mqtt_parser_room(way, &room);
        size_t part = MIN(room, data_len);

        memcpy(to, at, part);
        native_mqtt_parser_filled(way, part);
        at += part;
        data_len -= part;
        if (!take(n, way, out ? '>' : '<'))
            end_way(way);
    }
}
