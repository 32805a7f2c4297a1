/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* segment.c - making a segment, attaching to one, leaving it.
 *
 * Attaching believes nothing: the header is read (not mapped) and checked, and the handle keeps its own copy of every
 * size, so that what another process writes later can't lead us out of the mapping. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "geometry.h"
#include "fault.h"
#include "file.h"
#include "header.h"
#include "lock.h"
#include "object.h"
#include "participant.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(off_t) == 8, "files need offsets of 64 bits");
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2 && ATOMIC_INT_LOCK_FREE == 2,
               "a lock inside an atomic would die with its process");

enum { ROUNDS = 8 }; /* how often the file may be replaced under our hands */
#define DEFAULT_SIZE (UINT64_C(32) << 20)

/* ---- making ----------------------------------------------------------------------------------------- */

/* Fill in a new file, which is all zeroes: the areas' numbers, the header, and last the magic. */
static enum native_shm_status lay_out(struct native_shm_file *file,
                                      const struct native_shm_geometry *geometry, uint32_t flags)
{
    unsigned char *base =
        mmap(NULL, geometry->extents_at, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, 0);
    struct native_shm_header *header = (void *)base;
    struct native_shm_shard *shards;
    struct native_shm_objects *objects;

    if (base == MAP_FAILED) {
        native_shm_why(file->why, "mmap: %s: %.100s", strerror(errno), file->path);
        return NATIVE_SHM_SYSTEM;
    }
    shards = (void *)(base + geometry->shards_at);
    objects = (void *)(base + geometry->objects_at);
    for (uint32_t i = 0; i < geometry->shards; i++) {
        shards[i].number = shards[i].heap.number = i;
    }
    objects->heap.number = geometry->shards;
    native_shm_header_put(header, geometry, flags);
    NATIVE_SHM_FAULT(segment_laid_out);
    atomic_store_explicit(&header->magic, NATIVE_SHM_MAGIC, memory_order_release);
    NATIVE_SHM_FAULT(segment_marked);
    munmap(base, geometry->extents_at);
    return NATIVE_SHM_OK;
}

/* ---- attaching ---------------------------------------------------------------------------------------- */

/* The numbers that other parts find their way by. */
static bool numbers_right(const struct native_shm_segment *segment)
{
    for (uint32_t i = 0; i < segment->shards; i++) {
        if (segment->shard[i].number != i || segment->shard[i].heap.number != i) {
            return false;
        }
    }
    return segment->objects->heap.number == segment->shards;
}

static uint32_t log2_of(uint32_t power)
{
    return (uint32_t)__builtin_ctz(power);
}

static void fill_handle(struct native_shm_segment *segment, const struct native_shm_header *header,
                        const struct stat *is)
{
    segment->size = header->size;
    segment->extents = header->extents;
    segment->extent_size = header->extent_size;
    segment->extent_shift = log2_of(header->extent_size);
    segment->slab_shift = native_shm_slab_shift(header->extent_size);
    segment->slabs = header->extents << (segment->extent_shift - segment->slab_shift);
    segment->bucket_shift = header->flags & NATIVE_SHM_TRACK ? 7 : 6;
    segment->slab_buckets = segment->slab_shift - segment->bucket_shift;
    segment->shards = header->shards;
    segment->shard_shift = 64 - log2_of(header->shards);
    segment->participants = header->participants;
    segment->flags = header->flags;
    segment->secret = header->secret;
    segment->extents_at = header->extents_at;
    segment->header = (void *)segment->base;
    segment->slots = (void *)(segment->base + header->participants_at);
    segment->map = (void *)(segment->base + header->extent_map_at);
    segment->slab_map = (void *)(segment->map + header->extents);
    segment->shard = (void *)(segment->base + header->shards_at);
    segment->objects = (void *)(segment->base + header->objects_at);
    segment->forks = native_shm_forks;
    segment->device = is->st_dev;
    segment->inode = is->st_ino;
    segment->euid = geteuid();
}

static bool of_this_boot(const struct native_shm_header *header)
{
    uint8_t boot[16];

    return !native_shm_boot_id(boot) || memcmp(boot, header->boot_id, sizeof boot) == 0;
}

/* A segment of another boot: its participants are all gone, its clock began anew. The boot id is written last, and
 * whoever finds it wrong comes here, so a kill in between is made good by the next. Ids go on from where they were, so
 * every lock and lease of then has a dead owner and is taken over with a repair, as after any kill. */
static enum native_shm_status recover(struct native_shm_segment *segment)
{
    struct native_shm_header *header = segment->header;
    uint64_t end = native_shm_now_us() + (uint64_t)NATIVE_SHM_FILE_WAIT_MS * 1000;
    const struct timespec pause = {0, 500000};

