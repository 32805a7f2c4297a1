/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel_receive.c - Native\Shm\Channel: receiving; Native\Shm\Message.
 * A message leaves the channel when its bytes lie in a PHP string that was there before: what a memory limit may
 * stop happens earlier. */
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

enum { LEAST_EXPECTED = 64 };

/* A message's bytes, and what the core says of it. */
struct incoming {
    zend_string *bytes;
    struct native_shm_message message;
};

/* Try for so long. Returns OK; BUSY, INTERRUPTED: nothing yet; others after throwing. */
static enum native_shm_status receive_once(struct native_ext_shm_channel *o, bool ack,
                                           uint64_t wait_ms, struct incoming *in)
{
    for (;;) {
        size_t room = MAX(o->expected, (size_t)LEAST_EXPECTED);
        struct native_shm_segment *core;
        enum native_shm_status status;
        zend_string *bytes;

        if (!native_ext_shm_channel_enter(o, &core))
            return NATIVE_SHM_SYSTEM;
        bytes = zend_string_alloc(room, 0);
        status = native_shm_channel_receive(core, o->channel, ZSTR_VAL(bytes), room, ack, wait_ms,
                                            &in->message);
        if (status == NATIVE_SHM_OK) {
            o->expected = in->message.len;
            in->bytes = in->message.len < room / 2 ? zend_string_truncate(bytes, in->message.len, 0)
                                                   : bytes;
            ZSTR_LEN(in->bytes) = in->message.len;
            ZSTR_VAL(in->bytes)[in->message.len] = '\0';
            return status;
        }
        zend_string_efree(bytes);
        if (status == NATIVE_SHM_TOO_BIG && in->message.len > room &&
            in->message.len <= native_shm_channel_message_max(o->channel)) {
            o->expected = in->message.len;
            continue;
        }
        if (status != NATIVE_SHM_BUSY && status != NATIVE_SHM_INTERRUPTED)
            native_ext_shm_channel_throw(o, status == NATIVE_SHM_TOO_BIG ? NATIVE_SHM_CORRUPT
                                                                         : status);
        return status;
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
    for (;;) {
        uint64_t slice = native_ext_shm_slice_ms(deadline);
        enum native_shm_status status = receive_once(o, ack, slice, in);

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

/* From bytes to the value; takes over in->bytes. Returns false after throwing. */
static bool decode(struct incoming *in, zval *to)
{
    bool good = true;

    if (in->message.format == NATIVE_SHM_FORMAT_STRING) {
        ZVAL_STR(to, in->bytes);
        return true;
    }
    good = native_ext_shm_decode(in->message.format, ZSTR_VAL(in->bytes), ZSTR_LEN(in->bytes), to);
    zend_string_release_ex(in->bytes, 0);
    return good;
}

/* What the caller gets: the value, or a Message that holds it. Returns false after throwing. */
static bool hand_out(struct native_ext_shm_channel *o, struct incoming *in, bool ack, zval *to)
{
    struct native_shm_segment *core;
    zval value;

    if (!ack)
        return decode(in, to);
    ZVAL_UNDEF(&value);
    if (!decode(in, &value)) {
        /* Nobody can read it: it would come again for ever. */
        if (native_ext_shm_enter(o->attach))
            native_shm_channel_ack(o->attach->core, o->channel, in->message.position);
        return false;
    }
    if (native_ext_shm_channel_enter(o, &core)) {
        native_ext_shm_message_make(to, o, core, in->message.position, in->message.redelivered,
                                    &value);
        return true;
    }
    zval_ptr_dtor(&value);
    return false;
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
    status = receive(o, ack, &deadline, &in);
    if (status == NATIVE_SHM_OK)
        hand_out(o, &in, ack, return_value);
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
    status = receive(o, ack, &now, &in);
    if (status == NATIVE_SHM_OK && !hand_out(o, &in, ack, &value))
        RETURN_THROWS();
    if (status != NATIVE_SHM_OK && status != NATIVE_SHM_BUSY)
        RETURN_THROWS();
    if (to)
        ZEND_TRY_ASSIGN_REF_TMP(to, &value);
    else
        zval_ptr_dtor(&value);
    RETURN_BOOL(status == NATIVE_SHM_OK);
}

ZEND_METHOD(Native_Shm_Channel, receiveMany)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline, now = {0};
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
    for (zend_long i = 0; i < most; i++) {
        enum native_shm_status status;
        struct incoming in;
        zval value;

        status = receive(o, ack, i ? &now : &deadline, &in);
        /* Closed after the first ones: they are given, the next call tells. */
        if (status == NATIVE_SHM_CLOSED && i)
            zend_clear_exception();
        if (status != NATIVE_SHM_OK || !hand_out(o, &in, ack, &value))
            break;
        add_next_index_zval(return_value, &value);
    }
}
