/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/counter.h - Native\Shm\Counter. */
#ifndef NATIVE_EXT_SHM_COUNTER_H
#define NATIVE_EXT_SHM_COUNTER_H

void native_ext_shm_counter_minit(void);

#endif
