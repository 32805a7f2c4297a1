/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache.h - what the tests of the cache share: keys by name or number, values that tell when they are torn.
 *
 *   value: | key's number | seed | bytes made from both ... | sum of all before |    (a multiple of 8, 24 at least)
 * Include it after harness.h and shm_test.h. */
#ifndef NATIVE_TESTS_SHM_CACHE_H
#define NATIVE_TESTS_SHM_CACHE_H

#include "../../../shm/cache.h"
#include "../../../shm/format.h"

struct test_key {
    char bytes[32];
    struct native_shm_key key;
};

__attribute__((unused)) static struct native_shm_key
key_of(const struct native_shm_segment *segment, const void *bytes, size_t len)
{
    return (struct native_shm_key){bytes, len, native_shm_hash(segment, bytes, len, 0)};
}

__attribute__((unused)) static struct native_shm_key
name_of(const struct native_shm_segment *segment, const char *name)
{
    return key_of(segment, name, strlen(name));
}

__attribute__((unused)) static struct native_shm_key *
number_of(const struct native_shm_segment *segment, struct test_key *key, uint64_t number)
{
    int len = snprintf(key->bytes, sizeof key->bytes, "key:%016llx", (unsigned long long)number);

    key->key = key_of(segment, key->bytes, (size_t)len);
    return &key->key;
}

__attribute__((unused)) static enum native_shm_status put(struct native_shm_segment *segment,
                                                          const char *name, const void *bytes,
                                                          size_t len, uint64_t ttl_ms)
{
    struct native_shm_key key = name_of(segment, name);
    struct native_shm_value value = {
        .bytes = bytes, .len = len, .format = NATIVE_SHM_FORMAT_STRING, .ttl_ms = ttl_ms};

    return native_shm_cache_store(segment, &key, &value, NATIVE_SHM_SET);
}

/* Find and copy; the length, or -1 when it is not there. Never tries for ever. */
__attribute__((unused)) static long long
get(struct native_shm_segment *segment, const struct native_shm_key *key, void *to, size_t room)
{
    struct native_shm_view view;

    for (int tries = 0; tries < 1000000; tries++) {
        if (native_shm_cache_find(segment, key, false, &view))
            return -1;
        if (view.value_len > room)
            return -2;
        if (native_shm_cache_read(segment, &view, to) == NATIVE_SHM_OK)
            return view.value_len;
    }
    return -3;
}

__attribute__((unused)) static bool has(struct native_shm_segment *segment, const char *name,
                                        const void *bytes, size_t len)
{
    struct native_shm_key key = name_of(segment, name);
    char *copy = malloc(len + 1);
    bool same =
        get(segment, &key, copy, len) == (long long)len && (!len || !memcmp(copy, bytes, len));

    free(copy);
    return same;
}

__attribute__((unused)) static void value_make(uint64_t *words, size_t len, uint64_t number,
                                               uint64_t seed)
{
    size_t count = len / 8;
    uint64_t state = number * 31 + seed, sum = 0;

    words[0] = number;
    words[1] = seed;
    for (size_t i = 2; i + 1 < count; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        words[i] = state;
    }
    for (size_t i = 0; i + 1 < count; i++)
        sum = (sum << 7 | sum >> 57) ^ words[i];
    words[count - 1] = sum;
}

/* Whether these are bytes that value_make() made for this key. */
__attribute__((unused)) static bool value_good(const uint64_t *words, size_t len, uint64_t number)
{
    size_t count = len / 8;
    uint64_t sum = 0;

    if (len < 24 || len % 8 || words[0] != number)
        return false;
    for (size_t i = 0; i + 1 < count; i++)
        sum = (sum << 7 | sum >> 57) ^ words[i];
    return sum == words[count - 1];
}

/* All shards are what they should be. */
__attribute__((unused)) static bool all_right(struct native_shm_segment *segment, const char *when)
{
    bool right = true;

    for (uint32_t i = 0; i < segment->shards; i++) {
        const char *wrong = native_shm_cache_check(segment, i);
        right &= check(!wrong, "%s, shard %u: %s", when, i, wrong);
    }
    return right;
}

__attribute__((unused)) static uint64_t used_now(struct native_shm_segment *segment)
{
    struct native_shm_info info;

    native_shm_cache_info(segment, &info);
    return info.used;
}

#endif
