/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* layout.h - the bytes of a segment, as every process of the user sees them. The guided tour is TECHNOTES.md.
 *
 *   0          header          one page: identity, sizes, totals
 *              participants    one slot for each attached process (each thread under ZTS)
 *              extent map      one word for each extent: whose it is
 *              slab map        a short one for each slab, a part of an extent: which shard's buckets are there
 *              shards          the cache, by hash: lock, index geometry, queue, heap
 *              objects         directory of channels, counters, locks; with the heap they live in
 *   extents_at extents         equal pieces, claimed and backed one by one
 *
 * Offsets only: a "ref" counts units of 16 bytes from the start of the segment, 0 is none. Fixed-width types only.
 * A word that several processes write is _Atomic; everything else is written under the lock named beside it.
 * Derived state (free lists, queues, counts) may be torn by a kill: it is rebuilt from the map, the block headers
 * and the index, which are never torn because each changes by single stores in a safe order.
 * Any change here changes NATIVE_SHM_LAYOUT. */
#ifndef NATIVE_SHM_LAYOUT_H
#define NATIVE_SHM_LAYOUT_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "counts.h"

enum {
    NATIVE_SHM_LAYOUT = 3,
    NATIVE_SHM_UNIT = 16, /* bytes of one unit */
    NATIVE_SHM_LINE = 64, /* bytes of a cache line */
    NATIVE_SHM_PAGE = 4096,
    NATIVE_SHM_MAX_SHARDS = 256,
    NATIVE_SHM_MAX_EXTENTS = 2048,
    NATIVE_SHM_MAX_PARTICIPANTS = 4095,
    NATIVE_SHM_BUCKET_SLOTS = 7,
    NATIVE_SHM_SHARD_DIRECTORY = 512, /* slabs of main buckets of one shard at most */
    /* first level: powers of two of units; the last holds all up to 4 GiB */
    NATIVE_SHM_HEAP_CLASSES = 26,
    NATIVE_SHM_HEAP_STEPS = 8, /* second level: eighths of a power of two */
    NATIVE_SHM_OBJECT_BUCKETS = 256,
};

/* ---- who: participants and locks ------------------------------------------------------------------- */

/* A participant's id: slot (12 bits) and generation (19 bits), never 0; the top bit is for the lock word.
 * A slot's generation goes up each time it is taken, so an id is never two processes'. The process holds an
 * open-file-description lock on byte (file.h, SLOT_BYTES + slot) of the file for as long as it lives: alive means
 * "the slot has that generation and that byte is locked". */
#define NATIVE_SHM_ID_SLOT(id) ((id)&0xfffu)
#define NATIVE_SHM_ID_GENERATION(id) (((id) >> 12) & 0x7ffffu)
#define NATIVE_SHM_ID(slot, generation) (((uint32_t)(generation) << 12) | (uint32_t)(slot))

/* 0: free. Else the owner's id; the top bit says that somebody sleeps on the word. */
struct native_shm_lock {
    _Atomic uint32_t word;
};
#define NATIVE_SHM_LOCK_WAITERS 0x80000000u

struct native_shm_participant {
    _Atomic uint32_t id;  /* of the present or last holder */
    _Atomic uint32_t pid; /* for people; nothing rests on it */
    /* 1 + the shard whose blocks it holds unlinked, or 0 (heap.h, "held") */
    _Atomic uint32_t holding;
    _Atomic uint32_t in_use;                    /* 0 after a clean detach */
    _Atomic uint64_t counts[NATIVE_SHM_COUNTS]; /* written by the holder only */
    uint8_t reserved[128 - 16 - 8 * NATIVE_SHM_COUNTS];
};

/* ---- the header ------------------------------------------------------------------------------------ */

