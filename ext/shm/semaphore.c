/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/semaphore.c - Native\Shm\Semaphore. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "semaphore.h"

#include "../../shm/semaphore.h"
#include "exceptions.h"
#include "segment.h"
#include "wait.h"

#include "zend_exceptions.h"

#include "semaphore_arginfo.h"

struct semaphore_object {
    struct native_ext_shm_attach *attach;
    struct native_shm_semaphore semaphore;
    struct native_shm_permit *held; /* the last one taken is the last one here */
    uint32_t count, room;
    uint32_t owner; /* the participant that took them: a forked child is another one */
    zend_object std;
};

static zend_object_handlers handlers;

static struct semaphore_object *object_of(zend_object *object)
{
    return (struct semaphore_object *)((char *)object - offsetof(struct semaphore_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct semaphore_object *o = zend_object_alloc(sizeof(*o), ce);

    memset(o, 0, offsetof(struct semaphore_object, std));
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

/* The permits that are still ours: none in a child of the process that took them. */
static uint32_t held(struct semaphore_object *o)
{
    struct native_shm_segment *core = o->count > 0 ? native_ext_shm_enter(o->attach) : NULL;

    if (!core || core->id != o->owner)
        o->count = 0;
    while (o->count > 0 && !native_shm_semaphore_held(&o->semaphore, &o->held[o->count - 1]))
        o->count--;
    return o->count;
}

static bool give_back(struct semaphore_object *o)
{
    return held(o) > 0 &&
           native_shm_semaphore_release(&o->semaphore, &o->held[--o->count]) == NATIVE_SHM_OK;
}

/* Also the end of a request, of a fatal error, of a forgotten object. */
static void free_object(zend_object *object)
{
    struct semaphore_object *o = object_of(object);

    while (give_back(o))
        ;
    if (o->held)
        efree(o->held);
    if (o->attach)
        native_ext_shm_attach_leave(o->attach);
    zend_object_std_dtor(object);
}

static struct semaphore_object *semaphore_of(zend_object *object)
{
    struct semaphore_object *o = object_of(object);

    if (EXPECTED(o->attach))
        return o;
    zend_throw_error(NULL, "The Semaphore is not constructed");
    return NULL;
}

ZEND_METHOD(Native_Shm_Semaphore, __construct)
{
    struct semaphore_object *o = object_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;
    enum native_shm_status status;
    zend_object *segment = NULL;
    zend_string *name;
    zend_long permits;

    ZEND_PARSE_PARAMETERS_START(2, 3)
    Z_PARAM_STR(name)
    Z_PARAM_LONG(permits)
    Z_PARAM_OPTIONAL
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(segment, native_ext_shm_segment_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_is_name(name, 1))
        RETURN_THROWS();
    if (permits < 1 || permits > NATIVE_SHM_PERMITS_MAX) {
        zend_argument_value_error(2, "must be between 1 and %d", NATIVE_SHM_PERMITS_MAX);
        RETURN_THROWS();
    }
    if (o->attach) {
        zend_throw_error(NULL, "Cannot construct a Semaphore again");
        RETURN_THROWS();
    }
    attach = native_ext_shm_segment_arg(segment);
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    status = native_shm_semaphore_open(core, ZSTR_VAL(name), ZSTR_LEN(name), (uint32_t)permits,
                                       &o->semaphore);
    if (status != NATIVE_SHM_OK) {
        native_ext_shm_throw_status("semaphore", name, status);
        RETURN_THROWS();
    }
    o->attach = native_ext_shm_attach_use(attach);
}

/* ---- permits ---------------------------------------------------------------------------------------- */

/* Whether objects of this very process have all: waiting without an end would have none. */
static bool ours(struct semaphore_object *o, const struct native_shm_segment *core)
{
    return core->id && native_shm_semaphore_count(&o->semaphore, core->id) == o->semaphore.permits;
}

static enum native_shm_status try_acquire(void *object, uint64_t wait_ms, bool for_ever)
{
    struct semaphore_object *o = object;
    struct native_shm_segment *core = native_ext_shm_enter_or_throw(o->attach);
    enum native_shm_status status;

    if (!core)
        return NATIVE_SHM_SYSTEM;
    if (for_ever && ours(o, core)) {
        zend_throw_exception(native_ext_shm_exception_ce,
                             "This process has all permits: waiting for one would never end", 0);
        return NATIVE_SHM_SYSTEM;
    }
    /* Before there is a permit that could be lost: memory_limit ends the request here. */
    if (held(o) == o->room) {
        o->held = safe_erealloc(o->held, o->room * 2 + 4, sizeof(*o->held), 0);
        o->room = o->room * 2 + 4;
    }
    status = native_shm_semaphore_acquire(core, &o->semaphore, wait_ms, &o->held[o->count]);
    if (status == NATIVE_SHM_OK) {
        o->owner = core->id;
        o->count++;
    }
    return status;
}

ZEND_METHOD(Native_Shm_Semaphore, acquire)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    if (o)
        native_ext_shm_wait(execute_data, try_acquire, o,
                            "No permit was to be had within the time given");
}

ZEND_METHOD(Native_Shm_Semaphore, tryAcquire)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_BOOL(try_acquire(o, 0, false) == NATIVE_SHM_OK);
}

ZEND_METHOD(Native_Shm_Semaphore, release)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o && !give_back(o))
        zend_throw_exception(native_ext_shm_exception_ce, "This object has no permit", 0);
}

ZEND_METHOD(Native_Shm_Semaphore, held)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_LONG((zend_long)held(o));
}

ZEND_METHOD(Native_Shm_Semaphore, available)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o && native_ext_shm_enter_or_throw(o->attach))
        RETURN_LONG((zend_long)native_shm_semaphore_count(&o->semaphore, 0));
}

ZEND_METHOD(Native_Shm_Semaphore, permits)
{
    struct semaphore_object *o = semaphore_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    if (o)
        RETURN_LONG((zend_long)o->semaphore.permits);
}

void native_ext_shm_semaphore_minit(void)
{
    zend_class_entry *ce = register_class_Native_Shm_Semaphore();

    ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct semaphore_object, std), free_object);
}
