/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* php_native.h - the module entry, for php_native.c and for a PHP that is built with native inside.
 * Nothing else: each pillar has its own header under ext/. */
#ifndef PHP_NATIVE_H
#define PHP_NATIVE_H

#include "php.h"

#define PHP_NATIVE_VERSION "0.1.0-dev"

extern zend_module_entry native_module_entry;
#define phpext_native_ptr &native_module_entry

#endif
