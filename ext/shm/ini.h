/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/ini.h - the settings of shared memory, as numbers.
 * All are PHP_INI_SYSTEM: a pool of php-fpm has its own (php_admin_value), a script cannot change them. */
#ifndef NATIVE_EXT_SHM_INI_H
#define NATIVE_EXT_SHM_INI_H

#include "php.h"

#include "../compat.h"

struct native_ext_shm_ini {
    zend_long size;   /* native.shm_size: bytes of a new default segment */
    zend_long copies; /* native.shm_copies: bytes of arrays that a process keeps */
    const char
        *folder; /* native.shm_dir: where the folder of each user is made; "": the system's */
};
extern struct native_ext_shm_ini native_ext_shm_ini;

#endif
