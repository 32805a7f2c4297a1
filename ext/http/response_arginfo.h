/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 2137d9e667fa3e36724de2430bc911689436041d */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Response___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Response_header, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Response_headerValues, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Response_json, 0, 0, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Response_info, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Response, __construct);
ZEND_METHOD(Native_Http_Response, header);
ZEND_METHOD(Native_Http_Response, headerValues);
ZEND_METHOD(Native_Http_Response, json);
ZEND_METHOD(Native_Http_Response, info);


static const zend_function_entry class_Native_Http_Response_methods[] = {
	ZEND_ME(Native_Http_Response, __construct, arginfo_class_Native_Http_Response___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Http_Response, header, arginfo_class_Native_Http_Response_header, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Response, headerValues, arginfo_class_Native_Http_Response_headerValues, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Response, json, arginfo_class_Native_Http_Response_json, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Response, info, arginfo_class_Native_Http_Response_info, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Response(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Response", class_Native_Http_Response_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_status_name);

	zval property_version_default_value;
	ZVAL_UNDEF(&property_version_default_value);
	zend_string *property_version_name = zend_string_init("version", sizeof("version") - 1, 1);
	zend_declare_typed_property(class_entry, property_version_name, &property_version_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_version_name);

	zval property_url_default_value;
	ZVAL_UNDEF(&property_url_default_value);
	zend_string *property_url_name = zend_string_init("url", sizeof("url") - 1, 1);
	zend_declare_typed_property(class_entry, property_url_name, &property_url_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_url_name);

	zval property_body_default_value;
	ZVAL_UNDEF(&property_body_default_value);
	zend_string *property_body_name = zend_string_init("body", sizeof("body") - 1, 1);
	zend_declare_typed_property(class_entry, property_body_name, &property_body_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_body_name);

	zval property_headers_default_value;
	ZVAL_UNDEF(&property_headers_default_value);
	zend_string *property_headers_name = zend_string_init("headers", sizeof("headers") - 1, 1);
	zend_declare_typed_property(class_entry, property_headers_name, &property_headers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_headers_name);

	zval property_redirects_default_value;
	ZVAL_UNDEF(&property_redirects_default_value);
	zend_string *property_redirects_name = zend_string_init("redirects", sizeof("redirects") - 1, 1);
	zend_declare_typed_property(class_entry, property_redirects_name, &property_redirects_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_redirects_name);

	zval property_reused_default_value;
	ZVAL_UNDEF(&property_reused_default_value);
	zend_string *property_reused_name = zend_string_init("reused", sizeof("reused") - 1, 1);
	zend_declare_typed_property(class_entry, property_reused_name, &property_reused_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_reused_name);

	zval property_times_default_value;
	ZVAL_UNDEF(&property_times_default_value);
	zend_string *property_times_name = zend_string_init("times", sizeof("times") - 1, 1);
	zend_declare_typed_property(class_entry, property_times_name, &property_times_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_times_name);

	return class_entry;
}
