/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 6c874a9398d344e14a03039856ca059f62e8fb8a */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Subscription___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, filter, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, noLocal, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retainAsPublished, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retainHandling, IS_LONG, 0, "Native\\Mqtt\\Subscription::SEND_RETAINED")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Subscription, __construct);


static const zend_function_entry class_Native_Mqtt_Subscription_methods[] = {
	ZEND_ME(Native_Mqtt_Subscription, __construct, arginfo_class_Native_Mqtt_Subscription___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Subscription(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Subscription", class_Native_Mqtt_Subscription_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval const_SEND_RETAINED_value;
	ZVAL_LONG(&const_SEND_RETAINED_value, 0);
	zend_string *const_SEND_RETAINED_name = zend_string_init_interned("SEND_RETAINED", sizeof("SEND_RETAINED") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_SEND_RETAINED_name, &const_SEND_RETAINED_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_SEND_RETAINED_name);

	zval const_SEND_RETAINED_IF_NEW_value;
	ZVAL_LONG(&const_SEND_RETAINED_IF_NEW_value, 1);
	zend_string *const_SEND_RETAINED_IF_NEW_name = zend_string_init_interned("SEND_RETAINED_IF_NEW", sizeof("SEND_RETAINED_IF_NEW") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_SEND_RETAINED_IF_NEW_name, &const_SEND_RETAINED_IF_NEW_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_SEND_RETAINED_IF_NEW_name);

	zval const_SEND_NO_RETAINED_value;
	ZVAL_LONG(&const_SEND_NO_RETAINED_value, 2);
	zend_string *const_SEND_NO_RETAINED_name = zend_string_init_interned("SEND_NO_RETAINED", sizeof("SEND_NO_RETAINED") - 1, 1);
	zend_declare_class_constant_ex(class_entry, const_SEND_NO_RETAINED_name, &const_SEND_NO_RETAINED_value, ZEND_ACC_PUBLIC, NULL);
	zend_string_release(const_SEND_NO_RETAINED_name);

	zval property_filter_default_value;
	ZVAL_UNDEF(&property_filter_default_value);
	zend_string *property_filter_name = zend_string_init("filter", sizeof("filter") - 1, 1);
	zend_declare_typed_property(class_entry, property_filter_name, &property_filter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_filter_name);

	zval property_qos_default_value;
	ZVAL_UNDEF(&property_qos_default_value);
	zend_string *property_qos_name = zend_string_init("qos", sizeof("qos") - 1, 1);
	zend_declare_typed_property(class_entry, property_qos_name, &property_qos_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_qos_name);

	zval property_noLocal_default_value;
	ZVAL_UNDEF(&property_noLocal_default_value);
	zend_string *property_noLocal_name = zend_string_init("noLocal", sizeof("noLocal") - 1, 1);
	zend_declare_typed_property(class_entry, property_noLocal_name, &property_noLocal_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_noLocal_name);

	zval property_retainAsPublished_default_value;
	ZVAL_UNDEF(&property_retainAsPublished_default_value);
	zend_string *property_retainAsPublished_name = zend_string_init("retainAsPublished", sizeof("retainAsPublished") - 1, 1);
	zend_declare_typed_property(class_entry, property_retainAsPublished_name, &property_retainAsPublished_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retainAsPublished_name);

	zval property_retainHandling_default_value;
	ZVAL_UNDEF(&property_retainHandling_default_value);
	zend_string *property_retainHandling_name = zend_string_init("retainHandling", sizeof("retainHandling") - 1, 1);
	zend_declare_typed_property(class_entry, property_retainHandling_name, &property_retainHandling_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_retainHandling_name);

	zval property_options_default_value;
	ZVAL_UNDEF(&property_options_default_value);
	zend_string *property_options_name = zend_string_init("options", sizeof("options") - 1, 1);
	zend_declare_typed_property(class_entry, property_options_name, &property_options_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_options_name);

	return class_entry;
}
