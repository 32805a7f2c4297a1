/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_api.c - another extension's use of shared memory through the table: a list of blocks under a lock in a root, seen
 * by processes that have the segment at different addresses, and what is left when one is killed. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../../shm/api.h" /* first: it needs nothing before it */

#include "harness.h"
#include "support/shm_test.h"

/* What such an extension would keep: a stack of numbered blocks. */
struct root {
    uint64_t magic;
    struct native_shm_api_lock lock;
    uint32_t top; /* ref */
    uint64_t pushed, popped;
};
struct node {
    uint32_t next;
    uint32_t len;
    uint64_t number;
};

static const struct native_shm_api *shm;

static void make(void *body, void *context)
{
    ((struct root *)body)->magic = *(uint64_t *)context;
}

static struct native_shm_segment *open_it(struct root **root)
{
    struct native_shm_segment *segment = NULL;
    uint64_t magic = 0x1234;
    struct native_shm_api_root wanted = {"test.stack", 10, sizeof(struct root), make, &magic};
    char why[160] = "";

    if (shm->open(test_folder, "api", 4 << 20, &segment, why) != NATIVE_SHM_OK ||
        shm->root(segment, &wanted, (void **)root) != NATIVE_SHM_OK) {
        printf("Bail out! %s\n", why);
        exit(2);
    }
    return segment;
}

static bool lock(struct native_shm_segment *segment, struct root *root)
{
    enum native_shm_status status = shm->lock(segment, &root->lock, 10000);

    return status == NATIVE_SHM_OK || status == NATIVE_SHM_ABANDONED;
}

static bool push(struct native_shm_segment *segment, struct root *root, uint32_t len)
{
    uint32_t ref = shm->take(segment, sizeof(struct node) + len);
    struct node *node = shm->at(segment, ref, sizeof(struct node) + len);

    if (!node || (uintptr_t)node % 16) {
        return false;
    }
    memset(node + 1, 0x5a, len);
    node->len = len;
    if (!shm->keep(segment, ref) || !lock(segment, root)) {
        return false;
    }
    node->number = ++root->pushed;
    node->next = root->top;
    root->top = ref;
    shm->unlock(&root->lock);
    return true;
}

/* True also when there was none. */
static bool pop(struct native_shm_segment *segment, struct root *root)
{
    if (!lock(segment, root)) {
        return false;
    }
    uint32_t ref = root->top;
    struct node *node = shm->at(segment, ref, sizeof *node);
    if (node) {
        root->top = node->next;
        root->popped++;
    }
    shm->unlock(&root->lock);
    if (ref == 0) {
        return true;
    }
    if (!node || !shm->at(segment, ref, sizeof *node + node->len)) {
        return false;
    }
    for (uint32_t i = 0; i < node->len; i++) {
        if (((unsigned char *)(node + 1))[i] != 0x5a) {
            return false;
        }
    }
    return shm->give(segment, ref);
}

static void test_table(void)
{
    check(!native_shm_api_table(0) && !native_shm_api_table(2), "versions that there are not");
    check(shm && shm->version == NATIVE_SHM_API_VERSION && shm->size == sizeof *shm, "the table");
    void *const *functions = (void *const *)(const void *)&shm->open;
    for (size_t i = 0; i < (sizeof *shm - 8) / sizeof(void *); i++) {
        check(functions[i] != NULL, "function %zu is missing", i);
    }
    end_test("the table is there for version 1 only, and full");
}

static void test_wrong(void)
{
    struct root *root;
    struct native_shm_segment *segment = open_it(&root), *none;
    void *body;
    char why[160];
    struct native_shm_api_root wanted = {"test.stack", 10, 8, NULL, NULL};
    uint32_t ref = shm->take(segment, 100);

    check(shm->open(test_folder, NULL, 0, &none, why) == NATIVE_SHM_INVALID && !none, "no name");
    check(shm->open(test_folder, "../x", 0, &none, why) == NATIVE_SHM_INVALID && !none, "path");
    check(shm->root(segment, &wanted, &body) == NATIVE_SHM_MISMATCH && !body, "another size");
    wanted.size = 0;
    check(shm->root(segment, &wanted, &body) == NATIVE_SHM_INVALID, "no size");
    wanted.size = 64u << 20;
    wanted.name = "test.large";
    check(shm->root(segment, &wanted, &body) == NATIVE_SHM_FULL && !body, "too large a root");
    check(shm->take(segment, UINT64_MAX) == 0 && shm->take(segment, 64u << 20) == 0, "too much");
    check(!shm->at(segment, 0, 0) && !shm->at(segment, UINT32_MAX, 1), "refs that are none");
    check(shm->at(segment, ref, 100) && !shm->at(segment, ref, 200), "a block's length");
    check(!shm->at(segment, ref + 1, 1), "the middle of a block");
    check(shm->at(segment, shm->take(segment, 0), 0) != NULL, "a block of no bytes");
    check(!shm->keep(segment, ref + 1) && shm->keep(segment, ref) && !shm->keep(segment, ref),
          "keep() twice");
    check(shm->give(segment, ref) && !shm->give(segment, ref) && !shm->at(segment, ref, 1),
          "give() twice");
    check(shm->remove(segment, "test.none", 9) == NATIVE_SHM_NOT_FOUND, "a root that is not there");
    shm->close(segment);
    shm->close(NULL);
    end_test("wrong arguments are refused");
}

