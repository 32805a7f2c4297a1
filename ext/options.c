/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/options.c - classes of options out of tables. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "zend_exceptions.h"

/* ---- reading ---- */

zend_string *native_ext_option_string(zend_object *options, uint32_t which)
{
    zval *value = native_ext_option(options, which);

    return Z_TYPE_P(value) == IS_STRING ? Z_STR_P(value) : NULL;
}

const char *native_ext_option_text(zend_object *options, uint32_t which)
{
    zend_string *text = native_ext_option_string(options, which);

    return text ? ZSTR_VAL(text) : NULL;
}

void native_ext_option_file_or_bytes(zend_object *options, uint32_t which, const char **file,
                                     const void **bytes, size_t *len)
{
    zend_string *text = native_ext_option_string(options, which);

    if (text && strstr(ZSTR_VAL(text), "-----BEGIN ")) {
        *bytes = ZSTR_VAL(text);
        *len = ZSTR_LEN(text);
    } else if (text) {
        *file = ZSTR_VAL(text);
    }
}

zend_long native_ext_option_long(zend_object *options, uint32_t which, zend_long otherwise)
{
    zval *value = native_ext_option(options, which);

    return Z_TYPE_P(value) == IS_NULL ? otherwise : zval_get_long(value);
}

uint32_t native_ext_option_ms(zend_object *options, uint32_t which)
{
    double seconds = Z_DVAL_P(native_ext_option(options, which));

    return seconds > 0 && seconds < 0.001 ? 1 : (uint32_t)(seconds * 1000);
}

/* ---- defaults ---- */

static void make_default(zval *value, const struct native_ext_option *row)
{
    ZVAL_NULL(value);
    switch (row->kind) {
    case NATIVE_EXT_OPTION_BOOL:
    case NATIVE_EXT_OPTION_RETRIES:
        ZVAL_BOOL(value, row->number != 0);
        break;
    case NATIVE_EXT_OPTION_LONG:
        if (!row->nullable)
            ZVAL_LONG(value, (zend_long)row->number);
        break;
    case NATIVE_EXT_OPTION_SECONDS:
        ZVAL_DOUBLE(value, row->number);
        break;
    case NATIVE_EXT_OPTION_STRING:
        if (row->text)
            ZVAL_INTERNED_STR(value, zend_string_init_interned(row->text, strlen(row->text), true));
        break;
    case NATIVE_EXT_OPTION_ARRAY:
        ZVAL_EMPTY_ARRAY(value);
        break;
    case NATIVE_EXT_OPTION_OBJECT:
    case NATIVE_EXT_OPTION_CALLABLE:
    case NATIVE_EXT_OPTION_VALUE:
        break;
    }
}

/* Set those from number `from` on. */
static void set_defaults(zend_object *options, const struct native_ext_options_class *class,
                         uint32_t from)
{
    zval *slots = options->properties_table;

    memcpy(&slots[from], &class->defaults[from], (class->count - from) * sizeof(*slots));
    for (uint32_t i = from; class->makes && i < class->count; i++)
        if (class->rows[i].make)
            class->rows[i].make(&slots[i]);
}

/* ---- values ---- */

static bool wrong_type(uint32_t n, const zval *arg, const struct native_ext_option *row)
{
    static const char *const names[] = {"bool",   "int",     "float",
                                        "string", "array",   "a valid callback or null",
                                        "object", "int|bool"};
    bool callable = row->kind == NATIVE_EXT_OPTION_CALLABLE;
    const char *name =
        row->kind == NATIVE_EXT_OPTION_OBJECT ? ZSTR_VAL((*row->ce)->name) : names[row->kind];

    zend_argument_type_error(n, "must be %s%s%s, %s given", callable ? "" : "of type ",
                             !callable && row->nullable ? "?" : "", name, zend_zval_type_name(arg));
    return false;
}

static bool set_bool(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    bool flag, is_null;

    if (!zend_parse_arg_bool(arg, &flag, &is_null, false, n))
        return wrong_type(n, arg, row);
    ZVAL_BOOL(slot, flag);
    return true;
}

static bool set_long(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    zend_long value;
    bool is_null;

    if (!zend_parse_arg_long(arg, &value, &is_null, false, n))
        return wrong_type(n, arg, row);
    if (value < row->low || value > row->high) {
        zend_argument_value_error(n, "must be between " ZEND_LONG_FMT " and " ZEND_LONG_FMT,
                                  row->low, row->high);
        return false;
    }
    ZVAL_LONG(slot, value);
    return true;
}

