/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/http/ready.h - streams of the user's that a transfer reads from or writes to, and that may not be ready: pipes and
 * sockets. The transfer pauses, and whoever drives it waits for them as for its own connection.
 * Memory: plain values; the stream is held by others. */
#ifndef NATIVE_EXT_HTTP_READY_H
#define NATIVE_EXT_HTTP_READY_H

#include <poll.h>

#include "../compat.h"

enum { NATIVE_EXT_HTTP_RETRY_MS = 10 }; /* where there is no descriptor to wait for */

struct native_ext_http_ready {
    int fd;       /* -1: it cannot be waited for (a file, a wrapper of PHP code) */
    short events; /* POLLIN or POLLOUT */
    bool waiting; /* the transfer has paused for it */
};

/* Returns the stream behind a resource; NULL: there is none, or it was closed. */
php_stream *native_ext_http_stream_of(zval *resource);

/* Look which descriptor there is. */
void native_ext_http_ready_init(struct native_ext_http_ready *ready, php_stream *stream,
                                short events);

/* Have a stream that holds bytes of its own (TLS) put them into PHP's buffer, where they can be seen. */
void native_ext_http_ready_fetch(const struct native_ext_http_ready *ready, php_stream *stream);

/* Returns whether it can go on now; asks the system. Without a descriptor: always. */
bool native_ext_http_ready_now(const struct native_ext_http_ready *ready);

#endif
