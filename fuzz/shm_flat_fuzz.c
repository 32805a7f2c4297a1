/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_flat_fuzz.c - bytes become arrays of PHP in both ways (ext/shm/flat.h), are walked as PHP would, written again, and read
 * again: both ways and both rounds must agree. PHP itself is not there: only the layout of its memory (its headers), and the
 * few functions of it that are called, in a plain form below.
 *
 *   input: the flat bytes as they lie in the cache; damaged ones are the point
 * links: ext/shm/flat.c ext/shm/flat_expand.c ext/shm/flat_read.c */
#include "../ext/shm/flat.h"
#include "require.h"

#include <stdlib.h>

/* ---- what is called of PHP -------------------------------------------------------------------------- */

static const uint32_t no_slots[2] = {HT_INVALID_IDX, HT_INVALID_IDX};
const HashTable zend_empty_array = {.gc.refcount = 2,
                                    .gc.u.type_info = IS_ARRAY | GC_IMMUTABLE,
                                    .nTableMask = HT_MIN_MASK,
                                    .nTableSize = HT_MIN_SIZE,
                                    .nNextFreeElement = ZEND_LONG_MIN};
static zend_string one_char;
static zend_string *one_chars[256];
zend_string *zend_empty_string = &one_char;
zend_string *zend_one_char_string[256];

/* The first bytes of a zend_string hold one character and its NUL. */
static void make_chars(void)
{
    zend_empty_string = calloc(1, sizeof(zend_string));
    GC_TYPE_INFO(zend_empty_string) = GC_STRING | (IS_STR_INTERNED << GC_FLAGS_SHIFT);
    for (int i = 0; i < 256; i++) {
        one_chars[i] = calloc(1, sizeof(zend_string));
        GC_TYPE_INFO(one_chars[i]) = GC_STRING | (IS_STR_INTERNED << GC_FLAGS_SHIFT);
        ZSTR_LEN(one_chars[i]) = 1;
        ZSTR_VAL(one_chars[i])[0] = (char)i;
        zend_one_char_string[i] = one_chars[i];
    }
}

void *(_emalloc)(size_t size)
{
    return malloc(size);
}

void *_ecalloc(size_t count, size_t size)
{
    return calloc(count, size);
}

void *_erealloc2(void *at, size_t size, size_t copied)
{
    (void)copied;
    return realloc(at, size);
}

void *__zend_realloc(void *at, size_t size)
{
    return realloc(at, size);
}

void *_safe_emalloc(size_t count, size_t size, size_t more)
{
    return malloc(count * size + more);
}

void(_efree)(void *at)
{
    free(at);
}

zend_ulong zend_string_hash_func(zend_string *string)
{
    uint64_t hash = 5381;

    for (size_t i = 0; i < ZSTR_LEN(string); i++)
        hash = hash * 33 + (unsigned char)ZSTR_VAL(string)[i];
    return ZSTR_H(string) = hash | UINT64_C(0x8000000000000000);
}

bool zend_string_equal_val(const zend_string *one, const zend_string *two)
{
    return memcmp(ZSTR_VAL(one), ZSTR_VAL(two), ZSTR_LEN(one)) == 0;
}

uint32_t zend_array_count(HashTable *table)
{
    return table->nNumOfElements;
}

HashTable *_zend_new_array_0(void)
{
    HashTable *table = calloc(1, sizeof(*table));

    GC_SET_REFCOUNT(table, 1);
    GC_TYPE_INFO(table) = GC_ARRAY;
    table->nTableMask = HT_MIN_MASK;
    HT_SET_DATA_ADDR(table, no_slots);
    table->nTableSize = HT_MIN_SIZE;
    table->nNextFreeElement = ZEND_LONG_MIN;
    HT_FLAGS(table) = HASH_FLAG_UNINITIALIZED;
    return table;
}

void zend_hash_extend(HashTable *table, uint32_t size, bool packed)
{
    REQUIRE(HT_FLAGS(table) & HASH_FLAG_UNINITIALIZED);
    table->nTableSize = native_ext_shm_flat_slots(size);
    table->nTableMask = packed ? HT_MIN_MASK : HT_SIZE_TO_MASK(table->nTableSize);
    HT_FLAGS(table) = packed ? HASH_FLAG_PACKED | HASH_FLAG_STATIC_KEYS : HASH_FLAG_STATIC_KEYS;
    HT_SET_DATA_ADDR(table, malloc(packed ? HT_PACKED_SIZE_EX(table->nTableSize, HT_MIN_MASK)
                                          : HT_SIZE_EX(table->nTableSize, table->nTableMask)));
    if (!packed)
        HT_HASH_RESET(table);
}

