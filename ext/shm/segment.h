/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/segment.h - Native\Shm\Segment. */
#ifndef NATIVE_EXT_SHM_SEGMENT_H
#define NATIVE_EXT_SHM_SEGMENT_H

#include "attach.h"

extern zend_class_entry *native_ext_shm_segment_ce;

/* The segment of an argument: of `object` (a Segment), or the default one where it is NULL. */
struct native_ext_shm_attach *native_ext_shm_segment_arg(zend_object *object);

/* Set `to` to a new Segment object. */
void native_ext_shm_segment_make(zval *to, struct native_ext_shm_attach *attach);

/* Whether a named object may be called so; else throws a ValueError for argument `number`. */
bool native_ext_shm_is_name(const zend_string *name, uint32_t number);

/* Prepare the handlers of a class whose objects own something: no clone, `free_object`, std at `offset`. */
void native_ext_shm_handlers_init(zend_object_handlers *handlers, size_t offset,
                                  void (*free_object)(zend_object *));

void native_ext_shm_segment_minit(void);

#endif
