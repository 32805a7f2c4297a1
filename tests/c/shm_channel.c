/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel.c - what a channel does for one process: opening, sizes, wrapping, limits, policies, closing. */
#include "support/shm_channel.h"

#include "../../shm/channel_ring.h"

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

int main(void)
{
    test_open_again();
    test_sizes();
    test_parts();
    test_limit();
    test_drop();
    test_close();
    test_lap();
    return done();
}
