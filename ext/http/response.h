/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/response.h - Native\Http\Response. */
#ifndef NATIVE_EXT_HTTP_RESPONSE_H
#define NATIVE_EXT_HTTP_RESPONSE_H

#include "../compat.h"

#include "call.h"

/* Make the response as far as it is there. `body` is taken over. */
void native_ext_http_response_make(zval *out, const struct native_ext_http_call *call,
                                   zend_string *body);

void native_ext_http_response_minit(void);

#endif
