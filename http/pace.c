/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pace.c - limits of speed and of time. */
#include "parts.h"

/* What has been moved takes its time at the limit's speed; the next bytes may go when that time has passed, and a little
 * earlier, so that a limit lets whole packets through. Time that was not used is not saved up. */
enum { EARLY_US = 50000, PIECE_US = 20000 };

static int64_t limit_of(const struct native_http_transfer *t, int direction)
{
    return direction == NATIVE_NET_WRITE ? t->options->max_send_speed
                                         : t->options->max_receive_speed;
}

static struct native_http_pace *pace_of(struct native_http_transfer *t, int direction)
{
    return direction == NATIVE_NET_WRITE ? &t->sending_pace : &t->receiving_pace;
}

size_t native_http_pace_room(struct native_http_transfer *t, int direction, size_t room)
{
    struct native_http_pace *pace = pace_of(t, direction);
    int64_t limit = limit_of(t, direction);
    int64_t now_ms, credit_us;
    uint64_t allowed;
    if (limit <= 0)
        return room;
    now_ms = native_net_clock_ms();
    if (pace->paid_us < now_ms * 1000 - EARLY_US)
        pace->paid_us = now_ms * 1000 - EARLY_US;
    credit_us = now_ms * 1000 - pace->paid_us;
    if (credit_us < PIECE_US) {
        t->wake_ms = native_net_deadline_min(t->wake_ms, (pace->paid_us + PIECE_US) / 1000 + 1);
        return 0;
    }
    allowed = (uint64_t)limit * (uint64_t)credit_us / 1000000 + 1;
    return allowed < room ? (size_t)allowed : room;
}

void native_http_pace_count(struct native_http_transfer *t, int direction, size_t bytes)
{
    int64_t limit = limit_of(t, direction);
    if (limit > 0)
        pace_of(t, direction)->paid_us += (int64_t)((uint64_t)bytes * 1000000 / (uint64_t)limit);
}

/* Too few bytes for too long, both directions together, once the connection is there. */
static bool is_slow(struct native_http_transfer *t, int64_t now_ms)
{
    const struct native_http_options *options = t->options;
    uint64_t bytes = t->info.sent_bytes + t->info.received_bytes + t->info.header_bytes;
    if (options->slow_bytes <= 0 || options->slow_s <= 0 || t->paused)
        return false;
    if (t->slow_since_ms == 0 ||
        bytes - t->slow_bytes >= (uint64_t)options->slow_bytes * (uint64_t)options->slow_s) {
        t->slow_since_ms = now_ms;
        t->slow_bytes = bytes;
        return false;
    }
    return now_ms - t->slow_since_ms >= options->slow_s * 1000;
}

static bool late(struct native_http_transfer *t, const char *what, int64_t ms)
{
    static const char *const doing[] = {"in the queue",
                                        "looking up the name",
                                        "connecting",
                                        "talking to the proxy",
                                        "in the TLS handshake",
                                        "sending the request",
                                        "waiting for the response",
                                        "receiving the response",
                                        ""};
    enum native_http_phase phase = t->info.phase;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TIMEOUT, "%s of %lld ms ran out while %s",
                          what, (long long)ms, doing[phase]);
    t->error.phase = phase;
    return false;
}

static int64_t whole_by(const struct native_http_transfer *t)
{
    return native_net_deadline_after(t->start_us / 1000,
                                     t->options->timeout_ms > 0 ? t->options->timeout_ms : -1);
}

bool native_http_in_time(struct native_http_transfer *t, int64_t now_ms)
{
    bool connecting = t->step >= NATIVE_HTTP_STEP_OPEN && t->step < NATIVE_HTTP_STEP_EXCHANGE;
    bool waiting = t->step == NATIVE_HTTP_STEP_EXCHANGE && t->info.phase == NATIVE_HTTP_PHASE_WAIT;
    if (now_ms >= whole_by(t))
        return late(t, "the time limit", t->options->timeout_ms);
    if (connecting && now_ms >= t->connect_by_ms)
        return late(t, "the time limit for connecting", t->options->connect_ms);
    if (waiting && now_ms >= t->first_by_ms)
        return late(t, "the time limit for the first byte", t->options->first_ms);
    if (t->step == NATIVE_HTTP_STEP_EXCHANGE && is_slow(t, now_ms)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_TIMEOUT,
                              "less than %lld bytes a second for %lld seconds",
                              (long long)t->options->slow_bytes, (long long)t->options->slow_s);
        t->error.phase = t->info.phase;
        t->error.part = NATIVE_HTTP_PART_SLOW;
        return false;
    }
    return true;
}

int64_t native_http_deadline(const struct native_http_transfer *t)
{
    int64_t at = native_net_deadline_min(whole_by(t), t->wake_ms);
    if (t->step >= NATIVE_HTTP_STEP_OPEN && t->step < NATIVE_HTTP_STEP_EXCHANGE)
        at = native_net_deadline_min(at, t->connect_by_ms);
    if (t->step == NATIVE_HTTP_STEP_OPEN || t->step == NATIVE_HTTP_STEP_TLS)
        at = native_net_deadline_min(at, native_net_stream_deadline(t->connection->stream));
    if (t->step != NATIVE_HTTP_STEP_EXCHANGE)
        return at;
    if (t->info.phase == NATIVE_HTTP_PHASE_WAIT)
        at = native_net_deadline_min(at, t->first_by_ms);
    if (t->send.expect == NATIVE_HTTP_EXPECT_WAIT)
        at = native_net_deadline_min(at, t->send.expect_until_ms);
    if (t->slow_since_ms > 0 && t->options->slow_s > 0)
        at = native_net_deadline_min(at, t->slow_since_ms + t->options->slow_s * 1000);
    if (t->handlers->progress)
        at = native_net_deadline_min(at, t->progress_ms + 1000);
    return at;
}
