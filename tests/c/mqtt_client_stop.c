/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_stop.c - stop in every state, AUTH, larger buffers, and every function called while every
 * kind of event is handled. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

/* Session Expiry Interval 0, for a DISCONNECT with properties. */
static const uint8_t expiry[] = {NATIVE_MQTT_SESSION_EXPIRY_INTERVAL, 0, 0, 0, 0};
static const struct native_mqtt_properties properties = {expiry, sizeof(expiry), 0};

static void stop(struct script *s)
{
    native_mqtt_client_stop(&s->c, 4, NULL, s->now);
    script_run(s);
}

static void test_states(void)
{
    struct script *s = script_new(V5, 64, 64);

    native_mqtt_client_init(&s->c);
    stop(s);
    script_expect_told(s, "");
    native_mqtt_client_start(&s->c, s->now);
    stop(s);
    script_expect_told(s, "disconnected stopped 04 down");
    script_end(s, "stop while DOWN, and while WAITING for the first attempt");

    s = script_new(V5, 64, 64);
    s->link_again = SCRIPT_NEVER;
    script_start(s);
    native_mqtt_client_stop(&s->c, 4, &properties, s->now);
    script_run(s);
    script_expect_told(s, "open | disconnected stopped 04 down");
    check(s->unlinked, "the link was not closed");
    script_end(s, "stop while OPENING");

    s = script_new(V5, 64, 64);
    script_start(s);
    stop(s);
    script_expect_sent(s, "CONNECT clean | DISCONNECT 04");
    script_expect_told(s, "open | disconnected stopped 04 down");
    script_end(s, "stop while CONNECTING");

    s = script_new(V5, 64, 64);
    script_connect(s);
    script_hang_up(s);
    stop(s);
    script_expect_told(s, "disconnected closed 00 | disconnected stopped 04 down");
    script_end(s, "stop while WAITING for another attempt");

    s = script_new(V5, 64, 64);
    script_connect(s);
    s->c.options.close_timeout_ms = 1;
    native_mqtt_client_stop(&s->c, 4, NULL, s->now);
    s->now += 5;
    script_run(s);
    script_expect_sent(s, "DISCONNECT 04");
    script_expect_told(s, "disconnected stopped 04 down");
    script_end(s, "leave is taken also when its time was over before the first step");

    s = script_new(V5, 64, 64);
    script_connect(s);
    s->room = 0;
    s->c.options.close_timeout_ms = 10;
    native_mqtt_client_stop(&s->c, 4, NULL, s->now);
    script_run(s);
    script_expect_told(s, "");
    s->now += 10;
    script_run(s);
    script_expect_sent(s, "");
    script_expect_told(s, "disconnected stopped 04 down");
    script_end(s, "a peer that takes nothing is left when the time is over");

    s = script_new(V5, 64, 64);
    script_connect(s);
    native_mqtt_client_stop(&s->c, 4, &properties, s->now);
    native_mqtt_client_stop(&s->c, 0, NULL, s->now);
    check(native_mqtt_client_timeout(&s->c, s->now) == 0, "a time to wait");
    script_run(s);
    script_expect_sent(s, "DISCONNECT 04 +properties");
    script_expect_told(s, "disconnected stopped 04 down");
    native_mqtt_client_start(&s->c, s->now);
    script_run(s);
    script_expect_told(s, "open");
    script_expect_sent(s, "CONNECT clean");
    script_end(s, "stop twice, then start again");
}

