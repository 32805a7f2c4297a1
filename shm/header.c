/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* header.c - the first bytes of a segment: written for a new one, doubted in any other. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "file.h"
#include "header.h"
#include "lock.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_KIND = 1 }; /* own word with a participant's id, futex, OFD locks */

uint32_t native_shm_segment_abi(void)
{
    const uint16_t order = 1;
    uint8_t first;

    memcpy(&first, &order, 1);
    return (uint32_t)sizeof(void *) | (uint32_t)first << 8 | (uint32_t)LOCK_KIND << 12 |
           (uint32_t)(sizeof(struct native_shm_shard) / NATIVE_SHM_UNIT) << 16;
}

/* ---- writing ------------------------------------------------------------------------------------------ */

static uint64_t make_secret(void)
{
    uint64_t secret = 0;

    if (getrandom(&secret, sizeof secret, GRND_NONBLOCK) != (ssize_t)sizeof secret) {
        /* Before the system has gathered any: better than none, and nothing but hash order rests on it. */
        secret = native_shm_now_us() * UINT64_C(0x9e3779b97f4a7c15) ^ (uint64_t)getpid() << 32 ^
                 (uint64_t)(uintptr_t)&secret;
    }
    return secret;
}

uint32_t native_shm_header_clock_shift(uint64_t created)
{
    uint64_t wall = (uint64_t)time(NULL);
    uint64_t age = wall > created ? wall - created : 0;

    return (uint32_t)(age * 8 + 8 - native_shm_now_eighths());
}

void native_shm_header_put(struct native_shm_header *header,
                           const struct native_shm_geometry *geometry, uint32_t flags)
{
    header->layout = NATIVE_SHM_LAYOUT;
    header->abi = native_shm_segment_abi();
    header->size = geometry->size;
    (void)native_shm_boot_id(header->boot_id);
    header->secret = make_secret();
    header->created = (uint64_t)time(NULL);
    header->clock_shift = native_shm_header_clock_shift(header->created);
    header->flags = flags & NATIVE_SHM_TRACK;
    header->participants = geometry->participants;
    header->extents = geometry->extents;
    header->extent_size = geometry->extent_size;
    header->shards = geometry->shards;
    header->participants_at = geometry->participants_at;
    header->extent_map_at = geometry->extent_map_at;
    header->shards_at = geometry->shards_at;
    header->objects_at = geometry->objects_at;
    header->extents_at = geometry->extents_at;
}

/* ---- checking ----------------------------------------------------------------------------------------- */

static enum native_shm_status corrupt(char *why, const char *what)
{
    native_shm_why(why, "damaged, or no segment: %s", what);
    return NATIVE_SHM_CORRUPT;
}

static enum native_shm_status check_kind(const struct native_shm_header *header, char *why)
{
    uint64_t magic = atomic_load_explicit(&header->magic, memory_order_relaxed);

    if (magic == __builtin_bswap64(NATIVE_SHM_MAGIC)) {
        native_shm_why(why, "a segment of a machine with the other byte order");
        return NATIVE_SHM_MISMATCH;
    }
    if (magic != NATIVE_SHM_MAGIC) {
        return corrupt(why, "it does not begin as one");
    }
    if (header->layout != NATIVE_SHM_LAYOUT) {
        native_shm_why(why, "layout %" PRIu32 ", this build has layout %d", header->layout,
                       NATIVE_SHM_LAYOUT);
        return NATIVE_SHM_MISMATCH;
    }
    if (header->abi != native_shm_segment_abi()) {
        native_shm_why(
            why, "ABI %08" PRIx32 ", this build has %08" PRIx32 " (word size, byte order, locks)",
            header->abi, native_shm_segment_abi());
        return NATIVE_SHM_MISMATCH;
    }
    return NATIVE_SHM_OK;
}

