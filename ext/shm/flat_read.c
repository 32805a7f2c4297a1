/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat_read.c - from flat bytes to ordinary arrays, one by one, on any layout of PHP's memory.
 * For small arrays, messages, and where no block is to be had (flat_expand.c says what damaged bytes cannot do; here every
 * item is looked for before it is read). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "flat.h"

enum { FEW = 32 };

struct reader {
    const char *at; /* the next item */
    const char *end;
    zend_array **arrays; /* by number; each is in the one before, so the first has all */
    uint32_t count, used;
    zend_string **
        strings; /* those that were met; the values and keys made of them have references of their own */
    uint32_t string_count, strings_used;
};

/* ---- values ----------------------------------------------------------------------------------------- */

static bool take_8(struct reader *r, uint64_t *item)
{
    if (r->end - r->at < (ptrdiff_t)sizeof(*item))
        return false;
    memcpy(item, r->at, sizeof(*item));
    r->at += sizeof(*item);
    return true;
}

/* The string that is the next item, with a reference for the caller; or NULL. */
static zend_string *take_string(struct reader *r)
{
    const struct native_ext_shm_flat_string *from = (const void *)r->at;
    size_t left = (size_t)(r->end - r->at);
    zend_string *string;

    if (left < sizeof(*from) + 8 || from->len >= left - sizeof(*from) ||
        r->strings_used == r->string_count)
        return NULL;
    string = zend_string_init((const char *)(from + 1), (size_t)from->len, 0);
#if SIZEOF_ZEND_LONG == 8
    ZSTR_H(string) = from->hash;
#endif
    r->strings[r->strings_used++] = string;
    r->at += native_ext_shm_flat_string_size((size_t)from->len);
    return string;
}

static zend_string *seen_string(struct reader *r, uint64_t number)
{
    return number < r->strings_used ? zend_string_copy(r->strings[number]) : NULL;
}

static bool put_string(zval *to, zend_string *string)
{
    if (string)
        ZVAL_STR(to, string);
    return string != NULL;
}

/* The next array, still empty. */
static bool put_array(struct reader *r, zval *to)
{
    if (r->used == r->count)
        return false;
    r->arrays[r->used] = zend_new_array(0);
    ZVAL_ARR(to, r->arrays[r->used++]);
    return true;
}

static bool read_value(struct reader *r, uint32_t word, zval *to)
{
    uint32_t number = NATIVE_EXT_SHM_FLAT_WORD_NUMBER(word);
    uint64_t bits;

    switch (NATIVE_EXT_SHM_FLAT_WORD_VALUE(word)) {
    case NATIVE_EXT_SHM_FLAT_NULL:
        ZVAL_NULL(to);
        return true;
    case NATIVE_EXT_SHM_FLAT_FALSE:
    case NATIVE_EXT_SHM_FLAT_TRUE:
        ZVAL_BOOL(to, NATIVE_EXT_SHM_FLAT_WORD_VALUE(word) == NATIVE_EXT_SHM_FLAT_TRUE);
        return true;
    case NATIVE_EXT_SHM_FLAT_SHORT:
        ZVAL_LONG(to, (int32_t)word >> 8);
        return true;
    case NATIVE_EXT_SHM_FLAT_LONG:
        if (!take_8(r, &bits))
            return false;
        ZVAL_LONG(to, (zend_long)bits);
        return true;
    case NATIVE_EXT_SHM_FLAT_DOUBLE:
        if (!take_8(r, &bits))
            return false;
        memcpy(&Z_DVAL_P(to), &bits, sizeof(bits));
        Z_TYPE_INFO_P(to) = IS_DOUBLE;
        return true;
    case NATIVE_EXT_SHM_FLAT_STRING:
        return put_string(to, take_string(r));
    case NATIVE_EXT_SHM_FLAT_SEEN:
        return put_string(to, seen_string(r, number));
    case NATIVE_EXT_SHM_FLAT_CHAR:
        if (number > 256)
            return false;
        ZVAL_INTERNED_STR(to, number == 256 ? ZSTR_EMPTY_ALLOC() : ZSTR_CHAR(number));
        return true;
    case NATIVE_EXT_SHM_FLAT_EMPTY:
        ZVAL_EMPTY_ARRAY(to);
        return true;
    case NATIVE_EXT_SHM_FLAT_ARRAY:
        return put_array(r, to);
    default:
        return false;
    }
}

/* ---- arrays ----------------------------------------------------------------------------------------- */

static bool read_list(struct reader *r, zend_array *array, const uint32_t *words, uint32_t count)
{
    bool good = true;

    ZEND_HASH_FILL_PACKED(array)
    {
        for (uint32_t i = 0; i < count; i++) {
            good = read_value(r, words[i], __fill_val);
            if (!good)
                break;
            ZEND_HASH_FILL_NEXT();
        }
    }
    ZEND_HASH_FILL_END();
    return good;
}

