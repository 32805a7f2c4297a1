/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_session.c - the session by itself: identifiers, order, quota, what resuming does, aliases. */
#include "harness.h"
#include "mqtt/session.h"
#include "mqtt/session_parts.h"

enum { NODES = 66000, ID_MAX = 65535 };

static struct native_mqtt_outgoing nodes[NODES];
static struct native_mqtt_session session;
static bool taken[ID_MAX + 1]; /* by requests */

static bool id_taken(void *context, uint16_t id)
{
    (void)context;
    return taken[id];
}

static void begin(void)
{
    static uint16_t received[4];
    static uint8_t topics[4][8];
    static struct native_mqtt_alias in[2], out[2];

    memset(&session, 0xaa, sizeof(session));
    memset(nodes, 0, sizeof(nodes));
    memset(taken, 0, sizeof(taken));
    for (unsigned i = 0; i < 2; i++) {
        in[i] = (struct native_mqtt_alias){topics[i], 5, 8};
        out[i] = (struct native_mqtt_alias){topics[2 + i], 5, 8};
    }
    session.received = received;
    session.received_max = 4;
    session.aliases_in = in;
    session.aliases_in_max = 2;
    session.aliases_out = out;
    session.aliases_out_max = 2;
    session.id_taken = id_taken;
    session.id_context = NULL;
    native_mqtt_session_init(&session);
}

/* Add node n and send what may be sent. */
static void add(unsigned n, uint8_t qos)
{
    nodes[n].publish.qos = qos;
    native_mqtt_session_add(&session, &nodes[n]);
}

static unsigned send_all(void)
{
    struct native_mqtt_outgoing *message;
    unsigned sent = 0;

    for (; (message = native_mqtt_session_to_send(&session)) != NULL; sent++)
        native_mqtt_session_sent(&session, message);
    return sent;
}

static enum native_mqtt_progress ack(unsigned type, uint16_t id)
{
    struct native_mqtt_outgoing *message;

    return native_mqtt_session_acknowledge(&session, type, id, 0, &message);
}

/* Identifiers in use stay out, whatever wraps round them. [MQTT-2.2.1-3] */
static void test_wrap(unsigned stuck)
{
    unsigned last = 0;

    begin();
    for (unsigned n = 0; n < stuck; n++)
        add(n, 1);
    check(send_all() == stuck, "not all sent");
    taken[ID_MAX] = taken[stuck + 1] = true;
    for (unsigned round = 0; round < 3u * ID_MAX / (stuck < 100 ? 1 : 40); round++) {
        struct native_mqtt_outgoing *message = &nodes[stuck];

        add(stuck, 1);
        check(native_mqtt_session_to_send(&session) == message, "cannot be sent");
        native_mqtt_session_sent(&session, message);
        last = message->publish.packet_id;
        if (!check(last > stuck && !taken[last], "identifier %u given out twice", last))
            break;
        if (!check(ack(NATIVE_MQTT_PUBACK, (uint16_t)last) == NATIVE_MQTT_PROGRESS_DONE,
                   "not done"))
            break;
    }
    for (unsigned n = 0; n < stuck; n++)
        check(nodes[n].publish.packet_id == n + 1, "identifier of %u changed", n);
    end_test("identifiers wrap while %u are stuck in flight", stuck);
}

/* A message at QoS 0 that is not out has no identifier, and hides nobody else's. */
static void test_wrap_behind(void)
{
    begin();
    add(0, 0);
    native_mqtt_session_put(&session, &nodes[0], 5);
    add(1, 1);
    check(send_all() == 1 && nodes[1].publish.packet_id == 1, "not the first identifier");
    for (unsigned n = 2; n <= ID_MAX; n++)
        check(native_mqtt_session_new_id(&session) == n, "not %u", n);
    check(native_mqtt_session_new_id(&session) == 2, "identifier 1 given out twice");
    check(!native_mqtt_session_left(&session, 4), "out before its end");
    check(native_mqtt_session_left(&session, 1), "not out at its end");
    check(native_mqtt_session_collect(&session) == &nodes[0], "not collected");
    check(session.in_flight == 1, "in flight %u", session.in_flight);
    end_test("identifiers wrap behind a message at QoS 0");
}

/* All 65535 in use: nothing more is sent, and then it is. [MQTT-4.9.0-2] */
static void test_exhausted(void)
{
    begin();
    taken[7] = true;
    for (unsigned n = 0; n < 65600; n++)
        add(n, 1);
    check(send_all() == ID_MAX - 1, "not 65534 sent");
    check(native_mqtt_session_new_id(&session) == 0, "an identifier from nowhere");
    check(ack(NATIVE_MQTT_PUBACK, 30000) == NATIVE_MQTT_PROGRESS_DONE, "not done");
    check(native_mqtt_session_to_send(&session) == &nodes[65534], "not the next");
    check(send_all() == 1, "not one more");
    check(nodes[65534].publish.packet_id == 30000, "identifier %u", nodes[65534].publish.packet_id);
    taken[7] = false;
    check(send_all() == 1 && nodes[65535].publish.packet_id == 7, "identifier %u",
          nodes[65535].publish.packet_id);
    end_test("all identifiers in use");
}

