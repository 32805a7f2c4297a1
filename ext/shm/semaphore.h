/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/semaphore.h - Native\Shm\Semaphore. */
#ifndef NATIVE_EXT_SHM_SEMAPHORE_H
#define NATIVE_EXT_SHM_SEMAPHORE_H

void native_ext_shm_semaphore_minit(void);

#endif
