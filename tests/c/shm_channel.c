/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel.c - what a channel does for one process: sizes, wrapping, policies, closing, acknowledging, info. */
#include "support/shm_ipc.h"

#include "../../shm/channel_ring.h"

#include <sys/time.h>

static struct native_shm_segment *segment;

static enum native_shm_status receive(struct native_shm_channel *channel, void *buffer, size_t len,
                                      bool ack, struct native_shm_message *message)
{
    memset(message, 0, sizeof(*message));
    return native_shm_channel_receive(segment, channel, buffer, len, ack, 0, message);
}

static void start(void)
{
    segment = test_open(NULL, 16 << 20);
}

static void stop(struct native_shm_channel *channel)
{
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

static void test_open_again(void)
{
    struct native_shm_channel_open open = {
        .name = "c", .name_len = 1, .capacity = 5000, .policy = NATIVE_SHM_FAIL};
    struct native_shm_channel *channel, *again;
    struct native_shm_channel_info info;

    start();
    open.must_exist = true;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_NOT_FOUND && !again,
          "must exist");
    open.must_exist = false;
    check(native_shm_channel_open(segment, &open, &channel) == NATIVE_SHM_OK, "made");
    native_shm_channel_info(segment, channel, &info);
    check(info.capacity == 8192 && info.used == 0 && !info.closed, "capacity");
    check(native_shm_channel_message_max(channel) == 8192 - 16, "longest message");
    open.capacity = 8192;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_OK, "the same rounded");
    check(ipc_send(segment, channel, "x", 1, 0) == NATIVE_SHM_OK, "send");
    native_shm_channel_info(segment, again, &info);
    check(info.ready == 1, "it is the same channel");
    native_shm_channel_free(again);
    open.policy = NATIVE_SHM_BLOCK;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_MISMATCH && !again,
          "another policy");
    open.policy = NATIVE_SHM_FAIL;
    open.messages = 3;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_MISMATCH, "another number");
    open.capacity = 9000;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_MISMATCH,
          "another capacity");
    open.capacity = 0;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_INVALID, "no capacity");
    open.must_exist = true;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_OK, "whatever there is");
    native_shm_channel_free(again);
    open.capacity = UINT64_MAX;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_INVALID, "too much");
    open.capacity = 64 << 20;
    open.name = "big";
    open.name_len = 3;
    open.must_exist = false;
    check(native_shm_channel_open(segment, &open, &again) == NATIVE_SHM_FULL, "more than there is");
    native_shm_channel_free(NULL);
    end_test("opened again, it must be the same");
    stop(channel);
}

/* Every length at every place in the ring, most of them round its end. */
static void test_sizes(void)
{
    static uint8_t in[8192], out[8192];
    struct native_shm_channel *channel;
    struct native_shm_message message;
    size_t max;
    uint64_t random = 1;
    struct guard guard = guard_new(8192);

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_FAIL);
    max = (size_t)native_shm_channel_message_max(channel);
    for (size_t len = 0; len <= max; len++) {
        for (int turn = 0; turn < 5; turn++) {
            for (size_t i = 0; i < len; i++) {
                in[i] = (uint8_t)next_random(&random);
            }
            uint8_t *from = guard_place(&guard, in, len);
            if (!check(ipc_send(segment, channel, from, len, 0) == NATIVE_SHM_OK, "send %zu",
                       len) ||
                !check(receive(channel, out, len, false, &message) == NATIVE_SHM_OK, "receive %zu",
                       len) ||
                !check(message.len == len && message.format == 7 && !message.redelivered &&
                           memcmp(in, out, len) == 0,
                       "%zu bytes came as others", len)) {
                break;
            }
        }
    }
    check(ipc_send(segment, channel, in, max + 1, 0) == NATIVE_SHM_TOO_BIG, "max + 1");
    check(ipc_send(segment, channel, in, SIZE_MAX, 0) == NATIVE_SHM_TOO_BIG, "SIZE_MAX");
    check(native_shm_channel_send(segment, channel, &(struct native_shm_part){in, 1}, 1, 256, 0) ==
              NATIVE_SHM_INVALID,
          "format");
    end_test("all sizes from 0 to %zu, at all places", max);
    stop(channel);
}

