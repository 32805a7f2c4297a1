/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/fields.c - header fields of a request. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "fields.h"

#include "zend_exceptions.h"

static bool add_line(struct native_ext_http_fields *fields, zend_string *name, zval *value)
{
    zend_string *text, *line;

    ZVAL_DEREF(value);
    if (Z_TYPE_P(value) == IS_ARRAY) {
        zend_value_error("The header field %s must have strings or a list of them", ZSTR_VAL(name));
        return false;
    }
    if (Z_TYPE_P(value) == IS_NULL) {
        line = zend_string_concat2(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(":"));
    } else {
        if (!(text = zval_try_get_string(value)))
            return false;
        line = ZSTR_LEN(text) > 0
                   ? zend_string_concat3(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(": "),
                                         ZSTR_VAL(text), ZSTR_LEN(text))
                   : zend_string_concat2(ZSTR_VAL(name), ZSTR_LEN(name), ZEND_STRL(";"));
        zend_string_release(text);
    }
    fields->lines = safe_erealloc(fields->lines, fields->len + 1, sizeof(*fields->lines), 0);
    fields->lines[fields->len++] = line;
    return true;
}

/* Whether the request says something about a field of the options itself. */
static bool has_field(HashTable *headers, zend_string *name)
{
    zend_string *key;

    if (!headers)
        return false;
    ZEND_HASH_FOREACH_STR_KEY(headers, key)
    {
        if (key && zend_string_equals_ci(key, name))
            return true;
    }
    ZEND_HASH_FOREACH_END();
    return false;
}

/* Add the lines of an array, but for what stands in `instead`. */
static bool add_lines(struct native_ext_http_fields *fields, HashTable *headers, HashTable *instead)
{
    zend_string *name;
    zval *value, *one;

    if (!headers)
        return true;
    ZEND_HASH_FOREACH_STR_KEY_VAL(headers, name, value)
    {
        if (!name) {
            zend_value_error("The names of header fields are the keys of the array");
            return false;
        }
        if (has_field(instead, name))
            continue;
        ZVAL_DEREF(value);
        if (Z_TYPE_P(value) != IS_ARRAY) {
            if (!add_line(fields, name, value))
                return false;
            continue;
        }
        ZEND_HASH_FOREACH_VAL(Z_ARR_P(value), one)
        {
            if (!add_line(fields, name, one))
                return false;
        }
        ZEND_HASH_FOREACH_END();
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

bool native_ext_http_fields_make(struct native_ext_http_fields *fields, HashTable *own,
                                 HashTable *defaults)
{
    memset(fields, 0, sizeof(*fields));
    if (!add_lines(fields, own, NULL) || !add_lines(fields, defaults, own))
        return false;
    if (fields->len == 0)
        return true;
    fields->spans = safe_emalloc(fields->len, sizeof(*fields->spans), 0);
    for (size_t i = 0; i < fields->len; i++)
        fields->spans[i] =
            (struct native_http_span){ZSTR_VAL(fields->lines[i]), ZSTR_LEN(fields->lines[i])};
    return true;
}

void native_ext_http_fields_end(struct native_ext_http_fields *fields)
{
    for (size_t i = 0; i < fields->len; i++)
        zend_string_release(fields->lines[i]);
    if (fields->lines)
        efree(fields->lines);
    if (fields->spans)
        efree(fields->spans);
    memset(fields, 0, sizeof(*fields));
}
