/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* socket.c - what differs between systems about sockets is here and nowhere else. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "socket.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "bind.h"

#if !defined(MSG_NOSIGNAL)
#define MSG_NOSIGNAL 0 /* macOS: SO_NOSIGPIPE on the socket does it */
#endif

static int open_socket(int family)
{
    int fd;
#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC)
    fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
#else
    fd = socket(family, SOCK_STREAM, 0);
    if (fd >= 0) {
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    }
#endif
#if defined(SO_NOSIGPIPE)
    if (fd >= 0) {
        int on = 1;
        (void)setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on, sizeof(on));
    }
#endif
    return fd;
}

static void set_int(int fd, int level, int name, int value)
{
    /* A system without this knob keeps its own setting: the connection works all the same. */
    (void)setsockopt(fd, level, name, &value, sizeof(value));
}

static void set_tcp_options(int fd, const struct native_net_socket_options *options)
{
    /* Without it a TLS request on loopback takes 44 ms instead of 0.4: small writes wait for ACKs.
     */
    set_int(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    if (options->keepalive_idle_s <= 0)
        return;
    set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
#if defined(TCP_KEEPIDLE)
    set_int(fd, IPPROTO_TCP, TCP_KEEPIDLE, options->keepalive_idle_s);
#elif defined(TCP_KEEPALIVE)
    set_int(fd, IPPROTO_TCP, TCP_KEEPALIVE, options->keepalive_idle_s);
#endif
#if defined(TCP_KEEPINTVL)
    if (options->keepalive_interval_s > 0)
        set_int(fd, IPPROTO_TCP, TCP_KEEPINTVL, options->keepalive_interval_s);
#endif
#if defined(TCP_KEEPCNT)
    if (options->keepalive_count > 0)
        set_int(fd, IPPROTO_TCP, TCP_KEEPCNT, options->keepalive_count);
#endif
}

void native_net_socket_connect_error(const struct native_net_address *to, int os_errno,
                                     struct native_net_error *error)
{
    char text[80];
    native_net_error_set_errno(
        error,
        os_errno == ECONNREFUSED ? NATIVE_NET_ERROR_CONNECT_REFUSED : NATIVE_NET_ERROR_CONNECT,
        os_errno, "cannot connect to %s", native_net_address_format(to, text, sizeof(text)));
}

static enum native_net_status begin_connect(int fd, const struct native_net_address *to,
                                            struct native_net_error *error)
{
    if (connect(fd, &to->at.any, to->len) == 0)
        return NATIVE_NET_OK;
    /* EINTR: the connect goes on by itself, as with EINPROGRESS (POSIX). */
    if (errno == EINPROGRESS || errno == EINTR)
        return NATIVE_NET_AGAIN;
    native_net_socket_connect_error(to, errno, error);
    return NATIVE_NET_ERROR;
}

enum native_net_status native_net_socket_connect(const struct native_net_address *to,
                                                 const struct native_net_socket_options *options,
                                                 int *fd, struct native_net_error *error)
{
    enum native_net_status status = NATIVE_NET_ERROR;
    int opened = open_socket(to->at.any.sa_family);
    *fd = -1;
    if (opened < 0) {
        native_net_socket_connect_error(to, errno, error);
        return NATIVE_NET_ERROR;
    }
    if (native_net_bind(opened, to, options, error)) {
        set_tcp_options(opened, options);
        status = begin_connect(opened, to, error);
    }
    if (status == NATIVE_NET_ERROR)
        (void)close(opened);
    else
        *fd = opened;
    return status;
}

int native_net_socket_finish(int fd)
{
    int failed = 0;
    socklen_t len = sizeof(failed);
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &len) != 0)
        return errno;
    return failed;
}

/* Returns the length of the address, 0 with `error` when there is none. */
static socklen_t unix_address(const char *path, bool abstract, struct sockaddr_un *to,
                              struct native_net_error *error)
{
    size_t len = strlen(path);
    size_t room = sizeof(to->sun_path) - 1; /* for the NUL, behind a path or before a name */
    memset(to, 0, sizeof(*to));
    to->sun_family = AF_UNIX;
#if !defined(__linux__)
    if (abstract) {
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "this system has no abstract names of Unix sockets");
        return 0;
    }
#endif
    if (len > 0 && len <= room) {
        memcpy(to->sun_path + (abstract ? 1 : 0), path, len);
        /* An abstract name has no end but the length. */
        return abstract ? (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + len)
                        : (socklen_t)sizeof(*to);
    }
    if (len == 0)
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "path of the Unix socket is empty");
    else
        native_net_error_set(error, NATIVE_NET_ERROR_BAD_ARGUMENT,
                             "path of the Unix socket has %zu bytes, at most %zu fit", len, room);
    return 0;
}

enum native_net_status native_net_socket_connect_unix(const char *path, bool abstract, int *fd,
                                                      struct native_net_error *error)
{
    struct sockaddr_un to;
    socklen_t len = unix_address(path, abstract, &to, error);
    int failed;
    *fd = -1;
    if (len == 0)
        return NATIVE_NET_ERROR;
    *fd = open_socket(AF_UNIX);
    if (*fd >= 0 && connect(*fd, (const struct sockaddr *)&to, len) == 0)
        return NATIVE_NET_OK;
    failed = errno;
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
    /* Linux: the listener's queue is full, and no event will ever tell when it is not. */
    if (failed == EAGAIN || failed == EINTR)
        return NATIVE_NET_AGAIN;
    native_net_error_set_errno(
        error, failed == ECONNREFUSED ? NATIVE_NET_ERROR_CONNECT_REFUSED : NATIVE_NET_ERROR_CONNECT,
        failed, "cannot connect to %s%s", abstract ? "@" : "", path);
    return NATIVE_NET_ERROR;
}

bool native_net_socket_local(int fd, struct native_net_address *out)
{
    memset(out, 0, sizeof(*out));
    out->len = sizeof(out->at);
    if (fd >= 0 && getsockname(fd, &out->at.any, &out->len) == 0 &&
        (out->at.any.sa_family == AF_INET || out->at.any.sa_family == AF_INET6))
        return true;
    out->len = 0;
    return false;
}

static bool again_after(ssize_t n)
{
    if (n < 0 && errno == EWOULDBLOCK)
        errno = EAGAIN;
    return n < 0 && errno == EINTR;
}

ssize_t native_net_socket_read(int fd, struct iovec *to, size_t count)
{
    ssize_t n;
    do {
        n = count == 1 ? recv(fd, to->iov_base, to->iov_len, 0) : readv(fd, to, (int)count);
    } while (again_after(n));
    return n;
}

ssize_t native_net_socket_write(int fd, const struct iovec *from, size_t count)
{
    struct msghdr message;
    ssize_t n;
    memset(&message, 0, sizeof(message));
    message.msg_iov = (struct iovec *)(uintptr_t)from; /* not written to: POSIX forgot the const */
    message.msg_iovlen = (__typeof__(message.msg_iovlen))count;
    do {
        n = count == 1 ? send(fd, from->iov_base, from->iov_len, MSG_NOSIGNAL)
                       : sendmsg(fd, &message, MSG_NOSIGNAL);
    } while (again_after(n));
    return n;
}

enum native_net_status native_net_socket_peek(int fd)
{
    char byte;
    ssize_t n;
    do {
        n = recv(fd, &byte, 1, MSG_PEEK);
    } while (again_after(n));
    if (n > 0)
        return NATIVE_NET_OK;
    if (n == 0)
        return NATIVE_NET_CLOSED;
    return errno == EAGAIN ? NATIVE_NET_AGAIN : NATIVE_NET_ERROR;
}
