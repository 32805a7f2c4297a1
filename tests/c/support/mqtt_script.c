/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_script.c - the scripted world of a client: link, clock, server's words, application. */
#include "mqtt_script.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TURNS_MAX = 2000000, TEXT_MAX = 1 << 16 };

void script_fault(struct script *s, const char *format, ...)
{
    va_list args;

    s->faults++;
    fputs("# ", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
    fflush(stdout);
}

void script_append(struct script_bytes *to, const void *bytes, size_t len)
{
    if (!to->data || to->len + len > to->capacity) {
        to->capacity = (to->len + len) * 2 + 64;
        to->data = realloc(to->data, to->capacity);
    }
    if (len)
        memcpy(to->data + to->len, bytes, len);
    to->len += len;
}

__attribute__((format(printf, 2, 3))) static void tell(struct script *s, const char *format, ...)
{
    char line[256];
    va_list args;

    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    if (s->log.len)
        script_append(&s->log, " | ", 3);
    script_append(&s->log, line, strlen(line));
}

uint8_t script_pattern(size_t len, size_t i)
{
    return (uint8_t)(len * 31 + i * 7 + (i >> 8));
}

/* ---- the link --------------------------------------------------------------------------------- */

/* A connection has ended: was it what a server could follow? */
static void judge_connection(struct script *s)
{
    char *text, *end;
    size_t rest;

    if (s->any_packet)
        return;
    text = malloc(TEXT_MAX);
    if (!script_describe(s->c.options.connect.version, s->out.data + s->out_start,
                         s->out.len - s->out_start, text, TEXT_MAX, &rest))
        script_fault(s, "sent %s", text);
    if (*text && *text != '+' && strncmp(text, "CONNECT", 7) != 0)
        script_fault(s, "did not begin with CONNECT: %.40s", text);
    end = strstr(text, "DISCONNECT");
    if (end && strchr(end, '|'))
        script_fault(s, "sent after DISCONNECT: %s", end);
    free(text);
}

static int on_link(void *context, bool up)
{
    struct script *s = context;

    if (!up) {
        if (s->up)
            judge_connection(s);
        s->up = false;
        s->unlinked = true;
        return NATIVE_MQTT_IO_OK;
    }
    if (s->up)
        script_fault(s, "an open link is opened");
    if (s->link_again != 0) {
        s->link_again -= s->link_again != SCRIPT_NEVER;
        return NATIVE_MQTT_IO_AGAIN;
    }
    if (s->link_result != NATIVE_MQTT_IO_OK)
        return s->link_result;
    s->up = true;
    s->links++;
    s->in.len = s->in_at = 0;
    s->in_end = NATIVE_MQTT_IO_AGAIN;
    s->out_start = s->out_seen = s->out.len;
    return NATIVE_MQTT_IO_OK;
}

static int on_read(void *context, void *data, size_t data_len, size_t *done)
{
    struct script *s = context;
    size_t n = s->in.len - s->in_at;

    s->reads++;
    s->read_dry = false;
    if (!s->up || data_len == 0)
        script_fault(s, s->up ? "a read of no bytes" : "a read from a closed link");
    if (n == 0 && s->in_end != NATIVE_MQTT_IO_AGAIN)
        return s->in_end;
    s->read_paused = s->read_pause && !s->read_paused;
    s->read_dry = n == 0 || s->read_paused;
    if (s->read_dry)
        return NATIVE_MQTT_IO_AGAIN;
    n = n < data_len ? n : data_len;
    n = s->read_max && n > s->read_max ? s->read_max : n;
    memcpy(data, s->in.data + s->in_at, n);
    s->in_at += n;
    *done = n;
    return NATIVE_MQTT_IO_OK;
}

static int on_write(void *context, const void *data, size_t data_len, size_t *done)
{
    struct script *s = context;
    size_t n = data_len < s->room ? data_len : s->room;

    s->writes++;
    if (!s->up || data_len == 0)
        script_fault(s, s->up ? "a write of no bytes" : "a write to a closed link");
    s->write_full = false;
    if (s->out.len >= s->cut_after)
        return NATIVE_MQTT_IO_ERROR;
    n = s->write_max && n > s->write_max ? s->write_max : n;
    n = n > s->cut_after - s->out.len ? s->cut_after - s->out.len : n;
    s->write_paused = s->write_pause && !s->write_paused;
    s->write_full = n == 0 || s->write_paused;
    if (s->write_full)
        return NATIVE_MQTT_IO_AGAIN;
    script_append(&s->out, data, n);
    s->room -= s->room == SIZE_MAX ? 0 : n;
    *done = n;
    return NATIVE_MQTT_IO_OK;
}

/* ---- the application -------------------------------------------------------------------------- */

struct node {
    struct native_mqtt_outgoing message;
    unsigned n;
};

struct asked {
    struct native_mqtt_request request;
    unsigned n;
};

static void free_node(struct script *s, struct native_mqtt_outgoing *message)
{
    struct node *node = message->owner;

    if (s->last == message)
        s->last = NULL;
    free((void *)(uintptr_t)message->publish.topic.data);
    free((void *)(uintptr_t)message->publish.payload.data);
    free(node);
    s->given_back++;
}

static void free_request(struct script *s, unsigned n)
{
    free(s->requests[n]->filters);
    free(s->requests[n]);
    s->requests[n] = NULL;
}

static void check_payload(struct script *s, const struct native_mqtt_span *data, size_t at,
                          size_t len)
{
    for (size_t i = 0; i < data->len && !s->any_payload; i++)
        if (data->data[i] != script_pattern(len, at + i)) {
            script_fault(s, "payload differs at %zu of %zu", at + i, len);
            return;
        }
}

static void tell_publish(struct script *s, const char *what, const struct native_mqtt_publish *p)
{
    char id[16] = "";

    if (p->qos)
        snprintf(id, sizeof(id), " #%u", p->packet_id);
    tell(s, "%s q%u%s%s%s %.*s %zu", what, p->qos, id, p->dup ? " dup" : "",
         p->retain ? " retain" : "", (int)p->topic.len, (const char *)p->topic.data,
         p->payload.len);
}

static void tell_subscribed(struct script *s, const struct native_mqtt_client_event *event)
{
    struct native_mqtt_request *r = event->request;
    struct asked *asked = r->owner;
    char codes[64] = "";

    for (size_t i = 0; event->has_packet && i < event->packet.as.suback.reasons.len && i < 16; i++)
        snprintf(codes + i * 3, sizeof(codes) - i * 3, " %02x",
                 event->packet.as.suback.reasons.data[i]);
    if (!event->has_packet)
        snprintf(codes, sizeof(codes), " not sent %02x", event->reason);
    tell(s, "%s %u%s", r->type == NATIVE_MQTT_SUBSCRIBE ? "subscribed" : "unsubscribed", asked->n,
         codes);
}

static void tell_message(struct script *s, const struct native_mqtt_client_event *event)
{
    const struct native_mqtt_publish *p = &event->packet.as.publish;

    switch (event->type) {
    case NATIVE_MQTT_EVENT_MESSAGE:
        tell_publish(s, "message", p);
        check_payload(s, &p->payload, 0, p->payload.len);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
        tell_publish(s, "begin", p);
        s->payload_len = 0;
        s->payload_hash = (uint32_t)p->payload.len;
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_DATA:
        if (event->data.len == 0)
            script_fault(s, "an empty piece");
        check_payload(s, &event->data, s->payload_len, s->payload_hash);
        s->payload_len += event->data.len;
        break;
    default:
        tell(s, "end %zu", s->payload_len);
        if (s->payload_len != s->payload_hash)
            script_fault(s, "%zu bytes of %u came", s->payload_len, (unsigned)s->payload_hash);
    }
}

/* Is the packet there that belongs to the event, and no other? */
static void check_packet(struct script *s, const struct native_mqtt_client_event *event)
{
    static const uint8_t types[] = {[NATIVE_MQTT_EVENT_CONNECTED] = NATIVE_MQTT_CONNACK,
                                    [NATIVE_MQTT_EVENT_MESSAGE] = NATIVE_MQTT_PUBLISH,
                                    [NATIVE_MQTT_EVENT_MESSAGE_BEGIN] = NATIVE_MQTT_PUBLISH,
                                    [NATIVE_MQTT_EVENT_AUTH] = NATIVE_MQTT_AUTH,
                                    [NATIVE_MQTT_EVENT_NO_SPACE] = 0};
    unsigned wanted = types[event->type], type = event->has_packet ? event->packet.type : 0;

    if (event->type == NATIVE_MQTT_EVENT_DISCONNECTED && event->cause == NATIVE_MQTT_CAUSE_REFUSED)
        wanted = NATIVE_MQTT_CONNACK;
    if (event->type == NATIVE_MQTT_EVENT_DISCONNECTED && event->cause == NATIVE_MQTT_CAUSE_SERVER)
        wanted = NATIVE_MQTT_DISCONNECT;
    if (event->type == NATIVE_MQTT_EVENT_DISCONNECTED && event->cause == NATIVE_MQTT_CAUSE_PROTOCOL)
        wanted = type ? type : 1;
    if (event->type == NATIVE_MQTT_EVENT_DELIVERED && type)
        wanted = event->outgoing->publish.qos == 1 || type == NATIVE_MQTT_PUBREC
                     ? type
                     : NATIVE_MQTT_PUBCOMP;
    if (event->type == NATIVE_MQTT_EVENT_SUBSCRIBED && type)
        wanted = event->request->type + 1u;
    if (type != wanted)
        script_fault(s, "event %u, cause %u: a packet of type %u", event->type, event->cause, type);
}

static void tell_event(struct script *s, const struct native_mqtt_client_event *event)
{
    static const char *const causes[] = {"stopped",    "transport", "closed",   "timeout",
                                         "keep-alive", "malformed", "protocol", "no-space",
                                         "refused",    "server"};

    switch (event->type) {
    case NATIVE_MQTT_EVENT_OPEN:
        tell(s, "open");
        break;
    case NATIVE_MQTT_EVENT_CONNECTED:
        tell(s, "connected%s", event->packet.as.connack.session_present ? " present" : "");
        break;
    case NATIVE_MQTT_EVENT_DISCONNECTED:
        tell(s, "disconnected %s %02x%s", causes[event->cause], event->reason,
             event->retry_ms == UINT32_MAX ? " down" : "");
        if (s->up)
            script_fault(s, "disconnected with the link open");
        break;
    case NATIVE_MQTT_EVENT_DELIVERED:
        if (event->outgoing->state != NATIVE_MQTT_DONE || event->outgoing->next)
            script_fault(s, "given back but not done");
        tell(s, "delivered %u %02x", ((struct node *)event->outgoing->owner)->n, event->reason);
        break;
    case NATIVE_MQTT_EVENT_SUBSCRIBED:
        tell_subscribed(s, event);
        break;
    case NATIVE_MQTT_EVENT_NO_SPACE:
        tell(s, "no space %zu", event->data.len);
        break;
    case NATIVE_MQTT_EVENT_AUTH:
        tell(s, "auth %02x", event->packet.as.ack.reason);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE:
    case NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
    case NATIVE_MQTT_EVENT_MESSAGE_DATA:
    case NATIVE_MQTT_EVENT_MESSAGE_END:
        tell_message(s, event);
        break;
    default:
        script_fault(s, "event %u", event->type);
    }
}

static void on_event(struct script *s, struct native_mqtt_client_event *event)
{
    tell_event(s, event);
    check_packet(s, event);
    if (s->on_event)
        s->on_event(s, event);
    if (event->type == NATIVE_MQTT_EVENT_DELIVERED)
        free_node(s, event->outgoing);
    if (event->type == NATIVE_MQTT_EVENT_SUBSCRIBED &&
        event->request->state == NATIVE_MQTT_REQUEST_OUT)
        free_request(s, ((struct asked *)event->request->owner)->n - 1);
}

enum native_mqtt_status script_publish(struct script *s, unsigned qos, const char *topic,
                                       size_t payload_len)
{
    struct node *node = calloc(1, sizeof(*node));
    struct native_mqtt_publish *p = &node->message.publish;
    uint8_t *name = malloc(strlen(topic) + 1), *payload = malloc(payload_len + 1);
    enum native_mqtt_status status;

    memcpy(name, topic, strlen(topic));
    for (size_t i = 0; i < payload_len; i++)
        payload[i] = script_pattern(payload_len, i);
    p->topic.data = name;
    p->topic.len = strlen(topic);
    p->payload.data = payload;
    p->payload.len = payload_len;
    p->qos = (uint8_t)qos;
    node->message.owner = node;
    node->n = ++s->published;
    s->last = &node->message;
    status = native_mqtt_client_publish(&s->c, &node->message, s->now);
    if (status != NATIVE_MQTT_OK || node->message.state == NATIVE_MQTT_DONE)
        free_node(s, &node->message);
    script_check(s);
    return status;
}

bool script_take_back(struct script *s, struct native_mqtt_outgoing *message)
{
    if (!native_mqtt_client_take_back(&s->c, message))
        return false;
    free_node(s, message);
    script_check(s);
    return true;
}

struct native_mqtt_request *script_request(struct script *s, unsigned type, const char *filters)
{
    struct asked *asked = calloc(1, sizeof(*asked));
    struct native_mqtt_request *r = &asked->request;
    size_t room = strlen(filters) * 4 + 8;

    asked->n = s->request_count + 1;
    r->owner = asked;
    r->type = (uint8_t)type;
    r->filters = malloc(room);
    for (const char *at = filters; *at;) {
        size_t len = strcspn(at, " ");
        const struct native_mqtt_subscription one = {{(const uint8_t *)at, len},
                                                     type == NATIVE_MQTT_SUBSCRIBE ? 1 : 0};

        native_mqtt_subscription_put(r->filters, room, &r->filters_len,
                                     type == NATIVE_MQTT_SUBSCRIBE, &one);
        at += len + (at[len] == ' ');
    }
    s->requests[s->request_count++] = r;
    native_mqtt_client_request(&s->c, r);
    script_check(s);
    return r;
}

/* ---- from start to end ------------------------------------------------------------------------ */

struct script *script_new(unsigned version, size_t tx_len, size_t rx_len)
{
    struct script *s = calloc(1, sizeof(*s));
    struct native_mqtt_client_options *o = &s->c.options;
    struct native_mqtt_session *session = &s->c.session;

    memset(&s->c, 0xa5, sizeof(s->c)); /* init sets all but these */
    memset(&s->c.options, 0, sizeof(s->c.options));
    s->now = 1000;
    s->room = s->cut_after = SIZE_MAX;
    script_append(&s->out, "", 0);
    script_append(&s->log, "", 0);
    o->connect.version = (uint8_t)version;
    o->connect.as.connect.client_id.data = (const uint8_t *)"c";
    o->connect.as.connect.client_id.len = 1;
    o->connect.as.connect.clean_start = true;
    o->connect.as.connect.properties.data = s->properties;
    o->transport.context = s;
    o->transport.link = on_link;
    o->transport.read = on_read;
    o->transport.write = on_write;
    o->tx = malloc(tx_len);
    o->tx_len = tx_len;
    o->rx = malloc(rx_len);
    o->rx_len = rx_len;
    o->connect_timeout_ms = 5000;
    o->retry_min_ms = 1000;
    o->retry_max_ms = 8000;
    o->retries = UINT32_MAX;
    o->random = 12345;
    o->level = NATIVE_MQTT_SPEC;
    session->received_max = SCRIPT_RECEIVED;
    session->received = malloc(SCRIPT_RECEIVED * sizeof(uint16_t));
    session->aliases_in_max = session->aliases_out_max = SCRIPT_ALIASES;
    session->aliases_in = calloc(SCRIPT_ALIASES, sizeof(struct native_mqtt_alias));
    session->aliases_out = calloc(SCRIPT_ALIASES, sizeof(struct native_mqtt_alias));
    for (unsigned i = 0; i < SCRIPT_ALIASES; i++) {
        session->aliases_in[i].capacity = session->aliases_out[i].capacity = SCRIPT_ALIAS_BYTES;
        session->aliases_in[i].data = malloc(SCRIPT_ALIAS_BYTES);
        session->aliases_out[i].data = malloc(SCRIPT_ALIAS_BYTES);
    }
    return s;
}

unsigned script_free(struct script *s)
{
    struct native_mqtt_session *session = &s->c.session;
    unsigned faults;

    if (s->up)
        judge_connection(s);
    for (struct native_mqtt_outgoing *at = session->first, *next; at; at = next) {
        next = at->next;
        free_node(s, at);
    }
    if (s->published != s->given_back)
        script_fault(s, "%u messages published, %u came back", s->published, s->given_back);
    for (unsigned i = 0; i < s->request_count; i++)
        if (s->requests[i])
            free_request(s, i);
    for (unsigned i = 0; i < SCRIPT_ALIASES; i++) {
        free(session->aliases_in[i].data);
        free(session->aliases_out[i].data);
    }
    free(session->aliases_in);
    free(session->aliases_out);
    free(session->received);
    free(s->c.options.tx);
    free(s->c.options.rx);
    free(s->in.data);
    free(s->out.data);
    free(s->log.data);
    faults = s->faults;
    free(s);
    return faults;
}

void script_connect_property(struct script *s, unsigned id, uint32_t number)
{
    struct native_mqtt_property_writer w = {
        s->properties, s->c.options.connect.as.connect.properties.len, sizeof(s->properties)};

    if (native_mqtt_property_put_number(&w, id, number) != NATIVE_MQTT_OK)
        script_fault(s, "no room for property %u", id);
    s->c.options.connect.as.connect.properties.len = w.len;
}

void script_start(struct script *s)
{
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    script_run(s);
}

void script_connect(struct script *s)
{
    script_start(s);
    script_say(s,
               s->c.options.connect.version == NATIVE_MQTT_5_0 ? "20 03 00 00 00" : "20 02 00 00");
    if (s->c.state != NATIVE_MQTT_CLIENT_CONNECTED)
        script_fault(s, "not connected");
    s->log.len = 0;
    s->out_seen = s->out.len;
}

/* ---- driving ---------------------------------------------------------------------------------- */

/* What must hold when next has nothing more to do: nothing is forgotten that no event of the
 * transport would bring back. */
static void check_quiet(struct script *s)
{
    const struct native_mqtt_client *c = &s->c;
    bool wants_write = native_mqtt_client_wants_write(c);

    if (wants_write && !s->write_full)
        script_fault(s, "wants to write, but did not try");
    if (c->state == NATIVE_MQTT_CLIENT_CLOSING && !wants_write)
        script_fault(s, "closing waits for nothing");
    if (c->state != NATIVE_MQTT_CLIENT_CONNECTING && c->state != NATIVE_MQTT_CLIENT_CONNECTED)
        return;
    if (!wants_write && (c->tx_used || c->sending))
        script_fault(s, "%zu bytes wait in tx for nothing", c->tx_used);
    if (!wants_write && !(s->reads && s->read_dry))
        script_fault(s, "does not read, and does not want to write");
}

bool script_step(struct script *s)
{
    struct native_mqtt_client_event event;
    bool got;

    s->reads = s->writes = 0;
    s->read_dry = s->write_full = false;
    got = native_mqtt_client_next(&s->c, s->now, &event);
    if (got)
        on_event(s, &event);
    else
        check_quiet(s);
    script_check(s);
    return got;
}

static bool is_ready(const struct script *s)
{
    bool open =
        s->c.state == NATIVE_MQTT_CLIENT_CONNECTING || s->c.state == NATIVE_MQTT_CLIENT_CONNECTED;
    bool writable = native_mqtt_client_wants_write(&s->c) && s->room > 0;
    bool readable = open && (s->in_at < s->in.len || s->in_end != NATIVE_MQTT_IO_AGAIN);

    return writable || (readable && native_mqtt_client_wants_read(&s->c)) ||
           (s->c.state == NATIVE_MQTT_CLIENT_OPENING && s->link_again != SCRIPT_NEVER);
}

void script_run(struct script *s)
{
    unsigned turns = 0, in_vain = 0;

    do {
        while (script_step(s))
            if (++turns > TURNS_MAX)
                break;
        if (++turns > TURNS_MAX) {
            script_fault(s, "no end of it");
            return;
        }
        if (is_ready(s))
            in_vain = 0;
        else if (native_mqtt_client_timeout(&s->c, s->now) > 0)
            return;
        else if (++in_vain > 1)
            script_fault(s, "nothing to do, but no time to wait");
    } while (in_vain < 2);
}

/* One moment in which something, or nothing, must happen. */
static void moment(struct script *s, bool something)
{
    size_t out = s->out.len, log = s->log.len, tx = s->c.tx_used;
    uint8_t state = s->c.state;
    /* A call ahead of time may find room in tx again: for answers, or for DISCONNECT. */
    bool stalled = s->c.options.tx_len - s->c.tx_used < 5 ||
                   (state == NATIVE_MQTT_CLIENT_CLOSING && s->c.blocked);
    bool happened;

    script_run(s);
    happened = s->out.len != out || s->c.tx_used != tx || s->log.len != log || s->c.state != state;
    if (happened != something && !(happened && stalled))
        script_fault(s, "at %u: %s happened", (unsigned)s->now, happened ? "something" : "nothing");
}

void script_advance(struct script *s, uint32_t ms)
{
    while (ms > 0) {
        uint32_t wait = native_mqtt_client_timeout(&s->c, s->now);

        if (wait > ms) {
            s->now += ms;
            moment(s, false);
            return;
        }
        if (wait > 1) {
            s->now += wait - 1;
            moment(s, false);
        }
        s->now += wait > 0;
        ms -= wait;
        moment(s, true);
    }
}

void script_say_bytes(struct script *s, const void *bytes, size_t len)
{
    script_append(&s->in, bytes, len);
    script_run(s);
}

void script_say(struct script *s, const char *hex)
{
    for (; *hex; hex += strspn(hex, " ")) {
        uint8_t byte = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);

        script_append(&s->in, &byte, 1);
        hex += 2;
    }
    script_run(s);
}

