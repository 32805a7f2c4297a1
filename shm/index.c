/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* index.c - the buckets of a shard: finding, making room, growing by one bucket at a time (linear hashing).
 *
 * Who moves an entry copies first, adds to `moves`, then clears: a kill between leaves it in two slots, of which repair
 * keeps the one that its hash belongs to. Buckets at N and beyond are not looked at and may hold anything. */
#include "shard.h"

struct native_shm_bucket *native_shm_overflow_at(const struct native_shm_segment *segment,
                                                 uint32_t ref)
{
    unsigned char *at = native_shm_at(segment, ref, NATIVE_SHM_LINE);
    uint32_t extent, inside;

    if (!at || ref % (NATIVE_SHM_LINE / NATIVE_SHM_UNIT)) {
        return NULL;
    }
    extent = native_shm_extent_of(segment, ref);
    inside = (uint32_t)(at - native_shm_extent_at(segment, extent));
    if (inside % native_shm_bucket_step(segment) ||
        NATIVE_SHM_EXTENT_KIND(atomic_load_explicit(&segment->map[extent], memory_order_relaxed)) !=
            NATIVE_SHM_EXTENT_INDEX) {
        return NULL;
    }
    return (struct native_shm_bucket *)(void *)at;
}

bool native_shm_record_hash(const struct native_shm_segment *segment, uint32_t ref, uint32_t *hash)
{
    struct native_shm_record *record = native_shm_record_at(segment, ref, sizeof *record);
    struct native_shm_fields fields;

    if (!record) {
        return false;
    }
    fields = native_shm_fields_read(record);
    if (!native_shm_record_at(segment, ref, native_shm_key_at(&fields) + fields.key_len)) {
        return false;
    }
    *hash = (uint32_t)native_shm_hash(segment, native_shm_record_key(record, &fields),
                                      fields.key_len, 0);
    return true;
}

static inline bool load(struct native_shm_segment *segment, struct native_shm_place *place)
{
    uint32_t ref = NATIVE_SHM_SLOT_REF(place->word);
    uint64_t size, room, here;

    place->record = native_shm_record_at(segment, ref, sizeof *place->record);
    if (!place->record) {
        return false;
    }
    place->fields = native_shm_fields_read(place->record);
    size = native_shm_value_at(&place->fields);
    here = place->fields.value_len;
    room = segment->size - (uint64_t)((unsigned char *)place->record - segment->base);
    if (place->fields.pieces) {
        struct native_shm_more more;
        if (size > room) {
            return false;
        }
        memcpy(&more, (unsigned char *)place->record + size - sizeof more, sizeof more);
        if (more.here > here) {
            return false;
        }
        here = more.here;
    }
    return size + here <= room;
}

bool native_shm_place_load(struct native_shm_segment *segment, struct native_shm_place *place)
{
    return load(segment, place);
}

bool native_shm_index_find(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           const struct native_shm_key *key, struct native_shm_place *place)
{
    struct native_shm_bucket *bucket = native_shm_index_home(segment, shard, (uint32_t)key->hash);
    uint8_t tag = native_shm_tag(key->hash);

    for (unsigned hops = 0; bucket && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            uint64_t word = atomic_load_explicit(&bucket->slots[i], memory_order_relaxed);
            if (NATIVE_SHM_SLOT_TAG(word) != tag || !NATIVE_SHM_SLOT_REF(word)) {
                continue;
            }
            place->bucket = bucket;
            place->index = i;
            place->word = word;
            if (!load(segment, place)) {
                shard->suspect = 1;
                continue;
            }
            if (place->fields.key_len == key->len &&
                native_shm_racy_equal(native_shm_record_key(place->record, &place->fields),
                                      key->bytes, key->len)) {
                return true;
            }
        }
        bucket = native_shm_bucket_next(segment, bucket);
    }
    return false;
}

bool native_shm_index_find_ref(struct native_shm_segment *segment, struct native_shm_shard *shard,
                               uint32_t ref, struct native_shm_place *place)
{
    uint32_t hash;
    struct native_shm_bucket *bucket = native_shm_record_hash(segment, ref, &hash)
                                           ? native_shm_index_home(segment, shard, hash)
                                           : NULL;

    for (unsigned hops = 0; bucket && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            uint64_t word = atomic_load_explicit(&bucket->slots[i], memory_order_relaxed);
            if (NATIVE_SHM_SLOT_REF(word) == ref && ref) {
                place->bucket = bucket;
                place->index = i;
                place->word = word;
                return native_shm_place_load(segment, place);
            }
        }
        bucket = native_shm_bucket_next(segment, bucket);
    }
    return false;
}

