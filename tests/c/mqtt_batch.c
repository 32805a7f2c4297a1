/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_batch.c - many packets in one call say the same as one after the other: every accepted vector
 * of tests/vectors/ in streams of three, all input and output before a forbidden page. */
#include "harness.h"
#include "mqtt/batch.h"
#include "support/mqtt_vector.h"

enum { COPIES = 3, MANY = 64 };

static struct guard input, output, table;

static struct native_mqtt_batch new_batch(unsigned version, size_t records_max)
{
    struct native_mqtt_batch batch = {.options = {.version = (uint8_t)version}};

    batch.options.level = NATIVE_MQTT_SPEC;
    batch.records =
        (struct native_mqtt_record *)guard_end(&table, records_max * sizeof(*batch.records));
    batch.records_max = records_max;
    return batch;
}

static bool same_place(const uint8_t *in, const struct native_mqtt_place *place,
                       const uint8_t *data, size_t len)
{
    return place->len == len && (len == 0 ? place->at == 0 : in + place->at == data);
}

/* Whether a record says what the packet says. */
static bool tells(const struct native_mqtt_record *r, const uint8_t *in,
                  const struct native_mqtt_packet *p)
{
    const struct native_mqtt_publish *m = &p->as.publish;

    if (r->type != p->type)
        return false;
    switch (p->type) {
    case NATIVE_MQTT_CONNECT:
        return r->flags == p->as.connect.clean_start &&
               same_place(in, &r->topic, p->as.connect.client_id.data,
                          p->as.connect.client_id.len) &&
               same_place(in, &r->properties, p->as.connect.properties.data,
                          p->as.connect.properties.len);
    case NATIVE_MQTT_CONNACK:
        return r->flags == p->as.connack.session_present && r->reason == p->as.connack.reason &&
               r->packet_id == 0 &&
               same_place(in, &r->properties, p->as.connack.properties.data,
                          p->as.connack.properties.len);
    case NATIVE_MQTT_PUBLISH:
        return r->flags == (m->dup ? 8u : 0u) + 2u * m->qos + m->retain &&
               r->packet_id == m->packet_id &&
               same_place(in, &r->topic, m->topic.data, m->topic.len) &&
               same_place(in, &r->body, m->payload.data, m->payload.len) &&
               same_place(in, &r->properties, m->properties.data, m->properties.len);
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        return r->packet_id == p->as.subscribe.packet_id &&
               same_place(in, &r->body, p->as.subscribe.filters.data,
                          p->as.subscribe.filters.len) &&
               same_place(in, &r->properties, p->as.subscribe.properties.data,
                          p->as.subscribe.properties.len);
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        return r->packet_id == p->as.suback.packet_id &&
               same_place(in, &r->body, p->as.suback.reasons.data, p->as.suback.reasons.len) &&
               same_place(in, &r->properties, p->as.suback.properties.data,
                          p->as.suback.properties.len);
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        return r->flags == 0 && r->packet_id == 0 && r->body.len == 0;
    default:
        return r->flags == p->as.ack.form && r->reason == p->as.ack.reason &&
               r->packet_id == p->as.ack.packet_id &&
               same_place(in, &r->properties, p->as.ack.properties.data, p->as.ack.properties.len);
    }
}

