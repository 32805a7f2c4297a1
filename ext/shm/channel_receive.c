/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel_receive.c - Native\Shm\Channel: receiving.
 * A message leaves the channel when its bytes lie in a PHP string that was there before: what a memory limit may stop
 * happens earlier. What must be decoded first (arrays, objects) stays in the channel, ours, until it is. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "channel.h"

#include "zend_exceptions.h"

#include "../../shm/format.h"
#include "exceptions.h"
#include "message.h"
#include "segment.h"
#include "value.h"
#include "wait.h"

enum {
    LEAST_EXPECTED = 64,
    BATCH = 64,          /* messages received by one call of the core */
    BATCH_BYTES = 65536, /* that their strings have together, unless there is one only */
    SMALL = 3072,        /* the allocator cuts what is larger without asking for memory ... */
    LARGE = 2 << 20,     /* ... to no less than this, if it was larger than this */
    CLAIMED =
        64
        << 10, /* longer ones are ours before there is memory for them, so that it counts if there is none */
};

/* Messages' bytes, and what the core says of them. */
struct incoming {
    size_t count; /* wanted, then received */
    struct native_shm_place place[BATCH];
};

static zend_string *string_at(const struct native_shm_place *place)
{
    return (zend_string *)((char *)place->buffer - offsetof(struct _zend_string, val));
}

/* Some builds of PHP let an internal function go on beyond memory_limit, and end the request when it returns: nothing may
 * be taken out of the channel by then. */
static zend_always_inline bool is_over_limit(void)
{
    return PG(memory_limit) > 0 && zend_memory_usage(true) > (size_t)PG(memory_limit);
}

/* Received: end the string, and cut it where that asks for no memory (the message is in no other place now). */
static zend_always_inline void end_string(struct native_shm_place *place)
{
    zend_string *bytes = string_at(place);
    size_t len = place->message.len;

    if (UNEXPECTED(place->buffer_len > SMALL && len < place->buffer_len / 2)) {
        size_t least = place->buffer_len > LARGE ? LARGE : SMALL;

        bytes = zend_string_truncate(bytes, MAX(len, least), 0);
        place->buffer = ZSTR_VAL(bytes);
    }
    ZSTR_LEN(bytes) = len;
    ZSTR_VAL(bytes)[len] = '\0';
}

/* Take the next message, which is large, without its bytes; then get memory, which may end the request: then the channel
 * counts a failure and has it again. Returns OK; BUSY: another one was faster, or the like; SYSTEM: the request ends. */
static enum native_shm_status claim(struct native_ext_shm_channel *o,
                                    struct native_shm_segment *core, enum native_shm_ack ack,
                                    struct native_shm_place *place)
{
    struct native_shm_message *message = &place->message;
    enum native_shm_status status = native_shm_channel_receive(core, o->channel, NULL, SIZE_MAX,
                                                               NATIVE_SHM_ACK_CLAIM, 0, message);

    place->buffer = NULL;
    if (status != NATIVE_SHM_OK || native_ext_shm_channel_is_undeliverable(message))
        return status;
    o->decoding++;
    place->buffer = ZSTR_VAL(zend_string_alloc(message->len, 0));
    place->buffer_len = message->len;
    o->decoding--;
    if (UNEXPECTED(is_over_limit())) {
        native_ext_shm_channel_finish(core, o, message->position, native_shm_channel_give_back);
        status = NATIVE_SHM_SYSTEM;
    } else if (native_shm_channel_read(core, o->channel, message->position, place->buffer,
                                       message->len) != NATIVE_SHM_OK) {
        status = NATIVE_SHM_CORRUPT;
    }
    if (status != NATIVE_SHM_OK) {
        zend_string_efree(string_at(place));
        return status;
    }
    end_string(place);
    if (ack != NATIVE_SHM_ACK_ALL && message->format == NATIVE_SHM_FORMAT_STRING) {
        native_ext_shm_channel_finish(core, o, message->position, native_shm_channel_ack);
        message->taken = false;
    }
    return status;
}

/* Nothing was received. Returns whether to try again, with strings that are large enough; else *status says what came of
 * it, after throwing: OK if one that is too large for that is received now. */
