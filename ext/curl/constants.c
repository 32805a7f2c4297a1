/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/constants.c - the constants, as stock PHP of this version has them. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php.h"

#include "constants.h"

static const struct constant {
    const char *name;
    uint16_t len;
    int32_t since;
    zend_long value;
} constants[] = {
#define X(name, value, since) {#name, sizeof(#name) - 1, since, value},
    NATIVE_EXT_CURL_CONSTANTS(X)
#undef X
};

void native_ext_curl_constants_register(int module_number)
{
    for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
        int flags = CONST_PERSISTENT;

        if (PHP_VERSION_ID >= 80400 && strcmp(constants[i].name, "CURLOPT_BINARYTRANSFER") == 0)
            flags |= CONST_DEPRECATED;
        if (constants[i].since <= PHP_VERSION_ID)
            zend_register_long_constant(constants[i].name, constants[i].len, constants[i].value,
                                        flags, module_number);
    }
}
