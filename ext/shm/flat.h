/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat.h - an array of PHP as bytes that do not depend on where they lie: scalars, strings, nested arrays.
 *
 *   header   {u32 magic, u32 room, u32 arrays, u32 strings}
 *   arrays   one after another: the outermost first, then those in it in the order of their elements, then those in these
 *            {u32 elements, u32 kind, i64 next} {u32 word} an element, padded to 8; then the items of the elements
 *   string   {u32 1, u32 0x16, u64 hash or 0, u64 length, bytes, NUL}, padded to 8
 *
 * A word says what an element is: value (4 bits), key (4 bits), and a number of 24 bits. Its items: first the key's
 * (a string; an integer; or the number of a string that was met before: the strings are counted from 0), then the value's
 * (a string, an integer, the bits of a double). Values of which the word says all have none. `kind` says how an array is made: LIST (keys 0, 1, 2 ...), KEYS (words and items say each key), or LIKE + n: the keys, all strings, are those of
 * the n-th array, an earlier one, in the same order. So a table of rows has its column names once.
 * Elements are in the order of the array, without holes. All numbers are in the byte order of the machine (the segment's
 * ABI key says which). `room` is what the arrays take in memory on a 64-bit machine, in units of 8 bytes.
 *
 * Where PHP's memory looks as that of 8.2 to 8.5 does on 64-bit machines, arrays are made behind a copy of the bytes,
 * whose strings are used where they are (flat_expand.c). Everybody else makes them one by one (flat_read.c).
 * The bytes are not trusted: both check whatever could lead out of them, and say no to it. A wrong hash or a key that is
 * there twice is not looked for: such an array finds less, and no more. */
#ifndef NATIVE_EXT_SHM_FLAT_H
#define NATIVE_EXT_SHM_FLAT_H

#include "php.h"

#include "../compat.h"

#define NATIVE_EXT_SHM_FLAT_MAGIC 0x32414c46u /* "FLA2" */

struct native_ext_shm_flat_header {
    uint32_t magic;
    uint32_t room;
    uint32_t arrays;  /* 0: the outermost one is empty */
    uint32_t strings; /* those that are here, each counted once */
};

struct native_ext_shm_flat_array {
    uint32_t elements; /* 1.. */
    uint32_t kind;
    int64_t next; /* the key that $array[] = would get */
};

enum native_ext_shm_flat_kind {
    NATIVE_EXT_SHM_FLAT_LIST = 0,
    NATIVE_EXT_SHM_FLAT_KEYS = 1,
    NATIVE_EXT_SHM_FLAT_LIKE = 2, /* and upwards */
};

enum native_ext_shm_flat_value {
    NATIVE_EXT_SHM_FLAT_NULL = 1,
    NATIVE_EXT_SHM_FLAT_FALSE,
    NATIVE_EXT_SHM_FLAT_TRUE,
    NATIVE_EXT_SHM_FLAT_LONG,   /* item: 8 bytes */
    NATIVE_EXT_SHM_FLAT_DOUBLE, /* item: 8 bytes */
    NATIVE_EXT_SHM_FLAT_SHORT,  /* the number is the integer, signed */
    NATIVE_EXT_SHM_FLAT_CHAR,   /* the number is a string's only byte; 256: there is none */
    NATIVE_EXT_SHM_FLAT_STRING, /* item: the string */
    NATIVE_EXT_SHM_FLAT_SEEN,   /* the number is that of a string met before */
    NATIVE_EXT_SHM_FLAT_EMPTY,  /* an array without elements */
    NATIVE_EXT_SHM_FLAT_ARRAY,  /* the next one of the arrays */
};

enum native_ext_shm_flat_key {
    NATIVE_EXT_SHM_FLAT_NO_KEY = 0,
    NATIVE_EXT_SHM_FLAT_INT_KEY,  /* item: 8 bytes */
    NATIVE_EXT_SHM_FLAT_NEW_KEY,  /* item: the string */
    NATIVE_EXT_SHM_FLAT_SEEN_KEY, /* item: 8 bytes, the number of a string met before */
};

struct native_ext_shm_flat_string {
    uint32_t references; /* 1 */
    uint32_t type;       /* 0x16 */
    uint64_t hash;       /* PHP's: DJBX33A, top bit set; 0: not known */
    uint64_t len;
};

#define NATIVE_EXT_SHM_FLAT_WORD(value, key, number)                                               \
    ((uint32_t)(value) | (uint32_t)(key) << 4 | (uint32_t)(number) << 8)
#define NATIVE_EXT_SHM_FLAT_WORD_VALUE(word) ((word)&15)
#define NATIVE_EXT_SHM_FLAT_WORD_KEY(word) ((word) >> 4 & 15)
#define NATIVE_EXT_SHM_FLAT_WORD_NUMBER(word) ((word) >> 8)
#define NATIVE_EXT_SHM_FLAT_NUMBER_MAX ((1u << 24) - 1)

