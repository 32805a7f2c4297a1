/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* participant.c - the slots of the attached processes, and whether their holders live.
 *
 * A holder lives as long as the kernel keeps the lock on its slot's byte. That lock belongs to an open file description
 * (not to a process), and a fork shares descriptions: with an ordinary descriptor, or with a mapping of the segment made
 * through it, a child would keep its dead parent alive. So the description that has the lock is kept by one mapping and
 * nothing else: a page that nobody touches, marked MADV_DONTFORK. Its descriptor is closed at once. No child has it, no
 * exec keeps it, no program that closes "all descriptors" drops it, and the kernel takes it away with the process.
 * The handle's descriptor is another description, which children may share: it has no lock, it only asks.
 *
 * A slot is free to take when its byte is: the kernel decides, the words in the slot are only hints where to look. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "fault.h"
#include "file.h"
#include "lock.h"
#include "participant.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { RETRY_US = 50000 }; /* after a reattach that failed */

/* ---- forks ------------------------------------------------------------------------------------------ */

unsigned native_shm_forks;

static pthread_mutex_t process_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t handlers_once = PTHREAD_ONCE_INIT;

static void hold(void)
{
    (void)pthread_mutex_lock(&process_lock);
}

static void let(void)
{
    (void)pthread_mutex_unlock(&process_lock);
}

static void in_child(void)
{
    native_shm_forks++;
    let();
}

static void add_handlers(void)
{
    (void)pthread_atfork(hold, let, in_child);
}

void native_shm_fork_hold(void)
{
    (void)pthread_once(&handlers_once, add_handlers);
    hold();
}

void native_shm_fork_let(void)
{
    let();
}

/* ---- what the last holder left ---------------------------------------------------------------------- */

static void add_up(struct native_shm_segment *segment, struct native_shm_participant *slot)
{
    for (int i = 0; i < NATIVE_SHM_COUNTS; i++) {
        uint64_t count = atomic_exchange_explicit(&slot->counts[i], 0, memory_order_relaxed);
        if (count) {
            atomic_fetch_add_explicit(&segment->header->totals[i], count, memory_order_relaxed);
        }
    }
}

/* A dead holder had blocks in its hands. The lock that guards them is made to look as if it had died inside: whoever
 * takes it next repairs, and frees them. A living owner of the lock is given some time; if it stays, the blocks wait for
 * that heap's next repair. */
static void pass_on(struct native_shm_segment *segment, uint32_t dead, uint32_t holding)
{
    struct native_shm_lock *lock;

    if (holding == 0 || holding > segment->shards + 1) {
        return;
    }
    lock = holding > segment->shards ? &segment->objects->lock : &segment->shard[holding - 1].lock;
    for (int i = 0; i < 100; i++) {
        uint32_t word = 0;
        if (atomic_compare_exchange_strong_explicit(&lock->word, &word, dead, memory_order_acq_rel,
                                                    memory_order_relaxed) ||
            !native_shm_alive(segment, word & ~NATIVE_SHM_LOCK_WAITERS)) {
            return;
        }
        (void)sched_yield();
    }
}

static void settle(struct native_shm_segment *segment, struct native_shm_participant *slot,
                   uint32_t dead)
{
    pass_on(segment, dead, atomic_load_explicit(&slot->holding, memory_order_relaxed));
    NATIVE_SHM_FAULT(slot_passed_on);
    atomic_store_explicit(&slot->holding, 0, memory_order_relaxed);
    add_up(segment, slot);
}

void native_shm_participants_reset(struct native_shm_segment *segment)
{
    for (uint32_t i = 0; i < segment->participants; i++) {
        struct native_shm_participant *slot = &segment->slots[i];
        uint32_t id = atomic_load_explicit(&slot->id, memory_order_relaxed);
        if (id & ~0xfffu) {
            settle(segment, slot, NATIVE_SHM_ID(i, NATIVE_SHM_ID_GENERATION(id)));
            atomic_store_explicit(&slot->pid, 0, memory_order_relaxed);
            atomic_store_explicit(&slot->in_use, 0, memory_order_relaxed);
        }
    }
}

/* ---- joining ---------------------------------------------------------------------------------------- */

/* Lock some slot's byte through `fd`: first the slots that were left in order, then any. Returns -1 when there is none. */
static int64_t take_byte(struct native_shm_segment *segment, int fd)
{
    uint32_t first =
        atomic_fetch_add_explicit(&segment->header->slot_hint, 1, memory_order_relaxed);

    for (int any = 0; any < 2; any++) {
        for (uint32_t i = 0; i < segment->participants; i++) {
            uint32_t at = (first + i) % segment->participants;
            if ((any || !atomic_load_explicit(&segment->slots[at].in_use, memory_order_relaxed)) &&
                native_shm_bytes_take(fd, NATIVE_SHM_SLOT_BYTES + at, 1)) {
                return at;
            }
        }
    }
    return -1;
}

/* The slot is ours: its byte is. Whoever had it is dead from the moment its id is another. */
static void sit_down(struct native_shm_segment *segment, uint32_t at)
{
    struct native_shm_participant *slot = &segment->slots[at];
    uint32_t old = atomic_load_explicit(&slot->id, memory_order_relaxed);
    uint32_t generation = (NATIVE_SHM_ID_GENERATION(old) + 1) & 0x7ffffu;

    NATIVE_SHM_FAULT(slot_locked);
    atomic_store_explicit(&slot->in_use, 1, memory_order_relaxed);
    segment->id = NATIVE_SHM_ID(at, generation ? generation : 1);
    atomic_store_explicit(&slot->id, segment->id, memory_order_seq_cst);
    NATIVE_SHM_FAULT(slot_named);
    atomic_store_explicit(&slot->pid, (uint32_t)getpid(), memory_order_relaxed);
    segment->slot = slot;
    settle(segment, slot, NATIVE_SHM_ID(at, NATIVE_SHM_ID_GENERATION(old)));
}

