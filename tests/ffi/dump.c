/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dump.c - what the C code says about every test vector, as text that vectors.php must repeat when it
 * goes through FFI: for each run what goes in, then what comes out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mqtt/names.h"
#include "mqtt/packet.h"
#include "tests/c/support/mqtt_vector.h"

static void print_hex(const char *name, const uint8_t *data, size_t len)
{
    printf("%s ", name);
    for (size_t i = 0; i < len; i++)
        printf("%02x", data[i]);
    putchar('\n');
}

/* Whether each property can be put one by one, as a caller through FFI does: a lenient decoder lets
 * values pass that no encoder writes. */
static bool can_put(struct native_mqtt_properties block)
{
    struct native_mqtt_property_writer writer = {NULL, 0, SIZE_MAX};
    struct native_mqtt_property property;

    while (native_mqtt_property_next(&block, &property))
        if (native_mqtt_property_put(&writer, &property) != NATIVE_MQTT_OK)
            return false;
    return true;
}

static bool can_put_all(const struct native_mqtt_packet *packet)
{
    switch (packet->type) {
    case NATIVE_MQTT_CONNECT:
        return can_put(packet->as.connect.properties) &&
               (!packet->as.connect.has_will || can_put(packet->as.connect.will.properties));
    case NATIVE_MQTT_CONNACK:
        return can_put(packet->as.connack.properties);
    case NATIVE_MQTT_PUBLISH:
        return can_put(packet->as.publish.properties);
    case NATIVE_MQTT_SUBSCRIBE:
    case NATIVE_MQTT_UNSUBSCRIBE:
        return can_put(packet->as.subscribe.properties);
    case NATIVE_MQTT_SUBACK:
    case NATIVE_MQTT_UNSUBACK:
        return can_put(packet->as.suback.properties);
    case NATIVE_MQTT_PINGREQ:
    case NATIVE_MQTT_PINGRESP:
        return true;
    default:
        return can_put(packet->as.ack.properties);
    }
}

static void print_encoded(const struct native_mqtt_packet *packet)
{
    size_t size = 0, used = 0;
    enum native_mqtt_status status = native_mqtt_packet_size(packet, &size);
    uint8_t *out = malloc(size + 1);

    if (status == NATIVE_MQTT_OK)
        status = native_mqtt_packet_encode(packet, out, size, &used);
    if (!can_put_all(packet))
        puts("not encoded: a property cannot be put");
    else if (status == NATIVE_MQTT_OK)
        print_hex("encoded", out, used);
    else
        printf("not encoded, status %d\n", (int)status);
    free(out);
}

static void print_answer(const struct native_mqtt_options *options, const struct vector *v)
{
    struct native_mqtt_frame frame;
    struct native_mqtt_packet packet;
    struct native_mqtt_error error;
    char statement[NATIVE_MQTT_STATEMENT_TEXT_MAX], *text;

    memset(&packet, 0, sizeof(packet));
    switch (native_mqtt_packet_decode(options, v->hex.data, v->hex.len, &frame, &packet, &error)) {
    case NATIVE_MQTT_OK:
        vector_describe(&packet, &text);
        printf("length %u\n%s", frame.packet_len, text);
        free(text);
        print_encoded(&packet);
        break;
    case NATIVE_MQTT_NEED_MORE:
        printf("need %u\n", frame.need);
        break;
    default:
        native_mqtt_statement_text(error.statement, statement, sizeof(statement));
        printf("error %s reason 0x%02x offset %u statement \"%s\": %s\n",
               native_mqtt_rule_name(error.rule), error.reason, error.offset, statement,
               native_mqtt_rule_text(error.rule));
    }
}

int main(int argc, char **argv)
{
    struct vector *vectors;
    size_t count = vectors_read(argc > 1 ? argv[1] : "tests/vectors", &vectors);

    for (size_t i = 0; i < count; i++) {
        const struct vector *v = &vectors[i];

        for (size_t k = 0; k < v->version_count * v->sender_count * 3; k++) {
            struct native_mqtt_options options = {0, 0, 0, v->max_packet_size};

            options.level = (uint8_t)(k % 3);
            options.version = v->versions[k / 3 % v->version_count];
            options.sender = v->senders[k / 3 / v->version_count];
            printf("run %s/%s %u %u %u %u\n", v->file, v->name, options.version, options.level,
                   options.sender, options.max_packet_size);
            print_hex("hex", v->hex.data, v->hex.len);
            print_answer(&options, v);
        }
    }
    return 0;
}
