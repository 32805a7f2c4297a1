/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 953c2a80b95ed17aa3ec0175885483f9161b3aed */




static const zend_function_entry class_Native_Shm_Exception_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_SegmentFailure_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_SegmentException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_EncodeException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_DecodeException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_MismatchException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_TimeoutException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_FullException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_UndeliverableException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_ClosedException_methods[] = {
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Exception(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Exception", class_Native_Shm_Exception_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_SegmentFailure(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Shm\\SegmentFailure", IS_STRING, class_Native_Shm_SegmentFailure_methods);

	zval enum_case_Denied_value;
	zend_string *enum_case_Denied_value_str = zend_string_init("denied", strlen("denied"), 1);
	ZVAL_STR(&enum_case_Denied_value, enum_case_Denied_value_str);
	zend_enum_add_case_cstr(class_entry, "Denied", &enum_case_Denied_value);

	zval enum_case_Mismatch_value;
	zend_string *enum_case_Mismatch_value_str = zend_string_init("mismatch", strlen("mismatch"), 1);
	ZVAL_STR(&enum_case_Mismatch_value, enum_case_Mismatch_value_str);
	zend_enum_add_case_cstr(class_entry, "Mismatch", &enum_case_Mismatch_value);

	zval enum_case_Corrupt_value;
	zend_string *enum_case_Corrupt_value_str = zend_string_init("corrupt", strlen("corrupt"), 1);
	ZVAL_STR(&enum_case_Corrupt_value, enum_case_Corrupt_value_str);
	zend_enum_add_case_cstr(class_entry, "Corrupt", &enum_case_Corrupt_value);

	zval enum_case_Full_value;
	zend_string *enum_case_Full_value_str = zend_string_init("full", strlen("full"), 1);
	ZVAL_STR(&enum_case_Full_value, enum_case_Full_value_str);
	zend_enum_add_case_cstr(class_entry, "Full", &enum_case_Full_value);

	zval enum_case_Busy_value;
	zend_string *enum_case_Busy_value_str = zend_string_init("busy", strlen("busy"), 1);
	ZVAL_STR(&enum_case_Busy_value, enum_case_Busy_value_str);
	zend_enum_add_case_cstr(class_entry, "Busy", &enum_case_Busy_value);

	zval enum_case_Missing_value;
	zend_string *enum_case_Missing_value_str = zend_string_init("missing", strlen("missing"), 1);
	ZVAL_STR(&enum_case_Missing_value, enum_case_Missing_value_str);
	zend_enum_add_case_cstr(class_entry, "Missing", &enum_case_Missing_value);

	zval enum_case_System_value;
	zend_string *enum_case_System_value_str = zend_string_init("system", strlen("system"), 1);
	ZVAL_STR(&enum_case_System_value, enum_case_System_value_str);
	zend_enum_add_case_cstr(class_entry, "System", &enum_case_System_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_SegmentException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "SegmentException", class_Native_Shm_SegmentException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	zend_string *property_failure_class_Native_Shm_SegmentFailure = zend_string_init("Native\\Shm\\SegmentFailure", sizeof("Native\\Shm\\SegmentFailure")-1, 1);
	zval property_failure_default_value;
	ZVAL_NULL(&property_failure_default_value);
	zend_string *property_failure_name = zend_string_init("failure", sizeof("failure") - 1, 1);
	zend_declare_typed_property(class_entry, property_failure_name, &property_failure_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_failure_class_Native_Shm_SegmentFailure, 0, MAY_BE_NULL));
	zend_string_release(property_failure_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_EncodeException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "EncodeException", class_Native_Shm_EncodeException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	zval property_path_default_value;
	ZVAL_EMPTY_STRING(&property_path_default_value);
	zend_string *property_path_name = zend_string_init("path", sizeof("path") - 1, 1);
	zend_declare_typed_property(class_entry, property_path_name, &property_path_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_path_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_DecodeException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "DecodeException", class_Native_Shm_DecodeException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_MismatchException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "MismatchException", class_Native_Shm_MismatchException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_TimeoutException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "TimeoutException", class_Native_Shm_TimeoutException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_FullException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "FullException", class_Native_Shm_FullException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_UndeliverableException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "UndeliverableException", class_Native_Shm_UndeliverableException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	zval property_size_default_value;
	ZVAL_LONG(&property_size_default_value, 0);
	zend_string *property_size_name = zend_string_init("size", sizeof("size") - 1, 1);
	zend_declare_typed_property(class_entry, property_size_name, &property_size_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_size_name);

	zval property_moved_default_value;
	ZVAL_FALSE(&property_moved_default_value);
	zend_string *property_moved_name = zend_string_init("moved", sizeof("moved") - 1, 1);
	zend_declare_typed_property(class_entry, property_moved_name, &property_moved_default_value, ZEND_ACC_PUBLIC, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_moved_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_ClosedException(zend_class_entry *class_entry_Native_Shm_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "ClosedException", class_Native_Shm_ClosedException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Shm_Exception);

	return class_entry;
}
