/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_client_reconnect.c - what a lost connection leaves behind: back-off, messages, requests. */
#include "harness.h"
#include "support/mqtt_model.h"

enum { V311 = NATIVE_MQTT_3_1_1, V5 = NATIVE_MQTT_5_0 };

/* ---- back-off --------------------------------------------------------------------------------- */

static void test_back_off(void)
{
    struct script *s = script_new(V5, 64, 64);
    uint32_t expected = 1000, seen[2] = {UINT32_MAX, 0};

    s->link_result = NATIVE_MQTT_IO_ERROR;
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    for (unsigned i = 0; i < 200; i++) {
        uint32_t wait;

        script_run(s);
        wait = native_mqtt_client_timeout(&s->c, s->now);
        check(wait >= expected / 2 && wait <= expected, "attempt %u: %u of %u ms", i,
              (unsigned)wait, (unsigned)expected);
        if (expected == 8000 && wait < seen[0])
            seen[0] = wait;
        if (wait > seen[1])
            seen[1] = wait;
        expected = expected < 8000 ? expected * 2 : 8000;
        script_advance(s, wait);
    }
    check(seen[0] < 4200 && seen[1] > 7800, "jitter from %u to %u", (unsigned)seen[0],
          (unsigned)seen[1]);
    script_end(s, "back-off doubles to its maximum, jitter over its half");
}

/* The largest numbers do not wrap. */
static void test_back_off_limits(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->link_result = NATIVE_MQTT_IO_ERROR;
    s->c.options.retry_min_ms = 0x60000000;
    s->c.options.retry_max_ms = UINT32_MAX - 1;
    script_start(s);
    s->now += native_mqtt_client_timeout(&s->c, s->now);
    script_run(s);
    s->now += native_mqtt_client_timeout(&s->c, s->now);
    script_run(s);
    check(native_mqtt_client_timeout(&s->c, s->now) >= 0x60000000, "%u ms",
          (unsigned)native_mqtt_client_timeout(&s->c, s->now));
    check(s->c.state == NATIVE_MQTT_CLIENT_WAITING, "state %u", s->c.state);
    script_end(s, "back-off near the largest number");
}

/* Back-off of 0 would never come to rest. */
static void test_no_back_off(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->link_result = NATIVE_MQTT_IO_ERROR;
    s->c.options.retry_min_ms = s->c.options.retry_max_ms = 0;
    script_start(s);
    script_expect_told(s, "open | disconnected transport 00");
    script_advance(s, 1);
    script_expect_told(s, "open | disconnected transport 00");
    script_end(s, "back-off of nothing is one millisecond");
}

static void test_retries(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->c.options.retries = 2;
    s->link_result = NATIVE_MQTT_IO_ERROR;
    script_start(s);
    script_advance(s, 100000);
    script_expect_told(s, "open | disconnected transport 00 | open | disconnected transport 00 | "
                          "open | disconnected transport 00 down");
    check(native_mqtt_client_timeout(&s->c, s->now) == UINT32_MAX, "a time to wait while down");
    native_mqtt_client_start(&s->c, s->now);
    script_run(s);
    script_expect_told(s, "open | disconnected transport 00");
    script_end(s, "retries run out; a new start has all of them again");

    s = script_new(V5, 64, 64);
    s->c.options.retries = 0;
    s->link_result = NATIVE_MQTT_IO_ERROR;
    script_start(s);
    script_expect_told(s, "open | disconnected transport 00 down");
    script_end(s, "no retries");

    s = script_new(V5, 64, 64);
    s->c.options.retries = 2;
    script_connect(s);
    for (unsigned i = 0; i < 10; i++) { /* every connection lives long enough to count */
        script_advance(s, 9000);
        script_hang_up(s);
        script_advance(s, 1000);
        script_say(s, "20 03 01 00 00");
        check(s->c.state == NATIVE_MQTT_CLIENT_CONNECTED, "%u: state %u", i, s->c.state);
    }
    script_end(s, "a connection that lasts ends the row of failures");

    s = script_new(V5, 64, 64);
    s->c.options.retries = 3;
    script_connect(s);
    for (unsigned i = 0; i < 10 && s->c.state != NATIVE_MQTT_CLIENT_DOWN; i++) {
        script_hang_up(s);
        script_advance(s, 8000);
        if (s->c.state == NATIVE_MQTT_CLIENT_CONNECTING)
            script_say(s, "20 03 01 00 00");
    }
    check(s->c.state == NATIVE_MQTT_CLIENT_DOWN, "state %u", s->c.state);
    check(s->links == 4, "%u connections", s->links);
    script_end(s, "connections that break at once count as failures");
}

