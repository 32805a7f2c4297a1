/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/multi_options.c - the options of a CurlMultiHandle. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "multi_parts.h"

#include <limits.h>

#include "zend_exceptions.h"

#include "../compat.h"

static void set_pipelining(struct native_ext_curl_multi *multi, zend_long value)
{
    if (value & CURLPIPE_HTTP1)
        php_error_docref(NULL, E_WARNING, "CURLPIPE_HTTP1 is no longer supported");
}

/* 0 and less: no limit. */
static unsigned limit_of(zend_long value)
{
    return value > 0 ? (unsigned)MIN((uint64_t)value, UINT_MAX) : 0;
}

static void set_per_host(struct native_ext_curl_multi *multi, zend_long value)
{
    native_http_engine_limits(multi->engine)->connections_per_host = limit_of(value);
}

static void set_total(struct native_ext_curl_multi *multi, zend_long value)
{
    native_http_engine_limits(multi->engine)->connections = limit_of(value);
}

/* MAXCONNECTS speaks of a cache of its own, where we have the process's pool; the others of HTTP/2, and of what libcurl itself
 * has given up. */
static void set_nothing(struct native_ext_curl_multi *multi, zend_long value)
{
}

static const struct option {
    zend_long id;
    void (*set)(struct native_ext_curl_multi *multi, zend_long value);
} options[] = {
    {CURLMOPT_PIPELINING, set_pipelining},
    {CURLMOPT_MAXCONNECTS, set_nothing},
    {CURLMOPT_MAX_HOST_CONNECTIONS, set_per_host},
    {CURLMOPT_MAX_PIPELINE_LENGTH, set_nothing},
    {CURLMOPT_MAX_TOTAL_CONNECTIONS, set_total},
    {CURLMOPT_MAX_CONCURRENT_STREAMS, set_nothing},
    {CURLMOPT_CONTENT_LENGTH_PENALTY_SIZE, set_nothing},
    {CURLMOPT_CHUNK_LENGTH_PENALTY_SIZE, set_nothing},
};

static const struct option *option_of(zend_long id)
{
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
        if (options[i].id == id)
            return &options[i];
    return NULL;
}

/* Whether it may be set; from PHP 8.4 on it has to be callable, null is not. */
static bool check_push(zval *value)
{
#if PHP_VERSION_ID >= 80400
    char *error = NULL;

    if (zend_is_callable_ex(value, NULL, 0, NULL, NULL, &error))
        return true;
    /* The number is stock's, though the value is the third one. */
    if (!EG(exception))
        zend_argument_type_error(2, "must be a valid callback for option CURLMOPT_PUSHFUNCTION, %s",
                                 error);
    if (error)
        efree(error);
    return false;
#else
    return true;
#endif
}

/* The one that was set is gone, also where the new one is refused. */
static bool set_push(struct native_ext_curl_multi *multi, zval *value)
{
    zval old;

    ZVAL_COPY_VALUE(&old, &multi->push);
    ZVAL_UNDEF(&multi->push);
    zval_ptr_dtor(&old);
    if (!check_push(value))
        return false;
    zval_ptr_dtor(&multi->push); /* a destructor, or an autoloader, may have set one */
    ZVAL_COPY(&multi->push, value);
    return true;
}

ZEND_FUNCTION(curl_multi_setopt)
{
    struct native_ext_curl_multi *multi;
    const struct option *option;
    zend_object *object;
    zend_long id;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_OBJ_OF_CLASS(object, native_ext_curl_multi_ce)
    Z_PARAM_LONG(id)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    multi = native_ext_curl_multi_of(object);
    option = option_of(id);
    if (!option && id != CURLMOPT_PUSHFUNCTION) {
        native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_UNKNOWN_OPTION);
        zend_argument_value_error(2, "is not a valid cURL multi option");
        RETURN_THROWS();
    }
    if (multi->busy) {
        native_ext_curl_multi_note(multi, NATIVE_EXT_CURLM_RECURSIVE_API_CALL);
        RETURN_FALSE;
    }
    if (option)
        option->set(multi, zval_get_long(value));
    else if (!set_push(multi, value))
        RETURN_FALSE;
    native_ext_curl_multi_note(multi, CURLM_OK);
    RETURN_TRUE;
}
