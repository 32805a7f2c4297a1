/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_cache_model.c - random calls against a table that says what must come out, with every invariant checked on the
 * way. First with memory enough, where nothing may be missing; then in a segment that is always full, where an entry may
 * be gone but never be another value; then with values in pieces. */
#define _GNU_SOURCE 1
#include "harness.h"
#include "support/shm_test.h"
#include "support/shm_cache.h"

enum { KEYS = 4000, LEN_MAX = 60000 };

struct model {
    bool there;
    bool number;
    uint64_t seed; /* of the value; or the number */
    size_t len;
};

static struct model model[KEYS];
static uint64_t random_state = 42, value[LEN_MAX / 8 + 4], copy[LEN_MAX / 8 + 4];
static struct native_shm_segment *segment;
static bool lossy; /* entries may be evicted */
static size_t len_max;

static uint32_t any(uint32_t below)
{
    return next_random(&random_state) % below;
}

static size_t any_len(void)
{
    size_t len = any(4) ? 24 + any(300) : 24 + any((uint32_t)len_max);

    return len / 8 * 8;
}

/* What find and read say is what the model says. */
static void compare(uint32_t i, const char *when)
{
    struct test_key k;
    struct native_shm_key *key = number_of(segment, &k, i);
    struct native_shm_view view;
    long long len;

    if (native_shm_cache_find(segment, key, false, &view)) {
        check(!model[i].there || lossy, "%s: key %u is missing", when, i);
        model[i].there = false;
        return;
    }
    if (!check(model[i].there, "%s: key %u should not be there", when, i))
        return;
    if (model[i].number) {
        check(view.format == NATIVE_SHM_FORMAT_INT && view.first == model[i].seed, "%s: number %u",
              when, i);
        return;
    }
    len = get(segment, key, copy, sizeof copy);
    check(len == (long long)model[i].len && value_good(copy, (size_t)len, i) &&
              copy[1] == model[i].seed,
          "%s: key %u has another value", when, i);
}

static void store(uint32_t i)
{
    struct test_key k;
    struct native_shm_value v = {
        .bytes = value, .len = any_len(), .format = NATIVE_SHM_FORMAT_STRING};
    enum native_shm_store_mode mode = any(8)   ? NATIVE_SHM_SET
                                      : any(2) ? NATIVE_SHM_ADD
                                               : NATIVE_SHM_REPLACE;
    enum native_shm_status status, want = NATIVE_SHM_OK;
    uint64_t seed = any(1u << 30);

    if (lossy && mode != NATIVE_SHM_SET)
        compare(i, "before");
    if (mode == NATIVE_SHM_ADD && model[i].there)
        want = NATIVE_SHM_EXISTS;
    if (mode == NATIVE_SHM_REPLACE && !model[i].there)
        want = NATIVE_SHM_NOT_FOUND;
    value_make(value, v.len, i, seed);
    status = native_shm_cache_store(segment, number_of(segment, &k, i), &v, mode);
    if (lossy && mode == NATIVE_SHM_REPLACE && v.len > 4000 && status == NATIVE_SHM_NOT_FOUND)
        want = NATIVE_SHM_NOT_FOUND; /* evicted to make room for what should replace it */
    check(status == want, "store of %zu bytes at %u: %d, not %d", v.len, i, status, want);
    if (status == NATIVE_SHM_OK)
        model[i] = (struct model){true, false, seed, v.len};
    else if (status == NATIVE_SHM_NOT_FOUND)
        model[i].there = false;
}

static void store_number(uint32_t i)
{
    struct test_key k;
    int64_t number = (int64_t)any(1000);
    struct native_shm_value v = {.bytes = &number, .len = 8, .format = NATIVE_SHM_FORMAT_INT};

    check(native_shm_cache_store(segment, number_of(segment, &k, i), &v, NATIVE_SHM_SET) ==
              NATIVE_SHM_OK,
          "number %u", i);
    model[i] = (struct model){true, true, (uint64_t)number, 8};
}

static void add(uint32_t i)
{
    struct test_key k;
    int64_t start = any(100), by = any(100), result = 0;
    enum native_shm_status status, want = NATIVE_SHM_OK;

    if (lossy)
        compare(i, "before");
    want = model[i].there && !model[i].number ? NATIVE_SHM_TYPE : NATIVE_SHM_OK;
    status = native_shm_cache_add_number(segment, number_of(segment, &k, i), NATIVE_SHM_FORMAT_INT,
                                         by, &start, 0, &result);
    check(status == want, "add at %u: %d", i, status);
    if (status)
        return;
    model[i] = (struct model){true, true,
                              (model[i].there ? model[i].seed : (uint64_t)start) + (uint64_t)by, 8};
    check((uint64_t)result == model[i].seed, "sum at %u", i);
}

static void delete (uint32_t i)
{
    struct test_key k;
    enum native_shm_status status;

    if (lossy)
        compare(i, "before");
    status = native_shm_cache_delete(segment, number_of(segment, &k, i));
    check(status == (model[i].there ? NATIVE_SHM_OK : NATIVE_SHM_NOT_FOUND), "delete at %u: %d", i,
          status);
    model[i].there = false;
}

static void run(const char *name, unsigned calls)
{
    struct native_shm_info info;

    for (unsigned n = 0; n < calls && tap_good; n++) {
        uint32_t i = any(any(4) ? KEYS : 50);
        switch (any(10)) {
        case 0:
        case 1:
        case 2:
        case 3:
            store(i);
            break;
        case 4:
            store_number(i);
            break;
        case 5:
            add(i);
            break;
        case 6:
            delete (i);
            break;
        default:
            compare(i, "find");
        }
        if (n % (calls / 50) == 0)
            all_right(segment, name);
        if (n % (calls / 3) == calls / 4) {
            check(native_shm_cache_clear(segment) == NATIVE_SHM_OK && used_now(segment) == 0,
                  "clear left bytes");
            memset(model, 0, sizeof model);
        }
    }
    for (uint32_t i = 0; i < KEYS; i++)
        compare(i, "at the end");
    all_right(segment, name);
    native_shm_cache_info(segment, &info);
    end_test("%s: %u calls; %llu entries, %llu evicted, %.1f steps each", name, calls,
             (unsigned long long)info.entries,
             (unsigned long long)info.counts[NATIVE_SHM_EVICTIONS],
             (double)info.counts[NATIVE_SHM_EVICT_STEPS] /
                 (double)(info.counts[NATIVE_SHM_EVICTIONS] + 1));
    native_shm_cache_clear(segment);
    ok(used_now(segment) == 0, "%s: clear gives every byte back", name);
    native_shm_segment_close(segment);
    memset(model, 0, sizeof model);
}

int main(void)
{
    unsigned calls = under_valgrind() ? 5000 : 200000;

    test_folder_make();
    segment = test_open("roomy", 64 << 20);
    len_max = 2000;
    run("memory enough", calls);
    segment = test_open("tight", 1 << 20);
    lossy = true;
    len_max = 2000;
    run("always full", calls);
    segment = test_open("pieces", 2 << 20);
    len_max = LEN_MAX;
    run("full, with values in pieces", calls / 4);
    test_folder_remove();
    return done();
}
