/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_heap_faults.c - a process is killed at every fault point of extents and heap, at many of the times it comes by.
 * Afterwards: the block heads can be walked without damage, every block whose take() had returned is there with all its
 * bytes, at most the one block of the call that was killed is lost until the sweep, and no extent is lost at all.
 * The repairer is killed as well, at a point of its own. dev/ctest: long. */
#include "support/shm_alone.h"

#include <signal.h>
#include <sys/wait.h>

#include "harness.h"

enum { POINTS = 64, HITS = 14, LIVE_MAX = 256, EXTENTS = 12, SHIFT = 14, CHILD = 9, REPAIRER = 10 };

struct point {
    char name[40];
    uint32_t hits;
};

/* In memory shared with the child: what it has done, and what it does now. */
struct journal {
    struct point points[POINTS];
    struct live {
        uint32_t ref;
        uint32_t units;
        uint32_t stamp;
    } live[LIVE_MAX];
    uint32_t count;
    uint32_t dropped; /* blocks taken out of the books, for a rebuild to find */
    uint32_t giving;  /* 1 + which one of live[] a give() is at work on */
    uint32_t all;     /* points passed */
    uint64_t random;
};
static struct journal *journal;

static const char *kill_at; /* this point ... */
static uint32_t
    kill_nth; /* ... when it is passed for the nth time, or any point when kill_at is NULL */

void alone_fault(const char *name)
{
    struct point *point = journal->points;

    while (point < journal->points + POINTS - 1 && point->name[0] &&
           strcmp(point->name, name) != 0) {
        point++;
    }
    snprintf(point->name, sizeof point->name, "%s", name);
    point->hits++;
    journal->all++;
    if (kill_nth &&
        (kill_at ? !strcmp(kill_at, name) && point->hits == kill_nth : journal->all == kill_nth)) {
        kill(getpid(), SIGKILL);
    }
}

static uint32_t any(uint32_t below)
{
    return next_random(&journal->random) % below;
}

static void stamp(struct native_shm_segment *segment, const struct live *live, bool verify)
{
    uint32_t *words = native_shm_payload(segment, live->ref, live->units * NATIVE_SHM_UNIT - 8);

    for (uint32_t i = 1; words && i < live->units * 4 - 2; i++) {
        if (verify && words[i] != live->stamp + i) {
            fail("word %u of a block is not what was written", i);
            return;
        }
        words[i] = live->stamp + i;
    }
}

static void take(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    enum native_shm_block_kind kind = any(2) ? NATIVE_SHM_BLOCK_HELD : NATIVE_SHM_BLOCK_RECORD;
    uint64_t size = any(8) == 0 ? any(40000) : any(3000), got;
    uint32_t ref = any(6) == 0
                       ? native_shm_heap_take_some(segment, heap, size, size / 16, kind, &got)
                       : native_shm_heap_take(segment, heap, size, kind);
    struct found block;

    if (ref && look(segment, heap, ref, &block)) {
        journal->live[journal->count] = (struct live){ref, block.units, any(UINT32_MAX)};
        stamp(segment, &journal->live[journal->count++], false);
    }
}

static void give(struct native_shm_segment *segment, struct native_shm_heap *heap, uint32_t which)
{
    journal->giving = 1 + which;
    if (!native_shm_heap_give(segment, heap, journal->live[which].ref)) {
        _exit(3);
    }
    journal->live[which] = journal->live[--journal->count];
    journal->giving = 0;
}

static int which_at(uint32_t ref)
{
    for (uint32_t i = 0; i < journal->count; i++) {
        if (journal->live[i].ref == ref) {
            return (int)i;
        }
    }
    return -1;
}

struct context {
    struct native_shm_segment *segment;
    struct native_shm_heap *heap;
    uint32_t strays; /* blocks that are in nobody's books */
};

static bool sweep(void *at, uint32_t ref, uint32_t kind)
{
    struct context *context = at;
    int which = which_at(ref);

    (void)kind;
    context->strays += which < 0;
    return which < 0;
}

