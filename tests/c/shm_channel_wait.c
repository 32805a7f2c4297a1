/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_wait.c - waiting for a message and for room: until it comes, in time, signals, closing. */
#include "support/shm_channel.h"

#include "../../shm/channel_ring.h"

#include <sys/time.h>

struct pair {
    struct native_shm_channel *channel;
    _Atomic int *step;
};

static int late_sender(void *context)
{
    struct pair *pair = context;
    while (!(atomic_load(&pair->channel->ring->arrivals.word) & 1)) {
        usleep(100);
    }
    return ipc_send(segment, pair->channel, "late", 4, 0) == NATIVE_SHM_OK ? 0 : 1;
}

static int late_receiver(void *context)
{
    struct pair *pair = context;
    char out[4096];
    struct native_shm_message message;
    while (!(atomic_load(&pair->channel->ring->room.word) & 1)) {
        usleep(100);
    }
    return native_shm_channel_receive(segment, pair->channel, out, sizeof(out), false, 0,
                                      &message) == NATIVE_SHM_OK
               ? 0
               : 1;
}

static int closer(void *context)
{
    struct pair *pair = context;
    while (!(atomic_load(&pair->channel->ring->arrivals.word) & 1)) {
        usleep(100);
    }
    native_shm_channel_close(segment, pair->channel);
    return 0;
}

static void on_alarm(int signal)
{
    (void)signal;
}

static void test_waiting(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    char out[4096];
    uint64_t begin;
    struct pair pair;
    pid_t pid;

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
    pair.channel = channel;
    begin = ipc_ms();
    check(native_shm_channel_receive(segment, channel, out, 100, false, 130, &message) ==
              NATIVE_SHM_BUSY,
          "nothing comes");
    check(ipc_ms() - begin >= 129, "waited %d ms", (int)(ipc_ms() - begin));
    pid = ipc_child(late_sender, &pair);
    check(native_shm_channel_receive(segment, channel, out, 100, false, FOR_EVER, &message) ==
                  NATIVE_SHM_OK &&
              message.len == 4,
          "it comes late");
    check(ipc_end(pid) == 0, "sender");
    check(ipc_send(segment, channel, out, 4000, 0) == NATIVE_SHM_OK, "fill");
    begin = ipc_ms();
    check(ipc_send(segment, channel, out, 200, 0) == NATIVE_SHM_FULL && ipc_ms() - begin < 100,
          "full at once");
    check(ipc_send(segment, channel, out, 200, 130) == NATIVE_SHM_FULL && ipc_ms() - begin >= 129,
          "full in time");
    pid = ipc_child(late_receiver, &pair);
    check(ipc_send(segment, channel, out, 200, FOR_EVER) == NATIVE_SHM_OK, "room comes late");
    check(ipc_end(pid) == 0, "receiver");
    check(receive(channel, out, 4096, false, &message) == NATIVE_SHM_OK && message.len == 200,
          "rest");
    end_test("waiting for a message, and for room");

    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval timer = {.it_value = {.tv_usec = 30000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
    begin = ipc_ms();
    check(native_shm_channel_receive(segment, channel, out, 100, false, 60000, &message) ==
              NATIVE_SHM_INTERRUPTED,
          "not interrupted");
    check(ipc_ms() - begin < 5000, "late");
    end_test("a signal ends the wait");

    pid = ipc_child(closer, &pair);
    check(native_shm_channel_receive(segment, channel, out, 100, false, FOR_EVER, &message) ==
              NATIVE_SHM_CLOSED,
          "not closed");
    check(ipc_end(pid) == 0, "closer");
    end_test("closing wakes who waits");
    stop(channel);
}

int main(void)
{
    test_waiting();
    return done();
}
