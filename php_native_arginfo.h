/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 15f8f4510fd3d79d253aa308af36d260fb4b0942 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_status, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_metrics, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_Native_symbols arginfo_Native_status


ZEND_FUNCTION(Native_status);
ZEND_FUNCTION(Native_metrics);
ZEND_FUNCTION(Native_symbols);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("Native", status, Native_status, arginfo_Native_status)
	ZEND_NS_FALIAS("Native", metrics, Native_metrics, arginfo_Native_metrics)
	ZEND_NS_FALIAS("Native", symbols, Native_symbols, arginfo_Native_symbols)
	ZEND_FE_END
};