static bool set_seconds(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    double value;
    bool is_null;

    if (!zend_parse_arg_double(arg, &value, &is_null, false, n))
        return wrong_type(n, arg, row);
    if (!(value >= 0 && value <= (double)row->high)) {
        zend_argument_value_error(n, "must be between 0 and " ZEND_LONG_FMT " seconds", row->high);
        return false;
    }
    ZVAL_DOUBLE(slot, value);
    return true;
}

/* Write the choices as `"1.2" or "1.3"`. */
static void refuse_choice(uint32_t n, const char *const *choices)
{
    char text[128] = "";

    for (uint32_t i = 0; choices[i]; i++) {
        const char *between = i == 0 ? "" : choices[i + 1] ? ", " : " or ";
        size_t len = strlen(text);

        snprintf(text + len, sizeof(text) - len, "%s\"%s\"", between, choices[i]);
    }
    zend_argument_value_error(n, "must be %s", text);
}

static bool is_choice(const zend_string *value, const char *const *choices)
{
    for (; *choices; choices++)
        if (strcmp(ZSTR_VAL(value), *choices) == 0)
            return true;
    return false;
}

static bool set_string(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    zend_string *value;

    if (!zend_parse_arg_str(arg, &value, false, n))
        return wrong_type(n, arg, row);
    if ((zend_long)ZSTR_LEN(value) > row->high)
        zend_argument_value_error(n, "must be at most " ZEND_LONG_FMT " bytes long", row->high);
    else if (!row->binary && memchr(ZSTR_VAL(value), 0, ZSTR_LEN(value)))
        zend_argument_value_error(n, "must not contain a zero byte");
    else if (row->choices && !is_choice(value, row->choices))
        refuse_choice(n, row->choices);
    if (EG(exception))
        return false;
    ZVAL_STR_COPY(slot, value);
    return true;
}

static bool set_array(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    if (Z_TYPE_P(arg) != IS_ARRAY)
        return wrong_type(n, arg, row);
    ZVAL_COPY(slot, arg);
    return true;
}

static bool set_callable(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    if (!zend_is_callable(arg, 0, NULL))
        return wrong_type(n, arg, row);
    ZVAL_COPY(slot, arg);
    return true;
}

static bool set_object(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    if (Z_TYPE_P(arg) != IS_OBJECT || Z_OBJCE_P(arg) != *row->ce)
        return wrong_type(n, arg, row);
    if (row->ready && !row->ready(Z_OBJ_P(arg)))
        return false;
    ZVAL_COPY(slot, arg);
    return true;
}

static bool set_retries(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    if (Z_TYPE_P(arg) != IS_TRUE && Z_TYPE_P(arg) != IS_FALSE)
        return set_long(slot, arg, n, row);
    ZVAL_COPY_VALUE(slot, arg);
    return true;
}

static bool set_value(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    if (!row->takes(arg, n))
        return false;
    ZVAL_COPY(slot, arg);
    return true;
}

static bool set_option(zval *slot, zval *arg, uint32_t n, const struct native_ext_option *row)
{
    static bool (*const setters[])(zval *, zval *, uint32_t, const struct native_ext_option *) = {
        [NATIVE_EXT_OPTION_BOOL] = set_bool,       [NATIVE_EXT_OPTION_LONG] = set_long,
        [NATIVE_EXT_OPTION_SECONDS] = set_seconds, [NATIVE_EXT_OPTION_STRING] = set_string,
        [NATIVE_EXT_OPTION_ARRAY] = set_array,     [NATIVE_EXT_OPTION_CALLABLE] = set_callable,
        [NATIVE_EXT_OPTION_OBJECT] = set_object,   [NATIVE_EXT_OPTION_RETRIES] = set_retries,
        [NATIVE_EXT_OPTION_VALUE] = set_value,
    };

    if (row->nullable && Z_TYPE_P(arg) == IS_NULL) {
        ZVAL_NULL(slot);
        return true;
    }
    return setters[row->kind](slot, arg, n, row);
}

/* ---- methods ---- */

