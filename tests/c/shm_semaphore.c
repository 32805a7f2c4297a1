/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_semaphore.c - named numbers of permits: timeouts, owners that are killed, at random and at each step (shm/fault.h), many processes.
 * Takes part in dev/tsan. */
#include "support/shm_ipc.h"

#include "../../shm/semaphore.h"

enum { PERMITS = 3 };

static const char *kill_at;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (kill_at && strcmp(point, kill_at) == 0)
        kill(getpid(), SIGKILL);
}

struct at {
    struct native_shm_segment *segment;
    struct native_shm_semaphore semaphore;
    _Atomic uint64_t *shared;
};

static struct at semaphore_in(struct native_shm_segment *segment, uint32_t permits)
{
    struct at at = {segment, {NULL, 0}, NULL};
    if (native_shm_semaphore_open(segment, "s", 1, permits, &at.semaphore) != NATIVE_SHM_OK) {
        printf("Bail out! no semaphore\n");
        exit(2);
    }
    at.shared = ipc_shared(4096);
    return at;
}

static enum native_shm_status acquire(struct at *at, uint64_t wait_ms,
                                      struct native_shm_permit *permit)
{
    return native_shm_semaphore_acquire(at->segment, &at->semaphore, wait_ms, permit);
}

static uint32_t free_ones(const struct at *at)
{
    return native_shm_semaphore_count(&at->semaphore, 0);
}

static void test_alone(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct native_shm_semaphore other;
    struct native_shm_permit permit[PERMITS], more;
    uint64_t start;

    check(native_shm_semaphore_open(segment, "s", 1, 0, &other) == NATIVE_SHM_INVALID &&
              native_shm_semaphore_open(segment, "s", 1, NATIVE_SHM_PERMITS_MAX + 1, &other) ==
                  NATIVE_SHM_INVALID,
          "none, or too many");
    struct at at = semaphore_in(segment, PERMITS);
    check(native_shm_semaphore_open(segment, "s", 1, PERMITS + 1, &other) == NATIVE_SHM_MISMATCH,
          "another number");
    for (int i = 0; i < PERMITS; i++)
        check(free_ones(&at) == (uint32_t)(PERMITS - i) &&
                  acquire(&at, 0, &permit[i]) == NATIVE_SHM_OK,
              "permit %d", i);
    check(native_shm_semaphore_count(&at.semaphore, segment->id) == PERMITS, "all are ours");
    check(acquire(&at, 0, &more) == NATIVE_SHM_BUSY, "one more");
    start = ipc_ms();
    check(acquire(&at, 150, &more) == NATIVE_SHM_BUSY && ipc_ms() - start >= 149 &&
              ipc_ms() - start < 5000,
          "waited %d ms", (int)(ipc_ms() - start));
    check(native_shm_semaphore_release(&at.semaphore, &permit[1]) == NATIVE_SHM_OK &&
              !native_shm_semaphore_held(&at.semaphore, &permit[1]) &&
              native_shm_semaphore_held(&at.semaphore, &permit[0]),
          "one is given back");
    check(acquire(&at, 0, &more) == NATIVE_SHM_OK && more.index == permit[1].index &&
              more.word != permit[1].word,
          "it is to be had");
    check(native_shm_semaphore_release(&at.semaphore, &permit[1]) == NATIVE_SHM_NOT_FOUND,
          "given back twice, in the hands of another");
    end_test("permits, as many as there are, from one process");
    native_shm_segment_close(segment);
}

/* Take one, say so, and stay, or wait until somebody gives one back. */
static int take_and_stay(void *context)
{
    struct at *at = context;
    struct native_shm_permit permit;
    if (acquire(at, 20000, &permit) != NATIVE_SHM_OK)
        return 1;
    atomic_fetch_add(&at->shared[0], 1);
    pause();
    return 0;
}

static void wait_for(_Atomic uint64_t *number, uint64_t value)
{
    while (atomic_load(number) < value)
        usleep(200);
}