/* What waits goes before DISCONNECT; nothing goes after it [MQTT-3.14.4-1]. */
static void test_waiting(bool with_properties)
{
    const struct native_mqtt_properties *with = with_properties ? &properties : NULL;
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    s->room = 20;
    script_publish(s, 0, "big", 1000);
    script_publish(s, 1, "left", 0);
    script_run(s);
    native_mqtt_client_stop(&s->c, 4, with, s->now);
    script_publish(s, 0, "later", 0);
    check(native_mqtt_client_auth(&s->c, 0x19, NULL, s->now) == NATIVE_MQTT_NO_SPACE,
          "AUTH after stop");
    script_run(s);
    script_expect_told(s, "");
    s->room = SIZE_MAX;
    script_run(s);
    script_expect_sent(s, with ? "PUBLISH q0 big 1000 | DISCONNECT 04 +properties"
                               : "PUBLISH q0 big 1000 | DISCONNECT 04");
    script_expect_told(s, "delivered 1 00 | disconnected stopped 04 down");
    script_end(s, "stop in the middle of a payload%s", with ? ", with properties" : "");

    s = script_new(V5, 64, 64);
    script_connect(s);
    s->room = 20;
    script_publish(s, 1, "big", 1000);
    script_run(s);
    native_mqtt_client_stop(&s->c, 4, with, s->now);
    script_run(s);
    script_advance(s, 5000);
    script_expect_told(s, "disconnected stopped 04 down");
    check(s->c.session.first != NULL, "the message is gone");
    script_end(s, "stop against a peer that does not read%s", with ? ", with properties" : "");
}

static void stop_on_message(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE || event->type == NATIVE_MQTT_EVENT_MESSAGE_END)
        native_mqtt_client_stop(&s->c, 4, s->user, s->now);
}

static void test_in_message(bool with_properties, size_t payload)
{
    struct script *s = script_new(V5, 64, 64);

    s->on_event = stop_on_message;
    s->user = with_properties ? (void *)(uintptr_t)&properties : NULL;
    script_connect(s);
    script_say_publish(s, 2, 9, false, "a", payload);
    script_expect_sent(s, with_properties ? "PUBREC #9 | DISCONNECT 04 +properties"
                                          : "PUBREC #9 | DISCONNECT 04");
    script_end(s, "stop while a message of %zu bytes is handled%s: it is acknowledged before",
               payload, with_properties ? ", with properties" : "");
}

/* tx is full of acknowledgements when the client is stopped: they go first, the properties are kept. */
static void test_full(size_t publishes)
{
    struct script *s = script_new(V5, 20, 64);

    script_connect(s);
    s->room = 0;
    for (size_t i = 0; i < publishes; i++)
        script_say_publish(s, 1, (uint16_t)(i + 1), false, "a", 0);
    s->room = SIZE_MAX;
    native_mqtt_client_stop(&s->c, 4, &properties, s->now);
    script_run(s);
    script_expect_told(s, publishes == 1 ? "message q1 #1 a 0 | disconnected stopped 04 down"
                          : publishes == 3
                              ? "message q1 #1 a 0 | message q1 #2 a 0 | message q1 #3 a 0 "
                                "| disconnected stopped 04 down"
                              : "message q1 #1 a 0 | message q1 #2 a 0 | message q1 #3 a 0 "
                                "| message q1 #4 a 0 | disconnected stopped 04 down");
    script_expect_sent(s, publishes == 1 ? "PUBACK #1 | DISCONNECT 04 +properties"
                          : publishes == 3
                              ? "PUBACK #1 | PUBACK #2 | PUBACK #3 | DISCONNECT 04 +properties"
                              : "PUBACK #1 | PUBACK #2 | PUBACK #3 | PUBACK #4 | DISCONNECT 04 "
                                "+properties");
    script_end(s, "stop with %zu acknowledgements in tx", publishes);
}

/* ---- AUTH ------------------------------------------------------------------------------------- */

static const uint8_t method[] = {NATIVE_MQTT_AUTHENTICATION_METHOD, 0, 1, 'x'};

static void answer_auth(struct script *s, const struct native_mqtt_client_event *event)
{
    const struct native_mqtt_properties p = {method, sizeof(method), 0};

    if (event->type == NATIVE_MQTT_EVENT_AUTH && event->packet.as.ack.reason == 0x18)
        check(native_mqtt_client_auth(&s->c, 0x18, &p, s->now) == NATIVE_MQTT_OK, "no answer");
}

