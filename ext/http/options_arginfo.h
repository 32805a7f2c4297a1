/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: ffb8063323d390eb7f572815abe009ac8276a514 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Options___construct, 0, 0, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, baseUrl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, headers, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, userAgent, IS_STRING, 1, "\"native\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, connectTimeout, IS_DOUBLE, 0, "10")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, firstByteTimeout, IS_DOUBLE, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, lowSpeedLimit, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, lowSpeedTime, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxSendSpeed, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxReceiveSpeed, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, followRedirects, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxRedirects, IS_LONG, 0, "20")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, keepPost, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, schemes, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, decode, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, failOnStatus, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, username, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, password, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, bearer, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, auth, IS_STRING, 0, "\"basic\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, proxy, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, noProxy, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, proxyTunnel, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, cookies, Native\\Http\\CookieJar, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, caFile, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, caPath, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ca, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, certificate, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, key, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, passphrase, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, verifyPeer, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, verifyHost, _IS_BOOL, 0, "true")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, pinnedPublicKey, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, crl, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tlsMinVersion, IS_STRING, 0, "\"1.2\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tlsMaxVersion, IS_STRING, 0, "\"1.3\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tlsCiphers, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tls13Ciphers, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, tlsGroups, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, expectContinue, IS_LONG, 0, "1048576")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxBody, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxDecoded, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxHeader, IS_LONG, 0, "307200")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, family, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, interface, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, unixSocket, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, keepAlive, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, resolve, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, fresh, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, onProgress, IS_CALLABLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, connectTo, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, sink, IS_MIXED, 0, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, certificates, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Options_with, 0, 0, Native\\Http\\Options, 0)
	ZEND_ARG_VARIADIC_TYPE_INFO(0, values, IS_MIXED, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Http_Options, __construct);
ZEND_METHOD(Native_Http_Options, with);


