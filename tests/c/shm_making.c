/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_making.c - many processes make one segment at once, and its maker is killed at each step. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/file.h>
#include <time.h>

#include "harness.h"
#include "support/shm_test.h"

/* ---- points where a maker is killed ------------------------------------------------------------------ */

/* The points that were passed, in order; the process ends at number `fatal`. */
static const char *passed[64];
static int passed_count, fatal = -1;
static bool recording;

void native_shm_fault(const char *point)
{
    if (!recording)
        return;
    if (passed_count == fatal) {
        kill(getpid(), SIGKILL);
        for (;;)
            pause();
    }
    if (passed_count < 64)
        passed[passed_count] = point;
    passed_count++;
}

struct making {
    int step;
    enum native_shm_on_mismatch on_mismatch;
    uint64_t size;
    bool closes;
};

static int make_process(int in, int out, void *context)
{
    const struct making *making = context;
    struct native_shm_segment *segment;

    fatal = making->step;
    recording = true;
    if (test_try("made", making->size, making->on_mismatch, &segment) != NATIVE_SHM_OK)
        return 1;
    if (making->closes)
        native_shm_segment_close(segment);
    /* How many points there are, for the first round. */
    return 100 + passed_count;
}

static bool left_over(void)
{
    DIR *list = opendir(test_path(NULL));
    struct dirent *entry;
    bool found = false;

    while (list && (entry = readdir(list)) != NULL)
        found = found || strncmp(entry->d_name, ".new", 4) == 0;
    if (list)
        closedir(list);
    return found;
}

/* Whoever comes after a kill gets a whole segment, at once, and nothing stays of the half one. */
static void check_after(const struct making *making, ino_t before)
{
    uint64_t begin = native_shm_now_us();
    struct native_shm_segment *segment;
    enum native_shm_status status = test_try("made", 0, NATIVE_SHM_REFUSE, &segment);

    if (!check(status == NATIVE_SHM_OK, "step %d: status %d, %s", making->step, status, test_why))
        return;
    check(segment->id && native_shm_alive(segment, segment->id), "step %d: no slot", making->step);
    check(segment->inode == before || segment->size >= making->size, "step %d: neither old nor new",
          making->step);
    check(atomic_load(&segment->header->magic) == NATIVE_SHM_MAGIC, "step %d: not marked",
          making->step);
    for (uint32_t i = 0; i < segment->shards; i++)
        check(native_shm_lock_take(segment, &segment->shard[i].lock, 0) == NATIVE_SHM_OK,
              "step %d: shard %u", making->step, i);
    for (uint32_t i = 0; i < segment->shards; i++)
        native_shm_lock_give(&segment->shard[i].lock);
    native_shm_segment_close(segment);
    check(test_try("made", 3 << 20, NATIVE_SHM_RECREATE, &segment) == NATIVE_SHM_OK, "step %d: %s",
          making->step, test_why);
    native_shm_segment_close(segment);
    check(native_shm_now_us() - begin < 900000, "step %d: took %llu us", making->step,
          (unsigned long long)(native_shm_now_us() - begin));
    check(!left_over(), "step %d: .new is still there", making->step);
}

static int each_step(struct making *making, void (*prepare)(void))
{
    int steps = 1, status;
    struct child child;
    struct stat is;

    for (making->step = -1; making->step < steps; making->step++) {
        prepare();
        is.st_ino = 0;
        (void)stat(test_path("made"), &is);
        child = child_start(make_process, making);
        status = child_end(&child);
        if (making->step < 0) {
            steps = status - 100;
            if (!check(steps > 0 && steps < 64, "ended with %d", status))
                return 0;
        } else {
            check(status == 1000 + SIGKILL, "step %d: ended with %d", making->step, status);
            check_after(making, is.st_ino);
        }
    }
    return steps;
}

static void nothing_there(void)
{
    remove_all(test_path(NULL), 1);
}

static void small_one_there(void)
{
    native_shm_segment_unlink(test_folder, "made");
    native_shm_segment_close(test_open("made", 1 << 20));
}

