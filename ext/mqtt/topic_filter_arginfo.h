/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: ef0a7570b2b36fd116fc5e3b2e8fdcdc44fa7a51 */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter___construct, 0, 0, 1)
	ZEND_ARG_TYPE_INFO(0, filter, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_matches, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, topicName, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_capture, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, topicName, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_shareName, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter___toString, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_isValid, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, filter, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, version, Native\\Mqtt\\Version, 0, "Native\\Mqtt\\Version::V5")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_isValidName, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, topicName, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Mqtt_TopicFilter_checkName, 0, 1, IS_VOID, 0)
	ZEND_ARG_TYPE_INFO(0, topicName, IS_STRING, 0)
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, strictness, Native\\Mqtt\\Strictness, 0, "Native\\Mqtt\\Strictness::Spec")
ZEND_END_ARG_INFO()


ZEND_METHOD(Native_Mqtt_TopicFilter, __construct);
ZEND_METHOD(Native_Mqtt_TopicFilter, matches);
ZEND_METHOD(Native_Mqtt_TopicFilter, capture);
ZEND_METHOD(Native_Mqtt_TopicFilter, shareName);
ZEND_METHOD(Native_Mqtt_TopicFilter, __toString);
ZEND_METHOD(Native_Mqtt_TopicFilter, isValid);
ZEND_METHOD(Native_Mqtt_TopicFilter, isValidName);
ZEND_METHOD(Native_Mqtt_TopicFilter, checkName);


static const zend_function_entry class_Native_Mqtt_TopicFilter_methods[] = {
	ZEND_ME(Native_Mqtt_TopicFilter, __construct, arginfo_class_Native_Mqtt_TopicFilter___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_TopicFilter, matches, arginfo_class_Native_Mqtt_TopicFilter_matches, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_TopicFilter, capture, arginfo_class_Native_Mqtt_TopicFilter_capture, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_TopicFilter, shareName, arginfo_class_Native_Mqtt_TopicFilter_shareName, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_TopicFilter, __toString, arginfo_class_Native_Mqtt_TopicFilter___toString, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Mqtt_TopicFilter, isValid, arginfo_class_Native_Mqtt_TopicFilter_isValid, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Mqtt_TopicFilter, isValidName, arginfo_class_Native_Mqtt_TopicFilter_isValidName, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Mqtt_TopicFilter, checkName, arginfo_class_Native_Mqtt_TopicFilter_checkName, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Mqtt_TopicFilter(zend_class_entry *class_entry_Stringable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Mqtt", "TopicFilter", class_Native_Mqtt_TopicFilter_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Stringable);

	zval property_filter_default_value;
	ZVAL_UNDEF(&property_filter_default_value);
	zend_string *property_filter_name = zend_string_init("filter", sizeof("filter") - 1, 1);
	zend_declare_typed_property(class_entry, property_filter_name, &property_filter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_filter_name);

	return class_entry;
}
