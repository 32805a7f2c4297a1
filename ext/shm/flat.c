/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/flat.c - from an array to flat bytes, in one walk: first the outermost array, then those in it, and so on. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "flat.h"

enum {
    FEW_TABLES = 32,
    FEW_STRINGS = 64,
    SHAPES = 32,
    DEDUPLICATED_MAX = 128, /* longer ones are not looked for: they are hardly ever equal */
};

struct known {
    uint32_t hash;
    uint32_t at; /* in units of 8; 0: none */
    uint32_t number;
};

struct writer {
    struct native_ext_shm_bytes *out;
    size_t most;
    bool forget_next;
    uint64_t data_size; /* of all arrays in memory, but for zend_array */
    uint32_t strings;
    const HashTable **tables; /* of all arrays, by number */
    uint32_t count, tables_room;
    struct known *known;
    uint32_t known_count, known_mask;
    HashTable *references;   /* those seen that have other users */
    uint32_t shapes[SHAPES]; /* number + 1 of an array with only strings as keys */
    const HashTable *few_tables[FEW_TABLES];
    struct known few_known[FEW_STRINGS];
};

/* An array whose elements are being written. */
struct part {
    const HashTable *table;
    uint32_t kind;
    size_t word; /* where the next element's word goes */
};

/* ---- bytes ------------------------------------------------------------------------------------------ */

enum { KEPT_FIRST = 64 << 10, KEPT_MOST = 1 << 20 };

/* The buffer that a thread keeps: whoever stores large arrays does so again. Longer ones come from the request. */
ZEND_TLS struct {
    char *at;
    size_t room;
    bool taken;
} buffer;

void native_ext_shm_bytes_reset(void)
{
    buffer.taken = false;
}

void native_ext_shm_bytes_mshutdown(void)
{
    if (buffer.at)
        pefree(buffer.at, 1);
    buffer.at = NULL;
    buffer.room = 0;
}

void native_ext_shm_bytes_free(struct native_ext_shm_bytes *bytes)
{
    if (bytes->at == buffer.at)
        buffer.taken = false;
    else if (bytes->at != (char *)bytes->first)
        efree(bytes->at);
    bytes->at = (char *)bytes->first;
}

/* From the stack to the kept buffer, or to a larger one. False: it is another's, or would be too large. */
static bool grow_kept(struct native_ext_shm_bytes *bytes, size_t len, size_t room)
{
    bool ours = bytes->at == buffer.at;

    if (room > KEPT_MOST || (!ours && (buffer.taken || bytes->at != (char *)bytes->first)))
        return false;
    if (room > buffer.room) {
        buffer.room = room;
        buffer.at = perealloc2(buffer.at, room, ours ? len : 0, 1);
    }
    if (!ours)
        memcpy(buffer.at, bytes->first, len);
    buffer.taken = true;
    bytes->at = buffer.at;
    bytes->room = buffer.room;
    return true;
}

static zend_never_inline void grow(struct native_ext_shm_bytes *bytes, size_t len, size_t least)
{
    size_t room = MAX(bytes->room * 2, (size_t)KEPT_FIRST);
    char *at;

    while (room < least)
        room *= 2;
    if (grow_kept(bytes, len, room))
        return;
    if (bytes->at == (char *)bytes->first || bytes->at == buffer.at) {
        at = emalloc(room);
        memcpy(at, bytes->at, len);
        native_ext_shm_bytes_free(bytes);
    } else {
        at = erealloc2(bytes->at, room, len);
    }
    bytes->at = at;
    bytes->room = room;
}

/* Room for `more` bytes behind what is there; contents undefined. */
static zend_always_inline char *extend(struct native_ext_shm_bytes *bytes, size_t more)
{
    size_t len = bytes->len;

    bytes->len += more;
    if (UNEXPECTED(bytes->len > bytes->room))
        grow(bytes, len, bytes->len);
    return bytes->at + len;
}

