/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 8cf8b77a036849b9b1a33797673f8ee08b0690f2 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Packet_PingReq___construct, 0, 0, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Packet_PingResp___construct arginfo_class_Native_Mqtt_Packet_PingReq___construct


ZEND_METHOD(Native_Mqtt_Packet_PingReq, __construct);


static const zend_function_entry class_Native_Mqtt_Packet_PingReq_methods[] = {
	ZEND_ME(Native_Mqtt_Packet_PingReq, __construct, arginfo_class_Native_Mqtt_Packet_PingReq___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Packet_PingResp_methods[] = {
	ZEND_MALIAS(Native_Mqtt_Packet_PingReq, __construct, __construct, arginfo_class_Native_Mqtt_Packet_PingResp___construct, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Packet_PingReq(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PingReq", class_Native_Mqtt_Packet_PingReq_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Packet_PingResp(zend_class_entry *class_entry_Native_Mqtt_Packet)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt\\Packet", "PingResp", class_Native_Mqtt_Packet_PingResp_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Native_Mqtt_Packet);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