    if (of_this_boot(header)) {
        return NATIVE_SHM_OK;
    }
    while (!native_shm_bytes_take(segment->fd, NATIVE_SHM_RECOVERY_BYTE, 1)) {
        if (native_shm_now_us() >= end) {
            native_shm_why(segment->why,
                           "another process has been recovering the segment for %d ms",
                           NATIVE_SHM_FILE_WAIT_MS);
            return NATIVE_SHM_BUSY;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (!of_this_boot(header) && native_shm_bytes_taken(segment->fd, NATIVE_SHM_SLOT_BYTES,
                                                        NATIVE_SHM_SLOT_BYTES_LEN) == 0) {
        native_shm_participants_reset(segment);
        NATIVE_SHM_FAULT(recover_reset);
        header->clock_shift = native_shm_header_clock_shift(header->created);
        atomic_store_explicit(&header->no_room, 0, memory_order_relaxed);
        NATIVE_SHM_FAULT(recover_clock);
        (void)native_shm_boot_id(header->boot_id);
    }
    native_shm_bytes_give(segment->fd, NATIVE_SHM_RECOVERY_BYTE, 1);
    return NATIVE_SHM_OK;
}

/* Map the checked file and take a slot. The descriptor becomes the handle's, also on failure (close() has it then). */
static enum native_shm_status enter_file(struct native_shm_segment *segment,
                                         const struct native_shm_header *header,
                                         const struct stat *is)
{
    void *base = mmap(NULL, header->size, PROT_READ | PROT_WRITE, MAP_SHARED, segment->fd, 0);
    enum native_shm_status status;

    if (base == MAP_FAILED) {
        native_shm_why(segment->why, "mmap of %" PRIu64 " bytes: %s", header->size,
                       strerror(errno));
        return NATIVE_SHM_SYSTEM;
    }
    segment->base = base;
    (void)native_shm_bytes_share(segment->fd, NATIVE_SHM_MAPPED_BYTE, 1);
    fill_handle(segment, header, is);
    if (!numbers_right(segment)) {
        native_shm_why(segment->why, "damaged, or no segment: its shards are numbered wrongly");
        return NATIVE_SHM_CORRUPT;
    }
    status = recover(segment);
    segment->clock_shift = segment->header->clock_shift;
    if (status == NATIVE_SHM_OK) {
        status = native_shm_participant_join(segment);
    }
    if (status == NATIVE_SHM_OK) {
        (void)native_shm_object_purge(segment);
    }
    return status;
}

static void let_go(struct native_shm_segment *segment)
{
    native_shm_participant_leave(segment);
    if (segment->base) {
        munmap(segment->base, segment->size);
    }
    if (segment->fd >= 0 &&
        (!segment->base || native_shm_file_is(segment->fd, segment->device, segment->inode))) {
        close(segment->fd);
    }
    free(segment->path);
    free(segment);
}

static enum native_shm_status attach(struct native_shm_file *file, uint64_t size,
                                     struct native_shm_segment **out)
{
    struct native_shm_header header;
    struct native_shm_segment *segment;
    struct stat is;
    enum native_shm_status status =
        native_shm_header_check(file->fd, size, &header, &is, file->why);

    if (status != NATIVE_SHM_OK) {
        return status;
    }
    segment = calloc(1, sizeof *segment);
    if (segment) {
        segment->path = file->folder >= 0 ? strdup(file->path) : NULL;
    }
    if (!segment || (file->folder >= 0 && !segment->path)) {
        free(segment);
        native_shm_why(file->why, "no memory for a handle");
        errno = ENOMEM;
        return NATIVE_SHM_SYSTEM;
    }
    segment->fd = file->fd;
    file->fd = -1;
    status = enter_file(segment, &header, &is);
    if (status != NATIVE_SHM_OK) {
        native_shm_why(file->why, "%s", segment->why);
        let_go(segment);
        return status;
    }
    *out = segment;
    return NATIVE_SHM_OK;
}

/* ---- opening ---------------------------------------------------------------------------------------- */

static enum native_shm_status make(struct native_shm_file *file,
                                   const struct native_shm_options *options)
{
    struct native_shm_geometry geometry;
    enum native_shm_status status;

    native_shm_geometry_choose(&geometry, options->size ? options->size : DEFAULT_SIZE);
    if (!options->name) {
        status = native_shm_file_make_private(file, geometry.size, geometry.extents_at, file->why);
        return status == NATIVE_SHM_OK ? lay_out(file, &geometry, options->flags) : status;
    }
    status = native_shm_file_make(file, geometry.size, geometry.extents_at);
    if (status != NATIVE_SHM_OK) {
        return status;
    }
    status = lay_out(file, &geometry, options->flags);
    if (status != NATIVE_SHM_OK) {
        native_shm_file_discard(file);
        return status;
    }
    return native_shm_file_publish(file);
}

static bool to_be_replaced(enum native_shm_status status, const struct native_shm_options *options)
{
    return options->on_mismatch == NATIVE_SHM_RECREATE &&
           (status == NATIVE_SHM_MISMATCH || status == NATIVE_SHM_CORRUPT);
}

static void close_file(struct native_shm_file *file, bool keep)
{
    if (!keep && file->fd >= 0) {
        close(file->fd);
        file->fd = -1;
    }
}

/* Nobody else makes one now: look again, then make it. What is there and right is left open in file->fd; what is there
 * and was found wrong (`refused`, by its inode, or 0) is replaced. */
static enum native_shm_status make_named(struct native_shm_file *file,
                                         const struct native_shm_options *options, ino_t refused)
{
    struct native_shm_header header;
    struct stat is;
    enum native_shm_status status = native_shm_file_lock_folder(file);

    if (status != NATIVE_SHM_OK) {
        return status;
    }
    status = native_shm_file_open(file);
    if (status == NATIVE_SHM_OK) {
        status = native_shm_header_check(file->fd, options->size, &header, &is, file->why);
        if (status == NATIVE_SHM_OK && refused && is.st_ino == refused) {
            status = NATIVE_SHM_CORRUPT;
        }
        close_file(file, status == NATIVE_SHM_OK);
    }
    if (status == NATIVE_SHM_NOT_FOUND || to_be_replaced(status, options)) {
        status = make(file, options);
    }
    native_shm_file_unlock_folder(file);
    return status;
}

static enum native_shm_status open_named(struct native_shm_file *file,
                                         const struct native_shm_options *options,
                                         struct native_shm_segment **segment)
{
    enum native_shm_status status = native_shm_file_open(file);
    struct stat is;

    for (int i = 0; i < ROUNDS; i++) {
        is.st_ino = 0;
        if (status == NATIVE_SHM_OK) {
            (void)fstat(file->fd, &is);
            status = attach(file, options->size, segment);
        }
        if (status != NATIVE_SHM_NOT_FOUND && !to_be_replaced(status, options)) {
            return status;
        }
        close_file(file, false);
        status = make_named(file, options, is.st_ino);
    }
    native_shm_why(file->why, "others keep replacing it: %.120s", file->path);
    return NATIVE_SHM_BUSY;
}

static enum native_shm_status open_any(const struct native_shm_options *options,
                                       struct native_shm_segment **segment, char *why)
{
    struct native_shm_file file = {.folder = -1, .fd = -1, .why = why};
    enum native_shm_status status;

    if (options->size &&
        (options->size < NATIVE_SHM_MIN_SIZE || options->size > NATIVE_SHM_MAX_SIZE)) {
        native_shm_why(why, "a segment has 1 MiB to 64 GiB");
        return NATIVE_SHM_INVALID;
    }
    if (options->name) {
        status = native_shm_file_folder(&file, options, why);
        status = status == NATIVE_SHM_OK ? open_named(&file, options, segment) : status;
    } else {
        status = make(&file, options);
        status = status == NATIVE_SHM_OK ? attach(&file, 0, segment) : status;
    }
    native_shm_file_done(&file);
    return status;
}

enum native_shm_status native_shm_segment_open(const struct native_shm_options *options,
                                               struct native_shm_segment **segment, char *why)
{
    enum native_shm_status status;

    *segment = NULL;
    if (why) {
        why[0] = '\0';
    }
    native_shm_fork_hold();
    status = open_any(options, segment, why);
    native_shm_fork_let();
    return status;
}

void native_shm_segment_close(struct native_shm_segment *segment)
{
    if (segment) {
        native_shm_fork_hold();
        let_go(segment);
        native_shm_fork_let();
    }
}

/* ---- later ------------------------------------------------------------------------------------------ */

int native_shm_segment_fd(struct native_shm_segment *segment)
{
    if (!native_shm_file_is(segment->fd, segment->device, segment->inode)) {
        segment->fd = native_shm_file_again(-1, segment->path, segment->device, segment->inode);
        if (segment->fd >= 0) {
            (void)native_shm_bytes_share(segment->fd, NATIVE_SHM_MAPPED_BYTE, 1);
        }
    }
    return segment->fd;
}

bool native_shm_segment_current(struct native_shm_segment *segment)
{
    struct stat is;

    if (geteuid() != segment->euid || segment->fd < 0 || fstat(segment->fd, &is) != 0) {
        return false;
    }
    return is.st_dev == segment->device && is.st_ino == segment->inode &&
           (is.st_nlink > 0 || !segment->path);
}