static void test_killed_owners(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = semaphore_in(segment, PERMITS);
    struct native_shm_permit permit;
    pid_t pids[PERMITS];

    for (int round = 0; round < 10; round++) {
        atomic_store(&at.shared[0], 0);
        for (int i = 0; i < PERMITS; i++)
            pids[i] = ipc_child(take_and_stay, &at);
        wait_for(&at.shared[0], PERMITS);
        check(acquire(&at, 20, &permit) == NATIVE_SHM_BUSY, "all owners live");
        for (int i = 0; i < PERMITS; i++) {
            kill(pids[i], SIGKILL);
            if (round % 2) /* else: found while we wait */
                ipc_end(pids[i]);
            check(acquire(&at, 2000, &permit) == NATIVE_SHM_OK, "round %d, owner %d", round, i);
        }
        check(acquire(&at, 20, &permit) == NATIVE_SHM_BUSY, "all are ours");
        check(native_shm_semaphore_count(&at.semaphore, segment->id) == PERMITS, "we have not all");
        for (uint32_t i = 0; i < PERMITS; i++) {
            permit = (struct native_shm_permit){atomic_load(&at.semaphore.at->owners[i]), i};
            check(native_shm_semaphore_release(&at.semaphore, &permit) == NATIVE_SHM_OK, "release");
        }
        for (int i = 0; round % 2 == 0 && i < PERMITS; i++)
            ipc_end(pids[i]);
    }
    end_test("permits of killed owners are taken over");
    native_shm_segment_close(segment);
}

static int take_and_give(void *context)
{
    struct at *at = context;
    struct native_shm_permit permit;
    if (acquire(at, 5000, &permit) != NATIVE_SHM_OK)
        return 1;
    return native_shm_semaphore_release(&at->semaphore, &permit) == NATIVE_SHM_OK ? 0 : 2;
}

static void test_points(void)
{
    static const char *const points[] = {"semaphore_taken", "semaphore_released"};

    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
        struct native_shm_segment *segment = test_open(NULL, 4 << 20);
        struct at at = semaphore_in(segment, PERMITS);
        struct native_shm_permit permit;
        kill_at = points[i];
        for (int n = 0; n < 2 * PERMITS; n++)
            check(ipc_end(ipc_child(take_and_give, &at)) == -SIGKILL, "%s was not reached",
                  points[i]);
        kill_at = NULL;
        for (int n = 0; n < PERMITS; n++)
            check(acquire(&at, 1000, &permit) == NATIVE_SHM_OK, "permit %d is lost", n);
        check(acquire(&at, 0, &permit) == NATIVE_SHM_BUSY, "one too many");
        end_test("killed at %s", points[i]);
        native_shm_segment_close(segment);
    }
}

/* shared[0]: inside now; shared[1]: the most that were; shared[2]: rounds. */
static int contend(void *context)
{
    struct at *at = context;
    struct native_shm_permit permit;

    for (int i = 0; i < 500; i++) {
        uint64_t inside, most = atomic_load(&at->shared[1]);
        if (acquire(at, 60000, &permit) != NATIVE_SHM_OK)
            return 1;
        inside = atomic_fetch_add(&at->shared[0], 1) + 1;
        while (inside > most && !atomic_compare_exchange_weak(&at->shared[1], &most, inside))
            ;
        if (inside > PERMITS)
            return 2;
        atomic_fetch_add(&at->shared[2], 1);
        if (i % 16 == 0)
            usleep(100); /* so that others wait, and are woken */
        atomic_fetch_sub(&at->shared[0], 1);
        if (native_shm_semaphore_release(&at->semaphore, &permit) != NATIVE_SHM_OK)
            return 3;
    }
    return 0;
}

