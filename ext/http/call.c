/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/call.c - one request of a script's. The engine runs in it; it blocks in slices, and PHP's signal handlers run
 * between them.
 *
 * Memory: the call, its engine and its transfer are malloc'ed and in a list, so that a fatal error, which jumps out of
 * everything, leaves nothing behind: the request's end frees them. What PHP's memory manager owns dies by itself. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "call.h"

#include <errno.h>
#include <unistd.h>

#include "zend_exceptions.h"
#include "zend_smart_str.h"

#include "../../http/engine.h"
#include "../../http/login.h"
#include "../share/ext_share.h"
#include "../signals.h"
#include "body.h"
#include "exceptions.h"
#include "options.h"
#include "response.h"
#include "url.h"

/* What outlives requests: one for each process (of ZTS builds: each thread). */
struct process {
    struct native_http_pool *pool;
    struct native_http_nonces *nonces;
};

struct call {
    struct call *next;
    struct native_http_options options;
    struct native_http_engine *engine;
    struct native_http_transfer *transfer;
    zend_object *settings; /* the Options; the caller holds a reference */
    struct native_ext_http_body body;
    zend_string **lines; /* emalloc'ed: "Name: value" */
    struct native_http_span *fields;
    size_t lines_len;
    zend_string *url; /* absolute */
    smart_str received;
    zval *on_progress; /* NULL: none */
};

static int process_type;
ZEND_TLS struct call *calls;

/* ---- the process ---- */

static void free_process(zend_resource *resource)
{
    struct process *p = resource->ptr;

    native_http_pool_free(p->pool);
    native_http_nonces_free(p->nonces);
    free(p);
}

static struct process *get_process(void)
{
    zend_resource *resource =
        zend_hash_str_find_ptr(&EG(persistent_list), ZEND_STRL("native.http"));
    struct process *p;

    if (resource)
        return resource->ptr;
    p = calloc(1, sizeof(*p));
    if (p) {
        p->pool = native_http_pool_new();
        p->nonces = native_http_nonces_new();
    }
    if (!p || !p->pool || !p->nonces ||
        !zend_register_persistent_resource(ZEND_STRL("native.http"), p, process_type)) {
        zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
        return NULL;
    }
    return p;
}

/* ---- header fields ---- */

static bool add_line(struct call *call, zend_string *name, zval *value)
{
    zend_string *text, *line;

    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_NULL) {
        line = zend_string_concat2(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(":"));
    } else {
        if (!(text = zval_try_get_string(value)))
            return false;
        line = ZSTR_LEN(text) > 0
                   ? zend_string_concat3(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(": "),
                                         ZSTR_VAL(text), ZSTR_LEN(text))
                   : zend_string_concat2(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(";"));
        zend_string_release(text);
    }
    call->lines = safe_erealloc(call->lines, call->lines_len + 1, sizeof(*call->lines), 0);
    call->lines[call->lines_len++] = line;
    return true;
}

/* Whether the request says something about a field of the options itself. */
static bool has_field(HashTable *headers, zend_string *name)
{
    zend_string *key;

    if (!headers)
        return false;
    ZEND_HASH_FOREACH_STR_KEY(headers, key)
    {
        if (key && zend_string_equals_ci(key, name))
            return true;
    }
    ZEND_HASH_FOREACH_END();
    return false;
}

/* Add the lines of an array, but for what stands in `instead`. */
static bool add_headers(struct call *call, HashTable *headers, HashTable *instead)
{
    zend_string *name;
    zval *value, *one;

    if (!headers)
        return true;
    ZEND_HASH_FOREACH_STR_KEY_VAL(headers, name, value)
    {
        if (!name) {
            zend_value_error("The names of header fields are the keys of the array");
            return false;
        }
        if (has_field(instead, name))
            continue;
        ZVAL_DEREF(value);
        if (Z_TYPE_P(value) != IS_ARRAY) {
            if (!add_line(call, name, value))
                return false;
            continue;
        }
        ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), one)
        {
            if (!add_line(call, name, one))
                return false;
        }
        ZEND_HASH_FOREACH_END();
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

static void use_lines(struct call *call)
{
    call->fields = safe_emalloc(call->lines_len + 1, sizeof(*call->fields), 0);
    for (size_t i = 0; i < call->lines_len; i++)
        call->fields[i] =
            (struct native_http_span){ZSTR_VAL(call->lines[i]), ZSTR_LEN(call->lines[i])};
    call->options.fields = call->fields;
    call->options.fields_len = call->lines_len;
}