static zval *add(HashTable *table, zend_string *key, zend_ulong h, zval *value)
{
    Bucket *to = table->arData + table->nNumUsed;
    uint32_t *slot = &HT_HASH(table, (uint32_t)h | table->nTableMask);

    REQUIRE(!HT_IS_PACKED(table) && table->nNumUsed < table->nTableSize);
    for (uint32_t i = *slot; i != HT_INVALID_IDX; i = Z_NEXT(table->arData[i].val)) {
        const Bucket *old = &table->arData[i];

        if (old->h == h && !old->key == !key && (!key || zend_string_equal_content(old->key, key)))
            return NULL;
    }
    to->val = *value;
    to->h = h;
    to->key = key ? zend_string_copy(key) : NULL;
    Z_NEXT(to->val) = *slot;
    *slot = table->nNumUsed++;
    table->nNumOfElements++;
    if (!key && (zend_long)h >= table->nNextFreeElement)
        table->nNextFreeElement = (zend_long)h < ZEND_LONG_MAX ? (zend_long)h + 1 : ZEND_LONG_MAX;
    return &to->val;
}

zval *zend_hash_add(HashTable *table, zend_string *key, zval *value)
{
    return add(table, key, zend_string_hash_val(key), value);
}

zval *zend_hash_index_add(HashTable *table, zend_ulong h, zval *value)
{
    return add(table, NULL, h, value);
}

static void let_go(zval *value)
{
    if (Z_TYPE_INFO_P(value) == IS_STRING_EX)
        zend_string_release(Z_STR_P(value));
    else if (Z_TYPE_INFO_P(value) == IS_ARRAY_EX)
        zend_array_destroy(Z_ARR_P(value));
}

void zend_array_destroy(HashTable *table)
{
    for (uint32_t i = 0; i < table->nNumUsed; i++) {
        let_go(HT_IS_PACKED(table) ? &table->arPacked[i] : &table->arData[i].val);
        if (!HT_IS_PACKED(table) && table->arData[i].key)
            zend_string_release(table->arData[i].key);
    }
    if (!(HT_FLAGS(table) & HASH_FLAG_UNINITIALIZED))
        free(HT_GET_DATA_ADDR(table));
    free(table);
}

void rc_dtor_func(zend_refcounted *counted)
{
    if (GC_TYPE(counted) == IS_ARRAY)
        zend_array_destroy((zend_array *)counted);
    else
        free(counted);
}

void zval_ptr_dtor(zval *value)
{
    let_go(value);
}

/* Neither references nor anything that is stored with them occur here. */
void _zend_hash_init(HashTable *table, uint32_t size, dtor_func_t destroy, bool persistent)
{
    (void)table, (void)size, (void)destroy, (void)persistent;
    abort();
}

zval *zend_hash_index_add_empty_element(HashTable *table, zend_ulong h)
{
    (void)table, (void)h;
    abort();
}

void zend_hash_destroy(HashTable *table)
{
    (void)table;
    abort();
}

void *_emalloc_56(void)
{
    return malloc(56);
}

void _efree_56(void *at)
{
    free(at);
}

/* ---- walking ---------------------------------------------------------------------------------------- */

static size_t sum;

static void look_string(const zend_string *string)
{
    for (size_t i = 0; i <= ZSTR_LEN(string); i++)
        sum += (unsigned char)ZSTR_VAL(string)[i];
    REQUIRE(ZSTR_VAL(string)[ZSTR_LEN(string)] == '\0');
}

static const zval *value_at(const zend_array *array, uint32_t i)
{
    return HT_IS_PACKED(array) ? &array->arPacked[i] : &array->arData[i].val;
}

/* Each slot's chain ends, and all elements are in one. */
static void look_hash(const zend_array *array)
{
    uint32_t found = 0;

    for (uint32_t slot = array->nTableMask; slot != 0; slot++) {
        uint32_t i = HT_HASH(array, slot);

        for (; i != HT_INVALID_IDX; i = Z_NEXT(array->arData[i].val)) {
            REQUIRE(i < array->nNumUsed && found < array->nNumUsed);
            found++;
        }
    }
    REQUIRE(found == array->nNumUsed);
}

