/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* object.c - the directory of named objects and the blocks they live in (object.h).
 * An object is whole before it is linked: HELD block, filled outside the lock; then, under it, its kind becomes OBJECT
 * and one store links it. A kill before leaves a HELD block, or an OBJECT block in no chain; a repair frees both. */
#include "object.h"

#include "fault.h"
#include "file.h"
#include "heap.h"
#include "lock.h"

#include <string.h>

enum {
    /* what a HELD block begins with: its holder's id; also what keeps a USER's payload aligned */
    HELD_SIZE = 16,
    MOST_HOPS = 1 << 16, /* in a chain, should it be a ring and the count damaged, too */
};

/* ---- chains ---------------------------------------------------------------------------------------- */

static uint32_t hash_name(const char *name, size_t len)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (uint8_t)name[i]) * 16777619u;
    }
    return hash ^ hash >> 15;
}

/* The object at a ref, if it is one and its name and body lie inside its block. */
static struct native_shm_object *object_at(struct native_shm_segment *segment, uint32_t ref,
                                           uint64_t *body_size)
{
    struct native_shm_object *object;
    uint64_t size, payload = (uint64_t)ref * NATIVE_SHM_UNIT + sizeof(struct native_shm_block),
                   body;
    if (!native_shm_heap_is(segment, &segment->objects->heap, ref, NATIVE_SHM_BLOCK_OBJECT,
                            &size) ||
        size < sizeof(*object)) {
        return NULL;
    }
    object = native_shm_payload(segment, ref, size);
    if (!object) {
        return NULL;
    }
    body = (uint64_t)object->body * NATIVE_SHM_UNIT;
    if (object->name_len < 1 || object->name_len > NATIVE_SHM_NAME_MAX ||
        body < payload + sizeof(*object) + object->name_len || body > payload + size ||
        body % NATIVE_SHM_LINE) {
        return NULL;
    }
    *body_size = payload + size - body;
    return object;
}

static struct native_shm_object *find(struct native_shm_segment *segment, const char *name,
                                      size_t name_len, uint32_t hash, uint64_t *body_size)
{
    struct native_shm_objects *objects = segment->objects;
    uint32_t ref = atomic_load_explicit(&objects->buckets[hash % NATIVE_SHM_OBJECT_BUCKETS],
                                        memory_order_acquire);
    for (uint32_t hops = 0; ref && hops <= objects->count && hops < MOST_HOPS; hops++) {
        struct native_shm_object *object = object_at(segment, ref, body_size);
        if (!object) {
            return NULL;
        }
        if (object->hash == hash && object->name_len == name_len &&
            native_shm_object_usable(object) && memcmp(object + 1, name, name_len) == 0) {
            return object;
        }
        ref = object->next;
    }
    return NULL;
}

/* ---- repair ---------------------------------------------------------------------------------------- */

/* Mark what the directory reaches, and cut a chain where it leads to no object, or back to one already seen. */
static void mark(struct native_shm_segment *segment, bool purge)
{
    struct native_shm_objects *objects = segment->objects;
    uint32_t count = 0;
    for (uint32_t i = 0; i < NATIVE_SHM_OBJECT_BUCKETS; i++) {
        uint32_t ref = atomic_load_explicit(&objects->buckets[i], memory_order_relaxed);
        struct native_shm_object *before = NULL;
        while (ref) {
            uint64_t size;
            struct native_shm_object *object = object_at(segment, ref, &size);
            struct native_shm_block *block = native_shm_at(segment, ref, sizeof(*block));
            bool bad = !object || atomic_load_explicit(&block->head, memory_order_relaxed) &
                                      NATIVE_SHM_BLOCK_MARK;
            bool skip = !bad && purge && !native_shm_object_usable(object);
            if (!bad && !skip) {
                native_shm_heap_set_kind(segment, ref,
                                         NATIVE_SHM_BLOCK_OBJECT | NATIVE_SHM_BLOCK_MARK);
                before = object;
                ref = object->next;
                count++;
                continue;
            }
            ref = bad ? 0 : object->next;
            if (before) {
                before->next = ref;
            } else {
                atomic_store_explicit(&objects->buckets[i], ref, memory_order_release);
            }
        }
    }
    objects->count = count;
}