/* A connection that lives as long as the wait before it ends the row of failures; a shorter one
 * does not. */
static void test_row(uint32_t less)
{
    struct script *s = script_new(V5, 64, 64);
    uint32_t wait;

    s->link_result = NATIVE_MQTT_IO_ERROR;
    script_start(s);
    s->link_result = NATIVE_MQTT_IO_OK;
    wait = native_mqtt_client_timeout(&s->c, s->now);
    script_advance(s, wait);
    script_say(s, "20 03 00 00 00");
    script_advance(s, wait - less);
    script_hang_up(s);
    check(s->c.failures == 1 + less, "%u failures", (unsigned)s->c.failures);
    script_end(s, "a connection %s as the wait before it", less ? "not as long" : "as long");
}

static void new_password(struct script *s, const struct native_mqtt_client_event *event)
{
    static const uint8_t digits[] = "0123456789";

    if (event->type == NATIVE_MQTT_EVENT_OPEN) {
        s->c.options.connect.as.connect.has_user_name = true;
        s->c.options.connect.as.connect.has_password = true;
        s->c.options.connect.as.connect.password.data = digits + s->links;
        s->c.options.connect.as.connect.password.len = 1;
    }
}

static void test_credentials(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->on_event = new_password;
    script_start(s);
    check(s->out.data[s->out.len - 1] == '0', "first password");
    script_say(s, "20 03 00 87 00");
    script_advance(s, 1000);
    check(s->out.data[s->out.len - 1] == '1', "second password");
    script_say(s, "20 03 00 00 00");
    script_expect_told(s, "open | disconnected refused 87 | open | connected");
    script_end(s, "credentials that change with every attempt");
}

/* ---- messages --------------------------------------------------------------------------------- */

/* [MQTT-4.4.0-1] [MQTT-4.6.0-1] what is unacknowledged, in its order, with DUP and its identifier; and
 * what has not left at QoS 0. */
static void test_resend(unsigned version, bool present)
{
    struct script *s = script_new(version, 128, 64);

    s->c.options.connect.as.connect.clean_start = version == V5;
    script_connect(s);
    for (unsigned i = 0; i < 7; i++)
        script_publish(s, i % 3, "a", i);
    s->room = 0;
    script_publish(s, 1, "b", 0); /* in tx only */
    script_run(s);
    script_say(s, "50 02 00 02 40 02 00 01");
    s->room = SIZE_MAX;
    s->cut_after = s->out.len;
    script_run(s);
    s->cut_after = SIZE_MAX;
    s->out_seen = s->out.len;
    script_publish(s, 1, "c", 0);
    script_publish(s, 0, "d", 0);
    script_advance(s, 1000);
    s->log.len = 0;
    script_say(s, version == V5 ? present ? "20 03 01 00 00" : "20 03 00 00 00"
                  : present     ? "20 02 01 00"
                                : "20 02 00 00");
    if (present) {
        script_expect_sent(s, "CONNECT | PUBLISH q0 a 0 | PUBREL #2 | PUBLISH q0 a 3 | "
                              "PUBLISH q1 #3 dup a 4 | PUBLISH q2 #4 dup a 5 | PUBLISH q0 a 6 | "
                              "PUBLISH q1 #5 dup b 0 | PUBLISH q1 #6 c 0 | PUBLISH q0 d 0");
        script_expect_told(s, "connected present | delivered 1 00 | delivered 4 00 | "
                              "delivered 7 00 | delivered 10 00");
    } else { /* all as new; what the server had taken is done */
        script_expect_sent(s, "CONNECT | PUBLISH q0 a 0 | PUBLISH q0 a 3 | PUBLISH q1 #6 a 4 | "
                              "PUBLISH q2 #7 a 5 | PUBLISH q0 a 6 | PUBLISH q1 #8 b 0 | "
                              "PUBLISH q1 #9 c 0 | PUBLISH q0 d 0");
        script_expect_told(s, "connected | delivered 3 00 | delivered 1 00 | delivered 4 00 | "
                              "delivered 7 00 | delivered 10 00");
    }
    script_end(s, "sent again, version %u, session %s", version, present ? "present" : "lost");
}

