/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_fuzz.c - bytes become changes of a small segment's image, which is then attached and used.
 *
 *   input: | mode | changes ... |     a change is 3 bytes of place, 1 of what is written there
 *   mode   bit 0: the file is changed and attached anew (all of it, header, too); else the mapping is changed under us
 *          bits 1..7: a seed for the calls that follow
 * The mapping lies between pages that may not be touched. Nothing may crash or run for ever. */
#define _GNU_SOURCE 1
#include "../tests/c/harness.h"
#include "../tests/c/support/shm_test.h"
#include "../tests/c/support/shm_cache.h"
#include "../tests/c/support/shm_image.h"

enum { SIZE = 1 << 20, KEYS = 120 };

static unsigned char *image; /* of a segment in use, cleanly left */
static size_t image_len;
static char path[256];

static void fill(struct native_shm_segment *segment)
{
    static uint64_t bytes[5000];
    struct test_key k;

    for (uint64_t i = 0; i < KEYS; i++) {
        struct native_shm_value value = {.bytes = bytes,
                                         .len = i % 20 == 0 ? 30000 : 24 + i % 150,
                                         .format = NATIVE_SHM_FORMAT_STRING};
        native_shm_cache_store(segment, number_of(segment, &k, i), &value, NATIVE_SHM_SET);
    }
}

static void write_image(const unsigned char *bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0 || pwrite(fd, bytes, image_len, 0) != (ssize_t)image_len) {
        perror(path);
        abort();
    }
    close(fd);
}

static void prepare(void)
{
    test_folder_make();
    atexit(test_folder_remove);
    struct native_shm_segment *segment = test_open("fuzz", SIZE);
    fill(segment);
    snprintf(path, sizeof path, "%s", test_path("fuzz"));
    image_len = (size_t)segment->size;
    image = malloc(image_len);
    memcpy(image, segment->base, image_len);
    native_shm_segment_close(segment);
}

static void change(unsigned char *bytes, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i + 4 <= len; i += 4) {
        size_t place =
            ((size_t)data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16) % image_len;
        bytes[place] = data[i + 3];
    }
}

/* No lock stays taken by one who lives: each wait for it would be a quarter of a second. */
static void free_locks(struct native_shm_segment *segment)
{
    for (uint32_t i = 0; i < segment->shards; i++)
        atomic_store(&segment->shard[i].lock.word,
                     atomic_load(&segment->shard[i].lock.word) ? NATIVE_SHM_ID(4000, 1) : 0);
    atomic_store(&segment->objects->lock.word, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct native_shm_segment *segment;
    uint64_t random = size ? data[0] : 0;
    bool attach = random & 1;
    static unsigned char *bytes;

    if (!image)
        prepare();
    if (!bytes)
        bytes = malloc(image_len);
    memcpy(bytes, image, image_len);
    if (attach && size)
        change(bytes, data + 1, size - 1);
    write_image(bytes);
    if (test_try("fuzz", 0, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_OK)
        return 0;
    image_guard(segment);
    if (!attach && size) {
        /* Behind the header: what the handle took from there is checked when it is taken, and not read again. */
        for (size_t i = 1; i + 4 <= size; i += 4) {
            uint64_t from = (uint64_t)((unsigned char *)segment->map - segment->base),
                     len = segment->size - from;
            uint64_t place =
                (uint64_t)data[i] | (uint64_t)data[i + 1] << 8 | (uint64_t)data[i + 2] << 16;
            segment->base[from + place % len] = data[i + 3];
        }
    }
    free_locks(segment);
    image_use(segment, &random, 120, KEYS);
    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_cache_check(segment, i);
    image_use(segment, &random, 60, KEYS);
    native_shm_segment_close(segment);
    return 0;
}
