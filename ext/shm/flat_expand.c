/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat_expand.c - arrays in place: made behind the bytes that say what is in them.
 *
 *   block   the bytes | zend_array, as many as there are | elements of each array | where each string is (u32)
 *
 * Each array and string of the block gets one reference that nobody gives back. So PHP takes them for values that
 * somebody else uses, too: it copies before it writes, and never frees. Unlike immutable arrays, whose users nobody
 * counts, such a block tells when its last user is gone (all references are one again), and so daemons, which have no
 * end of request, can give its memory back. GC_NOT_COLLECTABLE keeps its arrays out of the garbage collector's list of
 * roots; there are no objects in it, so no cycle.
 *
 * What damaged bytes cannot do: an array is the next one of the list, so each has one place and none is in itself; the
 * hash is made here, so no chain goes in circles; a string met before is one by its number. Items are read before it is
 * known whether they are there: an element has at most 16 bytes of them and takes at least as many behind the bytes, so
 * whatever is read lies in the block; that the bytes were enough is asked once, at the end of each array. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "flat.h"

/* Whether this PHP has in memory what is written here. */
#define SAME(type, member, other_type, other_member)                                               \
    (offsetof(type, member) == offsetof(other_type, other_member))
#if SIZEOF_ZEND_LONG == 8
enum {
    IN_PLACE = sizeof(zend_array) == NATIVE_EXT_SHM_FLAT_ARRAY_SIZE &&
               sizeof(zval) == NATIVE_EXT_SHM_FLAT_ZVAL_SIZE &&
               sizeof(Bucket) == NATIVE_EXT_SHM_FLAT_BUCKET_SIZE &&
               SAME(zend_string, gc.refcount, struct native_ext_shm_flat_string, references) &&
               SAME(zend_string, gc.u.type_info, struct native_ext_shm_flat_string, type) &&
               SAME(zend_string, h, struct native_ext_shm_flat_string, hash) &&
               SAME(zend_string, len, struct native_ext_shm_flat_string, len) &&
               offsetof(zend_string, val) == sizeof(struct native_ext_shm_flat_string) &&
               IS_NULL == NATIVE_EXT_SHM_FLAT_NULL && IS_FALSE == NATIVE_EXT_SHM_FLAT_FALSE &&
               IS_TRUE == NATIVE_EXT_SHM_FLAT_TRUE &&
               GC_STRING == NATIVE_EXT_SHM_FLAT_STRING_INFO && GC_FLAGS_SHIFT == 0 &&
               HT_MIN_SIZE == NATIVE_EXT_SHM_FLAT_LEAST && HT_MIN_MASK == (uint32_t)-2 &&
               HT_SIZE_TO_MASK(8) == (uint32_t)-16 && HT_INVALID_IDX == (uint32_t)-1,
};
#else
enum { IN_PLACE = 0 };
#endif

struct expander {
    char *base; /* of the block */
    char *at;   /* the next item */
    char *end;  /* of the bytes */
    zend_array *arrays;
    uint32_t count;
    uint32_t used; /* arrays that are an element of one, or the outermost */
    char *data;    /* room for elements */
    char *data_end;
    uint32_t *strings; /* where each is, from the base on */
    uint32_t *string;  /* the next of them */
    uint32_t *string_end;
};

/* ---- values ----------------------------------------------------------------------------------------- */

static zend_always_inline uint64_t take_8(struct expander *x)
{
    uint64_t item;

    memcpy(&item, x->at, sizeof(item));
    x->at += sizeof(item);
    return item;
}

/* The string that is the next item, or NULL. What has a fixed value is written, not looked at. */
static zend_always_inline zend_string *take_string(struct expander *x)
{
    struct native_ext_shm_flat_string *string = (void *)x->at;
    uint32_t len = (uint32_t)string->len;
    char *stop = (char *)(string + 1) + len;

    if (UNEXPECTED(stop >= x->end || x->string == x->string_end))
        return NULL;
    string->references = 1;
    string->type = NATIVE_EXT_SHM_FLAT_STRING_INFO;
    string->len = len;
    *stop = '\0';
    *x->string++ = (uint32_t)(x->at - x->base);
    x->at += (size_t)(stop - x->at + 8) & ~(size_t)7;
    return (zend_string *)string;
}