/* In memory: an array, and what one element takes. */
enum {
    NATIVE_EXT_SHM_FLAT_ARRAY_SIZE = 56,
    NATIVE_EXT_SHM_FLAT_ZVAL_SIZE = 16,
    NATIVE_EXT_SHM_FLAT_BUCKET_SIZE = 32,
    NATIVE_EXT_SHM_FLAT_LEAST = 8, /* slots of the smallest hash */
    NATIVE_EXT_SHM_FLAT_STRING_INFO = 0x16,
};

static inline size_t native_ext_shm_flat_align(size_t bytes)
{
    return (bytes + 7) & ~(size_t)7;
}

/* Bytes of a string, with its header and what fills it up. */
static inline size_t native_ext_shm_flat_string_size(size_t len)
{
    return sizeof(struct native_ext_shm_flat_string) + native_ext_shm_flat_align(len + 1);
}

/* How many slots the hash of an array with so many elements has: a power of two. There are two u32 for each. */
static inline uint32_t native_ext_shm_flat_slots(uint32_t elements)
{
    return elements <= NATIVE_EXT_SHM_FLAT_LEAST
               ? (uint32_t)NATIVE_EXT_SHM_FLAT_LEAST
               : UINT32_C(2) << (31 - __builtin_clz(elements - 1));
}

/* Bytes of the elements of an array in memory, with the hash before them. */
static inline uint64_t native_ext_shm_flat_data_size(uint32_t elements, bool list)
{
    return list ? 8 + (uint64_t)elements * NATIVE_EXT_SHM_FLAT_ZVAL_SIZE
                : (uint64_t)native_ext_shm_flat_slots(elements) * 8 +
                      (uint64_t)elements * NATIVE_EXT_SHM_FLAT_BUCKET_SIZE;
}

/* ---- writing (flat.c) ------------------------------------------------------------------------------- */

enum native_ext_shm_flat_status {
    NATIVE_EXT_SHM_FLAT_OK = 0,
    NATIVE_EXT_SHM_FLAT_OTHER, /* objects, or references that occur twice: a serializer must do it */
    NATIVE_EXT_SHM_FLAT_REFUSED, /* a resource */
    NATIVE_EXT_SHM_FLAT_TOO_BIG,
};

/* Bytes that grow: the first some on the stack, then in a buffer that the thread keeps, then in the request's memory. */
struct native_ext_shm_bytes {
    char *at;
    size_t len;
    size_t room;
    uint64_t first[256];
};

static inline void native_ext_shm_bytes_init(struct native_ext_shm_bytes *bytes)
{
    bytes->at = (char *)bytes->first;
    bytes->len = 0;
    bytes->room = sizeof(bytes->first);
}

void native_ext_shm_bytes_free(struct native_ext_shm_bytes *bytes);

/* At the start of a request: what a fatal error left taken is free again. At the end of the process: give it back. */
void native_ext_shm_bytes_reset(void);
void native_ext_shm_bytes_mshutdown(void);

/* Write `array`, at most `most` bytes of it, to `bytes`, which is initialised and empty. `forget_next`: who reads it finds
 * the next keys from those that are there, as after unserialize(). Runs no code of others; allocates from the request's memory. */
enum native_ext_shm_flat_status native_ext_shm_flat_write(struct native_ext_shm_bytes *bytes,
                                                          zend_array *array, size_t most,
                                                          bool forget_next);

/* ---- reading in place (flat_expand.c) --------------------------------------------------------------- */

/* How large a block must be for `size` bytes that begin with `first`; 0: this PHP does not make arrays in place, or the
 * bytes are no array's. The sum is anything up to 2^36: they are not trusted. */
size_t native_ext_shm_flat_block(uint64_t first, size_t size);

/* Make arrays of the `size` bytes at the start of `block`, behind them and in place. The block is 8-aligned, has the
 * `room` that native_ext_shm_flat_block() says, belongs to the caller, and must stay as long as anything in it is used.
 * Each array and string in it has one reference that is the block's own, so PHP never frees or changes one. Returns the
 * outermost array, or NULL when the bytes are not allowed or are an empty array's (then `block` is spoilt: nothing in it
 * may be used). */
zend_array *native_ext_shm_flat_expand(void *block, size_t size, size_t room);

/* Whether nothing in a block is used from outside any more. */
bool native_ext_shm_flat_unused(const void *block, size_t size);

/* ---- reading one by one (flat_read.c) --------------------------------------------------------------- */

/* Make ordinary arrays from the bytes (8-aligned), on any layout. Returns false when they are not allowed; then `to` is
 * unchanged. */
bool native_ext_shm_flat_read(const void *bytes, size_t size, zval *to);

#endif