/* ---- what the engine tells ---- */

static enum native_http_verdict on_body(void *ctx, struct native_http_transfer *transfer,
                                        struct native_http_span bytes)
{
    struct call *call = ctx;
    int64_t length = native_http_transfer_info(transfer)->receive_length;

    /* All of it at once where its length is known and nothing is decoded. */
    if (!call->received.s && length > (int64_t)bytes.len && length < 64 * 1024 * 1024)
        smart_str_alloc(&call->received, (size_t)length, 0);
    smart_str_appendl(&call->received, bytes.at, bytes.len);
    return NATIVE_HTTP_GO_ON;
}

/* Another response: what was received belonged to one that is not the last. */
static enum native_http_verdict on_line(void *ctx, struct native_http_transfer *transfer,
                                        enum native_http_line kind, bool from_proxy,
                                        struct native_http_span line)
{
    struct call *call = ctx;

    (void)transfer, (void)from_proxy, (void)line;
    if (kind == NATIVE_HTTP_LINE_STATUS)
        smart_str_free(&call->received);
    return NATIVE_HTTP_GO_ON;
}

static void describe_progress(zval *out, const struct native_http_info *info)
{
    array_init_size(out, 4);
    add_assoc_long(out, "received", (zend_long)info->received_bytes);
    add_assoc_long(out, "receiveTotal", (zend_long)MAX(info->receive_length, -1));
    add_assoc_long(out, "sent", (zend_long)info->sent_bytes);
    add_assoc_long(out, "sendTotal", (zend_long)MAX(info->send_length, -1));
}

static enum native_http_verdict on_progress(void *ctx, struct native_http_transfer *transfer)
{
    struct call *call = ctx;
    enum native_http_verdict verdict = NATIVE_HTTP_GO_ON;
    zval argument, result;

    describe_progress(&argument, native_http_transfer_info(transfer));
    ZVAL_UNDEF(&result);
    if (call_user_function(NULL, NULL, call->on_progress, &result, 1, &argument) != SUCCESS ||
        EG(exception) || Z_TYPE(result) == IS_FALSE)
        verdict = NATIVE_HTTP_ABORT;
    zval_ptr_dtor(&argument);
    zval_ptr_dtor(&result);
    return verdict;
}

/* The first https of this call, maybe after a redirect. */
static struct native_net_tls_config *on_tls(void *ctx, struct native_http_transfer *transfer,
                                            struct native_net_error *error)
{
    struct call *call = ctx;

    (void)transfer;
    call->options.sessions = native_ext_share_sessions();
    return native_ext_http_options_tls(call->settings, error);
}

static const struct native_http_handlers quiet = {.line = on_line, .body = on_body, .tls = on_tls};
static const struct native_http_handlers telling = {
    .line = on_line, .body = on_body, .progress = on_progress, .tls = on_tls};

/* ---- life ---- */

/* What is malloc'ed; also after a fatal error. */
static void free_outer(struct call *call)
{
    native_http_transfer_free(call->transfer);
    native_http_engine_free(call->engine);
    for (struct call **at = &calls; *at; at = &(*at)->next)
        if (*at == call) {
            *at = call->next;
            break;
        }
    free(call);
}

static void end_call(struct call *call)
{
    for (size_t i = 0; i < call->lines_len; i++)
        zend_string_release(call->lines[i]);
    if (call->lines)
        efree(call->lines);
    if (call->fields)
        efree(call->fields);
    if (call->url)
        zend_string_release(call->url);
    smart_str_free(&call->received);
    native_http_transfer_free(call->transfer); /* before the body that it reads */
    call->transfer = NULL;
    native_ext_http_body_end(&call->body);
    free_outer(call);
}

void native_ext_http_calls_rshutdown(void)
{
    while (calls)
        free_outer(calls);
}

void native_ext_http_calls_minit(int module_number)
{
    process_type =
        zend_register_list_destructors_ex(NULL, free_process, "Native HTTP", module_number);
}

/* ---- making ---- */

/* The URL, resolved against the base. */
static bool use_url(struct call *call, const struct native_ext_http_request *request)
{
    zend_string *base = native_ext_option_string(request->options, NATIVE_EXT_HTTP_BASE_URL);

    call->url =
        base ? native_ext_http_url_resolve(base, request->url) : zend_string_copy(request->url);
    if (!call->url)
        return false;
    call->options.url = (struct native_http_span){ZSTR_VAL(call->url), ZSTR_LEN(call->url)};
    return true;
}

