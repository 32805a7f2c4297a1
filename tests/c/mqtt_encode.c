/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_encode.c - what is written: exact bytes of the short packets, and the limits of MQTT.
 *
 * proves: MQTT-1.5.5-1 MQTT-2.2.2-1 MQTT-2.2.1-2 (5.0)
 * proves: MQTT-2.3.1-5 (3.1.1)
 * proves: MQTT-4.7.3-3 (3.1.1 and 5.0) */
#include "harness.h"
#include "mqtt/packet.h"

static uint8_t big[65536]; /* zeros */

static struct native_mqtt_packet packet_of(unsigned type, unsigned version)
{
    struct native_mqtt_packet packet;

    memset(&packet, 0, sizeof(packet));
    packet.type = (uint8_t)type;
    packet.version = (uint8_t)version;
    return packet;
}

static struct native_mqtt_span text(const char *s)
{
    struct native_mqtt_span span = {(const uint8_t *)s, strlen(s)};

    return span;
}

static bool is_too_large(const struct native_mqtt_packet *packet)
{
    uint8_t out[16];
    size_t size = 0, used = 0;

    return native_mqtt_packet_size(packet, &size) == NATIVE_MQTT_TOO_LARGE &&
           native_mqtt_packet_encode(packet, out, sizeof(out), &used) == NATIVE_MQTT_TOO_LARGE;
}

/* Encode and compare. */
static bool gives(const struct native_mqtt_packet *packet, const char *want, size_t want_len)
{
    uint8_t out[256];
    size_t used = 0, size = 0;
    bool good = native_mqtt_packet_size(packet, &size) == NATIVE_MQTT_OK &&
                native_mqtt_packet_encode(packet, out, sizeof(out), &used) == NATIVE_MQTT_OK &&
                used == size && used == want_len && memcmp(out, want, want_len) == 0;

    for (size_t i = 0; !good && i < used; i++)
        printf("%s %02x%s", i ? "" : "# got", out[i], i + 1 < used ? "" : "\n");
    return good;
}
#define GIVES(packet, bytes) gives(packet, bytes, sizeof(bytes) - 1)

/* ---- exact bytes ---------------------------------------------------------------------------- */

static void test_acks(void)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_PUBACK, NATIVE_MQTT_5_0);

    p.as.ack.packet_id = 0x1234;
    ok(GIVES(&p, "\x40\x02\x12\x34"), "PUBACK with Success is short");
    p.as.ack.form = NATIVE_MQTT_FORM_REASON;
    ok(GIVES(&p, "\x40\x03\x12\x34\x00"), "PUBACK with its reason code written out");
    p.as.ack.form = NATIVE_MQTT_FORM_FULL;
    ok(GIVES(&p, "\x40\x04\x12\x34\x00\x00"), "PUBACK with its property length written out");
    p.as.ack.form = NATIVE_MQTT_FORM_SHORT;
    p.as.ack.reason = 0x87;
    ok(GIVES(&p, "\x40\x03\x12\x34\x87"), "PUBACK with a reason code");
    p.as.ack.reason = 0;
    p.as.ack.properties.data = (const uint8_t *)"\x1f\0\1x";
    p.as.ack.properties.len = 4;
    ok(GIVES(&p, "\x40\x08\x12\x34\x00\x04\x1f\0\1x"), "PUBACK with properties has a reason code");
    p.version = NATIVE_MQTT_3_1_1;
    p.as.ack.reason = 0x87;
    p.as.ack.form = NATIVE_MQTT_FORM_FULL;
    ok(GIVES(&p, "\x40\x02\x12\x34"), "PUBACK before 5.0 has neither");
    p.type = NATIVE_MQTT_PUBREL;
    ok(GIVES(&p, "\x62\x02\x12\x34"), "PUBREL has its flags");
    p.type = NATIVE_MQTT_DISCONNECT;
    ok(GIVES(&p, "\xe0\x00"), "DISCONNECT before 5.0 is empty");
    p.version = NATIVE_MQTT_5_0;
    p.as.ack.properties.len = 0;
    p.as.ack.form = NATIVE_MQTT_FORM_SHORT;
    ok(GIVES(&p, "\xe0\x01\x87"), "DISCONNECT with a reason code");
    p.type = NATIVE_MQTT_AUTH;
    p.as.ack.reason = 0;
    ok(GIVES(&p, "\xf0\x00"), "AUTH with Success is short");
}

