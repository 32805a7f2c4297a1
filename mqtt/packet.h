/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* packet.h - MQTT control packets as plain structs, and bytes to struct and back (MQTT 5.0, 3).
 *
 * Decoding copies nothing: every span points into the caller's bytes and lives as long as they do.
 * Lists (properties, subscriptions, topic filters, reason codes) stay encoded and are walked with
 * the *_next functions, which cannot fail on a packet that was decoded.
 * Encoding takes the same structs. It checks what cannot be written; what must not be written (a
 * wildcard in a topic name, say) is found by the same rules as in a received packet, with
 * native_mqtt_packet_decode() over the result. No allocation, no globals. */
#ifndef NATIVE_MQTT_PACKET_H
#define NATIVE_MQTT_PACKET_H

#include "frame.h"
#include "property.h"
#include "rules.h"
#include "types.h"

/* The message that the server publishes when the connection breaks (3.1.3.2 to 3.1.3.4). */
struct native_mqtt_will {
    struct native_mqtt_span topic;
    struct native_mqtt_span payload;
    struct native_mqtt_properties properties;
    uint8_t qos; /* 0..2 */
    bool retain;
};

/* CONNECT (3.1). Its protocol level is the version of the packet. */
struct native_mqtt_connect {
    struct native_mqtt_span client_id;
    struct native_mqtt_span user_name; /* if has_user_name */
    struct native_mqtt_span password;  /* if has_password */
    struct native_mqtt_properties properties;
    struct native_mqtt_will will; /* if has_will */
    uint16_t keep_alive;          /* seconds, 0: off */
    bool clean_start;             /* before 5.0: Clean Session */
    bool has_will;
    bool has_user_name;
    bool has_password;
};

/* CONNACK (3.2). */
struct native_mqtt_connack {
    struct native_mqtt_properties properties;
    uint8_t reason; /* reason code; before 5.0 the return code 0..5 */
    bool session_present;
};

/* PUBLISH (3.3). */
struct native_mqtt_publish {
    struct native_mqtt_span topic; /* may be empty in 5.0 where a topic alias stands for it */
    struct native_mqtt_span payload;
    struct native_mqtt_properties properties;
    uint16_t packet_id;   /* 0 at QoS 0 */
    uint16_t topic_alias; /* encoder: this property is put before the others; 0: not. Decoder: 0 */
    uint8_t qos;          /* 0..2 */
    bool dup;
    bool retain;
};

/* Which fields that could be left out are written all the same. A decoder reports what was there,
 * so that a packet encodes to the bytes it came from. */
enum native_mqtt_form {
    NATIVE_MQTT_FORM_SHORT = 0,  /* as short as the standard allows */
    NATIVE_MQTT_FORM_REASON = 1, /* the reason code even if it is Success */
    NATIVE_MQTT_FORM_FULL = 2    /* and the property length even if it is 0 */
};

/* PUBACK, PUBREC, PUBREL, PUBCOMP (3.4 to 3.7); DISCONNECT and AUTH (3.14, 3.15), which have no
 * packet identifier. */
struct native_mqtt_ack {
    struct native_mqtt_properties properties;
    uint16_t packet_id;
    uint8_t reason; /* reason code; always 0 before 5.0 */
    uint8_t form;   /* enum native_mqtt_form; ignored before 5.0 */
};

/* SUBSCRIBE (3.8): `filters` holds topic filters each followed by an options byte.
 * UNSUBSCRIBE (3.10): `filters` holds topic filters. */
struct native_mqtt_subscribe {
    struct native_mqtt_properties properties;
    struct native_mqtt_span filters;
    uint16_t packet_id;
};

/* SUBACK (3.9) and UNSUBACK (3.11): one reason code for each topic filter, in their order.
 * UNSUBACK has none before 5.0. */
struct native_mqtt_suback {
    struct native_mqtt_properties properties;
    struct native_mqtt_span reasons;
    uint16_t packet_id;
};

/* Any packet. `type` says which member counts; PINGREQ and PINGRESP have none. */
struct native_mqtt_packet {
    uint8_t type;    /* enum native_mqtt_type */
    uint8_t version; /* enum native_mqtt_version */
    union {
        struct native_mqtt_connect connect;
        struct native_mqtt_connack connack;
        struct native_mqtt_publish publish;
        struct native_mqtt_ack ack; /* PUBACK, PUBREC, PUBREL, PUBCOMP, DISCONNECT, AUTH */
        struct native_mqtt_subscribe subscribe; /* SUBSCRIBE, UNSUBSCRIBE */
        struct native_mqtt_suback suback;       /* SUBACK, UNSUBACK */
    } as;
};

/* Subscription options (3.8.3.1): what follows a topic filter in SUBSCRIBE. */
enum native_mqtt_subscription_options {
    NATIVE_MQTT_SUBSCRIBE_QOS = 0x03,
    NATIVE_MQTT_SUBSCRIBE_NO_LOCAL = 0x04,
    NATIVE_MQTT_SUBSCRIBE_RETAIN_AS_PUBLISHED = 0x08,
    NATIVE_MQTT_SUBSCRIBE_RETAIN_HANDLING = 0x30,
    NATIVE_MQTT_SUBSCRIBE_RESERVED = 0xc0
};