static bool sweep(void *context, uint32_t ref, uint32_t kind)
{
    struct native_shm_segment *segment = context;
    uint32_t *holder = native_shm_payload(segment, ref, sizeof(*holder));
    switch (NATIVE_SHM_BLOCK_KIND(kind)) {
    case NATIVE_SHM_BLOCK_OBJECT:
        return !(kind & NATIVE_SHM_BLOCK_MARK);
    case NATIVE_SHM_BLOCK_HELD:
        return !holder || !native_shm_alive(segment, *holder);
    case NATIVE_SHM_BLOCK_USER:
        return false;
    default:
        return true;
    }
}

/* The lock is held. Rebuilding takes marks off: those that a repair which was killed has left would cut chains. */
static void repair(struct native_shm_segment *segment, bool purge)
{
    struct native_shm_heap *heap = &segment->objects->heap;
    native_shm_heap_rebuild(segment, heap, NULL, NULL);
    NATIVE_SHM_FAULT(object_repair_unmarked);
    mark(segment, purge);
    NATIVE_SHM_FAULT(object_repair_marked);
    native_shm_heap_rebuild(segment, heap, sweep, segment);
}

static enum native_shm_status enter(struct native_shm_segment *segment)
{
    enum native_shm_status status;
    if (!native_shm_enter(segment)) {
        return NATIVE_SHM_BUSY;
    }
    status = native_shm_lock_take(segment, &segment->objects->lock, NATIVE_SHM_LOCK_WAIT_MS);
    if (status == NATIVE_SHM_ABANDONED) {
        repair(segment, false);
        status = NATIVE_SHM_OK;
    }
    return status;
}

static void leave(struct native_shm_segment *segment)
{
    native_shm_lock_give(&segment->objects->lock);
}

/* Whether somebody has taken a name away, or a chain is too long to tell. The lock is held. */
static bool any_removed(struct native_shm_segment *segment)
{
    struct native_shm_objects *objects = segment->objects;
    for (uint32_t i = 0, seen = 0; i < NATIVE_SHM_OBJECT_BUCKETS; i++) {
        uint32_t ref = atomic_load_explicit(&objects->buckets[i], memory_order_relaxed);
        uint64_t size;
        struct native_shm_object *object;
        while (ref && seen++ <= objects->count && (object = object_at(segment, ref, &size))) {
            if (!native_shm_object_usable(object) || seen == MOST_HOPS) {
                return true;
            }
            ref = object->next;
        }
    }
    return false;
}

/* Whether no other handle to the segment exists, in whatever process. If so while the lock is held, no other handle can
 * have found an object. */
static bool alone(struct native_shm_segment *segment)
{
    return native_shm_bytes_taken(segment->fd, NATIVE_SHM_MAPPED_BYTE, 1) == 0;
}

enum native_shm_status native_shm_object_purge(struct native_shm_segment *segment)
{
    enum native_shm_status status;
    if (!segment->objects->count || !alone(segment)) {
        return NATIVE_SHM_OK;
    }
    status = enter(segment);
    if (status == NATIVE_SHM_OK) {
        if (any_removed(segment) && alone(segment)) {
            repair(segment, true);
        }
        leave(segment);
    }
    return status;
}

enum native_shm_status native_shm_object_repair(struct native_shm_segment *segment)
{
    enum native_shm_status status = enter(segment);
    if (status == NATIVE_SHM_OK) {
        repair(segment, false);
        leave(segment);
    }
    return status;
}

/* ---- making one ------------------------------------------------------------------------------------ */

/* A HELD block with room for `size` bytes. The lock is not held. */
static uint32_t take_held(struct native_shm_segment *segment, uint64_t size,
                          enum native_shm_status *status)
{
    struct native_shm_heap *heap = &segment->objects->heap;
    uint32_t ref;
    *status = enter(segment);
    if (*status != NATIVE_SHM_OK) {
        return 0;
    }
    atomic_store_explicit(&segment->slot->holding, 1 + segment->shards, memory_order_relaxed);
    ref = native_shm_heap_take(segment, heap, size, NATIVE_SHM_BLOCK_HELD);
    if (!ref) {
        /* What the dead held may be what is missing. */
        repair(segment, false);
        ref = native_shm_heap_take(segment, heap, size, NATIVE_SHM_BLOCK_HELD);
    }
    NATIVE_SHM_FAULT(object_taken);
    if (ref) {
        *(uint32_t *)native_shm_payload(segment, ref, sizeof(uint32_t)) = segment->id;
    } else {
        atomic_store_explicit(&segment->slot->holding, 0, memory_order_relaxed);
        *status = NATIVE_SHM_FULL;
    }
    leave(segment);
    return ref;
}

