/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: dc2eb605ad4cccbca6287922094e70e097d4279d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Mutex___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, segment, Native\\Shm\\Segment, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Mutex_lock, 0, 0, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Mutex_tryLock, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Mutex_unlock, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Mutex_isOwned arginfo_class_Native_Shm_Mutex_tryLock

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Mutex_token, 0, 0, IS_LONG, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Mutex_abandoned arginfo_class_Native_Shm_Mutex_tryLock


ZEND_METHOD(Native_Shm_Mutex, __construct);
ZEND_METHOD(Native_Shm_Mutex, lock);
ZEND_METHOD(Native_Shm_Mutex, tryLock);
ZEND_METHOD(Native_Shm_Mutex, unlock);
ZEND_METHOD(Native_Shm_Mutex, isOwned);
ZEND_METHOD(Native_Shm_Mutex, token);
ZEND_METHOD(Native_Shm_Mutex, abandoned);


static const zend_function_entry class_Native_Shm_Mutex_methods[] = {
	ZEND_ME(Native_Shm_Mutex, __construct, arginfo_class_Native_Shm_Mutex___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, lock, arginfo_class_Native_Shm_Mutex_lock, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, tryLock, arginfo_class_Native_Shm_Mutex_tryLock, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, unlock, arginfo_class_Native_Shm_Mutex_unlock, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, isOwned, arginfo_class_Native_Shm_Mutex_isOwned, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, token, arginfo_class_Native_Shm_Mutex_token, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Mutex, abandoned, arginfo_class_Native_Shm_Mutex_abandoned, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Mutex(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Mutex", class_Native_Shm_Mutex_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
