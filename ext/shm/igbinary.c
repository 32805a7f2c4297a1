/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/igbinary.c - igbinary, if it is there. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "igbinary.h"

#include "value.h"

/* As in its igbinary.h. */
typedef int (*serialize_function)(uint8_t **bytes, size_t *len, zval *value);
typedef int (*unserialize_function)(const uint8_t *bytes, size_t len, zval *value);

static serialize_function serialize;
static unserialize_function unserialize;
static zend_function *php_serialize_function,
    *php_unserialize_function; /* of the functions of modules: they stay */
static enum { UNKNOWN, ABSENT, C_FUNCTIONS, PHP_FUNCTIONS } found;

static void find_c_functions(const zend_module_entry *module)
{
    if (!module->handle)
        return;
    serialize = (serialize_function)DL_FETCH_SYMBOL(module->handle, "igbinary_serialize");
    unserialize = (unserialize_function)DL_FETCH_SYMBOL(module->handle, "igbinary_unserialize");
}

static zend_function *module_function(const char *name, size_t len)
{
    zend_function *function = zend_hash_str_find_ptr(CG(function_table), name, len);

    return function && function->type == ZEND_INTERNAL_FUNCTION ? function : NULL;
}

/* The answer is the same for the whole life of the process and for all threads. */
static void find(void)
{
    const zend_module_entry *module =
        zend_hash_str_find_ptr(&module_registry, ZEND_STRL("igbinary"));

    if (!module) {
        found = ABSENT;
        return;
    }
    find_c_functions(module);
    if (serialize && unserialize) {
        found = C_FUNCTIONS;
        return;
    }
    php_serialize_function = module_function(ZEND_STRL("igbinary_serialize"));
    php_unserialize_function = module_function(ZEND_STRL("igbinary_unserialize"));
    found = php_serialize_function && php_unserialize_function ? PHP_FUNCTIONS : ABSENT;
}

bool native_ext_shm_has_igbinary(void)
{
    if (UNEXPECTED(found == UNKNOWN))
        find();
    return found != ABSENT;
}

bool native_ext_shm_igbinary_serialize(unsigned char **bytes, size_t *len, zval *value)
{
    zval result;

    *bytes = NULL;
    if (found == C_FUNCTIONS) {
        bool done = serialize(bytes, len, value) == 0 && !EG(exception);

        if (!done && *bytes) {
            efree(*bytes);
            *bytes = NULL;
        }
        return done;
    }
    ZVAL_UNDEF(&result);
    zend_call_known_function(php_serialize_function, NULL, NULL, &result, 1, value, NULL);
    if (Z_TYPE(result) == IS_STRING) {
        *len = Z_STRLEN(result);
        *bytes = emalloc(*len + 1);
        memcpy(*bytes, Z_STRVAL(result), *len);
    }
    zval_ptr_dtor(&result);
    return *bytes != NULL;
}

bool native_ext_shm_igbinary_unserialize(const void *bytes, size_t len, zval *value)
{
    zval text;

    if (found == C_FUNCTIONS)
        return unserialize(bytes, len, value) == 0;
    ZVAL_STRINGL(&text, bytes, len);
    zend_call_known_function(php_unserialize_function, NULL, NULL, value, 1, &text, NULL);
    zval_ptr_dtor(&text);
    return Z_TYPE_P(value) != IS_UNDEF && !(Z_TYPE_P(value) == IS_NULL);
}
