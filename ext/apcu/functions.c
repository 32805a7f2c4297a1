/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/functions.c - apcu_*: values. Parameters, warnings and what is returned are APCu's. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include "../../shm/format.h"
#include "../shm/wait.h"
#include "ini.h"

enum { LEASE_MS = 30000 };

ZEND_FUNCTION(apcu_enabled)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(native_ext_apcu_enabled());
}

/* ---- store ------------------------------------------------------------------------------------------ */

static void store_many(zval *failed, zend_array *values, zend_long ttl,
                       enum native_shm_store_mode mode)
{
    zend_string *key;
    zend_ulong index;
    zval *value, minus;

    ZVAL_LONG(&minus, -1);
    array_init(failed);
    ZEND_HASH_FOREACH_KEY_VAL(values, index, key, value)
    {
        key = key ? zend_string_copy(key) : zend_long_to_str((zend_long)index);
        ZVAL_DEREF(value);
        if (!native_ext_apcu_store(key, value, ttl, mode))
            zend_symtable_update(Z_ARRVAL_P(failed), key, &minus);
        zend_string_release(key);
        if (EG(exception))
            break;
    }
    ZEND_HASH_FOREACH_END();
}

static void store(INTERNAL_FUNCTION_PARAMETERS, enum native_shm_store_mode mode)
{
    zval *key, *value = NULL;
    zend_long ttl = 0;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_ZVAL(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(value)
    Z_PARAM_LONG(ttl)
    ZEND_PARSE_PARAMETERS_END();
    if (Z_TYPE_P(key) == IS_ARRAY) {
        store_many(return_value, Z_ARRVAL_P(key), ttl, mode);
    } else if (Z_TYPE_P(key) == IS_STRING) {
        RETURN_BOOL(value && native_ext_apcu_store(Z_STR_P(key), value, ttl, mode));
    } else {
        php_error_docref(
            NULL, E_WARNING,
            "apc_store expects key parameter to be a string or an array of key/value pairs.");
        RETURN_FALSE;
    }
}

ZEND_FUNCTION(apcu_store)
{
    store(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_SHM_SET);
}

ZEND_FUNCTION(apcu_add)
{
    store(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_SHM_ADD);
}

/* ---- integers --------------------------------------------------------------------------------------- */

static bool add_number(zend_string *name, zend_long by, zend_long ttl, int64_t *result)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    const int64_t start = 0;
    struct native_ext_shm_key key;
    enum native_shm_status status;
    uint64_t ttl_ms;
    bool lasts = native_ext_apcu_ttl_ms(ttl, &ttl_ms);

    if (!core || !native_ext_apcu_key(&key, core, name))
        return false;
    status = native_shm_cache_add_number(core, &key.key, NATIVE_SHM_FORMAT_INT, by,
                                         lasts ? &start : NULL, ttl_ms, result);
    native_ext_shm_key_free(&key);
    return status == NATIVE_SHM_OK;
}

