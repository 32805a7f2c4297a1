/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/perform.c - one transfer of a handle: what the engine tells, the begin, the wait, the end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "perform.h"

#include <errno.h>

#include "../../net/address.h"
#include "../../net/process.h"
#include "../http/process.h"
#include "../signals.h"
#include "body.h"
#include "call.h"
#include "cookies.h"
#include "error.h"
#include "fill.h"
#include "info.h"
#include "login.h"
#include "out.h"
#include "owner.h"

/* ---- what the engine tells ---- */

/* A forked child goes on with nothing of its parent's. */
static bool is_ours(const struct native_ext_curl_easy *easy)
{
    return easy->pid == native_net_process_id();
}

static enum native_http_verdict go_on(struct native_ext_curl_easy *easy,
                                      enum native_http_verdict verdict)
{
    return is_ours(easy) ? verdict : NATIVE_HTTP_ABORT;
}

static enum native_http_verdict on_line(void *ctx, struct native_http_transfer *transfer,
                                        enum native_http_line kind, bool from_proxy,
                                        struct native_http_span line)
{
    struct native_ext_curl_easy *easy = ctx;

    return go_on(easy, native_ext_curl_out_line(easy, line, kind == NATIVE_HTTP_LINE_TRAILER));
}

/* libcurl looks itself, when a body begins: not every server does. */
static bool is_unmet(const struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;
    int64_t modified;

    if (s->time_condition == CURL_TIMECOND_NONE || s->time_value == 0 ||
        native_http_transfer_info(easy->transfer)->decoded_bytes > 0 ||
        (s->range && ZSTR_LEN(s->range) > 0))
        return false;
    modified = native_http_transfer_modified(easy->transfer);
    if (modified <= 0)
        return false;
    return s->time_condition == CURL_TIMECOND_IFUNMODSINCE ? modified >= s->time_value
                                                           : modified <= s->time_value;
}

static enum native_http_verdict on_body(void *ctx, struct native_http_transfer *transfer,
                                        struct native_http_span bytes)
{
    struct native_ext_curl_easy *easy = ctx;

    easy->unmet = is_unmet(easy);
    if (easy->unmet)
        return NATIVE_HTTP_ABORT;
    return go_on(easy, native_ext_curl_out_body(easy, bytes));
}

static void put_sizes(struct native_ext_curl_easy *easy, zval *arguments)
{
    const struct native_http_info *info = native_http_transfer_info(easy->transfer);
    const struct native_ext_curl_local *local = &easy->local;

    if (local->used) {
        ZVAL_LONG(&arguments[1], MAX(local->length, 0));
        ZVAL_LONG(&arguments[2], local->received);
        ZVAL_LONG(&arguments[3], MAX(native_ext_curl_body_size(easy), 0));
        ZVAL_LONG(&arguments[4], local->sent);
        return;
    }
    ZVAL_LONG(&arguments[1], MAX(info->receive_length, 0));
    ZVAL_LONG(&arguments[2], (zend_long)info->received_bytes);
    ZVAL_LONG(&arguments[3], MAX(info->send_length, 0));
    ZVAL_LONG(&arguments[4], (zend_long)info->sent_framed_bytes);
}

static enum native_http_verdict on_progress(void *ctx, struct native_http_transfer *transfer)
{
    struct native_ext_curl_easy *easy = ctx;
    bool newer = native_ext_curl_has(&easy->set.on_transfer_info);
    struct native_ext_curl_callback *callback =
        newer ? &easy->set.on_transfer_info : &easy->set.on_progress;
    zval arguments[5], result;
    bool stop;

    if (easy->failed_in_callback)
        return NATIVE_HTTP_ABORT;
    if (easy->set.no_progress || !native_ext_curl_has(callback))
        return NATIVE_HTTP_GO_ON;
    put_sizes(easy, arguments);
    if (!native_ext_curl_call(easy, callback,
                              newer ? "CURLOPT_XFERINFOFUNCTION" : "CURLOPT_PROGRESSFUNCTION", 5,
                              arguments, &result))
        return go_on(easy, EG(exception) ? NATIVE_HTTP_ABORT : NATIVE_HTTP_GO_ON);
    stop = zval_get_long(&result) != 0;
    zval_ptr_dtor(&result);
    return go_on(easy, stop ? NATIVE_HTTP_ABORT : NATIVE_HTTP_GO_ON);
}

bool native_ext_curl_easy_progress(struct native_ext_curl_easy *easy)
{
    return on_progress(easy, easy->transfer) == NATIVE_HTTP_GO_ON;
}

#if PHP_VERSION_ID >= 80400
static void put_address(zval *ip, zval *port, const struct native_net_address *address)
{
    char text[64] = "";

    if (address->len > 0)
        (void)native_net_address_host(address, text, sizeof(text));
    ZVAL_STRING(ip, text);
    ZVAL_LONG(port, address->len > 0 ? native_net_address_port(address) : 0);
}

