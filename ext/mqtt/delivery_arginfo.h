/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: df08d0657f711003b8b6c24aea815ae73400e66e */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Delivery___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Delivery_wait, 0, 0, Native\\Mqtt\\ReasonCode, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Delivery_isDone, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Delivery_reasonCode, 0, 0, Native\\Mqtt\\ReasonCode, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Delivery_packetId, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Delivery_properties, 0, 0, Native\\Mqtt\\Properties, 1)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Delivery, __construct);
ZEND_METHOD(Native_Mqtt_Delivery, wait);
ZEND_METHOD(Native_Mqtt_Delivery, isDone);
ZEND_METHOD(Native_Mqtt_Delivery, reasonCode);
ZEND_METHOD(Native_Mqtt_Delivery, packetId);
ZEND_METHOD(Native_Mqtt_Delivery, properties);


static const zend_function_entry class_Native_Mqtt_Delivery_methods[] = {
	ZEND_ME(Native_Mqtt_Delivery, __construct, arginfo_class_Native_Mqtt_Delivery___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Mqtt_Delivery, wait, arginfo_class_Native_Mqtt_Delivery_wait, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Delivery, isDone, arginfo_class_Native_Mqtt_Delivery_isDone, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Delivery, reasonCode, arginfo_class_Native_Mqtt_Delivery_reasonCode, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Delivery, packetId, arginfo_class_Native_Mqtt_Delivery_packetId, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Delivery, properties, arginfo_class_Native_Mqtt_Delivery_properties, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Delivery(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Delivery", class_Native_Mqtt_Delivery_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
