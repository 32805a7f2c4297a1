/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/compat.h - what differs between PHP 8.2 and 8.5. The only place that tests PHP_VERSION_ID.
 * Included first by every file under ext/, after php.h. Code is written for the newest PHP; what an
 * older one lacks is supplied here under the same name. Nothing here allocates or has state, but
 * for the thread's cache pointer of ZTS builds, which php_native.c defines. */
#ifndef NATIVE_EXT_COMPAT_H
#define NATIVE_EXT_COMPAT_H

#include <stddef.h>

#include "php.h"

#if PHP_VERSION_ID < 80200
#error "native needs PHP 8.2 or newer"
#endif

/* ZTS with ZEND_ENABLE_STATIC_TSRMLS_CACHE: every file that says EG() or PG() needs this name. */
#if defined(ZTS) && defined(ZEND_ENABLE_STATIC_TSRMLS_CACHE)
ZEND_TSRMLS_CACHE_EXTERN()
#endif

#endif
