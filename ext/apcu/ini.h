/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/ini.h - the settings apc.*, and what they mean here.
 *
 *   apc.enabled, apc.enable_cli    as in APCu
 *   apc.shm_size                   bytes of the segment
 *   apc.ttl                        entries without a ttl that nobody has read or stored for so many seconds may go
 *   apc.serializer                 of what holds objects: "igbinary" is igbinary where it is loaded, another name one that an
 *                                  extension has registered (serializer.c); all else serialize(). Arrays and scalars need none
 *   apc.slam_defense               as in APCu: a key that another process stored within this second is not stored
 *   apc.preload_path               its *.data files are stored when the segment is made: at the first use
 *   native.apcu                    auto, off
 *   native.apcu_shared             the user's default segment (Native\Shm) instead of one of this process and its children
 *
 * Taken and without effect, because nothing here needs it: apc.shm_segments, apc.entries_hint (the index grows),
 * apc.gc_ttl (nothing waits to be freed), apc.smart (eviction goes one by one), apc.mmap_file_mask, apc.coredump_unmap,
 * apc.use_request_time (expiry goes by a clock that nobody can set). */
#ifndef NATIVE_EXT_APCU_INI_H
#define NATIVE_EXT_APCU_INI_H

#include "php.h"

#include "../compat.h"

struct native_ext_apcu_ini {
    bool wanted; /* native.apcu */
    bool shared;
    bool enabled;
    bool enable_cli;
    bool slam_defense;
    zend_long shm_size;
    zend_long ttl;
    const char *serializer;
    const char *preload_path;
};
extern struct native_ext_apcu_ini native_ext_apcu_ini;

/* Whether the cache may be used in this SAPI. */
bool native_ext_apcu_enabled(void);

/* native.*, which belong to our module; apc.*, which belong to the module apcu. */
void native_ext_apcu_ini_native(int type, int module_number);
void native_ext_apcu_ini_apc(int type, int module_number);

#endif
