/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/names.h - the names of header fields that most responses have: in lower case, made once for the process, so that
 * an array of fields needs no copy of them.
 * Threads: read only after MINIT. */
#ifndef NATIVE_EXT_HTTP_NAMES_H
#define NATIVE_EXT_HTTP_NAMES_H

#include "../compat.h"

#include "../../http/wire/span.h"

/* Returns the name in lower case, interned, in whatever case it came; NULL: it is none of these. */
zend_string *native_ext_http_name_known(struct native_http_span name);

void native_ext_http_names_minit(void);

#endif
