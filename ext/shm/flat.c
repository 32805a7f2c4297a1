/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat.c - from an array to flat bytes, in one walk. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "flat.h"

#include "flat_hash.h"

enum {
    FEW_FRAMES = 16,
    FEW_STRINGS = 64,
    DEDUPLICATED_MAX = 128, /* longer ones are not looked for: they are hardly ever equal */
};

/* An array whose elements are being written. */
struct frame {
    const HashTable *table;
    uint32_t from;  /* where in it to go on */
    uint32_t done;  /* elements written */
    uint32_t count; /* of them in all */
    uint32_t slots; /* of the hash; 0: packed */
    size_t data;    /* where its elements begin */
};

struct known {
    uint32_t hash;
    uint32_t string; /* as it is written; 0: none */
};

struct writer {
    struct native_ext_shm_bytes *data, strings, arrays;
    size_t most;
    uint32_t array_count;
    struct frame *frames;
    uint32_t depth, frames_room;
    struct known *known;
    uint32_t known_count, known_mask;
    HashTable *references; /* those seen that have other users */
    struct frame few_frames[FEW_FRAMES];
    struct known few_known[FEW_STRINGS];
};

char *native_ext_shm_bytes_extend(struct native_ext_shm_bytes *bytes, size_t more)
{
    size_t len = bytes->len, room = bytes->room;

    bytes->len += more;
    if (EXPECTED(bytes->len <= room))
        return bytes->at + len;
    bytes->room = MAX(room * 2, bytes->len + room);
    if (bytes->at == bytes->first) {
        bytes->at = emalloc(bytes->room);
        memcpy(bytes->at, bytes->first, len);
    } else {
        bytes->at = erealloc2(bytes->at, bytes->room, len);
    }
    return bytes->at + len;
}

/* ---- strings ---------------------------------------------------------------------------------------- */

static void grow_known(struct writer *w)
{
    uint32_t old_mask = w->known_mask;
    struct known *old = w->known;

    w->known_mask = old_mask * 4 + 3;
    w->known = ecalloc((size_t)w->known_mask + 1, sizeof(*w->known));
    for (uint32_t i = 0; i <= old_mask; i++) {
        uint32_t at = old[i].hash & w->known_mask;

        if (!old[i].string)
            continue;
        while (w->known[at].string)
            at = (at + 1) & w->known_mask;
        w->known[at] = old[i];
    }
    if (old != w->few_known)
        efree(old);
}

static uint64_t append_string(struct writer *w, const zend_string *string)
{
    size_t len = ZSTR_LEN(string), padded = ZEND_MM_ALIGNED_SIZE_EX(len + 1, 8);
    uint64_t at = w->strings.len + 8;
    struct native_ext_shm_flat_string *to =
        (void *)native_ext_shm_bytes_extend(&w->strings, sizeof(*to) + padded);

    to->references = 1;
    to->type = NATIVE_EXT_SHM_FLAT_STRING_INFO;
    to->hash = ZSTR_H(string);
    to->len = len;
    memset((char *)(to + 1) + padded - 8, 0, 8);
    memcpy(to + 1, ZSTR_VAL(string), len);
    return at;
}

static bool same_string(const struct writer *w, uint32_t at, const zend_string *string)
{
    const struct native_ext_shm_flat_string *old = (const void *)(w->strings.at + (at - 8));

    return old->len == ZSTR_LEN(string) && memcmp(old + 1, ZSTR_VAL(string), old->len) == 0;
}

/* Write a string, or find it. Looked for is what may well be there twice: keys of inner arrays, and values
 * that are used elsewhere, too. */
static uint64_t put_string(struct writer *w, zend_string *string, bool maybe_twice)
{
    uint64_t hash = native_ext_shm_string_hash(string), written;
    /* PHP's hashes of "key1", "key2" ... are neighbours: spread them. */
    uint32_t short_hash = (uint32_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 32), at;

    if (UNEXPECTED(w->strings.len > w->most))
        return 0;
    if (!maybe_twice || ZSTR_LEN(string) > DEDUPLICATED_MAX)
        return append_string(w, string);
    for (at = short_hash & w->known_mask; w->known[at].string; at = (at + 1) & w->known_mask) {
        if (w->known[at].hash == short_hash && same_string(w, w->known[at].string, string))
            return w->known[at].string;
    }
    written = append_string(w, string);
    w->known[at].hash = short_hash;
    w->known[at].string = (uint32_t)written;
    if (++w->known_count > w->known_mask / 2)
        grow_known(w);
    return written;
}

/* ---- arrays ----------------------------------------------------------------------------------------- */

