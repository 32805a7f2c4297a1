/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_engine.c - what an application asks the engine instead of looking into it: send without
 * reading, leave a message unanswered, how long to wait, which messages there are. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

static void test_flush(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "b");
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "requests wait, and there is time");
    native_mqtt_client_flush(&s->c, s->now);
    script_expect_sent(s, "SUBSCRIBE #1 a | UNSUBSCRIBE #2 b");
    script_run(s);
    script_expect_sent(s, "");
    script_end(s, "flush sends requests");

    s = script_new(V5, 64, 64);
    script_start(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    native_mqtt_client_flush(&s->c, s->now);
    script_expect_sent(s, "CONNECT clean");
    script_end(s, "flush sends no request before CONNACK");
}

/* Send without reading, as who leaves a connection to itself does. */
static void test_send(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_client_event event;
    size_t at;

    script_connect(s);
    s->room = 20;
    script_publish(s, 1, "big", 100);
    script_publish(s, 1, "next", 3);
    script_run(s);
    s->room = SIZE_MAX;
    script_append(&s->in, "\x40\x02\x00\x01", 4);
    at = s->in_at;
    check(!native_mqtt_client_send(&s->c, s->now, &event), "an event %u", event.type);
    check(s->in_at == at, "it has read");
    script_expect_sent(s, "PUBLISH q1 #1 big 100 | PUBLISH q1 #2 next 3");
    script_run(s);
    script_expect_told(s, "delivered 1 00");
    s->cut_after = s->out.len;
    script_publish(s, 1, "lost", 3);
    check(native_mqtt_client_send(&s->c, s->now, &event) &&
              event.type == NATIVE_MQTT_EVENT_DISCONNECTED,
          "a link that fails is not told");
    check(!native_mqtt_client_send(&s->c, s->now, &event), "an event without a link");
    script_end(s, "send what waits, and read nothing");
}

static void leave_unanswered(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE || event->type == NATIVE_MQTT_EVENT_MESSAGE_BEGIN)
        native_mqtt_client_unanswer(&s->c);
}

static void test_unanswer(unsigned qos, size_t len)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect_property(s, NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, 60);
    script_connect(s);
    s->on_event = leave_unanswered;
    script_say_publish(s, qos, 7, false, "a", len);
    script_expect_sent(s, "");
    s->log.len = 0;
    s->on_event = NULL;
    script_hang_up(s);
    script_advance(s, 1000);
    script_say(s, "20 03 01 00 00");
    s->log.len = 0;
    script_say_publish(s, qos, 7, true, "a", len);
    script_expect_told(s, len < 60   ? qos == 1 ? "message q1 #7 dup a 3" : "message q2 #7 dup a 3"
                          : qos == 1 ? "begin q1 #7 dup a 300 | end 300"
                                     : "begin q2 #7 dup a 300 | end 300");
    script_expect_sent(s, qos == 1 ? "CONNECT | PUBACK #7" : "CONNECT | PUBREC #7");
    script_end(s, "a message of %zu bytes at QoS %u left unanswered comes again", len, qos);
}

/* Until next has returned false there is always something to do. */
static void test_timeout(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_append(&s->in,
                  "\x32\x06\x00\x01"
                  "a\x00\x05\x00",
                  8);
    check(script_step(s), "no message");
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "a message is to be answered");
    script_run(s);
    script_expect_sent(s, "PUBACK #5");
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "nothing is to be done");
    native_mqtt_client_flush(&s->c, s->now);
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "a flush of nothing");
    script_end(s, "no time to wait before a message is answered");

    s = script_new(V5, 32, 64);
    script_connect(s);
    s->room = 0;
    script_publish(s, 1, "a", 20);
    script_publish(s, 1, "b", 20);
    script_run(s);
    check(!native_mqtt_client_wants_read(&s->c) || s->c.options.tx_len - s->c.tx_used >= 5,
          "wants to read without room for answers");
    s->room = SIZE_MAX;
    native_mqtt_client_flush(&s->c, s->now);
    check(native_mqtt_client_wants_read(&s->c), "does not want to read with all of tx free");
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "a message waits for nothing");
    script_run(s);
    script_expect_sent(s, "PUBLISH q1 #1 a 20 | PUBLISH q1 #2 b 20");
    script_end(s, "flush makes room: there is something to do");
}

static void test_first(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_outgoing *first;

    script_connect(s);
    check(native_mqtt_session_first(&s->c.session) == NULL, "a message out of nowhere");
    script_publish(s, 1, "a", 3);
    script_publish(s, 1, "b", 3);
    first = native_mqtt_session_first(&s->c.session);
    check(first && first->publish.topic.data[0] == 'a' && first->next == s->last, "other messages");
    script_end(s, "the messages that the session holds");
}

/* Drive until there is nothing to do, with `ms` for each event. Returns how many writes that made. */
static unsigned count_writes(struct script *s, uint32_t ms)
{
    unsigned writes = 0;
    bool more;

    do {
        more = script_step(s);
        writes += s->writes;
        s->now += more ? ms : 0;
    } while (more);
    return writes;
}

