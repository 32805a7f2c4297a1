/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/body.h - Native\Http\Body: what was made by its constructors, until a request sends it. */
#ifndef NATIVE_EXT_HTTP_BODY_H
#define NATIVE_EXT_HTTP_BODY_H

#include "../compat.h"

enum native_ext_http_body_kind {
    NATIVE_EXT_HTTP_BODY_BYTES,
    NATIVE_EXT_HTTP_BODY_FILE,
    NATIVE_EXT_HTTP_BODY_MULTIPART
};

/* What it was made of, in slots that no script sees. */
enum native_ext_http_body_slot {
    NATIVE_EXT_HTTP_BODY_VALUE, /* the bytes, the path, the fields */
    NATIVE_EXT_HTTP_BODY_TYPE,  /* Content-Type */
    NATIVE_EXT_HTTP_BODY_NAME,  /* of a file, in multipart */
    NATIVE_EXT_HTTP_BODY_SLOTS
};

struct native_ext_http_body {
    enum native_ext_http_body_kind kind;
    zval slots[NATIVE_EXT_HTTP_BODY_SLOTS];
    zend_object std;
};

extern zend_class_entry *native_ext_http_body_ce;

static inline struct native_ext_http_body *native_ext_http_body_of(zend_object *object)
{
    return (struct native_ext_http_body *)((char *)object -
                                           offsetof(struct native_ext_http_body, std));
}

/* Returns the fields as application/x-www-form-urlencoded; NULL after throwing. */
zend_string *native_ext_http_form(HashTable *fields);

void native_ext_http_body_minit(void);

#endif
