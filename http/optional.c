/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* optional.c - libraries that are used where the system has them. */
#include "optional.h"

#ifdef _WIN32
enum native_http_optional_state native_http_optional_load(struct native_http_optional *library)
{
    (void)library;
    return NATIVE_HTTP_OPTIONAL_NOT_THERE;
}
#else
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void enter(void)
{
    (void)pthread_mutex_lock(&lock);
}

static void leave(void)
{
    (void)pthread_mutex_unlock(&lock);
}

/* At the loading of this library: a fork that has begun to run its handlers runs none that comes later. */
__attribute__((constructor)) static void guard_forks(void)
{
    (void)pthread_atfork(enter, leave, leave);
}

static bool find(struct native_http_optional *library)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    size_t i = 0;
    for (; handle && i < library->count; i++) {
        void *found = dlsym(handle, library->names[i]);
        if (!found)
            break;
        /* POSIX has both of one size; C has no cast from one to the other. */
        memcpy(&library->functions[i], &found, sizeof(found));
    }
    if (handle && i == library->count && (!library->begin || library->begin()))
        return true;
    if (handle)
        dlclose(handle);
    return false;
}

enum native_http_optional_state native_http_optional_load(struct native_http_optional *library)
{
    enum native_http_optional_state state = __atomic_load_n(&library->state, __ATOMIC_ACQUIRE);
    if (state != NATIVE_HTTP_OPTIONAL_NEW)
        return state;
    enter();
    state = library->state;
    if (state == NATIVE_HTTP_OPTIONAL_NEW) {
        errno = 0;
        state = find(library)     ? NATIVE_HTTP_OPTIONAL_THERE
                : errno == ENOMEM ? NATIVE_HTTP_OPTIONAL_NO_MEMORY /* dlopen() does not say */
                                  : NATIVE_HTTP_OPTIONAL_NOT_THERE;
        if (state != NATIVE_HTTP_OPTIONAL_NO_MEMORY)
            __atomic_store_n(&library->state, state, __ATOMIC_RELEASE);
    }
    leave();
    return state;
}
#endif