/* What a batch of packets makes to send goes out in one write; but not when handling them takes long. */
static void test_collect(uint32_t ms, unsigned least, unsigned most)
{
    struct script *s = script_new(V5, 256, 1024);
    unsigned writes;

    script_connect(s);
    for (unsigned id = 1; id <= 20; id++) {
        const uint8_t bytes[] = {0x32, 6, 0, 1, 'a', 0, (uint8_t)id, 0};

        script_append(&s->in, bytes, sizeof(bytes));
    }
    writes = count_writes(s, ms);
    check(writes >= least && writes <= most, "20 messages: %u writes", writes);
    check(s->out.len - s->out_seen == 20 * 4, "%zu bytes", s->out.len - s->out_seen);
    s->c.options.in_flight_max = 10;
    script_hang_up(s);
    script_advance(s, 1000);
    script_say(s, "20 03 00 00 00");
    s->now += 1000;
    for (unsigned i = 0; i < 20; i++)
        script_publish(s, 1, "a", 3);
    check(count_writes(s, 0) == 1, "10 messages are not one write");
    for (unsigned id = 1; id <= 10; id++) {
        const uint8_t bytes[] = {0x40, 2, 0, (uint8_t)id};

        script_append(&s->in, bytes, sizeof(bytes));
    }
    writes = count_writes(s, ms);
    check(writes >= (least + 1) / 2 && writes <= most / 2 + 1, "10 acknowledgements: %u writes",
          writes);
    script_end(s, "%u ms for each of 20 messages: %u to %u writes", ms, least, most);
}

/* As many reason codes as filters [MQTT-3.8.4-6] [MQTT-3.11.3-2].
 * proves: MQTT-3.8.4-5 (3.1.1) */
static void test_codes(unsigned version, unsigned type, const char *filters, const char *answer,
                       bool good)
{
    struct script *s = script_new(version, 64, 64);

    script_connect(s);
    script_request(s, type, filters);
    script_run(s);
    s->out_seen = s->out.len;
    script_say(s, answer);
    if (good) {
        script_expect_sent(s, "");
        check(s->c.state == NATIVE_MQTT_CLIENT_CONNECTED, "the connection was ended");
    } else {
        script_expect_told(s, "disconnected protocol 82");
        script_expect_sent(s, version == V5 ? "DISCONNECT 82" : "");
        script_advance(s, 1000);
        script_say(s, version == V5 ? "20 03 00 00 00" : "20 02 00 00");
        check(s->out.data[s->out.len - (type == NATIVE_MQTT_SUBSCRIBE ? 2 : 1)] == 'b',
              "not asked again");
    }
    script_end(s, "version %u, %s of %s answered with %s", version,
               type == NATIVE_MQTT_SUBSCRIBE ? "SUBSCRIBE" : "UNSUBSCRIBE", filters, answer);
}

/* Give rx what is asked for, up to s->user. */
static void grow(struct script *s, const struct native_mqtt_client_event *event)
{
    struct native_mqtt_client_options *o = &s->c.options;
    uint8_t *tx = o->tx, *rx = o->rx;

    if (event->type != NATIVE_MQTT_EVENT_NO_SPACE || event->data.len > (uintptr_t)s->user)
        return;
    native_mqtt_client_set_buffers(&s->c, malloc(o->tx_len), o->tx_len, malloc(event->data.len),
                                   event->data.len);
    free(tx);
    free(rx);
}

/* What stands before a payload is larger than rx: it is asked for room. */
static void test_rx(size_t read_max, size_t payload)
{
    struct script *s = script_new(V5, 64, 32);
    char topic[201] = "";

    memset(topic, 'a', 200);
    s->read_max = read_max;
    s->on_event = grow;
    s->user = (void *)(uintptr_t)300;
    script_connect(s);
    script_say_publish(s, 1, 7, false, topic, payload);
    script_expect_sent(s, "PUBACK #7");
    check(s->c.options.rx_len < 300, "rx has %zu bytes", s->c.options.rx_len);
    s->log.len = 0;
    script_say_publish(s, 0, 0, false, "b", 3);
    script_expect_told(s, "message q0 b 3");
    s->user = (void *)(uintptr_t)10;
    native_mqtt_client_stop(&s->c, 0, NULL, s->now);
    script_run(s);
    script_end(s, "rx grows for a PUBLISH with a payload of %zu, %zu bytes at a time", payload,
               read_max);

    s = script_new(V5, 64, 32);
    s->read_max = read_max;
    script_connect(s);
    script_say_publish(s, 1, 7, false, topic, payload);
    script_append(&s->log, "", 1);
    check(strstr((char *)s->log.data, "no space ") == (char *)s->log.data &&
              strstr((char *)s->log.data, " | disconnected no-space 95 down"),
          "told %.*s", (int)s->log.len - 1, (char *)s->log.data);
    script_expect_sent(s, "DISCONNECT 95");
    script_end(s, "rx does not grow: the connection ends");
}

static struct native_mqtt_outgoing many[65534], one_more;