static void test_parts(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    char out[5000];
    struct native_shm_part parts[4] = {{"one,", 4}, {NULL, 0}, {"two,", 4}, {"three", 5}};
    struct native_shm_part many[5] = {{"a", 1}, {"bb", 2}, {NULL, 0}, {"dddd", 4}, {"eeeee", 5}};
    size_t sent = 77;

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_FAIL);
    for (int i = 0; i < 300; i++) {
        check(native_shm_channel_send(segment, channel, parts, 4, 3, 0) == NATIVE_SHM_OK, "send");
        check(receive(channel, out, sizeof(out), false, &message) == NATIVE_SHM_OK &&
                  message.len == 13 && memcmp(out, "one,two,three", 13) == 0 && message.format == 3,
              "parts");
        check(native_shm_channel_send_many(segment, channel, many, 5, 4, 0, &sent) ==
                      NATIVE_SHM_OK &&
                  sent == 5,
              "many");
        for (size_t j = 0; j < 5; j++) {
            check(receive(channel, out, sizeof(out), false, &message) == NATIVE_SHM_OK &&
                      message.len == many[j].len &&
                      memcmp(out, many[j].len ? many[j].bytes : "", many[j].len) == 0,
                  "message %zu of many", j);
        }
    }
    check(native_shm_channel_send_many(segment, channel, many, 0, 4, 0, &sent) == NATIVE_SHM_OK &&
              sent == 0,
          "none");
    end_test("parts of one message, many messages");

    struct native_shm_part big[3] = {{out, 2000}, {out, 2000}, {out, 2000}};
    check(native_shm_channel_send_many(segment, channel, big, 3, 1, 0, &sent) == NATIVE_SHM_FULL &&
              sent == 2,
          "as many as fit");
    check(ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_OK, "there is room for a small one");
    check(ipc_send(segment, channel, out, 100, 0) == NATIVE_SHM_FULL, "full");
    check(receive(channel, out, 1999, false, &message) == NATIVE_SHM_TOO_BIG && message.len == 2000,
          "how much it needs");
    check(receive(channel, NULL, 0, false, &message) == NATIVE_SHM_TOO_BIG && message.len == 2000,
          "asked with nothing");
    check(receive(channel, out, 2000, false, &message) == NATIVE_SHM_OK, "with enough");
    big[1].len = 5000;
    check(native_shm_channel_send_many(segment, channel, big, 3, 1, 0, &sent) ==
                  NATIVE_SHM_TOO_BIG &&
              sent == 0,
          "one too big");
    check(receive(channel, out, 2000, false, &message) == NATIVE_SHM_OK &&
              receive(channel, out, 1, false, &message) == NATIVE_SHM_OK,
          "the rest");
    check(receive(channel, out, 1, false, &message) == NATIVE_SHM_BUSY, "empty");
    end_test("full, too big, too small a buffer");
    stop(channel);
}

static void test_limit(void)
{
    struct native_shm_channel_open open = {
        .name = "c", .name_len = 1, .capacity = 4096, .messages = 3};
    struct native_shm_channel *channel;
    struct native_shm_message message;

    start();
    open.policy = NATIVE_SHM_FAIL;
    check(native_shm_channel_open(segment, &open, &channel) == NATIVE_SHM_OK, "made");
    for (int i = 0; i < 100; i++) {
        check(ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_OK &&
                  ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_OK &&
                  ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_OK,
              "three");
        check(ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_FULL, "four");
        check(receive(channel, NULL, 0, true, &message) == NATIVE_SHM_OK, "take one");
        check(ipc_send(segment, channel, "", 0, 0) == NATIVE_SHM_FULL, "a taken one counts");
        check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK, "ack");
        check(receive(channel, NULL, 0, false, &message) == NATIVE_SHM_OK &&
                  receive(channel, NULL, 0, false, &message) == NATIVE_SHM_OK,
              "the others");
    }
    end_test("a limit of three messages");
    stop(channel);
}

