/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_hostile.c - files that no version of this code has written, or that something has damaged: refused with words,
 * or harmless; never a crash, a hang, or a step outside the mapping. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/resource.h>

#include "../../shm/geometry.h"
#include "harness.h"
#include "support/shm_test.h"

static unsigned char *good; /* a whole segment's file */
static uint64_t good_len;
static int fd; /* the file under test, always the same one */

static void put(const void *bytes, uint64_t len, uint64_t size)
{
    if (ftruncate(fd, 0) != 0 || pwrite(fd, bytes, len, 0) != (ssize_t)len ||
        ftruncate(fd, (off_t)size) != 0)
        perror("file under test");
}

/* Open what is there and do what any process does with it. Returns the status. */
static enum native_shm_status use(void)
{
    struct native_shm_segment *segment;
    enum native_shm_status status = test_try("bad", 0, NATIVE_SHM_REFUSE, &segment);
    struct stat is;

    if (status != NATIVE_SHM_OK) {
        check(!segment && test_why[0] && strlen(test_why) < 160, "status %d without words", status);
        return status;
    }
    check(fstat(fd, &is) == 0 && segment->size == (uint64_t)is.st_size,
          "the mapping is not the file");
    check(segment->extents_at + (uint64_t)segment->extents * segment->extent_size ==
                  segment->size &&
              (unsigned char *)(segment->objects + 1) <= segment->base + segment->extents_at &&
              (unsigned char *)(segment->slots + segment->participants) <=
                  (unsigned char *)segment->map,
          "areas outside");
    for (uint32_t i = 0; i < segment->shards; i++) {
        status = native_shm_lock_take(segment, &segment->shard[i].lock, 0);
        if (check(status == NATIVE_SHM_OK || status == NATIVE_SHM_ABANDONED, "shard %u: status %d",
                  i, status))
            native_shm_lock_give(&segment->shard[i].lock);
    }
    (void)native_shm_count_sum(segment, NATIVE_SHM_HITS);
    native_shm_segment_close(segment);
    return NATIVE_SHM_OK;
}

static void test_truncated(void)
{
    uint64_t lengths[] = {
        0,    1,    7,    8,     64,    200,  255, sizeof(struct native_shm_header) - 1,
        4095, 4096, 4097, 40000, 53247, 53248};

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        put(good, lengths[i], lengths[i]);
        check(use() == NATIVE_SHM_CORRUPT, "%llu bytes were taken", (unsigned long long)lengths[i]);
    }
    put(good, good_len, good_len - 1);
    check(use() == NATIVE_SHM_CORRUPT, "one byte less");
    put(good, good_len, good_len + 1);
    check(use() == NATIVE_SHM_CORRUPT, "one byte more");
    end_test("truncated, or longer than it says: refused");
    put(good, good_len, good_len);
    ok(use() == NATIVE_SHM_OK, "whole: taken");
}

static void test_bit_flips(void)
{
    unsigned char copy[4096];
    enum native_shm_status status;
    int taken = 0, refused = 0;

    for (size_t at = 0; at < sizeof(struct native_shm_header); at++) {
        for (int bit = 0; bit < 8; bit++) {
            memcpy(copy, good, sizeof copy);
            copy[at] ^= (unsigned char)(1 << bit);
            if (pwrite(fd, copy, sizeof copy, 0) != (ssize_t)sizeof copy)
                perror("write");
            status = use();
            taken += status == NATIVE_SHM_OK;
            refused += status == NATIVE_SHM_CORRUPT || status == NATIVE_SHM_MISMATCH;
            check(status == NATIVE_SHM_OK || status == NATIVE_SHM_CORRUPT ||
                      status == NATIVE_SHM_MISMATCH,
                  "byte %zu bit %d: status %d", at, bit, status);
            if (at < offsetof(struct native_shm_header, boot_id) ||
                (at >= offsetof(struct native_shm_header, participants) &&
                 at < offsetof(struct native_shm_header, clock_shift)) ||
                (at >= offsetof(struct native_shm_header, participants_at) &&
                 at < offsetof(struct native_shm_header, slot_hint)))
                check(status != NATIVE_SHM_OK, "byte %zu bit %d was taken", at, bit);
        }
    }
    end_test("each bit of the header flipped: %d refused, %d harmless", refused, taken);
}

/* Flips behind the header: slots, map, shards. The areas' numbers are looked at, the rest is data that is used with care. */
static void test_area_flips(void)
{
    uint64_t state = 11, first = sizeof(struct native_shm_header), at;
    int taken = 0, refused = 0;
    enum native_shm_status status;

    for (int i = 0; i < 4000; i++) {
        put(good, good_len, good_len);
        for (uint32_t k = 1 + next_random(&state) % 8; k; k--) {
            unsigned char byte = (unsigned char)next_random(&state);
            at = first + next_random(&state) % (good_len > 60000 ? 53248 - first : 1);
            if (pwrite(fd, &byte, 1, (off_t)at) != 1)
                perror("write");
        }
        status = use();
        taken += status == NATIVE_SHM_OK;
        refused += status == NATIVE_SHM_CORRUPT;
        check(status == NATIVE_SHM_OK || status == NATIVE_SHM_CORRUPT ||
                  status == NATIVE_SHM_MISMATCH,
              "round %d: status %d", i, status);
    }
    end_test("4,000 times up to 8 bytes of the areas overwritten: %d refused, %d harmless", refused,
             taken);
}

/* Headers that look right at first, with any numbers behind. Their sizes are lies or not: nothing may be mapped or
 * backed that the file does not have. */
