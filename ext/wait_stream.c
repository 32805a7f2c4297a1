/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/wait_stream.c - streams that are for waiting only (wait_stream.h). */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "wait_stream.h"

#include "php_network.h"
#include "php_streams.h"

/* php_stream->abstract is the descriptor + 1; 0: closed. */
static int descriptor(const php_stream *stream)
{
    return (int)(intptr_t)stream->abstract - 1;
}

static const php_stream_ops operations[NATIVE_EXT_WAIT_STREAM_TYPES];

/* What is the same for reading and writing. */
static ssize_t refuse(const php_stream *stream)
{
    static const char *const whose[] = {"an MQTT client", "a channel", "an HTTP transfer"};

    php_error_docref(NULL, E_NOTICE, "The stream of %s is for waiting only",
                     whose[stream->ops - operations]);
    return -1;
}

static ssize_t stream_write(php_stream *stream, const char *data, size_t len)
{
    (void)data, (void)len;
    return refuse(stream);
}

static ssize_t stream_read(php_stream *stream, char *data, size_t len)
{
    (void)data, (void)len;
    return refuse(stream);
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

static const php_stream_ops operations[] = {
    [NATIVE_EXT_WAIT_STREAM_MQTT] = {stream_write, stream_read, stream_close, stream_flush,
                                     "native-mqtt", NULL, stream_cast, NULL, NULL},
    [NATIVE_EXT_WAIT_STREAM_SHM] = {stream_write, stream_read, stream_close, stream_flush,
                                    "native-shm", NULL, stream_cast, NULL, NULL},
    [NATIVE_EXT_WAIT_STREAM_HTTP] = {stream_write, stream_read, stream_close, stream_flush,
                                     "native-http", NULL, stream_cast, NULL, NULL},
};

void native_ext_wait_stream_make(zval *to, int fd, enum native_ext_wait_stream_type type)
{
    php_stream *stream =
        php_stream_alloc(&operations[type], (void *)(intptr_t)(fd + 1), NULL, "r+");

    stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
    php_stream_to_zval(stream, to);
}

void native_ext_wait_stream_drop(zval *held)
{
    zval stream;

    if (Z_TYPE_P(held) == IS_UNDEF)
        return;
    ZVAL_COPY_VALUE(&stream, held);
    ZVAL_UNDEF(held);
    if (Z_RES(stream)->ptr)
        zend_list_close(Z_RES(stream));
    zval_ptr_dtor(&stream);
}

void native_ext_wait_stream_drop_closed(zval *held)
{
    if (Z_TYPE_P(held) != IS_UNDEF && !Z_RES_P(held)->ptr)
        native_ext_wait_stream_drop(held);
}
