/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_publish.c - messages on their way out: QoS flows, identifiers, flow control, payloads in
 * pieces. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

/* Every QoS, and that the message is given back when it should be. */
static void test_flows(unsigned version)
{
    struct script *s = script_new(version, 64, 64);

    script_connect(s);
    script_publish(s, 0, "a", 3);
    script_publish(s, 1, "b", 0);
    script_publish(s, 2, "c", 5);
    check(s->given_back == 0, "a message at QoS 0 is given back before it is out");
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 a 3 | PUBLISH q1 #1 b 0 | PUBLISH q2 #2 c 5");
    script_expect_told(s, "delivered 1 00");
    script_say(s, "40 02 00 01");
    script_expect_told(s, "delivered 2 00");
    script_say(s, "50 02 00 02");
    script_expect_sent(s, "PUBREL #2");
    script_expect_told(s, "");
    script_say(s, "70 02 00 02");
    script_expect_told(s, "delivered 3 00");
    check(!s->c.session.first && s->c.session.in_flight == 0, "something is left");
    script_end(s, "QoS 0, 1 and 2 out, version %u", version);
}

/* Acknowledgements that come twice, too late, in another order, for nobody. */
static void test_strange_acks(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_publish(s, 1, "a", 0);
    script_publish(s, 2, "b", 0);
    script_publish(s, 1, "c", 0);
    script_run(s);
    script_expect_sent(s, "PUBLISH q1 #1 a 0 | PUBLISH q2 #2 b 0 | PUBLISH q1 #3 c 0");
    script_say(s, "40 02 00 09  70 02 00 09");
    script_expect_sent(s, "");
    script_say(s, "50 02 00 09"); /* MQTT 5.0, 4.3.3: PUBREL says that it is unknown */
    script_expect_sent(s, "PUBREL #9 92");
    script_say(s, "70 02 00 02"); /* PUBCOMP before PUBREC */
    script_say(s, "40 02 00 02"); /* PUBACK for QoS 2 */
    script_say(s, "70 02 00 01"); /* PUBCOMP for QoS 1 */
    script_expect_told(s, "");
    script_say(s, "40 02 00 03  40 02 00 03");
    script_expect_told(s, "delivered 3 00");
    script_say(s, "50 02 00 02  50 02 00 02");
    script_expect_sent(s, "PUBREL #2 | PUBREL #2");
    script_say(s, "70 02 00 02  70 02 00 02");
    script_expect_told(s, "delivered 2 00");
    script_say(s, "40 02 00 01");
    script_expect_told(s, "delivered 1 00");
    script_end(s, "acknowledgements twice, late, unknown, out of order");
}

/* [MQTT-4.3.3-4] a refused message is over; its identifier is free. */
static void test_refused(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_publish(s, 1, "a", 0);
    script_publish(s, 2, "b", 0);
    script_publish(s, 2, "c", 0);
    script_run(s);
    s->out_seen = s->out.len;
    script_say(s, "40 03 00 01 87  50 03 00 02 80  50 03 00 03 10  70 03 00 03 92");
    script_expect_told(s, "delivered 1 87 | delivered 2 80 | delivered 3 92");
    script_expect_sent(s, "PUBREL #3");
    script_end(s, "messages that the server refuses");
}

/* [MQTT-3.3.4-9] never more unacknowledged than the server takes, in the order of publishing. */
static void test_receive_maximum(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_start(s);
    script_say(s, "20 06 00 00 03 21 00 01");
    s->log.len = 0;
    s->out_seen = s->out.len;
    script_publish(s, 1, "a", 1);
    script_publish(s, 2, "a", 2);
    script_publish(s, 1, "a", 3);
    script_publish(s, 0, "a", 4);
    script_run(s);
    script_expect_sent(s, "PUBLISH q1 #1 a 1");
    script_say(s, "40 02 00 01");
    script_expect_sent(s, "PUBLISH q2 #2 a 2");
    script_say(s, "50 02 00 02");
    script_expect_sent(s, "PUBREL #2");
    script_say(s, "70 02 00 02");
    script_expect_sent(s, "PUBLISH q1 #3 a 3 | PUBLISH q0 a 4");
    script_expect_told(s, "delivered 1 00 | delivered 2 00 | delivered 4 00");
    script_end(s, "receive maximum 1");
}

/* [MQTT-3.3.4-9] a message taken back is still one that the server has to acknowledge. */
static void test_take_back_quota(void)
{
    struct script *s = script_new(V5, 64, 64);
    struct native_mqtt_outgoing *first;

    s->c.options.in_flight_max = 1;
    script_connect(s);
    script_publish(s, 2, "a", 0);
    first = s->last;
    script_publish(s, 1, "b", 0);
    script_run(s);
    script_expect_sent(s, "PUBLISH q2 #1 a 0");
    check(script_take_back(s, first), "not taken back");
    script_run(s);
    script_expect_sent(s, "");
    script_say(s, "50 02 00 01");
    script_expect_sent(s, "PUBREL #1 92");
    script_say(s, "70 03 00 01 92");
    script_expect_sent(s, "PUBLISH q1 #2 b 0");
    script_say(s, "40 02 00 02");
    script_expect_told(s, "delivered 2 00");
    check(s->c.session.in_flight == 0, "%u in flight", s->c.session.in_flight);
    script_end(s, "a message that is taken back counts until it is acknowledged");
}

