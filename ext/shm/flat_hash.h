/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat_hash.h - the hash of flat arrays: the same as PHP's, on every machine.
 * Pure: no allocation but what zend_string_hash_val does to its string (it stores the hash there). */
#ifndef NATIVE_EXT_SHM_FLAT_HASH_H
#define NATIVE_EXT_SHM_FLAT_HASH_H

#include "flat.h"

/* DJBX33A of a string, 64 bits, top bit set. */
static inline uint64_t native_ext_shm_string_hash(zend_string *string)
{
#if SIZEOF_ZEND_LONG == 8
    return ZSTR_HASH(string);
#else
    uint64_t hash = 5381;

    for (size_t i = 0; i < ZSTR_LEN(string); i++)
        hash = hash * 33 + (unsigned char)ZSTR_VAL(string)[i];
    return hash | UINT64_C(0x8000000000000000);
#endif
}

/* How many slots the hash of an array with so many elements has: a power of two. There are two u32 for each. */
static inline uint32_t native_ext_shm_flat_slots(uint32_t elements)
{
    uint32_t slots = NATIVE_EXT_SHM_FLAT_LEAST;

    while (slots < elements)
        slots *= 2;
    return slots;
}

/* How many u32 before the elements the slot of a hash lies: 1.. 2 * slots. */
static inline uint32_t native_ext_shm_flat_back(uint64_t hash, uint32_t slots)
{
    return 0u - ((uint32_t)hash | (0u - 2 * slots));
}

#endif
