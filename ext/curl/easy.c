/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/easy.c - CurlHandle and its functions. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "handle.h"

#include "ext/standard/url.h"
#include "zend_exceptions.h"

#include "../../net/stream.h"
#include "body.h"
#include "cookies.h"
#include "hosts.h"
#include "info.h"
#include "multi.h"
#include "options.h"
#include "perform.h"
#include "share.h"
#include "special.h"

zend_class_entry *native_ext_curl_easy_ce;

static zend_object_handlers handlers;

/* ---- life ---- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_curl_easy *easy = zend_object_alloc(sizeof(*easy), ce);

    memset(easy, 0, offsetof(struct native_ext_curl_easy, std));
    zend_object_std_init(&easy->std, ce);
    object_properties_init(&easy->std, ce);
    easy->std.handlers = &handlers;
    native_ext_curl_settings_init(&easy->set);
    easy->options = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    ZVAL_UNDEF(&easy->certinfo);
    return &easy->std;
}

static void free_object(zend_object *object)
{
    struct native_ext_curl_easy *easy = native_ext_curl_easy_of(object);

    if (easy->multi)
        native_ext_curl_multi_forget(easy);
    native_ext_curl_cookies_flush(easy);
    native_ext_curl_perform_end(easy);
    native_ext_curl_body_free(easy->body);
    native_http_cookies_free(easy->cookies);
    native_ext_curl_hosts_free(easy->hosts);
    native_ext_curl_share_use(easy, NULL);
    native_ext_curl_settings_free(&easy->set);
    if (easy->replaced)
        zend_array_release(easy->replaced);
    native_ext_curl_easy_clean(easy);
    zval_ptr_dtor(&easy->certinfo);
    native_ext_curl_put_text(easy, &easy->cloned_url, NULL);
    native_ext_curl_put_text(easy, &easy->shown_url, NULL);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct native_ext_curl_easy *easy = native_ext_curl_easy_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    native_ext_curl_settings_gc(&easy->set, buffer);
    zend_get_gc_buffer_use(buffer, table, count);
    return zend_std_get_properties(object);
}

static zend_function *get_constructor(zend_object *object)
{
    zend_throw_error(NULL, "Cannot directly construct CurlHandle, use curl_init() instead");
    return NULL;
}

zend_result native_ext_curl_cast(zend_object *object, zval *result, int type)
{
    if (type != IS_LONG)
        return zend_std_cast_object_tostring(object, result, type);
    ZVAL_LONG(result, object->handle);
    return SUCCESS;
}

void native_ext_curl_share_use(struct native_ext_curl_easy *easy, zend_object *share)
{
    zend_object *old = easy->set.share;

    if (share) {
        GC_ADDREF(share);
        native_ext_curl_share_of(share)->users++;
    }
    easy->set.share = share;
    if (old) {
        native_ext_curl_share_unuse(native_ext_curl_share_of(old));
        OBJ_RELEASE(old);
    }
}

/* Options, callbacks and bodies; not connections, cookies, results. */
static zend_object *clone_object(zend_object *from)
{
    struct native_ext_curl_easy *old = native_ext_curl_easy_of(from), *easy;
    zend_object *object = create(from->ce);

    easy = native_ext_curl_easy_of(object);
    native_ext_curl_settings_free(&easy->set);
    native_ext_curl_settings_copy(&easy->set, &old->set);
    if (easy->set.share) { /* stays with the first one */
        OBJ_RELEASE(easy->set.share);
        easy->set.share = NULL;
    }
    easy->new_resolve = true;
    easy->cloned_url = native_ext_curl_info_url(old);
    if (native_ext_curl_cookies_of(old))
        (void)native_ext_curl_cookies(easy);
    if (Z_TYPE(easy->set.post_fields) == IS_ARRAY &&
        native_ext_curl_body_of_fields(easy, Z_ARR(easy->set.post_fields)) != CURLE_OK &&
        !EG(exception))
        zend_throw_exception(NULL, "Failed to clone CurlHandle", 0);
    return object;
}

/* ---- results ---- */

void native_ext_curl_easy_set_error(struct native_ext_curl_easy *easy, int code, const char *text)
{
    easy->error = code;
    if (text)
        snprintf(easy->text, sizeof(easy->text), "%s", text);
    else
        easy->text[0] = '\0';
}

void native_ext_curl_easy_clean(struct native_ext_curl_easy *easy)
{
    smart_str_free(&easy->returned);
    if (easy->request_header) {
        zend_string_release(easy->request_header);
        easy->request_header = NULL;
    }
    native_ext_curl_easy_set_error(easy, CURLE_OK, NULL);
}

/* ---- functions ---- */

#define EASY_ONLY(easy)                                                                            \
    zend_object *object;                                                                           \
    struct native_ext_curl_easy *easy;                                                             \
                                                                                                   \
    ZEND_PARSE_PARAMETERS_START(1, 1)                                                              \
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)                                          \
    ZEND_PARSE_PARAMETERS_END();                                                                   \
    (easy) = native_ext_curl_easy_of(object)

ZEND_FUNCTION(curl_init)
{
    zend_string *url = NULL;
    zval value;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR_OR_NULL(url)
    ZEND_PARSE_PARAMETERS_END();
    object_init_ex(return_value, native_ext_curl_easy_ce);
    if (!url)
        return;
    ZVAL_STR(&value, url);
    if (!native_ext_curl_set(native_ext_curl_easy_of(Z_OBJ_P(return_value)), CURLOPT_URL, &value,
                             false)) {
        zval_ptr_dtor(return_value);
        RETURN_FALSE;
    }
}

