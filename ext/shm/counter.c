/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/counter.c - Native\Shm\Counter. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "counter.h"

#include "../../shm/counter.h"
#include "exceptions.h"
#include "segment.h"
#include "wait.h"

#include "counter_arginfo.h"

struct counter_object {
    struct native_ext_shm_attach *attach;
    struct native_shm_counter *counter;
    zend_object std;
};

static zend_object_handlers handlers;

static struct counter_object *object_of(zend_object *object)
{
    return (struct counter_object *)((char *)object - offsetof(struct counter_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct counter_object *o = zend_object_alloc(sizeof(*o), ce);

    o->attach = NULL;
    o->counter = NULL;
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

static void free_object(zend_object *object)
{
    struct counter_object *o = object_of(object);

    if (o->attach)
        native_ext_shm_attach_leave(o->attach);
    zend_object_std_dtor(object);
}

/* The counter, which stays where it is as long as we are attached; NULL after throwing. */
static struct native_shm_counter *counter_of(zend_object *object)
{
    struct counter_object *o = object_of(object);

    if (EXPECTED(o->counter))
        return o->counter;
    zend_throw_error(NULL, "The Counter is not constructed");
    return NULL;
}

ZEND_METHOD(Native_Shm_Counter, __construct)
{
    struct counter_object *o = object_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;
    enum native_shm_status status;
    zend_object *segment = NULL;
    zend_long start = 0;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(start)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(segment, native_ext_shm_segment_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_is_name(name, 1))
        RETURN_THROWS();
    if (o->counter) {
        zend_throw_error(NULL, "Cannot construct a Counter again");
        RETURN_THROWS();
    }
    attach = native_ext_shm_segment_arg(segment);
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    status = native_shm_counter_open(core, ZSTR_VAL(name), ZSTR_LEN(name), start, &o->counter);
    if (status != NATIVE_SHM_OK) {
        o->counter = NULL;
        native_ext_shm_throw_status("counter", name, status);
        RETURN_THROWS();
    }
    o->attach = native_ext_shm_attach_use(attach);
}

ZEND_METHOD(Native_Shm_Counter, add)
{
    struct native_shm_counter *counter = counter_of(Z_OBJ_P(ZEND_THIS));
    zend_long by = 1;

    ZEND_PARSE_PARAMETERS_START(0, 1)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(by)
    ZEND_PARSE_PARAMETERS_END();
    if (counter)
        RETURN_LONG((zend_long)native_shm_counter_add(counter, by));
}

ZEND_METHOD(Native_Shm_Counter, get)
{
    struct native_shm_counter *counter = counter_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (counter)
        RETURN_LONG((zend_long)native_shm_counter_get(counter));
}

ZEND_METHOD(Native_Shm_Counter, set)
{
    struct native_shm_counter *counter = counter_of(Z_OBJ_P(ZEND_THIS));
    zend_long value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_LONG(value)
    ZEND_PARSE_PARAMETERS_END();
    if (counter)
        RETURN_LONG((zend_long)native_shm_counter_set(counter, value));
}

ZEND_METHOD(Native_Shm_Counter, cas)
{
    struct native_shm_counter *counter = counter_of(Z_OBJ_P(ZEND_THIS));
    zend_long from, to;

    ZEND_PARSE_PARAMETERS_START(2, 2)
    Z_PARAM_LONG(from)
    Z_PARAM_LONG(to)
    ZEND_PARSE_PARAMETERS_END();
    if (counter)
        RETURN_BOOL(native_shm_counter_swap(counter, from, to));
}

ZEND_METHOD(Native_Shm_Counter, wait)
{
    struct native_shm_counter *counter = counter_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline;
    bool for_ever = true;
    double timeout = 0;
    zend_long old;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_LONG(old)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    ZEND_PARSE_PARAMETERS_END();
    if (!counter || !native_ext_shm_deadline_set(&deadline, timeout, for_ever, 2))
        RETURN_THROWS();
    while (native_shm_counter_wait(counter, old, native_ext_shm_slice_ms(&deadline)) !=
           NATIVE_SHM_OK) {
        if (native_ext_shm_is_over(&deadline))
            RETURN_FALSE;
        if (!native_ext_shm_between())
            RETURN_THROWS();
    }
    RETURN_TRUE;
}

void native_ext_shm_counter_minit(void)
{
    zend_class_entry *ce = register_class_Native_Shm_Counter();

    ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct counter_object, std), free_object);
}
