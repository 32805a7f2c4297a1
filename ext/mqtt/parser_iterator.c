/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/parser_iterator.c - foreach over a Native\Mqtt\Parser, without a method call a packet. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "parser.h"

#include "zend_interfaces.h"

struct iterator {
    zend_object_iterator it;
    zval current; /* UNDEF: none */
    zend_ulong key;
};

static struct iterator *iterator_of(zend_object_iterator *it)
{
    return (struct iterator *)it;
}

static void forget_current(zend_object_iterator *it)
{
    zval_ptr_dtor(&iterator_of(it)->current);
    ZVAL_UNDEF(&iterator_of(it)->current);
}

static void iterator_free(zend_object_iterator *it)
{
    forget_current(it);
    zval_ptr_dtor(&it->data);
}

static int iterator_valid(zend_object_iterator *it)
{
    return Z_TYPE(iterator_of(it)->current) == IS_UNDEF ? FAILURE : SUCCESS;
}

static zval *iterator_current(zend_object_iterator *it)
{
    return &iterator_of(it)->current;
}

static void iterator_key(zend_object_iterator *it, zval *key)
{
    ZVAL_LONG(key, (zend_long)iterator_of(it)->key);
}

static void take_current(zend_object_iterator *it)
{
    zend_object *packet;

    forget_current(it);
    packet = native_ext_mqtt_parser_take(&it->data);
    if (packet)
        ZVAL_OBJ(&iterator_of(it)->current, packet);
}

static void iterator_next(zend_object_iterator *it)
{
    iterator_of(it)->key++;
    take_current(it);
}

/* A packet that is at hand already is not lost by rewinding. */
static void iterator_rewind(zend_object_iterator *it)
{
    iterator_of(it)->key = 0;
    if (Z_TYPE(iterator_of(it)->current) == IS_UNDEF)
        take_current(it);
}

static const zend_object_iterator_funcs iterator_funcs = {
    .dtor = iterator_free,
    .valid = iterator_valid,
    .get_current_data = iterator_current,
    .get_current_key = iterator_key,
    .move_forward = iterator_next,
    .rewind = iterator_rewind,
};

zend_object_iterator *native_ext_mqtt_parser_iterator(zend_class_entry *ce, zval *parser,
                                                      int by_ref)
{
    struct iterator *iterator;

    (void)ce;
    if (by_ref) {
        zend_throw_error(NULL, "An iterator cannot be used with foreach by reference");
        return NULL;
    }
    iterator = emalloc(sizeof(*iterator));
    zend_iterator_init(&iterator->it);
    iterator->it.funcs = &iterator_funcs;
    ZVAL_OBJ_COPY(&iterator->it.data, Z_OBJ_P(parser));
    ZVAL_UNDEF(&iterator->current);
    iterator->key = 0;
    return &iterator->it;
}
