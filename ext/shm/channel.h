/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel.h - Native\Shm\Channel and Message: what their files share. */
#ifndef NATIVE_EXT_SHM_CHANNEL_H
#define NATIVE_EXT_SHM_CHANNEL_H

#include "attach.h"
#include "../../shm/channel.h"

struct native_ext_shm_channel {
    struct native_ext_shm_attach *attach;
    struct native_shm_channel *channel;
    zend_string *name;
    size_t expected;   /* bytes of the next message, by guess: of the last one */
    int doorbell;      /* -1: none */
    zval stream;       /* over it, or undefined */
    uint32_t decoding; /* messages that are ours until they are decoded */
    zval dead_letters; /* where what cannot be received goes; or undefined */
    zend_object std;
};

extern zend_class_entry *native_ext_shm_channel_ce;

static inline struct native_ext_shm_channel *native_ext_shm_channel_of(zend_object *object)
{
    return (struct native_ext_shm_channel *)((char *)object -
                                             offsetof(struct native_ext_shm_channel, std));
}

/* The channel of an object and the core's handle; false after throwing. */
struct native_shm_segment *native_ext_shm_channel_core(const struct native_ext_shm_channel *o);

static zend_always_inline bool native_ext_shm_channel_enter(const struct native_ext_shm_channel *o,
                                                            struct native_shm_segment **core)
{
    *core = EXPECTED(o->channel) ? native_ext_shm_enter(o->attach) : NULL;
    if (UNEXPECTED(!*core))
        *core = native_ext_shm_channel_core(o);
    return *core != NULL;
}

/* Throw what a status of a channel's call means. */
void native_ext_shm_channel_throw(const struct native_ext_shm_channel *o,
                                  enum native_shm_status status);

/* What becomes of a message that is ours: native_shm_channel_ack() or another of its kind. */
typedef enum native_shm_status native_ext_shm_finish(struct native_shm_segment *segment,
                                                     struct native_shm_channel *channel,
                                                     uint64_t position);

/* Do it, also if the lock is not to be had at once: what is left undone stays ours as long as this process lives. Returns what
 * it returns; BUSY: not in 5 seconds. */
enum native_shm_status native_ext_shm_channel_finish(struct native_shm_segment *core,
                                                     const struct native_ext_shm_channel *o,
                                                     uint64_t position, native_ext_shm_finish *how);

/* Whether a message, ours, is one that nobody could receive. */
static inline bool native_ext_shm_channel_is_undeliverable(const struct native_shm_message *message)
{
    return message->taken && message->failures == NATIVE_SHM_CHANNEL_FAILURES_MAX;
}

/* Move such a message to the dead letters, or drop it, and throw (channel_dead.c). */
void native_ext_shm_channel_bury(struct native_ext_shm_channel *o,
                                 const struct native_shm_message *message);

/* Close the doorbell and the stream over it (channel_stream.c). */
void native_ext_shm_channel_drop_stream(struct native_ext_shm_channel *o);

/* Add what info() and Native\status() both tell. (status.c) */
void native_ext_shm_channel_info_array(zval *to, const struct native_shm_channel_info *info);

void native_ext_shm_channel_minit(void);

#endif