/* Fill a HELD block. Its first word stays the holder's id until it is linked: `next` is there. */
static struct native_shm_object *build(struct native_shm_segment *segment, uint32_t ref,
                                       uint32_t hash, const struct native_shm_object_open *open)
{
    struct native_shm_object *object = native_shm_payload(segment, ref, sizeof(*object));
    unsigned char *name = (unsigned char *)(object + 1);
    uint64_t at = (uint64_t)(name - segment->base) + open->name_len;
    uint64_t body = (at + NATIVE_SHM_LINE - 1) & ~(uint64_t)(NATIVE_SHM_LINE - 1);
    object->hash = hash;
    object->name_len = (uint32_t)open->name_len;
    object->kind = (uint32_t)open->kind;
    object->body = (uint32_t)(body / NATIVE_SHM_UNIT);
    object->size = open->size;
    memcpy(name, open->name, open->name_len);
    memset(segment->base + body, 0, open->zero_size ? open->zero_size : open->body_size);
    if (open->make) {
        open->make(segment->base + body, open);
    }
    atomic_store_explicit(&object->state, NATIVE_SHM_OBJECT_USABLE, memory_order_release);
    return object;
}

/* The lock is held. */
static void link_object(struct native_shm_segment *segment, uint32_t ref,
                        struct native_shm_object *object)
{
    struct native_shm_objects *objects = segment->objects;
    _Atomic uint32_t *bucket = &objects->buckets[object->hash % NATIVE_SHM_OBJECT_BUCKETS];
    native_shm_heap_set_kind(segment, ref, NATIVE_SHM_BLOCK_OBJECT);
    NATIVE_SHM_FAULT(object_built);
    object->next = atomic_load_explicit(bucket, memory_order_relaxed);
    objects->count++;
    NATIVE_SHM_FAULT(object_counted);
    atomic_store_explicit(bucket, ref, memory_order_release);
    NATIVE_SHM_FAULT(object_linked);
}

static enum native_shm_status compare(const struct native_shm_object *object,
                                      const struct native_shm_object_open *open, uint64_t body_size)
{
    if (object->kind != (uint32_t)open->kind) {
        return NATIVE_SHM_TYPE;
    }
    if (open->size && open->size != object->size) {
        return NATIVE_SHM_MISMATCH;
    }
    return body_size < open->body_size ? NATIVE_SHM_CORRUPT : NATIVE_SHM_OK;
}

static void set_body(struct native_shm_segment *segment, struct native_shm_object *found,
                     struct native_shm_object **object, void **body)
{
    *object = found;
    *body = segment->base + (uint64_t)found->body * NATIVE_SHM_UNIT;
}

/* Make it, unless somebody else does meanwhile. */
static enum native_shm_status make(struct native_shm_segment *segment,
                                   const struct native_shm_object_open *open, uint32_t hash,
                                   struct native_shm_object **object, void **body)
{
    uint64_t size =
        sizeof(struct native_shm_object) + open->name_len + NATIVE_SHM_LINE + open->body_size;
    enum native_shm_status status;
    struct native_shm_object *made, *found;
    uint32_t ref;
    if (open->body_size > segment->size) {
        return NATIVE_SHM_FULL;
    }
    ref = take_held(segment, size, &status);
    if (!ref) {
        return status;
    }
    NATIVE_SHM_FAULT(object_held);
    made = build(segment, ref, hash, open);
    status = enter(segment);
    if (status == NATIVE_SHM_OK) {
        found = find(segment, open->name, open->name_len, hash, &size);
        if (found) {
            native_shm_heap_give(segment, &segment->objects->heap, ref);
            status = compare(found, open, size);
        } else {
            link_object(segment, ref, made);
            found = made;
        }
        leave(segment);
        if (status == NATIVE_SHM_OK) {
            set_body(segment, found, object, body);
        }
    }
    atomic_store_explicit(&segment->slot->holding, 0, memory_order_relaxed);
    return status;
}

