/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_property.c - the 27 properties in every packet, legal and not; repeated; with every value; and
 * built, found and walked.
 *
 * proves: MQTT-1.5.7-1 (5.0) */
#include "harness.h"
#include "mqtt/packet.h"

static struct guard guard;

/* ---- Table 2-4 of the standard, copied by hand ---------------------------------------------- */

enum { BYTE = 1, TWO, FOUR, VAR, TEXT, BINARY, PAIR };

/* Containers: k CONNECT, K CONNACK, p PUBLISH, a PUBACK, r PUBREC, l PUBREL, c PUBCOMP, s SUBSCRIBE,
 * S SUBACK, u UNSUBSCRIBE, U UNSUBACK, d DISCONNECT, A AUTH, w will. */
static const struct row {
    uint8_t id;
    uint8_t type;
    bool nonzero; /* 0 is a Protocol Error */
    const char *in;
} rows[] = {
    {0x01, BYTE, false, "pw"},
    {0x02, FOUR, false, "pw"},
    {0x03, TEXT, false, "pw"},
    {0x08, TEXT, false, "pw"},
    {0x09, BINARY, false, "pw"},
    {0x0b, VAR, true, "ps"},
    {0x11, FOUR, false, "kKd"},
    {0x12, TEXT, false, "K"},
    {0x13, TWO, false, "K"},
    {0x15, TEXT, false, "kKA"},
    {0x16, BINARY, false, "kKA"},
    {0x17, BYTE, false, "k"},
    {0x18, FOUR, false, "w"},
    {0x19, BYTE, false, "k"},
    {0x1a, TEXT, false, "K"},
    {0x1c, TEXT, false, "Kd"},
    {0x1f, TEXT, false, "KarlcSUdA"},
    {0x21, TWO, true, "kK"},
    {0x22, TWO, false, "kK"},
    {0x23, TWO, true, "p"},
    {0x24, BYTE, false, "K"},
    {0x25, BYTE, false, "K"},
    {0x26, PAIR, false, "kKparlcsSuUdAw"},
    {0x27, FOUR, true, "kK"},
    {0x28, BYTE, false, "K"},
    {0x29, BYTE, false, "K"},
    {0x2a, BYTE, false, "K"},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* A packet round a block of properties: the bytes before the property length and after the block. */
static const struct container {
    char key;
    const char *name;
    uint8_t first;
    const char *before;
    size_t before_len;
    const char *after;
    size_t after_len;
} containers[] = {
    {'k', "CONNECT", 0x10, "\0\4MQTT\5\2\0\0", 10, "\0\0", 2},
    {'K', "CONNACK", 0x20, "\0\0", 2, "", 0},
    {'p', "PUBLISH", 0x30, "\0\1t", 3, "", 0},
    {'a', "PUBACK", 0x40, "\0\1\0", 3, "", 0},
    {'r', "PUBREC", 0x50, "\0\1\0", 3, "", 0},
    {'l', "PUBREL", 0x62, "\0\1\0", 3, "", 0},
    {'c', "PUBCOMP", 0x70, "\0\1\0", 3, "", 0},
    {'s', "SUBSCRIBE", 0x82, "\0\1", 2, "\0\1f\0", 4},
    {'S', "SUBACK", 0x90, "\0\1", 2, "\0", 1},
    {'u', "UNSUBSCRIBE", 0xa2, "\0\1", 2, "\0\1f", 3},
    {'U', "UNSUBACK", 0xb0, "\0\1", 2, "\0", 1},
    {'d', "DISCONNECT", 0xe0, "\0", 1, "", 0},
    {'A', "AUTH", 0xf0, "\x18", 1, "", 0},
    {'w', "will", 0x10, "\0\4MQTT\5\6\0\0\0\0\0", 13, "\0\1w\0\0", 5},
};

enum { CONTAINERS = sizeof(containers) / sizeof(containers[0]) };

struct block {
    uint8_t data[512];
    size_t len;
};

static void put_raw(struct block *b, const void *bytes, size_t len)
{
    memcpy(b->data + b->len, bytes, len);
    b->len += len;
}

/* Append a property with a number (big endian in its size, or as one varint byte) or the text. */
static void put(struct block *b, const struct row *row, uint32_t number, const char *text)
{
    uint8_t bytes[5] = {row->id, (uint8_t)(number >> 24), (uint8_t)(number >> 16),
                        (uint8_t)(number >> 8), (uint8_t)number};
    static const uint8_t sizes[] = {0, 1, 2, 4, 1};
    uint8_t len[2] = {0, (uint8_t)strlen(text)};

    put_raw(b, &row->id, 1);
    if (row->type <= VAR)
        put_raw(b, bytes + 5 - sizes[row->type], sizes[row->type]);
    for (int i = 0; i < (row->type == PAIR ? 2 : row->type >= TEXT); i++) {
        put_raw(b, len, 2);
        put_raw(b, text, strlen(text));
    }
}

/* Authentication data needs a method, and AUTH always has one: put it, unless it is the subject. */
static void put_method(struct block *b, const struct container *c, const struct row *row)
{
    if (row->id != 0x15 && (c->key == 'A' || (row->id == 0x16 && strchr("kK", c->key))))
        put_raw(b, "\x15\0\1m", 4);
}

static enum native_mqtt_status decode(const struct container *c, const struct block *b,
                                      unsigned level, struct native_mqtt_packet *packet,
                                      struct native_mqtt_error *error)
{
    const struct native_mqtt_options options = {NATIVE_MQTT_5_0, (uint8_t)level,
                                                NATIVE_MQTT_FROM_ANYONE, 0};
    uint8_t bytes[600];
    size_t remaining = c->before_len + 1 + (b->len > 127) + b->len + c->after_len, n = 0;
    struct native_mqtt_frame frame;

    bytes[n++] = c->first;
    if (remaining > 127)
        bytes[n++] = (uint8_t)(remaining | 0x80);
    bytes[n++] = (uint8_t)(remaining > 127 ? remaining >> 7 : remaining);
    memcpy(bytes + n, c->before, c->before_len);
    n += c->before_len;
    if (b->len > 127)
        bytes[n++] = (uint8_t)(b->len | 0x80);
    bytes[n++] = (uint8_t)(b->len > 127 ? b->len >> 7 : b->len);
    memcpy(bytes + n, b->data, b->len);
    n += b->len;
    memcpy(bytes + n, c->after, c->after_len);
    n += c->after_len;
    memset(error, 0, sizeof(*error));
    return native_mqtt_packet_decode(&options, guard_place(&guard, bytes, n), n, &frame, packet,
                                     error);
}

/* Where property number `before` bytes into the block lies in the packet (short packets). */
static size_t offset_of(const struct container *c, size_t before)
{
    return 2 + c->before_len + 1 + before;
}

/* ---- the matrix ----------------------------------------------------------------------------- */

static void test_matrix(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t k = 0; k < CONTAINERS; k++) {
            const struct container *c = &containers[k];
            bool legal = strchr(rows[i].in, c->key);
            struct native_mqtt_packet packet;
            struct native_mqtt_error error;
            struct block b = {{0}, 0};
            size_t before;

            put_method(&b, c, &rows[i]);
            before = b.len;
            put(&b, &rows[i], 1, "x");
            if (!legal && rows[i].id == 0x15)
                before = 0;
            for (unsigned level = 0; level <= 2; level++) {
                enum native_mqtt_status status = decode(c, &b, level, &packet, &error);

                if (legal || level == 0)
                    check(status == NATIVE_MQTT_OK, "property 0x%02x in %s at level %u: rule %u",
                          rows[i].id, c->name, level, error.rule);
                else
                    check(status == NATIVE_MQTT_MALFORMED &&
                              error.rule == NATIVE_MQTT_RULE_PROPERTY_PACKET &&
                              error.reason == 0x81 && error.offset == offset_of(c, before),
                          "property 0x%02x in %s at level %u: status %d, rule %u at %u", rows[i].id,
                          c->name, level, status, error.rule, error.offset);
            }
        }
        end_test("property 0x%02x is legal in exactly the packets of Table 2-4", rows[i].id);
    }
}

