/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* toy.c - an extension with a serializer that registers itself as with APCu; serializer.phpt builds and loads it.
 * NAME is its name. The bytes are "NAME:" and what serialize() makes of the value. */
#include "php.h"

#include "ext/apcu/apc_serializer.h"
#include "ext/standard/php_var.h"
#include "zend_exceptions.h"
#include "zend_smart_str.h"

#ifndef NAME
#define NAME "toy"
#endif

static int answer; /* of the registration */

static int APC_SERIALIZER_NAME(toy)(APC_SERIALIZER_ARGS)
{
    php_serialize_data_t data;
    smart_str text = {0};

    if (Z_TYPE_P(value) == IS_OBJECT &&
        zend_string_equals_literal(Z_OBJCE_P(value)->name, "Refused"))
        return 0;
    if (Z_TYPE_P(value) == IS_OBJECT &&
        zend_string_equals_literal(Z_OBJCE_P(value)->name, "Thrown")) {
        zend_throw_exception(NULL, "the toy throws", 0);
        return 0;
    }
    smart_str_appends(&text, NAME ":");
    PHP_VAR_SERIALIZE_INIT(data);
    php_var_serialize(&text, (zval *)value, &data);
    PHP_VAR_SERIALIZE_DESTROY(data);
    smart_str_0(&text);
    *buf_len = ZSTR_LEN(text.s);
    *buf = (unsigned char *)estrndup(ZSTR_VAL(text.s), *buf_len);
    smart_str_free(&text);
    return config == NULL;
}

static int APC_UNSERIALIZER_NAME(toy)(APC_UNSERIALIZER_ARGS)
{
    const unsigned char *at = buf + strlen(NAME ":");
    php_unserialize_data_t data;
    int done;

    if (buf_len < strlen(NAME ":") || memcmp(buf, NAME ":", strlen(NAME ":")) != 0 ||
        buf[buf_len] != '\0')
        return 0;
    PHP_VAR_UNSERIALIZE_INIT(data);
    done = php_var_unserialize(value, &at, buf + buf_len, &data);
    PHP_VAR_UNSERIALIZE_DESTROY(data);
    return done && config == NULL;
}

static PHP_MINIT_FUNCTION(toy)
{
    answer =
        apc_register_serializer(NAME, APC_SERIALIZER_NAME(toy), APC_UNSERIALIZER_NAME(toy), NULL);
    return SUCCESS;
}

ZEND_BEGIN_ARG_INFO_EX(arguments, 0, 0, 0)
ZEND_END_ARG_INFO()

/* What came of the registration, and of one that is too late. */
ZEND_FUNCTION(toy_registered)
{
    array_init(return_value);
    add_next_index_long(return_value, answer);
    add_next_index_long(return_value, apc_register_serializer("late", APC_SERIALIZER_NAME(toy),
                                                              APC_UNSERIALIZER_NAME(toy), NULL));
}

static const zend_function_entry functions[] = {ZEND_FE(toy_registered, arguments) ZEND_FE_END};
static const zend_module_dep wants[] = {ZEND_MOD_OPTIONAL("apcu") ZEND_MOD_END};
zend_module_entry toy_module_entry = {STANDARD_MODULE_HEADER_EX,
                                      NULL,
                                      wants,
                                      "toy",
                                      functions,
                                      PHP_MINIT(toy),
                                      NULL,
                                      NULL,
                                      NULL,
                                      NULL,
                                      "1",
                                      STANDARD_MODULE_PROPERTIES};
ZEND_GET_MODULE(toy)
