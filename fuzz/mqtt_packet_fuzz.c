/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_packet_fuzz.c - the input is one packet and what follows it, for every version, sender and
 * level:
 *   - what a level accepts, the level below accepts; what one side may send, anyone may;
 *   - whatever is accepted encodes to its size and decodes to the same fields; at spec and above,
 *     from MQTT 3.1.1 on, to the same bytes;
 *   - a prefix gives "need more" or the same error, never another answer;
 *   - a PUBLISH header decoded without its payload has the same fields. */
#include <stdlib.h>

#include "tests/c/support/mqtt_describe.c"
#include "require.h"

struct answer {
    enum native_mqtt_status status;
    struct native_mqtt_frame frame;
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;
};

static void decode(const struct native_mqtt_options *options, const uint8_t *data, size_t size,
                   struct answer *a)
{
    memset(a, 0xaa, sizeof(*a));
    a->status = native_mqtt_packet_decode(options, data, size, &a->frame, &a->packet, &a->error);
    REQUIRE(a->status <= NATIVE_MQTT_MALFORMED);
    if (a->status == NATIVE_MQTT_OK)
        REQUIRE(a->frame.packet_len <= size);
    if (a->status == NATIVE_MQTT_NEED_MORE)
        REQUIRE(a->frame.need >= 1);
    if (a->status == NATIVE_MQTT_MALFORMED)
        REQUIRE(a->error.rule > 0 && a->error.rule < NATIVE_MQTT_RULE_COUNT &&
                a->error.offset <= size && a->error.reason >= 0x80);
}

static bool same_error(const struct native_mqtt_error *a, const struct native_mqtt_error *b)
{
    return a->rule == b->rule && a->offset == b->offset && a->reason == b->reason &&
           a->statement == b->statement;
}

static void walk_properties(const struct native_mqtt_properties *block)
{
    struct native_mqtt_properties rest = *block;
    struct native_mqtt_property p;

    while (native_mqtt_property_next(&rest, &p))
        REQUIRE(rest.len < block->len);
    REQUIRE(rest.len == 0);
}

static void walk_filters(const struct native_mqtt_packet *packet)
{
    struct native_mqtt_span rest = packet->as.subscribe.filters;
    struct native_mqtt_subscription one;

    while (native_mqtt_subscription_next(&rest, packet->type == NATIVE_MQTT_SUBSCRIBE, &one))
        ;
    REQUIRE(rest.len == 0);
}

/* Run over every byte that the fields point to; lists are walked to their end. */
static void touch(const struct native_mqtt_packet *packet)
{
    char *text;

    vector_describe(packet, &text);
    free(text);
    if (packet->type == NATIVE_MQTT_SUBSCRIBE || packet->type == NATIVE_MQTT_UNSUBSCRIBE) {
        walk_filters(packet);
        walk_properties(&packet->as.subscribe.properties);
    } else if (packet->type == NATIVE_MQTT_CONNECT) {
        walk_properties(&packet->as.connect.properties);
        walk_properties(&packet->as.connect.will.properties);
    } else if (packet->type == NATIVE_MQTT_PUBLISH) {
        walk_properties(&packet->as.publish.properties);
    }
}

static void check_encoding(const struct native_mqtt_options *options, const struct answer *a,
                           const uint8_t *data)
{
    struct answer again;
    size_t size = 0, used = 0;
    uint8_t *out;

    REQUIRE(native_mqtt_packet_size(&a->packet, &size) == NATIVE_MQTT_OK);
    out = malloc(size);
    REQUIRE(native_mqtt_packet_encode(&a->packet, out, size - 1, &used) == NATIVE_MQTT_NO_SPACE);
    REQUIRE(used == size);
    REQUIRE(native_mqtt_packet_encode(&a->packet, out, size, &used) == NATIVE_MQTT_OK);
    REQUIRE(used == size && size <= a->frame.packet_len);
    decode(options, out, size, &again);
    REQUIRE(again.status == NATIVE_MQTT_OK && vector_same(&a->packet, &again.packet));
    if (options->level >= NATIVE_MQTT_SPEC && a->packet.version >= NATIVE_MQTT_3_1_1)
        REQUIRE(size == a->frame.packet_len && memcmp(out, data, size) == 0);
    free(out);
}

