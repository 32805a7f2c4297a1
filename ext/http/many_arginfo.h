/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: e7f44d43ce9bcba6fcf7c54641d7f7d4b1d2880d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Results___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Results_current, 0, 0, IS_MIXED, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Results_key arginfo_class_Native_Http_Results_current

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Results_next, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Results_rewind arginfo_class_Native_Http_Results_next

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Results_valid, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Results_request, 0, 0, Native\\Http\\Request, 1)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Results, __construct);
ZEND_METHOD(Native_Http_Results, current);
ZEND_METHOD(Native_Http_Results, key);
ZEND_METHOD(Native_Http_Results, next);
ZEND_METHOD(Native_Http_Results, rewind);
ZEND_METHOD(Native_Http_Results, valid);
ZEND_METHOD(Native_Http_Results, request);


static const zend_function_entry class_Native_Http_Results_methods[] = {
	ZEND_ME(Native_Http_Results, __construct, arginfo_class_Native_Http_Results___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Http_Results, current, arginfo_class_Native_Http_Results_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Results, key, arginfo_class_Native_Http_Results_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Results, next, arginfo_class_Native_Http_Results_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Results, rewind, arginfo_class_Native_Http_Results_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Results, valid, arginfo_class_Native_Http_Results_valid, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Results, request, arginfo_class_Native_Http_Results_request, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Results(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Results", class_Native_Http_Results_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
