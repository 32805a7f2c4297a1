/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/attach.h - the segments that this process (each thread, under ZTS) is attached to.
 * One for each file, shared by all objects that use it and kept over requests: attaching costs some 50 microseconds.
 * The default one is opened at the first use, never before, and again after a change of user or when its file is gone.
 * Memory: malloc, freed at MSHUTDOWN (of a thread: when it ends), or earlier when a file is gone and no object uses it. */
#ifndef NATIVE_EXT_SHM_ATTACH_H
#define NATIVE_EXT_SHM_ATTACH_H

#include "php.h"

#include "../compat.h"
#include "../../shm/handle.h"

struct native_ext_shm_attach {
    struct native_shm_segment *core; /* NULL: there is no memory for one (the default one only) */
    char *name;                      /* NULL: private */
    uint64_t number;                 /* never another one's: for what is kept of it */
    uint64_t looked_us;              /* when it was last looked whether its file is still there */
    uint64_t used_us;                /* when an object began to use it */
    uint32_t users;                  /* objects */
    bool is_default;
    bool stale; /* nobody gets it any more */
    struct native_ext_shm_attach *next;
};

/* The default segment. Never NULL; its `core` may be: then a warning was given once, and all keys are missing. */
struct native_ext_shm_attach *native_ext_shm_attach_default(void);

/* A named one; attached already, with the same size or none asked, or opened now. Throws and returns NULL on failure. */
struct native_ext_shm_attach *native_ext_shm_attach_open(const zend_string *name, uint64_t size,
                                                         uint32_t mode, uint32_t flags,
                                                         bool recreate);

/* An object uses it, or does so no more. */
struct native_ext_shm_attach *native_ext_shm_attach_use(struct native_ext_shm_attach *attach);
void native_ext_shm_attach_leave(struct native_ext_shm_attach *attach);

/* The core's handle, ready to use; NULL if there is none (or none after a fork). */
static inline struct native_shm_segment *native_ext_shm_enter(struct native_ext_shm_attach *attach)
{
    return EXPECTED(attach->core) && EXPECTED(native_shm_enter(attach->core)) ? attach->core : NULL;
}

/* The same; throws a SegmentException when there is none. */
struct native_shm_segment *native_ext_shm_enter_or_throw(struct native_ext_shm_attach *attach);

/* The folder of the segments as the INI has it; NULL: the system's. */
const char *native_ext_shm_folder(void);

/* What the default segment is called. */
void native_ext_shm_default_name(char *name, size_t len);

/* All segments, for status and phpinfo; NULL at the end. */
struct native_ext_shm_attach *native_ext_shm_attach_first(void);

void native_ext_shm_attach_rinit(void);
void native_ext_shm_attach_mshutdown(void);

#endif