static const zend_function_entry class_Native_Http_Options_methods[] = {
	ZEND_ME(Native_Http_Options, __construct, arginfo_class_Native_Http_Options___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Options, with, arginfo_class_Native_Http_Options_with, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Options(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Options", class_Native_Http_Options_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_baseUrl_default_value;
	ZVAL_UNDEF(&property_baseUrl_default_value);
	zend_string *property_baseUrl_name = zend_string_init("baseUrl", sizeof("baseUrl") - 1, 1);
	zend_declare_typed_property(class_entry, property_baseUrl_name, &property_baseUrl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_baseUrl_name);

	zval property_headers_default_value;
	ZVAL_UNDEF(&property_headers_default_value);
	zend_string *property_headers_name = zend_string_init("headers", sizeof("headers") - 1, 1);
	zend_declare_typed_property(class_entry, property_headers_name, &property_headers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_headers_name);

	zval property_userAgent_default_value;
	ZVAL_UNDEF(&property_userAgent_default_value);
	zend_string *property_userAgent_name = zend_string_init("userAgent", sizeof("userAgent") - 1, 1);
	zend_declare_typed_property(class_entry, property_userAgent_name, &property_userAgent_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_userAgent_name);

	zval property_timeout_default_value;
	ZVAL_UNDEF(&property_timeout_default_value);
	zend_string *property_timeout_name = zend_string_init("timeout", sizeof("timeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_timeout_name, &property_timeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_timeout_name);

	zval property_connectTimeout_default_value;
	ZVAL_UNDEF(&property_connectTimeout_default_value);
	zend_string *property_connectTimeout_name = zend_string_init("connectTimeout", sizeof("connectTimeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_connectTimeout_name, &property_connectTimeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_connectTimeout_name);

	zval property_firstByteTimeout_default_value;
	ZVAL_UNDEF(&property_firstByteTimeout_default_value);
	zend_string *property_firstByteTimeout_name = zend_string_init("firstByteTimeout", sizeof("firstByteTimeout") - 1, 1);
	zend_declare_typed_property(class_entry, property_firstByteTimeout_name, &property_firstByteTimeout_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_firstByteTimeout_name);

	zval property_lowSpeedLimit_default_value;
	ZVAL_UNDEF(&property_lowSpeedLimit_default_value);
	zend_string *property_lowSpeedLimit_name = zend_string_init("lowSpeedLimit", sizeof("lowSpeedLimit") - 1, 1);
	zend_declare_typed_property(class_entry, property_lowSpeedLimit_name, &property_lowSpeedLimit_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_lowSpeedLimit_name);

	zval property_lowSpeedTime_default_value;
	ZVAL_UNDEF(&property_lowSpeedTime_default_value);
	zend_string *property_lowSpeedTime_name = zend_string_init("lowSpeedTime", sizeof("lowSpeedTime") - 1, 1);
	zend_declare_typed_property(class_entry, property_lowSpeedTime_name, &property_lowSpeedTime_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_lowSpeedTime_name);

	zval property_maxSendSpeed_default_value;
	ZVAL_UNDEF(&property_maxSendSpeed_default_value);
	zend_string *property_maxSendSpeed_name = zend_string_init("maxSendSpeed", sizeof("maxSendSpeed") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxSendSpeed_name, &property_maxSendSpeed_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxSendSpeed_name);

	zval property_maxReceiveSpeed_default_value;
	ZVAL_UNDEF(&property_maxReceiveSpeed_default_value);
	zend_string *property_maxReceiveSpeed_name = zend_string_init("maxReceiveSpeed", sizeof("maxReceiveSpeed") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxReceiveSpeed_name, &property_maxReceiveSpeed_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxReceiveSpeed_name);

	zval property_followRedirects_default_value;
	ZVAL_UNDEF(&property_followRedirects_default_value);
	zend_string *property_followRedirects_name = zend_string_init("followRedirects", sizeof("followRedirects") - 1, 1);
	zend_declare_typed_property(class_entry, property_followRedirects_name, &property_followRedirects_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_followRedirects_name);

	zval property_maxRedirects_default_value;
	ZVAL_UNDEF(&property_maxRedirects_default_value);
	zend_string *property_maxRedirects_name = zend_string_init("maxRedirects", sizeof("maxRedirects") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxRedirects_name, &property_maxRedirects_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxRedirects_name);

	zval property_keepPost_default_value;
	ZVAL_UNDEF(&property_keepPost_default_value);
	zend_string *property_keepPost_name = zend_string_init("keepPost", sizeof("keepPost") - 1, 1);
	zend_declare_typed_property(class_entry, property_keepPost_name, &property_keepPost_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_keepPost_name);

	zval property_schemes_default_value;
	ZVAL_UNDEF(&property_schemes_default_value);
	zend_string *property_schemes_name = zend_string_init("schemes", sizeof("schemes") - 1, 1);
	zend_declare_typed_property(class_entry, property_schemes_name, &property_schemes_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_schemes_name);

	zval property_decode_default_value;
	ZVAL_UNDEF(&property_decode_default_value);
	zend_string *property_decode_name = zend_string_init("decode", sizeof("decode") - 1, 1);
	zend_declare_typed_property(class_entry, property_decode_name, &property_decode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_decode_name);

	zval property_failOnStatus_default_value;
	ZVAL_UNDEF(&property_failOnStatus_default_value);
	zend_string *property_failOnStatus_name = zend_string_init("failOnStatus", sizeof("failOnStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_failOnStatus_name, &property_failOnStatus_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_failOnStatus_name);

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

	zval property_bearer_default_value;
	ZVAL_UNDEF(&property_bearer_default_value);
	zend_string *property_bearer_name = zend_string_init("bearer", sizeof("bearer") - 1, 1);
	zend_declare_typed_property(class_entry, property_bearer_name, &property_bearer_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_bearer_name);

	zval property_auth_default_value;
	ZVAL_UNDEF(&property_auth_default_value);
	zend_string *property_auth_name = zend_string_init("auth", sizeof("auth") - 1, 1);
	zend_declare_typed_property(class_entry, property_auth_name, &property_auth_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_auth_name);

	zval property_proxy_default_value;
	ZVAL_UNDEF(&property_proxy_default_value);
	zend_string *property_proxy_name = zend_string_init("proxy", sizeof("proxy") - 1, 1);
	zend_declare_typed_property(class_entry, property_proxy_name, &property_proxy_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_proxy_name);

	zval property_noProxy_default_value;
	ZVAL_UNDEF(&property_noProxy_default_value);
	zend_string *property_noProxy_name = zend_string_init("noProxy", sizeof("noProxy") - 1, 1);
	zend_declare_typed_property(class_entry, property_noProxy_name, &property_noProxy_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_noProxy_name);

	zval property_proxyTunnel_default_value;
	ZVAL_UNDEF(&property_proxyTunnel_default_value);
	zend_string *property_proxyTunnel_name = zend_string_init("proxyTunnel", sizeof("proxyTunnel") - 1, 1);
	zend_declare_typed_property(class_entry, property_proxyTunnel_name, &property_proxyTunnel_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_proxyTunnel_name);

	zend_string *property_cookies_class_Native_Http_CookieJar = zend_string_init("Native\\Http\\CookieJar", sizeof("Native\\Http\\CookieJar")-1, 1);
	zval property_cookies_default_value;
	ZVAL_UNDEF(&property_cookies_default_value);
	zend_string *property_cookies_name = zend_string_init("cookies", sizeof("cookies") - 1, 1);
	zend_declare_typed_property(class_entry, property_cookies_name, &property_cookies_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_cookies_class_Native_Http_CookieJar, 0, MAY_BE_NULL));
	zend_string_release(property_cookies_name);

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

	zval property_pinnedPublicKey_default_value;
	ZVAL_UNDEF(&property_pinnedPublicKey_default_value);
	zend_string *property_pinnedPublicKey_name = zend_string_init("pinnedPublicKey", sizeof("pinnedPublicKey") - 1, 1);
	zend_declare_typed_property(class_entry, property_pinnedPublicKey_name, &property_pinnedPublicKey_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_pinnedPublicKey_name);

	zval property_crl_default_value;
	ZVAL_UNDEF(&property_crl_default_value);
	zend_string *property_crl_name = zend_string_init("crl", sizeof("crl") - 1, 1);
	zend_declare_typed_property(class_entry, property_crl_name, &property_crl_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_crl_name);

	zval property_tlsMinVersion_default_value;
	ZVAL_UNDEF(&property_tlsMinVersion_default_value);
	zend_string *property_tlsMinVersion_name = zend_string_init("tlsMinVersion", sizeof("tlsMinVersion") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsMinVersion_name, &property_tlsMinVersion_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_tlsMinVersion_name);

	zval property_tlsMaxVersion_default_value;
	ZVAL_UNDEF(&property_tlsMaxVersion_default_value);
	zend_string *property_tlsMaxVersion_name = zend_string_init("tlsMaxVersion", sizeof("tlsMaxVersion") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsMaxVersion_name, &property_tlsMaxVersion_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_tlsMaxVersion_name);

	zval property_tlsCiphers_default_value;
	ZVAL_UNDEF(&property_tlsCiphers_default_value);
	zend_string *property_tlsCiphers_name = zend_string_init("tlsCiphers", sizeof("tlsCiphers") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsCiphers_name, &property_tlsCiphers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tlsCiphers_name);

	zval property_tls13Ciphers_default_value;
	ZVAL_UNDEF(&property_tls13Ciphers_default_value);
	zend_string *property_tls13Ciphers_name = zend_string_init("tls13Ciphers", sizeof("tls13Ciphers") - 1, 1);
	zend_declare_typed_property(class_entry, property_tls13Ciphers_name, &property_tls13Ciphers_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tls13Ciphers_name);

	zval property_tlsGroups_default_value;
	ZVAL_UNDEF(&property_tlsGroups_default_value);
	zend_string *property_tlsGroups_name = zend_string_init("tlsGroups", sizeof("tlsGroups") - 1, 1);
	zend_declare_typed_property(class_entry, property_tlsGroups_name, &property_tlsGroups_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_tlsGroups_name);

	zval property_expectContinue_default_value;
	ZVAL_UNDEF(&property_expectContinue_default_value);
	zend_string *property_expectContinue_name = zend_string_init("expectContinue", sizeof("expectContinue") - 1, 1);
	zend_declare_typed_property(class_entry, property_expectContinue_name, &property_expectContinue_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_expectContinue_name);

	zval property_maxBody_default_value;
	ZVAL_UNDEF(&property_maxBody_default_value);
	zend_string *property_maxBody_name = zend_string_init("maxBody", sizeof("maxBody") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxBody_name, &property_maxBody_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxBody_name);

	zval property_maxDecoded_default_value;
	ZVAL_UNDEF(&property_maxDecoded_default_value);
	zend_string *property_maxDecoded_name = zend_string_init("maxDecoded", sizeof("maxDecoded") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxDecoded_name, &property_maxDecoded_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxDecoded_name);

	zval property_maxHeader_default_value;
	ZVAL_UNDEF(&property_maxHeader_default_value);
	zend_string *property_maxHeader_name = zend_string_init("maxHeader", sizeof("maxHeader") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxHeader_name, &property_maxHeader_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxHeader_name);

	zval property_family_default_value;
	ZVAL_UNDEF(&property_family_default_value);
	zend_string *property_family_name = zend_string_init("family", sizeof("family") - 1, 1);
	zend_declare_typed_property(class_entry, property_family_name, &property_family_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_family_name);

	zval property_interface_default_value;
	ZVAL_UNDEF(&property_interface_default_value);
	zend_string *property_interface_name = zend_string_init("interface", sizeof("interface") - 1, 1);
	zend_declare_typed_property(class_entry, property_interface_name, &property_interface_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_interface_name);

	zval property_unixSocket_default_value;
	ZVAL_UNDEF(&property_unixSocket_default_value);
	zend_string *property_unixSocket_name = zend_string_init("unixSocket", sizeof("unixSocket") - 1, 1);
	zend_declare_typed_property(class_entry, property_unixSocket_name, &property_unixSocket_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_unixSocket_name);

	zval property_keepAlive_default_value;
	ZVAL_UNDEF(&property_keepAlive_default_value);
	zend_string *property_keepAlive_name = zend_string_init("keepAlive", sizeof("keepAlive") - 1, 1);
	zend_declare_typed_property(class_entry, property_keepAlive_name, &property_keepAlive_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_keepAlive_name);

	zval property_resolve_default_value;
	ZVAL_UNDEF(&property_resolve_default_value);
	zend_string *property_resolve_name = zend_string_init("resolve", sizeof("resolve") - 1, 1);
	zend_declare_typed_property(class_entry, property_resolve_name, &property_resolve_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_resolve_name);

	zval property_fresh_default_value;
	ZVAL_UNDEF(&property_fresh_default_value);
	zend_string *property_fresh_name = zend_string_init("fresh", sizeof("fresh") - 1, 1);
	zend_declare_typed_property(class_entry, property_fresh_name, &property_fresh_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_fresh_name);

	zval property_onProgress_default_value;
	ZVAL_UNDEF(&property_onProgress_default_value);
	zend_string *property_onProgress_name = zend_string_init("onProgress", sizeof("onProgress") - 1, 1);
	zend_declare_typed_property(class_entry, property_onProgress_name, &property_onProgress_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_onProgress_name);

	zval property_connectTo_default_value;
	ZVAL_UNDEF(&property_connectTo_default_value);
	zend_string *property_connectTo_name = zend_string_init("connectTo", sizeof("connectTo") - 1, 1);
	zend_declare_typed_property(class_entry, property_connectTo_name, &property_connectTo_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_connectTo_name);

	zval property_sink_default_value;
	ZVAL_UNDEF(&property_sink_default_value);
	zend_string *property_sink_name = zend_string_init("sink", sizeof("sink") - 1, 1);
	zend_declare_typed_property(class_entry, property_sink_name, &property_sink_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_sink_name);

	zval property_certificates_default_value;
	ZVAL_UNDEF(&property_certificates_default_value);
	zend_string *property_certificates_name = zend_string_init("certificates", sizeof("certificates") - 1, 1);
	zend_declare_typed_property(class_entry, property_certificates_name, &property_certificates_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_certificates_name);
#if (PHP_VERSION_ID >= 80200)


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 17, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 18, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 28, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 29, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif

	return class_entry;
}
