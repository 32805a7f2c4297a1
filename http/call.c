/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* call.c - calls without callbacks: how a transfer is driven, and what is told of it. */
#include "call_parts.h"

#include <errno.h>
#include <stdlib.h>

#include "../net/clock.h"
#include "../net/process.h"
#include "text.h"

/* ---- calls ---- */

static void clear_result(struct native_http_call *call)
{
    call->received.len = call->fields_text.len = call->url.len = 0;
    call->no_memory = false;
    native_http_error_clear(&call->error);
    call->result = (struct native_http_result){
        .error = "", .reason = "", .phase = "", .message = "", .body = "", .url = "", .fields = ""};
}

struct native_http_call *native_http_call_new(struct native_http_client *client)
{
    struct native_http_call *call = calloc(1, sizeof(*call));

    if (!call)
        return NULL;
    call->client = client;
    call->next = client->calls;
    client->calls = call;
    native_http_call_defaults(call);
    clear_result(call);
    return call;
}

/* The transfer goes, and what only it needs. In a forked child the parent's connections are left alone. */
static void stop(struct native_http_call *call)
{
    if (call->engine && call->pid != native_net_process_id())
        native_http_engine_abandon(call->engine);
    native_http_transfer_free(call->transfer);
    native_http_engine_free(call->engine);
    call->transfer = NULL;
    call->engine = NULL;
    call->running = false;
}

void native_http_call_free(struct native_http_call *call)
{
    struct native_http_call **at;

    if (!call)
        return;
    for (at = &call->client->calls; *at != call;)
        at = &(*at)->next;
    *at = call->next;
    stop(call);
    native_http_call_forget(call);
    native_http_text_free(&call->received, false);
    native_http_text_free(&call->fields_text, false);
    native_http_text_free(&call->url, false);
    free(call);
}

const struct native_http_result *native_http_call_result(const struct native_http_call *call)
{
    return &call->result;
}

/* ---- what the engine tells ---- */

static enum native_http_verdict on_head(void *ctx, struct native_http_transfer *transfer)
{
    struct native_http_call *call = ctx;

    (void)transfer;
    call->received.len = 0;
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict on_body(void *ctx, struct native_http_transfer *transfer,
                                        struct native_http_span bytes)
{
    struct native_http_call *call = ctx;

    (void)transfer;
    if (native_http_text_reserve(&call->received, bytes.len + 1)) { /* and the NUL */
        (void)native_http_text_add(&call->received, bytes);
        return NATIVE_HTTP_GO_ON;
    }
    call->no_memory = true;
    return NATIVE_HTTP_REFUSE;
}

/* The first https of this call, maybe after a redirect. */
static struct native_net_tls_config *on_tls(void *ctx, struct native_http_transfer *transfer,
                                            struct native_net_error *error)
{
    (void)transfer;
    return native_http_call_tls(ctx, error);
}

static const struct native_http_handlers handlers = {
    .head = on_head, .body = on_body, .tls = on_tls};

/* ---- the result ---- */

static const char *const phases[] = {"queued", "name", "connect", "proxy", "tls",
                                     "send",   "wait", "receive", ""};

static bool add_piece(struct native_http_buffer *text, struct native_http_span piece)
{
    return native_http_text_add(text, piece) &&
           native_http_text_add(text, (struct native_http_span){"", 1});
}

static bool take_fields(struct native_http_call *call)
{
    struct native_http_span name, value;

    for (size_t i = 0; native_http_transfer_field_at(call->transfer, i, &name, &value); i++)
        if (!add_piece(&call->fields_text, name) || !add_piece(&call->fields_text, value))
            return false;
    return true;
}

/* The URL without user and password. */
static bool take_url(struct native_http_call *call)
{
    struct native_http_span url = native_http_transfer_url(call->transfer);
    size_t start = 0, end, at;

    while (start + 2 <= url.len && memcmp(url.at + start, "//", 2) != 0)
        start++;
    if (start + 2 > url.len)
        return !url.at || add_piece(&call->url, url);
    at = start += 2;
    for (end = start; end < url.len && !memchr("/?#", url.at[end], 3); end++)
        if (url.at[end] == '@')
            at = end + 1;
    return native_http_text_add(&call->url, (struct native_http_span){url.at, start}) &&
           add_piece(&call->url, (struct native_http_span){url.at + at, url.len - at});
}

static void take_numbers(struct native_http_call *call)
{
    const struct native_http_info *info = native_http_transfer_info(call->transfer);
    struct native_http_result *r = &call->result;

    r->status = info->status;
    r->version = info->version;
    r->redirects = info->redirects;
    r->reused = info->reused;
    r->resumed = info->tls_resumed;
    r->name_us = info->times.name;
    r->connect_us = info->times.connect;
    r->tls_us = info->times.tls;
    r->send_us = info->times.send;
    r->first_us = info->times.first;
    r->total_us = info->times.total;
    r->sent = info->sent_bytes;
    r->received = info->received_bytes;
}

static void tell_error(struct native_http_call *call)
{
    const struct native_http_error *error = &call->error;
    struct native_http_result *r = &call->result;

    if (error->kind == NATIVE_HTTP_ERROR_NONE)
        return;
    r->error = native_http_error_kind_name(error->kind);
    if (error->net.kind != NATIVE_NET_ERROR_NONE)
        r->reason = native_net_error_kind_name(error->net.kind);
    r->phase = phases[error->phase];
    r->message = error->message;
    if (error->kind == NATIVE_HTTP_ERROR_PROXY)
        r->reply = error->code;
}

static enum native_http_call_status fail(struct native_http_call *call,
                                         enum native_http_error_kind kind, const char *why)
{
    native_http_error_set(&call->error, kind, "%s", why);
    tell_error(call);
    stop(call);
    return NATIVE_HTTP_CALL_FAILED;
}

static enum native_http_call_status finish(struct native_http_call *call)
{
    struct native_http_result *r = &call->result;

