/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* second.c - an extension that uses native's shared memory; api.phpt builds and loads it. */
#include "ext/native/php_native_shm.h"

ZEND_BEGIN_ARG_INFO_EX(arguments, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_FUNCTION(second_try)
{
    const struct native_shm_api *shm = native_shm_api_find(NATIVE_SHM_API_VERSION);
    struct native_shm_api_segment *segment;
    char buffer[64];
    int64_t sum = 0;
    void *root = NULL;
    size_t len = 0;
    zend_string *key, *name;
    zval value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_STR(name)
    ZEND_PARSE_PARAMETERS_END();
    if (!shm || native_shm_api_find(99) || shm->size < sizeof(*shm))
        RETURN_FALSE;
    segment = shm->open(ZSTR_VAL(name), ZSTR_LEN(name), 0);
    if (!segment)
        return;
    array_init(return_value);
    add_next_index_long(return_value, shm->store(segment, "bytes", 5, "of C", 4, 0));
    add_next_index_long(return_value, shm->fetch(segment, "bytes", 5, buffer, 2, &len));
    add_next_index_long(return_value,
                        shm->fetch(segment, "bytes", 5, buffer, sizeof(buffer), &len));
    add_next_index_stringl(return_value, buffer, len);
    add_next_index_long(return_value, shm->fetch(segment, "none", 4, buffer, sizeof(buffer), &len));
    key = zend_string_init("php", 3, 0);
    ZVAL_NULL(&value);
    add_next_index_long(return_value, shm->fetch_value(segment, key, &value));
    add_next_index_zval(return_value, &value);
    zend_string_release(key);
    shm->counter_add(segment, "n", 1, 5, &sum);
    add_next_index_long(return_value, sum);
    add_next_index_long(return_value, shm->root(segment, "root", 4, 128, &root));
    if (root)
        add_next_index_long(return_value, (zend_long)++ * (uint64_t *)root);
    add_next_index_long(return_value, shm->root(segment, "n", 1, 128, &root));
    add_next_index_long(return_value, shm->remove(segment, "bytes", 5));
}

static const zend_function_entry functions[] = {ZEND_FE(second_try, arguments) ZEND_FE_END};
zend_module_entry second_module_entry = {
    STANDARD_MODULE_HEADER,    "second", functions, NULL, NULL, NULL, NULL, NULL, "1",
    STANDARD_MODULE_PROPERTIES};
ZEND_GET_MODULE(second)