static void old_boot_there(void)
{
    struct native_shm_segment *segment;

    native_shm_segment_unlink(test_folder, "made");
    segment = test_open("made", 1 << 20);
    atomic_store(&segment->slots[9].id, NATIVE_SHM_ID(9, 1));
    atomic_store(&segment->slots[9].in_use, 1);
    memset(segment->header->boot_id, 3, 16);
    native_shm_segment_close(segment);
}

static void test_steps(void)
{
    struct making making = {.size = 1 << 20, .closes = true};
    int steps = each_step(&making, nothing_there);

    end_test("killed at each of %d steps of making, attaching and leaving: the next one gets a "
             "whole segment",
             steps);
    making.size = 2 << 20;
    making.on_mismatch = NATIVE_SHM_RECREATE;
    steps = each_step(&making, small_one_there);
    end_test("killed at each of %d steps of RECREATE: the next one gets the old or the new, whole",
             steps);
    making.size = 0;
    making.on_mismatch = NATIVE_SHM_REFUSE;
    steps = each_step(&making, old_boot_there);
    end_test("killed at each of %d steps of attaching after another boot: the next one goes on",
             steps);
}

/* The list above came from running; it must have in it all that the sources have. */
static void test_names(void)
{
    static const char *const files[] = {"folder", "file", "segment", "participant"};
    struct native_shm_segment *segment;
    char line[512], *at;

    nothing_there();
    fatal = -1;
    recording = true;
    segment = test_open("made", 0);
    memset(segment->header->boot_id, 3, 16);
    native_shm_segment_close(segment);
    native_shm_segment_close(test_open("made", 0));
    recording = false;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        FILE *file;
        snprintf(line, sizeof line, "shm/%s.c", files[i]);
        file = fopen(line, "r");
        if (!check(file, "%s", line))
            continue;
        while (fgets(line, sizeof line, file)) {
            bool found = false;
            if (!(at = strstr(line, "NATIVE_SHM_FAULT(")))
                continue;
            at += strlen("NATIVE_SHM_FAULT(");
            at[strcspn(at, ")")] = '\0';
            for (int k = 0; k < passed_count && k < 64; k++)
                found = found || strcmp(passed[k], at) == 0;
            check(found, "%s.c: nobody was killed at %s", files[i], at);
        }
        fclose(file);
    }
    end_test("these are all the points that the sources have");
}

/* ---- many at once ------------------------------------------------------------------------------------ */

struct seen {
    ino_t inode;
    uint32_t id;
};

static int one_of_many(int in, int out, void *context)
{
    struct native_shm_segment *segment;
    struct seen seen;
    enum native_shm_status status;

    memset(&seen, 0, sizeof seen); /* its padding is written, too */
    hear(in);
    status = test_try("many", 4 << 20, *(enum native_shm_on_mismatch *)context, &segment);
    seen.inode = status == NATIVE_SHM_OK ? segment->inode : 0;
    seen.id = status == NATIVE_SHM_OK ? segment->id : status;
    if (write(out, &seen, sizeof seen) != (ssize_t)sizeof seen)
        return 1;
    hear(in);
    if (status == NATIVE_SHM_OK)
        native_shm_segment_close(segment);
    return status;
}

static void many(enum native_shm_on_mismatch on_mismatch, const char *what)
{
    enum { COUNT = 50 };
    struct child children[COUNT];
    struct seen seen[COUNT];
    struct native_shm_segment *segment;

    for (int i = 0; i < COUNT; i++)
        children[i] = child_start(one_of_many, &on_mismatch);
    for (int i = 0; i < COUNT; i++)
        tell(children[i].out, 'g');
    for (int i = 0; i < COUNT; i++) {
        check(read(children[i].in, &seen[i], sizeof seen[i]) == (ssize_t)sizeof seen[i],
              "child %d is silent", i);
        check(seen[i].inode != 0, "child %d: status %u", i, seen[i].id);
        check(seen[i].inode == seen[0].inode, "child %d has another file", i);
        for (int k = 0; k < i; k++)
            check(seen[k].id != seen[i].id, "children %d and %d have the same id", k, i);
    }
    segment = test_open("many", 0);
    check(segment->inode == seen[0].inode, "and it is not the one that has the name");
    native_shm_segment_close(segment);
    for (int i = 0; i < COUNT; i++)
        tell(children[i].out, 'e');
    for (int i = 0; i < COUNT; i++)
        check(child_end(&children[i]) == 0, "child %d", i);
    check(!left_over(), "something is left over");
    end_test("50 processes at once %s: one file, 50 ids", what);
}

