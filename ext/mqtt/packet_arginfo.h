/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 6422a4d9e8ebacf720d43a315d5a5a4f7739314d */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Packet_decode, 0, 1, IS_STATIC, 0)
	ZEND_ARG_TYPE_INFO(0, bytes, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 1, "Native\\Mqtt\\Version::V5")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, sender, Native\\Mqtt\\Sender, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Packet_encode, 0, 0, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet, decode);
ZEND_METHOD(Native_Mqtt_Packet, encode);


static const zend_function_entry class_Native_Mqtt_Packet_methods[] = {
	ZEND_ME(Native_Mqtt_Packet, decode, arginfo_class_Native_Mqtt_Packet_decode, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Mqtt_Packet, encode, arginfo_class_Native_Mqtt_Packet_encode, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Packet", class_Native_Mqtt_Packet_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_ABSTRACT|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_type_class_Native_Mqtt_PacketType = zend_string_init("Native\\Mqtt\\PacketType", sizeof("Native\\Mqtt\\PacketType")-1, 1);
	zval property_type_default_value;
	ZVAL_UNDEF(&property_type_default_value);
	zend_string *property_type_name = zend_string_init("type", sizeof("type") - 1, 1);
	zend_declare_typed_property(class_entry, property_type_name, &property_type_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_type_class_Native_Mqtt_PacketType, 0, 0));
	zend_string_release(property_type_name);

	zend_string *property_version_class_Native_Mqtt_Version = zend_string_init("Native\\Mqtt\\Version", sizeof("Native\\Mqtt\\Version")-1, 1);
	zval property_version_default_value;
	ZVAL_UNDEF(&property_version_default_value);
	zend_string *property_version_name = zend_string_init("version", sizeof("version") - 1, 1);
	zend_declare_typed_property(class_entry, property_version_name, &property_version_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_version_class_Native_Mqtt_Version, 0, 0));
	zend_string_release(property_version_name);

	return class_entry;
}
