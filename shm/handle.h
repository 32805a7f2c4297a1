/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* handle.h - a segment as this process has it: for shm/ itself, and for bindings whose calls are too short for a call
 * more. All others know it by its name only (segment.h). */
#ifndef NATIVE_SHM_HANDLE_H
#define NATIVE_SHM_HANDLE_H

#include "layout.h"
#include "segment.h"

#include <sys/types.h>

struct native_shm_segment {
    unsigned char *base; /* where this process has it */
    uint64_t size;
    uint32_t id; /* of our slot; 0: not attached (after a fork) */
    /* of the header, checked at attach: what other processes write is not asked for sizes */
    uint32_t extents;
    uint32_t extent_size;
    uint32_t extent_shift;
    uint32_t shards;       /* how many: a power of two */
    uint32_t shard_shift;  /* hash >> shard_shift is the shard's number */
    uint32_t slab_shift;   /* log2 of a slab's bytes */
    uint32_t slabs;        /* how many there would be if all extents were of the index */
    uint32_t bucket_shift; /* log2 of the bytes from one bucket to the next */
    uint32_t slab_buckets; /* log2 of how many a slab has */
    uint32_t participants;
    uint32_t flags;
    uint32_t clock_shift; /* native_shm_clock() */
    uint64_t secret;
    uint64_t extents_at;
    struct native_shm_header *header;
    struct native_shm_participant *slots;
    struct native_shm_participant *slot; /* ours */
    _Atomic uint32_t *map;
    _Atomic uint16_t *slab_map;     /* behind it */
    struct native_shm_shard *shard; /* shards of them */
    struct native_shm_objects *objects;
    int fd;         /* through native_shm_segment_fd(): others may have closed it */
    unsigned forks; /* native_shm_forks at attach */
    /* the page that keeps our byte locked (participant.c); NULL: none */
    void *life;
    uint64_t retry_us; /* after a failed reattach: not before */
    dev_t device;      /* which file it is */
    ino_t inode;
    uid_t euid; /* at attach */
    char *path; /* NULL for a private one */
    /* of the last DENIED, MISMATCH, CORRUPT, SYSTEM: what differs, in plain words */
    char why[160];
};

/* Goes up in each child. */
extern unsigned native_shm_forks;

/* Attach a handle that is not (after a fork, or when somebody took its descriptor). */
bool native_shm_segment_reattach(struct native_shm_segment *segment);

/* native_shm_segment_enter() for the price of one load. */
static inline bool native_shm_enter(struct native_shm_segment *segment)
{
    return (segment->forks == native_shm_forks && segment->id) ||
           native_shm_segment_reattach(segment);
}

static inline void native_shm_count(struct native_shm_segment *segment, enum native_shm_count which)
{
    _Atomic uint64_t *at = &segment->slot->counts[which];
    atomic_store_explicit(at, atomic_load_explicit(at, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

/* The address of `len` bytes at a ref, or NULL if they do not lie inside the extents. The only way from a ref to a pointer. */
static inline void *native_shm_at(const struct native_shm_segment *segment, uint32_t ref,
                                  uint64_t len)
{
    uint64_t at = (uint64_t)ref * NATIVE_SHM_UNIT;
    if (at < segment->extents_at || at > segment->size || len > segment->size - at) {
        return NULL;
    }
    return segment->base + at;
}

static inline uint32_t native_shm_ref(const struct native_shm_segment *segment, const void *at)
{
    return (uint32_t)((uint64_t)((const unsigned char *)at - segment->base) / NATIVE_SHM_UNIT);
}

static inline bool native_shm_object_usable(const struct native_shm_object *object)
{
    return atomic_load_explicit(&object->state, memory_order_acquire) == NATIVE_SHM_OBJECT_USABLE;
}

#endif
