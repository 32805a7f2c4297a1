/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat_read.c - from flat bytes to arrays: in place where PHP's memory looks the same, else one by one.
 *
 * In place, each array and string of the block gets one reference that nobody gives back. So PHP takes them for
 * values that somebody else uses, too: it copies before it writes, and never frees. Unlike immutable arrays, whose
 * users nobody counts, such a block tells when its last user is gone (all references are one again), and so daemons,
 * which have no end of request, can give its memory back. GC_NOT_COLLECTABLE keeps its arrays out of the
 * garbage collector's list of roots; there are no objects in it, so no cycle. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "flat.h"

#include "flat_hash.h"

/* The outer shape, checked. */
struct shape {
    const char *base;
    const struct native_ext_shm_flat_array *arrays;
    uint32_t count;
    const char *strings;
    size_t strings_len;
};

/* Check the header. The data of each array must lie before arrays_at: the walk over them sees to that. */
static bool get_shape(const void *bytes, size_t size, struct shape *shape)
{
    const struct native_ext_shm_flat_header *header = bytes;
    uint64_t arrays_len;

    if (size < sizeof(*header) || header->magic != NATIVE_EXT_SHM_FLAT_MAGIC ||
        header->layout != NATIVE_EXT_SHM_FLAT_LAYOUT || header->size != size)
        return false;
    arrays_len = (uint64_t)header->arrays * sizeof(struct native_ext_shm_flat_array);
    if (header->arrays_at < sizeof(*header) || header->arrays_at % 8 != 0 ||
        header->strings_at != header->arrays_at + arrays_len || header->strings_at > size)
        return false;
    shape->base = bytes;
    shape->arrays = (const void *)(shape->base + header->arrays_at);
    shape->count = header->arrays;
    shape->strings = shape->base + header->strings_at;
    shape->strings_len = size - header->strings_at;
    return true;
}

/* Where the elements of an array are, and how many slots its hash has. */
struct elements {
    const char *at;
    uint32_t slots; /* 0: packed */
    uint32_t count;
};

/* Find the elements of the next array; *at is where its data begins, and then where they end. */
static inline bool next_elements(const struct shape *shape,
                                 const struct native_ext_shm_flat_array *array, size_t *at,
                                 struct elements *elements)
{
    uint64_t end = (size_t)((const char *)shape->arrays - shape->base), hash_len, len;

    elements->count = array->elements;
    if (array->elements == 0 || array->elements > end / sizeof(struct native_ext_shm_flat_value))
        return false;
    elements->slots = array->packed ? 0 : native_ext_shm_flat_slots(array->elements);
    hash_len = array->packed ? 8 : (uint64_t)elements->slots * 8;
    len = hash_len + (uint64_t)array->elements * (array->packed
                                                      ? sizeof(struct native_ext_shm_flat_value)
                                                      : sizeof(struct native_ext_shm_flat_bucket));
    if (len > end - *at)
        return false;
    elements->at = shape->base + *at + hash_len;
    *at += len;
    return true;
}

/* The string at `place` as the bytes name it, or NULL. */
static inline struct native_ext_shm_flat_string *get_string(const struct shape *shape,
                                                            uint64_t place)
{
    struct native_ext_shm_flat_string *string;
    uint64_t at = place - 8;

    if (UNEXPECTED(at % 8 != 0 || at > shape->strings_len ||
                   shape->strings_len - at < sizeof(*string) + 1))
        return NULL;
    string = (struct native_ext_shm_flat_string *)(shape->strings + at);
    if (UNEXPECTED(string->references != 1 || string->type != NATIVE_EXT_SHM_FLAT_STRING_INFO ||
                   string->hash == 0 ||
                   string->len > shape->strings_len - at - sizeof(*string) - 1 ||
                   ((const char *)(string + 1))[string->len] != '\0'))
        return NULL;
    return string;
}

static zend_string *char_string(uint64_t value)
{
    return value == 256 ? ZSTR_EMPTY_ALLOC() : ZSTR_CHAR((zend_uchar)value);
}

/* ---- in place --------------------------------------------------------------------------------------- */

/* Whether this PHP has these bytes in memory. */
#define SAME(type, member, other_type, other_member)                                               \
    (offsetof(type, member) == offsetof(other_type, other_member))
