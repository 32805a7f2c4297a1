/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/ini.c - the settings apc.*. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ini.h"

#include "SAPI.h"

#include "../ini_values.h"

struct native_ext_apcu_ini native_ext_apcu_ini;

/* All are of the whole process, so all threads have the same. */
static PHP_INI_MH(set_bool)
{
    *(bool *)mh_arg1 = zend_ini_parse_bool(new_value);
    return SUCCESS;
}

static PHP_INI_MH(set_long)
{
    *(zend_long *)mh_arg1 = ZEND_STRTOL(ZSTR_VAL(new_value), NULL, 0);
    return SUCCESS;
}

static PHP_INI_MH(set_string)
{
    *(const char **)mh_arg1 = new_value ? ZSTR_VAL(new_value) : NULL;
    return SUCCESS;
}

/* auto: where there is no other; off: never */
static PHP_INI_MH(set_wanted)
{
    return native_ext_ini_auto(new_value, &native_ext_apcu_ini.wanted);
}

static PHP_INI_MH(set_shared)
{
    return native_ext_ini_bool(new_value, &native_ext_apcu_ini.shared);
}

static PHP_INI_MH(set_segments)
{
    if (ZEND_STRTOL(ZSTR_VAL(new_value), NULL, 10) != 1)
        php_error_docref(NULL, E_WARNING, "apc.shm_segments setting ignored in MMAP mode");
    return SUCCESS;
}

static PHP_INI_MH(set_size)
{
    zend_long bytes = zend_ini_parse_quantity_warn(new_value, entry->name);

    if (bytes <= 0)
        return FAILURE;
    if (bytes < 1 << 20) { /* of the time when it was a number of megabytes */
        php_error_docref(NULL, E_WARNING,
                         "apc.shm_size now uses M/G suffixes, please update your ini files");
        bytes *= 1 << 20;
    }
    native_ext_apcu_ini.shm_size = bytes;
    return SUCCESS;
}

/* clang-format off */
#define ENTRY(name, value, changed) PHP_INI_ENTRY(name, value, PHP_INI_SYSTEM, changed)
#define VALUE_ENTRY(name, value, changed, field) \
    PHP_INI_ENTRY1(name, value, PHP_INI_SYSTEM, changed, &native_ext_apcu_ini.field)
#define BOOL_ENTRY(name, value, field) \
    PHP_INI_ENTRY2_EX(name, value, PHP_INI_SYSTEM, set_bool, &native_ext_apcu_ini.field, NULL, zend_ini_boolean_displayer_cb)

static const zend_ini_entry_def native_entries[] = {
    ENTRY("native.apcu", "auto", set_wanted)
    PHP_INI_ENTRY_EX("native.apcu_shared", "0", PHP_INI_SYSTEM, set_shared, zend_ini_boolean_displayer_cb)
    {0}
};

static const zend_ini_entry_def apc_entries[] = {
    BOOL_ENTRY("apc.enabled", "1", enabled)
    ENTRY("apc.shm_segments", "1", set_segments)
    ENTRY("apc.shm_size", "32M", set_size)
    ENTRY("apc.entries_hint", "4096", NULL)
    ENTRY("apc.gc_ttl", "3600", NULL)
    VALUE_ENTRY("apc.ttl", "0", set_long, ttl)
    ENTRY("apc.smart", "0", NULL)
    ENTRY("apc.mmap_file_mask", NULL, NULL)
    BOOL_ENTRY("apc.enable_cli", "0", enable_cli)
    BOOL_ENTRY("apc.slam_defense", "0", slam_defense)
    VALUE_ENTRY("apc.preload_path", NULL, set_string, preload_path)
    PHP_INI_ENTRY_EX("apc.coredump_unmap", "0", PHP_INI_SYSTEM, NULL, zend_ini_boolean_displayer_cb)
    PHP_INI_ENTRY_EX("apc.use_request_time", "0", PHP_INI_ALL, NULL, zend_ini_boolean_displayer_cb)
    VALUE_ENTRY("apc.serializer", "php", set_string, serializer)
    {0}
};
/* clang-format on */

void native_ext_apcu_ini_native(int type, int module_number)
{
    zend_register_ini_entries_ex(native_entries, module_number, type);
}

void native_ext_apcu_ini_apc(int type, int module_number)
{
    zend_register_ini_entries_ex(apc_entries, module_number, type);
}

bool native_ext_apcu_enabled(void)
{
    return native_ext_apcu_ini.enabled &&
           (native_ext_apcu_ini.enable_cli || strcmp(sapi_module.name, "cli") != 0);
}
