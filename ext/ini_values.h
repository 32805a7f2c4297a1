/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/ini_values.h - values of settings, read strictly: what is none is refused, so that the default stays. (PHP reads any other word
 * as off, and any other number as the one that it begins with.) */
#ifndef NATIVE_EXT_INI_VALUES_H
#define NATIVE_EXT_INI_VALUES_H

#include "php.h"

/* "1", "on", "yes", "true"; "0", "off", "no", "none", "false" and nothing. */
zend_result native_ext_ini_bool(const zend_string *value, bool *to);

/* The same, or "auto", which is on. */
zend_result native_ext_ini_auto(const zend_string *value, bool *to);

/* A number from `least` to `most`, which may end with K, M or G. */
zend_result native_ext_ini_number(zend_string *value, zend_long least, zend_long most,
                                  zend_long *to);

#endif
