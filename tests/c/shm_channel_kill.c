/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_kill.c - senders and receivers of a channel are killed at random instants; every numbered message is
 * accounted for. NATIVE_KILLS says how many kills a mode (30).
 *   A number whose send returned is received. With ack: at least once, and marked when it was seen before. Without: once,
 *   or not at all if a receiver was killed between receiving and writing it down: one message a killed receiver at most.
 *   A number whose sender was killed is received once or not at all. Nothing is torn. After each kill work goes on. */
#include "support/shm_ipc.h"

enum { SENDERS = 3, RECEIVERS = 3, NUMBERS = 1 << 24, STALL_MS = 3000 };

struct table {
    _Atomic uint32_t next[SENDERS];
    _Atomic uint64_t received;
    _Atomic uint32_t stop;
    _Atomic uint32_t torn, unmarked, strange;
    _Atomic uint8_t returned[SENDERS][NUMBERS]; /* send() said OK */
    _Atomic uint8_t seen[SENDERS][NUMBERS];
};

struct mode {
    const char *name;
    bool ack, batch;
    uint64_t capacity;
};

struct worker {
    struct native_shm_segment *segment;
    struct native_shm_channel *channel;
    struct table *table;
    const struct mode *mode;
    uint32_t number;
    uint64_t random;
};

static int sender(void *context)
{
    struct worker *worker = context;
    static struct ipc_message messages[4];
    struct table *table = worker->table;

    while (!atomic_load(&table->stop)) {
        struct native_shm_part parts[4];
        uint32_t count = worker->mode->batch ? 1 + next_random(&worker->random) % 4 : 1;
        uint32_t first = atomic_fetch_add(&table->next[worker->number], count);
        size_t sent = 0;
        enum native_shm_status status;
        if (first + count > NUMBERS) {
            atomic_store(&table->next[worker->number], NUMBERS);
            pause();
        }
        for (uint32_t i = 0; i < count; i++) {
            parts[i].bytes = &messages[i];
            parts[i].len = ipc_make(&messages[i], worker->number, first + i,
                                    next_random(&worker->random) %
                                        (next_random(&worker->random) % 8 ? 100 : 1500));
        }
        do {
            size_t now = 0;
            status = native_shm_channel_send_many(worker->segment, worker->channel, parts + sent,
                                                  count - sent, 1, 500, &now);
            for (size_t i = sent; i < sent + now; i++) {
                atomic_store(&table->returned[worker->number][first + i], 1);
            }
            sent += now;
        } while (status == NATIVE_SHM_FULL || status == NATIVE_SHM_BUSY);
        if (status != NATIVE_SHM_OK) {
            atomic_fetch_add(&table->strange, 1);
            return 1;
        }
    }
    return 0;
}

static void note(struct table *table, const struct ipc_message *message,
                 const struct native_shm_message *what)
{
    if (!ipc_whole(message, what->len) || message->sender >= SENDERS ||
        message->number >= NUMBERS) {
        atomic_fetch_add(&table->torn, 1);
        return;
    }
    if (atomic_fetch_add(&table->seen[message->sender][message->number], 1) && !what->redelivered) {
        atomic_fetch_add(&table->unmarked, 1);
    }
    atomic_fetch_add(&table->received, 1);
}

static int receiver(void *context)
{
    struct worker *worker = context;
    static struct ipc_message message;
    struct native_shm_message what[8];
    uint32_t taken = 0;

    while (!atomic_load(&worker->table->stop)) {
        enum native_shm_status status = native_shm_channel_receive(
            worker->segment, worker->channel, &message, sizeof(message), worker->mode->ack,
            next_random(&worker->random) % 100, &what[taken]);
        if (status == NATIVE_SHM_OK) {
            note(worker->table, &message, &what[taken]);
            taken += worker->mode->ack;
        } else if (status != NATIVE_SHM_BUSY) {
            atomic_fetch_add(&worker->table->strange, 1);
            return 1;
        }
        /* Some are held for a while, some given back. */
        while (taken &&
               (taken == 8 || status != NATIVE_SHM_OK || next_random(&worker->random) % 4)) {
            uint64_t position = what[--taken].position;
            if (next_random(&worker->random) % 32 == 0) {
                status = native_shm_channel_give_back(worker->segment, worker->channel, position);
            } else {
                status = native_shm_channel_ack(worker->segment, worker->channel, position);
            }
            if (status != NATIVE_SHM_OK && status != NATIVE_SHM_BUSY) {
                atomic_fetch_add(&worker->table->strange, 1);
                return 1;
            }
            taken += status == NATIVE_SHM_BUSY;
        }
    }
    while (taken && native_shm_channel_ack(worker->segment, worker->channel,
                                           what[taken - 1].position) == NATIVE_SHM_OK) {
        taken--;
    }
    return 0;
}

static pid_t begin(struct worker *worker, int place)
{
    worker->number = (uint32_t)(place < SENDERS ? place : 0);
    worker->random = worker->random * 31 + 7;
    return ipc_child(place < SENDERS ? sender : receiver, worker);
}

