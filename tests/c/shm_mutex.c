/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_mutex.c - named locks for users: timeouts, tokens, owners that end without unlocking or are killed.
 * Takes part in dev/tsan. */
#include "support/shm_ipc.h"

static const char *kill_at;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (kill_at && strcmp(point, kill_at) == 0) {
        kill(getpid(), SIGKILL);
    }
}

struct at {
    struct native_shm_segment *segment;
    struct native_shm_mutex *mutex;
    _Atomic uint64_t *shared;
};

static struct at mutex_in(struct native_shm_segment *segment)
{
    struct at at = {segment, NULL, NULL};
    if (native_shm_mutex_open(segment, "m", 1, &at.mutex) != NATIVE_SHM_OK) {
        printf("Bail out! no mutex\n");
        exit(2);
    }
    at.shared = ipc_shared(4096);
    return at;
}

static void test_alone(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = mutex_in(segment);
    uint64_t first = 0, second = 0, start;

    check(native_shm_mutex_lock(segment, at.mutex, 0, &first) == NATIVE_SHM_OK && first > 0,
          "lock");
    check(native_shm_mutex_owned(at.mutex, first) && !native_shm_mutex_owned(at.mutex, first + 1) &&
              !native_shm_mutex_owned(at.mutex, 0),
          "owned");
    check(native_shm_mutex_lock(segment, at.mutex, 0, &second) == NATIVE_SHM_BUSY, "a second lock");
    start = ipc_ms();
    check(native_shm_mutex_lock(segment, at.mutex, 150, &second) == NATIVE_SHM_BUSY,
          "a second lock that waits");
    check(ipc_ms() - start >= 149 && ipc_ms() - start < 5000, "waited %d ms",
          (int)(ipc_ms() - start));
    check(native_shm_mutex_unlock(at.mutex, first + 1, false) == NATIVE_SHM_NOT_FOUND,
          "another's token");
    check(native_shm_mutex_unlock(at.mutex, first, false) == NATIVE_SHM_OK, "unlock");
    check(native_shm_mutex_unlock(at.mutex, first, false) == NATIVE_SHM_NOT_FOUND, "unlock twice");
    check(native_shm_mutex_lock(segment, at.mutex, 0, &second) == NATIVE_SHM_OK && second > first,
          "lock again");
    check(native_shm_mutex_unlock(at.mutex, first, false) == NATIVE_SHM_NOT_FOUND, "the old token");
    check(native_shm_mutex_unlock(at.mutex, second, true) == NATIVE_SHM_OK, "abandon");
    check(native_shm_mutex_lock(segment, at.mutex, 0, &first) == NATIVE_SHM_ABANDONED &&
              first > second,
          "told");
    check(native_shm_mutex_unlock(at.mutex, first, false) == NATIVE_SHM_OK, "unlock");
    check(native_shm_mutex_lock(segment, at.mutex, 0, &first) == NATIVE_SHM_OK, "told once only");
    end_test("a lock, its token, and a second one from the same process");
    native_shm_segment_close(segment);
}

static int lock_and_stay(void *context)
{
    struct at *at = context;
    uint64_t token;
    enum native_shm_status status = native_shm_mutex_lock(at->segment, at->mutex, 5000, &token);
    atomic_store(&at->shared[1], token);
    atomic_store(&at->shared[0], 1);
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_ABANDONED) {
        return 1;
    }
    pause();
    return 0;
}

static void test_killed_owner(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = mutex_in(segment);
    uint64_t token = 0, last = 0;

    for (int i = 0; i < 20; i++) {
        atomic_store(&at.shared[0], 0);
        pid_t pid = ipc_child(lock_and_stay, &at);
        while (!atomic_load(&at.shared[0])) {
            usleep(200);
        }
        check(native_shm_mutex_lock(segment, at.mutex, 20, &token) == NATIVE_SHM_BUSY,
              "the owner lives");
        kill(pid, SIGKILL);
        if (i % 2) {
            ipc_end(pid);
        } /* else: found while we wait */
        check(native_shm_mutex_lock(segment, at.mutex, 2000, &token) == NATIVE_SHM_ABANDONED,
              "round %d: not told", i);
        check(token > atomic_load(&at.shared[1]) && token > last, "the token did not grow");
        last = token;
        check(native_shm_mutex_unlock(at.mutex, token, false) == NATIVE_SHM_OK, "unlock");
        if (i % 2 == 0) {
            ipc_end(pid);
        }
    }
    end_test("a killed owner's lock is taken over, and told");
    native_shm_segment_close(segment);
}