static void test_table(void)
{
    size_t next = 0;

    for (unsigned id = 0; id < 256; id++) {
        unsigned type = native_mqtt_property_info(id)->type;
        bool listed = next < ROWS && rows[next].id == id;

        check(listed ? type == rows[next].type : type == NATIVE_MQTT_PROPERTY_NONE,
              "property 0x%02x has type %u", id, type);
        next += listed;
    }
    check(native_mqtt_property_info(0x101)->type == NATIVE_MQTT_PROPERTY_NONE, "property 0x101");
    end_test("the 27 properties and their types");
    for (unsigned id = 0; id < 256; id++) {
        struct native_mqtt_packet packet;
        struct native_mqtt_error error;
        struct block b = {{(uint8_t)id, 0, 1, 0, 0, 0}, 6};

        if (native_mqtt_property_info(id)->type == NATIVE_MQTT_PROPERTY_NONE)
            check(decode(&containers[2], &b, 0, &packet, &error) == NATIVE_MQTT_MALFORMED &&
                      error.rule == NATIVE_MQTT_RULE_PROPERTY_UNKNOWN,
                  "identifier 0x%02x is not refused", id);
    }
    end_test("all other identifiers are refused");
}

static void test_repeats(void)
{
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < CONTAINERS; k++) {
            const struct container *c = &containers[k];
            bool may = rows[i].id == 0x26 || (rows[i].id == 0x0b && c->key == 'p');
            struct native_mqtt_packet packet;
            struct native_mqtt_error error;
            struct block b = {{0}, 0};
            size_t before;

            if (!strchr(rows[i].in, c->key))
                continue;
            put_method(&b, c, &rows[i]);
            put(&b, &rows[i], 1, "x");
            before = b.len;
            put(&b, &rows[i], 1, "x");
            for (unsigned level = 0; level <= 2; level++)
                if (may || level == 0)
                    check(decode(c, &b, level, &packet, &error) == NATIVE_MQTT_OK,
                          "0x%02x twice in %s", rows[i].id, c->name);
                else
                    check(decode(c, &b, level, &packet, &error) == NATIVE_MQTT_MALFORMED &&
                              error.rule == NATIVE_MQTT_RULE_PROPERTY_TWICE &&
                              error.reason == 0x82 && error.offset == offset_of(c, before),
                          "0x%02x twice in %s: rule %u at %u", rows[i].id, c->name, error.rule,
                          error.offset);
        }
    end_test("only user properties, and subscription identifiers in PUBLISH, repeat");
}

