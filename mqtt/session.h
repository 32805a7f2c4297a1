/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* session.h - what outlives a connection: messages on their way in both directions, packet
 * identifiers, receive maximum, and the topic aliases of one connection (MQTT 5.0, 4.1, 4.3, 4.4,
 * 4.9, 3.3.2.3.4). The same for a client and for a server.
 *
 *   outgoing:  first -> ... -> cursor -> ... -> last        in the order of publishing
 *              sent, unacknowledged | still to be sent on this connection
 *   incoming:  the packet identifiers of QoS 2 messages whose PUBREL has not come
 *
 * No heap: outgoing messages are nodes that the caller owns and leaves alone from
 * native_mqtt_session_add until the session gives them back; the arrays are the caller's, too.
 * Single threaded: calls on one session must not overlap. */
#ifndef NATIVE_MQTT_SESSION_H
#define NATIVE_MQTT_SESSION_H

#include "packet.h"

/* Where an outgoing message is in its flow (4.3). */
enum native_mqtt_outgoing_state {
    NATIVE_MQTT_QUEUED = 0,       /* never sent in this session */
    NATIVE_MQTT_WAIT_PUBACK = 1,  /* QoS 1, PUBLISH sent; the client: QoS 0, PUBLISH on its way */
    NATIVE_MQTT_WAIT_PUBREC = 2,  /* QoS 2, PUBLISH sent */
    NATIVE_MQTT_WAIT_PUBCOMP = 3, /* QoS 2, PUBREC came, PUBREL sent or to be sent */
    NATIVE_MQTT_DONE = 4          /* given back */
};

/* An outgoing message. The caller sets `publish` (its spans must live as long as the node is in the
 * session; packet_id and dup are the session's) and `owner`; all else is set by the session. */
struct native_mqtt_outgoing {
    struct native_mqtt_outgoing *next;
    struct native_mqtt_publish publish;
    void *owner;
    uint32_t end;  /* QoS 0, on its way: bytes that wait, to its last one */
    uint8_t state; /* enum native_mqtt_outgoing_state */
    uint8_t
        reason; /* once DONE: reason code of PUBACK, PUBREC or PUBCOMP, or why it was not sent */
};

/* A topic behind a topic alias: data[0..len) of data[0..capacity). */
struct native_mqtt_alias {
    uint8_t *data;
    uint16_t len; /* 0: not set on this connection */
    uint16_t capacity;
};

struct native_mqtt_session {
    /* Set by the caller before native_mqtt_session_init, or 0. */
    uint16_t *received; /* room for the packet identifiers of incoming QoS 2 messages */
    size_t received_max;
    struct native_mqtt_alias *aliases_in; /* alias n is aliases_in[n - 1] */
    size_t aliases_in_max;
    struct native_mqtt_alias *aliases_out;
    size_t aliases_out_max;
    /* Which packet identifiers the caller uses for other things (SUBSCRIBE); may be NULL. */
    bool (*id_taken)(void *context, uint16_t packet_id);
    void *id_context;

    /* The session's own. */
    struct native_mqtt_outgoing *first, *last;
    struct native_mqtt_outgoing *cursor; /* the first that was not sent on this connection */
    size_t received_len;
    uint16_t last_id;
    uint16_t send_maximum;  /* the peer's receive maximum */
    uint16_t in_flight;     /* QoS 1 and 2 messages before the cursor, and orphans */
    uint16_t orphans;       /* taken out while in flight: the peer still counts them */
    uint16_t alias_maximum; /* the peer's topic alias maximum, at most aliases_out_max */
    bool ids_wrapped;       /* identifiers are no longer in the order of the list */
};

/* What native_mqtt_session_acknowledge made of an acknowledgement. */
enum native_mqtt_progress {
    NATIVE_MQTT_PROGRESS_NONE = 0, /* nothing waits for it: a late or unknown identifier */
    NATIVE_MQTT_PROGRESS_HALF = 1, /* PUBREC: now PUBREL is to be sent */
    NATIVE_MQTT_PROGRESS_DONE = 2  /* the message is acknowledged or refused, and given back */
};

/* Begin with nothing on its way. */
NATIVE_API void native_mqtt_session_init(struct native_mqtt_session *session);

/* Append a message behind all others. */
NATIVE_API void native_mqtt_session_add(struct native_mqtt_session *session,
                                        struct native_mqtt_outgoing *message);

