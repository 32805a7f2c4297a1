/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/entry.c - one entry: key, value, time to live. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include <time.h>

#include "ext/standard/basic_functions.h"
#include "zend_exceptions.h"

#include "../../shm/lock.h"
#include "../shm/exceptions.h"
#include "ini.h"

enum {
    TTL_MAX = 4 * 365 * 86400, /* seconds; what is longer is for ever */
    SWEEP_ENTRIES = 8,         /* looked at for apc.ttl by one store */
};

bool native_ext_apcu_key(struct native_ext_shm_key *to, const struct native_shm_segment *core,
                         zend_string *key)
{
    return ZSTR_LEN(key) <= NATIVE_SHM_KEY_MAX - 2 &&
           native_ext_shm_key_make(to, native_ext_apcu_cache(), core, key, 1);
}

/* ---- fetch ------------------------------------------------------------------------------------------ */

/* Bytes that cannot be read are no value; all else that was thrown is the business of the object's class. */
static bool got(enum native_ext_shm_fetched fetched)
{
    if (EXPECTED(fetched == NATIVE_EXT_SHM_FOUND))
        return true;
    if (EG(exception) && EG(exception)->ce == native_ext_shm_decode_exception_ce)
        zend_clear_exception();
    return false;
}

/* Called from within unserialize(), a fetch must not see the values that it has numbered: `serialize_lock` says so. */
bool native_ext_apcu_fetch(zend_string *name, zval *to)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    enum native_ext_shm_fetched fetched;
    struct native_ext_shm_key key;

    if (!core || !native_ext_apcu_key(&key, core, name))
        return false;
    BG(serialize_lock)++;
    fetched = native_ext_shm_fetch(native_ext_apcu_cache()->attach, core, &key.key, false, to);
    BG(serialize_lock)--;
    native_ext_shm_key_free(&key);
    return got(fetched);
}

bool native_ext_apcu_fetch_entry(struct native_shm_segment *core, zend_string *name,
                                 const struct native_shm_entry *entry, zval *to)
{
    struct native_ext_shm_attach *attach = native_ext_apcu_cache()->attach;
    enum native_ext_shm_fetched fetched;
    struct native_ext_shm_key key;

    if (!native_ext_apcu_key(&key, core, name))
        return false;
    BG(serialize_lock)++;
    fetched = native_ext_shm_fetch_view(attach, core, key.key.hash, &entry->view, to);
    if (fetched == NATIVE_EXT_SHM_MISSING)
        fetched = native_ext_shm_fetch(attach, core, &key.key, true, to);
    BG(serialize_lock)--;
    native_ext_shm_key_free(&key);
    return got(fetched);
}

/* ---- time to live ----------------------------------------------------------------------------------- */

/* The clock that gives entries the second in which they were stored. */
static int64_t wall_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool native_ext_apcu_ttl_ms(zend_long ttl, uint64_t *ttl_ms)
{
    int32_t seconds = (int32_t)(uint32_t)ttl; /* APCu keeps 32 bits */

    *ttl_ms = 0;
    if (seconds < 0)
        return false;
    if (seconds > 0 && seconds <= TTL_MAX)
        *ttl_ms = ((uint64_t)seconds + 1) * 1000 - (uint64_t)(wall_ms() % 1000);
    return true;
}

zend_long native_ext_apcu_ttl_of(const struct native_shm_segment *core,
                                 const struct native_shm_entry *entry)
{
    int64_t left_ms, lives_ms;

    if (!entry->view.expires)
        return 0;
    left_ms = (int64_t)(int32_t)(entry->view.expires - native_shm_clock(core)) * 125;
    lives_ms = wall_ms() + left_ms - (int64_t)entry->view.stored * 1000;
    return lives_ms >= 1500 ? (zend_long)((lives_ms - 500) / 1000) : 1;
}

uint32_t native_ext_apcu_accessed(const struct native_shm_entry *entry)
{
    return MAX(entry->accessed, entry->view.stored);
}

/* apc.ttl: each store looks at some entries, one after another, and removes those that nobody has read for long. Where
 * access times are not kept (the shared segment), none goes. */
