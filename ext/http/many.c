/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/many.c - Native\Http\Results: requests out of an iterable, results as they come. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "many.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "../../net/clock.h"
#include "exceptions.h"
#include "iterate.h"
#include "request.h"
#include "run.h"

#include "many_arginfo.h"

enum { PULL_MS = 5 }; /* so long a slow iterable may hold up what is under way */

struct results {
    struct native_ext_http_held held;
    struct native_ext_http_iterate from;
    zend_object *options;
    zend_long concurrency;
    zend_long active; /* calls, done ones that were not given yet, too */
    bool begun;
    bool drained; /* the iterable has no more */
    bool busy;
    zval current; /* UNDEF: at the end, or not begun */
    zval key;     /* of the current result */
    zend_object *request;
    zend_object std;
};

static zend_class_entry *results_ce;
static zend_object_handlers handlers;

static struct results *of(zend_object *object)
{
    return (struct results *)((char *)object - offsetof(struct results, std));
}

static void drop_current(struct results *r)
{
    zval old = r->current, key = r->key;
    zend_object *request = r->request;

    ZVAL_UNDEF(&r->current);
    ZVAL_UNDEF(&r->key);
    r->request = NULL;
    zval_ptr_dtor(&old);
    zval_ptr_dtor(&key);
    if (request)
        OBJ_RELEASE(request);
}

/* ---- taking requests ---- */

/* What cannot be sent is a result, too; what the user's own code throws is not. */
static bool is_result(zend_object *exception)
{
    return instanceof_function(exception->ce, native_ext_http_exception_ce) ||
           exception->ce == zend_ce_value_error || exception->ce == zend_ce_type_error;
}

/* Make the exception that is pending the current result. */
static void take_exception(struct results *r)
{
    ZVAL_OBJ_COPY(&r->current, EG(exception));
    zend_clear_exception();
}

/* Begin with what has key and request noted in `r`; it stays there if it has its result at once. Returns false after
 * throwing. */
static bool begin(struct results *r, struct native_ext_http_run *run)
{
    struct native_ext_http_request request;
    struct native_ext_http_call *call = NULL;

    if (native_ext_http_request_read(r->request, r->options, &request))
        call = native_ext_http_call_new(run, &request);
    if (call) {
        ZVAL_COPY_VALUE(&call->key, &r->key);
        call->request = r->request;
        ZVAL_UNDEF(&r->key);
        r->request = NULL;
        r->active++;
        return true;
    }
    if (!is_result(EG(exception)))
        return false;
    take_exception(r);
    return true;
}

/* A URL alone is a GET. Returns NULL after throwing. */
static zend_object *request_of(zval *value)
{
    zval arguments[2], made;

    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == native_ext_http_request_ce) {
        GC_ADDREF(Z_OBJ_P(value));
        return Z_OBJ_P(value);
    }
    if (Z_TYPE_P(value) != IS_STRING) {
        zend_type_error("A request must be of type Native\\Http\\Request or string, %s given",
                        zend_zval_type_name(value));
        return NULL;
    }
    ZVAL_STRINGL(&arguments[0], "GET", 3);
    ZVAL_COPY_VALUE(&arguments[1], value);
    object_init_ex(&made, native_ext_http_request_ce);
    zend_call_known_function(native_ext_http_request_ce->constructor, Z_OBJ(made),
                             native_ext_http_request_ce, NULL, 2, arguments, NULL);
    zval_ptr_dtor(&arguments[0]);
    if (!EG(exception))
        return Z_OBJ(made);
    zval_ptr_dtor(&made);
    return NULL;
}

/* Take one more. Returns false after throwing; a request that cannot be sent becomes the current result. */
static bool pull(struct results *r, struct native_ext_http_run *run)
{
    zval value;

    switch (native_ext_http_iterate_next(&r->from, &r->key, &value)) {
    case NATIVE_EXT_HTTP_ITERATE_THREW:
        r->drained = true;
        return false;
    case NATIVE_EXT_HTTP_ITERATE_END:
        r->drained = true;
        return true;
    case NATIVE_EXT_HTTP_ITERATE_ITEM:
        break;
    }
    r->request = request_of(&value);
    zval_ptr_dtor(&value);
    if (r->request && begin(r, run))
        return true;
    drop_current(r);
    return false;
}

/* Take as many as there is room for, but not for long. */
static bool fill(struct results *r, struct native_ext_http_run *run)
{
    int64_t until_ms = native_net_clock_ms() + PULL_MS;

    while (!r->drained && r->active < r->concurrency && Z_TYPE(r->current) == IS_UNDEF) {
        if (!pull(r, run))
            return false;
        if (native_net_clock_ms() >= until_ms)
            break;
    }
    return true;
}

/* ---- giving results ---- */

