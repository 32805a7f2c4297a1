/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/cache_entry.c - Native\Shm\Cache::entry(): fetch a value, or make it, one process at a time. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cache.h"

#include "../../shm/format.h"
#include "fetch.h"
#include "value.h"
#include "wait.h"

/* A value that is being made in this process. A fatal error in the callback leaves it here: the end of the request
 * drops its lease. So it is malloc'ed, with its own copy of the key. */
struct making {
    struct making *next;
    struct native_ext_shm_attach *attach;
    struct native_shm_lease lease;
    char key[];
};

ZEND_TLS struct making *all;

static struct making *making_find(const struct native_ext_shm_attach *attach,
                                  const struct native_shm_key *key)
{
    for (struct making *making = all; making; making = making->next) {
        if (making->attach == attach && making->lease.key.hash == key->hash &&
            making->lease.key.len == key->len && memcmp(making->key, key->bytes, key->len) == 0)
            return making;
    }
    return NULL;
}

static struct making *making_begin(struct native_ext_shm_attach *attach,
                                   const struct native_shm_key *key)
{
    struct making *making = pemalloc(sizeof(*making) + key->len, 1);

    memset(&making->lease, 0, sizeof(making->lease));
    making->attach = attach;
    memcpy(making->key, key->bytes, key->len);
    making->lease.key = *key;
    making->lease.key.bytes = making->key;
    making->next = all;
    all = making;
    return making;
}

/* Give the lease back, if it is still ours, and forget it. */
static void making_end(struct making *making)
{
    struct native_shm_segment *core = native_ext_shm_enter(making->attach);
    struct making **at = &all;

    while (*at != making)
        at = &(*at)->next;
    *at = making->next;
    if (making->lease.token && core)
        native_shm_cache_drop_lease(core, &making->lease);
    pefree(making, 1);
}

void native_ext_shm_entry_rshutdown(void)
{
    while (all)
        making_end(all);
}

/* ---- making ----------------------------------------------------------------------------------------- */

static bool run(struct native_ext_shm_entry_call *call, zval *to)
{
    zval argument, result;

    ZVAL_UNDEF(&result);
    ZVAL_STR_COPY(&argument, call->name);
    call->fci.retval = &result;
    call->fci.params = &argument;
    call->fci.param_count = 1;
    zend_call_function(&call->fci, &call->fcc);
    zval_ptr_dtor(&argument);
    if (EG(exception) || Z_TYPE(result) == IS_UNDEF) {
        zval_ptr_dtor(&result);
        return false;
    }
    if (Z_ISREF(result))
        zend_unwrap_reference(&result);
    ZVAL_COPY_VALUE(to, &result);
    return true;
}

/* Make the value, and store it: with the lease, or without (`making` NULL). Returns false after throwing. */
static bool make(struct native_ext_shm_entry_call *call, struct making *making, zval *to)
{
    struct native_ext_shm_encoded encoded;
    struct native_shm_segment *core;
    bool good = run(call, to);

    if (!good)
        return false;
    core = native_ext_shm_enter(call->cache->attach);
    good = native_ext_shm_encode(&encoded, to, core ? core->size / 4 : 0, call->serializer);
    core = native_ext_shm_enter(call->cache->attach);
    if (good && core && encoded.len <= core->size / 4) {
        struct native_shm_value value = {.bytes = encoded.bytes,
                                         .len = encoded.len,
                                         .format = encoded.format,
                                         .ttl_ms = call->ttl_ms};

        if (making)
            native_shm_cache_store_leased(core, &making->lease, &value);
        else
            native_shm_cache_store(core, call->key, &value, NATIVE_SHM_SET);
    }
    native_ext_shm_encoded_free(&encoded);
    if (!good) {
        zval_ptr_dtor(to);
        ZVAL_UNDEF(to);
    }
    return good;
}

