/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* channel_ring.h - inside channel*.c: the bytes of a channel in the segment, and the arithmetic of its positions.
 *
 * A position is a lap (36 bits) and an offset in units of 16 bytes (28 bits): it grows like a number, no division is
 * needed to find its place, and differences stay right when the lap wraps.
 * Lines are apart by who writes them: a receiver that spins for `tail` takes no line from a sender's lock.
 * Lock order: senders', then receivers'. */
#ifndef NATIVE_SHM_CHANNEL_RING_H
#define NATIVE_SHM_CHANNEL_RING_H

#include "channel.h"
#include "waiters.h"

#include <string.h>

#define NATIVE_SHM_RING_LAP (UINT64_C(1) << 28)
#define NATIVE_SHM_RING_OFFSET(position) ((uint32_t)((position) & (NATIVE_SHM_RING_LAP - 1)))

struct native_shm_ring {
    uint64_t capacity; /* bytes; what is here is read once, at open */
    uint32_t messages;
    uint32_t policy;
    _Atomic uint32_t closed;
    /* senders' */
    _Alignas(NATIVE_SHM_LINE) struct native_shm_lock senders;
    _Atomic uint32_t armed; /* somebody may poll the doorbell: ring it before publishing */
    uint64_t seen_head;     /* a head that once was: room for sure */
    uint64_t number;        /* of the next message: only its difference to an older one's counts */
    _Atomic uint64_t sent;
    uint64_t
        planned_tail; /* what a send in progress will leave: its heir looks whether tail is it */
    uint64_t planned_sent;
    /* what receivers look at */
    _Alignas(NATIVE_SHM_LINE) _Atomic uint64_t tail;
    struct native_shm_waiters arrivals;
    /* receivers' */
    _Alignas(NATIVE_SHM_LINE) struct native_shm_lock receivers;
    _Atomic uint32_t taken;    /* messages; derived */
    _Atomic uint32_t returned; /* messages between head and next that are ready again */
    _Atomic uint64_t next;
    _Atomic uint64_t
        seen_tail; /* a tail that once was: up to there is no need to look at the senders' line */
    uint64_t returned_at;    /* no message before this position is ready again */
    _Atomic uint64_t passed; /* messages that `next` has moved over */
    uint64_t planned_next;
    uint64_t planned_passed;
    uint64_t planned_dropped;
    _Atomic uint64_t dropped_new; /* of those passed, dropped by senders */
    /* what senders look at */
    _Alignas(NATIVE_SHM_LINE) _Atomic uint64_t head;
    struct native_shm_waiters room;
    _Atomic uint32_t room_wanted;   /* units: wake when so much is free */
    _Atomic uint64_t dropped_again; /* dropped by senders after they had been given back */
    _Alignas(NATIVE_SHM_LINE) unsigned char bytes[];
};

/* What stands before each message. `state`: holder's id (32), check (14), format (8), how often it came back (5), how
 * often its receiving failed (2), kind (3). From next on the kind means nothing: there a message is ready whatever a
 * receiver that was killed has written. */
struct native_shm_ring_message {
    uint32_t len;
    uint32_t number;
    _Atomic uint64_t state;
};
enum native_shm_ring_kind {
    NATIVE_SHM_RING_FRESH = 1, /* before next: received without ack */
    NATIVE_SHM_RING_TAKEN,
    NATIVE_SHM_RING_RETURNED, /* ready again */
    NATIVE_SHM_RING_DONE,
    NATIVE_SHM_RING_TAKING, /* as TAKEN, but whoever asked for it does not have it yet */
};
#define NATIVE_SHM_RING_KIND(state) ((uint32_t)(state)&7u)
#define NATIVE_SHM_RING_FAILURES(state) ((uint32_t)(state) >> 3 & NATIVE_SHM_CHANNEL_FAILURES_MAX)
#define NATIVE_SHM_RING_RETURNS(state) ((uint32_t)(state) >> 5 & NATIVE_SHM_CHANNEL_RETURNS_MAX)
#define NATIVE_SHM_RING_FORMAT(state) ((uint32_t)(state) >> 10 & 0xffu)
#define NATIVE_SHM_RING_CHECK(state) ((uint32_t)(state) >> 18)
#define NATIVE_SHM_RING_HOLDER(state) ((uint32_t)((state) >> 32))
#define NATIVE_SHM_RING_UNITS(len) (1 + (uint32_t)(((uint64_t)(len) + 15) / 16))

