/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/message.c - Native\Shm\Message. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "message.h"

#include "segment.h"

#include "message_arginfo.h"

struct message_object {
    zend_object *channel; /* NULL: done with, or given back */
    uint64_t position;
    uint32_t owner; /* the participant that received: a forked child is another one */
    zend_object std;
};

/* The slots, in the order of the stub. */
enum { VALUE, REDELIVERED };

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

/* Done with (`ack`), or for somebody else. Returns whether it was ours. */
static bool finish(struct message_object *o, bool ack)
{
    struct native_ext_shm_channel *channel;
    struct native_shm_segment *core;
    zend_object *held = o->channel;
    bool done = false;

    if (!held)
        return false;
    channel = native_ext_shm_channel_of(held);
    core = native_ext_shm_enter(channel->attach);
    o->channel = NULL;
    if (core && core->id == o->owner)
        done = (ack ? native_shm_channel_ack(core, channel->channel, o->position)
                    : native_shm_channel_give_back(core, channel->channel, o->position)) ==
               NATIVE_SHM_OK;
    OBJ_RELEASE(held);
    return done;
}

static void free_object(zend_object *object)
{
    finish(object_of(object), false);
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
                                 const struct native_shm_segment *core, uint64_t position,
                                 bool redelivered, zval *value)
{
    struct message_object *o;

    object_init_ex(to, message_ce);
    o = object_of(Z_OBJ_P(to));
    o->channel = &channel->std;
    GC_ADDREF(o->channel);
    o->position = position;
    o->owner = core->id;
    ZVAL_COPY_VALUE(OBJ_PROP_NUM(&o->std, VALUE), value);
    ZVAL_BOOL(OBJ_PROP_NUM(&o->std, REDELIVERED), redelivered);
}

ZEND_METHOD(Native_Shm_Message, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Native_Shm_Message, ack)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(finish(object_of(Z_OBJ_P(ZEND_THIS)), true));
}

ZEND_METHOD(Native_Shm_Message, giveBack)
{
    ZEND_PARSE_PARAMETERS_NONE();
    RETURN_BOOL(finish(object_of(Z_OBJ_P(ZEND_THIS)), false));
}

void native_ext_shm_message_minit(void)
{
    message_ce = register_class_Native_Shm_Message();
    message_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct message_object, std), free_object);
    handlers.get_gc = get_gc;
}
