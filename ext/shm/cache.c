/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/cache.c - Native\Shm\Cache: one key at a time. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "cache.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "../../shm/format.h"
#include "exceptions.h"
#include "fetch.h"
#include "segment.h"
#include "value.h"
#include "wait.h"

#include "cache_arginfo.h"

enum { NAMESPACE_MAX = 255 };

zend_class_entry *native_ext_shm_cache_ce;
static zend_object_handlers handlers;

/* ---- the object ------------------------------------------------------------------------------------- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_shm_cache *cache = zend_object_alloc(sizeof(*cache), ce);

    cache->attach = NULL;
    cache->prefix = NULL;
    zend_object_std_init(&cache->std, ce);
    cache->std.handlers = &handlers;
    return &cache->std;
}

static void free_object(zend_object *object)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(object);

    if (cache->attach)
        native_ext_shm_attach_leave(cache->attach);
    if (cache->prefix)
        zend_string_release_ex(cache->prefix, 0);
    zend_object_std_dtor(object);
}

void native_ext_shm_cache_make(zval *to, struct native_ext_shm_attach *attach,
                               zend_string *namespace, uint32_t number)
{
    struct native_ext_shm_cache *cache;
    size_t len = ZSTR_LEN(namespace);

    if (len > NAMESPACE_MAX) {
        zend_argument_value_error(number, "must be at most %d bytes long", NAMESPACE_MAX);
        return;
    }
    object_init_ex(to, native_ext_shm_cache_ce);
    cache = native_ext_shm_cache_of(Z_OBJ_P(to));
    cache->attach = native_ext_shm_attach_use(attach);
    if (len) {
        cache->prefix = zend_string_alloc(len + 2, 0);
        ZSTR_VAL(cache->prefix)[0] = '\0';
        ZSTR_VAL(cache->prefix)[1] = (char)(unsigned char)len;
        memcpy(ZSTR_VAL(cache->prefix) + 2, ZSTR_VAL(namespace), len + 1);
    }
}

struct native_shm_segment *native_ext_shm_cache_not_open(void)
{
    zend_throw_error(NULL, "The Cache is not open");
    return NULL;
}

/* ---- keys ------------------------------------------------------------------------------------------- */

bool native_ext_shm_key_make_long(struct native_ext_shm_key *to,
                                  const struct native_ext_shm_cache *cache,
                                  const struct native_shm_segment *core, zend_string *key,
                                  uint32_t number)
{
    const char *prefix = cache->prefix ? ZSTR_VAL(cache->prefix) : "\0\0";
    size_t prefix_len = cache->prefix                               ? ZSTR_LEN(cache->prefix)
                        : ZSTR_LEN(key) && ZSTR_VAL(key)[0] == '\0' ? 2
                                                                    : 0;
    size_t len = prefix_len + ZSTR_LEN(key);
    char *bytes;

    if (len > NATIVE_SHM_KEY_MAX) {
        zend_argument_value_error(number, "must be at most %d bytes long",
                                  (int)(NATIVE_SHM_KEY_MAX - prefix_len));
        return false;
    }
    if (len > sizeof(to->few))
        to->own = emalloc(len);
    bytes = to->own ? to->own : to->few;
    memcpy(bytes, prefix, prefix_len);
    memcpy(bytes + prefix_len, ZSTR_VAL(key), ZSTR_LEN(key));
    to->key.bytes = bytes;
    to->key.len = len;
    to->key.hash = native_shm_hash(core, bytes, len, 0);
    return true;
}

zend_string *native_ext_shm_key_plain(const struct native_ext_shm_cache *cache, const char *bytes,
                                      size_t len)
{
    if (cache->prefix) {
        size_t prefix_len = ZSTR_LEN(cache->prefix);

        if (len < prefix_len || memcmp(bytes, ZSTR_VAL(cache->prefix), prefix_len) != 0)
            return NULL;
        return zend_string_init_fast(bytes + prefix_len, len - prefix_len);
    }
    if (len && bytes[0] == '\0') {
        if (len < 2 || bytes[1] != '\0')
            return NULL;
        bytes += 2;
        len -= 2;
    }
    return zend_string_init_fast(bytes, len);
}

/* ---- fetch ------------------------------------------------------------------------------------------ */

ZEND_METHOD(Native_Shm_Cache, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Shm_Cache, default)
{
    ZEND_PARSE_PARAMETERS_NONE();
    native_ext_shm_cache_make(return_value, native_ext_shm_attach_default(), ZSTR_EMPTY_ALLOC(), 0);
}

