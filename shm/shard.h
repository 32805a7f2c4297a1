/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shard.h - inside the cache: what its files ask of each other. Nothing here is for users (cache.h).
 *
 * slab.c      the memory of buckets, a few KiB at a time
 * index.c     buckets: where they are, finding a key, a free slot, growing
 * entry.c     the shard's lock; an entry's queue links, publishing, removing
 * evict.c     expired entries and SIEVE, until there is a block
 * drain.c     emptying a whole extent of any shard
 * pieces.c    values in more than one block
 * repair.c    everything derived, made anew; what the dead left, freed
 * But for the index's lookups without lock, every call here wants the shard's lock held. */
#ifndef NATIVE_SHM_SHARD_H
#define NATIVE_SHM_SHARD_H

#include "fault.h"
#include "lock.h"
#include "record.h"

enum {
    NATIVE_SHM_CHAIN_MAX = 4096, /* buckets of one chain, at most: a longer one is damage */
};

static inline struct native_shm_shard *native_shm_shard_of(const struct native_shm_segment *segment,
                                                           uint64_t hash)
{
    return &segment->shard[hash >> segment->shard_shift]; /* there are two at least */
}

static inline uint32_t native_shm_shard_number(const struct native_shm_segment *segment,
                                               const struct native_shm_shard *shard)
{
    return (uint32_t)(shard - segment->shard);
}

static inline uint8_t native_shm_tag(uint64_t hash)
{
    return (uint8_t)(hash >> 32);
}

/* A store of any kind. */
struct native_shm_put {
    const struct native_shm_key *key;
    const struct native_shm_value *value;
    enum native_shm_store_mode mode;
    const struct native_shm_view *view; /* only if the key still has this; or NULL */
    uint64_t lease;                     /* only if the key has this lease; or 0 */
};

/* ---- slab.c ----------------------------------------------------------------------------------------- */

static inline uint32_t native_shm_slab_word(uint32_t shard, uint32_t flags)
{
    return (shard + 1) | flags;
}

static inline unsigned char *native_shm_slab_at(const struct native_shm_segment *segment,
                                                uint32_t slab)
{
    return segment->base + segment->extents_at + ((uint64_t)slab << segment->slab_shift);
}

/* Make a slab this shard's (word: native_shm_slab_word), all its bytes zero. Returns its number, UINT32_MAX when there is
 * no memory. */
uint32_t native_shm_slab_claim(struct native_shm_segment *segment, uint32_t word);
/* The first slab from `slab` on that has this word; UINT32_MAX: none. */
uint32_t native_shm_slab_next(const struct native_shm_segment *segment, uint32_t slab,
                              uint32_t word);
bool native_shm_slab_is(const struct native_shm_segment *segment, uint32_t slab, uint32_t word);
/* Slabs that one who died had not finished are free again. */
void native_shm_slab_reclaim(struct native_shm_segment *segment, uint32_t shard);

/* ---- index.c ---------------------------------------------------------------------------------------- */

/* A slot found under the lock. */
struct native_shm_place {
    struct native_shm_bucket *bucket;
    uint32_t index;
    uint64_t word;
    struct native_shm_record *record; /* whole: its lengths fit its block's extent */
    struct native_shm_fields fields;
};

/* Bytes from one bucket to the next. */
static inline uint32_t native_shm_bucket_step(const struct native_shm_segment *segment)
{
    return 1u << segment->bucket_shift;
}

/* Which bucket a hash belongs to when there are `buckets` (at least 1). */
static inline uint32_t native_shm_bucket_number(uint32_t hash, uint32_t buckets)
{
    uint32_t mask = UINT32_MAX >> __builtin_clz(buckets), number = hash & mask;

    return number < buckets ? number : number & (mask >> 1);
}

/* The bucket of that number, NULL if the directory has none such (damage, or a clear in between). No lock needed. */
static inline struct native_shm_bucket *
native_shm_bucket_at(const struct native_shm_segment *segment, struct native_shm_shard *shard,
                     uint32_t number)
{
    uint32_t which = number >> segment->slab_buckets, slab;

    if (which >= NATIVE_SHM_SHARD_DIRECTORY) {
        return NULL;
    }
    slab = atomic_load_explicit(&shard->directory[which], memory_order_acquire) - 1;
    if (slab >= segment->slabs) {
        return NULL;
    }
    number -= which << segment->slab_buckets;
    return (struct native_shm_bucket *)(void *)(native_shm_slab_at(segment, slab) +
                                                ((uint64_t)number << segment->bucket_shift));
}

/* The bucket that a hash belongs to; NULL when there is none. The lock is held. */
static inline struct native_shm_bucket *
native_shm_index_home(const struct native_shm_segment *segment, struct native_shm_shard *shard,
                      uint32_t hash)
{
    uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);

    return buckets ? native_shm_bucket_at(segment, shard, native_shm_bucket_number(hash, buckets))
                   : NULL;
}

/* The overflow bucket at a ref: NULL unless that is a bucket's place in an INDEX extent. No lock needed. */
struct native_shm_bucket *native_shm_overflow_at(const struct native_shm_segment *segment,
                                                 uint32_t ref);

