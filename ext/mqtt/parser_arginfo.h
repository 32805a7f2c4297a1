/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 6e4f052ce3b060df905ba2d72f38876ae567291b */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Parser___construct, 0, 0, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, maxPacketSize, IS_LONG, 0, "268435460")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, sender, Native\\Mqtt\\Sender, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Parser_feed, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, bytes, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Parser_next, 0, 0, Native\\Mqtt\\Packet, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Parser_pending, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Parser_version, 0, 0, Native\\Mqtt\\Version, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Parser_reset, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Parser_getIterator, 0, 0, Iterator, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_Parser, __construct);
ZEND_METHOD(Native_Mqtt_Parser, feed);
ZEND_METHOD(Native_Mqtt_Parser, next);
ZEND_METHOD(Native_Mqtt_Parser, pending);
ZEND_METHOD(Native_Mqtt_Parser, version);
ZEND_METHOD(Native_Mqtt_Parser, reset);
ZEND_METHOD(Native_Mqtt_Parser, getIterator);


static const zend_function_entry class_Native_Mqtt_Parser_methods[] = {
	ZEND_ME(Native_Mqtt_Parser, __construct, arginfo_class_Native_Mqtt_Parser___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, feed, arginfo_class_Native_Mqtt_Parser_feed, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, next, arginfo_class_Native_Mqtt_Parser_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, pending, arginfo_class_Native_Mqtt_Parser_pending, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, version, arginfo_class_Native_Mqtt_Parser_version, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, reset, arginfo_class_Native_Mqtt_Parser_reset, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Parser, getIterator, arginfo_class_Native_Mqtt_Parser_getIterator, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Parser(zend_class_entry *class_entry_IteratorAggregate)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Parser", class_Native_Mqtt_Parser_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_IteratorAggregate);

	return class_entry;
}