static struct frame *push_frame(struct writer *w)
{
    if (w->depth == w->frames_room) {
        size_t bytes = w->frames_room * sizeof(*w->frames);

        if (w->frames == w->few_frames) {
            w->frames = safe_emalloc(w->frames_room, 2 * sizeof(*w->frames), 0);
            memcpy(w->frames, w->few_frames, bytes);
        } else {
            w->frames = safe_erealloc(w->frames, w->frames_room, 2 * sizeof(*w->frames), 0);
        }
        w->frames_room *= 2;
    }
    return &w->frames[w->depth++];
}

/* Reserve the bytes of an array and begin with its elements; returns its number. */
static uint32_t begin_array(struct writer *w, const HashTable *table, uint32_t count)
{
    bool packed = HT_IS_PACKED(table) && count == table->nNumUsed;
    struct native_ext_shm_flat_array *to =
        (void *)native_ext_shm_bytes_extend(&w->arrays, sizeof(*to));
    struct frame *frame = push_frame(w);
    size_t hash_bytes;
    char *data;

    memset(to, 0, sizeof(*to));
    to->elements = count;
    to->packed = packed;
    to->next = table->nNextFreeElement;
    frame->table = table;
    frame->from = frame->done = 0;
    frame->count = count;
    frame->slots = packed ? 0 : native_ext_shm_flat_slots(count);
    hash_bytes = packed ? 8 : (size_t)frame->slots * 8;
    data = native_ext_shm_bytes_extend(
        w->data, hash_bytes + (size_t)count * (packed ? sizeof(struct native_ext_shm_flat_value)
                                                      : sizeof(struct native_ext_shm_flat_bucket)));
    memset(data, 0xff, hash_bytes);
    frame->data = (size_t)(data - w->data->at) + hash_bytes;
    return w->array_count++;
}

/* Whether a reference with other users was met before: then the value must come back with it. */
static bool seen_before(struct writer *w, const zend_reference *reference)
{
    if (!w->references) {
        ALLOC_HASHTABLE(w->references);
        zend_hash_init(w->references, 8, NULL, NULL, 0);
    }
    return !zend_hash_index_add_empty_element(w->references, (zend_ulong)(uintptr_t)reference >> 3);
}

static void put_value_string(struct writer *w, struct native_ext_shm_flat_value *to,
                             zend_string *string)
{
    if (ZSTR_LEN(string) <= 1) {
        to->type = NATIVE_EXT_SHM_FLAT_CHAR;
        to->value = ZSTR_LEN(string) ? (unsigned char)ZSTR_VAL(string)[0] : 256;
    } else {
        to->type = NATIVE_EXT_SHM_FLAT_STRING;
        to->value = put_string(w, string, ZSTR_IS_INTERNED(string) || GC_REFCOUNT(string) > 1);
    }
}

/* Write one value. An array in it is begun: its elements come next. `to` is not used after that. */
static enum native_ext_shm_flat_status
put_value(struct writer *w, struct native_ext_shm_flat_value *to, const zval *value)
{
    uint32_t count;

    if (Z_ISREF_P(value)) {
        if (Z_REFCOUNT_P(value) > 1 && seen_before(w, Z_REF_P(value)))
            return NATIVE_EXT_SHM_FLAT_OTHER;
        value = Z_REFVAL_P(value);
    }
    to->type = Z_TYPE_P(value);
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
    case IS_FALSE:
    case IS_TRUE:
        to->value = 0;
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_LONG:
        to->value = (uint64_t)Z_LVAL_P(value);
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_DOUBLE:
        memcpy(&to->value, &Z_DVAL_P(value), sizeof(to->value));
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_STRING:
        put_value_string(w, to, Z_STR_P(value));
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_ARRAY:
        count = zend_array_count(Z_ARRVAL_P(value));
        to->type = count ? NATIVE_EXT_SHM_FLAT_ARRAY : NATIVE_EXT_SHM_FLAT_EMPTY;
        to->value = count ? w->array_count : 0;
        if (count)
            begin_array(w, Z_ARRVAL_P(value), count);
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_OBJECT:
        return NATIVE_EXT_SHM_FLAT_OTHER;
    default:
        return NATIVE_EXT_SHM_FLAT_REFUSED;
    }
}

/* The next element of a table that is not a hole; NULL at the end. Sets h and key. */
static const zval *next_element(struct frame *frame, zend_ulong *h, zend_string **key)
{
    const HashTable *table = frame->table;

    while (frame->from < table->nNumUsed) {
        uint32_t i = frame->from++;
        const zval *value;

        if (HT_IS_PACKED(table)) {
            *h = i;
            *key = NULL;
            value = &table->arPacked[i];
        } else {
            const Bucket *bucket = &table->arData[i];

            *h = bucket->h;
            *key = bucket->key;
            value = &bucket->val;
        }
        if (Z_TYPE_P(value) == IS_INDIRECT)
            value = Z_INDIRECT_P(value);
        if (Z_TYPE_P(value) != IS_UNDEF)
            return value;
    }
    return NULL;
}

