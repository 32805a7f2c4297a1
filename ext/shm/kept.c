/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/kept.c - arrays that a process has fetched and keeps.
 *
 * What was fetched once may never be again: its memory is the next one's when it is not used any more (`once`, some 256
 * KiB of them, and a table of the hashes of those that had to go). What was fetched twice, while it was there or while its
 * hash was, stays as long as native.shm_copies allows (`often`). So a process that walks over thousands of arrays
 * works in the same few pages, which are in its caches; a new page of memory costs more than what is written there.
 *
 * Why references and not GC_IMMUTABLE: nobody counts the users of an immutable array, so a script that runs for weeks
 * could never give one back; and its strings would have to look interned, which some parts of PHP take for permanent.
 *
 * At the end of a request PHP may throw its memory away without giving references back. In the next request none is
 * left, whatever the counts say: a block that was not handed out in this request is unused. The counts only grow by
 * that, by no more than what the memory of those requests could hold; long before one could overflow all blocks are
 * dropped. So are they after a fatal error, which may leave marks of a walk in them. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "kept.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "flat.h"
#include "ini.h"

enum {
    USED_MAX = 8,               /* blocks that have to stay looked at, to find room for one */
    ONCE_BYTES = 256 << 10,     /* of arrays that were fetched once */
    GONE = 1024,                /* hashes of those that had to go */
    BYTES_OF_REFERENCE = 16,    /* a zval: what holds a reference has at least that */
    POPULATED_LEAST = 32 << 10, /* bytes: from then on new pages are asked for at once */
    PAGE = 4096,
    FIRST_CHAINS = 64,
};

enum which { ONCE, OFTEN, SUPERSEDED, LISTS };

struct native_ext_shm_kept {
    struct native_ext_shm_kept *chain; /* of the same place in the table */
    struct native_ext_shm_kept *newer, *older;
    zend_array *array;
    uint64_t attach, hash;
    const void *slot; /* what find() saw: */
    uint64_t word;
    uint32_t stored;
    uint32_t size;
    size_t room;
    uint64_t request; /* when it was handed out last */
    enum which list;  /* SUPERSEDED: in no table */
    bool touched;     /* since it was last looked at for room */
};

struct list {
    struct native_ext_shm_kept *newest, *oldest;
    size_t bytes;
};

ZEND_TLS struct {
    struct native_ext_shm_kept **table;
    size_t chains; /* a power of two, or 0 */
    size_t blocks; /* all */
    size_t bytes;
    struct list lists[LISTS];
    uint32_t *gone;
    uint64_t request;
    uint64_t lost; /* references that former requests may not have given back, at most */
    uint64_t hits;
    bool drop; /* all of it, at the next request */
} kept;

/* ---- lists and table -------------------------------------------------------------------------------- */

static void list_add(enum which which, struct native_ext_shm_kept *block)
{
    struct list *list = &kept.lists[which];

    block->list = which;
    block->newer = NULL;
    block->older = list->newest;
    if (list->newest)
        list->newest->newer = block;
    else
        list->oldest = block;
    list->newest = block;
    list->bytes += block->room;
}

static void list_remove(struct native_ext_shm_kept *block)
{
    struct list *list = &kept.lists[block->list];

    if (block->newer)
        block->newer->older = block->older;
    else
        list->newest = block->older;
    if (block->older)
        block->older->newer = block->newer;
    else
        list->oldest = block->newer;
    list->bytes -= block->room;
}

static void list_move(enum which which, struct native_ext_shm_kept *block)
{
    list_remove(block);
    list_add(which, block);
}

static struct native_ext_shm_kept **chain_of(uint64_t hash)
{
    return &kept.table[(hash ^ (hash >> 29)) & (kept.chains - 1)];
}

/* Out of table and list. */
static void table_remove(struct native_ext_shm_kept *block)
{
    struct native_ext_shm_kept **at = chain_of(block->hash);

    while (*at != block)
        at = &(*at)->chain;
    *at = block->chain;
    list_remove(block);
}

static void table_grow(void)
{
    struct native_ext_shm_kept **old = kept.table;
    size_t old_chains = kept.chains;

    kept.chains = old_chains ? old_chains * 4 : FIRST_CHAINS;
    kept.table = pecalloc(kept.chains, sizeof(*kept.table), 1);
    for (size_t i = 0; i < old_chains; i++) {
        struct native_ext_shm_kept *block = old[i], *next;

        for (; block; block = next) {
            struct native_ext_shm_kept **at = chain_of(block->hash);

            next = block->chain;
            block->chain = *at;
            *at = block;
        }
    }
    if (old)
        pefree(old, 1);
}

