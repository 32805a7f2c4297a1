/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 77dbc7c49840070f803896012923b781ac8d71db */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_ConnAck___construct, 0, 0, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, reasonCode, Native\\Mqtt\\ReasonCode, MAY_BE_LONG, "Native\\Mqtt\\ReasonCode::Success")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sessionPresent, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet_ConnAck, __construct);


static const zend_function_entry class_Native_Mqtt_Packet_ConnAck_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_ConnAck, __construct, arginfo_class_Native_Mqtt_Packet_ConnAck___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_ConnAck(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "ConnAck", class_Native_Mqtt_Packet_ConnAck_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_sessionPresent_default_value;
	ZVAL_UNDEF(&property_sessionPresent_default_value);
	zend_string *property_sessionPresent_name = zend_string_init("sessionPresent", sizeof("sessionPresent") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionPresent_name, &property_sessionPresent_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_sessionPresent_name);

	zval property_code_default_value;
	ZVAL_UNDEF(&property_code_default_value);
	zend_string *property_code_name = zend_string_init("code", sizeof("code") - 1, 1);
	zend_declare_typed_property(class_entry, property_code_name, &property_code_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_code_name);

	zend_string *property_reasonCode_class_Native_Mqtt_ReasonCode = zend_string_init("Native\\Mqtt\\ReasonCode", sizeof("Native\\Mqtt\\ReasonCode")-1, 1);
	zval property_reasonCode_default_value;
	ZVAL_UNDEF(&property_reasonCode_default_value);
	zend_string *property_reasonCode_name = zend_string_init("reasonCode", sizeof("reasonCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_reasonCode_name, &property_reasonCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_reasonCode_class_Native_Mqtt_ReasonCode, 0, MAY_BE_NULL));
	zend_string_release(property_reasonCode_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	return class_entry;
}
