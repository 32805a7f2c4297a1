/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_extent.c - claiming, backing and freeing extents: alone, from several processes at once, without room, and after
 * a claimer's death. */
#include "support/shm_alone.h"

#include <sys/wait.h>

#include "harness.h"

void alone_fault(const char *point)
{
    (void)point;
}

static uint32_t claim(struct native_shm_segment *segment, uint32_t whose)
{
    uint32_t number = NOBODY;

    return native_shm_extent_claim(segment, NATIVE_SHM_EXTENT_HEAP, whose, &number) == NATIVE_SHM_OK
               ? number
               : NOBODY;
}

static uint32_t claim_run(struct native_shm_segment *segment, uint32_t count)
{
    uint32_t first = NOBODY;

    return native_shm_extent_claim_run(segment, 3, count, &first) == NATIVE_SHM_OK ? first : NOBODY;
}

static void test_singles(void)
{
    struct native_shm_segment *segment = alone_new(20, 14);
    uint32_t number;
    bool seen[20] = {false};

    for (int i = 0; i < 20; i++) {
        number = claim(segment, 2);
        if (check(number < 20 && !seen[number], "claim %d gave %u", i, number)) {
            seen[number] = true;
        }
    }
    check(claim(segment, 2) == NOBODY, "a twenty-first extent");
    check(native_shm_extent_available(segment) == 0, "some are left");
    native_shm_extent_free(segment, 7);
    check(claim(segment, 1) == 7, "what was freed was not found");
    check(atomic_load(&segment->map[7]) == NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_HEAP, 1), "word");
    check(claim(segment, 1) == NOBODY, "nothing was free");

    native_shm_extent_free(segment, 19);
    check(native_shm_extent_claim(segment, NATIVE_SHM_EXTENT_INDEX, 2, &number) == NATIVE_SHM_OK &&
              number == 19,
          "index extent");
    native_shm_extent_free(segment, 19);
    check(NATIVE_SHM_EXTENT_KIND(atomic_load(&segment->map[19])) == NATIVE_SHM_EXTENT_INDEX,
          "an index extent became something else");
    native_shm_extent_free(segment, 20);
    native_shm_extent_free(segment, UINT32_MAX);
    alone_unmap(segment);
    end_test("each extent is handed out once; what is freed is found again; index extents stay");
}

static void test_runs(void)
{
    struct native_shm_segment *segment = alone_new(10, 14);

    check(claim(segment, 0) == 0, "a single one is taken from the bottom");
    check(claim_run(segment, 4) == 6, "a run is taken from the top");
    check(claim_run(segment, 6) == NOBODY, "a run of six in five");
    check(claim_run(segment, 0) == NOBODY && claim_run(segment, 11) == NOBODY, "sizes of runs");
    check(claim_run(segment, 5) == 1, "a run that just fits");
    check(claim(segment, 0) == NOBODY, "full");
    native_shm_extent_free(segment, 7);
    check(native_shm_extent_available(segment) == 0, "the middle of a run was freed");
    native_shm_extent_free(segment, 6);
    check(native_shm_extent_available(segment) == 4, "a freed run gives all its extents back");
    native_shm_extent_free(segment, 1);
    native_shm_extent_free(segment, 0);
    check(claim_run(segment, 10) == 0, "all as one run");
    alone_unmap(segment);
    end_test("runs are adjacent, and come and go as one");
}

static void test_no_room(void)
{
    struct native_shm_segment *segment = alone_new(8, 21);

    atomic_store(&alone->room, 5); /* an extent of 2 MiB is backed in two calls */
    check(claim(segment, 0) == 0 && claim(segment, 0) == 1, "there was room for two");
    check(claim(segment, 0) == NOBODY, "no room, yet an extent");
    check(native_shm_extent_available(segment) == 6, "what could not be backed stays unclaimed");
    atomic_store(&alone->room, UINT32_MAX);
    check(claim(segment, 0) == NOBODY, "asked again at once");
    atomic_fetch_add(&alone->now, NO_ROOM_EIGHTHS);
    check(claim(segment, 0) != NOBODY, "room again, but nobody asked after a second");
    check(claim(segment, 0) != NOBODY, "the next one");

    atomic_store(&alone->room, 0);
    native_shm_extent_free(segment, 0);
    check(claim_run(segment, 5) == NOBODY, "a run without room");
    check(claim(segment, 0) == 0, "an extent that has memory needs no room");
    check(claim(segment, 0) == NOBODY, "full");
    atomic_store(&alone->room, UINT32_MAX);
    check(claim_run(segment, 4) == 4, "a run with room");

    alone_unmap(segment);
    end_test("no room in the file system is FULL, and asked again after a second");

    segment = alone_new(4, 14);
    atomic_store(&alone->interrupts, 5);
    check(claim(segment, 0) == 0, "a signal stopped a claim");
    atomic_store(&alone->interrupts, UINT32_MAX);
    check(claim(segment, 0) == NOBODY, "signals without end");
    atomic_store(&alone->interrupts, 0);
    atomic_fetch_add(&alone->now, 100);
    int fd = segment->fd;
    segment->fd = -1;
    check(claim(segment, 0) == NOBODY, "backed without a descriptor");
    segment->fd = fd;
    alone_unmap(segment);
    end_test("signals while backing, and no descriptor at all");
}