struct native_shm_channel {
    struct native_shm_object *object;
    struct native_shm_ring *ring;
    unsigned char *bytes;
    uint32_t units; /* of the ring, as checked against its block */
    uint32_t messages;
    enum native_shm_policy policy;
    uint32_t spin_us; /* now; 0: there is one CPU only */
    uint32_t spun_for_nothing;
    uint32_t lull;       /* pauses before a look at `tail` when all that was known of is received */
    uint32_t looks;      /* that found one message only */
    uint32_t name;       /* names the doorbell: the object's place in the segment */
    uint32_t calls;      /* since the holders were last looked at */
    uint64_t revived_us; /* when that was */
    uint64_t looked_us;  /* when a send last looked whether a full ring makes sense */
};

/* ---- positions ------------------------------------------------------------------------------------- */

static inline uint64_t native_shm_ring_after(const struct native_shm_channel *channel,
                                             uint64_t position, uint32_t units)
{
    uint64_t offset = (uint64_t)NATIVE_SHM_RING_OFFSET(position) + units;
    return offset < channel->units ? position + units
                                   : position + units - channel->units + NATIVE_SHM_RING_LAP;
}

#define NATIVE_SHM_RING_BAD UINT32_MAX

/* Units from one position to a later one; BAD when no ring has such positions. */
static inline uint32_t native_shm_ring_distance(const struct native_shm_channel *channel,
                                                uint64_t from, uint64_t to)
{
    uint32_t start = NATIVE_SHM_RING_OFFSET(from), end = NATIVE_SHM_RING_OFFSET(to);
    uint64_t laps = (to - end - (from - start)) / NATIVE_SHM_RING_LAP;
    if (start >= channel->units || end >= channel->units) {
        return NATIVE_SHM_RING_BAD;
    }
    if (laps == 0) {
        return end >= start ? end - start : NATIVE_SHM_RING_BAD;
    }
    return laps == 1 && end <= start ? end + channel->units - start : NATIVE_SHM_RING_BAD;
}

static inline struct native_shm_ring_message *
native_shm_ring_at(const struct native_shm_channel *channel, uint64_t position)
{
    return (struct native_shm_ring_message *)(void *)(channel->bytes +
                                                      (uint64_t)NATIVE_SHM_RING_OFFSET(position) *
                                                          NATIVE_SHM_UNIT);
}

/* Spinning: let the other half of the core run, and do not ask for a line too often. */
static inline void native_shm_ring_relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* ---- messages -------------------------------------------------------------------------------------- */

static inline uint64_t native_shm_ring_state(uint32_t holder, uint64_t check, uint32_t format,
                                             uint32_t kind)
{
    return (uint64_t)holder << 32 | check << 18 | (uint64_t)format << 10 | kind;
}

/* Whether somebody has it. */
static inline bool native_shm_ring_is_taken(uint64_t state)
{
    return NATIVE_SHM_RING_KIND(state) == NATIVE_SHM_RING_TAKEN ||
           NATIVE_SHM_RING_KIND(state) == NATIVE_SHM_RING_TAKING;
}

/* 14 bits over all of a header that does not change: a flipped bit, or bytes that are no header, is found nearly always;
 * what is not found is still inside the ring. */
static inline uint64_t native_shm_ring_check(uint64_t position, uint32_t len, uint32_t number,
                                             uint32_t format)
{
    uint64_t mix = (position ^ (uint64_t)number << 32) * UINT64_C(0x9e3779b97f4a7c15);
    mix = (mix ^ mix >> 29 ^ len ^ (uint64_t)format << 40) * UINT64_C(0xbf58476d1ce4e5b9);
    return mix >> 50;
}

/* A message as it was found, its header copied: another process may write there if it is broken. */
struct native_shm_ring_found {
    struct native_shm_ring_message *message;
    uint64_t state;
    uint32_t len;
    uint32_t units;
};

/* Look at the message at a position with `left` units behind it. False: that is none. */
static inline bool native_shm_ring_look(const struct native_shm_channel *channel, uint64_t position,
                                        uint32_t left, struct native_shm_ring_found *found)
{
    struct native_shm_ring_message *message;
    if (left == NATIVE_SHM_RING_BAD || left == 0) {
        return false;
    }
    message = native_shm_ring_at(channel, position);
    found->message = message;
    found->state = atomic_load_explicit(&message->state, memory_order_relaxed);
    found->len = message->len;
    if (found->len > (uint64_t)(left - 1) * NATIVE_SHM_UNIT) {
        return false;
    }
    found->units = NATIVE_SHM_RING_UNITS(found->len);
    return NATIVE_SHM_RING_KIND(found->state) - NATIVE_SHM_RING_FRESH <=
               NATIVE_SHM_RING_TAKING - NATIVE_SHM_RING_FRESH &&
           NATIVE_SHM_RING_CHECK(found->state) ==
               native_shm_ring_check(position, found->len, message->number,
                                     NATIVE_SHM_RING_FORMAT(found->state));
}

