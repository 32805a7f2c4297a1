/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* library.h - what libnative.so tells of itself, to programs that find it at run time.
 * Pure: no allocation; what is returned is constant. */
#ifndef NATIVE_NET_LIBRARY_H
#define NATIVE_NET_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

#include "../mqtt/api.h"

/* Goes up by one with each release in which anything that ffi-decls/ declares is no longer what it was: a function is gone,
 * its signature, a struct, the value of a constant has changed, or a new one is counted on by the classes there. Then
 * Native\Ffi\Library::API goes up as well. */
enum { NATIVE_API_NUMBER = 1 };

/* Returns the NATIVE_API_NUMBER that the library was built with. */
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
