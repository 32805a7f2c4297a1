/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 7d470b6e2d4416b1a0992aaf591cf82fcc9dc0cb */

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_Native_status, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()


ZEND_FUNCTION(Native_status);


static const zend_function_entry ext_functions[] = {
	ZEND_NS_FALIAS("Native", status, Native_status, arginfo_Native_status)
	ZEND_FE_END
};
