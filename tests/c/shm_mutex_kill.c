/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_mutex_kill.c - owners of a mutex, and those who wait for it, are killed at random instants and at each named step
 * (shm/fault.h). NATIVE_KILLS says how many kills a mode (40).
 *   One at a time is inside. Who gets the lock after a killed owner is told, every time: what that one left half done is
 *   never met without a word. Fencing tokens strictly grow over all owners. After each kill others go on. */
#include "support/shm_ipc.h"

enum { WORKERS = 5, STALL_MS = 5000 };

static const char *const points[] = {"mutex_taken", "mutex_token", "mutex_unlocking",
                                     "mutex_unlocked"};
enum { POINTS = sizeof(points) / sizeof(*points) };

struct shared {
    _Atomic uint64_t token;  /* of the last owner */
    _Atomic uint32_t inside; /* its participant; 0: it was done */
    uint64_t one, other;     /* guarded by the mutex: equal whenever an owner is done */
    _Atomic uint64_t rounds, told;
    _Atomic uint32_t deaths[POINTS];
};

struct worker {
    struct native_shm_segment *segment;
    struct native_shm_mutex *mutex;
    struct shared *shared;
    uint64_t random;
    bool at_points;
};

/* In a worker: the step at which it dies, and how often it passes there before. */
static int die_at = -1, die_after;
static struct shared *deaths;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (die_at >= 0 && strcmp(point, points[die_at]) == 0 && die_after-- == 0) {
        atomic_fetch_add(&deaths->deaths[die_at], 1);
        kill(getpid(), SIGKILL);
    }
}

/* What is done inside. Returns 0, or what was wrong. */
static int be_inside(struct worker *worker, uint64_t token, bool told)
{
    struct shared *shared = worker->shared;
    uint32_t me = worker->segment->id;

    if (atomic_exchange(&shared->inside, me) != 0 && !told) {
        return 2; /* somebody was inside, or died there, and we heard nothing of it */
    }
    if (atomic_exchange(&shared->token, token) >= token) {
        return 3;
    }
    if (told) {
        atomic_fetch_add(&shared->told, 1);
        shared->other = shared->one;
    } else if (shared->other != shared->one) {
        return 4;
    }
    shared->one++;
    for (uint32_t pauses = next_random(&worker->random) % 200; pauses; pauses--) {
        if (atomic_load(&shared->inside) != me) {
            return 5;
        }
    }
    shared->other++;
    if (!native_shm_mutex_owned(worker->mutex, token)) {
        return 6;
    }
    return atomic_exchange(&shared->inside, 0) == me ? 0 : 7;
}

static int work(void *context)
{
    struct worker *worker = context;

    if (!native_shm_enter(worker->segment)) {
        return 1;
    }
    worker->random += worker->segment->id * UINT64_C(7919);
    deaths = worker->shared;
    if (worker->at_points) {
        die_at = (int)(next_random(&worker->random) % POINTS);
        die_after = (int)(next_random(&worker->random) % 30);
    }
    for (;;) {
        uint64_t token = 0;
        enum native_shm_status status = native_shm_mutex_lock(
            worker->segment, worker->mutex, next_random(&worker->random) % 40, &token);
        int wrong;
        if (status == NATIVE_SHM_BUSY) {
            continue;
        }
        if (status != NATIVE_SHM_OK && status != NATIVE_SHM_ABANDONED) {
            return 100 + (int)status;
        }
        wrong = be_inside(worker, token, status == NATIVE_SHM_ABANDONED);
        if (wrong) {
            return wrong;
        }
        atomic_fetch_add(&worker->shared->rounds, 1);
        if (native_shm_mutex_unlock(worker->mutex, token, false) != NATIVE_SHM_OK) {
            return 8;
        }
    }
}

static bool goes_on(struct shared *shared, uint64_t *longest)
{
    uint64_t want = atomic_load(&shared->rounds) + 2 * WORKERS, begin = ipc_ms();

    while (atomic_load(&shared->rounds) < want) {
        if (ipc_ms() - begin > STALL_MS) {
            return false;
        }
        usleep(100);
    }
    if (ipc_ms() - begin > *longest) {
        *longest = ipc_ms() - begin;
    }
    return true;
}

/* The next of them to die: at an instant of ours, or at a step of its own choice. Returns which. */
static int next_death(struct worker *worker, pid_t *pids, int *status)
{
    int place = (int)(next_random(&worker->random) % WORKERS);
    pid_t pid;

    if (!worker->at_points) {
        usleep(next_random(&worker->random) % 2000);
        kill(pids[place], SIGKILL);
        *status = ipc_end(pids[place]);
        return place;
    }
    do {
        pid = waitpid(-1, status, 0);
    } while (pid < 0 && errno == EINTR);
    *status = WIFSIGNALED(*status) ? -WTERMSIG(*status) : WEXITSTATUS(*status);
    for (place = 0; place < WORKERS && pids[place] != pid; place++) {
    }
    return place;
}

static void run(bool at_points, int kills)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct worker worker = {segment, NULL, ipc_shared(sizeof(struct shared)), 12345, at_points};
    struct shared *shared = worker.shared;
    uint64_t longest = 0, token;
    pid_t pids[WORKERS];

    check(native_shm_mutex_open(segment, "m", 1, &worker.mutex) == NATIVE_SHM_OK, "no mutex");
    for (int i = 0; i < WORKERS; i++) {
        pids[i] = ipc_child(work, &worker);
    }
    for (int i = 0; i < kills && tap_good; i++) {
        int status, place = next_death(&worker, pids, &status);
        check(status == -SIGKILL && place < WORKERS, "worker %d ended with %d", place, status);
        worker.random++;
        pids[place] = ipc_child(work, &worker);
        check(at_points || goes_on(shared, &longest), "after kill %d nothing goes on", i);
    }
    for (int i = 0; i < WORKERS; i++) {
        kill(pids[i], SIGKILL);
        check(ipc_end(pids[i]) == -SIGKILL, "worker %d had ended", i);
    }
    check(native_shm_mutex_lock(segment, worker.mutex, 2000, &token) != NATIVE_SHM_BUSY &&
              token > atomic_load(&shared->token),
          "not to be had afterwards");
    for (int i = 0; at_points && kills >= 100 && i < POINTS; i++) {
        check(atomic_load(&shared->deaths[i]) > 0, "nobody died at %s", points[i]);
    }
    printf("# %u rounds, %u owners were told of a dead one; the longest pause after a kill was %d "
           "ms\n",
           (unsigned)atomic_load(&shared->rounds), (unsigned)atomic_load(&shared->told),
           (int)longest);
    end_test("%d kills %s: one inside at a time, the next is told, tokens grow", kills,
             at_points ? "at named steps" : "at random instants");
    native_shm_segment_close(segment);
    munmap(shared, sizeof(*shared));
}

int main(void)
{
    const char *wanted = getenv("NATIVE_KILLS");
    int kills = wanted && atoi(wanted) > 0 ? atoi(wanted) : under_valgrind() ? 5 : 40;

    run(false, kills);
    run(true, kills);
    return done();
}
