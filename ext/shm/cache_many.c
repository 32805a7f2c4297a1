/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/cache_many.c - Native\Shm\Cache: many keys at a time, and what it tells about itself. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cache.h"

#include "../../shm/format.h"
#include "../../shm/lock.h"
#include "fetch.h"
#include "kept.h"
#include "value.h"
#include "wait.h"

/* ---- many ------------------------------------------------------------------------------------------- */

ZEND_METHOD(Native_Shm_Cache, fetchMany)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    zval *item, value;
    zend_array *keys;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY_HT(keys)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    array_init_size(return_value, zend_hash_num_elements(keys));
    ZEND_HASH_FOREACH_VAL(keys, item)
    {
        enum native_ext_shm_fetched fetched = NATIVE_EXT_SHM_MISSING;
        struct native_ext_shm_key key;
        zend_string *name, *tmp;

        name = zval_try_get_tmp_string(item, &tmp);
        if (!name)
            break;
        if (core && native_ext_shm_key_make(&key, cache, core, name, 1)) {
            fetched = native_ext_shm_fetch(cache->attach, core, &key.key, false, &value);
            native_ext_shm_key_free(&key);
            if (fetched == NATIVE_EXT_SHM_FOUND)
                zend_symtable_update(Z_ARRVAL_P(return_value), name, &value);
        }
        zend_tmp_string_release(tmp);
        if (EG(exception))
            break;
        core = native_ext_shm_cache_enter(cache); /* a value's own code may have run */
    }
    ZEND_HASH_FOREACH_END();
}

struct row {
    zend_string *name;
    struct native_ext_shm_encoded encoded;
};

/* Returns how many rows were begun; all are good if there is no exception. */
static uint32_t encode_rows(struct row *rows, zend_array *values, size_t most)
{
    zend_string *name;
    uint32_t count = 0;
    zend_ulong number;
    zval *value;

    ZEND_HASH_FOREACH_KEY_VAL(values, number, name, value)
    {
        struct row *row = &rows[count++];

        row->name = name ? zend_string_copy(name) : zend_long_to_str((zend_long)number);
        if (!native_ext_shm_encode(&row->encoded, value, most, NATIVE_EXT_SHM_SERIALIZER_AUTO))
            break;
    }
    ZEND_HASH_FOREACH_END();
    return count;
}

static bool store_row(struct native_ext_shm_cache *cache, struct native_shm_segment *core,
                      const struct row *row, uint64_t ttl_ms, bool pinned)
{
    struct native_shm_value value = {.bytes = row->encoded.bytes,
                                     .len = row->encoded.len,
                                     .format = row->encoded.format,
                                     .ttl_ms = ttl_ms,
                                     .pinned = pinned};
    struct native_ext_shm_key key;
    bool done;

    if (!core || row->encoded.len > core->size / 4 ||
        !native_ext_shm_key_make(&key, cache, core, row->name, 1))
        return false;
    done = native_shm_cache_store(core, &key.key, &value, NATIVE_SHM_SET) == NATIVE_SHM_OK;
    native_ext_shm_key_free(&key);
    return done;
}

ZEND_METHOD(Native_Shm_Cache, storeMany)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    uint32_t count = 0;
    struct row *rows;
    zend_array *values;
    bool pinned = false;
    uint64_t ttl_ms;
    double ttl = 0;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_ARRAY_HT(values)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(ttl)
    Z_PARAM_BOOL(pinned)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_ttl(ttl, 2, &ttl_ms))
        RETURN_THROWS();
    core = native_ext_shm_cache_enter(cache);
    array_init(return_value);
    GC_TRY_ADDREF(values); /* a value's own code may change the caller's array */
    rows = safe_emalloc(zend_hash_num_elements(values), sizeof(*rows), 1);
    count = encode_rows(rows, values, core ? core->size / 4 : 0);
    core = EG(exception) ? NULL : native_ext_shm_cache_enter(cache);
    for (uint32_t i = 0; i < count; i++) {
        if (!EG(exception) && !store_row(cache, core, &rows[i], ttl_ms, pinned))
            add_next_index_str(return_value, zend_string_copy(rows[i].name));
        native_ext_shm_encoded_free(&rows[i].encoded);
        zend_string_release(rows[i].name);
    }
    efree(rows);
    zend_array_release(values);
}

ZEND_METHOD(Native_Shm_Cache, deleteMany)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    zend_long count = 0;
    zend_array *keys;
    zval *item;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ARRAY_HT(keys)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    ZEND_HASH_FOREACH_VAL(keys, item)
    {
        struct native_ext_shm_key key;
        zend_string *name, *tmp;

        name = zval_try_get_tmp_string(item, &tmp);
        if (!name)
            RETURN_THROWS();
        if (core && native_ext_shm_key_make(&key, cache, core, name, 1)) {
            count += native_shm_cache_delete(core, &key.key) == NATIVE_SHM_OK;
            native_ext_shm_key_free(&key);
        }
        zend_tmp_string_release(tmp);
        if (EG(exception))
            RETURN_THROWS();
    }
    ZEND_HASH_FOREACH_END();
    RETURN_LONG(count);
}

/* ---- clear ------------------------------------------------------------------------------------------ */

