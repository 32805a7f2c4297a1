/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_participant.c - who is attached and lives: across forks, kills, pid namespaces, closed descriptors, reboots. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>

#include "harness.h"
#include "support/shm_test.h"

enum { CANNOT = 99 };

static void tell_id(int fd, uint32_t id)
{
    if (write(fd, &id, sizeof id) != (ssize_t)sizeof id)
        _exit(3);
}

static uint32_t hear_id(int fd)
{
    uint32_t id = 0;

    return read(fd, &id, sizeof id) == (ssize_t)sizeof id ? id : 0;
}

/* The kernel ends a killed process in its own time: how long until it is seen dead, or UINT64_MAX after 2 s. */
static uint64_t dead_after_us(struct native_shm_segment *segment, uint32_t id)
{
    uint64_t begin = native_shm_now_us(), now;

    while (native_shm_alive(segment, id)) {
        if ((now = native_shm_now_us()) > begin + 2000000)
            return UINT64_MAX;
        sched_yield();
    }
    return native_shm_now_us() - begin;
}

/* ---- forks ------------------------------------------------------------------------------------------- */

static int fork_child(int in, int out, void *context)
{
    struct native_shm_segment *segment = context;
    uint32_t parent = segment->id;

    if (!native_shm_enter(segment) || segment->id == parent || !native_shm_alive(segment, parent) ||
        !native_shm_alive(segment, segment->id))
        return 1;
    tell_id(out, segment->id);
    hear(in);
    if (!native_shm_alive(segment, parent))
        return 2;
    native_shm_segment_close(segment);
    return 0;
}

static int fork_child_closes(int in, int out, void *context)
{
    native_shm_segment_close(context); /* never entered: it is the parent's slot */
    return 0;
}

static void test_fork(struct native_shm_segment *segment, const char *what)
{
    struct child child = child_start(fork_child, segment);
    uint32_t mine = segment->id, id = hear_id(child.in);

    check(id && id != mine && native_shm_alive(segment, id), "the child's id %x", id);
    check(native_shm_enter(segment) && segment->id == mine, "the parent was disturbed");
    tell(child.out, 'x');
    check(child_end(&child) == 0, "child");
    check(!native_shm_alive(segment, id), "the child is gone, but alive");
    end_test("%s: a child has a slot and a life of its own", what);
    child = child_start(fork_child_closes, segment);
    check(child_end(&child) == 0, "child");
    ok(segment->slot->in_use == 1 && atomic_load(&segment->slot->id) == mine &&
           atomic_load(&segment->slot->pid) == (uint32_t)getpid(),
       "%s: a child that only closes its handle leaves the parent's slot alone", what);
}

/* A process that forks, has its child tell that it is there, and waits to be killed; the child stays until `in` closes. */
static int parent_with_child(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("life", 0);
    const char *how = context;
    pid_t pid;

    if (strcmp(how, "clone") == 0) /* none of fork()'s handlers run */
        pid = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    else
        pid = fork();
    if (pid == 0) {
        if (strcmp(how, "enters") == 0 && !native_shm_enter(segment))
            _exit(1);
        tell(out, 'c');
        hear(in); /* end of file: the test is over */
        _exit(0);
    }
    if (hear(in) == 0)
        return 0;
    tell_id(out, segment->id);
    for (;;)
        pause();
}

static void test_parent_killed(struct native_shm_segment *segment, const char *how)
{
    struct child child = child_start(parent_with_child, (void *)how);
    uint32_t id;
    uint64_t took;

    ok(hear(child.in) == 'c', "the child (%s) is there", how);
    tell(child.out, 'p'); /* one of the two hears it: the child stays, or the parent tells its id */
    tell(child.out, 'p');
    id = hear_id(child.in);
    check(native_shm_alive(segment, id), "the parent does not live");
    kill(child.pid, SIGKILL);
    took = dead_after_us(segment, id);
    check(took < 1000000, "still alive");
    end_test("parent killed while its child (%s) lives: seen dead after %llu us", how,
             (unsigned long long)took);
    child_end(&child);
}

/* ---- kills ------------------------------------------------------------------------------------------- */

