/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client.c - the states of the client, its deadlines, and how a connection begins and ends. */
#include "client.h"

#include <string.h>

#include "client_parts.h"

#define NEVER UINT32_MAX

enum { COLLECT_MS = 10 }; /* so long may bytes wait for others, to go out in one write */

static void enter(struct native_mqtt_client *c, enum native_mqtt_client_state state)
{
    c->state = (uint8_t)state;
    c->since = c->now;
}

/* Forget everything that belongs to one connection only. */
static void reset_connection(struct native_mqtt_client *c)
{
    const struct native_mqtt_limits none = {UINT32_MAX, NATIVE_MQTT_STRING_MAX, 0, 0, 2, true};

    c->limits = none;
    c->sending = NULL;
    c->tx_used = c->tx_before = c->rx_asked = 0;
    native_mqtt_parser_reset(&c->parser);
    native_mqtt_session_resume(&c->session, true, 0, 0); /* until CONNACK nothing is sent, or out */
    c->version = c->options.connect.version;
    c->ack_type = 0;
    c->pinging = c->blocked = c->stalled = c->duplicate = c->disconnecting = false;
}

void native_mqtt_client_init(struct native_mqtt_client *c)
{
    c->requests = NULL;
    c->queued = c->packets_sent = c->packets_received = 0;
    c->collecting = c->due = false;
    c->session.id_taken = native_mqtt_client_is_requested;
    c->session.id_context = c;
    native_mqtt_session_init(&c->session);
    reset_connection(c);
    enter(c, NATIVE_MQTT_CLIENT_DOWN);
}

void native_mqtt_client_start(struct native_mqtt_client *c, uint32_t now_ms)
{
    if (c->state != NATIVE_MQTT_CLIENT_DOWN)
        return;
    c->now = now_ms;
    c->retry_ms = 0;
    c->failures = 0;
    c->had_session = false;
    enter(c, NATIVE_MQTT_CLIENT_WAITING);
}

void native_mqtt_client_stop(struct native_mqtt_client *c, uint8_t reason,
                             const struct native_mqtt_properties *properties, uint32_t now_ms)
{
    if (c->state == NATIVE_MQTT_CLIENT_DOWN || c->state == NATIVE_MQTT_CLIENT_CLOSING)
        return;
    c->now = now_ms;
    c->close_reason = reason;
    /* Without a CONNECT on its way there is nobody to take leave of. */
    c->disconnecting = c->state < NATIVE_MQTT_CLIENT_CONNECTING;
    if (!c->disconnecting && properties) { /* now: they need not live longer than this call */
        native_mqtt_client_drain(c);
        c->disconnecting = native_mqtt_client_answer_last(c) &&
                           native_mqtt_client_put_result(c, NATIVE_MQTT_DISCONNECT, reason,
                                                         properties) == NATIVE_MQTT_OK;
    }
    c->due = true;
    c->retry_ms =
        c->options.close_timeout_ms ? c->options.close_timeout_ms : NATIVE_MQTT_CLOSE_TIMEOUT_MS;
    enter(c, NATIVE_MQTT_CLIENT_CLOSING);
}

/* A number between half of ms and ms. */
static uint32_t jitter(struct native_mqtt_client *c, uint32_t ms)
{
    uint32_t x = c->options.random | 1; /* never 0 */

    x ^= x << 13; /* xorshift32: good enough to keep clients apart */
    x ^= x >> 17;
    x ^= x << 5;
    c->options.random = x;
    return ms - x % (ms / 2 + 1);
}

/* Is it of use to try again after this? */
static bool may_retry(enum native_mqtt_cause cause, uint8_t reason)
{
    /* Whoever took the session over would lose it again, and so on. */
    return cause != NATIVE_MQTT_CAUSE_STOPPED && cause != NATIVE_MQTT_CAUSE_NO_SPACE &&
           !(cause == NATIVE_MQTT_CAUSE_SERVER && reason == REASON_SESSION_TAKEN_OVER);
}