#if SIZEOF_ZEND_LONG == 8
enum {
    IN_PLACE =
        sizeof(zend_array) == sizeof(struct native_ext_shm_flat_array) &&
        sizeof(zval) == sizeof(struct native_ext_shm_flat_value) &&
        sizeof(Bucket) == sizeof(struct native_ext_shm_flat_bucket) &&
        SAME(zval, u1.type_info, struct native_ext_shm_flat_value, type) &&
        SAME(zval, u2.next, struct native_ext_shm_flat_value, next) &&
        SAME(Bucket, h, struct native_ext_shm_flat_bucket, hash) &&
        SAME(Bucket, key, struct native_ext_shm_flat_bucket, key) &&
        SAME(zend_string, gc.refcount, struct native_ext_shm_flat_string, references) &&
        SAME(zend_string, gc.u.type_info, struct native_ext_shm_flat_string, type) &&
        SAME(zend_string, h, struct native_ext_shm_flat_string, hash) &&
        SAME(zend_string, len, struct native_ext_shm_flat_string, len) &&
        offsetof(zend_string, val) == sizeof(struct native_ext_shm_flat_string) &&
        IS_NULL == NATIVE_EXT_SHM_FLAT_NULL && IS_FALSE == NATIVE_EXT_SHM_FLAT_FALSE &&
        IS_TRUE == NATIVE_EXT_SHM_FLAT_TRUE && IS_LONG == NATIVE_EXT_SHM_FLAT_INT &&
        IS_DOUBLE == NATIVE_EXT_SHM_FLAT_DOUBLE && IS_STRING_EX == NATIVE_EXT_SHM_FLAT_STRING &&
        IS_ARRAY_EX == NATIVE_EXT_SHM_FLAT_ARRAY && IS_STRING == NATIVE_EXT_SHM_FLAT_CHAR &&
        IS_ARRAY == NATIVE_EXT_SHM_FLAT_EMPTY && GC_STRING == NATIVE_EXT_SHM_FLAT_STRING_INFO &&
        GC_FLAGS_SHIFT == 0 && HT_MIN_SIZE == NATIVE_EXT_SHM_FLAT_LEAST &&
        HT_MIN_MASK == (uint32_t)-2 && HT_SIZE_TO_MASK(8) == (uint32_t)-16 &&
        HT_INVALID_IDX == (uint32_t)-1 && Z_L(1) == INT64_C(1),
};
#else
enum { IN_PLACE = 0 };
#endif

/* Make one value PHP's. `parent` is the number of the array that it is in. */
static inline bool relocate_value(const struct shape *shape, zval *value, uint32_t parent)
{
    uint64_t old = (uint64_t)Z_LVAL_P(value);
    void *string;

    switch (Z_TYPE_INFO_P(value)) {
    case IS_NULL:
    case IS_FALSE:
    case IS_TRUE:
    case IS_LONG:
    case IS_DOUBLE:
        return true;
    case IS_STRING_EX:
        string = get_string(shape, old);
        Z_STR_P(value) = string;
        return string != NULL;
    case IS_ARRAY_EX:
        if (UNEXPECTED(old <= parent || old >= shape->count))
            return false;
        Z_ARR_P(value) = (zend_array *)shape->arrays + old;
        return true;
    case NATIVE_EXT_SHM_FLAT_CHAR:
        Z_STR_P(value) = char_string(old);
        return old <= 256;
    case NATIVE_EXT_SHM_FLAT_EMPTY:
        Z_ARR_P(value) = (zend_array *)&zend_empty_array;
        return true;
    default:
        return false;
    }
}

static bool relocate_packed(const struct shape *shape, const struct elements *elements,
                            uint32_t number, int64_t *next)
{
    zval *value = (zval *)elements->at;

    *next = MAX(*next, (int64_t)elements->count);

    memset((char *)value - 8, 0xff, 8);
    for (uint32_t i = 0; i < elements->count; i++) {
        if (UNEXPECTED(!relocate_value(shape, &value[i], number)))
            return false;
    }
    return true;
}

/* A slot names an element or none; an element names an earlier one or none: so no search runs for ever. */
static bool relocate_hash(const struct shape *shape, const struct elements *elements,
                          uint32_t number, bool *int_keys, int64_t *next)
{
    const uint32_t *hash = (const uint32_t *)elements->at - 2 * (size_t)elements->slots;
    Bucket *bucket = (Bucket *)elements->at;
    uint32_t wrong = 0;

    for (uint32_t i = 0; i < 2 * elements->slots; i++)
        wrong |= hash[i] + 1 > elements->count;
    if (UNEXPECTED(wrong))
        return false;
    for (uint32_t i = 0; i < elements->count; i++, bucket++) {
        uint64_t key = (uint64_t)(uintptr_t)bucket->key;

        if (UNEXPECTED(Z_NEXT(bucket->val) + 1 > i || !relocate_value(shape, &bucket->val, number)))
            return false;
        if (key) {
            *int_keys = false;
            bucket->key = (zend_string *)get_string(shape, key);
            if (UNEXPECTED(!bucket->key))
                return false;
        } else if ((int64_t)bucket->h >= *next) {
            *next = (int64_t)bucket->h < INT64_MAX ? (int64_t)bucket->h + 1 : INT64_MAX;
        }
    }
    return true;
}