/* ---- a maker that is stuck --------------------------------------------------------------------------- */

static void test_stuck(void)
{
    struct native_shm_segment *segment = test_open("there", 1 << 20), *second;
    int folder = open(test_path(NULL), O_RDONLY | O_DIRECTORY);
    uint64_t begin = native_shm_now_us(), took;
    enum native_shm_status status;

    flock(folder, LOCK_EX);
    status = test_try("new", 1 << 20, NATIVE_SHM_REFUSE, &second);
    took = native_shm_now_us() - begin;
    check(status == NATIVE_SHM_BUSY && took >= 1000000 && took < 3000000, "status %d after %llu us",
          status, (unsigned long long)took);
    end_test("a maker that is stuck: BUSY after a second, \"%s\"", test_why);
    ok(test_try("there", 0, NATIVE_SHM_REFUSE, &second) == NATIVE_SHM_OK,
       "what is there can be had meanwhile");
    native_shm_segment_close(second);
    close(folder);
    ok(test_try("new", 1 << 20, NATIVE_SHM_REFUSE, &second) == NATIVE_SHM_OK,
       "and afterwards all is well");
    native_shm_segment_close(second);
    native_shm_segment_close(segment);
}

/* Kills at random instants, of processes that make, attach, replace and unlink. */
static int churn(int in, int out, void *context)
{
    uint64_t state = (uint64_t)getpid();
    struct native_shm_segment *segment;

    for (;;) {
        uint64_t size = (1 + next_random(&state) % 3) << 20;
        enum native_shm_status status = test_try("churn", size, NATIVE_SHM_RECREATE, &segment);
        if (status != NATIVE_SHM_OK && status != NATIVE_SHM_BUSY)
            return 1 + status;
        if (status == NATIVE_SHM_OK) {
            if (segment->size < size || segment->shard[1].number != 1)
                return 40;
            native_shm_segment_close(segment);
        }
        if (next_random(&state) % 8 == 0)
            native_shm_segment_unlink(test_folder, "churn");
    }
}

static void test_churn(void)
{
    struct child children[3];
    struct native_shm_segment *segment;
    uint64_t state = 3;
    int kills = 0, status;

    for (int i = 0; i < 3; i++)
        children[i] = child_start(churn, NULL);
    for (; kills < (under_valgrind() ? 10 : 300); kills++) {
        struct timespec nap = {0, (long)(next_random(&state) % 3000000)};
        nanosleep(&nap, NULL);
        kill(children[kills % 3].pid, SIGKILL);
        status = child_end(&children[kills % 3]);
        if (!check(status == 1000 + SIGKILL, "kill %d: a process ended with %d", kills, status))
            break;
        children[kills % 3] = child_start(churn, NULL);
    }
    for (int i = 0; i < 3; i++)
        child_kill(&children[i]);
    status = test_try("churn", 5 << 20, NATIVE_SHM_RECREATE, &segment);
    check(status == NATIVE_SHM_OK, "status %d, %s", status, test_why);
    native_shm_segment_close(segment);
    check(!left_over(), "something is left over");
    end_test("%d random kills among 3 that make, replace and unlink: never half a segment", kills);
}

int main(void)
{
    test_folder_make();
    test_steps();
    test_names();
    many(NATIVE_SHM_REFUSE, "make one segment");
    native_shm_segment_unlink(test_folder, "many");
    native_shm_segment_close(test_open("many", 1 << 20));
    many(NATIVE_SHM_RECREATE, "replace one that is too small");
    test_stuck();
    test_churn();
    test_folder_remove();
    return done();
}
