/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/ext_shm.c - the hooks of shared memory: each file's own, one after another. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_shm.h"

#include "ext/standard/info.h"

#include "../ini_values.h"
#include "attach.h"
#include "cache.h"
#include "channel.h"
#include "counter.h"
#include "exceptions.h"
#include "ini.h"
#include "kept.h"
#include "mutex.h"
#include "segment.h"
#include "semaphore.h"
#include "value.h"

#include "shm_arginfo.h"

/* ---- settings --------------------------------------------------------------------------------------- */

struct native_ext_shm_ini native_ext_shm_ini;

/* Sizes as numbers: "32M". All threads have the same. */
static PHP_INI_MH(set_bytes)
{
    return native_ext_ini_number(new_value, (zend_long)(intptr_t)mh_arg2,
                                 (zend_long)(INT64_C(64) << 30), mh_arg1);
}

static PHP_INI_MH(set_folder)
{
    if (ZSTR_LEN(new_value) && ZSTR_VAL(new_value)[0] != '/')
        return FAILURE;
    native_ext_shm_ini.folder = ZSTR_VAL(new_value);
    return SUCCESS;
}

PHP_INI_BEGIN()
PHP_INI_ENTRY2("native.shm_size", "32M", PHP_INI_SYSTEM, set_bytes, &native_ext_shm_ini.size,
               (void *)(1 << 20))
PHP_INI_ENTRY2("native.shm_copies", "8M", PHP_INI_SYSTEM, set_bytes, &native_ext_shm_ini.copies,
               NULL)
PHP_INI_ENTRY("native.shm_dir", "", PHP_INI_SYSTEM, set_folder)
PHP_INI_END()

/* ---- threads ---------------------------------------------------------------------------------------- */

#ifdef ZTS
static ts_rsrc_id thread_id;

/* Runs in the thread that ends, which has no request any more: what it holds by itself are segments and copies. */
static void thread_end(void *nothing)
{
    (void)nothing;
    native_ext_shm_kept_mshutdown();
    native_ext_shm_attach_mshutdown();
}

static void threads_begin(void)
{
    ts_allocate_id(&thread_id, sizeof(void *), NULL, thread_end);
}

static void threads_end(void)
{
    ts_free_id(thread_id);
}
#else
#define threads_begin() ((void)0)
#define threads_end() ((void)0)
#endif

/* ---- hooks ------------------------------------------------------------------------------------------ */

zend_result native_ext_shm_minit(INIT_FUNC_ARGS)
{
    REGISTER_INI_ENTRIES();
    threads_begin();
    register_shm_symbols(module_number);
    native_ext_shm_exceptions_minit();
    native_ext_shm_segment_minit();
    native_ext_shm_cache_minit();
    native_ext_shm_counter_minit();
    native_ext_shm_mutex_minit();
    native_ext_shm_semaphore_minit();
    native_ext_shm_channel_minit();
    return SUCCESS;
}

zend_result native_ext_shm_mshutdown(SHUTDOWN_FUNC_ARGS)
{
    native_ext_shm_kept_mshutdown();
    native_ext_shm_attach_mshutdown();
    threads_end();
    UNREGISTER_INI_ENTRIES();
    return SUCCESS;
}

zend_result native_ext_shm_rinit(INIT_FUNC_ARGS)
{
    native_ext_shm_kept_rinit();
    native_ext_shm_attach_rinit();
    return SUCCESS;
}

zend_result native_ext_shm_rshutdown(SHUTDOWN_FUNC_ARGS)
{
    native_ext_shm_entry_rshutdown();
    native_ext_shm_kept_rshutdown();
    return SUCCESS;
}

void native_ext_shm_minfo(void)
{
    struct native_ext_shm_attach *attach;

    php_info_print_table_row(2, "Shared memory survives kill -9",
                             NATIVE_EXT_SHM_KILL_SAFE ? "yes" : "no");
    php_info_print_table_row(2, "Serializer of objects",
                             native_ext_shm_has_igbinary() ? "igbinary" : "php");
    for (attach = native_ext_shm_attach_first(); attach; attach = attach->next) {
        if (attach->core)
            php_info_print_table_row(2, "Attached segment",
                                     attach->core->path ? attach->core->path : "private");
    }
}