/* Write PHP's header of an array over ours. */
static void make_header(zend_array *array, const struct elements *elements, int64_t next,
                        bool int_keys)
{
    GC_SET_REFCOUNT(array, 1);
    GC_TYPE_INFO(array) = GC_ARRAY | (GC_NOT_COLLECTABLE << GC_FLAGS_SHIFT);
    HT_FLAGS(array) =
        (elements->slots ? 0 : HASH_FLAG_PACKED) | (int_keys ? HASH_FLAG_STATIC_KEYS : 0);
    array->nTableMask = elements->slots ? HT_SIZE_TO_MASK(elements->slots) : HT_MIN_MASK;
    array->arData = (Bucket *)elements->at;
    array->nNumUsed = array->nNumOfElements = elements->count;
    array->nTableSize = native_ext_shm_flat_slots(elements->count);
    array->nInternalPointer = 0;
    array->nNextFreeElement = (zend_long)next;
    array->pDestructor = ZVAL_PTR_DTOR;
}

zend_array *native_ext_shm_flat_relocate(void *block, size_t size)
{
    size_t at = sizeof(struct native_ext_shm_flat_header);
    struct shape shape;

    if (!IN_PLACE || !get_shape(block, size, &shape) || shape.count == 0)
        return NULL;
    for (uint32_t i = 0; i < shape.count; i++) {
        int64_t next = shape.arrays[i].next;
        struct elements elements;
        bool int_keys = true;

        if (!next_elements(&shape, &shape.arrays[i], &at, &elements))
            return NULL;
        if (elements.slots ? !relocate_hash(&shape, &elements, i, &int_keys, &next)
                           : !relocate_packed(&shape, &elements, i, &next))
            return NULL;
        make_header((zend_array *)&shape.arrays[i], &elements, next, int_keys);
    }
    return (zend_array *)shape.arrays;
}

/* The strings of one array. */
static bool strings_unused(const zend_array *array)
{
    const Bucket *bucket = array->arData;

    if (HT_IS_PACKED(array)) {
        for (uint32_t i = 0; i < array->nNumUsed; i++) {
            const zval *value = &array->arPacked[i];

            if (Z_TYPE_INFO_P(value) == IS_STRING_EX && Z_REFCOUNT_P(value) != 1)
                return false;
        }
        return true;
    }
    for (uint32_t i = 0; i < array->nNumUsed; i++, bucket++) {
        if (bucket->key && GC_REFCOUNT(bucket->key) != 1)
            return false;
        if (Z_TYPE_INFO(bucket->val) == IS_STRING_EX && Z_REFCOUNT(bucket->val) != 1)
            return false;
    }
    return true;
}

bool native_ext_shm_flat_unused(const void *block)
{
    const struct native_ext_shm_flat_header *header = block;
    const zend_array *array = (const void *)((const char *)block + header->arrays_at);

    for (uint32_t i = 0; i < header->arrays; i++) {
        if (GC_REFCOUNT(&array[i]) != 1)
            return false;
    }
    for (uint32_t i = 0; i < header->arrays; i++) {
        if (!strings_unused(&array[i]))
            return false;
    }
    return true;
}

/* ---- one by one ------------------------------------------------------------------------------------- */

struct reader {
    struct shape shape;
    zend_array **made; /* by number; made from the last to the first */
};

/* The array of that number, for one use of it. */
static inline bool use_array(const struct reader *r, uint64_t number, uint32_t parent, zval *to)
{
    if (number <= parent || number >= r->shape.count)
        return false;
    GC_ADDREF(r->made[number]);
    ZVAL_ARR(to, r->made[number]);
    return true;
}

static inline zend_string *use_string(const struct reader *r, uint64_t place)
{
    const struct native_ext_shm_flat_string *from = get_string(&r->shape, place);
    zend_string *string;

    if (!from)
        return NULL;
    string = zend_string_init((const char *)(from + 1), from->len, 0);
#if SIZEOF_ZEND_LONG == 8
    ZSTR_H(string) = from->hash;
#endif
    return string;
}

