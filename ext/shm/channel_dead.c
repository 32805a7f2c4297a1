/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel_dead.c - Native\Shm\Channel: messages that nobody can receive, and being done with those that are ours. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "channel.h"

#include "zend_exceptions.h"

#include "exceptions.h"
#include "segment.h"

enum { TRIES = 20 }; /* of a quarter second each */

enum native_shm_status native_ext_shm_channel_finish(struct native_shm_segment *core,
                                                     const struct native_ext_shm_channel *o,
                                                     uint64_t position, native_ext_shm_finish *how)
{
    enum native_shm_status status = NATIVE_SHM_BUSY;

    for (int i = 0; i < TRIES && status == NATIVE_SHM_BUSY; i++)
        status = how(core, o->channel, position);
    return status;
}

/* ---- dead letters ----------------------------------------------------------------------------------- */

/* Move it to another channel. Returns false when that has no room, or is closed. */
static bool move(const struct native_ext_shm_channel *o, struct native_shm_segment *core,
                 uint64_t position)
{
    const struct native_ext_shm_channel *to = native_ext_shm_channel_of(Z_OBJ(o->dead_letters));
    struct native_shm_segment *to_core = native_ext_shm_enter(to->attach);
    enum native_shm_status status = NATIVE_SHM_BUSY;

    for (int i = 0; to_core && i < TRIES && status == NATIVE_SHM_BUSY; i++)
        status = native_shm_channel_forward(core, o->channel, position, to_core, to->channel);
    return status == NATIVE_SHM_OK;
}

static void throw_undeliverable(const struct native_ext_shm_channel *o, size_t size, bool moved)
{
    bool dead_letters = !Z_ISUNDEF(o->dead_letters);
    zend_object *exception = zend_throw_exception_ex(
        native_ext_shm_undeliverable_exception_ce, 0,
        "channel %s: a message of %zu bytes ended %d receivers before they had it; %s%s",
        ZSTR_VAL(o->name), size, NATIVE_SHM_CHANNEL_FAILURES_MAX,
        moved          ? "it is now in channel "
        : dead_letters ? "it stays, because there is no room in channel "
                       : "it was dropped",
        dead_letters ? ZSTR_VAL(native_ext_shm_channel_of(Z_OBJ(o->dead_letters))->name) : "");
    zend_class_entry *ce = native_ext_shm_undeliverable_exception_ce;

    zend_update_property_long(ce, exception, ZEND_STRL("size"), (zend_long)size);
    zend_update_property_bool(ce, exception, ZEND_STRL("moved"), moved);
}

void native_ext_shm_channel_bury(struct native_ext_shm_channel *o,
                                 const struct native_shm_message *message)
{
    struct native_shm_segment *core = native_ext_shm_enter(o->attach);
    bool moved = false;

    if (core && Z_ISUNDEF(o->dead_letters))
        native_ext_shm_channel_finish(core, o, message->position, native_shm_channel_drop);
    else if (core)
        moved = move(o, core, message->position);
    if (core && !moved && !Z_ISUNDEF(o->dead_letters))
        native_ext_shm_channel_finish(core, o, message->position, native_shm_channel_give_back);
    throw_undeliverable(o, message->len, moved);
}

/* Whether both are the same channel of the same segment. */
static bool is_same(const struct native_ext_shm_channel *a, const struct native_ext_shm_channel *b)
{
    return a->attach == b->attach && zend_string_equals(a->name, b->name);
}

ZEND_METHOD(Native_Shm_Channel, setDeadLetters)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;
    zend_object *to;
    zval old;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(to, native_ext_shm_channel_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_channel_enter(o, &core) ||
        (to && !native_ext_shm_channel_enter(native_ext_shm_channel_of(to), &core)))
        RETURN_THROWS();
    if (to && is_same(o, native_ext_shm_channel_of(to))) {
        zend_argument_value_error(1, "must be another channel");
        RETURN_THROWS();
    }
    ZVAL_COPY_VALUE(&old, &o->dead_letters);
    ZVAL_UNDEF(&o->dead_letters);
    if (to)
        ZVAL_OBJ_COPY(&o->dead_letters, to);
    zval_ptr_dtor(&old);
}
