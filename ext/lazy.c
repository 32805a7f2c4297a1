/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/lazy.c - the handlers of objects whose slots are made when they are first looked at. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "lazy.h"

static void fill(zend_object *object, const zend_string *name)
{
    ((const struct native_ext_lazy *)object->handlers)->fill(object, name);
}

static zval *read_property(zend_object *object, zend_string *name, int type, void **cache_slot,
                           zval *rv)
{
    fill(object, name);
    return zend_std_read_property(object, name, type, cache_slot, rv);
}

static zval *write_property(zend_object *object, zend_string *name, zval *value, void **cache_slot)
{
    /* A slot that is UNDEF could be initialised by reflection; one that is made is read-only. */
    fill(object, NULL);
    return zend_std_write_property(object, name, value, cache_slot);
}

static zval *get_property_ptr_ptr(zend_object *object, zend_string *name, int type,
                                  void **cache_slot)
{
    fill(object, NULL);
    return zend_std_get_property_ptr_ptr(object, name, type, cache_slot);
}

static int has_property(zend_object *object, zend_string *name, int how, void **cache_slot)
{
    fill(object, name);
    return zend_std_has_property(object, name, how, cache_slot);
}

static void unset_property(zend_object *object, zend_string *name, void **cache_slot)
{
    fill(object, NULL);
    zend_std_unset_property(object, name, cache_slot);
}

static HashTable *get_properties(zend_object *object)
{
    fill(object, NULL);
    return zend_std_get_properties(object);
}

/* The collector must not make anything: it is shown the slots as they are. */
static HashTable *get_gc(zend_object *object, zval **table, int *n)
{
    *table = object->properties_table;
    *n = object->ce->default_properties_count;
    return NULL;
}

static int compare(zval *one, zval *two)
{
    ZEND_COMPARE_OBJECTS_FALLBACK(one, two);
    if (Z_OBJ_HT_P(one) == Z_OBJ_HT_P(two)) {
        fill(Z_OBJ_P(one), NULL);
        fill(Z_OBJ_P(two), NULL);
    }
    return zend_std_compare_objects(one, two);
}

void native_ext_lazy_init(struct native_ext_lazy *lazy, size_t offset,
                          void (*fill_slots)(zend_object *object, const zend_string *name))
{
    zend_object_handlers *h = &lazy->handlers;

    memcpy(h, zend_get_std_object_handlers(), sizeof(*h));
    h->offset = (int)offset;
    h->read_property = read_property;
    h->write_property = write_property;
    h->get_property_ptr_ptr = get_property_ptr_ptr;
    h->has_property = has_property;
    h->unset_property = unset_property;
    h->get_properties = get_properties;
    h->get_gc = get_gc;
    h->compare = compare;
    lazy->fill = fill_slots;
}