ZEND_METHOD(Native_Shm_Cache, open)
{
    zend_string *namespace = ZSTR_EMPTY_ALLOC();
    struct native_ext_shm_attach *attach;
    zend_object *segment = NULL;

    ZEND_PARSE_PARAMETERS_START(0, 2)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(segment, native_ext_shm_segment_ce)
    Z_PARAM_STR(namespace)
    ZEND_PARSE_PARAMETERS_END();
    attach = native_ext_shm_segment_arg(segment);
    if (attach)
        native_ext_shm_cache_make(return_value, attach, namespace, 2);
}

ZEND_METHOD(Native_Shm_Cache, fetch)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    enum native_ext_shm_fetched fetched = NATIVE_EXT_SHM_MISSING;
    struct native_ext_shm_key key;
    zval *otherwise = NULL;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(otherwise)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    if (EXPECTED(core)) {
        if (!native_ext_shm_key_make(&key, cache, core, name, 1))
            RETURN_THROWS();
        fetched = native_ext_shm_fetch(cache->attach, core, &key.key, false, return_value);
        native_ext_shm_key_free(&key);
    }
    if (fetched == NATIVE_EXT_SHM_MISSING && otherwise && !EG(exception))
        RETURN_COPY_DEREF(otherwise);
}

/* Ask, or do, something about one key. */
typedef bool of_key(struct native_shm_segment *core, const struct native_shm_key *key);

static zend_always_inline void call_of_key(INTERNAL_FUNCTION_PARAMETERS, of_key *what)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    struct native_ext_shm_key key;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    if (!core)
        RETURN_FALSE;
    if (!native_ext_shm_key_make(&key, cache, core, name, 1))
        RETURN_THROWS();
    RETVAL_BOOL(what(core, &key.key));
    native_ext_shm_key_free(&key);
}

static bool exists(struct native_shm_segment *core, const struct native_shm_key *key)
{
    struct native_shm_view view;

    return native_shm_cache_find(core, key, false, &view) == NATIVE_SHM_OK;
}

static bool delete (struct native_shm_segment *core, const struct native_shm_key *key)
{
    return native_shm_cache_delete(core, key) == NATIVE_SHM_OK;
}

ZEND_METHOD(Native_Shm_Cache, exists)
{
    call_of_key(INTERNAL_FUNCTION_PARAM_PASSTHRU, exists);
}

ZEND_METHOD(Native_Shm_Cache, delete)
{
    call_of_key(INTERNAL_FUNCTION_PARAM_PASSTHRU, delete);
}

/* ---- store ------------------------------------------------------------------------------------------ */

/* Store what is encoded. Returns false if it is not, also after throwing. */
static zend_always_inline bool put(struct native_ext_shm_cache *cache, zend_string *name,
                                   const struct native_shm_value *value,
                                   enum native_shm_store_mode mode)
{
    struct native_shm_segment *core = native_ext_shm_cache_enter(cache);
    struct native_ext_shm_key key;
    bool stored;

    if (!core || !native_ext_shm_key_make(&key, cache, core, name, 1))
        return false;
    stored = value->len <= core->size / 4 &&
             native_shm_cache_store(core, &key.key, value, mode) == NATIVE_SHM_OK;
    native_ext_shm_key_free(&key);
    return stored;
}

/* Encode, which may run code of others (a fork, even), and store. */
static bool encode_and_put(struct native_ext_shm_cache *cache, zend_string *name, zval *zv,
                           struct native_shm_value *value, enum native_shm_store_mode mode)
{
    struct native_shm_segment *core = native_ext_shm_cache_enter(cache);
    struct native_ext_shm_encoded encoded;
    bool stored = false;

    if (native_ext_shm_encode(&encoded, zv, core ? core->size / 4 : 0,
                              NATIVE_EXT_SHM_SERIALIZER_AUTO)) {
        value->bytes = encoded.bytes;
        value->len = encoded.len;
        value->format = encoded.format;
        stored = put(cache, name, value, mode);
    }
    native_ext_shm_encoded_free(&encoded);
    return stored;
}

static void store(INTERNAL_FUNCTION_PARAMETERS, enum native_shm_store_mode mode)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_value value;
    zend_string *name;
    double ttl = 0;
    int64_t number;
    zval *zv;

    value.pinned = false;
    ZEND_PARSE_PARAMETERS_START(2, 4)
    Z_PARAM_STR(name)
    Z_PARAM_ZVAL(zv)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE(ttl)
    Z_PARAM_BOOL(value.pinned)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_ttl(ttl, 3, &value.ttl_ms))
        RETURN_THROWS();
    if (Z_TYPE_P(zv) != IS_LONG)
        RETURN_BOOL(encode_and_put(cache, name, zv, &value, mode));
    number = Z_LVAL_P(zv);
    value.bytes = &number;
    value.len = sizeof(number);
    value.format = NATIVE_SHM_FORMAT_INT;
    RETVAL_BOOL(put(cache, name, &value, mode));
}

