/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 876c5ea3b486b5c441257f207b7463f246b70220 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_Publish___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, topic, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, payload, IS_STRING, 0, "\"\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, packetId, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retain, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, dup, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Packet_Publish_bytes, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, topic, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, payload, IS_STRING, 0, "\"\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, packetId, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retain, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, dup, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Packet_Publish_encodeHeader, 0, 0, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Packet_Publish_message, 0, 0, Native\\Mqtt\\Message, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet_Publish, __construct);
ZEND_METHOD(Native_Mqtt_Packet_Publish, bytes);
ZEND_METHOD(Native_Mqtt_Packet_Publish, encodeHeader);
ZEND_METHOD(Native_Mqtt_Packet_Publish, message);


static const zend_function_entry class_Native_Mqtt_Packet_Publish_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_Publish, __construct, arginfo_class_Native_Mqtt_Packet_Publish___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Packet_Publish, bytes, arginfo_class_Native_Mqtt_Packet_Publish_bytes, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Mqtt_Packet_Publish, encodeHeader, arginfo_class_Native_Mqtt_Packet_Publish_encodeHeader, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Packet_Publish, message, arginfo_class_Native_Mqtt_Packet_Publish_message, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_Publish(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "Publish", class_Native_Mqtt_Packet_Publish_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_topic_default_value;
	ZVAL_UNDEF(&property_topic_default_value);
	zend_string *property_topic_name = zend_string_init("topic", sizeof("topic") - 1, 1);
	zend_declare_typed_property(class_entry, property_topic_name, &property_topic_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_topic_name);

	zval property_payload_default_value;
	ZVAL_UNDEF(&property_payload_default_value);
	zend_string *property_payload_name = zend_string_init("payload", sizeof("payload") - 1, 1);
	zend_declare_typed_property(class_entry, property_payload_name, &property_payload_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_payload_name);

	zval property_qos_default_value;
	ZVAL_UNDEF(&property_qos_default_value);
	zend_string *property_qos_name = zend_string_init("qos", sizeof("qos") - 1, 1);
	zend_declare_typed_property(class_entry, property_qos_name, &property_qos_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_qos_name);

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_packetId_name);

	zval property_retain_default_value;
	ZVAL_UNDEF(&property_retain_default_value);
	zend_string *property_retain_name = zend_string_init("retain", sizeof("retain") - 1, 1);
	zend_declare_typed_property(class_entry, property_retain_name, &property_retain_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retain_name);

	zval property_dup_default_value;
	ZVAL_UNDEF(&property_dup_default_value);
	zend_string *property_dup_name = zend_string_init("dup", sizeof("dup") - 1, 1);
	zend_declare_typed_property(class_entry, property_dup_name, &property_dup_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_dup_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	return class_entry;
}