static void stop_when_connected(struct script *s, const struct native_mqtt_client_event *event)
{
    if (event->type == NATIVE_MQTT_EVENT_CONNECTED)
        native_mqtt_client_stop(&s->c, 0, NULL, s->now);
}

/* The session is lost, and the client stopped before it told what that finished: it is neither sent
 * again nor lost. */
static void test_finished_by_loss(void)
{
    struct script *s = script_new(V5, 64, 64);

    s->c.options.connect.as.connect.clean_start = false;
    script_connect(s);
    script_publish(s, 2, "a", 0);
    script_publish(s, 2, "b", 0);
    script_publish(s, 1, "c", 0);
    script_run(s);
    script_say(s, "50 02 00 01 50 02 00 02");
    script_hang_up(s);
    s->log.len = 0;
    s->on_event = stop_when_connected;
    script_advance(s, 1000);
    script_say(s, "20 03 00 00 00");
    s->on_event = NULL;
    native_mqtt_client_start(&s->c, s->now);
    script_run(s);
    script_say(s, "20 03 01 00 00");
    s->out_seen = s->out_start;
    script_expect_sent(s, "CONNECT | PUBLISH q1 #4 c 0");
    script_expect_told(s, "open | connected | delivered 1 00 | delivered 2 00 | "
                          "disconnected stopped 00 down | open | connected present");
    script_end(s, "stopped when the loss of the session had finished messages");
}

/* ---- cut at every byte ------------------------------------------------------------------------ */

static struct model model;

static void on_event(struct script *s, const struct native_mqtt_client_event *event)
{
    (void)s;
    model_told(&model, event);
}

enum { MESSAGES = 6 };

/* Publish m1 .. and let the server publish s1 .., with one cut; then all must have arrived. */
static bool run_cut(unsigned version, bool keeps, size_t pieces, size_t cut_out, size_t cut_in)
{
    struct script *s = script_new(version, 64, 64);
    bool was_cut;

    s->c.options.connect.as.connect.clean_start = false;
    s->on_event = on_event;
    model_init(&model, s);
    model.keeps_session = keeps;
    model.receive_maximum = 3;
    s->c.options.in_flight_max = version == V5 ? 0 : 3;
    s->cut_after = cut_out;
    model.say_limit = cut_in;
    native_mqtt_client_init(&s->c);
    native_mqtt_client_start(&s->c, s->now);
    for (unsigned n = 1; n <= MESSAGES; n++) {
        char topic[8];

        snprintf(topic, sizeof(topic), "m%u", n);
        script_publish(s, 1 + n % 2, topic, n == 4 ? pieces : n);
        model_publish(&model, 1 + n % 2, n == 5 ? pieces : n);
    }
    model_serve(&model);
    was_cut = s->links > 1 || s->c.state != NATIVE_MQTT_CLIENT_CONNECTED;
    s->cut_after = SIZE_MAX;
    for (unsigned i = 0; i < 3; i++) {
        script_advance(s, 1000);
        model_serve(&model);
    }
    check(s->given_back == MESSAGES, "%u of %u given back", s->given_back, MESSAGES);
    for (unsigned n = 1; n <= MESSAGES; n++) {
        bool once = keeps && n % 2; /* QoS 2 */

        check(model.count[n] == 1 || (!once && model.count[n] > 1), "m%u taken %u times", n,
              model.count[n]);
        check(model.told[n] == 1 || (!once && (model.told[n] > 1 || !keeps)), "s%u told %u times",
              n, model.told[n]);
    }
    if (s->faults || !tap_good)
        printf("# cut after %zu out, %zu in: %.*s\n", cut_out, cut_in, (int)s->log.len,
               (const char *)s->log.data);
    check(script_free(s) == 0, "the script has faults");
    return was_cut;
}

static void test_cuts(unsigned version, bool keeps, size_t pieces)
{
    size_t out = 0, in = 0;

    while (run_cut(version, keeps, pieces, out, SIZE_MAX) && tap_good)
        out++;
    while (run_cut(version, keeps, pieces, SIZE_MAX, in) && tap_good)
        in++;
    check(out > 90 && in > 40, "only %zu and %zu cuts", out, in);
    end_test("cut after each of %zu bytes out and %zu in, version %u, session %s, payloads to %zu",
             out, in, version, keeps ? "present" : "lost", pieces);
}

/* ---- requests --------------------------------------------------------------------------------- */

