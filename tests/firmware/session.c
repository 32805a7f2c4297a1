/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* session.c - a client in static memory lives through scripted sessions: what the server says, when
 * the link drops and how time goes by stand in the script. What the client sends and tells is printed,
 * and must be the same wherever this runs. Standard error gets what it takes on this machine.
 *
 *     start | stop                      begin; leave with DISCONNECT
 *     subscribe FILTER QOS              and unsubscribe FILTER
 *     publish TOPIC QOS PAYLOAD
 *     say HEX...                        the server's bytes
 *     flood QOS ID TOPIC LEN            a PUBLISH of the server's with so much payload (MQTT 5.0)
 *     wait MS                           time goes by
 *     drop                              the server ends the stream */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "log.h"
#include "mqtt/client.h"

enum { MESSAGES = 8, REQUESTS = 3, TURNS_MAX = 10000 };

/* All the memory of a client. */
static struct device {
    struct native_mqtt_client client;
    uint8_t tx[128], rx[256];
    uint16_t received[4];
    struct native_mqtt_alias alias_in;
    uint8_t alias_topic[32];
    struct native_mqtt_outgoing messages[MESSAGES];
    struct native_mqtt_request requests[REQUESTS];
    uint8_t filters[REQUESTS][48];
} device;

/* What is round it. */
static struct {
    uint32_t now;
    bool up, ended;
    bool slow, slow_turn; /* one byte a read, three a write, AGAIN before each */
    uint8_t in[1024];
    size_t in_at, in_len;
} world;

/* ---- the link -------------------------------------------------------------------------------- */

static int on_link(void *context, bool up)
{
    (void)context;
    if (up || world.up)
        log_text(up ? "link up\n" : "link down\n");
    world.up = up;
    world.ended = false;
    world.in_at = world.in_len = 0;
    return NATIVE_MQTT_IO_OK;
}

/* A slow link says AGAIN every other time. */
static bool is_busy(void)
{
    world.slow_turn = world.slow && !world.slow_turn;
    return world.slow_turn;
}

static int on_read(void *context, void *data, size_t data_len, size_t *done)
{
    size_t n = world.in_len - world.in_at;

    (void)context;
    if (n == 0 && world.ended)
        return NATIVE_MQTT_IO_CLOSED;
    if (n == 0 || is_busy())
        return NATIVE_MQTT_IO_AGAIN;
    n = n < data_len ? n : data_len;
    n = world.slow ? 1 : n;
    memcpy(data, world.in + world.in_at, n);
    world.in_at += n;
    *done = n;
    return NATIVE_MQTT_IO_OK;
}

static int on_write(void *context, const void *data, size_t data_len, size_t *done)
{
    (void)context;
    if (is_busy())
        return NATIVE_MQTT_IO_AGAIN;
    *done = world.slow && data_len > 3 ? 3 : data_len;
    log_text("> ");
    log_hex(data, *done);
    log_text("\n");
    return NATIVE_MQTT_IO_OK;
}

/* ---- the application --------------------------------------------------------------------------- */

static void tell_publish(const char *what, const struct native_mqtt_publish *p)
{
    log_text(what);
    log_number(" q", p->qos);
    log_number(" #", p->packet_id);
    log_text(p->dup ? " dup" : "");
    log_text(p->retain ? " retain" : "");
    log_bytes(" ", p->topic.data, p->topic.len, "");
    log_number(" ", p->payload.len);
}

