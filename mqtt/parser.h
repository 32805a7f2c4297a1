/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* parser.h - packets out of a stream of bytes, in whatever slices it comes.
 *
 *   buffer:  | taken | waits |  room  |
 *            0       at     used   capacity
 *
 * Put bytes into the room, take packets until more are needed:
 *
 *   while ((status = native_mqtt_parser_next(&p, &part, &packet, &payload)) == NATIVE_MQTT_OK)
 *       handle(part, &packet, &payload);
 *   if (status == NATIVE_MQTT_NEED_MORE) {
 *       size_t len;
 *       uint8_t *room = native_mqtt_parser_room(&p, &len);
 *       native_mqtt_parser_filled(&p, read(fd, room, len));
 *   }
 *
 * A PUBLISH that is larger than the buffer comes in parts: what stands before its payload, pieces of
 * the payload, its end. Only what stands before the payload must fit.
 * The buffer is the caller's. No allocation, no globals. */
#ifndef NATIVE_MQTT_PARSER_H
#define NATIVE_MQTT_PARSER_H

#include "packet.h"

/* What a parser gives. Spans point into the buffer and live until native_mqtt_parser_room. */
enum native_mqtt_part {
    NATIVE_MQTT_PART_PACKET = 1,  /* *packet: a whole packet */
    NATIVE_MQTT_PART_BEGIN = 2,   /* *packet: a PUBLISH; of its payload only the length is set */
    NATIVE_MQTT_PART_PAYLOAD = 3, /* *payload: the next piece, at least one byte */
    NATIVE_MQTT_PART_END = 4      /* the payload is complete */
};

struct native_mqtt_parser {
    /* Set by the caller. The version may be changed between two packets, as after a CONNECT. */
    struct native_mqtt_options options;
    uint8_t *buffer;
    size_t capacity; /* at least 5 bytes */

    /* Given with the status: */
    size_t need;                    /* NEED_MORE, NO_SPACE: bytes from `at` on that must be there */
    struct native_mqtt_error error; /* MALFORMED */

    /* The parser's own, 0 in the beginning. */
    size_t at, used;
    size_t payload_left;
    bool in_payload;
};

/* Begin at the start of a stream; options, buffer and capacity stay. */
NATIVE_API void native_mqtt_parser_reset(struct native_mqtt_parser *parser);

/* Take the next part: *part, and what that says is set.
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_NEED_MORE; NATIVE_MQTT_MALFORMED: the stream is of no more
 * use; NATIVE_MQTT_NO_SPACE: the packet (of a PUBLISH: what stands before its payload) is larger
 * than the buffer; native_mqtt_parser_move to a larger one of at least `need` bytes helps. */
NATIVE_API enum native_mqtt_status native_mqtt_parser_next(struct native_mqtt_parser *parser,
                                                           enum native_mqtt_part *part,
                                                           struct native_mqtt_packet *packet,
                                                           struct native_mqtt_span *payload);

/* Returns where the next bytes are to be put, with how many fit in *len (at least one after
 * NATIVE_MQTT_NEED_MORE). What was taken makes room: spans of earlier parts end here. */
NATIVE_API uint8_t *native_mqtt_parser_room(struct native_mqtt_parser *parser, size_t *len);

/* Say that so many bytes were put there. */
NATIVE_API void native_mqtt_parser_filled(struct native_mqtt_parser *parser, size_t len);

/* Go on in another buffer, into which what waits is copied. Its capacity must be at least what
 * waits: used - at. */
NATIVE_API void native_mqtt_parser_move(struct native_mqtt_parser *parser, uint8_t *buffer,
                                        size_t capacity);

#endif
