/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* reader.h - cursor over one packet: the only place where bounds are checked (private).
 *
 *   start          at                 end
 *   |--- read -----|---- unread ------|
 *
 * A reader fails once and stays failed: the first broken rule is kept, what is unread is dropped,
 * and every later read gives 0 or an empty span. So a decoder may read on and ask once, at its end.
 * Pure: no allocation, no globals; spans point into the packet. */
#ifndef NATIVE_MQTT_READER_H
#define NATIVE_MQTT_READER_H

#include "rules.h"
#include "utf8.h"

struct native_mqtt_reader {
    const uint8_t *start;
    const uint8_t *at;
    const uint8_t *end;
    struct native_mqtt_error *error;
    uint8_t version;
    uint8_t level;
    uint8_t sender;
    bool failed;
};

/* Say that `rule` is broken at `where`. Rules above the reader's level are let through.
 * Returns false always, so that `return native_mqtt_fail(...)` reads well. */
NATIVE_COLD bool native_mqtt_fail(struct native_mqtt_reader *r, enum native_mqtt_rule rule,
                                  const uint8_t *where);

/* Fill `error` for a rule broken `offset` bytes into a packet of `version`. */
void native_mqtt_error_set(struct native_mqtt_error *error, enum native_mqtt_rule rule,
                           uint8_t version, size_t offset);

/* Returns the level from which `rule` is enforced. */
uint8_t native_mqtt_rule_level(enum native_mqtt_rule rule);

/* Read a variable byte integer (1.5.5) of any length; see native_mqtt_read_varint. */
NATIVE_COLD uint32_t native_mqtt_read_long_varint(struct native_mqtt_reader *r);

/* Check the characters of a string as far as the level asks; `wildcard` is the rule that # and +
 * break, or NATIVE_MQTT_RULE_NONE where they are allowed. */
NATIVE_COLD void native_mqtt_check_characters(struct native_mqtt_reader *r,
                                              const struct native_mqtt_span *text,
                                              enum native_mqtt_rule wildcard);

inline void native_mqtt_check_text(struct native_mqtt_reader *r,
                                   const struct native_mqtt_span *text,
                                   enum native_mqtt_rule wildcard)
{
    if (!native_mqtt_utf8_is_plain(text->data, text->len))
        native_mqtt_check_characters(r, text, wildcard);
}

/* The same and the string must not be empty. */
void native_mqtt_check_topic(struct native_mqtt_reader *r, const struct native_mqtt_span *topic,
                             enum native_mqtt_rule wildcard);

inline size_t native_mqtt_left(const struct native_mqtt_reader *r)
{
    return (size_t)(r->end - r->at);
}

/* Prepare to read packet[from..to). `error` is written by the first failure. */
inline void native_mqtt_reader_init(struct native_mqtt_reader *r,
                                    const struct native_mqtt_options *options,
                                    const uint8_t *packet, size_t from, size_t to,
                                    struct native_mqtt_error *error)
{
    r->start = packet;
    r->at = packet + from;
    r->end = packet + to;
    r->error = error;
    r->version = options->version;
    r->level = options->level;
    r->sender = options->sender;
    r->failed = false;
}

inline uint8_t native_mqtt_read_u8(struct native_mqtt_reader *r)
{
    if (r->at == r->end) {
        native_mqtt_fail(r, NATIVE_MQTT_RULE_TRUNCATED, r->at);
        return 0;
    }
    return *r->at++;
}

inline uint16_t native_mqtt_read_u16(struct native_mqtt_reader *r)
{
    if (native_mqtt_left(r) < 2) {
        native_mqtt_fail(r, NATIVE_MQTT_RULE_TRUNCATED, r->at);
        return 0;
    }
    r->at += 2;
    return (uint16_t)((unsigned)r->at[-2] << 8 | r->at[-1]);
}

/* Read a variable byte integer (1.5.5), of which nearly all have one byte. */
inline uint32_t native_mqtt_read_varint(struct native_mqtt_reader *r)
{
    return r->at < r->end && *r->at < 0x80 ? *r->at++ : native_mqtt_read_long_varint(r);
}

/* Read a two byte length and that many bytes (1.5.4, 1.5.6); the bytes are not looked at. */
inline struct native_mqtt_span native_mqtt_read_binary(struct native_mqtt_reader *r)
{
    struct native_mqtt_span span;

    span.len = native_mqtt_read_u16(r);
    if (native_mqtt_left(r) < span.len) {
        native_mqtt_fail(r, NATIVE_MQTT_RULE_TRUNCATED, r->at);
        span.len = 0;
    }
    span.data = r->at;
    r->at += span.len;
    return span;
}

#endif
