/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 28a79d72a067fcbf2baa77dc148c7051a2c893d3 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_PubAck___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, packetId, IS_LONG, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, reasonCode, Native\\Mqtt\\ReasonCode, MAY_BE_LONG, "Native\\Mqtt\\ReasonCode::Success")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Packet_PubRec___construct arginfo_class_Native_Mqtt_Packet_PubAck___construct

#define arginfo_class_Native_Mqtt_Packet_PubRel___construct arginfo_class_Native_Mqtt_Packet_PubAck___construct

#define arginfo_class_Native_Mqtt_Packet_PubComp___construct arginfo_class_Native_Mqtt_Packet_PubAck___construct

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_Disconnect___construct, 0, 0, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, reasonCode, Native\\Mqtt\\ReasonCode, MAY_BE_LONG, "Native\\Mqtt\\ReasonCode::Success")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_Auth___construct, 0, 0, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, reasonCode, Native\\Mqtt\\ReasonCode, MAY_BE_LONG, "Native\\Mqtt\\ReasonCode::Success")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Packet_PubAck, __construct);
ZEND_METHOD(Native_Mqtt_Packet_Disconnect, __construct);
ZEND_METHOD(Native_Mqtt_Packet_Auth, __construct);


static const zend_function_entry class_Native_Mqtt_Packet_PubAck_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_PubAck, __construct, arginfo_class_Native_Mqtt_Packet_PubAck___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_PubRec_methods[] = {
	ZEND_MALIAS(Native_Mqtt_Packet_PubAck, __construct, __construct, arginfo_class_Native_Mqtt_Packet_PubRec___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_PubRel_methods[] = {
	ZEND_MALIAS(Native_Mqtt_Packet_PubAck, __construct, __construct, arginfo_class_Native_Mqtt_Packet_PubRel___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_PubComp_methods[] = {
	ZEND_MALIAS(Native_Mqtt_Packet_PubAck, __construct, __construct, arginfo_class_Native_Mqtt_Packet_PubComp___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_Disconnect_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_Disconnect, __construct, arginfo_class_Native_Mqtt_Packet_Disconnect___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_Auth_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_Auth, __construct, arginfo_class_Native_Mqtt_Packet_Auth___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_PubAck(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PubAck", class_Native_Mqtt_Packet_PubAck_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

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

static zend_class_entry *register_class_Native_Mqtt_Packet_PubRec(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PubRec", class_Native_Mqtt_Packet_PubRec_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

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

static zend_class_entry *register_class_Native_Mqtt_Packet_PubRel(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PubRel", class_Native_Mqtt_Packet_PubRel_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

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

static zend_class_entry *register_class_Native_Mqtt_Packet_PubComp(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PubComp", class_Native_Mqtt_Packet_PubComp_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_packetId_default_value;
	ZVAL_UNDEF(&property_packetId_default_value);
	zend_string *property_packetId_name = zend_string_init("packetId", sizeof("packetId") - 1, 1);
	zend_declare_typed_property(class_entry, property_packetId_name, &property_packetId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_packetId_name);

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

static zend_class_entry *register_class_Native_Mqtt_Packet_Disconnect(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "Disconnect", class_Native_Mqtt_Packet_Disconnect_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

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

static zend_class_entry *register_class_Native_Mqtt_Packet_Auth(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "Auth", class_Native_Mqtt_Packet_Auth_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

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
