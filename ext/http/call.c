/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/call.c - one request: from its arguments to a transfer, what the engine tells meanwhile, the response. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "call.h"

#include "zend_exceptions.h"

#include "../../net/clock.h"
#include "../../net/process.h"
#include "../share/ext_share.h"
#include "exceptions.h"
#include "options.h"
#include "progress.h"
#include "response.h"
#include "run.h"
#include "url.h"

/* ---- what the engine tells ---- */

/* After code of the user's: it may have stopped the call, or forked. A child must not go on with its parent's
 * connections: this call ends, and the others are taken out. */
static enum native_http_verdict go_on(struct native_ext_http_call *call,
                                      enum native_http_verdict verdict)
{
    struct native_ext_http_run *run = call->run;

    if (verdict == NATIVE_HTTP_ABORT && EG(exception))
        call->threw = true;
    if (run->pid != native_net_process_id()) {
        for (struct native_ext_http_call *other = run->calls; other; other = other->next)
            if (other != call)
                native_http_engine_remove(run->engine, other->transfer);
        return NATIVE_HTTP_ABORT;
    }
    return call->stop ? NATIVE_HTTP_ABORT : verdict;
}

static enum native_http_verdict on_connected(void *ctx, struct native_http_transfer *transfer)
{
    struct native_ext_http_call *call = ctx;

    native_ext_http_seen_note(
        &call->seen, transfer,
        Z_TYPE_P(native_ext_option(call->settings, NATIVE_EXT_HTTP_CERTIFICATES)) == IS_TRUE);
    return NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict on_head(void *ctx, struct native_http_transfer *transfer)
{
    struct native_ext_http_call *call = ctx;

    (void)transfer;
    native_ext_http_sink_clear(&call->sink);
    call->head = true;
    return call->stop ? NATIVE_HTTP_ABORT : NATIVE_HTTP_GO_ON;
}

static enum native_http_verdict on_body(void *ctx, struct native_http_transfer *transfer,
                                        struct native_http_span bytes)
{
    struct native_ext_http_call *call = ctx;
    enum native_http_verdict verdict = native_ext_http_sink_put(&call->sink, transfer, bytes);

    return Z_TYPE(call->sink.to) == IS_UNDEF ? verdict : go_on(call, verdict);
}

/* When bytes have moved, and once a second. */
static bool is_news(struct native_ext_http_call *call, const struct native_http_info *info)
{
    uint64_t bytes = info->received_bytes + info->sent_bytes + (uint64_t)info->phase;
    int64_t now_ms = native_net_clock_ms();

    if (bytes == call->told && now_ms - call->told_ms < 1000)
        return false;
    call->told = bytes;
    call->told_ms = now_ms;
    return true;
}

static enum native_http_verdict on_progress(void *ctx, struct native_http_transfer *transfer)
{
    struct native_ext_http_call *call = ctx;
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;
    zval argument, result;

    if (EG(exception) || !is_news(call, native_http_transfer_info(transfer)))
        return NATIVE_HTTP_GO_ON;
    native_ext_http_progress_make(&argument, transfer);
    ZVAL_UNDEF(&result);
    if (call_user_function(NULL, NULL, call->on_progress, &result, 1, &argument) != SUCCESS ||
        EG(exception) || Z_TYPE(result) == IS_FALSE)
        verdict = NATIVE_HTTP_ABORT;
    zval_ptr_dtor(&argument);
    zval_ptr_dtor(&result);
    return go_on(call, verdict);
}

/* The first https of this call, maybe after a redirect. */
static struct native_net_tls_config *on_tls(void *ctx, struct native_http_transfer *transfer,
                                            struct native_net_error *error)
{
    struct native_ext_http_call *call = ctx;

