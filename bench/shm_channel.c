/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel.c - messages of 64 bytes between two processes, in C: our channel beside a System V message queue and a
 * socket pair, in the same run. Each row is measured ROUNDS times, by turns; the table has median and best.
 * One way: from the first send to the last receive, wall clock. Round trip: there and back, the median of single trips;
 * each process on a CPU of its own, where both stay awake if the kind can (a channel spins some microseconds before it
 * sleeps); and wherever the scheduler puts them. Alone: send and receive in one process, CPU time.
 * Built from this file and all of shm/ (bench/shm.sh, or: cc -O2 -std=gnu11 -pthread bench/shm_channel.c shm/X.c ...). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../shm/channel.h"
#include "../shm/lock.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, SIZE = 64, BATCH = 64 };

struct place {
    struct native_shm_segment *segment;
    struct native_shm_channel *to, *from;
    int queue_to, queue_from;
    int sockets[2];
};

struct queue_message {
    long type;
    char bytes[SIZE];
};

static struct place place;
static char bytes[SIZE];

static void must(bool good, const char *what)
{
    if (!good) {
        perror(what);
        _exit(1);
    }
}

/* ---- the kinds: `end` 0 is the parent's, 1 the child's ---------------------------------------------- */

static void channel_send(int end)
{
    struct native_shm_part part = {bytes, SIZE};
    must(native_shm_channel_send(place.segment, end ? place.from : place.to, &part, 1, 1,
                                 UINT64_MAX) == NATIVE_SHM_OK,
         "send");
}

static void channel_receive(int end)
{
    struct native_shm_message message;
    must(native_shm_channel_receive(place.segment, end ? place.to : place.from, bytes, SIZE, false,
                                    UINT64_MAX, &message) == NATIVE_SHM_OK,
         "receive");
}

static void acked_receive(int end)
{
    struct native_shm_message message;
    struct native_shm_channel *channel = end ? place.to : place.from;
    must(native_shm_channel_receive(place.segment, channel, bytes, SIZE, true, UINT64_MAX,
                                    &message) == NATIVE_SHM_OK &&
             native_shm_channel_ack(place.segment, channel, message.position) == NATIVE_SHM_OK,
         "receive and ack");
}

/* One call in BATCH sends BATCH messages. */
static void batch_send(int end)
{
    static int count;
    struct native_shm_part parts[BATCH];
    size_t sent;
    if (++count % BATCH) {
        return;
    }
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct native_shm_part){bytes, SIZE};
    }
    must(native_shm_channel_send_many(place.segment, end ? place.from : place.to, parts, BATCH, 1,
                                      UINT64_MAX, &sent) == NATIVE_SHM_OK,
         "send many");
}

static void queue_send(int end)
{
    struct queue_message message = {1, {0}};
    must(msgsnd(end ? place.queue_from : place.queue_to, &message, SIZE, 0) == 0, "msgsnd");
}

static void queue_receive(int end)
{
    struct queue_message message;
    must(msgrcv(end ? place.queue_to : place.queue_from, &message, SIZE, 0, 0) == SIZE, "msgrcv");
}

static void socket_send(int end)
{
    must(send(place.sockets[end], bytes, SIZE, 0) == SIZE, "send");
}

static void socket_receive(int end)
{
    must(recv(place.sockets[end], bytes, SIZE, 0) == SIZE, "recv");
}

static const struct kind {
    const char *name;
    void (*send)(int end);
    void (*receive)(int end);
    long one_way, round_trips, alone;
} kinds[] = {
    {"channel", channel_send, channel_receive, 4000000, 200000, 2000000},
    {"channel, 64 a send", batch_send, channel_receive, 4000000, 0, 0},
    {"channel, with ack", channel_send, acked_receive, 2000000, 200000, 2000000},
    {"sysvmsg", queue_send, queue_receive, 400000, 20000, 200000},
    {"socketpair (seqpacket)", socket_send, socket_receive, 400000, 20000, 200000},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds), WAYS = 4 };

/* ---- measuring -------------------------------------------------------------------------------------- */

static double now_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double one_way(const struct kind *kind)
{
    double begin;
    pid_t pid = fork();
    if (pid == 0) {
        for (long i = 0; i < kind->one_way; i++) {
            kind->receive(1);
        }
        _exit(0);
    }
    begin = now_ns(CLOCK_MONOTONIC);
    for (long i = 0; i < kind->one_way; i++) {
        kind->send(0);
    }
    waitpid(pid, NULL, 0);
    return (now_ns(CLOCK_MONOTONIC) - begin) / (double)kind->one_way;
}

