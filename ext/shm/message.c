/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/message.c - Native\Shm\Message. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "message.h"

#include "zend_exceptions.h"

#include "exceptions.h"
#include "segment.h"

#include "message_arginfo.h"

struct message_object {
    zend_object *channel; /* NULL: done with, or given back */
    uint64_t position;
    uint32_t owner; /* the participant that received: a forked child is another one */
    zend_object std;
};

/* The slots, in the order of the stub. */
enum { VALUE, REDELIVERED, DELIVERIES };

static zend_class_entry *message_ce;
static zend_object_handlers handlers;

static struct message_object *object_of(zend_object *object)
{
    return (struct message_object *)((char *)object - offsetof(struct message_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    struct message_object *o = zend_object_alloc(sizeof(*o), ce);

    o->channel = NULL;
    zend_object_std_init(&o->std, ce);
    object_properties_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

/* Done with, or for somebody else. Returns OK; NOT_FOUND: it was not ours; BUSY: it is ours still. */
static enum native_shm_status finish(struct message_object *o, native_ext_shm_finish *how)
{
    enum native_shm_status status = NATIVE_SHM_NOT_FOUND;
    struct native_ext_shm_channel *channel;
    struct native_shm_segment *core;
    zend_object *held = o->channel;

    if (!held)
        return status;
    channel = native_ext_shm_channel_of(held);
    core = native_ext_shm_enter(channel->attach);
    if (core && core->id == o->owner)
        status = native_ext_shm_channel_finish(core, channel, o->position, how);
    if (status != NATIVE_SHM_BUSY) {
        o->channel = NULL;
        OBJ_RELEASE(held);
    }
    return status;
}

static bool finish_or_throw(zval *this, native_ext_shm_finish *how)
{
    enum native_shm_status status = finish(object_of(Z_OBJ_P(this)), how);

    if (status == NATIVE_SHM_BUSY)
        zend_throw_exception(native_ext_shm_timeout_exception_ce,
                             "Another process does not let go of the channel", 0);
    return status == NATIVE_SHM_OK;
}

static void free_object(zend_object *object)
{
    struct message_object *o = object_of(object);

    if (finish(o, native_shm_channel_give_back) == NATIVE_SHM_BUSY)
        OBJ_RELEASE(o->channel); /* it comes back when this process ends */
    zend_object_std_dtor(object);
}

/* The channel must be there when its message goes; a cycle through the value is PHP's to find. */
static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    struct message_object *o = object_of(object);
    zend_get_gc_buffer *buffer = zend_get_gc_buffer_create();

    if (o->channel)
        zend_get_gc_buffer_add_obj(buffer, o->channel);
    zend_get_gc_buffer_add_zval(buffer, OBJ_PROP_NUM(object, VALUE));
    zend_get_gc_buffer_use(buffer, table, count);
    return NULL;
}

void native_ext_shm_message_make(zval *to, struct native_ext_shm_channel *channel,
                                 const struct native_shm_segment *core,
                                 const struct native_shm_message *message, zval *value)
{
    struct message_object *o;

    object_init_ex(to, message_ce);
    o = object_of(Z_OBJ_P(to));
    o->channel = &channel->std;
    GC_ADDREF(o->channel);
    o->position = message->position;
    o->owner = core->id;
    ZVAL_COPY_VALUE(OBJ_PROP_NUM(&o->std, VALUE), value);
    ZVAL_BOOL(OBJ_PROP_NUM(&o->std, REDELIVERED), message->redelivered);
    ZVAL_LONG(OBJ_PROP_NUM(&o->std, DELIVERIES), message->returns + 1);
}

ZEND_METHOD(Native_Shm_Message, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Shm_Message, ack)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(finish_or_throw(ZEND_THIS, native_shm_channel_ack));
}

ZEND_METHOD(Native_Shm_Message, giveBack)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(finish_or_throw(ZEND_THIS, native_shm_channel_give_back));
}

void native_ext_shm_message_minit(void)
{
    message_ce = register_class_Native_Shm_Message();
    message_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct message_object, std), free_object);
    handlers.get_gc = get_gc;
}
