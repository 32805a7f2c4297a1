/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/exceptions.h - from what the core says to the exception that PHP gets. */
#ifndef NATIVE_EXT_SHM_EXCEPTIONS_H
#define NATIVE_EXT_SHM_EXCEPTIONS_H

#include "php.h"

#include "../compat.h"
#include "../../shm/status.h"

extern zend_class_entry *native_ext_shm_exception_ce, *native_ext_shm_segment_exception_ce,
    *native_ext_shm_encode_exception_ce, *native_ext_shm_decode_exception_ce,
    *native_ext_shm_mismatch_exception_ce, *native_ext_shm_timeout_exception_ce,
    *native_ext_shm_full_exception_ce, *native_ext_shm_closed_exception_ce,
    *native_ext_shm_undeliverable_exception_ce;

/* Throw a SegmentException; `what` was being opened, `why` (may be NULL or empty) is what the core says. */
void native_ext_shm_throw_segment(const char *what, enum native_shm_status status, const char *why);

/* Throw what a status means where a named thing was opened or used: "`kind` `name`: ...". Not for OK. */
void native_ext_shm_throw_status(const char *kind, const zend_string *name,
                                 enum native_shm_status status);

/* Throw an EncodeException: "value`path` is `what`". Takes over `path`. */
void native_ext_shm_throw_encode(zend_string *path, const char *what);

void native_ext_shm_exceptions_minit(void);

#endif
