/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/many.h - Native\Http\Results: many requests at once. */
#ifndef NATIVE_EXT_HTTP_MANY_H
#define NATIVE_EXT_HTTP_MANY_H

#include "../compat.h"

/* Make the results of the requests in an array or Traversable, at most `concurrency` under way. `options` are those of
 * requests that have none of their own. Returns false after throwing. */
bool native_ext_http_many_make(zval *out, zval *requests, zend_long concurrency,
                               zend_object *options);

void native_ext_http_many_minit(void);

#endif