static void test_many(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = semaphore_in(segment, PERMITS);
    uint64_t start = ipc_ms();
    pid_t pids[8];

    for (int i = 0; i < 8; i++)
        pids[i] = ipc_child(contend, &at);
    for (int i = 0; i < 8; i++) {
        int status = ipc_end(pids[i]);
        check(status == 0, "process %d: %d", i, status);
    }
    check(atomic_load(&at.shared[2]) == 4000 && free_ones(&at) == PERMITS, "rounds, and all free");
    printf("# 4,000 rounds of 8 processes took %d ms, %d at once\n", (int)(ipc_ms() - start),
           (int)atomic_load(&at.shared[1]));
    end_test("never more than %d at a time over 8 processes", PERMITS);
    native_shm_segment_close(segment);
}

/* shared[2]: rounds. */
static int take_turns(void *context)
{
    struct at *at = context;
    struct native_shm_permit permit;

    for (;;) {
        if (acquire(at, 60000, &permit) != NATIVE_SHM_OK)
            return 1;
        for (int i = 0; i < 50; i++)
            if (!native_shm_semaphore_held(&at->semaphore, &permit))
                return 2;
        atomic_fetch_add(&at->shared[2], 1);
        if (native_shm_semaphore_release(&at->semaphore, &permit) != NATIVE_SHM_OK)
            return 3;
    }
}

/* Who is killed, also while others wait, takes nothing along. */
static void test_random_kills(void)
{
    const char *wanted = getenv("NATIVE_KILLS");
    int kills = wanted && atoi(wanted) > 0 ? atoi(wanted) : 40, lost = 0;
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = semaphore_in(segment, PERMITS);
    struct native_shm_permit permit;
    uint64_t random = 11;
    pid_t pids[5];

    for (int i = 0; i < 5; i++)
        pids[i] = ipc_child(take_turns, &at);
    for (int n = 0; n < kills; n++) {
        int which = n % 5;
        usleep((useconds_t)(next_random(&random) % 2000));
        kill(pids[which], SIGKILL);
        check(ipc_end(pids[which]) == -SIGKILL, "it ended by itself");
        if (acquire(&at, 5000, &permit) != NATIVE_SHM_OK)
            lost++;
        else
            native_shm_semaphore_release(&at.semaphore, &permit);
        pids[which] = ipc_child(take_turns, &at);
    }
    for (int i = 0; i < 5; i++) {
        kill(pids[i], SIGKILL);
        check(ipc_end(pids[i]) == -SIGKILL, "it ended by itself");
    }
    check(lost == 0, "%d times nothing was to be had", lost);
    for (int n = 0; n < PERMITS; n++)
        check(acquire(&at, 1000, &permit) == NATIVE_SHM_OK, "permit %d is lost", n);
    check(acquire(&at, 0, &permit) == NATIVE_SHM_BUSY, "one too many");
    end_test("%d kills, %llu rounds: no permit is lost, and none is added", kills,
             (unsigned long long)atomic_load(&at.shared[2]));
    native_shm_segment_close(segment);
}

static uint64_t plain; /* guarded by a single permit: ThreadSanitizer looks whether it is */

static void *contend_in_thread(void *context)
{
    struct native_shm_segment *common = context;
    struct native_shm_segment *segment = test_open_on(common, "threads");
    struct at at = semaphore_in(segment, 1);
    struct native_shm_permit permit;

    for (int i = 0; i < 500; i++) {
        if (acquire(&at, 60000, &permit) != NATIVE_SHM_OK)
            return segment;
        plain++;
        if (native_shm_semaphore_release(&at.semaphore, &permit) != NATIVE_SHM_OK)
            return segment;
    }
    test_close_on(segment);
    return NULL;
}

static void test_threads(void)
{
    struct native_shm_segment *segment = test_open("threads", 4 << 20);
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, contend_in_thread, segment);
    for (int i = 0; i < 4; i++) {
        void *bad;
        pthread_join(threads[i], &bad);
        check(!bad, "thread %d", i);
    }
    check(plain == 2000, "%d of 2,000", (int)plain);
    end_test("a single permit guards what four threads change");
    native_shm_segment_close(segment);
}

int main(void)
{
    test_folder_make();
    test_alone();
    test_killed_owners();
    test_points();
    test_many();
    test_random_kills();
    test_threads();
    test_folder_remove();
    return done();
}
