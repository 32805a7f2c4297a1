/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache.c - what each call of the cache answers, and its edges. */
#define _GNU_SOURCE 1
#include "harness.h"
#include <time.h>
#include "support/shm_test.h"
#include "support/shm_cache.h"

#include "../../shm/record.h"

static char big[1 << 20], copy[1 << 20];

static struct native_shm_key key(struct native_shm_segment *segment, const char *name)
{
    return name_of(segment, name);
}

static enum native_shm_status put_int(struct native_shm_segment *segment, const char *name,
                                      int64_t number, uint64_t ttl_ms)
{
    struct native_shm_key k = key(segment, name);
    struct native_shm_value value = {
        .bytes = &number, .len = 8, .format = NATIVE_SHM_FORMAT_INT, .ttl_ms = ttl_ms};

    return native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET);
}

static bool find(struct native_shm_segment *segment, const char *name, struct native_shm_view *view)
{
    struct native_shm_key k = key(segment, name);

    return native_shm_cache_find(segment, &k, false, view) == NATIVE_SHM_OK;
}

/* Let so much time go by. The cache's clock is coarse: some ticks more. */
static void pass(unsigned ms)
{
    struct timespec wait = {ms / 1000, (long)(ms % 1000) * 1000000};

    while (nanosleep(&wait, &wait) != 0) {
    }
}

static void test_store(struct native_shm_segment *segment)
{
    struct native_shm_key k = key(segment, "a"), none = key(segment, "none");
    struct native_shm_value value = {.bytes = "two", .len = 3, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_view view;

    ok(put(segment, "a", "one", 3, 0) == NATIVE_SHM_OK && has(segment, "a", "one", 3),
       "stored and read");
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_ADD) == NATIVE_SHM_EXISTS &&
           has(segment, "a", "one", 3),
       "add: there already");
    ok(native_shm_cache_store(segment, &none, &value, NATIVE_SHM_REPLACE) == NATIVE_SHM_NOT_FOUND &&
           !find(segment, "none", &view),
       "replace: not there");
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_REPLACE) == NATIVE_SHM_OK &&
           has(segment, "a", "two", 3),
       "replace: there");
    ok(native_shm_cache_store(segment, &none, &value, NATIVE_SHM_ADD) == NATIVE_SHM_OK &&
           has(segment, "none", "two", 3),
       "add: not there");
    ok(find(segment, "a", &view) && view.format == NATIVE_SHM_FORMAT_STRING &&
           view.value_len == 3 && view.expires == 0 && view.stored + 5 > (uint32_t)time(NULL),
       "a view has the numbers");
    ok(native_shm_cache_delete(segment, &k) == NATIVE_SHM_OK && !find(segment, "a", &view) &&
           native_shm_cache_delete(segment, &k) == NATIVE_SHM_NOT_FOUND,
       "deleted once");
    ok(all_right(segment, "after storing"), "all counts are right");
}

