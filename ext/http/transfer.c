/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/transfer.c - Native\Http\Transfer: making one, steps, the end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "transfer.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "../../net/clock.h"
#include "../wait_stream.h"
#include "exceptions.h"
#include "progress.h"
#include "response.h"

#include "transfer_arginfo.h"

static zend_class_entry *transfer_ce;
static zend_object_handlers handlers;

struct native_ext_http_call *native_ext_http_transfer_call(struct native_ext_http_transfer *t)
{
    if (native_ext_http_run_of(&t->held))
        return t->call;
    zend_throw_error(NULL, "The Transfer is not begun");
    return NULL;
}

static bool is_done(struct native_ext_http_call *call)
{
    return native_http_transfer_is_done(call->transfer);
}

/* ---- steps ---- */

bool native_ext_http_transfer_step(struct native_ext_http_transfer *t)
{
    struct native_ext_http_run *run = native_ext_http_run_of(&t->held);
    bool ok;

    GC_ADDREF(&t->std); /* a callback may drop it */
    ok = native_ext_http_run_step(run);
    native_ext_http_transfer_sync(t);
    OBJ_RELEASE(&t->std);
    return ok;
}

static bool wait_and_step(struct native_ext_http_transfer *t, int64_t until_ms)
{
    struct native_ext_http_run *run = native_ext_http_run_of(&t->held);
    int64_t now_ms = native_net_clock_ms();

    return native_ext_http_run_wait(run, native_net_deadline_left(until_ms, now_ms)) &&
           native_ext_http_transfer_step(t);
}

bool native_ext_http_transfer_wait(struct native_ext_http_transfer *t, int64_t until_ms,
                                   native_ext_http_condition condition)
{
    struct native_ext_http_call *call = t->call;

    if (is_done(call) || condition(call))
        return true;
    if (!native_ext_http_transfer_step(t))
        return false;
    while (!is_done(call) && !condition(call)) {
        if (native_net_clock_ms() >= until_ms)
            return true;
        if (!wait_and_step(t, until_ms))
            return false;
    }
    return true;
}

/* ---- the end ---- */

/* Make what it ended with, once: a Response, or an exception. */
static zval *conclude(struct native_ext_http_transfer *t)
{
    if (Z_TYPE(t->result) == IS_UNDEF && !native_ext_http_call_finish(t->call, &t->result)) {
        ZVAL_OBJ_COPY(&t->result, EG(exception));
        zend_clear_exception();
    }
    return &t->result;
}

bool native_ext_http_transfer_check(struct native_ext_http_transfer *t)
{
    zval *result;

    if (native_http_transfer_error(t->call->transfer)->kind == NATIVE_HTTP_ERROR_NONE)
        return true;
    result = conclude(t);
    Z_ADDREF_P(result);
    zend_throw_exception_object(result);
    return false;
}

static bool never(struct native_ext_http_call *call)
{
    (void)call;
    return false;
}

static bool has_head(struct native_ext_http_call *call)
{
    return call->head;
}

/* ---- methods ---- */

#define CALL()                                                                                     \
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(Z_OBJ_P(ZEND_THIS));          \
    struct native_ext_http_call *call = native_ext_http_transfer_call(t);                          \
    if (!call)                                                                                     \
    RETURN_THROWS()

ZEND_METHOD(Native_Http_Transfer, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Http_Transfer, step)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    if (!is_done(call) && !native_ext_http_transfer_step(t))
        RETURN_THROWS();
    RETURN_BOOL(is_done(call));
}

ZEND_METHOD(Native_Http_Transfer, loop)
{
    double timeout = 1;
    int64_t until_ms;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(timeout)
    ZEND_PARSE_PARAMETERS_END();
    if (!(timeout >= 0 && timeout <= 4294967)) {
        zend_argument_value_error(1, "must be between 0 and 4294967 seconds");
        RETURN_THROWS();
    }
    CALL();
    until_ms = native_net_deadline_after(native_net_clock_ms(), (int64_t)(timeout * 1000));
    if (!native_ext_http_transfer_wait(t, until_ms, never))
        RETURN_THROWS();
    RETURN_BOOL(is_done(call));
}