static bool ask_before_request(struct native_ext_curl_easy *easy)
{
    static const char wanted[] = "The CURLOPT_PREREQFUNCTION callback must return either "
                                 "CURL_PREREQFUNC_OK or CURL_PREREQFUNC_ABORT";
    const struct native_http_info *info = native_http_transfer_info(easy->transfer);
    zval arguments[5], result;
    bool stop;

    if (!native_ext_curl_has(&easy->set.on_prerequest))
        return true;
    put_address(&arguments[1], &arguments[3], &info->remote);
    put_address(&arguments[2], &arguments[4], &info->local);
    if (!native_ext_curl_call(easy, &easy->set.on_prerequest, "CURLOPT_PREREQFUNCTION", 5,
                              arguments, &result))
        return false;
    stop = Z_TYPE(result) != IS_LONG || Z_LVAL(result) != CURL_PREREQFUNC_OK;
    if (Z_TYPE(result) != IS_LONG)
        zend_type_error(wanted);
    else if (stop && Z_LVAL(result) != CURL_PREREQFUNC_ABORT)
        zend_value_error(wanted);
    zval_ptr_dtor(&result);
    easy->stopped_by_prereq = stop;
    return !stop;
}
#else
static bool ask_before_request(struct native_ext_curl_easy *easy)
{
    return true;
}
#endif

static enum native_http_verdict on_connected(void *ctx, struct native_http_transfer *transfer)
{
    struct native_ext_curl_easy *easy = ctx;

    native_ext_curl_info_certificates(easy);
    easy->wrong_netrc = !native_ext_curl_login_ready(easy);
    if (easy->wrong_netrc)
        return NATIVE_HTTP_ABORT;
    easy->wrong_issuer = !native_ext_curl_issuer_fits(easy);
    if (easy->wrong_issuer)
        return NATIVE_HTTP_ABORT;
    if (!ask_before_request(easy))
        return NATIVE_HTTP_ABORT;
    easy->connected_only = easy->set.connect_only != 0;
    return go_on(easy, easy->connected_only ? NATIVE_HTTP_ABORT : NATIVE_HTTP_GO_ON);
}

static void on_trace(void *ctx, struct native_http_transfer *transfer, enum native_http_trace kind,
                     struct native_http_span bytes)
{
    native_ext_curl_out_trace(ctx, kind, bytes);
}

static struct native_net_tls_config *on_tls(void *ctx, struct native_http_transfer *transfer,
                                            struct native_net_error *error)
{
    return native_ext_curl_tls(ctx, error);
}

/* Only what somebody wants to hear is told: lines and reports that nobody looks at cost time. */
static void choose_handlers(struct native_ext_curl_easy *easy)
{
    const struct native_ext_curl_settings *s = &easy->set;

    easy->handlers = (struct native_http_handlers){.line = on_line,
                                                   .body = on_body,
                                                   .connected = on_connected,
                                                   .credentials = native_ext_curl_login,
                                                   .tls = on_tls};
    if (native_ext_curl_has(&s->on_progress) || native_ext_curl_has(&s->on_transfer_info))
        easy->handlers.progress = on_progress;
    if (s->verbose || s->header_out)
        easy->handlers.trace = on_trace;
}

void native_ext_curl_easy_fail(struct native_ext_curl_easy *easy)
{
    easy->failed_in_callback = true;
    if (easy->transfer)
        native_http_transfer_end_step(easy->transfer);
}

/* ---- begin ---- */

static int fails(struct native_ext_curl_easy *easy, int code, const char *text)
{
    native_ext_curl_easy_set_error(easy, code, text);
    return code;
}

/* What no engine could begin with. */
static int check(struct native_ext_curl_easy *easy)
{
    if (!easy->set.url)
        return fails(easy, CURLE_URL_MALFORMAT, "No URL set");
    if (native_ext_curl_easy_is_local(easy) && !(easy->set.protocols & CURLPROTO_FILE))
        return fails(easy, CURLE_UNSUPPORTED_PROTOCOL,
                     "Protocol \"file\" not supported or disabled in libcurl");
    if (easy->set.proxy_type == CURLPROXY_HTTPS && easy->set.proxy && ZSTR_LEN(easy->set.proxy) > 0)
        return fails(easy, CURLE_NOT_BUILT_IN, "HTTPS-proxy is not supported");
    return CURLE_OK;
}

/* An engine of a parent's is left behind: a child begins with one of its own. */
static void leave_parents(struct native_ext_curl_easy *easy)
{
    if (easy->pid == 0 || is_ours(easy))
        return;
    if (easy->engine)
        native_http_engine_abandon(easy->engine);
    native_ext_curl_perform_end(easy);
}

