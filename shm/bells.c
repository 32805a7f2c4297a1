/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* bells.c - removing doorbells that nobody polls (bells.h). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bells.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel knows whether somebody has it open: who asks to write is refused if nobody reads. */
static bool is_unused(int folder, const char *name)
{
    struct stat is;
    int fd;

    if (fstatat(folder, name, &is, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISFIFO(is.st_mode) ||
        is.st_uid != geteuid()) {
        return false;
    }
    fd = openat(folder, name, O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
        return false;
    }
    return errno == ENXIO;
}

void native_shm_bells_remove(int folder, const char *prefix)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *entry;

    while (list && (entry = readdir(list)) != NULL) {
        if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0 &&
            strstr(entry->d_name, NATIVE_SHM_BELL) && is_unused(folder, entry->d_name)) {
            (void)unlinkat(folder, entry->d_name, 0);
        }
    }
    if (list) {
        closedir(list);
    } else if (fd >= 0) {
        close(fd);
    }
}
