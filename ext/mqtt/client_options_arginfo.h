/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: fca7422851f076c72b763749062fc9ef7022eabd */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_ClientOptions___construct, 0, 0, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, clientId, IS_STRING, 1, "null")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, cleanStart, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sessionExpiry, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, keepAlive, IS_LONG, 0, "60")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, will, Native\\Mqtt\\Will, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, username, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, password, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, credentials, IS_CALLABLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authMethod, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, authenticator, IS_CALLABLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, caFile, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, caPath, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ca, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, certificate, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, key, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, passphrase, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, verifyPeer, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, verifyHost, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, serverName, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, alpn, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tlsMinVersion, IS_STRING, 0, "\"1.2\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, connectTimeout, IS_DOUBLE, 0, "10")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, pingTimeout, IS_DOUBLE, 0, "10")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 0, "30")
	ZEND_ARG_TYPE_MASK(0, reconnect, MAY_BE_BOOL|MAY_BE_LONG, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reconnectMin, IS_DOUBLE, 0, "0.5")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, reconnectMax, IS_DOUBLE, 0, "60")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, receiveMaximum, IS_LONG, 0, "65535")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maximumPacketSize, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, topicAliasMaximum, IS_LONG, 0, "16")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, topicAliases, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxInFlight, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requestResponseInformation, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, requestProblemInformation, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, userProperties, IS_ARRAY, 0, "[]")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bufferLimit, IS_LONG, 0, "16777216")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, inboxLimit, IS_LONG, 0, "16777216")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, responseTopic, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, family, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bindAddress, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tcpKeepAlive, IS_LONG, 0, "0")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_ClientOptions_with, 0, 0, Native\\Mqtt\\ClientOptions, 0)
	ZEND_ARG_VARIADIC_TYPE_INFO(0, changes, IS_MIXED, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_ClientOptions, __construct);
ZEND_METHOD(Native_Mqtt_ClientOptions, with);