/* ---- room ------------------------------------------------------------------------------------------- */

void native_shm_bucket_reset(const struct native_shm_segment *segment,
                             struct native_shm_bucket *bucket)
{
    for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
        if (NATIVE_SHM_SLOT_REF(atomic_load_explicit(&bucket->slots[i], memory_order_relaxed))) {
            native_shm_slot_clear(bucket, i);
        }
    }
    atomic_store_explicit(&bucket->visited, 0, memory_order_relaxed);
    atomic_store_explicit(&bucket->next, 0, memory_order_release);
    if (segment->flags & NATIVE_SHM_TRACK) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            atomic_store_explicit(&native_shm_meta(bucket)->access[i], 0, memory_order_relaxed);
            atomic_store_explicit(&native_shm_meta(bucket)->hits[i], 0, memory_order_relaxed);
        }
    }
}

void native_shm_bucket_spare(const struct native_shm_segment *segment,
                             struct native_shm_shard *shard, struct native_shm_bucket *bucket)
{
    atomic_store_explicit(&bucket->next, shard->free_buckets, memory_order_release);
    NATIVE_SHM_FAULT(index_spare_linked);
    shard->free_buckets = native_shm_ref(segment, bucket);
}

/* A slab more of overflow buckets. */
static bool more_overflow(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    uint32_t number = native_shm_shard_number(segment, shard),
             word = native_shm_slab_word(number, NATIVE_SHM_SLAB_OVERFLOW);
    uint32_t slab = native_shm_slab_claim(segment, word);

    if (slab == UINT32_MAX) {
        return false;
    }
    shard->fresh = native_shm_ref(segment, native_shm_slab_at(segment, slab));
    shard->fresh_end = shard->fresh + (1u << segment->slab_shift) / NATIVE_SHM_UNIT;
    return true;
}

/* An unused overflow bucket, empty; NULL when there is none. */
static struct native_shm_bucket *spare_take(struct native_shm_segment *segment,
                                            struct native_shm_shard *shard)
{
    struct native_shm_bucket *bucket;

    if (!shard->free_buckets && shard->fresh >= shard->fresh_end &&
        !more_overflow(segment, shard)) {
        return NULL;
    }
    bucket =
        native_shm_overflow_at(segment, shard->free_buckets ? shard->free_buckets : shard->fresh);
    if (!bucket) {
        shard->suspect = 1;
        shard->free_buckets = shard->fresh = shard->fresh_end = 0;
        return NULL;
    }
    if (shard->free_buckets) {
        shard->free_buckets = atomic_load_explicit(&bucket->next, memory_order_relaxed);
    } else {
        shard->fresh += native_shm_bucket_step(segment) / NATIVE_SHM_UNIT;
    }
    NATIVE_SHM_FAULT(index_spare_taken);
    native_shm_bucket_reset(segment, bucket);
    return bucket;
}

/* A free slot in the chain that begins here; one more bucket if none is free. */
static bool chain_room(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       struct native_shm_bucket *bucket, struct native_shm_place *place)
{
    struct native_shm_bucket *next;

    for (unsigned hops = 0; hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            uint64_t word = atomic_load_explicit(&bucket->slots[i], memory_order_relaxed);
            if (!NATIVE_SHM_SLOT_REF(word)) {
                place->bucket = bucket;
                place->index = i;
                place->word = word;
                return true;
            }
        }
        next = native_shm_bucket_next(segment, bucket);
        if (!next) {
            next = spare_take(segment, shard);
            if (!next) {
                return false;
            }
            atomic_store_explicit(&bucket->next, native_shm_ref(segment, next),
                                  memory_order_release);
            NATIVE_SHM_FAULT(index_chain_longer);
        }
        bucket = next;
    }
    shard->suspect = 1;
    return false;
}

/* Copy a slot and what belongs to it. */
static void copy_slot(const struct native_shm_segment *segment, struct native_shm_place *to,
                      struct native_shm_bucket *from, uint32_t index)
{
    uint64_t word = atomic_load_explicit(&from->slots[index], memory_order_relaxed);

