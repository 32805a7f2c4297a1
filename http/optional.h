/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* optional.h - libraries that are used where the system has them: looked for when they are first needed, so that nothing is
 * linked, and who does not need them pays nothing. Private to http/.
 * Blocks: on the file system, once. Threads: the caller sees to it that a library is looked for once. */
#ifndef NATIVE_HTTP_OPTIONAL_H
#define NATIVE_HTTP_OPTIONAL_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library's, to be cast to what its manual says. */
typedef void native_http_optional_function(void);

struct native_http_optional_symbol {
    const char *name;
    native_http_optional_function **function;
};

/* Load the library `file` and find all `symbols`. Returns false, and sets none, if it is not there or lacks one. It stays. */
bool native_http_optional_load(const char *file, const struct native_http_optional_symbol *symbols,
                               size_t count);

#endif
