/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* frame.c - the fixed header, judged by a table of one row a packet type. */
#include "frame.h"

#include "reader.h"

enum { ANY = 0, C = NATIVE_MQTT_FROM_CLIENT, S = NATIVE_MQTT_FROM_SERVER, NO_LIMIT = 255 };

/* Table 2-1 and 2-2, and the lengths that each packet can have. */
static const struct row {
    uint8_t flags;  /* what the four flag bits must be; PUBLISH is judged by itself */
    uint8_t rule;   /* broken by other flags */
    uint8_t sender; /* who may send it */
    uint8_t least;  /* smallest remaining length */
    uint8_t most;   /* largest remaining length before MQTT 5.0 */
} rows[] = {
    {0, 0, ANY, 0, 0},
    {0, NATIVE_MQTT_RULE_FLAGS, C, 8, NO_LIMIT},              /* CONNECT */
    {0, NATIVE_MQTT_RULE_FLAGS, S, 2, 2},                     /* CONNACK */
    {0, 0, ANY, 2, NO_LIMIT},                                 /* PUBLISH */
    {0, NATIVE_MQTT_RULE_FLAGS, ANY, 2, 2},                   /* PUBACK */
    {0, NATIVE_MQTT_RULE_FLAGS, ANY, 2, 2},                   /* PUBREC */
    {2, NATIVE_MQTT_RULE_PUBREL_FLAGS, ANY, 2, 2},            /* PUBREL */
    {0, NATIVE_MQTT_RULE_FLAGS, ANY, 2, 2},                   /* PUBCOMP */
    {2, NATIVE_MQTT_RULE_SUBSCRIBE_FLAGS, C, 2, NO_LIMIT},    /* SUBSCRIBE */
    {0, NATIVE_MQTT_RULE_FLAGS, S, 2, NO_LIMIT},              /* SUBACK */
    {2, NATIVE_MQTT_RULE_UNSUBSCRIBE_FLAGS, C, 2, NO_LIMIT},  /* UNSUBSCRIBE */
    {0, NATIVE_MQTT_RULE_FLAGS, S, 2, 2},                     /* UNSUBACK */
    {0, NATIVE_MQTT_RULE_FLAGS, C, 0, 0},                     /* PINGREQ */
    {0, NATIVE_MQTT_RULE_FLAGS, S, 0, 0},                     /* PINGRESP */
    {0, NATIVE_MQTT_RULE_DISCONNECT_FLAGS, ANY, 0, 0},        /* DISCONNECT */
    {0, NATIVE_MQTT_RULE_AUTH_FLAGS, ANY, 0, 0},              /* AUTH */
};

/* Is `rule` enforced at the level of `options`? */
static bool minds(const struct native_mqtt_options *options, enum native_mqtt_rule rule)
{
    return native_mqtt_rule_level(rule) <= options->level;
}

/* Returns the rule that the flags break, or NATIVE_MQTT_RULE_NONE. */
static enum native_mqtt_rule judge_flags(const struct native_mqtt_options *options, unsigned type,
                                         unsigned flags)
{
    const struct row *row = &rows[type];

    if (type == NATIVE_MQTT_PUBLISH) {
        if ((flags & 6) == 6)
            return NATIVE_MQTT_RULE_QOS;
        if ((flags & 0xe) == 8 && minds(options, NATIVE_MQTT_RULE_DUP))
            return NATIVE_MQTT_RULE_DUP;
        return NATIVE_MQTT_RULE_NONE;
    }
    /* MQTT 3.1 marks a packet sent again with DUP where 3.1.1 reserves the bit. */
    if (options->version == NATIVE_MQTT_3_1 && row->flags == 2)
        flags &= ~8u;
    if (flags != row->flags && minds(options, (enum native_mqtt_rule)row->rule))
        return (enum native_mqtt_rule)row->rule;
    return NATIVE_MQTT_RULE_NONE;
}