static void test_drop(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    struct native_shm_channel_info info;
    uint8_t out[1000] = {0};
    uint32_t last = 0;

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_DROP_OLDEST);
    for (uint32_t i = 1; i <= 1000; i++) {
        memcpy(out, &i, 4);
        check(ipc_send(segment, channel, out, 4 + i % 900, 0) == NATIVE_SHM_OK, "send %u", i);
    }
    native_shm_channel_info(segment, channel, &info);
    check(info.sent == 1000 && info.received == 0 && info.dropped == 1000 - info.ready &&
              info.ready > 0,
          "counts");
    for (uint64_t left = info.ready; left; left--) {
        uint32_t number;
        check(receive(channel, out, sizeof(out), false, &message) == NATIVE_SHM_OK, "receive");
        memcpy(&number, out, 4);
        check(number == (uint32_t)(1001 - left), "got %u", number);
        last = number;
    }
    check(last == 1000, "the newest is there");
    end_test("drop-oldest: the newest are there, in order, the others counted");

    /* A message that is taken is not dropped; one that was given back is. */
    check(ipc_send(segment, channel, out, 900, 0) == NATIVE_SHM_OK &&
              receive(channel, out, 900, true, &message) == NATIVE_SHM_OK,
          "");
    for (int i = 0; i < 3; i++) {
        check(ipc_send(segment, channel, out, 900, 0) == NATIVE_SHM_OK, "room");
    }
    check(ipc_send(segment, channel, out, 900, 0) == NATIVE_SHM_FULL, "a taken one at the front");
    check(native_shm_channel_give_back(segment, channel, message.position) == NATIVE_SHM_OK,
          "give back");
    check(ipc_send(segment, channel, out, 900, 0) == NATIVE_SHM_OK, "it is dropped");
    check(receive(channel, out, 900, false, &message) == NATIVE_SHM_OK && !message.redelivered,
          "it comes again");
    end_test("drop-oldest leaves alone what is taken");
    stop(channel);
}

static void test_close(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    char out[8];

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
    check(ipc_send(segment, channel, "a", 1, 0) == NATIVE_SHM_OK &&
              ipc_send(segment, channel, "b", 1, 0) == NATIVE_SHM_OK,
          "send");
    native_shm_channel_close(segment, channel);
    check(ipc_send(segment, channel, "c", 1, 1000) == NATIVE_SHM_CLOSED, "send after close");
    check(receive(channel, out, 8, true, &message) == NATIVE_SHM_OK && out[0] == 'a',
          "what is in it comes");
    check(native_shm_channel_give_back(segment, channel, message.position) == NATIVE_SHM_OK,
          "give back");
    check(receive(channel, out, 8, false, &message) == NATIVE_SHM_OK && out[0] == 'a' &&
              message.redelivered,
          "again");
    check(receive(channel, out, 8, false, &message) == NATIVE_SHM_OK && out[0] == 'b', "the rest");
    check(receive(channel, out, 8, false, &message) == NATIVE_SHM_CLOSED, "closed and empty");
    check(native_shm_channel_receive(segment, channel, out, 8, false, FOR_EVER, &message) ==
              NATIVE_SHM_CLOSED,
          "no waiting");
    end_test("close: no more sends, the rest can be had");
    native_shm_channel_free(channel);

    channel = ipc_channel(segment, "d", 4096, NATIVE_SHM_BLOCK);
    check(native_shm_object_remove(segment, "d", 1) == NATIVE_SHM_OK, "remove");
    check(ipc_send(segment, channel, "c", 1, 1000) == NATIVE_SHM_CLOSED, "removed");
    end_test("a removed channel is closed");
    stop(channel);
}

