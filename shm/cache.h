/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* cache.h - keys and values in a segment, for all processes attached to it.
 *
 * Keys are 0..65536 bytes, values any bytes with a format number that is the caller's business (format.h).
 * Reading takes no lock and writes nothing shared but, once after each pass of the eviction hand, a visited bit: find()
 * gives a view, read() copies from it and then looks whether the slot is still the same. Writing takes the lock of one
 * shard for some hundred nanoseconds. Every change is published by one 64-bit store: a kill leaves the old or the new.
 * When memory is short, entries go one by one (expired ones first, then by SIEVE), never all.
 * native_shm_segment_enter() comes before any use. Allocates: nothing in the process. Blocks: at most NATIVE_SHM_LOCK_WAIT_MS for a shard's lock, then BUSY. */
#ifndef NATIVE_SHM_CACHE_H
#define NATIVE_SHM_CACHE_H

#include "format.h"
#include "segment.h"

enum {
    NATIVE_SHM_KEY_MAX = 65536,
    NATIVE_SHM_EVICT_STEPS_MAX = 32, /* entries looked at for one block, at most */
    /* bytes of a value in one block; the rest goes into pieces */
    NATIVE_SHM_INLINE_MAX = 16384,
};

struct native_shm_key {
    const void *bytes;
    size_t len;
    uint64_t hash; /* native_shm_hash() of them */
};

/* The hash of a key in this segment. `plain` is DJBX33A of the bytes as PHP keeps it in its strings, or 0; it is not
 * used: who chooses keys makes equal ones at will, and this hash, keyed by the segment's secret, costs 2-3 ns. */
NATIVE_API uint64_t native_shm_hash(const struct native_shm_segment *segment, const void *bytes,
                                    size_t len, uint64_t plain);

/* What find() saw. The value is read with read(); nothing here points to bytes that may be trusted. */
struct native_shm_view {
    _Atomic uint64_t *slot;
    uint64_t word; /* what *slot was */
    uint32_t ref;
    uint32_t format;
    uint32_t value_len;
    uint32_t stored;  /* seconds since 1970 */
    uint32_t expires; /* eighths of the boot clock; 0 never */
    uint64_t first;   /* the first 8 bytes of the value: all of a number */
};

/* Look a key up. Counts a hit or a miss and marks the entry visited (`quiet`: neither). An expired entry is a miss.
 * Returns OK, NOT_FOUND. */
NATIVE_API enum native_shm_status native_shm_cache_find(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        bool quiet, struct native_shm_view *view);

/* Copy the value's bytes, view->value_len of them, to `to`. Returns OK; CHANGED when the entry was replaced meanwhile
 * (`to` may hold anything: find again). */
NATIVE_API enum native_shm_status native_shm_cache_read(struct native_shm_segment *segment,
                                                        const struct native_shm_view *view,
                                                        void *to);

/* Whether what find() saw is still what the key has (one or two loads): for copies that a process keeps. An expired
 * entry is not the same any more. */
NATIVE_API bool native_shm_cache_same(struct native_shm_segment *segment,
                                      const struct native_shm_view *view);

enum native_shm_store_mode {
    NATIVE_SHM_SET = 0,
    NATIVE_SHM_ADD,     /* only if absent: else EXISTS */
    NATIVE_SHM_REPLACE, /* only if present: else NOT_FOUND */
};

struct native_shm_value {
    const void *bytes;
    size_t len; /* up to a quarter of the segment, and 4 GiB - 1 */
    uint32_t format;
    uint64_t ttl_ms; /* 0: for ever; kept in eighths of a second, rounded up */
    bool pinned;
};

/* Returns OK, EXISTS, NOT_FOUND, FULL, TOO_BIG, BUSY, INVALID (key too long). The old value stays unless OK, but like
 * any other it may be evicted to make room. */
NATIVE_API enum native_shm_status native_shm_cache_store(struct native_shm_segment *segment,
                                                         const struct native_shm_key *key,
                                                         const struct native_shm_value *value,
                                                         enum native_shm_store_mode mode);

/* Add to a value of format `format` that is 8 bytes, a signed integer; wraps round. *result is the sum. With `start` an
 * absent key is made with *start + by and ttl_ms. Returns OK, NOT_FOUND, TYPE, FULL, BUSY, INVALID. */
NATIVE_API enum native_shm_status native_shm_cache_add_number(struct native_shm_segment *segment,
                                                              const struct native_shm_key *key,
                                                              uint32_t format, int64_t by,
                                                              const int64_t *start, uint64_t ttl_ms,
                                                              int64_t *result);

/* If the value is the integer `from`, make it `to`. Returns OK, CHANGED (it is another), NOT_FOUND, TYPE, BUSY, INVALID. */
NATIVE_API enum native_shm_status native_shm_cache_swap_number(struct native_shm_segment *segment,
                                                               const struct native_shm_key *key,
                                                               uint32_t format, int64_t from,
                                                               int64_t to);

