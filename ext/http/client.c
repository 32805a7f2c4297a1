/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/client.c - Native\Http\Client. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "client.h"

#include "zend_exceptions.h"

#include "many.h"
#include "options.h"
#include "request.h"
#include "run.h"
#include "transfer.h"

#include "client_arginfo.h"

static zend_class_entry *client_ce;
static zend_object_handlers handlers;

/* Those that are methods of a Client too; their names are made once. */
enum method { METHOD_GET, METHOD_HEAD, METHOD_DELETE, METHOD_POST, METHOD_PUT, METHOD_PATCH };
static const char *const method_names[] = {"GET", "HEAD", "DELETE", "POST", "PUT", "PATCH"};
static zend_string *methods[sizeof(method_names) / sizeof(method_names[0])];

struct client {
    zend_object *options; /* NULL: not constructed */
    zend_object std;
};

static struct client *client_of(zend_object *object)
{
    return (struct client *)((char *)object - offsetof(struct client, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct client *c = zend_object_alloc(sizeof(*c), ce);

    c->options = NULL;
    zend_object_std_init(&c->std, ce);
    object_properties_init(&c->std, ce);
    c->std.handlers = &handlers;
    return &c->std;
}

static void free_object(zend_object *object)
{
    if (client_of(object)->options)
        OBJ_RELEASE(client_of(object)->options);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (client_of(object)->options)
        zend_get_gc_buffer_add_obj(buffer, client_of(object)->options);
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

ZEND_METHOD(Native_Http_Client, __construct)
{
    struct client *c = client_of(Z_OBJ_P(ZEND_THIS));
    zend_object *options = NULL;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_http_options_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (c->options) {
        zend_throw_error(NULL, "Cannot construct a Client again");
        RETURN_THROWS();
    }
    c->options = native_ext_http_options_take(options);
}

/* ---- one request, waited for ---- */

static bool wait_for(struct native_ext_http_run *run, struct native_ext_http_call *call)
{
    do {
        if (!native_ext_http_run_step(run))
            return false;
        if (native_http_transfer_is_done(call->transfer))
            return true;
    } while (native_ext_http_run_wait(run, -1));
    return false;
}

/* Make a request with the options of the client, or its own. `number` is the body's, for errors. */
static void call(zend_object *self, struct native_ext_http_request *request, zend_object *options,
                 uint32_t number, zval *return_value)
{
    struct client *c = client_of(self);
    struct native_ext_http_run *run;
    struct native_ext_http_call *one;

    if (!c->options) {
        zend_throw_error(NULL, "The Client is not constructed");
        return;
    }
    if (request->body && !native_ext_http_source_check(request->body, number))
        return;
    request->options = native_ext_http_options_take(options ? options : c->options);
    if (!request->options)
        return;
    run = native_ext_http_run_new(1);
    if (run) {
        one = native_ext_http_call_new(run, request);
        if (one && wait_for(run, one))
            (void)native_ext_http_call_finish(one, return_value);
        native_ext_http_run_free(run);
    }
    OBJ_RELEASE(request->options);
}

ZEND_METHOD(Native_Http_Client, request)
{
    struct native_ext_http_request request = {.body = NULL};
    zend_object *options = NULL;

    ZEND_PARSE_PARAMETERS_START(2, 5)
    Z_PARAM_STR(request.method)
    Z_PARAM_STR(request.url)
    Z_PARAM_OPTIONAL
    Z_PARAM_ARRAY_HT(request.headers)
    Z_PARAM_ZVAL(request.body)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_http_options_ce)
    ZEND_PARSE_PARAMETERS_END();
    call(Z_OBJ_P(ZEND_THIS), &request, options, 4, return_value);
}

/* The methods without a body, and those with one, differ in nothing but their name. */
static void without_body(INTERNAL_FUNCTION_PARAMETERS, enum method method)
{
    struct native_ext_http_request request = {.body = NULL};
    zend_object *options = NULL;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_STR(request.url)
    Z_PARAM_OPTIONAL
    Z_PARAM_ARRAY_HT(request.headers)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_http_options_ce)
    ZEND_PARSE_PARAMETERS_END();
    request.method = methods[method];
    call(Z_OBJ_P(ZEND_THIS), &request, options, 0, return_value);
}

static void with_body(INTERNAL_FUNCTION_PARAMETERS, enum method method)
{
    struct native_ext_http_request request = {.body = NULL};
    zend_object *options = NULL;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_STR(request.url)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(request.body)
    Z_PARAM_ARRAY_HT(request.headers)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(options, native_ext_http_options_ce)
    ZEND_PARSE_PARAMETERS_END();
    request.method = methods[method];
    call(Z_OBJ_P(ZEND_THIS), &request, options, 2, return_value);
}

ZEND_METHOD(Native_Http_Client, get)
{
    without_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_GET);
}

ZEND_METHOD(Native_Http_Client, head)
{
    without_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_HEAD);
}

ZEND_METHOD(Native_Http_Client, delete)
{
    without_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_DELETE);
}

ZEND_METHOD(Native_Http_Client, post)
{
    with_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_POST);
}

ZEND_METHOD(Native_Http_Client, put)
{
    with_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_PUT);
}

ZEND_METHOD(Native_Http_Client, patch)
{
    with_body(INTERNAL_FUNCTION_PARAM_PASSTHRU, METHOD_PATCH);
}

/* ---- many, and one that somebody else drives ---- */

ZEND_METHOD(Native_Http_Client, send)
{
    struct client *c = client_of(Z_OBJ_P(ZEND_THIS));
    zend_long concurrency = 50;
    zval *requests;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ITERABLE(requests)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(concurrency)
    ZEND_PARSE_PARAMETERS_END();
    if (concurrency < 1 || concurrency > 10000) {
        zend_argument_value_error(2, "must be between 1 and 10000");
        RETURN_THROWS();
    }
    if (!c->options) {
        zend_throw_error(NULL, "The Client is not constructed");
        RETURN_THROWS();
    }
    if (!native_ext_http_many_make(return_value, requests, concurrency, c->options))
        RETURN_THROWS();
}

ZEND_METHOD(Native_Http_Client, start)
{
    struct client *c = client_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_http_request request;
    zend_object *object;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_http_request_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!c->options) {
        zend_throw_error(NULL, "The Client is not constructed");
        RETURN_THROWS();
    }
    if (!native_ext_http_request_read(object, c->options, &request) ||
        !native_ext_http_transfer_make(return_value, &request))
        RETURN_THROWS();
}

void native_ext_http_client_minit(void)
{
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
        methods[i] = zend_string_init_interned(method_names[i], strlen(method_names[i]), true);
    client_ce = register_class_Native_Http_Client();
    client_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct client, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
}