static bool drain(void *at, uint32_t ref, uint32_t kind)
{
    struct context *context = at;
    int which = which_at(ref);

    (void)kind;
    if (which >= 0) {
        give(context->segment, context->heap, (uint32_t)which);
    }
    return true;
}

/* What the child does until it is killed, the same each time. */
static void work(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    struct context context = {segment, heap, 0};

    for (int i = 0; i < 500; i++) {
        uint32_t dice = any(100);
        uint32_t fill = i / 100 % 2 ? 10 : 60;
        if (i % 100 == 99) {
            while (journal->count) {
                give(segment, heap, journal->count - 1);
            }
            native_shm_heap_trim(segment, heap);
        } else if (dice < 3) {
            journal->dropped = journal->count < 9 ? 0 : 6;
            journal->count -= journal->dropped;
            native_shm_heap_rebuild(segment, heap, sweep, &context);
            if (context.strays != journal->dropped) {
                _exit(4);
            }
            context.strays = journal->dropped = 0;
        } else if (dice < 5) {
            native_shm_heap_walk(segment, heap, any(EXTENTS), drain, &context);
            native_shm_heap_trim(segment, heap);
        } else if (journal->count && (dice < 30 || journal->count > fill)) {
            give(segment, heap, any(journal->count));
        } else if (journal->count < LIVE_MAX) {
            take(segment, heap);
        }
    }
}

/* A shard that is damaged, not only torn: its repair alone passes these points. */
static void work_damaged(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    for (int i = 0; i < 40; i++) {
        take(segment, heap);
    }
    for (uint32_t i = 0; i < journal->count; i += 5) {
        struct native_shm_block *block = native_shm_at(segment, journal->live[i].ref, 8);
        atomic_store(&block->head, 0);
    }
    native_shm_heap_rebuild(segment, heap, NULL, NULL);
}

static struct native_shm_segment *begin(struct native_shm_heap **heap)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, SHIFT);
    uint32_t dead = NATIVE_SHM_ID(5, 7) & 0xffffffu;

    atomic_store(&alone->dead[5], 1);
    atomic_store(&segment->map[4], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, dead));
    atomic_store(&segment->map[5], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, 1));
    memset(journal, 0, sizeof *journal);
    journal->random = 42;
    *heap = &segment->shard[1].heap;
    return segment;
}

/* Run in a child, which is killed or ends by itself. Returns whether it was killed. */
static bool run_child(struct native_shm_segment *segment, struct native_shm_heap *heap,
                      void (*call)(struct native_shm_segment *, struct native_shm_heap *),
                      uint32_t slot)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        segment->id = NATIVE_SHM_ID(slot, 7);
        call(segment, heap);
        _exit(0);
    }
    waitpid(pid, &status, 0);
    atomic_store(&alone->dead[slot], 1);
    check(status == 0 || (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL), "child: status %x",
          status);
    return status != 0;
}

static void repair(struct native_shm_segment *segment, struct native_shm_heap *heap)
{
    struct context context = {segment, heap, 0};

    native_shm_heap_rebuild(segment, heap, sweep, &context);
}

/* All blocks of the books are there and whole, no other is, and no extent is lost. */
static void inspect(struct native_shm_segment *segment, struct native_shm_heap *heap,
                    const char *name, uint32_t nth)
{
    struct context context = {segment, heap, 0};
    uint32_t damaged = native_shm_heap_rebuild(segment, heap, sweep, &context);
    const char *wrong = native_shm_heap_check(segment, heap);
    uint32_t units = 0;

    check(damaged == 0, "%s, time %u: %u extents damaged", name, nth, damaged);
    check(!wrong, "%s, time %u: %s", name, nth, wrong);
    check(context.strays <= 1 + journal->dropped, "%s, time %u: %u blocks are nobody's", name, nth,
          context.strays);
    for (uint32_t i = 0; i < journal->count; i++) {
        struct live *live = &journal->live[i];
        uint64_t size;
        bool there = native_shm_heap_is(segment, heap, live->ref, NATIVE_SHM_BLOCK_FREE, &size);
        if (!there && journal->giving == 1 + i) {
            continue;
        }
        if (check(there && size == live->units * NATIVE_SHM_UNIT - 8,
                  "%s, time %u: a block is lost", name, nth)) {
            stamp(segment, live, true);
            units += live->units;
            native_shm_heap_give(segment, heap, live->ref);
        }
    }
    check(heap->used_units == 0, "%s, time %u: %u units of %u stay used", name, nth,
          heap->used_units, units);
    native_shm_heap_trim(segment, heap);
    check(native_shm_extent_available(segment) == EXTENTS, "%s, time %u: %u extents are left", name,
          nth, native_shm_extent_available(segment));
}