static void tell(const struct native_mqtt_client_event *event)
{
    log_number("@", world.now);
    switch (event->type) {
    case NATIVE_MQTT_EVENT_OPEN:
        log_text(" open");
        break;
    case NATIVE_MQTT_EVENT_CONNECTED:
        log_text(event->packet.as.connack.session_present ? " connected, session there"
                                                          : " connected, no session");
        log_number(", receive maximum ", device.client.limits.receive_maximum);
        log_number(", keep alive ", device.client.limits.keep_alive);
        break;
    case NATIVE_MQTT_EVENT_DISCONNECTED:
        log_number(" disconnected, cause ", event->cause);
        log_number(" reason ", event->reason);
        log_number(" retry in ", event->retry_ms);
        log_number(" rule ", device.client.parser.error.rule);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE:
        tell_publish(" message", &event->packet.as.publish);
        log_bytes(" ", event->packet.as.publish.payload.data, event->packet.as.publish.payload.len,
                  "");
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
        tell_publish(" begin", &event->packet.as.publish);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_DATA:
        log_bytes(" data ", event->data.data, event->data.len, "");
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_END:
        log_text(" end");
        break;
    case NATIVE_MQTT_EVENT_DELIVERED:
        log_number(" delivered ", (uint64_t)(event->outgoing - device.messages));
        log_number(" reason ", event->reason);
        event->outgoing->owner = NULL; /* free again */
        break;
    case NATIVE_MQTT_EVENT_SUBSCRIBED:
        log_number(" answered ", (uint64_t)(event->request - device.requests));
        log_text(" ");
        log_hex(event->packet.as.suback.reasons.data, event->packet.as.suback.reasons.len);
        if (event->request->state == NATIVE_MQTT_REQUEST_OUT)
            event->request->owner = NULL;
        break;
    default:
        log_number(" event ", event->type);
    }
    log_text("\n");
}

/* Drive it as a main loop does, until it has nothing left to do at this moment. */
static void run(void)
{
    struct native_mqtt_client *client = &device.client;
    struct native_mqtt_client_event event;
    bool readable;

    for (unsigned turn = 0; turn < TURNS_MAX; turn++) {
        if (native_mqtt_client_next(client, world.now, &event)) {
            tell(&event);
            continue;
        }
        readable = world.up && (world.in_at < world.in_len || world.ended) &&
                   native_mqtt_client_wants_read(client);
        if (!readable && !native_mqtt_client_wants_write(client))
            return;
    }
    log_text("no end of it\n");
}

static void pass(uint32_t ms)
{
    for (unsigned turn = 0; turn < TURNS_MAX; turn++) {
        uint32_t wait = native_mqtt_client_timeout(&device.client, world.now);

        if (wait > ms) {
            world.now += ms;
            run();
            return;
        }
        world.now += wait;
        ms -= wait;
        run();
    }
    log_text("time does not go by\n");
}

/* ---- the script -------------------------------------------------------------------------------- */

static struct native_mqtt_span span(const char *text)
{
    return (struct native_mqtt_span){(const uint8_t *)text, strlen(text)};
}

static void publish(const char *topic, unsigned qos, const char *payload)
{
    for (size_t i = 0; i < MESSAGES; i++) {
        struct native_mqtt_outgoing *message = &device.messages[i];

        if (message->owner)
            continue;
        memset(message, 0, sizeof(*message));
        message->publish.topic = span(topic);
        message->publish.payload = span(payload);
        message->publish.qos = (uint8_t)qos;
        message->owner = message;
        log_number("published as ", i);
        log_number(", status ", native_mqtt_client_publish(&device.client, message, world.now));
        log_text("\n");
        if (message->state == NATIVE_MQTT_DONE)
            message->owner = NULL;
        return;
    }
    log_text("no message is free\n");
}

static void request(unsigned type, const char *filter, unsigned options)
{
    for (size_t i = 0; i < REQUESTS; i++) {
        struct native_mqtt_request *r = &device.requests[i];
        const struct native_mqtt_subscription one = {span(filter), (uint8_t)options};

        if (r->owner)
            continue;
        memset(r, 0, sizeof(*r));
        r->type = (uint8_t)type;
        r->filters = device.filters[i];
        r->owner = r;
        native_mqtt_subscription_put(r->filters, sizeof(device.filters[i]), &r->filters_len,
                                     type == NATIVE_MQTT_SUBSCRIBE, &one);
        native_mqtt_client_request(&device.client, r);
        return;
    }
    log_text("no request is free\n");
}

static void say(const char *hex)
{
    for (; *hex && world.in_len < sizeof(world.in); hex += strspn(hex, " ")) {
        world.in[world.in_len++] = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);
        hex += 2;
    }
}

/* From here to the next space; *at moves behind it. The end of what follows stays a string. */
static const char *word(char **at)
{
    char *begin = *at;

    *at += strcspn(*at, " ");
    if (**at)
        *(*at)++ = '\0';
    return begin;
}

