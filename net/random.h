/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* random.h - random bytes from the operating system.
 * Shape: no state in this process at all, so a forked child can never draw its parent's numbers.
 * Allocates: no. Threads: any. Blocks: only early at boot, before the system has entropy. */
#ifndef NATIVE_NET_RANDOM_H
#define NATIVE_NET_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

/* Fill `out` with bytes fit for keys. Returns false when the system has no source (then `out` must
 * not be used). */
bool native_net_random(void *out, size_t len);

#endif
