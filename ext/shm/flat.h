/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat.h - an array of PHP as one block of bytes that can be moved: scalars, strings, nested arrays.
 *
 *   0          header      32 bytes
 *   32         data        of each array, one after another: packed: 8 bytes, then 16 an element;
 *                          else the hash (two u32 a table slot), then 32 bytes an element
 *   arrays_at  arrays      56 bytes each, the outermost first; an array in an array comes after it
 *   strings_at strings     each {u32 1, u32 0x16, u64 hash, u64 length, bytes, NUL}, padded to 8
 *
 * Elements are in the order of the array, without holes. An element is {u64 value, u32 type, u32 next}, in a
 * hash followed by {u64 hash or integer key, u64 key: 0 or a string}. `next` chains elements of one hash slot and is
 * always an earlier one. Values: an integer, a double's bits, a string, an array (its number, so never an ancestor).
 * A string is its place behind strings_at, plus 8.
 * This is what PHP 8.2 to 8.5 have in memory on 64-bit machines (FLAT_LAYOUT 1): there a copy becomes usable by adding
 * addresses, see flat_read.c. Anybody else reads it element by element from this description. All numbers are in the
 * byte order of the machine (the segment's ABI key says which).
 * The bytes are not trusted: every reader here checks all that it follows, and says no to what this file does not
 * allow. Strings always have their hash: nobody writes to one but for its reference count. */
#ifndef NATIVE_EXT_SHM_FLAT_H
#define NATIVE_EXT_SHM_FLAT_H

#include "php.h"

#include "../compat.h"

#define NATIVE_EXT_SHM_FLAT_MAGIC 0x54414c46u /* "FLAT" */
enum {
    NATIVE_EXT_SHM_FLAT_LAYOUT = 1,
    NATIVE_EXT_SHM_FLAT_LEAST = 8, /* slots of the smallest hash */
};

struct native_ext_shm_flat_header {
    uint32_t magic;
    uint32_t layout;
    uint32_t size;   /* of all of it */
    uint32_t arrays; /* 0: the outermost one is empty */
    uint32_t arrays_at;
    uint32_t strings_at;
    uint32_t spare[2];
};

struct native_ext_shm_flat_array {
    uint32_t elements; /* 1.. */
    uint32_t packed;   /* 1: keys are 0, 1, 2 ... and there is no hash */
    int64_t next;      /* the key that $array[] = would get */
    uint64_t spare[5];
};

struct native_ext_shm_flat_value {
    uint64_t value;
    uint32_t type;
    uint32_t next; /* element before this one in the chain of its hash slot, or ~0 */
};

struct native_ext_shm_flat_bucket {
    struct native_ext_shm_flat_value value;
    uint64_t hash;
    uint64_t key;
};

struct native_ext_shm_flat_string {
    uint32_t references; /* 1 */
    uint32_t type;       /* 0x16 */
    uint64_t hash;
    uint64_t len;
};

enum native_ext_shm_flat_type {
    NATIVE_EXT_SHM_FLAT_NULL = 1,
    NATIVE_EXT_SHM_FLAT_FALSE,
    NATIVE_EXT_SHM_FLAT_TRUE,
    NATIVE_EXT_SHM_FLAT_INT,
    NATIVE_EXT_SHM_FLAT_DOUBLE,
    NATIVE_EXT_SHM_FLAT_CHAR = 6,  /* a string of one byte, which is the value; 256: of none */
    NATIVE_EXT_SHM_FLAT_EMPTY = 7, /* an array without elements */
    NATIVE_EXT_SHM_FLAT_STRING = 0x106,
    NATIVE_EXT_SHM_FLAT_ARRAY = 0x307,
};

enum { NATIVE_EXT_SHM_FLAT_STRING_INFO = 0x16 };

/* ---- writing (flat.c) ------------------------------------------------------------------------------- */

enum native_ext_shm_flat_status {
    NATIVE_EXT_SHM_FLAT_OK = 0,
    NATIVE_EXT_SHM_FLAT_OTHER, /* objects, or references that occur twice: a serializer must do it */
    NATIVE_EXT_SHM_FLAT_REFUSED, /* a resource */
    NATIVE_EXT_SHM_FLAT_TOO_BIG,
};

/* Bytes that grow, the first some on the stack. */
struct native_ext_shm_bytes {
    char *at;
    size_t len;
    size_t room;
    char first[2048];
};

static inline void native_ext_shm_bytes_init(struct native_ext_shm_bytes *bytes)
{
    bytes->at = bytes->first;
    bytes->len = 0;
    bytes->room = sizeof(bytes->first);
}

static inline void native_ext_shm_bytes_free(struct native_ext_shm_bytes *bytes)
{
    if (bytes->at != bytes->first)
        efree(bytes->at);
}

/* Room for `more` bytes behind what is there; contents undefined. */
char *native_ext_shm_bytes_extend(struct native_ext_shm_bytes *bytes, size_t more);

/* Write `array`, at most `most` bytes of it, to `bytes`, which is initialised and empty. Runs no code of others;
 * allocates from the request's memory. */
enum native_ext_shm_flat_status native_ext_shm_flat_write(struct native_ext_shm_bytes *bytes,
                                                          zend_array *array, size_t most);

/* ---- reading (flat_read.c) -------------------------------------------------------------------------- */

/* Turn a private copy of the bytes into arrays, in place: `block` is 8-aligned, belongs to the caller, and must stay as
 * long as anything in it is used. Each array and string in it has one reference that is the block's own, so PHP never
 * frees or changes one. Returns the outermost array, or NULL when the bytes are not allowed, hold an empty array, or
 * this PHP has another layout (then `block` is spoilt: nothing in it may be used). */
zend_array *native_ext_shm_flat_relocate(void *block, size_t size);

/* Whether nothing in a relocated block is used from outside any more. */
bool native_ext_shm_flat_unused(const void *block);

/* Make ordinary arrays from the bytes, element by element, on any layout. Returns false when the bytes are not
 * allowed; then `to` is unchanged. */
bool native_ext_shm_flat_read(const void *bytes, size_t size, zval *to);

#endif
