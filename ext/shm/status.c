/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/status.c - what Native\status() tells of shared memory: segments, the channels in them, copies. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "ext_shm.h"

#include "../../shm/channel.h"
#include "attach.h"
#include "cache.h"
#include "channel.h"
#include "kept.h"
#include "names.h"

void native_ext_shm_channel_info_array(zval *to, const struct native_shm_channel_info *info)
{
    add_assoc_long(to, "capacity", (zend_long)info->capacity);
    add_assoc_long(to, "used", (zend_long)info->used);
    add_assoc_long(to, "ready", (zend_long)info->ready);
    add_assoc_long(to, "taken", (zend_long)info->taken);
    add_assoc_long(to, "sent", (zend_long)info->sent);
    add_assoc_long(to, "received", (zend_long)info->received);
    add_assoc_long(to, "dropped", (zend_long)info->dropped);
    add_assoc_bool(to, "closed", info->closed);
}

/* A channel as it is, whether this process has it open or not. Returns false if there is no use in asking for more of them. */
static bool add_channel(zval *list, struct native_shm_segment *core,
                        const struct native_ext_shm_named *named)
{
    struct native_shm_channel_open open = {
        .name = named->name, .name_len = named->name_len, .must_exist = true};
    struct native_shm_channel_info info;
    struct native_shm_channel *channel;
    enum native_shm_status status = native_shm_channel_open(core, &open, &channel);
    zval row;

    if (status != NATIVE_SHM_OK)
        return status !=
               NATIVE_SHM_BUSY; /* somebody sits on the lock; each would take a quarter of a second */
    native_shm_channel_info(core, channel, &info);
    native_shm_channel_free(channel);
    array_init(&row);
    add_assoc_stringl(&row, "name", named->name, named->name_len);
    native_ext_shm_channel_info_array(&row, &info);
    add_next_index_zval(list, &row);
    return true;
}

static void add_channels(zval *to, struct native_shm_segment *core)
{
    struct native_ext_shm_names names;
    struct native_ext_shm_named one;
    zval list;

    array_init(&list);
    if (native_ext_shm_names_get(core, &names) == NATIVE_SHM_OK) {
        for (size_t at = 0; native_ext_shm_names_next(&names, &at, &one);)
            if (one.kind == NATIVE_SHM_OBJECT_CHANNEL && !add_channel(&list, core, &one))
                break;
        native_ext_shm_names_free(&names);
    }
    add_assoc_zval(to, "channels", &list);
}

static void add_copies(zval *to)
{
    struct native_ext_shm_kept_info kept;
    zval copies;

    native_ext_shm_kept_info(&kept);
    array_init(&copies);
    add_assoc_long(&copies, "bytes", (zend_long)kept.bytes);
    add_assoc_long(&copies, "arrays", (zend_long)kept.blocks);
    add_assoc_long(&copies, "hits", (zend_long)kept.hits);
    add_assoc_zval(to, "copies", &copies);
}

void native_ext_shm_status(zval *array)
{
    struct native_ext_shm_attach *attach;
    zval segments;

    add_assoc_bool(array, "kill_safe", NATIVE_EXT_SHM_KILL_SAFE);
    array_init(&segments);
    for (attach = native_ext_shm_attach_first(); attach; attach = attach->next) {
        struct native_shm_segment *core = native_ext_shm_enter(attach);
        struct native_shm_info info;
        zval row;

        if (!core)
            continue;
        native_shm_cache_info(core, &info);
        array_init(&row);
        add_assoc_string(&row, "path", core->path ? core->path : "");
        add_assoc_bool(&row, "removed",
                       native_shm_segment_fd(core) < 0 || !native_shm_segment_current(core));
        native_ext_shm_info_array(&row, &info);
        add_channels(&row, core);
        add_next_index_zval(&segments, &row);
    }
    add_assoc_zval(array, "segments", &segments);
    add_copies(array);
}
