/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 87f3f6bb26ca23fe98cb0616b709bf81b7a5b806 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Body___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Body_json, 0, 1, Native\\Http\\Body, 0)
	ZEND_ARG_TYPE_INFO(0, value, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Body_form, 0, 1, Native\\Http\\Body, 0)
	ZEND_ARG_TYPE_INFO(0, fields, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Body_multipart arginfo_class_Native_Http_Body_form

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Body_file, 0, 1, Native\\Http\\Body, 0)
	ZEND_ARG_TYPE_INFO(0, path, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, type, IS_STRING, 0, "\"application/octet-stream\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, name, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Body_bytes, 0, 1, Native\\Http\\Body, 0)
	ZEND_ARG_TYPE_INFO(0, bytes, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, type, IS_STRING, 0, "\"application/octet-stream\"")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Body, __construct);
ZEND_METHOD(Native_Http_Body, json);
ZEND_METHOD(Native_Http_Body, form);
ZEND_METHOD(Native_Http_Body, multipart);
ZEND_METHOD(Native_Http_Body, file);
ZEND_METHOD(Native_Http_Body, bytes);


static const zend_function_entry class_Native_Http_Body_methods[] = {
	ZEND_ME(Native_Http_Body, __construct, arginfo_class_Native_Http_Body___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Http_Body, json, arginfo_class_Native_Http_Body_json, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Http_Body, form, arginfo_class_Native_Http_Body_form, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Http_Body, multipart, arginfo_class_Native_Http_Body_multipart, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Http_Body, file, arginfo_class_Native_Http_Body_file, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Http_Body, bytes, arginfo_class_Native_Http_Body_bytes, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Body(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Body", class_Native_Http_Body_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