ZEND_FUNCTION(curl_copy_handle)
{
    EASY_ONLY(easy);
    RETVAL_OBJ(clone_object(&easy->std));
}

ZEND_FUNCTION(curl_setopt)
{
    zend_object *object;
    zend_long option;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_LONG(option)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_BOOL(native_ext_curl_set(native_ext_curl_easy_of(object), option, value, false));
}

ZEND_FUNCTION(curl_setopt_array)
{
    zend_object *object;
    zend_array *options;
    zend_string *name;
    zend_ulong option;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_ARRAY_HT(options)
    ZEND_PARSE_PARAMETERS_END();
    ZEND_HASH_FOREACH_KEY_VAL(options, option, name, value)
    {
        if (name) {
            zend_argument_value_error(2, "contains an invalid cURL option");
            RETURN_THROWS();
        }
        ZVAL_DEREF(value);
        if (!native_ext_curl_set(native_ext_curl_easy_of(object), (zend_long)option, value, true))
            RETURN_FALSE;
    }
    ZEND_HASH_FOREACH_END();
    RETURN_TRUE;
}

ZEND_FUNCTION(curl_exec)
{
    int code;
    EASY_ONLY(easy);

    if (easy->running || easy->multi) {
        native_ext_curl_easy_set_error(easy, CURLE_FAILED_INIT,
                                       "easy handle already used in multi handle");
        RETURN_FALSE;
    }
    native_ext_curl_easy_check_streams(easy, true);
    native_ext_curl_easy_clean(easy);
    GC_ADDREF(object); /* a callback may drop it */
    code = native_ext_curl_perform(easy);
    if (code != CURLE_OK) {
        smart_str_free(&easy->returned);
        RETVAL_FALSE;
    } else if (easy->set.write_to != NATIVE_EXT_CURL_TO_RETURN) {
        RETVAL_TRUE;
    } else if (easy->returned.s) {
        smart_str_0(&easy->returned);
        RETVAL_STR_COPY(easy->returned.s);
    } else {
        RETVAL_EMPTY_STRING();
    }
    OBJ_RELEASE(object);
}

ZEND_FUNCTION(curl_close)
{
    EASY_ONLY(easy);
    if (easy->in_callback)
        zend_throw_error(NULL, "%s(): Attempt to close cURL handle from a callback",
                         get_active_function_name());
}

/* Options go; cookies, connections, PRIVATE, the share and the last error stay. */
ZEND_FUNCTION(curl_reset)
{
    struct native_ext_curl_settings old;
    EASY_ONLY(easy);

    if (easy->in_callback) {
        zend_throw_error(NULL, "%s(): Attempt to reset cURL handle from a callback",
                         get_active_function_name());
        RETURN_THROWS();
    }
    old = easy->set;
    native_ext_curl_settings_init(&easy->set);
    ZVAL_COPY_VALUE(&easy->set.private_value, &old.private_value);
    ZVAL_UNDEF(&old.private_value);
    easy->set.share = old.share;
    old.share = NULL;
    native_ext_curl_settings_free(&old);
}

ZEND_FUNCTION(curl_escape)
{
    zend_object *object;
    zend_string *text;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_STR(text)
    ZEND_PARSE_PARAMETERS_END();
    RETURN_STR(php_raw_url_encode(ZSTR_VAL(text), ZSTR_LEN(text)));
}

ZEND_FUNCTION(curl_unescape)
{
    zend_object *object;
    zend_string *text, *out;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_STR(text)
    ZEND_PARSE_PARAMETERS_END();
    out = zend_string_init(ZSTR_VAL(text), ZSTR_LEN(text), 0);
    ZSTR_LEN(out) = php_raw_url_decode(ZSTR_VAL(out), ZSTR_LEN(out));
    RETURN_STR(out);
}

ZEND_FUNCTION(curl_pause)
{
    static const struct {
        int bit, direction;
    } both[] = {{CURLPAUSE_RECV, NATIVE_NET_READ}, {CURLPAUSE_SEND, NATIVE_NET_WRITE}};
    struct native_ext_curl_easy *easy;
    zend_object *object;
    zend_long bits;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_easy_ce)
    Z_PARAM_LONG(bits)
    ZEND_PARSE_PARAMETERS_END();
    easy = native_ext_curl_easy_of(object);
    if (!easy->running || !easy->transfer)
        RETURN_LONG(CURLE_BAD_FUNCTION_ARGUMENT);
    for (size_t i = 0; i < sizeof(both) / sizeof(both[0]); i++) {
        if (bits & both[i].bit)
            native_http_transfer_pause(easy->transfer, both[i].direction);
        else if (native_http_transfer_paused(easy->transfer) & both[i].direction)
            native_http_transfer_resume(easy->transfer, both[i].direction);
    }
    RETURN_LONG(CURLE_OK);
}

/* HTTP/1.1 has nothing to be kept up. */
ZEND_FUNCTION(curl_upkeep)
{
    EASY_ONLY(easy);
    native_ext_curl_easy_set_error(easy, CURLE_OK, NULL);
    RETURN_TRUE;
}

void native_ext_curl_easy_minit(void)
{
    native_ext_curl_easy_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct native_ext_curl_easy, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.get_constructor = get_constructor;
    handlers.clone_obj = clone_object;
    handlers.cast_object = native_ext_curl_cast;
    handlers.compare = zend_objects_not_comparable;
}