/* A string that was taken before, or NULL. */
static zend_always_inline zend_string *seen_string(const struct expander *x, uint64_t number)
{
    if (UNEXPECTED(number >= (size_t)(x->string - x->strings)))
        return NULL;
    return (zend_string *)(x->base + x->strings[number]);
}

static zend_always_inline bool put_string(zval *to, zend_string *string)
{
    Z_STR_P(to) = string;
    Z_TYPE_INFO_P(to) = IS_STRING_EX;
    return string != NULL;
}

/* Make the value of a word. Leaves alone what a bucket has behind its value and type. */
static zend_always_inline bool expand_value(struct expander *x, zval *to, uint32_t word)
{
    uint64_t bits;
    uint32_t number;

    switch (NATIVE_EXT_SHM_FLAT_WORD_VALUE(word)) {
    case NATIVE_EXT_SHM_FLAT_NULL:
    case NATIVE_EXT_SHM_FLAT_FALSE:
    case NATIVE_EXT_SHM_FLAT_TRUE:
        Z_TYPE_INFO_P(to) = NATIVE_EXT_SHM_FLAT_WORD_VALUE(word);
        return true;
    case NATIVE_EXT_SHM_FLAT_SHORT:
        ZVAL_LONG(to, (int32_t)word >> 8);
        return true;
    case NATIVE_EXT_SHM_FLAT_LONG:
        ZVAL_LONG(to, (zend_long)take_8(x));
        return true;
    case NATIVE_EXT_SHM_FLAT_DOUBLE:
        bits = take_8(x);
        memcpy(&Z_DVAL_P(to), &bits, sizeof(bits));
        Z_TYPE_INFO_P(to) = IS_DOUBLE;
        return true;
    case NATIVE_EXT_SHM_FLAT_STRING:
        return put_string(to, take_string(x));
    case NATIVE_EXT_SHM_FLAT_SEEN:
        return put_string(to, seen_string(x, NATIVE_EXT_SHM_FLAT_WORD_NUMBER(word)));
    case NATIVE_EXT_SHM_FLAT_CHAR:
        number = NATIVE_EXT_SHM_FLAT_WORD_NUMBER(word);
        if (UNEXPECTED(number > 256))
            return false;
        ZVAL_INTERNED_STR(to, number == 256 ? ZSTR_EMPTY_ALLOC() : ZSTR_CHAR(number));
        return true;
    case NATIVE_EXT_SHM_FLAT_EMPTY:
        ZVAL_EMPTY_ARRAY(to);
        return true;
    case NATIVE_EXT_SHM_FLAT_ARRAY:
        if (UNEXPECTED(x->used == x->count))
            return false;
        Z_ARR_P(to) = &x->arrays[x->used++];
        Z_TYPE_INFO_P(to) = IS_ARRAY_EX;
        return true;
    default:
        return false;
    }
}

/* ---- arrays ----------------------------------------------------------------------------------------- */

/* Write PHP's header of an array whose elements will lie at `elements`. */
static void make_header(zend_array *array, const struct native_ext_shm_flat_array *from,
                        uint32_t slots, char *elements)
{
    bool list = from->kind == NATIVE_EXT_SHM_FLAT_LIST;

    GC_SET_REFCOUNT(array, 1);
    GC_TYPE_INFO(array) = GC_ARRAY | (GC_NOT_COLLECTABLE << GC_FLAGS_SHIFT);
    HT_FLAGS(array) = list ? HASH_FLAG_PACKED | HASH_FLAG_STATIC_KEYS : 0;
    array->nTableMask = list ? HT_MIN_MASK : HT_SIZE_TO_MASK(slots);
    array->arData = (Bucket *)elements;
    array->nNumUsed = array->nNumOfElements = from->elements;
    array->nTableSize = slots;
    array->nInternalPointer = 0;
    array->nNextFreeElement = (zend_long)from->next;
    array->pDestructor = ZVAL_PTR_DTOR;
}

