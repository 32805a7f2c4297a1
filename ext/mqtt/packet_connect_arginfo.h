/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 20e6c01f6151dc2872c54df5ff69d6ff1b42572b */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_Connect___construct, 0, 0, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, clientId, IS_STRING, 0, "\"\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, cleanStart, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, keepAlive, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, userName, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, password, IS_STRING, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, will, Native\\Mqtt\\Will, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet_Connect, __construct);


static const zend_function_entry class_Native_Mqtt_Packet_Connect_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_Connect, __construct, arginfo_class_Native_Mqtt_Packet_Connect___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_Connect(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "Connect", class_Native_Mqtt_Packet_Connect_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_clientId_default_value;
	ZVAL_UNDEF(&property_clientId_default_value);
	zend_string *property_clientId_name = zend_string_init("clientId", sizeof("clientId") - 1, 1);
	zend_declare_typed_property(class_entry, property_clientId_name, &property_clientId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_clientId_name);

	zval property_cleanStart_default_value;
	ZVAL_UNDEF(&property_cleanStart_default_value);
	zend_string *property_cleanStart_name = zend_string_init("cleanStart", sizeof("cleanStart") - 1, 1);
	zend_declare_typed_property(class_entry, property_cleanStart_name, &property_cleanStart_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_cleanStart_name);

	zval property_keepAlive_default_value;
	ZVAL_UNDEF(&property_keepAlive_default_value);
	zend_string *property_keepAlive_name = zend_string_init("keepAlive", sizeof("keepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_keepAlive_name, &property_keepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_keepAlive_name);

	zval property_userName_default_value;
	ZVAL_UNDEF(&property_userName_default_value);
	zend_string *property_userName_name = zend_string_init("userName", sizeof("userName") - 1, 1);
	zend_declare_typed_property(class_entry, property_userName_name, &property_userName_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userName_name);

	zval property_password_default_value;
	ZVAL_UNDEF(&property_password_default_value);
	zend_string *property_password_name = zend_string_init("password", sizeof("password") - 1, 1);
	zend_declare_typed_property(class_entry, property_password_name, &property_password_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_password_name);

	zend_string *property_will_class_Native_Mqtt_Will = zend_string_init("Native\\Mqtt\\Will", sizeof("Native\\Mqtt\\Will")-1, 1);
	zval property_will_default_value;
	ZVAL_UNDEF(&property_will_default_value);
	zend_string *property_will_name = zend_string_init("will", sizeof("will") - 1, 1);
	zend_declare_typed_property(class_entry, property_will_name, &property_will_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_will_class_Native_Mqtt_Will, 0, MAY_BE_NULL));
	zend_string_release(property_will_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	return class_entry;
}
