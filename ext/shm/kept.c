/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/kept.c - arrays that a process has fetched and keeps.
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

#include "flat.h"
#include "ini.h"

enum {
    LOOKED_AT_MAX = 8,       /* blocks looked at to find room for one */
    BYTES_OF_REFERENCE = 16, /* a zval: what holds a reference has at least that */
    FIRST_CHAINS = 64,
};

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
    bool in_table;    /* false: superseded */
    bool touched;     /* since it was last looked at for room */
};

struct list {
    struct native_ext_shm_kept *newest, *oldest;
};

ZEND_TLS struct {
    struct native_ext_shm_kept **table;
    size_t chains; /* a power of two, or 0 */
    size_t blocks; /* all */
    size_t bytes;
    struct list current, superseded;
    uint64_t request;
    uint64_t lost; /* references that former requests may not have given back, at most */
    uint64_t hits;
    bool drop; /* all of it, at the next request */
} kept;

/* ---- lists and table -------------------------------------------------------------------------------- */

static void list_add(struct list *list, struct native_ext_shm_kept *block)
{
    block->newer = NULL;
    block->older = list->newest;
    if (list->newest)
        list->newest->newer = block;
    else
        list->oldest = block;
    list->newest = block;
}

static void list_remove(struct list *list, struct native_ext_shm_kept *block)
{
    if (block->newer)
        block->newer->older = block->older;
    else
        list->newest = block->older;
    if (block->older)
        block->older->newer = block->newer;
    else
        list->oldest = block->newer;
}

static struct native_ext_shm_kept **chain_of(uint64_t hash)
{
    return &kept.table[(hash ^ (hash >> 29)) & (kept.chains - 1)];
}

static void table_remove(struct native_ext_shm_kept *block)
{
    struct native_ext_shm_kept **at = chain_of(block->hash);

    while (*at != block)
        at = &(*at)->chain;
    *at = block->chain;
    block->in_table = false;
    list_remove(&kept.current, block);
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

static void table_add(struct native_ext_shm_kept *block)
{
    struct native_ext_shm_kept **at;

    if (kept.blocks >= kept.chains)
        table_grow();
    at = chain_of(block->hash);
    block->chain = *at;
    *at = block;
    block->in_table = true;
    list_add(&kept.current, block);
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

/* ---- giving back ------------------------------------------------------------------------------------ */

static bool is_unused(const struct native_ext_shm_kept *block)
{
    return block->request != kept.request || native_ext_shm_flat_unused(block + 1);
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
        list_add(&kept.superseded, block);
}

/* Give back superseded blocks that are used no more; looks at a few. */
static void sweep_superseded(void)
{
    for (int i = 0; i < 2 && kept.superseded.oldest; i++) {
        struct native_ext_shm_kept *block = kept.superseded.oldest;

        list_remove(&kept.superseded, block);
        if (is_unused(block))
            give_back(block);
        else
            list_add(&kept.superseded, block);
    }
}

/* Whether `room` more bytes may be kept, after giving back some that were not used for long. */
static bool make_room(size_t room)
{
    size_t cap = native_ext_shm_ini.copies > 0 ? (size_t)native_ext_shm_ini.copies : 0;

    if (room > cap / 2)
        return false;
    sweep_superseded();
    for (int i = 0; i < LOOKED_AT_MAX && kept.bytes + room > cap && kept.current.oldest; i++) {
        struct native_ext_shm_kept *block = kept.current.oldest;

        if (!block->touched && is_unused(block)) {
            table_remove(block);
            give_back(block);
        } else {
            block->touched = false;
            list_remove(&kept.current, block);
            list_add(&kept.current, block);
        }
    }
    return kept.bytes + room <= cap;
}

static void drop_all(void)
{
    while (kept.current.oldest) {
        struct native_ext_shm_kept *block = kept.current.oldest;

        table_remove(block);
        give_back(block);
    }
    while (kept.superseded.oldest) {
        struct native_ext_shm_kept *block = kept.superseded.oldest;

        list_remove(&kept.superseded, block);
        give_back(block);
    }
}

void native_ext_shm_kept_forget(uint64_t attach)
{
    struct native_ext_shm_kept *block = kept.current.oldest, *newer;

    for (; block; block = newer) {
        newer = block->newer;
        if (block->attach == attach)
            supersede(block);
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
    block->request = kept.request;
    block->touched = true;
    kept.hits++;
    GC_ADDREF(block->array);
    return block->array;
}

struct native_ext_shm_kept *native_ext_shm_kept_begin(uint64_t attach, uint64_t hash,
                                                      const struct native_shm_view *view)
{
    struct native_ext_shm_kept *block = table_find(attach, hash);
    size_t room = sizeof(*block) + view->value_len;

    if (block && is_unused(block) && block->room >= room && block->room / 2 <= room) {
        table_remove(block);
    } else {
        if (block)
            supersede(block);
        if (!make_room(room))
            return NULL;
        block = pemalloc(room, 1);
        block->room = room;
        kept.blocks++;
        kept.bytes += room;
    }
    block->attach = attach;
    block->hash = hash;
    block->slot = view->slot;
    block->word = view->word;
    block->stored = view->stored;
    block->size = view->value_len;
    return block;
}

void *native_ext_shm_kept_bytes(struct native_ext_shm_kept *block)
{
    return block + 1;
}

zend_array *native_ext_shm_kept_commit(struct native_ext_shm_kept *block)
{
    block->array = native_ext_shm_flat_relocate(block + 1, block->size);
    if (!block->array) {
        give_back(block);
        return NULL;
    }
    block->request = kept.request;
    block->touched = false;
    table_add(block);
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
    kept.request++;
    if (kept.drop || kept.lost > UINT32_MAX / 4) {
        drop_all();
        kept.drop = false;
        kept.lost = 0;
    }
    while (kept.superseded.oldest) {
        struct native_ext_shm_kept *block = kept.superseded.oldest;

        list_remove(&kept.superseded, block);
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
    kept.table = NULL;
    kept.chains = 0;
}
