/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/file.c - CURLFile and CURLStringFile: files as values of CURLOPT_POSTFIELDS. What they say is read there (body_mime.c). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "body.h"
#include "file_arginfo.h"

zend_class_entry *native_ext_curl_file_ce;
zend_class_entry *native_ext_curl_string_file_ce;

/* ---- properties ---- */

/* NULL: it stays as it is. */
static void put(zend_object *object, const char *name, zend_string *value)
{
    if (value)
        zend_update_property_str(object->ce, object, name, strlen(name), value);
}

static void get(zend_object *object, const char *name, zval *return_value)
{
    zval hold, *value = zend_read_property(object->ce, object, name, strlen(name), true, &hold);

    ZVAL_COPY_DEREF(return_value, value);
    if (value == &hold) /* by __get() of a subclass */
        zval_ptr_dtor(&hold);
}

/* ---- CURLFile ---- */

struct given {
    zend_string *name, *mime, *postname;
};

/* The arguments of both ways to make one. Returns false after throwing. */
static bool take(zend_execute_data *execute_data, struct given *given)
{
    *given = (struct given){NULL, NULL, NULL};
    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_PATH_STR(given->name)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR_OR_NULL(given->mime)
    Z_PARAM_STR_OR_NULL(given->postname)
    ZEND_PARSE_PARAMETERS_END_EX(return false);
    return true;
}

static void fill(zend_object *object, const struct given *given)
{
    put(object, "name", given->name);
    put(object, "mime", given->mime);
    put(object, "postname", given->postname);
}

ZEND_METHOD(CURLFile, __construct)
{
    struct given given;

    if (take(execute_data, &given))
        fill(Z_OBJ_P(ZEND_THIS), &given);
}

ZEND_FUNCTION(curl_file_create)
{
    struct given given;

    if (take(execute_data, &given) &&
        object_init_ex(return_value, native_ext_curl_file_ce) == SUCCESS)
        fill(Z_OBJ_P(return_value), &given);
}

ZEND_METHOD(CURLFile, getFilename)
{
    ZEND_PARSE_PARAMETERS_NONE();
    get(Z_OBJ_P(ZEND_THIS), "name", return_value);
}

ZEND_METHOD(CURLFile, getMimeType)
{
    ZEND_PARSE_PARAMETERS_NONE();
    get(Z_OBJ_P(ZEND_THIS), "mime", return_value);
}

ZEND_METHOD(CURLFile, getPostFilename)
{
    ZEND_PARSE_PARAMETERS_NONE();
    get(Z_OBJ_P(ZEND_THIS), "postname", return_value);
}

static void set(zend_execute_data *execute_data, const char *name)
{
    zend_string *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(value)
    ZEND_PARSE_PARAMETERS_END();
    put(Z_OBJ_P(ZEND_THIS), name, value);
}

ZEND_METHOD(CURLFile, setMimeType)
{
    set(execute_data, "mime");
}

ZEND_METHOD(CURLFile, setPostFilename)
{
    set(execute_data, "postname");
}

/* ---- CURLStringFile ---- */

ZEND_METHOD(CURLStringFile, __construct)
{
    zend_object *object = Z_OBJ_P(ZEND_THIS);
    zend_string *data, *postname, *mime = NULL, *type;

    ZEND_PARSE_PARAMETERS_START(2, 3)
    Z_PARAM_STR(data)
    Z_PARAM_STR(postname)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(mime)
    ZEND_PARSE_PARAMETERS_END();
    type =
        mime ? zend_string_copy(mime) : zend_string_init(ZEND_STRL("application/octet-stream"), 0);
    put(object, "data", data);
    put(object, "postname", postname);
    put(object, "mime", type);
    zend_string_release(type);
}

void native_ext_curl_file_minit(void)
{
    native_ext_curl_file_ce = register_class_CURLFile();
    native_ext_curl_string_file_ce = register_class_CURLStringFile();
}
