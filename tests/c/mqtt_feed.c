/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_feed.c - the client engine over two buffers: the link that is asked for, bytes in pieces and in
 * buffers of one byte, a link that is lost at every byte, what the peer said before it left. */
#include "harness.h"
#include "mqtt/feed.h"
#include "support/mqtt_script.h"

enum { TX = 300, RX = 64, RECEIVED = 4, MESSAGES = 3 };

/* A feed with memory of exactly these sizes, what it sent and what it told. */
struct world {
    struct native_mqtt_feed feed;
    uint32_t now;
    uint16_t received[RECEIVED];
    struct native_mqtt_outgoing messages[MESSAGES];
    struct script_bytes sent;
    size_t sent_seen, take_max; /* bytes the network takes in one go */
    char told[1024];
};

static void tell(struct world *w, const char *text, unsigned number)
{
    size_t len = strlen(w->told);

    snprintf(w->told + len, sizeof(w->told) - len, "%s%s %u", len ? " | " : "", text, number);
}

static struct world *world_new(unsigned version, size_t in_len, size_t out_len)
{
    struct world *w = calloc(1, sizeof(*w));
    struct native_mqtt_client_options *o = &w->feed.client.options;

    memset(&w->feed, 0xa5, sizeof(w->feed)); /* init sets all but these */
    memset(o, 0, sizeof(*o));
    w->now = 1000;
    w->take_max = SIZE_MAX;
    w->feed.in = malloc(in_len);
    w->feed.in_len = in_len;
    w->feed.out = malloc(out_len);
    w->feed.out_len = out_len;
    o->connect.version = (uint8_t)version;
    o->connect.as.connect.client_id.data = (const uint8_t *)"c";
    o->connect.as.connect.client_id.len = 1;
    o->connect.as.connect.clean_start = true;
    o->tx = malloc(TX);
    o->tx_len = TX;
    o->rx = malloc(RX);
    o->rx_len = RX;
    o->connect_timeout_ms = 5000;
    o->retry_min_ms = o->retry_max_ms = 1000;
    o->retries = UINT32_MAX;
    o->level = NATIVE_MQTT_SPEC;
    memset(&w->feed.client.session, 0, sizeof(w->feed.client.session));
    w->feed.client.session.received = w->received;
    w->feed.client.session.received_max = RECEIVED;
    script_append(&w->sent, "", 0);
    native_mqtt_feed_init(&w->feed);
    native_mqtt_client_start(&w->feed.client, w->now);
    return w;
}

static void world_free(struct world *w)
{
    free(w->feed.in);
    free(w->feed.out);
    free(w->feed.client.options.tx);
    free(w->feed.client.options.rx);
    free(w->sent.data);
    free(w);
}

static void on_event(struct world *w, const struct native_mqtt_client_event *event)
{
    switch (event->type) {
    case NATIVE_MQTT_EVENT_CONNECTED:
        tell(w, "connected", event->packet.as.connack.session_present);
        break;
    case NATIVE_MQTT_EVENT_DISCONNECTED:
        tell(w, "disconnected", event->cause);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE:
    case NATIVE_MQTT_EVENT_MESSAGE_BEGIN:
        tell(w, event->type == NATIVE_MQTT_EVENT_MESSAGE ? "message" : "begin",
             (unsigned)event->packet.as.publish.payload.len);
        break;
    case NATIVE_MQTT_EVENT_MESSAGE_END:
        tell(w, "end", 0);
        break;
    case NATIVE_MQTT_EVENT_DELIVERED:
        tell(w, "delivered", (unsigned)(event->outgoing - w->messages));
        break;
    default:
        break;
    }
}

/* Handle what there is, and let the network take what waits, until nothing moves. */
static bool was_sent(const struct world *w, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i + len <= w->sent.len; i++)
        if (memcmp(w->sent.data + i, bytes, len) == 0)
            return true;
    return false;
}

static void run(struct world *w)
{
    struct native_mqtt_client_event event;
    size_t len;
    bool moved = true;

    for (unsigned turns = 0; moved; turns++) {
        const uint8_t *data;

        moved = false;
        while (native_mqtt_client_next(&w->feed.client, w->now, &event)) {
            on_event(w, &event);
            moved = true;
        }
        data = native_mqtt_feed_take(&w->feed, &len);
        if (len > w->take_max)
            len = w->take_max;
        if (len) {
            script_append(&w->sent, data, len);
            native_mqtt_feed_took(&w->feed, len);
            moved = true;
        }
        if (!check(turns < 100000, "no end of it"))
            return;
    }
}

