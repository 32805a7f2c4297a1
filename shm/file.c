/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* file.c - one file of a segment: opened and checked, made, backed; and the locks on its bytes (file.h).
 * The locks are those of open file descriptions (OFD): they belong to no process id, so they tell the truth across pid
 * namespaces, and the kernel releases them with the description's last user. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "fault.h"
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x8U
#endif

/* 0, 1 and 2 are what a process without standard streams would write its output to: never a segment. */
static int above_streams(int fd)
{
    int higher;

    if (fd < 0 || fd > 2) {
        return fd;
    }
    higher = fcntl(fd, F_DUPFD_CLOEXEC, 3);
    close(fd);
    return higher;
}

static enum native_shm_status denied(const struct native_shm_file *file, const char *what)
{
    native_shm_why(file->why, "%s: %.100s", what, file->path);
    return NATIVE_SHM_DENIED;
}

static enum native_shm_status check_file(struct native_shm_file *file)
{
    struct stat is;

    if (fstat(file->fd, &is) != 0) {
        native_shm_why(file->why, "fstat: %s: %.100s", strerror(errno), file->path);
        return NATIVE_SHM_SYSTEM;
    }
    if (!S_ISREG(is.st_mode)) {
        return denied(file, "not a regular file");
    }
    if (!file->shared && is.st_uid != geteuid()) {
        native_shm_why(file->why, "the file belongs to user %lu, not to %lu: %.90s",
                       (unsigned long)is.st_uid, (unsigned long)geteuid(), file->path);
        return NATIVE_SHM_DENIED;
    }
    if (is.st_mode & 07777 & ~file->mode) {
        native_shm_why(file->why, "mode %04o, which is more than %04o: %.90s",
                       (unsigned)(is.st_mode & 07777), (unsigned)file->mode, file->path);
        return NATIVE_SHM_DENIED;
    }
    if (is.st_nlink > 1) {
        return denied(file, "the file has other names (hard links)");
    }
    return is.st_nlink ? NATIVE_SHM_OK : NATIVE_SHM_NOT_FOUND;
}

enum native_shm_status native_shm_file_open(struct native_shm_file *file)
{
    enum native_shm_status status;

    /* Not blocking: a FIFO or a device in its place must not keep us. */
    file->fd = above_streams(
        openat(file->folder, file->name, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file->fd < 0) {
        switch (errno) {
        case ENOENT:
            return NATIVE_SHM_NOT_FOUND;
        case ELOOP:
            return denied(file, "a symbolic link");
        case EISDIR:
        case ENXIO:
        case ENODEV:
            return denied(file, "not a regular file");
        case EACCES:
        case EPERM:
            return denied(file, "may not be opened");
        default:
            native_shm_why(file->why, "open: %s: %.100s", strerror(errno), file->path);
            return NATIVE_SHM_SYSTEM;
        }
    }
    status = check_file(file);
    if (status != NATIVE_SHM_OK) {
        close(file->fd);
        file->fd = -1;
    }
    return status;
}

enum native_shm_status native_shm_file_back(int fd, uint64_t at, uint64_t len)
{
    int error;

    /* Not posix_fallocate(): where the file system can't do it, the C library would write zeroes over what other processes
     * are writing. */
    do { /* a signal interrupts it on some file systems */
        error = fallocate(fd, 0, (off_t)at, (off_t)len) == 0 ? 0 : errno;
    } while (error == EINTR);
    errno = error;
    return error == 0                                              ? NATIVE_SHM_OK
           : error == ENOSPC || error == EDQUOT || error == ENOMEM ? NATIVE_SHM_FULL
                                                                   : NATIVE_SHM_SYSTEM;
}

/* Size and memory of a new file. Above the limit of file sizes the kernel would send SIGXFSZ. */
static enum native_shm_status fill_up(struct native_shm_file *file, uint64_t size, uint64_t backed)
{
    struct rlimit limit;
    enum native_shm_status status;

