/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* shm_channel_damage.c - bits of a channel's header, ring and directory entry are flipped while it is used: nothing is
 * read or written outside the segment (a wall of forbidden pages stands round the mapping), no call hangs, and the
 * channel works again. dev/ctest: long, each flipped bit may be waited for. */
#include "support/shm_ipc.h"

#include "../../shm/channel_ring.h"

enum { CAPACITY = 4096 };

static struct native_shm_segment *segment;
static struct native_shm_channel *channel;
static uint64_t random_state = 99;
static unsigned outcomes[NATIVE_SHM_STATUS_COUNT];

static uint32_t dice(uint32_t sides)
{
    return next_random(&random_state) % sides;
}

static void seen(enum native_shm_status status)
{
    if (check((unsigned)status < NATIVE_SHM_STATUS_COUNT, "status %d", (int)status)) {
        outcomes[status]++;
    }
}

/* One call of whatever kind. */
static void use(void)
{
    static uint8_t bytes[CAPACITY * 2];
    struct native_shm_message message = {0};
    struct native_shm_channel_info info;
    enum native_shm_status status;
    static uint64_t position;

    switch (dice(8)) {
    case 0:
    case 1:
    case 2:
        seen(ipc_send(segment, channel, bytes, dice(dice(4) ? 100 : 4000), dice(8) ? 0 : 1));
        break;
    case 3:
    case 4:
    case 5:
        status = native_shm_channel_receive(segment, channel, bytes, CAPACITY, dice(2),
                                            dice(8) ? 0 : 1, &message);
        seen(status);
        if (status == NATIVE_SHM_OK) {
            check(message.len <= CAPACITY, "a message of %u bytes", message.len);
            position = message.position;
        }
        break;
    case 6:
        seen(dice(2) ? native_shm_channel_ack(segment, channel, position)
                     : native_shm_channel_give_back(segment, channel, position));
        break;
    default:
        native_shm_channel_info(segment, channel, &info);
        seen(dice(2) ? native_shm_channel_revive(segment, channel)
                     : native_shm_channel_give_back_all(segment, channel));
    }
}

/* Flip a bit: of the header's words (not of what says "closed"), or of the ring. */
static void flip(void)
{
    struct native_shm_ring *ring = channel->ring;
    unsigned char *at = (unsigned char *)ring;
    size_t header = offsetof(struct native_shm_ring, senders), place;
    if (dice(3)) {
        place = header + dice((uint32_t)(sizeof(*ring) - header));
    } else if (dice(2)) {
        /* Where something is: behind next. */
        place = sizeof(*ring) +
                (NATIVE_SHM_RING_OFFSET(atomic_load(&ring->next)) * 16u + dice(64)) % CAPACITY;
    } else {
        place = sizeof(*ring) + dice(CAPACITY);
    }
    at[place] ^= (unsigned char)(1u << dice(8));
}

/* Damaged words may look like a living owner's lock or a living holder: those are put right by hand, as nobody else can
 * know. Everything else must come right by itself. */
static void works_again(int round, enum native_shm_policy policy)
{
    struct native_shm_ring *ring = channel->ring;
    struct native_shm_message message;
    char out[CAPACITY];
    int corrupt = 0;
    atomic_store(&ring->senders.word, 0);
    atomic_store(&ring->receivers.word, 0);
    for (int i = 0; i < 2000; i++) {
        enum native_shm_status status = native_shm_channel_give_back_all(segment, channel);
        corrupt += status == NATIVE_SHM_CORRUPT;
        status = native_shm_channel_revive(segment, channel);
        corrupt += status == NATIVE_SHM_CORRUPT;
        status = native_shm_channel_receive(segment, channel, out, sizeof(out), false, 0, &message);
        corrupt += status == NATIVE_SHM_CORRUPT;
        if (status == NATIVE_SHM_BUSY) {
            break;
        }
        check(status == NATIVE_SHM_OK || status == NATIVE_SHM_CORRUPT, "emptying: %d", (int)status);
    }
    check(corrupt < 10, "round %d: damaged %d times in a row", round, corrupt);
    corrupt = 0;
    for (int i = 0; i < 100; i++) {
        enum native_shm_status status = ipc_send(segment, channel, "again", 5, 0);
        corrupt += status == NATIVE_SHM_CORRUPT;
        if (status == NATIVE_SHM_OK) {
            status =
                native_shm_channel_receive(segment, channel, out, sizeof(out), false, 0, &message);
            corrupt += status == NATIVE_SHM_CORRUPT;
            check(status == NATIVE_SHM_CORRUPT ||
                      (status == NATIVE_SHM_OK && message.len == 5 && memcmp(out, "again", 5) == 0),
                  "round %d (policy %d): received %d", round, (int)policy, (int)status);
        } else {
            check(status == NATIVE_SHM_CORRUPT, "round %d (policy %d): sent %d", round, (int)policy,
                  (int)status);
        }
    }
    check(corrupt <= 2, "round %d: damaged %d times afterwards", round, corrupt);
}