static inline void native_shm_ring_set(struct native_shm_ring_found *found, uint32_t holder,
                                       uint32_t kind)
{
    found->state = (found->state & UINT64_C(0xfffffff8)) | (uint64_t)holder << 32 | kind;
    atomic_store_explicit(&found->message->state, found->state, memory_order_release);
}

/* It was taken, and is ready again: one store says so and counts it. */
static inline void native_shm_ring_return(struct native_shm_ring_found *found)
{
    uint64_t state = found->state;
    if (NATIVE_SHM_RING_RETURNS(state) < NATIVE_SHM_CHANNEL_RETURNS_MAX) {
        state += 1u << 5;
    }
    if (NATIVE_SHM_RING_KIND(state) == NATIVE_SHM_RING_TAKING &&
        NATIVE_SHM_RING_FAILURES(state) < NATIVE_SHM_CHANNEL_FAILURES_MAX) {
        state += 1u << 3;
    }
    found->state = state;
    native_shm_ring_set(found, 0, NATIVE_SHM_RING_RETURNED);
}

/* Where the byte `at` of a message lies. */
static inline uint64_t native_shm_ring_byte(const struct native_shm_channel *channel,
                                            uint64_t position, uint64_t at)
{
    uint64_t capacity = (uint64_t)channel->units * NATIVE_SHM_UNIT;
    uint64_t start = (uint64_t)NATIVE_SHM_RING_OFFSET(position) * NATIVE_SHM_UNIT +
                     sizeof(struct native_shm_ring_message) + at;
    return start < capacity ? start : start - capacity;
}

/* Copy into the ring behind a header, `at` bytes into the message. */
static inline void native_shm_ring_put(const struct native_shm_channel *channel, uint64_t position,
                                       uint64_t at, const void *from, size_t len)
{
    uint64_t start = native_shm_ring_byte(channel, position, at),
             room = (uint64_t)channel->units * NATIVE_SHM_UNIT - start;
    if (len <= room) {
        memcpy(channel->bytes + start, from, len);
        return;
    }
    memcpy(channel->bytes + start, from, room);
    memcpy(channel->bytes, (const unsigned char *)from + room, len - room);
}

/* Copy a message's bytes out of the ring. */
static inline void native_shm_ring_get(const struct native_shm_channel *channel, uint64_t position,
                                       void *to, size_t len)
{
    uint64_t start = native_shm_ring_byte(channel, position, 0),
             room = (uint64_t)channel->units * NATIVE_SHM_UNIT - start;
    if (len <= room) {
        memcpy(to, channel->bytes + start, len);
        return;
    }
    memcpy(to, channel->bytes + start, room);
    memcpy((unsigned char *)to + room, channel->bytes, len - room);
}

/* ---- locks, repair (channel_ring.c) ---------------------------------------------------------------- */

static inline bool native_shm_channel_over(const struct native_shm_channel *channel)
{
    return atomic_load_explicit(&channel->ring->closed, memory_order_seq_cst) ||
           !native_shm_object_usable(channel->object);
}

/* Whether a receiver would get something. Takes no lock; seq_cst, for waiting. */
static inline bool native_shm_channel_ready(const struct native_shm_channel *channel)
{
    const struct native_shm_ring *ring = channel->ring;
    return atomic_load_explicit(&ring->tail, memory_order_seq_cst) !=
               atomic_load_explicit(&ring->next, memory_order_seq_cst) ||
           atomic_load_explicit(&ring->returned, memory_order_seq_cst) != 0;
}

/* What a dead owner left undone. */
void native_shm_ring_finish_send(struct native_shm_channel *channel);
bool native_shm_ring_finish_receive(struct native_shm_channel *channel);

/* Take a lock that is free; false: it is not, or was not when we looked. */
static inline bool native_shm_lock_try(const struct native_shm_segment *segment,
                                       struct native_shm_lock *lock)
{
    uint32_t none = 0;
    return atomic_compare_exchange_strong_explicit(&lock->word, &none, segment->id,
                                                   memory_order_acquire, memory_order_relaxed);
}

/* Take a lock; a dead owner's work is put right first. Returns OK, BUSY; CORRUPT (receivers' only): taken, but the ring
 * makes no sense: leave, then native_shm_ring_reset(). */
static inline enum native_shm_status
native_shm_ring_enter_senders(struct native_shm_segment *segment,
                              struct native_shm_channel *channel)
{
    enum native_shm_status status =
        native_shm_lock_take(segment, &channel->ring->senders, NATIVE_SHM_LOCK_WAIT_MS);
    if (status == NATIVE_SHM_ABANDONED) {
        native_shm_ring_finish_send(channel);
        status = NATIVE_SHM_OK;
    }
    return status;
}