static zend_always_inline void put_8(struct writer *w, uint64_t item)
{
    memcpy(extend(w->out, sizeof(item)), &item, sizeof(item));
}

/* ---- strings ---------------------------------------------------------------------------------------- */

static uint64_t hash_of(zend_string *string)
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

static void grow_known(struct writer *w)
{
    uint32_t old_mask = w->known_mask;
    struct known *old = w->known;

    w->known = ecalloc((size_t)old_mask * 4 + 4, sizeof(*w->known));
    w->known_mask = old_mask * 4 + 3;
    for (uint32_t i = 0; i <= old_mask; i++) {
        uint32_t at = old[i].hash & w->known_mask;

        if (!old[i].at)
            continue;
        while (w->known[at].at)
            at = (at + 1) & w->known_mask;
        w->known[at] = old[i];
    }
    if (old != w->few_known)
        efree(old);
}

static zend_always_inline void append_string(struct writer *w, const zend_string *string,
                                             uint64_t hash)
{
    size_t len = ZSTR_LEN(string), size = native_ext_shm_flat_string_size(len);
    struct native_ext_shm_flat_string *to = (void *)extend(w->out, size);

    memset((char *)to + size - 8, 0, 8);
    to->references = 1;
    to->type = NATIVE_EXT_SHM_FLAT_STRING_INFO;
    to->hash = hash;
    to->len = len;
    memcpy(to + 1, ZSTR_VAL(string), len);
    w->strings++;
}

static bool same_string(const struct writer *w, const struct known *known,
                        const zend_string *string)
{
    const struct native_ext_shm_flat_string *old =
        (const void *)(w->out->at + (size_t)known->at * 8);

    return old->len == ZSTR_LEN(string) && memcmp(old + 1, ZSTR_VAL(string), old->len) == 0;
}

/* Find a string that is there already and set *number; or append it. Looked for is what may well be there twice: keys
 * of inner arrays, and values that are used elsewhere, too. */
static bool find_or_append(struct writer *w, zend_string *string, uint32_t *number)
{
    uint64_t hash = hash_of(string);
    /* PHP's hashes of "key1", "key2" ... are neighbours: spread them. */
    uint32_t short_hash = (uint32_t)((hash * UINT64_C(0x9e3779b97f4a7c15)) >> 32), at;

    for (at = short_hash & w->known_mask; w->known[at].at; at = (at + 1) & w->known_mask) {
        if (w->known[at].hash == short_hash && same_string(w, &w->known[at], string)) {
            *number = w->known[at].number;
            return true;
        }
    }
    if (w->strings < NATIVE_EXT_SHM_FLAT_NUMBER_MAX) {
        w->known[at].hash = short_hash;
        w->known[at].at = (uint32_t)(w->out->len / 8);
        w->known[at].number = w->strings;
        w->known_count++;
    }
    append_string(w, string, hash);
    if (w->known_count > w->known_mask / 2)
        grow_known(w);
    return false;
}

/* ---- values ----------------------------------------------------------------------------------------- */

/* Whether a reference with other users was met before: then the value must come back with it. */
static bool seen_before(struct writer *w, const zend_reference *reference)
{
    if (!w->references) {
        ALLOC_HASHTABLE(w->references);
        zend_hash_init(w->references, 8, NULL, NULL, 0);
    }
    return !zend_hash_index_add_empty_element(w->references, (zend_ulong)(uintptr_t)reference >> 3);
}

static uint32_t put_string(struct writer *w, zend_string *string)
{
    uint32_t number;

    if (ZSTR_LEN(string) <= 1) {
        number = ZSTR_LEN(string) ? (unsigned char)ZSTR_VAL(string)[0] : 256;
        return NATIVE_EXT_SHM_FLAT_WORD(NATIVE_EXT_SHM_FLAT_CHAR, 0, number);
    }
    if (ZSTR_LEN(string) > DEDUPLICATED_MAX ||
        (!ZSTR_IS_INTERNED(string) && GC_REFCOUNT(string) == 1)) {
        append_string(w, string, SIZEOF_ZEND_LONG == 8 ? ZSTR_H(string) : 0);
        return NATIVE_EXT_SHM_FLAT_STRING;
    }
    if (!find_or_append(w, string, &number))
        return NATIVE_EXT_SHM_FLAT_STRING;
    return NATIVE_EXT_SHM_FLAT_WORD(NATIVE_EXT_SHM_FLAT_SEEN, 0, number);
}

