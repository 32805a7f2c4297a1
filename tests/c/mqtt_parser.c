/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_parser.c - a stream of packets gives the same parts in every slicing and in every buffer. */
#include "harness.h"
#include "mqtt/parser.h"

enum { STREAM_MAX = 1 << 16 };

static uint8_t stream[STREAM_MAX];
static size_t stream_len;

static uint32_t random_state = 2463534242u;

static uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % n;
}

/* Append a PUBLISH with a payload of `len` bytes that can be told from any other. */
static void add_publish(unsigned qos, size_t topic_len, size_t len)
{
    static uint8_t topic[512], payload[STREAM_MAX];
    struct native_mqtt_packet packet = {.type = NATIVE_MQTT_PUBLISH, .version = NATIVE_MQTT_5_0};
    size_t used;

    memset(topic, 't', sizeof(topic));
    for (size_t i = 0; i < len; i++)
        payload[i] = (uint8_t)(i * 7 + len + stream_len);
    packet.as.publish.topic = (struct native_mqtt_span){topic, topic_len};
    packet.as.publish.payload = (struct native_mqtt_span){payload, len};
    packet.as.publish.qos = (uint8_t)qos;
    packet.as.publish.packet_id = qos ? 77 : 0;
    check(native_mqtt_packet_encode(&packet, stream + stream_len, STREAM_MAX - stream_len, &used) ==
              NATIVE_MQTT_OK,
          "the stream is too small");
    stream_len += used;
}

static void add_ack(unsigned type)
{
    struct native_mqtt_packet packet = {.type = (uint8_t)type, .version = NATIVE_MQTT_5_0};
    size_t used;

    packet.as.ack.packet_id = 9;
    check(native_mqtt_packet_encode(&packet, stream + stream_len, STREAM_MAX - stream_len, &used) ==
              NATIVE_MQTT_OK,
          "the stream is too small");
    stream_len += used;
}

/* What a run gave: the stream again, as far as packets and payloads tell it. */
struct told {
    uint8_t bytes[STREAM_MAX];
    size_t len;
    size_t left; /* of a payload that comes in parts */
    int parts;
};

static void tell_header(struct told *told, const struct native_mqtt_publish *publish)
{
    size_t used = 0;

    check(native_mqtt_publish_encode_header(publish, NATIVE_MQTT_5_0, told->bytes + told->len,
                                            STREAM_MAX - told->len, &used) == NATIVE_MQTT_OK,
          "a header encodes again");
    told->len += used;
    told->left = publish->payload.len;
}

static void tell(struct told *told, enum native_mqtt_part part,
                 const struct native_mqtt_packet *packet, const struct native_mqtt_span *payload)
{
    size_t used = 0;

    told->parts++;
    switch (part) {
    case NATIVE_MQTT_PART_PACKET:
        check(native_mqtt_packet_encode(packet, told->bytes + told->len, STREAM_MAX - told->len,
                                        &used) == NATIVE_MQTT_OK,
              "a packet encodes again");
        told->len += used;
        break;
    case NATIVE_MQTT_PART_BEGIN:
        check(packet->as.publish.payload.data == NULL, "no payload yet");
        tell_header(told, &packet->as.publish);
        break;
    case NATIVE_MQTT_PART_PAYLOAD:
        check(payload->len > 0 && payload->len <= told->left, "a piece of a size");
        memcpy(told->bytes + told->len, payload->data, payload->len);
        told->len += payload->len;
        told->left -= payload->len;
        break;
    default:
        check(told->left == 0, "the end comes with the end");
    }
}

/* Run the stream through a buffer of `capacity`, in slices of at most `slice` bytes (0: random). */
static enum native_mqtt_status run(size_t capacity, size_t slice, struct told *told)
{
    uint8_t *buffer = malloc(capacity);
    struct native_mqtt_parser parser = {
        .options = {NATIVE_MQTT_5_0, NATIVE_MQTT_SPEC, NATIVE_MQTT_FROM_ANYONE, 0},
        .buffer = buffer,
        .capacity = capacity};
    enum native_mqtt_status status;
    size_t at = 0;