/* Set when the next attempt begins, or that there is none. */
static void schedule(struct native_mqtt_client *c, enum native_mqtt_cause cause, uint8_t reason)
{
    const uint32_t max = c->options.retry_max_ms;
    uint32_t ms = c->options.retry_min_ms ? c->options.retry_min_ms : 1;

    /* A connection that outlived the last back-off ends the row of failures. */
    if (c->state == NATIVE_MQTT_CLIENT_CONNECTED && c->now - c->since >= c->retry_ms)
        c->failures = 0;
    c->retry_ms = NEVER;
    enter(c, NATIVE_MQTT_CLIENT_DOWN);
    if (!may_retry(cause, reason) || c->failures >= c->options.retries)
        return;
    for (uint32_t i = c->failures++; i > 0 && ms < max; i--)
        ms = ms > max / 2 ? max : ms * 2;
    c->retry_ms = jitter(c, ms);
    c->state = NATIVE_MQTT_CLIENT_WAITING;
}

bool native_mqtt_client_lost(struct native_mqtt_client *c, struct native_mqtt_client_event *event,
                             enum native_mqtt_cause cause, uint8_t reason)
{
    bool our_verdict = cause == NATIVE_MQTT_CAUSE_MALFORMED ||
                       cause == NATIVE_MQTT_CAUSE_PROTOCOL || cause == NATIVE_MQTT_CAUSE_NO_SPACE;

    /* [MQTT-4.13.1-1] say why, where MQTT has words for it, the stream is between packets, and
     * CONNECT went before [MQTT-3.1.0-1]. */
    if (our_verdict && native_mqtt_client_is_5(c) && !c->sending &&
        c->state >= NATIVE_MQTT_CLIENT_CONNECTING &&
        native_mqtt_client_put_ack(c, NATIVE_MQTT_DISCONNECT, 0, reason) == NATIVE_MQTT_OK)
        native_mqtt_client_drain(c);
    /* What came in pieces and is not whole, and what was refused but not answered, was not received:
     * the server will send it again. */
    if ((c->parser.in_payload && !c->duplicate) || c->ack_reason >= REASON_FAILURE)
        native_mqtt_client_unanswer(c);
    c->options.transport.link(c->options.transport.context, false);
    event->type = NATIVE_MQTT_EVENT_DISCONNECTED;
    event->cause = (uint8_t)cause;
    event->reason = reason;
    schedule(c, cause, reason);
    event->retry_ms = c->retry_ms;
    reset_connection(c);
    return true;
}

bool native_mqtt_client_io_lost(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event, int io)
{
    if (c->state == NATIVE_MQTT_CLIENT_CLOSING)
        return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_STOPPED, c->close_reason);
    return native_mqtt_client_lost(c, event,
                                   io == NATIVE_MQTT_IO_CLOSED ? NATIVE_MQTT_CAUSE_CLOSED
                                                               : NATIVE_MQTT_CAUSE_TRANSPORT,
                                   REASON_SUCCESS);
}

void native_mqtt_client_resume(struct native_mqtt_client *c,
                               const struct native_mqtt_connack *connack)
{
    const struct native_mqtt_properties *p = &connack->properties;
    struct native_mqtt_limits *l = &c->limits;
    uint16_t in_flight;

    l->max_packet_size =
        native_mqtt_property_number(p, NATIVE_MQTT_MAXIMUM_PACKET_SIZE, UINT32_MAX);
    l->receive_maximum = (uint16_t)native_mqtt_property_number(p, NATIVE_MQTT_RECEIVE_MAXIMUM,
                                                               NATIVE_MQTT_STRING_MAX);
    l->topic_alias_maximum =
        (uint16_t)native_mqtt_property_number(p, NATIVE_MQTT_TOPIC_ALIAS_MAXIMUM, 0);
    l->keep_alive =
        (uint16_t)native_mqtt_property_number(p, NATIVE_MQTT_SERVER_KEEP_ALIVE, l->keep_alive);
    l->maximum_qos = (uint8_t)native_mqtt_property_number(p, NATIVE_MQTT_MAXIMUM_QOS, 2);
    l->retain_available = native_mqtt_property_number(p, NATIVE_MQTT_RETAIN_AVAILABLE, 1) != 0;
    in_flight = l->receive_maximum;
    if (c->options.in_flight_max && c->options.in_flight_max < in_flight)
        in_flight = c->options.in_flight_max;
    native_mqtt_session_resume(&c->session, connack->session_present, in_flight,
                               l->topic_alias_maximum);
    native_mqtt_client_resume_requests(c, connack->session_present);
    c->collecting = !connack->session_present;
    c->had_session = true;
    enter(c, NATIVE_MQTT_CLIENT_CONNECTED);
}

