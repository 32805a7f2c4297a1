/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* pollset.c - epoll or kqueue as one pollable descriptor. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "pollset.h"

#include <errno.h>
#include <string.h>

#include "status.h"

#if defined(__linux__)
#include <sys/epoll.h>

int native_net_pollset_new(void)
{
    return epoll_create1(EPOLL_CLOEXEC);
}

bool native_net_pollset_watch(int set, int fd, int events)
{
    struct epoll_event event;
    memset(&event, 0, sizeof(event));
    event.events = (events & NATIVE_NET_READ ? (uint32_t)EPOLLIN : 0U) |
                   (events & NATIVE_NET_WRITE ? (uint32_t)EPOLLOUT : 0U);
    event.data.fd = fd;
    /* No own list of members: a number may have been closed and given to another socket since. */
    if (epoll_ctl(set, EPOLL_CTL_MOD, fd, &event) == 0)
        return true;
    return errno == ENOENT && epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) == 0;
}

void native_net_pollset_unwatch(int set, int fd)
{
    struct epoll_event unused; /* kernels before 2.6.9 want a pointer */
    memset(&unused, 0, sizeof(unused));
    (void)epoll_ctl(set, EPOLL_CTL_DEL, fd, &unused);
}

#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__)
#include <fcntl.h>
#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

int native_net_pollset_new(void)
{
    int set = kqueue();
    if (set >= 0)
        (void)fcntl(set, F_SETFD, FD_CLOEXEC);
    return set;
}

static bool change(int set, int fd, int filter, int flags)
{
    struct kevent event;
    EV_SET(&event, (uintptr_t)fd, (short)filter, (unsigned short)flags, 0, 0, NULL);
    return kevent(set, &event, 1, NULL, 0, NULL) == 0 || (flags & EV_DELETE);
}

bool native_net_pollset_watch(int set, int fd, int events)
{
    return change(set, fd, EVFILT_READ, events & NATIVE_NET_READ ? EV_ADD : EV_DELETE) &&
           change(set, fd, EVFILT_WRITE, events & NATIVE_NET_WRITE ? EV_ADD : EV_DELETE);
}

void native_net_pollset_unwatch(int set, int fd)
{
    (void)native_net_pollset_watch(set, fd, NATIVE_NET_NONE);
}

#else
int native_net_pollset_new(void)
{
    errno = ENOSYS;
    return -1;
}

bool native_net_pollset_watch(int set, int fd, int events)
{
    (void)set, (void)fd, (void)events;
    return false;
}

void native_net_pollset_unwatch(int set, int fd)
{
    (void)set, (void)fd;
}
#endif
