/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 4f0f05ed603131c5edc5e3ce423a0c3a450d0f74 */




static const zend_function_entry class_Native_Http_Exception_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_UrlException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_ResolveException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_ConnectException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_ProxyException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_TlsException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_TimeoutException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_TransferException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_ProtocolException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_TooLargeException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_CodingException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_RedirectException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_StatusException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Exception(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Exception", class_Native_Http_Exception_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	zval property_url_default_value;
	ZVAL_NULL(&property_url_default_value);
	zend_string *property_url_name = zend_string_init("url", sizeof("url") - 1, 1);
	zend_declare_typed_property(class_entry, property_url_name, &property_url_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_url_name);

	zval property_phase_default_value;
	ZVAL_EMPTY_STRING(&property_phase_default_value);
	zend_string *property_phase_name = zend_string_init("phase", sizeof("phase") - 1, 1);
	zend_declare_typed_property(class_entry, property_phase_name, &property_phase_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_phase_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_UrlException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "UrlException", class_Native_Http_UrlException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_ResolveException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "ResolveException", class_Native_Http_ResolveException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_ConnectException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "ConnectException", class_Native_Http_ConnectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_ProxyException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "ProxyException", class_Native_Http_ProxyException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zval property_reply_default_value;
	ZVAL_LONG(&property_reply_default_value, 0);
	zend_string *property_reply_name = zend_string_init("reply", sizeof("reply") - 1, 1);
	zend_declare_typed_property(class_entry, property_reply_name, &property_reply_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_reply_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_TlsException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "TlsException", class_Native_Http_TlsException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zval property_reason_default_value;
	ZVAL_EMPTY_STRING(&property_reason_default_value);
	zend_string *property_reason_name = zend_string_init("reason", sizeof("reason") - 1, 1);
	zend_declare_typed_property(class_entry, property_reason_name, &property_reason_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_reason_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_TimeoutException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "TimeoutException", class_Native_Http_TimeoutException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_TransferException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "TransferException", class_Native_Http_TransferException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_ProtocolException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "ProtocolException", class_Native_Http_ProtocolException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_TooLargeException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "TooLargeException", class_Native_Http_TooLargeException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_CodingException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "CodingException", class_Native_Http_CodingException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_RedirectException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "RedirectException", class_Native_Http_RedirectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_StatusException(zend_class_entry *class_entry_Native_Http_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "StatusException", class_Native_Http_StatusException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Http_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zend_string *property_response_class_Native_Http_Response = zend_string_init("Native\\Http\\Response", sizeof("Native\\Http\\Response")-1, 1);
	zval property_response_default_value;
	ZVAL_NULL(&property_response_default_value);
	zend_string *property_response_name = zend_string_init("response", sizeof("response") - 1, 1);
	zend_declare_typed_property(class_entry, property_response_name, &property_response_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_response_class_Native_Http_Response, 0, MAY_BE_NULL));
	zend_string_release(property_response_name);

	return class_entry;
}
