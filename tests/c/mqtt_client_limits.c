/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_limits.c - what the server allows, and how little memory the client gets along with. */
#include "harness.h"
#include "support/mqtt_model.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

/* Connect with this CONNACK. */
static void connect_with(struct script *s, const char *connack)
{
    script_start(s);
    script_say(s, connack);
    if (s->c.state != NATIVE_MQTT_CLIENT_CONNECTED)
        script_fault(s, "not connected");
    s->log.len = 0;
    s->out_seen = s->out.len;
}

/* ---- what the server allows ------------------------------------------------------------------- */

static void test_quality(void)
{
    struct script *s = script_new(V5, 64, 64);

    connect_with(s, "20 07 00 00 04 24 00 25 00"); /* maximum QoS 0, no retain */
    script_publish(s, 1, "a", 0);
    script_publish(s, 0, "b", 0);
    script_publish(s, 2, "c", 0);
    script_run(s);
    script_expect_told(s, "delivered 1 9b | delivered 3 9b | delivered 2 00");
    script_expect_sent(s, "PUBLISH q0 b 0");
    script_end(s, "[MQTT-3.2.2-11] more QoS than the server has");

    s = script_new(V5, 64, 64);
    connect_with(s, "20 07 00 00 04 24 00 25 00");
    script_say_publish(s, 2, 1, false, "a", 0); /* the limit is for one direction */
    script_expect_told(s, "message q2 #1 a 0");
    script_end(s, "a QoS that the server does not take may come from it");
}

/* retain, from an unfinished publish */
static void test_retain(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_outgoing *message;

    connect_with(s, "20 05 00 00 02 25 00");
    s->room = 0;
    script_publish(s, 1, "a", 0);
    script_publish(s, 1, "b", 0); /* still to be sent */
    script_run(s);
    script_hang_up(s);
    for (message = s->c.session.first; message; message = message->next)
        message->publish.retain = true;
    s->room = SIZE_MAX;
    script_advance(s, 1000);
    s->log.len = 0;
    script_say(s, "20 05 01 00 02 25 00");
    script_expect_told(s, "connected present | delivered 1 9a | delivered 2 9a");
    script_end(s, "[MQTT-3.2.2-14] retain where the server has none");
}

/* [MQTT-3.1.2-24] [MQTT-3.2.2-15] nothing larger than the server takes. */
static void test_packet_size(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_request *r;

    connect_with(s, "20 08 00 00 05 27 00 00 00 14"); /* 20 bytes */
    script_publish(s, 0, "a", 14);
    script_publish(s, 0, "a", 15);
    script_publish(s, 1, "a", 12);
    script_publish(s, 1, "a", 13);
    script_publish(s, 1, "a", 1000);
    r = script_request(s, NATIVE_MQTT_SUBSCRIBE, "abcdefghijklmn");
    check(r != NULL, "the request is too large for tx");
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "abc");
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 a 14 | SUBSCRIBE #2 abc | PUBLISH q1 #3 a 12");
    script_expect_told(s, "subscribed 1 not sent 95 | delivered 2 95 | delivered 4 95 | "
                          "delivered 5 95 | delivered 1 00");
    script_end(s, "packets larger than the server takes");
}

/* A PUBREL is owed whatever the server now allows for PUBLISH. [MQTT-4.4.0-1] */
static void test_pubrel(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_publish(s, 2, "a", 0);
    script_run(s);
    script_say(s, "50 02 00 01");
    script_hang_up(s);
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 05 01 00 02 24 00");
    script_expect_sent(s, "PUBREL #1");
    script_end(s, "PUBREL is sent again even if the server takes no QoS 2 any more");
}

static bool all_taken(void *context, uint16_t id)
{
    (void)context;
    (void)id;
    return true;
}

/* No packet identifier is free: what needs one waits until one is. */
static void test_no_identifier(void)
{
    struct script *s = script_new(V5, 64, 64);
    bool (*id_taken)(void *, uint16_t);
    struct native_mqtt_client_event event;

    script_connect(s);
    id_taken = s->c.session.id_taken;
    s->c.session.id_taken = all_taken;
    script_publish(s, 1, "a", 0);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "b");
    check(!native_mqtt_client_next(&s->c, s->now, &event), "event %u", event.type);
    s->c.session.id_taken = id_taken;
    script_run(s);
    script_expect_sent(s, "SUBSCRIBE #1 b | PUBLISH q1 #2 a 0");
    script_end(s, "no packet identifier is free");
}

/* ---- topic aliases out ------------------------------------------------------------------------ */

