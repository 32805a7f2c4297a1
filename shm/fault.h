/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* fault.h - named points where a test kills the process: NATIVE_SHM_FAULT(point_name) between two stores.
 * Nothing in a normal build. With -DNATIVE_SHM_FAULTS the point calls native_shm_fault("point_name"), which the test
 * provides; tests/c/shm_faults.c hits each of them, and a check compares its list with the sources. */
#ifndef NATIVE_SHM_FAULT_H
#define NATIVE_SHM_FAULT_H

#ifdef NATIVE_SHM_FAULTS
void native_shm_fault(const char *point);
#define NATIVE_SHM_FAULT(point) native_shm_fault(#point)
#else
#define NATIVE_SHM_FAULT(point) ((void)0)
#endif

#endif
