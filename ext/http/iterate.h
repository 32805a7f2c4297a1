/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/iterate.h - arrays, iterators and aggregates, one item after the other, as foreach would give them; what is
 * asked next may run code of the user's.
 * Memory: holds a reference on what it goes over until native_ext_http_iterate_end(). */
#ifndef NATIVE_EXT_HTTP_ITERATE_H
#define NATIVE_EXT_HTTP_ITERATE_H

#include "../compat.h"

struct native_ext_http_iterate {
    zval over; /* the array, or the iterator; UNDEF: nothing */
    HashPosition at;
    bool begun;
};

enum native_ext_http_iterated {
    NATIVE_EXT_HTTP_ITERATE_ITEM,
    NATIVE_EXT_HTTP_ITERATE_END,
    NATIVE_EXT_HTTP_ITERATE_THREW
};

/* Begin with an array or a Traversable. Returns false after an exception of getIterator(); then, too, end it. */
bool native_ext_http_iterate_begin(struct native_ext_http_iterate *it, zval *over);

/* The next item: its key (unless `key` is NULL) and value, the caller's to release. */
enum native_ext_http_iterated native_ext_http_iterate_next(struct native_ext_http_iterate *it,
                                                           zval *key, zval *value);

/* Let go of it; again does no harm. */
void native_ext_http_iterate_end(struct native_ext_http_iterate *it);

#endif
