/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_fail.c - messages that end their receivers: how often they came back is counted in the channel, whatever
 * became of the receivers; claiming without copying; dropping and forwarding what nobody can receive. */
#include "support/shm_channel.h"

static char out[8192];

static enum native_shm_status claim(struct native_shm_channel *channel,
                                    struct native_shm_message *message)
{
    return native_shm_channel_receive(segment, channel, NULL, sizeof(out), NATIVE_SHM_ACK_CLAIM, 0,
                                      message);
}

static void test_claim(void)
{
    struct native_shm_channel *channel;
    struct native_shm_message message;
    static char in[3000];

    start();
    channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_FAIL);
    /* Every round begins elsewhere in the ring: most go round its end. */
    for (int i = 0; i < 300; i++) {
        memset(in, 'a' + i % 26, sizeof(in));
        check(ipc_send(segment, channel, in, sizeof(in), 0) == NATIVE_SHM_OK, "send");
        check(claim(channel, &message) == NATIVE_SHM_OK && message.len == sizeof(in) &&
                  message.taken && message.format == 7 && !message.redelivered,
              "claim");
        check(native_shm_channel_read(segment, channel, message.position, out, 100) ==
                  NATIVE_SHM_NOT_FOUND,
              "another length");
        memset(out, 0, sizeof(out));
        check(native_shm_channel_read(segment, channel, message.position, out, sizeof(in)) ==
                      NATIVE_SHM_OK &&
                  memcmp(in, out, sizeof(in)) == 0 && out[sizeof(in)] == 0,
              "read");
        check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK, "ack");
        check(native_shm_channel_read(segment, channel, message.position, out, sizeof(in)) ==
                      NATIVE_SHM_NOT_FOUND &&
                  native_shm_channel_mark(segment, channel, message.position, true) ==
                      NATIVE_SHM_NOT_FOUND &&
                  native_shm_channel_drop(segment, channel, message.position) ==
                      NATIVE_SHM_NOT_FOUND,
              "gone");
        check(ipc_send(segment, channel, in, 16 * (size_t)(i % 40), 0) == NATIVE_SHM_OK &&
                  claim(channel, &message) == NATIVE_SHM_OK &&
                  native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_OK,
              "another place");
    }
    check(ipc_send(segment, channel, in, 100, 0) == NATIVE_SHM_OK &&
              native_shm_channel_receive(segment, channel, NULL, 99, NATIVE_SHM_ACK_CLAIM, 0,
                                         &message) == NATIVE_SHM_TOO_BIG &&
              message.len == 100,
          "longer than allowed");
    end_test("claimed, read, acknowledged");
    stop(channel);
}

/* What a receiver does with the message before it ends. */
enum how { CLAIMED, DECODED, HANDED_OUT, GIVEN_BACK, GIVEN_BACK_LATE };

struct failing {
    struct native_shm_channel *channel;
    enum how how;
    unsigned returns, failures; /* that it is to find */
};

static int fail_once(void *context)
{
    const struct failing *failing = context;
    struct native_shm_message message;
    enum native_shm_ack ack = failing->how == DECODED      ? NATIVE_SHM_ACK_ENCODED
                              : failing->how == HANDED_OUT ? NATIVE_SHM_ACK_ALL
                                                           : NATIVE_SHM_ACK_CLAIM;
    enum native_shm_status status = native_shm_channel_receive(segment, failing->channel, out,
                                                               sizeof(out), ack, 1000, &message);
    if (message.len != 6 || message.returns != failing->returns ||
        message.failures != failing->failures || message.redelivered != (failing->returns > 0)) {
        return 100 + message.returns;
    }
    if (status == NATIVE_SHM_OK && failing->how == GIVEN_BACK_LATE) {
        status = native_shm_channel_mark(segment, failing->channel, message.position, false);
    }
    if (status == NATIVE_SHM_OK && failing->how >= GIVEN_BACK) {
        status = native_shm_channel_give_back(segment, failing->channel, message.position);
    }
    return (int)status;
}

