/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/options.h - immutable classes of options: one table of kinds, ranges and defaults makes the constructor, with()
 * and the checks.
 * The class's declared properties are in the order of the table, which is also that of the constructor's parameters;
 * every one is set and valid once the constructor is through. What is read is borrowed from the object. */
#ifndef NATIVE_EXT_OPTIONS_H
#define NATIVE_EXT_OPTIONS_H

#include "php.h"

#include "compat.h"

enum native_ext_option_kind {
    NATIVE_EXT_OPTION_BOOL,
    NATIVE_EXT_OPTION_LONG,    /* low..high */
    NATIVE_EXT_OPTION_SECONDS, /* float, 0..high */
    NATIVE_EXT_OPTION_STRING, /* at most `high` bytes; without a zero byte, unless it is `binary` */
    NATIVE_EXT_OPTION_ARRAY,
    NATIVE_EXT_OPTION_CALLABLE,
    NATIVE_EXT_OPTION_OBJECT,  /* of the class *ce; `ready` may look at it */
    NATIVE_EXT_OPTION_RETRIES, /* int of low..high, or bool */
    NATIVE_EXT_OPTION_VALUE    /* whatever `takes` lets through; the default is null */
};

enum { NATIVE_EXT_OPTION_SECONDS_MAX = 4294967 }; /* as milliseconds it fits 32 bits */

struct native_ext_option {
    const char *name;
    enum native_ext_option_kind kind;
    bool nullable; /* the default is null, if none is given */
    bool binary;
    zend_long low, high;
    double number;              /* default of BOOL, LONG, SECONDS, RETRIES */
    const char *text;           /* default of STRING; NULL: null, or "" */
    const char *const *choices; /* of STRING: what it may be, ended by NULL; NULL: anything */
    zend_class_entry **ce;      /* of OBJECT */
    bool (*ready)(zend_object *object);
    void (*make)(zval *slot);                    /* default of OBJECT; NULL: null */
    bool (*takes)(zval *value, uint32_t number); /* of VALUE; throws about argument `number` */
};

/* Rows, by what they are. Texts of 64 KiB and more may have zero bytes: certificates, payloads. Others become paths, names
 * and passphrases for C functions. */
#define NATIVE_EXT_OPTION_IS_TEXT(n, max)                                                          \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_STRING, .nullable = true, .binary = (max) >= 65535,   \
        .high = max                                                                                \
    }
#define NATIVE_EXT_OPTION_IS_CHOICE(n, value, list)                                                \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_STRING, .high = 64, .text = value, .choices = list    \
    }
#define NATIVE_EXT_OPTION_IS_FLAG(n, value)                                                        \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_BOOL, .number = value                                 \
    }
#define NATIVE_EXT_OPTION_IS_NUMBER(n, min, max, value)                                            \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_LONG, .low = min, .high = max, .number = value        \
    }
#define NATIVE_EXT_OPTION_IS_NUMBER_OR_NULL(n, min, max)                                           \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_LONG, .nullable = true, .low = min, .high = max       \
    }
#define NATIVE_EXT_OPTION_IS_TIME(n, value)                                                        \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_SECONDS, .high = NATIVE_EXT_OPTION_SECONDS_MAX,       \
        .number = value                                                                            \
    }
#define NATIVE_EXT_OPTION_IS_LIST(n)                                                               \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_ARRAY                                                 \
    }
#define NATIVE_EXT_OPTION_IS_CALLBACK(n)                                                           \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_CALLABLE, .nullable = true                            \
    }
#define NATIVE_EXT_OPTION_IS_VALUE(n, check)                                                       \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_VALUE, .takes = check                                 \
    }
#define NATIVE_EXT_OPTION_IS_OBJECT(n, null, entry, is_ready, make_default)                        \
    {                                                                                              \
        .name = n, .kind = NATIVE_EXT_OPTION_OBJECT, .nullable = null, .ce = entry,                \
        .ready = is_ready, .make = make_default                                                    \
    }

enum { NATIVE_EXT_OPTIONS_MAX = 64 };

struct native_ext_options_class {
    const struct native_ext_option *rows;
    uint32_t count;
    bool (*check)(zend_object *options); /* what no single value tells; throws. May be NULL */
    zend_class_entry *ce;
    /* Made by native_ext_options_minit(): nothing that is counted; null where each gets an object of its own, which there is
     * if it `makes` some. */
    zval defaults[NATIVE_EXT_OPTIONS_MAX];
    bool makes;
};

/* Prepare a class whose entry is registered already. */
void native_ext_options_minit(struct native_ext_options_class *class, zend_class_entry *ce);

/* The methods __construct() and with(). */
void native_ext_options_construct(INTERNAL_FUNCTION_PARAMETERS,
                                  const struct native_ext_options_class *class);
void native_ext_options_with(INTERNAL_FUNCTION_PARAMETERS,
                             const struct native_ext_options_class *class);

/* Returns `options` (NULL: new ones with every value as it is when nothing is said) with a reference for the caller;
 * NULL with an Error thrown if they were never constructed. */
zend_object *native_ext_options_take(const struct native_ext_options_class *class,
                                     zend_object *options);

/* Returns the value of one option. */
static inline zval *native_ext_option(zend_object *options, uint32_t which)
{
    return &options->properties_table[which];
}

/* Returns an option that is a string, or NULL if it is null. */
zend_string *native_ext_option_string(zend_object *options, uint32_t which);

/* The same as text for C functions. */
const char *native_ext_option_text(zend_object *options, uint32_t which);

/* A certificate or key that is a string: PEM bytes, or else the path of a file; neither is set if it is null. */
void native_ext_option_file_or_bytes(zend_object *options, uint32_t which, const char **file,
                                     const void **bytes, size_t *len);

/* Returns an option that is a number or a bool; `otherwise` if it is null. */
zend_long native_ext_option_long(zend_object *options, uint32_t which, zend_long otherwise);

/* Returns an option in seconds as milliseconds; 0 stays 0, anything else is at least 1. */
uint32_t native_ext_option_ms(zend_object *options, uint32_t which);

#endif
