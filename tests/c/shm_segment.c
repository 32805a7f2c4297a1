/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_segment.c - files of segments: made safely, attached to, replaced, refused with words. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/vfs.h>

#include "../../shm/geometry.h"
#include "harness.h"
#include "support/shm_test.h"

/* ---- a new one --------------------------------------------------------------------------------------- */

static bool all_zero(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < len; i++) {
        if (at[i])
            return false;
    }
    return true;
}

static void check_new(struct native_shm_segment *segment)
{
    for (uint32_t i = 0; i < segment->extents; i++)
        check(segment->map[i] == NATIVE_SHM_EXTENT(NATIVE_SHM_EXTENT_UNBACKED, 0), "extent %u", i);
    for (uint32_t i = 0; i < segment->shards; i++) {
        struct native_shm_shard copy = segment->shard[i];
        check(copy.number == i && copy.heap.number == i, "shard %u is called %u, %u", i,
              copy.number, copy.heap.number);
        copy.number = copy.heap.number = 0;
        check(all_zero(&copy, sizeof copy), "shard %u is not new", i);
    }
    check(segment->objects->heap.number == segment->shards, "the objects' heap");
    check(segment->shard_shift < 64 && (UINT64_MAX >> segment->shard_shift) == segment->shards - 1,
          "a hash gives shards 0..%llu", (unsigned long long)(UINT64_MAX >> segment->shard_shift));
    check((1u << segment->extent_shift) == segment->extent_size, "extents");
    check(native_shm_at(segment, (uint32_t)(segment->size / 16 - 1), 16) &&
              !native_shm_at(segment, (uint32_t)(segment->size / 16 - 1), 17) &&
              !native_shm_at(segment, (uint32_t)(segment->extents_at / 16 - 1), 1) &&
              !native_shm_at(segment, UINT32_MAX, 1),
          "native_shm_at() ends where the extents do");
}

static void test_new(void)
{
    static const uint64_t sizes[] = {1 << 20, (1 << 20) + 1, 4 << 20, 5000000, 32 << 20, 1 << 30};
    struct native_shm_segment *segment;
    struct stat is;

    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        segment = test_open("new", sizes[i]);
        check(fstat(segment->fd, &is) == 0 && (uint64_t)is.st_size == segment->size,
              "size of the file");
        check(segment->size >= sizes[i] && segment->size < sizes[i] + segment->extent_size,
              "%llu for %llu", (unsigned long long)segment->size, (unsigned long long)sizes[i]);
        check((uint64_t)is.st_blocks * 512 < segment->extents_at + 65536,
              "extents have memory already");
        check_new(segment);
        native_shm_segment_close(segment);
        check(native_shm_segment_unlink(test_folder, "new") == NATIVE_SHM_OK, "unlink");
    }
    end_test("a new one of 1 MiB to 1 GiB: sizes, areas, numbers");
    segment = test_open("new", 0);
    check(segment->size >= 32 << 20, "size");
    check(stat(test_path(NULL), &is) == 0 && (is.st_mode & 07777) == 0700, "folder %o", is.st_mode);
    check(stat(test_path("new"), &is) == 0 && (is.st_mode & 07777) == 0600, "file %o", is.st_mode);
    check(strcmp(segment->path, test_path("new")) == 0, "path %s", segment->path);
    end_test("32 MiB by default, the folder is 0700, the file 0600");
    native_shm_segment_close(segment);
    native_shm_segment_close(NULL);
    native_shm_segment_unlink(test_folder, "new");
}

static void test_geometry(void)
{
    struct native_shm_geometry geometry, again;
    uint64_t state = 5, largest = 0;

    for (int i = 0; i < 20000; i++) {
        uint64_t size =
            NATIVE_SHM_MIN_SIZE + (((uint64_t)next_random(&state) << 20) ^ next_random(&state)) %
                                      (NATIVE_SHM_MAX_SIZE - NATIVE_SHM_MIN_SIZE + 1);
        size = i % 3 ? size >> (next_random(&state) % 16) : size;
        size = size < NATIVE_SHM_MIN_SIZE ? NATIVE_SHM_MIN_SIZE : size;
        size = i == 0 ? NATIVE_SHM_MAX_SIZE : size;
        native_shm_geometry_choose(&geometry, size);
        again = geometry;
        check(native_shm_geometry_place(&again) && memcmp(&again, &geometry, sizeof again) == 0,
              "place");
        check(geometry.size <= NATIVE_SHM_MAX_SIZE, "too large");
        check(geometry.size >= size || geometry.size + geometry.extent_size > NATIVE_SHM_MAX_SIZE,
              "%llu is less than %llu", (unsigned long long)geometry.size,
              (unsigned long long)size);
        check(size < (16 << 20) || geometry.extents >= 500, "%u extents", geometry.extents);
        check(geometry.extents_at < size / 16, "the areas take %llu of %llu",
              (unsigned long long)geometry.extents_at, (unsigned long long)size);
        largest = geometry.size > largest ? geometry.size : largest;
    }
    end_test("20,000 sizes up to 64 GiB: what is chosen can be placed and is large enough");
}