static void test_publish(void)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_PUBLISH, NATIVE_MQTT_3_1_1);

    p.as.publish.topic = text("t");
    p.as.publish.payload = text("x");
    p.as.publish.packet_id = 7;
    ok(GIVES(&p, "\x30\x04\0\1tx"), "PUBLISH at QoS 0 has no packet identifier");
    p.version = NATIVE_MQTT_5_0;
    ok(GIVES(&p, "\x30\x05\0\1t\0x"), "nor in 5.0, where no properties are a zero length");
    p.as.publish.qos = 2;
    p.as.publish.dup = p.as.publish.retain = true;
    ok(GIVES(&p, "\x3d\x07\0\1t\0\7\0x"), "PUBLISH at QoS 2 with DUP and RETAIN");
    p.as.publish.topic_alias = 0x0102;
    ok(GIVES(&p, "\x3d\x0a\0\1t\0\7\3\x23\1\2x"), "a topic alias is a property");
    p.as.publish.properties.data = (const uint8_t *)"\1\1";
    p.as.publish.properties.len = 2;
    ok(GIVES(&p, "\x3d\x0c\0\1t\0\7\5\x23\1\2\1\1x"), "and stands before the others");
    p.version = NATIVE_MQTT_3_1_1;
    ok(GIVES(&p, "\x3d\x06\0\1t\0\7x"), "before 5.0 there are no properties");
}

static void test_others(void)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_CONNECT, NATIVE_MQTT_3_1);

    p.as.connect.client_id = text("c");
    p.as.connect.keep_alive = 10;
    p.as.connect.clean_start = true;
    ok(GIVES(&p, "\x10\x0f\0\6MQIsdp\3\2\0\x0a\0\1c"), "CONNECT of 3.1");
    p.version = NATIVE_MQTT_5_0;
    ok(GIVES(&p, "\x10\x0e\0\4MQTT\5\2\0\x0a\0\0\1c"), "CONNECT of 5.0");
    p.as.connect.will.topic = text("w");
    p.as.connect.user_name = text("u");
    p.as.connect.password = text("p");
    p.as.connect.will.qos = 3;
    p.as.connect.will.retain = true;
    ok(GIVES(&p, "\x10\x0e\0\4MQTT\5\2\0\x0a\0\0\1c"), "what the has_ fields deny is not written");
    p.as.connect.will.qos = 2;
    p.as.connect.has_will = p.as.connect.has_password = true;
    ok(GIVES(&p, "\x10\x17\0\4MQTT\5\x76\0\x0a\0\0\1c\0\0\1w\0\0\0\1p"), "a will and a password");
    p = packet_of(NATIVE_MQTT_CONNACK, NATIVE_MQTT_3_1_1);
    p.as.connack.session_present = true;
    p.as.connack.properties.len = 3;
    p.as.connack.properties.data = (const uint8_t *)"\x13\0\1";
    ok(GIVES(&p, "\x20\x02\1\0"), "CONNACK of 3.1.1");
    p.version = NATIVE_MQTT_5_0;
    ok(GIVES(&p, "\x20\x06\1\0\3\x13\0\1"), "CONNACK of 5.0");
    p = packet_of(NATIVE_MQTT_UNSUBACK, NATIVE_MQTT_3_1_1);
    p.as.suback.packet_id = 9;
    p.as.suback.reasons = text("\x11");
    ok(GIVES(&p, "\xb0\x02\0\x09"), "UNSUBACK of 3.1.1 has no reason codes");
    p.version = NATIVE_MQTT_5_0;
    ok(GIVES(&p, "\xb0\x04\0\x09\0\x11"), "UNSUBACK of 5.0 has");
    p = packet_of(NATIVE_MQTT_PINGREQ, NATIVE_MQTT_3_1);
    ok(GIVES(&p, "\xc0\0"), "PINGREQ");
    p.type = NATIVE_MQTT_PINGRESP;
    ok(GIVES(&p, "\xd0\0"), "PINGRESP");
}

