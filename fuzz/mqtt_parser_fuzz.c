/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_parser_fuzz.c - a stream of packets in slices, through a buffer of any size, gives what decoding
 * the whole stream gives. The input:
 *
 *   byte 0      version (2 bits), level (2 bits), sender (2 bits), move to a larger buffer when asked
 *   byte 1      capacity of the buffer - 5
 *   byte 2      most bytes of a slice - 1
 *   then        the stream */
#include <stdlib.h>

#include "mqtt/parser.h"
#include "tests/c/support/mqtt_describe.c"
#include "require.h"

/* The stream, decoded a packet at a time as a whole. */
struct oracle {
    struct native_mqtt_options options;
    const uint8_t *at;
    size_t left;
    enum native_mqtt_status status;
    struct native_mqtt_frame frame;
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;
};

static void ask(struct oracle *o)
{
    o->status =
        native_mqtt_packet_decode(&o->options, o->at, o->left, &o->frame, &o->packet, &o->error);
    if (o->status != NATIVE_MQTT_OK)
        return;
    o->at += o->frame.packet_len;
    o->left -= o->frame.packet_len;
    if (o->packet.type == NATIVE_MQTT_CONNECT)
        o->options.version = o->packet.version;
}

/* What the parser gave. */
struct part {
    enum native_mqtt_part type;
    struct native_mqtt_packet packet;
    struct native_mqtt_span payload;
};

struct run {
    struct native_mqtt_parser parser;
    struct oracle oracle;
    const uint8_t *stream;
    size_t left, slice;
    struct native_mqtt_packet begun; /* the PUBLISH that comes in parts */
    size_t payload_at;
    bool in_parts;
    bool move;
};

/* Give the parser the next slice. Returns false at the end of the stream. */
static bool feed(struct run *run)
{
    size_t room, n;
    uint8_t *to = native_mqtt_parser_room(&run->parser, &room);

    REQUIRE(room >= 1);
    REQUIRE(to >= run->parser.buffer && to + room <= run->parser.buffer + run->parser.capacity);
    n = room < run->slice ? room : run->slice;
    n = n < run->left ? n : run->left;
    if (n == 0)
        return false;
    memcpy(to, run->stream, n);
    run->stream += n;
    run->left -= n;
    native_mqtt_parser_filled(&run->parser, n);
    return true;
}

static void take_begin(struct run *run, const struct part *part)
{
    struct oracle *o = &run->oracle;
    struct native_mqtt_packet packet = part->packet;

    REQUIRE(packet.type == NATIVE_MQTT_PUBLISH && !packet.as.publish.payload.data);
    ask(o);
    /* What is not whole, or wrong only in its payload, cannot be compared: the rest is not. */
    if (o->status != NATIVE_MQTT_OK) {
        REQUIRE(o->status == NATIVE_MQTT_NEED_MORE ||
                o->error.rule == NATIVE_MQTT_RULE_PAYLOAD_FORMAT);
        return;
    }
    REQUIRE(packet.as.publish.payload.len == o->packet.as.publish.payload.len);
    packet.as.publish.payload.data = o->packet.as.publish.payload.data;
    REQUIRE(vector_same(&packet, &o->packet));
    run->payload_at = 0;
}

/* Compare one part. */
static void take(struct run *run, const struct part *part)
{
    struct oracle *o = &run->oracle;

    if (o->status != NATIVE_MQTT_OK)
        return;
    switch (part->type) {
    case NATIVE_MQTT_PART_PACKET:
        REQUIRE(!run->in_parts);
        ask(o);
        REQUIRE(o->status == NATIVE_MQTT_OK && vector_same(&part->packet, &o->packet));
        run->parser.options.version = o->options.version;
        break;
    case NATIVE_MQTT_PART_BEGIN:
        REQUIRE(!run->in_parts);
        run->in_parts = true;
        take_begin(run, part);
        break;
    case NATIVE_MQTT_PART_PAYLOAD:
        REQUIRE(run->in_parts && part->payload.len > 0 &&
                run->payload_at + part->payload.len <= o->packet.as.publish.payload.len &&
                memcmp(part->payload.data, o->packet.as.publish.payload.data + run->payload_at,
                       part->payload.len) == 0);
        run->payload_at += part->payload.len;
        break;
    default:
        REQUIRE(part->type == NATIVE_MQTT_PART_END && run->in_parts &&
                run->payload_at == o->packet.as.publish.payload.len);
        run->in_parts = false;
    }
}

/* The parser gives no more: does the whole agree? */
static void judge(struct run *run, enum native_mqtt_status status)
{
    struct oracle *o = &run->oracle;

    if (o->status != NATIVE_MQTT_OK || run->in_parts)
        return;
    ask(o);
    if (status == NATIVE_MQTT_MALFORMED && o->status == NATIVE_MQTT_NEED_MORE)
        return; /* the header of a PUBLISH can be wrong before its payload is there */
    if (status == NATIVE_MQTT_NO_SPACE)
        REQUIRE(o->status == NATIVE_MQTT_NEED_MORE || o->frame.packet_len > run->parser.capacity ||
                o->status == NATIVE_MQTT_MALFORMED);
    else
        REQUIRE(o->status == status);
    if (status == NATIVE_MQTT_MALFORMED)
        REQUIRE(run->parser.error.rule == o->error.rule &&
                run->parser.error.offset == o->error.offset);
}

static void grow(struct run *run)
{
    size_t capacity = run->parser.need + 3;
    uint8_t *old = run->parser.buffer, *larger = malloc(capacity);

    native_mqtt_parser_move(&run->parser, larger, capacity);
    free(old);
}

static void drive(struct run *run)
{
    enum native_mqtt_status status;
    struct native_mqtt_packet packet;
    struct native_mqtt_span piece;
    struct part part;

    for (;;) {
        memset(&part, 0xaa, sizeof(part));
        status = native_mqtt_parser_next(&run->parser, &part.type, &part.packet, &part.payload);
        if (status == NATIVE_MQTT_OK)
            take(run, &part);
        else if (status == NATIVE_MQTT_NO_SPACE && run->move && run->parser.need < 100000) {
            REQUIRE(run->parser.need > run->parser.capacity);
            grow(run);
        } else if (status != NATIVE_MQTT_NEED_MORE || !feed(run))
            break;
    }
    judge(run, status);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t versions[] = {NATIVE_MQTT_VERSION_UNKNOWN, NATIVE_MQTT_3_1,
                                       NATIVE_MQTT_3_1_1, NATIVE_MQTT_5_0};
    struct run run;

    if (size < 3)
        return 0;
    memset(&run, 0, sizeof(run));
    run.parser.options.version = versions[data[0] & 3];
    run.parser.options.level = (data[0] >> 2 & 3) % 3;
    run.parser.options.sender = (data[0] >> 4 & 3) % 3;
    run.move = data[0] >> 7;
    run.parser.capacity = data[1] + 5u;
    run.parser.buffer = malloc(run.parser.capacity);
    run.slice = data[2] + 1u;
    run.stream = data + 3;
    run.left = size - 3;
    run.oracle.options = run.parser.options;
    run.oracle.at = run.stream;
    run.oracle.left = run.left;
    native_mqtt_parser_reset(&run.parser);
    drive(&run);
    free(run.parser.buffer);
    return 0;
}
