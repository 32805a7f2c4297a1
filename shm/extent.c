/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* extent.c - claiming, backing and freeing extents by single stores to the extent map.
 *
 * The life of an extent's word; each arrow is one store, so a kill leaves the word at one end of it:
 *
 *     UNBACKED --+                         +--> INDEX (for ever)
 *                +--> CLAIMED by a slot ---+
 *         FREE --+        ^    |           +--> HEAP, followed by RUN, RUN, ...
 *           ^             |    |                   |
 *           +-------------|----+                   |
 *                         +------------------------+  (freed: the first again CLAIMED, RUNs FREE, then itself)
 *
 * While a word is CLAIMED only the claimer writes it and the RUN words behind it. When the claimer is dead, whoever
 * changes the word from the dead one's CLAIMED to its own has its duties: free the RUNs, then the first.
 *
 * The hint (header.extent_hint): number where to look first (12 bits, all set: there is none), and how many times
 * extents were freed (20 bits), so that "there is none" is stored only if nothing was freed during the search.
 * It makes a claim in a full segment one load. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "extent.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "fault.h"
#include "lock.h"

enum {
    NONE = 0xfff,
    BACK_BYTES = 1 << 20, /* one system call backs so much: a signal undoes and repeats little */
    BACK_TRIES = 1000,
    NO_ROOM_EIGHTHS = 8, /* after a failure nobody tries for a second */
};
#define NOBODY UINT32_MAX /* no extent */

static uint32_t load(const struct native_shm_segment *segment, uint32_t number)
{
    return atomic_load_explicit(&segment->map[number], memory_order_acquire);
}

static void store(const struct native_shm_segment *segment, uint32_t number, uint32_t word)
{
    atomic_store_explicit(&segment->map[number], word, memory_order_release);
}

static uint32_t claimed_by_us(const struct native_shm_segment *segment)
{
    return NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, segment->id & 0xffffffu);
}

static bool take_word(const struct native_shm_segment *segment, uint32_t number, uint32_t word)
{
    return atomic_compare_exchange_strong_explicit(&segment->map[number], &word,
                                                   claimed_by_us(segment), memory_order_acq_rel,
                                                   memory_order_relaxed);
}

/* ---- memory ---- */

static bool back_piece(int fd, uint64_t at, uint64_t len)
{
    for (int tries = 0; tries < BACK_TRIES; tries++) {
#ifdef __linux__
        if (fallocate(fd, 0, (off_t)at, (off_t)len) == 0) {
            return true;
        }
        int error = errno;
#else
        int error = posix_fallocate(fd, (off_t)at, (off_t)len);
        if (error == 0) {
            return true;
        }
#endif
        if (error != EINTR) {
            return false;
        }
    }
    return false;
}

/* Give a claimed extent its memory; harmless when it has it. */
static bool back(struct native_shm_segment *segment, uint32_t number)
{
    struct native_shm_header *header = segment->header;
    int fd = native_shm_segment_fd(segment);
    uint64_t at = segment->extents_at + ((uint64_t)number << segment->extent_shift);

    for (uint64_t done = 0; done < segment->extent_size; done += BACK_BYTES) {
        uint64_t rest = segment->extent_size - done;
        if (!back_piece(fd, at + done, rest < BACK_BYTES ? rest : BACK_BYTES)) {
            uint32_t until = native_shm_now_eighths() + NO_ROOM_EIGHTHS;
            atomic_store_explicit(&header->no_room, until ? until : 1, memory_order_relaxed);
            return false;
        }
    }
    if (atomic_load_explicit(&header->no_room, memory_order_relaxed)) {
        atomic_store_explicit(&header->no_room, 0, memory_order_relaxed);
    }
    return true;
}

/* ---- the hint ---- */

/* Whether it is known that no extent can be had: one load, two while /dev/shm is full. */
static bool none_left(const struct native_shm_segment *segment, uint32_t hint)
{
    if ((hint & NONE) != NONE) {
        return false;
    }
    uint32_t until = atomic_load_explicit(&segment->header->no_room, memory_order_relaxed);
    return !until || (int32_t)(native_shm_now_eighths() - until) < 0;
}

static void hint_freed(const struct native_shm_segment *segment, uint32_t number)
{
    _Atomic uint32_t *at = &segment->header->extent_hint;
    uint32_t hint = atomic_load_explicit(at, memory_order_relaxed);

    uint32_t next;

    do {
        next = (((hint >> 12) + 1) << 12) | number;
    } while (!atomic_compare_exchange_weak_explicit(at, &hint, next, memory_order_release,
                                                    memory_order_relaxed));
}