void script_say_publish(struct script *s, unsigned qos, uint16_t id, bool dup, const char *topic,
                        size_t payload_len)
{
    struct native_mqtt_packet packet;
    uint8_t *payload = malloc(payload_len + 1), *bytes = malloc(payload_len + 300);
    size_t used = 0;

    memset(&packet, 0, sizeof(packet));
    packet.type = NATIVE_MQTT_PUBLISH;
    packet.version = s->c.options.connect.version;
    packet.as.publish.topic.data = (const uint8_t *)topic;
    packet.as.publish.topic.len = strlen(topic);
    packet.as.publish.payload.data = payload;
    packet.as.publish.payload.len = payload_len;
    packet.as.publish.packet_id = id;
    packet.as.publish.qos = (uint8_t)qos;
    packet.as.publish.dup = dup;
    for (size_t i = 0; i < payload_len; i++)
        payload[i] = script_pattern(payload_len, i);
    if (native_mqtt_packet_encode(&packet, bytes, payload_len + 300, &used) != NATIVE_MQTT_OK)
        script_fault(s, "cannot say that");
    script_say_bytes(s, bytes, used);
    free(payload);
    free(bytes);
}

void script_hang_up(struct script *s)
{
    s->in_end = NATIVE_MQTT_IO_CLOSED;
    script_run(s);
}

static bool expect(struct script *s, const char *what, const char *got, const char *expected)
{
    if (strcmp(got, expected) == 0)
        return true;
    script_fault(s, "%s: %s", what, got);
    script_fault(s, "expected: %s", expected);
    return false;
}

bool script_expect_sent(struct script *s, const char *expected)
{
    char *text = malloc(TEXT_MAX);
    size_t rest;
    bool same;

    script_describe(s->c.options.connect.version, s->out.data + s->out_seen,
                    s->out.len - s->out_seen, text, TEXT_MAX, &rest);
    s->out_seen = s->out.len - rest;
    same = expect(s, "sent", text, expected);
    free(text);
    return same;
}

bool script_expect_told(struct script *s, const char *expected)
{
    bool same;

    script_append(&s->log, "", 1);
    same = expect(s, "told", (const char *)s->log.data, expected);
    s->log.len = 0;
    return same;
}
