/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/fetch.c - a value of the cache as a PHP value. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "fetch.h"

#include "../../shm/format.h"
#include "kept.h"
#include "value.h"

enum { TRIES_MAX = 10000 }; /* each means that another process stored this key meanwhile */

/* Read into a string that is there before. */
static enum native_ext_shm_fetched fetch_string(struct native_shm_segment *core,
                                                const struct native_shm_view *view, zval *to)
{
    zend_string *string;

    if (view->value_len == 0) {
        ZVAL_EMPTY_STRING(to);
        return NATIVE_EXT_SHM_FOUND;
    }
    string = zend_string_alloc(view->value_len, 0);
    if (native_shm_cache_read(core, view, ZSTR_VAL(string)) != NATIVE_SHM_OK) {
        zend_string_efree(string);
        return NATIVE_EXT_SHM_MISSING;
    }
    ZSTR_VAL(string)[view->value_len] = '\0';
    ZVAL_NEW_STR(to, string);
    return NATIVE_EXT_SHM_FOUND;
}

/* An array that is kept, or will be from now on. MISSING: not this way. */
static enum native_ext_shm_fetched fetch_kept(struct native_ext_shm_attach *attach,
                                              struct native_shm_segment *core, uint64_t hash,
                                              const struct native_shm_view *view, zval *to)
{
    zend_array *array = native_ext_shm_kept_find(attach->number, hash, view);
    struct native_ext_shm_kept *kept;

    if (!array) {
        kept = native_ext_shm_kept_begin(attach->number, hash, view);
        if (!kept)
            return NATIVE_EXT_SHM_MISSING;
        if (native_shm_cache_read(core, view, native_ext_shm_kept_bytes(kept)) != NATIVE_SHM_OK) {
            native_ext_shm_kept_cancel(kept);
            return NATIVE_EXT_SHM_MISSING;
        }
        array = native_ext_shm_kept_commit(kept);
        if (!array)
            return NATIVE_EXT_SHM_MISSING;
    }
    ZVAL_ARR(to, array);
    return NATIVE_EXT_SHM_FOUND;
}

/* Read the bytes, then make the value of them. */
static enum native_ext_shm_fetched fetch_bytes(struct native_shm_segment *core,
                                               const struct native_shm_view *view, zval *to)
{
    uint64_t few[128];
    void *bytes = view->value_len <= sizeof(few) ? (void *)few : emalloc(view->value_len);
    enum native_ext_shm_fetched fetched = NATIVE_EXT_SHM_MISSING;

    if (native_shm_cache_read(core, view, bytes) == NATIVE_SHM_OK)
        fetched = native_ext_shm_decode(view->format, bytes, view->value_len, to)
                      ? NATIVE_EXT_SHM_FOUND
                      : NATIVE_EXT_SHM_THROWN;
    if (bytes != (void *)few)
        efree(bytes);
    return fetched;
}

enum native_ext_shm_fetched native_ext_shm_fetch_view(struct native_ext_shm_attach *attach,
                                                      struct native_shm_segment *core,
                                                      uint64_t hash,
                                                      const struct native_shm_view *view, zval *to)
{
    switch (view->format) {
    case NATIVE_SHM_FORMAT_NULL:
        ZVAL_NULL(to);
        return NATIVE_EXT_SHM_FOUND;
    case NATIVE_SHM_FORMAT_FALSE:
    case NATIVE_SHM_FORMAT_TRUE:
        ZVAL_BOOL(to, view->format == NATIVE_SHM_FORMAT_TRUE);
        return NATIVE_EXT_SHM_FOUND;
    case NATIVE_SHM_FORMAT_INT:
        ZVAL_LONG(to, (zend_long)view->first);
        return NATIVE_EXT_SHM_FOUND;
    case NATIVE_SHM_FORMAT_STRING:
        if (view->value_len <= core->size)
            return fetch_string(core, view, to);
        break;
    case NATIVE_SHM_FORMAT_ARRAY:
        if (view->value_len >= NATIVE_EXT_SHM_KEPT_LEAST && view->value_len <= core->size &&
            fetch_kept(attach, core, hash, view, to) == NATIVE_EXT_SHM_FOUND)
            return NATIVE_EXT_SHM_FOUND;
        break;
    default:
        break;
    }
    /* What is longer than the whole segment is a damaged entry: it is as good as none. */
    return view->value_len <= core->size ? fetch_bytes(core, view, to) : NATIVE_EXT_SHM_MISSING;
}

enum native_ext_shm_fetched native_ext_shm_fetch(struct native_ext_shm_attach *attach,
                                                 struct native_shm_segment *core,
                                                 const struct native_shm_key *key, bool quiet,
                                                 zval *to)
{
    for (int i = 0; i < TRIES_MAX; i++) {
        struct native_shm_view view;
        enum native_ext_shm_fetched fetched;

        if (native_shm_cache_find(core, key, quiet || i > 0, &view) != NATIVE_SHM_OK)
            return NATIVE_EXT_SHM_MISSING;
        if (view.format == NATIVE_SHM_FORMAT_INT) {
            ZVAL_LONG(to, (zend_long)view.first);
            return NATIVE_EXT_SHM_FOUND;
        }
        fetched = native_ext_shm_fetch_view(attach, core, key->hash, &view, to);
        if (EXPECTED(fetched != NATIVE_EXT_SHM_MISSING))
            return fetched;
        if (view.value_len > core->size)
            return NATIVE_EXT_SHM_MISSING;
    }
    return NATIVE_EXT_SHM_MISSING;
}