static void test_aliases(void)
{
    struct script *s = script_new(V5, 64, 64);

    connect_with(s, "20 06 00 00 03 22 00 0a"); /* it takes 10, we have room for 2 */
    script_publish(s, 0, "one", 0);
    script_publish(s, 0, "two", 0);
    script_publish(s, 0, "one", 0);
    script_publish(s, 0, "three", 0);
    script_publish(s, 1, "two", 0);
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 one@1 0 | PUBLISH q0 two@2 0 | PUBLISH q0 @1 0 | "
                          "PUBLISH q0 three 0 | PUBLISH q1 #1 @2 0");
    script_hang_up(s);
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 06 01 00 03 22 00 01");
    script_expect_sent(s, "PUBLISH q1 #1 dup two@1 0");
    script_hang_up(s);
    script_advance(s, 2000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 01 00 00");
    script_expect_sent(s, "PUBLISH q1 #1 dup two 0");
    script_end(s, "topic aliases out");

    s = script_new(V5, 64, 64);
    connect_with(s, "20 06 00 00 03 22 00 0a");
    script_publish(s, 0, "a-topic-of-over-16-bytes", 0);
    script_publish(s, 0, "a", 0);
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 a-topic-of-over-16-bytes 0 | PUBLISH q0 a@1 0");
    script_end(s, "a topic that does not fit an alias");
}

/* The server is not told of an alias when its PUBLISH could not be put; a message that fits without
 * an alias is not refused because of one. */
static void test_alias_space(void)
{
    struct script *s = script_new(V5, 24, 64);

    connect_with(s, "20 06 00 00 03 22 00 0a");
    s->room = 0;
    script_publish(s, 0, "a", 9);
    script_publish(s, 0, "twelve-bytes", 0);
    script_publish(s, 0, "twelve-bytes", 0);
    script_run(s);
    s->room = SIZE_MAX;
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 a@1 9 | PUBLISH q0 twelve-bytes@2 0 | PUBLISH q0 @2 0");
    script_end(s, "no room in the middle of setting an alias");

    for (unsigned room = 20; room < 28; room++) {
        s = script_new(V5, room, 64);
        s->c.options.connect.as.connect.properties.len = 0;
        connect_with(s, "20 06 00 00 03 22 00 0a");
        script_publish(s, 0, "sixteen-bytes-xx", 0); /* 21 bytes; 24 with an alias */
        script_publish(s, 0, "a", 0);
        script_run(s);
        check(s->published == s->given_back, "something is left");
        script_expect_sent(s, room < 21   ? "PUBLISH q0 a@1 0"
                              : room < 24 ? "PUBLISH q0 sixteen-bytes-xx 0 | PUBLISH q0 a@1 0"
                                          : "PUBLISH q0 sixteen-bytes-xx@1 0 | PUBLISH q0 a@2 0");
        script_end(s, "a topic of 16 bytes and an alias in a tx of %u", room);
    }

    s = script_new(V5, 64, 64);
    connect_with(s, "20 0b 00 00 08 22 00 0a 27 00 00 00 18"); /* 24 bytes */
    script_publish(s, 0, "sixteen-bytes-xx", 2);
    script_publish(s, 0, "sixteen-bytes-xx", 0);
    script_publish(s, 0, "sixteen-bytes-xx", 9);
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 sixteen-bytes-xx 2 | PUBLISH q0 sixteen-bytes-xx@1 0 | "
                          "PUBLISH q0 @1 9");
    script_expect_told(s, "delivered 1 00 | delivered 2 00 | delivered 3 00");
    script_end(s, "the server takes the packet without an alias, but not with one");
}

/* An alias that the application put into a message is the client's to decide. */
static void test_alias_of_caller(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    s->room = 0;
    script_publish(s, 1, "a", 0);
    s->c.session.first->publish.topic_alias = 7;
    script_hang_up(s);
    s->room = SIZE_MAX;
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 01 00 00");
    script_expect_sent(s, "PUBLISH q1 #1 dup a 0");
    script_end(s, "no alias where the server takes none");
}

/* ---- little memory ---------------------------------------------------------------------------- */

/* The server floods; the client cannot answer because nobody takes its answers. */
static void test_stalled(size_t tx_len)
{
    struct script *s = script_new(V5, tx_len, 16);

    script_connect(s);
    s->room = 0;
    for (uint16_t i = 0; i < 100; i++) {
        script_say_publish(s, 2, (uint16_t)(i + 1), false, "a", 0);
        script_append(&s->in, (const uint8_t[]){0x62, 2, 0, (uint8_t)(i + 1)}, 4);
    }
    check(native_mqtt_client_wants_write(&s->c), "does not want to write");
    check(!native_mqtt_client_wants_read(&s->c), "wants to read what it cannot answer");
    while (s->in_at < s->in.len && s->faults == 0) {
        s->room = 1;
        script_run(s);
    }
    s->room = SIZE_MAX;
    script_run(s);
    check(native_mqtt_client_wants_read(&s->c), "does not want to read");
    check(s->out.len - s->out_seen == 800, "%zu bytes of answers", s->out.len - s->out_seen);
    script_end(s, "100 messages while nothing is taken, tx of %zu bytes", tx_len);
}

/* The handler of a message fills tx, and may refuse the message. */
static void fill_tx(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type != NATIVE_MQTT_EVENT_MESSAGE || s->published)
        return;
    script_publish(s, 0, "a", 14);
    if (s->user)
        native_mqtt_client_answer(&s->c, 0x80);
}

