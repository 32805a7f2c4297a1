/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/exceptions.c - the exceptions of Native\Shm. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "exceptions.h"

#include <errno.h>

#include "ext/spl/spl_exceptions.h"
#include "zend_enum.h"
#include "zend_exceptions.h"

#include "exceptions_arginfo.h"

zend_class_entry *native_ext_shm_exception_ce, *native_ext_shm_segment_exception_ce,
    *native_ext_shm_encode_exception_ce, *native_ext_shm_decode_exception_ce,
    *native_ext_shm_mismatch_exception_ce, *native_ext_shm_timeout_exception_ce,
    *native_ext_shm_full_exception_ce, *native_ext_shm_closed_exception_ce,
    *native_ext_shm_undeliverable_exception_ce;

static zend_class_entry *failure_ce;

static const char *failure_name(enum native_shm_status status)
{
    switch (status) {
    case NATIVE_SHM_DENIED:
        return "Denied";
    case NATIVE_SHM_MISMATCH:
        return "Mismatch";
    case NATIVE_SHM_CORRUPT:
        return "Corrupt";
    case NATIVE_SHM_FULL:
        return "Full";
    case NATIVE_SHM_BUSY:
        return "Busy";
    case NATIVE_SHM_NOT_FOUND:
        return "Missing";
    default:
        return "System";
    }
}

static const char *plain_words(enum native_shm_status status)
{
    switch (status) {
    case NATIVE_SHM_DENIED:
        return "it belongs to another user, or others may write it";
    case NATIVE_SHM_MISMATCH:
        return "it was made with another size";
    case NATIVE_SHM_CORRUPT:
        return "it is damaged";
    case NATIVE_SHM_FULL:
        return "no memory is left";
    case NATIVE_SHM_BUSY:
        return "another process does not let go of it";
    case NATIVE_SHM_NOT_FOUND:
        return "it does not exist";
    case NATIVE_SHM_TYPE:
        return "what has this name is of another kind";
    case NATIVE_SHM_CLOSED:
        return "it was closed or removed";
    case NATIVE_SHM_TOO_BIG:
        return "this is larger than it can ever hold";
    default:
        return strerror(errno);
    }
}

void native_ext_shm_throw_segment(const char *what, enum native_shm_status status, const char *why)
{
    zend_object *exception =
        zend_throw_exception_ex(native_ext_shm_segment_exception_ce, 0, "%s: %s", what,
                                why && *why ? why : plain_words(status));
    zval failure;

    ZVAL_OBJ(&failure, zend_enum_get_case_cstr(failure_ce, failure_name(status)));
    zend_update_property(native_ext_shm_segment_exception_ce, exception, ZEND_STRL("failure"),
                         &failure);
}

void native_ext_shm_throw_status(const char *kind, const zend_string *name,
                                 enum native_shm_status status)
{
    zend_class_entry *ce;

    switch (status) {
    case NATIVE_SHM_TYPE:
    case NATIVE_SHM_MISMATCH:
        ce = native_ext_shm_mismatch_exception_ce;
        break;
    case NATIVE_SHM_FULL:
    case NATIVE_SHM_TOO_BIG:
        ce = native_ext_shm_full_exception_ce;
        break;
    case NATIVE_SHM_CLOSED:
        ce = native_ext_shm_closed_exception_ce;
        break;
    default: {
        zend_string *what = zend_strpprintf(0, "%s %s", kind, ZSTR_VAL(name));

        native_ext_shm_throw_segment(ZSTR_VAL(what), status, NULL);
        zend_string_release_ex(what, 0);
        return;
    }
    }
    zend_throw_exception_ex(ce, 0, "%s %s: %s", kind, ZSTR_VAL(name), plain_words(status));
}

void native_ext_shm_throw_encode(zend_string *path, const char *what)
{
    zend_object *exception = zend_throw_exception_ex(native_ext_shm_encode_exception_ce, 0,
                                                     "value%s is %s", ZSTR_VAL(path), what);

    zend_update_property_str(native_ext_shm_encode_exception_ce, exception, ZEND_STRL("path"),
                             path);
    zend_string_release_ex(path, 0);
}

void native_ext_shm_exceptions_minit(void)
{
    zend_class_entry *base = register_class_Native_Shm_Exception(spl_ce_RuntimeException);

    native_ext_shm_exception_ce = base;
    failure_ce = register_class_Native_Shm_SegmentFailure();
    native_ext_shm_segment_exception_ce = register_class_Native_Shm_SegmentException(base);
    native_ext_shm_encode_exception_ce = register_class_Native_Shm_EncodeException(base);
    native_ext_shm_decode_exception_ce = register_class_Native_Shm_DecodeException(base);
    native_ext_shm_mismatch_exception_ce = register_class_Native_Shm_MismatchException(base);
    native_ext_shm_timeout_exception_ce = register_class_Native_Shm_TimeoutException(base);
    native_ext_shm_full_exception_ce = register_class_Native_Shm_FullException(base);
    native_ext_shm_closed_exception_ce = register_class_Native_Shm_ClosedException(base);
    native_ext_shm_undeliverable_exception_ce =
        register_class_Native_Shm_UndeliverableException(base);
}
