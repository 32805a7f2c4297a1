/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_doorbell.c - a channel driven by poll(): no busy wait, no lost wake-up, in named and private segments, with
 * several pollers and senders, and when senders are killed. */
#include "support/shm_ipc.h"

#include <dirent.h>
#include <poll.h>
#include <sys/resource.h>

struct bells {
    struct native_shm_segment *segment;
    struct native_shm_channel *channel;
    uint32_t count;
    _Atomic uint32_t *polls, *received; /* of all pollers */
};

static int send_numbers(void *context)
{
    struct bells *bells = context;
    uint64_t random = (uint64_t)getpid();
    for (uint32_t i = 0; i < bells->count; i++) {
        struct ipc_message message;
        size_t len = ipc_make(&message, 0, i, 20);
        if (ipc_send(bells->segment, bells->channel, &message, len, FOR_EVER) != NATIVE_SHM_OK) {
            return 1;
        }
        if (next_random(&random) % 4 == 0) {
            usleep(next_random(&random) % 100);
        }
    }
    return 0;
}

/* An event loop. Returns 0 when the channel was closed; 2 when a wake-up was lost. */
static int poll_all(void *context)
{
    struct bells *bells = context;
    int bell = native_shm_channel_doorbell(bells->segment, bells->channel);
    struct pollfd poll_one = {bell, POLLIN, 0};
    struct ipc_message message;
    struct native_shm_message what;

    for (;;) {
        enum native_shm_status status = native_shm_channel_receive(
            bells->segment, bells->channel, &message, sizeof(message), false, 0, &what);
        if (status == NATIVE_SHM_OK) {
            if (!ipc_whole(&message, what.len)) {
                return 3;
            }
            atomic_fetch_add(bells->received, 1);
            continue;
        }
        if (status == NATIVE_SHM_CLOSED) {
            close(bell);
            return 0;
        }
        if (status != NATIVE_SHM_BUSY) {
            return 4;
        }
        if (native_shm_channel_arm(bells->segment, bells->channel, bell)) {
            atomic_fetch_add(bells->polls, 1);
            if (poll(&poll_one, 1, 20000) != 1) {
                return 2;
            }
        }
    }
}

static void test_steps(const char *name)
{
    struct native_shm_segment *segment = test_open(name, 8 << 20);
    struct native_shm_channel *channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
    int bell = native_shm_channel_doorbell(segment, channel),
        second = native_shm_channel_doorbell(segment, channel);
    struct pollfd poll_one = {bell, POLLIN, 0};
    struct native_shm_message what;
    char out[100];

    check(bell >= 0 && second >= 0, "no doorbell: %s", strerror(errno));
    check(poll(&poll_one, 1, 0) == 0, "readable at first");
    check(native_shm_channel_arm(segment, channel, bell), "nothing is there");
    check(poll(&poll_one, 1, 0) == 0, "readable when armed");
    check(ipc_send(segment, channel, "a", 1, 0) == NATIVE_SHM_OK && poll(&poll_one, 1, 0) == 1,
          "not rung");
    check(ipc_send(segment, channel, "b", 1, 0) == NATIVE_SHM_OK, "send");
    check(!native_shm_channel_arm(segment, channel, bell), "armed though something is there");
    check(poll(&poll_one, 1, 0) == 1, "emptied though something is there");
    for (int i = 0; i < 2; i++) {
        check(native_shm_channel_receive(segment, channel, out, 100, true, 0, &what) ==
                  NATIVE_SHM_OK,
              "receive");
    }
    check(native_shm_channel_arm(segment, channel, bell) && poll(&poll_one, 1, 0) == 0,
          "armed again");
    check(native_shm_channel_give_back(segment, channel, what.position) == NATIVE_SHM_OK &&
              poll(&poll_one, 1, 0) == 1,
          "giving back does not ring");
    check(native_shm_channel_receive(segment, channel, out, 100, false, 0, &what) == NATIVE_SHM_OK,
          "receive");
    check(native_shm_channel_arm(segment, channel, second) &&
              native_shm_channel_arm(segment, channel, bell),
          "both");
    native_shm_channel_close(segment, channel);
    check(poll(&poll_one, 1, 0) == 1, "closing does not ring");
    poll_one.fd = second;
    check(poll(&poll_one, 1, 0) == 1, "closing does not ring for the second");
    check(!native_shm_channel_arm(segment, channel, bell), "armed though closed");
    end_test("%s segment: rung by send, give back, close; emptied only when nothing is there",
             name ? "named" : "private");
    close(bell);
    close(second);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
    if (name) {
        native_shm_segment_unlink(test_folder, name);
    }
}