/* Write key and chain of one element; returns where its value goes. */
static struct native_ext_shm_flat_value *put_key(struct writer *w, struct frame *frame,
                                                 zend_ulong h, zend_string *key)
{
    uint32_t i = frame->done++;
    struct native_ext_shm_flat_bucket *bucket;
    uint32_t *slot;

    if (!frame->slots) {
        struct native_ext_shm_flat_value *value = (void *)(w->data->at + frame->data);

        value[i].next = 0;
        return &value[i];
    }
    bucket = (struct native_ext_shm_flat_bucket *)(w->data->at + frame->data) + i;
    if (key)
        h = native_ext_shm_string_hash(key);
    bucket->hash = h;
    bucket->key = key ? put_string(w, key, w->depth > 1) : 0;
    slot = (uint32_t *)(w->data->at + frame->data) - native_ext_shm_flat_back(h, frame->slots);
    bucket->value.next = *slot;
    *slot = i;
    return &bucket->value;
}

static enum native_ext_shm_flat_status put_elements(struct writer *w)
{
    while (w->depth) {
        struct frame *frame = &w->frames[w->depth - 1];
        uint32_t depth = w->depth;
        zend_string *key;
        zend_ulong h;
        const zval *value;

        /* Until an array begins, which comes first then. */
        while (w->depth == depth) {
            enum native_ext_shm_flat_status status;

            value = frame->done < frame->count ? next_element(frame, &h, &key) : NULL;
            if (!value) {
                w->depth--;
                break;
            }
            status = put_value(w, put_key(w, frame, h, key), value);
            if (UNEXPECTED(status != NATIVE_EXT_SHM_FLAT_OK))
                return status;
            if (UNEXPECTED(w->data->len + w->strings.len + w->arrays.len > w->most))
                return NATIVE_EXT_SHM_FLAT_TOO_BIG;
        }
    }
    return NATIVE_EXT_SHM_FLAT_OK;
}

/* Header, arrays and strings to their places. */
static void finish(struct writer *w)
{
    struct native_ext_shm_flat_header *header;
    size_t arrays_at = w->data->len, strings_at = arrays_at + w->arrays.len;
    char *to = native_ext_shm_bytes_extend(w->data, w->arrays.len + w->strings.len);

    memcpy(to, w->arrays.at, w->arrays.len);
    memcpy(to + w->arrays.len, w->strings.at, w->strings.len);
    header = (void *)w->data->at;
    memset(header, 0, sizeof(*header));
    header->magic = NATIVE_EXT_SHM_FLAT_MAGIC;
    header->layout = NATIVE_EXT_SHM_FLAT_LAYOUT;
    header->size = (uint32_t)w->data->len;
    header->arrays = w->array_count;
    header->arrays_at = (uint32_t)arrays_at;
    header->strings_at = (uint32_t)strings_at;
}

static void free_writer(struct writer *w)
{
    native_ext_shm_bytes_free(&w->strings);
    native_ext_shm_bytes_free(&w->arrays);
    if (w->frames != w->few_frames)
        efree(w->frames);
    if (w->known != w->few_known)
        efree(w->known);
    if (w->references) {
        zend_hash_destroy(w->references);
        FREE_HASHTABLE(w->references);
    }
}

enum native_ext_shm_flat_status native_ext_shm_flat_write(struct native_ext_shm_bytes *bytes,
                                                          zend_array *array, size_t most)
{
    enum native_ext_shm_flat_status status;
    struct writer w;

    w.data = bytes;
    native_ext_shm_bytes_init(&w.strings);
    native_ext_shm_bytes_init(&w.arrays);
    w.most = MIN(most, UINT32_MAX / 2);
    w.array_count = 0;
    w.frames = w.few_frames;
    w.depth = 0;
    w.frames_room = FEW_FRAMES;
    w.known = w.few_known;
    memset(w.few_known, 0, sizeof(w.few_known));
    w.known_count = 0;
    w.known_mask = FEW_STRINGS - 1;
    w.references = NULL;
    native_ext_shm_bytes_extend(bytes, sizeof(struct native_ext_shm_flat_header));
    if (zend_array_count(array))
        begin_array(&w, array, zend_array_count(array));
    status = w.data->len > w.most ? NATIVE_EXT_SHM_FLAT_TOO_BIG : put_elements(&w);
    if (status == NATIVE_EXT_SHM_FLAT_OK)
        finish(&w);
    free_writer(&w);
    return status;
}
