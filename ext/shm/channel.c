/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/shm/channel.c - Native\Shm\Channel: opening and sending. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "channel.h"

#include "zend_enum.h"
#include "zend_exceptions.h"
#include "zend_interfaces.h"

#include "exceptions.h"
#include "message.h"
#include "segment.h"
#include "value.h"
#include "wait.h"

#include "channel_arginfo.h"

enum { CAPACITY = 1 << 20 };

zend_class_entry *native_ext_shm_channel_ce;
static zend_class_entry *policy_ce;
static zend_object_handlers handlers;

/* ---- the object ------------------------------------------------------------------------------------- */

static zend_object *create(zend_class_entry *ce)
{
    struct native_ext_shm_channel *o = zend_object_alloc(sizeof(*o), ce);

    memset(o, 0, offsetof(struct native_ext_shm_channel, std));
    o->doorbell = -1;
    zend_object_std_init(&o->std, ce);
    o->std.handlers = &handlers;
    return &o->std;
}

static void free_object(zend_object *object)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(object);

    native_ext_shm_channel_drop_stream(o);
    zval_ptr_dtor(&o->dead_letters);
    /* A fatal error ended the request while a message was decoded. */
    if (o->decoding && native_ext_shm_enter(o->attach))
        native_shm_channel_give_back_all(o->attach->core, o->channel);
    native_shm_channel_free(o->channel);
    if (o->attach)
        native_ext_shm_attach_leave(o->attach);
    if (o->name)
        zend_string_release(o->name);
    zend_object_std_dtor(object);
}

static HashTable *get_gc(zend_object *object, zval **table, int *count)
{
    *table = &native_ext_shm_channel_of(object)->dead_letters;
    *count = 1;
    return NULL;
}

struct native_shm_segment *native_ext_shm_channel_core(const struct native_ext_shm_channel *o)
{
    if (o->channel)
        return native_ext_shm_enter_or_throw(o->attach);
    zend_throw_error(NULL, "The Channel is not constructed");
    return NULL;
}

void native_ext_shm_channel_throw(const struct native_ext_shm_channel *o,
                                  enum native_shm_status status)
{
    native_ext_shm_throw_status("channel", o->name, status);
}

/* Whether send() waits for room. */
static bool blocks(const struct native_ext_shm_channel *o)
{
    return native_shm_channel_policy(o->channel) == NATIVE_SHM_BLOCK;
}

static enum native_shm_policy policy_of(zend_object *object)
{
    const zend_string *name = object ? Z_STR_P(zend_enum_fetch_case_name(object)) : NULL;

    if (name && zend_string_equals_literal(name, "Fail"))
        return NATIVE_SHM_FAIL;
    if (name && zend_string_equals_literal(name, "DropOldest"))
        return NATIVE_SHM_DROP_OLDEST;
    return NATIVE_SHM_BLOCK;
}

static enum native_shm_status open_channel(struct native_shm_segment *core,
                                           struct native_shm_channel_open *open,
                                           struct native_shm_channel **channel)
{
    enum native_shm_status status;

    if (open->capacity == 0) {
        open->must_exist = true;
        status = native_shm_channel_open(core, open, channel);
        if (status != NATIVE_SHM_NOT_FOUND)
            return status;
        open->capacity = CAPACITY;
        open->must_exist = false;
    }
    return native_shm_channel_open(core, open, channel);
}

/* The numbers as the core has them; false after throwing. */
static bool check_sizes(zend_long capacity, zend_long messages)
{
    if (capacity < 0 || capacity > (zend_long)(INT64_C(64) << 30)) {
        zend_argument_value_error(2, "must be between 0 and 64 GiB");
        return false;
    }
    if (messages < 0 || messages > (zend_long)INT32_MAX) {
        zend_argument_value_error(4, "must be between 0 and 2147483647");
        return false;
    }
    return true;
}