static void publish(struct script *s, struct native_mqtt_outgoing *message)
{
    message->publish.topic.data = (const uint8_t *)"t";
    message->publish.topic.len = 1;
    message->publish.qos = 1;
    check(native_mqtt_client_publish(&s->c, message, s->now) == NATIVE_MQTT_OK, "not taken");
    native_mqtt_client_flush(&s->c, s->now);
}

/* All 65535 packet identifiers are in use: what needs one waits without making the loop spin. */
static void test_no_identifier(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_outgoing *at;

    s->any_packet = true;
    script_connect(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    native_mqtt_client_flush(&s->c, s->now);
    for (unsigned i = 0; i < 65534; i++)
        publish(s, &many[i]);
    publish(s, &one_more);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "b");
    check(s->c.session.in_flight == 65534 && one_more.publish.packet_id == 0, "it was sent");
    script_run(s);
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "the loop would spin");
    native_mqtt_client_take_back(&s->c, &many[9]);
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "the free identifier is not noticed");
    script_run(s);
    check(s->requests[1]->packet_id == 11, "SUBSCRIBE has %u", s->requests[1]->packet_id);
    native_mqtt_client_take_back(&s->c, &many[19]);
    script_run(s);
    check(one_more.publish.packet_id == 21, "PUBLISH has %u", one_more.publish.packet_id);
    while ((at = native_mqtt_session_first(&s->c.session)) != NULL)
        native_mqtt_session_remove(&s->c.session, at);
    script_end(s, "all packet identifiers are in use");
}

/* A peer that reads nothing holds up the end for so long, whatever the time for connecting. */
static void test_close_timeout(uint32_t close_ms, uint32_t expected_ms)
{
    struct script *s = script_new(V5, 64, 64);

    s->c.options.connect_timeout_ms = 0;
    s->c.options.close_timeout_ms = close_ms;
    script_connect(s);
    s->room = 20;
    script_publish(s, 1, "big", 1000);
    script_run(s);
    native_mqtt_client_stop(&s->c, 0, NULL, s->now);
    script_run(s);
    check(native_mqtt_client_timeout(&s->c, s->now) == expected_ms, "%u ms",
          (unsigned)native_mqtt_client_timeout(&s->c, s->now));
    script_advance(s, expected_ms - 1);
    script_expect_told(s, "");
    script_advance(s, 1);
    script_expect_told(s, "disconnected stopped 00 down");
    script_end(s, "a peer that reads nothing is given %u ms to close", (unsigned)expected_ms);
}

static void test_counters(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    check(s->c.packets_sent == 1 && s->c.packets_received == 1, "CONNECT and CONNACK");
    script_publish(s, 0, "a", 1000);
    script_publish(s, 2, "b", 3);
    script_run(s);
    script_say(s, "50 02 00 01");
    script_say(s, "70 02 00 01");
    check(s->c.packets_sent == 4, "PUBLISH, PUBLISH, PUBREL: %u", (unsigned)s->c.packets_sent);
    script_say_publish(s, 1, 7, false, "c", 1000);
    script_say(s, "d0 00");
    check(s->c.packets_sent == 5 && s->c.packets_received == 5, "%u sent, %u received",
          (unsigned)s->c.packets_sent, (unsigned)s->c.packets_received);
    script_end(s, "packets are counted");
}

int main(void)
{
    test_flush();
    test_send();
    test_unanswer(1, 3);
    test_unanswer(2, 3);
    test_unanswer(1, 300);
    test_unanswer(2, 300);
    test_timeout();
    test_first();
    test_collect(0, 1, 2);
    test_collect(1, 2, 4);
    test_collect(20, 18, 21);
    test_codes(V5, NATIVE_MQTT_SUBSCRIBE, "a b", "90 05 00 01 00 00 01", true);
    test_codes(V5, NATIVE_MQTT_SUBSCRIBE, "a b", "90 04 00 01 00 00", false);
    test_codes(V5, NATIVE_MQTT_SUBSCRIBE, "a b", "90 06 00 01 00 00 01 01", false);
    test_codes(V5, NATIVE_MQTT_UNSUBSCRIBE, "a b", "b0 05 00 01 00 00 11", true);
    test_codes(V5, NATIVE_MQTT_UNSUBSCRIBE, "a b", "b0 04 00 01 00 00", false);
    test_codes(V5, NATIVE_MQTT_UNSUBSCRIBE, "b", "b0 05 00 01 00 00 00", false);
    test_codes(V311, NATIVE_MQTT_SUBSCRIBE, "a b", "90 04 00 01 00 01", true);
    test_codes(V311, NATIVE_MQTT_SUBSCRIBE, "a b", "90 03 00 01 00", false);
    test_codes(V311, NATIVE_MQTT_SUBSCRIBE, "b", "90 04 00 01 00 00", false);
    test_codes(V311, NATIVE_MQTT_UNSUBSCRIBE, "a b", "b0 02 00 01", true);
    for (size_t read_max = 0; read_max < 40; read_max += 1 + read_max / 3) {
        test_rx(read_max, 10);
        test_rx(read_max, 1000);
    }
    test_counters();
    test_no_identifier();
    test_close_timeout(0, NATIVE_MQTT_CLOSE_TIMEOUT_MS);
    test_close_timeout(300, 300);
    return done();
}
