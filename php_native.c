/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* php_native.c - module entry and life cycle. Hands each hook on to the pillars under ext/; holds
 * no state and no behaviour of its own. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php_native.h"

#include "ext/standard/info.h"

#include "ext/apcu/ext_apcu.h"
#include "ext/compat.h"
#include "ext/curl/ext_curl.h"
#include "ext/http/ext_http.h"
#include "ext/metrics.h"
#include "ext/mqtt/ext_mqtt.h"
#include "ext/share/ext_share.h"
#include "ext/shm/ext_shm.h"
#include "ext/trace.h"
#include "http/decode.h"
#include "net/tls.h"

#include "php_native_arginfo.h"

#if defined(ZTS) && defined(COMPILE_DL_NATIVE)
ZEND_TSRMLS_CACHE_DEFINE()
#endif

/* Each thread of a ZTS build finds its globals through this pointer; it is set first of all. */
static void thread_begin(void)
{
#if defined(ZTS) && defined(COMPILE_DL_NATIVE)
    ZEND_TSRMLS_CACHE_UPDATE();
#endif
}

static PHP_MINIT_FUNCTION(native)
{
    thread_begin();
    native_ext_trace_minit(INIT_FUNC_ARGS_PASSTHRU);
    if (native_ext_shm_minit(INIT_FUNC_ARGS_PASSTHRU) == FAILURE)
        return FAILURE;
    native_ext_share_minit(INIT_FUNC_ARGS_PASSTHRU);
    if (native_ext_mqtt_minit(INIT_FUNC_ARGS_PASSTHRU) == FAILURE)
        return FAILURE;
    if (native_ext_http_minit(INIT_FUNC_ARGS_PASSTHRU) == FAILURE)
        return FAILURE;
    /* Last: they start modules of their own. */
    native_ext_apcu_minit(INIT_FUNC_ARGS_PASSTHRU);
    native_ext_curl_minit(INIT_FUNC_ARGS_PASSTHRU);
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(native)
{
    native_ext_mqtt_mshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
    native_ext_share_mshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
    native_ext_trace_mshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
    return native_ext_shm_mshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
}

static PHP_RINIT_FUNCTION(native)
{
    thread_begin();
    native_ext_trace_rinit();
    native_ext_shm_rinit(INIT_FUNC_ARGS_PASSTHRU);
    return native_ext_mqtt_rinit(INIT_FUNC_ARGS_PASSTHRU);
}

static PHP_RSHUTDOWN_FUNCTION(native)
{
    native_ext_http_rshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
    native_ext_mqtt_rshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
    return native_ext_shm_rshutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
}

/* The library in use and what it lacks, in one line: "mbedTLS/2.28.3, TLS 1.2, no ...". */
static void info_tls(void)
{
    char line[128];

    snprintf(line, sizeof(line), "%s, %s", native_net_tls_library(),
             native_net_tls_has_13() ? "TLS 1.2 and 1.3" : "TLS 1.2, no TLS 1.3 in this mbedTLS");
    php_info_print_table_row(2, "TLS library", line);
#ifdef NATIVE_MBEDTLS_HEADERS
    php_info_print_table_row(2, "TLS library at compile time", "mbedTLS/" NATIVE_MBEDTLS_HEADERS);
#endif
}

/* What is undone of Content-Encoding, and by which libraries. */
static void info_codecs(void)
{
    char names[64], libraries[96], line[200];
    struct native_http_buffer out = {names, sizeof(names) - 1, 0};

    native_http_accept_encoding_put(&out, native_http_decode_codings());
    names[out.len] = '\0'; /* PHP's snprintf looks for it whatever the precision says */
    snprintf(line, sizeof(line), "%s (%s)", names,
             native_http_decode_libraries(libraries, sizeof(libraries)));
    php_info_print_table_row(2, "Content codings", line);
}

static PHP_MINFO_FUNCTION(native)
{
    php_info_print_table_start();
    php_info_print_table_row(2, "native", "enabled");
    php_info_print_table_row(2, "Version", PHP_NATIVE_VERSION);
    info_tls();
    info_codecs();
#ifdef NATIVE_DEBUG
    php_info_print_table_row(2, "Invariant checks", "on (--enable-native-debug)");
#endif
    native_ext_mqtt_minfo();
    native_ext_http_minfo();
    native_ext_shm_minfo();
    native_ext_share_minfo();
    php_info_print_table_end();
    DISPLAY_INI_ENTRIES();
}

static void make_status(zval *status)
{
    zval mqtt, http, shm, share;

    array_init(status);
    add_assoc_string(status, "version", PHP_NATIVE_VERSION);
    add_assoc_string(status, "mbedtls", native_net_tls_library());
    add_assoc_bool(status, "tls13", native_net_tls_has_13());

    array_init(&mqtt);
    native_ext_mqtt_status(&mqtt);
    add_assoc_zval(status, "mqtt", &mqtt);

    array_init(&http);
    native_ext_http_status(&http);
    add_assoc_zval(status, "http", &http);

    array_init(&shm);
    native_ext_shm_status(&shm);
    add_assoc_zval(status, "shm", &shm);

    array_init(&share);
    native_ext_share_status(&share);
    add_assoc_zval(status, "share", &share);
}

ZEND_FUNCTION(Native_status)
{
    ZEND_PARSE_PARAMETERS_NONE();
    make_status(return_value);
}

ZEND_FUNCTION(Native_metrics)
{
    zval status;

    ZEND_PARSE_PARAMETERS_NONE();
    make_status(&status);
    RETVAL_STR(native_ext_metrics(Z_ARR(status)));
    zval_ptr_dtor(&status);
}

/* clang-format off */
zend_module_entry native_module_entry = {
    STANDARD_MODULE_HEADER,
    "native",
    ext_functions,
    PHP_MINIT(native),
    PHP_MSHUTDOWN(native),
    PHP_RINIT(native),
    PHP_RSHUTDOWN(native),
    PHP_MINFO(native),
    PHP_NATIVE_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
/* clang-format on */

#ifdef COMPILE_DL_NATIVE
ZEND_DLEXPORT zend_module_entry *get_module(void);

/* As ZEND_GET_MODULE() has it, and a word to the pillars that want to know what was loaded before us. */
ZEND_DLEXPORT zend_module_entry *get_module(void)
{
    native_ext_apcu_loaded();
    return &native_module_entry;
}
#endif
