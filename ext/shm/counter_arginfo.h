/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 05ef99d74b331fa1dbe1ac82b5b986c7f846da85 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Counter___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, start, IS_LONG, 0, "0")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, segment, Native\\Shm\\Segment, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Counter_add, 0, 0, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, by, IS_LONG, 0, "1")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Counter_get, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Counter_set, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, value, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Counter_cas, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, old, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, new, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Counter_wait, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, old, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Shm_Counter, __construct);
ZEND_METHOD(Native_Shm_Counter, add);
ZEND_METHOD(Native_Shm_Counter, get);
ZEND_METHOD(Native_Shm_Counter, set);
ZEND_METHOD(Native_Shm_Counter, cas);
ZEND_METHOD(Native_Shm_Counter, wait);


static const zend_function_entry class_Native_Shm_Counter_methods[] = {
	ZEND_ME(Native_Shm_Counter, __construct, arginfo_class_Native_Shm_Counter___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Counter, add, arginfo_class_Native_Shm_Counter_add, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Counter, get, arginfo_class_Native_Shm_Counter_get, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Counter, set, arginfo_class_Native_Shm_Counter_set, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Counter, cas, arginfo_class_Native_Shm_Counter_cas, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Counter, wait, arginfo_class_Native_Shm_Counter_wait, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Counter(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Counter", class_Native_Shm_Counter_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