static void test_subscriptions(void)
{
    struct native_mqtt_subscription one = {text("a/#"), 0x2d}, got;
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_SUBSCRIBE, NATIVE_MQTT_5_0);
    struct native_mqtt_span rest;
    uint8_t filters[12];
    size_t len = 0;

    ok(native_mqtt_subscription_put(filters, sizeof(filters), &len, true, &one) == NATIVE_MQTT_OK &&
           len == 6 &&
           native_mqtt_subscription_put(filters, sizeof(filters), &len, true, &one) ==
               NATIVE_MQTT_OK &&
           len == 12 &&
           native_mqtt_subscription_put(filters, sizeof(filters), &len, true, &one) ==
               NATIVE_MQTT_NO_SPACE &&
           len == 12,
       "entries are appended until the room is used up");
    rest.data = filters;
    rest.len = len;
    p.as.subscribe.filters = rest;
    p.as.subscribe.packet_id = 1;
    ok(GIVES(&p, "\x82\x0f\0\1\0\0\3a/#\x2d\0\3a/#\x2d"), "SUBSCRIBE");
    ok(native_mqtt_subscription_next(&rest, true, &got) && got.options == 0x2d &&
           got.filter.len == 3 && native_mqtt_subscription_next(&rest, true, &got) &&
           !native_mqtt_subscription_next(&rest, true, &got) && rest.len == 0,
       "and walked");
    len = 0;
    ok(native_mqtt_subscription_put(filters, 4, &len, false, &one) == NATIVE_MQTT_NO_SPACE &&
           native_mqtt_subscription_put(filters, 5, &len, false, &one) == NATIVE_MQTT_OK &&
           len == 5,
       "an entry of UNSUBSCRIBE has no options");
    rest.data = filters;
    rest.len = 4;
    ok(!native_mqtt_subscription_next(&rest, false, &got), "a cut entry is no entry");
    one.filter.data = big;
    one.filter.len = 65536;
    ok(native_mqtt_subscription_put(filters, 4, &len, true, &one) == NATIVE_MQTT_TOO_LARGE,
       "a topic filter of 65536 bytes");
}

/* ---- limits --------------------------------------------------------------------------------- */

static void try_string(struct native_mqtt_packet *p, struct native_mqtt_span *field,
                       const char *name)
{
    size_t size;

    field->data = big;
    field->len = 65535;
    ok(native_mqtt_packet_size(p, &size) == NATIVE_MQTT_OK && size > 65535, "%s of 65535 bytes",
       name);
    field->len = 65536;
    ok(is_too_large(p), "%s of 65536 bytes", name);
    field->len = SIZE_MAX - 8;
    ok(is_too_large(p), "%s of a size that wraps round", name);
    field->len = 0;
}

static void test_strings(void)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_CONNECT, NATIVE_MQTT_5_0);
    struct native_mqtt_packet publish = packet_of(NATIVE_MQTT_PUBLISH, NATIVE_MQTT_3_1_1);

    p.as.connect.has_user_name = p.as.connect.has_password = p.as.connect.has_will = true;
    try_string(&p, &p.as.connect.client_id, "client identifier");
    try_string(&p, &p.as.connect.user_name, "user name");
    try_string(&p, &p.as.connect.password, "password");
    try_string(&p, &p.as.connect.will.topic, "will topic");
    try_string(&p, &p.as.connect.will.payload, "will payload");
    try_string(&publish, &publish.as.publish.topic, "topic name");
}

/* Remaining length `remaining` by way of the payload; nothing of the payload is touched. */
static enum native_mqtt_status try_remaining(unsigned version, size_t remaining, size_t *size,
                                             uint8_t head[8], size_t *used)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_PUBLISH, version);
    size_t before = version == NATIVE_MQTT_5_0 ? 4 : 3;
    enum native_mqtt_status status;

    p.as.publish.topic = text("t");
    p.as.publish.payload.len = remaining - before;
    status = native_mqtt_publish_encode_header(&p.as.publish, version, head, 9, used);
    check(native_mqtt_packet_size(&p, size) == status, "size and encode_header disagree");
    return status;
}

