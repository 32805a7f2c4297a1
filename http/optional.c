/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* optional.c - libraries that are used where the system has them. */
#include "optional.h"

#include <string.h>

#ifdef _WIN32
bool native_http_optional_load(const char *file, const struct native_http_optional_symbol *symbols,
                               size_t count)
{
    (void)file, (void)symbols, (void)count;
    return false;
}
#else
#include <dlfcn.h>

bool native_http_optional_load(const char *file, const struct native_http_optional_symbol *symbols,
                               size_t count)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL), *found;
    size_t i = 0;
    while (library && i < count && dlsym(library, symbols[i].name))
        i++;
    if (i < count || !library) {
        if (library)
            dlclose(library);
        return false;
    }
    for (i = 0; i < count; i++) {
        found = dlsym(library, symbols[i].name);
        /* POSIX has both of one size; C has no cast from one to the other. */
        memcpy(symbols[i].function, &found, sizeof(found));
    }
    return true;
}
#endif
