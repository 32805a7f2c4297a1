/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* folder.c - where segments' files lie: names, paths, the folder of each user, its lock, what is left over in it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bells.h"
#include "fault.h"
#include "file.h"
#include "lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

void native_shm_why(char *why, const char *format, ...)
{
    va_list args;

    if (why) {
        va_start(args, format);
        (void)vsnprintf(why, NATIVE_SHM_WHY_LEN, format, args);
        va_end(args);
    }
}

static bool name_good(const char *name)
{
    size_t len = strlen(name);

    return len >= 1 && len <= 64 && name[0] != '.' &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

/* folder/native.<euid>[/name], or folder[/name] when the folder itself is used. */
static bool put_path(const char *folder, bool own, const char *name, char *path, size_t path_len)
{
    char user[32] = "";
    int len;

    folder = folder ? folder : "/dev/shm";
    if (own) {
        (void)snprintf(user, sizeof user, "/native.%lu", (unsigned long)geteuid());
    }
    len = snprintf(path, path_len, "%s%s%s%s", folder, user, name ? "/" : "", name ? name : "");
    return folder[0] == '/' && len > 0 && (size_t)len < path_len;
}

bool native_shm_segment_path(const char *folder, const char *name, char *path, size_t path_len)
{
    return name && name_good(name) && put_path(folder, true, name, path, path_len);
}

/* What is open at file->folder must be ours alone to write; a shared one may be another's, who then answers for it. */
static enum native_shm_status check_folder(const struct native_shm_file *file, const char *path)
{
    struct stat is;

    if (fstat(file->folder, &is) != 0) {
        native_shm_why(file->why, "fstat: %s: %.100s", strerror(errno), path);
        return NATIVE_SHM_SYSTEM;
    }
    if (!file->shared && is.st_uid != geteuid()) {
        native_shm_why(file->why, "the folder belongs to user %lu, not to %lu: %.90s",
                       (unsigned long)is.st_uid, (unsigned long)geteuid(), path);
        return NATIVE_SHM_DENIED;
    }
    if (is.st_mode & (file->shared ? S_IWOTH : S_IWOTH | S_IWGRP) &&
        !(file->shared && is.st_mode & S_ISVTX)) {
        native_shm_why(file->why, "others may write the folder (mode %04o): %.90s",
                       (unsigned)(is.st_mode & 07777), path);
        return NATIVE_SHM_DENIED;
    }
    return NATIVE_SHM_OK;
}

static enum native_shm_status open_folder(struct native_shm_file *file, const char *path)
{
    /* The umask may take bits away that we need ourselves; who makes the folder sets them. */
    bool made = !file->shared && mkdir(path, 0700) == 0;
    int error = made ? 0 : errno;

    NATIVE_SHM_FAULT(folder_made);
    file->folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (file->folder < 0 && made && errno == EACCES && chmod(path, 0700) == 0) {
        file->folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (file->folder < 0) {
        error = errno == ENOENT && error && error != EEXIST ? error : errno;
        native_shm_why(file->why, "%s: %.120s",
                       error == ENOTDIR || error == ELOOP ? "not a folder, or a symbolic link"
                                                          : strerror(error),
                       path);
        return error == ENOTDIR || error == ELOOP || error == EACCES ? NATIVE_SHM_DENIED
                                                                     : NATIVE_SHM_SYSTEM;
    }
    if (made) {
        (void)fchmod(file->folder, 0700);
    }
    return check_folder(file, path);
}

enum native_shm_status native_shm_file_folder(struct native_shm_file *file,
                                              const struct native_shm_options *options, char *why)
{
    size_t len;

    file->folder = file->fd = -1;
    file->mode = options->mode ? options->mode : 0600;
    file->shared = (file->mode & 077) != 0;
    file->name = options->name;
    file->why = why;
    if (!name_good(options->name)) {
        native_shm_why(why, "a name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with no dot");
        return NATIVE_SHM_INVALID;
    }
    if ((file->mode & ~0666u) || (file->mode & 0600) != 0600 ||
        (file->shared && !options->folder)) {
        native_shm_why(why,
                       "mode %04o: owner's read and write, no execute; more only in a named folder",
                       (unsigned)file->mode);
        return NATIVE_SHM_INVALID;
    }
    if (!put_path(options->folder, !file->shared, options->name, file->path, sizeof file->path)) {
        native_shm_why(why, "the folder must be an absolute path, of less than 900 bytes");
        return NATIVE_SHM_INVALID;
    }
    len = strlen(file->path) - strlen(options->name) - 1;
    file->path[len] = '\0';
    enum native_shm_status status = open_folder(file, file->path);
    file->path[len] = '/';
    return status;
}

void native_shm_file_done(struct native_shm_file *file)
{
    if (file->fd >= 0) {
        close(file->fd);
    }
    if (file->folder >= 0) {
        close(file->folder);
    }
    file->fd = file->folder = -1;
}

/* flock() has no limit of its own, so we ask again and again: first soon, then every 2 ms. */
enum native_shm_status native_shm_file_lock_folder(struct native_shm_file *file)
{
    uint64_t end = native_shm_now_us() + (uint64_t)NATIVE_SHM_FILE_WAIT_MS * 1000;
    struct timespec pause = {0, 50000};

    while (flock(file->folder, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            native_shm_why(file->why, "flock: %s: %.120s", strerror(errno), file->path);
            return NATIVE_SHM_SYSTEM;
        }
        if (native_shm_now_us() >= end) {
            native_shm_why(file->why, "another process has been making a segment for %d ms: %.90s",
                           NATIVE_SHM_FILE_WAIT_MS, file->path);
            return NATIVE_SHM_BUSY;
        }
        (void)nanosleep(&pause, NULL);
        pause.tv_nsec = pause.tv_nsec < 1000000 ? pause.tv_nsec * 2 : 2000000;
    }
    return NATIVE_SHM_OK;
}

void native_shm_file_unlock_folder(struct native_shm_file *file)
{
    (void)flock(file->folder, LOCK_UN);
}

/* Open the folder of our own user without making it; `name` is any good one. */
static enum native_shm_status existing_folder(struct native_shm_file *file, const char *folder,
                                              const char *name)
{
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    struct stat is;
    char path[NATIVE_SHM_PATH_LEN];

    file->folder = file->fd = -1;
    if (!put_path(folder, true, NULL, path, sizeof path)) {
        return NATIVE_SHM_INVALID;
    }
    if (lstat(path, &is) != 0) {
        return errno == ENOENT ? NATIVE_SHM_NOT_FOUND : NATIVE_SHM_SYSTEM;
    }
    options.folder = folder;
    options.name = name;
    return native_shm_file_folder(file, &options, NULL);
}

enum native_shm_status native_shm_segment_unlink(const char *folder, const char *name)
{
    struct native_shm_file file;
    enum native_shm_status status =
        name && name_good(name) ? existing_folder(&file, folder, name) : NATIVE_SHM_INVALID;

    if (status == NATIVE_SHM_INVALID) {
        return status;
    }
    if (status == NATIVE_SHM_OK && unlinkat(file.folder, name, 0) != 0) {
        status = errno == ENOENT                      ? NATIVE_SHM_NOT_FOUND
                 : errno == EACCES || errno == EISDIR ? NATIVE_SHM_DENIED
                                                      : NATIVE_SHM_SYSTEM;
    }
    if ((status == NATIVE_SHM_OK || status == NATIVE_SHM_NOT_FOUND) && file.folder >= 0 &&
        native_shm_file_lock_folder(&file) == NATIVE_SHM_OK) {
        char bells[80];
        (void)snprintf(bells, sizeof bells, "%s" NATIVE_SHM_BELL, name);
        native_shm_bells_remove(file.folder, bells);
        native_shm_file_unlock_folder(&file);
    }
    native_shm_file_done(&file);
    return status;
}

/* Remove one file if it is ours and nobody is attached. Who opens it at this very moment has it without a name, sees
 * that at the next look (native_shm_segment_current) and opens again. */
static bool sweep_one(struct native_shm_file *file, const char *name)
{
    bool unused;

    file->name = name;
    if (native_shm_file_open(file) != NATIVE_SHM_OK) {
        return false;
    }
    unused = native_shm_bytes_taken(file->fd, NATIVE_SHM_RECOVERY_BYTE,
                                    1 + NATIVE_SHM_SLOT_BYTES_LEN) == 0;
    close(file->fd);
    file->fd = -1;
    return unused && unlinkat(file->folder, name, 0) == 0;
}

unsigned native_shm_segment_sweep(const char *folder, const char *prefix, const char *keep)
{
    struct native_shm_file file;
    struct dirent *entry;
    unsigned removed = 0;
    DIR *list = NULL;
    int fd;

    if (existing_folder(&file, folder, "x") == NATIVE_SHM_OK &&
        native_shm_file_lock_folder(&file) == NATIVE_SHM_OK) {
        fd = fcntl(file.folder, F_DUPFD_CLOEXEC, 3);
        list = fd >= 0 ? fdopendir(fd) : NULL;
        while (list && (entry = readdir(list)) != NULL) {
            if (name_good(entry->d_name) && strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
                !(keep && strcmp(entry->d_name, keep) == 0)) {
                removed += sweep_one(&file, entry->d_name);
            }
        }
        if (list) {
            closedir(list);
        } else if (fd >= 0) {
            close(fd);
        }
        native_shm_bells_remove(file.folder, prefix);
        native_shm_file_unlock_folder(&file);
    }
    native_shm_file_done(&file);
    return removed;
}