static const zend_function_entry class_Native_Mqtt_ClientOptions_methods[] = {
	ZEND_ME(Native_Mqtt_ClientOptions, __construct, arginfo_class_Native_Mqtt_ClientOptions___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_ClientOptions, with, arginfo_class_Native_Mqtt_ClientOptions_with, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_ClientOptions(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "ClientOptions", class_Native_Mqtt_ClientOptions_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_clientId_default_value;
	ZVAL_UNDEF(&property_clientId_default_value);
	zend_string *property_clientId_name = zend_string_init("clientId", sizeof("clientId") - 1, 1);
	zend_declare_typed_property(class_entry, property_clientId_name, &property_clientId_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_clientId_name);

	zend_string *property_version_class_Native_Mqtt_Version = zend_string_init("Native\\Mqtt\\Version", sizeof("Native\\Mqtt\\Version")-1, 1);
	zval property_version_default_value;
	ZVAL_UNDEF(&property_version_default_value);
	zend_string *property_version_name = zend_string_init("version", sizeof("version") - 1, 1);
	zend_declare_typed_property(class_entry, property_version_name, &property_version_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_version_class_Native_Mqtt_Version, 0, 0));
	zend_string_release(property_version_name);

	zval property_cleanStart_default_value;
	ZVAL_UNDEF(&property_cleanStart_default_value);
	zend_string *property_cleanStart_name = zend_string_init("cleanStart", sizeof("cleanStart") - 1, 1);
	zend_declare_typed_property(class_entry, property_cleanStart_name, &property_cleanStart_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_cleanStart_name);

	zval property_sessionExpiry_default_value;
	ZVAL_UNDEF(&property_sessionExpiry_default_value);
	zend_string *property_sessionExpiry_name = zend_string_init("sessionExpiry", sizeof("sessionExpiry") - 1, 1);
	zend_declare_typed_property(class_entry, property_sessionExpiry_name, &property_sessionExpiry_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_sessionExpiry_name);

	zval property_keepAlive_default_value;
	ZVAL_UNDEF(&property_keepAlive_default_value);
	zend_string *property_keepAlive_name = zend_string_init("keepAlive", sizeof("keepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_keepAlive_name, &property_keepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_keepAlive_name);

	zend_string *property_will_class_Native_Mqtt_Will = zend_string_init("Native\\Mqtt\\Will", sizeof("Native\\Mqtt\\Will")-1, 1);
	zval property_will_default_value;
	ZVAL_UNDEF(&property_will_default_value);
	zend_string *property_will_name = zend_string_init("will", sizeof("will") - 1, 1);
	zend_declare_typed_property(class_entry, property_will_name, &property_will_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_will_class_Native_Mqtt_Will, 0, MAY_BE_NULL));
	zend_string_release(property_will_name);

	zval property_username_default_value;
	ZVAL_UNDEF(&property_username_default_value);
	zend_string *property_username_name = zend_string_init("username", sizeof("username") - 1, 1);
	zend_declare_typed_property(class_entry, property_username_name, &property_username_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_username_name);

	zval property_password_default_value;
	ZVAL_UNDEF(&property_password_default_value);
	zend_string *property_password_name = zend_string_init("password", sizeof("password") - 1, 1);
	zend_declare_typed_property(class_entry, property_password_name, &property_password_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_password_name);

	zval property_credentials_default_value;
	ZVAL_UNDEF(&property_credentials_default_value);
	zend_string *property_credentials_name = zend_string_init("credentials", sizeof("credentials") - 1, 1);
	zend_declare_typed_property(class_entry, property_credentials_name, &property_credentials_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_credentials_name);

	zval property_authMethod_default_value;
	ZVAL_UNDEF(&property_authMethod_default_value);
	zend_string *property_authMethod_name = zend_string_init("authMethod", sizeof("authMethod") - 1, 1);
	zend_declare_typed_property(class_entry, property_authMethod_name, &property_authMethod_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_authMethod_name);

	zval property_authenticator_default_value;
	ZVAL_UNDEF(&property_authenticator_default_value);
	zend_string *property_authenticator_name = zend_string_init("authenticator", sizeof("authenticator") - 1, 1);
	zend_declare_typed_property(class_entry, property_authenticator_name, &property_authenticator_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_authenticator_name);

	zval property_caFile_default_value;
	ZVAL_UNDEF(&property_caFile_default_value);
	zend_string *property_caFile_name = zend_string_init("caFile", sizeof("caFile") - 1, 1);
	zend_declare_typed_property(class_entry, property_caFile_name, &property_caFile_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_caFile_name);

	zval property_caPath_default_value;
	ZVAL_UNDEF(&property_caPath_default_value);
	zend_string *property_caPath_name = zend_string_init("caPath", sizeof("caPath") - 1, 1);
	zend_declare_typed_property(class_entry, property_caPath_name, &property_caPath_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_caPath_name);

	zval property_ca_default_value;
	ZVAL_UNDEF(&property_ca_default_value);
	zend_string *property_ca_name = zend_string_init("ca", sizeof("ca") - 1, 1);
	zend_declare_typed_property(class_entry, property_ca_name, &property_ca_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_ca_name);

	zval property_certificate_default_value;
	ZVAL_UNDEF(&property_certificate_default_value);
	zend_string *property_certificate_name = zend_string_init("certificate", sizeof("certificate") - 1, 1);
	zend_declare_typed_property(class_entry, property_certificate_name, &property_certificate_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_certificate_name);

	zval property_key_default_value;
	ZVAL_UNDEF(&property_key_default_value);
	zend_string *property_key_name = zend_string_init("key", sizeof("key") - 1, 1);
	zend_declare_typed_property(class_entry, property_key_name, &property_key_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_key_name);

	zval property_passphrase_default_value;
	ZVAL_UNDEF(&property_passphrase_default_value);
	zend_string *property_passphrase_name = zend_string_init("passphrase", sizeof("passphrase") - 1, 1);
	zend_declare_typed_property(class_entry, property_passphrase_name, &property_passphrase_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_passphrase_name);

	zval property_verifyPeer_default_value;
	ZVAL_UNDEF(&property_verifyPeer_default_value);
	zend_string *property_verifyPeer_name = zend_string_init("verifyPeer", sizeof("verifyPeer") - 1, 1);
	zend_declare_typed_property(class_entry, property_verifyPeer_name, &property_verifyPeer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_verifyPeer_name);

	zval property_verifyHost_default_value;
	ZVAL_UNDEF(&property_verifyHost_default_value);
	zend_string *property_verifyHost_name = zend_string_init("verifyHost", sizeof("verifyHost") - 1, 1);
	zend_declare_typed_property(class_entry, property_verifyHost_name, &property_verifyHost_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_verifyHost_name);

	zval property_serverName_default_value;
	ZVAL_UNDEF(&property_serverName_default_value);
	zend_string *property_serverName_name = zend_string_init("serverName", sizeof("serverName") - 1, 1);
	zend_declare_typed_property(class_entry, property_serverName_name, &property_serverName_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_serverName_name);

	zval property_alpn_default_value;
	ZVAL_UNDEF(&property_alpn_default_value);
	zend_string *property_alpn_name = zend_string_init("alpn", sizeof("alpn") - 1, 1);
	zend_declare_typed_property(class_entry, property_alpn_name, &property_alpn_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_alpn_name);

	zval property_tlsMinVersion_default_value;
	ZVAL_UNDEF(&property_tlsMinVersion_default_value);
	zend_string *property_tlsMinVersion_name = zend_string_init("tlsMinVersion", sizeof("tlsMinVersion") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsMinVersion_name, &property_tlsMinVersion_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_tlsMinVersion_name);

	zval property_connectTimeout_default_value;
	ZVAL_UNDEF(&property_connectTimeout_default_value);
	zend_string *property_connectTimeout_name = zend_string_init("connectTimeout", sizeof("connectTimeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_connectTimeout_name, &property_connectTimeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_connectTimeout_name);

	zval property_pingTimeout_default_value;
	ZVAL_UNDEF(&property_pingTimeout_default_value);
	zend_string *property_pingTimeout_name = zend_string_init("pingTimeout", sizeof("pingTimeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_pingTimeout_name, &property_pingTimeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_pingTimeout_name);

	zval property_timeout_default_value;
	ZVAL_UNDEF(&property_timeout_default_value);
	zend_string *property_timeout_name = zend_string_init("timeout", sizeof("timeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_timeout_name, &property_timeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_timeout_name);

	zval property_reconnect_default_value;
	ZVAL_UNDEF(&property_reconnect_default_value);
	zend_string *property_reconnect_name = zend_string_init("reconnect", sizeof("reconnect") - 1, 1);
	zend_declare_typed_property(class_entry, property_reconnect_name, &property_reconnect_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL|MAY_BE_LONG));
	zend_string_release(property_reconnect_name);

	zval property_reconnectMin_default_value;
	ZVAL_UNDEF(&property_reconnectMin_default_value);
	zend_string *property_reconnectMin_name = zend_string_init("reconnectMin", sizeof("reconnectMin") - 1, 1);
	zend_declare_typed_property(class_entry, property_reconnectMin_name, &property_reconnectMin_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_reconnectMin_name);

	zval property_reconnectMax_default_value;
	ZVAL_UNDEF(&property_reconnectMax_default_value);
	zend_string *property_reconnectMax_name = zend_string_init("reconnectMax", sizeof("reconnectMax") - 1, 1);
	zend_declare_typed_property(class_entry, property_reconnectMax_name, &property_reconnectMax_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_reconnectMax_name);

	zval property_receiveMaximum_default_value;
	ZVAL_UNDEF(&property_receiveMaximum_default_value);
	zend_string *property_receiveMaximum_name = zend_string_init("receiveMaximum", sizeof("receiveMaximum") - 1, 1);
	zend_declare_typed_property(class_entry, property_receiveMaximum_name, &property_receiveMaximum_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_receiveMaximum_name);

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

	zval property_topicAliases_default_value;
	ZVAL_UNDEF(&property_topicAliases_default_value);
	zend_string *property_topicAliases_name = zend_string_init("topicAliases", sizeof("topicAliases") - 1, 1);
	zend_declare_typed_property(class_entry, property_topicAliases_name, &property_topicAliases_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_topicAliases_name);

	zval property_maxInFlight_default_value;
	ZVAL_UNDEF(&property_maxInFlight_default_value);
	zend_string *property_maxInFlight_name = zend_string_init("maxInFlight", sizeof("maxInFlight") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxInFlight_name, &property_maxInFlight_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_maxInFlight_name);

	zval property_requestResponseInformation_default_value;
	ZVAL_UNDEF(&property_requestResponseInformation_default_value);
	zend_string *property_requestResponseInformation_name = zend_string_init("requestResponseInformation", sizeof("requestResponseInformation") - 1, 1);
	zend_declare_typed_property(class_entry, property_requestResponseInformation_name, &property_requestResponseInformation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_requestResponseInformation_name);

	zval property_requestProblemInformation_default_value;
	ZVAL_UNDEF(&property_requestProblemInformation_default_value);
	zend_string *property_requestProblemInformation_name = zend_string_init("requestProblemInformation", sizeof("requestProblemInformation") - 1, 1);
	zend_declare_typed_property(class_entry, property_requestProblemInformation_name, &property_requestProblemInformation_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_requestProblemInformation_name);

	zval property_userProperties_default_value;
	ZVAL_UNDEF(&property_userProperties_default_value);
	zend_string *property_userProperties_name = zend_string_init("userProperties", sizeof("userProperties") - 1, 1);
	zend_declare_typed_property(class_entry, property_userProperties_name, &property_userProperties_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_userProperties_name);

	zend_string *property_strictness_class_Native_Mqtt_Strictness = zend_string_init("Native\\Mqtt\\Strictness", sizeof("Native\\Mqtt\\Strictness")-1, 1);
	zval property_strictness_default_value;
	ZVAL_UNDEF(&property_strictness_default_value);
	zend_string *property_strictness_name = zend_string_init("strictness", sizeof("strictness") - 1, 1);
	zend_declare_typed_property(class_entry, property_strictness_name, &property_strictness_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_strictness_class_Native_Mqtt_Strictness, 0, 0));
	zend_string_release(property_strictness_name);

	zval property_bufferLimit_default_value;
	ZVAL_UNDEF(&property_bufferLimit_default_value);
	zend_string *property_bufferLimit_name = zend_string_init("bufferLimit", sizeof("bufferLimit") - 1, 1);
	zend_declare_typed_property(class_entry, property_bufferLimit_name, &property_bufferLimit_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_bufferLimit_name);

	zval property_inboxLimit_default_value;
	ZVAL_UNDEF(&property_inboxLimit_default_value);
	zend_string *property_inboxLimit_name = zend_string_init("inboxLimit", sizeof("inboxLimit") - 1, 1);
	zend_declare_typed_property(class_entry, property_inboxLimit_name, &property_inboxLimit_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_inboxLimit_name);

	zval property_responseTopic_default_value;
	ZVAL_UNDEF(&property_responseTopic_default_value);
	zend_string *property_responseTopic_name = zend_string_init("responseTopic", sizeof("responseTopic") - 1, 1);
	zend_declare_typed_property(class_entry, property_responseTopic_name, &property_responseTopic_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_responseTopic_name);

	zval property_family_default_value;
	ZVAL_UNDEF(&property_family_default_value);
	zend_string *property_family_name = zend_string_init("family", sizeof("family") - 1, 1);
	zend_declare_typed_property(class_entry, property_family_name, &property_family_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_family_name);

	zval property_bindAddress_default_value;
	ZVAL_UNDEF(&property_bindAddress_default_value);
	zend_string *property_bindAddress_name = zend_string_init("bindAddress", sizeof("bindAddress") - 1, 1);
	zend_declare_typed_property(class_entry, property_bindAddress_name, &property_bindAddress_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_bindAddress_name);

	zval property_tcpKeepAlive_default_value;
	ZVAL_UNDEF(&property_tcpKeepAlive_default_value);
	zend_string *property_tcpKeepAlive_name = zend_string_init("tcpKeepAlive", sizeof("tcpKeepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_tcpKeepAlive_name, &property_tcpKeepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_tcpKeepAlive_name);

	return class_entry;
}
