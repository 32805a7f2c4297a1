/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/names.h - the names and kinds of a segment's objects (channels, counters, locks), copied.
 * They are collected under the directory's lock, where no memory of PHP may be asked for. Memory: malloc. */
#ifndef NATIVE_EXT_SHM_NAMES_H
#define NATIVE_EXT_SHM_NAMES_H

#include "../../shm/object.h"

struct native_ext_shm_names {
    char *at; /* kind, length, bytes, again and again */
    size_t len, room;
    bool short_of_memory;
};

struct native_ext_shm_named {
    unsigned kind; /* enum native_shm_object_kind */
    const char *name;
    size_t name_len;
};

/* Collect them. Returns NATIVE_SHM_OK; BUSY; SYSTEM: no memory. Only with OK there is something to be freed. */
enum native_shm_status native_ext_shm_names_get(struct native_shm_segment *core,
                                                struct native_ext_shm_names *names);
/* Give the one at *at, which begins with 0, and move on. Returns false at the end. */
bool native_ext_shm_names_next(const struct native_ext_shm_names *names, size_t *at,
                               struct native_ext_shm_named *one);
void native_ext_shm_names_free(struct native_ext_shm_names *names);

#endif