    (void)transfer;
    call->options.sessions = native_ext_share_sessions();
    call->options.whole_chain =
        Z_TYPE_P(native_ext_option(call->settings, NATIVE_EXT_HTTP_CERTIFICATES)) == IS_TRUE;
    return native_ext_http_options_tls(call->settings, error);
}

static const struct native_http_handlers quiet = {
    .connected = on_connected, .head = on_head, .body = on_body, .tls = on_tls};
static const struct native_http_handlers telling = {.connected = on_connected,
                                                    .head = on_head,
                                                    .body = on_body,
                                                    .progress = on_progress,
                                                    .tls = on_tls};

/* The body, where code of the user's gives it. */
static enum native_http_source_status read_source(struct native_http_source *source, void *out,
                                                  size_t room, size_t *got)
{
    struct native_ext_http_call *call =
        (struct native_ext_http_call *)((char *)source -
                                        offsetof(struct native_ext_http_call, guarded));
    struct native_http_source *inner = native_ext_http_source_of(&call->source);
    enum native_http_source_status status = inner->read(inner, out, room, got);
    enum native_http_verdict verdict =
        status == NATIVE_HTTP_SOURCE_ABORT ? NATIVE_HTTP_ABORT : NATIVE_HTTP_GO_ON;

    return go_on(call, verdict) == NATIVE_HTTP_GO_ON ? status : NATIVE_HTTP_SOURCE_ABORT;
}

static bool rewind_source(struct native_http_source *source)
{
    struct native_ext_http_call *call =
        (struct native_ext_http_call *)((char *)source -
                                        offsetof(struct native_ext_http_call, guarded));
    struct native_http_source *inner = native_ext_http_source_of(&call->source);

    return inner->rewind(inner);
}

/* ---- making ---- */

/* The URL, resolved against the base. */
static bool use_url(struct native_ext_http_call *call, zend_string *url)
{
    zend_string *base = native_ext_option_string(call->settings, NATIVE_EXT_HTTP_BASE_URL);

    call->url = base ? native_ext_http_url_resolve(base, url) : zend_string_copy(url);
    if (!call->url)
        return false;
    call->options.url = (struct native_http_span){ZSTR_VAL(call->url), ZSTR_LEN(call->url)};
    return true;
}

static void use_method(struct native_ext_http_call *call, zend_string *method, bool body)
{
    struct native_http_options *o = &call->options;

    call->method = zend_string_copy(method);
    o->method = (struct native_http_span){ZSTR_VAL(method), ZSTR_LEN(method)};
    if (zend_string_equals_literal(method, "HEAD"))
        o->kind = NATIVE_HTTP_HEAD;
    else if (zend_string_equals_literal(method, "POST"))
        o->kind = NATIVE_HTTP_POST;
    else
        o->kind = body ? NATIVE_HTTP_PUT : NATIVE_HTTP_GET;
    /* The names of the kinds change with redirects, names of the user's do not. */
    if (o->kind == NATIVE_HTTP_HEAD || o->kind == NATIVE_HTTP_POST ||
        (o->kind == NATIVE_HTTP_GET && zend_string_equals_literal(method, "GET")))
        o->method.at = NULL;
}

static bool use_body(struct native_ext_http_call *call, zval *body)
{
    struct native_http_source *source;

    if (!native_ext_http_source_make(&call->source, body))
        return false;
    source = native_ext_http_source_of(&call->source);
    if (!source)
        return true;
    call->guarded = (struct native_http_source){read_source, source->rewind ? rewind_source : NULL,
                                                source->size};
    call->options.source = &call->guarded;
    if (call->source.type)
        call->options.content_type =
            (struct native_http_span){ZSTR_VAL(call->source.type), ZSTR_LEN(call->source.type)};
    return true;
}

static bool use_overrides(struct native_ext_http_call *call)
{
    struct native_ext_http_overrides *o = &call->overrides;

    if (!native_ext_http_options_overrides(call->settings, o))
        return false;
    call->options.resolve = o->resolve;
    call->options.resolve_len = o->resolve_len;
    call->options.connect_to = o->connect_to;
    call->options.connect_to_len = o->connect_to_len;
    return true;
}

static bool use_fields(struct native_ext_http_call *call, HashTable *own)
{
    zval *defaults = native_ext_option(call->settings, NATIVE_EXT_HTTP_HEADERS);

    if (!native_ext_http_fields_make(&call->fields, own, Z_ARR_P(defaults)))
        return false;
    call->options.fields = call->fields.spans;
    call->options.fields_len = call->fields.len;
    return true;
}

static bool prepare(struct native_ext_http_call *call,
                    const struct native_ext_http_request *request)
{
    zval *progress = native_ext_option(call->settings, NATIVE_EXT_HTTP_ON_PROGRESS);
    zval *sink = native_ext_option(call->settings, NATIVE_EXT_HTTP_SINK);

    native_ext_http_options_fill(call->settings, &call->options);
    call->options.nonces = call->run->process->nonces;
    call->options.names = native_ext_share_names();
    if (!use_url(call, request->url) || !use_overrides(call) || !use_body(call, request->body) ||
        !use_fields(call, request->headers) || !native_ext_http_sink_make(&call->sink, sink))
        return false;
    use_method(call, request->method, call->options.source != NULL);
    call->on_progress = Z_TYPE_P(progress) == IS_NULL ? NULL : progress;
    call->transfer = native_ext_http_process_transfer(call->run->process, &call->options,
                                                      call->on_progress ? &telling : &quiet, call);
    if (call->transfer)
        return true;
    zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
    return false;
}

struct native_ext_http_call *native_ext_http_call_new(struct native_ext_http_run *run,
                                                      const struct native_ext_http_request *request)
{
    struct native_ext_http_call *call = run->spare ? run->spare : malloc(sizeof(*call));

    run->spare = NULL;
    if (!call) {
        zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
        return NULL;
    }
    memset(call, 0, sizeof(*call));
    call->run = run;
    call->next = run->calls;
    run->calls = call;
    call->settings = request->options; /* a callback may drop the client */
    GC_ADDREF(call->settings);
    if (!prepare(call, request)) {
        native_ext_http_call_free(call);
        return NULL;
    }
    native_http_engine_add(run->engine, call->transfer);
    return call;
}

/* ---- the end ---- */

/* Nobody finds it any more; the transfer goes first, it reads what the rest holds. */
static void take_out(struct native_ext_http_call *call)
{
    struct native_ext_http_call **at = &call->run->calls;

    native_ext_http_process_give(call->run->process, call->transfer);
    while (*at != call)
        at = &(*at)->next;
    *at = call->next;
}

void native_ext_http_call_lose(struct native_ext_http_call *call)
{
    take_out(call);
    free(call);
}

void native_ext_http_call_free(struct native_ext_http_call *call)
{
    struct native_ext_http_run *run = call->run;

    take_out(call);
    native_ext_http_source_end(&call->source); /* may run code of the user's: destructors */
    native_ext_http_sink_end(&call->sink);
    native_ext_http_fields_end(&call->fields);
    native_ext_http_overrides_end(&call->overrides);
    zval_ptr_dtor(&call->seen.certificates);
    zval_ptr_dtor(&call->key);
    if (call->request)
        OBJ_RELEASE(call->request);
    if (call->method)
        zend_string_release(call->method);
    if (call->url)
        zend_string_release(call->url);
    OBJ_RELEASE(call->settings);
    if (run->spare)
        free(call);
    else
        run->spare = call;
}

void native_ext_http_call_stop(struct native_ext_http_call *call)
{
    call->stop = true;
    if (!call->run->stepping)
        native_http_engine_remove(call->run->engine, call->transfer);
}

bool native_ext_http_call_finish(struct native_ext_http_call *call, zval *response)
{
    const struct native_http_error *error = native_http_transfer_error(call->transfer);
    struct native_http_span url = native_http_transfer_url(call->transfer);
    bool fails =
        Z_TYPE_P(native_ext_option(call->settings, NATIVE_EXT_HTTP_FAIL_ON_STATUS)) == IS_TRUE;
    int status = native_http_transfer_info(call->transfer)->status;
    struct native_http_error bad;

    if (error->kind != NATIVE_HTTP_ERROR_NONE) {
        native_ext_http_throw(error, url);
        return false;
    }
    native_ext_http_response_make(response, call, native_ext_http_sink_take(&call->sink, 0));
    if (!fails || status < 400)
        return true;
    native_http_error_set(&bad, NATIVE_HTTP_ERROR_STATUS, "The server answered with status %d",
                          status);
    bad.phase = NATIVE_HTTP_PHASE_DONE;
    native_ext_http_throw_status(&bad, url, response);
    ZVAL_UNDEF(response);
    return false;
}

/* ---- pauses ---- */

static void go_on_receiving(struct native_ext_http_call *call)
{
    if (!(call->paused & NATIVE_NET_READ) && !call->sink.full && !call->sink.ready.waiting)
        native_http_transfer_resume(call->transfer, NATIVE_NET_READ);
}

void native_ext_http_call_resume(struct native_ext_http_call *call)
{
    struct native_ext_http_ready *source = native_ext_http_source_waits(&call->source);

    if (source && native_ext_http_ready_now(source)) {
        source->waiting = false;
        if (!(call->paused & NATIVE_NET_WRITE))
            native_http_transfer_resume(call->transfer, NATIVE_NET_WRITE);
    }
    if (call->sink.ready.waiting && native_ext_http_ready_now(&call->sink.ready)) {
        call->sink.ready.waiting = false;
        go_on_receiving(call);
    }
}

void native_ext_http_call_taken(struct native_ext_http_call *call)
{
    if (!call->sink.full || (call->sink.bounded && native_ext_http_sink_len(&call->sink) >
                                                       NATIVE_EXT_HTTP_PIECES_MAX / 2))
        return;
    call->sink.full = false;
    go_on_receiving(call);
}

void native_ext_http_call_pause(struct native_ext_http_call *call, int directions, bool on)
{
    if (on) {
        call->paused |= directions;
        native_http_transfer_pause(call->transfer, directions);
        return;
    }
    call->paused &= ~directions;
    if (directions & NATIVE_NET_READ)
        go_on_receiving(call);
    if (directions & NATIVE_NET_WRITE)
        native_http_transfer_resume(call->transfer, NATIVE_NET_WRITE);
}

void native_ext_http_call_gc(struct native_ext_http_call *call, zend_get_gc_buffer *buffer)
{
    zend_get_gc_buffer_add_obj(buffer, call->settings);
    native_ext_http_source_gc(&call->source, buffer);
    zend_get_gc_buffer_add_zval(buffer, &call->sink.to);
    zend_get_gc_buffer_add_zval(buffer, &call->key);
    if (call->request)
        zend_get_gc_buffer_add_obj(buffer, call->request);
}
