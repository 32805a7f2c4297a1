/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 0c6dc41d15f4b8150cc999dc3953bc135f1b413e */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Message___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Message_ack, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Message_giveBack arginfo_class_Native_Shm_Message_ack


ZEND_METHOD(Native_Shm_Message, __construct);
ZEND_METHOD(Native_Shm_Message, ack);
ZEND_METHOD(Native_Shm_Message, giveBack);


static const zend_function_entry class_Native_Shm_Message_methods[] = {
	ZEND_ME(Native_Shm_Message, __construct, arginfo_class_Native_Shm_Message___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Shm_Message, ack, arginfo_class_Native_Shm_Message_ack, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Message, giveBack, arginfo_class_Native_Shm_Message_giveBack, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Message(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Message", class_Native_Shm_Message_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_value_default_value;
	ZVAL_UNDEF(&property_value_default_value);
	zend_string *property_value_name = zend_string_init("value", sizeof("value") - 1, 1);
	zend_declare_typed_property(class_entry, property_value_name, &property_value_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_value_name);

	zval property_redelivered_default_value;
	ZVAL_UNDEF(&property_redelivered_default_value);
	zend_string *property_redelivered_name = zend_string_init("redelivered", sizeof("redelivered") - 1, 1);
	zend_declare_typed_property(class_entry, property_redelivered_name, &property_redelivered_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_redelivered_name);

	zval property_deliveries_default_value;
	ZVAL_UNDEF(&property_deliveries_default_value);
	zend_string *property_deliveries_name = zend_string_init("deliveries", sizeof("deliveries") - 1, 1);
	zend_declare_typed_property(class_entry, property_deliveries_name, &property_deliveries_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_deliveries_name);

	return class_entry;
}