static void test_auth(void)
{
    const struct native_mqtt_properties p = {method, sizeof(method), 0};
    struct script *s = script_new(V5, 64, 64);

    s->c.options.connect.as.connect.properties = p;
    s->on_event = answer_auth;
    check(native_mqtt_client_auth(&s->c, 0x19, &p, s->now) == NATIVE_MQTT_NO_SPACE, "while down");
    script_start(s);
    script_say(s, "f0 06 18 04 15 00 01 78");
    script_say(s, "20 07 00 00 04 15 00 01 78");
    script_expect_sent(s, "CONNECT clean | AUTH 18 +properties");
    script_expect_told(s, "open | auth 18 | connected");
    check(native_mqtt_client_auth(&s->c, 0x19, &p, s->now) == NATIVE_MQTT_OK, "re-authenticate");
    script_run(s);
    script_say(s, "f0 06 18 04 15 00 01 78 f0 06 00 04 15 00 01 78");
    script_expect_sent(s, "AUTH 19 +properties | AUTH 18 +properties");
    script_expect_told(s, "auth 18 | auth 00");
    script_end(s, "enhanced authentication, and again while connected");
}

/* What 3.1.1 does not have cannot be sent. */
static void test_auth_before_5(void)
{
    struct script *s = script_new(V311, 64, 64);

    script_connect(s);
    check(native_mqtt_client_auth(&s->c, 0x19, NULL, s->now) == NATIVE_MQTT_TOO_LARGE, "AUTH");
    script_run(s);
    script_expect_sent(s, "");
    script_end(s, "3.1.1 has no AUTH");
}

/* Without a time for connecting there is nothing to wait for but the transport. */
static void test_no_timeout(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->c.options.connect_timeout_ms = 0;
    s->link_again = SCRIPT_NEVER;
    script_start(s);
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "a time for opening");
    script_advance(s, 100000);
    s->link_again = 0;
    script_run(s);
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "a time for CONNACK");
    script_advance(s, 100000);
    script_say(s, "20 03 00 00 00");
    script_expect_told(s, "open | connected");
    script_end(s, "no time limit for connecting");
}

/* ---- larger buffers --------------------------------------------------------------------------- */

static void grow(struct script *s, size_t tx_len, size_t rx_len)
{
    uint8_t *tx = malloc(tx_len), *rx = malloc(rx_len), *old_tx = s->c.options.tx,
            *old_rx = s->c.options.rx;

    native_mqtt_client_set_buffers(&s->c, tx, tx_len, rx, rx_len);
    free(old_tx);
    free(old_rx);
}

static void test_buffers(void)
{
    struct script *s = script_new(V5, 20, 20);

    script_connect(s);
    s->room = 3;
    script_publish(s, 1, "a", 3);
    script_run(s);
    script_say(s, "30 08 00 01 61 00");
    grow(s, 21, 100);
    script_say(s, "7c 83 8a 91");
    script_publish(s, 1, "b", 300);
    s->room = SIZE_MAX;
    script_run(s);
    script_expect_sent(s, "PUBLISH q1 #1 a 3 | PUBLISH q1 #2 b 300");
    script_expect_told(s, "message q0 a 4");
    script_say_publish(s, 0, 0, false, "c", 80);
    script_expect_told(s, "message q0 c 80");
    native_mqtt_client_set_buffers(&s->c, s->c.options.tx, s->c.options.tx_len, s->c.options.rx,
                                   s->c.options.rx_len);
    script_say_publish(s, 0, 0, false, "c", 80);
    script_expect_told(s, "message q0 c 80");
    script_end(s, "larger buffers in the middle of packets");
}

static void grow_in_piece(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_MESSAGE_DATA)
        grow(s, s->c.options.tx_len + 1, s->c.options.rx_len + 16);
}

static void test_buffers_in_pieces(void)
{
    struct script *s = script_new(V5, 20, 20);

    script_connect(s);
    s->on_event = grow_in_piece;
    script_say_publish(s, 2, 1, false, "a", 1000);
    script_say_publish(s, 2, 2, false, "a", 10);
    script_expect_told(s, "begin q2 #1 a 1000 | end 1000 | message q2 #2 a 10");
    script_expect_sent(s, "PUBREC #1 | PUBREC #2");
    script_end(s, "larger buffers with each piece of a payload");
}

