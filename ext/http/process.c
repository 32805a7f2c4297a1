/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/process.c - the pool and what else outlives requests. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "process.h"

#include "ext/standard/info.h"
#include "php_ini.h"
#include "SAPI.h"
#include "zend_exceptions.h"

#include "../../http/decode.h"
#include "../../http/idn.h"
#include "../../http/suffix.h"
#include "../../net/resolve.h"
#include "../../net/trust.h"
#include "../ini_values.h"
#include "exceptions.h"

/* ---- settings: the same for all threads ---- */

static struct {
    zend_long connections;
    zend_long connections_per_host;
    zend_long idle_s;
} ini;

/* A number of 0..the fourth argument. */
static PHP_INI_MH(set_number)
{
    return native_ext_ini_number(new_value, 0, (zend_long)(intptr_t)mh_arg2, mh_arg1);
}

PHP_INI_BEGIN()
PHP_INI_ENTRY2("native.http_connections", "32", PHP_INI_SYSTEM, set_number, &ini.connections,
               (void *)10000)
PHP_INI_ENTRY2("native.http_connections_per_host", "8", PHP_INI_SYSTEM, set_number,
               &ini.connections_per_host, (void *)10000)
PHP_INI_ENTRY2("native.http_idle", "118", PHP_INI_SYSTEM, set_number, &ini.idle_s, (void *)86400)
PHP_INI_END()

/* ---- the process ---- */

static int process_type;
ZEND_TLS struct native_ext_http_process *mine; /* of this thread; the list below owns it */

static void free_process(zend_resource *resource)
{
    struct native_ext_http_process *p = resource->ptr;

    if (p == mine)
        mine = NULL;
    native_http_transfer_free(p->resting);
    native_http_engine_free(p->engine);
    native_http_pool_free(p->pool);
    native_http_nonces_free(p->nonces);
    free(p);
}

struct native_ext_http_process *native_ext_http_process(void)
{
    struct native_ext_http_process *p;

    if (mine)
        return mine;
    p = calloc(1, sizeof(*p));
    if (p) {
        p->pool = native_http_pool_new();
        p->nonces = native_http_nonces_new();
    }
    if (!p || !p->pool || !p->nonces) {
        zend_throw_exception(native_ext_http_exception_ce, "Out of memory", 0);
        if (p) {
            native_http_pool_free(p->pool);
            native_http_nonces_free(p->nonces);
            free(p);
        }
        return NULL;
    }
    native_http_pool_limits(p->pool)->idle_ms = ini.idle_s * 1000;
    native_ext_http_process_room(p, 0);
    zend_register_persistent_resource(ZEND_STRL("native.http"), p, process_type);
    mine = p;
    return p;
}

void native_ext_http_process_room(struct native_ext_http_process *p, zend_long busy)
{
    struct native_http_pool_limits *limits = native_http_pool_limits(p->pool);

    /* 0 means that nothing is to be kept: then nothing is. */
    limits->idle = (unsigned)(ini.connections > 0 ? MAX(ini.connections, busy) : 0);
    limits->idle_per_key =
        (unsigned)(ini.connections_per_host > 0 ? MAX(ini.connections_per_host, busy) : 0);
    native_http_pool_trim(p->pool);
}

/* ---- transfers ---- */

struct native_http_transfer *
native_ext_http_process_transfer(struct native_ext_http_process *p,
                                 const struct native_http_options *options,
                                 const struct native_http_handlers *handlers, void *ctx)
{
    struct native_http_transfer *transfer = p->resting;

    if (!transfer)
        return native_http_transfer_new(options, handlers, ctx);
    p->resting = NULL;
    native_http_transfer_renew(transfer, options, handlers, ctx);
    return transfer;
}

void native_ext_http_process_give(struct native_ext_http_process *p,
                                  struct native_http_transfer *transfer)
{
    if (transfer && !p->resting && native_http_transfer_is_done(transfer) &&
        native_http_transfer_error(transfer)->kind == NATIVE_HTTP_ERROR_NONE) {
        native_http_transfer_rest(transfer);
        p->resting = transfer;
    } else {
        native_http_transfer_free(transfer);
    }
}

struct native_http_engine *native_ext_http_process_engine(struct native_ext_http_process *p)
{
    struct native_http_engine *engine = p->engine;

    p->engine = NULL;
    return engine ? engine : native_http_engine_new(p->pool);
}

void native_ext_http_process_give_engine(struct native_ext_http_process *p,
                                         struct native_http_engine *engine)
{
    if (p->engine) {
        native_http_engine_free(engine);
        return;
    }
    native_http_engine_rest(engine);
    p->engine = engine;
}

/* ---- what can be told ---- */

void native_ext_http_process_status(zval *array)
{
    static const struct native_http_pool_counts none;
    const struct native_ext_http_process *p = mine;
    const struct native_http_pool_counts *counts = p ? native_http_pool_counts(p->pool) : &none;
    struct native_net_resolve_stats names;

    native_net_resolve_get_stats(&names);
    add_assoc_long(array, "kept", counts->idle);
    add_assoc_long(array, "requests", (zend_long)(counts->opened + counts->reused));
    add_assoc_long(array, "opened", (zend_long)counts->opened);
    add_assoc_long(array, "reused", (zend_long)counts->reused);
    add_assoc_long(array, "dead", (zend_long)counts->dead);
    add_assoc_long(array, "expired", (zend_long)counts->expired);
    add_assoc_long(array, "handshakes", (zend_long)counts->handshakes);
    add_assoc_long(array, "resumed", (zend_long)counts->resumed);
    add_assoc_long(array, "lookups", (zend_long)names.lookups);
    add_assoc_long(array, "lookupsCached", (zend_long)names.cache_hits);
}

void native_ext_http_process_minfo(void)
{
    const struct native_ext_http_process *p = mine;
    const char *idn = native_http_idn_version(), *suffixes = native_http_suffix_version();
    char text[96];

    snprintf(text, sizeof(text), "HTTP/1.1 and 1.0; proxies: HTTP, SOCKS 4, 4a, 5, 5h");
    php_info_print_table_row(2, "HTTP", text);
    php_info_print_table_row(2, "International names", idn ? idn : "no libidn2");
    php_info_print_table_row(2, "Public suffixes", suffixes ? suffixes : "no libpsl");
    snprintf(text, sizeof(text), "%u (at most " ZEND_LONG_FMT ", for " ZEND_LONG_FMT " s)",
             p ? native_http_pool_counts(p->pool)->idle : 0U, ini.connections, ini.idle_s);
    php_info_print_table_row(2, "HTTP connections kept", text);
}

void native_ext_http_process_minit(int module_number, int type)
{
    zend_register_ini_entries_ex(ini_entries, module_number, type);
    /* Workers are forked from here: what is parsed and loaded now, none of them has to, nor find in its chroot. Elsewhere
     * that is done where it is needed. */
    if (type == MODULE_PERSISTENT && (strcmp(sapi_module.name, "fpm-fcgi") == 0 ||
                                      strcmp(sapi_module.name, "apache2handler") == 0)) {
        native_net_trust_prepare();
        (void)native_http_decode_codings();
    }
    process_type =
        zend_register_list_destructors_ex(NULL, free_process, "Native HTTP", module_number);
}