static inline bool read_value(const struct reader *r, const struct native_ext_shm_flat_value *from,
                              uint32_t parent, zval *to)
{
    zend_string *string;
    double number;

    switch (from->type) {
    case NATIVE_EXT_SHM_FLAT_NULL:
        ZVAL_NULL(to);
        return true;
    case NATIVE_EXT_SHM_FLAT_FALSE:
    case NATIVE_EXT_SHM_FLAT_TRUE:
        ZVAL_BOOL(to, from->type == NATIVE_EXT_SHM_FLAT_TRUE);
        return true;
    case NATIVE_EXT_SHM_FLAT_INT:
        ZVAL_LONG(to, (zend_long)from->value);
        return true;
    case NATIVE_EXT_SHM_FLAT_DOUBLE:
        memcpy(&number, &from->value, sizeof(number));
        ZVAL_DOUBLE(to, number);
        return true;
    case NATIVE_EXT_SHM_FLAT_CHAR:
        if (from->value > 256)
            return false;
        ZVAL_INTERNED_STR(to, char_string(from->value));
        return true;
    case NATIVE_EXT_SHM_FLAT_STRING:
        string = use_string(r, from->value);
        if (!string)
            return false;
        ZVAL_NEW_STR(to, string);
        return true;
    case NATIVE_EXT_SHM_FLAT_EMPTY:
        ZVAL_EMPTY_ARRAY(to);
        return true;
    case NATIVE_EXT_SHM_FLAT_ARRAY:
        return use_array(r, from->value, parent, to);
    default:
        return false;
    }
}

static bool read_packed(const struct reader *r, const struct elements *elements, uint32_t number,
                        zend_array *to)
{
    const struct native_ext_shm_flat_value *from = (const void *)elements->at;
    bool good = true;

    zend_hash_real_init_packed(to);
    ZEND_HASH_FILL_PACKED(to)
    {
        for (uint32_t i = 0; i < elements->count; i++) {
            good = read_value(r, &from[i], number, __fill_val);
            if (!good)
                break;
            ZEND_HASH_FILL_NEXT();
        }
    }
    ZEND_HASH_FILL_END();
    return good;
}

/* A key that is there twice is not allowed. */
static bool add_value(const struct reader *r, const struct native_ext_shm_flat_bucket *bucket,
                      zend_array *to, zval *value)
{
    zend_string *key;
    bool added;

    if (!bucket->key)
        return zend_hash_index_add(to, (zend_ulong)bucket->hash, value) != NULL;
    key = use_string(r, bucket->key);
    if (!key)
        return false;
    added = zend_hash_add(to, key, value) != NULL;
    zend_string_release_ex(key, 0);
    return added;
}

static bool read_hash(const struct reader *r, const struct elements *elements, uint32_t number,
                      zend_array *to)
{
    const struct native_ext_shm_flat_bucket *bucket = (const void *)elements->at;

    zend_hash_real_init_mixed(to);
    for (uint32_t i = 0; i < elements->count; i++, bucket++) {
        zval value;

        if (!read_value(r, &bucket->value, number, &value))
            return false;
        if (!add_value(r, bucket, to, &value)) {
            zval_ptr_dtor(&value);
            return false;
        }
    }
    return true;
}

/* Make all arrays, the last (innermost) first; those made are in r->made, also on failure. */
static bool read_arrays(struct reader *r, struct elements *elements)
{
    size_t at = sizeof(struct native_ext_shm_flat_header);

    for (uint32_t i = 0; i < r->shape.count; i++) {
        if (!next_elements(&r->shape, &r->shape.arrays[i], &at, &elements[i]))
            return false;
    }
    for (uint32_t i = r->shape.count; i-- > 0;) {
        zend_array *array = zend_new_array(elements[i].count);

        r->made[i] = array;
        if (elements[i].slots ? !read_hash(r, &elements[i], i, array)
                              : !read_packed(r, &elements[i], i, array))
            return false;
        array->nNextFreeElement = MAX(array->nNextFreeElement, (zend_long)r->shape.arrays[i].next);
    }
    return true;
}

bool native_ext_shm_flat_read(const void *bytes, size_t size, zval *to)
{
    enum { FEW = 16 };
    struct elements few_elements[FEW], *elements = few_elements;
    zend_array *few_made[FEW];
    struct reader r;
    bool good;

    if (!get_shape(bytes, size, &r.shape))
        return false;
    if (r.shape.count == 0) {
        ZVAL_EMPTY_ARRAY(to);
        return true;
    }
    r.made = few_made;
    if (r.shape.count > FEW) {
        r.made = safe_emalloc(r.shape.count, sizeof(*r.made), 0);
        elements = safe_emalloc(r.shape.count, sizeof(*elements), 0);
    }
    memset(r.made, 0, r.shape.count * sizeof(*r.made));
    good = read_arrays(&r, elements);
    if (good)
        ZVAL_ARR(to, r.made[0]);
    for (uint32_t i = good ? 1 : 0; i < r.shape.count; i++) {
        if (r.made[i])
            zend_array_release(r.made[i]);
    }
    if (r.shape.count > FEW) {
        efree(r.made);
        efree(elements);
    }
    return good;
}
