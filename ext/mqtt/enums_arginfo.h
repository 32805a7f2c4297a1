/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 932a7e0d64fa2a47cb6e173ca07ce1fb0017d136 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_ReasonCode_isError, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_ReasonCode_description, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_ReasonCode, isError);
ZEND_METHOD(Native_Mqtt_ReasonCode, description);


static const zend_function_entry class_Native_Mqtt_PacketType_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Version_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Strictness_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Sender_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_ReasonCode_methods[] = {
	ZEND_ME(Native_Mqtt_ReasonCode, isError, arginfo_class_Native_Mqtt_ReasonCode_isError, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_ReasonCode, description, arginfo_class_Native_Mqtt_ReasonCode_description, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_PacketType(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\PacketType", IS_LONG, class_Native_Mqtt_PacketType_methods);

	zval enum_case_Connect_value;
	ZVAL_LONG(&enum_case_Connect_value, 1);
	zend_enum_add_case_cstr(class_entry, "Connect", &enum_case_Connect_value);

	zval enum_case_ConnAck_value;
	ZVAL_LONG(&enum_case_ConnAck_value, 2);
	zend_enum_add_case_cstr(class_entry, "ConnAck", &enum_case_ConnAck_value);

	zval enum_case_Publish_value;
	ZVAL_LONG(&enum_case_Publish_value, 3);
	zend_enum_add_case_cstr(class_entry, "Publish", &enum_case_Publish_value);

	zval enum_case_PubAck_value;
	ZVAL_LONG(&enum_case_PubAck_value, 4);
	zend_enum_add_case_cstr(class_entry, "PubAck", &enum_case_PubAck_value);

	zval enum_case_PubRec_value;
	ZVAL_LONG(&enum_case_PubRec_value, 5);
	zend_enum_add_case_cstr(class_entry, "PubRec", &enum_case_PubRec_value);

	zval enum_case_PubRel_value;
	ZVAL_LONG(&enum_case_PubRel_value, 6);
	zend_enum_add_case_cstr(class_entry, "PubRel", &enum_case_PubRel_value);

	zval enum_case_PubComp_value;
	ZVAL_LONG(&enum_case_PubComp_value, 7);
	zend_enum_add_case_cstr(class_entry, "PubComp", &enum_case_PubComp_value);

	zval enum_case_Subscribe_value;
	ZVAL_LONG(&enum_case_Subscribe_value, 8);
	zend_enum_add_case_cstr(class_entry, "Subscribe", &enum_case_Subscribe_value);

	zval enum_case_SubAck_value;
	ZVAL_LONG(&enum_case_SubAck_value, 9);
	zend_enum_add_case_cstr(class_entry, "SubAck", &enum_case_SubAck_value);

	zval enum_case_Unsubscribe_value;
	ZVAL_LONG(&enum_case_Unsubscribe_value, 10);
	zend_enum_add_case_cstr(class_entry, "Unsubscribe", &enum_case_Unsubscribe_value);

	zval enum_case_UnsubAck_value;
	ZVAL_LONG(&enum_case_UnsubAck_value, 11);
	zend_enum_add_case_cstr(class_entry, "UnsubAck", &enum_case_UnsubAck_value);

	zval enum_case_PingReq_value;
	ZVAL_LONG(&enum_case_PingReq_value, 12);
	zend_enum_add_case_cstr(class_entry, "PingReq", &enum_case_PingReq_value);

	zval enum_case_PingResp_value;
	ZVAL_LONG(&enum_case_PingResp_value, 13);
	zend_enum_add_case_cstr(class_entry, "PingResp", &enum_case_PingResp_value);

	zval enum_case_Disconnect_value;
	ZVAL_LONG(&enum_case_Disconnect_value, 14);
	zend_enum_add_case_cstr(class_entry, "Disconnect", &enum_case_Disconnect_value);

	zval enum_case_Auth_value;
	ZVAL_LONG(&enum_case_Auth_value, 15);
	zend_enum_add_case_cstr(class_entry, "Auth", &enum_case_Auth_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Version(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\Version", IS_LONG, class_Native_Mqtt_Version_methods);

	zval enum_case_V3_1_value;
	ZVAL_LONG(&enum_case_V3_1_value, 3);
	zend_enum_add_case_cstr(class_entry, "V3_1", &enum_case_V3_1_value);

	zval enum_case_V3_1_1_value;
	ZVAL_LONG(&enum_case_V3_1_1_value, 4);
	zend_enum_add_case_cstr(class_entry, "V3_1_1", &enum_case_V3_1_1_value);

	zval enum_case_V5_value;
	ZVAL_LONG(&enum_case_V5_value, 5);
	zend_enum_add_case_cstr(class_entry, "V5", &enum_case_V5_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Strictness(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\Strictness", IS_LONG, class_Native_Mqtt_Strictness_methods);

	zval enum_case_Lenient_value;
	ZVAL_LONG(&enum_case_Lenient_value, 0);
	zend_enum_add_case_cstr(class_entry, "Lenient", &enum_case_Lenient_value);

	zval enum_case_Spec_value;
	ZVAL_LONG(&enum_case_Spec_value, 1);
	zend_enum_add_case_cstr(class_entry, "Spec", &enum_case_Spec_value);

	zval enum_case_Strict_value;
	ZVAL_LONG(&enum_case_Strict_value, 2);
	zend_enum_add_case_cstr(class_entry, "Strict", &enum_case_Strict_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Sender(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\Sender", IS_LONG, class_Native_Mqtt_Sender_methods);

	zval enum_case_Client_value;
	ZVAL_LONG(&enum_case_Client_value, 1);
	zend_enum_add_case_cstr(class_entry, "Client", &enum_case_Client_value);

	zval enum_case_Server_value;
	ZVAL_LONG(&enum_case_Server_value, 2);
	zend_enum_add_case_cstr(class_entry, "Server", &enum_case_Server_value);

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_ReasonCode(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Mqtt\\ReasonCode", IS_LONG, class_Native_Mqtt_ReasonCode_methods);

	zval enum_case_Success_value;
	ZVAL_LONG(&enum_case_Success_value, 0);
	zend_enum_add_case_cstr(class_entry, "Success", &enum_case_Success_value);

	zval enum_case_GrantedQos1_value;
	ZVAL_LONG(&enum_case_GrantedQos1_value, 1);
	zend_enum_add_case_cstr(class_entry, "GrantedQos1", &enum_case_GrantedQos1_value);

	zval enum_case_GrantedQos2_value;
	ZVAL_LONG(&enum_case_GrantedQos2_value, 2);
	zend_enum_add_case_cstr(class_entry, "GrantedQos2", &enum_case_GrantedQos2_value);

	zval enum_case_DisconnectWithWill_value;
	ZVAL_LONG(&enum_case_DisconnectWithWill_value, 4);
	zend_enum_add_case_cstr(class_entry, "DisconnectWithWill", &enum_case_DisconnectWithWill_value);

	zval enum_case_NoMatchingSubscribers_value;
	ZVAL_LONG(&enum_case_NoMatchingSubscribers_value, 16);
	zend_enum_add_case_cstr(class_entry, "NoMatchingSubscribers", &enum_case_NoMatchingSubscribers_value);

	zval enum_case_NoSubscriptionExisted_value;
	ZVAL_LONG(&enum_case_NoSubscriptionExisted_value, 17);
	zend_enum_add_case_cstr(class_entry, "NoSubscriptionExisted", &enum_case_NoSubscriptionExisted_value);

	zval enum_case_ContinueAuthentication_value;
	ZVAL_LONG(&enum_case_ContinueAuthentication_value, 24);
	zend_enum_add_case_cstr(class_entry, "ContinueAuthentication", &enum_case_ContinueAuthentication_value);

	zval enum_case_ReAuthenticate_value;
	ZVAL_LONG(&enum_case_ReAuthenticate_value, 25);
	zend_enum_add_case_cstr(class_entry, "ReAuthenticate", &enum_case_ReAuthenticate_value);

	zval enum_case_UnspecifiedError_value;
	ZVAL_LONG(&enum_case_UnspecifiedError_value, 128);
	zend_enum_add_case_cstr(class_entry, "UnspecifiedError", &enum_case_UnspecifiedError_value);

	zval enum_case_MalformedPacket_value;
	ZVAL_LONG(&enum_case_MalformedPacket_value, 129);
	zend_enum_add_case_cstr(class_entry, "MalformedPacket", &enum_case_MalformedPacket_value);

	zval enum_case_ProtocolError_value;
	ZVAL_LONG(&enum_case_ProtocolError_value, 130);
	zend_enum_add_case_cstr(class_entry, "ProtocolError", &enum_case_ProtocolError_value);

	zval enum_case_ImplementationSpecificError_value;
	ZVAL_LONG(&enum_case_ImplementationSpecificError_value, 131);
	zend_enum_add_case_cstr(class_entry, "ImplementationSpecificError", &enum_case_ImplementationSpecificError_value);

	zval enum_case_UnsupportedProtocolVersion_value;
	ZVAL_LONG(&enum_case_UnsupportedProtocolVersion_value, 132);
	zend_enum_add_case_cstr(class_entry, "UnsupportedProtocolVersion", &enum_case_UnsupportedProtocolVersion_value);

	zval enum_case_ClientIdentifierNotValid_value;
	ZVAL_LONG(&enum_case_ClientIdentifierNotValid_value, 133);
	zend_enum_add_case_cstr(class_entry, "ClientIdentifierNotValid", &enum_case_ClientIdentifierNotValid_value);

	zval enum_case_BadUserNameOrPassword_value;
	ZVAL_LONG(&enum_case_BadUserNameOrPassword_value, 134);
	zend_enum_add_case_cstr(class_entry, "BadUserNameOrPassword", &enum_case_BadUserNameOrPassword_value);

	zval enum_case_NotAuthorized_value;
	ZVAL_LONG(&enum_case_NotAuthorized_value, 135);
	zend_enum_add_case_cstr(class_entry, "NotAuthorized", &enum_case_NotAuthorized_value);

	zval enum_case_ServerUnavailable_value;
	ZVAL_LONG(&enum_case_ServerUnavailable_value, 136);
	zend_enum_add_case_cstr(class_entry, "ServerUnavailable", &enum_case_ServerUnavailable_value);

	zval enum_case_ServerBusy_value;
	ZVAL_LONG(&enum_case_ServerBusy_value, 137);
	zend_enum_add_case_cstr(class_entry, "ServerBusy", &enum_case_ServerBusy_value);

	zval enum_case_Banned_value;
	ZVAL_LONG(&enum_case_Banned_value, 138);
	zend_enum_add_case_cstr(class_entry, "Banned", &enum_case_Banned_value);

	zval enum_case_ServerShuttingDown_value;
	ZVAL_LONG(&enum_case_ServerShuttingDown_value, 139);
	zend_enum_add_case_cstr(class_entry, "ServerShuttingDown", &enum_case_ServerShuttingDown_value);

	zval enum_case_BadAuthenticationMethod_value;
	ZVAL_LONG(&enum_case_BadAuthenticationMethod_value, 140);
	zend_enum_add_case_cstr(class_entry, "BadAuthenticationMethod", &enum_case_BadAuthenticationMethod_value);

	zval enum_case_KeepAliveTimeout_value;
	ZVAL_LONG(&enum_case_KeepAliveTimeout_value, 141);
	zend_enum_add_case_cstr(class_entry, "KeepAliveTimeout", &enum_case_KeepAliveTimeout_value);

	zval enum_case_SessionTakenOver_value;
	ZVAL_LONG(&enum_case_SessionTakenOver_value, 142);
	zend_enum_add_case_cstr(class_entry, "SessionTakenOver", &enum_case_SessionTakenOver_value);

	zval enum_case_TopicFilterInvalid_value;
	ZVAL_LONG(&enum_case_TopicFilterInvalid_value, 143);
	zend_enum_add_case_cstr(class_entry, "TopicFilterInvalid", &enum_case_TopicFilterInvalid_value);

	zval enum_case_TopicNameInvalid_value;
	ZVAL_LONG(&enum_case_TopicNameInvalid_value, 144);
	zend_enum_add_case_cstr(class_entry, "TopicNameInvalid", &enum_case_TopicNameInvalid_value);

	zval enum_case_PacketIdentifierInUse_value;
	ZVAL_LONG(&enum_case_PacketIdentifierInUse_value, 145);
	zend_enum_add_case_cstr(class_entry, "PacketIdentifierInUse", &enum_case_PacketIdentifierInUse_value);

	zval enum_case_PacketIdentifierNotFound_value;
	ZVAL_LONG(&enum_case_PacketIdentifierNotFound_value, 146);
	zend_enum_add_case_cstr(class_entry, "PacketIdentifierNotFound", &enum_case_PacketIdentifierNotFound_value);

	zval enum_case_ReceiveMaximumExceeded_value;
	ZVAL_LONG(&enum_case_ReceiveMaximumExceeded_value, 147);
	zend_enum_add_case_cstr(class_entry, "ReceiveMaximumExceeded", &enum_case_ReceiveMaximumExceeded_value);

	zval enum_case_TopicAliasInvalid_value;
	ZVAL_LONG(&enum_case_TopicAliasInvalid_value, 148);
	zend_enum_add_case_cstr(class_entry, "TopicAliasInvalid", &enum_case_TopicAliasInvalid_value);

	zval enum_case_PacketTooLarge_value;
	ZVAL_LONG(&enum_case_PacketTooLarge_value, 149);
	zend_enum_add_case_cstr(class_entry, "PacketTooLarge", &enum_case_PacketTooLarge_value);

	zval enum_case_MessageRateTooHigh_value;
	ZVAL_LONG(&enum_case_MessageRateTooHigh_value, 150);
	zend_enum_add_case_cstr(class_entry, "MessageRateTooHigh", &enum_case_MessageRateTooHigh_value);

	zval enum_case_QuotaExceeded_value;
	ZVAL_LONG(&enum_case_QuotaExceeded_value, 151);
	zend_enum_add_case_cstr(class_entry, "QuotaExceeded", &enum_case_QuotaExceeded_value);

	zval enum_case_AdministrativeAction_value;
	ZVAL_LONG(&enum_case_AdministrativeAction_value, 152);
	zend_enum_add_case_cstr(class_entry, "AdministrativeAction", &enum_case_AdministrativeAction_value);

	zval enum_case_PayloadFormatInvalid_value;
	ZVAL_LONG(&enum_case_PayloadFormatInvalid_value, 153);
	zend_enum_add_case_cstr(class_entry, "PayloadFormatInvalid", &enum_case_PayloadFormatInvalid_value);

	zval enum_case_RetainNotSupported_value;
	ZVAL_LONG(&enum_case_RetainNotSupported_value, 154);
	zend_enum_add_case_cstr(class_entry, "RetainNotSupported", &enum_case_RetainNotSupported_value);

	zval enum_case_QosNotSupported_value;
	ZVAL_LONG(&enum_case_QosNotSupported_value, 155);
	zend_enum_add_case_cstr(class_entry, "QosNotSupported", &enum_case_QosNotSupported_value);

	zval enum_case_UseAnotherServer_value;
	ZVAL_LONG(&enum_case_UseAnotherServer_value, 156);
	zend_enum_add_case_cstr(class_entry, "UseAnotherServer", &enum_case_UseAnotherServer_value);

	zval enum_case_ServerMoved_value;
	ZVAL_LONG(&enum_case_ServerMoved_value, 157);
	zend_enum_add_case_cstr(class_entry, "ServerMoved", &enum_case_ServerMoved_value);

	zval enum_case_SharedSubscriptionsNotSupported_value;
	ZVAL_LONG(&enum_case_SharedSubscriptionsNotSupported_value, 158);
	zend_enum_add_case_cstr(class_entry, "SharedSubscriptionsNotSupported", &enum_case_SharedSubscriptionsNotSupported_value);

	zval enum_case_ConnectionRateExceeded_value;
	ZVAL_LONG(&enum_case_ConnectionRateExceeded_value, 159);
	zend_enum_add_case_cstr(class_entry, "ConnectionRateExceeded", &enum_case_ConnectionRateExceeded_value);

	zval enum_case_MaximumConnectTime_value;
	ZVAL_LONG(&enum_case_MaximumConnectTime_value, 160);
	zend_enum_add_case_cstr(class_entry, "MaximumConnectTime", &enum_case_MaximumConnectTime_value);

	zval enum_case_SubscriptionIdentifiersNotSupported_value;
	ZVAL_LONG(&enum_case_SubscriptionIdentifiersNotSupported_value, 161);
	zend_enum_add_case_cstr(class_entry, "SubscriptionIdentifiersNotSupported", &enum_case_SubscriptionIdentifiersNotSupported_value);

	zval enum_case_WildcardSubscriptionsNotSupported_value;
	ZVAL_LONG(&enum_case_WildcardSubscriptionsNotSupported_value, 162);
	zend_enum_add_case_cstr(class_entry, "WildcardSubscriptionsNotSupported", &enum_case_WildcardSubscriptionsNotSupported_value);

	return class_entry;
}
