/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/mutex.h - Native\Shm\Mutex. */
#ifndef NATIVE_EXT_SHM_MUTEX_H
#define NATIVE_EXT_SHM_MUTEX_H

void native_ext_shm_mutex_minit(void);

#endif