/* ---- values --------------------------------------------------------------------------------- */

/* The container a property is tried in, and the answer at the level spec. */
static void try_value(const struct row *row, uint32_t number, const char *text, int rule)
{
    for (size_t k = 0; k < CONTAINERS; k++) {
        struct native_mqtt_packet packet;
        struct native_mqtt_error error;
        struct block b = {{0}, 0};
        enum native_mqtt_status status;

        if (!strchr(row->in, containers[k].key))
            continue;
        put_method(&b, &containers[k], row);
        put(&b, row, number, text);
        status = decode(&containers[k], &b, 1, &packet, &error);
        check(rule ? status == NATIVE_MQTT_MALFORMED && error.rule == rule
                   : status == NATIVE_MQTT_OK,
              "0x%02x = %lu \"%s\" in %s: status %d, rule %u", row->id, (unsigned long)number, text,
              containers[k].name, status, error.rule);
        check(decode(&containers[k], &b, 0, &packet, &error) == NATIVE_MQTT_OK,
              "0x%02x = %lu is refused below spec", row->id, (unsigned long)number);
    }
}

static void test_values(void)
{
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &rows[i];
        int zero = !row->nonzero     ? 0
                   : row->id == 0x23 ? NATIVE_MQTT_RULE_TOPIC_ALIAS
                                     : NATIVE_MQTT_RULE_PROPERTY_VALUE;

        if (row->type <= VAR) {
            try_value(row, 0, "", zero);
            try_value(row, 1, "", 0);
        }
        if (row->type == BYTE)
            for (unsigned n = 2; n < 256; n++)
                try_value(row, n, "", NATIVE_MQTT_RULE_PROPERTY_VALUE);
        if (row->type == TWO)
            try_value(row, 0xffff, "", 0);
        if (row->type == FOUR)
            try_value(row, 0xffffffff, "", 0);
        if (row->type == VAR)
            try_value(row, 127, "", 0);
        if (row->type == BINARY)
            try_value(row, 0, "\xff\x01\xc0", 0);
        if (row->type == TEXT || row->type == PAIR) {
            try_value(row, 0, "\xc3\xa9", 0);
            try_value(row, 0, "a\xff", NATIVE_MQTT_RULE_UTF8);
            try_value(row, 0, "\xed\xa0\x80", NATIVE_MQTT_RULE_UTF8);
            try_value(row, 0, "", row->id == 0x08 ? NATIVE_MQTT_RULE_TOPIC_EMPTY : 0);
            try_value(row, 0, "a/+", row->id == 0x08 ? NATIVE_MQTT_RULE_RESPONSE_WILDCARD : 0);
        }
        end_test("values of property 0x%02x", row->id);
    }
}