static bool is_larger(struct native_ext_shm_channel *o, struct native_shm_segment *core,
                      enum native_shm_ack ack, enum native_shm_status *status,
                      struct native_shm_place *place)
{
    if (*status == NATIVE_SHM_TOO_BIG) {
        if (place->message.len <= place->buffer_len ||
            place->message.len > native_shm_channel_message_max(o->channel)) {
            *status = NATIVE_SHM_CORRUPT;
        } else if (place->message.len <= CLAIMED) {
            o->expected = place->message.len;
            return true;
        } else {
            *status = claim(o, core, ack, place);
            if (*status == NATIVE_SHM_BUSY)
                return true;
        }
    }
    if (*status != NATIVE_SHM_OK && *status != NATIVE_SHM_BUSY &&
        *status != NATIVE_SHM_INTERRUPTED && *status != NATIVE_SHM_SYSTEM)
        native_ext_shm_channel_throw(o, *status);
    return false;
}

/* Try for so long. Returns OK; BUSY, INTERRUPTED: nothing yet; others after throwing. */
static enum native_shm_status receive_one(struct native_ext_shm_channel *o, enum native_shm_ack ack,
                                          uint64_t wait_ms, struct incoming *in)
{
    struct native_shm_place *place = in->place;

    for (;;) {
        size_t room = MAX(o->expected, (size_t)LEAST_EXPECTED);
        struct native_shm_segment *core;
        enum native_shm_status status;

        if (!native_ext_shm_channel_enter(o, &core))
            return NATIVE_SHM_SYSTEM;
        place->buffer = ZSTR_VAL(zend_string_alloc(room, 0));
        place->buffer_len = room;
        if (UNEXPECTED(is_over_limit())) {
            zend_string_efree(string_at(place));
            return NATIVE_SHM_SYSTEM;
        }
        status = native_shm_channel_receive(core, o->channel, place->buffer, room, ack, wait_ms,
                                            &place->message);
        if (EXPECTED(status == NATIVE_SHM_OK)) {
            o->expected = place->message.len;
            end_string(place);
            return status;
        }
        zend_string_efree(string_at(place));
        if (!is_larger(o, core, ack, &status, place))
            return status;
    }
}

/* The same for many. */
static enum native_shm_status receive_batch(struct native_ext_shm_channel *o,
                                            enum native_shm_ack ack, uint64_t wait_ms,
                                            struct incoming *in)
{
    for (;;) {
        size_t room = MAX(o->expected, (size_t)LEAST_EXPECTED), received;
        struct native_shm_segment *core;
        enum native_shm_status status;

        if (!native_ext_shm_channel_enter(o, &core))
            return NATIVE_SHM_SYSTEM;
        in->count = MAX(1, MIN(in->count, BATCH_BYTES / room));
        for (size_t i = 0; i < in->count; i++) {
            in->place[i].buffer = ZSTR_VAL(zend_string_alloc(room, 0));
            in->place[i].buffer_len = room;
        }
        if (UNEXPECTED(is_over_limit())) {
            for (size_t i = 0; i < in->count; i++)
                zend_string_efree(string_at(&in->place[i]));
            return NATIVE_SHM_SYSTEM;
        }
        status = native_shm_channel_receive_many(core, o->channel, in->place, in->count, ack,
                                                 wait_ms, &received);
        for (size_t i = received; i < in->count; i++)
            zend_string_efree(string_at(&in->place[i]));
        if (received) {
            o->expected = in->place[received - 1].message.len;
            in->count = received;
            for (size_t i = 0; i < received; i++)
                end_string(&in->place[i]);
            return status;
        }
        if (!is_larger(o, core, ack, &status, in->place)) {
            in->count = 1;
            return status;
        }
    }
}

/* Nothing is there: let the doorbell ring for the next one. Returns false when one came meanwhile. */
static bool arm(struct native_ext_shm_channel *o)
{
    struct native_shm_segment *core;

    if (o->doorbell < 0 || !native_ext_shm_channel_enter(o, &core))
        return true;
    return native_shm_channel_arm(core, o->channel, o->doorbell);
}

/* Receive until the deadline. Returns OK, BUSY (time over), or (after throwing) another. */
static enum native_shm_status receive(struct native_ext_shm_channel *o, bool ack,
                                      const struct native_ext_shm_deadline *deadline,
                                      struct incoming *in)
{
    enum native_shm_ack how = ack ? NATIVE_SHM_ACK_ALL : NATIVE_SHM_ACK_ENCODED;

    for (;;) {
        uint64_t slice = native_ext_shm_slice_ms(deadline);
        enum native_shm_status status =
            in->count == 1 ? receive_one(o, how, slice, in) : receive_batch(o, how, slice, in);

        if (status != NATIVE_SHM_BUSY && status != NATIVE_SHM_INTERRUPTED)
            return status;
        if (slice == 0) {
            if (arm(o) || EG(exception))
                return EG(exception) ? NATIVE_SHM_SYSTEM : NATIVE_SHM_BUSY;
        } else if (!native_ext_shm_between()) {
            return NATIVE_SHM_SYSTEM;
        }
    }
}

