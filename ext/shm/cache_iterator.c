/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/cache_iterator.c - Native\Shm\CacheIterator: all entries, one at a time, without a lock. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cache.h"

#include "../../shm/format.h"
#include "fetch.h"
#include "segment.h"

struct iterator {
    zend_object *cache;
    zend_string *prefix; /* of plain keys */
    zend_string *key;    /* plain; NULL: at the end */
    char *stored;        /* the key as it is stored; NATIVE_SHM_KEY_MAX bytes */
    struct native_shm_cursor cursor;
    struct native_shm_entry entry;
    bool begun;
    zend_object std;
};

static zend_class_entry *iterator_ce;
static zend_object_handlers handlers;

static struct iterator *iterator_of(zend_object *object)
{
    return (struct iterator *)((char *)object - offsetof(struct iterator, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct iterator *it = zend_object_alloc(sizeof(*it), ce);

    memset(it, 0, offsetof(struct iterator, std));
    zend_object_std_init(&it->std, ce);
    it->std.handlers = &handlers;
    return &it->std;
}

static void free_object(zend_object *object)
{
    struct iterator *it = iterator_of(object);

    if (it->cache)
        OBJ_RELEASE(it->cache);
    if (it->prefix)
        zend_string_release_ex(it->prefix, 0);
    if (it->key)
        zend_string_release_ex(it->key, 0);
    if (it->stored)
        efree(it->stored);
    zend_object_std_dtor(object);
}

void native_ext_shm_iterator_make(zval *to, struct native_ext_shm_cache *cache, zend_string *prefix)
{
    struct iterator *it;

    object_init_ex(to, iterator_ce);
    it = iterator_of(Z_OBJ_P(to));
    it->cache = &cache->std;
    GC_ADDREF(it->cache);
    it->prefix = zend_string_copy(prefix);
    it->stored = emalloc(NATIVE_SHM_KEY_MAX);
}

static struct native_shm_segment *enter(struct iterator *it)
{
    if (it->cache)
        return native_ext_shm_cache_enter(native_ext_shm_cache_of(it->cache));
    zend_throw_error(NULL, "The CacheIterator is not open");
    return NULL;
}

/* Go to the next entry of this namespace whose key begins with the prefix. */
static void advance(struct iterator *it)
{
    struct native_shm_segment *core = enter(it);

    if (it->key)
        zend_string_release_ex(it->key, 0);
    it->key = NULL;
    it->begun = true;
    while (core &&
           native_shm_cache_next(core, &it->cursor, &it->entry, it->stored) == NATIVE_SHM_OK) {
        zend_string *key;

        if (it->entry.view.format == NATIVE_SHM_FORMAT_LEASE)
            continue;
        key = native_ext_shm_key_plain(native_ext_shm_cache_of(it->cache), it->stored,
                                       it->entry.key_len);
        if (key && zend_string_starts_with(key, it->prefix)) {
            it->key = key;
            return;
        }
        if (key)
            zend_string_release_ex(key, 0);
    }
}

static struct iterator *begun(zend_object *object)
{
    struct iterator *it = iterator_of(object);

    if (!it->begun)
        advance(it);
    return it;
}

static struct native_shm_key stored_key(const struct iterator *it,
                                        const struct native_shm_segment *core)
{
    struct native_shm_key key = {it->stored, it->entry.key_len, 0};

    key.hash = native_shm_hash(core, key.bytes, key.len, 0);
    return key;
}

ZEND_METHOD(Native_Shm_CacheIterator, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Shm_CacheIterator, rewind)
{
    struct iterator *it = iterator_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    memset(&it->cursor, 0, sizeof(it->cursor));
    advance(it);
}

ZEND_METHOD(Native_Shm_CacheIterator, next)
{
    ZEND_PARSE_PARAMETERS_NONE();
    advance(begun(Z_OBJ_P(ZEND_THIS)));
}

ZEND_METHOD(Native_Shm_CacheIterator, valid)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(begun(Z_OBJ_P(ZEND_THIS))->key != NULL);
}

ZEND_METHOD(Native_Shm_CacheIterator, key)
{
    struct iterator *it = begun(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (it->key)
        RETURN_STR_COPY(it->key);
    RETURN_EMPTY_STRING();
}

ZEND_METHOD(Native_Shm_CacheIterator, current)
{
    struct iterator *it = begun(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    struct native_ext_shm_cache *cache;
    struct native_shm_key key;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!it->key || !(core = enter(it)))
        return;
    cache = native_ext_shm_cache_of(it->cache);
    key = stored_key(it, core);
    if (native_ext_shm_fetch_view(cache->attach, core, key.hash, &it->entry.view, return_value) ==
        NATIVE_EXT_SHM_MISSING)
        native_ext_shm_fetch(cache->attach, core, &key, true, return_value);
}

ZEND_METHOD(Native_Shm_CacheIterator, info)
{
    struct iterator *it = begun(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;

    ZEND_PARSE_PARAMETERS_NONE();
    if (it->key && (core = enter(it)))
        native_ext_shm_entry_info(return_value, core, &it->entry);
}

ZEND_METHOD(Native_Shm_CacheIterator, delete)
{
    struct iterator *it = begun(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    struct native_shm_key key;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!it->key || !(core = enter(it)))
        RETURN_FALSE;
    key = stored_key(it, core);
    RETURN_BOOL(native_shm_cache_delete_view(core, &key, &it->entry.view) == NATIVE_SHM_OK);
}

void native_ext_shm_iterator_minit(zend_class_entry *ce)
{
    iterator_ce = ce;
    iterator_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct iterator, std), free_object);
}