static uint32_t put_long(struct writer *w, int64_t number)
{
    if (number >= -(INT64_C(1) << 23) && number < INT64_C(1) << 23)
        return NATIVE_EXT_SHM_FLAT_WORD(NATIVE_EXT_SHM_FLAT_SHORT, 0, (uint32_t)number);
    put_8(w, (uint64_t)number);
    return NATIVE_EXT_SHM_FLAT_LONG;
}

/* An array in an array: its own elements come later. */
static uint32_t put_array(struct writer *w, const HashTable *table)
{
    size_t bytes = w->tables_room * sizeof(*w->tables);

    if (zend_array_count((HashTable *)table) == 0)
        return NATIVE_EXT_SHM_FLAT_EMPTY;
    if (UNEXPECTED(w->count == w->tables_room)) {
        if (w->tables == w->few_tables) {
            w->tables = emalloc(4 * bytes);
            memcpy(w->tables, w->few_tables, bytes);
        } else {
            w->tables = erealloc2(w->tables, 4 * bytes, bytes);
        }
        w->tables_room *= 4;
    }
    w->tables[w->count++] = table;
    return NATIVE_EXT_SHM_FLAT_ARRAY;
}

/* Write the items of a value and set its word. */
static zend_always_inline enum native_ext_shm_flat_status
put_value(struct writer *w, const zval *value, uint32_t *word)
{
    uint64_t bits;

    if (UNEXPECTED(Z_ISREF_P(value))) {
        if (Z_REFCOUNT_P(value) > 1 && seen_before(w, Z_REF_P(value)))
            return NATIVE_EXT_SHM_FLAT_OTHER;
        value = Z_REFVAL_P(value);
    }
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
    case IS_FALSE:
    case IS_TRUE:
        *word = Z_TYPE_P(value);
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_LONG:
        *word = put_long(w, Z_LVAL_P(value));
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_DOUBLE:
        memcpy(&bits, &Z_DVAL_P(value), sizeof(bits));
        put_8(w, bits);
        *word = NATIVE_EXT_SHM_FLAT_DOUBLE;
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_STRING:
        *word = put_string(w, Z_STR_P(value));
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_ARRAY:
        *word = put_array(w, Z_ARRVAL_P(value));
        return NATIVE_EXT_SHM_FLAT_OK;
    case IS_OBJECT:
        return NATIVE_EXT_SHM_FLAT_OTHER;
    default:
        return NATIVE_EXT_SHM_FLAT_REFUSED;
    }
}

static zend_always_inline void put_word(struct writer *w, struct part *part, uint32_t word)
{
    memcpy(w->out->at + part->word, &word, sizeof(word));
    part->word += sizeof(word);
}

/* ---- elements --------------------------------------------------------------------------------------- */

/* Write the item of a key; returns which kind it is. */
static enum native_ext_shm_flat_key put_key(struct writer *w, const Bucket *bucket, bool outermost)
{
    uint32_t number;

    if (!bucket->key) {
        put_8(w, (uint64_t)(int64_t)(zend_long)bucket->h);
        return NATIVE_EXT_SHM_FLAT_INT_KEY;
    }
    if (outermost || ZSTR_LEN(bucket->key) > DEDUPLICATED_MAX) {
        append_string(w, bucket->key, hash_of(bucket->key));
        return NATIVE_EXT_SHM_FLAT_NEW_KEY;
    }
    if (!find_or_append(w, bucket->key, &number))
        return NATIVE_EXT_SHM_FLAT_NEW_KEY;
    put_8(w, number);
    return NATIVE_EXT_SHM_FLAT_SEEN_KEY;
}