static uint32_t kills;

/* One kill at that point; then, if `second`, a repairer is killed at its `second`th point of any name. */
static bool kill_once(void (*call)(struct native_shm_segment *, struct native_shm_heap *),
                      const char *name, uint32_t nth, uint32_t second)
{
    struct native_shm_heap *heap;
    struct native_shm_segment *segment = begin(&heap);

    kill_at = name;
    kill_nth = nth;
    bool killed = run_child(segment, heap, call, CHILD);
    kills += killed;
    if (second) {
        kill_at = NULL;
        kill_nth = journal->all + second;
        kills += run_child(segment, heap, repair, REPAIRER);
    }
    kill_nth = 0;
    if (call == work) {
        inspect(segment, heap, name, nth);
    } else {
        native_shm_heap_rebuild(segment, heap, NULL, NULL);
        const char *wrong = native_shm_heap_check(segment, heap);
        check(!wrong, "%s, time %u, damaged: %s", name, nth, wrong);
    }
    alone_unmap(segment);
    return killed;
}

static struct point seen[2][POINTS];

/* How often each point is passed when nobody is killed. */
static void count_points(void (*call)(struct native_shm_segment *, struct native_shm_heap *),
                         int which)
{
    kill_once(call, NULL, 0, 0);
    struct native_shm_heap *heap;
    struct native_shm_segment *segment = begin(&heap);

    run_child(segment, heap, call, CHILD);
    memcpy(seen[which], journal->points, sizeof seen[which]);
    alone_unmap(segment);
}

static void test_points(void (*call)(struct native_shm_segment *, struct native_shm_heap *),
                        int which)
{
    count_points(call, which);
    for (struct point *point = seen[which]; point->name[0]; point++) {
        uint32_t step = point->hits / HITS + 1;
        for (uint32_t nth = 1; nth <= point->hits && tap_good; nth += step) {
            check(kill_once(call, point->name, nth, 0), "%s, time %u: not killed", point->name,
                  nth);
            kill_once(call, point->name, nth, 1 + (nth * 7 + (uint32_t)strlen(point->name)) % 40);
        }
    }
}

/* Every NATIVE_SHM_FAULT() of a source file was hit. */
static void test_all_hit(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[256], name[64];

    if (!check(file != NULL, "%s can't be read", path)) {
        return;
    }
    while (fgets(line, sizeof line, file)) {
        const char *at = strstr(line, "NATIVE_SHM_FAULT(");
        if (!at || sscanf(at, "NATIVE_SHM_FAULT(%63[a-z0-9_])", name) != 1) {
            continue;
        }
        bool hit = false;
        for (int i = 0; i < 2 * POINTS; i++) {
            hit |= !strcmp(seen[i / POINTS][i % POINTS].name, name);
        }
        check(hit, "%s: nobody is killed at %s", path, name);
    }
    fclose(file);
}

int main(void)
{
    if (under_valgrind()) {
        printf("1..0 # SKIP hundreds of forks\n");
        return 0;
    }
    journal = alone_must(mmap(NULL, (sizeof *journal + 4095) / 4096 * 4096, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    test_points(work, 0);
    end_test(
        "%u kills at the points of extents and heap: nothing but the block of that call is lost",
        kills);
    test_points(work_damaged, 1);
    end_test("a repairer of a damaged heap is killed: the next one ends");
    test_all_hit("shm/extent.c");
    test_all_hit("shm/heap.c");
    test_all_hit("shm/heap_rebuild.c");
    end_test("every point in the sources is hit");
    return done();
}
