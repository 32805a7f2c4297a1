/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* reader.c - what happens when a rule is broken, and the reads that are too long to inline. */
#include "reader.h"

/* The one external copy of each inline function of reader.h. */
extern inline size_t native_mqtt_left(const struct native_mqtt_reader *r);
extern inline void native_mqtt_reader_init(struct native_mqtt_reader *r,
                                           const struct native_mqtt_options *options,
                                           const uint8_t *packet, size_t from, size_t to,
                                           struct native_mqtt_error *error);
extern inline void native_mqtt_check_text(struct native_mqtt_reader *r,
                                          const struct native_mqtt_span *text,
                                          enum native_mqtt_rule wildcard);
extern inline uint8_t native_mqtt_read_u8(struct native_mqtt_reader *r);
extern inline uint16_t native_mqtt_read_u16(struct native_mqtt_reader *r);
extern inline uint32_t native_mqtt_read_varint(struct native_mqtt_reader *r);
extern inline struct native_mqtt_span native_mqtt_read_binary(struct native_mqtt_reader *r);

/* One row a rule. The level shares a byte with nothing: six bytes a row. */
static const struct rule {
    uint16_t statement[2]; /* MQTT 5.0; 3.1.1 */
    uint8_t reason;
    uint8_t level;
} rules[] = {
#define ROW(name, level, reason, v5, v3, text) {{v5, v3}, reason, NATIVE_MQTT_##level},
    NATIVE_MQTT_RULES(ROW)
#undef ROW
};

uint8_t native_mqtt_rule_level(enum native_mqtt_rule rule)
{
    return rules[rule].level;
}

void native_mqtt_error_set(struct native_mqtt_error *error, enum native_mqtt_rule rule,
                           uint8_t version, size_t offset)
{
    error->offset = (uint32_t)offset;
    error->statement = rules[rule].statement[version != NATIVE_MQTT_5_0];
    error->rule = (uint8_t)rule;
    error->reason = rules[rule].reason;
}

bool native_mqtt_fail(struct native_mqtt_reader *r, enum native_mqtt_rule rule,
                      const uint8_t *where)
{
    if (!r->failed && rules[rule].level <= r->level) {
        native_mqtt_error_set(r->error, rule, r->version, (size_t)(where - r->start));
        r->failed = true;
        r->at = r->end;
    }
    return false;
}

uint32_t native_mqtt_read_long_varint(struct native_mqtt_reader *r)
{
    const uint8_t *first = r->at;
    uint32_t value = 0;
    unsigned shift = 0;
    uint8_t byte;

    do {
        if (shift == 28) {
            native_mqtt_fail(r, NATIVE_MQTT_RULE_VARINT_TOO_LONG, first);
            return 0;
        }
        byte = native_mqtt_read_u8(r);
        value |= (uint32_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    if (byte == 0 && shift > 7)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_VARINT_NOT_MINIMAL, first);
    return value;
}

void native_mqtt_check_characters(struct native_mqtt_reader *r, const struct native_mqtt_span *text,
                                  enum native_mqtt_rule wildcard)
{
    /* What each level minds, and which rule each finding breaks. */
    static const uint8_t minds[] = {0, NATIVE_MQTT_UTF8_ILL_FORMED | NATIVE_MQTT_UTF8_NUL,
                                    NATIVE_MQTT_UTF8_ILL_FORMED | NATIVE_MQTT_UTF8_NUL |
                                        NATIVE_MQTT_UTF8_DISCOURAGED};
    enum native_mqtt_rule rule = wildcard;
    unsigned reject = minds[r->level], found;
    size_t where;

    if (reject == 0)
        return;
    if (wildcard != NATIVE_MQTT_RULE_NONE)
        reject |= NATIVE_MQTT_UTF8_WILDCARD;
    found = native_mqtt_utf8_check(text->data, text->len, reject, &where);
    if (found == 0)
        return;
    if (found == NATIVE_MQTT_UTF8_ILL_FORMED)
        rule = NATIVE_MQTT_RULE_UTF8;
    else if (found == NATIVE_MQTT_UTF8_NUL)
        rule = NATIVE_MQTT_RULE_UTF8_NUL;
    else if (found == NATIVE_MQTT_UTF8_DISCOURAGED)
        rule = NATIVE_MQTT_RULE_UTF8_DISCOURAGED;
    native_mqtt_fail(r, rule, text->data + where);
}

void native_mqtt_check_topic(struct native_mqtt_reader *r, const struct native_mqtt_span *topic,
                             enum native_mqtt_rule wildcard)
{
    if (topic->len == 0)
        native_mqtt_fail(r, NATIVE_MQTT_RULE_TOPIC_EMPTY, topic->data);
    native_mqtt_check_text(r, topic, wildcard);
}
