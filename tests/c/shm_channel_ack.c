/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_ack.c - messages that stay in the channel until they are acknowledged, and those that come back. */
#include "support/shm_channel.h"

/* Many at once; with ACK_ENCODED what must be decoded (format 7 and more) comes alone and stays, the rest does not. */
static void test_receive_many(void)
{
    struct native_shm_channel *channel;
    struct native_shm_place places[100];
    struct native_shm_channel_info info;
    static char out[100][16];
    size_t got;

    start();
    channel = ipc_channel(segment, "c", 65536, NATIVE_SHM_BLOCK);
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

int main(void)
{
    test_receive_many();
    test_ack();
    test_model();
    test_dead_holder();
    return done();
}
