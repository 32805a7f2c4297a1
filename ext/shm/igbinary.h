/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/igbinary.h - igbinary's functions, found when they are first needed: in whichever order the modules are
 * loaded, and whatever else igbinary was built with. Its C functions where they can be found, else the PHP ones. */
#ifndef NATIVE_EXT_SHM_IGBINARY_H
#define NATIVE_EXT_SHM_IGBINARY_H

#include "php.h"

#include "../compat.h"

/* *bytes is emalloc'ed, the caller's. Returns false on failure; there may be an exception. */
bool native_ext_shm_igbinary_serialize(unsigned char **bytes, size_t *len, zval *value);
bool native_ext_shm_igbinary_unserialize(const void *bytes, size_t len, zval *value);

#endif
