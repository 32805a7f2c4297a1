/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/info.c - apcu_*: about the cache, and clearing it. No lock is held while an array is made. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include <time.h>

#include "ini.h"

/* ---- clear ------------------------------------------------------------------------------------------ */

/* In the shared segment the namespaces of Native\Shm\Cache are not ours to clear. */
static void clear_plain(struct native_shm_segment *core)
{
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    char *bytes = emalloc(NATIVE_SHM_KEY_MAX);

    while (native_shm_cache_next(core, &cursor, &entry, bytes) == NATIVE_SHM_OK) {
        zend_string *plain =
            native_ext_shm_key_plain(native_ext_apcu_cache(), bytes, entry.key_len);
        struct native_shm_key key = {bytes, entry.key_len, 0};

        if (!plain)
            continue;
        zend_string_release(plain);
        key.hash = native_shm_hash(core, bytes, entry.key_len, 0);
        native_shm_cache_delete(core, &key);
    }
    efree(bytes);
}

/* Counting begins anew: what was counted so far is taken off from now on. */
static void reset_counts(struct native_shm_segment *core, struct native_ext_apcu_state *state)
{
    for (int i = 0; i < NATIVE_SHM_COUNTS; i++)
        atomic_store_explicit(&state->base[i], native_shm_count_sum(core, (enum native_shm_count)i),
                              memory_order_relaxed);
    atomic_store_explicit(&state->start_time, (uint64_t)time(NULL), memory_order_relaxed);
    atomic_store_explicit(&state->last_key, 0, memory_order_relaxed);
}

ZEND_FUNCTION(apcu_clear_cache)
{
    struct native_shm_segment *core;

    ZEND_PARSE_PARAMETERS_NONE();
    core = native_ext_apcu_enter();
    if (core && native_ext_apcu_ini.shared)
        clear_plain(core);
    else if (core)
        native_shm_cache_clear(core);
    if (core && native_ext_apcu_state())
        reset_counts(core, native_ext_apcu_state());
    RETURN_TRUE;
}

/* ---- one entry -------------------------------------------------------------------------------------- */

ZEND_FUNCTION(apcu_key_info)
{
    struct native_shm_segment *core;
    struct native_shm_entry entry;
    struct native_ext_shm_key key;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_apcu_enter();
    if (!core || !native_ext_apcu_key(&key, core, name))
        RETURN_NULL();
    if (native_shm_cache_look(core, &key.key, &entry) == NATIVE_SHM_OK) {
        array_init_size(return_value, 8);
        add_assoc_long(return_value, "hits", (zend_long)entry.hits);
        add_assoc_long(return_value, "access_time", (zend_long)native_ext_apcu_accessed(&entry));
        add_assoc_long(return_value, "mtime", (zend_long)entry.view.stored);
        add_assoc_long(return_value, "creation_time", (zend_long)entry.view.stored);
        add_assoc_long(return_value, "deletion_time", 0);
        add_assoc_long(return_value, "ttl", native_ext_apcu_ttl_of(core, &entry));
        add_assoc_long(return_value, "refs", 0);
    }
    native_ext_shm_key_free(&key);
}

static void add_entry(zval *list, const struct native_shm_segment *core,
                      const struct native_shm_entry *entry, zend_string *key)
{
    zval row;

    array_init_size(&row, 16);
    add_assoc_str(&row, "info", zend_string_copy(key));
    add_assoc_long(&row, "ttl", native_ext_apcu_ttl_of(core, entry));
    add_assoc_double(&row, "num_hits", (double)entry->hits);
    add_assoc_long(&row, "mtime", (zend_long)entry->view.stored);
    add_assoc_long(&row, "creation_time", (zend_long)entry->view.stored);
    add_assoc_long(&row, "deletion_time", 0);
    add_assoc_long(&row, "access_time", (zend_long)native_ext_apcu_accessed(entry));
    add_assoc_long(&row, "ref_count", 0);
    add_assoc_long(&row, "mem_size", (zend_long)entry->memory);
    add_next_index_zval(list, &row);
}

/* ---- all -------------------------------------------------------------------------------------------- */

/* Buckets of the index before those of a shard: buckets are what APCu calls slots. */
static zend_ulong buckets_before(const struct native_shm_segment *core, uint32_t shard)
{
    zend_ulong sum = 0;

    for (uint32_t i = 0; i < shard && i < core->shards; i++)
        sum += atomic_load_explicit(&core->shard[i].buckets, memory_order_relaxed);
    return sum;
}

