/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/registered.h - serializers that other extensions have registered (ext/apcu/serializer.c says how).
 * Their values are of format NATIVE_SHM_FORMAT_OTHER: the serializer's name, NUL, its bytes. A process that has no
 * serializer of that name cannot read them, and says so.
 * Memory: a table of fixed size. Written while modules start, by one thread; read only from then on. */
#ifndef NATIVE_EXT_SHM_REGISTERED_H
#define NATIVE_EXT_SHM_REGISTERED_H

#include "php.h"

#include "../compat.h"
#include "value.h"

/* As apc_serializer.h has them. They return 1 when it worked; *bytes is emalloc'ed. */
typedef int (*native_ext_shm_registered_serialize)(unsigned char **bytes, size_t *len,
                                                   const zval *value, void *config);
typedef int (*native_ext_shm_registered_unserialize)(zval *value, unsigned char *bytes, size_t len,
                                                     void *config);

struct native_ext_shm_registered {
    const char *name; /* lasts as long as the process */
    native_ext_shm_registered_serialize serialize;
    native_ext_shm_registered_unserialize unserialize;
    void *config;
};

/* Returns false when the table is full, or the name is empty, too long or taken. */
bool native_ext_shm_registered_add(const struct native_ext_shm_registered *serializer);

/* What encode() shall be told to use the one of that name. Returns false when there is none. */
bool native_ext_shm_registered_find(const char *name, enum native_ext_shm_serializer *serializer);

/* The modules end: their functions go. */
void native_ext_shm_registered_clear(void);

/* The n-th one's name; NULL behind the last. */
const char *native_ext_shm_registered_name(unsigned n);

/* NULL: the serializer does not take this value (there may be an exception). The caller's string. */
zend_string *native_ext_shm_registered_write(enum native_ext_shm_serializer serializer,
                                             zval *value);

/* Returns NULL when `to` was set, else why not (in words, good until the next call in this thread). */
const char *native_ext_shm_registered_read(const void *bytes, size_t len, zval *to);

#endif
