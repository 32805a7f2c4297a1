/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* frame.h - where a packet ends, and whether it can be one (MQTT 5.0, 2.1).
 *
 *   byte 0        type (high 4 bits), flags (low 4 bits)
 *   byte 1..4     remaining length, variable byte integer
 *   then          remaining length bytes
 *
 * Looks at the first 2 to 5 bytes only, so that type, flags and length are judged before anything
 * is allocated for the rest. Pure: no allocation, no globals. */
#ifndef NATIVE_MQTT_FRAME_H
#define NATIVE_MQTT_FRAME_H

#include "types.h"

struct native_mqtt_frame {
    uint8_t type;        /* enum native_mqtt_type */
    uint8_t flags;       /* low 4 bits of the first byte */
    uint8_t header_len;  /* bytes of the fixed header, 2..5 */
    uint32_t packet_len; /* bytes of the whole packet, fixed header included */
    uint32_t need;       /* with NATIVE_MQTT_NEED_MORE: at least so many bytes are missing */
};

/* Look at the packet that begins at `in`.
 * Returns NATIVE_MQTT_OK: the whole packet is there, in[0..frame->packet_len);
 * NATIVE_MQTT_NEED_MORE: frame->need is set; once the header is complete (frame->header_len != 0)
 * the other fields are set, too; NATIVE_MQTT_MALFORMED: `error` is set. */
NATIVE_API enum native_mqtt_status native_mqtt_frame_scan(const struct native_mqtt_options *options,
                                                          const void *in, size_t in_len,
                                                          struct native_mqtt_frame *frame,
                                                          struct native_mqtt_error *error);

#endif