static void test_counts(void)
{
    static const struct {
        enum how how;
        bool fails;
        const char *what;
    } rows[] = {{CLAIMED, true, "died with it claimed"},
                {DECODED, true, "died decoding it"},
                {HANDED_OUT, false, "died having it"},
                {GIVEN_BACK, true, "gave it back before having it"},
                {GIVEN_BACK_LATE, false, "gave it back"}};

    for (size_t row = 0; row < sizeof(rows) / sizeof(*rows); row++) {
        struct failing failing = {.how = rows[row].how};
        struct native_shm_message message;
        start();
        failing.channel = ipc_channel(segment, "c", 4096, NATIVE_SHM_BLOCK);
        check(ipc_send(segment, failing.channel, "poison", 6, 0) == NATIVE_SHM_OK, "send");
        for (unsigned times = 0; times < 40; times++) {
            int status = ipc_end(ipc_child(fail_once, &failing));
            check(status == 0, "receiver %u: %d", times, status);
            failing.returns += failing.returns < NATIVE_SHM_CHANNEL_RETURNS_MAX;
            failing.failures +=
                rows[row].fails && failing.failures < NATIVE_SHM_CHANNEL_FAILURES_MAX;
        }
        check(ipc_send(segment, failing.channel, "good", 4, 0) == NATIVE_SHM_OK, "send");
        check(native_shm_channel_revive(segment, failing.channel) == NATIVE_SHM_OK &&
                  receive(failing.channel, out, sizeof(out), false, &message) == NATIVE_SHM_OK &&
                  memcmp(out, "poison", 6) == 0 && message.returns == failing.returns &&
                  message.failures == failing.failures,
              "it is there still");
        check(receive(failing.channel, out, sizeof(out), false, &message) == NATIVE_SHM_OK &&
                  message.len == 4 && message.returns == 0 && message.failures == 0,
              "the next one is as new");
        end_test("counted: 40 receivers that %s", rows[row].what);
        stop(failing.channel);
    }
}

/* Another channel, the same, one that is full, one that is too small: whole, or ours still. */
static void test_forward(void)
{
    struct native_shm_channel *channel, *other, *tiny;
    struct native_shm_message message, moved;
    struct native_shm_channel_info info;
    static char in[5000];

    start();
    channel = ipc_channel(segment, "c", 8192, NATIVE_SHM_FAIL);
    other = ipc_channel(segment, "other", 8192, NATIVE_SHM_FAIL);
    tiny = ipc_channel(segment, "tiny", 4096, NATIVE_SHM_FAIL);
    for (size_t i = 0; i < 500; i++) {
        size_t len = i * 10 % 4000;
        memset(in, 'a' + (int)i % 26, len);
        check(ipc_send(segment, channel, in, len, 0) == NATIVE_SHM_OK &&
                  claim(channel, &message) == NATIVE_SHM_OK,
              "claim %zu", len);
        check(native_shm_channel_forward(segment, channel, message.position, segment,
                                         i % 3 ? other : channel) == NATIVE_SHM_OK,
              "forward %zu", len);
        check(native_shm_channel_ack(segment, channel, message.position) == NATIVE_SHM_NOT_FOUND,
              "gone");
        check(receive(i % 3 ? other : channel, out, sizeof(out), false, &moved) == NATIVE_SHM_OK &&
                  moved.len == len && moved.format == 7 && memcmp(in, out, len) == 0 &&
                  !moved.redelivered,
              "moved %zu", len);
    }
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 0 && info.taken == 0 && info.dropped == 500, "dropped %d",
          (int)info.dropped);
    check(ipc_send(segment, channel, in, 4990, 0) == NATIVE_SHM_OK &&
              claim(channel, &message) == NATIVE_SHM_OK,
          "claim");
    check(native_shm_channel_forward(segment, channel, message.position, segment, tiny) ==
              NATIVE_SHM_TOO_BIG,
          "too big");
    check(ipc_send(segment, other, in, 4990, 0) == NATIVE_SHM_OK &&
              native_shm_channel_forward(segment, channel, message.position, segment, other) ==
                  NATIVE_SHM_FULL,
          "full");
    check(native_shm_channel_drop(segment, channel, message.position) == NATIVE_SHM_OK,
          "ours still");
    native_shm_channel_info(segment, channel, &info);
    check(info.used == 0 && info.taken == 0 && info.ready == 0 && info.dropped == 501, "dropped");
    end_test("forwarded: whole, or ours still");
    native_shm_channel_free(tiny);
    native_shm_channel_free(other);
    stop(channel);
}

int main(void)
{
    test_claim();
    test_counts();
    test_forward();
    return done();
}