static int attached(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("life", 0);

    for (int i = 0; i < 10; i++)
        native_shm_count(segment, NATIVE_SHM_HITS);
    if (context)
        atomic_store(&segment->slot->holding, (uint32_t)(uintptr_t)context);
    tell_id(out, segment->id);
    hear(in);
    native_shm_segment_close(segment);
    return 0;
}

static int seen_dead, seen_alive;

static void see(void *context, uint32_t id, uint32_t pid, bool alive)
{
    seen_alive += alive;
    seen_dead += !alive;
}

static void test_kill(struct native_shm_segment *segment)
{
    enum { CHILDREN = 20 };
    struct child children[CHILDREN];
    uint32_t ids[CHILDREN];
    uint64_t hits = native_shm_count_sum(segment, NATIVE_SHM_HITS);
    int dead;

    seen_dead = 0;
    native_shm_participants(segment, see, NULL); /* those that earlier tests killed */
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = child_start(attached, NULL);
        ids[i] = hear_id(children[i].in);
        for (int k = 0; k < i; k++)
            check(ids[k] != ids[i], "%d and %d have one id", i, k);
    }
    for (int i = 0; i < CHILDREN; i++)
        check(native_shm_alive(segment, ids[i]), "%d", i);
    for (int i = 0; i < CHILDREN; i += 2)
        child_kill(&children[i]);
    for (int i = 0; i < CHILDREN; i++)
        check(native_shm_alive(segment, ids[i]) == (i % 2 == 1), "%d after the kills", i);
    end_test("20 processes, every other one killed: just those are dead");
    dead = seen_dead;
    seen_alive = seen_dead = 0;
    native_shm_participants(segment, see, NULL);
    ok(seen_alive == 11 && seen_dead == dead + 10, "the list says so too (%d, %d)", seen_alive,
       seen_dead);
    for (int i = 1; i < CHILDREN; i += 2) {
        tell(children[i].out, 'x');
        check(child_end(&children[i]) == 0, "%d", i);
    }
    ok(native_shm_count_sum(segment, NATIVE_SHM_HITS) == hits + 200,
       "what all of them counted is kept");
}

/* What the dead held is passed on to whoever takes that lock next. */
static void test_holding(struct native_shm_segment *segment)
{
    struct child child = child_start(attached, (void *)(uintptr_t)(1 + 2));
    uint32_t id = hear_id(child.in), shards = segment->shards;
    struct native_shm_segment *all[256];
    int count = 0;

    child_kill(&child);
    ok(native_shm_lock_take(segment, &segment->shard[2].lock, 0) == NATIVE_SHM_OK,
       "a process died that held blocks");
    native_shm_lock_give(&segment->shard[2].lock);
    /* Until its slot is had by somebody else. */
    while (count < 256 && test_try("life", 0, NATIVE_SHM_REFUSE, &all[count]) == NATIVE_SHM_OK)
        count++;
    ok(atomic_load(&segment->slots[NATIVE_SHM_ID_SLOT(id)].id) != id &&
           atomic_load(&segment->slots[NATIVE_SHM_ID_SLOT(id)].holding) == 0,
       "its slot is another's");
    ok(native_shm_lock_take(segment, &segment->shard[2].lock, 0) == NATIVE_SHM_ABANDONED,
       "the next one at that lock repairs");
    native_shm_lock_give(&segment->shard[2].lock);
    ok(native_shm_lock_take(segment, &segment->shard[1].lock, 0) == NATIVE_SHM_OK,
       "nobody at another");
    native_shm_lock_give(&segment->shard[1].lock);
    while (count)
        native_shm_segment_close(all[--count]);
    child = child_start(attached, (void *)(uintptr_t)(1 + shards));
    hear_id(child.in);
    child_kill(&child);
    while (count < 256 && test_try("life", 0, NATIVE_SHM_REFUSE, &all[count]) == NATIVE_SHM_OK)
        count++;
    ok(native_shm_lock_take(segment, &segment->objects->lock, 0) == NATIVE_SHM_ABANDONED,
       "the same for the objects' lock");
    native_shm_lock_give(&segment->objects->lock);
    while (count)
        native_shm_segment_close(all[--count]);
}

/* ---- pid namespaces ---------------------------------------------------------------------------------- */

