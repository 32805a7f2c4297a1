/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* api.h - shared memory for other extensions: a table of functions, whatever order modules are loaded in.
 *
 * Self-contained: an extension includes this (php_native_shm.h does) and links to nothing. It finds the one exported
 * function, native_shm_api(), at its first use:
 *
 *     typedef const struct native_shm_api *(*finder)(uint32_t version);
 *     finder find = (finder)dlsym(RTLD_DEFAULT, "native_shm_api");    or zend_hash lookup of the module's handle
 *     const struct native_shm_api *shm = find ? find(NATIVE_SHM_API_VERSION) : NULL;
 *
 * What it gets: a segment that processes of one user share; in it named roots, found or made by name, and blocks of any
 * size. Processes have the segment at different addresses: what lies in it refers to blocks by ref, never by pointer.
 * Nothing here is ever evicted. Blocks and roots are for the extension to guard: put a native_shm_api_lock into the
 * root. A process may be killed at any instruction: whoever takes a dead owner's lock gets ABANDONED, and mends.
 * Threads: a handle belongs to one. Fork: the child goes on with the handle. Allocates: open() its handle. */
#ifndef NATIVE_SHM_API_H
#define NATIVE_SHM_API_H

#include "status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NATIVE_SHM_API_VERSION 1u

struct native_shm_segment; /* opaque */

/* One lock; zero is free. In a root or block, 4-byte aligned, changed by lock() and unlock() only. */
struct native_shm_api_lock {
    uint32_t word;
};

struct native_shm_api_root {
    const char *name; /* 1..255 bytes; begin it with your extension's name */
    size_t name_len;
    uint64_t size; /* bytes; another size than it was made with is MISMATCH */
    /* Fill in a new root, all zero until then, before anybody sees it. Must come back, and quickly: no longjmp, no
     * call of this table. NULL: zeroes are right. */
    void (*make)(void *root, void *context);
    void *context;
};

/* Within a version, functions are only added at the end: `size` tells which are there. */
struct native_shm_api {
    uint32_t version; /* NATIVE_SHM_API_VERSION */
    uint32_t size;    /* sizeof(struct native_shm_api) of the module that is loaded */

    /* Open or make the segment of that name (1..64 of A-Z a-z 0-9 . _ -) for this user. folder: NULL for the usual one.
     * size: bytes, 0 for what it has, or the default. why: NULL, or at least 160 bytes for what was wrong. Returns as
     * native_shm_segment_open(): OK, INVALID, DENIED, MISMATCH, CORRUPT, FULL, BUSY, SYSTEM. */
    enum native_shm_status (*open)(const char *folder, const char *name, uint64_t size,
                                   struct native_shm_segment **segment, char *why);
    /* Nothing of ours may be locked. Pointers into the segment end here. NULL does nothing. */
    void (*close)(struct native_shm_segment *segment);

    /* Find or make a root: memory of 64-byte alignment that stays where it is as long as we are attached. Returns OK,
     * TYPE (the name is a channel's, counter's ...), MISMATCH, FULL, BUSY, INVALID, CORRUPT. */
    enum native_shm_status (*root)(struct native_shm_segment *segment,
                                   const struct native_shm_api_root *root, void **body);
    /* Take a root's name away; who has it keeps it. Returns OK, NOT_FOUND, BUSY, INVALID. */
    enum native_shm_status (*remove)(struct native_shm_segment *segment, const char *name,
                                     size_t name_len);

    /* Take a block of `size` bytes, contents undefined, 16-byte aligned. Returns its ref, 0 when there is no room (or a
     * living process sits on the heap's lock). Until keep() it is ours alone and is freed if we die; so: take, fill,
     * keep, then put the ref where others find it. A kill after keep() leaks that one block. */
    uint32_t (*take)(struct native_shm_segment *segment, uint64_t size);
    bool (*keep)(struct native_shm_segment *segment, uint32_t ref);
    /* Give a block back. False: it is none that take() gave. */
    bool (*give)(struct native_shm_segment *segment, uint32_t ref);
    /* The address of a block in this process; NULL unless ref is a block that take() gave, of at least `len` bytes. */
    void *(*at)(const struct native_shm_segment *segment, uint32_t ref, uint64_t len);

    /* Returns OK; ABANDONED (had; the last owner died inside: mend what it guards); BUSY (not had of a living owner in
     * wait_ms). Not recursive. Held for microseconds, never across a call that may not come back. */
    enum native_shm_status (*lock)(struct native_shm_segment *segment,
                                   struct native_shm_api_lock *lock, unsigned wait_ms);
    void (*unlock)(struct native_shm_api_lock *lock);
};

/* The table, or NULL for a version that this module does not know. The module exports it as native_shm_api(). */
const struct native_shm_api *native_shm_api_table(uint32_t version);

#endif