/* Returns the oldest message of the session, or NULL; `next` of each leads to the one after it. */
NATIVE_API struct native_mqtt_outgoing *
native_mqtt_session_first(const struct native_mqtt_session *session);

/* Take a message out, whatever its state; the peer may still get or have got it. */
NATIVE_API void native_mqtt_session_remove(struct native_mqtt_session *session,
                                           struct native_mqtt_outgoing *message);

/* Returns whether there is a message to be sent, and the peer takes it now [MQTT-4.9.0-2]. */
NATIVE_API bool native_mqtt_session_can_send(const struct native_mqtt_session *session);

/* Returns the message to be sent next, or NULL: nothing left, as many in flight as the peer takes
 * [MQTT-4.9.0-2], or no packet identifier free. A message WAIT_PUBCOMP wants its PUBREL sent again, any other PUBLISH; its
 * packet identifier and DUP are set. */
NATIVE_API struct native_mqtt_outgoing *
native_mqtt_session_to_send(struct native_mqtt_session *session);

/* Say that `message`, which was to be sent next, was sent. At QoS 0 it is given back with that. */
NATIVE_API void native_mqtt_session_sent(struct native_mqtt_session *session,
                                         struct native_mqtt_outgoing *message);

/* Take a PUBACK, PUBREC or PUBCOMP (`type`) with its identifier and reason code; *message is set
 * unless PROGRESS_NONE is returned. */
NATIVE_API enum native_mqtt_progress
native_mqtt_session_acknowledge(struct native_mqtt_session *session, unsigned type,
                                uint16_t packet_id, uint8_t reason,
                                struct native_mqtt_outgoing **message);

/* Returns an identifier that neither an outgoing message has nor id_taken claims; 0 if all 65535
 * are in use. */
NATIVE_API uint16_t native_mqtt_session_new_id(struct native_mqtt_session *session);

/* Take a PUBLISH at QoS 2. *duplicate tells that it came before and was not released yet.
 * Returns NATIVE_MQTT_OK, or NATIVE_MQTT_NO_SPACE: more unreleased messages than receive maximum
 * (answer: reason code 0x93). */
NATIVE_API enum native_mqtt_status native_mqtt_session_receive(struct native_mqtt_session *session,
                                                               uint16_t packet_id, bool *duplicate);

/* Take a PUBREL. Returns whether the identifier was known; the answer is PUBCOMP either way, with
 * reason code 0x92 if not. Also for a PUBREC that refuses the message. */
NATIVE_API bool native_mqtt_session_release(struct native_mqtt_session *session,
                                            uint16_t packet_id);

/* A connection is established. With `present` the peer has the session, too: what is unacknowledged
 * is sent again in its order [MQTT-4.4.0-1]. Without it the peer knows nothing: messages are sent
 * as new ones, and those the peer had taken (WAIT_PUBCOMP) are done; they stay in the list, state
 * DONE, for the caller to collect with native_mqtt_session_collect.
 * `send_maximum` and `alias_maximum` are the peer's receive maximum and topic alias maximum. */
NATIVE_API void native_mqtt_session_resume(struct native_mqtt_session *session, bool present,
                                           uint16_t send_maximum, uint16_t alias_maximum);

/* Returns a message that resuming has finished, or that the client has sent at QoS 0, taken out of the
 * list, or NULL. */
NATIVE_API struct native_mqtt_outgoing *
native_mqtt_session_collect(struct native_mqtt_session *session);

/* Set or look up the topic alias of an incoming PUBLISH; an empty topic is replaced by the topic
 * that the alias stands for (which lives until the alias is set again).
 * Returns 0, or the reason code to close with: 0x94 for an alias out of range, 0x82 for one that
 * was never set, 0x97 for a topic longer than the alias has room for. */
NATIVE_API uint8_t native_mqtt_session_resolve(struct native_mqtt_session *session,
                                               struct native_mqtt_publish *publish);

/* Find the topic alias for an outgoing topic, taking a free one for a topic not seen yet. *known
 * tells that the peer has heard of it on this connection, so the topic itself may be left out.
 * Returns 0 if there is none. */
NATIVE_API uint16_t native_mqtt_session_alias(struct native_mqtt_session *session,
                                              const struct native_mqtt_span *topic, bool *known);

#endif
