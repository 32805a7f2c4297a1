/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel.h - a bounded queue of messages between processes: many senders, many receivers, any sizes.
 *
 * Shape: a ring of bytes; each message is a header of 16 bytes (channel_ring.h) and its bytes, padded to 16; both may
 * go round the ring's end.
 *
 *     head                next                 tail
 *      | taken | done | taken | ready | ready |  free ...      head <= next <= tail, positions that only grow
 *
 * Two locks (lock.h), senders' and receivers'. A message is sent by the store that moves `tail`, received by the store
 * that moves `next` over it: a sender or receiver killed before has done nothing. With `ack` a message stays in the
 * ring as "taken" by its holder; acknowledged it is "done"; when the holder dies or gives it back it is ready again, and
 * marked as redelivered. Room is free again when head has moved past it.
 * Nobody waiting: no system call. Waiting: spin some microseconds where there is more than one CPU, then sleep on a word
 * (waiters.h), asking now and then whether the others live.
 * Order of messages: as sent; what comes again after a holder's death comes before what nobody has had yet.
 * Allocates: the handle; the ring in the segment, when first opened. Blocks: at most NATIVE_SHM_LOCK_WAIT_MS for a lock
 * (then BUSY), and wait_ms where there is one. A handle belongs to one thread, like its segment's. */
#ifndef NATIVE_SHM_CHANNEL_H
#define NATIVE_SHM_CHANNEL_H

#include "object.h"

enum native_shm_policy {
    NATIVE_SHM_BLOCK = 0,   /* send waits for room */
    NATIVE_SHM_FAIL,        /* send says FULL */
    NATIVE_SHM_DROP_OLDEST, /* send drops ready messages from the front */
};

struct native_shm_channel;

enum {
    NATIVE_SHM_CHANNEL_ROUND = 4096, /* capacities are rounded up to this */
    NATIVE_SHM_CHANNEL_OVERHEAD =
        16, /* bytes of the ring that a message takes beside its own, padded to 16 */
};
#define NATIVE_SHM_CHANNEL_CAPACITY_MAX UINT64_C(0xfff00000)

struct native_shm_channel_open {
    const char *name;
    size_t name_len;
    uint64_t
        capacity; /* bytes of the ring, headers (16 a message) included; rounded up to 4096; 0 when it must exist */
    uint32_t messages; /* how many at most; 0: as many as fit */
    enum native_shm_policy policy;
    bool must_exist;
};

/* Find or make. Returns OK; MISMATCH: it is there with another capacity, number of messages or policy (not compared when
 * capacity is 0); INVALID: capacity 0 for a new one or too large; SYSTEM: no memory for the handle; and what
 * native_shm_object_open() returns. */
NATIVE_API enum native_shm_status
native_shm_channel_open(struct native_shm_segment *segment,
                        const struct native_shm_channel_open *open,
                        struct native_shm_channel **channel);
/* Free the handle. The channel stays; what it has taken stays taken (give_back_all() before). NULL does nothing. */
NATIVE_API void native_shm_channel_free(struct native_shm_channel *channel);

/* The longest message that fits into it when it is empty. */
NATIVE_API uint64_t native_shm_channel_message_max(const struct native_shm_channel *channel);

/* What it does when it is full. */
NATIVE_API enum native_shm_policy
native_shm_channel_policy(const struct native_shm_channel *channel);

struct native_shm_part {
    const void *bytes;
    size_t len;
};

/* Send one message made of parts; `format` is 0..255. wait_ms counts for NATIVE_SHM_BLOCK only (0: do not wait;
 * UINT64_MAX: for ever). Returns OK; FULL (no room and may not wait, or time over; with DROP_OLDEST: what is at the front
 * is taken by a receiver that lives); TOO_BIG (never fits); CLOSED (or removed); BUSY (a lock was not to be had);
 * INTERRUPTED; INVALID (format); CORRUPT (the ring was damaged: its messages are gone, it works again). Nothing was sent
 * unless OK. */
NATIVE_API enum native_shm_status native_shm_channel_send(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          const struct native_shm_part *parts,
                                                          size_t part_count, uint32_t format,
                                                          uint64_t wait_ms);
/* Send many, a part each. What there is room for becomes visible at once, by one store. *sent says how many are sent,
 * whatever is returned: OK means all. Returns as above; TOO_BIG when one of them never fits (then none is sent). */
NATIVE_API enum native_shm_status
native_shm_channel_send_many(struct native_shm_segment *segment, struct native_shm_channel *channel,
                             const struct native_shm_part *messages, size_t message_count,
                             uint32_t format, uint64_t wait_ms, size_t *sent);

struct native_shm_message {
    uint64_t position; /* names it: for ack(), give_back() and the like */
    uint32_t len;
    uint32_t format;
    bool redelivered; /* it came back from somebody */
    bool taken;       /* it stays in the channel until ack() or give_back() */
    uint8_t returns;  /* how often it came back; RETURNS_MAX: or more often */
    uint8_t failures; /* how often while it was "receiving": FAILURES_MAX: or more often */
};
enum {
    NATIVE_SHM_CHANNEL_RETURNS_MAX = 31,
    NATIVE_SHM_CHANNEL_FAILURES_MAX = 3,
};

/* What stays in the channel, ours, until ack() or give_back(). */
enum native_shm_ack {
    NATIVE_SHM_ACK_NONE = 0,
    NATIVE_SHM_ACK_ALL,
    NATIVE_SHM_ACK_ENCODED, /* what must be decoded (format.h: behind STRING): as "receiving", see mark() */
    NATIVE_SHM_ACK_CLAIM, /* all, as "receiving", and no byte is copied (buffer_len: at most so long): read() does that */
};

