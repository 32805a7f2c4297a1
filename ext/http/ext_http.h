/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/ext_http.h - the HTTP pillar's hooks, for php_native.c. */
#ifndef NATIVE_EXT_HTTP_H
#define NATIVE_EXT_HTTP_H

#include "../compat.h"

zend_result native_ext_http_minit(INIT_FUNC_ARGS);
zend_result native_ext_http_rshutdown(SHUTDOWN_FUNC_ARGS);

/* Rows of phpinfo(); the section "http" of Native\status(). */
void native_ext_http_minfo(void);
void native_ext_http_status(zval *array);

#endif
