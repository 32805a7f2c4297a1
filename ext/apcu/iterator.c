/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/iterator.c - the class APCUIterator: entries in chunks. No lock is held, not even while a chunk is read. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "apcu.h"

#include "ext/pcre/php_pcre.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "ini.h"

#include "iterator_arginfo.h"

enum { CHUNK = 100 };

enum { LIST_ACTIVE = 1, LIST_DELETED = 2 };

enum {
    ITER_TYPE = 1 << 0,
    ITER_KEY = 1 << 1,
    ITER_VALUE = 1 << 2,
    ITER_NUM_HITS = 1 << 3,
    ITER_MTIME = 1 << 4,
    ITER_CTIME = 1 << 5,
    ITER_DTIME = 1 << 6,
    ITER_ATIME = 1 << 7,
    ITER_REFCOUNT = 1 << 8,
    ITER_MEM_SIZE = 1 << 9,
    ITER_TTL = 1 << 10,
};
#define ITER_ALL 0xffffffffL

struct item {
    zend_string *key;
    zval value;
};

struct iterator {
    bool ready;   /* the constructor has run */
    bool deleted; /* APC_LIST_DELETED: nothing */
    bool totalled;
    zend_long format;
    zend_long chunk_size;
    zend_string *regex; /* NULL: none */
    pcre_cache_entry *compiled;
    HashTable *keys; /* NULL: all */
    struct native_shm_cursor cursor;
    struct item *items; /* the chunk */
    size_t count, at;
    zend_long hits, size, total;
    zend_object std;
};

static zend_class_entry *iterator_ce;
static zend_object_handlers handlers;

static struct iterator *iterator_of(zend_object *object)
{
    return (struct iterator *)((char *)object - offsetof(struct iterator, std));
}

/* ---- the object ------------------------------------------------------------------------------------- */

static zend_object *create(zend_class_entry *ce)
{
    struct iterator *it = zend_object_alloc(sizeof(*it), ce);

    memset(it, 0, offsetof(struct iterator, std));
    zend_object_std_init(&it->std, ce);
    object_properties_init(&it->std, ce);
    it->std.handlers = &handlers;
    return &it->std;
}

static void drop_chunk(struct iterator *it)
{
    struct item *items = it->items;
    size_t count = it->count;

    it->items = NULL;
    it->count = it->at = 0;
    for (size_t i = 0; i < count; i++) {
        zend_string_release(items[i].key);
        zval_ptr_dtor(&items[i].value);
    }
    if (items)
        efree(items);
}

static void drop_search(struct iterator *it)
{
    if (it->compiled)
        php_pcre_pce_decref(it->compiled);
    if (it->regex)
        zend_string_release(it->regex);
    if (it->keys)
        zend_array_destroy(it->keys);
    it->compiled = NULL;
    it->regex = NULL;
    it->keys = NULL;
}

static void free_object(zend_object *object)
{
    struct iterator *it = iterator_of(object);

    drop_chunk(it);
    drop_search(it);
    zend_object_std_dtor(object);
}

/* Values in the chunk may refer to the iterator itself. */
static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct iterator *it = iterator_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    for (size_t i = 0; i < it->count; i++)
        zend_get_gc_buffer_add_zval(buffer, &it->items[i].value);
    zend_get_gc_buffer_use(buffer, table, count);
    return zend_std_get_properties(object);
}

/* ---- which entries ---------------------------------------------------------------------------------- */

static bool matches_regex(const struct iterator *it, zend_string *key)
{
    pcre2_code *code = php_pcre_pce_re(it->compiled);
    pcre2_match_data *data = php_pcre_create_match_data(0, code);
    int found = -1;

    if (data) {
        found = pcre2_match(code, (PCRE2_SPTR)ZSTR_VAL(key), ZSTR_LEN(key), 0, 0, data,
                            php_pcre_mctx());
        php_pcre_free_match_data(data);
    }
    return found >= 0;
}

static bool matches(const struct iterator *it, zend_string *key)
{
    if (it->compiled)
        return matches_regex(it, key);
    return !it->keys || zend_hash_exists(it->keys, key);
}

