/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 68a8a2aa1e6d517d421e3e1745f2f8913e732510 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Client___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, uri, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Mqtt\\ClientOptions, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_persistent, 0, 1, Native\\Mqtt\\Client, 0)
	ZEND_ARG_TYPE_INFO(0, uri, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, options, Native\\Mqtt\\ClientOptions, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_connect, 0, 0, Native\\Mqtt\\ConnectionInfo, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_start, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_disconnect, 0, 0, IS_VOID, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, reason, Native\\Mqtt\\ReasonCode, 0, "Native\\Mqtt\\ReasonCode::Success")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 0, "5")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_isConnected, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_info, 0, 0, Native\\Mqtt\\ConnectionInfo, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_publish, 0, 1, Native\\Mqtt\\Delivery, 0)
	ZEND_ARG_TYPE_INFO(0, topic, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, payload, IS_STRING, 0, "\"\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retain, _IS_BOOL, 0, "false")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_subscribe, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, filter, Native\\Mqtt\\Subscription, MAY_BE_STRING|MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, callback, IS_CALLABLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, noLocal, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retainAsPublished, _IS_BOOL, 0, "false")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, retainHandling, IS_LONG, 0, "0")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_unsubscribe, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_MASK(0, filter, MAY_BE_STRING|MAY_BE_ARRAY, NULL)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_subscriptions, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_request, 0, 1, Native\\Mqtt\\Message, 0)
	ZEND_ARG_TYPE_INFO(0, topic, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, payload, IS_STRING, 0, "\"\"")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, qos, IS_LONG, 0, "0")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, properties, Native\\Mqtt\\Properties, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_reauthenticate, 0, 0, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_receive, 0, 0, Native\\Mqtt\\Message, 1)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Client_messages, 0, 0, Native\\Mqtt\\Messages, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_onMessage, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, callback, IS_CALLABLE, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Client_onConnect arginfo_class_Native_Mqtt_Client_onMessage

#define arginfo_class_Native_Mqtt_Client_onDisconnect arginfo_class_Native_Mqtt_Client_onMessage

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_loop, 0, 0, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 0, "1")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Client_loopForever arginfo_class_Native_Mqtt_Client_start

#define arginfo_class_Native_Mqtt_Client_stop arginfo_class_Native_Mqtt_Client_start

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_Client_getStream, 0, 0, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Client_wantsRead arginfo_class_Native_Mqtt_Client_isConnected

#define arginfo_class_Native_Mqtt_Client_wantsWrite arginfo_class_Native_Mqtt_Client_isConnected

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Client_nextTimeout, 0, 0, IS_DOUBLE, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Client_stats arginfo_class_Native_Mqtt_Client_subscriptions

#define arginfo_class_Native_Mqtt_Messages___construct arginfo_class_Native_Mqtt_Client_getStream

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Mqtt_Messages_current, 0, 0, Native\\Mqtt\\Message, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_Messages_key, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Mqtt_Messages_next arginfo_class_Native_Mqtt_Client_start

#define arginfo_class_Native_Mqtt_Messages_rewind arginfo_class_Native_Mqtt_Client_start

#define arginfo_class_Native_Mqtt_Messages_valid arginfo_class_Native_Mqtt_Client_isConnected


