/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/cache.h - Native\Shm\Cache: what its files share.
 * A key in a namespace is stored as NUL, length of the namespace, namespace, key; a key of the plain cache as it is,
 * unless it begins with NUL: then NUL and a 0 are put before it. So no two keys are the same bytes. */
#ifndef NATIVE_EXT_SHM_CACHE_H
#define NATIVE_EXT_SHM_CACHE_H

#include "attach.h"
#include "../../shm/cache.h"
#include "value.h"
#include "wait.h"

struct native_ext_shm_cache {
    struct native_ext_shm_attach *attach;
    zend_string *prefix; /* of the stored keys; NULL: none */
    zend_object std;
};

extern zend_class_entry *native_ext_shm_cache_ce;

/* Set `to` to a new Cache. Throws for argument `number` if the namespace is too long. */
void native_ext_shm_cache_make(zval *to, struct native_ext_shm_attach *attach,
                               zend_string *namespace, uint32_t number);

static inline struct native_ext_shm_cache *native_ext_shm_cache_of(zend_object *object)
{
    return (struct native_ext_shm_cache *)((char *)object -
                                           offsetof(struct native_ext_shm_cache, std));
}

/* Throw that the object is not open. Returns NULL. */
struct native_shm_segment *native_ext_shm_cache_not_open(void);

/* The core's handle; NULL if there is none (all keys are missing then) or, after throwing, the object is not open. */
static zend_always_inline struct native_shm_segment *
native_ext_shm_cache_enter(struct native_ext_shm_cache *cache)
{
    return EXPECTED(cache->attach) ? native_ext_shm_enter(cache->attach)
                                   : native_ext_shm_cache_not_open();
}

/* A key as it is stored. Points to the caller's string, or into itself: it may not be moved. */
struct native_ext_shm_key {
    struct native_shm_key key;
    char *own; /* emalloc'ed, or NULL */
    char few[256];
};

/* A key that needs a prefix, or is too long. */
bool native_ext_shm_key_make_long(struct native_ext_shm_key *to,
                                  const struct native_ext_shm_cache *cache,
                                  const struct native_shm_segment *core, zend_string *key,
                                  uint32_t number);

/* Returns false after throwing a ValueError for argument `number`: too long. Free it, if true. */
static zend_always_inline bool native_ext_shm_key_make(struct native_ext_shm_key *to,
                                                       const struct native_ext_shm_cache *cache,
                                                       const struct native_shm_segment *core,
                                                       zend_string *key, uint32_t number)
{
    to->own = NULL;
    if (UNEXPECTED(cache->prefix || ZSTR_VAL(key)[0] == '\0' || ZSTR_LEN(key) > NATIVE_SHM_KEY_MAX))
        return native_ext_shm_key_make_long(to, cache, core, key, number);
    to->key.bytes = ZSTR_VAL(key);
    to->key.len = ZSTR_LEN(key);
    to->key.hash = native_shm_hash(core, ZSTR_VAL(key), ZSTR_LEN(key), 0);
    return true;
}

static inline void native_ext_shm_key_free(struct native_ext_shm_key *key)
{
    if (UNEXPECTED(key->own))
        efree(key->own);
}

/* The key that is stored as those bytes, as this cache's users know it; NULL: it is of another namespace. */
zend_string *native_ext_shm_key_plain(const struct native_ext_shm_cache *cache, const char *bytes,
                                      size_t len);

/* The array of Cache::keyInfo(). */
void native_ext_shm_entry_info(zval *to, const struct native_shm_segment *core,
                               const struct native_shm_entry *entry);

/* Add what Cache::info() tells to an array. */
void native_ext_shm_info_array(zval *to, const struct native_shm_info *info);

/* Set `to` to a CacheIterator (cache_iterator.c). */
void native_ext_shm_iterator_make(zval *to, struct native_ext_shm_cache *cache,
                                  zend_string *prefix);

/* One call of Cache::entry(), or of apcu_entry(). */
struct native_ext_shm_entry_call {
    struct native_ext_shm_cache *cache;
    zend_string *name; /* what the callback gets */
    const struct native_shm_key *key;
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
    uint64_t ttl_ms, lease_ms;
    struct native_ext_shm_deadline deadline; /* of waiting for others */
    enum native_ext_shm_serializer serializer;
};
/* Fetch the value, or have it made and stored (cache_entry.c). Throws what the callback and the serializer throw. */
void native_ext_shm_entry(struct native_ext_shm_entry_call *call, zval *to);

/* Leases of this request that are still held when it ends (cache_entry.c). */
void native_ext_shm_entry_rshutdown(void);

void native_ext_shm_cache_minit(void);
void native_ext_shm_iterator_minit(zend_class_entry *ce);

#endif