ZEND_METHOD(Native_Shm_Channel, __construct)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_channel_open open = {0};
    zend_object *policy = NULL, *segment = NULL;
    zend_long capacity = 0, messages = 0;
    struct native_ext_shm_attach *attach;
    struct native_shm_segment *core;
    enum native_shm_status status;
    zend_string *name;

    ZEND_PARSE_PARAMETERS_START(1, 5)
    Z_PARAM_STR(name)
    Z_PARAM_OPTIONAL
    Z_PARAM_LONG(capacity)
    Z_PARAM_OBJ_OF_CLASS(policy, policy_ce)
    Z_PARAM_LONG(messages)
    Z_PARAM_OBJ_OF_CLASS_OR_NULL(segment, native_ext_shm_segment_ce)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_is_name(name, 1) || !check_sizes(capacity, messages))
        RETURN_THROWS();
    if (o->channel) {
        zend_throw_error(NULL, "Cannot construct a Channel again");
        RETURN_THROWS();
    }
    attach = native_ext_shm_segment_arg(segment);
    if (!attach || !(core = native_ext_shm_enter_or_throw(attach)))
        RETURN_THROWS();
    open.name = ZSTR_VAL(name);
    open.name_len = ZSTR_LEN(name);
    open.capacity = (uint64_t)capacity;
    open.messages = (uint32_t)messages;
    open.policy = policy_of(policy);
    status = open_channel(core, &open, &o->channel);
    if (status != NATIVE_SHM_OK) {
        o->channel = NULL;
        native_ext_shm_throw_status("channel", name,
                                    status == NATIVE_SHM_INVALID ? NATIVE_SHM_TOO_BIG : status);
        RETURN_THROWS();
    }
    o->name = zend_string_copy(name);
    o->attach = native_ext_shm_attach_use(attach);
}

/* ---- sending ---------------------------------------------------------------------------------------- */

/* Messages of one format, as the core takes them. */
struct batch {
    const struct native_shm_part *parts;
    size_t count;
    uint32_t format;
    size_t sent;
};

static enum native_shm_status send_some(struct native_ext_shm_channel *o, struct batch *batch,
                                        uint64_t wait_ms)
{
    struct native_shm_segment *core;
    enum native_shm_status status;
    size_t sent = 0;

    if (!native_ext_shm_channel_enter(o, &core))
        return NATIVE_SHM_SYSTEM;
    if (batch->count - batch->sent == 1) {
        status = native_shm_channel_send(core, o->channel, batch->parts + batch->sent, 1,
                                         batch->format, wait_ms);
        sent = status == NATIVE_SHM_OK;
    } else {
        status =
            native_shm_channel_send_many(core, o->channel, batch->parts + batch->sent,
                                         batch->count - batch->sent, batch->format, wait_ms, &sent);
    }
    batch->sent += sent;
    return status;
}

/* Send until all are sent, or the time is over. Returns OK, FULL, or (after throwing) another. */
static enum native_shm_status send_all(struct native_ext_shm_channel *o, struct batch *batch,
                                       const struct native_ext_shm_deadline *deadline)
{
    for (;;) {
        uint64_t slice = native_ext_shm_slice_ms(deadline);
        enum native_shm_status status = send_some(o, batch, slice);

        if (status == NATIVE_SHM_OK || EG(exception))
            return status;
        if (status == NATIVE_SHM_FULL && !blocks(o))
            return status;
        if (status != NATIVE_SHM_FULL && status != NATIVE_SHM_BUSY &&
            status != NATIVE_SHM_INTERRUPTED) {
            native_ext_shm_channel_throw(o, status);
            return status;
        }
        if (slice == 0)
            return NATIVE_SHM_FULL;
        if (!native_ext_shm_between())
            return NATIVE_SHM_SYSTEM;
    }
}

static enum native_shm_status send_encoded(struct native_ext_shm_channel *o,
                                           struct native_shm_part *part, uint32_t format,
                                           const struct native_ext_shm_deadline *deadline)
{
    struct batch batch = {part, 1, format, 0};

    return send_all(o, &batch, deadline);
}

