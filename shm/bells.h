/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* bells.h - inside shm/: the FIFOs of channels' doorbells in the folder of the segments (channel_doorbell.c).
 *
 * Name: <segment>.bell.<inode of its file>.<place of the ring in it>, both hexadecimal: a segment of the same name that
 * comes later has others.
 * One that nobody has open for reading is of no use, and may go at any time; one that somebody polls stays, also when
 * the segment has lost its name. Making and removing happen under the folder's lock. */
#ifndef NATIVE_SHM_BELLS_H
#define NATIVE_SHM_BELLS_H

#include "handle.h"

/* What stands between the segment's name and the rest. */
#define NATIVE_SHM_BELL ".bell."

/* Remove the doorbells in an open folder whose names begin with `prefix`, all of them ours, and that nobody polls. The
 * folder's lock is held. */
void native_shm_bells_remove(int folder, const char *prefix);

#endif