static void inc(INTERNAL_FUNCTION_PARAMETERS, bool subtract)
{
    zend_long step = 1, ttl = 0;
    zval *success = NULL;
    zend_string *key;
    int64_t result;
    bool done;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_STR(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(step)
    Z_PARAM_ZVAL(success)
    Z_PARAM_LONG(ttl)
    ZEND_PARSE_PARAMETERS_END();
    if (subtract)
        step = (zend_long)(0 - (zend_ulong)step);
    done = add_number(key, step, ttl, &result);
    if (success)
        ZEND_TRY_ASSIGN_REF_BOOL(success, done);
    if (!done)
        RETURN_FALSE;
    RETURN_LONG((zend_long)result);
}

ZEND_FUNCTION(apcu_inc)
{
    inc(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

ZEND_FUNCTION(apcu_dec)
{
    inc(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

ZEND_FUNCTION(apcu_cas)
{
    struct native_shm_segment *core;
    enum native_shm_status status;
    struct native_ext_shm_key key;
    zend_long from, to;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_STR(name)
    Z_PARAM_LONG(from)
    Z_PARAM_LONG(to)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_apcu_enter();
    if (!core || !native_ext_apcu_key(&key, core, name))
        RETURN_FALSE;
    status = native_shm_cache_swap_number(core, &key.key, NATIVE_SHM_FORMAT_INT, from, to);
    native_ext_shm_key_free(&key);
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

/* ---- fetch ------------------------------------------------------------------------------------------ */

static void fetch_many(zval *found, zend_array *keys)
{
    zval *key, value;

    array_init(found);
    ZEND_HASH_FOREACH_VAL(keys, key)
    {
        ZVAL_DEREF(key);
        if (Z_TYPE_P(key) != IS_STRING)
            php_error_docref(NULL, E_WARNING, "apc_fetch() expects a string or array of strings.");
        else if (native_ext_apcu_fetch(Z_STR_P(key), &value))
            zend_hash_update(Z_ARRVAL_P(found), Z_STR_P(key), &value);
        if (EG(exception))
            break;
    }
    ZEND_HASH_FOREACH_END();
}

/* What is neither string nor array is made a string, as APCu does. NULL after throwing. */
static zend_string *key_of(zval *key)
{
    if (Z_TYPE_P(key) == IS_STRING)
        return zend_string_copy(Z_STR_P(key));
    return zval_try_get_string(key);
}

ZEND_FUNCTION(apcu_fetch)
{
    zval *key, *success = NULL;
    zend_string *name;
    bool found = true;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ZVAL(key)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(success)
    ZEND_PARSE_PARAMETERS_END();
    if (Z_TYPE_P(key) == IS_ARRAY) {
        fetch_many(return_value, Z_ARRVAL_P(key));
    } else {
        if (!(name = key_of(key)))
            RETURN_THROWS();
        found = native_ext_apcu_fetch(name, return_value);
        zend_string_release(name);
    }
    if (success)
        ZEND_TRY_ASSIGN_REF_BOOL(success, found);
    if (!found)
        RETURN_FALSE;
}

static bool exists(zend_string *name)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    struct native_ext_shm_key key;
    struct native_shm_view view;
    bool found;

    if (!core || !native_ext_apcu_key(&key, core, name))
        return false;
    found = native_shm_cache_find(core, &key.key, true, &view) == NATIVE_SHM_OK;
    native_ext_shm_key_free(&key);
    return found;
}

static void exists_many(zval *found, zend_array *keys)
{
    zval *key, yes;

    ZVAL_TRUE(&yes);
    array_init(found);
    ZEND_HASH_FOREACH_VAL(keys, key)
    {
        ZVAL_DEREF(key);
        if (Z_TYPE_P(key) != IS_STRING)
            php_error_docref(NULL, E_WARNING, "apc_exists() expects a string or array of strings.");
        else if (exists(Z_STR_P(key)))
            zend_hash_update(Z_ARRVAL_P(found), Z_STR_P(key), &yes);
    }
    ZEND_HASH_FOREACH_END();
}

ZEND_FUNCTION(apcu_exists)
{
    zend_string *name;
    zval *key;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ZVAL(key)
    ZEND_PARSE_PARAMETERS_END();
    if (Z_TYPE_P(key) == IS_ARRAY) {
        exists_many(return_value, Z_ARRVAL_P(key));
        return;
    }
    if (!(name = key_of(key)))
        RETURN_THROWS();
    RETVAL_BOOL(exists(name));
    zend_string_release(name);
}

/* ---- delete ----------------------------------------------------------------------------------------- */

static void warn_delete(void)
{
    php_error_docref(NULL, E_WARNING,
                     "apc_delete() expects a string, array of strings, or APCIterator instance");
}

static void delete_many(zval *left, zend_array *keys)
{
    zval *key;

    array_init(left);
    ZEND_HASH_FOREACH_VAL(keys, key)
    {
        ZVAL_DEREF(key);
        if (Z_TYPE_P(key) != IS_STRING)
            warn_delete();
        else if (native_ext_apcu_delete(Z_STR_P(key)))
            continue;
        Z_TRY_ADDREF_P(key);
        add_next_index_zval(left, key);
    }
    ZEND_HASH_FOREACH_END();
}

ZEND_FUNCTION(apcu_delete)
{
    zval *key;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ZVAL(key)
    ZEND_PARSE_PARAMETERS_END();
    if (Z_TYPE_P(key) == IS_STRING) {
        RETURN_BOOL(native_ext_apcu_delete(Z_STR_P(key)));
    } else if (Z_TYPE_P(key) == IS_ARRAY) {
        delete_many(return_value, Z_ARRVAL_P(key));
    } else if (Z_TYPE_P(key) == IS_OBJECT) {
        if (!native_ext_apcu_iterator_is(Z_OBJ_P(key))) {
            php_error_docref(NULL, E_ERROR,
                             "apc_delete object argument must be instance of APCUIterator.");
            RETURN_FALSE;
        }
        RETURN_BOOL(native_ext_apcu_iterator_delete(Z_OBJ_P(key)));
    } else {
        warn_delete();
        RETURN_FALSE;
    }
}

/* ---- entry ------------------------------------------------------------------------------------------ */

/* There is no memory, or the key is too long: the value is made each time. */
static void make_uncached(struct native_ext_shm_entry_call *call, zval *to)
{
    zval name;

    ZVAL_STR(&name, call->name);
    call->fci.retval = to;
    call->fci.params = &name;
    call->fci.param_count = 1;
    zend_call_function(&call->fci, &call->fcc);
    if (Z_ISREF_P(to))
        zend_unwrap_reference(to);
}

ZEND_FUNCTION(apcu_entry)
{
    struct native_ext_shm_entry_call call = {.cache = native_ext_apcu_cache(),
                                             .lease_ms = LEASE_MS,
                                             .serializer = native_ext_apcu_serializer()};
    struct native_shm_segment *core;
    struct native_ext_shm_key key;
    zend_long ttl = 0;

    ZEND_PARSE_PARAMETERS_START(2, 3)
    Z_PARAM_STR(call.name)
    Z_PARAM_FUNC(call.fci, call.fcc)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(ttl)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_apcu_enabled())
        return;
    core = native_ext_apcu_enter();
    if (!core || !native_ext_apcu_key(&key, core, call.name)) {
        make_uncached(&call, return_value);
        return;
    }
    if (!native_ext_apcu_ttl_ms(ttl, &call.ttl_ms))
        call.ttl_ms = 1; /* over before anybody else sees it */
    native_ext_shm_deadline_set(&call.deadline, LEASE_MS / 1000.0, false, 0);
    call.key = &key.key;
    native_ext_shm_entry(&call, return_value);
    native_ext_shm_key_free(&key);
}