/* Wait for `more` messages; false when none comes for too long. */
static bool goes_on(struct table *table, uint64_t more, uint64_t *longest)
{
    uint64_t want = atomic_load(&table->received) + more, begin = ipc_ms();
    while (atomic_load(&table->received) < want) {
        bool done = true;
        for (int i = 0; i < SENDERS; i++) {
            done = done && atomic_load(&table->next[i]) >= NUMBERS;
        }
        if (done) {
            return true;
        }
        if (ipc_ms() - begin > STALL_MS) {
            return false;
        }
        usleep(200);
    }
    if (ipc_ms() - begin > *longest) {
        *longest = ipc_ms() - begin;
    }
    return true;
}

static void drain(struct worker *worker)
{
    static struct ipc_message message;
    struct native_shm_message what;
    while (native_shm_channel_receive(worker->segment, worker->channel, &message, sizeof(message),
                                      worker->mode->ack, 300, &what) == NATIVE_SHM_OK) {
        note(worker->table, &message, &what);
        if (worker->mode->ack) {
            check(native_shm_channel_ack(worker->segment, worker->channel, what.position) ==
                      NATIVE_SHM_OK,
                  "ack");
        }
    }
}

static void account(const struct mode *mode, struct table *table, uint32_t killed_receivers)
{
    uint32_t numbers = 0, missing = 0, twice = 0;
    for (int i = 0; i < SENDERS; i++) {
        uint32_t end = atomic_load(&table->next[i]);
        for (uint32_t n = 0; n < end && n < NUMBERS; n++) {
            numbers++;
            missing += table->returned[i][n] && !table->seen[i][n];
            twice += table->seen[i][n] > 1;
        }
    }
    printf("# %s: %u numbers, %u missing, %u more than once, %u receivers killed\n", mode->name,
           numbers, missing, twice, killed_receivers);
    check(numbers > 300, "hardly any messages");
    check(atomic_load(&table->torn) == 0, "%u torn", atomic_load(&table->torn));
    check(atomic_load(&table->unmarked) == 0, "%u came twice without a mark",
          atomic_load(&table->unmarked));
    check(atomic_load(&table->strange) == 0, "%u calls with an odd status",
          atomic_load(&table->strange));
    check(missing <= (mode->ack ? 0 : killed_receivers), "%u are missing", missing);
    check(mode->ack || twice == 0, "%u came twice", twice);
}

static void run(const struct mode *mode, int kills)
{
    struct native_shm_segment *segment = test_open(NULL, 16 << 20);
    struct native_shm_channel *channel =
        ipc_channel(segment, "c", mode->capacity, NATIVE_SHM_BLOCK);
    struct table *table = ipc_shared(sizeof(*table));
    struct worker worker = {segment, channel, table, mode, 0, 12345};
    struct native_shm_channel_info info;
    pid_t pids[SENDERS + RECEIVERS];
    uint32_t killed_receivers = 0;
    uint64_t longest = 0;

    for (int i = 0; i < SENDERS + RECEIVERS; i++) {
        pids[i] = begin(&worker, i);
    }
    for (int i = 0; i < kills && tap_good; i++) {
        int place = (int)(next_random(&worker.random) % (SENDERS + RECEIVERS));
        usleep(next_random(&worker.random) % 4000);
        kill(pids[place], SIGKILL);
        int status = ipc_end(pids[place]);
        check(status == -SIGKILL, "worker %d had ended with %d", place, status);
        killed_receivers += place >= SENDERS;
        pids[place] = begin(&worker, place);
        check(goes_on(table, 50, &longest), "after kill %d nothing goes on", i);
    }
    atomic_store(&table->stop, 1);
    for (int i = 0; i < SENDERS + RECEIVERS; i++) {
        if (i < SENDERS) {
            kill(pids[i], SIGKILL);
        }
        int status = ipc_end(pids[i]);
        check(status == 0 || (i < SENDERS && status == -SIGKILL), "worker %d: %d", i, status);
    }
    drain(&worker);
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 0 && info.taken == 0 && info.ready == 0, "used %d, taken %d, ready %d",
          (int)info.used, (int)info.taken, (int)info.ready);
    check(info.sent == info.received && info.dropped == 0, "sent %lu, received %lu",
          (unsigned long)info.sent, (unsigned long)info.received);
    account(mode, table, killed_receivers);
    printf("# the longest pause after a kill was %d ms\n", (int)longest);
    end_test("%s: %d kills", mode->name, kills);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
    munmap(table, sizeof(*table));
}

int main(void)
{
    static const struct mode modes[] = {
        {"plain", false, false, 65536},
        {"ack", true, false, 65536},
        {"batches", false, true, 16384},
        {"ack, batches, small ring", true, true, 8192},
    };
    const char *wanted = getenv("NATIVE_KILLS");
    int kills = wanted && atoi(wanted) > 0 ? atoi(wanted) : under_valgrind() ? 5 : 30;

    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
        run(&modes[i], kills);
    }
    return done();
}
