/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 73bd3b3128b1540d5e077121e5ad0670d27934dd */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Native_Shm_Segment___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Segment_default, 0, 0, Native\\Shm\\Segment, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Segment_open, 0, 1, Native\\Shm\\Segment, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, size, IS_LONG, 0, "0")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, mode, IS_LONG, 0, "0600")
	ZEND_ARG_OBJ_INFO_WITH_DEFAULT_VALUE(0, onMismatch, Native\\Shm\\OnMismatch, 0, "Native\\Shm\\OnMismatch::Refuse")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, track, _IS_BOOL, 0, "false")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Segment_unlink, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Segment_name, 0, 0, IS_STRING, 1)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Segment_path arginfo_class_Native_Shm_Segment_name

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Segment_isCurrent, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Native_Shm_Segment_cache, 0, 0, Native\\Shm\\Cache, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, namespace, IS_STRING, 0, "\"\"")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Native_Shm_Segment_info, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Native_Shm_Segment_objects arginfo_class_Native_Shm_Segment_info

#define arginfo_class_Native_Shm_Segment_remove arginfo_class_Native_Shm_Segment_unlink


ZEND_METHOD(Native_Shm_Segment, __construct);
ZEND_METHOD(Native_Shm_Segment, default);
ZEND_METHOD(Native_Shm_Segment, open);
ZEND_METHOD(Native_Shm_Segment, unlink);
ZEND_METHOD(Native_Shm_Segment, name);
ZEND_METHOD(Native_Shm_Segment, path);
ZEND_METHOD(Native_Shm_Segment, isCurrent);
ZEND_METHOD(Native_Shm_Segment, cache);
ZEND_METHOD(Native_Shm_Segment, info);
ZEND_METHOD(Native_Shm_Segment, objects);
ZEND_METHOD(Native_Shm_Segment, remove);


static const zend_function_entry class_Native_Shm_OnMismatch_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Native_Shm_Segment_methods[] = {
	ZEND_ME(Native_Shm_Segment, __construct, arginfo_class_Native_Shm_Segment___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Native_Shm_Segment, default, arginfo_class_Native_Shm_Segment_default, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Shm_Segment, open, arginfo_class_Native_Shm_Segment_open, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Shm_Segment, unlink, arginfo_class_Native_Shm_Segment_unlink, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Native_Shm_Segment, name, arginfo_class_Native_Shm_Segment_name, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, path, arginfo_class_Native_Shm_Segment_path, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, isCurrent, arginfo_class_Native_Shm_Segment_isCurrent, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, cache, arginfo_class_Native_Shm_Segment_cache, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, info, arginfo_class_Native_Shm_Segment_info, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, objects, arginfo_class_Native_Shm_Segment_objects, ZEND_ACC_PUBLIC)
	ZEND_ME(Native_Shm_Segment, remove, arginfo_class_Native_Shm_Segment_remove, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Native_Shm_OnMismatch(void)
{
	zend_class_entry *class_entry = zend_register_internal_enum("Native\\Shm\\OnMismatch", IS_UNDEF, class_Native_Shm_OnMismatch_methods);

	zend_enum_add_case_cstr(class_entry, "Refuse", NULL);

	zend_enum_add_case_cstr(class_entry, "Recreate", NULL);

	return class_entry;
}

static zend_class_entry *register_class_Native_Shm_Segment(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Native\\Shm", "Segment", class_Native_Shm_Segment_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	return class_entry;
}
