/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_keepalive.c - PINGREQ at the right moment, dead peers, the clock that wraps. Every step of
 * the clock also proves that timeout tells the true next moment (script_advance). */
#include "harness.h"
#include "support/mqtt_script.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

/* A connected client with this keep alive, at this time. */
static struct script *connected(uint16_t keep_alive, uint32_t ping_timeout_ms, uint32_t now)
{
    struct script *s = script_new(V5, 64, 64);

    s->now = now;
    s->c.options.connect.as.connect.keep_alive = keep_alive;
    s->c.options.ping_timeout_ms = ping_timeout_ms;
    script_connect(s);
    return s;
}

static void test_ping(uint32_t now)
{
    struct script *s = connected(10, 3000, now);

    check(native_mqtt_client_timeout(&s->c, s->now) == 10000, "%u ms",
          (unsigned)native_mqtt_client_timeout(&s->c, s->now));
    script_advance(s, 10000);
    script_expect_sent(s, "PINGREQ");
    script_advance(s, 2000);
    script_say(s, "d0 00");
    check(native_mqtt_client_timeout(&s->c, s->now) == 8000, "%u ms",
          (unsigned)native_mqtt_client_timeout(&s->c, s->now));
    script_advance(s, 8000);
    script_expect_sent(s, "PINGREQ");
    script_advance(s, 3000);
    script_expect_told(s, "disconnected keep-alive 8d");
    script_end(s, "PINGREQ, PINGRESP, and none, from %08x on", (unsigned)now);
}

/* [MQTT-3.1.2-20] a packet sent puts PINGREQ off, but a server that says nothing at all is asked. */
static void test_traffic(void)
{
    struct script *s = connected(10, 3000, 0);

    for (unsigned i = 0; i < 3; i++) {
        script_advance(s, 6000);
        script_publish(s, 0, "a", 0);
        script_say_publish(s, 0, 0, false, "b", 0);
    }
    script_expect_sent(s, "PUBLISH q0 a 0 | PUBLISH q0 a 0 | PUBLISH q0 a 0");
    script_advance(s, 6000);
    script_publish(s, 0, "a", 0);
    script_run(s);
    script_advance(s, 4000);
    script_expect_sent(s, "PUBLISH q0 a 0 | PINGREQ");
    script_end(s, "traffic and silence");
}

/* What flush sends counts when it is sent. */
static void test_flush(void)
{
    struct script *s = connected(10, 3000, 0);

    s->now = 6000;
    script_publish(s, 0, "a", 0);
    s->now = 7000;
    native_mqtt_client_flush(&s->c, s->now);
    s->now = 8000;
    script_say_publish(s, 0, 0, false, "b", 0);
    check(native_mqtt_client_timeout(&s->c, s->now) == 9000, "%u ms",
          (unsigned)native_mqtt_client_timeout(&s->c, s->now));
    script_end(s, "sent by flush");
}

/* What comes after PINGREQ is a sign of life, even without PINGRESP; and a client that sends nothing
 * else still owes a packet each keep alive. */
static void test_late_pingresp(void)
{
    struct script *s = connected(10, 3000, 0);

    script_advance(s, 10000);
    script_expect_sent(s, "PINGREQ");
    for (unsigned i = 0; i < 4; i++) {
        script_advance(s, 2500);
        script_say_publish(s, 0, 0, false, "b", 0);
    }
    script_expect_sent(s, "PINGREQ");
    script_say(s, "d0 00 d0 00");
    s->log.len = 0;
    script_advance(s, 9999);
    script_expect_sent(s, "");
    script_advance(s, 1);
    script_expect_sent(s, "PINGREQ");
    script_end(s, "messages, but no PINGRESP");

    s = connected(10, 60000, 0);
    script_advance(s, 40000);
    script_expect_sent(s, "PINGREQ | PINGREQ | PINGREQ | PINGREQ");
    script_advance(s, 29999);
    script_expect_told(s, "");
    script_advance(s, 1);
    script_expect_told(s, "disconnected keep-alive 8d");
    script_end(s, "more time for PINGRESP than keep alive: PINGREQ goes on");

    s = connected(10, 0, 0);
    script_advance(s, 19999);
    script_expect_told(s, "");
    script_advance(s, 1);
    script_expect_told(s, "disconnected keep-alive 8d");
    script_end(s, "no time for PINGRESP given: as long as keep alive");
}

