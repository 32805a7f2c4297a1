/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: aae942ae1b96b8c2722f28a7e1183e65215cc4d6 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_ConnectionInfo___construct, 0, 0, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_ConnectionInfo, __construct);


static const zend_function_entry class_Native_Mqtt_ConnectionInfo_methods[] = {
	ZEND_ME(Native_Mqtt_ConnectionInfo, __construct, arginfo_class_Native_Mqtt_ConnectionInfo___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_ConnectionInfo(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ConnectionInfo", class_Native_Mqtt_ConnectionInfo_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_sessionPresent_default_value;
	ZVAL_UNDEF(&property_sessionPresent_default_value);
	zend_string *property_sessionPresent_name = zend_string_init("sessionPresent", sizeof("sessionPresent") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionPresent_name, &property_sessionPresent_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_sessionPresent_name);

	zval property_clientId_default_value;
	ZVAL_UNDEF(&property_clientId_default_value);
	zend_string *property_clientId_name = zend_string_init("clientId", sizeof("clientId") - 1, 1);
	zend_declare_typed_property(class_entry, property_clientId_name, &property_clientId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_clientId_name);

	zend_string *property_version_class_Native_Mqtt_Version = zend_string_init("Native\\Mqtt\\Version", sizeof("Native\\Mqtt\\Version")-1, 1);
	zval property_version_default_value;
	ZVAL_UNDEF(&property_version_default_value);
	zend_string *property_version_name = zend_string_init("version", sizeof("version") - 1, 1);
	zend_declare_typed_property(class_entry, property_version_name, &property_version_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_version_class_Native_Mqtt_Version, 0, 0));
	zend_string_release(property_version_name);

	zval property_keepAlive_default_value;
	ZVAL_UNDEF(&property_keepAlive_default_value);
	zend_string *property_keepAlive_name = zend_string_init("keepAlive", sizeof("keepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_keepAlive_name, &property_keepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_keepAlive_name);

	zval property_sessionExpiry_default_value;
	ZVAL_UNDEF(&property_sessionExpiry_default_value);
	zend_string *property_sessionExpiry_name = zend_string_init("sessionExpiry", sizeof("sessionExpiry") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionExpiry_name, &property_sessionExpiry_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_sessionExpiry_name);

	zval property_receiveMaximum_default_value;
	ZVAL_UNDEF(&property_receiveMaximum_default_value);
	zend_string *property_receiveMaximum_name = zend_string_init("receiveMaximum", sizeof("receiveMaximum") - 1, 1);
	zend_declare_typed_property(class_entry, property_receiveMaximum_name, &property_receiveMaximum_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_receiveMaximum_name);

	zval property_maximumQos_default_value;
	ZVAL_UNDEF(&property_maximumQos_default_value);
	zend_string *property_maximumQos_name = zend_string_init("maximumQos", sizeof("maximumQos") - 1, 1);
	zend_declare_typed_property(class_entry, property_maximumQos_name, &property_maximumQos_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maximumQos_name);

	zval property_retainAvailable_default_value;
	ZVAL_UNDEF(&property_retainAvailable_default_value);
	zend_string *property_retainAvailable_name = zend_string_init("retainAvailable", sizeof("retainAvailable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retainAvailable_name, &property_retainAvailable_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_retainAvailable_name);

	zval property_maximumPacketSize_default_value;
	ZVAL_UNDEF(&property_maximumPacketSize_default_value);
	zend_string *property_maximumPacketSize_name = zend_string_init("maximumPacketSize", sizeof("maximumPacketSize") - 1, 1);
	zend_declare_typed_property(class_entry, property_maximumPacketSize_name, &property_maximumPacketSize_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_maximumPacketSize_name);

	zval property_topicAliasMaximum_default_value;
	ZVAL_UNDEF(&property_topicAliasMaximum_default_value);
	zend_string *property_topicAliasMaximum_name = zend_string_init("topicAliasMaximum", sizeof("topicAliasMaximum") - 1, 1);
	zend_declare_typed_property(class_entry, property_topicAliasMaximum_name, &property_topicAliasMaximum_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_topicAliasMaximum_name);

	zval property_wildcardSubscriptions_default_value;
	ZVAL_UNDEF(&property_wildcardSubscriptions_default_value);
	zend_string *property_wildcardSubscriptions_name = zend_string_init("wildcardSubscriptions", sizeof("wildcardSubscriptions") - 1, 1);
	zend_declare_typed_property(class_entry, property_wildcardSubscriptions_name, &property_wildcardSubscriptions_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_wildcardSubscriptions_name);

	zval property_subscriptionIdentifiers_default_value;
	ZVAL_UNDEF(&property_subscriptionIdentifiers_default_value);
	zend_string *property_subscriptionIdentifiers_name = zend_string_init("subscriptionIdentifiers", sizeof("subscriptionIdentifiers") - 1, 1);
	zend_declare_typed_property(class_entry, property_subscriptionIdentifiers_name, &property_subscriptionIdentifiers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_subscriptionIdentifiers_name);

	zval property_sharedSubscriptions_default_value;
	ZVAL_UNDEF(&property_sharedSubscriptions_default_value);
	zend_string *property_sharedSubscriptions_name = zend_string_init("sharedSubscriptions", sizeof("sharedSubscriptions") - 1, 1);
	zend_declare_typed_property(class_entry, property_sharedSubscriptions_name, &property_sharedSubscriptions_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_sharedSubscriptions_name);

	zval property_responseInformation_default_value;
	ZVAL_UNDEF(&property_responseInformation_default_value);
	zend_string *property_responseInformation_name = zend_string_init("responseInformation", sizeof("responseInformation") - 1, 1);
	zend_declare_typed_property(class_entry, property_responseInformation_name, &property_responseInformation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_responseInformation_name);

	zval property_serverReference_default_value;
	ZVAL_UNDEF(&property_serverReference_default_value);
	zend_string *property_serverReference_name = zend_string_init("serverReference", sizeof("serverReference") - 1, 1);
	zend_declare_typed_property(class_entry, property_serverReference_name, &property_serverReference_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_serverReference_name);

	zval property_reasonString_default_value;
	ZVAL_UNDEF(&property_reasonString_default_value);
	zend_string *property_reasonString_name = zend_string_init("reasonString", sizeof("reasonString") - 1, 1);
	zend_declare_typed_property(class_entry, property_reasonString_name, &property_reasonString_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_reasonString_name);

	zend_string *property_properties_class_Native_Mqtt_Properties = zend_string_init("Native\\Mqtt\\Properties", sizeof("Native\\Mqtt\\Properties")-1, 1);
	zval property_properties_default_value;
	ZVAL_UNDEF(&property_properties_default_value);
	zend_string *property_properties_name = zend_string_init("properties", sizeof("properties") - 1, 1);
	zend_declare_typed_property(class_entry, property_properties_name, &property_properties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_properties_class_Native_Mqtt_Properties, 0, 0));
	zend_string_release(property_properties_name);

	zval property_peer_default_value;
	ZVAL_UNDEF(&property_peer_default_value);
	zend_string *property_peer_name = zend_string_init("peer", sizeof("peer") - 1, 1);
	zend_declare_typed_property(class_entry, property_peer_name, &property_peer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_peer_name);

	zval property_tlsVersion_default_value;
	ZVAL_UNDEF(&property_tlsVersion_default_value);
	zend_string *property_tlsVersion_name = zend_string_init("tlsVersion", sizeof("tlsVersion") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsVersion_name, &property_tlsVersion_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tlsVersion_name);

	zval property_tlsCipher_default_value;
	ZVAL_UNDEF(&property_tlsCipher_default_value);
	zend_string *property_tlsCipher_name = zend_string_init("tlsCipher", sizeof("tlsCipher") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsCipher_name, &property_tlsCipher_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tlsCipher_name);

	zval property_alpn_default_value;
	ZVAL_UNDEF(&property_alpn_default_value);
	zend_string *property_alpn_name = zend_string_init("alpn", sizeof("alpn") - 1, 1);
	zend_declare_typed_property(class_entry, property_alpn_name, &property_alpn_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_alpn_name);

	return class_entry;
}
