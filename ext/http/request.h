/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/request.h - Native\Http\Request. */
#ifndef NATIVE_EXT_HTTP_REQUEST_H
#define NATIVE_EXT_HTTP_REQUEST_H

#include "call.h"

extern zend_class_entry *native_ext_http_request_ce;

/* Fill in what a Request asks for, all borrowed; `defaults` are the options of one that has none of its own. Returns
 * false after throwing if it is not constructed. */
bool native_ext_http_request_read(zend_object *object, zend_object *defaults,
                                  struct native_ext_http_request *out);

void native_ext_http_request_minit(void);

#endif