int native_ext_curl_easy_prepare(struct native_ext_curl_easy *easy)
{
    struct native_ext_http_process *process = native_ext_http_process();
    int error;

    if (!process)
        return fails(easy, CURLE_OUT_OF_MEMORY, NULL);
    leave_parents(easy);
    easy->pid = native_net_process_id();
    easy->failed_in_callback = easy->stopped_by_prereq = easy->connected_only = false;
    easy->unmet = false;
    easy->wrong_issuer = easy->wrong_netrc = easy->new_url = false;
    easy->new_url_at = 0;
    easy->verify_result = easy->proxy_verify_result = 0;
    zval_ptr_dtor(&easy->certinfo);
    ZVAL_UNDEF(&easy->certinfo);
    easy->local.used = false;
    error = check(easy);
    if (error != CURLE_OK)
        return error;
    native_ext_curl_cookies_load(easy);
    error = native_ext_curl_fill(easy);
    if (error == CURLE_OK)
        error = native_ext_curl_body_prepare(easy);
    if (error != CURLE_OK)
        return error;
    easy->options.nonces = process->nonces;
    choose_handlers(easy);
    if (!easy->transfer)
        easy->transfer =
            native_ext_http_process_transfer(process, &easy->options, &easy->handlers, easy);
    if (!easy->transfer)
        return fails(easy, CURLE_OUT_OF_MEMORY, NULL);
    easy->running = true;
    return CURLE_OK;
}

/* ---- the end ---- */

/* The engine looks at nothing of before any more. */
static void let_go(struct native_ext_curl_easy *easy)
{
    easy->running = false;
    native_ext_curl_login_free(easy);
    if (easy->lists) {
        native_ext_curl_lists_free(easy->lists->older);
        easy->lists->older = NULL;
    }
    if (easy->replaced) {
        zend_array_release(easy->replaced);
        easy->replaced = NULL;
    }
}

int native_ext_curl_easy_finish(struct native_ext_curl_easy *easy)
{
    int code = easy->local.used ? easy->error : CURLE_OK;

    if (!easy->local.used)
        easy->text[0] = '\0';
    if (!easy->local.used && !easy->connected_only && !easy->unmet)
        code = native_ext_curl_error_of(easy, easy->text, sizeof(easy->text));
    if (easy->wrong_issuer) {
        easy->verify_result = 1; /* libcurl has not looked at it yet */
        code = CURLE_SSL_ISSUER_ERROR;
        snprintf(easy->text, sizeof(easy->text), "SSL: Certificate issuer check failed (%s)",
                 easy->set.issuer_blob ? "memory blob" : ZSTR_VAL(easy->set.issuer_cert));
    }
    if (easy->wrong_netrc) {
        code = CURLE_READ_ERROR;
        snprintf(easy->text, sizeof(easy->text), ".netrc parser error");
    }
    if (easy->stopped_by_prereq)
        snprintf(easy->text, sizeof(easy->text), "operation aborted by pre-request callback");
    easy->performed = true;
    easy->alone |= !easy->multi;
    let_go(easy);
    native_ext_curl_out_flush(easy);
    return code;
}

/* ---- all of it ---- */

static bool take_engine(struct native_ext_curl_easy *easy)
{
    if (!easy->engine)
        easy->engine = native_ext_http_process_engine(native_ext_http_process());
    return easy->engine && native_http_engine_add(easy->engine, easy->transfer);
}

/* Until it ends, or something is thrown. Signal handlers have their turn. */
static void run(struct native_ext_curl_easy *easy)
{
    while (native_http_engine_step(easy->engine) > 0 && is_ours(easy) && !EG(exception)) {
        int ready = native_http_engine_wait(easy->engine, NULL, 0, NATIVE_EXT_SLICE_MS);

        if (ready < 0 && errno != EINTR)
            break;
        if (!native_ext_run_signals_after(ready)) {
            native_ext_curl_easy_fail(easy);
            break;
        }
    }
    if (!is_ours(easy))
        native_http_engine_abandon(easy->engine);
}

int native_ext_curl_perform(struct native_ext_curl_easy *easy)
{
    int code = native_ext_curl_easy_prepare(easy);

    if (code != CURLE_OK)
        return code;
    if (native_ext_curl_easy_is_local(easy)) {
        (void)native_ext_curl_local_perform(easy);
    } else if (take_engine(easy)) {
        run(easy);
    } else {
        let_go(easy);
        return fails(easy, CURLE_OUT_OF_MEMORY, NULL);
    }
    code = native_ext_curl_easy_finish(easy);
    if (easy->engine)
        native_http_engine_remove(easy->engine, easy->transfer);
    easy->error = code;
    return code;
}

void native_ext_curl_perform_end(struct native_ext_curl_easy *easy)
{
    if (easy->transfer)
        native_ext_http_process_give(native_ext_http_process(), easy->transfer);
    easy->transfer = NULL;
    if (easy->engine)
        native_ext_http_process_give_engine(native_ext_http_process(), easy->engine);
    easy->engine = NULL;
    native_ext_curl_lists_free(easy->lists);
    easy->lists = NULL;
    native_ext_curl_login_free(easy);
    native_ext_curl_owner_leave(&easy->owner);
}
