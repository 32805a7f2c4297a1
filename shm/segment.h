/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* segment.h - a file in memory that processes of one user share: making, attaching, participants, liveness.
 *
 * Shape: layout.h. A handle (struct native_shm_segment) belongs to one thread; under ZTS each thread has its own.
 * Blocks: only for the locks of file and header, with an end (INIT_WAIT_MS). Allocates: the handle.
 * Fork: the child's handle has no slot; the first native_shm_segment_enter() in the child takes one. The parent's
 * liveness is not inherited (participant.c says how) and the parent is not disturbed. A child made by a bare clone(),
 * without fork()'s handlers, must not use the handle. */
#ifndef NATIVE_SHM_SEGMENT_H
#define NATIVE_SHM_SEGMENT_H

#include "../mqtt/api.h"
#include "counts.h"
#include "status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct native_shm_segment;

enum native_shm_flags {
    NATIVE_SHM_TRACK = 1, /* keep hits and access time of each entry */
};

enum native_shm_on_mismatch {
    NATIVE_SHM_REFUSE = 0, /* say what differs */
    NATIVE_SHM_RECREATE,   /* a new file takes the name; who has the old one keeps it */
};

struct native_shm_options {
    /* NULL: "/dev/shm". Our folder is made in it: native.<euid>, mode 0700. Not for private ones */
    const char *folder;
    /* 1..64 bytes of A-Z a-z 0-9 . _ -, no leading dot; NULL: private (unlinked, inherited by forks) */
    const char *name;
    /* bytes; 0: whatever an existing one has, or 32 MiB. Rounded up to whole extents; 1 MiB..64 GiB */
    uint64_t size;
    /* 0: 0600. More than the owner only with a folder that the caller made for it */
    uint32_t mode;
    uint32_t flags; /* enum native_shm_flags, for a new one */
    enum native_shm_on_mismatch on_mismatch;
};
#define NATIVE_SHM_OPTIONS_INIT                                                                    \
    {                                                                                              \
        0                                                                                          \
    }

/* Open or make a segment. On failure *segment is NULL and `why` (of at least 160 bytes, may be NULL) says what was wrong.
 * Returns NATIVE_SHM_OK; INVALID (name, size); DENIED (folder or file belongs to somebody else, or others may write it,
 * or it is no regular file); MISMATCH (layout, ABI, or a smaller size than asked); CORRUPT; FULL (no room for the
 * header: what can't be backed is never touched); BUSY (no free slot, or its maker is stuck); SYSTEM. */
NATIVE_API enum native_shm_status native_shm_segment_open(const struct native_shm_options *options,
                                                          struct native_shm_segment **segment,
                                                          char *why);

/* Give the slot back, unmap, free. Nothing of ours may be locked. NULL does nothing. */
NATIVE_API void native_shm_segment_close(struct native_shm_segment *segment);

/* Before each use: true when the handle may be used; after a fork it attaches the child first. */
NATIVE_API bool native_shm_segment_enter(struct native_shm_segment *segment);

/* The segment's descriptor, or -1 when somebody closed it (a daemon that closes "all" of them) and it could not be had
 * again. One system call. */
NATIVE_API int native_shm_segment_fd(struct native_shm_segment *segment);

/* Whether the file still has its name and our user (at most once a second is often enough): else close and open again. */
NATIVE_API bool native_shm_segment_current(struct native_shm_segment *segment);

/* Remove a named segment's file. Who is attached keeps it. Returns OK, NOT_FOUND, DENIED, INVALID, SYSTEM. */
NATIVE_API enum native_shm_status native_shm_segment_unlink(const char *folder, const char *name);

/* Remove the segments in the folder whose names begin with `prefix` and that nobody is attached to, but not `keep`
 * (NULL: none): those of builds and processes that are gone. Returns how many. */
NATIVE_API unsigned native_shm_segment_sweep(const char *folder, const char *prefix,
                                             const char *keep);

/* Word size, byte order, kind of lock and size of a shard: what layout and this must be equal for two to share. */
NATIVE_API uint32_t native_shm_segment_abi(void);

/* The path that a name gets; false if it does not fit or the name is not allowed. */
NATIVE_API bool native_shm_segment_path(const char *folder, const char *name, char *path,
                                        size_t path_len);

/* Whether a participant still runs: its slot has this id and the kernel still holds its byte. Our own id is alive.
 * One system call. */
NATIVE_API bool native_shm_alive(struct native_shm_segment *segment, uint32_t id);

/* Call `each` for every participant slot in use, living or not. */
NATIVE_API void native_shm_participants(struct native_shm_segment *segment,
                                        void (*each)(void *context, uint32_t id, uint32_t pid,
                                                     bool alive),
                                        void *context);

/* The sum of a count over all participants, present and past. */
NATIVE_API uint64_t native_shm_count_sum(struct native_shm_segment *segment,
                                         enum native_shm_count which);

#endif
