/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/ext_shm.h - the hooks of shared memory, as php_native.c calls them.
 * Nothing is opened or mapped before the first use. */
#ifndef NATIVE_EXT_SHM_H
#define NATIVE_EXT_SHM_H

#include "php.h"

#include "../compat.h"

#ifdef NATIVE_SHM

#ifdef __linux__
#define NATIVE_EXT_SHM_KILL_SAFE 1
#else
#define NATIVE_EXT_SHM_KILL_SAFE 0
#endif

/* Register classes, constants and INI entries. Returns SUCCESS or FAILURE (the module does not load). */
zend_result native_ext_shm_minit(INIT_FUNC_ARGS);
/* Free what outlives requests. Returns SUCCESS. */
zend_result native_ext_shm_mshutdown(SHUTDOWN_FUNC_ARGS);
zend_result native_ext_shm_rinit(INIT_FUNC_ARGS);
zend_result native_ext_shm_rshutdown(SHUTDOWN_FUNC_ARGS);
/* Print this pillar's rows of phpinfo(). */
void native_ext_shm_minfo(void);
/* Add this pillar's counters to `array`, which is an initialised array. */
void native_ext_shm_status(zval *array);

#else /* a system without what shared memory needs (config.m4): these hooks have nothing to do */

#define native_ext_shm_minit(...) SUCCESS
#define native_ext_shm_mshutdown(...) SUCCESS
#define native_ext_shm_rinit(...) ((void)0)
#define native_ext_shm_rshutdown(...) SUCCESS
#define native_ext_shm_minfo() php_info_print_table_row(2, "Shared memory", "not on this system")
#define native_ext_shm_status(array) add_assoc_bool(array, "available", false)

#endif

#endif
