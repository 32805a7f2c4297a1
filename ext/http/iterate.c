/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/iterate.c - going over arrays and iterators. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "iterate.h"

#include "zend_exceptions.h"
#include "zend_interfaces.h"

/* Call a method of the iterator. Returns false when it threw; then there is no result. */
static bool ask(struct native_ext_http_iterate *it, const char *method, zval *result)
{
    ZVAL_UNDEF(result);
    zend_call_method(Z_OBJ(it->over), Z_OBJCE(it->over), NULL, method, strlen(method), result, 0,
                     NULL, NULL);
    if (!EG(exception))
        return true;
    zval_ptr_dtor(result);
    ZVAL_UNDEF(result);
    return false;
}

bool native_ext_http_iterate_begin(struct native_ext_http_iterate *it, zval *over)
{
    zval inner;

    memset(it, 0, sizeof(*it));
    ZVAL_COPY_DEREF(&it->over, over);
    if (Z_TYPE(it->over) == IS_ARRAY) {
        zend_hash_internal_pointer_reset_ex(Z_ARR(it->over), &it->at);
        return true;
    }
    while (instanceof_function(Z_OBJCE(it->over), zend_ce_aggregate)) {
        if (!ask(it, "getIterator", &inner))
            return false;
        if (Z_TYPE(inner) != IS_OBJECT ||
            !instanceof_function(Z_OBJCE(inner), zend_ce_traversable)) {
            zval_ptr_dtor(&inner);
            zend_type_error("getIterator() must return a Traversable");
            return false;
        }
        zval_ptr_dtor(&it->over);
        ZVAL_COPY_VALUE(&it->over, &inner);
    }
    return true;
}

static enum native_ext_http_iterated of_array(struct native_ext_http_iterate *it, zval *key,
                                              zval *value)
{
    zval *found = zend_hash_get_current_data_ex(Z_ARR(it->over), &it->at);

    if (!found)
        return NATIVE_EXT_HTTP_ITERATE_END;
    ZVAL_COPY_DEREF(value, found);
    if (key) {
        zend_hash_get_current_key_zval_ex(Z_ARR(it->over), key, &it->at);
    }
    zend_hash_move_forward_ex(Z_ARR(it->over), &it->at);
    return NATIVE_EXT_HTTP_ITERATE_ITEM;
}

static enum native_ext_http_iterated of_iterator(struct native_ext_http_iterate *it, zval *key,
                                                 zval *value)
{
    bool first = !it->begun;
    bool valid;

    it->begun = true;
    if (!ask(it, first ? "rewind" : "next", value))
        return NATIVE_EXT_HTTP_ITERATE_THREW;
    zval_ptr_dtor(value);
    if (!ask(it, "valid", value))
        return NATIVE_EXT_HTTP_ITERATE_THREW;
    valid = zend_is_true(value);
    zval_ptr_dtor(value);
    if (!valid)
        return NATIVE_EXT_HTTP_ITERATE_END;
    if (key && !ask(it, "key", key))
        return NATIVE_EXT_HTTP_ITERATE_THREW;
    if (ask(it, "current", value))
        return NATIVE_EXT_HTTP_ITERATE_ITEM;
    if (key)
        zval_ptr_dtor(key);
    return NATIVE_EXT_HTTP_ITERATE_THREW;
}

enum native_ext_http_iterated native_ext_http_iterate_next(struct native_ext_http_iterate *it,
                                                           zval *key, zval *value)
{
    if (Z_TYPE(it->over) == IS_UNDEF)
        return NATIVE_EXT_HTTP_ITERATE_END;
    return Z_TYPE(it->over) == IS_ARRAY ? of_array(it, key, value) : of_iterator(it, key, value);
}

void native_ext_http_iterate_end(struct native_ext_http_iterate *it)
{
    zval over;

    ZVAL_COPY_VALUE(&over, &it->over);
    ZVAL_UNDEF(&it->over); /* a destructor may come back here */
    zval_ptr_dtor(&over);
}
