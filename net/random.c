/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* random.c - getrandom() where it is, else /dev/urandom. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "random.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>
#if defined(__linux__) || defined(__FreeBSD__)
#include <sys/random.h>
#define HAVE_GETRANDOM 1
#endif

static bool random_from_device(uint8_t *at, size_t len)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    while (len > 0) {
        ssize_t n = read(fd, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        at += n;
        len -= (size_t)n;
    }
    (void)close(fd);
    return len == 0;
}

bool native_net_random(void *out, size_t len)
{
    uint8_t *at = out;
#ifdef HAVE_GETRANDOM
    while (len > 0) {
        ssize_t n = getrandom(at, len, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break; /* ENOSYS on an old kernel: the device has the same bytes */
        at += n;
        len -= (size_t)n;
    }
#endif
    return len == 0 || random_from_device(at, len);
}