static void use_method(struct call *call, zend_string *method, bool body)
{
    call->options.method = (struct native_http_span){ZSTR_VAL(method), ZSTR_LEN(method)};
    if (zend_string_equals_literal(method, "HEAD"))
        call->options.kind = NATIVE_HTTP_HEAD;
    else if (zend_string_equals_literal(method, "POST"))
        call->options.kind = NATIVE_HTTP_POST;
    else
        call->options.kind = body ? NATIVE_HTTP_PUT : NATIVE_HTTP_GET;
    /* The names of the kinds change with redirects, names of the user's do not. */
    if (call->options.kind == NATIVE_HTTP_HEAD || call->options.kind == NATIVE_HTTP_POST ||
        (call->options.kind == NATIVE_HTTP_GET && zend_string_equals_literal(method, "GET")))
        call->options.method.at = NULL;
}

static bool use_body(struct call *call, const struct native_ext_http_request *request)
{
    if (!native_ext_http_body_make(&call->body, request->body, request->body_number))
        return false;
    call->options.source = native_ext_http_body_source(&call->body);
    if (call->body.type)
        call->options.content_type =
            (struct native_http_span){ZSTR_VAL(call->body.type), ZSTR_LEN(call->body.type)};
    return true;
}

static bool prepare(struct call *call, const struct native_ext_http_request *request,
                    struct process *p)
{
    zval *headers = native_ext_option(request->options, NATIVE_EXT_HTTP_HEADERS);
    zval *progress = native_ext_option(request->options, NATIVE_EXT_HTTP_ON_PROGRESS);

    native_ext_http_options_fill(request->options, &call->options);
    call->options.nonces = p->nonces;
    call->options.names = native_ext_share_names();
    call->settings = request->options;
    if (!use_url(call, request) || !use_body(call, request) ||
        !add_headers(call, request->headers, NULL) ||
        !add_headers(call, Z_ARR_P(headers), request->headers))
        return false;
    use_lines(call);
    use_method(call, request->method, call->options.source != NULL);
    call->on_progress = Z_TYPE_P(progress) == IS_NULL ? NULL : progress;
    call->engine = native_http_engine_new(p->pool);
    call->transfer =
        native_http_transfer_new(&call->options, call->on_progress ? &telling : &quiet, call);
    if (call->engine && call->transfer)
        return true;
    zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
    return false;
}

/* ---- running ---- */

static bool run(struct call *call)
{
    native_http_engine_add(call->engine, call->transfer);
    while (native_http_engine_step(call->engine) > 0) {
        if (EG(exception))
            return false;
        if (native_http_engine_wait(call->engine, NULL, 0, NATIVE_EXT_SLICE_MS) < 0 &&
            errno != EINTR) {
            zend_throw_exception_ex(native_ext_http_exception_ce, 0, "Cannot wait: %s",
                                    strerror(errno));
            return false;
        }
        if (!native_ext_run_signals())
            return false;
    }
    return !EG(exception);
}

static bool finish(struct call *call, zend_object *options, zval *response)
{
    const struct native_http_error *error = native_http_transfer_error(call->transfer);
    struct native_http_span url = native_http_transfer_url(call->transfer);
    bool fails = Z_TYPE_P(native_ext_option(options, NATIVE_EXT_HTTP_FAIL_ON_STATUS)) == IS_TRUE;
    int status = native_http_transfer_info(call->transfer)->status;
    struct native_http_error bad;

    if (error->kind != NATIVE_HTTP_ERROR_NONE) {
        native_ext_http_throw(error, url);
        return false;
    }
    native_ext_http_response_make(response, call->transfer,
                                  call->received.s ? smart_str_extract(&call->received)
                                                   : ZSTR_EMPTY_ALLOC());
    if (!fails || status < 400)
        return true;
    native_http_error_set(&bad, NATIVE_HTTP_ERROR_STATUS, "The server answered with status %d",
                          status);
    bad.phase = NATIVE_HTTP_PHASE_DONE;
    native_ext_http_throw_status(&bad, url, response);
    ZVAL_UNDEF(response);
    return false;
}

bool native_ext_http_call(const struct native_ext_http_request *request, zval *response)
{
    struct process *p = get_process();
    struct call *call = p ? calloc(1, sizeof(*call)) : NULL;
    bool ok;

    if (!call)
        return false;
    call->next = calls;
    calls = call;
    GC_ADDREF(request->options); /* a callback may drop the client */
    ok = prepare(call, request, p) && run(call) && finish(call, request->options, response);
    end_call(call);
    OBJ_RELEASE(request->options);
    return ok;
}
