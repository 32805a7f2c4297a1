/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* batch.h - many packets in one call, for callers whose calls are dear (PHP's FFI: about 190 ns).
 *
 *   bytes     packet packet packet ...            one buffer
 *   records   record record record ...            where in it each packet and its fields are
 *
 * A record is twelve 32-bit numbers in the machine's byte order, so that a whole batch can be read
 * with one unpack. It has what PUBLISH and the acknowledgements carry, and the lists of the others
 * still encoded; of CONNECT only client identifier, clean start and properties: its other fields
 * are native_mqtt_packet_decode's. Pure: no allocation, no globals; the arrays are the caller's. */
#ifndef NATIVE_MQTT_BATCH_H
#define NATIVE_MQTT_BATCH_H

#include "frame.h"
#include "packet.h"

/* Bytes of the buffer: at[0..len). Empty ones are at 0. */
struct native_mqtt_place {
    uint32_t at;
    uint32_t len;
};

/* One packet. */
struct native_mqtt_record {
    struct native_mqtt_place packet; /* encoder: ignored */
    uint32_t type;                   /* enum native_mqtt_type */
    uint32_t flags;     /* PUBLISH: its fixed header's (DUP 8, QoS 6, RETAIN 1); CONNACK: session
                         * present 1; CONNECT: clean start 1; PUBACK to PUBCOMP, DISCONNECT, AUTH:
                         * enum native_mqtt_form */
    uint32_t packet_id; /* 0 where there is none */
    uint32_t reason;    /* reason code of CONNACK, PUBACK to PUBCOMP, DISCONNECT, AUTH */
    struct native_mqtt_place topic; /* PUBLISH: topic name; CONNECT: client identifier */
    struct native_mqtt_place body;  /* PUBLISH: payload; SUBSCRIBE, UNSUBSCRIBE: filters; SUBACK,
                                     * UNSUBACK: reason codes */
    struct native_mqtt_place properties;
};

enum { NATIVE_MQTT_RECORD_NUMBERS = 12 };

/* What both directions are told and tell. Zero-initialise it and set the first three. */
struct native_mqtt_batch {
    struct native_mqtt_options options; /* encoder: only the version counts */
    struct native_mqtt_record *records; /* the caller's array */
    size_t records_max;                 /* its length */
    size_t count;                       /* how many records are filled, or are to be encoded */
    size_t used;                        /* bytes taken from the input, or written */
    uint32_t need;                      /* with NEED_MORE: so many bytes are missing at least */
    struct native_mqtt_error error;     /* with MALFORMED: about the packet at `used` */
};

/* Decode the packets that lie one after the other in in[0..in_len), as native_mqtt_packet_decode
 * does each. batch->count records are filled and batch->used bytes are done with, whatever comes.
 * Returns NATIVE_MQTT_OK: all bytes are done with; NATIVE_MQTT_NO_SPACE: no record is left and
 * bytes are; NATIVE_MQTT_NEED_MORE: a part of a packet is left; NATIVE_MQTT_MALFORMED: what is left
 * is no packet; NATIVE_MQTT_TOO_LARGE: in_len is above 4 GiB, nothing was done. */
NATIVE_API enum native_mqtt_status native_mqtt_batch_decode(struct native_mqtt_batch *batch,
                                                            const void *in, size_t in_len);

/* Encode batch->records[0..count), whose places are in bytes[0..bytes_len), to out[0..used).
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_NO_SPACE with batch->used = the size that is needed, nothing
 * written; NATIVE_MQTT_TOO_LARGE, nothing written: record number batch->used is a CONNECT, has a
 * place outside `bytes`, or is a packet that MQTT cannot express. */
NATIVE_API enum native_mqtt_status native_mqtt_batch_encode(struct native_mqtt_batch *batch,
                                                            const void *bytes, size_t bytes_len,
                                                            void *out, size_t out_len);

#endif