static void test_arguments(void)
{
    static const char *const names[] = {
        "",         ".x",
        "a/b",      "..",
        "a b",      "x\n",
        "\xc3\xa4", "12345678901234567890123456789012345678901234567890123456789012345"};
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    struct native_shm_segment *segment = (void *)1;
    char path[64];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        check(test_try(names[i], 0, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_INVALID &&
                  !segment && *test_why,
              "name %zu", i);
        check(native_shm_segment_unlink(test_folder, names[i]) == NATIVE_SHM_INVALID, "unlink %zu",
              i);
        check(!native_shm_segment_path(test_folder, names[i], path, sizeof path), "path %zu", i);
    }
    end_test("names that are none");
    check(test_try("x", 1, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_INVALID && *test_why, "1");
    check(test_try("x", (1 << 20) - 1, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_INVALID,
          "1 MiB - 1");
    check(test_try("x", (UINT64_C(1) << 36) + 1, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_INVALID,
          "64 GiB + 1");
    check(test_try("x", UINT64_MAX, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_INVALID,
          "the largest");
    end_test("sizes that are none");
    options.name = "x";
    options.folder = "relative";
    check(native_shm_segment_open(&options, &segment, test_why) == NATIVE_SHM_INVALID, "relative");
    options.folder = "/nowhere/at/all";
    check(native_shm_segment_open(&options, &segment, test_why) == NATIVE_SHM_SYSTEM &&
              strstr(test_why, "/nowhere/at/all"),
          "%s", test_why);
    options.folder = test_folder;
    options.mode = 0400;
    check(native_shm_segment_open(&options, &segment, test_why) == NATIVE_SHM_INVALID, "0400");
    options.mode = 0700;
    check(native_shm_segment_open(&options, &segment, NULL) == NATIVE_SHM_INVALID, "0700");
    options.mode = 0660;
    options.folder = NULL;
    check(native_shm_segment_open(&options, &segment, test_why) == NATIVE_SHM_INVALID,
          "0660 in /dev/shm");
    end_test("folders and modes that are none");
    ok(native_shm_segment_path(NULL, "x", path, sizeof path) &&
           !native_shm_segment_path(NULL, "x", path, 8),
       "a path that does not fit is refused");
    ok(native_shm_segment_unlink(test_folder, "absent") == NATIVE_SHM_NOT_FOUND &&
           native_shm_segment_unlink("/nowhere", "absent") == NATIVE_SHM_NOT_FOUND,
       "nothing to unlink: NOT_FOUND");
}

/* ---- two of one -------------------------------------------------------------------------------------- */

static int other_process(int in, int out, void *context)
{
    /* Take the place that the mapping would get, so that it gets another. */
    void *before = mmap(NULL, 64 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct native_shm_segment *segment = test_open("two", 0);
    struct native_shm_segment *parent = context;

    if (before == MAP_FAILED || segment->base == parent->base || segment->id == parent->id)
        return 1;
    atomic_store(&segment->header->drain_hint, 77);
    tell(out, native_shm_alive(segment, parent->id) ? 'a' : 'd');
    hear(in);
    native_shm_segment_close(segment);
    return 0;
}

static void test_two(void)
{
    struct native_shm_segment *one = test_open("two", 1 << 20), *two = test_open("two", 0);
    struct child child;
    uint32_t id = two->id;

    ok(one->base != two->base && one->id != two->id,
       "opened twice in one process: other addresses, other slots");
    atomic_store(&one->header->extent_hint, 1234);
    ok(atomic_load(&two->header->extent_hint) == 1234, "and the same bytes");
    ok(native_shm_alive(one, two->id) && native_shm_alive(two, one->id) &&
           native_shm_alive(one, one->id),
       "each lives for the other");
    native_shm_segment_close(two);
    ok(!native_shm_alive(one, id), "closed, it lives no more");
    child = child_start(other_process, one);
    ok(hear(child.in) == 'a' && atomic_load(&one->header->drain_hint) == 77,
       "another process at another address sees us and the same bytes");
    tell(child.out, 'x');
    ok(child_end(&child) == 0, "and ends well");
    native_shm_segment_close(one);
    native_shm_segment_unlink(test_folder, "two");
}

static void test_private(void)
{
    struct native_shm_segment *segment = test_open(NULL, 1 << 20),
                              *second = test_open(NULL, 1 << 20);

    check_new(segment);
    ok(!segment->path && native_shm_segment_current(segment),
       "a private one has no path and stays current");
    ok(segment->inode != second->inode, "the next one is another");
    ok(ftruncate(segment->fd, 0) != 0 && errno == EPERM, "nobody can truncate it");
    native_shm_segment_close(segment);
    native_shm_segment_close(second);
}

static void test_slots(void)
{
    struct native_shm_segment *segments[257];
    enum native_shm_status status;
    int count = 0;

    while (count < 256)
        segments[count++] = test_open("slots", 1 << 20);
    status = test_try("slots", 0, NATIVE_SHM_REFUSE, &segments[256]);
    ok(status == NATIVE_SHM_BUSY && !segments[256] && strstr(test_why, "slots"),
       "all slots taken: BUSY, \"%s\"", test_why);
    native_shm_segment_close(segments[100]);
    segments[100] = test_open("slots", 0);
    ok(NATIVE_SHM_ID_GENERATION(segments[100]->id) == 2,
       "one given back can be had, by another id");
    while (count)
        native_shm_segment_close(segments[--count]);
    native_shm_segment_unlink(test_folder, "slots");
}

/* ---- refused ----------------------------------------------------------------------------------------- */

static void denied(const char *what, const char *word)
{
    struct native_shm_segment *segment;
    enum native_shm_status status = test_try("bad", 0, NATIVE_SHM_RECREATE, &segment);

    check(status == NATIVE_SHM_DENIED && !segment, "status %d", status);
    check(strstr(test_why, word), "it says: %s", test_why);
    end_test("%s: refused, \"%s\"", what, test_why);
    unlink(test_path("bad"));
    rmdir(test_path("bad"));
}

static void make_file(const char *path)
{
    int fd = open(path, O_CREAT | O_WRONLY, 0600);

    if (fd < 0 || ftruncate(fd, 1 << 20) != 0)
        perror(path);
    close(fd);
}

static void test_denied_files(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char other[256];
    int fd;

    snprintf(other, sizeof other, "%s/other", test_folder);
    make_file(other);
    check(symlink(other, test_path("bad")) == 0, "symlink");
    denied("a symbolic link in its place", "symbolic link");
    check(symlink("/nowhere", test_path("bad")) == 0, "symlink");
    denied("a symbolic link to nothing", "symbolic link");
    check(link(other, test_path("bad")) == 0, "link");
    denied("a hard link", "hard link");
    unlink(other);
    check(mkfifo(test_path("bad"), 0600) == 0, "mkfifo");
    denied("a FIFO", "regular");
    check(mkdir(test_path("bad"), 0700) == 0, "mkdir");
    denied("a folder", "regular");
    fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", test_path("bad"));
    check(bind(fd, (void *)&address, sizeof address) == 0, "bind");
    denied("a socket", "regular");
    close(fd);
    make_file(test_path("bad"));
    check(chmod(test_path("bad"), 0640) == 0, "chmod");
    denied("a file that others may read", "0640");
    if (geteuid() == 0) {
        make_file(test_path("bad"));
        check(chown(test_path("bad"), 1001, 1001) == 0, "chown");
        denied("another user's file", "1001");
    } else {
        end_test("another user's file # SKIP only root can make one");
    }
}

static void denied_folder(const char *what, const char *word)
{
    struct native_shm_segment *segment;
    enum native_shm_status status = test_try("x", 0, NATIVE_SHM_RECREATE, &segment);

    check(status == NATIVE_SHM_DENIED && !segment && strstr(test_why, word), "status %d, %s",
          status, test_why);
    check(native_shm_segment_unlink(test_folder, "x") != NATIVE_SHM_OK, "unlink");
    end_test("%s: refused, \"%s\"", what, test_why);
    remove_all(test_path(NULL), 1);
}

static void test_denied_folders(void)
{
    char other[256];

    remove_all(test_path(NULL), 1);
    snprintf(other, sizeof other, "%s/other", test_folder);
    mkdir(other, 0700);
    check(symlink(other, test_path(NULL)) == 0, "symlink");
    denied_folder("a symbolic link in place of the folder", "symbolic link");
    rmdir(other);
    make_file(test_path(NULL));
    denied_folder("a file in place of the folder", "not a folder");
    mkdir(test_path(NULL), 0700);
    chmod(test_path(NULL), 0770);
    denied_folder("a folder that others may write", "0770");
    if (geteuid() == 0) {
        mkdir(test_path(NULL), 0700);
        check(chown(test_path(NULL), 1001, 1001) == 0, "chown");
        denied_folder("another user's folder", "1001");
    } else {
        end_test("another user's folder # SKIP only root can make one");
    }
}

/* ---- replaced, gone ---------------------------------------------------------------------------------- */

static void set_bytes(const char *name, size_t at, const void *bytes, size_t len)
{
    int fd = open(test_path(name), O_WRONLY);

    if (pwrite(fd, bytes, len, (off_t)at) != (ssize_t)len)
        perror(name);
    close(fd);
}

static void test_mismatch(void)
{
    struct native_shm_segment *old = test_open("old", 1 << 20), *new, *same;
    uint32_t layout = NATIVE_SHM_LAYOUT + 1, abi = 0;
    uint64_t magic = __builtin_bswap64(NATIVE_SHM_MAGIC);
    ino_t inode;

    ok(test_try("old", 2 << 20, NATIVE_SHM_REFUSE, &new) == NATIVE_SHM_MISMATCH &&
           strstr(test_why, "2097152"),
       "a smaller one than asked for: \"%s\"", test_why);
    same = test_open("old", 1 << 20);
    ok(same->inode == old->inode, "the same size again is right");
    native_shm_segment_close(same);
    ok(test_try("old", 2 << 20, NATIVE_SHM_RECREATE, &new) == NATIVE_SHM_OK &&
           new->inode != old->inode &&new->size >= 2 << 20,
       "RECREATE: a new file takes the name");
    atomic_store(&old->header->extent_hint, 9);
    ok(!native_shm_segment_current(old) && native_shm_segment_current(new) &&
           native_shm_enter(old) && atomic_load(&new->header->extent_hint) == 0,
       "who has the old one keeps it, and can see that it is not current");
    native_shm_segment_close(old);
    native_shm_segment_close(new);
    set_bytes("old", offsetof(struct native_shm_header, layout), &layout, sizeof layout);
    ok(test_try("old", 0, NATIVE_SHM_REFUSE, &new) == NATIVE_SHM_MISMATCH &&
           strstr(test_why, "layout 3"),
       "another layout: \"%s\"", test_why);
    layout = NATIVE_SHM_LAYOUT;
    set_bytes("old", offsetof(struct native_shm_header, layout), &layout, sizeof layout);
    set_bytes("old", offsetof(struct native_shm_header, abi), &abi, sizeof abi);
    ok(test_try("old", 0, NATIVE_SHM_REFUSE, &new) == NATIVE_SHM_MISMATCH &&
           strstr(test_why, "ABI"),
       "another ABI: \"%s\"", test_why);
    set_bytes("old", 0, &magic, sizeof magic);
    ok(test_try("old", 0, NATIVE_SHM_REFUSE, &new) == NATIVE_SHM_MISMATCH &&
           strstr(test_why, "byte order"),
       "another byte order: \"%s\"", test_why);
    ok(test_try("old", 0, NATIVE_SHM_RECREATE, &new) == NATIVE_SHM_OK, "RECREATE makes it anew");
    check_new(new);
    inode = new->inode;
    new->shard[1].number = 5;
    native_shm_segment_close(new);
    check(test_try("old", 0, NATIVE_SHM_REFUSE, &new) == NATIVE_SHM_CORRUPT,
          "a shard called 5 instead of 1");
    ok(test_try("old", 0, NATIVE_SHM_RECREATE, &new) == NATIVE_SHM_OK && new->inode != inode,
       "RECREATE also makes one anew that is damaged behind its header");
    check_new(new);
    native_shm_segment_close(new);
    native_shm_segment_unlink(test_folder, "old");
}

static void test_unlinked(void)
{
    struct native_shm_segment *segment = test_open("gone", 1 << 20), *next;

    ok(native_shm_segment_current(segment), "a segment whose file has its name is current");
    native_shm_segment_unlink(test_folder, "gone");
    ok(!native_shm_segment_current(segment), "unlinked, it is not");
    next = test_open("gone", 1 << 20);
    ok(next->inode != segment->inode && native_shm_segment_current(next),
       "opened again, it is another");
    native_shm_segment_close(segment);
    native_shm_segment_close(next);
    native_shm_segment_unlink(test_folder, "gone");
}

static void test_sweep(void)
{
    struct native_shm_segment *used = test_open("a.used", 1 << 20);
    unsigned removed;

    native_shm_segment_close(test_open("a.old", 1 << 20));
    native_shm_segment_close(test_open("a.keep", 1 << 20));
    native_shm_segment_close(test_open("b.other", 1 << 20));
    removed = native_shm_segment_sweep(test_folder, "a.", "a.keep");
    check(removed == 1, "%u removed", removed);
    check(access(test_path("a.old"), F_OK) != 0, "the unused one is still there");
    check(access(test_path("a.used"), F_OK) == 0 && access(test_path("a.keep"), F_OK) == 0 &&
              access(test_path("b.other"), F_OK) == 0,
          "too many are gone");
    end_test("sweep: those of the prefix that nobody uses are removed, but not the one to keep");
    native_shm_segment_close(used);
    ok(native_shm_segment_sweep(test_folder, "", NULL) == 3 &&
           native_shm_segment_sweep("/nowhere", "", NULL) == 0,
       "closed, the others too");
}

/* ---- no room, odd processes -------------------------------------------------------------------------- */

enum { CANNOT = 99 };

/* In a mount namespace of its own: a tmpfs of 1 MB over the folder. */
static bool small_tmpfs(void)
{
    return unshare(CLONE_NEWNS) == 0 &&
           mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", test_folder, "tmpfs", 0, "size=1m,mode=0700") == 0;
}

/* Take what room is left, but `leave` bytes. */
static void fill_room(uint64_t leave)
{
    struct statfs room;
    char path[256];
    int fd;

    snprintf(path, sizeof path, "%s/filler", test_folder);
    fd = open(path, O_CREAT | O_RDWR, 0600);
    if (fd < 0 || fstatfs(fd, &room) != 0 ||
        posix_fallocate(fd, 0, (off_t)((uint64_t)room.f_bavail * (uint64_t)room.f_bsize - leave)) !=
            0)
        _exit(4);
    close(fd);
}

static int full_process(int in, int out, void *context)
{
    struct native_shm_segment *segment;

    if (!small_tmpfs())
        return CANNOT;
    /* A segment may be larger than the room, as long as its header fits. */
    if (test_try("big", 32 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_OK)
        return 10;
    check_new(segment);
    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "big");
    fill_room(20000);
    if (test_try("full", 1 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_FULL || segment ||
        !strstr(test_why, "no room"))
        return 11;
    if (test_try("full", 1 << 20, NATIVE_SHM_RECREATE, &segment) != NATIVE_SHM_FULL)
        return 12;
    /* Nothing stays of what could not be made. */
    if (access(test_path("full"), F_OK) == 0 || rmdir(test_path(NULL)) != 0)
        return 13;
    return tap_good ? 0 : 14;
}

/* A copy with holes where there was memory, and no room to fill them. */
static int holes_process(int in, int out, void *context)
{
    struct native_shm_segment *segment;
    unsigned char page[4096];
    uint64_t size;
    int fd;

    if (!small_tmpfs())
        return CANNOT;
    segment = test_open("holes", 1 << 20);
    size = segment->size;
    if (pread(segment->fd, page, sizeof page, 0) != (ssize_t)sizeof page)
        return 10;
    native_shm_segment_close(segment);
    unlink(test_path("holes"));
    fd = open(test_path("holes"), O_CREAT | O_RDWR, 0600);
    if (pwrite(fd, page, sizeof page, 0) != (ssize_t)sizeof page || ftruncate(fd, (off_t)size) != 0)
        return 11;
    close(fd);
    fill_room(4096);
    if (test_try("holes", 0, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_FULL ||
        !strstr(test_why, "holes"))
        return 12;
    return 0;
}

/* A chroot often has no /proc. */
static int no_proc_process(int in, int out, void *context)
{
    struct native_shm_segment *segment;

    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("none", "/proc", "tmpfs", 0, "size=4k") != 0)
        return CANNOT;
    if (test_try("proc", 1 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_OK)
        return 10;
    native_shm_forks++; /* as a child would see it */
    if (!native_shm_enter(segment))
        return 11;
    native_shm_segment_close(segment);
    native_shm_segment_unlink(test_folder, "proc");
    if (test_try(NULL, 1 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_SYSTEM ||
        !strstr(test_why, "/proc"))
        return 12;
    return 0;
}

static int limit_process(int in, int out, void *context)
{
    struct rlimit limit = {100000, 100000};
    struct native_shm_segment *segment;

    signal(SIGXFSZ, SIG_DFL);
    setrlimit(RLIMIT_FSIZE, &limit);
    return test_try("limit", 1 << 20, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_FULL &&
                   test_try(NULL, 1 << 20, NATIVE_SHM_REFUSE, &segment) == NATIVE_SHM_FULL &&
                   strstr(test_why, "limit")
               ? 0
               : 1;
}

static int streams_process(int in, int out, void *context)
{
    struct native_shm_segment *segment;

    close(0);
    close(1);
    close(2);
    if (test_try("streams", 1 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_OK ||
        segment->fd < 3)
        return 1;
    return fcntl(0, F_GETFD) == -1 && fcntl(1, F_GETFD) == -1 && fcntl(2, F_GETFD) == -1 ? 0 : 2;
}

static int umask_process(int in, int out, void *context)
{
    struct native_shm_segment *segment;
    struct stat is;

    remove_all(test_path(NULL), 1);
    umask(0777);
    if (test_try("umask", 1 << 20, NATIVE_SHM_REFUSE, &segment) != NATIVE_SHM_OK)
        return 1;
    return stat(test_path("umask"), &is) == 0 && (is.st_mode & 07777) == 0600 ? 0 : 2;
}

/* Several users of a folder that was made for it. */
static int group_process(int in, int out, void *context)
{
    struct native_shm_options options = {.name = "group", .size = 1 << 20, .mode = 0660};
    struct native_shm_segment *segment;
    char folder[128];

    snprintf(folder, sizeof folder, "%s/group", test_folder);
    options.folder = folder;
    if (chmod(test_folder, 0711) != 0 || mkdir(folder, 0770) != 0 || chown(folder, 0, 1001) != 0 ||
        chmod(folder, 02770) != 0)
        return CANNOT;
    if (native_shm_segment_open(&options, &segment, test_why) != NATIVE_SHM_OK)
        return 1;
    if (setgid(1001) != 0 || setuid(1002) != 0)
        return CANNOT;
    if (native_shm_segment_current(segment)) /* another user now */
        return 2;
    if (native_shm_segment_open(&options, &segment, test_why) != NATIVE_SHM_OK)
        return 3;
    options.mode = 0640; /* less than the file has */
    return native_shm_segment_open(&options, &segment, test_why) == NATIVE_SHM_DENIED ? 0 : 4;
}

static void in_process(int (*body)(int, int, void *), const char *what)
{
    struct child child = child_start(body, NULL);
    int status = child_end(&child);

    if (status == CANNOT) {
        end_test("%s # SKIP not allowed here", what);
        return;
    }
    check(status == 0, "ended with %d", status);
    end_test("%s", what);
}

int main(void)
{
    test_folder_make();
    test_new();
    test_geometry();
    test_arguments();
    test_two();
    test_private();
    test_slots();
    test_denied_files();
    test_denied_folders();
    test_mismatch();
    test_unlinked();
    test_sweep();
    in_process(full_process, "a full tmpfs: FULL, no SIGBUS, nothing left behind");
    in_process(holes_process, "a file with holes on a full tmpfs: FULL, no SIGBUS");
    in_process(limit_process, "above the limit of file sizes: FULL, no SIGXFSZ");
    in_process(no_proc_process,
               "without /proc a named segment works, and a private one says why it can't");
    in_process(streams_process, "without standard streams: the segment does not become one");
    in_process(umask_process, "a umask of 0777 does no harm");
    in_process(
        group_process,
        "a group shares one by mode and a folder of its own; with less of a mode it is refused");
    test_folder_remove();
    return done();
}
