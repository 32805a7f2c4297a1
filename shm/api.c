/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* api.c - the table of functions that other extensions get. */
#include "api.h"

#include "heap.h"
#include "lock.h"
#include "object.h"

/* The first 8 bytes of a block's payload are ours (object.h): what is behind them is 16-byte aligned. */
enum { OURS = 8 };

static enum native_shm_status api_open(const char *folder, const char *name, uint64_t size,
                                       struct native_shm_segment **segment, char *why)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;

    options.folder = folder;
    options.name = name;
    options.size = size;
    if (!name) {
        *segment = NULL;
        return NATIVE_SHM_INVALID;
    }
    return native_shm_segment_open(&options, segment, why);
}

static void make_root(void *body, const struct native_shm_object_open *open)
{
    const struct native_shm_api_root *root = open->context;

    if (root->make) {
        root->make(body, root->context);
    }
}

static enum native_shm_status api_root(struct native_shm_segment *segment,
                                       const struct native_shm_api_root *root, void **body)
{
    struct native_shm_object *object;
    struct native_shm_object_open open = {
        .name = root->name,
        .name_len = root->name_len,
        .kind = NATIVE_SHM_OBJECT_USER,
        .body_size = root->size,
        .size = root->size,
        .make = make_root,
        .context = root,
    };

    *body = NULL;
    if (root->size == 0) {
        return NATIVE_SHM_INVALID;
    }
    return native_shm_object_open(segment, &open, &object, body);
}

static uint32_t api_take(struct native_shm_segment *segment, uint64_t size)
{
    return native_shm_object_take(segment, size);
}

static void *api_at(const struct native_shm_segment *segment, uint32_t ref, uint64_t len)
{
    const struct native_shm_heap *heap = &segment->objects->heap;
    uint64_t size;

    if (!(native_shm_heap_is(segment, heap, ref, NATIVE_SHM_BLOCK_USER, &size) ||
          native_shm_heap_is(segment, heap, ref, NATIVE_SHM_BLOCK_HELD, &size)) ||
        size < OURS || len > size - OURS) {
        return NULL;
    }
    unsigned char *payload = native_shm_payload(segment, ref, size);
    return payload ? payload + OURS : NULL;
}

_Static_assert(sizeof(struct native_shm_api_lock) == sizeof(struct native_shm_lock),
               "a lock is one word");

static enum native_shm_status api_lock(struct native_shm_segment *segment,
                                       struct native_shm_api_lock *lock, unsigned wait_ms)
{
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    return native_shm_lock_take(segment, (struct native_shm_lock *)(void *)lock, wait_ms);
}

static void api_unlock(struct native_shm_api_lock *lock)
{
    native_shm_lock_give((struct native_shm_lock *)(void *)lock);
}

static const struct native_shm_api table = {
    .version = NATIVE_SHM_API_VERSION,
    .size = sizeof table,
    .open = api_open,
    .close = native_shm_segment_close,
    .root = api_root,
    .remove = native_shm_object_remove,
    .take = api_take,
    .keep = native_shm_object_keep,
    .give = native_shm_object_give,
    .at = api_at,
    .lock = api_lock,
    .unlock = api_unlock,
};

const struct native_shm_api *native_shm_api_table(uint32_t version)
{
    return version == NATIVE_SHM_API_VERSION ? &table : NULL;
}
