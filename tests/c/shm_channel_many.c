/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_many.c - four senders and four receivers, a million numbered messages each: every one is received exactly
 * once, whole, and each sender's come in order. As processes; and as threads, with fewer, for dev/tsan. */
#include "support/shm_ipc.h"

enum { SENDERS = 4, RECEIVERS = 4, MOST = 1000000 };

struct table {
    _Atomic uint64_t received;
    _Atomic uint8_t seen[SENDERS][MOST];
};

struct worker {
    struct native_shm_segment *segment;
    struct native_shm_channel *channel;
    struct table *table;
    uint32_t number, count;
};

static int send_all(void *context)
{
    struct worker *worker = context;
    struct ipc_message message;
    uint64_t random = worker->number;
    for (uint32_t i = 0; i < worker->count; i++) {
        size_t len = ipc_make(&message, worker->number, i, next_random(&random) % 48);
        enum native_shm_status status =
            ipc_send(worker->segment, worker->channel, &message, len, FOR_EVER);
        if (status != NATIVE_SHM_OK) {
            return 100 + (int)status;
        }
    }
    return 0;
}

static int receive_all(void *context)
{
    struct worker *worker = context;
    struct ipc_message message;
    struct native_shm_message what;
    uint32_t last[SENDERS] = {0};
    bool ack = worker->number % 2;
    for (;;) {
        enum native_shm_status status = native_shm_channel_receive(
            worker->segment, worker->channel, &message, sizeof(message), ack, FOR_EVER, &what);
        if (status == NATIVE_SHM_CLOSED) {
            return 0;
        }
        if (status != NATIVE_SHM_OK) {
            return 100 + (int)status;
        }
        if (!ipc_whole(&message, what.len) || message.sender >= SENDERS ||
            message.number >= worker->count) {
            return 2;
        }
        if (message.number + 1 <= last[message.sender] || what.redelivered) {
            return 3;
        }
        last[message.sender] = message.number + 1;
        if (atomic_fetch_add_explicit(&worker->table->seen[message.sender][message.number], 1,
                                      memory_order_relaxed)) {
            return 4;
        }
        atomic_fetch_add_explicit(&worker->table->received, 1, memory_order_relaxed);
        /* Busy: on a loaded machine the lock's owner may wait for a processor longer than anybody waits for a lock. */
        do {
            status = ack ? native_shm_channel_ack(worker->segment, worker->channel, what.position)
                         : NATIVE_SHM_OK;
        } while (status == NATIVE_SHM_BUSY);
        if (status != NATIVE_SHM_OK) {
            return 200 + (int)status;
        }
    }
}

static void account(struct native_shm_segment *segment, struct native_shm_channel *channel,
                    struct table *table, uint32_t count)
{
    struct native_shm_channel_info info;
    uint64_t missing = 0;
    for (int i = 0; i < SENDERS; i++) {
        for (uint32_t n = 0; n < count; n++) {
            missing += table->seen[i][n] != 1;
        }
    }
    native_shm_channel_info(segment, channel, &info);
    check(missing == 0, "%d were not received once", (int)missing);
    check(info.sent == (uint64_t)SENDERS * count && info.received == info.sent && info.used == 0 &&
              info.taken == 0,
          "info");
}

static void test_processes(uint32_t count)
{
    struct native_shm_segment *segment = test_open(NULL, 16 << 20);
    struct native_shm_channel *channel = ipc_channel(segment, "c", 1 << 18, NATIVE_SHM_BLOCK);
    struct worker worker = {segment, channel, ipc_shared(sizeof(struct table)), 0, count};
    pid_t senders[SENDERS], receivers[RECEIVERS];
    uint64_t begin = native_shm_now_us();

    for (uint32_t i = 0; i < RECEIVERS; i++) {
        worker.number = i;
        receivers[i] = ipc_child(receive_all, &worker);
    }
    for (uint32_t i = 0; i < SENDERS; i++) {
        worker.number = i;
        senders[i] = ipc_child(send_all, &worker);
    }
    for (int i = 0; i < SENDERS; i++) {
        int status = ipc_end(senders[i]);
        check(status == 0, "sender %d: %d", i, status);
    }
    native_shm_channel_close(segment, channel);
    for (int i = 0; i < RECEIVERS; i++) {
        int status = ipc_end(receivers[i]);
        check(status == 0, "receiver %d: %d", i, status);
    }
    printf("# %.0f ns a message\n",
           (double)(native_shm_now_us() - begin) * 1000 / (double)count / SENDERS);
    account(segment, channel, worker.table, count);
    end_test("%d x %u messages between processes, each once", SENDERS, count);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
    munmap(worker.table, sizeof(struct table));
}

/* A thread's own handles on the mapping that all share. */
static void *run_thread(void *context)
{
    struct worker *common = context, worker = *common;
    int status;
    worker.segment = test_open_on(common->segment, "threads");
    worker.channel = ipc_channel(worker.segment, "c", 0, NATIVE_SHM_BLOCK);
    status = worker.number < SENDERS ? send_all(&worker) : receive_all(&worker);
    native_shm_channel_free(worker.channel);
    test_close_on(worker.segment);
    return status ? context : NULL;
}

static void test_threads(uint32_t count)
{
    struct native_shm_segment *segment = test_open("threads", 16 << 20);
    struct native_shm_channel *channel = ipc_channel(segment, "c", 1 << 14, NATIVE_SHM_BLOCK);
    struct table *table = ipc_shared(sizeof(struct table));
    struct worker workers[SENDERS + RECEIVERS];
    pthread_t threads[SENDERS + RECEIVERS];

    for (uint32_t i = 0; i < SENDERS + RECEIVERS; i++) {
        workers[i] = (struct worker){segment, channel, table, i, count};
        pthread_create(&threads[i], NULL, run_thread, &workers[i]);
    }
    for (int i = 0; i < SENDERS + RECEIVERS; i++) {
        void *bad;
        if (i == SENDERS) {
            native_shm_channel_close(segment, channel);
        }
        pthread_join(threads[i], &bad);
        check(!bad, "thread %d", i);
    }
    account(segment, channel, table, count);
    end_test("%d x %u messages between threads with handles of their own", SENDERS, count);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
    munmap(table, sizeof(struct table));
}

int main(void)
{
    const char *wanted = getenv("NATIVE_MESSAGES");
    uint32_t count =
        wanted && atoi(wanted) > 0 && atoi(wanted) <= MOST ? (uint32_t)atoi(wanted) : MOST;

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
    count = 20000;
#endif
#endif
    test_folder_make();
    test_processes(under_valgrind() ? 2000 : count);
    test_threads(under_valgrind() ? 1000 : count < 20000 ? count : 20000);
    test_folder_remove();
    return done();
}
