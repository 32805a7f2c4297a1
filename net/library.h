/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* library.h - what libnative.so tells of itself, to programs that find it at run time.
 * Pure: no allocation; what is returned is constant. */
#ifndef NATIVE_NET_LIBRARY_H
#define NATIVE_NET_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

#include "../mqtt/api.h"

/* The number of these headers, also for those who see no macro (FFI). Native\Ffi\Library::API is the same. */
enum { NATIVE_LIBRARY_API = NATIVE_API_NUMBER };

/* Returns the number of the library that was loaded: another than NATIVE_LIBRARY_API is another interface, and no other
 * function may be called. */
NATIVE_API uint32_t native_get_api(void);

/* Something that the library exports. */
struct native_symbol {
    const char *name;      /* "native_mqtt_topic_match" */
    const char *kind;      /* "function" */
    const char *signature; /* in C, without a semicolon; types are those of ffi-decls/ */
};

/* Returns all that it exports, by name; behind the last one stands one with the name NULL. *count (may be NULL) is set. */
NATIVE_API const struct native_symbol *native_get_symbols(size_t *count);

#endif