/* Delete the entries of one namespace, by looking at all. */
static bool clear_namespace(struct native_ext_shm_cache *cache, struct native_shm_segment *core)
{
    struct native_shm_cursor cursor = {0, 0, 0, 0};
    struct native_shm_entry entry;
    char *bytes = emalloc(NATIVE_SHM_KEY_MAX);
    bool all = true;

    while (native_shm_cache_next(core, &cursor, &entry, bytes) == NATIVE_SHM_OK) {
        struct native_shm_key key = {bytes, entry.key_len, 0};

        if (entry.key_len < ZSTR_LEN(cache->prefix) ||
            memcmp(bytes, ZSTR_VAL(cache->prefix), ZSTR_LEN(cache->prefix)) != 0)
            continue;
        key.hash = native_shm_hash(core, bytes, entry.key_len, 0);
        if (native_shm_cache_delete(core, &key) == NATIVE_SHM_BUSY)
            all = false;
    }
    efree(bytes);
    return all;
}

ZEND_METHOD(Native_Shm_Cache, clear)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;

    ZEND_PARSE_PARAMETERS_NONE();
    core = native_ext_shm_cache_enter(cache);
    if (!core)
        RETURN_BOOL(cache->attach && !cache->attach->core);
    native_ext_shm_kept_forget(cache->attach->number);
    RETURN_BOOL(cache->prefix ? clear_namespace(cache, core)
                              : native_shm_cache_clear(core) == NATIVE_SHM_OK);
}

/* ---- information ------------------------------------------------------------------------------------ */

static const char *format_name(uint32_t format)
{
    switch (format) {
    case NATIVE_SHM_FORMAT_NULL:
        return "null";
    case NATIVE_SHM_FORMAT_FALSE:
    case NATIVE_SHM_FORMAT_TRUE:
        return "bool";
    case NATIVE_SHM_FORMAT_INT:
        return "int";
    case NATIVE_SHM_FORMAT_DOUBLE:
        return "float";
    case NATIVE_SHM_FORMAT_STRING:
        return "string";
    case NATIVE_SHM_FORMAT_ARRAY:
        return "array";
    case NATIVE_SHM_FORMAT_PHP:
        return "php";
    case NATIVE_SHM_FORMAT_IGBINARY:
        return "igbinary";
    default:
        return "other";
    }
}

void native_ext_shm_entry_info(zval *to, const struct native_shm_segment *core,
                               const struct native_shm_entry *entry)
{
    bool tracked = (core->flags & NATIVE_SHM_TRACK) != 0;

    array_init_size(to, 8);
    add_assoc_string(to, "format", format_name(entry->view.format));
    add_assoc_long(to, "bytes", (zend_long)entry->view.value_len);
    add_assoc_long(to, "memory", (zend_long)entry->memory);
    add_assoc_long(to, "stored", (zend_long)entry->view.stored);
    if (entry->view.expires)
        add_assoc_double(to, "ttl",
                         (double)(int32_t)(entry->view.expires - native_shm_clock(core)) / 8);
    else
        add_assoc_null(to, "ttl");
    add_assoc_bool(to, "pinned", entry->pinned);
    if (tracked) {
        add_assoc_long(to, "hits", (zend_long)entry->hits);
        add_assoc_long(to, "accessed", (zend_long)entry->accessed);
    } else {
        add_assoc_null(to, "hits");
        add_assoc_null(to, "accessed");
    }
}

static const struct {
    const char *name;
    enum native_shm_count which;
} counts[] = {
    {"hits", NATIVE_SHM_HITS},           {"misses", NATIVE_SHM_MISSES},
    {"stores", NATIVE_SHM_STORES},       {"deletes", NATIVE_SHM_DELETES},
    {"evictions", NATIVE_SHM_EVICTIONS}, {"expirations", NATIVE_SHM_EXPIRATIONS},
    {"busy", NATIVE_SHM_BUSY_COUNT},     {"repairs", NATIVE_SHM_REPAIRS},
    {"retries", NATIVE_SHM_RETRIES},     {"evict_steps", NATIVE_SHM_EVICT_STEPS},
};

void native_ext_shm_info_array(zval *to, const struct native_shm_info *info)
{
    add_assoc_long(to, "size", (zend_long)info->size);
    add_assoc_long(to, "memory", (zend_long)info->memory);
    add_assoc_long(to, "used", (zend_long)info->used);
    add_assoc_long(to, "index", (zend_long)info->index);
    add_assoc_long(to, "largest_free", (zend_long)info->largest_free);
    add_assoc_long(to, "value_bytes", (zend_long)info->value_bytes);
    add_assoc_long(to, "entries", (zend_long)info->entries);
    add_assoc_long(to, "participants", (zend_long)info->participants);
    add_assoc_long(to, "created", (zend_long)info->created);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        add_assoc_long(to, counts[i].name, (zend_long)info->counts[counts[i].which]);
}

ZEND_METHOD(Native_Shm_Cache, info)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_info info = {0};
    struct native_shm_segment *core;

    ZEND_PARSE_PARAMETERS_NONE();
    core = native_ext_shm_cache_enter(cache);
    if (core)
        native_shm_cache_info(core, &info);
    array_init(return_value);
    native_ext_shm_info_array(return_value, &info);
}
