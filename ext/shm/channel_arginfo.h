/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 1d5227297c44f3715cafe69160d9bb7089244ec3 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Channel___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, capacity, IS_LONG, 0, "0")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, policy, Native\\Shm\\Policy, 0, "Native\\Shm\\Policy::Block")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, messages, IS_LONG, 0, "0")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, segment, Native\\Shm\\Segment, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_send, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_trySend, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, message, IS_MIXED, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_sendMany, 0, 1, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO(0, messages, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_receive, 0, 0, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ack, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_tryReceive, 0, 0, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(1, message, IS_MIXED, 0, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ack, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_receiveMany, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, most, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, ack, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Channel_getStream, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_setDeadLetters, 0, 1, IS_VOID, 0)
	ZEND_ARG_OBJ_INFO(0, channel, Native\\Shm\\Channel, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_close, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_count, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Channel_info, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Shm_Channel, __construct);
ZEND_METHOD(Native_Shm_Channel, send);
ZEND_METHOD(Native_Shm_Channel, trySend);
ZEND_METHOD(Native_Shm_Channel, sendMany);
ZEND_METHOD(Native_Shm_Channel, receive);
ZEND_METHOD(Native_Shm_Channel, tryReceive);
ZEND_METHOD(Native_Shm_Channel, receiveMany);
ZEND_METHOD(Native_Shm_Channel, getStream);
ZEND_METHOD(Native_Shm_Channel, setDeadLetters);
ZEND_METHOD(Native_Shm_Channel, close);
ZEND_METHOD(Native_Shm_Channel, count);
ZEND_METHOD(Native_Shm_Channel, info);


static const zend_function_entry class_Native_Shm_Policy_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_Channel_methods[] = {
	ZEND_ME(Native_Shm_Channel, __construct, arginfo_class_Native_Shm_Channel___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, send, arginfo_class_Native_Shm_Channel_send, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, trySend, arginfo_class_Native_Shm_Channel_trySend, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, sendMany, arginfo_class_Native_Shm_Channel_sendMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, receive, arginfo_class_Native_Shm_Channel_receive, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, tryReceive, arginfo_class_Native_Shm_Channel_tryReceive, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, receiveMany, arginfo_class_Native_Shm_Channel_receiveMany, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, getStream, arginfo_class_Native_Shm_Channel_getStream, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, setDeadLetters, arginfo_class_Native_Shm_Channel_setDeadLetters, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, close, arginfo_class_Native_Shm_Channel_close, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, count, arginfo_class_Native_Shm_Channel_count, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Channel, info, arginfo_class_Native_Shm_Channel_info, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_Policy(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Shm\\Policy", IS_UNDEF, class_Native_Shm_Policy_methods);

	zend_enum_add_case_cstr(class_entry, "Block", NULL);

	zend_enum_add_case_cstr(class_entry, "Fail", NULL);

	zend_enum_add_case_cstr(class_entry, "DropOldest", NULL);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_Channel(zend_class_entry *class_entry_Countable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Channel", class_Native_Shm_Channel_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Countable);

	return class_entry;
}
