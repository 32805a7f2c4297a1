/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/source.h - what a request sends: PHP's values as sources of the engine.
 * Shape: a tree of one level: bytes, a file, a stream, a closure, an iterator, or multipart with such parts.
 * Memory is the request's: what is inside dies with it, also after a fatal error. */
#ifndef NATIVE_EXT_HTTP_SOURCE_H
#define NATIVE_EXT_HTTP_SOURCE_H

#include "../compat.h"

#include "../../http/source.h"
#include "iterate.h"
#include "ready.h"

enum native_ext_http_source_kind {
    NATIVE_EXT_HTTP_SOURCE_NONE,
    NATIVE_EXT_HTTP_SOURCE_BYTES,
    NATIVE_EXT_HTTP_SOURCE_STREAM,  /* a resource, or a file that was opened */
    NATIVE_EXT_HTTP_SOURCE_CLOSURE, /* fn(int $length): string */
    NATIVE_EXT_HTTP_SOURCE_ITERATOR,
    NATIVE_EXT_HTTP_SOURCE_MULTIPART
};

struct native_ext_http_source {
    struct native_http_source source; /* first: the engine's handle; not valid for NONE */
    enum native_ext_http_source_kind kind;
    zend_string *type; /* Content-Type; NULL: none */
    zend_string *bytes;
    zend_string *piece; /* of a closure or iterator: what did not fit yet */
    size_t at;          /* in `bytes` or `piece` */
    zval value;         /* the resource or closure; of multipart: the names */
    struct native_ext_http_iterate iterate;
    struct native_ext_http_ready ready; /* of a stream */
    zend_off_t start;                   /* of a stream */
    /* multipart */
    struct native_http_source_multipart *multipart;
    struct native_http_multipart_part *parts;
    struct native_http_source **contents;
    struct native_ext_http_source *inner;
    size_t parts_len;
    char boundary[NATIVE_HTTP_BOUNDARY_LEN];
};

/* Returns whether a value can be a body; throws a TypeError about argument `number` if not. */
bool native_ext_http_source_check(zval *value, uint32_t number);

/* Make the source of a value that was checked; NULL: none. Returns false after throwing; then, too, end it. */
bool native_ext_http_source_make(struct native_ext_http_source *source, zval *value);

/* Returns the engine's source; NULL: none. */
struct native_http_source *native_ext_http_source_of(struct native_ext_http_source *source);

/* Returns the stream that it waits for; NULL: none. */
struct native_ext_http_ready *native_ext_http_source_waits(struct native_ext_http_source *source);

/* Returns the resource of the same, if it can be waited for; NULL: none. */
zval *native_ext_http_source_waits_for(struct native_ext_http_source *source);

/* Tell the garbage collector what is held. */
void native_ext_http_source_gc(struct native_ext_http_source *source, zend_get_gc_buffer *buffer);

/* Let go of what it holds. */
void native_ext_http_source_end(struct native_ext_http_source *source);

/* Private to source*.c. */
void native_ext_http_source_bytes(struct native_ext_http_source *source, zend_string *bytes,
                                  const char *type);
bool native_ext_http_source_body(struct native_ext_http_source *source, zend_object *body);
bool native_ext_http_source_multipart(struct native_ext_http_source *source, HashTable *fields);

#endif
