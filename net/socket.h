/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* socket.h - non-blocking stream sockets: making, connecting, reading, writing, looking.
 * Shape: a descriptor, always non-blocking and close-on-exec; TCP always with TCP_NODELAY.
 * Allocates: no. Blocks: never. No call raises SIGPIPE. Threads: no state at all. */
#ifndef NATIVE_NET_SOCKET_H
#define NATIVE_NET_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "address.h"
#include "error.h"
#include "status.h"

struct native_net_socket_options {
    struct native_net_address bind_address; /* len 0 = none */
    uint16_t bind_port;                     /* ours; 0 = the system chooses */
    uint16_t bind_port_count;               /* ports to try from it on; 0 and 1 = only that one */
    const char *interface;                  /* device to go out through; NULL = any */
    int keepalive_idle_s;                   /* 0 = no probes */
    int keepalive_interval_s;               /* 0 = the system's default */
    int keepalive_count;                    /* 0 = the system's default */
};

/* Make a TCP socket and begin to connect it. Where the system lets only root choose a device, the
 * socket is bound to an address of the interface instead, as curl does.
 * Returns OK (connected), AGAIN (wait until writable, then native_net_socket_finish()), both with
 * *fd; ERROR with nothing open. */
enum native_net_status native_net_socket_connect(const struct native_net_address *to,
                                                 const struct native_net_socket_options *options,
                                                 int *fd, struct native_net_error *error);

/* Ask how a connect ended, once the socket is writable. Returns 0 or the errno. */
int native_net_socket_finish(int fd);

/* Fill `error` for a connect to `to` that ended with `os_errno`: kind CONNECT_REFUSED or CONNECT.
 */
void native_net_socket_connect_error(const struct native_net_address *to, int os_errno,
                                     struct native_net_error *error);

/* Make a Unix socket and connect it to `path`, a file, or to an abstract name (Linux). Returns OK
 * with *fd; AGAIN: the server's queue is full and nothing is open: call again in some milliseconds;
 * ERROR. */
enum native_net_status native_net_socket_connect_unix(const char *path, bool abstract, int *fd,
                                                      struct native_net_error *error);

/* Read and write as recv() and sendmsg() do, again and again after EINTR. Return bytes (0 = the
 * peer has ended, read only), or -1 with errno; EWOULDBLOCK is always reported as EAGAIN. */
ssize_t native_net_socket_read(int fd, struct iovec *to, size_t count);
ssize_t native_net_socket_write(int fd, const struct iovec *from, size_t count);

/* Ask for our own address. Returns false when there is none. */
bool native_net_socket_local(int fd, struct native_net_address *out);

/* Look without reading. Returns OK: bytes wait; AGAIN: idle; CLOSED: the peer has ended; ERROR with
 * errno: the connection is broken. */
enum native_net_status native_net_socket_peek(int fd);

#endif
