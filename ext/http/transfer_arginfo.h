/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 133279bc58cfb0fdc8d5800d5380877e44f7011c */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Http_Transfer___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_step, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_loop, 0, 0, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, timeout, IS_DOUBLE, 0, "1")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_isFinished arginfo_class_Native_Http_Transfer_step

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Transfer_response, 0, 0, Native\\Http\\Response, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_head arginfo_class_Native_Http_Transfer_response

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_read, 0, 0, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, length, IS_LONG, 0, "0")
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_take arginfo_class_Native_Http_Transfer_read

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Transfer_getIterator, 0, 0, Iterator, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_abort, 0, 0, IS_VOID, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_pauseReceiving arginfo_class_Native_Http_Transfer_abort

#define arginfo_class_Native_Http_Transfer_resumeReceiving arginfo_class_Native_Http_Transfer_abort

#define arginfo_class_Native_Http_Transfer_pauseSending arginfo_class_Native_Http_Transfer_abort

#define arginfo_class_Native_Http_Transfer_resumeSending arginfo_class_Native_Http_Transfer_abort

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Http_Transfer_progress, 0, 0, Native\\Http\\Progress, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_getStream arginfo_class_Native_Http_Transfer___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_getStreams, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Transfer_wantsRead arginfo_class_Native_Http_Transfer_step

#define arginfo_class_Native_Http_Transfer_wantsWrite arginfo_class_Native_Http_Transfer_step

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Transfer_nextTimeout, 0, 0, IS_DOUBLE, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Pieces___construct arginfo_class_Native_Http_Transfer___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Pieces_current, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Http_Pieces_key, 0, 0, IS_LONG, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Http_Pieces_next arginfo_class_Native_Http_Transfer_abort

#define arginfo_class_Native_Http_Pieces_rewind arginfo_class_Native_Http_Transfer_abort

#define arginfo_class_Native_Http_Pieces_valid arginfo_class_Native_Http_Transfer_step


ZEND_METHOD(Native_Http_Transfer, __construct);
ZEND_METHOD(Native_Http_Transfer, step);
ZEND_METHOD(Native_Http_Transfer, loop);
ZEND_METHOD(Native_Http_Transfer, isFinished);
ZEND_METHOD(Native_Http_Transfer, response);
ZEND_METHOD(Native_Http_Transfer, head);
ZEND_METHOD(Native_Http_Transfer, read);
ZEND_METHOD(Native_Http_Transfer, take);
ZEND_METHOD(Native_Http_Transfer, getIterator);
ZEND_METHOD(Native_Http_Transfer, abort);
ZEND_METHOD(Native_Http_Transfer, pauseReceiving);
ZEND_METHOD(Native_Http_Transfer, resumeReceiving);
ZEND_METHOD(Native_Http_Transfer, pauseSending);
ZEND_METHOD(Native_Http_Transfer, resumeSending);
ZEND_METHOD(Native_Http_Transfer, progress);
ZEND_METHOD(Native_Http_Transfer, getStream);
ZEND_METHOD(Native_Http_Transfer, getStreams);
ZEND_METHOD(Native_Http_Transfer, wantsRead);
ZEND_METHOD(Native_Http_Transfer, wantsWrite);
ZEND_METHOD(Native_Http_Transfer, nextTimeout);
ZEND_METHOD(Native_Http_Pieces, __construct);
ZEND_METHOD(Native_Http_Pieces, current);
ZEND_METHOD(Native_Http_Pieces, key);
ZEND_METHOD(Native_Http_Pieces, next);
ZEND_METHOD(Native_Http_Pieces, rewind);
ZEND_METHOD(Native_Http_Pieces, valid);


static const zend_function_entry class_Native_Http_Transfer_methods[] = {
	ZEND_ME(Native_Http_Transfer, __construct, arginfo_class_Native_Http_Transfer___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Http_Transfer, step, arginfo_class_Native_Http_Transfer_step, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, loop, arginfo_class_Native_Http_Transfer_loop, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, isFinished, arginfo_class_Native_Http_Transfer_isFinished, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, response, arginfo_class_Native_Http_Transfer_response, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, head, arginfo_class_Native_Http_Transfer_head, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, read, arginfo_class_Native_Http_Transfer_read, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, take, arginfo_class_Native_Http_Transfer_take, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, getIterator, arginfo_class_Native_Http_Transfer_getIterator, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, abort, arginfo_class_Native_Http_Transfer_abort, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, pauseReceiving, arginfo_class_Native_Http_Transfer_pauseReceiving, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, resumeReceiving, arginfo_class_Native_Http_Transfer_resumeReceiving, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, pauseSending, arginfo_class_Native_Http_Transfer_pauseSending, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, resumeSending, arginfo_class_Native_Http_Transfer_resumeSending, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, progress, arginfo_class_Native_Http_Transfer_progress, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, getStream, arginfo_class_Native_Http_Transfer_getStream, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, getStreams, arginfo_class_Native_Http_Transfer_getStreams, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, wantsRead, arginfo_class_Native_Http_Transfer_wantsRead, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, wantsWrite, arginfo_class_Native_Http_Transfer_wantsWrite, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Transfer, nextTimeout, arginfo_class_Native_Http_Transfer_nextTimeout, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Native_Http_Pieces_methods[] = {
	ZEND_ME(Native_Http_Pieces, __construct, arginfo_class_Native_Http_Pieces___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Http_Pieces, current, arginfo_class_Native_Http_Pieces_current, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Pieces, key, arginfo_class_Native_Http_Pieces_key, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Pieces, next, arginfo_class_Native_Http_Pieces_next, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Pieces, rewind, arginfo_class_Native_Http_Pieces_rewind, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Http_Pieces, valid, arginfo_class_Native_Http_Pieces_valid, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Http_Transfer(zend_class_entry *class_entry_IteratorAggregate)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Transfer", class_Native_Http_Transfer_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_IteratorAggregate);

	return class_entry;
}

static zend_class_entry *register_class_Native_Http_Pieces(zend_class_entry *class_entry_Iterator)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Http", "Pieces", class_Native_Http_Pieces_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_Iterator);

	return class_entry;
}