static void table_add(enum which which, struct native_ext_shm_kept *block)
{
    struct native_ext_shm_kept **at;

    if (kept.blocks >= kept.chains)
        table_grow();
    at = chain_of(block->hash);
    block->chain = *at;
    *at = block;
    list_add(which, block);
}

static struct native_ext_shm_kept *table_find(uint64_t attach, uint64_t hash)
{
    struct native_ext_shm_kept *block;

    if (!kept.chains)
        return NULL;
    for (block = *chain_of(hash); block; block = block->chain) {
        if (block->hash == hash && block->attach == attach)
            return block;
    }
    return NULL;
}

/* Where it is remembered that an array had to go, and as what. */
static uint32_t *gone_place(uint64_t attach, uint64_t hash, uint32_t *tag)
{
    if (!kept.gone)
        kept.gone = pecalloc(GONE, sizeof(*kept.gone), 1);
    *tag = ((uint32_t)(hash >> 32) ^ (uint32_t)attach) | 1;
    return &kept.gone[hash % GONE];
}

/* ---- giving back ------------------------------------------------------------------------------------ */

static bool is_unused(const struct native_ext_shm_kept *block)
{
    return block->request != kept.request ||
           (GC_REFCOUNT(block->array) == 1 && native_ext_shm_flat_unused(block + 1, block->size));
}

/* Free a block that is in no list and no table. */
static void give_back(struct native_ext_shm_kept *block)
{
    kept.blocks--;
    kept.bytes -= block->room;
    pefree(block, 1);
}

/* Out of the table; freed at once if nobody uses it, else later. */
static void supersede(struct native_ext_shm_kept *block)
{
    table_remove(block);
    if (is_unused(block))
        give_back(block);
    else
        list_add(SUPERSEDED, block);
}

/* Give back superseded blocks that are used no more; looks at a few. */
static void sweep_superseded(void)
{
    for (int i = 0; i < 2 && kept.lists[SUPERSEDED].oldest; i++) {
        struct native_ext_shm_kept *block = kept.lists[SUPERSEDED].oldest;

        list_remove(block);
        if (is_unused(block))
            give_back(block);
        else
            list_add(SUPERSEDED, block);
    }
}

static size_t cap(void)
{
    return native_ext_shm_ini.copies > 0 ? (size_t)native_ext_shm_ini.copies : 0;
}

static bool fits(const struct native_ext_shm_kept *block, size_t room)
{
    return block->room >= room && block->room / 2 <= room;
}

/* Bytes that those fetched once may have. */
static size_t once_most(void)
{
    return MIN(cap() / 4, (size_t)ONCE_BYTES);
}

/* Out of list and table, to make room; remembered if it was fetched only once. */
static void let_go(struct native_ext_shm_kept *block)
{
    uint32_t tag, *place;

    if (block->list == ONCE) {
        place = gone_place(block->attach, block->hash, &tag);
        *place = tag;
    }
    table_remove(block);
}

/* Let those that were fetched once go until `room` more bytes are no more than there should be of them. Returns a block
 * that is large enough, out of list and table, if one of them is. */
static struct native_ext_shm_kept *take_once(size_t room)
{
    struct list *list = &kept.lists[ONCE];

    for (int used = 0; list->oldest && list->bytes + room > once_most();) {
        struct native_ext_shm_kept *block = list->oldest;

        if (!is_unused(block)) {
            list_move(ONCE, block);
            if (++used == USED_MAX)
                break;
            continue;
        }
        let_go(block);
        if (fits(block, room))
            return block;
        give_back(block);
    }
    return NULL;
}

/* Whether `room` more bytes may be kept, after giving back some that were not used for long. */
static bool make_room(size_t room)
{
    const struct list *once = &kept.lists[ONCE], *often = &kept.lists[OFTEN];
    size_t most = cap();

    if (room > most / 2)
        return false;
    sweep_superseded();
    for (int used = 0; used < USED_MAX && kept.bytes + room > most;) {
        struct native_ext_shm_kept *block =
            often->oldest && once->bytes <= once_most() ? often->oldest : once->oldest;

        if (!block)
            break;
        if (!block->touched && is_unused(block)) {
            let_go(block);
            give_back(block);
        } else {
            block->touched = false;
            list_move(block->list, block);
            used++;
        }
    }
    return kept.bytes + room <= most;
}

static void drop_all(void)
{
    for (int which = 0; which < LISTS; which++) {
        while (kept.lists[which].oldest) {
            struct native_ext_shm_kept *block = kept.lists[which].oldest;

            if (which == SUPERSEDED)
                list_remove(block);
            else
                table_remove(block);
            give_back(block);
        }
    }
}

void native_ext_shm_kept_forget(uint64_t attach)
{
    for (int which = ONCE; which <= OFTEN; which++) {
        struct native_ext_shm_kept *block = kept.lists[which].oldest, *newer;

        for (; block; block = newer) {
            newer = block->newer;
            if (block->attach == attach)
                supersede(block);
        }
    }
}

