/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pollset.h - many descriptors behind one that an outer event loop can poll (readable = one is
 * ready). Shape: just a descriptor (epoll on Linux, kqueue on BSD and macOS). Closed descriptors
 * leave the set by themselves. Allocates: in the kernel only. Blocks: never. */
#ifndef NATIVE_NET_POLLSET_H
#define NATIVE_NET_POLLSET_H

#include <stdbool.h>

/* Returns a new set, close-on-exec, to be closed with close(); -1 with errno. */
int native_net_pollset_new(void);

/* Watch `fd` for NATIVE_NET_READ|WRITE from now on, in place of what was watched on it before.
 * Returns false with errno. */
bool native_net_pollset_watch(int set, int fd, int events);

/* Stop watching `fd`; nothing happens if it was not watched. */
void native_net_pollset_unwatch(int set, int fd);

#endif
