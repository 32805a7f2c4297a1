/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_doorbell.c - a descriptor for event loops (channel.h).
 * Named segment: a FIFO beside the segment's file (bells.h), open for reading and writing by whoever polls, so that it
 * never ends.
 * Private segment: nobody can find a file by name, but all have the segment's inode: inotify tells when its times change.
 *
 * Nothing is lost, whoever is killed when, because all is done under the senders' lock:
 *     arm     a message is ready: false. Else empty the FIFO, armed = 1
 *     send    armed: write a byte, armed = 0; then publish
 * A byte is taken out only where nothing is ready and nothing can become so. A sender killed after its byte wakes somebody
 * for nothing; one killed before armed = 0 is a byte too much; the heir of a dead sender's lock sets armed = 1.
 * The FIFO that a sender has opened before the lock may have been removed since, and another one made: under the lock it
 * looks whether its own has still a name. Who polls a newer one armed before that, or will find the message. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bells.h"
#include "channel_ring.h"
#include "fault.h"
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define relaxed memory_order_relaxed

static bool bell_path(const struct native_shm_segment *segment,
                      const struct native_shm_channel *channel, char *path)
{
    int len = snprintf(path, PATH_MAX, "%s" NATIVE_SHM_BELL "%llx.%x", segment->path,
                       (unsigned long long)segment->inode, channel->name);
    return len > 0 && len < PATH_MAX;
}

/* Open the FIFO if it is one and ours; -1 and errno. */
static int open_fifo(const char *path)
{
    struct stat stat;
    int fd = open(path, O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, &stat) != 0 || !S_ISFIFO(stat.st_mode) || stat.st_uid != geteuid())) {
        close(fd);
        errno = EPERM;
        return -1;
    }
    return fd;
}

static int open_watch(struct native_shm_segment *segment)
{
    char path[64];
    int own = native_shm_segment_fd(segment), fd;
    if (own < 0) {
        errno = EBADF;
        return -1;
    }
    fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", own);
    if (fd >= 0 && inotify_add_watch(fd, path, IN_ATTRIB) < 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

int native_shm_bell_open(struct native_shm_segment *segment,
                         const struct native_shm_channel *channel)
{
    char path[PATH_MAX];
    int fd = -1;
    if (!segment->path) {
        fd = native_shm_segment_fd(segment);
    } else if (bell_path(segment, channel, path)) {
        fd = open_fifo(path);
    }
    return fd < 0 ? NATIVE_SHM_BELL_NONE : fd;
}

void native_shm_bell_close(struct native_shm_segment *segment, int fd)
{
    if (fd >= 0 && segment->path) {
        close(fd);
    }
}

static bool has_name(int fd)
{
    struct stat is;
    return fd >= 0 && fstat(fd, &is) == 0 && is.st_nlink > 0;
}

static void ring_fifo(struct native_shm_segment *segment, const struct native_shm_channel *channel,
                      int fd)
{
    int other = has_name(fd) ? fd : native_shm_bell_open(segment, channel);
    /* Full is as good as written. */
    ssize_t written = other >= 0 ? write(other, "", 1) : 0;
    (void)written;
    if (other != fd) {
        native_shm_bell_close(segment, other);
    }
}

void native_shm_bell_ring(struct native_shm_segment *segment, struct native_shm_channel *channel,
                          int fd)
{
    NATIVE_SHM_FAULT(channel_before_bell);
    if (segment->path) {
        ring_fifo(segment, channel, fd);
    } else if (fd >= 0) {
        futimens(fd, NULL);
    }
    NATIVE_SHM_FAULT(channel_after_bell);
    atomic_store_explicit(&channel->ring->armed, 0, relaxed);
}

/* Open the folder of a named segment and take its lock. False and errno: not to be had. */
static bool lock_folder(const struct native_shm_segment *segment, struct native_shm_file *file)
{
    const char *slash = strrchr(segment->path, '/');
    char path[PATH_MAX];
    memset(file, 0, sizeof(*file));
    snprintf(path, sizeof(path), "%.*s", (int)(slash - segment->path), segment->path);
    file->fd = -1;
    file->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file->folder < 0) {
        return false;
    }
    if (native_shm_file_lock_folder(file) != NATIVE_SHM_OK) {
        native_shm_file_done(file);
        errno = EAGAIN;
        return false;
    }
    return true;
}

static void unlock_folder(struct native_shm_file *file)
{
    int error = errno;
    native_shm_file_unlock_folder(file);
    native_shm_file_done(file);
    errno = error;
}

int native_shm_channel_doorbell(struct native_shm_segment *segment,
                                struct native_shm_channel *channel)
{
    struct native_shm_file file;
    char path[PATH_MAX];
    int fd = -1;
    if (!native_shm_enter(segment)) {
        errno = EAGAIN;
        return -1;
    }
    if (!segment->path) {
        return open_watch(segment);
    }
    if (!bell_path(segment, channel, path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (!lock_folder(segment, &file)) {
        return -1;
    }
    if (mkfifo(path, 0600) == 0 || errno == EEXIST) {
        fd = open_fifo(path);
    }
    unlock_folder(&file);
    return fd;
}

void native_shm_channel_doorbell_close(struct native_shm_segment *segment,
                                       struct native_shm_channel *channel, int fd)
{
    struct native_shm_file file;
    char path[PATH_MAX];
    if (fd >= 0) {
        close(fd);
    }
    if (fd >= 0 && segment->path && bell_path(segment, channel, path) &&
        lock_folder(segment, &file)) {
        native_shm_bells_remove(file.folder, strrchr(path, '/') + 1);
        unlock_folder(&file);
    }
}

static void empty(int fd)
{
    char bytes[4096];
    for (int i = 0; i < 64 && read(fd, bytes, sizeof(bytes)) > 0; i++) {
    }
}

bool native_shm_channel_arm(struct native_shm_segment *segment, struct native_shm_channel *channel,
                            int fd)
{
    struct native_shm_ring *ring = channel->ring;
    bool wait;
    if (!native_shm_enter(segment) ||
        native_shm_ring_enter_senders(segment, channel) != NATIVE_SHM_OK) {
        return false;
    }
    wait = !native_shm_channel_ready(channel) && !native_shm_channel_over(channel);
    if (wait) {
        empty(fd);
        NATIVE_SHM_FAULT(channel_bell_emptied);
        atomic_store_explicit(&ring->armed, 1, relaxed);
    }
    native_shm_ring_give(&ring->senders);
    return wait;
}
