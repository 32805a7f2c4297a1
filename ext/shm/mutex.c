/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/mutex.c - Native\Shm\Mutex. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "mutex.h"

#include "../../shm/mutex.h"
#include "exceptions.h"
#include "segment.h"
#include "wait.h"

#include "zend_exceptions.h"

#include "mutex_arginfo.h"

struct mutex_object {
    struct native_ext_shm_attach *attach;
    struct native_shm_mutex *mutex;
    uint64_t token; /* 0: we do not have it */
    uint32_t owner; /* the participant that locked: a forked child is another one */
    bool abandoned;
    zend_object std;
};

static zend_object_handlers handlers;

static struct mutex_object *object_of(zend_object *object)
{
    return (struct mutex_object *)((char *)object - offsetof(struct mutex_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct mutex_object *o = zend_object_alloc(sizeof(*o), ce);

    memset(o, 0, offsetof(struct mutex_object, std));
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

/* Whether this object has the lock: not if it was taken away, and not in a child of the process that locked. */
static bool owns(struct mutex_object *o)
{
    struct native_shm_segment *core = o->token ? native_ext_shm_enter(o->attach) : NULL;

    return core && core->id == o->owner && native_shm_mutex_owned(o->mutex, o->token);
}

/* Also the end of a request, of a fatal error, of a forgotten object. */
static void free_object(zend_object *object)
{
    struct mutex_object *o = object_of(object);

    if (o->attach) {
        if (owns(o))
            native_shm_mutex_unlock(o->mutex, o->token, true);
        native_ext_shm_attach_leave(o->attach);
    }
    zend_object_std_dtor(object);
}

static struct mutex_object *mutex_of(zend_object *object)
{
    struct mutex_object *o = object_of(object);

    if (EXPECTED(o->mutex))
        return o;
    zend_throw_error(NULL, "The Mutex is not constructed");
    return NULL;
}

ZEND_METHOD(Native_Shm_Mutex, __construct)
{
    struct mutex_object *o = object_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;
    enum native_shm_status status;
    zend_object *segment = NULL;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(segment, native_ext_shm_segment_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_is_name(name, 1))
        RETURN_THROWS();
    if (o->mutex) {
        zend_throw_error(NULL, "Cannot construct a Mutex again");
        RETURN_THROWS();
    }
    attach = native_ext_shm_segment_arg(segment);
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    status = native_shm_mutex_open(core, ZSTR_VAL(name), ZSTR_LEN(name), &o->mutex);
    if (status != NATIVE_SHM_OK) {
        o->mutex = NULL;
        native_ext_shm_throw_status("mutex", name, status);
        RETURN_THROWS();
    }
    o->attach = native_ext_shm_attach_use(attach);
}

/* ---- locking ---------------------------------------------------------------------------------------- */

/* Whether an object of this very process has it: waiting without an end would have none. */
static bool ours(struct mutex_object *o, const struct native_shm_segment *core)
{
    uint64_t owner = atomic_load_explicit(&o->mutex->owner, memory_order_relaxed);

    return owner && (uint32_t)owner == core->id;
}

static enum native_shm_status try_lock(void *object, uint64_t wait_ms, bool for_ever)
{
    struct mutex_object *o = object;
    struct native_shm_segment *core = native_ext_shm_enter_or_throw(o->attach);
    const char *never = NULL;
    enum native_shm_status status;
    uint64_t token;

    if (!core)
        return NATIVE_SHM_SYSTEM;
    if (owns(o))
        never = "This object has the lock already";
    else if (for_ever && ours(o, core))
        never = "Another object of this process has the lock: waiting for it would never end";
    if (never) {
        zend_throw_exception(native_ext_shm_exception_ce, never, 0);
        return NATIVE_SHM_SYSTEM;
    }
    status = native_shm_mutex_lock(core, o->mutex, wait_ms, &token);
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_ABANDONED)
        return status;
    o->token = token;
    o->owner = core->id;
    o->abandoned = status == NATIVE_SHM_ABANDONED;
    return NATIVE_SHM_OK;
}

ZEND_METHOD(Native_Shm_Mutex, lock)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));

    if (o && native_ext_shm_wait(execute_data, try_lock, o,
                                 "The lock was not to be had within the time given"))
        RETURN_LONG((zend_long)o->token);
}

ZEND_METHOD(Native_Shm_Mutex, tryLock)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_BOOL(try_lock(o, 0, false) == NATIVE_SHM_OK);
}

ZEND_METHOD(Native_Shm_Mutex, unlock)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));
    bool owned;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!o)
        RETURN_THROWS();
    owned = owns(o) && native_shm_mutex_unlock(o->mutex, o->token, false) == NATIVE_SHM_OK;
    o->token = 0;
    if (!owned)
        zend_throw_exception(native_ext_shm_exception_ce, "This object does not have the lock", 0);
}

ZEND_METHOD(Native_Shm_Mutex, isOwned)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_BOOL(owns(o));
}

ZEND_METHOD(Native_Shm_Mutex, token)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o && owns(o))
        RETURN_LONG((zend_long)o->token);
}

ZEND_METHOD(Native_Shm_Mutex, abandoned)
{
    struct mutex_object *o = mutex_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_BOOL(o->abandoned);
}

void native_ext_shm_mutex_minit(void)
{
    zend_class_entry *ce = register_class_Native_Shm_Mutex();

    ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct mutex_object, std), free_object);
}
