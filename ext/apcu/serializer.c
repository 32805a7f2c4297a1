/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/serializer.c - other extensions' serializers: how they register, and which one apc.serializer names. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include "zend_smart_str.h"

#include "../shm/registered.h"
#include "apc_serializer.h"
#include "ini.h"

/* Only of a module that stays as long as the process: dl() brings others, and their functions go with the request. */
static int add(const char *name, apc_serialize_t serialize, apc_unserialize_t unserialize,
               void *config)
{
    const struct native_ext_shm_registered serializer = {name, serialize, unserialize, config};
    const zend_module_entry *current = EG(current_module);

    return current && current->type == MODULE_PERSISTENT &&
           native_ext_shm_registered_add(&serializer);
}

void native_ext_apcu_serializer_minit(int module_number)
{
    zend_register_long_constant(APC_SERIALIZER_CONSTANT, sizeof(APC_SERIALIZER_CONSTANT) - 1,
                                (zend_long)(intptr_t)add, CONST_PERSISTENT | CONST_CS,
                                module_number);
}

/* igbinary, which registers itself too, is a format of its own: other processes can read it without registration. */
enum native_ext_shm_serializer native_ext_apcu_serializer(void)
{
    enum native_ext_shm_serializer registered;
    const char *name = native_ext_apcu_ini.serializer;

    if (!name || strcmp(name, "php") == 0)
        return NATIVE_EXT_SHM_SERIALIZER_PHP_ALONE;
    if (strcmp(name, "igbinary") == 0)
        return NATIVE_EXT_SHM_SERIALIZER_AUTO_ALONE;
    return native_ext_shm_registered_find(name, &registered) ? registered
                                                             : NATIVE_EXT_SHM_SERIALIZER_PHP_ALONE;
}

zend_string *native_ext_apcu_serializer_names(void)
{
    smart_str names = {0};
    const char *name;

    smart_str_appends(&names, "php");
    if (native_ext_shm_has_igbinary())
        smart_str_appends(&names, ", igbinary");
    for (unsigned i = 0; (name = native_ext_shm_registered_name(i)); i++) {
        if (strcmp(name, "igbinary") != 0) {
            smart_str_appends(&names, ", ");
            smart_str_appends(&names, name);
        }
    }
    return smart_str_extract(&names);
}

/* ---- in whichever order modules are loaded ---------------------------------------------------------- */

static bool wants_apcu(const zend_module_entry *module, size_t *count)
{
    bool wants = false;

    *count = 0;
    for (const zend_module_dep *dep = module->deps; dep && dep->name; dep++, ++*count)
        wants = wants || (dep->type != MODULE_DEP_CONFLICTS && strcasecmp(dep->name, "apcu") == 0);
    return wants;
}

/* A list of what a module wants, in place of its own. It may be read for as long as the process lasts. */
struct wants {
    struct wants *next;
    zend_module_dep deps[];
};
static struct wants *all_wants;

static void start_after_us(zend_module_entry *module, size_t count)
{
    static const zend_module_dep native[] = {ZEND_MOD_OPTIONAL("native") ZEND_MOD_END};
    struct wants *wants = pemalloc(sizeof(*wants) + count * sizeof(*native) + sizeof(native), 1);

    memcpy(wants->deps, module->deps, count * sizeof(*native));
    memcpy(wants->deps + count, native, sizeof(native));
    wants->next = all_wants;
    all_wants = wants;
    module->deps = wants->deps;
}

/* PHP starts modules in the order in which they are loaded, but one that names another behind that. Those who want
 * "apcu" shall start behind native, as they would behind the real one. Called when native is loaded: whoever was loaded
 * before is in the registry and has not started; whoever is loaded later comes later anyway. */
void native_ext_apcu_loaded(void)
{
    zend_module_entry *module;
    size_t count;

    ZEND_HASH_FOREACH_PTR(&module_registry, module)
    {
        if (!module->module_started && wants_apcu(module, &count))
            start_after_us(module, count);
    }
    ZEND_HASH_FOREACH_END();
}