/* A payload larger than tx, over a link that takes little; acknowledgements and PINGREQ go after it. */
static void test_pieces(unsigned qos)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    s->room = 40;
    check(script_publish(s, qos, "big", 1000) == NATIVE_MQTT_OK, "publish");
    script_publish(s, 1, "next", 1);
    script_run(s);
    check(native_mqtt_client_wants_write(&s->c), "does not want to write");
    check(!native_mqtt_client_take_back(&s->c, s->c.session.first), "taken back in the middle");
    script_say_publish(s, 1, 7, false, "in", 3);
    script_say_publish(s, 2, 8, false, "in", 3);
    script_expect_told(s, "message q1 #7 in 3 | message q2 #8 in 3");
    s->room = 500;
    script_run(s);
    s->room = SIZE_MAX;
    script_run(s);
    script_expect_sent(
        s, qos ? qos == 1 ? "PUBLISH q1 #1 big 1000 | PUBACK #7 | PUBREC #8 | PUBLISH q1 #2 next 1"
                          : "PUBLISH q2 #1 big 1000 | PUBACK #7 | PUBREC #8 | PUBLISH q1 #2 next 1"
               : "PUBLISH q0 big 1000 | PUBACK #7 | PUBREC #8 | PUBLISH q1 #1 next 1");
    script_expect_told(s, qos ? "" : "delivered 1 00");
    if (qos) {
        script_say(s, qos == 1 ? "40 02 00 01" : "50 02 00 01 70 02 00 01");
        script_expect_told(s, "delivered 1 00");
    }
    script_end(s, "a payload in pieces at QoS %u", qos);
}

/* The server acknowledges what it cannot have. */
static void test_ack_too_early(unsigned type)
{
    struct script *s = script_new(V5, 64, 64);
    const uint8_t ack[] = {(uint8_t)(type << 4), 2, 0, 1};

    script_connect(s);
    s->room = 40;
    script_publish(s, type == NATIVE_MQTT_PUBACK ? 1 : 2, "big", 1000);
    script_run(s);
    script_say_bytes(s, ack, 4);
    script_expect_told(s, "disconnected protocol 82");
    script_expect_sent(s, "+40");
    script_end(s, "acknowledgement %u before the payload is out", type);
}

/* What flush leaves undone, timeout tells. */
static void test_flush(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_publish(s, 0, "big", 1000);
    script_publish(s, 0, "small", 1);
    native_mqtt_client_flush(&s->c, s->now);
    check(native_mqtt_client_wants_write(&s->c) || native_mqtt_client_timeout(&s->c, s->now) == 0,
          "work is left, but nothing says so");
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 big 1000 | PUBLISH q0 small 1");
    script_expect_told(s, "delivered 1 00 | delivered 2 00");
    script_publish(s, 1, "x", 1);
    check(s->c.tx_used > 0, "not put at once");
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "bytes wait, but nothing says so");
    native_mqtt_client_flush(&s->c, s->now);
    script_expect_sent(s, "PUBLISH q1 #1 x 1");
    script_end(s, "flush, and what is left to do after it");
}

/* At QoS 0 a payload in pieces that is out is out, whatever becomes of the link. [MQTT-4.3.1-1] */
static void test_once(bool whole)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    s->cut_after = s->out.len + (whole ? 1000 + 3 + 6 : 700);
    script_publish(s, 0, "big", 1000);
    native_mqtt_client_flush(&s->c, s->now);
    script_hang_up(s);
    s->cut_after = SIZE_MAX;
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 01 00 00");
    script_expect_sent(s, whole ? "" : "PUBLISH q0 big 1000");
    script_expect_told(
        s, whole ? "delivered 1 00 | disconnected closed 00 | open | connected present"
                 : "disconnected closed 00 | open | connected present | delivered 1 00");
    script_end(s, "QoS 0: link lost %s a payload", whole ? "after" : "in the middle of");
}

/* What this connection sent and what was told, as text; the log is forgotten. */
struct seen {
    char sent[1000], told[1000];
};

static struct seen look(struct script *s)
{
    struct seen seen;
    size_t rest;

    script_describe(V5, s->out.data + s->out_start, s->out.len - s->out_start, seen.sent,
                    sizeof(seen.sent), &rest);
    snprintf(seen.told, sizeof(seen.told), "%.*s", (int)s->log.len, (const char *)s->log.data);
    s->log.len = 0;
    return seen;
}

static const char *const lost_topics[] = {"a", "b", "big", "d", "e"};
static const size_t lost_lens[] = {3, 0, 300, 40, 1};

/* At QoS 0 a message is done when its last byte was taken, and only then; the others go out after the
 * reconnect, in their order, and the one at QoS 1 behind them. */