ZEND_METHOD(Native_Mqtt_Client, __construct);
ZEND_METHOD(Native_Mqtt_Client, persistent);
ZEND_METHOD(Native_Mqtt_Client, connect);
ZEND_METHOD(Native_Mqtt_Client, start);
ZEND_METHOD(Native_Mqtt_Client, disconnect);
ZEND_METHOD(Native_Mqtt_Client, isConnected);
ZEND_METHOD(Native_Mqtt_Client, info);
ZEND_METHOD(Native_Mqtt_Client, publish);
ZEND_METHOD(Native_Mqtt_Client, subscribe);
ZEND_METHOD(Native_Mqtt_Client, unsubscribe);
ZEND_METHOD(Native_Mqtt_Client, subscriptions);
ZEND_METHOD(Native_Mqtt_Client, request);
ZEND_METHOD(Native_Mqtt_Client, reauthenticate);
ZEND_METHOD(Native_Mqtt_Client, receive);
ZEND_METHOD(Native_Mqtt_Client, messages);
ZEND_METHOD(Native_Mqtt_Client, onMessage);
ZEND_METHOD(Native_Mqtt_Client, onConnect);
ZEND_METHOD(Native_Mqtt_Client, onDisconnect);
ZEND_METHOD(Native_Mqtt_Client, loop);
ZEND_METHOD(Native_Mqtt_Client, loopForever);
ZEND_METHOD(Native_Mqtt_Client, stop);
ZEND_METHOD(Native_Mqtt_Client, getStream);
ZEND_METHOD(Native_Mqtt_Client, wantsRead);
ZEND_METHOD(Native_Mqtt_Client, wantsWrite);
ZEND_METHOD(Native_Mqtt_Client, nextTimeout);
ZEND_METHOD(Native_Mqtt_Client, stats);
ZEND_METHOD(Native_Mqtt_Messages, __construct);
ZEND_METHOD(Native_Mqtt_Messages, current);
ZEND_METHOD(Native_Mqtt_Messages, key);
ZEND_METHOD(Native_Mqtt_Messages, next);
ZEND_METHOD(Native_Mqtt_Messages, rewind);
ZEND_METHOD(Native_Mqtt_Messages, valid);


static const zend_function_entry class_Native_Mqtt_Client_methods[] = {
	ZEND_ME(Native_Mqtt_Client, __construct, arginfo_class_Native_Mqtt_Client___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, persistent, arginfo_class_Native_Mqtt_Client_persistent, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Mqtt_Client, connect, arginfo_class_Native_Mqtt_Client_connect, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, start, arginfo_class_Native_Mqtt_Client_start, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, disconnect, arginfo_class_Native_Mqtt_Client_disconnect, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, isConnected, arginfo_class_Native_Mqtt_Client_isConnected, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, info, arginfo_class_Native_Mqtt_Client_info, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, publish, arginfo_class_Native_Mqtt_Client_publish, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, subscribe, arginfo_class_Native_Mqtt_Client_subscribe, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, unsubscribe, arginfo_class_Native_Mqtt_Client_unsubscribe, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, subscriptions, arginfo_class_Native_Mqtt_Client_subscriptions, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, request, arginfo_class_Native_Mqtt_Client_request, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, reauthenticate, arginfo_class_Native_Mqtt_Client_reauthenticate, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, receive, arginfo_class_Native_Mqtt_Client_receive, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, messages, arginfo_class_Native_Mqtt_Client_messages, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, onMessage, arginfo_class_Native_Mqtt_Client_onMessage, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, onConnect, arginfo_class_Native_Mqtt_Client_onConnect, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, onDisconnect, arginfo_class_Native_Mqtt_Client_onDisconnect, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, loop, arginfo_class_Native_Mqtt_Client_loop, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, loopForever, arginfo_class_Native_Mqtt_Client_loopForever, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, stop, arginfo_class_Native_Mqtt_Client_stop, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, getStream, arginfo_class_Native_Mqtt_Client_getStream, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, wantsRead, arginfo_class_Native_Mqtt_Client_wantsRead, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, wantsWrite, arginfo_class_Native_Mqtt_Client_wantsWrite, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, nextTimeout, arginfo_class_Native_Mqtt_Client_nextTimeout, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Client, stats, arginfo_class_Native_Mqtt_Client_stats, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Mqtt_Messages_methods[] = {
	ZEND_ME(Native_Mqtt_Messages, __construct, arginfo_class_Native_Mqtt_Messages___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Mqtt_Messages, current, arginfo_class_Native_Mqtt_Messages_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Messages, key, arginfo_class_Native_Mqtt_Messages_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Messages, next, arginfo_class_Native_Mqtt_Messages_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Messages, rewind, arginfo_class_Native_Mqtt_Messages_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_Messages, valid, arginfo_class_Native_Mqtt_Messages_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_Client(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Client", class_Native_Mqtt_Client_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}

static zend_class_entry *register_class_Native_Mqtt_Messages(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "Messages", class_Native_Mqtt_Messages_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
