/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* client.h - an MQTT client as a state machine (MQTT 5.0 and 3.1.1): connect, keep alive, subscribe,
 * QoS flows, reconnect with back-off, resubscription, deadlines. It owns no socket, no clock and no
 * heap: bytes go through three functions, time comes in as milliseconds, memory is the caller's.
 *
 *     start            link up            CONNACK
 *   DOWN ----> OPENING --------> CONNECTING ------> CONNECTED --stop--> CLOSING --> DOWN
 *     ^           |                   |                 |
 *     |           +------- error, end of stream, deadline
 *     |                               v
 *     +--- no retry left ---------- WAITING (back-off with jitter) ---> OPENING
 *
 * Drive it so: call native_mqtt_client_next until it returns false, handling each event; then wait
 * until the transport is readable (while native_mqtt_client_wants_read), or writable if
 * native_mqtt_client_wants_write, at most native_mqtt_client_timeout milliseconds; again. Spans in an event live until the next call of
 * native_mqtt_client_next. An incoming message is acknowledged by the call after the one that
 * returned it: who dies while handling it gets it again. What events make to send goes out in one
 * write once all that has come is handled, or 10 ms after the last write.
 * Every other function may be called between two calls of next, also while handling an event.
 * Single threaded. Times are milliseconds of any monotonic clock and may wrap at 2^32. */
#ifndef NATIVE_MQTT_CLIENT_H
#define NATIVE_MQTT_CLIENT_H

#include "packet.h"
#include "parser.h"
#include "session.h"

enum native_mqtt_io {
    NATIVE_MQTT_IO_OK = 0,     /* read, write: *done > 0 */
    NATIVE_MQTT_IO_AGAIN = 1,  /* not now; wait */
    NATIVE_MQTT_IO_CLOSED = 2, /* the peer ended the stream */
    NATIVE_MQTT_IO_ERROR = 3   /* failed; the transport knows why */
};

/* The three functions, and what they are called with. None may block. */
struct native_mqtt_transport {
    void *context;
    /* up: open the link, or go on opening it; AGAIN until it is open. Not up: close it at once
     * (what is returned does not count); a closed link is closed again without harm. */
    int (*link)(void *context, bool up);
    int (*read)(void *context, void *data, size_t data_len, size_t *done);
    int (*write)(void *context, const void *data, size_t data_len, size_t *done);
};

enum native_mqtt_client_state {
    NATIVE_MQTT_CLIENT_DOWN = 0,
    NATIVE_MQTT_CLIENT_WAITING = 1,    /* for the next attempt */
    NATIVE_MQTT_CLIENT_OPENING = 2,    /* the link is being opened */
    NATIVE_MQTT_CLIENT_CONNECTING = 3, /* CONNECT sent, CONNACK not received */
    NATIVE_MQTT_CLIENT_CONNECTED = 4,
    NATIVE_MQTT_CLIENT_CLOSING = 5 /* DISCONNECT is being sent */
};

enum native_mqtt_client_event_type {
    /* A connection is about to be opened: options.connect may be changed (a fresh password). */
    NATIVE_MQTT_EVENT_OPEN = 1,
    NATIVE_MQTT_EVENT_CONNECTED = 2,     /* packet: the CONNACK */
    NATIVE_MQTT_EVENT_DISCONNECTED = 3,  /* cause, reason, retry_ms; packet if there is one */
    NATIVE_MQTT_EVENT_MESSAGE = 4,       /* packet: a PUBLISH with its whole payload */
    NATIVE_MQTT_EVENT_MESSAGE_BEGIN = 5, /* packet: a PUBLISH whose payload (only its length is
                                            set) comes in pieces */
    NATIVE_MQTT_EVENT_MESSAGE_DATA = 6,  /* data: the next piece of the payload */
    NATIVE_MQTT_EVENT_MESSAGE_END = 7,   /* the payload is complete */
    NATIVE_MQTT_EVENT_DELIVERED = 8, /* outgoing: a message is given back: acknowledged, refused, or
                                        out at QoS 0; packet: the acknowledgement if there was one */
    NATIVE_MQTT_EVENT_SUBSCRIBED = 9, /* request; packet: SUBACK or UNSUBACK */
    NATIVE_MQTT_EVENT_AUTH = 10,      /* packet: AUTH; answer with native_mqtt_client_auth */
    NATIVE_MQTT_EVENT_NO_SPACE = 11   /* a packet needs an rx of data.len bytes: unless there is one
                                         (native_mqtt_client_set_buffers) by the next call, the
                                         connection ends with NATIVE_MQTT_CAUSE_NO_SPACE */
};