/* What was found, or that there is none (NONE), unless something was freed since `seen` was read. */
static void hint_found(const struct native_shm_segment *segment, uint32_t seen, uint32_t number)
{
    atomic_compare_exchange_strong_explicit(&segment->header->extent_hint, &seen,
                                            (seen & ~(uint32_t)NONE) | number, memory_order_relaxed,
                                            memory_order_relaxed);
}

/* ---- giving back ---- */

/* `first` is CLAIMED by us: free what is joined to it, then itself as `kind`. */
static void release(const struct native_shm_segment *segment, uint32_t first,
                    enum native_shm_extent_kind kind)
{
    uint32_t count = 1;

    while (first + count < segment->extents &&
           load(segment, first + count) == NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, count)) {
        count++;
    }
    /* The last first: what is still joined to a dead claimer's word stays next to it. */
    for (uint32_t i = count; i-- > 1;) {
        store(segment, first + i, NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_FREE, 0));
        NATIVE_SHM_FAULT(extent_run_parted);
    }
    store(segment, first, NATIVE_SHM_EXTENT(kind, 0));
    NATIVE_SHM_FAULT(extent_freed);
    hint_freed(segment, first);
}

/* Whether the claimer that a CLAIMED word names is gone. The word has 24 bits of its id. */
static bool claimer_gone(struct native_shm_segment *segment, uint32_t word)
{
    uint32_t whose = NATIVE_SHM_EXTENT_WHOSE(word);

    if (NATIVE_SHM_ID_SLOT(whose) >= segment->participants) {
        return true;
    }
    uint32_t id =
        atomic_load_explicit(&segment->slots[NATIVE_SHM_ID_SLOT(whose)].id, memory_order_acquire);
    return (id & 0xffffffu) != whose || !native_shm_alive(segment, id);
}

static uint32_t reclaim(struct native_shm_segment *segment)
{
    uint32_t freed = 0;

    for (uint32_t number = 0; number < segment->extents; number++) {
        uint32_t word = load(segment, number);
        if (NATIVE_SHM_EXTENT_KIND(word) != NATIVE_SHM_EXTENT_CLAIMED ||
            !claimer_gone(segment, word) || !take_word(segment, number, word)) {
            continue;
        }
        NATIVE_SHM_FAULT(extent_taken_over);
        /* Nobody knows whether it had memory: the next claimer asks for it (again). */
        release(segment, number, NATIVE_SHM_EXTENT_UNBACKED);
        freed++;
    }
    return freed;
}

void native_shm_extent_free(struct native_shm_segment *segment, uint32_t number)
{
    if (number >= segment->extents ||
        NATIVE_SHM_EXTENT_KIND(load(segment, number)) != NATIVE_SHM_EXTENT_HEAP) {
        return;
    }
    store(segment, number, claimed_by_us(segment));
    NATIVE_SHM_FAULT(extent_leaving);
    release(segment, number, NATIVE_SHM_EXTENT_FREE);
}

uint32_t native_shm_extent_reclaim(struct native_shm_segment *segment)
{
    hint_freed(segment, 0); /* for one who died between freeing an extent and saying so */
    return reclaim(segment);
}

/* ---- claiming ---- */

/* The first extent of this kind from `start` on, round the map, now CLAIMED by us; or NOBODY. */
static uint32_t grab(const struct native_shm_segment *segment, enum native_shm_extent_kind kind,
                     uint32_t start)
{
    uint32_t number = start < segment->extents ? start : 0;

    for (uint32_t i = 0; i < segment->extents; i++) {
        uint32_t word = load(segment, number);
        if (NATIVE_SHM_EXTENT_KIND(word) == kind && take_word(segment, number, word)) {
            return number;
        }
        number = number + 1 < segment->extents ? number + 1 : 0;
    }
    return NOBODY;
}

/* One that has memory before one that needs it. */
static uint32_t grab_backed(struct native_shm_segment *segment, uint32_t start)
{
    uint32_t number = grab(segment, NATIVE_SHM_EXTENT_FREE, start);

    NATIVE_SHM_FAULT(extent_claimed);
    if (number != NOBODY) {
        return number;
    }
    number = grab(segment, NATIVE_SHM_EXTENT_UNBACKED, start);
    NATIVE_SHM_FAULT(extent_claimed_unbacked);
    if (number != NOBODY && !back(segment, number)) {
        store(segment, number, NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_UNBACKED, 0));
        number = NOBODY;
    }
    NATIVE_SHM_FAULT(extent_backed);
    return number;
}