static inline struct native_shm_bucket *
native_shm_bucket_next(const struct native_shm_segment *segment, struct native_shm_bucket *bucket)
{
    uint32_t next = atomic_load_explicit(&bucket->next, memory_order_acquire);

    return next ? native_shm_overflow_at(segment, next) : NULL;
}

/* With NATIVE_SHM_TRACK. */
static inline struct native_shm_bucket_meta *native_shm_meta(struct native_shm_bucket *bucket)
{
    return (struct native_shm_bucket_meta *)(bucket + 1);
}

/* The bucket that a slot is in, and which one it is. */
static inline struct native_shm_bucket *native_shm_bucket_of(_Atomic uint64_t *slot,
                                                             uint32_t *index)
{
    unsigned char *at = (unsigned char *)slot;
    uintptr_t inside = (uintptr_t)slot % NATIVE_SHM_LINE;

    *index = (uint32_t)(inside / sizeof *slot);
    return (struct native_shm_bucket *)(void *)(at - inside);
}

/* Find a key's slot, expired or not. */
bool native_shm_index_find(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           const struct native_shm_key *key, struct native_shm_place *place);
/* Find the slot that points to a record. */
bool native_shm_index_find_ref(struct native_shm_segment *segment, struct native_shm_shard *shard,
                               uint32_t ref, struct native_shm_place *place);
/* The low half of the hash of a record's key: its low bits choose the bucket. False if it is no whole record. */
bool native_shm_record_hash(const struct native_shm_segment *segment, uint32_t ref, uint32_t *hash);
/* Fill in record and fields from the word; false if it is no whole record. */
bool native_shm_place_load(struct native_shm_segment *segment, struct native_shm_place *place);
/* A free slot for a hash, its bucket made if need be; splits one bucket when there are many entries. False: no memory
 * for a bucket. Sets shard.starving when the index should be larger and can't. */
bool native_shm_index_room(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           uint32_t hash, struct native_shm_place *place);

/* Give a slot a new word: what a reader sees. What is written after it, no reader sees without also seeing the slot
 * changed: freed memory may be written. */
static inline void native_shm_slot_set(struct native_shm_bucket *bucket, uint32_t index,
                                       uint64_t word)
{
    atomic_store_explicit(&bucket->slots[index], word, memory_order_release);
    atomic_thread_fence(memory_order_release);
}

static inline void native_shm_slot_clear(struct native_shm_bucket *bucket, uint32_t index)
{
    uint64_t word = atomic_load_explicit(&bucket->slots[index], memory_order_relaxed);

    native_shm_slot_set(bucket, index, NATIVE_SHM_SLOT(0, 0, NATIVE_SHM_SLOT_VERSION(word) + 1));
}

static inline bool native_shm_visited(const struct native_shm_bucket *bucket, uint32_t index)
{
    return atomic_load_explicit(&bucket->visited, memory_order_relaxed) >> index & 1;
}

static inline void native_shm_visit(struct native_shm_bucket *bucket, uint32_t index)
{
    if (!native_shm_visited(bucket, index)) {
        atomic_fetch_or_explicit(&bucket->visited, 1u << index, memory_order_relaxed);
    }
}

static inline void native_shm_unvisit(struct native_shm_bucket *bucket, uint32_t index)
{
    if (native_shm_visited(bucket, index)) {
        atomic_fetch_and_explicit(&bucket->visited, ~(1u << index), memory_order_relaxed);
    }
}

/* Make a bucket empty, and let it be an unused overflow bucket. */
void native_shm_bucket_reset(const struct native_shm_segment *segment,
                             struct native_shm_bucket *bucket);
void native_shm_bucket_spare(const struct native_shm_segment *segment,
                             struct native_shm_shard *shard, struct native_shm_bucket *bucket);

/* Entries have been copied and are about to be cleared where they were: who found nothing looks again. */
static inline void native_shm_tell_moved(struct native_shm_shard *shard)
{
    atomic_store_explicit(&shard->moves,
                          atomic_load_explicit(&shard->moves, memory_order_relaxed) + 1,
                          memory_order_release);
    atomic_thread_fence(memory_order_release);
}

/* ---- entry.c ---------------------------------------------------------------------------------------- */

/* Take a shard's lock; a dead owner's is repaired first. Returns OK or BUSY (counted). */
enum native_shm_status native_shm_shard_take(struct native_shm_segment *segment,
                                             struct native_shm_shard *shard);
void native_shm_shard_give(struct native_shm_segment *segment, struct native_shm_shard *shard);

/* The slot points to the record at `ref` from now on (new entry: place->word has no ref), whose fields are all set. The
 * old record, if any, is freed. */
void native_shm_entry_publish(struct native_shm_segment *segment, struct native_shm_shard *shard,
                              struct native_shm_place *place, uint32_t ref);
/* Take an entry out and free all of it. */
void native_shm_entry_remove(struct native_shm_segment *segment, struct native_shm_shard *shard,
                             struct native_shm_place *place);