/* Take each one of a list out, in each state. */
static void test_remove(void)
{
    for (unsigned sent = 0; sent < 6; sent++)
        for (unsigned n = 0; n < 5; n++) {
            unsigned left = 0;

            begin();
            for (unsigned i = 0; i < 5; i++)
                add(i, 1 + i % 2);
            session.send_maximum = (uint16_t)sent;
            send_all();
            native_mqtt_session_remove(&session, &nodes[n]);
            native_mqtt_session_remove(&session, &nodes[n]);
            check(session.in_flight == (sent < 5 ? sent : 5), "in flight %u", session.in_flight);
            check(session.orphans == (n < sent), "orphans %u", session.orphans);
            ack(n % 2 ? NATIVE_MQTT_PUBREC : NATIVE_MQTT_PUBACK, (uint16_t)(n + 1));
            if (n % 2)
                ack(NATIVE_MQTT_PUBCOMP, (uint16_t)(n + 1));
            check(session.orphans == 0, "orphans %u", session.orphans);
            session.send_maximum = ID_MAX;
            send_all();
            for (struct native_mqtt_outgoing *at = session.first; at; at = at->next, left++)
                check(at != &nodes[n] && (at->next || at == session.last), "the list is broken");
            check(left == 4 && !session.cursor, "%u left", left);
            check(session.in_flight == 4, "in flight %u", session.in_flight);
        }
    end_test("every message taken out at every moment");
}

/* Resume twice: what is done stays done, the rest is as new. */
static void test_resume(void)
{
    begin();
    add(0, 2);
    add(1, 1);
    add(2, 2);
    add(3, 0);
    session.send_maximum = 3;
    send_all();
    check(ack(NATIVE_MQTT_PUBREC, 1) == NATIVE_MQTT_PROGRESS_HALF, "not half done");
    native_mqtt_session_resume(&session, false, 10, 0);
    native_mqtt_session_resume(&session, false, 10, 0);
    check(nodes[0].state == NATIVE_MQTT_DONE, "state %u", nodes[0].state);
    check(native_mqtt_session_collect(&session) == &nodes[0], "not collected");
    check(native_mqtt_session_collect(&session) == NULL, "more collected");
    check(native_mqtt_session_to_send(&session) == &nodes[1], "not the next");
    check(!nodes[1].publish.dup && nodes[1].publish.packet_id == 4, "as new: identifier %u",
          nodes[1].publish.packet_id);
    send_all();
    native_mqtt_session_resume(&session, true, 1, 0);
    check(native_mqtt_session_to_send(&session) == &nodes[1] && nodes[1].publish.dup, "no DUP");
    check(send_all() == 1, "more than the quota");
    end_test("resumed without and with a session");
}

static void test_received(void)
{
    bool duplicate;

    begin();
    for (uint16_t id = 1; id <= 4; id++)
        check(native_mqtt_session_receive(&session, id, &duplicate) == NATIVE_MQTT_OK && !duplicate,
              "%u", id);
    check(native_mqtt_session_receive(&session, 5, &duplicate) == NATIVE_MQTT_NO_SPACE, "a fifth");
    check(native_mqtt_session_receive(&session, 2, &duplicate) == NATIVE_MQTT_OK && duplicate, "2");
    check(native_mqtt_session_release(&session, 2), "2 is not known");
    check(!native_mqtt_session_release(&session, 2), "2 is known");
    check(native_mqtt_session_receive(&session, 5, &duplicate) == NATIVE_MQTT_OK && !duplicate,
          "5");
    native_mqtt_session_resume(&session, true, 1, 0);
    check(native_mqtt_session_receive(&session, 4, &duplicate) == NATIVE_MQTT_OK && duplicate, "4");
    native_mqtt_session_resume(&session, false, 1, 0);
    check(native_mqtt_session_receive(&session, 4, &duplicate) == NATIVE_MQTT_OK && !duplicate,
          "4");
    end_test("identifiers received");
}

/* Topics round the room for an alias; the limit of the peer, and ours. */
static void test_aliases(void)
{
    static const uint8_t text[] = "abcdefghijklmnop";
    struct native_mqtt_span topic = {text, 8};
    bool known = true;

    begin();
    check(native_mqtt_session_alias(&session, &topic, &known) == 0, "an alias before CONNACK");
    native_mqtt_session_resume(&session, true, 1, 1000);
    topic.len = 9;
    check(native_mqtt_session_alias(&session, &topic, &known) == 0, "9 bytes in 8");
    topic.len = 8;
    check(native_mqtt_session_alias(&session, &topic, &known) == 1 && !known, "the first");
    check(native_mqtt_session_alias(&session, &topic, &known) == 1 && known, "the first again");
    topic.len = 7;
    check(native_mqtt_session_alias(&session, &topic, &known) == 2 && !known, "the second");
    topic.len = 6;
    check(native_mqtt_session_alias(&session, &topic, &known) == 0, "a third");
    native_mqtt_session_resume(&session, true, 1, 1);
    check(native_mqtt_session_alias(&session, &topic, &known) == 1 && !known, "forgotten");
    topic.len = 5;
    check(native_mqtt_session_alias(&session, &topic, &known) == 0, "more than the peer takes");
    end_test("topic aliases out");
}

int main(void)
{
    test_wrap(0);
    test_wrap(1);
    test_wrap(50);
    test_wrap(1000);
    test_wrap_behind();
    test_exhausted();
    test_remove();
    test_resume();
    test_received();
    test_aliases();
    return done();
}