enum native_shm_status native_shm_object_open(struct native_shm_segment *segment,
                                              const struct native_shm_object_open *open,
                                              struct native_shm_object **object, void **body)
{
    uint32_t hash;
    uint64_t size = 0;
    struct native_shm_object *found;
    enum native_shm_status status;
    *object = NULL;
    *body = NULL;
    if (open->name_len < 1 || open->name_len > NATIVE_SHM_NAME_MAX) {
        return NATIVE_SHM_INVALID;
    }
    hash = hash_name(open->name, open->name_len);
    status = enter(segment);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    found = find(segment, open->name, open->name_len, hash, &size);
    status = found ? compare(found, open, size) : NATIVE_SHM_NOT_FOUND;
    if (status == NATIVE_SHM_OK) {
        set_body(segment, found, object, body);
    }
    leave(segment);
    return status == NATIVE_SHM_NOT_FOUND && !open->must_exist
               ? make(segment, open, hash, object, body)
               : status;
}

/* ---- the rest -------------------------------------------------------------------------------------- */

enum native_shm_status native_shm_object_remove(struct native_shm_segment *segment,
                                                const char *name, size_t name_len)
{
    struct native_shm_object *object;
    uint64_t size;
    enum native_shm_status status;
    if (name_len < 1 || name_len > NATIVE_SHM_NAME_MAX) {
        return NATIVE_SHM_INVALID;
    }
    status = enter(segment);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    object = find(segment, name, name_len, hash_name(name, name_len), &size);
    if (object) {
        atomic_store_explicit(&object->state, NATIVE_SHM_OBJECT_REMOVED, memory_order_seq_cst);
    }
    leave(segment);
    return object ? NATIVE_SHM_OK : NATIVE_SHM_NOT_FOUND;
}

enum native_shm_status native_shm_object_each(struct native_shm_segment *segment,
                                              void (*each)(void *context,
                                                           const struct native_shm_object *object,
                                                           const char *name),
                                              void *context)
{
    struct native_shm_objects *objects = segment->objects;
    enum native_shm_status status = enter(segment);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    for (uint32_t i = 0, seen = 0; i < NATIVE_SHM_OBJECT_BUCKETS; i++) {
        uint32_t ref = atomic_load_explicit(&objects->buckets[i], memory_order_relaxed);
        uint64_t size;
        struct native_shm_object *object;
        while (ref && seen++ <= objects->count && (object = object_at(segment, ref, &size))) {
            if (native_shm_object_usable(object)) {
                struct native_shm_object copy = *object;
                char name[NATIVE_SHM_NAME_MAX + 1] = {0};
                memcpy(name, object + 1, copy.name_len);
                each(context, &copy, name);
            }
            ref = object->next;
        }
    }
    leave(segment);
    return NATIVE_SHM_OK;
}

uint32_t native_shm_object_take(struct native_shm_segment *segment, uint64_t size)
{
    enum native_shm_status status;
    return size > segment->size ? 0 : take_held(segment, size + HELD_SIZE, &status);
}

bool native_shm_object_keep(struct native_shm_segment *segment, uint32_t ref)
{
    bool held;
    if (enter(segment) != NATIVE_SHM_OK) {
        return false;
    }
    held = native_shm_heap_is(segment, &segment->objects->heap, ref, NATIVE_SHM_BLOCK_HELD, NULL);
    if (held) {
        native_shm_heap_set_kind(segment, ref, NATIVE_SHM_BLOCK_USER);
    }
    atomic_store_explicit(&segment->slot->holding, 0, memory_order_relaxed);
    leave(segment);
    return held;
}

bool native_shm_object_give(struct native_shm_segment *segment, uint32_t ref)
{
    const struct native_shm_heap *heap = &segment->objects->heap;
    bool given;
    if (enter(segment) != NATIVE_SHM_OK) {
        return false;
    }
    given = (native_shm_heap_is(segment, heap, ref, NATIVE_SHM_BLOCK_HELD, NULL) ||
             native_shm_heap_is(segment, heap, ref, NATIVE_SHM_BLOCK_USER, NULL)) &&
            native_shm_heap_give(segment, &segment->objects->heap, ref);
    atomic_store_explicit(&segment->slot->holding, 0, memory_order_relaxed);
    leave(segment);
    return given;
}
