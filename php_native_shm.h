/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* php_native_shm.h - shared memory of the `native` module, for other PHP extensions. Installed beside PHP's headers.
 *
 *     #include "ext/native/php_native_shm.h"
 *
 *     static const struct native_shm_api *shm;
 *     ...
 *     if (!shm) {
 *         shm = native_shm_api_find(NATIVE_SHM_API_VERSION);   // at the first use, not in MINIT: load order is free
 *     }
 *     if (shm) {
 *         shm->store(shm->default_segment(), "key", 3, "value", 5, 0);
 *     }
 *
 * Values are bytes: to PHP code (Native\Shm\Cache) they are strings, and its strings are bytes here. Nothing of this
 * needs more than a running request. A segment handle is good until the end of the request. */
#ifndef PHP_NATIVE_SHM_H
#define PHP_NATIVE_SHM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "php.h"

#define NATIVE_SHM_API_VERSION 1u

enum native_shm_api_status {
    NATIVE_SHM_API_OK = 0,
    NATIVE_SHM_API_MISSING,   /* no such key */
    NATIVE_SHM_API_TOO_SMALL, /* the buffer; *len says what it must have */
    NATIVE_SHM_API_OTHER,     /* the value is no string, the object is of another kind or size */
    NATIVE_SHM_API_FAILED,    /* no memory, no segment, or a lock was not to be had in time */
};

struct native_shm_api_segment;

struct native_shm_api {
    uint32_t version; /* of this table; later ones only add at the end */
    uint32_t size;    /* of this table, in bytes */

    /* The segment that all processes of this user have. NULL: there is none. */
    struct native_shm_api_segment *(*default_segment)(void);
    /* A named one, made if need be (size in bytes; 0: as it is). NULL: an exception was thrown. */
    struct native_shm_api_segment *(*open)(const char *name, size_t name_len, uint64_t size);

    /* The cache. Keys have up to 65536 bytes. ttl_ms 0: for ever. */
    enum native_shm_api_status (*fetch)(struct native_shm_api_segment *segment, const char *key,
                                        size_t key_len, void *buffer, size_t buffer_len,
                                        size_t *len);
    enum native_shm_api_status (*store)(struct native_shm_api_segment *segment, const char *key,
                                        size_t key_len, const void *bytes, size_t len,
                                        uint64_t ttl_ms);
    enum native_shm_api_status (*remove)(struct native_shm_api_segment *segment, const char *key,
                                         size_t key_len);
    /* Any PHP value, as Native\Shm\Cache stores and fetches it. fetch: *value is unchanged unless OK. */
    enum native_shm_api_status (*fetch_value)(struct native_shm_api_segment *segment,
                                              zend_string *key, zval *value);
    enum native_shm_api_status (*store_value)(struct native_shm_api_segment *segment,
                                              zend_string *key, zval *value, uint64_t ttl_ms);

    /* Memory of `size` bytes by name, zeroed when it is made, 64-byte aligned, at another address in each process. It
     * stays as long as the segment; what processes do in it is theirs to agree on (use C11 atomics). */
    enum native_shm_api_status (*root)(struct native_shm_api_segment *segment, const char *name,
                                       size_t name_len, uint64_t size, void **memory);
    /* A number by name: see Native\Shm\Counter. Atomic. */
    enum native_shm_api_status (*counter_add)(struct native_shm_api_segment *segment,
                                              const char *name, size_t name_len, int64_t by,
                                              int64_t *sum);
};

/* The one exported function: the table, or NULL when this build does not have that version. */
typedef const struct native_shm_api *(*native_shm_api_function)(uint32_t version);

/* Find it in the module, if that is loaded; NULL if not. */
static inline const struct native_shm_api *native_shm_api_find(uint32_t version)
{
    zend_module_entry *module =
        zend_hash_str_find_ptr(&module_registry, "native", sizeof("native") - 1);
    native_shm_api_function function = NULL;

    if (module && module->handle)
        function = (native_shm_api_function)DL_FETCH_SYMBOL(module->handle, "native_shm_api");
    return function ? function(version) : NULL;
}

#endif