/* The next call that is done becomes the current result. Returns false if there is none. */
static bool give(struct results *r, struct native_ext_http_run *run)
{
    struct native_http_transfer *transfer;
    struct native_ext_http_call *call;
    bool threw;

    do {
        transfer = native_http_engine_next_done(run->engine);
        if (!transfer)
            return false;
        call = native_http_transfer_ctx(transfer);
        threw = call->threw;
        if (!threw) {
            if (!native_ext_http_call_finish(call, &r->current))
                take_exception(r);
            ZVAL_COPY_VALUE(&r->key, &call->key);
            r->request = call->request;
            ZVAL_UNDEF(&call->key);
            call->request = NULL;
        }
        r->active--;
        native_ext_http_call_free(call);
    } while (threw); /* what it ended with has come out already */
    return true;
}

static void advance(struct results *r, struct native_ext_http_run *run)
{
    while (Z_TYPE(r->current) == IS_UNDEF) {
        if (!fill(r, run) || Z_TYPE(r->current) != IS_UNDEF || give(r, run))
            return;
        if (r->active == 0 && r->drained)
            return;
        if (!native_ext_http_run_wait(run, r->drained || r->active >= r->concurrency ? -1 : 0))
            return;
        if (!native_ext_http_run_step(run))
            return;
    }
}

static void fetch(struct results *r)
{
    struct native_ext_http_run *run = native_ext_http_run_of(&r->held);

    if (r->busy || !run) {
        zend_throw_error(NULL, "The results are being waited for already");
        return;
    }
    r->busy = true;
    r->begun = true;
    GC_ADDREF(&r->std); /* a callback may drop it */
    drop_current(r);
    if (!EG(exception))
        advance(r, run);
    r->busy = false;
    OBJ_RELEASE(&r->std);
}

/* ---- methods ---- */

ZEND_METHOD(Native_Http_Results, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Http_Results, current)
{
    struct results *r = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (Z_TYPE(r->current) != IS_UNDEF)
        RETURN_COPY(&r->current);
}

ZEND_METHOD(Native_Http_Results, key)
{
    struct results *r = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (Z_TYPE(r->key) != IS_UNDEF)
        RETURN_COPY(&r->key);
}

ZEND_METHOD(Native_Http_Results, request)
{
    struct results *r = of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (r->request)
        RETURN_OBJ_COPY(r->request);
}

ZEND_METHOD(Native_Http_Results, valid)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(Z_TYPE(of(Z_OBJ_P(ZEND_THIS))->current) != IS_UNDEF);
}

ZEND_METHOD(Native_Http_Results, next)
{
    ZEND_PARSE_PARAMETERS_NONE();
    fetch(of(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(Native_Http_Results, rewind)
{
    ZEND_PARSE_PARAMETERS_NONE();
    if (!of(Z_OBJ_P(ZEND_THIS))->begun)
        fetch(of(Z_OBJ_P(ZEND_THIS)));
}

/* ---- the object ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct results *r = zend_object_alloc(sizeof(*r), ce);

    memset(r, 0, offsetof(struct results, std));
    zend_object_std_init(&r->std, ce);
    object_properties_init(&r->std, ce);
    r->std.handlers = &handlers;
    return &r->std;
}

static void free_object(zend_object *object)
{
    struct results *r = of(object);
    struct native_ext_http_run *run = native_ext_http_run_of(&r->held);

    drop_current(r);
    native_ext_http_run_free(run);
    native_ext_http_iterate_end(&r->from);
    if (r->options)
        OBJ_RELEASE(r->options);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct results *r = of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (r->options)
        zend_get_gc_buffer_add_obj(buffer, r->options);
    zend_get_gc_buffer_add_zval(buffer, &r->from.over);
    zend_get_gc_buffer_add_zval(buffer, &r->current);
    zend_get_gc_buffer_add_zval(buffer, &r->key);
    if (r->request)
        zend_get_gc_buffer_add_obj(buffer, r->request);
    native_ext_http_run_gc(native_ext_http_run_of(&r->held), buffer);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

bool native_ext_http_many_make(zval *out, zval *requests, zend_long concurrency,
                               zend_object *options)
{
    struct native_ext_http_run *run = native_ext_http_run_new(concurrency);
    struct results *r;

    if (!run)
        return false;
    object_init_ex(out, results_ce);
    r = of(Z_OBJ_P(out));
    native_ext_http_run_hold(&r->held, run);
    r->concurrency = concurrency;
    r->options = options;
    GC_ADDREF(options);
    return native_ext_http_iterate_begin(&r->from, requests);
}

void native_ext_http_many_minit(void)
{
    results_ce = register_class_Native_Http_Results(zend_ce_iterator);
    results_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct results, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
}