/* The next entry that is wanted, and its key; NULL at the end. `bytes` has room for a key. */
static zend_string *next_entry(const struct iterator *it, struct native_shm_segment *core,
                               struct native_shm_cursor *cursor, struct native_shm_entry *entry,
                               char *bytes)
{
    while (native_shm_cache_next(core, cursor, entry, bytes) == NATIVE_SHM_OK) {
        zend_string *key = native_ext_shm_key_plain(native_ext_apcu_cache(), bytes, entry->key_len);

        if (key && matches(it, key))
            return key;
        if (key)
            zend_string_release(key);
    }
    return NULL;
}

/* ---- chunks ----------------------------------------------------------------------------------------- */

static void add(zval *row, bool wanted, const char *name, zend_long value)
{
    if (wanted)
        add_assoc_long(row, name, value);
}

static void make_row(zval *row, zend_long format, struct native_shm_segment *core,
                     const struct native_shm_entry *entry, zend_string *key)
{
    zval value;

    array_init(row);
    if (format & ITER_TYPE)
        add_assoc_string(row, "type", "user");
    if (format & ITER_KEY)
        add_assoc_str(row, "key", zend_string_copy(key));
    if (format & ITER_VALUE) {
        if (!native_ext_apcu_fetch_entry(core, key, entry, &value))
            ZVAL_FALSE(&value);
        add_assoc_zval(row, "value", &value);
    }
    add(row, format & ITER_NUM_HITS, "num_hits", (zend_long)entry->hits);
    add(row, format & ITER_MTIME, "mtime", (zend_long)entry->view.stored);
    add(row, format & ITER_CTIME, "creation_time", (zend_long)entry->view.stored);
    add(row, format & ITER_DTIME, "deletion_time", 0);
    add(row, format & ITER_ATIME, "access_time", (zend_long)native_ext_apcu_accessed(entry));
    add(row, format & ITER_REFCOUNT, "ref_count", 0);
    add(row, format & ITER_MEM_SIZE, "mem_size", (zend_long)entry->memory);
    add(row, format & ITER_TTL, "ttl", native_ext_apcu_ttl_of(core, entry));
}

static int compare_items(const void *a, const void *b)
{
    const zend_string *left = ((const struct item *)a)->key;
    const zend_string *right = ((const struct item *)b)->key;

    if (ZSTR_LEN(left) != ZSTR_LEN(right))
        return ZSTR_LEN(left) < ZSTR_LEN(right) ? -1 : 1;
    return memcmp(ZSTR_VAL(left), ZSTR_VAL(right), ZSTR_LEN(left));
}

/* Read the next chunk. Making values may run code of others, which may use this very iterator: so the chunk is put
 * together aside. Entries have no order of their own; within a chunk they are sorted, so that two runs look alike.
 * Returns how many there are. */
static size_t fetch(struct iterator *it)
{
    struct native_shm_segment *core = it->deleted ? NULL : native_ext_apcu_enter();
    size_t count = 0, room = 0;
    struct item *items = NULL;
    struct native_shm_entry entry;
    zend_string *key;
    char *bytes;

    drop_chunk(it);
    if (!core)
        return 0;
    bytes = emalloc(NATIVE_SHM_KEY_MAX);
    while (count < (size_t)it->chunk_size && !EG(exception) &&
           (key = next_entry(it, core, &it->cursor, &entry, bytes))) {
        if (count == room) {
            room = room ? room * 2 : 16;
            items = safe_erealloc(items, room, sizeof(*items), 0);
        }
        items[count].key = key;
        make_row(&items[count].value, it->format, core, &entry, key);
        count++;
        if (!(core = native_ext_apcu_enter()))
            break;
    }
    efree(bytes);
    drop_chunk(it);
    if (count)
        qsort(items, count, sizeof(*items), compare_items);
    it->items = items;
    it->count = count;
    return count;
}