ZEND_METHOD(Native_Http_Transfer, isFinished)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    (void)t;
    RETURN_BOOL(is_done(call));
}

ZEND_METHOD(Native_Http_Transfer, response)
{
    zval *result;

    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    call->sink.bounded = false; /* nobody takes pieces while we wait */
    native_ext_http_call_taken(call);
    if (!native_ext_http_transfer_wait(t, NATIVE_NET_NEVER, never))
        RETURN_THROWS();
    result = conclude(t);
    if (instanceof_function(Z_OBJCE_P(result), zend_ce_throwable)) {
        Z_ADDREF_P(result);
        zend_throw_exception_object(result);
        RETURN_THROWS();
    }
    RETURN_COPY(result);
}

ZEND_METHOD(Native_Http_Transfer, head)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    call->sink.bounded = true;
    if (!native_ext_http_transfer_wait(t, NATIVE_NET_NEVER, has_head))
        RETURN_THROWS();
    if (!call->head && !native_ext_http_transfer_check(t))
        RETURN_THROWS();
    native_ext_http_response_make(return_value, call, ZSTR_EMPTY_ALLOC());
}

ZEND_METHOD(Native_Http_Transfer, abort)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    if (!is_done(call))
        native_ext_http_call_stop(call);
    native_ext_http_transfer_sync(t);
}

static void set_pause(INTERNAL_FUNCTION_PARAMETERS, int direction, bool on)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    if (!is_done(call))
        native_ext_http_call_pause(call, direction, on);
    native_ext_http_transfer_sync(t);
}

ZEND_METHOD(Native_Http_Transfer, pauseReceiving)
{
    set_pause(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_READ, true);
}

ZEND_METHOD(Native_Http_Transfer, resumeReceiving)
{
    set_pause(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_READ, false);
}

ZEND_METHOD(Native_Http_Transfer, pauseSending)
{
    set_pause(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_WRITE, true);
}

ZEND_METHOD(Native_Http_Transfer, resumeSending)
{
    set_pause(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_NET_WRITE, false);
}

ZEND_METHOD(Native_Http_Transfer, progress)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    (void)t;
    native_ext_http_progress_make(return_value, call->transfer);
}

ZEND_METHOD(Native_Http_Transfer, getIterator)
{
    ZEND_PARSE_PARAMETERS_NONE();
    CALL();
    (void)call;
    native_ext_http_pieces_make(return_value, &t->std);
}

/* ---- the object ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_http_transfer *t = zend_object_alloc(sizeof(*t), ce);

    memset(t, 0, offsetof(struct native_ext_http_transfer, std));
    zend_object_std_init(&t->std, ce);
    object_properties_init(&t->std, ce);
    t->std.handlers = &handlers;
    return &t->std;
}

static void free_object(zend_object *object)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(object);

    native_ext_wait_stream_drop(&t->stream);
    native_ext_http_run_free(native_ext_http_run_of(&t->held));
    zval_ptr_dtor(&t->result);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct native_ext_http_transfer *t = native_ext_http_transfer_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    zend_get_gc_buffer_add_zval(buffer, &t->result);
    native_ext_http_run_gc(native_ext_http_run_of(&t->held), buffer);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

bool native_ext_http_transfer_make(zval *out, const struct native_ext_http_request *request)
{
    struct native_ext_http_run *run = native_ext_http_run_new(1);
    struct native_ext_http_transfer *t;

    if (!run)
        return false;
    object_init_ex(out, transfer_ce);
    t = native_ext_http_transfer_of(Z_OBJ_P(out));
    native_ext_http_run_hold(&t->held, run);
    t->call = native_ext_http_call_new(run, request);
    if (t->call)
        return true;
    zval_ptr_dtor(out);
    ZVAL_UNDEF(out);
    return false;
}

void native_ext_http_transfer_minit(void)
{
    transfer_ce = register_class_Native_Http_Transfer(zend_ce_aggregate);
    transfer_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_http_transfer, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
    native_ext_http_pieces_minit(register_class_Native_Http_Pieces(zend_ce_iterator));
}
