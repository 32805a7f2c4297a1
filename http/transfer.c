/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* transfer.c - one transfer from its begin to its end. */
#include <stdlib.h>
#include <string.h>

#include "parts.h"
#include "wire/escape.h"

int64_t native_http_now_us(const struct native_http_transfer *t)
{
    return native_net_clock_us() - t->start_us;
}

bool native_http_accepts(struct native_http_transfer *t, enum native_http_verdict verdict,
                         enum native_http_error_part part)
{
    static const char *const names[NATIVE_HTTP_PARTS] = {
        [NATIVE_HTTP_PART_LINE] = "a header line",
        [NATIVE_HTTP_PART_HEAD] = "the head",
        [NATIVE_HTTP_PART_BODY] = "the body",
        [NATIVE_HTTP_PART_PROGRESS] = "the report of progress",
        [NATIVE_HTTP_PART_CONNECTED] = "the connection",
    };
    if (verdict == NATIVE_HTTP_GO_ON || verdict == NATIVE_HTTP_PAUSE)
        return true;
    if (verdict == NATIVE_HTTP_REFUSE)
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_SINK, "%s was not taken", names[part]);
    else
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_ABORTED, "aborted at %s", names[part]);
    t->error.part = part;
    return false;
}

/* ---- life ---- */

/* What is told of a transfer: nothing yet. */
static void clear_told(struct native_http_transfer *t)
{
    memset(&t->info, 0, sizeof(t->info));
    t->info.receive_length = t->info.retry_after = -1;
    t->receive.fields_len = 0;
    native_http_error_clear(&t->error);
    t->start_us = 0;
}

struct native_http_transfer *native_http_transfer_new(const struct native_http_options *options,
                                                      const struct native_http_handlers *handlers,
                                                      void *ctx)
{
    struct native_http_transfer *t = calloc(1, sizeof(*t));
    if (!t)
        return NULL;
    t->step = NATIVE_HTTP_STEP_DONE;
    t->told = true;
    clear_told(t);
    native_http_transfer_renew(t, options, handlers, ctx);
    return t;
}

/* A URL that the next owner may ask for, too, stays parsed; he does not see it unless he has it. */
static void rest_url(struct native_http_transfer *t)
{
    if (t->url_text.size > NATIVE_HTTP_TEXT_KEPT)
        t->url_kept = 0;
    if (t->url_kept == 0)
        native_http_text_rest(&t->url_text, true);
    t->url_text.len = 0;
}

void native_http_transfer_rest(struct native_http_transfer *t)
{
    if (t->engine)
        native_http_engine_remove(t->engine, t);
    native_http_login_end(&t->login);
    native_http_login_end(&t->proxy_login);
    native_http_receive_rest(t);
    native_net_tls_config_unref(t->tls);
    t->tls = NULL;
    native_http_route_free(&t->route);
    rest_url(t);
    native_http_text_free(&t->url_user, true);
    native_http_text_free(&t->url_password, true);
    native_http_text_free(&t->origin_text, true);
    native_http_text_rest(&t->referer, false);
    native_http_text_rest(&t->location, true);
    native_http_text_rest(&t->target_text, false);
    native_http_text_rest(&t->login_origin, false);
    native_http_text_rest(&t->login_before, false);
    native_http_text_rest(&t->proxy_origin, false);
    native_http_text_rest(&t->send.head, true);
    free(t->send.out);
    t->send.out = NULL;
    clear_told(t); /* nor is anything else of the last owner's left */
    t->options = NULL;
    t->handlers = NULL;
    t->ctx = NULL;
}

void native_http_transfer_renew(struct native_http_transfer *t,
                                const struct native_http_options *options,
                                const struct native_http_handlers *handlers, void *ctx)
{
    t->options = options;
    t->handlers = handlers;
    t->ctx = ctx;
    native_http_login_init(&t->login, options->nonces);
    native_http_login_init(&t->proxy_login, options->nonces);
}

void native_http_transfer_free(struct native_http_transfer *t)
{
    if (!t)
        return;
    if (t->engine)
        native_http_engine_remove(t->engine, t);
    native_http_login_end(&t->login);
    native_http_login_end(&t->proxy_login);
    native_http_receive_free(t);
    native_net_tls_config_unref(t->tls);
    native_net_lookup_release(t->lookup);
    native_http_route_free(&t->route);
    native_http_text_free(&t->url_text, true);
    native_http_text_free(&t->url_user, true);
    native_http_text_free(&t->url_password, true);
    native_http_text_free(&t->origin_text, true);
    native_http_text_free(&t->referer, false);
    native_http_text_free(&t->location, true);
    native_http_text_free(&t->target_text, false);
    native_http_text_free(&t->login_origin, false);
    native_http_text_free(&t->login_before, false);
    native_http_text_free(&t->proxy_origin, false);
    native_http_text_free(&t->send.head, true);
    free(t->send.out);
    free(t);
}