static void flood(char *args)
{
    static uint8_t payload[900];
    struct native_mqtt_packet packet;
    size_t used = 0;

    memset(&packet, 0, sizeof(packet));
    packet.type = NATIVE_MQTT_PUBLISH;
    packet.version = NATIVE_MQTT_5_0;
    packet.as.publish.qos = (uint8_t)atoi(word(&args));
    packet.as.publish.packet_id = (uint16_t)atoi(word(&args));
    packet.as.publish.topic = span(word(&args));
    packet.as.publish.payload.data = payload;
    packet.as.publish.payload.len = (size_t)atoi(word(&args));
    for (size_t i = 0; i < packet.as.publish.payload.len; i++)
        payload[i] = (uint8_t)('a' + i % 26);
    log_number("flood, status ", native_mqtt_packet_encode(&packet, world.in + world.in_len,
                                                           sizeof(world.in) - world.in_len, &used));
    log_text("\n");
    world.in_len += used;
}

/* Topics and payloads must stay while messages are on their way: so the lines are kept as cut. */
static void step(char *line)
{
    char *args = line;
    const char *what;

    log_text("-- ");
    log_text(line);
    log_text("\n");
    what = word(&args);
    if (strcmp(what, "start") == 0) {
        native_mqtt_client_start(&device.client, world.now);
    } else if (strcmp(what, "stop") == 0) {
        native_mqtt_client_stop(&device.client, 0, NULL, world.now);
    } else if (strcmp(what, "subscribe") == 0) {
        const char *filter = word(&args);

        request(NATIVE_MQTT_SUBSCRIBE, filter, (unsigned)atoi(args));
    } else if (strcmp(what, "unsubscribe") == 0) {
        request(NATIVE_MQTT_UNSUBSCRIBE, args, 0);
    } else if (strcmp(what, "publish") == 0) {
        const char *topic = word(&args);
        unsigned qos = (unsigned)atoi(word(&args));

        publish(topic, qos, args);
    } else if (strcmp(what, "say") == 0) {
        say(args);
    } else if (strcmp(what, "flood") == 0) {
        flood(args);
    } else if (strcmp(what, "wait") == 0) {
        pass((uint32_t)atoi(args));
    } else if (strcmp(what, "drop") == 0) {
        world.ended = true;
    } else {
        log_text("what is that?\n");
    }
    run();
}

static const char *const story_5[] = {
    "start",
    "say 20 09 00 00 06 21 00 02 22 00 01", /* receive maximum 2, topic alias maximum 1 */
    "subscribe kitchen/+/valve 2",
    "say 90 04 00 01 00 02",
    "publish kitchen/coffee/state 0 ready",
    "publish kitchen/coffee/water 1 45",
    "publish kitchen/coffee/beans 2 17",
    "publish kitchen/coffee/water 1 37", /* waits: two are on their way */
    "say 50 02 00 03",                   /* PUBREC, and the answer to PUBREL */
    "say 70 02 00 03",
    "say 40 02 00 02 40 03 00 04 10", /* the last one: no matching subscribers */
    /* Messages of the server at each QoS; the one at QoS 2 comes twice. */
    "say 30 18 00 14 6b 69 74 63 68 65 6e 2f 63 6f 66 66 65 65 2f 76 61 6c 76 65 00 6f",
    "say 32 0a 00 03 61 2f 62 00 07 00 6f 6e",
    "say 34 0a 00 03 61 2f 62 00 09 00 6f 6e",
    "say 3c 0a 00 03 61 2f 62 00 09 00 6f 6e",
    "say 62 02 00 09",
    "say 30 09 00 03 61 2f 62 03 23 00 01", /* a topic alias is set, then used */
    "say 30 07 00 00 03 23 00 01 21",
    "flood 1 11 kitchen/coffee/firmware 700", /* larger than rx: comes in pieces */
    /* Keep alive: one PINGREQ is answered, the next is not. */
    "wait 30000",
    "say d0 00",
    "publish kitchen/coffee/water 1 29",
    "publish kitchen/coffee/beans 2 15",
    "say 50 02 00 06",
    "wait 41000",
    /* The server has the session: both are sent again, each at its step. */
    "say 20 09 01 00 06 21 00 02 22 00 01",
    "say 40 02 00 05 70 02 00 06",
    /* The link drops, and this time the server has lost the session: all is asked for again. */
    "publish kitchen/coffee/water 2 21",
    "drop",
    "wait 2000",
    "say 20 03 00 00 00",
    "say 90 04 00 08 00 02",
    "say 50 02 00 09 70 02 00 09",
    "unsubscribe kitchen/+/valve",
    "say b0 04 00 0a 00 00",
    "say 30 ff ff ff ff", /* no packet */
    "wait 4000",
    "say 20 03 01 00 00",
    "stop",
    "wait 1000",
};