/* Receive one message into memory that is there before. Returns OK; TOO_BIG: the next one has message->len bytes, get a
 * buffer of them and call again (nothing was received; another one may be next by then); BUSY: nothing came in time (or a
 * lock was not to be had); CLOSED: closed and empty; INTERRUPTED; CORRUPT as with send(). Without waiting, an empty
 * channel costs a few loads. */
NATIVE_API enum native_shm_status
native_shm_channel_receive(struct native_shm_segment *segment, struct native_shm_channel *channel,
                           void *buffer, size_t buffer_len, enum native_shm_ack ack,
                           uint64_t wait_ms, struct native_shm_message *message);

/* Where a message is to go, and what came there. */
struct native_shm_place {
    void *buffer;
    size_t buffer_len;
    struct native_shm_message message;
};

/* Receive up to `count` messages, at most 64 in one call: wait for the first, then take what is there and fits; with
 * ACK_ENCODED one that must be decoded comes alone. Returns as above; *received is 1 or more with OK, else 0. TOO_BIG: places->message.len says what the first one needs. */
NATIVE_API enum native_shm_status
native_shm_channel_receive_many(struct native_shm_segment *segment,
                                struct native_shm_channel *channel, struct native_shm_place *places,
                                size_t count, enum native_shm_ack ack, uint64_t wait_ms,
                                size_t *received);

/* What follows is about a message that was received with `ack` and is ours. Returns OK; NOT_FOUND: it is not ours (any
 * more); BUSY; CORRUPT.
 * ack(): done with it. give_back(): another one is to have it. drop(): nobody gets it; it is counted as dropped. */
NATIVE_API enum native_shm_status native_shm_channel_ack(struct native_shm_segment *segment,
                                                         struct native_shm_channel *channel,
                                                         uint64_t position);
NATIVE_API enum native_shm_status native_shm_channel_drop(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position);
/* Say whether it is still being received, or in the hands of whoever asked for it. A message that comes back while it is
 * "receiving" (its holder died, or gave it back) has one failure more: what kills all its receivers can be told by that. */
NATIVE_API enum native_shm_status native_shm_channel_mark(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position, bool receiving);
/* Copy the bytes of one that was claimed; len is what receive() said. Returns OK, NOT_FOUND; takes no lock. */
NATIVE_API enum native_shm_status native_shm_channel_read(struct native_shm_segment *segment,
                                                          struct native_shm_channel *channel,
                                                          uint64_t position, void *buffer,
                                                          size_t len);
/* Send it to another channel, without waiting, then drop it here. Killed in between it is in both. Returns also what
 * send() returns; then it is ours still. */
NATIVE_API enum native_shm_status native_shm_channel_forward(struct native_shm_segment *segment,
                                                             struct native_shm_channel *channel,
                                                             uint64_t position,
                                                             struct native_shm_segment *to_segment,
                                                             struct native_shm_channel *to);
NATIVE_API enum native_shm_status native_shm_channel_give_back(struct native_shm_segment *segment,
                                                               struct native_shm_channel *channel,
                                                               uint64_t position);
/* All that this participant has taken and not acknowledged, through whatever handle (at the end of its request).
 * Returns OK, BUSY, CORRUPT. */
NATIVE_API enum native_shm_status
native_shm_channel_give_back_all(struct native_shm_segment *segment,
                                 struct native_shm_channel *channel);
/* Make ready again what the dead have taken. receive() does it by itself whenever it finds nothing, while it waits and
 * now and then while it does not; for event loops that wait on the doorbell only: once in some seconds. */
NATIVE_API enum native_shm_status native_shm_channel_revive(struct native_shm_segment *segment,
                                                            struct native_shm_channel *channel);

/* No more sends; what is in it can still be received. Wakes all who wait. */
NATIVE_API void native_shm_channel_close(struct native_shm_segment *segment,
                                         struct native_shm_channel *channel);

struct native_shm_channel_info {
    uint64_t capacity; /* bytes */
    uint64_t used;     /* of it */
    uint64_t ready;    /* messages that a receiver would get */
    uint64_t taken;    /* messages waiting for ack() */
    uint64_t sent, received,
        dropped; /* in all; a message is received once, however often it comes again */
    bool closed;
};
/* Takes no lock: while others work the numbers may not fit one another. */
NATIVE_API void native_shm_channel_info(struct native_shm_segment *segment,
                                        struct native_shm_channel *channel,
                                        struct native_shm_channel_info *info);

/* A descriptor that gets readable when a message is ready (or the channel is closed): for named segments a FIFO beside
 * the segment's file, for private ones an inotify watch on the segment (which may also wake for another channel). -1 and
 * errno when there is none. The descriptor is the caller's, who closes it with doorbell_close(): that takes the FIFO away
 * with the last one. What a killed process leaves of it goes with native_shm_segment_unlink() and _sweep().
 * Use: receive until BUSY, then arm(); true: poll() it, else receive again. Between arm() and a message nothing runs. */
NATIVE_API int native_shm_channel_doorbell(struct native_shm_segment *segment,
                                           struct native_shm_channel *channel);
NATIVE_API void native_shm_channel_doorbell_close(struct native_shm_segment *segment,
                                                  struct native_shm_channel *channel, int fd);
/* False: a message is ready already, or the channel is closed: do not wait. */
NATIVE_API bool native_shm_channel_arm(struct native_shm_segment *segment,
                                       struct native_shm_channel *channel, int fd);

#endif
