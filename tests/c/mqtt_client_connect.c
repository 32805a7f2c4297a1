/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_connect.c - the client engine from start to CONNACK, and how a connection is refused or ended. */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

static void test_connect(unsigned version)
{
    struct script *s = script_new(version, 64, 64);

    s->link_again = 3;
    script_start(s);
    script_expect_told(s, "open");
    script_expect_sent(s, "CONNECT clean");
    check(s->c.state == NATIVE_MQTT_CLIENT_CONNECTING, "state %u", s->c.state);
    script_say(s, version == V5 ? "20 03 00 00 00" : "20 02 00 00");
    script_expect_told(s, "connected");
    check(s->c.state == NATIVE_MQTT_CLIENT_CONNECTED, "state %u", s->c.state);
    native_mqtt_client_stop(&s->c, 4, NULL, s->now);
    script_run(s);
    script_expect_sent(s, version == V5 ? "DISCONNECT 04" : "DISCONNECT");
    script_expect_told(s, "disconnected stopped 04 down");
    check(s->c.state == NATIVE_MQTT_CLIENT_DOWN, "state %u", s->c.state);
    script_end(s, "connect and stop, version %u", version);
}

/* Return codes of 3.1.1 (Table 3.1) become reason codes. */
static void test_return_codes(void)
{
    static const uint8_t reasons[] = {0, 0x84, 0x85, 0x88, 0x86, 0x87};

    for (unsigned code = 1; code < 6; code++) {
        struct script *s = script_new(V311, 64, 64);
        const uint8_t connack[] = {0x20, 2, 0, (uint8_t)code};
        char told[64];

        script_start(s);
        script_say_bytes(s, connack, 4);
        snprintf(told, sizeof(told), "open | disconnected refused %02x", reasons[code]);
        script_expect_told(s, told);
        script_expect_sent(s, "CONNECT clean");
        script_end(s, "return code %u is reason code %02x", code, reasons[code]);
    }
}

/* One answer to CONNECT, and what it leads to. */
static void test_answer(const char *name, unsigned version, const char *hex, const char *told,
                        const char *sent)
{
    struct script *s = script_new(version, 64, 64);

    script_start(s);
    script_say(s, hex);
    script_expect_told(s, told);
    script_expect_sent(s, sent);
    script_end(s, "%s", name);
}

static void test_answers(void)
{
    test_answer("5.0: refused, not authorized", V5, "20 03 00 87 00",
                "open | disconnected refused 87", "CONNECT clean");
    test_answer("5.0: a first packet that is not CONNACK [MQTT-3.2.0-1]", V5, "d0 00",
                "open | disconnected protocol 82", "CONNECT clean | DISCONNECT 82");
    test_answer("3.1.1: a first packet that is not CONNACK [MQTT-3.2.0-1]", V311, "d0 00",
                "open | disconnected protocol 82", "CONNECT clean");
    test_answer("5.0: PUBLISH before CONNACK", V5, "30 05 00 01 61 00 62",
                "open | disconnected protocol 82", "CONNECT clean | DISCONNECT 82");
    test_answer("5.0: a second CONNACK [MQTT-3.2.0-2]", V5, "20 03 00 00 00 20 03 00 00 00",
                "open | connected | disconnected protocol 82", "CONNECT clean | DISCONNECT 82");
    test_answer("3.1.1: a second CONNACK", V311, "20 02 00 00 20 02 00 00",
                "open | connected | disconnected protocol 82", "CONNECT clean");
    test_answer("5.0: a session that we asked to have removed [MQTT-3.2.2-4]", V5, "20 03 01 00 00",
                "open | disconnected protocol 82", "CONNECT clean | DISCONNECT 82");
    test_answer("5.0: AUTH without a method in CONNECT [MQTT-4.12.0-6]", V5,
                "f0 06 18 04 15 00 01 61", "open | disconnected protocol 82",
                "CONNECT clean | DISCONNECT 82");
    test_answer("5.0: DISCONNECT of the server", V5, "20 03 00 00 00 e0 02 8b 00",
                "open | connected | disconnected server 8b", "CONNECT clean");
    test_answer("5.0: DISCONNECT, session taken over: no retry", V5, "20 03 00 00 00 e0 02 8e 00",
                "open | connected | disconnected server 8e down", "CONNECT clean");
    test_answer("3.1.1: a server cannot DISCONNECT", V311, "20 02 00 00 e0 00",
                "open | connected | disconnected malformed 82", "CONNECT clean");
    test_answer("5.0: malformed bytes are answered with 81", V5, "20 03 00 00 00 00 00",
                "open | connected | disconnected malformed 81", "CONNECT clean | DISCONNECT 81");
    test_answer("5.0: a PUBREL with wrong flags", V5, "20 03 00 00 00 60 02 00 01",
                "open | connected | disconnected malformed 81", "CONNECT clean | DISCONNECT 81");
    test_answer("5.0: a packet identifier of 0", V5, "20 03 00 00 00 40 02 00 00",
                "open | connected | disconnected malformed 82", "CONNECT clean | DISCONNECT 82");
    test_answer("5.0: a client's packet", V5, "20 03 00 00 00 c0 00",
                "open | connected | disconnected malformed 82", "CONNECT clean | DISCONNECT 82");
    test_answer("5.0: DISCONNECT before CONNACK", V5, "e0 02 8b 00",
                "open | disconnected server 8b", "CONNECT clean");
}