/* Try for the lease. Returns FOUND with the value made; MISSING: look again; THROWN. */
static enum native_ext_shm_fetched make_leased(struct native_ext_shm_entry_call *call,
                                               struct native_shm_segment *core, zval *to)
{
    struct making *making = making_begin(call->cache->attach, call->key);
    enum native_shm_status status =
        native_shm_cache_lease(core, call->key, call->lease_ms, &making->lease);
    enum native_ext_shm_fetched fetched;

    /* The core has put the caller's key there, which a bailout would take away. */
    making->lease.key = *call->key;
    making->lease.key.bytes = making->key;
    if (status == NATIVE_SHM_OK) {
        fetched = make(call, making, to) ? NATIVE_EXT_SHM_FOUND : NATIVE_EXT_SHM_THROWN;
        making_end(making);
        return fetched;
    }
    making->lease.token = 0;
    making_end(making);
    if (status == NATIVE_SHM_EXISTS)
        return NATIVE_EXT_SHM_MISSING;
    if (status == NATIVE_SHM_BUSY && !native_ext_shm_is_over(&call->deadline)) {
        native_shm_cache_wait_lease(core, call->key, native_ext_shm_slice_ms(&call->deadline));
        return native_ext_shm_between() ? NATIVE_EXT_SHM_MISSING : NATIVE_EXT_SHM_THROWN;
    }
    /* No room for a lease, or waited long enough. */
    return make(call, NULL, to) ? NATIVE_EXT_SHM_FOUND : NATIVE_EXT_SHM_THROWN;
}

void native_ext_shm_entry(struct native_ext_shm_entry_call *call, zval *to)
{
    bool first = true;

    for (;;) {
        struct native_shm_segment *core = native_ext_shm_cache_enter(call->cache);
        enum native_ext_shm_fetched fetched = NATIVE_EXT_SHM_MISSING;

        if (EG(exception))
            return;
        if (core)
            fetched = native_ext_shm_fetch(call->cache->attach, core, call->key, !first, to);
        first = false;
        if (fetched != NATIVE_EXT_SHM_MISSING)
            return;
        core = native_ext_shm_cache_enter(call->cache);
        if (!core || making_find(call->cache->attach, call->key)) {
            make(call, NULL, to);
            return;
        }
        if (make_leased(call, core, to) != NATIVE_EXT_SHM_MISSING)
            return;
    }
}

ZEND_METHOD(Native_Shm_Cache, entry)
{
    struct native_ext_shm_entry_call call = {.cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS)),
                                             .serializer = NATIVE_EXT_SHM_SERIALIZER_AUTO};
    double ttl = 0, lease = 30, wait = 0;
    struct native_shm_segment *core;
    struct native_ext_shm_key key;
    bool no_wait = true;

    ZEND_PARSE_PARAMETERS_START(2, 5)
    Z_PARAM_STR(call.name)
    Z_PARAM_FUNC(call.fci, call.fcc)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(ttl)
    Z_PARAM_DOUBLE(lease)
    Z_PARAM_DOUBLE_OR_NULL(wait, no_wait)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_ttl(ttl, 3, &call.ttl_ms) || !native_ext_shm_ttl(lease, 4, &call.lease_ms))
        RETURN_THROWS();
    if (call.lease_ms == 0) {
        zend_argument_value_error(4, "must be greater than 0");
        RETURN_THROWS();
    }
    if (!native_ext_shm_deadline_set(&call.deadline, no_wait ? lease : wait, false, 5))
        RETURN_THROWS();
    core = native_ext_shm_cache_enter(call.cache);
    if (EG(exception))
        RETURN_THROWS();
    if (!core) {
        run(&call, return_value);
        return;
    }
    if (!native_ext_shm_key_make(&key, call.cache, core, call.name, 1))
        RETURN_THROWS();
    call.key = &key.key;
    native_ext_shm_entry(&call, return_value);
    native_ext_shm_key_free(&key);
}
