/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/ext_apcu.c - the module `apcu`: entry and hooks. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_apcu.h"

#include "SAPI.h"
#include "ext/standard/info.h"

#include "../shm/registered.h"
#include "apcu.h"
#include "ini.h"
#include "tree.h"

#include "apcu_arginfo.h"

static PHP_MINIT_FUNCTION(native_apcu)
{
    native_ext_apcu_ini_apc(type, module_number);
    native_ext_apcu_iterator_minit(module_number);
    native_ext_apcu_serializer_minit(module_number);
    if (native_ext_apcu_enabled() && !native_ext_apcu_ini.shared)
        native_ext_apcu_tree_begin(native_ext_shm_folder());
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(native_apcu)
{
    native_ext_apcu_tree_end();
    native_ext_shm_registered_clear();
    UNREGISTER_INI_ENTRIES();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(native_apcu)
{
    (void)type, (void)module_number;
    native_ext_apcu_rinit();
    return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(native_apcu)
{
    (void)type, (void)module_number;
    native_ext_apcu_rshutdown();
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(native_apcu)
{
    zend_string *serializers = native_ext_apcu_serializer_names();

    php_info_print_table_start();
    php_info_print_table_row(2, "APCu Support", native_ext_apcu_enabled() ? "Enabled" : "Disabled");
    php_info_print_table_row(2, "Version", NATIVE_EXT_APCU_VERSION);
    php_info_print_table_row(2, "Implementation", "provided by native");
    php_info_print_table_row(2, "Segment",
                             native_ext_apcu_ini.shared ? "the user's default segment"
                                                        : "of this process and its children");
    php_info_print_table_row(2, "Serialization Support", ZSTR_VAL(serializers));
    zend_string_release(serializers);
    php_info_print_table_end();
    DISPLAY_INI_ENTRIES();
}

/* clang-format off */
static zend_module_entry apcu_module = {
    STANDARD_MODULE_HEADER,
    "apcu",
    ext_functions,
    PHP_MINIT(native_apcu),
    PHP_MSHUTDOWN(native_apcu),
    PHP_RINIT(native_apcu),
    PHP_RSHUTDOWN(native_apcu),
    PHP_MINFO(native_apcu),
    NATIVE_EXT_APCU_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
/* clang-format on */

/* All modules are in the registry before the first one starts, so this sees the real one in whichever order they are
 * loaded. A module loaded by dl() ends with its request: it cannot bring another. */
void native_ext_apcu_minit(INIT_FUNC_ARGS)
{
    zend_module_entry *current;

    native_ext_apcu_ini_native(type, module_number);
    if (!native_ext_apcu_ini.wanted || type != MODULE_PERSISTENT ||
        zend_hash_str_exists(&module_registry, ZEND_STRL("apcu")))
        return;
    current = EG(current_module);
    zend_startup_module(&apcu_module);
    EG(current_module) = current;
}