static enum native_shm_status check_geometry(const struct native_shm_header *header,
                                             uint64_t file_size, char *why)
{
    struct native_shm_geometry geometry = {.participants = header->participants,
                                           .extents = header->extents,
                                           .extent_size = header->extent_size,
                                           .shards = header->shards};

    if (header->size != file_size) {
        native_shm_why(why, "damaged: it says that it has %" PRIu64 " bytes, the file has %" PRIu64,
                       header->size, file_size);
        return NATIVE_SHM_CORRUPT;
    }
    if (header->flags & ~(uint32_t)NATIVE_SHM_TRACK) {
        return corrupt(why, "unknown flags");
    }
    if (!native_shm_geometry_place(&geometry) || geometry.size != header->size ||
        geometry.participants_at != header->participants_at ||
        geometry.extent_map_at != header->extent_map_at ||
        geometry.shards_at != header->shards_at || geometry.objects_at != header->objects_at ||
        geometry.extents_at != header->extents_at) {
        return corrupt(why, "counts and places of the areas do not fit each other");
    }
    return NATIVE_SHM_OK;
}

/* A file that was copied may have holes where ours has memory, and a hole is a SIGBUS when there is no room. The count of
 * blocks tells; then everything that is in use is backed again. */
static enum native_shm_status fill_holes(int fd, const struct native_shm_header *header,
                                         const struct stat *is, char *why)
{
    uint32_t map[NATIVE_SHM_MAX_EXTENTS];
    ssize_t len = (ssize_t)(header->extents * sizeof map[0]);
    uint64_t needed = header->extents_at;
    enum native_shm_status status;

    if (pread(fd, map, (size_t)len, (off_t)header->extent_map_at) != len) {
        return corrupt(why, "its map can't be read");
    }
    for (uint32_t i = 0; i < header->extents; i++) {
        needed +=
            NATIVE_SHM_EXTENT_KIND(map[i]) == NATIVE_SHM_EXTENT_UNBACKED ? 0 : header->extent_size;
    }
    if ((uint64_t)is->st_blocks * 512 >= needed) {
        return NATIVE_SHM_OK;
    }
    status = native_shm_file_back(fd, 0, header->extents_at);
    for (uint32_t i = 0; i < header->extents && status == NATIVE_SHM_OK; i++) {
        if (NATIVE_SHM_EXTENT_KIND(map[i]) != NATIVE_SHM_EXTENT_UNBACKED) {
            status = native_shm_file_back(
                fd, header->extents_at + (uint64_t)i * header->extent_size, header->extent_size);
        }
    }
    if (status != NATIVE_SHM_OK) {
        native_shm_why(why, "the file has holes, and no room to fill them: %s", strerror(errno));
    }
    return status;
}

/* At least what was asked for, or what a new one would get (the largest one gets a little less). */
static bool large_enough(uint64_t has, uint64_t asked)
{
    struct native_shm_geometry geometry;

    if (has >= asked) {
        return true;
    }
    native_shm_geometry_choose(&geometry, asked);
    return has >= geometry.size;
}

enum native_shm_status native_shm_header_check(int fd, uint64_t size,
                                               struct native_shm_header *header, struct stat *is,
                                               char *why)
{
    unsigned char bytes[sizeof *header];
    ssize_t got = pread(fd, bytes, sizeof bytes, 0);
    enum native_shm_status status;

    if (got < 0 || fstat(fd, is) != 0) {
        native_shm_why(why, "the header can't be read: %s", strerror(errno));
        return NATIVE_SHM_SYSTEM;
    }
    if (got != (ssize_t)sizeof bytes) {
        return corrupt(why, "shorter than a header");
    }
    memcpy(header, bytes, sizeof *header);
    status = check_kind(header, why);
    if (status == NATIVE_SHM_OK) {
        status = check_geometry(header, (uint64_t)is->st_size, why);
    }
    if (status == NATIVE_SHM_OK && !large_enough(header->size, size)) {
        native_shm_why(why, "it has %" PRIu64 " bytes, %" PRIu64 " were asked for", header->size,
                       size);
        return NATIVE_SHM_MISMATCH;
    }
    return status == NATIVE_SHM_OK ? fill_holes(fd, header, is, why) : status;
}
