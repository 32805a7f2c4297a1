/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* process.c - getpid(), remembered until a fork. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "process.h"

#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef MADV_WIPEONFORK
static pid_t *page; /* atomic; the kernel fills it with zeros in a child */
static int tried;   /* atomic */

/* Returns the page; NULL where there is none. Of two threads that come first, one page is lost: that happens once. */
static pid_t *make_page(void)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    void *made;
    if (__atomic_exchange_n(&tried, 1, __ATOMIC_ACQ_REL))
        return NULL;
    made = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED)
        return NULL;
    if (madvise(made, size, MADV_WIPEONFORK) != 0) {
        (void)munmap(made, size);
        return NULL;
    }
    __atomic_store_n(&page, made, __ATOMIC_RELEASE);
    return made;
}

pid_t native_net_process_id(void)
{
    pid_t *at = __atomic_load_n(&page, __ATOMIC_ACQUIRE);
    pid_t id = at ? __atomic_load_n(at, __ATOMIC_RELAXED) : 0;
    if (id != 0)
        return id;
    id = getpid();
    if (at || (at = make_page()))
        __atomic_store_n(at, id, __ATOMIC_RELAXED);
    return id;
}
#else
pid_t native_net_process_id(void)
{
    return getpid();
}
#endif