/* Put CONNECT, as the application has it now. */
static bool put_connect(struct native_mqtt_client *c)
{
    struct native_mqtt_packet packet = c->options.connect;
    const struct native_mqtt_options takes = {
        packet.version, c->options.level, NATIVE_MQTT_FROM_SERVER,
        native_mqtt_property_number(&packet.as.connect.properties, NATIVE_MQTT_MAXIMUM_PACKET_SIZE,
                                    0)};

    c->parser.options = takes;
    c->parser.buffer = c->options.rx;
    c->parser.capacity = c->options.rx_len;
    packet.type = NATIVE_MQTT_CONNECT;
    c->limits.keep_alive = packet.as.connect.keep_alive;
    packet.as.connect.clean_start = native_mqtt_client_wants_clean(c);
    return native_mqtt_client_put(c, &packet) == NATIVE_MQTT_OK;
}

/* Milliseconds from `now` until `ms` after `from`; 0: that time has come. */
static uint32_t left(uint32_t now, uint32_t from, uint32_t ms)
{
    return now - from >= ms ? 0 : ms - (now - from);
}

/* WAITING: the next attempt, once it is time. */
static bool step_waiting(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    if (left(c->now, c->since, c->retry_ms) > 0)
        return false;
    reset_connection(c);
    enter(c, NATIVE_MQTT_CLIENT_OPENING);
    event->type = NATIVE_MQTT_EVENT_OPEN;
    return true;
}

/* Milliseconds left for connecting. */
static uint32_t connect_left(const struct native_mqtt_client *c, uint32_t now)
{
    uint32_t ms = c->options.connect_timeout_ms;

    return ms ? left(now, c->since, ms) : NEVER;
}

/* No connection in time? Returns whether that gave an event. */
static bool step_late(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    return connect_left(c, c->now) == 0 &&
           native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_TIMEOUT, REASON_SUCCESS);
}

static bool step_opening(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    int io = c->options.transport.link(c->options.transport.context, true);

    if (io == NATIVE_MQTT_IO_AGAIN)
        return step_late(c, event);
    if (io != NATIVE_MQTT_IO_OK)
        return native_mqtt_client_io_lost(c, event, NATIVE_MQTT_IO_ERROR);
    c->sent_at = c->received_at = c->now;
    if (!put_connect(c))
        return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_NO_SPACE, REASON_SUCCESS);
    c->state = NATIVE_MQTT_CLIENT_CONNECTING; /* `since` goes on: one time for both */
    return false;
}

/* Milliseconds from `now` until keep alive has something to do: to give the connection up if *dead
 * is set, else to send PINGREQ. */
static uint32_t keep_alive_left(const struct native_mqtt_client *c, uint32_t now, bool *dead)
{
    uint32_t interval = c->limits.keep_alive * 1000u;
    uint32_t answer = c->options.ping_timeout_ms ? c->options.ping_timeout_ms : interval;
    uint32_t sent_ago = now - c->sent_at, received_ago = now - c->received_at, ping, death;
    bool sent_last = sent_ago < received_ago;

    *dead = false;
    if (interval == 0)
        return NEVER;
    if (answer > NEVER - interval)
        answer = NEVER - interval;
    *dead = c->blocked;
    if (c->blocked) /* a PINGREQ would wait behind what waits: no progress at all is the sign */
        return left(now, sent_last ? c->sent_at : c->received_at, interval + answer);
    /* [MQTT-3.1.2-20] something is sent each interval; a silent server is asked, but once. */
    ping = left(now, sent_last && !c->pinging ? c->received_at : c->sent_at, interval);
    if (!c->pinging)
        return ping;
    /* Whatever came after the PINGREQ is a sign of life, too. */
    death = left(now, received_ago < now - c->ping_at ? c->received_at : c->ping_at, answer);
    *dead = death <= ping;
    return *dead ? death : ping;
}

/* Deadlines of CONNECTING and CONNECTED. Returns whether that gave an event. */
static bool step_deadlines(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    bool dead;

    if (c->state == NATIVE_MQTT_CLIENT_CONNECTING)
        return step_late(c, event);
    if (keep_alive_left(c, c->now, &dead) > 0)
        return false;
    if (dead)
        return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_KEEP_ALIVE,
                                       REASON_KEEP_ALIVE_TIMEOUT);
    if (!c->pinging)
        c->ping_at = c->now;
    c->pinging |= native_mqtt_client_put_ack(c, NATIVE_MQTT_PINGREQ, 0, 0) == NATIVE_MQTT_OK;
    return false;
}

