/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* optional.h - libraries that are used where the system has them: looked for when they are first needed, so that nothing is
 * linked, and who does not need them pays nothing. Private to http/.
 * Shape: a static struct a library, filled in but for its state.
 * Blocks: on the file system, until it is known whether it is there. Threads: any. Fork: at any time; it waits until nobody is
 *         loading one, since the child of a process that was inside dlopen() hangs, or crashes, in its own. */
#ifndef NATIVE_HTTP_OPTIONAL_H
#define NATIVE_HTTP_OPTIONAL_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library's, to be cast to what its manual says. */
typedef void native_http_optional_function(void);

enum native_http_optional_state {
    NATIVE_HTTP_OPTIONAL_NEW, /* nobody has asked yet */
    NATIVE_HTTP_OPTIONAL_THERE,
    NATIVE_HTTP_OPTIONAL_NOT_THERE, /* for good */
    NATIVE_HTTP_OPTIONAL_NO_MEMORY  /* nobody knows: ask again */
};

struct native_http_optional {
    const char *file;
    const char *const *names; /* of its functions: all, or it is not there */
    size_t count;
    native_http_optional_function **functions; /* as many; set where it is there */
    bool (*begin)(void); /* called when they are set; false: it is of no use. May be NULL */
    enum native_http_optional_state state;
};

/* For a library whose header was there at build time: FUNCTIONS names its functions once, as X(Name) X(Name) ..., and out of
 * that come a static `library`, and a call by the type that the header has. One library a file. */
#define NATIVE_HTTP_OPTIONAL_LIBRARY(soname, FUNCTIONS)                                            \
    enum { FUNCTIONS(NATIVE_HTTP_OPTIONAL_PLACE) FUNCTIONS_COUNT };                                \
    static const char *const function_names[FUNCTIONS_COUNT] = {                                   \
        FUNCTIONS(NATIVE_HTTP_OPTIONAL_NAME)};                                                     \
    static native_http_optional_function *found[FUNCTIONS_COUNT];                                  \
    static struct native_http_optional library = {                                                 \
        .file = (soname), .names = function_names, .count = FUNCTIONS_COUNT, .functions = found}
#define NATIVE_HTTP_OPTIONAL_NAME(function) #function,
#define NATIVE_HTTP_OPTIONAL_PLACE(function) AT_##function,
#define NATIVE_HTTP_OPTIONAL_CALL(function) ((__typeof__(function) *)found[AT_##function])

/* Load the library, unless that was done. It stays. Returns any state but NEW. */
enum native_http_optional_state native_http_optional_load(struct native_http_optional *library);

#endif