static void test_requests(unsigned version)
{
    struct script *s = script_new(version, 64, 64);

    s->c.options.connect.as.connect.clean_start = version == V5;
    script_connect(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a b");
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "c");
    script_run(s);
    script_expect_sent(s, "SUBSCRIBE #1 a,b | SUBSCRIBE #2 c");
    script_say(s, version == V5 ? "90 05 00 01 00 01 80" : "90 04 00 01 01 80");
    script_expect_told(s, "subscribed 1 01 80");
    script_say(s, version == V5 ? "90 04 00 09 00 01" : "90 03 00 09 01");
    script_say(s, version == V5 ? "90 04 00 01 00 01" : "90 03 00 01 01");
    script_expect_told(s, "");
    script_hang_up(s);
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "b");
    script_advance(s, 1000);
    script_say(s, version == V5 ? "20 03 01 00 00" : "20 02 01 00");
    script_expect_sent(s, "CONNECT | SUBSCRIBE #3 c | UNSUBSCRIBE #4 b");
    script_say(s, version == V5 ? "90 04 00 03 00 01 b0 04 00 04 00 00"
                                : "90 03 00 03 01 b0 02 00 04");
    script_expect_told(s, version == V5 ? "disconnected closed 00 | open | connected present | "
                                          "subscribed 2 01 | unsubscribed 3 00"
                                        : "disconnected closed 00 | open | connected present | "
                                          "subscribed 2 01 | unsubscribed 3");
    script_hang_up(s);
    script_advance(s, 2000);
    script_say(s, version == V5 ? "20 03 00 00 00" : "20 02 00 00");
    script_expect_sent(s, "CONNECT | SUBSCRIBE #5 a | SUBSCRIBE #6 c");
    native_mqtt_client_forget(&s->c, s->requests[0]);
    native_mqtt_client_forget(&s->c, s->requests[0]);
    s->log.len = 0;
    script_say(s, version == V5 ? "90 04 00 05 00 01" : "90 03 00 05 01");
    script_expect_told(s, "");
    script_hang_up(s);
    script_advance(s, 4000);
    script_say(s, version == V5 ? "20 03 00 00 00" : "20 02 00 00");
    script_expect_sent(s, "CONNECT | SUBSCRIBE #7 c");
    script_end(s, "requests: answered, unknown, sent again, cut, forgotten; version %u", version);
}

/* A later SUBSCRIBE to the same filter is not cut by an earlier UNSUBSCRIBE; a filter that the
 * server did not unsubscribe from stays. */
static void test_cutting(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a b c");
    script_run(s);
    script_say(s, "90 06 00 01 00 01 01 01");
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "a b");
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    script_run(s);
    script_say(s, "90 04 00 03 00 01  b0 05 00 02 00 00 87"); /* b: not authorized */
    script_hang_up(s);
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 00 00 00");
    script_expect_sent(s, "SUBSCRIBE #4 b,c | SUBSCRIBE #5 a");
    script_end(s, "what an UNSUBSCRIBE cuts, and what not");
}

/* Everything is cut out of a SUBSCRIBE: it is not sent again. */
static void test_cut_empty(void)
{
    struct script *s = script_new(V5, 64, 64);

    script_connect(s);
    script_request(s, NATIVE_MQTT_SUBSCRIBE, "a");
    script_request(s, NATIVE_MQTT_UNSUBSCRIBE, "a");
    script_run(s);
    script_say(s, "90 04 00 01 00 01  b0 04 00 02 00 00");
    check(s->requests[0]->filters_len == 0, "filters are left");
    script_hang_up(s);
    script_advance(s, 1000);
    s->out_seen = s->out.len;
    script_say(s, "20 03 00 00 00");
    script_expect_sent(s, "");
    script_end(s, "a SUBSCRIBE of which nothing is left");
}

int main(void)
{
    test_back_off();
    test_back_off_limits();
    test_no_back_off();
    test_retries();
    test_row(0);
    test_row(1);
    test_credentials();
    test_resend(V311, true);
    test_resend(V311, false);
    test_resend(V5, true);
    test_resend(V5, false);
    test_finished_by_loss();
    test_requests(V311);
    test_requests(V5);
    test_cutting();
    test_cut_empty();
    for (unsigned version = V311; version <= V5; version++)
        for (unsigned keeps = 0; keeps < 2; keeps++) {
            test_cuts(version, keeps, 4);
            test_cuts(version, keeps, 150);
        }
    return done();
}
