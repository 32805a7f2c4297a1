/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* frame.c - the fixed header, judged by a table of one row a packet type. */
#include "frame.h"

#include "reader.h"

#define FLAGS(n) (1u << (n))
#define PUBLISH_FLAGS 0x3c3fu /* all but QoS 3 (6, 7, e, f) and DUP at QoS 0 (8, 9) */
#define FROM_CLIENT (1u << NATIVE_MQTT_FROM_ANYONE | 1u << NATIVE_MQTT_FROM_CLIENT)
#define FROM_SERVER (1u << NATIVE_MQTT_FROM_ANYONE | 1u << NATIVE_MQTT_FROM_SERVER)
#define BOTH (FROM_CLIENT | FROM_SERVER)

enum { NO_LIMIT = 255 };

/* Table 2-1 and 2-2, and the lengths that each packet can have. */
static const struct row {
    uint16_t flags;     /* set of 1 << flags that are legal */
    uint8_t rule;       /* broken by other flags */
    uint8_t senders;    /* set of 1 << sender before MQTT 5.0 */
    uint8_t senders_v5; /* and in 5.0 */
    uint8_t least;      /* smallest remaining length */
    uint8_t most;       /* largest before MQTT 5.0 */
    uint8_t most_v5;    /* and in 5.0 */
} rows[] = {
    {0, 0, 0, 0, 0, 0, 0},
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_CLIENT, FROM_CLIENT, 8, NO_LIMIT, NO_LIMIT},
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_SERVER, FROM_SERVER, 2, 2, NO_LIMIT},
    {PUBLISH_FLAGS, NATIVE_MQTT_RULE_DUP, BOTH, BOTH, 2, NO_LIMIT, NO_LIMIT},
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, BOTH, BOTH, 2, 2, NO_LIMIT},        /* PUBACK */
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, BOTH, BOTH, 2, 2, NO_LIMIT},        /* PUBREC */
    {FLAGS(2), NATIVE_MQTT_RULE_PUBREL_FLAGS, BOTH, BOTH, 2, 2, NO_LIMIT}, /* PUBREL */
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, BOTH, BOTH, 2, 2, NO_LIMIT},        /* PUBCOMP */
    {FLAGS(2), NATIVE_MQTT_RULE_SUBSCRIBE_FLAGS, FROM_CLIENT, FROM_CLIENT, 2, NO_LIMIT, NO_LIMIT},
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_SERVER, FROM_SERVER, 2, NO_LIMIT, NO_LIMIT},
    {FLAGS(2), NATIVE_MQTT_RULE_UNSUBSCRIBE_FLAGS, FROM_CLIENT, FROM_CLIENT, 2, NO_LIMIT, NO_LIMIT},
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_SERVER, FROM_SERVER, 2, 2, NO_LIMIT}, /* UNSUBACK */
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_CLIENT, FROM_CLIENT, 0, 0, 0},        /* PINGREQ */
    {FLAGS(0), NATIVE_MQTT_RULE_FLAGS, FROM_SERVER, FROM_SERVER, 0, 0, 0},        /* PINGRESP */
    {FLAGS(0), NATIVE_MQTT_RULE_DISCONNECT_FLAGS, FROM_CLIENT, BOTH, 0, 0, NO_LIMIT},
    {FLAGS(0), NATIVE_MQTT_RULE_AUTH_FLAGS, 0, BOTH, 0, 0, NO_LIMIT},
};

/* Returns the rule that flags outside the row break at the level of `options`, if any. */
NATIVE_COLD static enum native_mqtt_rule judge_flags(const struct native_mqtt_options *options,
                                                     unsigned type, unsigned flags)
{
    enum native_mqtt_rule rule = (enum native_mqtt_rule)rows[type].rule;

    if (type == NATIVE_MQTT_PUBLISH && (flags & 6) == 6)
        rule = NATIVE_MQTT_RULE_QOS;
    /* MQTT 3.1 marks a packet sent again with DUP where 3.1.1 reserves the bit. */
    if (options->version == NATIVE_MQTT_3_1 && rows[type].flags == FLAGS(2) && flags == 0xa)
        return NATIVE_MQTT_RULE_NONE;
    return native_mqtt_rule_level(rule) <= options->level ? rule : NATIVE_MQTT_RULE_NONE;
}

/* Returns the rule that a first byte breaks which is not plainly legal, if any. */
static enum native_mqtt_rule judge_first(const struct native_mqtt_options *options, unsigned type,
                                         unsigned flags)
{
    const struct row *row = &rows[type];
    bool v5 = options->version == NATIVE_MQTT_5_0;
    unsigned senders = v5 ? row->senders_v5 : row->senders;

    if (row->senders_v5 == 0 || (senders == 0 && options->version != NATIVE_MQTT_VERSION_UNKNOWN))
        return NATIVE_MQTT_RULE_PACKET_TYPE;
    if (options->version == NATIVE_MQTT_VERSION_UNKNOWN && type != NATIVE_MQTT_CONNECT)
        return NATIVE_MQTT_RULE_FIRST_PACKET;
    if (!(senders >> options->sender & 1))
        return NATIVE_MQTT_RULE_SENDER;
    return row->flags >> flags & 1 ? NATIVE_MQTT_RULE_NONE : judge_flags(options, type, flags);
}

