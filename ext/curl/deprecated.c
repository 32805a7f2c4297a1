/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/deprecated.c - curl_close() and curl_share_close() in PHP 8.5. The generator of PHP 8.2, whose arginfo all versions share,
 * knows no attribute #[Deprecated], which gives the warning its words. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "deprecated.h"

#include "../compat.h"

#if PHP_VERSION_ID >= 80500
#include "zend_attributes.h"

static void mark(const char *name, size_t len)
{
    static const char why[] = "as it has no effect since PHP 8.0";
    zend_function *function = zend_hash_str_find_ptr(CG(function_table), name, len);
    zend_attribute *attribute;

    if (!function)
        return;
    function->common.fn_flags |= ZEND_ACC_DEPRECATED;
    attribute =
        zend_add_function_attribute(function, ZSTR_KNOWN(ZEND_STR_DEPRECATED_CAPITALIZED), 2);
    attribute->args[0].name = ZSTR_KNOWN(ZEND_STR_SINCE);
    ZVAL_STR(&attribute->args[0].value, ZSTR_KNOWN(ZEND_STR_8_DOT_5));
    attribute->args[1].name = ZSTR_KNOWN(ZEND_STR_MESSAGE);
    ZVAL_STR(&attribute->args[1].value, zend_string_init(why, sizeof(why) - 1, 1));
}
#endif

void native_ext_curl_deprecated_minit(void)
{
#if PHP_VERSION_ID >= 80500
    mark(ZEND_STRL("curl_close"));
    mark(ZEND_STRL("curl_share_close"));
#endif
}
