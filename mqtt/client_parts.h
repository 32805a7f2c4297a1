/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client_parts.h - what the files of the client engine share (private).
 *
 *   client.c          the states, time, beginning and end of a connection
 *   client_send.c     the transmit buffer: packets, payloads, requests, messages
 *   client_receive.c  what each packet does that comes
 *   client_requests.c SUBSCRIBE, UNSUBSCRIBE and what is subscribed to */
#ifndef NATIVE_MQTT_CLIENT_PARTS_H
#define NATIVE_MQTT_CLIENT_PARTS_H

#include "client.h"

enum {
    REASON_SUCCESS = 0x00,
    REASON_MALFORMED = 0x81,
    REASON_PROTOCOL_ERROR = 0x82,
    REASON_SESSION_TAKEN_OVER = 0x8e,
    REASON_KEEP_ALIVE_TIMEOUT = 0x8d,
    REASON_ID_NOT_FOUND = 0x92,
    REASON_RECEIVE_MAXIMUM = 0x93,
    REASON_PACKET_TOO_LARGE = 0x95,
    REASON_RETAIN_NOT_SUPPORTED = 0x9a,
    REASON_QOS_NOT_SUPPORTED = 0x9b,
    REASON_FAILURE = 0x80, /* codes from here on are failures */
    ACK_MAX = 5            /* bytes of the longest acknowledgement the client sends */
};

/* End the connection because of `cause`: the event is EVENT_DISCONNECTED, the next state WAITING or
 * DOWN. Where the peer is at fault and speaks MQTT 5.0, DISCONNECT with `reason` is sent if it can
 * be at once. Returns true always. (client.c) */
bool native_mqtt_client_lost(struct native_mqtt_client *c, struct native_mqtt_client_event *event,
                             enum native_mqtt_cause cause, uint8_t reason);

/* The same because of what a read or write of the transport returned. */
bool native_mqtt_client_io_lost(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event, int io);

/* Take what a CONNACK allows, and bring requests and session into step with it. (client.c) */
void native_mqtt_client_resume(struct native_mqtt_client *c,
                               const struct native_mqtt_connack *connack);

/* Is there room for the answer to whatever comes? */
static inline bool native_mqtt_client_has_room(const struct native_mqtt_client *c)
{
    return c->options.tx_len - c->tx_used >= ACK_MAX;
}

static inline bool native_mqtt_client_is_5(const struct native_mqtt_client *c)
{
    return c->version == NATIVE_MQTT_5_0;
}

/* Does CONNECT ask for a session without a past? A reconnect of MQTT 5.0 does not: it wants the one
 * that the first connection began. */
static inline bool native_mqtt_client_wants_clean(const struct native_mqtt_client *c)
{
    return c->options.connect.as.connect.clean_start &&
           !(c->had_session && native_mqtt_client_is_5(c));
}

/* Put a packet into the transmit buffer. Returns NATIVE_MQTT_OK, _NO_SPACE or _TOO_LARGE, also for
 * a packet that the server does not take, or that does not fit the empty buffer. (client_send.c) */
enum native_mqtt_status native_mqtt_client_put(struct native_mqtt_client *c,
                                               const struct native_mqtt_packet *packet);

/* Put an acknowledgement, or DISCONNECT or PINGREQ, which have no packet identifier. */
enum native_mqtt_status native_mqtt_client_put_ack(struct native_mqtt_client *c, unsigned type,
                                                   uint16_t packet_id, uint8_t reason);

/* The same with properties, which may be NULL. `id_and_reason` is both in one: identifier * 256 +
 * reason (a fifth argument would cost firmware more). */
enum native_mqtt_status
native_mqtt_client_put_result(struct native_mqtt_client *c, unsigned type, uint32_t id_and_reason,
                              const struct native_mqtt_properties *properties);

/* Hand bytes to the transport until it takes no more. Returns an enum native_mqtt_io: OK or AGAIN
 * (then `blocked` is set), CLOSED or ERROR. */
int native_mqtt_client_drain(struct native_mqtt_client *c);

/* Tell of a message that is done but still in the session: what the loss of the session finished,
 * and what drain has sent to its end at QoS 0. Returns whether there was one. */
bool native_mqtt_client_collect(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event);

/* Answer the message of the last event, now that it was handled. Returns false if there is no room
 * for that yet. (client_receive.c) */
bool native_mqtt_client_answer_last(struct native_mqtt_client *c);

/* Answer that, then read and handle what has come. Returns whether that gave an event. */
bool native_mqtt_client_receive(struct native_mqtt_client *c,
                                struct native_mqtt_client_event *event);

/* Is a packet identifier that of a request that waits for its answer? `context` is the client.
 * (client_requests.c) */
bool native_mqtt_client_is_requested(void *context, uint16_t packet_id);

/* Queue what is to be sent again: requests that were not answered, and where the server has lost the
 * session those that were granted, too. */
void native_mqtt_client_resume_requests(struct native_mqtt_client *c, bool present);

/* Put the next request, *request, which is NULL if none waits. Returns NATIVE_MQTT_OK; NATIVE_MQTT_NO_SPACE
 * if it has to wait, for room or an identifier; NATIVE_MQTT_TOO_LARGE if it can never be sent. */
enum native_mqtt_status native_mqtt_client_put_request(struct native_mqtt_client *c,
                                                       struct native_mqtt_request **request);

/* Take a SUBACK or UNSUBACK. Returns whether that gave an event. */
bool native_mqtt_client_on_suback(struct native_mqtt_client *c,
                                  struct native_mqtt_client_event *event);

#endif
