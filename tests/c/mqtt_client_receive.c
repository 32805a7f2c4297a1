/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_receive.c - messages on their way in: QoS flows, duplicates, pieces, topic aliases. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

static void test_flows(unsigned version)
{
    struct script *s = script_new(version, 64, 64);

    script_connect(s);
    script_say_publish(s, 0, 0, false, "a", 3);
    script_say_publish(s, 1, 5, false, "b", 0);
    script_say_publish(s, 1, 5, true, "b", 0);
    script_expect_sent(s, "PUBACK #5 | PUBACK #5");
    script_say_publish(s, 2, 6, false, "c", 1);
    script_say_publish(s, 2, 6, true, "c", 1);
    script_expect_sent(s, "PUBREC #6 | PUBREC #6");
    script_say(s, "62 02 00 06  62 02 00 06");
    script_expect_sent(s, version == V5 ? "PUBCOMP #6 | PUBCOMP #6 92" : "PUBCOMP #6 | PUBCOMP #6");
    script_say_publish(s, 2, 6, false, "d", 1);
    script_expect_sent(s, "PUBREC #6");
    script_expect_told(s, "message q0 a 3 | message q1 #5 b 0 | message q1 #5 dup b 0 | "
                          "message q2 #6 c 1 | message q2 #6 d 1");
    script_end(s, "QoS 0, 1 and 2 in, version %u", version);
}

/* [MQTT-4.6.0-2] [MQTT-4.6.0-3] [MQTT-4.6.0-4] acknowledgements in the order of what they are for. */
static void test_acknowledged_in_order(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_say(s, "34 06 00 01 61 00 03 00  32 06 00 01 61 00 09 00  34 06 00 01 61 00 01 00");
    script_expect_sent(s, "PUBREC #3 | PUBACK #9 | PUBREC #1");
    script_say(s, "62 02 00 03 62 02 00 01");
    script_expect_sent(s, "PUBCOMP #3 | PUBCOMP #1");
    script_end(s, "acknowledged in the order of arrival");
}

static void refuse(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE || event->type == NATIVE_MQTT_EVENT_MESSAGE_END)
        native_mqtt_client_answer(&s->c, 0x83);
}

/* The application refuses. [MQTT-4.3.3-9] after that the identifier may be used for a new message. */
static void test_answer(unsigned version)
{
    struct script *s = script_new(version, 64, 64);

    script_connect(s);
    s->on_event = refuse;
    script_say_publish(s, 1, 1, false, "a", 0);
    script_say_publish(s, 2, 2, false, "a", 0);
    script_say_publish(s, 2, 3, false, "a", 200);
    s->on_event = NULL;
    script_say_publish(s, 2, 2, false, "a", 0);
    script_say_publish(s, 2, 3, false, "a", 1);
    if (version == V5) {
        script_expect_sent(s, "PUBACK #1 83 | PUBREC #2 83 | PUBREC #3 83 | PUBREC #2 | PUBREC #3");
        script_expect_told(s,
                           "message q1 #1 a 0 | message q2 #2 a 0 | begin q2 #3 a 200 | end 200 | "
                           "message q2 #2 a 0 | message q2 #3 a 1");
    } else { /* it has no words for that: the message was taken */
        script_expect_sent(s, "PUBACK #1 | PUBREC #2 | PUBREC #3 | PUBREC #2 | PUBREC #3");
        script_expect_told(s,
                           "message q1 #1 a 0 | message q2 #2 a 0 | begin q2 #3 a 200 | end 200");
    }
    script_end(s, "a message that the application refuses, version %u", version);
}

/* [MQTT-3.3.4-7] more than the receive maximum of QoS 2 messages that are not released. */
static void test_receive_maximum(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    for (uint16_t id = 1; id <= SCRIPT_RECEIVED + 1; id++)
        script_say_publish(s, 2, id, false, "a", 0);
    script_expect_told(s, "message q2 #1 a 0 | message q2 #2 a 0 | message q2 #3 a 0 | "
                          "message q2 #4 a 0 | disconnected protocol 93");
    script_expect_sent(s, "PUBREC #1 | PUBREC #2 | PUBREC #3 | PUBREC #4 | DISCONNECT 93");
    script_end(s, "more QoS 2 messages than there is room for");
}

/* A payload larger than rx, whole and as a duplicate. */
static void test_pieces(void)
{
    struct script *s = script_new(V5, 32, 32);

    script_connect(s);
    script_say_publish(s, 0, 0, false, "zero", 100);
    script_say_publish(s, 1, 1, false, "one", 33);
    script_say_publish(s, 2, 2, false, "two", 5000);
    script_say_publish(s, 2, 2, true, "two", 5000);
    script_say_publish(s, 0, 0, false, "a", 2);
    script_expect_told(s, "begin q0 zero 100 | end 100 | begin q1 #1 one 33 | end 33 | "
                          "begin q2 #2 two 5000 | end 5000 | message q0 a 2");
    script_expect_sent(s, "PUBACK #1 | PUBREC #2 | PUBREC #2");
    script_say(s, "62 02 00 02");
    script_expect_sent(s, "PUBCOMP #2");
    script_end(s, "payloads that come in pieces");
}

/* Every length round the size of rx. */
static void test_lengths(void)
{
    struct script *s = script_new(V5, 32, 32);

    script_connect(s);
    for (size_t len = 0; len < 200; len++) {
        script_say_publish(s, 2, 1, false, "a", len);
        script_say_publish(s, 2, 1, true, "a", len);
        script_say(s, "62 02 00 01");
        check(s->out.len - s->out_seen == 12, "at %zu: %zu bytes sent", len,
              s->out.len - s->out_seen);
        s->out_seen = s->out.len;
    }
    script_end(s, "every length of payload round that of rx, duplicates too");
}