static void test_many(const char *name, int pollers, int senders, uint32_t count, bool kills)
{
    struct bells bells = {test_open(name, 8 << 20), NULL, count, ipc_shared(4096),
                          ipc_shared(4096)};
    pid_t poller[4], sender[4];
    uint32_t sum = 0;

    bells.channel = ipc_channel(bells.segment, "c", 16384, NATIVE_SHM_BLOCK);
    for (int i = 0; i < pollers; i++) {
        poller[i] = ipc_child(poll_all, &bells);
    }
    for (int i = 0; i < senders; i++) {
        sender[i] = ipc_child(send_numbers, &bells);
    }
    for (int i = 0; kills && i < 100; i++) {
        usleep(1000);
        kill(sender[i % senders], SIGKILL);
        ipc_end(sender[i % senders]);
        sender[i % senders] = ipc_child(send_numbers, &bells);
    }
    for (int i = 0; i < senders; i++) {
        int status = ipc_end(sender[i]);
        check(status == 0, "sender %d: %d", i, status);
        sum += count;
    }
    native_shm_channel_close(bells.segment, bells.channel);
    for (int i = 0; i < pollers; i++) {
        int status = ipc_end(poller[i]);
        check(status == 0, "poller %d: %s (%d)", i,
              status == 2 ? "a wake-up was lost" : "ended oddly", status);
    }
    check(kills ? atomic_load(bells.received) >= sum : atomic_load(bells.received) == sum,
          "%u of %u", atomic_load(bells.received), sum);
    /* A busy wait would poll far more often than there are messages. */
    check(atomic_load(bells.polls) <= (atomic_load(bells.received) + 400) * (uint32_t)pollers,
          "%u polls", atomic_load(bells.polls));
    printf("# %u messages, %u polls\n", atomic_load(bells.received), atomic_load(bells.polls));
    end_test("%s segment, %d pollers, %d senders%s", name ? "named" : "private", pollers, senders,
             kills ? ", kills" : "");
    native_shm_channel_free(bells.channel);
    native_shm_segment_close(bells.segment);
    if (name) {
        native_shm_segment_unlink(test_folder, name);
    }
}

static int poll_once(void *context)
{
    struct bells *bells = context;
    int bell = native_shm_channel_doorbell(bells->segment, bells->channel);
    struct pollfd poll_one = {bell, POLLIN, 0};
    struct rusage usage;
    if (!native_shm_channel_arm(bells->segment, bells->channel, bell)) {
        return 1;
    }
    getrusage(RUSAGE_SELF, &usage);
    long before = usage.ru_nvcsw + usage.ru_nivcsw;
    if (poll(&poll_one, 1, 300) != 0) {
        return 2;
    }
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_nvcsw + usage.ru_nivcsw - before < 50 ? 0 : 3;
}

static void test_idle(void)
{
    struct bells bells = {test_open("bells", 8 << 20), NULL, 0, NULL, NULL};
    bells.channel = ipc_channel(bells.segment, "c", 4096, NATIVE_SHM_BLOCK);
    int status = ipc_end(ipc_child(poll_once, &bells));
    check(status == 0, "status %d", status);
    end_test("an armed doorbell stays still while nothing comes");
    native_shm_channel_free(bells.channel);
    native_shm_segment_close(bells.segment);
    native_shm_segment_unlink(test_folder, "bells");
}

/* How many FIFOs there are in the folder of the segments. */
static int fifos(void)
{
    char path[512];
    int count = 0;
    struct dirent *entry;
    snprintf(path, sizeof(path), "%s/native.%lu", test_folder, (unsigned long)geteuid());
    DIR *list = opendir(path);
    while (list && (entry = readdir(list))) {
        count += strstr(entry->d_name, ".bell.") != NULL;
    }
    if (list) {
        closedir(list);
    }
    return count;
}

static int open_and_wait(void *context)
{
    struct bells *bells = context;
    if (native_shm_channel_doorbell(bells->segment, bells->channel) < 0) {
        return 1;
    }
    atomic_store(bells->polls, 1);
    for (;;) {
        pause();
    }
}