    if (getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY &&
        limit.rlim_cur < size) {
        native_shm_why(file->why, "%llu bytes are above this process's limit of file sizes (%llu)",
                       (unsigned long long)size, (unsigned long long)limit.rlim_cur);
        return NATIVE_SHM_FULL;
    }
    if (ftruncate(file->fd, (off_t)size) != 0) {
        native_shm_why(file->why, "ftruncate: %s: %.100s", strerror(errno), file->path);
        return errno == EFBIG || errno == ENOSPC || errno == EDQUOT ? NATIVE_SHM_FULL
                                                                    : NATIVE_SHM_SYSTEM;
    }
    NATIVE_SHM_FAULT(file_sized);
    status = native_shm_file_back(file->fd, 0, backed);
    if (status != NATIVE_SHM_OK) {
        native_shm_why(file->why, "no room for the first %llu bytes (%s): %.90s",
                       (unsigned long long)backed, strerror(errno), file->path);
    }
    NATIVE_SHM_FAULT(file_backed);
    return status;
}

static void new_name(char name[32])
{
    (void)snprintf(name, 32, ".new.%lu", (unsigned long)geteuid());
}

enum native_shm_status native_shm_file_make(struct native_shm_file *file, uint64_t size,
                                            uint64_t backed)
{
    enum native_shm_status status;
    char name[32];

    new_name(name);
    (void)unlinkat(file->folder, name, 0); /* a killed maker's: the folder's lock is ours */
    file->fd = above_streams(
        openat(file->folder, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file->fd < 0) {
        native_shm_why(file->why, "no new file: %s: %.100s", strerror(errno), file->path);
        return errno == ENOSPC || errno == EDQUOT  ? NATIVE_SHM_FULL
               : errno == EACCES || errno == EROFS ? NATIVE_SHM_DENIED
                                                   : NATIVE_SHM_SYSTEM;
    }
    NATIVE_SHM_FAULT(file_made);
    status = fill_up(file, size, backed);
    if (status == NATIVE_SHM_OK && fchmod(file->fd, (mode_t)file->mode) != 0) {
        native_shm_why(file->why, "fchmod: %s: %.100s", strerror(errno), file->path);
        status = NATIVE_SHM_SYSTEM;
    }
    if (status != NATIVE_SHM_OK) {
        native_shm_file_discard(file);
    }
    return status;
}

enum native_shm_status native_shm_file_publish(struct native_shm_file *file)
{
    char name[32];

    new_name(name);
    NATIVE_SHM_FAULT(file_unnamed);
    if (renameat(file->folder, name, file->folder, file->name) != 0) {
        native_shm_why(file->why, "rename: %s: %.100s", strerror(errno), file->path);
        native_shm_file_discard(file);
        return NATIVE_SHM_SYSTEM;
    }
    NATIVE_SHM_FAULT(file_named);
    return NATIVE_SHM_OK;
}

void native_shm_file_discard(struct native_shm_file *file)
{
    char name[32];

    new_name(name);
    (void)unlinkat(file->folder, name, 0);
    if (file->fd >= 0) {
        close(file->fd);
    }
    file->fd = -1;
}

enum native_shm_status native_shm_file_make_private(struct native_shm_file *file, uint64_t size,
                                                    uint64_t backed, char *why)
{
    enum native_shm_status status;
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;

    file->folder = -1;
    file->why = why;
    (void)snprintf(file->path, sizeof file->path, "a private segment");
    file->fd = memfd_create("native", flags | MFD_NOEXEC_SEAL);
    if (file->fd < 0 && errno == EINVAL) { /* before Linux 6.3 */
        file->fd = memfd_create("native", flags);
    }
    file->fd = above_streams(file->fd);
    if (file->fd < 0) {
        native_shm_why(why, "memfd_create: %s", strerror(errno));
        return NATIVE_SHM_SYSTEM;
    }
    status = fill_up(file, size, backed);
    if (status == NATIVE_SHM_OK) {
        (void)fchmod(file->fd, 0600);
        /* Nobody can truncate it under its readers. */
        (void)fcntl(file->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
        return NATIVE_SHM_OK;
    }
    native_shm_file_done(file);
    return status;
}

bool native_shm_file_is(int fd, dev_t device, ino_t inode)
{
    struct stat is;

    return fd >= 0 && fstat(fd, &is) == 0 && is.st_dev == device && is.st_ino == inode;
}

int native_shm_file_again(int fd, const char *path, dev_t device, ino_t inode)
{
    char link[64];
    int again = -1;

    if (native_shm_file_is(fd, device, inode)) {
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        again = above_streams(open(link, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    }
    if (again < 0 && path) {
        again = above_streams(open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    }
    if (again >= 0 && !native_shm_file_is(again, device, inode)) {
        close(again);
        again = -1;
    }
    return again;
}

static int bytes(int fd, int command, short type, int64_t at, int64_t len, struct flock *range)
{
    int result;

    memset(range, 0, sizeof *range); /* l_pid must be 0 */
    range->l_type = type;
    range->l_whence = SEEK_SET;
    range->l_start = (off_t)at;
    range->l_len = (off_t)len;
    do {
        result = fcntl(fd, command, range);
    } while (result != 0 && errno == EINTR);
    return result;
}

bool native_shm_bytes_take(int fd, int64_t at, int64_t len)
{
    struct flock range;

    return bytes(fd, F_OFD_SETLK, F_WRLCK, at, len, &range) == 0;
}

bool native_shm_bytes_share(int fd, int64_t at, int64_t len)
{
    struct flock range;

    return bytes(fd, F_OFD_SETLK, F_RDLCK, at, len, &range) == 0;
}

void native_shm_bytes_give(int fd, int64_t at, int64_t len)
{
    struct flock range;

    (void)bytes(fd, F_OFD_SETLK, F_UNLCK, at, len, &range);
}

int native_shm_bytes_taken(int fd, int64_t at, int64_t len)
{
    struct flock range;

    if (bytes(fd, F_OFD_GETLK, F_WRLCK, at, len, &range) != 0) {
        return -1;
    }
    return range.l_type != F_UNLCK;
}

bool native_shm_boot_id(uint8_t id[16])
{
    char text[64];
    int digits = 0;
    int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, text, sizeof text) : -1;

    if (fd >= 0) {
        close(fd);
    }
    memset(id, 0, 16);
    for (ssize_t i = 0; i < len && digits < 32; i++) {
        unsigned c = (unsigned char)text[i];
        unsigned digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
        if (digit < 16) {
            id[digits / 2] = (uint8_t)((unsigned)id[digits / 2] << 4 | digit);
            digits++;
        }
    }
    return digits == 32;
}