static void test_remaining_length(void)
{
    static const struct {
        size_t remaining, header_len;
        uint8_t bytes[4];
    } edges[] = {
        {127, 2, {0x7f}},
        {128, 3, {0x80, 0x01}},
        {16383, 3, {0xff, 0x7f}},
        {16384, 4, {0x80, 0x80, 0x01}},
        {2097151, 4, {0xff, 0xff, 0x7f}},
        {2097152, 5, {0x80, 0x80, 0x80, 0x01}},
        {268435455, 5, {0xff, 0xff, 0xff, 0x7f}},
    };
    uint8_t head[9];
    size_t size, used;

    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++)
        for (unsigned version = 3; version <= 5; version++)
            ok(try_remaining(version, edges[i].remaining, &size, head, &used) == NATIVE_MQTT_OK &&
                   size == edges[i].header_len + edges[i].remaining &&
                   used == edges[i].header_len + (version == 5 ? 4 : 3) &&
                   memcmp(head + 1, edges[i].bytes, edges[i].header_len - 1) == 0,
               "remaining length %zu in version %u", edges[i].remaining, version);
    ok(try_remaining(4, 268435456, &size, head, &used) == NATIVE_MQTT_TOO_LARGE &&
           try_remaining(5, 268435456, &size, head, &used) == NATIVE_MQTT_TOO_LARGE,
       "remaining length 268435456");
    ok(try_remaining(5, SIZE_MAX, &size, head, &used) == NATIVE_MQTT_TOO_LARGE &&
           try_remaining(4, 2, &size, head, &used) == NATIVE_MQTT_TOO_LARGE,
       "payload sizes that wrap round");
}

/* Whole packets at the edges, written and read again. */
static void test_large_packets(void)
{
    static const size_t edges[] = {127, 128, 16383, 16384, 2097151, 2097152};
    const struct native_mqtt_options options = {NATIVE_MQTT_5_0, NATIVE_MQTT_SPEC, 0, 0};
    uint8_t *payload = calloc(1, 2097152), *out = malloc(2097152 + 5);

    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
        struct native_mqtt_packet p = packet_of(NATIVE_MQTT_PUBLISH, NATIVE_MQTT_5_0), again;
        struct native_mqtt_frame frame;
        struct native_mqtt_error error;
        size_t used = 0, size = 0;

        p.as.publish.topic = text("t");
        p.as.publish.payload.data = payload;
        p.as.publish.payload.len = edges[i] - 4;
        native_mqtt_packet_size(&p, &size);
        ok(native_mqtt_packet_encode(&p, out, size, &used) == NATIVE_MQTT_OK && used == size &&
               native_mqtt_packet_decode(&options, out, used, &frame, &again, &error) ==
                   NATIVE_MQTT_OK &&
               again.as.publish.payload.len == edges[i] - 4 && frame.packet_len == size,
           "a packet with remaining length %zu there and back", edges[i]);
        ok(native_mqtt_packet_encode(&p, out, size - 1, &used) == NATIVE_MQTT_NO_SPACE &&
               used == size,
           "and into one byte too little");
    }
    free(payload);
    free(out);
}

/* Property blocks of `len` bytes, made of user properties and of one that fills the rest. */
static size_t fill_properties(uint8_t *block, size_t len)
{
    struct native_mqtt_property_writer w = {block, 0, len};

    while (len - w.len > 131076)
        native_mqtt_property_put(
            &w, &(struct native_mqtt_property){0x26, 0, 0, {big, 65535}, {big, 65535 - 64}});
    while (len - w.len > 5) {
        size_t room = len - w.len - 5, name = room > 65535 ? 65535 : room;

        native_mqtt_property_put(
            &w, &(struct native_mqtt_property){0x26, 0, 0, {big, name}, {big, room - name}});
    }
    return w.len;
}

