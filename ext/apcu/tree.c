/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/apcu/tree.c - the name of the segment that a process and its children share, and its end. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../../shm/segment.h"

#define PREFIX "apcu."

enum {
    STRANGER_S = 86400, /* then a file of another pid namespace goes: its process can't be seen */
    PATH_LEN = 1024,
};

struct tree {
    long pid;
    uint64_t start;
    uint64_t space;
    uint64_t random;
};

static struct tree ours;
static char name[65];
static char end_folder[PATH_LEN]; /* "": there is nothing to remove any more */
static bool had_request;          /* in this process, or in the one that it was forked from */

/* Field 22 of /proc/<pid>/stat, behind the name, which may hold anything. 0: not to be had. */
static uint64_t start_of(long pid)
{
    char path[40], text[1024];
    const char *at;
    ssize_t len;
    int fd;

    snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    len = read(fd, text, sizeof(text) - 1);
    close(fd);
    if (len <= 0)
        return 0;
    text[len] = '\0';
    at = strrchr(text, ')');
    for (int field = 2; at && field < 22; field++)
        at = strchr(at + 1, ' ');
    return at ? strtoull(at + 1, NULL, 10) : 0;
}

static uint64_t pid_namespace(void)
{
    struct stat is;

    return stat("/proc/self/ns/pid", &is) == 0 ? (uint64_t)is.st_ino : 0;
}

static uint64_t random_number(void)
{
    struct timespec now;
    uint64_t number;

    if (getrandom(&number, sizeof(number), GRND_NONBLOCK) == sizeof(number))
        return number;
    clock_gettime(CLOCK_REALTIME, &now);
    return ((uint64_t)now.tv_sec << 32 | (uint64_t)now.tv_nsec) * UINT64_C(0x9e3779b97f4a7c15);
}

/* The folder of this user's segments. */
static bool own_folder(const char *folder, char *path)
{
    if (!native_shm_segment_path(folder, name, path, PATH_LEN))
        return false;
    *strrchr(path, '/') = '\0';
    return true;
}

static void end_at_exit(void);

void native_ext_apcu_tree_begin(const char *folder)
{
    static bool registered;

    ours.pid = (long)getpid();
    ours.start = start_of(ours.pid);
    ours.space = pid_namespace();
    ours.random = random_number();
    had_request = false;
    snprintf(name, sizeof(name), PREFIX "%lx.%" PRIx64 ".%" PRIx64 ".%" PRIx64,
             (unsigned long)ours.pid, ours.start, ours.space, ours.random);
    end_folder[0] = '\0';
    if (!own_folder(folder, end_folder))
        return;
    if (!registered)
        registered = atexit(end_at_exit) == 0;
}

void native_ext_apcu_tree_request(void)
{
    had_request = true;
}

const char *native_ext_apcu_tree_name(void)
{
    return name;
}

/* ---- whose process is gone -------------------------------------------------------------------------- */

static bool parse(const char *text, struct tree *tree)
{
    unsigned long pid;
    int len = 0;

    if (sscanf(text, PREFIX "%lx.%" SCNx64 ".%" SCNx64 ".%" SCNx64 "%n", &pid, &tree->start,
               &tree->space, &tree->random, &len) != 4 ||
        text[len] != '\0')
        return false;
    tree->pid = (long)pid;
    return tree->pid > 0;
}

static bool is_gone(const struct tree *tree)
{
    uint64_t start;

    if (kill((pid_t)tree->pid, 0) != 0 && errno == ESRCH)
        return true;
    start = start_of(tree->pid); /* another user's may be hidden: then the pid alone must do */
    return start && start != tree->start;
}

/* Whether a file may go, if nobody is attached to it. */
static bool is_over(int folder, const char *file, const struct tree *tree)
{
    struct stat is;

    if (tree->space != ours.space)
        return fstatat(folder, file, &is, AT_SYMLINK_NOFOLLOW) == 0 &&
               is.st_mtime + STRANGER_S < time(NULL);
    if (tree->pid == ours.pid && tree->start == ours.start)
        return tree->random != ours.random;
    return is_gone(tree);
}

void native_ext_apcu_tree_sweep(const char *folder)
{
    char path[PATH_LEN];
    struct dirent *entry;
    struct tree tree;
    DIR *list;

    if (!own_folder(folder, path) || !(list = opendir(path)))
        return;
    while ((entry = readdir(list))) {
        if (parse(entry->d_name, &tree) && is_over(dirfd(list), entry->d_name, &tree))
            native_shm_segment_sweep(folder, entry->d_name, NULL);
    }
    closedir(list);
}

/* ---- the end ---------------------------------------------------------------------------------------- */

/* A master that may change to other users has workers of other users: their files go too. Only a name is removed, and
 * one that only our workers could have known. */
static void remove_of_all_users(const char *own)
{
    char path[PATH_LEN];
    struct dirent *entry;
    DIR *list;
    char *slash;

    snprintf(path, sizeof(path), "%s", own);
    slash = strrchr(path, '/');
    if (!slash || slash == path)
        return;
    *slash = '\0';
    list = opendir(path);
    while (list && (entry = readdir(list))) {
        int folder;

        if (strncmp(entry->d_name, "native.", 7) != 0)
            continue;
        folder =
            openat(dirfd(list), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (folder >= 0) {
            (void)unlinkat(folder, name, 0);
            close(folder);
        }
    }
    if (list)
        closedir(list);
}

/* A child that ends leaves the files to its parent. One that daemonized itself is what is left of the process that
 * began: its parent is gone, and it has never had a request (php-fpm's master). */
static bool is_last(void)
{
    return (long)getpid() == ours.pid || (!had_request && is_gone(&ours));
}

void native_ext_apcu_tree_end(void)
{
    char path[PATH_LEN + 80];

    if (!end_folder[0] || !is_last())
        return;
    if (geteuid() == 0) {
        remove_of_all_users(end_folder);
    } else {
        snprintf(path, sizeof(path), "%s/%s", end_folder, name);
        (void)unlink(path);
    }
    end_folder[0] = '\0';
}

/* php-fpm's master ends without shutting modules down. The module's code is still there: it is never unloaded. */
static void end_at_exit(void)
{
    native_ext_apcu_tree_end();
}
