/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/body.h - what a request sends: PHP's values as sources of the engine.
 * A body is a tree of one level: bytes, a file, a stream, a closure, an iterator, or multipart with such parts. */
#ifndef NATIVE_EXT_HTTP_BODY_H
#define NATIVE_EXT_HTTP_BODY_H

#include "../compat.h"

#include "../../http/source.h"

enum native_ext_http_body_kind {
    NATIVE_EXT_HTTP_BODY_NONE,
    NATIVE_EXT_HTTP_BODY_BYTES,
    NATIVE_EXT_HTTP_BODY_STREAM,  /* a resource, or a file that was opened */
    NATIVE_EXT_HTTP_BODY_CLOSURE, /* fn(int $length): string */
    NATIVE_EXT_HTTP_BODY_ITERATOR,
    NATIVE_EXT_HTTP_BODY_MULTIPART
};

/* The body of one request. Memory is the request's: what is inside dies with it, also after a fatal error. */
struct native_ext_http_body {
    struct native_http_source source; /* first: the engine's handle; not valid for NONE */
    enum native_ext_http_body_kind kind;
    zend_string *type; /* Content-Type; NULL: none */
    zend_string *bytes;
    zend_string *piece; /* of a closure or iterator: what did not fit yet */
    size_t at;          /* in `bytes` or `piece` */
    zval value;         /* the resource, closure or iterator */
    zend_off_t start;   /* of a stream */
    bool begun;
    /* multipart */
    struct native_http_source_multipart *multipart;
    struct native_http_multipart_part *parts;
    struct native_http_source **contents;
    struct native_ext_http_body *bodies;
    size_t parts_len;
    char boundary[NATIVE_HTTP_BOUNDARY_LEN];
};

extern zend_class_entry *native_ext_http_body_ce;

/* Make the body of argument `number`. Returns false after throwing. */
bool native_ext_http_body_make(struct native_ext_http_body *body, zval *value, uint32_t number);

/* Returns the engine's source; NULL: none. */
struct native_http_source *native_ext_http_body_source(struct native_ext_http_body *body);

/* Let go of what it holds. */
void native_ext_http_body_end(struct native_ext_http_body *body);

void native_ext_http_body_minit(void);

#endif
