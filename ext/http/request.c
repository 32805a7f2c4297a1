/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/request.c - Native\Http\Request: a class of options, two of which must be given. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "request.h"

#include "zend_exceptions.h"

#include "options.h"
#include "source.h"

#include "request_arginfo.h"

/* The declared properties, in the order of the stub. */
enum { METHOD, URL, HEADERS, BODY, OPTIONS, COUNT };

zend_class_entry *native_ext_http_request_ce;

static bool is_constructed(zend_object *options)
{
    zend_object *taken = native_ext_http_options_take(options);

    if (taken)
        OBJ_RELEASE(taken);
    return taken != NULL;
}

static const struct native_ext_option rows[COUNT] = {
    [METHOD] = {.name = "method", .kind = NATIVE_EXT_OPTION_STRING, .high = 65535},
    [URL] = {.name = "url", .kind = NATIVE_EXT_OPTION_STRING, .high = ZEND_LONG_MAX},
    [HEADERS] = NATIVE_EXT_OPTION_IS_LIST("headers"),
    [BODY] = NATIVE_EXT_OPTION_IS_VALUE("body", native_ext_http_source_check),
    [OPTIONS] = NATIVE_EXT_OPTION_IS_OBJECT("options", true, &native_ext_http_options_ce,
                                            is_constructed, NULL),
};

static struct native_ext_options_class class = {.rows = rows, .count = COUNT};

ZEND_METHOD(Native_Http_Request, __construct)
{
    if (ZEND_NUM_ARGS() < 2) {
        zend_wrong_parameters_count_error(2, COUNT);
        RETURN_THROWS();
    }
    native_ext_options_construct(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

ZEND_METHOD(Native_Http_Request, with)
{
    native_ext_options_with(INTERNAL_FUNCTION_PARAM_PASSTHRU, &class);
}

bool native_ext_http_request_read(zend_object *object, zend_object *defaults,
                                  struct native_ext_http_request *out)
{
    zval *slots = object->properties_table;

    if (Z_TYPE(slots[OPTIONS]) == IS_UNDEF) {
        zend_throw_error(NULL, "The Request is not constructed");
        return false;
    }
    *out = (struct native_ext_http_request){
        .method = Z_STR(slots[METHOD]),
        .url = Z_STR(slots[URL]),
        .headers = Z_ARR(slots[HEADERS]),
        .body = &slots[BODY],
        .options = Z_TYPE(slots[OPTIONS]) == IS_OBJECT ? Z_OBJ(slots[OPTIONS]) : defaults,
    };
    return true;
}

void native_ext_http_request_minit(void)
{
    native_ext_http_request_ce = register_class_Native_Http_Request();
    native_ext_options_minit(&class, native_ext_http_request_ce);
}