/* Read the value of a word and give it to the array under a key, which is let go of. */
static bool add_value(struct reader *r, zend_array *array, zend_string *key, zend_ulong h,
                      uint32_t word)
{
    zval value, *added = NULL;

    if (read_value(r, word, &value)) {
        added = key ? zend_hash_add(array, key, &value) : zend_hash_index_add(array, h, &value);
        if (!added) /* a key that is there twice: all will be thrown away */
            zval_ptr_dtor_nogc(&value);
    }
    if (key)
        zend_string_release_ex(key, 0);
    return added != NULL;
}

static bool read_keys(struct reader *r, zend_array *array, const uint32_t *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        zend_string *key = NULL;
        uint64_t item = 0;
        bool good = true;

        switch (NATIVE_EXT_SHM_FLAT_WORD_KEY(words[i])) {
        case NATIVE_EXT_SHM_FLAT_INT_KEY:
            good = take_8(r, &item);
            break;
        case NATIVE_EXT_SHM_FLAT_NEW_KEY:
            good = (key = take_string(r)) != NULL;
            break;
        case NATIVE_EXT_SHM_FLAT_SEEN_KEY:
            good = take_8(r, &item) && (key = seen_string(r, item)) != NULL;
            break;
        default:
            good = false;
        }
        if (!good || !add_value(r, array, key, (zend_ulong)item, words[i]))
            return false;
    }
    return true;
}

static bool read_like(struct reader *r, zend_array *array, const uint32_t *words, uint32_t count,
                      const zend_array *like)
{
    const Bucket *from = like->arData;

    if (HT_IS_PACKED(like) || like->nNumUsed != count)
        return false;
    for (uint32_t i = 0; i < count; i++, from++) {
        if (!from->key || !add_value(r, array, zend_string_copy(from->key), from->h, words[i]))
            return false;
    }
    return true;
}

static bool read_array(struct reader *r, uint32_t number)
{
    const struct native_ext_shm_flat_array *from = (const void *)r->at;
    const uint32_t *words = (const uint32_t *)(from + 1);
    size_t left = (size_t)(r->end - r->at), size;
    zend_array *array;
    bool good;

    if (left < sizeof(*from) || !from->elements || number >= r->used ||
        from->elements > (left - sizeof(*from)) / sizeof(*words))
        return false;
    size = sizeof(*from) + native_ext_shm_flat_align((size_t)from->elements * sizeof(*words));
    if (size > left)
        return false;
    r->at += size;
    array = r->arrays[number];
    zend_hash_extend(array, from->elements, from->kind == NATIVE_EXT_SHM_FLAT_LIST);
    if (from->kind == NATIVE_EXT_SHM_FLAT_LIST)
        good = read_list(r, array, words, from->elements);
    else if (from->kind == NATIVE_EXT_SHM_FLAT_KEYS)
        good = read_keys(r, array, words, from->elements);
    else
        good = from->kind - NATIVE_EXT_SHM_FLAT_LIKE < number &&
               read_like(r, array, words, from->elements,
                         r->arrays[from->kind - NATIVE_EXT_SHM_FLAT_LIKE]);
    array->nNextFreeElement = MAX(array->nNextFreeElement, (zend_long)from->next);
    return good;
}

static bool read_all(struct reader *r, zval *to)
{
    bool good = put_array(r, to);

    for (uint32_t i = 0; good && i < r->count; i++)
        good = read_array(r, i);
    if (good && r->used == r->count && r->at == r->end)
        return true;
    zend_array_destroy(r->arrays[0]); /* and with it all that is in it */
    return false;
}

bool native_ext_shm_flat_read(const void *bytes, size_t size, zval *to)
{
    const struct native_ext_shm_flat_header *header = bytes;
    zend_array *few_arrays[FEW];
    zend_string *few_strings[FEW];
    struct reader r = {.arrays = few_arrays, .strings = few_strings};
    zval value;
    bool good;

    /* Each array and each string takes at least so many bytes. */
    if (size < sizeof(*header) || size % 8 != 0 || header->magic != NATIVE_EXT_SHM_FLAT_MAGIC ||
        header->arrays > size / 24 || header->strings > size / 32)
        return false;
    if (header->arrays == 0) {
        ZVAL_EMPTY_ARRAY(to);
        return true;
    }
    r.at = (const char *)bytes + sizeof(*header);
    r.end = (const char *)bytes + size;
    r.count = header->arrays;
    r.string_count = header->strings;
    if (r.count > FEW)
        r.arrays = safe_emalloc(r.count, sizeof(*r.arrays), 0);
    if (r.string_count > FEW)
        r.strings = safe_emalloc(r.string_count, sizeof(*r.strings), 0);
    good = read_all(&r, &value);
    if (good)
        ZVAL_COPY_VALUE(to, &value);
    if (r.arrays != few_arrays)
        efree(r.arrays);
    if (r.strings != few_strings)
        efree(r.strings);
    return good;
}