/* ---- calls in handlers ------------------------------------------------------------------------ */

enum {
    PUBLISH_0,
    PUBLISH_1,
    PUBLISH_2,
    BIG,
    SUBSCRIBE,
    FORGET,
    STOP,
    START,
    AUTH,
    FLUSH,
    GROW,
    CALLS
};

struct call {
    unsigned event, what;
    unsigned times;
};

static void call_in_event(struct script *s, const struct native_mqtt_client_event *event)
{
    struct call *call = s->user;
    const struct native_mqtt_properties p = {method, sizeof(method), 0};

    if (event->type != call->event || call->times == 3)
        return;
    call->times++;
    switch (call->what) {
    case PUBLISH_0:
    case PUBLISH_1:
    case PUBLISH_2:
        script_publish(s, call->what - PUBLISH_0, "in", 3);
        break;
    case BIG:
        script_publish(s, 1, "big", 300);
        break;
    case SUBSCRIBE:
        script_request(s, NATIVE_MQTT_SUBSCRIBE, "x");
        break;
    case FORGET:
        for (unsigned i = 0; i < s->request_count; i++)
            if (s->requests[i] && s->requests[i] != event->request)
                native_mqtt_client_forget(&s->c, s->requests[i]);
        break;
    case STOP:
        native_mqtt_client_stop(&s->c, 0, NULL, s->now);
        break;
    case START:
        native_mqtt_client_start(&s->c, s->now);
        break;
    case AUTH:
        native_mqtt_client_auth(&s->c, 0x19, &p, s->now);
        break;
    case FLUSH:
        native_mqtt_client_flush(&s->c, s->now);
        break;
    default:
        grow(s, s->c.options.tx_len + 1, s->c.options.rx_len + 1);
    }
}

/* One life with every kind of event in it. */
static void live(struct script *s)
{
    script_start(s);
    script_say(s, "f0 06 18 04 15 00 01 78 20 03 00 00 00");
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "a");
    script_publish(s, 1, "b", 0);
    script_publish(s, 2, "c", 200);
    script_run(s);
    if (!s->up)
        return;
    script_say(
        s, "90 04 00 01 00 01 b0 04 00 02 00 00 40 02 00 03 40 02 00 01 50 02 00 04 70 02 00 04");
    script_say_publish(s, 1, 1, false, "d", 3);
    script_say_publish(s, 2, 2, false, "e", 300);
    script_run(s);
    if (s->up)
        script_hang_up(s);
    if (s->c.state == NATIVE_MQTT_CLIENT_WAITING)
        script_advance(s, 1000);
    if (s->up)
        script_say(s, "20 03 01 00 00");
}

static void test_calls(void)
{
    for (unsigned event = NATIVE_MQTT_EVENT_OPEN; event <= NATIVE_MQTT_EVENT_AUTH; event++) {
        unsigned lives = 0;

        for (unsigned what = 0; what < CALLS; what++) {
            struct script *s = script_new(V5, 64, 64);
            const struct native_mqtt_properties p = {method, sizeof(method), 0};
            struct call call = {event, what, 0};

            s->c.options.connect.as.connect.properties = p;
            s->on_event = call_in_event;
            s->user = &call;
            live(s);
            lives += call.times > 0;
            check(script_free(s) == 0, "event %u, call %u: the script has faults", event, what);
        }
        check(lives == CALLS, "only %u of %u lives had the event", lives, CALLS);
        end_test("every function called in event %u", event);
    }
}

int main(void)
{
    test_states();
    test_waiting(false);
    test_waiting(true);
    test_in_message(false, 3);
    test_in_message(true, 3);
    test_in_message(false, 300);
    test_in_message(true, 300);
    test_full(1);
    test_full(3);
    test_full(4);
    test_auth();
    test_auth_before_5();
    test_no_timeout();
    test_buffers();
    test_buffers_in_pieces();
    test_calls();
    return done();
}
