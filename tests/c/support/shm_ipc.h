/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_ipc.h - what the tests of objects, counters, mutexes and channels share beside shm_test.h: short calls,
 * messages that show when they were torn, children. */
#ifndef NATIVE_TESTS_SHM_IPC_H
#define NATIVE_TESTS_SHM_IPC_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../../../shm/channel.h"
#include "../../../shm/counter.h"
#include "../../../shm/mutex.h"
#include "../harness.h"
#include "shm_test.h"

#include <pthread.h>
#include <time.h>

#define IPC __attribute__((unused)) static
#define FOR_EVER UINT64_MAX

IPC struct native_shm_channel *ipc_channel(struct native_shm_segment *segment, const char *name,
                                           uint64_t capacity, enum native_shm_policy policy)
{
    struct native_shm_channel_open open = {.name = name,
                                           .name_len = strlen(name),
                                           .capacity = capacity,
                                           .policy = policy,
                                           .must_exist = !capacity};
    struct native_shm_channel *channel;
    enum native_shm_status status = native_shm_channel_open(segment, &open, &channel);

    if (status != NATIVE_SHM_OK) {
        printf("Bail out! no channel: status %d\n", (int)status);
        exit(2);
    }
    return channel;
}

IPC enum native_shm_status ipc_send(struct native_shm_segment *segment,
                                    struct native_shm_channel *channel, const void *bytes,
                                    size_t len, uint64_t wait_ms)
{
    struct native_shm_part part = {bytes, len};
    return native_shm_channel_send(segment, channel, &part, 1, 7, wait_ms);
}

/* ---- messages that tell who sent them, which they are, and whether all of them is there -------------- */

enum { IPC_MESSAGE_MAX = 2000 };

struct ipc_message {
    uint32_t sender, number, len;
    uint32_t sum; /* over the rest */
    uint8_t bytes[IPC_MESSAGE_MAX];
};

IPC uint32_t ipc_sum(const struct ipc_message *message, size_t len)
{
    uint32_t sum = message->sender * 2654435761u ^ message->number * 2246822519u ^ message->len;
    for (size_t i = 16; i < len; i++) {
        sum = (sum ^ ((const uint8_t *)message)[i]) * 16777619u;
    }
    return sum;
}

/* Returns its length. */
IPC size_t ipc_make(struct ipc_message *message, uint32_t sender, uint32_t number, size_t payload)
{
    message->sender = sender;
    message->number = number;
    message->len = (uint32_t)(16 + payload);
    for (size_t i = 0; i < payload; i++) {
        message->bytes[i] = (uint8_t)(number * 31 + i);
    }
    message->sum = ipc_sum(message, 16 + payload);
    return 16 + payload;
}

IPC bool ipc_whole(const struct ipc_message *message, size_t len)
{
    return len >= 16 && len <= sizeof(*message) && message->len == len &&
           message->sum == ipc_sum(message, len);
}

/* ---- children -------------------------------------------------------------------------------------- */

/* Run `work` in a child, which ends with what it returns; it dies with us. */
IPC pid_t ipc_child(int (*work)(void *context), void *context)
{
    pid_t pid;

    fflush(stdout);
    pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(work(context));
    }
    if (pid < 0) {
        perror("fork");
        exit(2);
    }
    return pid;
}

/* Returns the exit status, or minus the signal. */
IPC int ipc_end(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* Memory that children share with us and that is no part of the segment. */
IPC void *ipc_shared(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) {
        perror("mmap");
        exit(2);
    }
    return at;
}

IPC uint64_t ipc_ms(void)
{
    return native_shm_now_us() / 1000;
}

#endif