struct native_shm_header {
    /* NATIVE_SHM_MAGIC; the last word that the creator writes */
    _Atomic uint64_t magic;
    uint32_t layout;       /* NATIVE_SHM_LAYOUT */
    uint32_t abi;          /* word size, byte order, kind of lock (segment.c) */
    uint64_t size;         /* bytes of the file */
    uint8_t boot_id[16];   /* of the boot that locks and slots belong to */
    uint64_t secret;       /* mixed into every hash */
    uint64_t created;      /* seconds since 1970 */
    uint32_t flags;        /* enum native_shm_flags */
    uint32_t participants; /* how many slots */
    uint32_t extents;      /* how many */
    uint32_t extent_size;  /* bytes: a power of two */
    uint32_t shards;       /* how many: a power of two */
    /* eighths added to this boot's clock: expiry goes on after another boot */
    uint32_t clock_shift;
    uint64_t participants_at; /* byte offsets of the areas */
    uint64_t extent_map_at;
    uint64_t shards_at;
    uint64_t objects_at;
    uint64_t extents_at;
    /* the participant slot to try first; any value is right */
    _Atomic uint32_t slot_hint;
    /* where to look first for a free extent (extent.c) */
    _Atomic uint32_t extent_hint;
    /* the next extent to drain for a large value; any value is right */
    _Atomic uint32_t drain_hint;
    /* the INDEX extent where to look first for a free slab; UINT32_MAX: none has one (slab.c) */
    _Atomic uint32_t slab_hint;
    /* boot clock, eighths: until then no extent is backed; 0: there was room */
    _Atomic uint32_t no_room;
    _Atomic uint64_t sequence;                  /* of locks' fencing tokens and leases */
    _Atomic uint64_t totals[NATIVE_SHM_COUNTS]; /* of participants that are gone */
};
#define NATIVE_SHM_MAGIC UINT64_C(0x314d48535654414e) /* "NATVSHM1" read little endian */

/* ---- extents --------------------------------------------------------------------------------------- */

/* A word of the extent map: kind (8 bits) and whose (24 bits: shard number, or first extent of a run). */
enum native_shm_extent_kind {
    NATIVE_SHM_EXTENT_UNBACKED = 0, /* has no memory yet */
    NATIVE_SHM_EXTENT_FREE,
    /* a heap's blocks; whose: the heap's number (a shard's, or shards = the objects') */
    NATIVE_SHM_EXTENT_HEAP,
    /* slabs of buckets, of any shards: type-stable, never anything else again */
    NATIVE_SHM_EXTENT_INDEX,
    /* later extent of a run; whose: how many extents back its first is */
    NATIVE_SHM_EXTENT_RUN,
    /* being backed or joined; whose: slot of the claimer (24 bits of its id) */
    NATIVE_SHM_EXTENT_CLAIMED,
};
#define NATIVE_SHM_EXTENT(kind, whose) (((uint32_t)(kind) << 24) | (uint32_t)(whose))
#define NATIVE_SHM_EXTENT_KIND(word) ((word) >> 24)
#define NATIVE_SHM_EXTENT_WHOSE(word) ((word)&0xffffffu)

/* ---- slabs ----------------------------------------------------------------------------------------- */

/* INDEX extents are divided into slabs, 64 or as many as have 4 KiB: so much of the index is a shard's at a time, and
 * its for ever. A word of the slab map: 0 for nobody's; else 1 + the shard (12 bits) and flags. Words of extents that
 * are not INDEX are 0. */
#define NATIVE_SHM_SLAB_OVERFLOW                                                                   \
    0x1000u /* overflow buckets; else main ones, in the shard's directory */
#define NATIVE_SHM_SLAB_FRESH 0x2000u /* being made empty by who holds the shard's lock */

/* ---- the heap -------------------------------------------------------------------------------------- */

/* Blocks fill an extent, or a run of them, without a gap; the last one ends at its end. Walking forward from
 * the extent's start is valid at every instant: a split writes the new header before it shrinks the old block,
 * a merge is one store that grows the first block. `units` of the block incl. this header. */
struct native_shm_block {
    _Atomic uint32_t head; /* units << 4 | enum native_shm_block_kind */
    _Atomic uint32_t
        before; /* units of the block before it, 0 for the first. Behind a used block it is right at
                                * every instant; behind a free one it is derived */
};
enum native_shm_block_kind {
    NATIVE_SHM_BLOCK_FREE = 0,
    NATIVE_SHM_BLOCK_RECORD, /* a cache entry: struct native_shm_record */
    NATIVE_SHM_BLOCK_PIECE,  /* more of an entry's value: struct native_shm_piece */
    /* being written by a participant: its id is the first word of the payload */
    NATIVE_SHM_BLOCK_HELD,
    NATIVE_SHM_BLOCK_OBJECT,   /* a named object or what belongs to it */
    NATIVE_SHM_BLOCK_USER,     /* of another extension */
    NATIVE_SHM_BLOCK_MARK = 8, /* while a repair runs: not yet reached from the index */
};
#define NATIVE_SHM_BLOCK(units, kind) (((uint32_t)(units) << 4) | (uint32_t)(kind))
#define NATIVE_SHM_BLOCK_UNITS(head) ((head) >> 4)
#define NATIVE_SHM_BLOCK_KIND(head) ((head)&7u)

