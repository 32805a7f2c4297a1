/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/ext_share.c - the hooks of what connections share: the setting, one struct for each thread, its end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_share.h"

#include "ext/standard/info.h"

#include "../ini_values.h"
#include "../shm/attach.h"
#include "share.h"

static bool enabled; /* native.http_share: PHP_INI_SYSTEM, so all threads have the same */
ZEND_TLS struct native_ext_share mine;
ZEND_TLS bool begun;

static PHP_INI_MH(set_enabled)
{
    return native_ext_ini_bool(new_value, &enabled);
}

PHP_INI_BEGIN()
PHP_INI_ENTRY_EX("native.http_share", "1", PHP_INI_SYSTEM, set_enabled,
                 zend_ini_boolean_displayer_cb)
PHP_INI_END()

static struct native_ext_share *get(void)
{
    if (!begun) {
        native_ext_share_init(&mine);
        begun = true;
    }
    mine.folder = native_ext_shm_folder();
    return &mine;
}

struct native_net_tls_store *native_ext_share_sessions(void)
{
    return enabled ? &get()->sessions : native_net_tls_store_own();
}

struct native_net_names *native_ext_share_names(void)
{
    return enabled ? &get()->names : NULL;
}

/* ---- hooks ------------------------------------------------------------------------------------------ */

/* Connections that outlive the pool's end find a store that does nothing. */
static void end(void *nothing)
{
    (void)nothing;
    if (begun)
        native_ext_share_end(&mine);
}

#ifdef ZTS
static ts_rsrc_id thread_id;
#endif

void native_ext_share_minit(INIT_FUNC_ARGS)
{
    REGISTER_INI_ENTRIES();
    begun = false; /* the module may have been shut down before in this very process */
#ifdef ZTS
    ts_allocate_id(&thread_id, sizeof(void *), NULL, end);
#endif
}

void native_ext_share_mshutdown(SHUTDOWN_FUNC_ARGS)
{
    end(NULL);
#ifdef ZTS
    ts_free_id(thread_id);
#endif
    UNREGISTER_INI_ENTRIES();
}

void native_ext_share_minfo(void)
{
    const char *where = !enabled                               ? "off"
                        : begun && mine.segment                ? mine.segment->path
                        : begun && mine.failed_us && *mine.why ? mine.why
                                                               : "on, not used yet";

    php_info_print_table_row(2, "Shared TLS sessions and names", where);
}

void native_ext_share_status(zval *array)
{
    const struct native_ext_share_counts *counts = &mine.counts;

    add_assoc_bool(array, "enabled", enabled);
    add_assoc_string(array, "path", begun && mine.segment ? mine.segment->path : "");
    add_assoc_string(array, "failure", begun && mine.failed_us ? mine.why : "");
    add_assoc_long(array, "sessions_found", (zend_long)counts->sessions_found);
    add_assoc_long(array, "sessions_missed", (zend_long)counts->sessions_missed);
    add_assoc_long(array, "sessions_stored", (zend_long)counts->sessions_stored);
    add_assoc_long(array, "sessions_kept", (zend_long)counts->sessions_kept);
    add_assoc_long(array, "names_found", (zend_long)counts->names_found);
    add_assoc_long(array, "names_missed", (zend_long)counts->names_missed);
    add_assoc_long(array, "names_stored", (zend_long)counts->names_stored);
}
