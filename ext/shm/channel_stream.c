/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel_stream.c - the PHP stream that an event loop waits on for a channel's messages.
 * The stream borrows the doorbell (wait_stream.h). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "channel.h"

#include <errno.h>

#include "../wait_stream.h"
#include "exceptions.h"

void native_ext_shm_channel_drop_stream(struct native_ext_shm_channel *o)
{
    native_ext_wait_stream_drop(&o->stream);
    if (o->doorbell >= 0)
        native_shm_channel_doorbell_close(o->attach->core, o->channel, o->doorbell);
    o->doorbell = -1;
}

/* Open the doorbell and let it ring for what comes from now on; what is there rings at once. */
static bool open_doorbell(struct native_ext_shm_channel *o)
{
    struct native_shm_segment *core;

    if (!native_ext_shm_channel_enter(o, &core))
        return false;
    o->doorbell = native_shm_channel_doorbell(core, o->channel);
    if (o->doorbell >= 0)
        return true;
    native_ext_shm_throw_segment("the channel's stream", NATIVE_SHM_SYSTEM, strerror(errno));
    return false;
}

ZEND_METHOD(Native_Shm_Channel, getStream)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));

    ZEND_PARSE_PARAMETERS_NONE();
    native_ext_wait_stream_drop_closed(&o->stream);
    if (o->doorbell < 0 && !open_doorbell(o))
        RETURN_THROWS();
    if (Z_TYPE(o->stream) == IS_UNDEF)
        native_ext_wait_stream_make(&o->stream, o->doorbell, NATIVE_EXT_WAIT_STREAM_SHM);
    RETURN_COPY(&o->stream);
}
