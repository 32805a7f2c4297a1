/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* apc_serializer.h - how another extension registers a serializer, installed where APCu's header of this name would be.
 *
 * Names, types and the constant are those of APCu's interface, version 0, so that one source compiles with either header
 * and one binary works with either module. In its MINIT (nowhere else) the extension says
 *
 *     apc_register_serializer("name", APC_SERIALIZER_NAME(name), APC_UNSERIALIZER_NAME(name), NULL);
 *
 * and in its list of dependencies ZEND_MOD_OPTIONAL("apcu"): then the order in which the modules are loaded does not
 * matter. `name` must last as long as the process. apc.serializer = name chooses it.
 *
 * Both functions return 1 when it worked, else 0. The serializer sets *buf to memory of emalloc(), which it gives away.
 * The unserializer sets *value; buf is not its own, and a NUL follows it. */
#ifndef APC_SERIALIZER_H
#define APC_SERIALIZER_H

#define APC_SERIALIZER_NAME(module) module##_apc_serializer
#define APC_UNSERIALIZER_NAME(module) module##_apc_unserializer

#define APC_SERIALIZER_ARGS unsigned char **buf, size_t *buf_len, const zval *value, void *config
#define APC_UNSERIALIZER_ARGS zval *value, unsigned char *buf, size_t buf_len, void *config

typedef int (*apc_serialize_t)(APC_SERIALIZER_ARGS);
typedef int (*apc_unserialize_t)(APC_UNSERIALIZER_ARGS);
typedef int (*apc_register_serializer_t)(const char *name, apc_serialize_t serialize,
                                         apc_unserialize_t unserialize, void *config);

/* The constant of this name is the address of a function of that last type. */
#define APC_SERIALIZER_ABI "0"
#define APC_SERIALIZER_CONSTANT "\000apc_register_serializer-" APC_SERIALIZER_ABI

#ifndef APC_UNUSED
#ifdef __GNUC__
#define APC_UNUSED __attribute__((unused))
#else
#define APC_UNUSED
#endif
#endif

/* Returns 1 when it is registered; 0 when there is no apcu, or no place. */
static APC_UNUSED int apc_register_serializer(const char *name, apc_serialize_t serialize,
                                              apc_unserialize_t unserialize, void *config)
{
    zend_string *constant =
        zend_string_init(APC_SERIALIZER_CONSTANT, sizeof(APC_SERIALIZER_CONSTANT) - 1, 0);
    zval *address = zend_get_constant(constant);

    zend_string_release(constant);
    if (!address || Z_TYPE_P(address) != IS_LONG || Z_LVAL_P(address) == 0)
        return 0;
    return ((apc_register_serializer_t)Z_LVAL_P(address))(name, serialize, unserialize, config);
}

#endif