/* Segregated free lists over all extents of one owner; all of it is derived but for the map's words. */
struct native_shm_heap {
    /* bit: this first-level class has a free block */
    uint32_t classes;
    /* whose extents: the shard, or `shards` for the objects */
    uint32_t number;
    uint32_t steps[NATIVE_SHM_HEAP_CLASSES]; /* bit: this list is not empty */
    /* ref of the first free block */
    uint32_t free[NATIVE_SHM_HEAP_CLASSES][NATIVE_SHM_HEAP_STEPS];
    uint32_t extents;    /* how many it owns */
    uint32_t used_units; /* in blocks that are not free */
};

/* ---- the cache ------------------------------------------------------------------------------------- */

/* A slot: ref of a record (32 bits), tag (8 bits of the hash), version (24 bits, one more at each change). */
#define NATIVE_SHM_SLOT(ref, tag, version)                                                         \
    ((uint64_t)(ref) | ((uint64_t)(uint8_t)(tag) << 32) | ((uint64_t)((version)&0xffffffu) << 40))
#define NATIVE_SHM_SLOT_REF(word) ((uint32_t)(word))
#define NATIVE_SHM_SLOT_TAG(word) ((uint8_t)((word) >> 32))
#define NATIVE_SHM_SLOT_VERSION(word) ((uint32_t)((word) >> 40))

/* One cache line. Buckets live in slabs only: a reader that comes late finds slots, never other bytes,
 * and may set a visited bit there. */
struct native_shm_bucket {
    _Atomic uint64_t slots[NATIVE_SHM_BUCKET_SLOTS];
    _Atomic uint32_t visited; /* bit a slot: read since the eviction hand passed */
    _Atomic uint32_t next;    /* ref of an overflow bucket, or 0 */
};

/* With NATIVE_SHM_TRACK each bucket is followed by one of these. */
struct native_shm_bucket_meta {
    /* seconds since 1970, written at most once a second */
    _Atomic uint32_t access[NATIVE_SHM_BUCKET_SLOTS];
    _Atomic uint32_t hits[NATIVE_SHM_BUCKET_SLOTS];
    uint32_t reserved[2];
};

/* An entry, as the payload of a RECORD block. Unchanging once its slot points to it, but for a number's value
 * (one word, under the shard's lock; `stored` goes with it) and the queue's links. While its block is HELD the first
 * word is the holder's id. */
struct native_shm_record {
    uint32_t bits;    /* NATIVE_SHM_RECORD_...: length of the key, format, flags */
    uint32_t expires; /* eighths of a second of the segment's clock, 0 for never */
    uint32_t stored;  /* seconds since 1970 */
    uint32_t newer;   /* the eviction queue: derived; pinned entries are in none */
    uint32_t older;
    /* bytes in all; with NATIVE_SHM_RECORD_WORD the key begins here, and the value has 8 */
    uint32_t value_len;
    /* key bytes; value bytes, at a multiple of 8 if there are just 8 of them (a number) */
};

#define NATIVE_SHM_RECORD_KEY_LEN(bits) ((bits)&0x1ffffu) /* 0..65536 */
#define NATIVE_SHM_RECORD_FORMAT(bits)                                                             \
    (((bits) >> 17) & 0xffu)                /* what the value's bytes are (format.h) */
#define NATIVE_SHM_RECORD_PINNED (1u << 25) /* never evicted */
#define NATIVE_SHM_RECORD_PIECES                                                                   \
    (1u << 26) /* the value goes on in PIECE blocks: struct native_shm_more follows the key */
#define NATIVE_SHM_RECORD_WORD (1u << 27) /* the value has 8 bytes: no value_len */

struct native_shm_more {
    uint32_t piece; /* ref of the first piece's block */
    uint32_t here;  /* bytes of the value that follow this */
};

struct native_shm_piece {
    uint32_t holder; /* while HELD: the id of who writes it */
    uint32_t next;   /* ref of the next piece's block, or 0 */
    uint32_t record; /* ref of the record's block: who finds a piece finds its entry */
    uint32_t len;    /* bytes that follow this */
};

/* Where bucket b is: slab directory[b / M], place b % M, M being what a slab holds. Entries move between buckets (a split, or an overflow bucket that becomes
 * empty) in this order: copy, add to `moves`, clear where they were. So a reader that found nothing and saw `moves`
 * stand still has missed nothing. */