/* There is no room left for the answer to the message that was just handled. */
static struct script *answer_waits(bool refused)
{
    struct script *s = script_new(V5, 20, 64);

    script_connect(s);
    s->room = 0;
    s->on_event = fill_tx;
    s->user = refused ? s : NULL;
    script_say_publish(s, 2, 7, false, "b", 0);
    script_say_publish(s, 0, 0, false, "c", 0);
    check(!native_mqtt_client_wants_read(&s->c), "wants to read what it cannot answer");
    return s;
}

static void test_answer_waits(bool refused)
{
    struct script *s = answer_waits(refused);

    s->room = SIZE_MAX;
    script_run(s);
    script_expect_sent(s,
                       refused ? "PUBLISH q0 a 14 | PUBREC #7 80" : "PUBLISH q0 a 14 | PUBREC #7");
    script_expect_told(s, "message q2 #7 b 0 | delivered 1 00 | message q0 c 0");
    script_end(s, "no room for an answer (%s), until there is", refused ? "refused" : "taken");

    /* The answer is lost with the link: taken is taken, but a refusal is asked for again. */
    s = answer_waits(refused);
    s->cut_after = s->out.len;
    script_run(s);
    s->cut_after = s->room = SIZE_MAX;
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 01 00 00");
    script_say_publish(s, 2, 7, true, "b", 0);
    script_expect_sent(s, "PUBLISH q0 a 14 | PUBREC #7");
    script_expect_told(s, refused ? "message q2 #7 b 0 | disconnected transport 00 | open | "
                                    "connected present | delivered 1 00 | message q2 #7 dup b 0"
                                  : "message q2 #7 b 0 | disconnected transport 00 | open | "
                                    "connected present | delivered 1 00");
    script_end(s, "no room for an answer (%s), and the link is lost",
               refused ? "refused" : "taken");
}

/* No room for a SUBSCRIBE in tx now, and one that never fits. */
static void test_request_waits(void)
{
    struct script *s = script_new(V5, 20, 64);
    struct native_mqtt_request *r;
    char sent[64];

    script_connect(s);
    s->room = 0;
    script_publish(s, 0, "a", 9);
    r = script_request(s, NATIVE_MQTT_SUBSCRIBE, "b");
    script_run(s);
    s->room = SIZE_MAX;
    script_run(s);
    snprintf(sent, sizeof(sent), "PUBLISH q0 a 9 | SUBSCRIBE #%u b", r->packet_id);
    script_expect_sent(s, sent);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a-filter-of-twenty-bytes");
    script_run(s);
    script_expect_told(s, "delivered 1 00 | subscribed 2 not sent 95");
    script_end(s, "a SUBSCRIBE that waits for room, and one that never fits");
}

static struct model model;

static void told(struct script *s, const struct native_mqtt_client_event *event)
{
    (void)s;
    model_told(&model, event);
}

/* Everything works with any size of buffers that CONNECT fits. */
static void test_small(size_t tx_len, size_t rx_len, size_t read_max, size_t write_max)
{
    struct script *s = script_new(V5, tx_len, rx_len);

    s->c.options.connect.as.connect.clean_start = false;
    s->on_event = told;
    s->read_max = read_max;
    s->write_max = write_max;
    s->read_pause = s->write_pause = read_max != 0;
    model_init(&model, s);
    model.receive_maximum = 2;
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    model_serve(&model);
    for (unsigned n = 1; n <= 30; n++) {
        char topic[8];

        snprintf(topic, sizeof(topic), "m%u", n);
        script_publish(s, n % 3, topic, n * n % 97);
        model_publish(&model, n % 3, n * n % 89);
    }
    model_serve(&model);
    check(s->given_back == 30, "%u given back", s->given_back);
    for (unsigned n = 1; n <= 30; n++) {
        check(model.count[n] == 1, "m%u taken %u times", n, model.count[n]);
        check(model.told[n] == 1, "s%u told %u times", n, model.told[n]);
    }
    if (!tap_good || s->faults)
        printf("# tx %zu, rx %zu, reads of %zu, writes of %zu\n", tx_len, rx_len, read_max,
               write_max);
    check(script_free(s) == 0, "the script has faults");
}

static void test_sizes(void)
{
    for (size_t tx = 16; tx < 40; tx++)
        for (size_t rx = 16; rx < 40; rx++)
            test_small(tx, rx, 0, 0);
    end_test("every size of tx and rx from 16 to 39");
    for (size_t tx = 16; tx < 40; tx += 5)
        for (size_t rx = 16; rx < 64; rx += 7)
            for (size_t n = 1; n < 4; n++)
                test_small(tx, rx, n, n);
    end_test("small buffers, and a transport that takes and gives 1 to 3 bytes at a time");
}

int main(void)
{
    test_quality();
    test_retain();
    test_packet_size();
    test_pubrel();
    test_no_identifier();
    test_aliases();
    test_alias_space();
    test_alias_of_caller();
    test_answer_waits(false);
    test_answer_waits(true);
    test_request_waits();
    test_stalled(16);
    test_stalled(64);
    test_sizes();
    return done();
}
