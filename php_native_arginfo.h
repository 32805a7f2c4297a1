/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 4b01ff001dd96d1ddf8f3913b1de33c0274fbd3e */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_status, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_metrics, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()


ZEND_FUNCTION(Native_status);
ZEND_FUNCTION(Native_metrics);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("Native", status, Native_status, arginfo_Native_status)
	ZEND_NS_FALIAS("Native", metrics, Native_metrics, arginfo_Native_metrics)
	ZEND_FE_END
};