NATIVE_COLD static enum native_mqtt_status malformed(const struct native_mqtt_options *options,
                                                     enum native_mqtt_rule rule, size_t offset,
                                                     struct native_mqtt_error *error)
{
    native_mqtt_error_set(error, rule, options->version, offset);
    return NATIVE_MQTT_MALFORMED;
}

/* Read a remaining length of more than one byte: *used bytes of it; 0 if it does not end in
 * bytes[1..in_len). */
static enum native_mqtt_rule read_length(const uint8_t *bytes, size_t in_len, uint32_t *remaining,
                                         unsigned *used)
{
    unsigned n = 1;

    *remaining = 0;
    *used = 0;
    for (; n < in_len; n++) {
        *remaining |= (uint32_t)(bytes[n] & 0x7f) << (7 * (n - 1));
        if (!(bytes[n] & 0x80)) {
            *used = n;
            return bytes[n] == 0 && n > 1 ? NATIVE_MQTT_RULE_VARINT_NOT_MINIMAL
                                          : NATIVE_MQTT_RULE_NONE;
        }
        if (n == NATIVE_MQTT_FIXED_HEADER_MAX - 1)
            return NATIVE_MQTT_RULE_VARINT_TOO_LONG;
    }
    return NATIVE_MQTT_RULE_NONE;
}

/* Judge any first bytes, step by step. */
NATIVE_NOINLINE static enum native_mqtt_status scan(const struct native_mqtt_options *options,
                                                    const uint8_t *bytes, size_t in_len,
                                                    struct native_mqtt_frame *frame,
                                                    struct native_mqtt_error *error)
{
    const struct row *row = &rows[bytes[0] >> 4];
    unsigned most = options->version == NATIVE_MQTT_5_0 ? row->most_v5 : row->most, used;
    enum native_mqtt_rule rule = judge_first(options, bytes[0] >> 4, bytes[0] & 0xf);
    uint32_t remaining;

    if (rule != NATIVE_MQTT_RULE_NONE)
        return malformed(options, rule, 0, error);
    rule = read_length(bytes, in_len, &remaining, &used);
    if (rule != NATIVE_MQTT_RULE_NONE)
        return malformed(options, rule, 1, error);
    if (used && (remaining < row->least || (remaining > most && most != NO_LIMIT)))
        rule = NATIVE_MQTT_RULE_REMAINING_LENGTH;
    else if (used && options->max_packet_size && 1 + used + remaining > options->max_packet_size)
        rule = options->sender == NATIVE_MQTT_FROM_SERVER
                   ? NATIVE_MQTT_RULE_PACKET_TOO_LARGE_FOR_CLIENT
                   : NATIVE_MQTT_RULE_PACKET_TOO_LARGE;
    if (rule != NATIVE_MQTT_RULE_NONE)
        return malformed(options, rule, 1, error);
    frame->need = 1;
    if (used == 0)
        return NATIVE_MQTT_NEED_MORE;
    frame->header_len = (uint8_t)(1 + used);
    frame->packet_len = 1 + used + remaining;
    frame->need = frame->packet_len > in_len ? frame->packet_len - (uint32_t)in_len : 0;
    return frame->need ? NATIVE_MQTT_NEED_MORE : NATIVE_MQTT_OK;
}

enum native_mqtt_status native_mqtt_frame_scan(const struct native_mqtt_options *options,
                                               const void *in, size_t in_len,
                                               struct native_mqtt_frame *frame,
                                               struct native_mqtt_error *error)
{
    const uint8_t *bytes = in;
    bool v5 = options->version == NATIVE_MQTT_5_0;
    const struct row *row;
    size_t remaining, header_len = 2;

    frame->header_len = 0;
    frame->packet_len = 0;
    frame->need = 2;
    if (in_len == 0)
        return NATIVE_MQTT_NEED_MORE;
    frame->type = bytes[0] >> 4;
    frame->flags = bytes[0] & 0xf;
    if (in_len < 2)
        return scan(options, bytes, in_len, frame, error);
    /* The usual packet needs no judge: of MQTT 5.0 or 3.1.1, whole, its length in one or two bytes. */
    remaining = bytes[1];
    if (remaining >= 0x80) {
        bool two = in_len > 2 && bytes[2] != 0 && bytes[2] < 0x80;

        remaining = (remaining & 0x7f) | (two ? (size_t)bytes[2] << 7 : 0);
        header_len = two ? 3 : SIZE_MAX / 2; /* longer, cut or not minimal: not usual */
    }
    row = &rows[frame->type];
    if (remaining + header_len > in_len || options->version < NATIVE_MQTT_3_1_1 ||
        options->max_packet_size || !(row->flags >> (bytes[0] & 0xf) & 1) ||
        !((v5 ? row->senders_v5 : row->senders) >> options->sender & 1) || remaining < row->least ||
        (v5 ? row->most_v5 : row->most) != NO_LIMIT)
        return scan(options, bytes, in_len, frame, error);
    frame->header_len = (uint8_t)header_len;
    frame->packet_len = (uint32_t)(header_len + remaining);
    frame->need = 0;
    return NATIVE_MQTT_OK;
}
