/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: c52793f8ee0eff16e2cb80ddabbef78af49ca075 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Progress___construct, 0, 0, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Progress, __construct);


static const zend_function_entry class_Native_Http_Progress_methods[] = {
	ZEND_ME(Native_Http_Progress, __construct, arginfo_class_Native_Http_Progress___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Progress(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Progress", class_Native_Http_Progress_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_received_default_value;
	ZVAL_UNDEF(&property_received_default_value);
	zend_string *property_received_name = zend_string_init("received", sizeof("received") - 1, 1);
	zend_declare_typed_property(class_entry, property_received_name, &property_received_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_received_name);

	zval property_receiveTotal_default_value;
	ZVAL_UNDEF(&property_receiveTotal_default_value);
	zend_string *property_receiveTotal_name = zend_string_init("receiveTotal", sizeof("receiveTotal") - 1, 1);
	zend_declare_typed_property(class_entry, property_receiveTotal_name, &property_receiveTotal_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_receiveTotal_name);

	zval property_sent_default_value;
	ZVAL_UNDEF(&property_sent_default_value);
	zend_string *property_sent_name = zend_string_init("sent", sizeof("sent") - 1, 1);
	zend_declare_typed_property(class_entry, property_sent_name, &property_sent_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_sent_name);

	zval property_sendTotal_default_value;
	ZVAL_UNDEF(&property_sendTotal_default_value);
	zend_string *property_sendTotal_name = zend_string_init("sendTotal", sizeof("sendTotal") - 1, 1);
	zend_declare_typed_property(class_entry, property_sendTotal_name, &property_sendTotal_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_sendTotal_name);

	zval property_phase_default_value;
	ZVAL_UNDEF(&property_phase_default_value);
	zend_string *property_phase_name = zend_string_init("phase", sizeof("phase") - 1, 1);
	zend_declare_typed_property(class_entry, property_phase_name, &property_phase_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_phase_name);

	zval property_seconds_default_value;
	ZVAL_UNDEF(&property_seconds_default_value);
	zend_string *property_seconds_name = zend_string_init("seconds", sizeof("seconds") - 1, 1);
	zend_declare_typed_property(class_entry, property_seconds_name, &property_seconds_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_seconds_name);

	zval property_status_default_value;
	ZVAL_UNDEF(&property_status_default_value);
	zend_string *property_status_name = zend_string_init("status", sizeof("status") - 1, 1);
	zend_declare_typed_property(class_entry, property_status_name, &property_status_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_status_name);

	return class_entry;
}
