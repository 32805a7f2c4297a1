/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/value.c - the object handlers of Native\Mqtt's immutable objects. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "value.h"

static const struct native_ext_mqtt_class *class_of(const zend_object *object)
{
    return (const struct native_ext_mqtt_class *)object->handlers;
}

struct native_ext_mqtt_value *native_ext_mqtt_value_new(const struct native_ext_mqtt_class *class)
{
    struct native_ext_mqtt_value *value = emalloc(class->size);

    memset(value, 0, class->size); /* type 0 is IS_UNDEF */
    zend_object_std_init(&value->std, class->ce);
    value->std.handlers = &class->lazy.handlers;
    GC_ADD_FLAGS(&value->std, GC_NOT_COLLECTABLE);
    return value;
}

bool native_ext_mqtt_value_is_new(zend_object *object)
{
    if (!native_ext_mqtt_value_of(object)->ready)
        return true;
    zend_throw_error(NULL, "Cannot construct a %s again", ZSTR_VAL(object->ce->name));
    return false;
}

struct native_ext_mqtt_value *native_ext_mqtt_value_ready(zend_object *object)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(object);

    if (value->ready)
        return value;
    zend_throw_error(NULL, "The %s is not constructed", ZSTR_VAL(object->ce->name));
    return NULL;
}

static void fill(zend_object *object, const zend_string *name)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(object);

    if (value->filled || !value->ready)
        return;
    value->filled = class_of(object)->fill ? class_of(object)->fill(value, name) : true;
}

static void free_object(zend_object *object)
{
    struct native_ext_mqtt_value *value = native_ext_mqtt_value_of(object);

    if (value->block)
        zend_string_release_ex(value->block, 0);
    if (value->list)
        zend_string_release_ex(value->list, 0);
    zend_object_std_dtor(object);
}

static zend_object *clone_object(zend_object *object)
{
    struct native_ext_mqtt_value *old = native_ext_mqtt_value_of(object);
    struct native_ext_mqtt_value *new = native_ext_mqtt_value_new(class_of(object));

    memcpy(new, old, offsetof(struct native_ext_mqtt_value, std));
    if (new->block)
        zend_string_addref(new->block);
    if (new->list)
        zend_string_addref(new->list);
    zend_objects_clone_members(&new->std, object);
    return &new->std;
}

static bool strings_equal(const zend_string *a, const zend_string *b)
{
    size_t a_len = a ? ZSTR_LEN(a) : 0;

    return a == b || (a_len == (b ? ZSTR_LEN(b) : 0) &&
                      (a_len == 0 || memcmp(ZSTR_VAL(a), ZSTR_VAL(b), a_len) == 0));
}

/* A slot that is UNDEF in one of the two, and arrays, are made of block, list, code and version,
 * which have been compared; so are the properties, but not a will. */
static bool slots_equal(zval *a, zval *b)
{
    if (Z_TYPE_P(a) == IS_UNDEF || Z_TYPE_P(b) == IS_UNDEF)
        return true;
    if (Z_TYPE_P(a) != Z_TYPE_P(b))
        return false;
    if (Z_TYPE_P(a) == IS_ARRAY)
        return true;
    if (Z_TYPE_P(a) == IS_OBJECT)
        return Z_OBJ_P(a) == Z_OBJ_P(b) || zend_compare(a, b) == 0;
    return zend_is_identical(a, b);
}

/* Equal by value; never less or greater. Strings are compared as bytes: PHP's == would say that
 * the payloads "10" and "1e1" are equal. */
static int compare_objects(zval *one, zval *two)
{
    struct native_ext_mqtt_value *a, *b;

    ZEND_COMPARE_OBJECTS_FALLBACK(one, two);
    a = native_ext_mqtt_value_of(Z_OBJ_P(one));
    b = native_ext_mqtt_value_of(Z_OBJ_P(two));
    if (a->std.ce != b->std.ce || !a->ready || !b->ready || a->version != b->version ||
        a->code != b->code || a->form != b->form || !strings_equal(a->block, b->block) ||
        !strings_equal(a->list, b->list))
        return ZEND_UNCOMPARABLE;
    for (int i = 0; i < a->std.ce->default_properties_count; i++)
        if (!slots_equal(&a->std.properties_table[i], &b->std.properties_table[i]))
            return ZEND_UNCOMPARABLE;
    return 0;
}

bool native_ext_mqtt_check_qos(zend_long qos, uint32_t arg)
{
    if (qos >= 0 && qos <= 2)
        return true;
    zend_argument_value_error(arg, "must be 0, 1 or 2");
    return false;
}

bool native_ext_mqtt_check_string(const zend_string *string, uint32_t arg)
{
    if (!string || ZSTR_LEN(string) <= NATIVE_MQTT_STRING_MAX)
        return true;
    zend_argument_value_error(arg, "must not be longer than 65535 bytes");
    return false;
}

void native_ext_mqtt_class_init(struct native_ext_mqtt_class *class, zend_class_entry *ce)
{
    zend_object_handlers *h = &class->lazy.handlers;

    native_ext_lazy_init(&class->lazy, offsetof(struct native_ext_mqtt_value, std), fill);
    h->free_obj = free_object;
    h->clone_obj = clone_object;
    h->compare = compare_objects;
    class->ce = ce;
    class->slots = (uint32_t)ce->default_properties_count;
    class->size = offsetof(struct native_ext_mqtt_value, std) + sizeof(zend_object) +
                  zend_object_properties_size(ce);
}