static void add_totals(struct iterator *it)
{
    struct native_shm_segment *core = native_ext_apcu_enter();
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    zend_string *key;
    char *bytes;

    if (it->totalled || !core)
        return;
    it->totalled = true;
    bytes = emalloc(NATIVE_SHM_KEY_MAX);
    while ((key = next_entry(it, core, &cursor, &entry, bytes))) {
        zend_string_release(key);
        it->size += (zend_long)entry.memory;
        it->hits += (zend_long)entry.hits;
        it->total++;
    }
    efree(bytes);
}

/* ---- methods ---------------------------------------------------------------------------------------- */

static bool set_regex(struct iterator *it, zend_string *regex)
{
    it->compiled = pcre_get_compiled_regex_cache(regex);
    if (!it->compiled) {
        if (!EG(exception))
            php_error_docref(NULL, E_ERROR, "Could not compile regular expression: %s",
                             ZSTR_VAL(regex));
        return false;
    }
    php_pcre_pce_incref(it->compiled);
    it->regex = zend_string_copy(regex);
    return true;
}

static void set_keys(struct iterator *it, zend_array *keys)
{
    zval *key, yes;

    ZVAL_TRUE(&yes);
    it->keys = zend_new_array(zend_hash_num_elements(keys));
    ZEND_HASH_FOREACH_VAL(keys, key)
    {
        ZVAL_DEREF(key);
        if (Z_TYPE_P(key) == IS_STRING) {
            zend_hash_update(it->keys, Z_STR_P(key), &yes);
        } else if (Z_TYPE_P(key) == IS_LONG) {
            zend_string *text = zend_long_to_str(Z_LVAL_P(key));

            zend_hash_update(it->keys, text, &yes);
            zend_string_release(text);
        }
    }
    ZEND_HASH_FOREACH_END();
}

/* Nothing is set unless all is well: what is not ready says so at its first use. */
static bool check_arguments(zend_long format, zend_long chunk_size, zend_long list)
{
    if (chunk_size < 0)
        php_error_docref(NULL, E_ERROR, "APCUIterator chunk size must be 0 or greater");
    else if (!native_ext_apcu_enabled())
        zend_throw_error(NULL, "APC must be enabled to use APCUIterator");
    else if (format > ITER_ALL)
        php_error_docref(NULL, E_ERROR, "APCUIterator format is invalid");
    else if (list != LIST_ACTIVE && list != LIST_DELETED)
        php_error_docref(NULL, E_WARNING, "APCUIterator invalid list type");
    else
        return true;
    return false;
}

ZEND_METHOD(APCUIterator, __construct)
{
    struct iterator *it = iterator_of(Z_OBJ_P(ZEND_THIS));
    zend_long format = ITER_ALL, chunk_size = 0, list = LIST_ACTIVE;
    zval *search = NULL;

    ZEND_PARSE_PARAMETERS_START(0, 4)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL_OR_NULL(search)
    Z_PARAM_LONG(format)
    Z_PARAM_LONG(chunk_size)
    Z_PARAM_LONG(list)
    ZEND_PARSE_PARAMETERS_END();
    if (!check_arguments(format, chunk_size, list))
        return;
    drop_chunk(it); /* called a second time */
    drop_search(it);
    memset(&it->cursor, 0, sizeof(it->cursor));
    it->ready = it->totalled = false;
    it->hits = it->size = it->total = 0;
    it->deleted = list == LIST_DELETED;
    it->format = format;
    it->chunk_size = chunk_size ? chunk_size : CHUNK;
    if (search && Z_TYPE_P(search) == IS_STRING && Z_STRLEN_P(search)) {
        if (!set_regex(it, Z_STR_P(search)))
            return;
    } else if (search && Z_TYPE_P(search) == IS_ARRAY) {
        set_keys(it, Z_ARRVAL_P(search));
    }
    it->ready = true;
}

/* NULL after throwing. */
static struct iterator *ready(zend_object *object)
{
    struct iterator *it = iterator_of(object);

    if (it->ready)
        return it;
    zend_throw_error(NULL, "Trying to use uninitialized APCUIterator");
    return NULL;
}

ZEND_METHOD(APCUIterator, rewind)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    memset(&it->cursor, 0, sizeof(it->cursor));
    fetch(it);
}