/* Whether the script, or this fiber, is ending: exit(), a fiber that nobody goes on with. */
static bool is_ending(void)
{
    return EG(exception) &&
           (zend_is_unwind_exit(EG(exception)) || zend_is_graceful_exit(EG(exception)));
}

/* What becomes of a message that stayed in the channel until it was decoded. Nobody can read what does not decode: it
 * would come again for ever. But it is for somebody else if `keep`, or if the script ends and nobody has it. */
static void finish_decoding(struct native_ext_shm_channel *o, uint64_t position, bool keep)
{
    struct native_shm_segment *core = native_ext_shm_enter(o->attach);

    o->decoding--;
    if (core)
        native_ext_shm_channel_finish(core, o, position,
                                      (EG(exception) && keep) || is_ending() || is_over_limit()
                                          ? native_shm_channel_give_back
                                          : native_shm_channel_ack);
}

/* From bytes to the value; frees the string, unless it is the value. Returns false after throwing. */
static zend_always_inline bool decode(struct native_shm_place *place, zval *to)
{
    zend_string *bytes = string_at(place);
    bool good;

    if (place->message.format == NATIVE_SHM_FORMAT_STRING) {
        ZVAL_STR(to, bytes);
        return true;
    }
    good = native_ext_shm_decode(place->message.format, ZSTR_VAL(bytes), ZSTR_LEN(bytes), to);
    zend_string_release_ex(bytes, 0);
    return good;
}

/* The value as a Message that holds it. Returns false after throwing. */
static bool hand_out_message(struct native_ext_shm_channel *o, struct native_shm_place *place,
                             bool keep, zval *to)
{
    const struct native_shm_message *message = &place->message;
    bool marked = message->format > NATIVE_SHM_FORMAT_ARRAY || message->len > CLAIMED;
    struct native_shm_segment *core;
    zval value;

    ZVAL_UNDEF(&value);
    o->decoding++;
    /* Code of others, or much memory: if it ends us, that counts. */
    if (marked && (core = native_ext_shm_enter(o->attach)) != NULL)
        native_shm_channel_mark(core, o->channel, message->position, true);
    if (!decode(place, &value)) {
        finish_decoding(o, message->position, keep);
        return false;
    }
    if (native_ext_shm_channel_enter(o, &core)) {
        if (marked)
            native_shm_channel_mark(core, o->channel, message->position, false);
        native_ext_shm_message_make(to, o, core, message, &value);
    } else {
        zval_ptr_dtor(&value);
    }
    o->decoding--;
    return core != NULL;
}

/* Nobody could receive it. With `keep` the next call is to tell. */
static void hand_out_dead(struct native_ext_shm_channel *o, struct native_shm_place *place,
                          bool keep)
{
    struct native_shm_segment *core;

    if (place->buffer)
        zend_string_efree(string_at(place));
    if (!keep)
        native_ext_shm_channel_bury(o, &place->message);
    else if ((core = native_ext_shm_enter(o->attach)) != NULL)
        native_ext_shm_channel_finish(core, o, place->message.position,
                                      native_shm_channel_give_back);
}

/* What the caller gets: the value, or a Message. Returns false after throwing; then the message is gone, or with `keep`
 * given back. */
static zend_always_inline bool hand_out(struct native_ext_shm_channel *o,
                                        struct native_shm_place *place, bool ack, bool keep,
                                        zval *to)
{
    bool good;

    if (UNEXPECTED(native_ext_shm_channel_is_undeliverable(&place->message))) {
        hand_out_dead(o, place, keep);
        return false;
    }
    if (ack)
        return hand_out_message(o, place, keep, to);
    if (!place->message.taken)
        return decode(place, to);
    o->decoding++;
    good = decode(place, to);
    finish_decoding(o, place->message.position, keep);
    return good;
}

ZEND_METHOD(Native_Shm_Channel, receive)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline;
    bool for_ever = true, ack = false;
    enum native_shm_status status;
    struct incoming in;
    double timeout = 0;

    ZEND_PARSE_PARAMETERS_START(0, 2)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    Z_PARAM_BOOL(ack)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_deadline_set(&deadline, timeout, for_ever, 1))
        RETURN_THROWS();
    in.count = 1;
    status = receive(o, ack, &deadline, &in);
    if (status == NATIVE_SHM_OK)
        hand_out(o, in.place, ack, false, return_value);
    else if (status == NATIVE_SHM_BUSY)
        zend_throw_exception_ex(native_ext_shm_timeout_exception_ce, 0,
                                "channel %s: no message within the time given", ZSTR_VAL(o->name));
}