/* What the records encode to is what the packets encode to. */
static void check_encoded(struct native_mqtt_batch *batch, const uint8_t *in, size_t in_len,
                          const struct native_mqtt_packet *packet, const char *name)
{
    size_t size = 0, used = 0;
    uint8_t *one, *all;

    if (packet->type == NATIVE_MQTT_CONNECT) {
        check(native_mqtt_batch_encode(batch, in, in_len, NULL, 0) == NATIVE_MQTT_TOO_LARGE &&
                  batch->used == 0,
              "%s: a CONNECT is encoded from a record", name);
        return;
    }
    check(native_mqtt_packet_size(packet, &size) == NATIVE_MQTT_OK, "%s: no size", name);
    one = malloc(size);
    check(native_mqtt_packet_encode(packet, one, size, &used) == NATIVE_MQTT_OK, "%s: encode",
          name);
    batch->options.version = packet->version;
    all = guard_end(&output, COPIES * size - 1);
    check(native_mqtt_batch_encode(batch, in, in_len, all, COPIES * size - 1) ==
                  NATIVE_MQTT_NO_SPACE &&
              batch->used == COPIES * size,
          "%s: one byte less room", name);
    all = guard_end(&output, COPIES * size);
    check(native_mqtt_batch_encode(batch, in, in_len, all, COPIES * size) == NATIVE_MQTT_OK &&
              batch->used == COPIES * size,
          "%s: batch is not encoded", name);
    for (size_t i = 0; i < COPIES; i++)
        check(memcmp(all + i * size, one, size) == 0, "%s: encoded %zu is another", name, i);
    free(one);
}

/* Three packets in a row; then all but the last byte; then room for two records. */
static void check_stream(const struct vector *v, unsigned version)
{
    size_t len = v->hex.len, total = COPIES * len;
    struct native_mqtt_batch batch = new_batch(version, COPIES);
    struct native_mqtt_packet packet;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    uint8_t *in = guard_end(&input, total);

    for (size_t i = 0; i < COPIES; i++)
        memcpy(in + i * len, v->hex.data, len);
    if (!check(native_mqtt_batch_decode(&batch, in, total) == NATIVE_MQTT_OK &&
                   batch.count == COPIES && batch.used == total,
               "%s/%s: %zu records, %zu bytes", v->file, v->name, batch.count, batch.used))
        return;
    for (size_t i = 0; i < COPIES; i++) {
        native_mqtt_packet_decode(&batch.options, in + i * len, len, &frame, &packet, &error);
        check(tells(&batch.records[i], in, &packet) && batch.records[i].packet.at == i * len &&
                  batch.records[i].packet.len == len,
              "%s/%s: record %zu says something else", v->file, v->name, i);
    }
    check_encoded(&batch, in, total, &packet, v->name);

    batch = new_batch(version, COPIES);
    in = guard_end(&input, total - 1);
    for (size_t i = 0; i < COPIES; i++)
        memcpy(in + i * len, v->hex.data, i == COPIES - 1 ? len - 1 : len);
    check(native_mqtt_batch_decode(&batch, in, total - 1) == NATIVE_MQTT_NEED_MORE &&
              batch.count == COPIES - 1 && batch.used == total - len && batch.need >= 1,
          "%s/%s: cut by one byte", v->file, v->name);
    batch = new_batch(version, COPIES - 1);
    check(native_mqtt_batch_decode(&batch, guard_place(&output, in, total - 1), total - 1) ==
                  NATIVE_MQTT_NO_SPACE &&
              batch.count == COPIES - 1 && batch.used == total - len,
          "%s/%s: two records for more", v->file, v->name);
}

static void test_vectors(void)
{
    static struct vector *vectors;
    size_t count = vectors_read("tests/vectors", &vectors), streams = 0;

    for (size_t i = 0; i < count; i++) {
        const struct vector *v = &vectors[i];

        if (v->need || v->max_packet_size || (v->rule >= 0 && v->level <= NATIVE_MQTT_SPEC))
            continue;
        for (size_t k = 0; k < v->version_count; k++, streams++)
            check_stream(v, v->versions[k]);
    }
    check(streams > 100, "only %zu streams", streams);
    end_test("each accepted vector three times in one call");
}

static void test_malformed(void)
{
    static const uint8_t bytes[] = {0xd0, 0, 0x30, 3, 0, 1, 'a', 0x30, 4, 0, 1, '#', 'x'};
    struct native_mqtt_batch batch = new_batch(NATIVE_MQTT_3_1_1, 8);
    uint8_t *in = guard_place(&input, bytes, sizeof(bytes));

    check(native_mqtt_batch_decode(&batch, in, sizeof(bytes)) == NATIVE_MQTT_MALFORMED, "status");
    check(batch.count == 2 && batch.used == 7, "%zu records, %zu bytes", batch.count, batch.used);
    check(batch.error.rule == NATIVE_MQTT_RULE_TOPIC_WILDCARD && batch.error.offset == 4,
          "rule %u at %u", batch.error.rule, batch.error.offset);
    end_test("a broken packet: those before it are there, the error counts from its start");
}