static void test_lengths(struct native_shm_segment *segment)
{
    static const size_t lengths[] = {0,     1,     7,     8,     9,     15,     16,
                                     17,    200,   4095,  4096,  4097,  8192,   8193,
                                     16383, 16384, 16385, 32768, 65536, 100000, 262144};

    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * 7 + i / 251);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        enum native_shm_status status = put(segment, "length", big, lengths[i], 0);
        check(status == NATIVE_SHM_OK, "%zu bytes: status %d", lengths[i], status);
        check(has(segment, "length", big, lengths[i]), "%zu bytes are not what was stored",
              lengths[i]);
        check(all_right(segment, "lengths"), "after %zu bytes", lengths[i]);
    }
    end_test("values of 0 to 262,144 bytes");
    for (size_t len = 0; len <= 65536; len = len < 70                              ? len + 1
                                             : len * 2 - 7 > 65536 && len != 65536 ? 65536
                                                                                   : len * 2 - 7) {
        struct native_shm_key k = key_of(segment, big, len);
        struct native_shm_value value = {
            .bytes = big + 1, .len = 40 + len % 9, .format = NATIVE_SHM_FORMAT_STRING};
        check(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET) == NATIVE_SHM_OK,
              "key of %zu bytes", len);
        check(get(segment, &k, copy, sizeof copy) == (long long)value.len &&
                  !memcmp(copy, value.bytes, value.len),
              "key of %zu bytes: another value", len);
        if (len == 65536)
            break;
    }
    end_test("keys of 0 to 65,536 bytes");
    struct native_shm_key k = {big, 65537, 1};
    struct native_shm_value value = {.bytes = "x", .len = 1};
    int64_t sum;
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET) == NATIVE_SHM_INVALID &&
           native_shm_cache_add_number(segment, &k, NATIVE_SHM_FORMAT_INT, 1, NULL, 0, &sum) ==
               NATIVE_SHM_INVALID &&
           native_shm_cache_swap_number(segment, &k, NATIVE_SHM_FORMAT_INT, 1, 2) ==
               NATIVE_SHM_INVALID,
       "a key of 65,537 bytes is refused");
    k = key(segment, "huge");
    value.len = segment->size / 4 + 1;
    value.bytes = big; /* not looked at */
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET) == NATIVE_SHM_TOO_BIG,
       "a value over a quarter is too big");
    value.len = (size_t)1 << 40;
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET) == NATIVE_SHM_TOO_BIG,
       "and so is one of 1 TiB");
    ok(all_right(segment, "after lengths"), "all counts are right");
}

static void test_numbers(struct native_shm_segment *segment)
{
    struct native_shm_key n = key(segment, "n"), s = key(segment, "s"),
                          gone = key(segment, "no number");
    int64_t result = 0, start = 100;
    struct native_shm_view view, before;

    put_int(segment, "n", 5, 0);
    put(segment, "s", "eightbyt", 8, 0);
    find(segment, "n", &before);
    ok(native_shm_cache_add_number(segment, &n, NATIVE_SHM_FORMAT_INT, -7, NULL, 0, &result) ==
               NATIVE_SHM_OK &&
           result == -2,
       "add to a number");
    ok(find(segment, "n", &view) && view.first == (uint64_t)-2, "the new number is seen");
    ok(!native_shm_cache_same(segment, &before) && native_shm_cache_same(segment, &view),
       "and the old view is not the same any more");
    ok(native_shm_cache_add_number(segment, &s, NATIVE_SHM_FORMAT_INT, 1, &start, 0, &result) ==
           NATIVE_SHM_TYPE,
       "a string of 8 bytes is no number");
    ok(native_shm_cache_add_number(segment, &gone, NATIVE_SHM_FORMAT_INT, 1, NULL, 0, &result) ==
           NATIVE_SHM_NOT_FOUND,
       "an absent number");
    ok(native_shm_cache_add_number(segment, &gone, NATIVE_SHM_FORMAT_INT, 1, &start, 0, &result) ==
               NATIVE_SHM_OK &&
           result == 101,
       "an absent number begins somewhere");
    put_int(segment, "n", INT64_MAX, 0);
    ok(native_shm_cache_add_number(segment, &n, NATIVE_SHM_FORMAT_INT, 1, NULL, 0, &result) ==
               NATIVE_SHM_OK &&
           result == INT64_MIN,
       "a number wraps round");
    ok(native_shm_cache_swap_number(segment, &n, NATIVE_SHM_FORMAT_INT, 3, 4) ==
               NATIVE_SHM_CHANGED &&
           native_shm_cache_swap_number(segment, &n, NATIVE_SHM_FORMAT_INT, INT64_MIN, 4) ==
               NATIVE_SHM_OK &&
           find(segment, "n", &view) && view.first == 4,
       "swap a number");
    ok(native_shm_cache_swap_number(segment, &s, NATIVE_SHM_FORMAT_INT, 3, 4) == NATIVE_SHM_TYPE,
       "swap no number");
    /* As if it had been stored in 1970: each way to change it says now. */
    for (int way = 0; way < 3; way++) {
        struct native_shm_record *record;
        find(segment, "n", &view);
        record = native_shm_payload(segment, view.ref, sizeof *record);
        record->stored = 7;
        if (way == 0)
            native_shm_cache_add_number(segment, &n, NATIVE_SHM_FORMAT_INT, 0, NULL, 0, &result);
        else if (way == 1)
            native_shm_cache_swap_number(segment, &n, NATIVE_SHM_FORMAT_INT, 4, 4);
        else
            put_int(segment, "n", 4, 0);
        check(find(segment, "n", &view) && view.stored + 5 > (uint32_t)time(NULL),
              "way %d left the time at %u", way, view.stored);
    }
    end_test("to add to a number, to swap and to store it changes the time it was stored");
    put_int(segment, "n", 9, 0);
    ok(find(segment, "n", &view) && view.first == 9 && view.format == NATIVE_SHM_FORMAT_INT,
       "an int over an int");
    put_int(segment, "n", 9, 60000);
    ok(find(segment, "n", &view) && view.expires != 0, "with another time to live");
    put_int(segment, "n", 10, 0);
    ok(find(segment, "n", &view) && view.expires == 0 && view.first == 10, "and none again");
}

