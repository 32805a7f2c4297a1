/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 723d3eba3e43f409a5f6ba4fe01f00e2fdd24c00 */




static const zend_function_entry class_Native_Mqtt_Exception_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ProtocolException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ConnectException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ConnectionLostException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_RefusedException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_TimeoutException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_NotConnectedException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_QuotaExceededException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Exception(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Exception", class_Native_Mqtt_Exception_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	zend_string *property_reasonCode_class_Native_Mqtt_ReasonCode = zend_string_init("Native\\Mqtt\\ReasonCode", sizeof("Native\\Mqtt\\ReasonCode")-1, 1);
	zval property_reasonCode_default_value;
	ZVAL_NULL(&property_reasonCode_default_value);
	zend_string *property_reasonCode_name = zend_string_init("reasonCode", sizeof("reasonCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_reasonCode_name, &property_reasonCode_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reasonCode_class_Native_Mqtt_ReasonCode, 0, MAY_BE_NULL));
	zend_string_release(property_reasonCode_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_ProtocolException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ProtocolException", class_Native_Mqtt_ProtocolException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	zval property_offset_default_value;
	ZVAL_LONG(&property_offset_default_value, 0);
	zend_string *property_offset_name = zend_string_init("offset", sizeof("offset") - 1, 1);
	zend_declare_typed_property(class_entry, property_offset_name, &property_offset_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_offset_name);

	zval property_statement_default_value;
	ZVAL_NULL(&property_statement_default_value);
	zend_string *property_statement_name = zend_string_init("statement", sizeof("statement") - 1, 1);
	zend_declare_typed_property(class_entry, property_statement_name, &property_statement_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_statement_name);

	zval property_rule_default_value;
	ZVAL_EMPTY_STRING(&property_rule_default_value);
	zend_string *property_rule_name = zend_string_init("rule", sizeof("rule") - 1, 1);
	zend_declare_typed_property(class_entry, property_rule_name, &property_rule_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_rule_name);

	zval property_ruleName_default_value;
	ZVAL_EMPTY_STRING(&property_ruleName_default_value);
	zend_string *property_ruleName_name = zend_string_init("ruleName", sizeof("ruleName") - 1, 1);
	zend_declare_typed_property(class_entry, property_ruleName_name, &property_ruleName_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_ruleName_name);

	zval property_missing_default_value;
	ZVAL_LONG(&property_missing_default_value, 0);
	zend_string *property_missing_name = zend_string_init("missing", sizeof("missing") - 1, 1);
	zend_declare_typed_property(class_entry, property_missing_name, &property_missing_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_missing_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_ConnectException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ConnectException", class_Native_Mqtt_ConnectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_ConnectionLostException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ConnectionLostException", class_Native_Mqtt_ConnectionLostException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_RefusedException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "RefusedException", class_Native_Mqtt_RefusedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_TimeoutException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "TimeoutException", class_Native_Mqtt_TimeoutException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_NotConnectedException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "NotConnectedException", class_Native_Mqtt_NotConnectedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_QuotaExceededException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "QuotaExceededException", class_Native_Mqtt_QuotaExceededException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	return class_entry;
}