/* Store only if the key still has what `view` saw. Returns OK, CHANGED, and what store() returns. CHANGED is also said
 * of an entry that has only moved in the index: find again, compare the value, try again. */
NATIVE_API enum native_shm_status native_shm_cache_swap(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        const struct native_shm_view *view,
                                                        const struct native_shm_value *value);

/* Returns OK, NOT_FOUND, BUSY. */
NATIVE_API enum native_shm_status native_shm_cache_delete(struct native_shm_segment *segment,
                                                          const struct native_shm_key *key);

/* Delete only if the key still has what `view` saw (iteration, expiry). Returns OK, CHANGED, BUSY. */
NATIVE_API enum native_shm_status native_shm_cache_delete_view(struct native_shm_segment *segment,
                                                               const struct native_shm_key *key,
                                                               const struct native_shm_view *view);

/* Delete all; pinned ones too. Shard by shard, in small bites. Afterwards every byte that entries had is free.
 * Returns OK, BUSY (a living owner sits on a lock: the other shards are empty). */
NATIVE_API enum native_shm_status native_shm_cache_clear(struct native_shm_segment *segment);

/* ---- computed once: entry() ------------------------------------------------------------------------- */

struct native_shm_lease {
    uint64_t token; /* 0: none */
    uint32_t shard;
    struct native_shm_key key; /* points to the caller's bytes */
};

/* Become the one that makes this key's value. Returns OK: *lease is ours for at most lease_ms, make the value and
 * call store_leased (or drop_lease); EXISTS: the value is there (find it); BUSY: another living process makes it
 * (wait_lease). A dead holder's lease, or one whose time is over, is taken over, and so is one of our own (it is further
 * up our stack, or another fiber's). The lease is an entry of its own, pinned until its time is over. */
NATIVE_API enum native_shm_status native_shm_cache_lease(struct native_shm_segment *segment,
                                                         const struct native_shm_key *key,
                                                         uint64_t lease_ms,
                                                         struct native_shm_lease *lease);
/* Wait until some lease of this key's shard ends, a value comes, or the holder dies, at most wait_ms. Returns OK (look
 * again), BUSY (time over), INTERRUPTED. */
NATIVE_API enum native_shm_status native_shm_cache_wait_lease(struct native_shm_segment *segment,
                                                              const struct native_shm_key *key,
                                                              uint64_t wait_ms);
/* Put the value in the lease's place. Returns OK; EXISTS: the key has a value by now, it stays; CHANGED: the key was
 * deleted or the cache cleared meanwhile, nothing is stored; and what store() returns. The lease is over in any case. */
NATIVE_API enum native_shm_status
native_shm_cache_store_leased(struct native_shm_segment *segment, struct native_shm_lease *lease,
                              const struct native_shm_value *value);
NATIVE_API void native_shm_cache_drop_lease(struct native_shm_segment *segment,
                                            struct native_shm_lease *lease);

/* ---- looking at all --------------------------------------------------------------------------------- */

/* A place in the iteration; zero to begin. Entries that stay for the whole walk are seen at least once (twice if the
 * index grew meanwhile); no lock is held between calls. */
struct native_shm_cursor {
    uint32_t shard, bucket, overflow, slot;
};

struct native_shm_entry {
    struct native_shm_view view;
    uint32_t key_len;
    uint32_t hits;     /* with NATIVE_SHM_TRACK */
    uint32_t accessed; /* seconds since 1970, with NATIVE_SHM_TRACK */
    uint32_t memory;   /* bytes, with all that belongs to it */
    bool pinned;
};

/* The next entry, its key copied into `key` (NATIVE_SHM_KEY_MAX bytes). Returns OK, NOT_FOUND at the end. Takes no lock. */
NATIVE_API enum native_shm_status native_shm_cache_next(struct native_shm_segment *segment,
                                                        struct native_shm_cursor *cursor,
                                                        struct native_shm_entry *entry, void *key);
/* The same for one key; counts nothing. Returns OK, NOT_FOUND. */
NATIVE_API enum native_shm_status native_shm_cache_look(struct native_shm_segment *segment,
                                                        const struct native_shm_key *key,
                                                        struct native_shm_entry *entry);

struct native_shm_info {
    uint64_t size;        /* bytes of the segment */
    uint64_t memory;      /* that entries and objects may have */
    uint64_t used;        /* of it, in blocks */
    uint64_t index;       /* bytes of index extents */
    uint64_t value_bytes; /* of keys and values alone */
    uint64_t entries;
    uint64_t largest_free; /* bytes of the largest free block */
    uint64_t created;      /* seconds since 1970 */
    uint64_t counts[NATIVE_SHM_COUNTS];
    uint32_t participants; /* slots in use */
};
NATIVE_API void native_shm_cache_info(struct native_shm_segment *segment,
                                      struct native_shm_info *info);

/* Repair a shard whether or not somebody died, and check it. NULL if all is well, else what was wrong (and is now mended). */
NATIVE_API const char *native_shm_cache_check(struct native_shm_segment *segment, uint32_t shard);

#endif
