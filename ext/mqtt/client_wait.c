/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client_wait.c - waiting: for the descriptor, the engine's timer, a deadline; and PHP's
 * signal handlers and time limit meanwhile. The only place of the client that blocks. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include <poll.h>

#include "../signals.h"
#include "exceptions.h"

bool native_ext_mqtt_run_signals(struct native_ext_mqtt_client *c)
{
    return native_ext_run_signals() && native_ext_mqtt_client_usable(&c->std);
}

int native_ext_mqtt_wants(const struct native_ext_mqtt_connection *n)
{
    const struct native_mqtt_client *engine = &n->engine;

    return (native_mqtt_client_wants_write(engine) ? NATIVE_NET_WRITE : NATIVE_NET_NONE) |
           (native_mqtt_client_wants_read(engine) ? NATIVE_NET_READ : NATIVE_NET_NONE);
}

/* Until when to sleep at most. */
static int64_t wake_at(struct native_ext_mqtt_client *c, int64_t now, int64_t deadline)
{
    uint32_t timer = native_mqtt_client_timeout(&c->connection->engine, (uint32_t)now);
    int64_t until = native_net_deadline_min(deadline, now + NATIVE_EXT_SLICE_MS);

    if (c->opening || timer == UINT32_MAX)
        return until;
    return native_net_deadline_min(until, now + (int64_t)timer);
}

bool native_ext_mqtt_doze(struct native_ext_mqtt_client *c, int64_t deadline_ms)
{
    struct native_ext_mqtt_connection *n = c->connection;
    int64_t now = native_net_clock_ms(), until = wake_at(c, now, deadline_ms);

    if (n->stream && !c->opening)
        (void)native_net_stream_wait(n->stream, native_ext_mqtt_wants(n), until);
    else
        (void)poll(NULL, 0, native_net_deadline_left(until, now));
    return native_ext_mqtt_run_signals(c);
}

bool native_ext_mqtt_may_wait(struct native_ext_mqtt_client *c, int64_t deadline_ms)
{
    if (!c->opening || deadline_ms != NATIVE_NET_NEVER)
        return true;
    zend_throw_error(NULL,
                     "credentials or authenticator of this client is being asked: the connection "
                     "waits for its answer, and must not be waited for meanwhile");
    return false;
}

enum native_ext_mqtt_waited native_ext_mqtt_wait(struct native_ext_mqtt_client *c,
                                                 int64_t deadline_ms,
                                                 native_ext_mqtt_condition condition, void *arg)
{
    for (;;) {
        int polled;

        if (condition(c, arg))
            return NATIVE_EXT_MQTT_DONE;
        if (!c->connection)
            return NATIVE_EXT_MQTT_LOST;
        polled = native_ext_mqtt_poll(c);
        if (polled < 0)
            return NATIVE_EXT_MQTT_THROWN;
        if (condition(c, arg))
            return NATIVE_EXT_MQTT_DONE;
        if (polled == 0 && c->connection->engine.state == NATIVE_MQTT_CLIENT_DOWN)
            return NATIVE_EXT_MQTT_LOST;
        if (native_net_clock_ms() >= deadline_ms)
            return NATIVE_EXT_MQTT_LATE;
        if (!native_ext_mqtt_may_wait(c, deadline_ms))
            return NATIVE_EXT_MQTT_THROWN;
        if (polled == 0 ? !native_ext_mqtt_doze(c, deadline_ms)
                        : native_ext_is_interrupted() && !native_ext_mqtt_run_signals(c))
            return NATIVE_EXT_MQTT_THROWN;
    }
}

bool native_ext_mqtt_wait_or_throw(struct native_ext_mqtt_client *c, int64_t deadline_ms,
                                   native_ext_mqtt_condition condition, void *arg, const char *what)
{
    switch (native_ext_mqtt_wait(c, deadline_ms, condition, arg)) {
    case NATIVE_EXT_MQTT_DONE:
        /* Answers to what came meanwhile may wait for company; nobody knows when we are called next. */
        if (c->connection)
            native_mqtt_client_flush(&c->connection->engine, native_ext_mqtt_now());
        return true;
    case NATIVE_EXT_MQTT_LATE:
        native_ext_mqtt_throw(native_ext_mqtt_timeout_exception_ce, NATIVE_EXT_MQTT_NO_REASON,
                              "No %s within the time given", what);
        return false;
    case NATIVE_EXT_MQTT_LOST:
        native_ext_mqtt_failure_throw(c);
        return false;
    default:
        return false;
    }
}