static void test_ack(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message messages[4], message;
    struct native_shm_channel_info info;
    char out[8];

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_FAIL);
    for (int i = 0; i < 4; i++) {
        char letter = (char)('a' + i);
        check(ipc_send(segment, channel, &letter, 1, 0) == NATIVE_SHM_OK &&
                  receive(channel, out, 8, true, &messages[i]) == NATIVE_SHM_OK,
              "take");
    }
    native_shm_channel_info(segment, channel, &info);
    check(info.taken == 4 && info.ready == 0 && info.used == 4 * 32 && info.received == 4, "taken");
    check(native_shm_channel_ack(segment, channel, messages[1].position) == NATIVE_SHM_OK,
          "ack in the middle");
    check(native_shm_channel_ack(segment, channel, messages[1].position) == NATIVE_SHM_NOT_FOUND,
          "twice");
    check(native_shm_channel_give_back(segment, channel, messages[1].position) ==
              NATIVE_SHM_NOT_FOUND,
          "acknowledged is gone");
    check(native_shm_channel_give_back(segment, channel, messages[2].position) == NATIVE_SHM_OK,
          "give back");
    check(native_shm_channel_ack(segment, channel, messages[2].position) == NATIVE_SHM_NOT_FOUND,
          "given back is gone");
    native_shm_channel_info(segment, channel, &info);
    check(info.taken == 2 && info.ready == 1, "info");
    check(receive(channel, out, 8, true, &message) == NATIVE_SHM_OK && out[0] == 'c' &&
              message.redelivered && message.position == messages[2].position,
          "redelivered");
    check(native_shm_channel_give_back_all(segment, channel) == NATIVE_SHM_OK, "give back all");
    check(native_shm_channel_ack(segment, channel, messages[0].position) == NATIVE_SHM_NOT_FOUND,
          "not ours");
    check(ipc_send(segment, channel, "e", 1, 0) == NATIVE_SHM_OK, "send");
    check(receive(channel, out, 8, false, &message) == NATIVE_SHM_OK && out[0] == 'a' &&
              message.redelivered,
          "a first");
    check(receive(channel, out, 8, true, &message) == NATIVE_SHM_OK && out[0] == 'c' &&
              message.redelivered,
          "then c");
    check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK, "ack");
    check(receive(channel, out, 8, true, &message) == NATIVE_SHM_OK && out[0] == 'd' &&
              message.redelivered,
          "then d");
    check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK, "ack");
    check(receive(channel, out, 8, true, &message) == NATIVE_SHM_OK && out[0] == 'e' &&
              !message.redelivered,
          "then the new one");
    check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK, "ack");
    check(native_shm_channel_ack(segment, channel, UINT64_MAX) == NATIVE_SHM_NOT_FOUND &&
              native_shm_channel_ack(segment, channel, 12345678) == NATIVE_SHM_NOT_FOUND,
          "no such positions");
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 0 && info.taken == 0 && info.ready == 0 && info.sent == 5 &&
              info.received == 5 && info.dropped == 0,
          "all gone");
    end_test("ack, give back, redelivery, in order");
    stop(channel);
}