void native_ext_options_construct(INTERNAL_FUNCTION_PARAMETERS,
                                  const struct native_ext_options_class *class)
{
    zend_object *self = Z_OBJ_P(ZEND_THIS);
    uint32_t given = ZEND_NUM_ARGS();

    if (given > class->count) {
        zend_wrong_parameters_count_error(0, class->count);
        RETURN_THROWS();
    }
    if (Z_TYPE(self->properties_table[0]) != IS_UNDEF) {
        zend_throw_error(NULL, "Cannot construct a %s again", ZSTR_VAL(self->ce->name));
        RETURN_THROWS();
    }
    for (uint32_t i = 0; i < given; i++) {
        zval *slot = &self->properties_table[i];

        if (!set_option(slot, ZEND_CALL_ARG(execute_data, i + 1), i + 1, &class->rows[i]))
            RETURN_THROWS();
        Z_PROP_FLAG_P(slot) = 0;
    }
    set_defaults(self, class, given);
    if (class->check && !class->check(self))
        RETURN_THROWS();
}

static bool is_constructed(const struct native_ext_options_class *class, zend_object *options)
{
    if (Z_TYPE(options->properties_table[class->count - 1]) != IS_UNDEF)
        return true;
    zend_throw_error(NULL, "The %s is not constructed", ZSTR_VAL(options->ce->name));
    return false;
}

/* Find an option by its name, or the count. */
static uint32_t find(const struct native_ext_options_class *class, const zend_string *name)
{
    uint32_t i = 0;

    while (i < class->count && strcmp(class->rows[i].name, ZSTR_VAL(name)) != 0)
        i++;
    return i;
}

void native_ext_options_with(INTERNAL_FUNCTION_PARAMETERS,
                             const struct native_ext_options_class *class)
{
    zval *args, all[NATIVE_EXT_OPTIONS_MAX], *value;
    HashTable *named;
    zend_string *name;
    uint32_t n, i;

    ZEND_PARSE_PARAMETERS_START(0, -1)
    Z_PARAM_VARIADIC_WITH_NAMED(args, n, named)
    ZEND_PARSE_PARAMETERS_END();

    if (!is_constructed(class, Z_OBJ_P(ZEND_THIS)))
        RETURN_THROWS();
    (void)args;
    if (n > 0) {
        zend_argument_count_error("%s::with() takes named arguments only",
                                  ZSTR_VAL(class->ce->name));
        RETURN_THROWS();
    }
    for (i = 0; i < class->count; i++)
        ZVAL_COPY_VALUE(&all[i], native_ext_option(Z_OBJ_P(ZEND_THIS), i));
    if (named) {
        ZEND_HASH_FOREACH_STR_KEY_VAL(named, name, value)
        {
            i = find(class, name);
            if (i == class->count) {
                zend_throw_error(NULL, "Unknown named parameter $%s", ZSTR_VAL(name));
                RETURN_THROWS();
            }
            ZVAL_COPY_VALUE(&all[i], value);
        }
        ZEND_HASH_FOREACH_END();
    }
    object_init_ex(return_value, class->ce);
    zend_call_known_function(class->ce->constructor, Z_OBJ_P(return_value), class->ce, NULL,
                             class->count, all, NULL);
}

zend_object *native_ext_options_take(const struct native_ext_options_class *class,
                                     zend_object *options)
{
    zval made;

    if (options) {
        if (!is_constructed(class, options))
            return NULL;
        GC_ADDREF(options);
        return options;
    }
    object_init_ex(&made, class->ce);
    set_defaults(Z_OBJ(made), class, 0);
    return Z_OBJ(made);
}

/* ---- the object ---- */

/* Own handlers, so that nothing gets at the slots past readonly, which those who read rely on: neither reflection (an
 * object without its constructor) nor ArrayObject. */
static zend_object_handlers handlers;

static zend_object *create(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    object->handlers = &handlers;
    return object;
}

static zend_object *clone_object(zend_object *old)
{
    zend_object *object = create(old->ce);

    zend_objects_clone_members(object, old);
    return object;
}

static HashTable *get_properties(zend_object *object)
{
    return zend_std_get_properties(object);
}

void native_ext_options_minit(struct native_ext_options_class *class, zend_class_entry *ce)
{
    ZEND_ASSERT(class->count <= NATIVE_EXT_OPTIONS_MAX);
    for (uint32_t i = 0; i < class->count; i++) {
        make_default(&class->defaults[i], &class->rows[i]);
        class->makes |= class->rows[i].make != NULL;
    }
    class->ce = ce;
    ce->create_object = create;
    memcpy(&handlers, zend_get_std_object_handlers(), sizeof(handlers));
    handlers.clone_obj = clone_object;
    handlers.get_properties = get_properties;
}