/* Why a connection ended, or did not begin. */
enum native_mqtt_cause {
    NATIVE_MQTT_CAUSE_STOPPED = 0,    /* native_mqtt_client_stop */
    NATIVE_MQTT_CAUSE_TRANSPORT = 1,  /* the transport failed */
    NATIVE_MQTT_CAUSE_CLOSED = 2,     /* the server ended the stream */
    NATIVE_MQTT_CAUSE_TIMEOUT = 3,    /* connect_timeout_ms passed without CONNACK */
    NATIVE_MQTT_CAUSE_KEEP_ALIVE = 4, /* no PINGRESP within ping_timeout_ms */
    NATIVE_MQTT_CAUSE_MALFORMED = 5,  /* the server broke a rule: parser.error says which */
    NATIVE_MQTT_CAUSE_PROTOCOL = 6,   /* a packet did what its state forbids: packet */
    NATIVE_MQTT_CAUSE_NO_SPACE = 7,   /* a packet does not fit the caller's buffer */
    NATIVE_MQTT_CAUSE_REFUSED = 8,    /* packet: the CONNACK */
    NATIVE_MQTT_CAUSE_SERVER = 9      /* packet: the DISCONNECT */
};

/* A SUBSCRIBE or UNSUBSCRIBE, owned by the caller until it is taken out. One that was granted
 * stays, to be sent again when the server has lost the session. `filters` (see
 * struct native_mqtt_subscribe) must be writable: filters that are unsubscribed from are cut out of
 * the SUBSCRIBEs that hold them, until filters_len is 0. Set all but the last three members. */
struct native_mqtt_request {
    struct native_mqtt_properties properties;
    uint8_t *filters;
    size_t filters_len;
    void *owner;
    uint8_t type;  /* NATIVE_MQTT_SUBSCRIBE or NATIVE_MQTT_UNSUBSCRIBE */
    uint8_t state; /* enum native_mqtt_request_state */
    uint16_t packet_id;
    struct native_mqtt_request *next;
};

enum native_mqtt_request_state {
    NATIVE_MQTT_REQUEST_QUEUED = 0,
    NATIVE_MQTT_REQUEST_SENT = 1,
    NATIVE_MQTT_REQUEST_ACTIVE = 2, /* a SUBSCRIBE that was answered */
    NATIVE_MQTT_REQUEST_OUT = 3     /* no longer the client's */
};

struct native_mqtt_client_event {
    uint8_t type;   /* enum native_mqtt_client_event_type */
    uint8_t cause;  /* enum native_mqtt_cause */
    uint8_t reason; /* reason code that was sent or received with it */
    bool has_packet;
    uint32_t retry_ms; /* DISCONNECTED: when the next attempt begins; UINT32_MAX: never */
    struct native_mqtt_packet packet;
    struct native_mqtt_span data;
    struct native_mqtt_outgoing *outgoing;
    struct native_mqtt_request *request;
};

enum { NATIVE_MQTT_CLOSE_TIMEOUT_MS = 5000 };

/* Set by the caller before native_mqtt_client_init; memory lives as long as the client. */
struct native_mqtt_client_options {
    struct native_mqtt_transport transport;
    uint8_t *tx; /* bytes to be sent; room for the largest packet without PUBLISH payload */
    size_t tx_len;
    uint8_t *rx; /* bytes received; room for a packet without PUBLISH payload, or see
                    NATIVE_MQTT_EVENT_NO_SPACE */
    size_t rx_len;
    uint32_t connect_timeout_ms; /* for opening and CONNACK together; 0: none */
    uint32_t ping_timeout_ms;    /* for PINGRESP; 0: as long as keep alive */
    uint32_t retry_min_ms;       /* first back-off; doubles up to retry_max_ms, minus up to half */
    uint32_t retry_max_ms;       /* up to retry_min_ms: it never doubles */
    uint32_t retries;            /* attempts after one that failed; 0: none, UINT32_MAX: no end */
    uint32_t random;             /* seed of the jitter; differs from client to client */
    uint32_t close_timeout_ms; /* for what waits and DISCONNECT, after native_mqtt_client_stop; may
                                    be set before each; 0: NATIVE_MQTT_CLOSE_TIMEOUT_MS */
    uint16_t
        in_flight_max; /* QoS 1 and 2 messages unacknowledged at once; 0: what the server takes */
    uint8_t level;     /* enum native_mqtt_level for what the server sends */
    struct native_mqtt_packet connect; /* CONNECT and its version; spans live as long */
};

