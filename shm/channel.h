/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel.h - a bounded queue of messages between processes: many senders, many receivers, any sizes.
 *
 * Shape: a ring of bytes; each message is a header (length, state, format) and its bytes, padded to 16.
 *
 *     head                next                 tail
 *      | taken | done | taken | ready | ready |  free ...      head <= next <= tail, positions that only grow
 *
 * Two locks (lock.h), senders' and receivers'. A message is sent by the store that moves `tail`, received by the store
 * that moves it out of `ready`: a sender or receiver killed before has done nothing. With `ack` a message stays in the
 * ring as "taken" by its holder; acknowledged it is "done"; when the holder dies or gives it back it is ready again, and
 * marked as redelivered. Room is free again when head has moved past it.
 * Nobody waiting: no system call. Waiting: spin some microseconds, then sleep on a word, asking now and then whether the
 * others live. */
#ifndef NATIVE_SHM_CHANNEL_H
#define NATIVE_SHM_CHANNEL_H

#include "lock.h"
#include "object.h"

enum native_shm_policy {
    NATIVE_SHM_BLOCK = 0,   /* send waits for room */
    NATIVE_SHM_FAIL,        /* send says FULL */
    NATIVE_SHM_DROP_OLDEST, /* send drops ready messages from the front */
};

struct native_shm_channel; /* in the segment: channel.c */

struct native_shm_channel_open {
    const char *name;
    size_t name_len;
    uint64_t capacity; /* bytes of the ring, headers (16 a message) included; rounded up to 4096; 0 when it must exist */
    uint32_t messages; /* how many at most; 0: as many as fit */
    enum native_shm_policy policy;
    bool must_exist;
};

NATIVE_API enum native_shm_status native_shm_channel_open(struct native_shm_segment *segment,
                                                          const struct native_shm_channel_open *open,
                                                          struct native_shm_channel **channel);

struct native_shm_part {
    const void *bytes;
    size_t len;
};

/* Send one message made of parts. wait_ms counts for NATIVE_SHM_BLOCK only (0: do not wait). Returns OK, FULL (no room
 * and may not wait, or time over), TOO_BIG (never fits), CLOSED, BUSY, INTERRUPTED. */
NATIVE_API enum native_shm_status native_shm_channel_send(struct native_shm_segment *segment, struct native_shm_channel *channel,
                                                          const struct native_shm_part *parts, size_t part_count, uint32_t format,
                                                          uint64_t wait_ms);
/* Send many: as many of them as there is room for become visible at once; *sent says how many. */
NATIVE_API enum native_shm_status native_shm_channel_send_many(struct native_shm_segment *segment,
                                                               struct native_shm_channel *channel,
                                                               const struct native_shm_part *messages, size_t message_count,
                                                               uint32_t format, uint64_t wait_ms, size_t *sent);

struct native_shm_message {
    uint64_t position; /* names it: for ack() and give_back() */
    uint32_t len;
    uint32_t format;
    bool redelivered;
};

/* Receive in two steps, so that the receiver's memory is there before the message is gone: peek() tells the length of
 * the next one (and takes the receivers' lock: nothing may happen in between but getting memory, which must not jump
 * out of the call; give_up() undoes it), take() copies it and commits. Most want receive() below. */
NATIVE_API enum native_shm_status native_shm_channel_receive(struct native_shm_segment *segment, struct native_shm_channel *channel,
                                                             void *buffer, size_t buffer_len, bool ack, uint64_t wait_ms,
                                                             struct native_shm_message *message);
/* Returns OK; TOO_BIG: message->len is what the buffer must have, nothing was received; BUSY: nothing came in time;
 * CLOSED: closed and empty; INTERRUPTED. With `ack` it stays ours until ack() or give_back(). */

/* Received with `ack`: done with it, or not done. NOT_FOUND: it is not ours (any more). */
NATIVE_API enum native_shm_status native_shm_channel_ack(struct native_shm_segment *segment, struct native_shm_channel *channel,
                                                         uint64_t position);
NATIVE_API enum native_shm_status native_shm_channel_give_back(struct native_shm_segment *segment,
                                                               struct native_shm_channel *channel, uint64_t position);

/* No more sends; what is in it can still be received. */
NATIVE_API void native_shm_channel_close(struct native_shm_segment *segment, struct native_shm_channel *channel);

struct native_shm_channel_info {
    uint64_t capacity, used, ready, taken, sent, received, dropped;
    bool closed;
};
NATIVE_API void native_shm_channel_info(struct native_shm_segment *segment, struct native_shm_channel *channel,
                                        struct native_shm_channel_info *info);

/* A descriptor that gets readable when a message is ready (or the channel is closed): a named FIFO beside the segment's
 * file (an unlinked pipe's inherited end for a private segment). -1 and errno when there is none. arm() before each wait:
 * false when a message is ready already (do not wait). The descriptor is the caller's. */
NATIVE_API int native_shm_channel_doorbell(struct native_shm_segment *segment, struct native_shm_channel *channel);
NATIVE_API bool native_shm_channel_arm(struct native_shm_segment *segment, struct native_shm_channel *channel, int fd);

#endif
