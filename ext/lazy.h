/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/lazy.h - immutable objects whose declared properties ("slots") are made when they are first looked at.
 * Who makes such an object sets the slots that everybody reads and leaves the others UNDEF. The engine of PHP reads a slot
 * that is set without asking us; for one that is not it calls a handler, which calls the class's `fill` first. So making
 * an object costs only what is looked at. */
#ifndef NATIVE_EXT_LAZY_H
#define NATIVE_EXT_LAZY_H

#include "php.h"

#include "compat.h"

struct native_ext_lazy {
    zend_object_handlers handlers; /* first, so that an object's handlers lead to its class */
    /* Make the slots that are UNDEF; with `name` only the one of this name need be made. Nothing to make: nothing happens. */
    void (*fill)(zend_object *object, const zend_string *name);
};

/* Set all handlers: PHP's own, but that they fill first. `offset`: of the zend_object in what holds it. */
void native_ext_lazy_init(struct native_ext_lazy *lazy, size_t offset,
                          void (*fill)(zend_object *object, const zend_string *name));

#endif