static void look_array(const zend_array *array, unsigned depth)
{
    REQUIRE(GC_REFCOUNT(array) == 1 && array->nNumUsed == array->nNumOfElements);
    if (!HT_IS_PACKED(array))
        look_hash(array);
    for (uint32_t i = 0; i < array->nNumUsed; i++) {
        const zval *value = value_at(array, i);

        if (!HT_IS_PACKED(array) && array->arData[i].key)
            look_string(array->arData[i].key);
        if (Z_TYPE_P(value) == IS_STRING)
            look_string(Z_STR_P(value));
        else if (Z_TYPE_INFO_P(value) == IS_ARRAY_EX && depth < 2000)
            look_array(Z_ARR_P(value), depth + 1);
    }
}

static bool same_value(const zval *one, const zval *two, unsigned depth);

static bool same_array(const zend_array *one, const zend_array *two, unsigned depth)
{
    if (one->nNumUsed != two->nNumUsed || HT_IS_PACKED(one) != HT_IS_PACKED(two) ||
        one->nNextFreeElement != two->nNextFreeElement)
        return false;
    for (uint32_t i = 0; i < one->nNumUsed; i++) {
        if (!HT_IS_PACKED(one)) {
            const Bucket *a = &one->arData[i], *b = &two->arData[i];

            if (!a->key != !b->key || (a->key ? !zend_string_equals(a->key, b->key) : a->h != b->h))
                return false;
        }
        if (!same_value(value_at(one, i), value_at(two, i), depth))
            return false;
    }
    return true;
}

static bool same_value(const zval *one, const zval *two, unsigned depth)
{
    if (Z_TYPE_P(one) != Z_TYPE_P(two))
        return false;
    switch (Z_TYPE_P(one)) {
    case IS_STRING:
        return zend_string_equals(Z_STR_P(one), Z_STR_P(two));
    case IS_ARRAY:
        return depth > 2000 || same_array(Z_ARR_P(one), Z_ARR_P(two), depth + 1);
    case IS_LONG:
    case IS_DOUBLE:
        return Z_LVAL_P(one) == Z_LVAL_P(two);
    default:
        return true;
    }
}

/* ---- the target ------------------------------------------------------------------------------------- */

/* Arrays in place, in memory that has not one byte more. */
static void *expand(const void *bytes, size_t size, zend_array **array)
{
    uint64_t first = 0;
    size_t room;
    char *block;

    if (size >= 8)
        memcpy(&first, bytes, 8);
    room = native_ext_shm_flat_block(first, size);
    if (!room || room > (size_t)64 << 20)
        return NULL;
    block = malloc(room);
    memcpy(block, bytes, size);
    *array = native_ext_shm_flat_expand(block, size, room);
    if (*array)
        return block;
    free(block);
    return NULL;
}

static void write_again(zend_array *array)
{
    struct native_ext_shm_bytes bytes;
    enum native_ext_shm_flat_status status;
    zend_array *again = NULL;
    void *block;

    native_ext_shm_bytes_init(&bytes);
    status = native_ext_shm_flat_write(&bytes, array, 32 << 20, false);
    REQUIRE(status == NATIVE_EXT_SHM_FLAT_OK || status == NATIVE_EXT_SHM_FLAT_TOO_BIG);
    if (status == NATIVE_EXT_SHM_FLAT_OK) {
        block = expand(bytes.at, bytes.len, &again);
        REQUIRE(block && same_array(array, again, 0));
        look_array(again, 0);
        free(block);
    }
    native_ext_shm_bytes_free(&bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zend_array *array = NULL;
    void *block, *bytes;
    bool read;
    zval value;

    if (!one_chars[0])
        make_chars();
    bytes = malloc(size ? size : 1);
    memcpy(bytes, data, size);
    block = expand(bytes, size, &array);
    read = native_ext_shm_flat_read(bytes, size, &value);
    if (block) {
        look_array(array, 0);
        REQUIRE(native_ext_shm_flat_unused(block, size));
        if (read)
            REQUIRE(Z_TYPE_INFO(value) == IS_ARRAY_EX && same_array(array, Z_ARR(value), 0));
        write_again(array);
        GC_ADDREF(array);
        REQUIRE(!native_ext_shm_flat_unused(block, size));
    }
    if (read && Z_TYPE_INFO(value) == IS_ARRAY_EX) {
        look_array(Z_ARR(value), 0);
        write_again(Z_ARR(value));
    }
    if (read)
        let_go(&value);
    free(block);
    free(bytes);
    return 0;
}