struct native_shm_shard {
    /* guards all below and every record of this shard */
    _Alignas(64) struct native_shm_lock lock;
    uint32_t number;
    uint32_t entries;              /* derived */
    uint32_t newest, oldest, hand; /* the eviction queue: refs; derived */
    /* bucket where the search for expired entries goes on */
    uint32_t sweep;
    /* no entry expires before; derived, 0: unknown */
    uint32_t soonest;
    /* the same of what this round of the sweep has seen */
    uint32_t sweep_soonest;
    /* refs of unused overflow buckets, linked by next; derived */
    uint32_t free_buckets;
    /* bucket where the search for chains that can be shorter goes on */
    uint32_t tidy;
    /* overflow buckets of the newest slab that were never used: the first's ref, and where they end; derived */
    uint32_t fresh, fresh_end;
    /* the index wants more memory than there is: an extent is being emptied (1 + its number, 0: none yet) */
    uint32_t starving, emptied;
    /* blocks that participants hold, at most; derived */
    uint32_t held;
    /* seconds: when it was last looked for blocks of the dead */
    uint32_t repaired;
    /* something did not fit: repair before the lock is given back */
    uint32_t suspect;
    uint64_t value_bytes;                  /* of keys and values: derived */
    _Alignas(64) _Atomic uint32_t buckets; /* N: linear hashing's geometry; only grows */
    _Atomic uint32_t moves;                /* entries have moved */
    _Atomic uint32_t lease_word;           /* futex: a lease of this shard has ended */
    /* 1 + number of each slab of main buckets; filled in order */
    _Atomic uint32_t directory[NATIVE_SHM_SHARD_DIRECTORY];
    _Alignas(64) struct native_shm_heap heap;
};

/* ---- named objects --------------------------------------------------------------------------------- */

struct native_shm_objects {
    _Alignas(64) struct native_shm_lock lock; /* guards the directory and the heap */
    uint32_t count;
    /* refs of OBJECT blocks, chained by `next` */
    _Atomic uint32_t buckets[NATIVE_SHM_OBJECT_BUCKETS];
    struct native_shm_heap heap;
};

enum native_shm_object_state {
    NATIVE_SHM_OBJECT_MADE = 0, /* it is being made */
    NATIVE_SHM_OBJECT_USABLE,
    NATIVE_SHM_OBJECT_REMOVED
};

struct native_shm_object {
    uint32_t next; /* ref of the next object's block in this chain */
    uint32_t hash;
    uint32_t name_len;      /* 1..255 */
    uint32_t kind;          /* enum native_shm_object_kind */
    _Atomic uint32_t state; /* enum native_shm_object_state */
    /* ref of the block that holds its body; 64-byte aligned inside */
    uint32_t body;
    uint64_t size; /* what it was made with: a later open compares */
    /* name bytes */
};

/* ---- what objects are ------------------------------------------------------------------------------- */

/* Bit 0: somebody may sleep on it; the rest goes up with each wake (waiters.h). */
struct native_shm_waiters {
    _Atomic uint32_t word;
};

struct native_shm_counter {
    _Alignas(NATIVE_SHM_LINE) _Atomic int64_t value;
    struct native_shm_waiters changed;
};

struct native_shm_mutex {
    _Alignas(NATIVE_SHM_LINE) _Atomic uint64_t
        owner;                  /* token (its 32 low bits) << 32 | participant id; 0: free */
    _Atomic uint64_t token;     /* of the last ownership; written by the owner only */
    _Atomic uint32_t abandoned; /* 1: the last owner did not finish: tell the next */
    struct native_shm_waiters given;
};

struct native_shm_semaphore_words {
    _Alignas(NATIVE_SHM_LINE) _Atomic uint32_t
        acquired; /* how often somebody wanted one: makes words differ */
    struct native_shm_waiters given;
    _Atomic uint64_t owners[]; /* number of the acquisition << 32 | participant id; 0: free */
};

_Static_assert(sizeof(struct native_shm_participant) == 128, "a participant is two lines");
_Static_assert(sizeof(struct native_shm_header) <= NATIVE_SHM_PAGE, "the header is one page");
_Static_assert(sizeof(struct native_shm_block) == 8, "a block's header is 8 bytes");
_Static_assert(sizeof(struct native_shm_bucket) == NATIVE_SHM_LINE, "a bucket is one line");
_Static_assert(sizeof(struct native_shm_bucket_meta) == NATIVE_SHM_LINE,
               "and so is what is tracked of it");
_Static_assert(sizeof(struct native_shm_record) == 24, "a record's header is 24 bytes, or 20");
_Static_assert(sizeof(struct native_shm_piece) == 16, "a piece's header is 16 bytes");

#endif