ZEND_METHOD(Native_Shm_Cache, store)
{
    store(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_SHM_SET);
}

ZEND_METHOD(Native_Shm_Cache, add)
{
    store(INTERNAL_FUNCTION_PARAM_PASSTHRU, NATIVE_SHM_ADD);
}

/* ---- integers --------------------------------------------------------------------------------------- */

static void throw_no_integer(const zend_string *name)
{
    zend_throw_exception_ex(native_ext_shm_mismatch_exception_ce, 0,
                            "The value of %s is no integer", ZSTR_VAL(name));
}

static void add_number(INTERNAL_FUNCTION_PARAMETERS, bool subtract)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    zend_long by = 1, start = 0;
    struct native_shm_segment *core;
    enum native_shm_status status;
    struct native_ext_shm_key key;
    bool no_start = false;
    int64_t first, result;
    uint64_t ttl_ms;
    zend_string *name;
    double ttl = 0;

    ZEND_PARSE_PARAMETERS_START(1, 4)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(by)
    Z_PARAM_LONG_OR_NULL(start, no_start)
    Z_PARAM_DOUBLE(ttl)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_ttl(ttl, 4, &ttl_ms))
        RETURN_THROWS();
    core = native_ext_shm_cache_enter(cache);
    if (!core)
        RETURN_NULL();
    if (!native_ext_shm_key_make(&key, cache, core, name, 1))
        RETURN_THROWS();
    first = start;
    status = native_shm_cache_add_number(core, &key.key, NATIVE_SHM_FORMAT_INT,
                                         subtract ? (int64_t)(0 - (uint64_t)by) : by,
                                         no_start ? NULL : &first, ttl_ms, &result);
    native_ext_shm_key_free(&key);
    if (status == NATIVE_SHM_OK)
        RETURN_LONG((zend_long)result);
    if (status == NATIVE_SHM_TYPE)
        throw_no_integer(name);
}

ZEND_METHOD(Native_Shm_Cache, inc)
{
    add_number(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

ZEND_METHOD(Native_Shm_Cache, dec)
{
    add_number(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

ZEND_METHOD(Native_Shm_Cache, cas)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    enum native_shm_status status;
    struct native_ext_shm_key key;
    zend_long from, to;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(3, 3)
    Z_PARAM_STR(name)
    Z_PARAM_LONG(from)
    Z_PARAM_LONG(to)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    if (!core)
        RETURN_FALSE;
    if (!native_ext_shm_key_make(&key, cache, core, name, 1))
        RETURN_THROWS();
    status = native_shm_cache_swap_number(core, &key.key, NATIVE_SHM_FORMAT_INT, from, to);
    native_ext_shm_key_free(&key);
    if (status == NATIVE_SHM_TYPE) {
        throw_no_integer(name);
        RETURN_THROWS();
    }
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

/* ---- looking ---------------------------------------------------------------------------------------- */

ZEND_METHOD(Native_Shm_Cache, segment)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (cache->attach)
        native_ext_shm_segment_make(return_value, cache->attach);
    else
        native_ext_shm_cache_enter(cache); /* throws */
}

ZEND_METHOD(Native_Shm_Cache, keyInfo)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    struct native_shm_entry entry;
    struct native_ext_shm_key key;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    core = native_ext_shm_cache_enter(cache);
    if (!core)
        RETURN_NULL();
    if (!native_ext_shm_key_make(&key, cache, core, name, 1))
        RETURN_THROWS();
    if (native_shm_cache_look(core, &key.key, &entry) == NATIVE_SHM_OK)
        native_ext_shm_entry_info(return_value, core, &entry);
    native_ext_shm_key_free(&key);
}

ZEND_METHOD(Native_Shm_Cache, iterate)
{
    struct native_ext_shm_cache *cache = native_ext_shm_cache_of(Z_OBJ_P(ZEND_THIS));
    zend_string *prefix = ZSTR_EMPTY_ALLOC();

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_STR(prefix)
    ZEND_PARSE_PARAMETERS_END();
    native_ext_shm_iterator_make(return_value, cache, prefix);
}

void native_ext_shm_cache_minit(void)
{
    native_ext_shm_cache_ce = register_class_Native_Shm_Cache();
    native_ext_shm_cache_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct native_ext_shm_cache, std),
                                 free_object);
    native_ext_shm_iterator_minit(register_class_Native_Shm_CacheIterator(zend_ce_iterator));
}