static void test_headers(void)
{
    static const uint32_t counts[] = {0,    1,    2,     3,     4,          255,        256,
                                      4095, 4096, 65535, 65536, 0x7fffffff, 0x80000000, 0xffffffff};
    struct native_shm_header *header = (void *)good;
    unsigned char copy[4096];
    struct native_shm_header *bad = (void *)copy;
    uint64_t state = 7;
    enum native_shm_status status;
    int taken = 0;

    put(good, good_len, good_len);
    for (int i = 0; i < 20000; i++) {
        memcpy(copy, good, sizeof copy);
        for (uint32_t k = 1 + next_random(&state) % 4; k; k--) {
            uint32_t value = counts[next_random(&state) % (sizeof counts / sizeof *counts)];
            uint64_t wide = (uint64_t)value << (next_random(&state) % 33);
            switch (next_random(&state) % 10) {
            case 0:
                bad->participants = value;
                break;
            case 1:
                bad->extents = value;
                break;
            case 2:
                bad->extent_size = next_random(&state) % 2 ? value : 1u << (value % 32);
                break;
            case 3:
                bad->shards = value;
                break;
            case 4:
                bad->participants_at = wide;
                break;
            case 5:
                bad->extent_map_at = wide;
                break;
            case 6:
                bad->shards_at = wide;
                break;
            case 7:
                bad->objects_at = wide;
                break;
            case 8:
                bad->extents_at = wide;
                break;
            case 9:
                bad->flags = value;
                break;
            }
        }
        if (next_random(&state) % 4 == 0) {
            /* One that is right in itself, for another size. */
            struct native_shm_geometry geometry = {.participants = bad->participants,
                                                   .extents = bad->extents,
                                                   .extent_size = bad->extent_size,
                                                   .shards = bad->shards};
            if (native_shm_geometry_place(&geometry)) {
                bad->participants_at = geometry.participants_at;
                bad->extent_map_at = geometry.extent_map_at;
                bad->shards_at = geometry.shards_at;
                bad->objects_at = geometry.objects_at;
                bad->extents_at = geometry.extents_at;
                bad->size = geometry.size;
            }
        }
        if (pwrite(fd, copy, sizeof copy, 0) != (ssize_t)sizeof copy)
            perror("write");
        status = use();
        taken += status == NATIVE_SHM_OK;
        check(status == NATIVE_SHM_OK || status == NATIVE_SHM_CORRUPT, "round %d: status %d, %s", i,
              status, test_why);
        if (status == NATIVE_SHM_OK)
            check(bad->extents == header->extents && bad->shards == header->shards &&
                      bad->extents_at == header->extents_at,
                  "round %d: a lie was taken", i);
    }
    end_test("20,000 headers with numbers of all sizes: refused, but for %d that changed nothing",
             taken);
}

/* A file of 64 GiB that is nothing but holes, with a header that fits: it is mapped, and its areas are backed. */
static void test_huge(void)
{
    struct native_shm_geometry geometry;
    unsigned char copy[4096];
    struct native_shm_header *header = (void *)copy;
    struct native_shm_segment *segment;
    enum native_shm_status status;

    native_shm_geometry_choose(&geometry, UINT64_C(64) << 30);
    memcpy(copy, good, sizeof copy);
    header->participants = geometry.participants;
    header->extents = geometry.extents;
    header->extent_size = geometry.extent_size;
    header->shards = geometry.shards;
    header->participants_at = geometry.participants_at;
    header->extent_map_at = geometry.extent_map_at;
    header->shards_at = geometry.shards_at;
    header->objects_at = geometry.objects_at;
    header->extents_at = geometry.extents_at;
    header->size = geometry.size;
    put(copy, sizeof copy, geometry.size);
    ok(use() == NATIVE_SHM_CORRUPT, "64 GiB of holes behind a good header: \"%s\"", test_why);
    close(fd);
    native_shm_segment_unlink(test_folder, "bad");
    status = test_try("huge", UINT64_C(64) << 30, NATIVE_SHM_REFUSE, &segment);
    check(status == NATIVE_SHM_OK, "status %d, %s", status, test_why);
    native_shm_segment_close(segment);
    status = test_try("huge", UINT64_C(64) << 30, NATIVE_SHM_REFUSE, &segment);
    check(status == NATIVE_SHM_OK, "status %d, %s", status, test_why);
    native_shm_segment_close(segment);
    end_test("a segment of 64 GiB can be made, and attached to again by its size");
}

static void test_noise(void)
{
    unsigned char noise[8192];
    uint64_t state = 13;

    for (int i = 0; i < 300; i++) {
        for (size_t k = 0; k < sizeof noise; k++)
            noise[k] = i ? (unsigned char)next_random(&state) : 0xff;
        if (i % 2)
            memcpy(noise, good, 16); /* magic, layout, ABI */
        put(noise, sizeof noise, i % 3 ? sizeof noise : good_len);
        check(use() == NATIVE_SHM_CORRUPT, "round %d", i);
    }
    end_test("300 files of noise: refused");
}

int main(void)
{
    struct native_shm_segment *segment;

    test_folder_make();
    segment = test_open("bad", 1 << 20);
    good_len = segment->size;
    good = malloc(good_len);
    fd = open(test_path("bad"), O_RDWR);
    native_shm_segment_close(segment);
    if (!good || fd < 0 || pread(fd, good, good_len, 0) != (ssize_t)good_len) {
        perror("a good segment");
        return 2;
    }
    test_truncated();
    test_bit_flips();
    test_headers();
    test_area_flips();
    test_noise();
    if (!under_valgrind()) /* which has no room for it in its address space */
        test_huge();
    free(good);
    test_folder_remove();
    return done();
}