static void make_one_free_block(const struct native_shm_segment *segment, uint32_t number,
                                uint32_t count)
{
    struct native_shm_block *block =
        (struct native_shm_block *)(void *)native_shm_extent_at(segment, number);
    uint32_t units = count << (segment->extent_shift - 4);

    atomic_store_explicit(&block->before, 0, memory_order_relaxed);
    atomic_store_explicit(&block->head, NATIVE_SHM_BLOCK(units, NATIVE_SHM_BLOCK_FREE),
                          memory_order_relaxed);
}

enum native_shm_status native_shm_extent_claim(struct native_shm_segment *segment,
                                               enum native_shm_extent_kind kind, uint32_t whose,
                                               uint32_t *number)
{
    uint32_t hint = atomic_load_explicit(&segment->header->extent_hint, memory_order_acquire);
    if (none_left(segment, hint)) {
        return NATIVE_SHM_FULL;
    }
    uint32_t found = grab_backed(segment, hint & NONE);
    if (found == NOBODY && reclaim(segment)) {
        found = grab_backed(segment, 0);
    }
    if (found == NOBODY) {
        hint_found(segment, hint, NONE);
        return NATIVE_SHM_FULL;
    }
    hint_found(segment, hint, found);
    if (kind != NATIVE_SHM_EXTENT_INDEX) {
        make_one_free_block(segment, found, 1);
    }
    NATIVE_SHM_FAULT(extent_written);
    store(segment, found, NATIVE_SHM_EXTENT(kind, whose));
    NATIVE_SHM_FAULT(extent_published);
    *number = found;
    return NATIVE_SHM_OK;
}

/* ---- runs ---- */

/* Claim and back first..first+count, highest first. Returns NOBODY, or the one that was not to be had (then none is
 * ours any more). */
static uint32_t grab_window(struct native_shm_segment *segment, uint32_t first, uint32_t count)
{
    for (uint32_t i = count; i-- > 0;) {
        uint32_t word = load(segment, first + i);
        uint32_t kind = NATIVE_SHM_EXTENT_KIND(word);
        bool ours = (kind == NATIVE_SHM_EXTENT_FREE || kind == NATIVE_SHM_EXTENT_UNBACKED) &&
                    take_word(segment, first + i, word);
        NATIVE_SHM_FAULT(extent_run_claimed);
        if (ours && (kind == NATIVE_SHM_EXTENT_FREE || back(segment, first + i))) {
            continue;
        }
        if (ours) {
            store(segment, first + i, word);
        }
        for (uint32_t j = i + 1; j < count; j++) {
            store(segment, first + j, NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_FREE, 0));
        }
        hint_freed(segment, first + i);
        return first + i;
    }
    return NOBODY;
}

/* A window of `count`, ours; or NOBODY. From the top down, as single ones go from the bottom up. */
static uint32_t grab_run(struct native_shm_segment *segment, uint32_t count)
{
    uint32_t top = segment->extents;

    while (top >= count) {
        uint32_t missing = grab_window(segment, top - count, count);
        if (missing == NOBODY) {
            return top - count;
        }
        top = missing;
    }
    return NOBODY;
}

enum native_shm_status native_shm_extent_claim_run(struct native_shm_segment *segment,
                                                   uint32_t whose, uint32_t count, uint32_t *first)
{
    if (count == 0 || count > segment->extents) {
        return NATIVE_SHM_FULL;
    }
    uint32_t found = grab_run(segment, count);
    if (found == NOBODY && reclaim(segment)) {
        found = grab_run(segment, count);
    }
    if (found == NOBODY) {
        return NATIVE_SHM_FULL;
    }
    make_one_free_block(segment, found, count);
    NATIVE_SHM_FAULT(extent_run_written);
    for (uint32_t i = 1; i < count; i++) {
        store(segment, found + i, NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, i));
        NATIVE_SHM_FAULT(extent_run_joined);
    }
    store(segment, found, NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_HEAP, whose));
    NATIVE_SHM_FAULT(extent_run_published);
    *first = found;
    return NATIVE_SHM_OK;
}

uint32_t native_shm_extent_available(struct native_shm_segment *segment)
{
    uint32_t count = 0;

    for (uint32_t number = 0; number < segment->extents; number++) {
        uint32_t kind = NATIVE_SHM_EXTENT_KIND(load(segment, number));
        count += kind == NATIVE_SHM_EXTENT_FREE || kind == NATIVE_SHM_EXTENT_UNBACKED;
    }
    return count;
}