/* CONNECTING and CONNECTED. */
static bool step_connected(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    /* What one event makes to send waits for what the next ones do, but not for long: a batch of
     * messages is acknowledged, and its acknowledgements let others go, with one write. */
    if (c->now - c->sent_at >= COLLECT_MS && native_mqtt_client_send(c, c->now, event))
        return true;
    do {
        if (native_mqtt_client_receive(c, event) || step_deadlines(c, event) ||
            native_mqtt_client_send(c, c->now, event))
            return true;
    } while (c->stalled && native_mqtt_client_has_room(c));
    return false;
}

static bool step_closing(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    bool late;
    do { /* once also when it is late: who is slow and does not wait takes leave all the same */
        late = left(c->now, c->since, c->retry_ms) == 0;
        if (!c->disconnecting && native_mqtt_client_answer_last(c) && !c->sending)
            c->disconnecting = native_mqtt_client_put_ack(c, NATIVE_MQTT_DISCONNECT, 0,
                                                          c->close_reason) != NATIVE_MQTT_NO_SPACE;
        if (native_mqtt_client_send(c, c->now, event))
            return true;
        if (c->blocked && !late)
            return false;
    } while (!late && !c->disconnecting);
    return native_mqtt_client_lost(c, event, NATIVE_MQTT_CAUSE_STOPPED, c->close_reason);
}

static bool step(struct native_mqtt_client *c, struct native_mqtt_client_event *event)
{
    if (native_mqtt_client_collect(c, event))
        return true;
    switch (c->state) {
    case NATIVE_MQTT_CLIENT_WAITING:
        return step_waiting(c, event);
    case NATIVE_MQTT_CLIENT_OPENING:
        if (step_opening(c, event))
            return true;
        return c->state == NATIVE_MQTT_CLIENT_CONNECTING && step_connected(c, event);
    case NATIVE_MQTT_CLIENT_CONNECTING:
    case NATIVE_MQTT_CLIENT_CONNECTED:
        return step_connected(c, event);
    case NATIVE_MQTT_CLIENT_CLOSING:
        return step_closing(c, event);
    default:
        return false;
    }
}

bool native_mqtt_client_next(struct native_mqtt_client *c, uint32_t now_ms,
                             struct native_mqtt_client_event *event)
{
    memset(event, 0, sizeof(*event));
    c->now = now_ms;
    c->due = step(c, event);
    return c->due;
}

uint32_t native_mqtt_client_timeout(const struct native_mqtt_client *c, uint32_t now_ms)
{
    bool dead;

    if (c->collecting || (c->due && c->state > NATIVE_MQTT_CLIENT_WAITING) ||
        (!c->blocked && (c->tx_used || c->sending)))
        return 0;
    switch (c->state) {
    case NATIVE_MQTT_CLIENT_WAITING:
    case NATIVE_MQTT_CLIENT_CLOSING:
        return left(now_ms, c->since, c->retry_ms);
    case NATIVE_MQTT_CLIENT_CONNECTED:
        return keep_alive_left(c, now_ms, &dead);
    case NATIVE_MQTT_CLIENT_DOWN:
        return NEVER;
    default:
        return connect_left(c, now_ms);
    }
}

bool native_mqtt_client_wants_write(const struct native_mqtt_client *c)
{
    return c->blocked;
}

bool native_mqtt_client_wants_read(const struct native_mqtt_client *c)
{
    return c->state != NATIVE_MQTT_CLIENT_CLOSING &&
           !(c->blocked && !native_mqtt_client_has_room(c));
}

enum native_mqtt_status native_mqtt_client_auth(struct native_mqtt_client *c, uint8_t reason,
                                                const struct native_mqtt_properties *properties,
                                                uint32_t now_ms)
{
    if (c->state != NATIVE_MQTT_CLIENT_CONNECTING && c->state != NATIVE_MQTT_CLIENT_CONNECTED)
        return NATIVE_MQTT_NO_SPACE;
    c->now = now_ms;
    return native_mqtt_client_put_result(c, NATIVE_MQTT_AUTH, reason, properties);
}

void native_mqtt_client_set_buffers(struct native_mqtt_client *c, uint8_t *tx, size_t tx_len,
                                    uint8_t *rx, size_t rx_len)
{
    memmove(tx, c->options.tx, c->tx_used);
    native_mqtt_parser_move(&c->parser, rx, rx_len);
    c->options.tx = tx;
    c->options.tx_len = tx_len;
    c->options.rx = rx;
    c->options.rx_len = rx_len;
}