    native_shm_slot_set(to->bucket, to->index,
                        NATIVE_SHM_SLOT(NATIVE_SHM_SLOT_REF(word), NATIVE_SHM_SLOT_TAG(word),
                                        NATIVE_SHM_SLOT_VERSION(to->word) + 1));
    if (native_shm_visited(from, index)) {
        native_shm_visit(to->bucket, to->index);
    } else {
        native_shm_unvisit(to->bucket, to->index);
    }
    if (segment->flags & NATIVE_SHM_TRACK) {
        struct native_shm_bucket_meta *a = native_shm_meta(from), *b = native_shm_meta(to->bucket);
        atomic_store_explicit(&b->access[to->index],
                              atomic_load_explicit(&a->access[index], memory_order_relaxed),
                              memory_order_relaxed);
        atomic_store_explicit(&b->hits[to->index],
                              atomic_load_explicit(&a->hits[index], memory_order_relaxed),
                              memory_order_relaxed);
    }
}

/* ---- growing ---------------------------------------------------------------------------------------- */

/* The directory's slab for bucket `number` is there, or is claimed now. */
static bool ensure_bucket(struct native_shm_segment *segment, struct native_shm_shard *shard,
                          uint32_t number)
{
    uint32_t which = number >> segment->slab_buckets, slab;

    if (which >= NATIVE_SHM_SHARD_DIRECTORY) {
        return false;
    }
    if (atomic_load_explicit(&shard->directory[which], memory_order_relaxed)) {
        return true;
    }
    slab = native_shm_slab_claim(segment,
                                 native_shm_slab_word(native_shm_shard_number(segment, shard), 0));
    if (slab == UINT32_MAX) {
        return false;
    }
    atomic_store_explicit(&shard->directory[which], slab + 1, memory_order_release);
    return true;
}

/* Whether a slot's entry goes to the new bucket of a split. */
static bool goes(struct native_shm_segment *segment, struct native_shm_shard *shard, uint64_t word,
                 uint32_t bit)
{
    uint32_t hash;

    if (!NATIVE_SHM_SLOT_REF(word)) {
        return false;
    }
    if (!native_shm_record_hash(segment, NATIVE_SHM_SLOT_REF(word), &hash)) {
        shard->suspect = 1;
        return false;
    }
    return hash & bit;
}

/* Copy what belongs to the new bucket. False: no overflow bucket was to be had. */
static bool split_copy(struct native_shm_segment *segment, struct native_shm_shard *shard,
                       struct native_shm_bucket *from, struct native_shm_bucket *to, uint32_t bit)
{
    struct native_shm_place place;

    for (unsigned hops = 0; from && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            if (!goes(segment, shard, atomic_load_explicit(&from->slots[i], memory_order_relaxed),
                      bit)) {
                continue;
            }
            if (!chain_room(segment, shard, to, &place)) {
                return false;
            }
            copy_slot(segment, &place, from, i);
            NATIVE_SHM_FAULT(index_split_copied);
        }
        from = native_shm_bucket_next(segment, from);
    }
    return true;
}

static void split_clear(struct native_shm_segment *segment, struct native_shm_shard *shard,
                        struct native_shm_bucket *from, uint32_t bit)
{
    for (unsigned hops = 0; from && hops < NATIVE_SHM_CHAIN_MAX; hops++) {
        for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
            if (goes(segment, shard, atomic_load_explicit(&from->slots[i], memory_order_relaxed),
                     bit)) {
                native_shm_slot_clear(from, i);
                NATIVE_SHM_FAULT(index_split_cleared);
            }
        }
        from = native_shm_bucket_next(segment, from);
    }
}

/* Give back the overflow buckets of a chain whose first bucket is not used after all. */
static void unchain(struct native_shm_segment *segment, struct native_shm_shard *shard,
                    struct native_shm_bucket *first)
{
    struct native_shm_bucket *bucket = native_shm_bucket_next(segment, first), *next;

    native_shm_bucket_reset(segment, first);
    for (unsigned hops = 0; bucket && hops < NATIVE_SHM_CHAIN_MAX; hops++, bucket = next) {
        next = native_shm_bucket_next(segment, bucket);
        native_shm_bucket_reset(segment, bucket);
        native_shm_bucket_spare(segment, shard, bucket);
    }
}

static uint32_t used_slots(const struct native_shm_bucket *bucket)
{
    uint32_t used = 0;

    for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
        used +=
            NATIVE_SHM_SLOT_REF(atomic_load_explicit(&bucket->slots[i], memory_order_relaxed)) != 0;
    }
    return used;
}

/* If the entries of a chain's last bucket have room before it, move them there. True: the chain is one shorter. */
static bool shorten(struct native_shm_segment *segment, struct native_shm_shard *shard,
                    struct native_shm_bucket *first)
{
    struct native_shm_bucket *last = first, *before = NULL, *next;
    struct native_shm_place place;
    uint32_t room = 0;