static int lock_unlock(void *context)
{
    struct at *at = context;
    uint64_t token;
    enum native_shm_status status = native_shm_mutex_lock(at->segment, at->mutex, 5000, &token);
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_ABANDONED) {
        return 1;
    }
    return native_shm_mutex_unlock(at->mutex, token, false) == NATIVE_SHM_OK ? 0 : 2;
}

static void test_points(void)
{
    static const struct {
        const char *point;
        bool abandoned;
    } points[] = {{"mutex_taken", true},
                  {"mutex_token", true},
                  {"mutex_unlocking", true},
                  {"mutex_unlocked", false}};

    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
        struct native_shm_segment *segment = test_open(NULL, 4 << 20);
        struct at at = mutex_in(segment);
        uint64_t before, token = 0;
        native_shm_mutex_lock(segment, at.mutex, 0, &before);
        native_shm_mutex_unlock(at.mutex, before, false);
        kill_at = points[i].point;
        check(ipc_end(ipc_child(lock_unlock, &at)) == -SIGKILL, "%s was not reached",
              points[i].point);
        kill_at = NULL;
        check(native_shm_mutex_lock(segment, at.mutex, 1000, &token) ==
                  (points[i].abandoned ? NATIVE_SHM_ABANDONED : NATIVE_SHM_OK),
              "status");
        check(token > before, "the token did not grow");
        check(native_shm_mutex_unlock(at.mutex, token, false) == NATIVE_SHM_OK, "unlock");
        check(native_shm_mutex_lock(segment, at.mutex, 0, &token) == NATIVE_SHM_OK,
              "not clean afterwards");
        end_test("killed at %s", points[i].point);
        native_shm_segment_close(segment);
    }
}

/* shared[0]: the last token; shared[1]: inside; shared[2]: rounds. */
static int contend(void *context)
{
    struct at *at = context;
    for (int i = 0; i < 500; i++) {
        uint64_t token;
        if (native_shm_mutex_lock(at->segment, at->mutex, 60000, &token) != NATIVE_SHM_OK) {
            return 1;
        }
        if (atomic_fetch_add(&at->shared[1], 1) != 0) {
            return 2;
        }
        if (atomic_exchange(&at->shared[0], token) >= token) {
            return 3;
        }
        atomic_fetch_add(&at->shared[2], 1);
        atomic_fetch_sub(&at->shared[1], 1);
        if (native_shm_mutex_unlock(at->mutex, token, false) != NATIVE_SHM_OK) {
            return 4;
        }
    }
    return 0;
}

static void test_many(void)
{
    struct native_shm_segment *segment = test_open(NULL, 4 << 20);
    struct at at = mutex_in(segment);
    pid_t pids[8];
    uint64_t start = ipc_ms();

    for (int i = 0; i < 8; i++) {
        pids[i] = ipc_child(contend, &at);
    }
    for (int i = 0; i < 8; i++) {
        int status = ipc_end(pids[i]);
        check(status == 0, "process %d: %d", i, status);
    }
    check(atomic_load(&at.shared[2]) == 4000, "rounds");
    printf("# 4,000 rounds of 8 processes took %d ms\n", (int)(ipc_ms() - start));
    end_test("one at a time, and tokens grow over 8 processes");
    native_shm_segment_close(segment);
}

static uint64_t plain; /* guarded by the mutex: ThreadSanitizer looks whether it is */

static void *contend_in_thread(void *context)
{
    struct native_shm_segment *common = context;
    struct native_shm_segment *segment = test_open_on(common, "threads");
    struct at at = mutex_in(segment);
    for (int i = 0; i < 500; i++) {
        uint64_t token;
        if (native_shm_mutex_lock(segment, at.mutex, 60000, &token) != NATIVE_SHM_OK) {
            return segment;
        }
        plain++;
        if (native_shm_mutex_unlock(at.mutex, token, false) != NATIVE_SHM_OK) {
            return segment;
        }
    }
    test_close_on(segment);
    return NULL;
}

static void test_threads(void)
{
    struct native_shm_segment *segment = test_open("threads", 4 << 20);
    pthread_t threads[4];

    for (int i = 0; i < 4; i++) {
        pthread_create(&threads[i], NULL, contend_in_thread, segment);
    }
    for (int i = 0; i < 4; i++) {
        void *bad;
        pthread_join(threads[i], &bad);
        check(!bad, "thread %d", i);
    }
    check(plain == 2000, "%d of 2,000", (int)plain);
    end_test("four threads with handles of their own");
    native_shm_segment_close(segment);
}

int main(void)
{
    test_folder_make();
    test_alone();
    test_killed_owner();
    test_points();
    test_many();
    test_threads();
    test_folder_remove();
    return done();
}
