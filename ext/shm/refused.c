/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/refused.c - where in a value is what no serializer can take? */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "value.h"

#include "zend_closures.h"
#include "zend_smart_str.h"

#include "exceptions.h"

enum { DEEPEST = 200 }; /* what lies deeper is left to the serializer */

struct step {
    const struct step *before;
    zend_string *name; /* of a key or property; NULL: number */
    zend_ulong number;
    bool property;
};

struct search {
    HashTable seen; /* addresses of objects and references */
    bool thrown;
};

static void look(struct search *search, const struct step *last, zval *value, int depth);

static void append_step(smart_str *path, const struct step *step)
{
    if (!step)
        return;
    append_step(path, step->before);
    if (step->property) {
        smart_str_appends(path, "->");
        smart_str_append(path, step->name);
    } else if (step->name) {
        smart_str_appends(path, "['");
        smart_str_append_escaped(path, ZSTR_VAL(step->name), ZSTR_LEN(step->name));
        smart_str_appends(path, "']");
    } else {
        smart_str_append_printf(path, "[" ZEND_LONG_FMT "]", (zend_long)step->number);
    }
}

static void refuse(struct search *search, const struct step *last, const char *what)
{
    smart_str path = {0};

    append_step(&path, last);
    native_ext_shm_throw_encode(smart_str_extract(&path), what);
    search->thrown = true;
}

static bool is_new(struct search *search, const void *address)
{
    return zend_hash_index_add_empty_element(&search->seen, (zend_ulong)(uintptr_t)address >> 3) !=
           NULL;
}

static void look_at_array(struct search *search, const struct step *before, zend_array *array,
                          int depth)
{
    struct step step = {.before = before};
    zval *value;

    ZEND_HASH_FOREACH_KEY_VAL_IND(array, step.number, step.name, value)
    {
        look(search, &step, value, depth);
        if (search->thrown)
            return;
    }
    ZEND_HASH_FOREACH_END();
}

/* The declared properties and the others, without asking the object. */
static void look_at_properties(struct search *search, const struct step *before,
                               zend_object *object, int depth)
{
    struct step step = {.before = before, .property = true};
    zend_property_info *info;
    zval *value;

    for (int i = 0; i < object->ce->default_properties_count && !search->thrown; i++) {
        const char *class_name, *name;

        info = object->ce->properties_info_table ? object->ce->properties_info_table[i] : NULL;
        if (!info)
            continue;
        zend_unmangle_property_name(info->name, &class_name, &name);
        step.name = zend_string_init(name, strlen(name), 0);
        look(search, &step, OBJ_PROP_NUM(object, i), depth);
        zend_string_release_ex(step.name, 0);
    }
    if (!object->properties)
        return;
    ZEND_HASH_FOREACH_STR_KEY_VAL(object->properties, step.name, value)
    {
        if (step.name && Z_TYPE_P(value) != IS_INDIRECT && !search->thrown)
            look(search, &step, value, depth);
    }
    ZEND_HASH_FOREACH_END();
}

/* Whether the object says itself what is stored of it. */
static bool has_own_way(const zend_class_entry *ce)
{
    return ce->serialize || ce->__serialize ||
           zend_hash_str_exists(&ce->function_table, ZEND_STRL("__sleep")) ||
           (ce->ce_flags & ZEND_ACC_ENUM);
}

static void look_at_object(struct search *search, const struct step *last, zend_object *object,
                           int depth)
{
    char what[160];

    if (object->ce == zend_ce_closure) {
        refuse(search, last, "a Closure");
    } else if (object->ce->ce_flags & (ZEND_ACC_NOT_SERIALIZABLE | ZEND_ACC_ANON_CLASS)) {
        snprintf(what, sizeof(what), "an object of class %.100s, which cannot be serialized",
                 ZSTR_VAL(object->ce->name));
        refuse(search, last, what);
    } else if (is_new(search, object) && !has_own_way(object->ce)) {
        look_at_properties(search, last, object, depth);
    }
}

static void look(struct search *search, const struct step *last, zval *value, int depth)
{
    if (depth == 0)
        return;
    if (Z_ISREF_P(value)) {
        if (!is_new(search, Z_REF_P(value)))
            return;
        value = Z_REFVAL_P(value);
    }
    if (Z_TYPE_P(value) == IS_ARRAY)
        look_at_array(search, last, Z_ARRVAL_P(value), depth - 1);
    else if (Z_TYPE_P(value) == IS_OBJECT)
        look_at_object(search, last, Z_OBJ_P(value), depth - 1);
    else if (Z_TYPE_P(value) == IS_RESOURCE)
        refuse(search, last, "a resource");
}

bool native_ext_shm_refuse(zval *value)
{
    struct search search = {.thrown = false};

    zend_hash_init(&search.seen, 8, NULL, NULL, 0);
    look(&search, NULL, value, DEEPEST);
    zend_hash_destroy(&search.seen);
    return search.thrown;
}