    for (unsigned hops = 0; (next = native_shm_bucket_next(segment, last)) != NULL; hops++) {
        if (hops == NATIVE_SHM_CHAIN_MAX) {
            shard->suspect = 1;
            return false;
        }
        room += NATIVE_SHM_BUCKET_SLOTS - used_slots(last);
        before = last;
        last = next;
    }
    if (!before || used_slots(last) > room) {
        return false;
    }
    for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
        if (NATIVE_SHM_SLOT_REF(atomic_load_explicit(&last->slots[i], memory_order_relaxed))) {
            if (!chain_room(segment, shard, first, &place)) {
                return false;
            }
            copy_slot(segment, &place, last, i);
            NATIVE_SHM_FAULT(index_shorten_copied);
        }
    }
    native_shm_tell_moved(shard);
    for (uint32_t i = 0; i < NATIVE_SHM_BUCKET_SLOTS; i++) {
        native_shm_slot_clear(last, i);
    }
    NATIVE_SHM_FAULT(index_shorten_cleared);
    atomic_store_explicit(&before->next, 0, memory_order_release);
    NATIVE_SHM_FAULT(index_shorten_cut);
    native_shm_bucket_spare(segment, shard, last);
    return true;
}

/* One bucket more: the entries of bucket N - 2^k that belong to bucket N move there. */
static bool split(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed), bit;
    struct native_shm_bucket *from, *to;

    if (!ensure_bucket(segment, shard, buckets)) {
        return false;
    }
    to = native_shm_bucket_at(segment, shard, buckets);
    if (!to) {
        shard->suspect = 1;
        return false;
    }
    native_shm_bucket_reset(segment, to);
    if (!buckets) {
        atomic_store_explicit(&shard->buckets, 1, memory_order_release);
        return true;
    }
    bit = 1u << (31 - __builtin_clz(buckets));
    from = native_shm_bucket_at(segment, shard, buckets - bit);
    if (!from || !split_copy(segment, shard, from, to, bit)) {
        unchain(segment, shard, to);
        return false;
    }
    atomic_store_explicit(&shard->buckets, buckets + 1, memory_order_release);
    NATIVE_SHM_FAULT(index_split_published);
    native_shm_tell_moved(shard);
    split_clear(segment, shard, from, bit);
    while (shorten(segment, shard, from)) {
    }
    return true;
}

enum { TIDY_BUCKETS = 64, ROOM_TRIES = 6 };

/* Chains grow when a bucket is full and stay when it is not any more: make some of them shorter. */
static bool tidy(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);
    bool freed = false;

    for (uint32_t i = 0; i < TIDY_BUCKETS && i < buckets; i++) {
        struct native_shm_bucket *bucket;
        shard->tidy = shard->tidy + 1 < buckets ? shard->tidy + 1 : 0;
        bucket = native_shm_bucket_at(segment, shard, shard->tidy);
        while (bucket && shorten(segment, shard, bucket)) {
            freed = true;
        }
    }
    return freed;
}

/* A bucket more when more than three quarters are full: two, so that a time without memory for the index is made good.
 * Once it starves it does so until there is memory, though the entries that go meanwhile leave slots. */
static void grow(struct native_shm_segment *segment, struct native_shm_shard *shard)
{
    for (int i = 0; i < 2; i++) {
        uint32_t buckets = atomic_load_explicit(&shard->buckets, memory_order_relaxed);
        bool full =
            (uint64_t)(shard->entries + 1) * 4 > (uint64_t)buckets * NATIVE_SHM_BUCKET_SLOTS * 3;
        if (!full && !shard->starving) {
            return;
        }
        shard->starving = !split(segment, shard);
        if (shard->starving) {
            return;
        }
        shard->emptied = 0;
    }
}

bool native_shm_index_room(struct native_shm_segment *segment, struct native_shm_shard *shard,
                           uint32_t hash, struct native_shm_place *place)
{
    struct native_shm_bucket *bucket;

    grow(segment, shard);
    /* No overflow bucket is left: chains that are too long have some, or those of a split bucket. */
    for (int i = 0;
         i < ROOM_TRIES && (bucket = native_shm_index_home(segment, shard, hash)) != NULL; i++) {
        if (chain_room(segment, shard, bucket, place)) {
            return true;
        }
        if (!tidy(segment, shard) && !split(segment, shard)) {
            break;
        }
    }
    return false;
}
