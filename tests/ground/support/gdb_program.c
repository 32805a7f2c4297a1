/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* gdb_program.c FOLDER - fills a segment, prints what dev/gdb shall print of it (by asking the cores), and crashes with
 * two locks held. gdb.sh runs it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../../../shm/cache.h"
#include "../../../shm/channel.h"
#include "../../../shm/counter.h"
#include "../../../shm/format.h"
#include "../../../shm/lock.h"
#include "../../../shm/mutex.h"
#include "../../../shm/semaphore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct native_shm_segment *segment;

static void must(enum native_shm_status status)
{
    if (status != NATIVE_SHM_OK) {
        printf("status %d\n", (int)status);
        exit(2);
    }
}

static struct native_shm_key key_of(const char *bytes)
{
    return (struct native_shm_key){bytes, strlen(bytes),
                                   native_shm_hash(segment, bytes, strlen(bytes), 0)};
}

static void store(const char *name, size_t len, bool pinned)
{
    static char bytes[200000];
    struct native_shm_key key = key_of(name);
    struct native_shm_value value = {
        .bytes = bytes, .len = len, .format = NATIVE_SHM_FORMAT_STRING, .pinned = pinned};

    must(native_shm_cache_store(segment, &key, &value, NATIVE_SHM_SET));
}

static void fill_cache(void)
{
    struct native_shm_lease lease = {0};
    struct native_shm_key key;
    char name[32];

    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof(name), "key %d", i);
        store(name, (size_t)(i * 7 % 900), i % 500 == 0);
    }
    for (int i = 0; i < 2000; i += 3) {
        snprintf(name, sizeof(name), "key %d", i);
        key = key_of(name);
        must(native_shm_cache_delete(segment, &key));
    }
    store("large", 200000, false);
    key = key_of("being made");
    must(native_shm_cache_lease(segment, &key, 60000, &lease));
}

static void fill_channel(void)
{
    struct native_shm_channel_open open = {.name = "jobs", .name_len = 4, .capacity = 8192};
    struct native_shm_channel_info info;
    struct native_shm_message messages[4];
    struct native_shm_channel *channel;
    char buffer[1000] = {0};

    must(native_shm_channel_open(segment, &open, &channel));
    for (int i = 0; i < 60; i++) { /* round the ring's end */
        struct native_shm_part part = {buffer, (size_t)(i * 13 % 700)};
        must(native_shm_channel_send(segment, channel, &part, 1, 1, 0));
        if (i < 52) {
            must(native_shm_channel_receive(segment, channel, buffer, sizeof(buffer), i >= 48, 0,
                                            &messages[i & 3]));
        }
    }
    must(native_shm_channel_ack(segment, channel, messages[1].position));
    must(native_shm_channel_give_back(segment, channel, messages[2].position));
    native_shm_channel_info(segment, channel, &info);
    printf("channel jobs: %" PRIu64 " ready, %" PRIu64 " taken, 1 returned, %" PRIu64 " of %" PRIu64
           " bytes, %" PRIu64 " sent\n",
           info.ready, info.taken, info.used, info.capacity, info.sent);
}

static void print_cache(void)
{
    struct native_shm_info info;
    unsigned long buckets = 0, cache_units = 0;

    native_shm_cache_info(segment, &info);
    for (uint32_t i = 0; i < segment->shards; i++) {
        buckets += atomic_load(&segment->shard[i].buckets);
        cache_units += segment->shard[i].heap.used_units;
    }
    printf("cache: %" PRIu64 " entries, 1 leases, 3 pinned, %" PRIu64
           " bytes of keys and values, %lu buckets\n",
           info.entries, info.value_bytes, buckets);
    printf("heap of the cache: %lu bytes used\n", cache_units * NATIVE_SHM_UNIT);
    printf("heap of the objects: %lu bytes used\n",
           (unsigned long)segment->objects->heap.used_units * NATIVE_SHM_UNIT);
}

int main(int argc, char **argv)
{
    struct native_shm_options options = {
        .folder = argv[argc - 1], .name = "gdb", .size = 4 << 20, .flags = NATIVE_SHM_TRACK};
    struct native_shm_counter *counter;
    struct native_shm_mutex *mutex;
    struct native_shm_semaphore semaphore;
    struct native_shm_permit permit;
    uint64_t token;
    char why[160];
    FILE *filter = fopen("/proc/self/coredump_filter", "w");

    if (!filter || fputs("0x7f", filter) < 0 || fclose(filter) != 0) {
        return 3;
    }
    must(native_shm_segment_open(&options, &segment, why));
    fill_cache();
    fill_channel();
    must(native_shm_counter_open(segment, "hits", 4, -7, &counter));
    native_shm_counter_add(counter, -35);
    printf("counter hits: %" PRId64 "\n", native_shm_counter_get(counter));
    must(native_shm_mutex_open(segment, "m", 1, &mutex));
    must(native_shm_mutex_lock(segment, mutex, 0, &token));
    must(native_shm_semaphore_open(segment, "places", 6, 4, &semaphore));
    must(native_shm_semaphore_acquire(segment, &semaphore, 0, &permit));
    must(native_shm_semaphore_acquire(segment, &semaphore, 0, &permit));
    print_cache();
    printf("participant %u: pid %ld\n", NATIVE_SHM_ID_SLOT(segment->id), (long)getpid());
    must(native_shm_lock_take(segment, &segment->shard[1].lock, 0));
    printf("lock of shard 1: held by participant %u (pid %ld)\n", NATIVE_SHM_ID_SLOT(segment->id),
           (long)getpid());
    printf("mutex m: held by participant %u (pid %ld), token %" PRIu64 "\n",
           NATIVE_SHM_ID_SLOT(segment->id), (long)getpid(), token);
    printf("semaphore places: 2 of 4 free, 2 held by participant %u (pid %ld)\n",
           NATIVE_SHM_ID_SLOT(segment->id), (long)getpid());
    fflush(stdout);
    abort();
}
