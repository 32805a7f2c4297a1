/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_object.c - named objects: found by name, compared, removed, purged; made by many processes at once; and what a
 * participant that was killed at each point of the making leaves. */
#include "support/shm_ipc.h"

#include "../../shm/heap.h"

static const char *kill_at;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (kill_at && strcmp(point, kill_at) == 0) {
        kill(getpid(), SIGKILL);
    }
}

static void fill(void *body, const struct native_shm_object_open *open)
{
    memset(body, *(const char *)open->context, open->body_size);
}

static enum native_shm_status open_one(struct native_shm_segment *segment, const char *name,
                                       size_t len, uint64_t size, bool must_exist,
                                       struct native_shm_object **object, void **body)
{
    struct native_shm_object_open open = {.name = name,
                                          .name_len = len,
                                          .kind = NATIVE_SHM_OBJECT_USER,
                                          .body_size = size,
                                          .size = size,
                                          .must_exist = must_exist};
    return native_shm_object_open(segment, &open, object, body);
}

static void count_one(void *context, const struct native_shm_object *object, const char *name)
{
    *(unsigned *)context += name[0] == 'o' && object->name_len == strlen(name);
}

static unsigned count_all(struct native_shm_segment *segment)
{
    unsigned count = 0;
    check(native_shm_object_each(segment, count_one, &count) == NATIVE_SHM_OK, "each");
    return count;
}

static uint32_t used(struct native_shm_segment *segment)
{
    const char *wrong = native_shm_heap_check(segment, &segment->objects->heap);
    check(!wrong, "heap: %s", wrong ? wrong : "");
    return segment->objects->heap.used_units;
}

static void test_names(void)
{
    struct native_shm_segment *segment = test_open(NULL, 8 << 20);
    struct native_shm_object *object, *again;
    struct native_shm_object_open open = {
        .name = "o", .name_len = 1, .kind = NATIVE_SHM_OBJECT_MUTEX, .body_size = 8};
    void *body, *same;
    char name[256];

    memset(name, 'o', sizeof(name));
    check(open_one(segment, "o", 1, 100, true, &object, &body) == NATIVE_SHM_NOT_FOUND && !object,
          "must exist");
    check(open_one(segment, "o", 1, 100, false, &object, &body) == NATIVE_SHM_OK, "made");
    check((uintptr_t)body % 64 == 0, "the body is not on a line of its own");
    for (int i = 0; i < 100; i++) {
        check(((char *)body)[i] == 0, "byte %d is not zero", i);
    }
    check(open_one(segment, "o", 1, 100, false, &again, &same) == NATIVE_SHM_OK &&
              again == object && same == body,
          "found");
    check(open_one(segment, "o", 1, 101, false, &again, &same) == NATIVE_SHM_MISMATCH && !again &&
              !same,
          "another size");
    check(native_shm_object_open(segment, &open, &again, &same) == NATIVE_SHM_TYPE, "another kind");
    check(open_one(segment, "o", 0, 1, false, &again, &same) == NATIVE_SHM_INVALID, "no name");
    check(open_one(segment, name, 256, 1, false, &again, &same) == NATIVE_SHM_INVALID,
          "a long name");
    check(open_one(segment, name, 255, 1, false, &again, &same) == NATIVE_SHM_OK,
          "the longest name");
    check(open_one(segment, "o\0x", 3, 1, false, &again, &same) == NATIVE_SHM_OK && again != object,
          "a name with a NUL");
    check(count_all(segment) == 2,
          "each"); /* the one with the NUL says so itself: strlen is not its length */
    check(open_one(segment, "huge", 4, 1ull << 40, false, &again, &same) == NATIVE_SHM_FULL,
          "too big for the segment");
    check(open_one(segment, "all", 3, UINT64_MAX, false, &again, &same) != NATIVE_SHM_OK,
          "a size that wraps");
    end_test("objects are found by name, and compared");

    check(native_shm_object_remove(segment, "o", 1) == NATIVE_SHM_OK, "remove");
    check(native_shm_object_remove(segment, "o", 1) == NATIVE_SHM_NOT_FOUND, "remove again");
    check(!native_shm_object_usable(object), "it does not say that it was removed");
    check(open_one(segment, "o", 1, 100, true, &again, &same) == NATIVE_SHM_NOT_FOUND,
          "it is still found");
    memset(body, 0xee, 100); /* memory of handles stays theirs */
    check(open_one(segment, "o", 1, 50, false, &again, &same) == NATIVE_SHM_OK && same != body,
          "made anew");
    check(((char *)body)[99] == (char)0xee && ((char *)same)[0] == 0, "the two share memory");
    uint32_t before = used(segment);
    check(native_shm_object_purge(segment) == NATIVE_SHM_OK, "purge");
    check(used(segment) < before, "purging freed nothing");
    check(open_one(segment, "o", 1, 50, true, &again, &same) == NATIVE_SHM_OK,
          "purging took a living one");
    end_test("a removed name is free, its memory stays until the purge");
    native_shm_segment_close(segment);
}