    if (call->no_memory || !take_fields(call) || !take_url(call))
        return fail(call, NATIVE_HTTP_ERROR_NO_MEMORY, "Out of memory");
    call->error = *native_http_transfer_error(call->transfer);
    take_numbers(call);
    tell_error(call);
    if (call->received.len > 0) {
        call->received.at[call->received.len] = '\0';
        r->body = call->received.at;
        r->body_len = call->received.len;
    }
    if (call->url.len > 0) {
        r->url = call->url.at;
        r->url_len = call->url.len - 1;
    }
    if (call->fields_text.len > 0) {
        r->fields = call->fields_text.at;
        r->fields_len = call->fields_text.len;
    }
    stop(call);
    return call->error.kind == NATIVE_HTTP_ERROR_NONE ? NATIVE_HTTP_CALL_DONE
                                                      : NATIVE_HTTP_CALL_FAILED;
}

/* ---- driving ---- */

static bool begin(struct native_http_call *call)
{
    clear_result(call);
    native_http_call_options(call);
    call->pid = native_net_process_id();
    call->engine = native_http_engine_new(call->client->home->pool);
    call->transfer = native_http_transfer_new(&call->options, &handlers, call);
    if (!call->engine || !call->transfer)
        return false;
    call->running = true;
    return native_http_engine_add(call->engine, call->transfer);
}

/* Returns the milliseconds until `until` (negative: never), as the engine's wait takes them. */
static int left(int64_t until)
{
    int64_t ms = until < 0 ? -1 : until - native_net_clock_ms();

    if (until < 0)
        return -1;
    return ms > 1000000 ? 1000000 : ms > 0 ? (int)ms : 0;
}

enum native_http_call_status native_http_call_perform(struct native_http_call *call,
                                                      int64_t wait_ms)
{
    int64_t now = native_net_clock_ms();
    int64_t until = wait_ms < 0 || wait_ms > INT64_MAX - now ? -1 : now + wait_ms;

    if (!call->running && !begin(call))
        return fail(call, NATIVE_HTTP_ERROR_NO_MEMORY, "Out of memory");
    if (call->pid != native_net_process_id())
        return fail(call, NATIVE_HTTP_ERROR_ABORTED,
                    "This process has been forked: the call is its parent's");
    for (;;) {
        (void)native_http_engine_step(call->engine);
        if (native_http_transfer_is_done(call->transfer))
            return finish(call);
        if (native_http_engine_wait(call->engine, NULL, 0, left(until)) < 0) {
            if (errno == EINTR)
                return NATIVE_HTTP_CALL_MORE;
            return fail(call, NATIVE_HTTP_ERROR_RECEIVE, "Cannot wait for the connection");
        }
        if (left(until) == 0)
            return NATIVE_HTTP_CALL_MORE;
    }
}
