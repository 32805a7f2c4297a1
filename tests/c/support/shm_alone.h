/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_alone.h - the heap and its extents compiled into one test, with everything round them in the test's hand:
 * who is alive, whether there is room, and a call at each fault point.
 *
 *   | forbidden | header, slots, map, shards, objects | extents (a memory file, shared with children) | forbidden |
 *
 * The test defines native_shm_fault(). Include before harness.h. The functions get names of their own here, as the
 * same files are linked to every test. */
#ifndef NATIVE_TESTS_SHM_ALONE_H
#define NATIVE_TESTS_SHM_ALONE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#define NATIVE_SHM_FAULTS 1

#define native_shm_extent_claim alone_extent_claim
#define native_shm_extent_claim_run alone_extent_claim_run
#define native_shm_extent_free alone_extent_free
#define native_shm_extent_reclaim alone_extent_reclaim
#define native_shm_extent_available alone_extent_available
#define native_shm_heap_take alone_heap_take
#define native_shm_heap_take_some alone_heap_take_some
#define native_shm_heap_give alone_heap_give
#define native_shm_heap_set_kind alone_heap_set_kind
#define native_shm_heap_is alone_heap_is
#define native_shm_heap_rebuild alone_heap_rebuild
#define native_shm_heap_walk alone_heap_walk
#define native_shm_heap_trim alone_heap_trim
#define native_shm_heap_trim_one alone_heap_trim_one
#define native_shm_heap_largest alone_heap_largest
#define native_shm_heap_check alone_heap_check
#define native_shm_alive alone_alive
#define native_shm_segment_fd alone_segment_fd
#define native_shm_now_eighths alone_now_eighths
#define native_shm_fault alone_fault

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int alone_fallocate(int fd, int mode, off_t at, off_t len);
#define fallocate alone_fallocate

#include "../../../shm/extent.c"
#include "../../../shm/heap.c"
#include "../../../shm/heap_rebuild.c"

#undef fallocate

/* What the test decides, shared with its children. */
struct alone_world {
    _Atomic uint32_t
        room; /* calls of fallocate that succeed before the next fails; UINT32_MAX: all */
    _Atomic uint32_t now;        /* the clock */
    _Atomic uint32_t dead[64];   /* slot: 1 when its holder is dead */
    _Atomic uint64_t points;     /* fault points passed */
    _Atomic uint32_t interrupts; /* calls of fallocate that a signal ends first */
};
static struct alone_world *alone;

static int alone_fallocate(int fd, int mode, off_t at, off_t len)
{
    if (atomic_load(&alone->interrupts)) {
        atomic_fetch_sub(&alone->interrupts, 1);
        errno = EINTR;
        return -1;
    }
    uint32_t room = atomic_load(&alone->room);
    if (room == 0) {
        errno = ENOSPC;
        return -1;
    }
    if (room != UINT32_MAX) {
        atomic_store(&alone->room, room - 1);
    }
    return fallocate(fd, mode, at, len);
}

bool alone_alive(struct native_shm_segment *segment, uint32_t id)
{
    return id == segment->id || !atomic_load(&alone->dead[NATIVE_SHM_ID_SLOT(id) % 64]);
}

int alone_segment_fd(struct native_shm_segment *segment)
{
    return segment->fd;
}

uint32_t alone_now_eighths(void)
{
    return atomic_load(&alone->now);
}

static void *alone_must(void *at)
{
    if (at == MAP_FAILED || !at) {
        perror("shm_alone");
        exit(2);
    }
    return at;
}

/* The areas before the extents, in pages. */
static uint64_t alone_pages(uint64_t *at, uint64_t bytes)
{
    uint64_t here = *at;

    *at += (bytes + NATIVE_SHM_PAGE - 1) / NATIVE_SHM_PAGE * NATIVE_SHM_PAGE;
    return here;
}

static void alone_map(struct native_shm_segment *segment)
{
    uint64_t page = NATIVE_SHM_PAGE;
    unsigned char *all = alone_must(mmap(NULL, segment->size + 2 * page, PROT_NONE,
                                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));

    segment->base = alone_must(mmap(all + page, segment->size, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_FIXED, segment->fd, 0));
}

static void alone_unmap(struct native_shm_segment *segment)
{
    munmap(segment->base - NATIVE_SHM_PAGE, segment->size + 2 * NATIVE_SHM_PAGE);
    close(segment->fd);
    free(segment);
}

/* A segment of `extents` extents of 1 << shift bytes, 4 shards, 64 slots; we have slot 1. */
__attribute__((unused)) static struct native_shm_segment *alone_new(uint32_t extents,
                                                                    uint32_t shift)
{
    struct native_shm_segment *segment = alone_must(calloc(1, sizeof *segment));
    uint64_t at = NATIVE_SHM_PAGE;

    if (!alone) {
        alone = alone_must(
            mmap(NULL, NATIVE_SHM_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    }
    memset((void *)alone, 0, sizeof *alone);
    atomic_store(&alone->room, UINT32_MAX);
    atomic_store(&alone->now, 1000);
    segment->shards = 4;
    segment->participants = 64;
    segment->extents = extents;
    segment->extent_shift = shift;
    segment->extent_size = 1u << shift;
    uint64_t slots_at = alone_pages(&at, 64 * sizeof *segment->slots);
    uint64_t map_at = alone_pages(&at, extents * sizeof *segment->map);
    uint64_t shards_at = alone_pages(&at, 4 * sizeof *segment->shard);
    uint64_t objects_at = alone_pages(&at, sizeof *segment->objects);
    segment->extents_at = at;
    segment->size = at + ((uint64_t)extents << shift);
    segment->fd = memfd_create("shm_alone", 0);
    if (segment->fd < 0 || ftruncate(segment->fd, (off_t)segment->size) != 0 ||
        fallocate(segment->fd, 0, 0, (off_t)at) != 0) {
        perror("shm_alone");
        exit(2);
    }
    alone_map(segment);
    segment->header = (void *)segment->base;
    segment->slots = (void *)(segment->base + slots_at);
    segment->map = (void *)(segment->base + map_at);
    segment->shard = (void *)(segment->base + shards_at);
    segment->objects = (void *)(segment->base + objects_at);
    for (uint32_t slot = 0; slot < 64; slot++) {
        atomic_store(&segment->slots[slot].id, NATIVE_SHM_ID(slot, 7));
    }
    segment->id = NATIVE_SHM_ID(1, 7);
    for (uint32_t shard = 0; shard <= 4; shard++) {
        struct native_shm_heap *heap =
            shard < 4 ? &segment->shard[shard].heap : &segment->objects->heap;
        heap->number = shard;
    }
    return segment;
}

#endif