static void test_flips(enum native_shm_policy policy, int rounds)
{
    uint64_t begin = ipc_ms(), longest = 0;
    memset(outcomes, 0, sizeof(outcomes));
    segment = test_open(NULL, 4 << 20);
    channel = ipc_channel(segment, "c", CAPACITY, policy);
    for (int round = 0; round < rounds && tap_good; round++) {
        for (int i = 0; i < 20; i++) {
            use();
        }
        for (uint32_t i = 1 + dice(3); i; i--) {
            flip();
        }
        uint64_t start = ipc_ms();
        for (int i = 0; i < 4; i++) {
            use();
        }
        longest = ipc_ms() - start > longest ? ipc_ms() - start : longest;
        works_again(round, policy);
    }
    check(longest < 4 * 2 * 300, "four calls took %d ms", (int)longest);
    printf("# %d rounds, %d ms; ok %u, corrupt %u, busy %u, full %u, not found %u; the longest "
           "four calls %d ms\n",
           rounds, (int)(ipc_ms() - begin), outcomes[NATIVE_SHM_OK], outcomes[NATIVE_SHM_CORRUPT],
           outcomes[NATIVE_SHM_BUSY], outcomes[NATIVE_SHM_FULL], outcomes[NATIVE_SHM_NOT_FOUND],
           (int)longest);
    check(outcomes[NATIVE_SHM_CORRUPT] > 0, "no damage was ever found");
    end_test("bits flipped at random, policy %d", (int)policy);
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

/* Opening: every bit of the object's header, and of the ring's first line. */
static void test_open_damaged(void)
{
    struct native_shm_channel_open open = {.name = "c", .name_len = 1, .must_exist = true};
    unsigned found = 0, refused = 0;
    segment = test_open(NULL, 4 << 20);
    channel = ipc_channel(segment, "c", CAPACITY, NATIVE_SHM_FAIL);
    unsigned char *object = (unsigned char *)channel->object,
                  *ring = (unsigned char *)channel->ring;
    size_t bits = sizeof(struct native_shm_object) * 8 + 24 * 8;
    for (size_t bit = 0; bit < bits; bit++) {
        unsigned char *at = bit / 8 < sizeof(struct native_shm_object)
                                ? object + bit / 8
                                : ring + bit / 8 - sizeof(struct native_shm_object);
        struct native_shm_channel *again;
        unsigned char was = *at;
        *at ^= (unsigned char)(1u << bit % 8);
        enum native_shm_status status = native_shm_channel_open(segment, &open, &again);
        if (status == NATIVE_SHM_OK) {
            found++;
            check(ipc_send(segment, again, "x", 1, 0) != NATIVE_SHM_SYSTEM, "send");
            native_shm_channel_free(again);
        } else {
            refused++;
        }
        *at = was;
    }
    printf("# %u opened, %u refused\n", found, refused);
    check(refused > bits / 3, "hardly any damage was seen");
    check(native_shm_object_repair(segment) == NATIVE_SHM_OK, "repair");
    end_test("opening a channel with any bit of its head flipped");
    native_shm_channel_free(channel);
    native_shm_segment_close(segment);
}

int main(void)
{
    int rounds = under_valgrind() ? 100 : 2000;
    alarm(250); /* a hang is a failure */
    test_flips(NATIVE_SHM_FAIL, rounds);
    test_flips(NATIVE_SHM_BLOCK, rounds);
    test_flips(NATIVE_SHM_DROP_OLDEST, rounds);
    test_open_damaged();
    return done();
}