static inline enum native_shm_status
native_shm_ring_enter_receivers(struct native_shm_segment *segment,
                                struct native_shm_channel *channel)
{
    enum native_shm_status status =
        native_shm_lock_take(segment, &channel->ring->receivers, NATIVE_SHM_LOCK_WAIT_MS);
    if (status == NATIVE_SHM_ABANDONED) {
        status = native_shm_ring_finish_receive(channel) ? NATIVE_SHM_OK : NATIVE_SHM_CORRUPT;
    }
    return status;
}

/* Give a lock back; what was stored before is seen by whoever announces itself after our next look at its word
 * (waiters.h). An x86 exchange orders all around it; elsewhere a fence has to. */
static inline void native_shm_ring_give(struct native_shm_lock *lock)
{
    native_shm_lock_give(lock);
#if !defined(__x86_64__) && !defined(__i386__)
    atomic_thread_fence(memory_order_seq_cst);
#endif
}

/* The same, but without a look at the senders' line while it is not needed: true may be wrong, false is not. */
static inline bool native_shm_channel_maybe_ready(const struct native_shm_channel *channel)
{
    const struct native_shm_ring *ring = channel->ring;
    return atomic_load_explicit(&ring->seen_tail, memory_order_relaxed) !=
               atomic_load_explicit(&ring->next, memory_order_relaxed) ||
           native_shm_channel_ready(channel);
}

/* Whether there is a message that somebody may have taken. Asks the positions: the count may be torn. */
static inline bool native_shm_ring_any_taken(const struct native_shm_channel *channel)
{
    const struct native_shm_ring *ring = channel->ring;
    return atomic_load_explicit(&ring->head, memory_order_acquire) !=
           atomic_load_explicit(&ring->next, memory_order_acquire);
}

/* The message at a position that somebody names, if it is between head and next. The receivers' lock is held. */
bool native_shm_ring_named(const struct native_shm_channel *channel, uint64_t position,
                           struct native_shm_ring_found *found);

/* Move head over what is done. The receivers' lock is held. False: the ring is damaged. */
bool native_shm_ring_advance(struct native_shm_channel *channel);

/* Count what is between head and next anew. The receivers' lock is held. False: the ring is damaged. */
bool native_shm_ring_recount(struct native_shm_channel *channel);

/* Wake senders that wait for room, if there is enough. No lock is needed. */
void native_shm_ring_room(struct native_shm_channel *channel);

/* The ring makes no sense: drop what is in it. Neither lock is held. Returns CORRUPT; BUSY; OK when it does make sense
 * (somebody else was faster). */
enum native_shm_status native_shm_ring_reset(struct native_shm_segment *segment,
                                             struct native_shm_channel *channel);

/* The receivers' lock was left with this status: a damaged ring is cleared, which says NOT_FOUND or CORRUPT. */
enum native_shm_status native_shm_ring_left(struct native_shm_segment *segment,
                                            struct native_shm_channel *channel,
                                            enum native_shm_status status);

/* How many messages others have taken. Neither lock is held. Returns OK, BUSY, CORRUPT. */
enum native_shm_status native_shm_ring_others(struct native_shm_segment *segment,
                                              struct native_shm_channel *channel, uint32_t *others);

/* Spin until `spin_until`, then sleep until `until` says so, at most slice_us and until the deadline. Returns OK (look),
 * BUSY (time over), INTERRUPTED. */
typedef bool native_shm_ring_until(const struct native_shm_channel *channel, uint64_t what);
enum native_shm_status native_shm_ring_wait(struct native_shm_channel *channel,
                                            struct native_shm_waiters *waiters,
                                            native_shm_ring_until *spin_until,
                                            native_shm_ring_until *until, uint64_t what,
                                            uint64_t slice_us, uint64_t deadline_us);

/* ---- the doorbell (channel_doorbell.c) -------------------------------------------------------------- */

/* Make it readable for all who poll; the senders' lock is held. `fd` is what native_shm_bell_open() gave. */
void native_shm_bell_ring(struct native_shm_segment *segment, struct native_shm_channel *channel,
                          int fd);
/* For ringing: BELL_NONE when there is none (then nobody polls). Closed with native_shm_bell_close(). */
enum { NATIVE_SHM_BELL_UNKNOWN = -1, NATIVE_SHM_BELL_NONE = -2 };
int native_shm_bell_open(struct native_shm_segment *segment,
                         const struct native_shm_channel *channel);
void native_shm_bell_close(struct native_shm_segment *segment, int fd);

#endif
