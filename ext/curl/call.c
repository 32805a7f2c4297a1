/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/call.c - calling what the user has set to be called. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "call.h"

#include "../compat.h"

/* Stock has two wordings. Only where the executor has stopped: what is not callable throws. */
static void warn_of(const char *option)
{
    bool takes = strcmp(option, "CURLOPT_WRITEFUNCTION") == 0 ||
                 strcmp(option, "CURLOPT_HEADERFUNCTION") == 0;

    php_error_docref(NULL, E_WARNING, takes ? "Could not call the %s" : "Cannot call the %s",
                     option);
}

/* What is called may set another in its own place: it is held meanwhile. */
static zend_result call(const struct native_ext_curl_callback *callback, uint32_t count,
                        zval *arguments, zval *result)
{
    zend_result status = SUCCESS;
    zval name;

    ZVAL_COPY(&name, &callback->name);
#if PHP_VERSION_ID >= 80400
    zend_fcall_info_cache cache = callback->cache;

    if (cache.function_handler)
        zend_call_known_fcc(&cache, result, count, arguments, NULL);
    else
#endif
        status = call_user_function(NULL, NULL, &name, result, count, arguments);
    zval_ptr_dtor(&name);
    return status;
}

bool native_ext_curl_call(struct native_ext_curl_easy *easy,
                          struct native_ext_curl_callback *callback, const char *option,
                          uint32_t count, zval *arguments, zval *result)
{
    ZVAL_OBJ_COPY(&arguments[0], &easy->std);
    ZVAL_UNDEF(result);
    if (!EG(exception) && !easy->failed_in_callback) {
        easy->in_callback++;
        if (call(callback, count, arguments, result) != SUCCESS)
            warn_of(option);
        easy->in_callback--;
        if (Z_TYPE_P(result) != IS_UNDEF && !EG(exception))
            native_ext_curl_easy_check_streams(easy, true);
    }
    for (uint32_t i = 0; i < count; i++)
        zval_ptr_dtor(&arguments[i]);
    if (EG(exception))
        native_ext_curl_easy_fail(easy);
    if (easy->failed_in_callback) {
        zval_ptr_dtor(result);
        ZVAL_UNDEF(result);
    }
    if (Z_ISREF_P(result))
        zend_unwrap_reference(result);
    return Z_TYPE_P(result) != IS_UNDEF;
}