struct native_mqtt_subscription {
    struct native_mqtt_span filter;
    uint8_t options; /* set of enum native_mqtt_subscription_options; 0 in UNSUBSCRIBE */
};

/* Decode the packet that begins at `in`. `frame` tells how long it is.
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_NEED_MORE as native_mqtt_frame_scan does;
 * NATIVE_MQTT_MALFORMED with `error` set. With options->version unknown only CONNECT is accepted,
 * and packet->version says which version the client speaks. */
NATIVE_API enum native_mqtt_status
native_mqtt_packet_decode(const struct native_mqtt_options *options, const void *in, size_t in_len,
                          struct native_mqtt_frame *frame, struct native_mqtt_packet *packet,
                          struct native_mqtt_error *error);

/* Decode what stands before the payload of a PUBLISH whose payload need not be there yet. `frame`
 * comes from native_mqtt_frame_scan (OK or NEED_MORE with header_len set). On NATIVE_MQTT_OK
 * *header_len bytes came before the payload, and publish->payload has no data but its full len.
 * Returns also NATIVE_MQTT_NEED_MORE with *header_len = bytes of the packet that are needed at
 * least, and NATIVE_MQTT_MALFORMED. The payload is not looked at (its format indicator is not
 * verified). */
NATIVE_API enum native_mqtt_status
native_mqtt_publish_decode_header(const struct native_mqtt_options *options,
                                  const struct native_mqtt_frame *frame, const void *in,
                                  size_t in_len, struct native_mqtt_publish *publish,
                                  size_t *header_len, struct native_mqtt_error *error);

/* Tell exactly how many bytes the packet takes, in *size.
 * Returns NATIVE_MQTT_OK, or NATIVE_MQTT_TOO_LARGE: a string over 65535 bytes, a packet over
 * 268435455, a QoS over 2, a packet that this version of MQTT does not have. */
NATIVE_API enum native_mqtt_status native_mqtt_packet_size(const struct native_mqtt_packet *packet,
                                                           size_t *size);

/* Write the packet to out[0..*used).
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_TOO_LARGE as above; NATIVE_MQTT_NO_SPACE with *used = the
 * size that is needed. */
NATIVE_API enum native_mqtt_status
native_mqtt_packet_encode(const struct native_mqtt_packet *packet, void *out, size_t out_len,
                          size_t *used);

/* Write everything of a PUBLISH that stands before its payload; the payload (publish->payload.len
 * bytes) is the caller's to send. Returns as native_mqtt_packet_encode. */
NATIVE_API enum native_mqtt_status
native_mqtt_publish_encode_header(const struct native_mqtt_publish *publish, unsigned version,
                                  void *out, size_t out_len, size_t *used);

/* Patch an encoded PUBLISH in place, for sending one encoding to many subscribers or again.
 * `header` are at least its bytes before the payload. Packet identifiers can be patched at QoS 1
 * and 2 only; QoS between 1 and 2 only, because QoS 0 has no place for an identifier.
 * Returns false, with nothing changed, where it cannot be done. */
NATIVE_API bool native_mqtt_publish_patch_id(void *header, size_t header_len, uint16_t packet_id);
NATIVE_API bool native_mqtt_publish_patch_qos(void *header, size_t header_len, unsigned qos);
NATIVE_API bool native_mqtt_publish_patch_flags(void *header, size_t header_len, bool dup,
                                                bool retain);

/* Take the first entry off the front of the `filters` of a SUBSCRIBE (with_options) or UNSUBSCRIBE.
 * Returns false at the end. */
NATIVE_API bool native_mqtt_subscription_next(struct native_mqtt_span *filters, bool with_options,
                                              struct native_mqtt_subscription *subscription);

/* Append an entry to out[*len..out_len), for the `filters` of a SUBSCRIBE or UNSUBSCRIBE.
 * Returns NATIVE_MQTT_OK with *len advanced, NATIVE_MQTT_TOO_LARGE or NATIVE_MQTT_NO_SPACE. */
NATIVE_API enum native_mqtt_status
native_mqtt_subscription_put(void *out, size_t out_len, size_t *len, bool with_options,
                             const struct native_mqtt_subscription *subscription);

/* Returns whether a packet of `type` can have reason code `reason` (2.4; `type` SUBACK: 3.9.3).
 * `version` before 5.0: the return codes of CONNACK and SUBACK. */
NATIVE_API bool native_mqtt_reason_allowed(unsigned version, unsigned type, unsigned reason);

/* Returns the reason code that says what `code` of a CONNACK does. Before 5.0 that is a return code
 * (3.1.1, Table 3.1); one that does not exist gives 0x80. In 5.0 it is the reason code. */
NATIVE_API uint8_t native_mqtt_connack_reason(unsigned version, unsigned code);

#endif