/* A long random run against a plain list. */
static void test_model(void)
{
    enum { MOST = 600, STEPS = 200000 };
    struct entry {
        uint32_t number;
        bool taken, again;
        uint64_t position;
    } static list[MOST];
    size_t count = 0, steps = under_valgrind() ? 5000 : STEPS;
    uint32_t number = 0;
    uint64_t random = 42;
    struct native_shm_channel *channel;
    struct ipc_message out, in;
    struct native_shm_message message;

    start();
    channel = ipc_channel(segment, "c", 8192, NATIVE_SHM_FAIL);
    for (size_t step = 0; step < steps && tap_good; step++) {
        uint32_t what = next_random(&random) % 8;
        if (what < 3 && count < MOST) {
            size_t len = ipc_make(&out, 1, number,
                                  next_random(&random) % (next_random(&random) % 16 ? 60 : 1900));
            if (ipc_send(segment, channel, &out, len, 0) == NATIVE_SHM_OK) {
                list[count++] = (struct entry){number++, false, false, 0};
            }
        } else if (what < 6) {
            bool ack = next_random(&random) % 2;
            enum native_shm_status status = receive(channel, &in, sizeof(in), ack, &message);
            size_t i = 0, first = 0;
            for (first = 0; first < count && !(list[first].again && !list[first].taken); first++) {
            }
            for (i = 0; i < count && list[i].taken; i++) {
            }
            i = first < count ? first : i;
            check((status == NATIVE_SHM_OK) == (i < count), "step %zu: status %d", step,
                  (int)status);
            if (status == NATIVE_SHM_OK && i < count) {
                check(ipc_whole(&in, message.len) && in.number == list[i].number &&
                          message.redelivered == list[i].again,
                      "step %zu: got %u, wanted %u", step, in.number, list[i].number);
                list[i].taken = true;
                list[i].position = message.position;
                if (!ack) {
                    memmove(list + i, list + i + 1, (--count - i) * sizeof(*list));
                }
            }
        } else if (count) {
            size_t i = next_random(&random) % count;
            bool ack = what == 6 || next_random(&random) % 4;
            uint64_t position = list[i].taken ? list[i].position : 0x123450;
            enum native_shm_status status =
                ack ? native_shm_channel_ack(segment, channel, position)
                    : native_shm_channel_give_back(segment, channel, position);
            check((status == NATIVE_SHM_OK) == list[i].taken, "step %zu: ack says %d", step,
                  (int)status);
            if (list[i].taken && ack) {
                memmove(list + i, list + i + 1, (--count - i) * sizeof(*list));
            } else if (list[i].taken) {
                list[i].taken = false;
                list[i].again = true;
            }
        }
    }
    printf("# %u messages\n", number);
    end_test("%zu random steps agree with a list", steps);
    stop(channel);
}

static void test_lap(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    struct native_shm_ring *ring;
    char out[100];

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_FAIL);
    ring = channel->ring;
    /* The last lap there is. */
    atomic_store(&ring->tail, UINT64_MAX - NATIVE_SHM_RING_LAP + 1);
    atomic_store(&ring->next, UINT64_MAX - NATIVE_SHM_RING_LAP + 1);
    atomic_store(&ring->head, UINT64_MAX - NATIVE_SHM_RING_LAP + 1);
    for (int i = 0; i < 500; i++) {
        check(ipc_send(segment, channel, "hello", 5, 0) == NATIVE_SHM_OK &&
                  receive(channel, out, 100, true, &message) == NATIVE_SHM_OK &&
                  native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK,
              "round %d", i);
    }
    check(atomic_load(&ring->tail) < NATIVE_SHM_RING_LAP * 10, "the lap did not wrap");
    end_test("positions wrap");
    stop(channel);
}

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

static int take_and_die(void *context)
{
    struct native_shm_message message;
    char out[100];
    for (int i = 0; i < 3; i++) {
        if (receive(context, out, 100, true, &message) != NATIVE_SHM_OK) {
            return 1;
        }
    }
    return native_shm_channel_ack(segment, context, message.position) == NATIVE_SHM_OK ? 0 : 2;
}

static void test_dead_holder(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    struct native_shm_channel_info info;
    char out[100];

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 4; i++) {
            char letter = (char)('a' + i);
            check(ipc_send(segment, channel, &letter, 1, 0) == NATIVE_SHM_OK, "send");
        }
        check(ipc_end(ipc_child(take_and_die, channel)) == 0, "child");
        if (round == 19) {
            native_shm_channel_close(segment, channel);
        }
        /* The last one is nobody's; the dead one's come when nothing else is there, at the latest. */
        check(native_shm_channel_receive(segment, channel, out, 100, false, 0, &message) ==
                      NATIVE_SHM_OK &&
                  out[0] == 'd',
              "d");
        for (int i = 0; i < 2; i++) {
            check(native_shm_channel_receive(segment, channel, out, 100, false, 1000, &message) ==
                          NATIVE_SHM_OK &&
                      out[0] == 'a' + i && message.redelivered,
                  "round %d: what the dead took does not come", round);
        }
        native_shm_channel_info(segment, channel, &info);
        check(info.used == 0 && info.taken == 0 && info.ready == 0, "left");
    }
    check(receive(channel, out, 100, false, &message) == NATIVE_SHM_CLOSED, "closed");
    end_test("what a dead holder had taken comes again, marked; also when closed");
    stop(channel);
}

