/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 2c266630498fd243e30cb235624d6588c709d278 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Properties___construct, 0, 0, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, payloadFormatIndicator, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, messageExpiryInterval, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, contentType, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, responseTopic, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, correlationData, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, subscriptionIdentifiers, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sessionExpiryInterval, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, assignedClientIdentifier, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, serverKeepAlive, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authenticationMethod, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authenticationData, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requestProblemInformation, _IS_BOOL, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, willDelayInterval, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requestResponseInformation, _IS_BOOL, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, responseInformation, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, serverReference, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reasonString, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, receiveMaximum, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, topicAliasMaximum, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, topicAlias, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maximumQos, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retainAvailable, _IS_BOOL, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, userProperties, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maximumPacketSize, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, wildcardSubscriptionAvailable, _IS_BOOL, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, subscriptionIdentifiersAvailable, _IS_BOOL, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sharedSubscriptionAvailable, _IS_BOOL, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Properties_isEmpty, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Properties_userProperty, 0, 1, IS_STRING, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Properties, __construct);
ZEND_METHOD(Native_Mqtt_Properties, isEmpty);
ZEND_METHOD(Native_Mqtt_Properties, userProperty);


static const zend_function_entry class_Native_Mqtt_Properties_methods[] = {
	ZEND_ME(Native_Mqtt_Properties, __construct, arginfo_class_Native_Mqtt_Properties___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Properties, isEmpty, arginfo_class_Native_Mqtt_Properties_isEmpty, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Properties, userProperty, arginfo_class_Native_Mqtt_Properties_userProperty, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Properties(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Properties", class_Native_Mqtt_Properties_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_payloadFormatIndicator_default_value;
	ZVAL_UNDEF(&property_payloadFormatIndicator_default_value);
	zend_string *property_payloadFormatIndicator_name = zend_string_init("payloadFormatIndicator", sizeof("payloadFormatIndicator") - 1, 1);
	zend_declare_typed_property(class_entry, property_payloadFormatIndicator_name, &property_payloadFormatIndicator_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_payloadFormatIndicator_name);

	zval property_messageExpiryInterval_default_value;
	ZVAL_UNDEF(&property_messageExpiryInterval_default_value);
	zend_string *property_messageExpiryInterval_name = zend_string_init("messageExpiryInterval", sizeof("messageExpiryInterval") - 1, 1);
	zend_declare_typed_property(class_entry, property_messageExpiryInterval_name, &property_messageExpiryInterval_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_messageExpiryInterval_name);

	zval property_contentType_default_value;
	ZVAL_UNDEF(&property_contentType_default_value);
	zend_string *property_contentType_name = zend_string_init("contentType", sizeof("contentType") - 1, 1);
	zend_declare_typed_property(class_entry, property_contentType_name, &property_contentType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_contentType_name);

	zval property_responseTopic_default_value;
	ZVAL_UNDEF(&property_responseTopic_default_value);
	zend_string *property_responseTopic_name = zend_string_init("responseTopic", sizeof("responseTopic") - 1, 1);
	zend_declare_typed_property(class_entry, property_responseTopic_name, &property_responseTopic_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_responseTopic_name);

	zval property_correlationData_default_value;
	ZVAL_UNDEF(&property_correlationData_default_value);
	zend_string *property_correlationData_name = zend_string_init("correlationData", sizeof("correlationData") - 1, 1);
	zend_declare_typed_property(class_entry, property_correlationData_name, &property_correlationData_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_correlationData_name);

	zval property_subscriptionIdentifiers_default_value;
	ZVAL_UNDEF(&property_subscriptionIdentifiers_default_value);
	zend_string *property_subscriptionIdentifiers_name = zend_string_init("subscriptionIdentifiers", sizeof("subscriptionIdentifiers") - 1, 1);
	zend_declare_typed_property(class_entry, property_subscriptionIdentifiers_name, &property_subscriptionIdentifiers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_subscriptionIdentifiers_name);

	zval property_sessionExpiryInterval_default_value;
	ZVAL_UNDEF(&property_sessionExpiryInterval_default_value);
	zend_string *property_sessionExpiryInterval_name = zend_string_init("sessionExpiryInterval", sizeof("sessionExpiryInterval") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionExpiryInterval_name, &property_sessionExpiryInterval_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_sessionExpiryInterval_name);

	zval property_assignedClientIdentifier_default_value;
	ZVAL_UNDEF(&property_assignedClientIdentifier_default_value);
	zend_string *property_assignedClientIdentifier_name = zend_string_init("assignedClientIdentifier", sizeof("assignedClientIdentifier") - 1, 1);
	zend_declare_typed_property(class_entry, property_assignedClientIdentifier_name, &property_assignedClientIdentifier_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_assignedClientIdentifier_name);

	zval property_serverKeepAlive_default_value;
	ZVAL_UNDEF(&property_serverKeepAlive_default_value);
	zend_string *property_serverKeepAlive_name = zend_string_init("serverKeepAlive", sizeof("serverKeepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_serverKeepAlive_name, &property_serverKeepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_serverKeepAlive_name);

	zval property_authenticationMethod_default_value;
	ZVAL_UNDEF(&property_authenticationMethod_default_value);
	zend_string *property_authenticationMethod_name = zend_string_init("authenticationMethod", sizeof("authenticationMethod") - 1, 1);
	zend_declare_typed_property(class_entry, property_authenticationMethod_name, &property_authenticationMethod_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_authenticationMethod_name);

	zval property_authenticationData_default_value;
	ZVAL_UNDEF(&property_authenticationData_default_value);
	zend_string *property_authenticationData_name = zend_string_init("authenticationData", sizeof("authenticationData") - 1, 1);
	zend_declare_typed_property(class_entry, property_authenticationData_name, &property_authenticationData_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_authenticationData_name);

	zval property_requestProblemInformation_default_value;
	ZVAL_UNDEF(&property_requestProblemInformation_default_value);
	zend_string *property_requestProblemInformation_name = zend_string_init("requestProblemInformation", sizeof("requestProblemInformation") - 1, 1);
	zend_declare_typed_property(class_entry, property_requestProblemInformation_name, &property_requestProblemInformation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_requestProblemInformation_name);

	zval property_willDelayInterval_default_value;
	ZVAL_UNDEF(&property_willDelayInterval_default_value);
	zend_string *property_willDelayInterval_name = zend_string_init("willDelayInterval", sizeof("willDelayInterval") - 1, 1);
	zend_declare_typed_property(class_entry, property_willDelayInterval_name, &property_willDelayInterval_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_willDelayInterval_name);

	zval property_requestResponseInformation_default_value;
	ZVAL_UNDEF(&property_requestResponseInformation_default_value);
	zend_string *property_requestResponseInformation_name = zend_string_init("requestResponseInformation", sizeof("requestResponseInformation") - 1, 1);
	zend_declare_typed_property(class_entry, property_requestResponseInformation_name, &property_requestResponseInformation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_requestResponseInformation_name);

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

	zval property_receiveMaximum_default_value;
	ZVAL_UNDEF(&property_receiveMaximum_default_value);
	zend_string *property_receiveMaximum_name = zend_string_init("receiveMaximum", sizeof("receiveMaximum") - 1, 1);
	zend_declare_typed_property(class_entry, property_receiveMaximum_name, &property_receiveMaximum_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_receiveMaximum_name);

	zval property_topicAliasMaximum_default_value;
	ZVAL_UNDEF(&property_topicAliasMaximum_default_value);
	zend_string *property_topicAliasMaximum_name = zend_string_init("topicAliasMaximum", sizeof("topicAliasMaximum") - 1, 1);
	zend_declare_typed_property(class_entry, property_topicAliasMaximum_name, &property_topicAliasMaximum_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_topicAliasMaximum_name);

	zval property_topicAlias_default_value;
	ZVAL_UNDEF(&property_topicAlias_default_value);
	zend_string *property_topicAlias_name = zend_string_init("topicAlias", sizeof("topicAlias") - 1, 1);
	zend_declare_typed_property(class_entry, property_topicAlias_name, &property_topicAlias_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_topicAlias_name);

	zval property_maximumQos_default_value;
	ZVAL_UNDEF(&property_maximumQos_default_value);
	zend_string *property_maximumQos_name = zend_string_init("maximumQos", sizeof("maximumQos") - 1, 1);
	zend_declare_typed_property(class_entry, property_maximumQos_name, &property_maximumQos_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_maximumQos_name);

	zval property_retainAvailable_default_value;
	ZVAL_UNDEF(&property_retainAvailable_default_value);
	zend_string *property_retainAvailable_name = zend_string_init("retainAvailable", sizeof("retainAvailable") - 1, 1);
	zend_declare_typed_property(class_entry, property_retainAvailable_name, &property_retainAvailable_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_retainAvailable_name);

	zval property_userProperties_default_value;
	ZVAL_UNDEF(&property_userProperties_default_value);
	zend_string *property_userProperties_name = zend_string_init("userProperties", sizeof("userProperties") - 1, 1);
	zend_declare_typed_property(class_entry, property_userProperties_name, &property_userProperties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_userProperties_name);

	zval property_maximumPacketSize_default_value;
	ZVAL_UNDEF(&property_maximumPacketSize_default_value);
	zend_string *property_maximumPacketSize_name = zend_string_init("maximumPacketSize", sizeof("maximumPacketSize") - 1, 1);
	zend_declare_typed_property(class_entry, property_maximumPacketSize_name, &property_maximumPacketSize_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_maximumPacketSize_name);

	zval property_wildcardSubscriptionAvailable_default_value;
	ZVAL_UNDEF(&property_wildcardSubscriptionAvailable_default_value);
	zend_string *property_wildcardSubscriptionAvailable_name = zend_string_init("wildcardSubscriptionAvailable", sizeof("wildcardSubscriptionAvailable") - 1, 1);
	zend_declare_typed_property(class_entry, property_wildcardSubscriptionAvailable_name, &property_wildcardSubscriptionAvailable_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_wildcardSubscriptionAvailable_name);

	zval property_subscriptionIdentifiersAvailable_default_value;
	ZVAL_UNDEF(&property_subscriptionIdentifiersAvailable_default_value);
	zend_string *property_subscriptionIdentifiersAvailable_name = zend_string_init("subscriptionIdentifiersAvailable", sizeof("subscriptionIdentifiersAvailable") - 1, 1);
	zend_declare_typed_property(class_entry, property_subscriptionIdentifiersAvailable_name, &property_subscriptionIdentifiersAvailable_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_subscriptionIdentifiersAvailable_name);

	zval property_sharedSubscriptionAvailable_default_value;
	ZVAL_UNDEF(&property_sharedSubscriptionAvailable_default_value);
	zend_string *property_sharedSubscriptionAvailable_name = zend_string_init("sharedSubscriptionAvailable", sizeof("sharedSubscriptionAvailable") - 1, 1);
	zend_declare_typed_property(class_entry, property_sharedSubscriptionAvailable_name, &property_sharedSubscriptionAvailable_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_NULL));
	zend_string_release(property_sharedSubscriptionAvailable_name);

	return class_entry;
}