/* A peer that takes nothing any more. */
static void test_blocked(void)
{
    struct script *s = connected(10, 3000, 0);

    s->room = 30;
    script_publish(s, 1, "big", 1000);
    script_run(s);
    check(native_mqtt_client_wants_write(&s->c), "not blocked");
    script_advance(s, 9000);
    s->room = 100; /* it takes a little */
    script_run(s);
    script_advance(s, 12999);
    script_expect_told(s, "");
    script_advance(s, 1);
    script_expect_told(s, "disconnected keep-alive 8d");
    script_end(s, "a dead peer while much waits to be sent");

    s = connected(10, 3000, 0);
    s->room = 0;
    script_publish(s, 1, "a", 10);
    script_run(s);
    for (unsigned i = 0; i < 5; i++) { /* it takes nothing, but speaks */
        script_advance(s, 9000);
        script_say_publish(s, 0, 0, false, "b", 0);
    }
    script_expect_told(s, "message q0 b 0 | message q0 b 0 | message q0 b 0 | message q0 b 0 | "
                          "message q0 b 0");
    script_end(s, "a peer that speaks, but takes nothing");
}

static void test_server_keep_alive(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->c.options.connect.as.connect.keep_alive = 100;
    script_start(s);
    script_say(s, "20 06 00 00 03 13 00 05");
    s->out_seen = s->out.len;
    script_advance(s, 5000);
    script_expect_sent(s, "PINGREQ");
    script_end(s, "keep alive of the server [MQTT-3.1.2-21]");

    s = script_new(V5, 64, 64);
    s->c.options.connect.as.connect.keep_alive = 100;
    script_start(s);
    script_say(s, "20 06 00 00 03 13 00 00");
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "a time to wait");
    script_advance(s, 1000000);
    script_end(s, "the server turns keep alive off");

    s = connected(65535, 0, 5);
    check(native_mqtt_client_timeout(&s->c, s->now) == 65535000, "65535 s");
    script_advance(s, 2 * 65535000u);
    script_expect_told(s, "disconnected keep-alive 8d");
    script_end(s, "the longest keep alive");

    s = connected(10, UINT32_MAX, 5);
    script_advance(s, 1000000);
    s->room = 0;
    s->out_seen = s->out.len;
    script_publish(s, 1, "a", 0);
    script_run(s);
    script_advance(s, 1000000);
    script_expect_told(s, "");
    script_end(s, "all the time in the world for PINGRESP");
}

/* Every moment that is waited for, over the wrap of the clock. */
static void test_wrap(void)
{
    for (uint32_t before = 0; before < 40000; before += 777) {
        struct script *s = script_new(V5, 64, 64);

        s->now = 0u - before;
        s->c.options.connect.as.connect.keep_alive = 10;
        script_start(s);
        script_advance(s, 6000);
        script_say(s, "20 03 00 00 00");
        script_expect_told(s, "open | disconnected timeout 00 | open | connected");
        script_advance(s, 20000);
        script_expect_told(s, "disconnected keep-alive 8d");
        check(script_free(s) == 0, "the script has faults, %u ms before the wrap",
              (unsigned)before);
    }
    end_test("every deadline over the wrap of the clock");
}

int main(void)
{
    test_ping(0);
    test_ping(0u - 5000);
    test_ping(0u - 11000);
    test_traffic();
    test_flush();
    test_late_pingresp();
    test_blocked();
    test_server_keep_alive();
    test_wrap();
    return done();
}