static void test_connect_tells_version(void)
{
    static const uint8_t bytes[] = {0x10, 13, 0, 4, 'M',  'Q', 'T', 'T', 5,   2, 0,
                                    0,    0,  0, 0, 0x30, 4,   0,   1,   'a', 0};
    struct native_mqtt_batch batch = new_batch(NATIVE_MQTT_VERSION_UNKNOWN, 4);

    check(native_mqtt_batch_decode(&batch, guard_place(&input, bytes, sizeof(bytes)),
                                   sizeof(bytes)) == NATIVE_MQTT_OK &&
              batch.count == 2 && batch.records[1].body.len == 0,
          "%zu records, rule %u", batch.count, batch.error.rule);
    end_test("what follows a CONNECT is read in its version");
}

/* Records that no decoder made: whatever is in them, only the buffer is read. */
static void test_strange_records(void)
{
    static const uint8_t bytes[] = "topic/payload";
    struct native_mqtt_batch batch = new_batch(NATIVE_MQTT_5_0, MANY);
    uint8_t *buffer = guard_place(&input, bytes, sizeof(bytes));
    uint8_t *out = guard_end(&output, 4096);
    uint64_t seed = 7;
    size_t accepted = 0;

    for (unsigned round = 0; round < 200000; round++) {
        uint32_t *numbers = (uint32_t *)batch.records;

        for (unsigned i = 0; i < NATIVE_MQTT_RECORD_NUMBERS; i++) {
            uint32_t random = next_random(&seed);

            numbers[i] = random % 16 == 0 ? random * 3u : random >> 8 & 15;
        }
        batch.count = 1;
        accepted +=
            native_mqtt_batch_encode(&batch, buffer, sizeof(bytes), out, 4096) == NATIVE_MQTT_OK;
    }
    check(accepted > 1000 && accepted < 199000, "%zu accepted", accepted);
    end_test("records with any numbers read nothing outside the buffer");
}

static void test_places(void)
{
    static const uint8_t bytes[] = "abc";
    struct native_mqtt_batch batch = new_batch(NATIVE_MQTT_3_1_1, 2);
    struct native_mqtt_record good = {.type = NATIVE_MQTT_PUBLISH, .topic = {0, 3}};
    uint8_t out[64];

    for (uint32_t at = 0; at < 6; at++)
        for (uint32_t len = 0; len < 6; len++) {
            bool fits = len == 0 || at + len <= 3;

            batch.records[0] = good;
            batch.records[1] = good;
            batch.records[1].body = (struct native_mqtt_place){at, len};
            batch.count = 2;
            check(native_mqtt_batch_encode(&batch, bytes, 3, out, sizeof(out)) ==
                          (fits ? NATIVE_MQTT_OK : NATIVE_MQTT_TOO_LARGE) &&
                      batch.used == (fits ? 14 + len : 1),
                  "%u bytes at %u: used %zu", len, at, batch.used);
        }
    batch.records[1].body = (struct native_mqtt_place){UINT32_MAX, UINT32_MAX};
    check(native_mqtt_batch_encode(&batch, bytes, 3, out, sizeof(out)) == NATIVE_MQTT_TOO_LARGE,
          "a place at the end of the numbers");
    end_test("places outside the buffer are refused, with the number of the record");
}

int main(void)
{
    ok(sizeof(struct native_mqtt_record) == 4 * NATIVE_MQTT_RECORD_NUMBERS, "a record is flat");
    input = guard_new(1 << 20);
    output = guard_new(1 << 20);
    table = guard_new(1 << 14);
    test_vectors();
    test_malformed();
    test_connect_tells_version();
    test_strange_records();
    test_places();
    return done();
}
