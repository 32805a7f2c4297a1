/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: f43324f379545c77dff6b04bcea6130a7b51d1e7 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_SubAck___construct, 0, 0, 2)
	ZEND_ARG_TYPE_INFO(0, packetId, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, reasonCodes, IS_ARRAY, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_UnsubAck___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, packetId, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reasonCodes, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet_SubAck, __construct);


static const zend_function_entry class_Native_Mqtt_Packet_SubAck_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_SubAck, __construct, arginfo_class_Native_Mqtt_Packet_SubAck___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_UnsubAck_methods[] = {
	ZEND_MALIAS(Native_Mqtt_Packet_SubAck, __construct, __construct, arginfo_class_Native_Mqtt_Packet_UnsubAck___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_SubAck(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "SubAck", class_Native_Mqtt_Packet_SubAck_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

	zval property_codes_default_value;
	ZVAL_UNDEF(&property_codes_default_value);
	zend_string *property_codes_name = zend_string_init("codes", sizeof("codes") - 1, 1);
	zend_declare_typed_property(class_entry, property_codes_name, &property_codes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_codes_name);

	zval property_reasonCodes_default_value;
	ZVAL_UNDEF(&property_reasonCodes_default_value);
	zend_string *property_reasonCodes_name = zend_string_init("reasonCodes", sizeof("reasonCodes") - 1, 1);
	zend_declare_typed_property(class_entry, property_reasonCodes_name, &property_reasonCodes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_reasonCodes_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Packet_UnsubAck(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "UnsubAck", class_Native_Mqtt_Packet_UnsubAck_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

	zval property_codes_default_value;
	ZVAL_UNDEF(&property_codes_default_value);
	zend_string *property_codes_name = zend_string_init("codes", sizeof("codes") - 1, 1);
	zend_declare_typed_property(class_entry, property_codes_name, &property_codes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_codes_name);

	zval property_reasonCodes_default_value;
	ZVAL_UNDEF(&property_reasonCodes_default_value);
	zend_string *property_reasonCodes_name = zend_string_init("reasonCodes", sizeof("reasonCodes") - 1, 1);
	zend_declare_typed_property(class_entry, property_reasonCodes_name, &property_reasonCodes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_reasonCodes_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	return class_entry;
}