static int wait_for_byte(void *context)
{
    char byte;
    return read(*(int *)context, &byte, 1) == 1 ? 0 : 1;
}

/* What was removed is freed by who attaches alone, and not while a child has a handle that it has not used yet. */
static void test_alone(void)
{
    struct native_shm_segment *first = test_open("alone", 8 << 20), *second;
    struct native_shm_object *object, *again;
    void *body, *same;
    int pipes[2];
    check(pipe(pipes) == 0, "pipe");
    check(open_one(first, "o", 1, 5000, false, &object, &body) == NATIVE_SHM_OK &&
              open_one(first, "p", 1, 5000, false, &again, &same) == NATIVE_SHM_OK,
          "open");
    uint32_t both = used(first);
    check(native_shm_object_remove(first, "o", 1) == NATIVE_SHM_OK, "remove");
    second = test_open("alone", 0);
    check(used(second) == both, "freed under a handle");
    native_shm_segment_close(second);
    pid_t child = ipc_child(wait_for_byte, &pipes[0]);
    native_shm_segment_close(first);
    first = test_open("alone", 0);
    check(used(first) == both, "freed under a child's handle");
    native_shm_segment_close(first);
    check(write(pipes[1], "", 1) == 1 && ipc_end(child) == 0, "child");
    first = test_open("alone", 0);
    check(used(first) < both, "not freed");
    check(open_one(first, "p", 1, 5000, true, &again, &same) == NATIVE_SHM_OK,
          "a living one is gone");
    check(open_one(first, "o", 1, 5000, true, &again, &same) == NATIVE_SHM_NOT_FOUND,
          "the removed one is back");
    end_test("who attaches alone frees what was removed");
    close(pipes[0]);
    close(pipes[1]);
    native_shm_segment_close(first);
    native_shm_segment_unlink(test_folder, "alone");
}

struct race {
    struct native_shm_segment *segment;
    uint64_t *offsets;
    char mark;
};

static int make_all(void *context)
{
    struct race *race = context;
    for (int i = 0; i < 200; i++) {
        char name[16];
        struct native_shm_object_open open = {.name = name,
                                              .name_len =
                                                  (size_t)snprintf(name, sizeof(name), "o%d", i),
                                              .kind = NATIVE_SHM_OBJECT_USER,
                                              .body_size = 1000,
                                              .size = 1000,
                                              .make = fill,
                                              .context = &race->mark};
        struct native_shm_object *object;
        void *body;
        if (native_shm_object_open(race->segment, &open, &object, &body) != NATIVE_SHM_OK) {
            return 1;
        }
        for (int j = 1; j < 1000; j++) {
            if (((char *)body)[j] != *(char *)body) {
                return 2;
            }
        }
        race->offsets[i] = (uint64_t)((unsigned char *)body - race->segment->base);
    }
    return 0;
}