static void add_lists(zval *to, struct native_shm_segment *core)
{
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    char *bytes = emalloc(NATIVE_SHM_KEY_MAX);
    zval list, gone, slots, one, *count;

    ZVAL_LONG(&one, 1);
    array_init(&list);
    array_init(&gone);
    array_init(&slots);
    while (native_shm_cache_next(core, &cursor, &entry, bytes) == NATIVE_SHM_OK) {
        zend_ulong slot = buckets_before(core, cursor.shard) + cursor.bucket;
        zend_string *key = native_ext_shm_key_plain(native_ext_apcu_cache(), bytes, entry.key_len);

        if (!key)
            continue;
        add_entry(&list, core, &entry, key);
        zend_string_release(key);
        count = zend_hash_index_find(Z_ARRVAL(slots), slot);
        if (count)
            Z_LVAL_P(count)++;
        else
            zend_hash_index_add_new(Z_ARRVAL(slots), slot, &one);
    }
    efree(bytes);
    add_assoc_zval(to, "cache_list", &list);
    add_assoc_zval(to, "deleted_list", &gone);
    add_assoc_zval(to, "slot_distribution", &slots);
}

/* Since the last clear. */
static double counted(const struct native_shm_info *info, enum native_shm_count which)
{
    struct native_ext_apcu_state *state = native_ext_apcu_state();
    uint64_t base = state ? atomic_load_explicit(&state->base[which], memory_order_relaxed) : 0;

    return info->counts[which] > base ? (double)(info->counts[which] - base) : 0.0;
}

static zend_long start_time(const struct native_shm_info *info)
{
    struct native_ext_apcu_state *state = native_ext_apcu_state();
    uint64_t since = state ? atomic_load_explicit(&state->start_time, memory_order_relaxed) : 0;

    return (zend_long)(since ? since : info->created);
}

ZEND_FUNCTION(apcu_cache_info)
{
    struct native_shm_segment *core;
    struct native_shm_info info;
    bool limited = false;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_BOOL(limited)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_apcu_enter();
    if (!core) {
        php_error_docref(NULL, E_WARNING,
                         "No APC info available.  Perhaps APC is not enabled? Check apc.enabled "
                         "in your ini file");
        RETURN_FALSE;
    }
    native_shm_cache_info(core, &info);
    array_init_size(return_value, 16);
    add_assoc_long(return_value, "num_slots", (zend_long)buckets_before(core, core->shards));
    add_assoc_long(return_value, "ttl", native_ext_apcu_ini.ttl);
    add_assoc_double(return_value, "num_hits", counted(&info, NATIVE_SHM_HITS));
    add_assoc_double(return_value, "num_misses", counted(&info, NATIVE_SHM_MISSES));
    add_assoc_double(return_value, "num_inserts", counted(&info, NATIVE_SHM_STORES));
    add_assoc_long(return_value, "num_entries", (zend_long)info.entries);
    add_assoc_double(return_value, "expunges", 0.0); /* entries go one by one, never all */
    add_assoc_long(return_value, "start_time", start_time(&info));
    add_assoc_double(return_value, "mem_size", (double)info.used);
    add_assoc_string(return_value, "memory_type", "mmap");
    if (!limited)
        add_lists(return_value, core);
}

ZEND_FUNCTION(apcu_sma_info)
{
    struct native_shm_segment *core;
    struct native_shm_info info;
    zval lists, list, block;
    bool limited = false;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_BOOL(limited)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_apcu_enter();
    if (!core) {
        php_error_docref(NULL, E_WARNING,
                         "No APC SMA info available.  Perhaps APC is disabled via apc.enabled?");
        RETURN_FALSE;
    }
    native_shm_cache_info(core, &info);
    array_init(return_value);
    add_assoc_long(return_value, "num_seg", 1);
    add_assoc_double(return_value, "seg_size", (double)info.memory);
    add_assoc_double(return_value, "avail_mem",
                     info.memory > info.used ? (double)(info.memory - info.used) : 0.0);
    if (limited)
        return;
    array_init(&block);
    add_assoc_long(&block, "size", (zend_long)info.largest_free);
    add_assoc_long(&block, "offset", 0);
    array_init(&list);
    add_next_index_zval(&list, &block);
    array_init(&lists);
    add_next_index_zval(&lists, &list);
    add_assoc_zval(return_value, "block_lists", &lists);
}
