/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* bind.h - our own end of a connection: address, port, device. Private to socket.c.
 * Allocates: no (but what getifaddrs() does by itself). Blocks: never. Threads: no state. */
#ifndef NATIVE_NET_BIND_H
#define NATIVE_NET_BIND_H

#include "socket.h"

/* Bind a new socket that is to be connected to `to`, as far as the options ask for it. Returns false
 * with `error` (kind CONNECT, part BIND). */
bool native_net_bind(int fd, const struct native_net_address *to,
                     const struct native_net_socket_options *options,
                     struct native_net_error *error);

#endif
