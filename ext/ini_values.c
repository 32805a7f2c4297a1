/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/ini_values.c - values of settings. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ini_values.h"

#include "php_ini.h"

static const struct {
    const char *word;
    bool is;
} words[] = {
    {"1", true}, {"on", true},   {"yes", true}, {"true", true},   {"0", false},
    {"", false}, {"off", false}, {"no", false}, {"false", false}, {"none", false},
};

zend_result native_ext_ini_bool(const zend_string *value, bool *to)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (ZSTR_LEN(value) == strlen(words[i].word) &&
            strcasecmp(ZSTR_VAL(value), words[i].word) == 0) {
            *to = words[i].is;
            return SUCCESS;
        }
    }
    return FAILURE;
}

zend_result native_ext_ini_auto(const zend_string *value, bool *to)
{
    if (!zend_string_equals_literal_ci(value, "auto"))
        return native_ext_ini_bool(value, to);
    *to = true;
    return SUCCESS;
}

zend_result native_ext_ini_number(zend_string *value, zend_long least, zend_long most,
                                  zend_long *to)
{
    zend_string *wrong = NULL;
    zend_long number = zend_ini_parse_quantity(value, &wrong);

    if (wrong || ZSTR_LEN(value) == 0) {
        if (wrong)
            zend_string_release(wrong);
        return FAILURE;
    }
    if (number < least || number > most)
        return FAILURE;
    *to = number;
    return SUCCESS;
}