/* What the server allows on this connection (CONNACK; the defaults of the standard before). */
struct native_mqtt_limits {
    uint32_t max_packet_size; /* UINT32_MAX: no limit */
    uint16_t receive_maximum;
    uint16_t topic_alias_maximum;
    uint16_t keep_alive; /* seconds; ours or the server's */
    uint8_t maximum_qos;
    bool retain_available;
};

struct native_mqtt_client {
    uint8_t state; /* enum native_mqtt_client_state */

    /* The client's own; what is used most stands first, where Thumb instructions are short. */
    uint8_t version;  /* of options.connect */
    uint8_t ack_type; /* what the message of the last event is answered with; 0: nothing */
    uint8_t ack_reason;
    uint8_t close_reason;
    bool pinging;       /* PINGRESP is awaited */
    bool blocked;       /* the transport did not take all */
    bool stalled;       /* what came was not looked at, for want of room in tx */
    bool due;           /* native_mqtt_client_next has something to do */
    bool duplicate;     /* of the PUBLISH that comes nothing is told: it came before */
    bool had_session;   /* was connected since start */
    bool collecting;    /* the session may have finished messages */
    bool disconnecting; /* DISCONNECT is in tx */
    uint16_t ack_id;
    uint32_t now;
    uint32_t since;                       /* when the state was entered */
    uint32_t sent_at, received_at;        /* last bytes */
    uint32_t ping_at;                     /* PINGREQ sent */
    uint32_t retry_ms;                    /* WAITING: how long; CLOSING: at most how long */
    uint32_t failures;                    /* attempts in a row */
    uint32_t queued;                      /* requests to be sent */
    size_t tx_used;                       /* tx[0..tx_used) waits */
    size_t tx_before;                     /* so many: up to the payload, or to the last of QoS 0 */
    struct native_mqtt_request *requests; /* in the order of asking */
    struct native_mqtt_outgoing *sending; /* its payload goes out in pieces */
    size_t sending_at;                    /* bytes of that payload that are out */
    size_t rx_asked;                      /* EVENT_NO_SPACE asked for so much */

    /* Packets put into tx and taken out of rx since init; they wrap. To be read by the application. */
    uint32_t packets_sent, packets_received;

    struct native_mqtt_client_options options;
    struct native_mqtt_parser parser; /* over rx; its error with NATIVE_MQTT_CAUSE_MALFORMED */
    struct native_mqtt_limits limits;
    struct native_mqtt_session session; /* its arrays: set before init */
};

/* Begin with nothing to do. client->options and the session's arrays are set. */
NATIVE_API void native_mqtt_client_init(struct native_mqtt_client *client);

/* Begin to connect at the next call of native_mqtt_client_next; nothing unless DOWN. */
NATIVE_API void native_mqtt_client_start(struct native_mqtt_client *client, uint32_t now_ms);

/* End the connection: send what waits and DISCONNECT with `reason` (properties may be NULL; they
 * are left out if tx has no room for them even after handing to the transport what it takes), then
 * close. What was not sent or acknowledged stays in the session. */
NATIVE_API void native_mqtt_client_stop(struct native_mqtt_client *client, uint8_t reason,
                                        const struct native_mqtt_properties *properties,
                                        uint32_t now_ms);

/* Do what can be done without waiting, up to the next event. Returns whether there is one. */
NATIVE_API bool native_mqtt_client_next(struct native_mqtt_client *client, uint32_t now_ms,
                                        struct native_mqtt_client_event *event);

/* Returns how many milliseconds may pass before native_mqtt_client_next has to be called even if
 * the transport stays silent: 0 as long as that has not returned false; UINT32_MAX: for ever. */