/* The server says something: hex. It is put in pieces of at most `max` bytes. */
static void say(struct world *w, const char *hex, size_t max)
{
    uint8_t bytes[512];
    size_t len = 0, at = 0;

    for (; *hex; hex += 2 + strspn(hex + 2, " "))
        bytes[len++] = (uint8_t)strtoul((char[]){hex[0], hex[1], 0}, NULL, 16);
    for (unsigned turns = 0; at < len && turns < 10000; turns++) {
        size_t piece = len - at < max ? len - at : max;

        at += native_mqtt_feed_put(&w->feed, bytes + at, piece);
        run(w);
    }
    check(at == len, "%zu of %zu bytes were taken", at, len);
}

static void expect_sent(struct world *w, const char *expected)
{
    static char text[4096];
    size_t rest = 0;

    script_describe(w->feed.client.options.connect.version, w->sent.data + w->sent_seen,
                    w->sent.len - w->sent_seen, text, sizeof(text), &rest);
    w->sent_seen = w->sent.len;
    check(rest == 0 && strcmp(text, expected) == 0, "sent: %s (+%zu)", text, rest);
}

static void expect_told(struct world *w, const char *expected)
{
    check(strcmp(w->told, expected) == 0, "told: %s", w->told);
    w->told[0] = 0;
}

static void expect_link(const struct world *w, enum native_mqtt_feed_link link)
{
    check(w->feed.link == link, "link %u, not %u", w->feed.link, link);
}

static void connect_up(struct world *w, const char *connack, size_t piece)
{
    run(w);
    expect_link(w, NATIVE_MQTT_FEED_OPEN);
    native_mqtt_feed_opened(&w->feed);
    run(w);
    say(w, connack, piece);
    check(w->feed.client.state == NATIVE_MQTT_CLIENT_CONNECTED, "state %u", w->feed.client.state);
}

static void publish(struct world *w, unsigned n, unsigned qos, const uint8_t *payload, size_t len)
{
    struct native_mqtt_outgoing *m = &w->messages[n];

    memset(m, 0, sizeof(*m));
    m->publish.topic.data = (const uint8_t *)"t";
    m->publish.topic.len = 1;
    m->publish.payload.data = payload;
    m->publish.payload.len = len;
    m->publish.qos = (uint8_t)qos;
    check(native_mqtt_client_publish(&w->feed.client, m, w->now) == NATIVE_MQTT_OK, "publish");
}

/* ---- link ------------------------------------------------------------------------------------- */

static void test_link(void)
{
    struct world *w = world_new(NATIVE_MQTT_5_0, 64, 64);
    size_t len;

    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    check(native_mqtt_feed_put(&w->feed, "x", 1) == 0, "bytes are taken without a link");
    run(w);
    expect_link(w, NATIVE_MQTT_FEED_OPEN);
    check(native_mqtt_client_timeout(&w->feed.client, w->now) == 5000, "time to open the link");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_ERROR);
    expect_link(w, NATIVE_MQTT_FEED_ENDED);
    run(w);
    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    expect_told(w, "disconnected 1");
    native_mqtt_feed_opened(&w->feed); /* nobody asked */
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_ERROR);
    expect_link(w, NATIVE_MQTT_FEED_DOWN);

    w->now += 1000;
    run(w);
    expect_link(w, NATIVE_MQTT_FEED_OPEN);
    w->now += 5000;
    run(w);
    expect_told(w, "disconnected 3");
    expect_link(w, NATIVE_MQTT_FEED_CLOSE);
    native_mqtt_feed_opened(&w->feed); /* too late */
    expect_link(w, NATIVE_MQTT_FEED_CLOSE);
    w->now += 1000; /* another link is not asked for before this one is closed */
    run(w);
    expect_link(w, NATIVE_MQTT_FEED_CLOSE);
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_CLOSED);
    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    connect_up(w, "20 03 00 00 00", 1);
    expect_told(w, "connected 0");
    expect_sent(w, "CONNECT clean");

    native_mqtt_client_stop(&w->feed.client, 4, NULL, w->now);
    {
        struct native_mqtt_client_event event;

        while (native_mqtt_client_next(&w->feed.client, w->now, &event))
            on_event(w, &event);
    }
    expect_told(w, "disconnected 0");
    expect_link(w, NATIVE_MQTT_FEED_CLOSE);
    native_mqtt_feed_take(&w->feed, &len);
    check(len == 3, "%zu bytes of DISCONNECT wait", len);
    run(w);
    expect_sent(w, "DISCONNECT 04");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_CLOSED);
    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    world_free(w);
    end_test("a link is asked for, refused, late, open, and closed behind the last packet");
}

