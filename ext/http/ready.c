/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/ready.c - whether a stream of the user's can go on. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ready.h"

#include <sys/stat.h>

#include "php_network.h"

php_stream *native_ext_http_stream_of(zval *resource)
{
    if (Z_TYPE_P(resource) != IS_RESOURCE)
        return NULL;
    return zend_fetch_resource2(Z_RES_P(resource), NULL, php_file_le_stream(),
                                php_file_le_pstream());
}

/* What poll() tells of regular files is worth nothing: they are always ready. */
static bool can_wait(int fd)
{
    struct stat about;

    return fd >= 0 && fstat(fd, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

static int descriptor_of(php_stream *stream)
{
    php_socket_t fd = -1;

    if (php_stream_cast(stream, PHP_STREAM_AS_FD_FOR_SELECT | PHP_STREAM_CAST_INTERNAL,
                        (void **)&fd, 0) != SUCCESS)
        return -1;
    return (int)fd;
}

void native_ext_http_ready_fetch(const struct native_ext_http_ready *ready, php_stream *stream)
{
    /* What select() is about to wait for is looked at first: so PHP's own streams do it. */
    if (ready->fd >= 0)
        (void)descriptor_of(stream);
}

void native_ext_http_ready_init(struct native_ext_http_ready *ready, php_stream *stream,
                                short events)
{
    int fd;

    *ready = (struct native_ext_http_ready){-1, events, false};
    /* A user's wrapper would be asked, in PHP code, and filters change what bytes mean: those are never waited for. */
    if (stream->ops == &php_stream_userspace_ops || stream->readfilters.head ||
        stream->writefilters.head)
        return;
    if (php_stream_can_cast(stream, PHP_STREAM_AS_FD_FOR_SELECT) != SUCCESS)
        return;
    fd = descriptor_of(stream);
    if (can_wait(fd))
        ready->fd = fd;
}

bool native_ext_http_ready_now(const struct native_ext_http_ready *ready)
{
    struct pollfd fd = {ready->fd, ready->events, 0};

    return ready->fd < 0 || poll(&fd, 1, 0) != 0;
}