void native_http_transfer_begin(struct native_http_transfer *t)
{
    clear_told(t);
    t->step = NATIVE_HTTP_STEP_BEGIN;
    t->told = t->hop_ready = t->redirected = t->without_body = t->other_origin = false;
    t->expect_refused = t->retried = t->source_paused = t->asked = false;
    t->again = NATIVE_HTTP_AGAIN_NOT;
    t->paused = 0;
    t->ready = NATIVE_NET_READ | NATIVE_NET_WRITE;
    t->start_us = native_net_clock_us();
    t->slow_since_ms = 0;
    t->send.started = false;
    t->location.len = t->referer.len = t->login_origin.len = t->proxy_origin.len = 0;
    t->origin_text.len = 0;
    memset(&t->sending_pace, 0, sizeof(t->sending_pace));
    memset(&t->receiving_pace, 0, sizeof(t->receiving_pace));
    native_http_login_begin(&t->login);
    native_http_login_begin(&t->proxy_login);
}

/* ---- a request begins ---- */

static bool no_memory(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
    return false;
}

static bool choose_method(struct native_http_transfer *t)
{
    static const struct native_http_span names[] = {
        {"GET", 3}, {"HEAD", 4}, {"POST", 4}, {"PUT", 3}};
    struct native_http_fault fault;
    t->kind = t->options->kind;
    if (t->without_body && t->kind >= NATIVE_HTTP_POST)
        t->kind = NATIVE_HTTP_GET;
    /* A name of the user's stays also where a redirect has taken the body away. */
    t->method = t->options->method.at ? t->options->method : names[t->kind];
    if (native_http_method_check(t->method, &fault) == NATIVE_HTTP_OK)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_BAD_ARGUMENT, fault.reason, "the method");
    return false;
}

static bool decode(struct native_http_transfer *t, struct native_http_span part,
                   struct native_http_buffer *out)
{
    struct native_http_fault fault;
    native_http_text_free(out, true);
    if (!part.at)
        return true;
    if (!native_http_text_reserve(out, part.len + 1))
        return no_memory(t);
    if (native_http_unescape(out, NATIVE_HTTP_UNESCAPE_NO_CONTROL, part, &fault) == NATIVE_HTTP_OK)
        return true;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_URL, fault.reason,
                            "user or password in the URL");
    return false;
}

/* "https://example.org:443": whom credentials are for. */
static bool write_origin(struct native_http_buffer *out, struct native_http_span scheme,
                         struct native_http_span host, uint16_t port)
{
    out->len = 0;
    if (!native_http_text_reserve(out, scheme.len + host.len + 16))
        return false;
    native_http_buffer_put_span(out, scheme);
    NATIVE_HTTP_PUT(out, "://");
    native_http_route_put(out, host, port);
    return native_http_buffer_fits(out);
}

bool native_http_hop_begin(struct native_http_transfer *t)
{
    struct native_http_buffer before = t->login_origin;
    if (!choose_method(t) || !decode(t, t->url.user, &t->url_user) ||
        !decode(t, t->url.password, &t->url_password))
        return false;
    if (t->redirected)
        t->other_origin = !native_http_url_same_origin(&t->origin, &t->url);
    t->login_origin = t->login_before;
    t->login_before = before;
    if (!write_origin(&t->login_origin, t->url.scheme, t->url.host, t->route.port) ||
        (t->route.has_proxy && !write_origin(&t->proxy_origin, NATIVE_HTTP_SPAN("proxy"),
                                             t->route.proxy_host, t->route.proxy_port)))
        return no_memory(t);
    if (!native_http_span_is(native_http_text_span(&t->login_before),
                             native_http_text_span(&t->login_origin)))
        native_http_login_begin(&t->login);
    native_http_send_clear(t);
    t->socks_begun = t->connect_begun = t->tls_begun = t->exchange_begun = false;
    t->address_begun = t->address_said = false;
    t->info.times.name = t->info.times.connect = t->info.times.tls = 0;
    return true;
}

/* ---- EXCHANGE ---- */