static bool expand_list(struct expander *x, zend_array *array, const uint32_t *words)
{
    struct expander own = *x; /* so that the compiler may keep it in registers */
    const uint32_t *words_end = words + array->nNumUsed;
    zval *to = array->arPacked;

    memset((char *)to - 8, 0xff, 8);
    for (; words < words_end; words++, to++) {
        if (UNEXPECTED(!expand_value(&own, to, *words)))
            return false;
    }
    array->nNextFreeElement = MAX(array->nNextFreeElement, (zend_long)array->nNumUsed);
    *x = own;
    return true;
}

/* Set the key of a bucket; false: there is none. */
static zend_always_inline bool expand_key(struct expander *x, Bucket *to, uint32_t key)
{
    switch (key) {
    case NATIVE_EXT_SHM_FLAT_INT_KEY:
        to->key = NULL;
        to->h = (zend_ulong)take_8(x);
        return true;
    case NATIVE_EXT_SHM_FLAT_NEW_KEY:
        to->key = take_string(x);
        break;
    case NATIVE_EXT_SHM_FLAT_SEEN_KEY:
        to->key = seen_string(x, take_8(x));
        break;
    default:
        return false;
    }
    if (UNEXPECTED(!to->key))
        return false;
    to->h = ZSTR_H(to->key);
    return true;
}

static bool expand_keys(struct expander *x, zend_array *array, const uint32_t *words)
{
    struct expander own = *x;
    uint32_t count = array->nNumUsed, strings = 0;
    zend_long next = array->nNextFreeElement;
    Bucket *to = array->arData;

    HT_HASH_RESET(array);
    for (uint32_t i = 0; i < count; i++, to++) {
        uint32_t *slot;

        if (UNEXPECTED(!expand_key(&own, to, NATIVE_EXT_SHM_FLAT_WORD_KEY(words[i])) ||
                       !expand_value(&own, &to->val, words[i])))
            return false;
        if (to->key)
            strings++;
        else if ((zend_long)to->h >= next)
            next = (zend_long)to->h < ZEND_LONG_MAX ? (zend_long)to->h + 1 : ZEND_LONG_MAX;
        slot = &HT_HASH(array, (uint32_t)to->h | array->nTableMask);
        Z_NEXT(to->val) = *slot;
        *slot = i;
    }
    array->nNextFreeElement = next;
    if (!strings)
        HT_FLAGS(array) |= HASH_FLAG_STATIC_KEYS;
    *x = own;
    return true;
}

/* Hash and keys, all of them strings, as another array has them. */
static bool expand_like(struct expander *x, zend_array *array, const uint32_t *words,
                        const zend_array *like)
{
    struct expander own = *x;
    const uint32_t *words_end = words + array->nNumUsed;
    Bucket *to = array->arData;

    if (UNEXPECTED(like >= array || HT_IS_PACKED(like) || like->nNumUsed != array->nNumUsed))
        return false;
    memcpy(HT_GET_DATA_ADDR(array), HT_GET_DATA_ADDR(like),
           HT_HASH_SIZE(array->nTableMask) + array->nNumUsed * sizeof(Bucket));
    for (; words < words_end; words++, to++) {
        if (UNEXPECTED(!to->key || !expand_value(&own, &to->val, *words)))
            return false;
    }
    *x = own;
    return true;
}