/* The first n bytes, in memory of their own. */
static void check_prefix(const struct native_mqtt_options *options, const struct answer *whole,
                         const uint8_t *data, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);
    struct answer a;

    memcpy(copy, data, n);
    decode(options, copy, n, &a);
    if (a.status == NATIVE_MQTT_MALFORMED)
        REQUIRE(whole->status == NATIVE_MQTT_MALFORMED && same_error(&a.error, &whole->error));
    else if (whole->status == NATIVE_MQTT_OK && n < whole->frame.packet_len)
        REQUIRE(a.status == NATIVE_MQTT_NEED_MORE && a.frame.need <= whole->frame.packet_len - n);
    else if (whole->status == NATIVE_MQTT_NEED_MORE)
        REQUIRE(a.status == NATIVE_MQTT_NEED_MORE);
    free(copy);
}

/* A PUBLISH of which n bytes are there. */
static void check_header(const struct native_mqtt_options *options, const struct answer *whole,
                         const uint8_t *data, size_t n)
{
    uint8_t *copy = malloc(n ? n : 1);
    struct native_mqtt_publish p;
    struct native_mqtt_frame frame;
    struct native_mqtt_error error;
    enum native_mqtt_status status;
    size_t header_len = 0;

    memcpy(copy, data, n);
    status = native_mqtt_frame_scan(options, copy, n, &frame, &error);
    if (status != NATIVE_MQTT_MALFORMED && frame.header_len && frame.type == NATIVE_MQTT_PUBLISH) {
        status =
            native_mqtt_publish_decode_header(options, &frame, copy, n, &p, &header_len, &error);
        if (status == NATIVE_MQTT_NEED_MORE)
            REQUIRE(header_len > n && header_len <= frame.packet_len);
        else if (whole->status == NATIVE_MQTT_MALFORMED &&
                 whole->error.rule != NATIVE_MQTT_RULE_PAYLOAD_FORMAT)
            REQUIRE(status == NATIVE_MQTT_MALFORMED && same_error(&error, &whole->error));
        else if (whole->status != NATIVE_MQTT_NEED_MORE)
            REQUIRE(status == NATIVE_MQTT_OK && header_len + p.payload.len == frame.packet_len &&
                    header_len <= n);
        if (status == NATIVE_MQTT_OK && whole->status == NATIVE_MQTT_OK)
            REQUIRE(p.payload.len == whole->packet.as.publish.payload.len &&
                    p.topic.len == whole->packet.as.publish.topic.len &&
                    p.packet_id == whole->packet.as.publish.packet_id &&
                    p.properties.len == whole->packet.as.publish.properties.len);
    }
    free(copy);
}

/* Patches of whatever bytes: they stay inside, and a refused one changes nothing. */
static void check_patches(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);

    memcpy(copy, data, size);
    if (!native_mqtt_publish_patch_id(copy, size, 0x1234) &&
        !native_mqtt_publish_patch_qos(copy, size, 2) &&
        !native_mqtt_publish_patch_flags(copy, size, true, true))
        REQUIRE(memcmp(copy, data, size) == 0);
    free(copy);
}

/* One version and sender, at every level from the top. Returns which levels accept. */
static unsigned try_levels(const uint8_t *data, size_t size, uint8_t version, uint8_t sender)
{
    struct native_mqtt_options options = {version, 0, sender, 0};
    unsigned accepted = 0;

    for (int level = NATIVE_MQTT_STRICT; level >= NATIVE_MQTT_LENIENT; level--) {
        size_t cut = size ? data[size - 1] % (size + 1) : 0;
        struct answer a;

        options.level = (uint8_t)level;
        decode(&options, data, size, &a);
        REQUIRE(a.status == NATIVE_MQTT_OK || !accepted);
        if (a.status == NATIVE_MQTT_OK) {
            accepted |= 1u << level;
            if (sender == NATIVE_MQTT_FROM_ANYONE)
                touch(&a.packet);
            check_encoding(&options, &a, data);
        }
        check_prefix(&options, &a, data, cut);
        check_prefix(&options, &a, data, size / 2);
        check_header(&options, &a, data, cut);
        check_header(&options, &a, data, size);
    }
    return accepted;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t versions[] = {NATIVE_MQTT_VERSION_UNKNOWN, NATIVE_MQTT_3_1,
                                       NATIVE_MQTT_3_1_1, NATIVE_MQTT_5_0};

    for (size_t i = 0; i < sizeof(versions); i++) {
        unsigned anyone = try_levels(data, size, versions[i], NATIVE_MQTT_FROM_ANYONE);
        unsigned client = try_levels(data, size, versions[i], NATIVE_MQTT_FROM_CLIENT);
        unsigned server = try_levels(data, size, versions[i], NATIVE_MQTT_FROM_SERVER);

        REQUIRE(((client | server) & ~anyone) == 0);
    }
    check_patches(data, size);
    return 0;
}