/* What a slot of a table has as its value; NULL: a hole. */
static zend_always_inline const zval *value_of(const zval *value)
{
    if (UNEXPECTED(Z_TYPE_P(value) == IS_INDIRECT))
        value = Z_INDIRECT_P(value);
    return Z_TYPE_P(value) == IS_UNDEF ? NULL : value;
}

/* A table without keys: as a list, or with its holes left out as one with integer keys. */
static enum native_ext_shm_flat_status put_packed(struct writer *w, struct part *part)
{
    enum native_ext_shm_flat_status status;
    const HashTable *table = part->table;

    for (uint32_t i = 0; i < table->nNumUsed; i++) {
        const zval *value = value_of(&table->arPacked[i]);
        uint32_t word;

        if (!value)
            continue;
        if (part->kind == NATIVE_EXT_SHM_FLAT_KEYS)
            put_8(w, i);
        status = put_value(w, value, &word);
        if (UNEXPECTED(status != NATIVE_EXT_SHM_FLAT_OK))
            return status;
        if (part->kind == NATIVE_EXT_SHM_FLAT_KEYS)
            word |= NATIVE_EXT_SHM_FLAT_WORD(0, NATIVE_EXT_SHM_FLAT_INT_KEY, 0);
        put_word(w, part, word);
        if (UNEXPECTED(w->out->len > w->most))
            return NATIVE_EXT_SHM_FLAT_TOO_BIG;
    }
    return NATIVE_EXT_SHM_FLAT_OK;
}

static enum native_ext_shm_flat_status put_hash(struct writer *w, struct part *part, bool outermost)
{
    const Bucket *bucket = part->table->arData, *end = bucket + part->table->nNumUsed;
    enum native_ext_shm_flat_status status;

    for (; bucket < end; bucket++) {
        const zval *value = value_of(&bucket->val);
        uint32_t word, key = 0;

        if (!value)
            continue;
        if (part->kind == NATIVE_EXT_SHM_FLAT_KEYS)
            key = put_key(w, bucket, outermost);
        status = put_value(w, value, &word);
        if (UNEXPECTED(status != NATIVE_EXT_SHM_FLAT_OK))
            return status;
        put_word(w, part, word | NATIVE_EXT_SHM_FLAT_WORD(0, key, 0));
        if (UNEXPECTED(w->out->len > w->most))
            return NATIVE_EXT_SHM_FLAT_TOO_BIG;
    }
    return NATIVE_EXT_SHM_FLAT_OK;
}

/* ---- arrays ----------------------------------------------------------------------------------------- */

/* Whether two tables without holes have the same strings as keys, in the same order. */
static bool same_keys(const HashTable *one, const HashTable *two)
{
    const Bucket *a = one->arData, *b = two->arData, *end = a + one->nNumUsed;

    if (HT_IS_PACKED(two) || one->nNumUsed != two->nNumUsed)
        return false;
    for (; a < end; a++, b++) {
        if (EXPECTED(a->key == b->key && a->key))
            continue;
        if (!a->key || !b->key || a->h != b->h || !zend_string_equal_content(a->key, b->key))
            return false;
    }
    return true;
}

/* How an array is written: a list, like an earlier one, or with its own keys. */
static uint32_t kind_of(struct writer *w, const HashTable *table, uint32_t count, uint32_t number)
{
    const Bucket *first = table->arData;
    uint32_t *shape;

    if (HT_IS_PACKED(table))
        return count == table->nNumUsed ? NATIVE_EXT_SHM_FLAT_LIST : NATIVE_EXT_SHM_FLAT_KEYS;
    if (count != table->nNumUsed || !first->key)
        return NATIVE_EXT_SHM_FLAT_KEYS;
    shape = &w->shapes[(count ^ (uint32_t)first->h ^ (uint32_t)(first->h >> 7)) % SHAPES];
    if (*shape && same_keys(table, w->tables[*shape - 1]))
        return NATIVE_EXT_SHM_FLAT_LIKE + *shape - 1;
    *shape = number + 1;
    return NATIVE_EXT_SHM_FLAT_KEYS;
}