static void test_views(struct native_shm_segment *segment)
{
    struct native_shm_key k = key(segment, "v");
    struct native_shm_value value = {
        .bytes = "another value", .len = 13, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_view view, later;

    put(segment, "v", "a first value", 13, 0);
    find(segment, "v", &view);
    ok(native_shm_cache_same(segment, &view), "a view is the same at first");
    ok(native_shm_cache_swap(segment, &k, &view, &value) == NATIVE_SHM_OK &&
           has(segment, "v", "another value", 13),
       "swap by view");
    ok(!native_shm_cache_same(segment, &view) &&
           native_shm_cache_swap(segment, &k, &view, &value) == NATIVE_SHM_CHANGED &&
           native_shm_cache_delete_view(segment, &k, &view) == NATIVE_SHM_CHANGED &&
           native_shm_cache_read(segment, &view, copy) == NATIVE_SHM_CHANGED,
       "an old view is changed");
    find(segment, "v", &later);
    ok(native_shm_cache_delete_view(segment, &k, &later) == NATIVE_SHM_OK &&
           !find(segment, "v", &later),
       "delete by view");
    put_int(segment, "v", 1, 0);
    find(segment, "v", &view);
    put_int(segment, "v", 2, 0);
    ok(native_shm_cache_delete_view(segment, &k, &view) == NATIVE_SHM_CHANGED &&
           native_shm_cache_swap(segment, &k, &view, &value) == NATIVE_SHM_CHANGED,
       "a number that changed in its place is changed");
}

/* The version of a slot has 24 bits: 16 million changes and it is the same word. */
static void test_version(struct native_shm_segment *segment)
{
    struct native_shm_view view, later;
    uint64_t word;

    put(segment, "wrap", "value before", 12, 0);
    find(segment, "wrap", &view);
    word = atomic_load(view.slot) | UINT64_C(0xffffff) << 40;
    atomic_store(view.slot, word);
    find(segment, "wrap", &view);
    check(view.word == word, "the version was not set");
    check(put(segment, "wrap", "value behind", 12, 0) == NATIVE_SHM_OK, "store");
    find(segment, "wrap", &later);
    check(later.word >> 40 == 0, "the version is %llu", (unsigned long long)(later.word >> 40));
    check(!native_shm_cache_same(segment, &view) && native_shm_cache_same(segment, &later), "same");
    end_test("a slot's version wraps round");
    view = later;
    view.stored -= 1;
    ok(!native_shm_cache_same(segment, &view) &&
           native_shm_cache_read(segment, &view, copy) == NATIVE_SHM_CHANGED,
       "an equal word of another second is another entry");
}

static void test_expiry(struct native_shm_segment *segment)
{
    struct native_shm_key k = key(segment, "t");
    struct native_shm_value value = {.bytes = "new", .len = 3, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_view view;
    struct native_shm_info info, after;
    int64_t start = 50, result;

    put(segment, "t", "old", 3, 1);
    put(segment, "later", "old", 3, 3600000);
    put(segment, "for ever", "old", 3, UINT64_MAX);
    ok(find(segment, "t", &view), "1 ms is rounded up: still there at once");
    pass(300);
    ok(!find(segment, "t", &view) && !native_shm_cache_same(segment, &view), "gone after its time");
    ok(find(segment, "later", &view) && find(segment, "for ever", &view) && view.expires == 0,
       "others stay");
    ok(native_shm_cache_store(segment, &k, &value, NATIVE_SHM_REPLACE) == NATIVE_SHM_NOT_FOUND &&
           native_shm_cache_store(segment, &k, &value, NATIVE_SHM_ADD) == NATIVE_SHM_OK,
       "an expired entry is none for replace and add");
    put_int(segment, "t", 1, 1);
    pass(300);
    ok(native_shm_cache_add_number(segment, &k, NATIVE_SHM_FORMAT_INT, 1, &start, 0, &result) ==
               NATIVE_SHM_OK &&
           result == 51,
       "nor for numbers");
    put(segment, "t", "old", 3, 1);
    pass(300);
    ok(native_shm_cache_delete(segment, &k) == NATIVE_SHM_NOT_FOUND, "nor for delete");
    native_shm_cache_info(segment, &info); /* on a slow machine some go while others are stored */
    for (int i = 0; i < 2000; i++) {
        struct test_key number;
        struct native_shm_value short_lived = {
            .bytes = big, .len = 100, .format = NATIVE_SHM_FORMAT_STRING, .ttl_ms = 1};
        native_shm_cache_store(segment, number_of(segment, &number, (uint64_t)i), &short_lived,
                               NATIVE_SHM_SET);
    }
    pass(300);
    for (int i = 2000; i < 10000; i++) {
        struct test_key number;
        struct native_shm_value lasting = {.bytes = big, .len = 8, .format = NATIVE_SHM_FORMAT_INT};
        native_shm_cache_store(segment, number_of(segment, &number, (uint64_t)i), &lasting,
                               NATIVE_SHM_SET);
    }
    native_shm_cache_info(segment, &after);
    check(after.counts[NATIVE_SHM_EXPIRATIONS] - info.counts[NATIVE_SHM_EXPIRATIONS] >= 1900,
          "%llu of 2000 were removed",
          (unsigned long long)(after.counts[NATIVE_SHM_EXPIRATIONS] -
                               info.counts[NATIVE_SHM_EXPIRATIONS]));
    check(after.counts[NATIVE_SHM_EVICTIONS] == info.counts[NATIVE_SHM_EVICTIONS],
          "some were evicted");
    end_test("what has expired is freed by stores, though memory is there");
    ok(all_right(segment, "after expiry"), "all counts are right");
}

static void test_lease(struct native_shm_segment *segment)
{
    struct native_shm_key k = key(segment, "made");
    struct native_shm_value value = {
        .bytes = "made it", .len = 7, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_lease first, second;
    struct native_shm_segment *other = test_open("cache", 0);
    struct native_shm_view view;
    struct native_shm_entry entry;

    ok(native_shm_cache_lease(segment, &k, 60000, &first) == NATIVE_SHM_OK && first.token,
       "a lease for an absent key");
    ok(!find(segment, "made", &view) &&
           native_shm_cache_look(segment, &k, &entry) == NATIVE_SHM_NOT_FOUND,
       "a lease is no value");
    ok(native_shm_cache_lease(other, &k, 60000, &second) == NATIVE_SHM_BUSY && !second.token,
       "another one waits");
    ok(native_shm_cache_wait_lease(other, &k, 30) == NATIVE_SHM_BUSY, "and waits only so long");
    ok(native_shm_cache_store_leased(segment, &first, &value) == NATIVE_SHM_OK &&
           has(segment, "made", "made it", 7) && !first.token,
       "the value replaces the lease");
    ok(native_shm_cache_wait_lease(other, &k, 1000) == NATIVE_SHM_OK &&
           native_shm_cache_lease(other, &k, 1, &second) == NATIVE_SHM_EXISTS,
       "the other one finds it");
    native_shm_cache_delete(segment, &k);
    native_shm_cache_lease(segment, &k, 60000, &first);
    ok(native_shm_cache_lease(segment, &k, 60000, &second) == NATIVE_SHM_OK &&
           native_shm_cache_store_leased(segment, &second, &value) == NATIVE_SHM_OK &&
           native_shm_cache_store_leased(segment, &first, &value) == NATIVE_SHM_EXISTS,
       "the same participant makes it inside, the outer one finds it made");
    native_shm_cache_delete(segment, &k);
    native_shm_cache_lease(segment, &k, 60000, &first);
    native_shm_cache_drop_lease(segment, &first);
    ok(native_shm_cache_lease(other, &k, 60000, &second) == NATIVE_SHM_OK,
       "a dropped lease is free");
    native_shm_cache_delete(segment, &k);
    ok(native_shm_cache_store_leased(other, &second, &value) == NATIVE_SHM_CHANGED &&
           !find(segment, "made", &view),
       "who deletes the key meanwhile wins");
    native_shm_cache_lease(segment, &k, 1, &first);
    pass(300);
    ok(native_shm_cache_lease(other, &k, 60000, &second) == NATIVE_SHM_OK,
       "a lease that is over is taken over");
    put(segment, "made", "stored", 6, 0);
    ok(native_shm_cache_store_leased(other, &second, &value) == NATIVE_SHM_EXISTS &&
           has(segment, "made", "stored", 6),
       "a value stored meanwhile stays");
    native_shm_cache_delete(segment, &k);
    native_shm_cache_lease(other, &k, 60000, &second);
    native_shm_segment_close(other);
    ok(native_shm_cache_wait_lease(segment, &k, 10000) == NATIVE_SHM_OK &&
           native_shm_cache_lease(segment, &k, 60000, &first) == NATIVE_SHM_OK,
       "the lease of one who has left is taken over");
    native_shm_cache_drop_lease(segment, &first);
    ok(all_right(segment, "after leases"), "all counts are right");
}

static int walk(struct native_shm_segment *segment, uint8_t *seen, unsigned count)
{
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    static char name[NATIVE_SHM_KEY_MAX];
    int others = 0;

    while (native_shm_cache_next(segment, &cursor, &entry, name) == NATIVE_SHM_OK) {
        unsigned long number = count;
        name[entry.key_len] = 0;
        if (entry.key_len == 20 && sscanf(name, "key:%lx", &number) == 1 && number < count)
            seen[number]++;
        else
            others++;
    }
    return others;
}

static void test_iteration(struct native_shm_segment *segment)
{
    static uint8_t seen[40000];
    struct test_key k;
    struct native_shm_value value = {.bytes = big, .len = 20, .format = NATIVE_SHM_FORMAT_STRING};
    struct native_shm_cursor cursor = {0};
    struct native_shm_entry entry;
    static char name[NATIVE_SHM_KEY_MAX];
    unsigned missed = 0, twice = 0;

    native_shm_cache_clear(segment);
    ok(native_shm_cache_next(segment, &cursor, &entry, name) == NATIVE_SHM_NOT_FOUND,
       "nothing in an empty cache");
    for (uint64_t i = 0; i < 1000; i++)
        native_shm_cache_store(segment, number_of(segment, &k, i), &value, NATIVE_SHM_SET);
    check(walk(segment, seen, 1000) == 0, "others were seen");
    for (int i = 0; i < 1000; i++)
        check(seen[i] == 1, "%d was seen %u times", i, seen[i]);
    end_test("1,000 entries, each once");
    memset(seen, 0, sizeof seen);
    cursor = (struct native_shm_cursor){0};
    for (uint64_t i = 1000; native_shm_cache_next(segment, &cursor, &entry, name) == NATIVE_SHM_OK;
         i++) {
        unsigned long number = 0;
        sscanf(name, "key:%lx", &number);
        seen[number % 40000]++;
        for (uint64_t j = 0; i < 7000 && j < 5; j++) /* the index grows under the walk */
            native_shm_cache_store(segment, number_of(segment, &k, i * 5 + j), &value,
                                   NATIVE_SHM_SET);
    }
    for (int i = 0; i < 1000; i++) {
        missed += !seen[i];
        twice += seen[i] > 1;
    }
    ok(missed == 0,
       "while the index grows 30-fold none of the first 1,000 is missed (%u were seen twice)",
       twice);
    native_shm_cache_look(segment, number_of(segment, &k, 7), &entry);
    ok(entry.key_len == 20 && entry.memory >= 76 && entry.memory <= 112 && !entry.pinned,
       "look says what an entry takes: %u", entry.memory);
}

static void test_clear(struct native_shm_segment *segment)
{
    struct native_shm_info info;
    struct native_shm_key k = key(segment, "pinned");
    struct native_shm_value value = {.bytes = big, .len = 20, .pinned = true};

    native_shm_cache_store(segment, &k, &value, NATIVE_SHM_SET);
    put(segment, "large", big, 200000, 0);
    ok(native_shm_cache_clear(segment) == NATIVE_SHM_OK, "clear");
    native_shm_cache_info(segment, &info);
    ok(info.used == 0 && info.entries == 0 && info.value_bytes == 0,
       "gives every byte back: %llu used", (unsigned long long)info.used);
    ok(all_right(segment, "after clear"), "all counts are right");
    put(segment, "a", "b", 1, 0);
    ok(has(segment, "a", "b", 1), "and it goes on");
}

/* Hits and access time, in a segment that keeps them. */
static void test_track(void)
{
    struct native_shm_options options = {
        .folder = test_folder, .name = "track", .size = 1 << 20, .flags = NATIVE_SHM_TRACK};
    struct native_shm_segment *segment;
    struct native_shm_entry entry;
    struct native_shm_key k;
    struct native_shm_view view;
    struct test_key number;

    if (native_shm_segment_open(&options, &segment, test_why)) {
        fail("%s", test_why);
        end_test("a segment that tracks");
        return;
    }
    k = key(segment, "hit");
    put(segment, "hit", "me", 2, 0);
    for (int i = 0; i < 5; i++)
        native_shm_cache_find(segment, &k, false, &view);
    native_shm_cache_find(segment, &k, true, &view);
    for (uint64_t i = 0; i < 3000; i++) /* entries move to other buckets */
        native_shm_cache_store(
            segment, number_of(segment, &number, i),
            &(struct native_shm_value){.bytes = big, .len = 8, .format = NATIVE_SHM_FORMAT_INT},
            NATIVE_SHM_SET);
    ok(native_shm_cache_look(segment, &k, &entry) == NATIVE_SHM_OK && entry.hits == 5 &&
           entry.accessed + 5 > (uint32_t)time(NULL),
       "five hits, and when: %u", entry.hits);
    put(segment, "hit", "me again", 8, 0);
    ok(native_shm_cache_look(segment, &k, &entry) == NATIVE_SHM_OK && entry.hits == 0,
       "a new value has none");
    ok(all_right(segment, "tracking"), "all counts are right");
    native_shm_segment_close(segment);
}

static void test_counts(struct native_shm_segment *segment)
{
    struct native_shm_info a, b;
    struct native_shm_key k = key(segment, "count"), none = key(segment, "count none");
    struct native_shm_view view;

    native_shm_cache_info(segment, &a);
    put(segment, "count", "x", 1, 0);
    native_shm_cache_find(segment, &k, false, &view);
    native_shm_cache_find(segment, &none, false, &view);
    native_shm_cache_find(segment, &none, true, &view);
    native_shm_cache_delete(segment, &k);
    native_shm_cache_info(segment, &b);
    ok(b.counts[NATIVE_SHM_STORES] - a.counts[NATIVE_SHM_STORES] == 1 &&
           b.counts[NATIVE_SHM_HITS] - a.counts[NATIVE_SHM_HITS] == 1 &&
           b.counts[NATIVE_SHM_MISSES] - a.counts[NATIVE_SHM_MISSES] == 1 &&
           b.counts[NATIVE_SHM_DELETES] - a.counts[NATIVE_SHM_DELETES] == 1,
       "stores, hits, misses and deletes are counted");
}

int main(void)
{
    test_folder_make();
    struct native_shm_segment *segment = test_open("cache", 8 << 20);

    test_store(segment);
    test_lengths(segment);
    test_numbers(segment);
    test_views(segment);
    test_version(segment);
    test_expiry(segment);
    test_lease(segment);
    test_iteration(segment);
    test_clear(segment);
    test_counts(segment);
    test_track();
    native_shm_segment_close(segment);
    test_folder_remove();
    return done();
}
