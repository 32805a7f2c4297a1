/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 8933875ba81151be4803de470030e4133683bdfe */




static const zend_function_entry class_Native_Mqtt_Exception_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ProtocolException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ConnectFailure_methods[] = {
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

static zend_class_entry *register_class_Native_Mqtt_ConnectFailure(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\ConnectFailure", IS_STRING, class_Native_Mqtt_ConnectFailure_methods);

	zval enum_case_NameResolution_value;
	zend_string *enum_case_NameResolution_value_str = zend_string_init("name", strlen("name"), 1);
	ZVAL_STR(&enum_case_NameResolution_value, enum_case_NameResolution_value_str);
	zend_enum_add_case_cstr(class_entry, "NameResolution", &enum_case_NameResolution_value);

	zval enum_case_Refused_value;
	zend_string *enum_case_Refused_value_str = zend_string_init("refused", strlen("refused"), 1);
	ZVAL_STR(&enum_case_Refused_value, enum_case_Refused_value_str);
	zend_enum_add_case_cstr(class_entry, "Refused", &enum_case_Refused_value);

	zval enum_case_Unreachable_value;
	zend_string *enum_case_Unreachable_value_str = zend_string_init("unreachable", strlen("unreachable"), 1);
	ZVAL_STR(&enum_case_Unreachable_value, enum_case_Unreachable_value_str);
	zend_enum_add_case_cstr(class_entry, "Unreachable", &enum_case_Unreachable_value);

	zval enum_case_TlsHandshake_value;
	zend_string *enum_case_TlsHandshake_value_str = zend_string_init("tls-handshake", strlen("tls-handshake"), 1);
	ZVAL_STR(&enum_case_TlsHandshake_value, enum_case_TlsHandshake_value_str);
	zend_enum_add_case_cstr(class_entry, "TlsHandshake", &enum_case_TlsHandshake_value);

	zval enum_case_TlsCertificate_value;
	zend_string *enum_case_TlsCertificate_value_str = zend_string_init("tls-certificate", strlen("tls-certificate"), 1);
	ZVAL_STR(&enum_case_TlsCertificate_value, enum_case_TlsCertificate_value_str);
	zend_enum_add_case_cstr(class_entry, "TlsCertificate", &enum_case_TlsCertificate_value);

	zval enum_case_TlsHostName_value;
	zend_string *enum_case_TlsHostName_value_str = zend_string_init("tls-host-name", strlen("tls-host-name"), 1);
	ZVAL_STR(&enum_case_TlsHostName_value, enum_case_TlsHostName_value_str);
	zend_enum_add_case_cstr(class_entry, "TlsHostName", &enum_case_TlsHostName_value);

	zval enum_case_NoAnswer_value;
	zend_string *enum_case_NoAnswer_value_str = zend_string_init("no-answer", strlen("no-answer"), 1);
	ZVAL_STR(&enum_case_NoAnswer_value, enum_case_NoAnswer_value_str);
	zend_enum_add_case_cstr(class_entry, "NoAnswer", &enum_case_NoAnswer_value);

	zval enum_case_Closed_value;
	zend_string *enum_case_Closed_value_str = zend_string_init("closed", strlen("closed"), 1);
	ZVAL_STR(&enum_case_Closed_value, enum_case_Closed_value_str);
	zend_enum_add_case_cstr(class_entry, "Closed", &enum_case_Closed_value);

	zval enum_case_Server_value;
	zend_string *enum_case_Server_value_str = zend_string_init("server", strlen("server"), 1);
	ZVAL_STR(&enum_case_Server_value, enum_case_Server_value_str);
	zend_enum_add_case_cstr(class_entry, "Server", &enum_case_Server_value);

	zval enum_case_Local_value;
	zend_string *enum_case_Local_value_str = zend_string_init("local", strlen("local"), 1);
	ZVAL_STR(&enum_case_Local_value, enum_case_Local_value_str);
	zend_enum_add_case_cstr(class_entry, "Local", &enum_case_Local_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_ConnectException(zend_class_entry *class_entry_Native_Mqtt_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ConnectException", class_Native_Mqtt_ConnectException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Exception);

	zend_string *property_kind_class_Native_Mqtt_ConnectFailure = zend_string_init("Native\\Mqtt\\ConnectFailure", sizeof("Native\\Mqtt\\ConnectFailure")-1, 1);
	zval property_kind_default_value;
	ZVAL_NULL(&property_kind_default_value);
	zend_string *property_kind_name = zend_string_init("kind", sizeof("kind") - 1, 1);
	zend_declare_typed_property(class_entry, property_kind_name, &property_kind_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_kind_class_Native_Mqtt_ConnectFailure, 0, MAY_BE_NULL));
	zend_string_release(property_kind_name);

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

	zend_string *property_kind_class_Native_Mqtt_ConnectFailure = zend_string_init("Native\\Mqtt\\ConnectFailure", sizeof("Native\\Mqtt\\ConnectFailure")-1, 1);
	zval property_kind_default_value;
	ZVAL_NULL(&property_kind_default_value);
	zend_string *property_kind_name = zend_string_init("kind", sizeof("kind") - 1, 1);
	zend_declare_typed_property(class_entry, property_kind_name, &property_kind_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_kind_class_Native_Mqtt_ConnectFailure, 0, MAY_BE_NULL));
	zend_string_release(property_kind_name);

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