static const char *const story_3[] = {
    "start",
    "say 20 02 00 00",
    "subscribe # 1",
    "say 90 03 00 01 01",
    "publish a 1 one",
    "publish b 2 two",
    "say 32 07 00 01 61 00 05 68 69",
    "say 50 02 00 03",
    "drop",
    "wait 1000",
    "say 20 02 01 00",
    "say 40 02 00 02 70 02 00 03",
    "say 20 02 00 00", /* a second CONNACK */
    "wait 2000",
    "say 20 02 00 05", /* not authorized */
    "stop",
};

static void prepare(unsigned version, bool slow)
{
    struct native_mqtt_client_options *o = &device.client.options;
    struct native_mqtt_connect *connect = &o->connect.as.connect;

    memset(&device, 0, sizeof(device));
    memset(&world, 0, sizeof(world));
    world.now = 0xffff0000u; /* wraps on the way */
    world.slow = slow;
    o->transport = (struct native_mqtt_transport){NULL, on_link, on_read, on_write};
    o->tx = device.tx;
    o->tx_len = sizeof(device.tx);
    o->rx = device.rx;
    o->rx_len = sizeof(device.rx);
    o->connect_timeout_ms = 5000;
    o->ping_timeout_ms = 10000;
    o->retry_min_ms = 1000;
    o->retry_max_ms = 60000;
    o->retries = UINT32_MAX;
    o->random = 12345;
    o->level = NATIVE_MQTT_SPEC;
    o->connect.type = NATIVE_MQTT_CONNECT;
    o->connect.version = (uint8_t)version;
    connect->client_id = span("coffee-maker");
    connect->keep_alive = 30;
    connect->clean_start =
        version == NATIVE_MQTT_5_0; /* before 5.0 it would end the session, too */
    connect->has_will = true;
    connect->will.topic = span("kitchen/coffee/state");
    connect->will.payload = span("gone");
    connect->will.qos = 1;
    device.alias_in.data = device.alias_topic;
    device.alias_in.capacity = sizeof(device.alias_topic);
    device.client.session.received = device.received;
    device.client.session.received_max = sizeof(device.received) / sizeof(device.received[0]);
    if (version == NATIVE_MQTT_5_0) {
        static const uint8_t properties[] = {NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM, 0, 1};

        connect->properties.data = properties;
        connect->properties.len = sizeof(properties);
        device.client.session.aliases_in = &device.alias_in;
        device.client.session.aliases_in_max = 1;
    }
    native_mqtt_client_init(&device.client);
}

static void tell_story(const char *name, unsigned version, bool slow, const char *const *story,
                       size_t steps)
{
    static char lines[sizeof(story_5) / sizeof(story_5[0])][128];

    log_text("== ");
    log_text(name);
    log_text("\n");
    prepare(version, slow);
    for (size_t i = 0; i < steps; i++) {
        strncpy(lines[i], story[i], sizeof(lines[i]) - 1);
        step(lines[i]);
    }
    log_number("packets sent ", device.client.packets_sent);
    log_number(", received ", device.client.packets_received);
    log_text("\n");
}

int main(void)
{
    board_stack_paint();
    tell_story("MQTT 5.0", NATIVE_MQTT_5_0, false, story_5, sizeof(story_5) / sizeof(story_5[0]));
    tell_story("MQTT 5.0, slow link", NATIVE_MQTT_5_0, true, story_5,
               sizeof(story_5) / sizeof(story_5[0]));
    tell_story("MQTT 3.1.1", NATIVE_MQTT_3_1_1, false, story_3,
               sizeof(story_3) / sizeof(story_3[0]));
    fprintf(stderr,
            "session: %u bytes of stack, the main loop's and this program's share included\n",
            (unsigned)board_stack_used());
    fprintf(stderr,
            "static RAM: client %u, buffers %u, a message on its way %u, a subscription %u\n",
            (unsigned)sizeof(device.client), (unsigned)(sizeof(device.tx) + sizeof(device.rx)),
            (unsigned)sizeof(device.messages[0]), (unsigned)sizeof(device.requests[0]));
    log_print();
    return 0;
}