/* A record's own block and its pieces. */
void native_shm_record_free(struct native_shm_segment *segment, struct native_shm_shard *shard,
                            uint32_t ref);
/* Put a record at the new end of the eviction queue. */
void native_shm_queue_push(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           uint32_t ref);

/* ---- evict.c ---------------------------------------------------------------------------------------- */

/* What one call may do to make room, in one hold of the lock. */
struct native_shm_room {
    struct native_shm_segment *segment;
    struct native_shm_shard *shard;
    uint32_t keep;  /* ref of a record that must stay, or 0 */
    uint32_t steps; /* entries looked at, at most NATIVE_SHM_EVICT_STEPS_MAX; each is counted */
    uint32_t now;   /* the clock, once it was asked; 0: not yet */
};

/* A block for `size` bytes of payload, by eviction if need be. Returns 0 when the steps that are left gave none. The
 * block is a RECORD that nothing points to. */
uint32_t native_shm_evict_take(struct native_shm_room *room, uint64_t size);
/* One entry of the chain that the hash belongs to goes, and leaves its slot. False: none may go. */
bool native_shm_evict_slot(struct native_shm_room *room, uint32_t hash,
                           struct native_shm_place *place);
/* Some entries of one extent of this shard go, until it is empty and the index may have it. */
void native_shm_evict_extent(struct native_shm_room *room);
/* Look at some slots for expired entries. Returns how many were removed. */
uint32_t native_shm_sweep(struct native_shm_segment *segment, struct native_shm_shard *shard,
                          uint32_t slots, uint32_t keep);

/* ---- drain.c ---------------------------------------------------------------------------------------- */

enum { NATIVE_SHM_DRAIN_HOLD = 32 }; /* evictions in one hold of a lock */

/* Empty one extent and give it to the segment (no lock is held by the caller); the entry of `keep` stays (NULL: none
 * has to). Returns false when there is none that can be emptied. */
bool native_shm_drain(struct native_shm_segment *segment, const struct native_shm_key *keep);

/* ---- pieces.c --------------------------------------------------------------------------------------- */

/* Store a value in pieces. No lock is held by the caller. */
enum native_shm_status native_shm_pieces_store(struct native_shm_segment *segment,
                                               const struct native_shm_put *put);
/* Copy a value in pieces without lock: the bytes that are in the record first. False: what was found makes no sense. */
bool native_shm_pieces_read(const struct native_shm_segment *segment,
                            const struct native_shm_record *record,
                            const struct native_shm_fields *fields, unsigned char *to);

/* ---- cache_read.c ----------------------------------------------------------------------------------- */

/* find() without counting; also what has expired, and leases. No lock needed. */
bool native_shm_look(struct native_shm_segment *segment, const struct native_shm_key *key,
                     struct native_shm_view *view);

/* ---- cache_write.c ---------------------------------------------------------------------------------- */

/* Whether the put may go on: OK, EXISTS, NOT_FOUND, CHANGED. *there says whether the key has a slot (place). */
enum native_shm_status native_shm_put_check(struct native_shm_segment *segment,
                                            struct native_shm_shard *shard,
                                            const struct native_shm_put *put,
                                            struct native_shm_place *place, bool *there);
/* The same, and a slot is found for a new entry (place->word has no ref), by eviction if need be; FULL: none is to be
 * had. */
enum native_shm_status native_shm_put_place(struct native_shm_room *room,
                                            const struct native_shm_put *put,
                                            struct native_shm_place *place);
/* The key whose entry must not go to make room for the put itself: one that is there is asked for. NULL: none. */
static inline const struct native_shm_key *native_shm_put_keep(const struct native_shm_put *put)
{
    return put->mode == NATIVE_SHM_REPLACE || put->view || put->lease ? put->key : NULL;
}
/* The fields that an entry of a put will have. */
struct native_shm_fields native_shm_put_fields(struct native_shm_segment *segment,
                                               const struct native_shm_put *put, bool pieces);
/* Write a record's fields and key; the value is the caller's. */
void native_shm_put_fill(struct native_shm_record *record, const struct native_shm_put *put,
                         const struct native_shm_fields *fields);
/* One try of a put in one block, under the lock: FULL when there is no memory. */
enum native_shm_status native_shm_put_here(struct native_shm_segment *segment,
                                           struct native_shm_shard *shard,
                                           const struct native_shm_put *put);
/* All of a put, however large. No lock is held by the caller. */
enum native_shm_status native_shm_put(struct native_shm_segment *segment,
                                      const struct native_shm_put *put);

/* ---- lease.c ---------------------------------------------------------------------------------------- */

/* Wake those who wait for a lease of this shard. */
void native_shm_lease_ended(struct native_shm_shard *shard);

/* ---- repair.c --------------------------------------------------------------------------------------- */

void native_shm_repair(struct native_shm_segment *segment, struct native_shm_shard *shard);
/* Free what dead participants hold in this shard; unless `at_once`, at most once a second. True: something may have been
 * freed. */
bool native_shm_repair_held(struct native_shm_segment *segment, struct native_shm_shard *shard,
                            bool at_once);

#endif