NATIVE_API uint32_t native_mqtt_client_timeout(const struct native_mqtt_client *client,
                                               uint32_t now_ms);

/* Returns whether bytes wait that the transport did not take. */
NATIVE_API bool native_mqtt_client_wants_write(const struct native_mqtt_client *client);

/* Returns whether the client takes what the server sends. Not while it has no room for the answers,
 * nor when all is said: who waits for a readable transport then wakes up in vain. */
NATIVE_API bool native_mqtt_client_wants_read(const struct native_mqtt_client *client);

/* Publish. If there is room and nothing is before it, the packet stands in tx on return: let
 * native_mqtt_client_flush or _next hand it to the transport. The message is the client's until
 * EVENT_DELIVERED: at QoS 0 that comes when the transport has taken all of it; what it has not when
 * the link is lost is sent again on the next one. Works in any state: what cannot be sent yet waits.
 * Returns NATIVE_MQTT_OK; NATIVE_MQTT_TOO_LARGE as native_mqtt_packet_size;
 * NATIVE_MQTT_NO_SPACE when the packet without its payload does not fit tx_len. */
NATIVE_API enum native_mqtt_status native_mqtt_client_publish(struct native_mqtt_client *client,
                                                              struct native_mqtt_outgoing *message,
                                                              uint32_t now_ms);

/* Put requests that wait into tx and hand that to the transport, as far as it takes it, and nothing
 * else: cheaper than native_mqtt_client_next after a publish or a request. A transport that fails is
 * noticed by the next call of that. */
NATIVE_API void native_mqtt_client_flush(struct native_mqtt_client *client, uint32_t now_ms);

/* Send all that can be sent without waiting, and read nothing: for who leaves the connection to
 * itself for a while. Returns whether that gave an event, as native_mqtt_client_next; then call it
 * again. */
NATIVE_API bool native_mqtt_client_send(struct native_mqtt_client *client, uint32_t now_ms,
                                        struct native_mqtt_client_event *event);

/* Take a message back, whatever became of it; never one whose payload is just being sent: returns
 * false then. */
NATIVE_API bool native_mqtt_client_take_back(struct native_mqtt_client *client,
                                             struct native_mqtt_outgoing *message);

/* Subscribe or unsubscribe; EVENT_SUBSCRIBED follows when it is answered, or, with reason 0x95 and
 * without a packet, when it is found to be too large for tx or for the server. Works in any state. */
NATIVE_API void native_mqtt_client_request(struct native_mqtt_client *client,
                                           struct native_mqtt_request *request);

/* Cut a topic filter out of a SUBSCRIBE that was granted: it is not to be asked for again. */
NATIVE_API void native_mqtt_client_cut_filter(struct native_mqtt_request *request,
                                              const void *filter, size_t filter_len);

/* Take a request out: it is neither sent (again) nor waited for. */
NATIVE_API void native_mqtt_client_forget(struct native_mqtt_client *client,
                                          struct native_mqtt_request *request);

/* Send AUTH (4.12): Continue (0x18) as answer to EVENT_AUTH, Re-authenticate (0x19) at any time
 * while CONNECTED. Returns NATIVE_MQTT_OK; _TOO_LARGE for tx or for the server; _NO_SPACE: not
 * connected, or what waits in tx leaves no room. */
NATIVE_API enum native_mqtt_status
native_mqtt_client_auth(struct native_mqtt_client *client, uint8_t reason,
                        const struct native_mqtt_properties *properties, uint32_t now_ms);

/* Acknowledge the message of the last event with this reason code (>= 0x80: refused) instead of
 * Success. MQTT 5.0, QoS 1 and 2. */
NATIVE_API void native_mqtt_client_answer(struct native_mqtt_client *client, uint8_t reason);

/* Leave the message of the last event unanswered on this connection, as if it had not come: the
 * server sends it again on the next one. */
NATIVE_API void native_mqtt_client_unanswer(struct native_mqtt_client *client);

/* Move to larger buffers: copies what waits into tx and rx, which replace the old ones and must be
 * at least as large. tx may be the one that it has. */
NATIVE_API void native_mqtt_client_set_buffers(struct native_mqtt_client *client, uint8_t *tx,
                                               size_t tx_len, uint8_t *rx, size_t rx_len);

#endif
