/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/body.c - Native\Http\Body. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "body.h"

#include "zend_exceptions.h"
#include "zend_smart_str.h"
#include "ext/json/php_json.h"
#include "ext/standard/php_string.h"

#include "exceptions.h"

#include "body_arginfo.h"

zend_class_entry *native_ext_http_body_ce;
static zend_object_handlers handlers;

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_http_body *o = zend_object_alloc(sizeof(*o), ce);

    memset(o, 0, offsetof(struct native_ext_http_body, std));
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

static void free_object(zend_object *object)
{
    for (int i = 0; i < NATIVE_EXT_HTTP_BODY_SLOTS; i++)
        zval_ptr_dtor(&native_ext_http_body_of(object)->slots[i]);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = native_ext_http_body_of(object)->slots;
    *count = NATIVE_EXT_HTTP_BODY_SLOTS;
    return NULL;
}

/* As http_build_query() writes it: the C function behind it is another one in each version of PHP. */
zend_string *native_ext_http_form(HashTable *fields)
{
    zval name, argument, text;
    bool ok;

    ZVAL_STRING(&name, "http_build_query");
    ZVAL_ARR(&argument, fields);
    ZVAL_UNDEF(&text);
    ok = call_user_function(NULL, NULL, &name, &text, 1, &argument) == SUCCESS &&
         Z_TYPE(text) == IS_STRING;
    zval_ptr_dtor(&name);
    if (ok)
        return Z_STR(text);
    zval_ptr_dtor(&text);
    if (!EG(exception))
        zend_throw_exception(native_ext_http_exception_ce, "The fields cannot be written as a form",
                             0);
    return NULL;
}

static struct native_ext_http_body *make_object(zval *out, enum native_ext_http_body_kind kind)
{
    struct native_ext_http_body *o;

    object_init_ex(out, native_ext_http_body_ce);
    o = native_ext_http_body_of(Z_OBJ_P(out));
    o->kind = kind;
    return o;
}

static void make_bytes(zval *out, zend_string *bytes, const char *type, size_t type_len)
{
    struct native_ext_http_body *o = make_object(out, NATIVE_EXT_HTTP_BODY_BYTES);

    ZVAL_STR(&o->slots[NATIVE_EXT_HTTP_BODY_VALUE], bytes);
    ZVAL_STRINGL(&o->slots[NATIVE_EXT_HTTP_BODY_TYPE], type, type_len);
}

ZEND_METHOD(Native_Http_Body, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Http_Body, json)
{
    smart_str text = {NULL, 0};
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    if (php_json_encode_ex(&text, value, PHP_JSON_THROW_ON_ERROR | PHP_JSON_UNESCAPED_SLASHES,
                           512) != SUCCESS ||
        EG(exception)) {
        smart_str_free(&text);
        if (!EG(exception))
            zend_throw_exception(native_ext_http_exception_ce,
                                 "The value cannot be written as JSON", 0);
        RETURN_THROWS();
    }
    make_bytes(return_value, text.s ? smart_str_extract(&text) : ZSTR_EMPTY_ALLOC(),
               ZEND_STRL("application/json"));
}

ZEND_METHOD(Native_Http_Body, form)
{
    HashTable *fields;
    zend_string *text;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY_HT(fields)
    ZEND_PARSE_PARAMETERS_END();
    text = native_ext_http_form(fields);
    if (!text)
        RETURN_THROWS();
    make_bytes(return_value, text, ZEND_STRL("application/x-www-form-urlencoded"));
}

ZEND_METHOD(Native_Http_Body, multipart)
{
    zval *fields;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY(fields)
    ZEND_PARSE_PARAMETERS_END();
    ZVAL_COPY(&make_object(return_value, NATIVE_EXT_HTTP_BODY_MULTIPART)
                   ->slots[NATIVE_EXT_HTTP_BODY_VALUE],
              fields);
}

ZEND_METHOD(Native_Http_Body, file)
{
    zend_string *path, *type = NULL, *name = NULL;
    struct native_ext_http_body *o;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_PATH_STR(path)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(type)
    Z_PARAM_STR_OR_NULL(name)
    ZEND_PARSE_PARAMETERS_END();
    o = make_object(return_value, NATIVE_EXT_HTTP_BODY_FILE);
    ZVAL_STR_COPY(&o->slots[NATIVE_EXT_HTTP_BODY_VALUE], path);
    if (type)
        ZVAL_STR_COPY(&o->slots[NATIVE_EXT_HTTP_BODY_TYPE], type);
    else
        ZVAL_STRING(&o->slots[NATIVE_EXT_HTTP_BODY_TYPE], "application/octet-stream");
    if (name)
        ZVAL_STR_COPY(&o->slots[NATIVE_EXT_HTTP_BODY_NAME], name);
    else
        ZVAL_STR(&o->slots[NATIVE_EXT_HTTP_BODY_NAME],
                 php_basename(ZSTR_VAL(path), ZSTR_LEN(path), NULL, 0));
}

ZEND_METHOD(Native_Http_Body, bytes)
{
    zend_string *bytes, *type = NULL;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(bytes)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(type)
    ZEND_PARSE_PARAMETERS_END();
    if (type)
        make_bytes(return_value, zend_string_copy(bytes), ZSTR_VAL(type), ZSTR_LEN(type));
    else
        make_bytes(return_value, zend_string_copy(bytes), ZEND_STRL("application/octet-stream"));
}

void native_ext_http_body_minit(void)
{
    native_ext_http_body_ce = register_class_Native_Http_Body();
    native_ext_http_body_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_http_body, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
}