static void test_race(void)
{
    enum { PROCESSES = 6 };
    struct native_shm_segment *segment = test_open(NULL, 8 << 20);
    uint64_t *offsets = ipc_shared(PROCESSES * 200 * sizeof(uint64_t));
    struct race races[PROCESSES];
    pid_t pids[PROCESSES];

    for (int i = 0; i < PROCESSES; i++) {
        races[i] = (struct race){segment, offsets + i * 200, (char)('a' + i)};
        pids[i] = ipc_child(make_all, &races[i]);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = ipc_end(pids[i]);
        check(status == 0, "process %d: %d", i, status);
        check(memcmp(offsets, offsets + i * 200, 200 * sizeof(uint64_t)) == 0,
              "process %d has others", i);
    }
    check(count_all(segment) == 200, "there are %u", count_all(segment));
    used(segment);
    end_test("six processes that open 200 names at once get the same 200 objects, whole");
    native_shm_segment_close(segment);
}

static int make_one(void *context)
{
    struct native_shm_object *object;
    void *body;
    return open_one(context, "killed", 6, 5000, false, &object, &body) == NATIVE_SHM_OK ? 0 : 1;
}

static int repair_one(void *context)
{
    return native_shm_object_repair(context) == NATIVE_SHM_OK ? 0 : 1;
}

static void test_kills(void)
{
    static const char *const points[] = {"object_taken",        "object_held",
                                         "object_built",        "object_counted",
                                         "object_linked",       "object_repair_unmarked",
                                         "object_repair_marked"};
    struct native_shm_object *object;
    void *body;

    for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
        struct native_shm_segment *segment = test_open(NULL, 8 << 20);
        bool repairing = strstr(points[i], "repair") != NULL;
        uint32_t before;
        for (int j = 0; j < 20; j++) {
            char name[8];
            open_one(segment, name, (size_t)snprintf(name, sizeof(name), "o%d", j), 64, false,
                     &object, &body);
        }
        before = used(segment);
        kill_at = points[i];
        check(ipc_end(ipc_child(repairing ? repair_one : make_one, segment)) == -SIGKILL,
              "%s was not reached", points[i]);
        kill_at = NULL;
        uint64_t start = ipc_ms();
        check(native_shm_object_repair(segment) == NATIVE_SHM_OK, "%s: repair", points[i]);
        check(ipc_ms() - start < 100, "%s: the repair took %d ms", points[i],
              (int)(ipc_ms() - start));
        check(count_all(segment) == 20, "%s: %u of 20 are left", points[i], count_all(segment));
        bool linked = strcmp(points[i], "object_linked") == 0;
        check(linked ==
                  (open_one(segment, "killed", 6, 5000, true, &object, &body) == NATIVE_SHM_OK),
              "%s: linked", points[i]);
        check(linked || used(segment) == before, "%s: %u units more are used", points[i],
              used(segment) - before);
        check(open_one(segment, "killed", 6, 5000, false, &object, &body) == NATIVE_SHM_OK,
              "%s: made", points[i]);
        end_test("killed at %s: nothing is lost, nothing leaks", points[i]);
        native_shm_segment_close(segment);
    }
}

static void test_blocks(void)
{
    struct native_shm_segment *segment = test_open(NULL, 8 << 20);
    uint32_t before = used(segment), ref = native_shm_object_take(segment, 100), kept;

    check(ref != 0, "take");
    check(native_shm_object_give(segment, ref) && !native_shm_object_give(segment, ref), "give");
    kept = native_shm_object_take(segment, 100);
    check(native_shm_object_keep(segment, kept) && !native_shm_object_keep(segment, kept), "keep");
    check(!native_shm_object_keep(segment, kept + 1) && !native_shm_object_give(segment, 0),
          "what is no block");
    pid_t pid = fork();
    if (pid == 0) {
        _exit(native_shm_object_take(segment, 1000) ? 0 : 1);
    }
    check(ipc_end(pid) == 0, "the child had none");
    check(native_shm_object_repair(segment) == NATIVE_SHM_OK, "repair");
    check(native_shm_object_give(segment, kept), "what was kept is gone");
    check(used(segment) <= before, "the dead child's block is still used");
    check(native_shm_object_take(segment, UINT64_MAX) == 0 &&
              native_shm_object_take(segment, 1 << 30) == 0,
          "too big");
    end_test("blocks are held, kept, given; a dead holder's are freed");
    native_shm_segment_close(segment);
}

int main(void)
{
    test_folder_make();
    test_names();
    test_alone();
    test_race();
    test_kills();
    test_blocks();
    test_folder_remove();
    return done();
}
