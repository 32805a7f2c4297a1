/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 7ba5775bdb7ad7ec31349f433a5465ec26c41ae7 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Cache___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Cache_default, 0, 0, Native\\Shm\\Cache, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Cache_open, 0, 0, Native\\Shm\\Cache, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, segment, Native\\Shm\\Segment, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, namespace, IS_STRING, 0, "\"\"")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_fetch, 0, 1, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, default, IS_MIXED, 0, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_store, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, value, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ttl, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, pinned, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Cache_add arginfo_class_Native_Shm_Cache_store

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_cas, 0, 3, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, old, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, new, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_inc, 0, 1, IS_LONG, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, by, IS_LONG, 0, "1")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, start, IS_LONG, 1, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ttl, IS_DOUBLE, 0, "0")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Cache_dec arginfo_class_Native_Shm_Cache_inc

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_delete, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Cache_exists arginfo_class_Native_Shm_Cache_delete

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_entry, 0, 2, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, make, IS_CALLABLE, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ttl, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, lease, IS_DOUBLE, 0, "30")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, wait, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_fetchMany, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, keys, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_storeMany, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, values, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ttl, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, pinned, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_deleteMany, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, keys, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Cache_iterate, 0, 0, Native\\Shm\\CacheIterator, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, prefix, IS_STRING, 0, "\"\"")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_keyInfo, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, key, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_info, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Cache_clear, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Cache_segment, 0, 0, Native\\Shm\\Segment, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_CacheIterator___construct arginfo_class_Native_Shm_Cache___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_CacheIterator_current, 0, 0, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_CacheIterator_key, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_CacheIterator_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_CacheIterator_rewind arginfo_class_Native_Shm_CacheIterator_next

#define arginfo_class_Native_Shm_CacheIterator_valid arginfo_class_Native_Shm_Cache_clear

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_CacheIterator_info, 0, 0, IS_ARRAY, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_CacheIterator_delete arginfo_class_Native_Shm_Cache_clear


ZEND_METHOD(Native_Shm_Cache, __construct);
ZEND_METHOD(Native_Shm_Cache, default);
ZEND_METHOD(Native_Shm_Cache, open);
ZEND_METHOD(Native_Shm_Cache, fetch);
ZEND_METHOD(Native_Shm_Cache, store);
ZEND_METHOD(Native_Shm_Cache, add);
ZEND_METHOD(Native_Shm_Cache, cas);
ZEND_METHOD(Native_Shm_Cache, inc);
ZEND_METHOD(Native_Shm_Cache, dec);
ZEND_METHOD(Native_Shm_Cache, delete);
ZEND_METHOD(Native_Shm_Cache, exists);
ZEND_METHOD(Native_Shm_Cache, entry);
ZEND_METHOD(Native_Shm_Cache, fetchMany);
ZEND_METHOD(Native_Shm_Cache, storeMany);
ZEND_METHOD(Native_Shm_Cache, deleteMany);
ZEND_METHOD(Native_Shm_Cache, iterate);
ZEND_METHOD(Native_Shm_Cache, keyInfo);
ZEND_METHOD(Native_Shm_Cache, info);
ZEND_METHOD(Native_Shm_Cache, clear);
ZEND_METHOD(Native_Shm_Cache, segment);
ZEND_METHOD(Native_Shm_CacheIterator, __construct);
ZEND_METHOD(Native_Shm_CacheIterator, current);
ZEND_METHOD(Native_Shm_CacheIterator, key);
ZEND_METHOD(Native_Shm_CacheIterator, next);
ZEND_METHOD(Native_Shm_CacheIterator, rewind);
ZEND_METHOD(Native_Shm_CacheIterator, valid);
ZEND_METHOD(Native_Shm_CacheIterator, info);
ZEND_METHOD(Native_Shm_CacheIterator, delete);


static const zend_function_entry class_Native_Shm_Cache_methods[] = {
	ZEND_ME(Native_Shm_Cache, __construct, arginfo_class_Native_Shm_Cache___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Shm_Cache, default, arginfo_class_Native_Shm_Cache_default, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Shm_Cache, open, arginfo_class_Native_Shm_Cache_open, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Shm_Cache, fetch, arginfo_class_Native_Shm_Cache_fetch, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, store, arginfo_class_Native_Shm_Cache_store, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, add, arginfo_class_Native_Shm_Cache_add, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, cas, arginfo_class_Native_Shm_Cache_cas, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, inc, arginfo_class_Native_Shm_Cache_inc, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, dec, arginfo_class_Native_Shm_Cache_dec, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, delete, arginfo_class_Native_Shm_Cache_delete, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, exists, arginfo_class_Native_Shm_Cache_exists, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, entry, arginfo_class_Native_Shm_Cache_entry, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, fetchMany, arginfo_class_Native_Shm_Cache_fetchMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, storeMany, arginfo_class_Native_Shm_Cache_storeMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, deleteMany, arginfo_class_Native_Shm_Cache_deleteMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, iterate, arginfo_class_Native_Shm_Cache_iterate, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, keyInfo, arginfo_class_Native_Shm_Cache_keyInfo, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, info, arginfo_class_Native_Shm_Cache_info, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, clear, arginfo_class_Native_Shm_Cache_clear, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Cache, segment, arginfo_class_Native_Shm_Cache_segment, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_CacheIterator_methods[] = {
	ZEND_ME(Native_Shm_CacheIterator, __construct, arginfo_class_Native_Shm_CacheIterator___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Shm_CacheIterator, current, arginfo_class_Native_Shm_CacheIterator_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, key, arginfo_class_Native_Shm_CacheIterator_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, next, arginfo_class_Native_Shm_CacheIterator_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, rewind, arginfo_class_Native_Shm_CacheIterator_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, valid, arginfo_class_Native_Shm_CacheIterator_valid, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, info, arginfo_class_Native_Shm_CacheIterator_info, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_CacheIterator, delete, arginfo_class_Native_Shm_CacheIterator_delete, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Cache(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Cache", class_Native_Shm_Cache_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_CacheIterator(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "CacheIterator", class_Native_Shm_CacheIterator_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