static void judge_lost(const struct seen *before, const struct seen *after)
{
    const char *at = after->sent;

    for (unsigned i = 0; i < 5; i++) {
        char packet[32], told[32];
        bool out, again;

        snprintf(packet, sizeof(packet), "PUBLISH q0 %s %zu", lost_topics[i], lost_lens[i]);
        snprintf(told, sizeof(told), "delivered %u 00", i + 1);
        out = strstr(before->sent, packet) != NULL;
        again = strstr(at, packet) != NULL;
        check(out != again, "%s was sent %s", packet, out ? "twice" : "never");
        check((strstr(before->told, told) != NULL) == out, "%s before: %s", packet, before->told);
        check((strstr(after->told, told) != NULL) == again, "%s after: %s", packet, after->told);
        at = again ? strstr(at, packet) : at;
    }
    check(strstr(at, "PUBLISH q1 #"), "the last one is not sent again: %s", after->sent);
}

/* The link takes `cut` bytes, write_max at a time, and breaks. Returns whether it took all. */
static bool lose_after(size_t cut, size_t write_max, bool present)
{
    struct script *s = script_new(V5, 64, 64);
    struct seen before, after;

    script_connect(s);
    s->write_max = write_max;
    s->write_pause = write_max > 0;
    s->cut_after = s->out.len + cut;
    for (unsigned i = 0; i < 5; i++)
        script_publish(s, 0, lost_topics[i], lost_lens[i]);
    script_publish(s, 1, "q", 2);
    native_mqtt_client_flush(&s->c, s->now);
    script_run(s);
    before = look(s);
    if (s->c.state == NATIVE_MQTT_CLIENT_CONNECTED)
        script_hang_up(s);
    s->cut_after = SIZE_MAX;
    script_advance(s, 1000);
    script_say(s, present ? "20 03 01 00 00" : "20 03 00 00 00");
    after = look(s);
    judge_lost(&before, &after);
    check(script_free(s) == 0, "the script has faults");
    return strstr(before.sent, "q1") != NULL;
}

static void test_lost(size_t write_max, bool present)
{
    size_t cut = 0;

    while (!lose_after(cut, write_max, present) && tap_good)
        cut++;
    check(cut > 360, "all was out after %zu bytes", cut);
    end_test("QoS 0: link lost after each of %zu bytes, writes of %zu, session %s", cut, write_max,
             present ? "there" : "lost");
}

/* What is taken back while it stands in tx is out of the list, and goes out all the same. */
static void test_take_back_put(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_publish(s, 0, "a", 1);
    script_publish(s, 0, "b", 1);
    check(s->c.tx_used > 0 && script_take_back(s, s->c.session.first), "not taken back");
    script_run(s);
    script_expect_sent(s, "PUBLISH q0 a 1 | PUBLISH q0 b 1");
    script_expect_told(s, "delivered 2 00");
    script_end(s, "a message at QoS 0 taken back on its way");
}

/* What cannot be published is said at once, and nothing is kept. */
static void test_too_large(void)
{
    struct script *s = script_new(V5, 64, 64);
    char topic[80];

    script_connect(s);
    memset(topic, 'a', sizeof(topic));
    topic[70] = 0;
    check(script_publish(s, 1, topic, 0) == NATIVE_MQTT_NO_SPACE, "70 bytes of topic fit 64");
    check(script_publish(s, 3, "a", 0) == NATIVE_MQTT_TOO_LARGE, "QoS 3");
    check(!s->c.session.first, "something was kept");
    script_end(s, "what cannot be published");
}

/* Published before there is a connection: nothing is lost, the order kept. */
static void test_offline(void)
{
    struct script *s = script_new(V5, 64, 64);

    native_mqtt_client_init(&s->c);
    for (unsigned i = 0; i < 6; i++)
        script_publish(s, i % 3, "a", i);
    check(s->given_back == 0, "given back while down");
    native_mqtt_client_start(&s->c, s->now);
    script_run(s);
    script_say(s, "20 03 00 00 00");
    script_expect_sent(s,
                       "CONNECT clean | PUBLISH q0 a 0 | PUBLISH q1 #1 a 1 | PUBLISH q2 #2 a 2 | "
                       "PUBLISH q0 a 3 | PUBLISH q1 #3 a 4 | PUBLISH q2 #4 a 5");
    script_expect_told(s, "open | connected | delivered 1 00 | delivered 4 00");
    script_end(s, "published before the start");
}

int main(void)
{
    test_flows(V311);
    test_flows(V5);
    test_strange_acks();
    test_refused();
    test_receive_maximum();
    test_take_back_quota();
    for (unsigned qos = 0; qos < 3; qos++)
        test_pieces(qos);
    test_ack_too_early(NATIVE_MQTT_PUBACK);
    test_ack_too_early(NATIVE_MQTT_PUBREC);
    test_ack_too_early(NATIVE_MQTT_PUBCOMP);
    test_flush();
    test_once(true);
    test_once(false);
    for (unsigned present = 0; present < 2; present++)
        for (size_t write_max = 0; write_max < 4; write_max++)
            test_lost(write_max, present);
    test_take_back_put();
    test_too_large();
    test_offline();
    return done();
}