static void test_reclaim(void)
{
    struct native_shm_segment *segment = alone_new(10, 14);
    uint32_t dead = NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, NATIVE_SHM_ID(5, 7) & 0xffffffu);
    uint32_t alive = NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, NATIVE_SHM_ID(6, 7) & 0xffffffu);
    uint32_t last = NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, NATIVE_SHM_ID(6, 6) & 0xffffffu);
    uint32_t nobody = NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_CLAIMED, 0xfff);

    atomic_store(&segment->map[0], alive);
    atomic_store(&segment->map[1], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, 1));
    atomic_store(&segment->map[2], dead);
    atomic_store(&segment->map[3], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, 1));
    atomic_store(&segment->map[4], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_RUN, 2));
    atomic_store(&segment->map[5], dead);
    atomic_store(&segment->map[6], last);
    atomic_store(&segment->map[7], nobody);
    check(native_shm_extent_reclaim(segment) == 2, "only what has no holder of that generation");
    check(native_shm_extent_available(segment) == 4, "8 and 9, and two of the gone");
    atomic_store(&alone->dead[5], 1);
    for (int i = 0; i < 4; i++) {
        check(claim(segment, 0) > 5, "only 6 to 9 are free");
    }
    check(claim_run(segment, 4) == 2, "what a dead claimer had, its runs too, was not found");
    atomic_store(&segment->map[1], NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_FREE, 0));
    atomic_store(&segment->header->extent_hint, NONE); /* as if killed before it could tell */
    check(claim(segment, 0) == NOBODY, "the hint is not looked at");
    native_shm_extent_reclaim(segment);
    check(claim(segment, 0) == 1, "an extent whose freer died is never found");
    check(atomic_load(&segment->map[0]) == alive, "a living claimer's was taken");
    alone_unmap(segment);
    end_test("what dead claimers had is free when it is needed; what living ones have is theirs");
}

/* Each of `PROCESSES` claims and frees, and keeps its own number in all that it has. */
enum { PROCESSES = 8, EXTENTS = 64 };

static int contend(struct native_shm_segment *segment, uint32_t me, _Atomic uint32_t *owner)
{
    uint64_t random = me;
    uint32_t have[EXTENTS], length[EXTENTS], count = 0;

    segment->id = NATIVE_SHM_ID(me, 7);
    for (int i = 0; i < 30000; i++) {
        if (next_random(&random) % 3 && count < 12) {
            uint32_t run = next_random(&random) % 4 == 0 ? 2 + next_random(&random) % 3 : 1;
            uint32_t first = run > 1 ? claim_run(segment, run) : claim(segment, me);
            if (first == NOBODY) {
                continue;
            }
            for (uint32_t j = 0; j < run; j++) {
                uint32_t before = atomic_exchange(&owner[first + j], me);
                if (before) {
                    return 1;
                }
            }
            have[count] = first;
            length[count++] = run;
        } else if (count) {
            uint32_t which = next_random(&random) % count;
            for (uint32_t j = 0; j < length[which]; j++) {
                if (atomic_exchange(&owner[have[which] + j], 0) != me) {
                    return 2;
                }
            }
            native_shm_extent_free(segment, have[which]);
            have[which] = have[--count];
            length[which] = length[count];
        }
    }
    while (count--) {
        for (uint32_t j = 0; j < length[count]; j++) {
            atomic_exchange(&owner[have[count] + j], 0);
        }
        native_shm_extent_free(segment, have[count]);
    }
    return 0;
}

static void test_processes(void)
{
    struct native_shm_segment *segment = alone_new(EXTENTS, 14);
    _Atomic uint32_t *owner =
        alone_must(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    pid_t pids[PROCESSES];

    for (uint32_t i = 0; i < PROCESSES; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            int status = contend(segment, 10 + i, owner);
            free(segment);
            _exit(status);
        }
    }
    for (uint32_t i = 0; i < PROCESSES; i++) {
        int status = -1;
        waitpid(pids[i], &status, 0);
        check(status == 0, "process %u: status %d (1: handed out twice, 2: taken away)", i, status);
    }
    check(native_shm_extent_available(segment) == EXTENTS, "extents are lost");
    for (uint32_t i = 0; i < EXTENTS; i++) {
        check(claim(segment, 0) != NOBODY, "an extent is not found any more");
    }
    munmap((void *)owner, 4096);
    alone_unmap(segment);
    end_test("eight processes at once: no extent is handed out twice, none is lost");
}

int main(void)
{
    test_singles();
    test_runs();
    test_no_room();
    test_reclaim();
    test_processes();
    return done();
}
