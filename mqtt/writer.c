/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* writer.c - the puts that are too long to inline. */
#include "writer.h"

/* The one external copy of each inline function of writer.h. */
extern inline void native_mqtt_put_u8(struct native_mqtt_writer *w, unsigned value);
extern inline void native_mqtt_put_u16(struct native_mqtt_writer *w, unsigned value);
extern inline void native_mqtt_put_raw(struct native_mqtt_writer *w, const uint8_t *data,
                                       size_t len);

void native_mqtt_put_binary(struct native_mqtt_writer *w, const struct native_mqtt_span *span)
{
    if (span->len > NATIVE_MQTT_STRING_MAX)
        w->too_large = true;
    native_mqtt_put_u16(w, (unsigned)span->len);
    native_mqtt_put_raw(w, span->data, span->len);
}

void native_mqtt_put_varint(struct native_mqtt_writer *w, size_t value)
{
    if (value > NATIVE_MQTT_REMAINING_MAX) {
        w->too_large = true;
        value = 0;
    }
    while (value >= 0x80) {
        native_mqtt_put_u8(w, (unsigned)(value & 0x7f) | 0x80);
        value >>= 7;
    }
    native_mqtt_put_u8(w, (unsigned)value);
}