/* Encode and send one message that is no string. Returns OK, FULL, or (after throwing) another. */
static enum native_shm_status encode_and_send(struct native_ext_shm_channel *o, zval *value,
                                              const struct native_ext_shm_deadline *deadline)
{
    size_t most = (size_t)native_shm_channel_message_max(o->channel);
    enum native_shm_status status = NATIVE_SHM_SYSTEM;
    struct native_ext_shm_encoded encoded;

    if (native_ext_shm_encode(&encoded, value, most, NATIVE_EXT_SHM_SERIALIZER_AUTO)) {
        struct native_shm_part part = {encoded.bytes, encoded.len};

        if (encoded.len > most)
            native_ext_shm_channel_throw(o, NATIVE_SHM_TOO_BIG);
        else
            status = send_encoded(o, &part, encoded.format, deadline);
    }
    native_ext_shm_encoded_free(&encoded);
    return status;
}

/* Send one message. Returns OK, FULL, or (after throwing) another. */
static zend_always_inline enum native_shm_status
send_value(struct native_ext_shm_channel *o, zval *value,
           const struct native_ext_shm_deadline *deadline)
{
    struct native_shm_segment *core;
    struct native_shm_part part;

    if (!native_ext_shm_channel_enter(o, &core))
        return NATIVE_SHM_SYSTEM;
    if (Z_TYPE_P(value) != IS_STRING)
        return encode_and_send(o, value, deadline);
    part.bytes = Z_STRVAL_P(value);
    part.len = Z_STRLEN_P(value);
    if (EXPECTED(native_shm_channel_send(core, o->channel, &part, 1, NATIVE_SHM_FORMAT_STRING, 0) ==
                 NATIVE_SHM_OK))
        return NATIVE_SHM_OK;
    return send_encoded(o, &part, NATIVE_SHM_FORMAT_STRING, deadline);
}

/* No room: by policy, or the time is over. */
static void throw_full(const struct native_ext_shm_channel *o)
{
    if (blocks(o))
        zend_throw_exception_ex(native_ext_shm_timeout_exception_ce, 0,
                                "channel %s: there was no room within the time given",
                                ZSTR_VAL(o->name));
    else
        zend_throw_exception_ex(native_ext_shm_full_exception_ce, 0, "channel %s: it is full",
                                ZSTR_VAL(o->name));
}

ZEND_METHOD(Native_Shm_Channel, send)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline;
    bool for_ever = true;
    double timeout = 0;
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ZVAL(value)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_deadline_set(&deadline, timeout, for_ever, 2))
        RETURN_THROWS();
    if (send_value(o, value, &deadline) == NATIVE_SHM_FULL)
        throw_full(o);
}

ZEND_METHOD(Native_Shm_Channel, trySend)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline now = {0};
    zval *value;

    ZEND_PARSE_PARAMETERS_START(1, 1)
    Z_PARAM_ZVAL(value)
    ZEND_PARSE_PARAMETERS_END();
    RETVAL_BOOL(send_value(o, value, &now) == NATIVE_SHM_OK);
}

/* ---- many ------------------------------------------------------------------------------------------- */

/* All messages as bytes, before the first is sent. */
struct outgoing {
    struct native_ext_shm_encoded *encoded;
    struct native_shm_part *parts;
    uint32_t begun; /* encoded so far, the last one perhaps in vain */
};

static bool encode_all(struct native_ext_shm_channel *o, struct outgoing *out, zend_array *messages)
{
    size_t most = (size_t)native_shm_channel_message_max(o->channel);
    zval *value;

    ZEND_HASH_FOREACH_VAL(messages, value)
    {
        struct native_ext_shm_encoded *encoded = &out->encoded[out->begun];

        if (!native_ext_shm_encode(&out->encoded[out->begun++], value, most,
                                   NATIVE_EXT_SHM_SERIALIZER_AUTO))
            return false;
        if (encoded->len > most) {
            native_ext_shm_channel_throw(o, NATIVE_SHM_TOO_BIG);
            return false;
        }
        out->parts[out->begun - 1].bytes = encoded->bytes;
        out->parts[out->begun - 1].len = encoded->len;
    }
    ZEND_HASH_FOREACH_END();
    return true;
}