/* ---- use -------------------------------------------------------------------------------------------- */

zend_array *native_ext_shm_kept_find(uint64_t attach, uint64_t hash,
                                     const struct native_shm_view *view)
{
    struct native_ext_shm_kept *block = table_find(attach, hash);

    if (!block || block->word != view->word || block->slot != (const void *)view->slot ||
        block->stored != view->stored || block->size != view->value_len)
        return NULL;
    if (UNEXPECTED(block->list == ONCE))
        list_move(OFTEN, block);
    block->request = kept.request;
    block->touched = true;
    kept.hits++;
    GC_ADDREF(block->array);
    return block->array;
}

/* New pages all at once: each one alone costs an exception, which is more than half of its price. */
static void populate(void *block, size_t room)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t from = ((uintptr_t)block + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    uintptr_t to = ((uintptr_t)block + room) & ~(uintptr_t)(PAGE - 1);

    if (room >= POPULATED_LEAST)
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE); /* else: one by one */
#else
    (void)block;
    (void)room;
#endif
}

static struct native_ext_shm_kept *new_block(size_t room)
{
    struct native_ext_shm_kept *block;

    if (!make_room(room))
        return NULL;
    block = pemalloc(room, 1);
    populate(block, room);
    block->room = room;
    kept.blocks++;
    kept.bytes += room;
    return block;
}

struct native_ext_shm_kept *native_ext_shm_kept_begin(uint64_t attach, uint64_t hash,
                                                      const struct native_shm_view *view)
{
    struct native_ext_shm_kept *block = table_find(attach, hash);
    size_t room = native_ext_shm_flat_block(view->first, view->value_len);
    enum which list = block ? block->list : ONCE;
    uint32_t tag, *place = gone_place(attach, hash, &tag);

    if (!room)
        return NULL;
    room += sizeof(*block);
    if (*place == tag) {
        *place = 0;
        list = OFTEN;
    }
    if (block && is_unused(block) && fits(block, room)) {
        table_remove(block);
    } else {
        if (block)
            supersede(block);
        block = list == ONCE ? take_once(room) : NULL;
        if (!block)
            block = new_block(room);
        if (!block)
            return NULL;
    }
    block->attach = attach;
    block->hash = hash;
    block->slot = view->slot;
    block->word = view->word;
    block->stored = view->stored;
    block->size = view->value_len;
    block->list = list;
    return block;
}

void *native_ext_shm_kept_bytes(struct native_ext_shm_kept *block)
{
    return block + 1;
}

zend_array *native_ext_shm_kept_commit(struct native_ext_shm_kept *block)
{
    size_t room = native_ext_shm_flat_block(*(const uint64_t *)(block + 1), block->size);

    /* The bytes may be others than those that the room was reckoned from. */
    block->array = room && room <= block->room - sizeof(*block)
                       ? native_ext_shm_flat_expand(block + 1, block->size, room)
                       : NULL;
    if (!block->array) {
        give_back(block);
        return NULL;
    }
    block->request = kept.request;
    block->touched = false;
    table_add(block->list, block);
    GC_ADDREF(block->array);
    return block->array;
}

void native_ext_shm_kept_cancel(struct native_ext_shm_kept *block)
{
    give_back(block);
}

void native_ext_shm_kept_info(struct native_ext_shm_kept_info *info)
{
    info->bytes = kept.bytes;
    info->blocks = kept.blocks;
    info->hits = kept.hits;
}

/* ---- hooks ------------------------------------------------------------------------------------------ */

void native_ext_shm_kept_rinit(void)
{
    native_ext_shm_bytes_reset();
    kept.request++;
    if (kept.drop || kept.lost > UINT32_MAX / 4) {
        drop_all();
        kept.drop = false;
        kept.lost = 0;
    }
    while (kept.lists[SUPERSEDED].oldest) {
        struct native_ext_shm_kept *block = kept.lists[SUPERSEDED].oldest;

        list_remove(block);
        give_back(block);
    }
}

void native_ext_shm_kept_rshutdown(void)
{
    if (!kept.blocks)
        return;
    kept.lost += zend_memory_peak_usage(true) / BYTES_OF_REFERENCE;
    if (CG(unclean_shutdown))
        kept.drop = true;
}

void native_ext_shm_kept_mshutdown(void)
{
    drop_all();
    if (kept.table)
        pefree(kept.table, 1);
    if (kept.gone)
        pefree(kept.gone, 1);
    kept.table = NULL;
    kept.gone = NULL;
    kept.chains = 0;
    native_ext_shm_bytes_mshutdown();
}
