/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/exceptions.h - errors of the engine as exceptions of Native\Http. */
#ifndef NATIVE_EXT_HTTP_EXCEPTIONS_H
#define NATIVE_EXT_HTTP_EXCEPTIONS_H

#include "../compat.h"

#include "../../http/error.h"
#include "../../http/wire/span.h"

extern zend_class_entry *native_ext_http_exception_ce;

/* Throw what the engine says about the URL. An argument that cannot be is a ValueError. */
void native_ext_http_throw(const struct native_http_error *error, struct native_http_span url);

/* Throw a StatusException with the response, which is taken over. */
void native_ext_http_throw_status(const struct native_http_error *error,
                                  struct native_http_span url, zval *response);

/* Returns the name of a phase, "" for the end. */
const char *native_ext_http_phase(enum native_http_phase phase);

void native_ext_http_exceptions_minit(void);

#endif