/* The FIFO goes with the last who polls; what a killed one leaves goes with the segment, or when the folder is swept. */
static void test_removed(void)
{
    struct bells bells = {test_open("bells", 8 << 20), NULL, 0, ipc_shared(4096), NULL};
    struct pollfd poll_one = {-1, POLLIN, 0};

    bells.channel = ipc_channel(bells.segment, "c", 4096, NATIVE_SHM_BLOCK);
    check(fifos() == 0, "%d before", fifos());
    int first = native_shm_channel_doorbell(bells.segment, bells.channel),
        second = native_shm_channel_doorbell(bells.segment, bells.channel);
    native_shm_channel_doorbell_close(bells.segment, bells.channel, first);
    check(fifos() == 1, "%d while one polls", fifos());
    native_shm_channel_doorbell_close(bells.segment, bells.channel, second);
    check(fifos() == 0, "%d when nobody polls", fifos());
    for (int swept = 0; swept < 2; swept++) {
        atomic_store(bells.polls, 0);
        pid_t child = ipc_child(open_and_wait, &bells);
        while (!atomic_load(bells.polls)) {
            usleep(1000);
        }
        native_shm_segment_sweep(test_folder, "bel", NULL);
        check(fifos() == 1, "%d: swept while one polls", fifos());
        kill(child, SIGKILL);
        ipc_end(child);
        check(fifos() == 1, "%d: left by the killed one", fifos());
        if (swept) {
            native_shm_segment_sweep(test_folder, "bel", NULL);
        } else {
            native_shm_segment_unlink(test_folder, "bells");
        }
        check(fifos() == 0, "%d after %s", fifos(), swept ? "sweep" : "unlink");
    }
    end_test("a doorbell's FIFO does not outlive those who poll it");

    /* Who polls is heard also when the segment has lost its name (above). */
    poll_one.fd = native_shm_channel_doorbell(bells.segment, bells.channel);
    check(native_shm_channel_arm(bells.segment, bells.channel, poll_one.fd), "arm");
    native_shm_segment_unlink(test_folder, "bells");
    check(fifos() == 1, "%d: unlinked while one polls", fifos());
    check(ipc_send(bells.segment, bells.channel, "a", 1, 0) == NATIVE_SHM_OK &&
              poll(&poll_one, 1, 0) == 1,
          "not rung");
    native_shm_channel_doorbell_close(bells.segment, bells.channel, poll_one.fd);
    check(fifos() == 0, "%d at the end", fifos());
    end_test("a doorbell of a segment that was unlinked still rings");
    native_shm_channel_free(bells.channel);
    native_shm_segment_close(bells.segment);
    munmap(bells.polls, 4096);
}

static const char *replace_at;
static struct bells *replaced;
static int replacement = -1;

void native_shm_fault(const char *point);
void native_shm_fault(const char *point)
{
    if (replace_at && strcmp(point, replace_at) == 0) {
        replace_at = NULL;
        native_shm_segment_sweep(test_folder, "bel", NULL);
        replacement = native_shm_channel_doorbell(replaced->segment, replaced->channel);
    }
}

/* A sender finds no doorbell, or one that goes; meanwhile another is made. The sender is about to ring, under the lock. */
static void test_replaced(void)
{
    struct bells bells = {test_open("bells", 8 << 20), NULL, 0, NULL, NULL};
    struct pollfd poll_one = {-1, POLLIN, 0};
    bells.channel = ipc_channel(bells.segment, "c", 4096, NATIVE_SHM_BLOCK);
    int bell = native_shm_channel_doorbell(bells.segment, bells.channel);
    check(native_shm_channel_arm(bells.segment, bells.channel, bell), "arm");
    native_shm_channel_doorbell_close(bells.segment, bells.channel, bell);
    replaced = &bells;
    replace_at = "channel_before_bell";
    check(ipc_send(bells.segment, bells.channel, "a", 1, 0) == NATIVE_SHM_OK, "send");
    poll_one.fd = replacement;
    check(replacement >= 0 && poll(&poll_one, 1, 0) == 1, "the new one is not rung");
    end_test("a doorbell that was made since the sender looked is rung");
    native_shm_channel_doorbell_close(bells.segment, bells.channel, replacement);
    native_shm_channel_free(bells.channel);
    native_shm_segment_close(bells.segment);
    native_shm_segment_unlink(test_folder, "bells");
}

int main(void)
{
    uint32_t count = under_valgrind() ? 200 : 5000;
    test_folder_make();
    test_steps("bells");
    test_steps(NULL);
    test_many("bells", 1, 1, count, false);
    test_many(NULL, 1, 1, count, false);
    test_many("bells", 3, 2, count, false);
    test_many(NULL, 3, 2, count, false);
    test_many("bells", 2, 2, count / 10, true);
    test_many(NULL, 1, 2, count / 10, true);
    test_idle();
    test_removed();
    test_replaced();
    test_folder_remove();
    return done();
}