static void sweep(struct native_shm_segment *core)
{
    ZEND_TLS struct native_shm_cursor cursor;
    ZEND_TLS uint64_t of;
    uint64_t attach = native_ext_apcu_cache()->attach->number;
    time_t now = time(NULL);
    char *bytes;

    if (!(core->flags & NATIVE_SHM_TRACK))
        return;
    if (of != attach) {
        memset(&cursor, 0, sizeof(cursor));
        of = attach;
    }
    bytes = emalloc(NATIVE_SHM_KEY_MAX);
    for (int i = 0; i < SWEEP_ENTRIES; i++) {
        struct native_shm_entry entry;
        struct native_shm_key key;

        if (native_shm_cache_next(core, &cursor, &entry, bytes) != NATIVE_SHM_OK) {
            memset(&cursor, 0, sizeof(cursor));
            break;
        }
        if (entry.view.expires || entry.pinned ||
            (zend_long)native_ext_apcu_accessed(&entry) + native_ext_apcu_ini.ttl >= (zend_long)now)
            continue;
        key.bytes = bytes;
        key.len = entry.key_len;
        key.hash = native_shm_hash(core, bytes, entry.key_len, 0);
        native_shm_cache_delete_view(core, &key, &entry.view);
    }
    efree(bytes);
}

/* ---- store ------------------------------------------------------------------------------------------ */

/* A guess, as in APCu: whether another process has stored this key within this second. */
static bool is_slam(uint64_t hash)
{
    struct native_ext_apcu_state *state = native_ext_apcu_state();
    uint64_t mine = (uint64_t)time(NULL) << 32 | (uint32_t)getpid();
    uint64_t last;

    if (!native_ext_apcu_ini.slam_defense || !state)
        return false;
    last = atomic_load_explicit(&state->last_store, memory_order_relaxed);
    if (atomic_load_explicit(&state->last_key, memory_order_relaxed) == hash &&
        last >> 32 == mine >> 32 && last != mine)
        return true;
    atomic_store_explicit(&state->last_key, hash, memory_order_relaxed);
    atomic_store_explicit(&state->last_store, mine, memory_order_relaxed);
    return false;
}

/* Stored, and over at once. */
static bool store_nothing(struct native_shm_segment *core, const struct native_shm_key *key,
                          enum native_shm_store_mode mode)
{
    struct native_shm_view view;

    if (mode == NATIVE_SHM_ADD && native_shm_cache_find(core, key, true, &view) == NATIVE_SHM_OK)
        return false;
    native_shm_cache_delete(core, key);
    return true;
}

static bool store_encoded(struct native_shm_segment *core,
                          const struct native_ext_shm_encoded *encoded, zend_string *name,
                          zend_long ttl, enum native_shm_store_mode mode)
{
    struct native_shm_value value = {
        .bytes = encoded->bytes, .len = encoded->len, .format = encoded->format};
    struct native_ext_shm_key key;
    bool stored = false;

    if (encoded->len > core->size / 4 || !native_ext_apcu_key(&key, core, name))
        return false;
    if (is_slam(key.key.hash))
        stored = false;
    else if (native_ext_apcu_ttl_ms(ttl, &value.ttl_ms))
        stored = native_shm_cache_store(core, &key.key, &value, mode) == NATIVE_SHM_OK;
    else
        stored = store_nothing(core, &key.key, mode);
    native_ext_shm_key_free(&key);
    if (native_ext_apcu_ini.ttl > 0)
        sweep(core);
    return stored;
}

bool native_ext_apcu_store(zend_string *name, zval *zv, zend_long ttl,
                           enum native_shm_store_mode mode)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    struct native_ext_shm_encoded encoded;
    bool stored = false, good;

    if (!core)
        return false;
    BG(serialize_lock)++;
    good = native_ext_shm_encode(&encoded, zv, core->size / 4, native_ext_apcu_serializer());
    BG(serialize_lock)--;
    /* Encoding may have run code of others: a fork, even. */
    if (good && (core = native_ext_apcu_enter()))
        stored = store_encoded(core, &encoded, name, ttl, mode);
    native_ext_shm_encoded_free(&encoded);
    return stored;
}

bool native_ext_apcu_delete(zend_string *name)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    struct native_ext_shm_key key;
    bool deleted;

    if (!core || !native_ext_apcu_key(&key, core, name))
        return false;
    deleted = native_shm_cache_delete(core, &key.key) == NATIVE_SHM_OK;
    native_ext_shm_key_free(&key);
    return deleted;
}