/* Returns the rule that the first byte breaks, or NATIVE_MQTT_RULE_NONE. */
static enum native_mqtt_rule judge_first(const struct native_mqtt_options *options, unsigned type,
                                         unsigned flags)
{
    if (type == 0 || (type == NATIVE_MQTT_AUTH && options->version < NATIVE_MQTT_5_0 &&
                      options->version != NATIVE_MQTT_VERSION_UNKNOWN))
        return NATIVE_MQTT_RULE_PACKET_TYPE;
    if (options->version == NATIVE_MQTT_VERSION_UNKNOWN && type != NATIVE_MQTT_CONNECT)
        return NATIVE_MQTT_RULE_FIRST_PACKET;
    /* DISCONNECT goes both ways since MQTT 5.0 only. */
    if (options->sender != NATIVE_MQTT_FROM_ANYONE &&
        ((rows[type].sender != ANY && rows[type].sender != options->sender) ||
         (type == NATIVE_MQTT_DISCONNECT && options->version < NATIVE_MQTT_5_0 &&
          options->sender == NATIVE_MQTT_FROM_SERVER)))
        return NATIVE_MQTT_RULE_SENDER;
    return judge_flags(options, type, flags);
}

/* Returns the rule that the length breaks, or NATIVE_MQTT_RULE_NONE. */
static enum native_mqtt_rule judge_length(const struct native_mqtt_options *options, unsigned type,
                                          uint32_t remaining, unsigned header_len)
{
    const struct row *row = &rows[type];
    bool bare = type == NATIVE_MQTT_PINGREQ || type == NATIVE_MQTT_PINGRESP;

    if (remaining < row->least || (row->most != NO_LIMIT && remaining > row->most &&
                                   (options->version < NATIVE_MQTT_5_0 || bare)))
        return NATIVE_MQTT_RULE_REMAINING_LENGTH;
    if (options->max_packet_size && remaining + header_len > options->max_packet_size)
        return NATIVE_MQTT_RULE_PACKET_TOO_LARGE;
    return NATIVE_MQTT_RULE_NONE;
}

enum native_mqtt_status native_mqtt_frame_scan(const struct native_mqtt_options *options,
                                               const void *in, size_t in_len,
                                               struct native_mqtt_frame *frame,
                                               struct native_mqtt_error *error)
{
    const uint8_t *bytes = in;
    enum native_mqtt_rule rule;
    uint32_t remaining = 0;
    unsigned n = 1;

    frame->header_len = 0;
    frame->packet_len = 0;
    frame->need = 2;
    if (in_len == 0)
        return NATIVE_MQTT_NEED_MORE;
    frame->type = bytes[0] >> 4;
    frame->flags = bytes[0] & 0xf;
    rule = judge_first(options, frame->type, frame->flags);
    if (rule != NATIVE_MQTT_RULE_NONE) {
        native_mqtt_error_set(error, rule, options->version, 0);
        return NATIVE_MQTT_MALFORMED;
    }
    for (;; n++) {
        if (n == NATIVE_MQTT_FIXED_HEADER_MAX) {
            rule = NATIVE_MQTT_RULE_VARINT_TOO_LONG;
            break;
        }
        if (n == in_len) {
            frame->need = 1;
            return NATIVE_MQTT_NEED_MORE;
        }
        remaining |= (uint32_t)(bytes[n] & 0x7f) << (7 * (n - 1));
        if (!(bytes[n] & 0x80)) {
            rule = bytes[n] == 0 && n > 1 ? NATIVE_MQTT_RULE_VARINT_NOT_MINIMAL
                                          : judge_length(options, frame->type, remaining, n + 1);
            n++;
            break;
        }
    }
    if (rule != NATIVE_MQTT_RULE_NONE) {
        native_mqtt_error_set(error, rule, options->version, 1);
        return NATIVE_MQTT_MALFORMED;
    }
    frame->header_len = (uint8_t)n;
    frame->packet_len = n + remaining;
    frame->need = frame->packet_len > in_len ? frame->packet_len - (uint32_t)in_len : 0;
    return frame->need ? NATIVE_MQTT_NEED_MORE : NATIVE_MQTT_OK;
}