/* Every property cut at every byte, the block ending there. */
static void test_cut(void)
{
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < CONTAINERS; k++) {
            struct native_mqtt_packet packet;
            struct native_mqtt_error error;
            struct block b = {{0}, 0};
            size_t before, whole;

            put_method(&b, &containers[k], &rows[i]);
            before = b.len;
            put(&b, &rows[i], 1, "xyz");
            whole = b.len;
            for (b.len = before + 1; b.len < whole; b.len++)
                for (unsigned level = 0; level <= 2; level++)
                    check(decode(&containers[k], &b, level, &packet, &error) ==
                                  NATIVE_MQTT_MALFORMED &&
                              error.rule == NATIVE_MQTT_RULE_TRUNCATED,
                          "0x%02x cut to %zu bytes in %s: rule %u", rows[i].id, b.len - before,
                          containers[k].name, error.rule);
        }
    end_test("a property cut short by the end of its block is refused, in every packet");
}

/* ---- the writer ----------------------------------------------------------------------------- */

static struct native_mqtt_property sample(const struct row *row, uint32_t number, size_t len)
{
    static const uint8_t text[65536];
    struct native_mqtt_property p = {row->id, 0, number, {text, len}, {text, len}};

    return p;
}

/* Put one property into exact room, into each smaller room, and into no room but counting. */
static void try_put(const struct row *row, const struct native_mqtt_property *p)
{
    struct native_mqtt_property_writer w = {NULL, 0, SIZE_MAX};
    struct native_mqtt_properties block;
    struct native_mqtt_property got;
    size_t size;

    check(native_mqtt_property_put(&w, p) == NATIVE_MQTT_OK, "0x%02x: counting", row->id);
    size = w.len;
    for (size_t room = 0; room < size; room += size < 100 ? 1 : 9973) {
        struct native_mqtt_property_writer small = {guard_end(&guard, room), 0, room};

        check(native_mqtt_property_put(&small, p) == NATIVE_MQTT_NO_SPACE && small.len == 0,
              "0x%02x into %zu bytes of %zu", row->id, room, size);
    }
    w.data = guard_end(&guard, size);
    w.len = 0;
    w.capacity = size;
    check(native_mqtt_property_put(&w, p) == NATIVE_MQTT_OK && w.len == size, "0x%02x: put",
          row->id);
    block.data = w.data;
    block.len = w.len;
    block.seen = 0;
    check(native_mqtt_property_next(&block, &got) && block.len == 0 && got.id == row->id &&
              got.type == row->type && (row->type > VAR || got.number == p->number) &&
              (row->type < TEXT || (got.value.len == p->value.len &&
                                    !memcmp(got.value.data, p->value.data, got.value.len))) &&
              (row->type < PAIR || got.name.len == p->name.len),
          "0x%02x: read back", row->id);
}

static void test_writer(void)
{
    static const uint32_t largest[] = {0, 1, 65535, 4294967295u, 268435455};

    for (size_t i = 0; i < ROWS; i++) {
        const struct row *row = &rows[i];
        struct native_mqtt_property_writer w = {NULL, 0, SIZE_MAX};
        struct native_mqtt_property p;

        if (row->type <= VAR) {
            p = sample(row, 0, 0);
            try_put(row, &p);
            p = sample(row, largest[row->type], 0);
            try_put(row, &p);
            p = sample(row, largest[row->type] + 1, 0);
            if (row->type != FOUR)
                check(native_mqtt_property_put(&w, &p) == NATIVE_MQTT_TOO_LARGE && w.len == 0,
                      "0x%02x: a number too large", row->id);
        } else {
            p = sample(row, 0, 0);
            try_put(row, &p);
            p = sample(row, 0, 65535);
            try_put(row, &p);
            p.value.len = 65536;
            check(native_mqtt_property_put(&w, &p) == NATIVE_MQTT_TOO_LARGE && w.len == 0,
                  "0x%02x: a string too long", row->id);
            p = sample(row, 0, 65535);
            p.name.len = 65536;
            check(native_mqtt_property_put(&w, &p) ==
                      (row->type == PAIR ? NATIVE_MQTT_TOO_LARGE : NATIVE_MQTT_OK),
                  "0x%02x: a name too long", row->id);
        }
        end_test("property 0x%02x is written, and its limits are kept", row->id);
    }
}