static enum native_shm_status give_up(struct native_shm_segment *segment, int fd,
                                      enum native_shm_status status, const char *what)
{
    native_shm_why(segment->why, "%s%s%s", what, status == NATIVE_SHM_SYSTEM ? ": " : "",
                   status == NATIVE_SHM_SYSTEM ? strerror(errno) : "");
    if (fd >= 0) {
        close(fd);
    }
    segment->id = 0;
    return status;
}

enum native_shm_status native_shm_participant_join(struct native_shm_segment *segment)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    int64_t at;
    int fd = native_shm_file_again(segment->fd, segment->path, segment->device, segment->inode);

    segment->forks = native_shm_forks;
    segment->life = NULL;
    if (fd < 0) {
        return give_up(segment, fd, NATIVE_SHM_SYSTEM,
                       "the file can't be opened a second time (is /proc there?)");
    }
    at = take_byte(segment, fd);
    if (at < 0) {
        return give_up(segment, fd, NATIVE_SHM_BUSY,
                       "as many processes are attached as the segment has slots");
    }
    segment->life = mmap(NULL, page, PROT_NONE, MAP_SHARED, fd, 0);
    if (segment->life == MAP_FAILED || madvise(segment->life, page, MADV_DONTFORK) != 0) {
        segment->life = segment->life == MAP_FAILED ? NULL : segment->life;
        return give_up(segment, fd, NATIVE_SHM_SYSTEM, "no mapping that stays out of children");
    }
    close(fd);
    /* Not every system that calls itself Linux lets a mapping keep a lock. */
    if (native_shm_bytes_taken(segment->fd, NATIVE_SHM_SLOT_BYTES + at, 1) != 1) {
        munmap(segment->life, page);
        segment->life = NULL;
        errno = ENOTSUP;
        return give_up(segment, -1, NATIVE_SHM_SYSTEM,
                       "this kernel does not keep a lock for a mapping");
    }
    sit_down(segment, (uint32_t)at);
    return NATIVE_SHM_OK;
}

void native_shm_participant_leave(struct native_shm_segment *segment)
{
    if (segment->id && segment->forks == native_shm_forks) {
        add_up(segment, segment->slot);
        atomic_store_explicit(&segment->slot->pid, 0, memory_order_relaxed);
        NATIVE_SHM_FAULT(slot_left);
        atomic_store_explicit(&segment->slot->in_use, 0, memory_order_release);
        if (segment->life) {
            munmap(segment->life, (size_t)sysconf(_SC_PAGESIZE)); /* the lock goes with it */
        }
    }
    segment->life = NULL;
    segment->id = 0;
}

bool native_shm_segment_enter(struct native_shm_segment *segment)
{
    return native_shm_enter(segment);
}

bool native_shm_segment_reattach(struct native_shm_segment *segment)
{
    uint64_t now = native_shm_now_us();
    enum native_shm_status status;

    if (segment->forks == native_shm_forks && now < segment->retry_us) {
        return false;
    }
    native_shm_fork_hold();
    (void)native_shm_segment_fd(segment); /* whoever made us a daemon may have closed it */
    status = native_shm_participant_join(segment);
    native_shm_fork_let();
    segment->retry_us = status == NATIVE_SHM_OK ? 0 : now + RETRY_US;
    return status == NATIVE_SHM_OK;
}

/* ---- asking ----------------------------------------------------------------------------------------- */

bool native_shm_alive(struct native_shm_segment *segment, uint32_t id)
{
    uint32_t at = NATIVE_SHM_ID_SLOT(id);
    struct native_shm_participant *slot;
    int taken;

    if (id == segment->id) {
        return id != 0;
    }
    if (id == 0 || at >= segment->participants) {
        return false;
    }
    slot = &segment->slots[at];
    if (atomic_load_explicit(&slot->id, memory_order_seq_cst) != id ||
        !atomic_load_explicit(&slot->in_use, memory_order_acquire)) {
        return false;
    }
    taken = native_shm_bytes_taken(segment->fd, NATIVE_SHM_SLOT_BYTES + at, 1);
    if (taken != 1 && !native_shm_file_is(segment->fd, segment->device, segment->inode)) {
        /* Somebody closed our descriptor. To call a living one dead is the worst we could do. */
        int fd = native_shm_segment_fd(segment);
        taken = fd >= 0 ? native_shm_bytes_taken(fd, NATIVE_SHM_SLOT_BYTES + at, 1) : -1;
    }
    return taken != 0 && atomic_load_explicit(&slot->id, memory_order_seq_cst) == id;
}

void native_shm_participants(struct native_shm_segment *segment,
                             void (*each)(void *context, uint32_t id, uint32_t pid, bool alive),
                             void *context)
{
    for (uint32_t i = 0; i < segment->participants; i++) {
        struct native_shm_participant *slot = &segment->slots[i];
        uint32_t id = atomic_load_explicit(&slot->id, memory_order_relaxed);
        if (atomic_load_explicit(&slot->in_use, memory_order_relaxed)) {
            each(context, id, atomic_load_explicit(&slot->pid, memory_order_relaxed),
                 native_shm_alive(segment, id));
        }
    }
}

uint64_t native_shm_count_sum(struct native_shm_segment *segment, enum native_shm_count which)
{
    uint64_t sum = atomic_load_explicit(&segment->header->totals[which], memory_order_relaxed);

    for (uint32_t i = 0; i < segment->participants; i++) {
        sum += atomic_load_explicit(&segment->slots[i].counts[which], memory_order_relaxed);
    }
    return sum;
}
