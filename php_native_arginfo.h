/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 9f542f97630734e9effb3741a9c99d4087e31550 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_status, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_FUNCTION(Native_status);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("Native", status, Native_status, arginfo_Native_status)
	ZEND_FE_END
};