/* The connection is lost in the middle of a payload at QoS 2: the message was not received, so it
 * must be told when it is sent again. */
static void test_pieces_lost(unsigned qos)
{
    struct script *s = script_new(V5, 32, 32);
    uint8_t head[] = {(uint8_t)(0x30 | qos << 1), 100, 0, 1, 'a', 0, 7, 0};
    uint8_t half[40];

    script_connect(s);
    memset(half, 0, sizeof(half));
    script_append(&s->in, head, sizeof(head));
    for (size_t i = 0; i < sizeof(half); i++) /* the pattern of 94 bytes */
        half[i] = (uint8_t)(94 * 31 + i * 7 + (i >> 8));
    script_say_bytes(s, half, sizeof(half));
    script_hang_up(s);
    script_advance(s, 1000);
    script_say(s, "20 03 01 00 00");
    script_say_publish(s, qos, 7, true, "a", 94);
    script_expect_told(
        s, qos == 1 ? "begin q1 #7 a 94 | disconnected closed 00 | open | connected present "
                      "| begin q1 #7 dup a 94 | end 94"
                    : "begin q2 #7 a 94 | disconnected closed 00 | open | connected present "
                      "| begin q2 #7 dup a 94 | end 94");
    script_expect_sent(s, qos == 1 ? "CONNECT | PUBACK #7" : "CONNECT | PUBREC #7");
    script_end(s, "connection lost in the middle of a payload at QoS %u", qos);
}

/* The application refuses at QoS 2, and PUBREC is lost with the connection: it is asked again. */
static void test_refusal_lost(void)
{
    struct script *s = script_new(V5, 32, 32);

    script_connect(s);
    s->cut_after = s->out.len;
    s->on_event = refuse;
    script_say_publish(s, 2, 2, false, "a", 0);
    s->cut_after = SIZE_MAX;
    s->on_event = NULL;
    script_advance(s, 1000);
    script_say(s, "20 03 01 00 00");
    script_say_publish(s, 2, 2, true, "a", 0);
    script_expect_told(s,
                       "message q2 #2 a 0 | disconnected transport 00 | open | connected present | "
                       "message q2 #2 dup a 0");
    script_end(s, "a refusal that is lost with the connection");
}

/* What stands before a payload must fit rx. */
static void test_no_space(void)
{
    struct script *s = script_new(V5, 64, 32);

    script_connect(s);
    script_say_publish(s, 0, 0, false, "a-topic-name-that-is-longer-than-the-buffer", 100);
    script_expect_told(s, "no space 49 | disconnected no-space 95 down");
    script_expect_sent(s, "DISCONNECT 95");
    script_end(s, "a PUBLISH whose header does not fit rx");

    s = script_new(V5, 64, 32);
    script_connect(s);
    script_say(s,
               "40 28 00 01 00 24 1f 00 21 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 "
               "61 61 61 61 61 61 61 61 61 61 61 61 61 61");
    script_expect_told(s, "no space 42 | disconnected no-space 95 down");
    script_end(s, "another packet that does not fit rx");

    s = script_new(V5, 64, 64);
    script_connect_property(s, NATIVE_MQTT_MAXIMUM_PACKET_SIZE, 40);
    script_connect(s);
    script_say_publish(s, 0, 0, false, "a", 100);
    script_expect_told(s, "disconnected malformed 95");
    script_expect_sent(s, "DISCONNECT 95");
    script_end(s, "a packet larger than we said we take");
}

/* Topic aliases of the server. [MQTT-3.3.2-8] [MQTT-3.3.2-9] [MQTT-3.3.2-12] */
static void test_aliases(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect_property(s, NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM, 2);
    script_connect(s);
    script_say(s,
               "30 07 00 01 61 03 23 00 01  30 06 00 00 03 23 00 01  30 07 00 01 62 03 23 00 01");
    script_say(s, "30 06 00 00 03 23 00 01");
    script_expect_told(s, "message q0 a 0 | message q0 a 0 | message q0 b 0 | message q0 b 0");
    script_say(s, "30 06 00 00 03 23 00 02");
    script_expect_told(s, "disconnected protocol 82");
    script_expect_sent(s, "DISCONNECT 82");
    script_advance(s, 1000);
    script_say(s, "20 03 01 00 00  30 06 00 00 03 23 00 01");
    script_expect_told(s, "open | connected present | disconnected protocol 82");
    script_end(s, "topic aliases in: set, used, changed, unknown, forgotten with the connection");

    s = script_new(V5, 64, 64);
    script_connect(s);
    script_say(s, "30 07 00 01 61 03 23 00 03");
    script_expect_told(s, "disconnected protocol 94");
    script_expect_sent(s, "DISCONNECT 94");
    script_end(s, "a topic alias out of range");

    s = script_new(V5, 64, 64);
    script_connect(s);
    script_say(s, "30 07 00 01 61 03 23 00 00");
    script_expect_told(s, "disconnected malformed 94");
    script_end(s, "topic alias 0");

    s = script_new(V5, 64, 64);
    script_connect(s);
    script_say(s, "30 18 00 12 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 03 23 00 01");
    script_expect_told(s, "disconnected protocol 97");
    script_end(s, "a topic longer than the room for the alias");
}

int main(void)
{
    test_flows(V311);
    test_flows(V5);
    test_acknowledged_in_order();
    test_answer(V311);
    test_answer(V5);
    test_receive_maximum();
    test_pieces();
    test_lengths();
    test_pieces_lost(1);
    test_pieces_lost(2);
    test_refusal_lost();
    test_no_space();
    test_aliases();
    return done();
}
