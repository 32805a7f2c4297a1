/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* file.h - the folder and the file of a segment: found, checked, made, locked. Inside shm/ only.
 *
 * Shape: <folder>/native.<euid>/<name>, 0700 and 0600. A new file is made as .new.<euid> under the folder's flock, backed
 * and filled, and gets its name by rename(): nobody ever sees half of one. What a killed maker left is removed by the next.
 * Bytes that are locked, all beyond any file's end:
 *
 *   SLOT_BYTES + slot     held by the participant that has the slot, for as long as it lives
 *   RECOVERY_BYTE         held while one process makes a segment of another boot usable
 *   MAPPED_BYTE           shared by all who have the segment mapped, also a child that has not attached (yet)
 *
 * Blocks: for the folder's flock, WAIT_MS at most. Allocates: nothing. Every failure is told in words. */
#ifndef NATIVE_SHM_FILE_H
#define NATIVE_SHM_FILE_H

#include "handle.h"

#define NATIVE_SHM_SLOT_BYTES (INT64_C(1) << 40)
#define NATIVE_SHM_SLOT_BYTES_LEN                                                                  \
    4096 /* of any layout: whoever holds none of them is not attached */
#define NATIVE_SHM_RECOVERY_BYTE (NATIVE_SHM_SLOT_BYTES - 1)
#define NATIVE_SHM_MAPPED_BYTE (NATIVE_SHM_SLOT_BYTES - 2)

enum {
    NATIVE_SHM_WHY_LEN = 160,
    NATIVE_SHM_PATH_LEN = 1024,
    NATIVE_SHM_FILE_WAIT_MS = 1000, /* for another process that makes or recovers a segment */
};

/* A name in a folder, opened; `fd` is the file's once there is one. */
struct native_shm_file {
    int folder;
    int fd;
    uint32_t mode;
    bool shared; /* more than the owner may use it: the caller's own folder is taken as it is */
    const char *name;
    char *why;
    char path[NATIVE_SHM_PATH_LEN];
};

/* Put words into `why` (NATIVE_SHM_WHY_LEN bytes, may be NULL). */
__attribute__((format(printf, 2, 3))) void native_shm_why(char *why, const char *format, ...);

/* Open the folder, made if need be. Returns OK, INVALID, DENIED, SYSTEM. Close it with native_shm_file_done(). */
enum native_shm_status native_shm_file_folder(struct native_shm_file *file,
                                              const struct native_shm_options *options, char *why);
/* Close folder and file, but not a file whose `fd` was set to -1 because somebody else has it now. */
void native_shm_file_done(struct native_shm_file *file);

/* Open the file: ours, regular, one name, nobody else's to read or write. Returns OK, NOT_FOUND, DENIED, SYSTEM. */
enum native_shm_status native_shm_file_open(struct native_shm_file *file);

/* The folder's lock: one maker at a time. BUSY when it was not to be had in time. */
enum native_shm_status native_shm_file_lock_folder(struct native_shm_file *file);
void native_shm_file_unlock_folder(struct native_shm_file *file);

/* Under the folder's lock: make .new with `size` bytes of which the first `backed` have memory. OK, FULL, DENIED, SYSTEM. */
enum native_shm_status native_shm_file_make(struct native_shm_file *file, uint64_t size,
                                            uint64_t backed);
/* Give it its name, in place of any other file's; or throw it away. */
enum native_shm_status native_shm_file_publish(struct native_shm_file *file);
void native_shm_file_discard(struct native_shm_file *file);

/* The same without a name and a folder. */
enum native_shm_status native_shm_file_make_private(struct native_shm_file *file, uint64_t size,
                                                    uint64_t backed, char *why);

/* Give memory to bytes of a file. Returns OK, FULL, SYSTEM. */
enum native_shm_status native_shm_file_back(int fd, uint64_t at, uint64_t len);

/* Another open file description of the same file: by its descriptor, else by its path. -1: none. */
int native_shm_file_again(int fd, const char *path, dev_t device, ino_t inode);
/* Whether fd is that file. */
bool native_shm_file_is(int fd, dev_t device, ino_t inode);

/* Lock, unlock, ask about bytes for the description of fd. take: false when another one has any of them (or errno). */
bool native_shm_bytes_take(int fd, int64_t at, int64_t len);
void native_shm_bytes_give(int fd, int64_t at, int64_t len);
/* The same as take, but others may share them, too. */
bool native_shm_bytes_share(int fd, int64_t at, int64_t len);
/* Returns 1 when some other description holds any of them, 0 when none does, -1 when that can't be told. */
int native_shm_bytes_taken(int fd, int64_t at, int64_t len);

/* This boot's id; false when the system does not tell. */
bool native_shm_boot_id(uint8_t id[16]);

#endif
