/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/fields.h - header fields of a request: PHP's arrays as the lines that the engine wants.
 * Memory: PHP's. */
#ifndef NATIVE_EXT_HTTP_FIELDS_H
#define NATIVE_EXT_HTTP_FIELDS_H

#include "../compat.h"

#include "../../http/wire/span.h"

struct native_ext_http_fields {
    zend_string **lines; /* "Name: value" */
    struct native_http_span *spans;
    size_t len;
};

/* Make the lines: those of `own`, and of `defaults` what `own` says nothing about. Both may be NULL. Returns false after
 * throwing; then, too, end it. */
bool native_ext_http_fields_make(struct native_ext_http_fields *fields, HashTable *own,
                                 HashTable *defaults);

void native_ext_http_fields_end(struct native_ext_http_fields *fields);

#endif