static bool exchange_begin(struct native_http_transfer *t)
{
    if (t->handlers->connected &&
        !native_http_accepts(t, t->handlers->connected(t->ctx, t), NATIVE_HTTP_PART_CONNECTED))
        return false;
    t->connection->requests++;
    t->info.times.send = native_http_now_us(t);
    if (!native_http_send_begin(t) || !native_http_receive_begin(t, false))
        return false;
    t->exchange_begun = true;
    /* No answer can be there before the question: one look less. */
    t->ready = (t->ready | NATIVE_NET_WRITE) & ~NATIVE_NET_READ;
    return true;
}

static enum native_http_go step_exchange(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go;
    if (!t->exchange_begun && !exchange_begin(t))
        return NATIVE_HTTP_FAILED;
    if (!native_http_send_is_over(t) && native_http_send_step(t, now_ms) == NATIVE_HTTP_FAILED)
        return NATIVE_HTTP_FAILED;
    go = native_http_receive_step(t, now_ms);
    if (go != NATIVE_HTTP_GO)
        return go;
    if (t->options->keep_sending && t->connection->reusable && !native_http_send_is_over(t))
        return NATIVE_HTTP_WAIT;
    if (!native_http_send_is_over(t))
        t->connection->reusable = false; /* the rest of the body would be taken for a request */
    t->step = NATIVE_HTTP_STEP_END;
    return NATIVE_HTTP_GO;
}

/* ---- steps ---- */

static enum native_http_go do_step(struct native_http_transfer *t, int64_t now_ms)
{
    static enum native_http_go (*const steps[])(struct native_http_transfer *, int64_t) = {
        [NATIVE_HTTP_STEP_BEGIN] = native_http_step_begin,
        [NATIVE_HTTP_STEP_OPEN] = native_http_step_open,
        [NATIVE_HTTP_STEP_SOCKS] = native_http_step_socks,
        [NATIVE_HTTP_STEP_CONNECT] = native_http_step_connect,
        [NATIVE_HTTP_STEP_ADDRESS] = native_http_step_address,
        [NATIVE_HTTP_STEP_TLS] = native_http_step_tls,
        [NATIVE_HTTP_STEP_EXCHANGE] = step_exchange,
        [NATIVE_HTTP_STEP_END] = native_http_step_end,
    };
    return steps[t->step](t, now_ms);
}

/* Tell how it goes. Returns false with the error when the owner has had enough. */
static bool tell_progress(struct native_http_transfer *t, int64_t now_ms)
{
    t->progress_ms = now_ms;
    return !t->handlers->progress ||
           native_http_accepts(t, t->handlers->progress(t->ctx, t), NATIVE_HTTP_PART_PROGRESS);
}

void native_http_transfer_step(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go = NATIVE_HTTP_GO;
    t->want = 0;
    t->wake_ms = NATIVE_NET_NEVER;
    while (go == NATIVE_HTTP_GO && t->step != NATIVE_HTTP_STEP_DONE) {
        if (!tell_progress(t, now_ms))
            go = NATIVE_HTTP_FAILED;
        else
            go = native_http_in_time(t, now_ms) ? do_step(t, now_ms) : NATIVE_HTTP_FAILED;
        if (go == NATIVE_HTTP_FAILED && native_http_may_retry(t)) {
            native_http_retry(t, now_ms);
            go = NATIVE_HTTP_GO;
        }
    }
    if (go != NATIVE_HTTP_FAILED && !tell_progress(t, now_ms))
        go = NATIVE_HTTP_FAILED;
    if (go == NATIVE_HTTP_FAILED || t->step == NATIVE_HTTP_STEP_DONE)
        native_http_transfer_finish(t, now_ms);
}

/* ---- the end ---- */

void native_http_release(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_http_connection *connection = t->connection;
    if (!connection)
        return;
    t->connection = NULL;
    if (!t->receive.over || !native_http_send_is_over(t) || t->options->close ||
        t->step < NATIVE_HTTP_STEP_EXCHANGE)
        connection->reusable = false;
    if (connection->reusable)
        native_http_trace(t, "Connection #%llu to host %.*s left intact",
                          (unsigned long long)connection->id, (int)t->route.host.len,
                          t->route.host.at);
    else
        native_http_trace(t, "Closing connection %llu", (unsigned long long)connection->id);
    connection->owner = t->options->owner;
    native_http_pool_give(native_http_engine_pool(t->engine), connection, t->options->keep_most,
                          now_ms);
}