static void test_large_properties(void)
{
    static const size_t edges[] = {127, 128, 16383, 16384, 2097151, 2097152};
    const struct native_mqtt_options options = {NATIVE_MQTT_5_0, NATIVE_MQTT_LENIENT, 0, 0};
    uint8_t *block = malloc(2097152), *out = malloc(2097152 + 64);

    for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
        struct native_mqtt_packet p = packet_of(NATIVE_MQTT_SUBACK, NATIVE_MQTT_5_0), again;
        struct native_mqtt_frame frame;
        struct native_mqtt_error error = {0, 0, 0, 0};
        size_t used = 0;

        p.as.suback.properties.data = block;
        p.as.suback.properties.len = fill_properties(block, edges[i]);
        p.as.suback.packet_id = 1;
        p.as.suback.reasons = text("\x01");
        check(p.as.suback.properties.len == edges[i], "block of %zu bytes",
              p.as.suback.properties.len);
        ok(native_mqtt_packet_encode(&p, out, 2097152 + 64, &used) == NATIVE_MQTT_OK &&
               native_mqtt_packet_decode(&options, out, used, &frame, &again, &error) ==
                   NATIVE_MQTT_OK &&
               again.as.suback.properties.len == edges[i] && again.as.suback.reasons.len == 1,
           "%zu bytes of properties there and back (rule %u)", edges[i], error.rule);
    }
    free(block);
    free(out);
}

static void test_properties_too_large(void)
{
    static const uint8_t types[] = {1, 2, 3, 4, 8, 9, 10, 11, 14, 15};

    for (size_t i = 0; i < sizeof(types); i++) {
        struct native_mqtt_packet p = packet_of(types[i], NATIVE_MQTT_5_0);
        struct native_mqtt_properties huge = {big, 268435456, 0};

        switch (types[i]) {
        case NATIVE_MQTT_CONNECT:
            p.as.connect.properties = huge;
            break;
        case NATIVE_MQTT_CONNACK:
            p.as.connack.properties = huge;
            break;
        case NATIVE_MQTT_PUBLISH:
            p.as.publish.properties = huge;
            break;
        case NATIVE_MQTT_SUBSCRIBE:
        case NATIVE_MQTT_UNSUBSCRIBE:
            p.as.subscribe.properties = huge;
            break;
        case NATIVE_MQTT_SUBACK:
        case NATIVE_MQTT_UNSUBACK:
            p.as.suback.properties = huge;
            break;
        default:
            p.as.ack.properties = huge;
        }
        ok(is_too_large(&p), "268435456 bytes of properties in type %u", types[i]);
    }
}

static void test_what_does_not_exist(void)
{
    struct native_mqtt_packet p = packet_of(NATIVE_MQTT_AUTH, NATIVE_MQTT_3_1_1);

    ok(is_too_large(&p), "AUTH before 5.0");
    for (unsigned type = 0; type < 256; type++)
        for (unsigned version = 0; version < 256; version++) {
            size_t size;

            p = packet_of(type, version);
            check((native_mqtt_packet_size(&p, &size) == NATIVE_MQTT_OK) ==
                      (type >= 1 && type <= 15 && version >= 3 && version <= 5 &&
                       (type != 15 || version == 5)),
                  "type %u in version %u", type, version);
        }
    end_test("types and versions that there are, and no others, are written");
    p = packet_of(NATIVE_MQTT_PUBLISH, NATIVE_MQTT_5_0);
    for (unsigned qos = 3; qos < 256; qos++) {
        p.as.publish.qos = (uint8_t)qos;
        check(is_too_large(&p), "QoS %u", qos);
    }
    end_test("a QoS above 2 is not written");
    p = packet_of(NATIVE_MQTT_CONNECT, NATIVE_MQTT_3_1_1);
    p.as.connect.has_will = true;
    for (unsigned qos = 3; qos < 256; qos++) {
        p.as.connect.will.qos = (uint8_t)qos;
        check(is_too_large(&p), "will QoS %u", qos);
    }
    end_test("nor a will QoS above 2");
}

int main(void)
{
    test_acks();
    test_publish();
    test_others();
    test_subscriptions();
    test_strings();
    test_remaining_length();
    test_large_packets();
    test_large_properties();
    test_properties_too_large();
    test_what_does_not_exist();
    return done();
}