static void test_writer_identifiers(void)
{
    struct native_mqtt_property_writer w = {NULL, 0, SIZE_MAX};
    static const unsigned none[] = {0, 4, 0x0a, 0x2b, 0x7f, 0xff, 0x100, 0x101, 0x123, 0xffffff26};

    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        check(native_mqtt_property_put_number(&w, none[i], 1) == NATIVE_MQTT_TOO_LARGE &&
                  native_mqtt_property_put_bytes(&w, none[i], "x", 1) == NATIVE_MQTT_TOO_LARGE &&
                  w.len == 0,
              "identifier 0x%x is written", none[i]);
    end_test("identifiers that do not exist are not written");
}

/* ---- walking and finding -------------------------------------------------------------------- */

static void test_find(void)
{
    static const uint8_t bytes[] = {0x26, 0, 1, 'a', 0, 1,    'b',  0x23, 0,    7,
                                    0x26, 0, 0, 0,   0, 0x0b, 0xff, 0x7f, 0x0b, 0x05};
    struct native_mqtt_properties block = {bytes, sizeof(bytes), 0};
    uint64_t seen = (uint64_t)1 << 0x26 | (uint64_t)1 << 0x23 | 1 << 0x0b;
    struct native_mqtt_property p;

    for (int with = 0; with < 2; with++, block.seen = seen) {
        ok(native_mqtt_property_find(&block, 0x23, &p) && p.number == 7, "find (%d)", with);
        ok(native_mqtt_property_find(&block, 0x26, &p) && p.name.len == 1 && p.value.data[0] == 'b',
           "find gives the first of several (%d)", with);
        ok(!native_mqtt_property_find(&block, 0x03, &p) &&
               !native_mqtt_property_find(&block, 0, &p) &&
               !native_mqtt_property_find(&block, 64 + 0x23, &p) &&
               !native_mqtt_property_find(&block, 0x123, &p) &&
               !native_mqtt_property_find(&block, 0xffffffff, &p),
           "find nothing (%d)", with);
        ok(native_mqtt_property_number(&block, 0x0b, 1) == 16383 &&
               native_mqtt_property_number(&block, 0x24, 2) == 2,
           "the number, or else (%d)", with);
    }
}

/* A block that nobody has validated: walking ends, and stays inside. */
static void test_walk_garbage(void)
{
    uint64_t state = 7;
    unsigned rounds = under_valgrind() ? 5000 : 200000;

    for (unsigned i = 0; i < rounds && tap_good; i++) {
        uint8_t bytes[24];
        size_t len = next_random(&state) % sizeof(bytes), steps = 0;
        struct native_mqtt_properties block = {NULL, len, 0};
        struct native_mqtt_property p;

        for (size_t k = 0; k < len; k++)
            bytes[k] = (uint8_t)(next_random(&state) % (next_random(&state) % 2 ? 256 : 48));
        block.data = guard_place(&guard, bytes, len);
        while (native_mqtt_property_next(&block, &p)) {
            steps++;
            check(block.len < len, "walking does not end");
            if (p.type >= TEXT)
                check(p.value.data >= guard.start &&
                          p.value.data + p.value.len <= guard.start + guard.room,
                      "a value outside of its block");
        }
        check(steps <= len, "more properties than bytes");
    }
    end_test("%u random blocks are walked to an end", rounds);
}

int main(void)
{
    guard = guard_new(1 << 18);
    test_table();
    test_matrix();
    test_repeats();
    test_values();
    test_cut();
    test_writer();
    test_writer_identifiers();
    test_find();
    test_walk_garbage();
    return done();
}