/* A process that is 1 in a namespace of its own, and one above it that kills it when told. */
static int twin(int in, int out, void *context)
{
    pid_t pid;
    int status;

    if (unshare(CLONE_NEWPID) != 0) {
        tell_id(out, 0);
        return CANNOT;
    }
    pid = fork();
    if (pid == 0) {
        struct native_shm_segment *segment = test_open("life", 0);
        tell_id(out, getpid() == 1 && atomic_load(&segment->slot->pid) == 1 ? segment->id : 0);
        for (;;)
            pause();
    }
    hear(in);
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return 0;
}

static void test_twins(struct native_shm_segment *segment)
{
    struct child one = child_start(twin, NULL), two = child_start(twin, NULL);
    uint32_t first = hear_id(one.in), second = hear_id(two.in);
    int status;

    if (!first || !second) {
        close(one.out);
        status = child_end(&one);
        child_end(&two);
        if (check(status == CANNOT, "ended with %d", status))
            end_test("twins in two pid namespaces # SKIP unshare is not allowed here");
        else
            end_test("twins in two pid namespaces");
        return;
    }
    ok(first != second && native_shm_alive(segment, first) && native_shm_alive(segment, second),
       "two processes with pid 1, each in a namespace of its own, have two ids and live");
    tell(one.out, 'k');
    child_end(&one);
    check(dead_after_us(segment, first) < 1000000, "still alive");
    ok(native_shm_alive(segment, second), "one is killed: it is dead, its twin lives");
    child_end(&two);
    ok(dead_after_us(segment, second) < 1000000, "the other is killed: dead too");
}

/* ---- descriptors ------------------------------------------------------------------------------------- */

static int closes_all(int in, int out, void *context)
{
    struct native_shm_segment *segment = test_open("life", 0), *other = context;
    int others, fd = segment->fd;
    char path[256];

    snprintf(path, sizeof path, "%s/others", test_folder);
    others = dup2(open(path, O_CREAT | O_RDWR, 0600), fd); /* gets the number */
    if (others != fd)
        return 1;
    tell_id(out, segment->id);
    hear(in);
    /* Without its descriptor it must not take a living one for dead, nor a dead one for living. */
    if (!native_shm_alive(segment, other->id))
        return 2;
    if (native_shm_segment_fd(segment) < 0 || segment->fd == others)
        return 3;
    if (!native_shm_segment_current(segment))
        return 4;
    if (native_shm_alive(segment, other->id ^ 1))
        return 5;
    close(segment->fd);
    segment->fd = others;
    native_shm_segment_close(segment);
    return fcntl(others, F_GETFD) < 0 ? 6 : 0;
}

static void test_closed(struct native_shm_segment *segment)
{
    struct child child = child_start(closes_all, segment);
    uint32_t id = hear_id(child.in);
    int status;

    ok(id && native_shm_alive(segment, id),
       "a process that closed all its descriptors still lives");
    tell(child.out, 'x');
    status = child_end(&child);
    check(status == 0, "ended with %d", status);
    end_test("it gets the file again, and does not close a stranger's descriptor");
}

/* php-fpm: begins as root, becomes another user, attaches, forks. Such a process may not look into much of /proc. */
static int changed_user(int in, int out, void *context)
{
    struct native_shm_segment *segment;
    struct native_shm_options options = {.name = "user", .size = 1 << 20};
    struct child child;

    if (setgid(1002) != 0 || setuid(1002) != 0)
        return CANNOT;
    options.folder = "/dev/shm";
    if (native_shm_segment_open(&options, &segment, test_why) != NATIVE_SHM_OK)
        return 1;
    child = child_start(fork_child, segment);
    if (!native_shm_alive(segment, hear_id(child.in)))
        return 2;
    tell(child.out, 'x');
    if (child_end(&child) != 0)
        return 3;
    native_shm_segment_close(segment);
    options.name = NULL;
    if (native_shm_segment_open(&options, &segment, test_why) != NATIVE_SHM_OK)
        return 4;
    child = child_start(fork_child, segment);
    if (!native_shm_alive(segment, hear_id(child.in)))
        return 5;
    tell(child.out, 'x');
    if (child_end(&child) != 0)
        return 6;
    native_shm_segment_close(segment);
    native_shm_segment_unlink("/dev/shm", "user");
    rmdir("/dev/shm/native.1002");
    return 0;
}

