/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* writer.h - cursor that counts or writes (private).
 *
 * Every packet has one function that puts its fields. Run over a writer without a buffer it gives
 * the exact size, run over one with a buffer of that size it writes: the two cannot disagree.
 * Pure: no allocation, no globals; never writes past data[0..capacity). */
#ifndef NATIVE_MQTT_WRITER_H
#define NATIVE_MQTT_WRITER_H

#include <string.h>

#include "types.h"

struct native_mqtt_writer {
    uint8_t *data;  /* NULL: only count */
    size_t len;     /* bytes put so far */
    bool too_large; /* a field was larger than its length prefix can say */
};

inline void native_mqtt_put_u8(struct native_mqtt_writer *w, unsigned value)
{
    if (w->data)
        w->data[w->len] = (uint8_t)value;
    w->len++;
}

inline void native_mqtt_put_u16(struct native_mqtt_writer *w, unsigned value)
{
    native_mqtt_put_u8(w, value >> 8);
    native_mqtt_put_u8(w, value);
}

/* Put bytes as they are. */
inline void native_mqtt_put_raw(struct native_mqtt_writer *w, const uint8_t *data, size_t len)
{
    if (w->data && len > 0)
        memcpy(w->data + w->len, data, len);
    w->len += len;
}

/* Put a two byte length and the bytes (1.5.4, 1.5.6). */
void native_mqtt_put_binary(struct native_mqtt_writer *w, const struct native_mqtt_span *span);

/* Put a variable byte integer of at most NATIVE_MQTT_REMAINING_MAX. */
void native_mqtt_put_varint(struct native_mqtt_writer *w, size_t value);

/* Returns how many bytes a variable byte integer takes. */
static inline unsigned native_mqtt_varint_size(size_t value)
{
    return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : 4;
}

#endif
