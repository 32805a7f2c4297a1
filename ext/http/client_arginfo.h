/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 3b09a8fa06354ff8025faf23645e7b4584499bf8 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Client___construct, 0, 0, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Http\\Options, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Client_request, 0, 2, Native\\Http\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, method, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, url, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, headers, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, body, IS_MIXED, 0, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Http\\Options, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Client_get, 0, 1, Native\\Http\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, url, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, headers, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Http\\Options, 1, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Client_head arginfo_class_Native_Http_Client_get

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Client_post, 0, 1, Native\\Http\\Response, 0)
	ZEND_ARG_TYPE_INFO(0, url, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, body, IS_MIXED, 0, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, headers, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Http\\Options, 1, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Client_put arginfo_class_Native_Http_Client_post

#define arginfo_class_Native_Http_Client_patch arginfo_class_Native_Http_Client_post

#define arginfo_class_Native_Http_Client_delete arginfo_class_Native_Http_Client_get

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Client_send, 0, 1, Native\\Http\\Results, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, requests, Traversable, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, concurrency, IS_LONG, 0, "50")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Client_start, 0, 1, Native\\Http\\Transfer, 0)
	ZEND_ARG_OBJ_INFO(0, request, Native\\Http\\Request, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Client, __construct);
ZEND_METHOD(Native_Http_Client, request);
ZEND_METHOD(Native_Http_Client, get);
ZEND_METHOD(Native_Http_Client, head);
ZEND_METHOD(Native_Http_Client, post);
ZEND_METHOD(Native_Http_Client, put);
ZEND_METHOD(Native_Http_Client, patch);
ZEND_METHOD(Native_Http_Client, delete);
ZEND_METHOD(Native_Http_Client, send);
ZEND_METHOD(Native_Http_Client, start);


static const zend_function_entry class_Native_Http_Client_methods[] = {
	ZEND_ME(Native_Http_Client, __construct, arginfo_class_Native_Http_Client___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, request, arginfo_class_Native_Http_Client_request, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, get, arginfo_class_Native_Http_Client_get, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, head, arginfo_class_Native_Http_Client_head, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, post, arginfo_class_Native_Http_Client_post, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, put, arginfo_class_Native_Http_Client_put, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, patch, arginfo_class_Native_Http_Client_patch, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, delete, arginfo_class_Native_Http_Client_delete, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, send, arginfo_class_Native_Http_Client_send, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Client, start, arginfo_class_Native_Http_Client_start, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Client(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Client", class_Native_Http_Client_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
