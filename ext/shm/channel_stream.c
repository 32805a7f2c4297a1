/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel_stream.c - the PHP stream that an event loop waits on for a channel's messages.
 * The stream borrows the doorbell: closing it closes nothing, reading gives nothing. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "channel.h"

#include <errno.h>
#include <unistd.h>

#include "php_network.h"
#include "php_streams.h"

#include "exceptions.h"

/* php_stream->abstract is the descriptor + 1. */
static int descriptor(const php_stream *stream)
{
    return (int)(intptr_t)stream->abstract - 1;
}

static ssize_t stream_write(php_stream *stream, const char *data, size_t len)
{
    (void)stream, (void)data, (void)len;
    php_error_docref(NULL, E_NOTICE, "The stream of a channel is for waiting only");
    return -1;
}

static ssize_t stream_read(php_stream *stream, char *data, size_t len)
{
    (void)stream, (void)data, (void)len;
    php_error_docref(NULL, E_NOTICE, "The stream of a channel is for waiting only");
    return -1;
}

static int stream_close(php_stream *stream, int close_handle)
{
    (void)close_handle;
    stream->abstract = NULL;
    return 0;
}

static int stream_flush(php_stream *stream)
{
    (void)stream;
    return 0;
}

static int stream_cast(php_stream *stream, int as, void **out)
{
    if (as != PHP_STREAM_AS_FD && as != PHP_STREAM_AS_FD_FOR_SELECT && as != PHP_STREAM_AS_SOCKETD)
        return FAILURE;
    if (descriptor(stream) < 0)
        return FAILURE;
    if (out)
        *(php_socket_t *)out = descriptor(stream);
    return SUCCESS;
}

static const php_stream_ops operations = {
    stream_write, stream_read, stream_close, stream_flush, "native-shm",
    NULL,         stream_cast, NULL,         NULL,
};

static void forget_stream(struct native_ext_shm_channel *o)
{
    zval held;

    if (Z_TYPE(o->stream) == IS_UNDEF)
        return;
    ZVAL_COPY_VALUE(&held, &o->stream);
    ZVAL_UNDEF(&o->stream);
    if (Z_RES(held)->ptr)
        zend_list_close(Z_RES(held));
    zval_ptr_dtor(&held);
}

void native_ext_shm_channel_drop_stream(struct native_ext_shm_channel *o)
{
    forget_stream(o);
    if (o->doorbell >= 0)
        close(o->doorbell);
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
    php_stream *stream;

    ZEND_PARSE_PARAMETERS_NONE();
    if (Z_TYPE(o->stream) != IS_UNDEF && !Z_RES(o->stream)->ptr)
        forget_stream(o); /* somebody has closed it */
    if (o->doorbell < 0 && !open_doorbell(o))
        RETURN_THROWS();
    if (Z_TYPE(o->stream) == IS_UNDEF) {
        stream = php_stream_alloc(&operations, (void *)(intptr_t)(o->doorbell + 1), NULL, "r+");
        stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
        php_stream_to_zval(stream, &o->stream);
    }
    RETURN_COPY(&o->stream);
}