/* What goes wrong while the link is being opened. */
static void test_opening(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->link_result = NATIVE_MQTT_IO_ERROR;
    script_start(s);
    script_expect_told(s, "open | disconnected transport 00");
    script_end(s, "a link that fails");

    s = script_new(V5, 64, 64);
    script_start(s);
    script_hang_up(s);
    script_expect_told(s, "open | disconnected closed 00");
    script_end(s, "a server that hangs up before CONNACK");

    s = script_new(V5, 64, 64);
    script_start(s);
    s->log.len = 0;
    script_advance(s, 5000);
    script_expect_told(s, "disconnected timeout 00");
    script_end(s, "a server that does not answer CONNECT");

    s = script_new(V5, 12, 64);
    script_start(s);
    script_expect_told(s, "open | disconnected no-space 00 down");
    check(s->out.len == 0, "%zu bytes were sent", s->out.len);
    script_end(s, "a CONNECT that does not fit is not followed by DISCONNECT");
}

static void new_keep_alive(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_OPEN)
        s->c.options.connect.as.connect.keep_alive = 10;
}

/* What the application changes when a connection is about to be opened, counts. */
static void test_change(void)
{
    struct script *s = script_new(V311, 64, 64);

    s->on_event = new_keep_alive;
    script_connect(s);
    check(s->c.limits.keep_alive == 10, "keep alive %u", s->c.limits.keep_alive);
    check(s->out.data[11] == 10, "%u was sent", s->out.data[11]);
    script_end(s, "keep alive changed when a connection is about to be opened");
}

/* A link that never opens. */
static void test_never_open(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->link_again = SCRIPT_NEVER;
    script_start(s);
    script_advance(s, 5000);
    script_expect_told(s, "open | disconnected timeout 00");
    script_advance(s, 1000);
    script_expect_told(s, "open");
    native_mqtt_client_stop(&s->c, 0, NULL, s->now);
    script_run(s);
    script_expect_told(s, "disconnected stopped 00 down");
    script_end(s, "a link that never opens");
}

/* 3.1.1: clean session is asked for again, so a session present is an error again. */
static void test_clean_again(void)
{
    struct script *s = script_new(V311, 64, 64);

    script_connect(s);
    script_hang_up(s);
    script_advance(s, 1000);
    script_say(s, "20 02 01 00");
    script_expect_told(s, "disconnected closed 00 | open | disconnected protocol 82");
    script_expect_sent(s, "CONNECT clean");
    script_end(s, "3.1.1: a session present against clean session, on a reconnect");

    s = script_new(V5, 64, 64);
    script_connect(s);
    script_hang_up(s);
    script_advance(s, 1000);
    script_expect_sent(s, "CONNECT");
    script_say(s, "20 03 01 00 00");
    script_expect_told(s, "disconnected closed 00 | open | connected present");
    script_end(s, "5.0: a reconnect asks for the session of the first connection");
}

int main(void)
{
    test_connect(V311);
    test_connect(V5);
    test_return_codes();
    test_answers();
    test_opening();
    test_clean_again();
    test_change();
    test_never_open();
    return done();
}
