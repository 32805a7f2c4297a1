/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 8f6ba85bb864de5abe55008754786d39acc5a22d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_CookieJar___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_load, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, file, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_save, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, file, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_set, 0, 2, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, setCookie, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, url, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_get, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, url, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_clear, 0, 0, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sessionOnly, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_CookieJar_count, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_CookieJar_getIterator, 0, 0, Iterator, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_CookieJar, __construct);
ZEND_METHOD(Native_Http_CookieJar, load);
ZEND_METHOD(Native_Http_CookieJar, save);
ZEND_METHOD(Native_Http_CookieJar, set);
ZEND_METHOD(Native_Http_CookieJar, get);
ZEND_METHOD(Native_Http_CookieJar, clear);
ZEND_METHOD(Native_Http_CookieJar, count);
ZEND_METHOD(Native_Http_CookieJar, getIterator);


static const zend_function_entry class_Native_Http_CookieJar_methods[] = {
	ZEND_ME(Native_Http_CookieJar, __construct, arginfo_class_Native_Http_CookieJar___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, load, arginfo_class_Native_Http_CookieJar_load, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, save, arginfo_class_Native_Http_CookieJar_save, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, set, arginfo_class_Native_Http_CookieJar_set, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, get, arginfo_class_Native_Http_CookieJar_get, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, clear, arginfo_class_Native_Http_CookieJar_clear, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, count, arginfo_class_Native_Http_CookieJar_count, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_CookieJar, getIterator, arginfo_class_Native_Http_CookieJar_getIterator, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_CookieJar(zend_class_entry *class_entry_Countable, zend_class_entry *class_entry_IteratorAggregate)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "CookieJar", class_Native_Http_CookieJar_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 2, class_entry_Countable, class_entry_IteratorAggregate);

	return class_entry;
}
