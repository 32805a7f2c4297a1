/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* process.h - which process this is, without asking the kernel each time.
 * Shape: getpid(), remembered on a page that a fork leaves empty in the child, however the fork is made (MADV_WIPEONFORK,
 * Linux 4.14); where there is no such page the kernel is asked. What must not be touched by a forked child, connections and
 * random generators, is stamped with it.
 * Allocates: one page a process, never given back. Blocks: never. Threads: any. */
#ifndef NATIVE_NET_PROCESS_H
#define NATIVE_NET_PROCESS_H

#include <sys/types.h>

/* Returns what getpid() returns. */
pid_t native_net_process_id(void);

#endif
