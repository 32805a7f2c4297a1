/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 6deec08bea444889b78c13456eafd16950f4d584 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Semaphore___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, permits, IS_LONG, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, segment, Native\\Shm\\Segment, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Semaphore_acquire, 0, 0, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Semaphore_tryAcquire, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Semaphore_release, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Semaphore_held, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Semaphore_available arginfo_class_Native_Shm_Semaphore_held

#define arginfo_class_Native_Shm_Semaphore_permits arginfo_class_Native_Shm_Semaphore_held


ZEND_METHOD(Native_Shm_Semaphore, __construct);
ZEND_METHOD(Native_Shm_Semaphore, acquire);
ZEND_METHOD(Native_Shm_Semaphore, tryAcquire);
ZEND_METHOD(Native_Shm_Semaphore, release);
ZEND_METHOD(Native_Shm_Semaphore, held);
ZEND_METHOD(Native_Shm_Semaphore, available);
ZEND_METHOD(Native_Shm_Semaphore, permits);


static const zend_function_entry class_Native_Shm_Semaphore_methods[] = {
	ZEND_ME(Native_Shm_Semaphore, __construct, arginfo_class_Native_Shm_Semaphore___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, acquire, arginfo_class_Native_Shm_Semaphore_acquire, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, tryAcquire, arginfo_class_Native_Shm_Semaphore_tryAcquire, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, release, arginfo_class_Native_Shm_Semaphore_release, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, held, arginfo_class_Native_Shm_Semaphore_held, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, available, arginfo_class_Native_Shm_Semaphore_available, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Semaphore, permits, arginfo_class_Native_Shm_Semaphore_permits, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Semaphore(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Semaphore", class_Native_Shm_Semaphore_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
