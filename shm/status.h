/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* status.h - what the calls of shm/ answer.
 * Pure: constants only. */
#ifndef NATIVE_SHM_STATUS_H
#define NATIVE_SHM_STATUS_H

enum native_shm_status {
    NATIVE_SHM_OK = 0,
    NATIVE_SHM_NOT_FOUND, /* no such key, object, file */
    /* add: the key is taken; open: made by somebody else meanwhile */
    NATIVE_SHM_EXISTS,
    /* what was being read was replaced meanwhile; cas: another value is there */
    NATIVE_SHM_CHANGED,
    NATIVE_SHM_TYPE, /* the value or object is of another kind */
    /* no memory left in the segment (or none that may be evicted) */
    NATIVE_SHM_FULL,
    NATIVE_SHM_TOO_BIG, /* larger than this segment, channel or field can ever hold */
    /* a lock or lease was not to be had in time, or the call would have to wait */
    NATIVE_SHM_BUSY,
    NATIVE_SHM_INTERRUPTED, /* a signal came while waiting; call again for the time left */
    NATIVE_SHM_CLOSED,      /* the channel or object was closed or removed */
    NATIVE_SHM_ABANDONED,   /* had, but the last owner died without giving it back */
    NATIVE_SHM_DENIED,      /* owner or mode of a file or folder is not what it must be */
    NATIVE_SHM_MISMATCH,    /* a segment of another layout, ABI or size */
    NATIVE_SHM_CORRUPT,     /* bytes that no version of this code has written */
    NATIVE_SHM_INVALID,     /* an argument out of range */
    NATIVE_SHM_SYSTEM,      /* a system call failed: errno says how */
    NATIVE_SHM_STATUS_COUNT
};

#endif