/* Stay on one CPU (-1: on any of them). */
static void pin(int cpu)
{
    static cpu_set_t all;
    cpu_set_t one;
    if (!CPU_COUNT(&all)) {
        sched_getaffinity(0, sizeof(all), &all);
    }
    CPU_ZERO(&one);
    for (int i = 0; cpu >= 0 && i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &all) && cpu-- == 0) {
            CPU_SET(i, &one);
        }
    }
    sched_setaffinity(0, sizeof(one), CPU_COUNT(&one) ? &one : &all);
}

static double round_trip(const struct kind *kind, int apart)
{
    static double trips[200000];
    long count = kind->round_trips < 200000 ? kind->round_trips : 200000;
    pid_t pid = fork();
    pin(apart ? pid == 0 : -1);
    if (pid == 0) {
        for (long i = 0; i < count + 100; i++) {
            kind->receive(1);
            kind->send(1);
        }
        _exit(0);
    }
    for (int i = 0; i < 100; i++) { /* until the child is there */
        kind->send(0);
        kind->receive(0);
    }
    for (long i = 0; i < count; i++) {
        double begin = now_ns(CLOCK_MONOTONIC);
        kind->send(0);
        kind->receive(0);
        trips[i] = now_ns(CLOCK_MONOTONIC) - begin;
    }
    waitpid(pid, NULL, 0);
    pin(-1);
    qsort(trips, (size_t)count, sizeof(double), compare);
    return trips[count / 2];
}

/* To oneself: what the calls cost when nobody waits. */
static double alone(const struct kind *kind)
{
    double begin = now_ns(CLOCK_PROCESS_CPUTIME_ID);
    for (long i = 0; i < kind->alone; i++) {
        kind->send(0);
        kind->receive(1);
    }
    return (now_ns(CLOCK_PROCESS_CPUTIME_ID) - begin) / (double)kind->alone;
}

static struct native_shm_channel *open_channel(const char *name)
{
    struct native_shm_channel_open open = {
        .name = name, .name_len = strlen(name), .capacity = 1 << 18};
    struct native_shm_channel *channel;
    must(native_shm_channel_open(place.segment, &open, &channel) == NATIVE_SHM_OK, "channel");
    return channel;
}

static void table(const char *title, double results[KINDS][WAYS][ROUNDS], int way,
                  const char *target)
{
    double ours = results[0][way][ROUNDS / 2];
    printf("\n%s%s\n%-28s%12s%12s%16s\n", title, target, "", "median ns", "best ns", "channel is");
    for (int kind = 0; kind < KINDS; kind++) {
        double median = results[kind][way][ROUNDS / 2];
        if (median > 0) {
            printf("%-28s%12.1f%12.1f%14.2f x\n", kinds[kind].name, median, results[kind][way][0],
                   median / ours);
        }
    }
}

int main(void)
{
    static double results[KINDS][WAYS][ROUNDS];
    struct native_shm_options options = NATIVE_SHM_OPTIONS_INIT;
    char why[160] = "";
    options.size = 8 << 20;
    if (native_shm_segment_open(&options, &place.segment, why) != NATIVE_SHM_OK) {
        fprintf(stderr, "no segment: %s\n", why);
        return 1;
    }
    place.to = open_channel("to");
    place.from = open_channel("from");
    place.queue_to = msgget(IPC_PRIVATE, 0600);
    place.queue_from = msgget(IPC_PRIVATE, 0600);
    must(place.queue_to >= 0 && place.queue_from >= 0, "msgget");
    must(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, place.sockets) == 0, "socketpair");
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < KINDS; i++) {
            results[i][0][round] = one_way(&kinds[i]);
            results[i][1][round] = kinds[i].round_trips ? round_trip(&kinds[i], 1) : 0;
            results[i][3][round] = kinds[i].round_trips ? round_trip(&kinds[i], 0) : 0;
            results[i][2][round] = kinds[i].alone ? alone(&kinds[i]) : 0;
        }
    }
    msgctl(place.queue_to, IPC_RMID, NULL);
    msgctl(place.queue_from, IPC_RMID, NULL);
    for (int i = 0; i < KINDS; i++) {
        for (int way = 0; way < WAYS; way++) {
            qsort(results[i][way], ROUNDS, sizeof(double), compare);
        }
    }
    printf("Messages of %d bytes between two processes, in C (%d rounds by turns)\n", SIZE, ROUNDS);
    table("One way, wall clock a message", results, 0, "; target 200 ns");
    table("Round trip, each on a CPU of its own, the median one", results, 1,
          "; target 1,500 ns while both are awake");
    table("Round trip, left to the scheduler, the median one", results, 3, "");
    table("Send and receive in one process, CPU time", results, 2, "");
    return 0;
}
