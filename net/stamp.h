/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stamp.h - what of a file or folder shows that it has been changed.
 * Shape: device, inode, size and time of change of the contents; all zeros when there is nothing.
 * Allocates: nothing. Blocks: one stat(). */
#ifndef NATIVE_NET_STAMP_H
#define NATIVE_NET_STAMP_H

#include <stdbool.h>
#include <stdint.h>

struct native_net_stamp {
    uint64_t device;
    uint64_t inode;
    int64_t size;
    int64_t seconds;
    int64_t nanoseconds;
};

/* Take the stamp of what is at `path`; NULL is nothing. Returns whether something is there. */
bool native_net_stamp_take(const char *path, struct native_net_stamp *out);

/* Returns whether both show the same. */
bool native_net_stamp_same(const struct native_net_stamp *a, const struct native_net_stamp *b);

#endif