/* Send run after run of equal formats; returns how many messages were sent. */
static uint32_t send_runs(struct native_ext_shm_channel *o, const struct outgoing *out,
                          const struct native_ext_shm_deadline *deadline)
{
    uint32_t first = 0;

    while (first < out->begun) {
        struct batch batch = {&out->parts[first], 1, out->encoded[first].format, 0};
        enum native_shm_status status;

        while (first + batch.count < out->begun &&
               out->encoded[first + batch.count].format == batch.format)
            batch.count++;
        status = send_all(o, &batch, deadline);
        first += (uint32_t)batch.sent;
        if (status != NATIVE_SHM_OK)
            break;
    }
    return first;
}

ZEND_METHOD(Native_Shm_Channel, sendMany)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_ext_shm_deadline deadline;
    struct native_shm_segment *core;
    struct outgoing out = {0};
    zend_array *messages;
    bool for_ever = true;
    double timeout = 0;
    uint32_t count;

    ZEND_PARSE_PARAMETERS_START(1, 2)
    Z_PARAM_ARRAY_HT(messages)
    Z_PARAM_OPTIONAL
    Z_PARAM_DOUBLE_OR_NULL(timeout, for_ever)
    ZEND_PARSE_PARAMETERS_END();
    if (!native_ext_shm_deadline_set(&deadline, timeout, for_ever, 2) ||
        !native_ext_shm_channel_enter(o, &core))
        RETURN_THROWS();
    count = zend_hash_num_elements(messages);
    GC_TRY_ADDREF(messages);
    out.encoded = safe_emalloc(count, sizeof(*out.encoded), 1);
    out.parts = safe_emalloc(count, sizeof(*out.parts), 1);
    if (encode_all(o, &out, messages))
        RETVAL_LONG((zend_long)send_runs(o, &out, &deadline));
    for (uint32_t i = 0; i < out.begun; i++)
        native_ext_shm_encoded_free(&out.encoded[i]);
    efree(out.encoded);
    efree(out.parts);
    zend_array_release(messages);
}

/* ---- the rest --------------------------------------------------------------------------------------- */

ZEND_METHOD(Native_Shm_Channel, close)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_segment *core;

    ZEND_PARSE_PARAMETERS_NONE();
    if (native_ext_shm_channel_enter(o, &core))
        native_shm_channel_close(core, o->channel);
}

static bool get_info(struct native_ext_shm_channel *o, struct native_shm_channel_info *info)
{
    struct native_shm_segment *core;

    if (!native_ext_shm_channel_enter(o, &core))
        return false;
    native_shm_channel_info(core, o->channel, info);
    return true;
}

ZEND_METHOD(Native_Shm_Channel, count)
{
    struct native_shm_channel_info info;

    ZEND_PARSE_PARAMETERS_NONE();
    if (get_info(native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS)), &info))
        RETURN_LONG((zend_long)info.ready);
}

ZEND_METHOD(Native_Shm_Channel, info)
{
    struct native_ext_shm_channel *o = native_ext_shm_channel_of(Z_OBJ_P(ZEND_THIS));
    struct native_shm_channel_info info;

    ZEND_PARSE_PARAMETERS_NONE();
    if (!get_info(o, &info))
        RETURN_THROWS();
    array_init(return_value);
    native_ext_shm_channel_info_array(return_value, &info);
    add_assoc_long(return_value, "largest", (zend_long)native_shm_channel_message_max(o->channel));
}

void native_ext_shm_channel_minit(void)
{
    policy_ce = register_class_Native_Shm_Policy();
    native_ext_shm_channel_ce = register_class_Native_Shm_Channel(zend_ce_countable);
    native_ext_shm_channel_ce->create_object = create;
    native_ext_shm_handlers_init(&handlers, offsetof(struct native_ext_shm_channel, std),
                                 free_object);
    handlers.get_gc = get_gc;
    native_ext_shm_message_minit();
}