    memset(told, 0, sizeof(*told));
    for (;;) {
        struct native_mqtt_packet packet;
        struct native_mqtt_span payload;
        enum native_mqtt_part part;
        size_t len, want = slice ? slice : 1 + random_below(400);
        uint8_t *room;

        while ((status = native_mqtt_parser_next(&parser, &part, &packet, &payload)) ==
               NATIVE_MQTT_OK)
            tell(told, part, &packet, &payload);
        if (status != NATIVE_MQTT_NEED_MORE || at == stream_len)
            break;
        room = native_mqtt_parser_room(&parser, &len);
        check(len > 0, "there is room for what is needed");
        check(parser.need > parser.used - parser.at, "more is needed than waits");
        len = len < want ? len : want;
        len = len < stream_len - at ? len : stream_len - at;
        memcpy(room, stream + at, len);
        at += len;
        native_mqtt_parser_filled(&parser, len);
    }
    free(buffer);
    return status;
}

static bool same(const struct told *told)
{
    return told->len == stream_len && memcmp(told->bytes, stream, stream_len) == 0;
}

static void test_slices(void)
{
    static struct told told;
    size_t capacity, slice;

    stream_len = 0;
    add_publish(0, 4, 10);
    add_ack(NATIVE_MQTT_PUBACK);
    add_publish(1, 20, 300);
    add_publish(2, 1, 0);
    add_publish(0, 30, 5000);
    add_ack(NATIVE_MQTT_PINGRESP);
    for (capacity = 40; capacity < 6000; capacity += capacity < 400 ? 1 : 997)
        for (slice = 0; slice < 12; slice++)
            check(run(capacity, slice, &told) == NATIVE_MQTT_NEED_MORE && same(&told),
                  "capacity %zu, slices of %zu", capacity, slice);
    end_test("every slicing in every buffer gives the stream");
    check(run(8192, 0, &told) == NATIVE_MQTT_NEED_MORE && told.parts == 6, "%d parts", told.parts);
    end_test("in a large buffer every packet is whole");
}

static void test_no_space(void)
{
    struct native_mqtt_parser parser = {
        .options = {NATIVE_MQTT_5_0, NATIVE_MQTT_SPEC, NATIVE_MQTT_FROM_ANYONE, 0}};
    uint8_t small[32], large[256];
    struct native_mqtt_packet packet;
    struct native_mqtt_span payload;
    enum native_mqtt_part part;
    size_t len;

    stream_len = 0;
    add_publish(1, 100, 4);
    parser.buffer = small;
    parser.capacity = sizeof(small);
    check(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_NEED_MORE,
          "nothing there yet");
    memcpy(native_mqtt_parser_room(&parser, &len), stream, sizeof(small));
    native_mqtt_parser_filled(&parser, sizeof(small));
    ok(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_NO_SPACE &&
           parser.need > 32,
       "a topic larger than the buffer is told with what it needs");
    native_mqtt_parser_move(&parser, large, sizeof(large));
    check(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_NEED_MORE,
          "the rest is missing");
    memcpy(native_mqtt_parser_room(&parser, &len), stream + 32, stream_len - 32);
    native_mqtt_parser_filled(&parser, stream_len - 32);
    ok(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_OK &&
           packet.as.publish.topic.len == 100,
       "a larger buffer helps, and nothing is lost");
}

static void test_malformed(void)
{
    struct native_mqtt_parser parser = {
        .options = {NATIVE_MQTT_5_0, NATIVE_MQTT_SPEC, NATIVE_MQTT_FROM_ANYONE, 100}};
    uint8_t buffer[64] = {0xd0, 0x00, 0x30, 0xff, 0x7f};
    struct native_mqtt_packet packet;
    struct native_mqtt_span payload;
    enum native_mqtt_part part;

    parser.buffer = buffer;
    parser.capacity = sizeof(buffer);
    native_mqtt_parser_filled(&parser, 5);
    check(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_OK,
          "PINGRESP first");
    for (int again = 0; again < 2; again++)
        check(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_MALFORMED &&
                  parser.error.rule == NATIVE_MQTT_RULE_PACKET_TOO_LARGE,
              "an oversize packet is refused by its length");
    end_test("a malformed packet ends the stream, and again");
    native_mqtt_parser_reset(&parser);
    ok(native_mqtt_parser_next(&parser, &part, &packet, &payload) == NATIVE_MQTT_NEED_MORE &&
           parser.need == 2,
       "a parser can begin anew");
}

int main(void)
{
    test_slices();
    test_no_space();
    test_malformed();
    return done();
}