static bool expand_array(struct expander *x, uint32_t number)
{
    const struct native_ext_shm_flat_array *from = (const void *)x->at;
    zend_array *array = &x->arrays[number];
    ptrdiff_t left = x->end - x->at - (ptrdiff_t)sizeof(*from);
    const uint32_t *words = (const uint32_t *)(from + 1);
    uint64_t hash, size;
    uint32_t slots;
    bool good;

    if (left < 8 || !from->elements || from->elements > (size_t)left / sizeof(*words) ||
        number >= x->used)
        return false;
    slots = native_ext_shm_flat_slots(from->elements);
    hash = from->kind == NATIVE_EXT_SHM_FLAT_LIST ? 8 : (uint64_t)slots * 8;
    size = hash + (uint64_t)from->elements *
                      (from->kind == NATIVE_EXT_SHM_FLAT_LIST ? sizeof(zval) : sizeof(Bucket));
    if (size > (size_t)(x->data_end - x->data))
        return false;
    make_header(array, from, slots, x->data + hash);
    x->data += size;
    x->at += sizeof(*from) + native_ext_shm_flat_align(from->elements * sizeof(*words));
    if (from->kind == NATIVE_EXT_SHM_FLAT_LIST)
        good = expand_list(x, array, words);
    else if (from->kind == NATIVE_EXT_SHM_FLAT_KEYS)
        good = expand_keys(x, array, words);
    else
        good = from->kind - NATIVE_EXT_SHM_FLAT_LIKE < number &&
               expand_like(x, array, words, &x->arrays[from->kind - NATIVE_EXT_SHM_FLAT_LIKE]);
    return good && x->at <= x->end;
}

/* ---- blocks ----------------------------------------------------------------------------------------- */

size_t native_ext_shm_flat_block(uint64_t first, size_t size)
{
    struct native_ext_shm_flat_header header;

    memcpy(&header, &first, sizeof(first));
    if (!IN_PLACE || header.magic != NATIVE_EXT_SHM_FLAT_MAGIC || size % 8 != 0)
        return 0;
    return size + (size_t)header.room * 8;
}

zend_array *native_ext_shm_flat_expand(void *block, size_t size, size_t room)
{
    const struct native_ext_shm_flat_header *header = block;
    struct expander x = {.base = block, .end = (char *)block + size, .used = 1};
    uint64_t arrays, strings;

    if (!IN_PLACE || size < sizeof(*header) || size % 8 != 0 || room < size || room % 8 != 0 ||
        header->magic != NATIVE_EXT_SHM_FLAT_MAGIC || header->arrays == 0)
        return NULL;
    arrays = (uint64_t)header->arrays * sizeof(zend_array);
    strings = native_ext_shm_flat_align((size_t)header->strings * sizeof(*x.string));
    if (arrays + strings > room - size)
        return NULL;
    x.at = (char *)block + sizeof(*header);
    x.arrays = (zend_array *)(void *)x.end;
    x.count = header->arrays;
    x.data = x.end + arrays;
    x.data_end = (char *)block + room - strings;
    x.strings = x.string = (uint32_t *)(void *)x.data_end;
    x.string_end = x.string + header->strings;
    for (uint32_t i = 0; i < x.count; i++) {
        if (!expand_array(&x, i))
            return NULL;
    }
    if (x.used != x.count || x.at != x.end || x.data != x.data_end || x.string != x.string_end)
        return NULL;
    return x.arrays;
}

bool native_ext_shm_flat_unused(const void *block, size_t size)
{
    const struct native_ext_shm_flat_header *header = block;
    const zend_array *arrays = (const void *)((const char *)block + size);
    const char *end = (const char *)block + size + (size_t)header->room * 8;
    const uint32_t *strings =
        (const void *)(end - native_ext_shm_flat_align(header->strings * sizeof(*strings)));

    for (uint32_t i = 0; i < header->arrays; i++) {
        if (GC_REFCOUNT(&arrays[i]) != 1)
            return false;
    }
    for (uint32_t i = 0; i < header->strings; i++) {
        const zend_string *string = (const void *)((const char *)block + strings[i]);

        if (GC_REFCOUNT(string) != 1)
            return false;
    }
    return true;
}
