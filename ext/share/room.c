/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/share/room.c - the segment that TLS sessions and names are shared in: opened late, looked after, left. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "share.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../../shm/lock.h"

enum { PATH_LEN = 1024, NAME_LEN = 64 };

void native_ext_share_init(struct native_ext_share *share)
{
    memset(share, 0, sizeof(*share));
    share->sessions.ctx = share->names.ctx = share;
    share->sessions.find = native_ext_share_session_find;
    share->sessions.store = native_ext_share_session_store;
    share->sessions.remove = native_ext_share_session_remove;
    share->names.find = native_ext_share_name_find;
    share->names.store = native_ext_share_name_store;
}

static void leave(struct native_ext_share *share)
{
    native_shm_segment_close(share->segment);
    share->segment = NULL;
}

void native_ext_share_end(struct native_ext_share *share)
{
    leave(share);
    share->off = true;
}

/* As with the default segment, layout and kind of machine are part of the name. */
static void put_name(char name[NAME_LEN])
{
    (void)snprintf(name, NAME_LEN, NATIVE_EXT_SHARE_PREFIX "%u.%x", (unsigned)NATIVE_SHM_LAYOUT,
                   (unsigned)native_shm_segment_abi());
}

static bool is_there(const struct native_ext_share *share)
{
    char name[NAME_LEN], path[PATH_LEN];

    put_name(name);
    return native_shm_segment_path(share->folder, name, path, sizeof(path)) &&
           access(path, F_OK) == 0;
}

/* Open or make it. One that is damaged is replaced: what is lost can be had again. */
static void open_room(struct native_ext_share *share)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    enum native_shm_status status;
    char name[NAME_LEN];

    put_name(name);
    options.folder = share->folder;
    options.name = name;
    options.size = NATIVE_EXT_SHARE_BYTES;
    status = native_shm_segment_open(&options, &share->segment, share->why);
    if (status == NATIVE_SHM_MISMATCH) { /* a smaller one is there: it will do */
        options.size = 0;
        status = native_shm_segment_open(&options, &share->segment, share->why);
    } else if (status == NATIVE_SHM_CORRUPT) {
        options.on_mismatch = NATIVE_SHM_RECREATE;
        status = native_shm_segment_open(&options, &share->segment, share->why);
    }
    share->looked_us = native_shm_now_us();
    share->failed_us = status == NATIVE_SHM_OK ? 0 : share->looked_us;
    /* Who makes one clears away those of builds that are gone. */
    if (status == NATIVE_SHM_OK && share->segment->header->created + 1 >= (uint64_t)time(NULL))
        (void)native_shm_segment_sweep(share->folder, NATIVE_EXT_SHARE_PREFIX, name);
}

/* Whether what we are attached to is this user's, and (asked once a second) still has its name. */
static bool is_current(struct native_ext_share *share)
{
    uint64_t now = native_shm_now_us();

    if (geteuid() != share->segment->euid)
        return false;
    if (now - share->looked_us < NATIVE_EXT_SHARE_LOOK_AFTER_US)
        return true;
    share->looked_us = now;
    return native_shm_segment_current(share->segment);
}

/* Another user, or a second later: it may go well now. */
static bool may_open(const struct native_ext_share *share)
{
    return share->failed_us == 0 ||
           native_shm_now_us() - share->failed_us >= NATIVE_EXT_SHARE_LOOK_AFTER_US;
}

struct native_shm_segment *native_ext_share_enter(struct native_ext_share *share, bool make)
{
    if (share->off)
        return NULL;
    if (share->segment && !is_current(share))
        leave(share);
    if (!share->segment && may_open(share) && (make || is_there(share)))
        open_room(share);
    return share->segment && native_shm_enter(share->segment) ? share->segment : NULL;
}
