/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_image.h - a segment that lies between two pages that may not be touched, and calls that go everywhere in it.
 * The handle is a real one; only its mapping is moved. Include it after harness.h, shm_test.h and shm_cache.h. */
#ifndef NATIVE_TESTS_SHM_IMAGE_H
#define NATIVE_TESTS_SHM_IMAGE_H

/* Map the file anew between guard pages and let the handle use that. */
__attribute__((unused)) static void image_guard(struct native_shm_segment *segment)
{
    size_t size = (size_t)segment->size, page = NATIVE_SHM_PAGE,
           whole = (size + page - 1) / page * page;
    unsigned char *all =
        mmap(NULL, whole + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    unsigned char *old = segment->base, *base = all + page;

    if (all == MAP_FAILED ||
        mmap(base, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, segment->fd, 0) != base) {
        perror("mmap");
        _exit(2);
    }
#define MOVE(field) segment->field = (void *)(base + ((unsigned char *)segment->field - old))
    MOVE(header);
    MOVE(slots);
    MOVE(slot);
    MOVE(map);
    MOVE(slab_map);
    MOVE(shard);
    MOVE(objects);
#undef MOVE
    segment->base = base;
    munmap(old, size);
}

/* Random calls of every kind. Whatever they answer, they come back. */
__attribute__((unused)) static void image_use(struct native_shm_segment *segment, uint64_t *random,
                                              unsigned calls, uint32_t keys)
{
    static char name[NATIVE_SHM_KEY_MAX];
    static uint64_t bytes[8192];
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    struct native_shm_view view;
    struct native_shm_lease lease;
    struct native_shm_info info;
    int64_t zero = 0, sum;

    for (unsigned n = 0; n < calls; n++) {
        struct test_key k;
        struct native_shm_key *key = number_of(segment, &k, next_random(random) % keys);
        struct native_shm_value value = {.bytes = bytes,
                                         .len = 24 + next_random(random) % 200,
                                         .format = NATIVE_SHM_FORMAT_STRING};
        switch (next_random(random) % 12) {
        case 0:
            value.len = next_random(random) % sizeof bytes;
            native_shm_cache_store(segment, key, &value, NATIVE_SHM_SET);
            break;
        case 1:
            value.ttl_ms = 1;
            /* fall through */
        case 2:
            native_shm_cache_store(segment, key, &value,
                                   (enum native_shm_store_mode)(next_random(random) % 3));
            break;
        case 3:
            native_shm_cache_delete(segment, key);
            break;
        case 4:
            native_shm_cache_add_number(segment, key, NATIVE_SHM_FORMAT_INT, 1, &zero, 0, &sum);
            break;
        case 5:
            if (native_shm_cache_lease(segment, key, 10, &lease) == NATIVE_SHM_OK)
                native_shm_cache_store_leased(segment, &lease, &value);
            break;
        case 6:
            for (int i = 0;
                 i < 20 && native_shm_cache_next(segment, &cursor, &entry, name) == NATIVE_SHM_OK;
                 i++)
                native_shm_cache_same(segment, &entry.view);
            break;
        case 7:
            if (next_random(random) % 64 == 0)
                native_shm_cache_info(segment, &info);
            if (next_random(random) % 256 == 0)
                native_shm_cache_clear(segment);
            native_shm_cache_look(segment, key, &entry);
            break;
        default:
            if (native_shm_cache_find(segment, key, false, &view) == NATIVE_SHM_OK) {
                void *to = malloc(view.value_len + 1u);
                if (to)
                    native_shm_cache_read(segment, &view, to);
                if (next_random(random) % 4 == 0)
                    native_shm_cache_swap(segment, key, &view, &value);
                free(to);
            }
        }
    }
}

#endif
