/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stamp.c - what of a file shows that it has been changed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "stamp.h"

#include <string.h>
#include <sys/stat.h>

bool native_net_stamp_take(const char *path, struct native_net_stamp *out)
{
    struct stat about;
    memset(out, 0, sizeof(*out));
    if (!path || stat(path, &about) != 0)
        return false;
    out->device = (uint64_t)about.st_dev;
    out->inode = (uint64_t)about.st_ino;
    out->size = (int64_t)about.st_size;
#if defined(__APPLE__)
    out->seconds = (int64_t)about.st_mtimespec.tv_sec;
    out->nanoseconds = (int64_t)about.st_mtimespec.tv_nsec;
#else
    out->seconds = (int64_t)about.st_mtim.tv_sec;
    out->nanoseconds = (int64_t)about.st_mtim.tv_nsec;
#endif
    return true;
}

bool native_net_stamp_same(const struct native_net_stamp *a, const struct native_net_stamp *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}
