/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_parser_fuzz.c - a stream in slices, in a small buffer, against the same stream decoded whole.
 * Input: version, level, sender, buffer size, slice size, then the stream. */
#include <stdlib.h>
#include <string.h>

#include "mqtt/parser.h"

enum { LARGE = 1 << 20 };

/* Feed `data` in slices through a buffer of `capacity`. *packets counts the packets that were told
 * whole, *payload the bytes of PUBLISH payloads. */
static enum native_mqtt_status run(const struct native_mqtt_options *options, const uint8_t *data,
                                   size_t len, size_t capacity, size_t slice, size_t *packets,
                                   size_t *payload)
{
    static uint8_t large[LARGE];
    struct native_mqtt_parser p = {.options = *options, .capacity = capacity};
    struct native_mqtt_part part;
    enum native_mqtt_status status;
    size_t at = 0, room_len;

    p.buffer = capacity == LARGE ? large : malloc(capacity);
    *packets = *payload = 0;
    for (;;) {
        while ((status = native_mqtt_parser_next(&p, &part)) == NATIVE_MQTT_OK) {
            *packets += part.type == NATIVE_MQTT_PART_PACKET || part.type == NATIVE_MQTT_PART_END;
            if (part.type == NATIVE_MQTT_PART_PAYLOAD)
                *payload += part.payload.len;
            if (part.type == NATIVE_MQTT_PART_PACKET && part.packet.type == NATIVE_MQTT_PUBLISH)
                *payload += part.packet.as.publish.payload.len;
        }
        if (status != NATIVE_MQTT_NEED_MORE || at == len)
            break;
        uint8_t *room = native_mqtt_parser_room(&p, &room_len);
        if (room_len == 0)
            abort();
        if (room_len > slice)
            room_len = slice;
        if (room_len > len - at)
            room_len = len - at;
        memcpy(room, data + at, room_len);
        at += room_len;
        native_mqtt_parser_filled(&p, room_len);
    }
    if (p.buffer != large)
        free(p.buffer);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const uint8_t versions[] = {NATIVE_MQTT_VERSION_UNKNOWN, NATIVE_MQTT_3_1,
                                       NATIVE_MQTT_3_1_1, NATIVE_MQTT_5_0};
    struct native_mqtt_options options = {0};
    size_t packets[2], payload[2];
    enum native_mqtt_status status[2];

    /* A PUBLISH larger than LARGE would come in parts here, too. */
    options.max_packet_size = LARGE;
    if (len < 5)
        return 0;
    options.version = versions[data[0] & 3];
    options.level = data[1] % 3;
    options.sender = data[2] % 3;
    /* STRICT looks at payloads, which parts cannot: the others must agree to the byte. */
    if (options.level == NATIVE_MQTT_STRICT)
        options.level = NATIVE_MQTT_SPEC;
    status[0] = run(&options, data + 5, len - 5, LARGE, len, &packets[0], &payload[0]);
    status[1] = run(&options, data + 5, len - 5, 5u + data[3], 1u + data[4], &packets[1],
                    &payload[1]);
    /* In parts a header is judged before its payload is there. */
    if (status[0] == NATIVE_MQTT_NO_SPACE || status[1] == NATIVE_MQTT_NO_SPACE ||
        (status[0] == NATIVE_MQTT_NEED_MORE && status[1] == NATIVE_MQTT_MALFORMED))
        return 0;
    /* A PUBLISH that is cut off tells its payload in parts, but not whole. */
    if (status[0] != status[1] || packets[0] != packets[1] ||
        payload[0] > payload[1])
        abort();
    return 0;
}
