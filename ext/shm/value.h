/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/value.h - PHP values as format and bytes (shm/format.h), and back.
 * Scalars, strings and arrays natively; what holds objects, or the same reference twice, through igbinary where it is
 * loaded, else serialize(). Everything that may run code of others happens here, before or after the core is asked. */
#ifndef NATIVE_EXT_SHM_VALUE_H
#define NATIVE_EXT_SHM_VALUE_H

#include "php.h"

#include "../compat.h"
#include "../../shm/format.h"
#include "flat.h"

/* What encode() made; free it in any case. */
struct native_ext_shm_encoded {
    const void *bytes;
    size_t len;
    uint32_t format;
    uint64_t number;         /* where an integer or a double lies */
    zend_string *string;     /* ours, or NULL */
    unsigned char *igbinary; /* ours, or NULL */
    struct native_ext_shm_bytes flat;
};

enum native_ext_shm_serializer {
    NATIVE_EXT_SHM_SERIALIZER_AUTO, /* igbinary if it is loaded */
    NATIVE_EXT_SHM_SERIALIZER_PHP,
    /* As apcu_* has it: the serializer alone decides what it takes, and throws its own exceptions; a resource gives a
     * warning and cannot be stored (its len is larger than any). */
    NATIVE_EXT_SHM_SERIALIZER_AUTO_ALONE,
    NATIVE_EXT_SHM_SERIALIZER_PHP_ALONE,
    /* And those above: one that is registered (registered.h), for apcu_* only. */
    NATIVE_EXT_SHM_SERIALIZER_REGISTERED,
};

/* Returns false after throwing (then, too, the caller frees). More than `most` bytes are no fault: len is then larger
 * than `most`, and bytes may be NULL. */
bool native_ext_shm_encode(struct native_ext_shm_encoded *encoded, zval *value, size_t most,
                           enum native_ext_shm_serializer serializer);
void native_ext_shm_encoded_free(struct native_ext_shm_encoded *encoded);

/* Turn bytes (8-aligned) into a value. Returns false after throwing; then `to` is unchanged. */
bool native_ext_shm_decode(uint32_t format, const void *bytes, size_t len, zval *to);

/* Whether igbinary can be called. */
bool native_ext_shm_has_igbinary(void);

/* refused.c: throw if there is a closure, a resource or an object that is not serializable in `value`, naming the place.
 * Returns whether it threw. Runs no code of others. */
bool native_ext_shm_refuse(zval *value);

#endif
