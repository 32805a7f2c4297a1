/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/ext_curl.c - the module `curl`: entry, settings, hooks. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_curl.h"

#include "php_ini.h"

#include "../ini_values.h"
#include "body.h"
#include "constants.h"
#include "deprecated.h"
#include "multi.h"
#include "owner.h"
#include "share.h"
#include "version.h"

#include "classes_arginfo.h"
#include "curl_arginfo.h"

/* ---- settings ---- */

static bool wanted;

/* auto: where there is no other; off: never */
static PHP_INI_MH(set_wanted)
{
    return native_ext_ini_auto(new_value, &wanted);
}

static const zend_ini_entry_def native_entries[] = {
    ZEND_INI_ENTRY1("native.curl", "auto", PHP_INI_SYSTEM, set_wanted, NULL)
        ZEND_INI_ENTRY3_EX("native.curl_pool", "1", PHP_INI_SYSTEM, native_ext_curl_owner_set_pool,
                           NULL, NULL, NULL, zend_ini_boolean_displayer_cb){0}};

PHP_INI_BEGIN()
PHP_INI_ENTRY("curl.cainfo", "", PHP_INI_SYSTEM, NULL)
PHP_INI_END()

/* ---- the module ---- */

static PHP_MINIT_FUNCTION(native_curl)
{
    zend_register_ini_entries_ex(ini_entries, module_number, type);
    native_ext_curl_constants_register(module_number);
    native_ext_curl_easy_ce = register_class_CurlHandle();
    native_ext_curl_multi_ce = register_class_CurlMultiHandle();
    native_ext_curl_share_ce = register_class_CurlShareHandle();
#if PHP_VERSION_ID >= 80500
    native_ext_curl_share_persistent_ce = register_class_CurlSharePersistentHandle();
#endif
    native_ext_curl_easy_minit();
    native_ext_curl_multi_minit();
    native_ext_curl_share_minit();
    native_ext_curl_file_minit();
    native_ext_curl_deprecated_minit();
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(native_curl)
{
    UNREGISTER_INI_ENTRIES();
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(native_curl)
{
    native_ext_curl_version_info();
    DISPLAY_INI_ENTRIES();
}

/* clang-format off */
static zend_module_entry curl_module = {
    STANDARD_MODULE_HEADER,
    "curl",
    ext_functions,
    PHP_MINIT(native_curl),
    PHP_MSHUTDOWN(native_curl),
    NULL,
    NULL,
    PHP_MINFO(native_curl),
    PHP_VERSION, /* as the one that comes with PHP */
    STANDARD_MODULE_PROPERTIES,
};
/* clang-format on */

/* As native_ext_apcu_minit(). */
void native_ext_curl_minit(INIT_FUNC_ARGS)
{
    zend_module_entry *current;

    zend_register_ini_entries_ex(native_entries, module_number, type);
    if (!wanted || type != MODULE_PERSISTENT ||
        zend_hash_str_exists(&module_registry, ZEND_STRL("curl")))
        return;
    current = EG(current_module);
    zend_startup_module(&curl_module);
    EG(current_module) = current;
}
