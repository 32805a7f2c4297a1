/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/names.c - copies of the names and kinds of a segment's objects. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "../../shm/layout.h"

static void add_name(void *context, const struct native_shm_object *object, const char *name)
{
    struct native_ext_shm_names *names = context;
    size_t len = object->name_len < NATIVE_SHM_NAME_MAX ? object->name_len : NATIVE_SHM_NAME_MAX;

    if (names->len + len + 2 > names->room) {
        size_t room = names->room * 2 + 4096;
        char *at = realloc(names->at, room);

        if (!at) {
            names->short_of_memory = true;
            return;
        }
        names->at = at;
        names->room = room;
    }
    names->at[names->len] = (char)object->kind;
    names->at[names->len + 1] = (char)(unsigned char)len;
    memcpy(names->at + names->len + 2, name, len);
    names->len += len + 2;
}

enum native_shm_status native_ext_shm_names_get(struct native_shm_segment *core,
                                                struct native_ext_shm_names *names)
{
    enum native_shm_status status;

    memset(names, 0, sizeof(*names));
    status = native_shm_object_each(core, add_name, names);
    if (status == NATIVE_SHM_OK && names->short_of_memory)
        status = NATIVE_SHM_SYSTEM;
    if (status != NATIVE_SHM_OK)
        native_ext_shm_names_free(names);
    return status;
}

bool native_ext_shm_names_next(const struct native_ext_shm_names *names, size_t *at,
                               struct native_ext_shm_named *one)
{
    if (*at >= names->len)
        return false;
    one->kind = (unsigned char)names->at[*at];
    one->name_len = (unsigned char)names->at[*at + 1];
    one->name = names->at + *at + 2;
    *at += 2 + one->name_len;
    return true;
}

void native_ext_shm_names_free(struct native_ext_shm_names *names)
{
    free(names->at);
    names->at = NULL;
}
