/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/segment.c - the segment of a request: opened at the first use, let go of at the end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include "zend_exceptions.h"

#include "../../shm/object.h"
#include "ini.h"
#include "tree.h"

ZEND_TLS struct native_ext_shm_cache cache; /* its attach: NULL until the first use in a request */
ZEND_TLS struct native_ext_apcu_state *state;
ZEND_TLS bool failed; /* in this request */
ZEND_TLS bool warned;

static void warn(void)
{
    zend_object *thrown = EG(exception);
    zval rv, *message;

    if (!thrown)
        return;
    message = zend_read_property(zend_ce_exception, thrown, ZEND_STRL("message"), 1, &rv);
    if (!warned && Z_TYPE_P(message) == IS_STRING) {
        zend_string *text = zend_string_copy(Z_STR_P(message));

        warned = true;
        zend_clear_exception();
        php_error_docref(NULL, E_WARNING, "nothing is cached: %s", ZSTR_VAL(text));
        zend_string_release(text);
        return;
    }
    zend_clear_exception();
}

/* One that was made before with another size (apc.shm_size of another pool) will do. */
static struct native_ext_shm_attach *open_own(void)
{
    uint64_t size = (uint64_t)native_ext_apcu_ini.shm_size;
    struct native_ext_shm_attach *attach;
    zend_string *name;

    if (!*native_ext_apcu_tree_name()) { /* off at the start, and on for this pool alone */
        native_ext_apcu_tree_begin(native_ext_shm_folder());
        native_ext_apcu_tree_request();
    }
    name = zend_string_init(native_ext_apcu_tree_name(), strlen(native_ext_apcu_tree_name()), 0);
    attach = native_ext_shm_attach_open(name, size, 0, NATIVE_SHM_TRACK, false);
    if (!attach) {
        zend_clear_exception();
        attach = native_ext_shm_attach_open(name, 0, 0, NATIVE_SHM_TRACK, true);
    }
    zend_string_release_ex(name, 0);
    if (!attach)
        warn();
    return attach;
}

static void open_state(struct native_shm_segment *core)
{
    struct native_shm_object_open open = {
        .name = "apcu.state",
        .name_len = sizeof("apcu.state") - 1,
        .kind = NATIVE_SHM_OBJECT_USER,
        .body_size = sizeof(struct native_ext_apcu_state),
        .size = sizeof(struct native_ext_apcu_state),
    };
    struct native_shm_object *object;
    void *body;

    state = native_shm_object_open(core, &open, &object, &body) == NATIVE_SHM_OK ? body : NULL;
}

/* Who comes first clears away what killed processes left, and loads what was to be loaded. */
static void begin(void)
{
    uint32_t none = 0;

    if (!state || native_ext_apcu_ini.shared ||
        !atomic_compare_exchange_strong(&state->begun, &none, 1))
        return;
    native_ext_apcu_tree_sweep(native_ext_shm_folder());
    if (native_ext_apcu_ini.preload_path && *native_ext_apcu_ini.preload_path)
        native_ext_apcu_preload(native_ext_apcu_ini.preload_path);
}

static struct native_shm_segment *open_first(void)
{
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;

    if (failed || !native_ext_apcu_enabled())
        return NULL;
    attach = native_ext_apcu_ini.shared ? native_ext_shm_attach_default() : open_own();
    core = attach ? native_ext_shm_enter(attach) : NULL;
    if (!core) {
        failed = true;
        return NULL;
    }
    cache.attach = native_ext_shm_attach_use(attach);
    open_state(core);
    begin();
    return native_ext_shm_enter(attach);
}

struct native_shm_segment *native_ext_apcu_enter(void)
{
    return EXPECTED(cache.attach) ? native_ext_shm_enter(cache.attach) : open_first();
}

struct native_ext_shm_cache *native_ext_apcu_cache(void)
{
    return &cache;
}

struct native_ext_apcu_state *native_ext_apcu_state(void)
{
    return state;
}

/* A request that ended badly may have left it: by then ext/shm has forgotten who uses what. */
void native_ext_apcu_rinit(void)
{
    cache.attach = NULL;
    state = NULL;
    failed = false;
    native_ext_apcu_tree_request();
}

/* Leases that a fatal error has left go first: they know the segment. */
void native_ext_apcu_rshutdown(void)
{
    native_ext_shm_entry_rshutdown();
    if (cache.attach)
        native_ext_shm_attach_leave(cache.attach);
    cache.attach = NULL;
    state = NULL;
}
