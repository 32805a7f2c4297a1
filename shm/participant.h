/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* participant.h - taking and giving back a slot. Inside shm/ only; what others may ask is in segment.h.
 * Each call wants native_shm_fork_hold(): no other thread may fork in the middle. */
#ifndef NATIVE_SHM_PARTICIPANT_H
#define NATIVE_SHM_PARTICIPANT_H

#include "handle.h"

/* Keep this process from forking (fork() in another thread waits) until let go. One thread at a time. */
void native_shm_fork_hold(void);
void native_shm_fork_let(void);

/* Take a slot: sets id, slot, life, forks. On failure id is 0 and `why` says why. Returns OK, BUSY (none free), SYSTEM. */
enum native_shm_status native_shm_participant_join(struct native_shm_segment *segment);
void native_shm_participant_leave(struct native_shm_segment *segment);

/* Nobody is attached and nobody can join: what the last boot's participants left is passed on or added up. */
void native_shm_participants_reset(struct native_shm_segment *segment);

#endif