/* Nothing of the last connection is sent on, or read by, the next. */
static void test_left_over(void)
{
    struct world *w = world_new(NATIVE_MQTT_3_1_1, 64, 64);
    size_t len;

    connect_up(w, "20 02 00 00", 4);
    expect_sent(w, "CONNECT clean");
    publish(w, 0, 0, (const uint8_t *)"old", 3);
    native_mqtt_client_flush(&w->feed.client, w->now);
    native_mqtt_feed_take(&w->feed, &len);
    check(len == 8, "%zu bytes wait", len);
    check(native_mqtt_feed_put(&w->feed, "\x30\x05\x00", 3) == 3, "bytes taken");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_CLOSED);
    run(w);
    expect_told(w, "connected 0 | delivered 0 | disconnected 2");
    w->now += 1000;
    connect_up(w, "20 02 00 00", 4);
    expect_sent(w, "CONNECT clean");
    say(w, "30 04 00 01 61 62", 3);
    expect_told(w, "connected 0 | message 1");
    world_free(w);
    end_test("nothing is left over for the next connection");
}

/* The peer's last words are heard, also when there is something to be sent. */
static void test_last_words(void)
{
    struct world *w = world_new(NATIVE_MQTT_5_0, 64, 64);

    connect_up(w, "20 03 00 00 00", 5);
    publish(w, 0, 1, (const uint8_t *)"x", 1);
    w->now += 20; /* so that it is tried to be sent first */
    check(native_mqtt_feed_put(&w->feed, "\x30\x05\0\1a\0b\xe0\x01\x8b", 10) == 10, "taken");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_ERROR);
    run(w);
    expect_told(w, "connected 0 | message 1 | disconnected 9");
    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    world_free(w);

    w = world_new(NATIVE_MQTT_5_0, 64,
                  64); /* leaving, nothing is read any more, and nothing waited for */
    connect_up(w, "20 03 00 00 00", 5);
    native_mqtt_client_stop(&w->feed.client, 0, NULL, w->now);
    check(native_mqtt_feed_put(&w->feed, "\x30\x05\0\1a\0b", 7) == 7, "taken");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_CLOSED);
    run(w);
    expect_told(w, "connected 0 | disconnected 0");
    expect_link(w, NATIVE_MQTT_FEED_DOWN);
    world_free(w);
    end_test("what came before the end is read, unless the client leaves");
}

/* ---- bytes ------------------------------------------------------------------------------------ */

static const char *const answers[] = {
    "40 02 00 01", /* PUBACK */
    "50 02 00 02",
    "70 02 00 02",                   /* PUBREC, PUBCOMP */
    "30 06 00 01 61 00 78 79",       /* QoS 0 */
    "32 08 00 01 61 00 07 00 78 79", /* QoS 1 */
    "34 08 00 01 61 00 09 00 78 79", /* QoS 2 */
    "62 02 00 09",
};

/* Each QoS both ways, with buffers and pieces of these sizes. */
static void session(size_t in_len, size_t out_len, size_t piece, size_t take)
{
    struct world *w = world_new(NATIVE_MQTT_5_0, in_len, out_len);
    uint8_t payload[700];

    for (size_t i = 0; i < sizeof(payload); i++)
        payload[i] = script_pattern(sizeof(payload), i);
    w->take_max = take;
    connect_up(w, "20 03 00 00 00", piece);
    expect_sent(w, "CONNECT clean");
    publish(w, 0, 1, payload, sizeof(payload)); /* larger than tx: in pieces */
    publish(w, 1, 2, payload, 5);
    publish(w, 2, 0, payload, 3);
    run(w);
    expect_sent(w, "PUBLISH q1 #1 t 700 | PUBLISH q2 #2 t 5 | PUBLISH q0 t 3");
    check(was_sent(w, payload, sizeof(payload)), "the payload is another");
    for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++)
        say(w, answers[i], piece);
    w->now += 20;
    run(w);
    expect_sent(w, "PUBREL #2 | PUBACK #7 | PUBREC #9 | PUBCOMP #9");
    check(strncmp(w->told, "connected 0 | ", 14) == 0 &&
              strstr(w->told, "delivered 0 | delivered 1"),
          "told: %s", w->told);
    check(strstr(w->told, "message 2 | message 2 | message 2"), "told: %s", w->told);
    world_free(w);
}

