/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_test.h - what the tests of shm/ share: a folder of their own, segments in it, child processes.
 * Include it after harness.h. Nothing waits by sleeping: processes tell each other through pipes. */
#ifndef NATIVE_TESTS_SHM_TEST_H
#define NATIVE_TESTS_SHM_TEST_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../../../shm/lock.h"

static char test_folder[64]; /* in memory, removed by test_folder_remove() */
static _Thread_local char test_why[160];

/* A child ends without closing: what it and its parent have open is kept here, so that nobody takes it for a leak. */
static bool test_in_child;
static struct native_shm_segment
    *volatile test_kept[512]; /* or the stores would be optimised away */
static unsigned test_kept_count;

/* Remove a folder and what is in it, one folder deep. */
__attribute__((unused)) static void remove_all(const char *path, int depth)
{
    DIR *list = depth ? opendir(path) : NULL;
    struct dirent *entry;
    char inner[512];

    while (list && (entry = readdir(list)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
            remove_all(inner, depth - 1);
        }
    }
    if (list)
        closedir(list);
    if (unlink(path) != 0)
        rmdir(path);
}

__attribute__((unused)) static void test_folder_make(void)
{
    snprintf(test_folder, sizeof test_folder, "/dev/shm/native-test-XXXXXX");
    if (!mkdtemp(test_folder)) {
        perror(test_folder);
        exit(2);
    }
}

__attribute__((unused)) static void test_folder_remove(void)
{
    remove_all(test_folder, 2);
}

/* The path of a name in our folder, or of the folder itself. */
__attribute__((unused)) static const char *test_path(const char *name)
{
    static char path[256];

    snprintf(path, sizeof path, "%s/native.%lu%s%s", test_folder, (unsigned long)geteuid(),
             name ? "/" : "", name ? name : "");
    return path;
}

__attribute__((unused)) static enum native_shm_status
test_try(const char *name, uint64_t size, enum native_shm_on_mismatch on_mismatch,
         struct native_shm_segment **segment)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;

    options.folder = test_folder;
    options.name = name;
    options.size = size;
    options.on_mismatch = on_mismatch;
    enum native_shm_status status = native_shm_segment_open(&options, segment, test_why);
    if ((test_in_child || under_valgrind()) && status == NATIVE_SHM_OK)
        test_kept[test_kept_count++ % 512] = *segment;
    return status;
}

/* A segment that must be there; ends the program if it is not. */
__attribute__((unused)) static struct native_shm_segment *test_open(const char *name, uint64_t size)
{
    struct native_shm_segment *segment;
    enum native_shm_status status = test_try(name, size, NATIVE_SHM_REFUSE, &segment);

    if (status != NATIVE_SHM_OK) {
        printf("not ok - open %s: status %d, %s\n", name ? name : "(private)", status, test_why);
        fflush(stdout);
        _exit(2);
    }
    return segment;
}

/* Threads have a handle each, and each handle a mapping at an address of its own: ThreadSanitizer would see neither the
 * races in such memory nor what orders it. Under dev/tsan a thread opens its handle with this: its own slot and id, but
 * the mapping of `common`, which stays open until all are closed. */
__attribute__((unused)) static struct native_shm_segment *
test_open_on(struct native_shm_segment *common, const char *name)
{
    struct native_shm_segment *segment = test_open(name, 0);

    munmap(segment->base, segment->size);
    segment->slot = common->slots + (segment->slot - segment->slots);
    segment->base = common->base;
    segment->header = common->header;
    segment->slots = common->slots;
    segment->map = common->map;
    segment->slab_map = common->slab_map;
    segment->shard = common->shard;
    segment->objects = common->objects;
    return segment;
}

__attribute__((unused)) static void test_close_on(struct native_shm_segment *segment)
{
    unsigned char *place =
        mmap(NULL, segment->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    segment->base = place; /* what close() unmaps */
    native_shm_segment_close(segment);
}

/* A child that runs `body` and ends with what it returns. It has its end of the pipe pair. */
struct child {
    pid_t pid;
    int in;  /* what the child says */
    int out; /* what it is told */
};

__attribute__((unused)) static struct child child_start(int (*body)(int in, int out, void *context),
                                                        void *context)
{
    int down[2], up[2];
    struct child child = {-1, -1, -1};

    fflush(stdout);
    if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0 || (child.pid = fork()) < 0) {
        perror("fork");
        exit(2);
    }
    if (child.pid == 0) {
        test_in_child = true;
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that is ended leaves nobody behind */
        close(down[1]);
        close(up[0]);
        _exit(body(down[0], up[1], context));
    }
    close(down[0]);
    close(up[1]);
    child.in = up[0];
    child.out = down[1];
    return child;
}

/* Wait for one byte; 0 when the other end is closed. */
__attribute__((unused)) static int hear(int fd)
{
    char c;
    ssize_t len;

    do {
        len = read(fd, &c, 1);
    } while (len < 0 && errno == EINTR);
    return len == 1 ? c : 0;
}

__attribute__((unused)) static void tell(int fd, char c)
{
    if (write(fd, &c, 1) != 1)
        _exit(3);
}

/* Returns the exit status, or 1000 + the signal that ended it. */
__attribute__((unused)) static int child_end(struct child *child)
{
    int status;

    close(child->out);
    close(child->in);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

__attribute__((unused)) static void child_kill(struct child *child)
{
    kill(child->pid, SIGKILL);
    child_end(child);
}

#endif