static int worker(uint64_t seed)
{
    struct root *root;
    struct native_shm_segment *segment = open_it(&root); /* at an address of its own */

    for (int i = 0; i < 3000; i++) {
        if (next_random(&seed) % 2) {
            if (!push(segment, root, next_random(&seed) % 3000) && !pop(segment, root)) {
                return 1;
            }
        } else if (!pop(segment, root)) {
            return 2;
        }
    }
    shm->close(segment);
    return 0;
}

static void test_processes(void)
{
    struct root *root, *again;
    struct native_shm_segment *segment = open_it(&root), *other = open_it(&again);
    pid_t pids[4];

    check((void *)root != (void *)again && root->magic == 0x1234 && again->magic == 0x1234,
          "the root in two mappings");
    check(push(segment, root, 10) && again->top == root->top && pop(other, again), "both ways");
    for (int i = 0; i < 4; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            shm->close(other); /* the parent's go on */
            shm->close(segment);
            _exit(worker((uint64_t)i + 1));
        }
    }
    for (int i = 0; i < 4; i++) {
        int status = -1;
        waitpid(pids[i], &status, 0);
        check(status == 0, "worker %d: %x", i, status);
    }
    uint64_t left = root->pushed - root->popped;
    while (root->top && pop(segment, root)) {
        left--;
    }
    check(left == 0 && !root->top, "%llu blocks are not accounted for", (unsigned long long)left);
    shm->close(other);
    shm->close(segment);
    end_test("four processes push and pop blocks of one stack");
}

/* A process is killed with the lock and with blocks that it has not kept. */
static void test_killed(void)
{
    struct root *root;
    struct native_shm_segment *segment = open_it(&root);
    int tell[2], status;

    if (pipe(tell) != 0) {
        exit(2);
    }
    pid_t pid = fork();
    if (pid == 0) {
        uint32_t refs[40], count = 0;
        while (count < 40 && (refs[count] = shm->take(segment, 60000)) != 0) {
            count++;
        }
        shm->keep(segment, refs[0]);
        shm->lock(segment, &root->lock, 1000);
        root->top = refs[0];
        if (write(tell[1], "x", 1) != 1) {
            _exit(1);
        }
        for (;;) {
            pause();
        }
    }
    char byte;
    check(read(tell[0], &byte, 1) == 1, "the child ended early");
    check(shm->lock(segment, &root->lock, 0) == NATIVE_SHM_BUSY, "its lock was had");
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    check(shm->lock(segment, &root->lock, 1000) == NATIVE_SHM_ABANDONED, "nobody told");
    check(shm->at(segment, root->top, 60000) != NULL, "what it had kept is gone");
    check(shm->give(segment, root->top), "and can't be given back");
    root->top = 0;
    shm->unlock(&root->lock);
    check(shm->lock(segment, &root->lock, 0) == NATIVE_SHM_OK, "told twice");
    shm->unlock(&root->lock);
    uint32_t large = 0;
    for (int i = 0; i < 3 && !large; i++) {
        large = shm->take(segment, 3 << 20);
    }
    check(large != 0, "what it held was not freed");
    shm->give(segment, large);
    close(tell[0]);
    close(tell[1]);
    shm->close(segment);
    end_test("a killed process: its lock is told about, what it kept stays, what it held is free");
}

int main(void)
{
    shm = native_shm_api_table(NATIVE_SHM_API_VERSION);
    test_folder_make();
    test_table();
    test_wrong();
    test_processes();
    test_killed();
    test_folder_remove();
    return done();
}