static double speed(uint64_t bytes, int64_t us)
{
    return us > 0 ? (double)bytes * 1e6 / (double)us : 0.0;
}

void native_http_transfer_finish(struct native_http_transfer *t, int64_t now_ms)
{
    if (t->error.kind != NATIVE_HTTP_ERROR_NONE) {
        t->error.phase = t->info.phase;
        if (t->connection)
            t->connection->reusable = false;
        native_http_trace(t, "%s", t->error.message);
    }
    native_http_release(t, now_ms);
    native_net_lookup_release(t->lookup);
    t->lookup = NULL;
    t->step = NATIVE_HTTP_STEP_DONE;
    t->info.phase = NATIVE_HTTP_PHASE_DONE;
    t->info.times.total = native_http_now_us(t);
    t->info.send_speed = speed(t->info.sent_bytes, t->info.times.total);
    t->info.receive_speed = speed(t->info.received_bytes, t->info.times.total);
    t->info.auth_used = t->login.used != 0;
    t->info.proxy_auth_used = t->proxy_login.used != 0;
}

/* ---- what can be asked ---- */

bool native_http_transfer_is_done(const struct native_http_transfer *t)
{
    return t->step == NATIVE_HTTP_STEP_DONE;
}

const struct native_http_error *native_http_transfer_error(const struct native_http_transfer *t)
{
    return &t->error;
}

const struct native_http_info *native_http_transfer_info(const struct native_http_transfer *t)
{
    return &t->info;
}

void *native_http_transfer_ctx(const struct native_http_transfer *t)
{
    return t->ctx;
}

int64_t native_http_transfer_elapsed_us(const struct native_http_transfer *t)
{
    if (t->info.times.total > 0 || t->start_us == 0)
        return t->info.times.total;
    return native_http_now_us(t);
}

struct native_http_span native_http_transfer_url(const struct native_http_transfer *t)
{
    return t->url_text.len > 0 ? t->url.text : t->options->url;
}

struct native_http_span native_http_transfer_method(const struct native_http_transfer *t)
{
    return t->method;
}

struct native_http_span native_http_transfer_location(const struct native_http_transfer *t)
{
    if (t->receive.follow || t->location.len == 0)
        return (struct native_http_span){NULL, 0};
    return native_http_text_span(&t->location);
}

struct native_http_span native_http_transfer_host(const struct native_http_transfer *t)
{
    return t->url.host;
}

struct native_http_span native_http_transfer_referer(const struct native_http_transfer *t)
{
    if (t->referer.len == 0)
        return (struct native_http_span){NULL, 0};
    return native_http_text_span(&t->referer);
}

size_t native_http_transfer_fields(const struct native_http_transfer *t,
                                   struct native_http_span *text,
                                   const struct native_http_kept_field **fields)
{
    *text = native_http_text_span(&t->receive.text);
    *fields = t->receive.fields;
    return t->receive.fields_len;
}

bool native_http_transfer_field_at(const struct native_http_transfer *t, size_t index,
                                   struct native_http_span *name, struct native_http_span *value)
{
    const struct native_http_receiving *receive = &t->receive;
    const struct native_http_kept_field *field;
    if (index >= receive->fields_len)
        return false;
    field = &receive->fields[index];
    *name = (struct native_http_span){receive->text.at + field->name_at, field->name_len};
    *value = (struct native_http_span){receive->text.at + field->value_at, field->value_len};
    return true;
}

struct native_http_span native_http_transfer_field(const struct native_http_transfer *t,
                                                   struct native_http_span name, size_t *after)
{
    struct native_http_span kept, value;
    while (native_http_transfer_field_at(t, *after, &kept, &value)) {
        (*after)++;
        if (native_http_span_is_nocase(kept, name))
            return value;
    }
    return (struct native_http_span){NULL, 0};
}

struct native_net_stream *native_http_transfer_stream(const struct native_http_transfer *t)
{
    return t->connection ? t->connection->stream : NULL;
}

void native_http_transfer_pause(struct native_http_transfer *t, int directions)
{
    t->paused |= directions;
}

void native_http_transfer_resume(struct native_http_transfer *t, int directions)
{
    t->paused &= ~directions;
    if (directions & NATIVE_NET_WRITE)
        t->source_paused = false;
    t->ready = NATIVE_NET_READ | NATIVE_NET_WRITE;
    t->wake_ms = 0;
}

int native_http_transfer_paused(const struct native_http_transfer *t)
{
    return t->paused | (t->source_paused ? NATIVE_NET_WRITE : 0);
}
