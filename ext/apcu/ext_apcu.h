/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/ext_apcu.h - the extension `apcu`, provided where the real one is not loaded.
 * A module of its own inside ours: extension_loaded('apcu'), its own INI settings, its own part of phpinfo(). Nothing is
 * opened or mapped before the first use. */
#ifndef NATIVE_EXT_APCU_H
#define NATIVE_EXT_APCU_H

#include "php.h"

#include "../compat.h"

/* The version of APCu whose functions, classes and constants these are. */
#define NATIVE_EXT_APCU_VERSION "5.1.22"

/* When the module is loaded, before any starts: who wants "apcu" shall start behind us. */
#ifdef NATIVE_SHM
void native_ext_apcu_loaded(void);
#else
#define native_ext_apcu_loaded() ((void)0)
#endif

/* The last thing in our MINIT: register native.apcu and native.apcu_shared, and start the module unless it is off or
 * the real one is loaded. */
#ifdef NATIVE_SHM
void native_ext_apcu_minit(INIT_FUNC_ARGS);
#else
#define native_ext_apcu_minit(...) ((void)0)
#endif

#endif