ZEND_METHOD(APCUIterator, valid)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    if (it->at == it->count)
        fetch(it);
    RETURN_BOOL(it->count != 0);
}

/* The item that the iterator stands at; NULL after throwing. */
static struct item *item(zend_object *object, const char *method)
{
    struct iterator *it = ready(object);

    if (!it)
        return NULL;
    if (it->at < it->count || fetch(it))
        return &it->items[it->at];
    if (!EG(exception))
        zend_throw_error(NULL, "Cannot call %s() on invalid iterator", method);
    return NULL;
}

ZEND_METHOD(APCUIterator, current)
{
    struct item *here;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(here = item(Z_OBJ_P(ZEND_THIS), "current")))
        RETURN_THROWS();
    RETURN_COPY(&here->value);
}

ZEND_METHOD(APCUIterator, key)
{
    struct item *here;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(here = item(Z_OBJ_P(ZEND_THIS), "key")))
        RETURN_THROWS();
    RETURN_STR_COPY(here->key);
}

ZEND_METHOD(APCUIterator, next)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    if (it->at < it->count)
        it->at++;
}

ZEND_METHOD(APCUIterator, getTotalHits)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    add_totals(it);
    RETURN_LONG(it->hits);
}

ZEND_METHOD(APCUIterator, getTotalSize)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    add_totals(it);
    RETURN_LONG(it->size);
}

ZEND_METHOD(APCUIterator, getTotalCount)
{
    struct iterator *it;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!(it = ready(Z_OBJ_P(ZEND_THIS))))
        RETURN_THROWS();
    add_totals(it);
    RETURN_LONG(it->total);
}

/* ---- for apcu_delete() ------------------------------------------------------------------------------ */

bool native_ext_apcu_iterator_is(const zend_object *object)
{
    return instanceof_function(object->ce, iterator_ce);
}

/* Only keys are looked at: no value is made. */
bool native_ext_apcu_iterator_delete(zend_object *object)
{
    struct iterator *it = ready(object);
    struct native_shm_segment *core;
    struct native_shm_entry entry;
    zend_string *key;
    char *bytes;

    if (!it)
        return false;
    drop_chunk(it);
    if (it->deleted || !(core = native_ext_apcu_enter()))
        return true;
    bytes = emalloc(NATIVE_SHM_KEY_MAX);
    while ((key = next_entry(it, core, &it->cursor, &entry, bytes))) {
        native_ext_apcu_delete(key);
        zend_string_release(key);
    }
    efree(bytes);
    return true;
}

/* ---- registration ----------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    zend_long value;
} constants[] = {
    {"APC_LIST_ACTIVE", LIST_ACTIVE},     {"APC_LIST_DELETED", LIST_DELETED},
    {"APC_ITER_TYPE", ITER_TYPE},         {"APC_ITER_KEY", ITER_KEY},
    {"APC_ITER_VALUE", ITER_VALUE},       {"APC_ITER_NUM_HITS", ITER_NUM_HITS},
    {"APC_ITER_MTIME", ITER_MTIME},       {"APC_ITER_CTIME", ITER_CTIME},
    {"APC_ITER_DTIME", ITER_DTIME},       {"APC_ITER_ATIME", ITER_ATIME},
    {"APC_ITER_REFCOUNT", ITER_REFCOUNT}, {"APC_ITER_MEM_SIZE", ITER_MEM_SIZE},
    {"APC_ITER_TTL", ITER_TTL},           {"APC_ITER_NONE", 0},
    {"APC_ITER_ALL", ITER_ALL},
};

void native_ext_apcu_iterator_minit(int module_number)
{
    iterator_ce = register_class_APCUIterator(zend_ce_iterator);
    iterator_ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.offset = offsetof(struct iterator, std);
    handlers.free_obj = free_object;
    handlers.get_gc = get_gc;
    handlers.clone_obj = NULL;
    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++)
        zend_register_long_constant(constants[i].name, strlen(constants[i].name),
                                    constants[i].value, CONST_PERSISTENT, module_number);
}