ZEND_METHOD(Native_Shm_Channel, tryReceive)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline now = {0};
    enum native_shm_status status;
    zval *to = NULL, value;
    struct incoming in;
    bool ack = false;

    ZEND_PARSE_PARAMETERS_START(0, 2)
    Z_PARAM_OPTIONAL
    Z_PARAM_ZVAL(to)
    Z_PARAM_BOOL(ack)
    ZEND_PARSE_PARAMETERS_END();
    ZVAL_NULL(&value);
    in.count = 1;
    status = receive(o, ack, &now, &in);
    if (status == NATIVE_SHM_OK && !hand_out(o, in.place, ack, false, &value))
        RETURN_THROWS();
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_BUSY)
        RETURN_THROWS();
    if (to)
        ZEND_TRY_ASSIGN_REF_TMP(to, &value);
    else
        zval_ptr_dtor(&value);
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

/* How many to ask for: not many more than there are. */
static size_t likely(const struct native_ext_shm_channel *o, struct native_shm_segment *core,
                     zend_ulong most)
{
    struct native_shm_channel_info info;

    native_shm_channel_info(core, o->channel, &info);
    return (size_t)MAX(1, MIN(MIN(most, (zend_ulong)BATCH), info.ready));
}

static void give_back(struct native_ext_shm_channel *o, const struct native_shm_place *place,
                      size_t count)
{
    struct native_shm_segment *core = native_ext_shm_enter(o->attach);

    for (size_t i = 0; core && i < count; i++) {
        native_shm_channel_give_back(core, o->channel, place[i].message.position);
    }
}

/* Put them into the list, which has room. What cannot be decoded stops it: as the first one it is gone and the exception
 * thrown; later it is given back, with all behind it, for the next call. Returns false to stop. */
static bool add_all(struct native_ext_shm_channel *o, struct incoming *in, bool ack,
                    zend_array *list)
{
    for (size_t i = 0; i < in->count; i++) {
        zval value;

        if (hand_out(o, &in->place[i], ack, zend_hash_num_elements(list) > 0, &value)) {
            zend_hash_next_index_insert_new(list, &value);
            continue;
        }
        for (size_t j = i + 1; j < in->count; j++)
            zend_string_efree(string_at(&in->place[j]));
        if (ack)
            give_back(o, &in->place[i + 1], in->count - i - 1);
        if (zend_hash_num_elements(list) > 0 && EG(exception) && !is_ending())
            zend_clear_exception();
        return false;
    }
    return true;
}

static void receive_many(struct native_ext_shm_channel *o, zend_ulong most, bool ack,
                         const struct native_ext_shm_deadline *deadline, zend_array *list)
{
    struct native_ext_shm_deadline now = {0};

    while (zend_hash_num_elements(list) < most) {
        uint32_t got = zend_hash_num_elements(list);
        struct native_shm_segment *core;
        enum native_shm_status status;
        struct incoming in;

        if (!native_ext_shm_channel_enter(o, &core))
            return;
        in.count = likely(o, core, most - got);
        zend_hash_extend(list, got + (uint32_t)in.count, true);
        status = receive(o, ack, got ? &now : deadline, &in);
        /* Closed after the first ones: they are given, the next call tells. */
        if (status == NATIVE_SHM_CLOSED && got)
            zend_clear_exception();
        if (status != NATIVE_SHM_OK || !add_all(o, &in, ack, list))
            return;
    }
}

ZEND_METHOD(Native_Shm_Channel, receiveMany)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline;
    bool for_ever = true, ack = false;
    double timeout = 0;
    zend_long most;

    ZEND_PARSE_PARAMETERS_START(1, 3)
    Z_PARAM_LONG(most)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    Z_PARAM_BOOL(ack)
    ZEND_PARSE_PARAMETERS_END();
    if (most < 1) {
        zend_argument_value_error(1, "must be greater than 0");
        RETURN_THROWS();
    }
    if (!native_ext_shm_deadline_set(&deadline, timeout, for_ever, 2))
        RETURN_THROWS();
    array_init(return_value);
    zend_hash_real_init_packed(Z_ARRVAL_P(return_value));
    receive_many(o, (zend_ulong)most, ack, &deadline, Z_ARRVAL_P(return_value));
}
