/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/curl/options.h - the table of all options of curl_setopt(), sorted by number.
 * docs/curl-compat.md is made of it (dev/curl-compat). */
#ifndef NATIVE_EXT_CURL_OPTIONS_H
#define NATIVE_EXT_CURL_OPTIONS_H

#include "handle.h"

/* How a value is taken. */
enum native_ext_curl_kind {
    NATIVE_EXT_CURL_NUMBER,   /* (int); outside of low..high: CURLE_BAD_FUNCTION_ARGUMENT */
    NATIVE_EXT_CURL_AT_MOST,  /* the same, but more than high is taken for high */
    NATIVE_EXT_CURL_UNSIGNED, /* the same, and so is less than 0 */
    NATIVE_EXT_CURL_FLAG,     /* (int), then 0 or 1 */
    NATIVE_EXT_CURL_TEXT,     /* (string); no zero byte */
    NATIVE_EXT_CURL_TEXT_OR_NULL,
    NATIVE_EXT_CURL_PATH, /* a text that open_basedir has to allow */
    NATIVE_EXT_CURL_BLOB, /* (string), any bytes */
    NATIVE_EXT_CURL_LIST, /* an array */
    NATIVE_EXT_CURL_STREAM,
    NATIVE_EXT_CURL_CALLBACK,
    NATIVE_EXT_CURL_SPECIAL /* by a function of its own */
};

/* What it does here. */
enum native_ext_curl_status {
    NATIVE_EXT_CURL_WORKS,
    NATIVE_EXT_CURL_IGNORED, /* taken, as libcurl does without what it is for; no effect */
    NATIVE_EXT_CURL_REFUSED  /* false, with the error that libcurl has without it */
};

struct native_ext_curl_option {
    int id;
    enum native_ext_curl_kind kind;
    enum native_ext_curl_status status;
    uint32_t at;       /* of the field in the settings; 0 and not NUMBER(0): none */
    int64_t low, high; /* NUMBER */
    int64_t times; /* NUMBER: what is stored is so many times as much; 0: once. REFUSED: the error.
                * TEXT that is IGNORED: 1: it may be of any length */
    /* SPECIAL. Returns CURLE_*; -1 when it has noted the error (or thrown) itself. */
    int (*set)(struct native_ext_curl_easy *easy, const struct native_ext_curl_option *option,
               zval *value);
};

/* Returns the row of an option; NULL: there is none. */
const struct native_ext_curl_option *native_ext_curl_option_find(zend_long id);

/* The whole table. */
extern const struct native_ext_curl_option native_ext_curl_options[];
extern const size_t native_ext_curl_options_count;

/* Set an option, as curl_setopt() and curl_setopt_array() (`in_array`) do. Returns whether it was taken. */
bool native_ext_curl_set(struct native_ext_curl_easy *easy, zend_long id, zval *value,
                         bool in_array);

#endif
