/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/apcu.h - what the functions and the iterator share: the segment, and one entry at a time.
 *
 * Keys are those of Native\Shm\Cache without a namespace (ext/shm/cache.h): in the shared segment both see the same
 * entries. A key longer than it can be is one that is not there and cannot be stored.
 * Nothing here throws but what serializers and the classes of stored objects throw. */
#ifndef NATIVE_EXT_APCU_APCU_H
#define NATIVE_EXT_APCU_APCU_H

#include "php.h"

#include "../compat.h"
#include "../../shm/cache.h"
#include "../shm/cache.h"
#include "../shm/fetch.h"
#include "../shm/value.h"

/* What all processes of a segment keep besides entries; an object in it. */
struct native_ext_apcu_state {
    _Atomic uint32_t begun; /* somebody has swept and preloaded */
    _Atomic uint32_t reserved;
    _Atomic uint64_t last_key;                /* hash of the key stored last (apc.slam_defense) */
    _Atomic uint64_t last_store;              /* seconds << 32 | pid */
    _Atomic uint64_t start_time;              /* of the last clear; 0: none was */
    _Atomic uint64_t base[NATIVE_SHM_COUNTS]; /* what was counted until then */
};

/* The segment of this request, opened if need be. NULL: the cache is off, or there is no memory for one. */
struct native_shm_segment *native_ext_apcu_enter(void);
/* The same as a cache without a namespace; after enter() gave one. */
struct native_ext_shm_cache *native_ext_apcu_cache(void);
/* NULL: there is no room for it. */
struct native_ext_apcu_state *native_ext_apcu_state(void);

void native_ext_apcu_rinit(void);
void native_ext_apcu_rshutdown(void);

/* Make a key. False: it is too long. Free it with native_ext_shm_key_free(), if true. */
bool native_ext_apcu_key(struct native_ext_shm_key *to, const struct native_shm_segment *core,
                         zend_string *key);

/* Whether `to` was set. Not, when the key is not there, or its value threw. */
bool native_ext_apcu_fetch(zend_string *key, zval *to);
/* The value of what an iteration has found. */
bool native_ext_apcu_fetch_entry(struct native_shm_segment *core, zend_string *key,
                                 const struct native_shm_entry *entry, zval *to);

/* Store a value; ttl in seconds. */
bool native_ext_apcu_store(zend_string *key, zval *value, zend_long ttl,
                           enum native_shm_store_mode mode);
bool native_ext_apcu_delete(zend_string *key);

/* Milliseconds from now. An entry lives to the end of the second that is ttl seconds on. False: it is over already. */
bool native_ext_apcu_ttl_ms(zend_long ttl, uint64_t *ttl_ms);
/* The ttl that an entry was stored with. */
zend_long native_ext_apcu_ttl_of(const struct native_shm_segment *core,
                                 const struct native_shm_entry *entry);
/* When it was read last; when it was stored, if nobody has, or that is not kept. */
uint32_t native_ext_apcu_accessed(const struct native_shm_entry *entry);

/* serializer.c: the constant with which others register one; which one apc.serializer names; the names of all. */
void native_ext_apcu_serializer_minit(int module_number);
enum native_ext_shm_serializer native_ext_apcu_serializer(void);
zend_string *native_ext_apcu_serializer_names(void);

/* preload.c: store the files of apc.preload_path. */
void native_ext_apcu_preload(const char *path);

/* iterator.c */
void native_ext_apcu_iterator_minit(int module_number);
bool native_ext_apcu_iterator_is(const zend_object *object);
/* Remove all that it would still give. Returns false after throwing. */
bool native_ext_apcu_iterator_delete(zend_object *object);

#endif