/* Many at once; with ACK_ENCODED what must be decoded (format 7 and more) comes alone and stays, the rest does not. */
static void test_receive_many(void)
{
    struct native_shm_segment *segment = test_open(NULL, 8 << 20);
    struct native_shm_channel *channel = ipc_channel(segment, "c", 65536, NATIVE_SHM_BLOCK);
    struct native_shm_place places[100];
    struct native_shm_channel_info info;
    static char out[100][16];
    size_t got;
    for (int i = 0; i < 100; i++) {
        struct native_shm_part part = {&i, sizeof(i)};
        places[i] = (struct native_shm_place){.buffer = out[i], .buffer_len = 16};
        check(native_shm_channel_send(segment, channel, &part, 1, i == 70 ? 8 : 6, 0) ==
                  NATIVE_SHM_OK,
              "send");
    }
    check(native_shm_channel_receive_many(segment, channel, places, 3, NATIVE_SHM_ACK_NONE, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 3 && out[2][0] == 2 && !places[2].message.taken,
          "three: %d", (int)got);
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_ENCODED, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 64 && out[63][0] == 66,
          "not more than 64: %d", (int)got);
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_ENCODED, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 3 && out[2][0] == 69,
          "up to what must be decoded: %d", (int)got);
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_ENCODED, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 1 && out[0][0] == 70 && places->message.taken,
          "that one alone: %d", (int)got);
    check(native_shm_channel_give_back(segment, channel, places->message.position) == NATIVE_SHM_OK,
          "give back");
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_ENCODED, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 1 && places->message.redelivered && places->message.taken &&
              native_shm_channel_ack(segment, channel, places->message.position) == NATIVE_SHM_OK,
          "again");
    places[5].buffer_len = 2;
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_ALL, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 5 && out[4][0] == 75 && places[4].message.taken,
          "as far as they fit: %d", (int)got);
    check(native_shm_channel_receive_many(segment, channel, &places[5], 1, NATIVE_SHM_ACK_NONE, 0,
                                          &got) == NATIVE_SHM_TOO_BIG &&
              got == 0 && places[5].message.len == 4,
          "too big");
    check(native_shm_channel_give_back_all(segment, channel) == NATIVE_SHM_OK, "all back");
    places[5].buffer_len = 16;
    for (int i = 71; i < 76; i++) {
        check(native_shm_channel_receive(segment, channel, out[0], 16, NATIVE_SHM_ACK_ENCODED, 0,
                                         &places->message) == NATIVE_SHM_OK &&
                  out[0][0] == i && places->message.redelivered && !places->message.taken,
              "%d again", i);
    }
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 24 * 32 && info.ready == 24 && info.taken == 0, "used %d, ready %d",
          (int)info.used, (int)info.ready);
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_NONE, 0,
                                          &got) == NATIVE_SHM_OK &&
              got == 24,
          "the rest: %d", (int)got);
    check(native_shm_channel_receive_many(segment, channel, places, 100, NATIVE_SHM_ACK_NONE, 20,
                                          &got) == NATIVE_SHM_BUSY &&
              got == 0,
          "nothing more");
    end_test("many at once, and what stays until it is decoded");
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

int main(void)
{
    test_receive_many();
    test_open_again();
    test_sizes();
    test_parts();
    test_limit();
    test_drop();
    test_close();
    test_ack();
    test_model();
    test_lap();
    test_waiting();
    test_dead_holder();
    return done();
}
