/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_codec.c - what the C codec takes for one packet.
 * Prints "case nanoseconds" lines of one round: user CPU time of many repetitions. With the arguments
 * CASE and COUNT it runs that case so many times and prints nothing, for a counter of instructions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../mqtt/packet.h"
#include "../mqtt/topic.h"

enum { REPEAT = 2000000, CAPACITY = 256 };

#define TOPIC30 "plant/7/machine/42/temperature"
#define PAYLOAD64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define SPAN(text)                                                                                 \
    {                                                                                              \
        (const uint8_t *)(text), sizeof(text) - 1                                                  \
    }

/* Message expiry interval 60, user property trace = 0123456789abcdef. */
static const uint8_t two_properties[] = "\x02\0\0\0\x3c\x26\0\x05trace\0\x10"
                                        "0123456789abcdef";

static struct native_mqtt_packet packets[] = {
    {NATIVE_MQTT_PUBLISH,
     NATIVE_MQTT_3_1_1,
     {.publish = {.topic = SPAN("a/b/c"), .payload = SPAN("23.5")}}},
    {NATIVE_MQTT_PUBLISH,
     NATIVE_MQTT_5_0,
     {.publish = {.topic = SPAN(TOPIC30), .payload = SPAN(PAYLOAD64), .packet_id = 10, .qos = 1}}},
    {NATIVE_MQTT_PUBLISH,
     NATIVE_MQTT_5_0,
     {.publish = {.topic = SPAN(TOPIC30),
                  .payload = SPAN(PAYLOAD64),
                  .properties = {two_properties, sizeof(two_properties) - 1, 0},
                  .packet_id = 10,
                  .qos = 1}}},
    {NATIVE_MQTT_PUBACK, NATIVE_MQTT_5_0, {.ack = {.packet_id = 10}}},
};

static const struct bench {
    const char *name;
    int packet; /* of the above */
    enum { DECODE, ENCODE, MATCH } what;
} benches[] = {
    {"decode QoS 0, 13 bytes", 0, DECODE},      {"decode QoS 1, topic 30, payload 64", 1, DECODE},
    {"decode QoS 1 + 2 properties", 2, DECODE}, {"decode PUBACK", 3, DECODE},
    {"encode QoS 0, 13 bytes", 0, ENCODE},      {"encode QoS 1, topic 30, payload 64", 1, ENCODE},
    {"encode QoS 1 + 2 properties", 2, ENCODE}, {"encode PUBACK", 3, ENCODE},
    {"match plant/+/machine/+/#", 0, MATCH},
};

/* Whatever is computed goes here, so that it is computed. */
static volatile size_t sink;

static void decode(const struct native_mqtt_packet *packet, long count)
{
    struct native_mqtt_options options = {packet->version, NATIVE_MQTT_SPEC, 0, 0};
    uint8_t bytes[CAPACITY];
    size_t len;

    if (native_mqtt_packet_encode(packet, bytes, sizeof(bytes), &len) != NATIVE_MQTT_OK)
        abort();
    for (long i = 0; i < count; i++) {
        struct native_mqtt_packet out;
        struct native_mqtt_frame frame;
        struct native_mqtt_error error;

        if (native_mqtt_packet_decode(&options, bytes, len, &frame, &out, &error) != NATIVE_MQTT_OK)
            abort();
        sink = out.as.publish.payload.len;
    }
}

static void encode(const struct native_mqtt_packet *packet, long count)
{
    uint8_t bytes[CAPACITY];
    size_t len;

    for (long i = 0; i < count; i++) {
        if (native_mqtt_packet_encode(packet, bytes, sizeof(bytes), &len) != NATIVE_MQTT_OK)
            abort();
        sink = bytes[len - 1];
    }
}

static void match(long count)
{
    static const char filter[] = "plant/+/machine/+/#", topic[] = TOPIC30;

    for (long i = 0; i < count; i++)
        sink = native_mqtt_topic_match(filter, sizeof(filter) - 1, topic, sizeof(topic) - 1);
}

static void run(const struct bench *b, long count)
{
    if (b->what == MATCH)
        match(count);
    else if (b->what == DECODE)
        decode(&packets[b->packet], count);
    else
        encode(&packets[b->packet], count);
}

static double user_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; i < sizeof(benches) / sizeof(benches[0]); i++) {
        double start;

        if (argc > 2) {
            if (strcmp(argv[1], benches[i].name) == 0)
                run(&benches[i], atol(argv[2]));
            continue;
        }
        run(&benches[i], REPEAT / 100);
        start = user_ns();
        run(&benches[i], REPEAT);
        printf("%s\t%.2f\n", benches[i].name, (user_ns() - start) / REPEAT);
    }
    return 0;
}