static void test_user(void)
{
    struct child child;
    int status;

    if (geteuid() != 0) {
        end_test("a process that changed its user # SKIP only root can");
        return;
    }
    child = child_start(changed_user, NULL);
    status = child_end(&child);
    check(status == 0, "ended with %d", status);
    end_test("a process that changed its user attaches and forks");
}

/* ---- another boot ------------------------------------------------------------------------------------ */

static void test_boot(void)
{
    struct native_shm_segment *segment = test_open("boot", 1 << 20), *second;
    uint8_t boot[16], other[16];
    uint32_t id = segment->id, clock = native_shm_clock(segment);
    struct child child;

    memcpy(boot, segment->header->boot_id, 16);
    memset(other, 7, 16);
    ok(clock >= 8 && clock < 80, "a new segment's clock begins at 8");
    child = child_start(attached, NULL);
    hear_id(child.in);
    /* As if it came from another boot, but somebody is attached: nobody may touch it. */
    memcpy(segment->header->boot_id, other, 16);
    second = test_open("boot", 0);
    ok(memcmp(segment->header->boot_id, other, 16) == 0 && second->id,
       "of another boot, but somebody is attached: left alone");
    native_shm_segment_close(second);
    child_kill(&child);
    /* Now for real: all are gone, locks were held, the clock of that boot had gone further. */
    native_shm_lock_take(segment, &segment->shard[1].lock, 0);
    segment->header->created -= 1000;
    segment->header->clock_shift += 1234567;
    atomic_store(&segment->slot->counts[NATIVE_SHM_HITS], 5);
    atomic_store(&segment->slots[200].id, NATIVE_SHM_ID(200, 3));
    atomic_store(&segment->slots[200].in_use, 1);
    atomic_store(&segment->slots[200].holding, 1);
    munmap(segment->life,
           (size_t)sysconf(_SC_PAGESIZE)); /* the lock is gone with it: we are dead */
    second = test_open("boot", 0);
    check(memcmp(second->header->boot_id, boot, 16) == 0, "boot id");
    check(second->id != id && NATIVE_SHM_ID_GENERATION(second->id) >= 1, "id");
    check(atomic_load(&second->slots[NATIVE_SHM_ID_SLOT(id)].in_use) ==
              (second->slot == &second->slots[NATIVE_SHM_ID_SLOT(id)]),
          "slots");
    check(!atomic_load(&second->slots[200].in_use) && !atomic_load(&second->slots[200].holding),
          "slot 200");
    end_test("of another boot, nobody attached: boot id and slots are made anew");
    ok(native_shm_lock_take(second, &second->shard[1].lock, 0) == NATIVE_SHM_ABANDONED &&
           native_shm_lock_take(second, &second->shard[0].lock, 0) == NATIVE_SHM_ABANDONED,
       "locks of then are taken over, to be repaired; blocks held then too");
    native_shm_lock_give(&second->shard[1].lock);
    native_shm_lock_give(&second->shard[0].lock);
    ok(native_shm_count_sum(second, NATIVE_SHM_HITS) == 5, "what was counted is kept");
    clock = native_shm_clock(second);
    ok(clock >= 8008 && clock < 8088, "the clock goes on by the wall clock's age (%u)", clock);
    segment->life = NULL;
    native_shm_segment_close(second);
    munmap(segment->base, segment->size);
    close(segment->fd);
    free(segment->path);
    free(segment);
    native_shm_segment_unlink(test_folder, "boot");
}

int main(void)
{
    struct native_shm_segment *segment, *private;

    test_folder_make();
    segment = test_open("life", 1 << 20);
    private = test_open(NULL, 1 << 20);
    test_fork(segment, "named");
    test_fork(private, "private");
    test_parent_killed(segment, "enters");
    test_parent_killed(segment, "does nothing");
    test_parent_killed(segment, "clone");
    test_kill(segment);
    test_holding(segment);
    test_twins(segment);
    test_closed(segment);
    test_user();
    native_shm_segment_close(segment);
    native_shm_segment_close(private);
    test_boot();
    test_folder_remove();
    return done();
}