static void test_sizes(void)
{
    for (size_t size = 1; size <= 20; size++) {
        for (size_t piece = 1; piece <= 12; piece++) {
            session(size, 21 - size, piece, SIZE_MAX);
            session(21 - size, size, piece, 1 + piece % 5);
        }
    }
    end_test("buffers of 1 to 20 bytes, bytes in pieces of 1 to 12");
    session(4096, 4096, 4096, SIZE_MAX);
    end_test("buffers with room for all");
}

/* A network that takes nothing: the client waits, and reads no more than it can answer. */
static void test_full(void)
{
    struct world *w = world_new(NATIVE_MQTT_5_0, 16, 10);
    unsigned put = 0;
    size_t len;

    connect_up(w, "20 03 00 00 00", 5);
    expect_sent(w, "CONNECT clean");
    w->take_max = 0;
    for (unsigned i = 0; i < 1000; i++, w->now += 20) {
        static const uint8_t message[] = {0x32, 7, 0, 1, 'a', 0, 7, 0, 'x'};
        size_t took = native_mqtt_feed_put(&w->feed, message + put % sizeof(message), 1);

        put += (unsigned)took;
        run(w);
        if (took == 0)
            break;
    }
    check(put < 1000, "all was taken");
    check(native_mqtt_client_wants_write(&w->feed.client) &&
              !native_mqtt_client_wants_read(&w->feed.client),
          "the client does not say that it waits");
    native_mqtt_feed_take(&w->feed, &len);
    check(len == 10, "%zu bytes wait", len);
    native_mqtt_feed_took(&w->feed, 1000000); /* no more than there are */
    native_mqtt_feed_take(&w->feed, &len);
    check(len == 0, "%zu bytes wait", len);
    w->take_max = SIZE_MAX;
    run(w);
    check(native_mqtt_client_wants_read(&w->feed.client), "still waits");
    world_free(w);
    end_test("a network that takes nothing");
}

/* ---- a link lost at every byte ---------------------------------------------------------------- */

/* What was not acknowledged is sent again and arrives, wherever the answers break off. */
static void lost_at(size_t at)
{
    static const uint8_t stream[] = {0x40, 2, 0,    1, 0x50, 2, 0,   2, 0x70, 2,
                                     0,    2, 0x30, 5, 0,    1, 'a', 0, 'x'};
    struct world *w = world_new(NATIVE_MQTT_5_0, 32, 32);
    char expected[256];
    bool acked = at >= 4, received = at >= 8, complete = at >= 12;

    connect_up(w, "20 03 00 00 00", 5);
    publish(w, 0, 1, (const uint8_t *)"x", 1);
    publish(w, 1, 2, (const uint8_t *)"y", 1);
    run(w);
    expect_sent(w, "CONNECT clean | PUBLISH q1 #1 t 1 | PUBLISH q2 #2 t 1");
    check(native_mqtt_feed_put(&w->feed, stream, at) == at, "taken");
    native_mqtt_feed_closed(&w->feed, NATIVE_MQTT_IO_CLOSED);
    run(w);
    snprintf(expected, sizeof(expected), "connected 0%s%s%s | disconnected 2",
             acked ? " | delivered 0" : "", complete ? " | delivered 1" : "",
             at == sizeof(stream) ? " | message 1" : "");
    expect_told(w, expected);
    w->now += 1000;
    w->sent_seen = w->sent.len;
    connect_up(w, "20 03 01 00 00", 5);
    run(w);
    snprintf(expected, sizeof(expected), "CONNECT%s%s", acked ? "" : " | PUBLISH q1 #1 dup t 1",
             complete   ? ""
             : received ? " | PUBREL #2"
                        : " | PUBLISH q2 #2 dup t 1");
    expect_sent(w, expected);
    w->told[0] = 0;
    if (!acked)
        say(w, "40 02 00 01", 4);
    if (!received)
        say(w, "50 02 00 02", 4);
    if (!complete)
        say(w, "70 02 00 02", 4);
    snprintf(expected, sizeof(expected), "%s%s%s", acked ? "" : "delivered 0",
             acked || complete ? "" : " | ", complete ? "" : "delivered 1");
    expect_told(w, expected);
    check(!native_mqtt_session_first(&w->feed.client.session), "a message is left");
    world_free(w);
}

static void test_lost(void)
{
    for (size_t at = 0; at <= 19; at++)
        lost_at(at);
    end_test("a link that is lost at each byte of the answers");
}

int main(void)
{
    test_link();
    test_left_over();
    test_last_words();
    test_sizes();
    test_full();
    test_lost();
    return done();
}