static enum native_ext_shm_flat_status put_elements(struct writer *w, uint32_t number)
{
    const HashTable *table = w->tables[number];
    uint32_t count = zend_array_count((HashTable *)table);
    size_t head = sizeof(struct native_ext_shm_flat_array),
           size = head + native_ext_shm_flat_align((size_t)count * sizeof(uint32_t));
    struct native_ext_shm_flat_array *to;
    struct part part = {.table = table, .word = w->out->len + head};

    if (UNEXPECTED(size > w->most))
        return NATIVE_EXT_SHM_FLAT_TOO_BIG;
    part.kind = kind_of(w, table, count, number);
    to = (void *)extend(w->out, size);
    memset((char *)to + size - 8, 0, 8);
    to->elements = count;
    to->kind = part.kind;
    to->next = w->forget_next ? zend_empty_array.nNextFreeElement : table->nNextFreeElement;
    w->data_size += native_ext_shm_flat_data_size(count, part.kind == NATIVE_EXT_SHM_FLAT_LIST);
    return HT_IS_PACKED(table) ? put_packed(w, &part) : put_hash(w, &part, number == 0);
}

static enum native_ext_shm_flat_status put_all(struct writer *w)
{
    for (uint32_t i = 0; i < w->count; i++) {
        enum native_ext_shm_flat_status status = put_elements(w, i);

        if (UNEXPECTED(status != NATIVE_EXT_SHM_FLAT_OK))
            return status;
    }
    return w->out->len > w->most ? NATIVE_EXT_SHM_FLAT_TOO_BIG : NATIVE_EXT_SHM_FLAT_OK;
}

static enum native_ext_shm_flat_status finish(struct writer *w)
{
    struct native_ext_shm_flat_header *header = (void *)w->out->at;
    uint64_t room = (uint64_t)w->count * NATIVE_EXT_SHM_FLAT_ARRAY_SIZE + w->data_size +
                    native_ext_shm_flat_align((size_t)w->strings * sizeof(uint32_t));

    if (room / 8 > UINT32_MAX)
        return NATIVE_EXT_SHM_FLAT_TOO_BIG;
    header->magic = NATIVE_EXT_SHM_FLAT_MAGIC;
    header->room = (uint32_t)(room / 8);
    header->arrays = w->count;
    header->strings = w->strings;
    return NATIVE_EXT_SHM_FLAT_OK;
}

static void free_writer(struct writer *w)
{
    if (w->tables != w->few_tables)
        efree(w->tables);
    if (w->known != w->few_known)
        efree(w->known);
    if (w->references) {
        zend_hash_destroy(w->references);
        FREE_HASHTABLE(w->references);
    }
}

enum native_ext_shm_flat_status native_ext_shm_flat_write(struct native_ext_shm_bytes *bytes,
                                                          zend_array *array, size_t most,
                                                          bool forget_next)
{
    enum native_ext_shm_flat_status status;
    struct writer w;

    memset(&w, 0, offsetof(struct writer, few_tables));
    memset(w.few_known, 0, sizeof(w.few_known));
    w.out = bytes;
    w.most = MIN(most, UINT32_MAX / 2);
    w.forget_next = forget_next;
    w.tables = w.few_tables;
    w.tables_room = FEW_TABLES;
    w.known = w.few_known;
    w.known_mask = FEW_STRINGS - 1;
    extend(bytes, sizeof(struct native_ext_shm_flat_header));
    put_array(&w, array);
    status = put_all(&w);
    if (status == NATIVE_EXT_SHM_FLAT_OK)
        status = finish(&w);
    if (status != NATIVE_EXT_SHM_FLAT_OK)
        native_ext_shm_bytes_free(bytes);
    free_writer(&w);
    return status;
}
