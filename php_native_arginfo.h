/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: e53211ebcd68e552333ecece8e8f76c557d75188 */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_status, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_FUNCTION(Native_status);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("Native", status, Native_status, arginfo_Native_status)
	ZEND_FE_END
};
