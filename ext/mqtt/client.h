/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* ext/mqtt/client.h - Native\Mqtt\Client: what its files share.
 *
 *   PHP object (request)                    connection (malloc, may outlive the request)
 *   struct native_ext_mqtt_client    --->   struct native_ext_mqtt_connection
 *     callbacks, options, inbox,              engine (mqtt/client.h), stream (net/stream.h), buffers,
 *     what waits, counters                    CONNECT's texts, messages on their way, SUBSCRIBEs
 *
 * The engine decides everything about MQTT; here are its memory, its transport, the waiting, and the
 * way from its events to PHP. Nothing here but native_ext_mqtt_doze() blocks.
 * Reentrancy: PHP code runs inside native_ext_mqtt_poll() (callbacks) and native_ext_mqtt_doze()
 * (signal handlers). It may call every method of the same client again, and may suspend the fiber it
 * runs in. So before PHP code runs, everything it could see is in a state of rest, and afterwards
 * nothing is assumed. The engine's event is copied out of before.
 * Threads: a connection belongs to one object, an idle persistent one to the pool. */
#ifndef NATIVE_EXT_MQTT_CLIENT_H
#define NATIVE_EXT_MQTT_CLIENT_H

#include "php.h"

#include "../compat.h"
#include "../../mqtt/client.h"
#include "../../net/stream.h"
#include "client_options.h"
#include "client_status.h"

#include <sys/types.h>

enum { NATIVE_EXT_MQTT_TX_LEN = 16384, NATIVE_EXT_MQTT_RX_LEN = 131072 };

/* What the URI says. Strings are malloc'ed, NULL: not given. */
struct native_ext_mqtt_uri {
    enum native_net_scheme scheme;
    char *host; /* or the path of a Unix socket */
    char *user, *password;
    size_t user_len, password_len;
    uint16_t port;
};

/* Bytes in malloc'ed memory. */
struct native_ext_mqtt_bytes {
    uint8_t *data;
    size_t len;
};

/* A message on its way out: the engine's node and what its spans point to. */
struct native_ext_mqtt_out {
    struct native_mqtt_outgoing
        node;             /* first; owner: the struct native_ext_mqtt_delivery, or NULL */
    zend_string *payload; /* held until delivered; NULL: none, or copied */
    uint8_t *copy;        /* of the payload, for after the request */
    size_t size;          /* what it counts against bufferLimit */
    uint8_t texts[];      /* topic name, properties */
};

/* A SUBSCRIBE or UNSUBSCRIBE: the engine's node and what its spans point to. */
struct native_ext_mqtt_ask {
    struct native_mqtt_request request; /* first */
    struct native_ext_mqtt_ask *next;
    uint64_t serial;                    /* later ones are larger */
    uint32_t holders;                   /* calls that wait for it or work on it: not to be freed */
    bool done;                          /* answered at least once */
    bool internal;                      /* the response topic of request() */
    uint8_t failure;                    /* with done: reason code if it could not be sent, or 0 */
    struct native_ext_mqtt_bytes codes; /* with done and no failure: as in the answer */
    uint8_t filters[];
};

struct native_ext_mqtt_trace;

struct native_ext_mqtt_connection {
    struct native_mqtt_client engine;
    struct native_net_stream *stream; /* NULL: closed */
    struct native_net_stream_options net;
    struct native_net_error error; /* of the last failed step of the stream */
    struct native_ext_mqtt_uri uri;
    char *server_name, *bind_address;
    pid_t pid;
    bool io_failed; /* a write failed: the engine is to be asked */
    bool was_connected;
    bool session_present;
    struct native_ext_mqtt_bytes connack; /* properties of the last CONNACK */
    struct native_ext_mqtt_bytes client_id, user, password, properties;
    struct native_ext_mqtt_bytes will_topic, will_payload, will_properties;
    struct native_ext_mqtt_ask *asks;
    uint64_t serial;
    size_t out_bytes, out_count; /* messages on their way */
    uint8_t *alias_memory;
    struct native_ext_mqtt_bytes response_topic; /* subscribed to by request() */
    uint64_t counters[NATIVE_EXT_MQTT_COUNTERS];
    uint64_t gauges[NATIVE_EXT_MQTT_GAUGES]; /* as the process's have them */
    uint32_t packets_sent, packets_received; /* as far as the engine's are in `counters` */
    struct native_ext_mqtt_trace *trace; /* NULL: native.trace was off when this one was opened */
    size_t
        read_budget; /* bytes that one poll may read, so that signals and time limits get their turn */
    /* Persistent ones only. */
    struct native_ext_mqtt_bytes key;
    struct native_ext_mqtt_connection *next_idle;
};

/* Why there is no connection, kept for the exceptions that tell of it. */
struct native_ext_mqtt_failure {
    uint8_t cause; /* enum native_mqtt_cause */
    uint8_t reason;
    uint8_t packet; /* enum native_mqtt_type: with NATIVE_MQTT_CAUSE_PROTOCOL, what came */
    bool set;
    bool was_connected;
    struct native_net_error net;
    struct native_mqtt_error mqtt;
    char text[256]; /* reason string of the server, cut */
};

/* A large message that comes in pieces. */
struct native_ext_mqtt_incoming {
    zend_string *topic, *properties, *payload; /* payload NULL: none is coming, or it is dropped */
    size_t at;
    uint8_t qos;
    bool retain, dup;
};

/* Messages that wait to be taken: items[(head + i) % capacity]. */
struct native_ext_mqtt_inbox {
    zend_object **items;
    size_t head, count, capacity, bytes;
};

struct native_ext_mqtt_wanted; /* an answer that request() waits for */

struct native_ext_mqtt_client {
    struct native_ext_mqtt_connection
        *connection; /* NULL: not constructed, or the request is over */
    zend_object *options;
    HashTable *subscriptions; /* topic filter => struct native_ext_mqtt_subscription */
    zval on_message, on_connect, on_disconnect;
    zval stream; /* of getStream(); UNDEF: none */
    int stream_fd;
    bool stream_opening;
    zend_object *info; /* of the connection that stands; NULL: to be made */
    struct native_ext_mqtt_failure failure;
    struct native_ext_mqtt_incoming incoming;
    struct native_ext_mqtt_inbox inbox;
    struct native_ext_mqtt_wanted *wanted;
    struct native_ext_mqtt_client *next_live; /* persistent ones of this request */
    uint64_t published, received;             /* messages */
    uint64_t polls;                           /* tells whether a callback has polled */
    uint32_t depth;                           /* callbacks that run */
    bool persistent;
    bool blocking;      /* connect(), not start() */
    bool stopping;      /* stop() was called */
    bool connecting;    /* in connect(): the first failure counts */
    bool giving_up;     /* connect() failed and stops the engine, which will say so */
    bool leaving;       /* disconnect() waits for what is on its way */
    bool start_wanted;  /* start() came while the old connection was still closing */
    bool opening;       /* credentials are being asked: the engine stands still */
    bool threw;         /* the last message's callback did: it is not handled */
    bool authenticated; /* AUTH with Success came since reauthenticate() */
    zend_object std;
};

/* A subscription as PHP sees it. */
struct native_ext_mqtt_subscription {
    zval callback;   /* UNDEF: none */
    uint64_t serial; /* of the SUBSCRIBE that made it */
    int code;        /* granted; -1: not answered */
};

extern zend_class_entry *native_ext_mqtt_client_ce;

static inline struct native_ext_mqtt_client *native_ext_mqtt_client_of(zend_object *object)
{
    return (struct native_ext_mqtt_client *)((char *)object -
                                             offsetof(struct native_ext_mqtt_client, std));
}

static inline uint32_t native_ext_mqtt_now(void)
{
    return (uint32_t)native_net_clock_ms();
}

/* Returns the client behind $this, or NULL with an exception: not constructed, the request is over,
 * or this process is a fork of the one that connected. (client.c) */
struct native_ext_mqtt_client *native_ext_mqtt_client_usable(zend_object *object);

/* Returns `seconds`, or if null the option `timeout`, as the moment when it is over. (client.c) */
int64_t native_ext_mqtt_deadline(struct native_ext_mqtt_client *c, bool is_null, double seconds);

/* ---- client_uri.c ---- */

/* Take a URI apart. Returns false with \ValueError thrown. */
bool native_ext_mqtt_uri_parse(const zend_string *text, struct native_ext_mqtt_uri *uri);
void native_ext_mqtt_uri_free(struct native_ext_mqtt_uri *uri);

/* ---- client_connection.c ---- */

/* Make a connection, closed; takes over what `uri` holds. NULL with an exception. */
struct native_ext_mqtt_connection *native_ext_mqtt_connection_new(struct native_ext_mqtt_uri *uri,
                                                                  zend_object *options);
/* Close what is open and free. In the process that connected DISCONNECT is sent if it can be at once,
 * in any other nothing is. */
void native_ext_mqtt_connection_free(struct native_ext_mqtt_connection *n);
/* Bring the counters of packets up to what the engine has counted. */
void native_ext_mqtt_count_packets(struct native_ext_mqtt_connection *n);
/* Bring the process's gauges up to what is so; `gone`: the connection counts no more. */
void native_ext_mqtt_gauges(struct native_ext_mqtt_connection *n, bool gone);
/* Free a message that the engine has given back. */
void native_ext_mqtt_out_free(struct native_ext_mqtt_connection *n,
                              struct native_ext_mqtt_out *out);
/* Free requests that are neither the engine's nor waited for. */
void native_ext_mqtt_asks_sweep(struct native_ext_mqtt_connection *n);
/* Give the engine a transmit buffer of at least `len` bytes. Returns false if that is too much. */
bool native_ext_mqtt_grow_tx(struct native_ext_mqtt_connection *n, size_t len);
/* The same for the receive buffer; false: there is not so much memory. */
bool native_ext_mqtt_grow_rx(struct native_ext_mqtt_connection *n, size_t len);
/* Replace bytes by a copy of data[0..len). */
void native_ext_mqtt_bytes_set(struct native_ext_mqtt_bytes *bytes, const void *data, size_t len);
void native_ext_mqtt_bytes_free(struct native_ext_mqtt_bytes *bytes);

/* ---- client_connect.c ---- */

/* Fill in CONNECT from the options. Returns false with an exception. */
bool native_ext_mqtt_connect_make(struct native_ext_mqtt_connection *n, zend_object *options,
                                  const zend_string *auth_data);
/* Handle EVENT_OPEN: ask credentials and authenticator. Returns false with an exception. */
bool native_ext_mqtt_connect_open(struct native_ext_mqtt_client *c);
/* Call the authenticator. `out` is its answer: string or null. Returns false with an exception. */
bool native_ext_mqtt_authenticate(struct native_ext_mqtt_client *c, const zend_string *data,
                                  unsigned step, zval *out);
/* Send AUTH. Returns false with an exception. */
bool native_ext_mqtt_send_auth(struct native_ext_mqtt_client *c, unsigned reason, const zval *data);
/* Write a packet of ours and read it again, so that what must not be sent is found. Returns false with
 * a ProtocolException. */
bool native_ext_mqtt_check_packet(const struct native_mqtt_packet *packet);

/* ---- client_transport.c ---- */

int native_ext_mqtt_link(void *context, bool up);
int native_ext_mqtt_read(void *context, void *data, size_t data_len, size_t *done);
int native_ext_mqtt_write(void *context, const void *data, size_t data_len, size_t *done);

/* ---- client_trace.c ---- */

/* A connection is being opened: follow it, if native.trace is on. */
void native_ext_mqtt_trace_open(struct native_ext_mqtt_connection *n);
/* Bytes were sent (`out`) or received: write a line for each packet that is complete. n->trace is there. */
void native_ext_mqtt_trace_bytes(struct native_ext_mqtt_connection *n, bool out, const void *data,
                                 size_t data_len);
/* It is closed. */
void native_ext_mqtt_trace_close(struct native_ext_mqtt_connection *n);

/* ---- client_wait.c ---- */

enum native_ext_mqtt_waited {
    NATIVE_EXT_MQTT_DONE,
    NATIVE_EXT_MQTT_LATE,  /* the deadline has come */
    NATIVE_EXT_MQTT_LOST,  /* no connection, and none will be tried */
    NATIVE_EXT_MQTT_THROWN /* an exception is pending */
};
typedef bool (*native_ext_mqtt_condition)(struct native_ext_mqtt_client *c, void *arg);

/* Poll until the condition holds. */
enum native_ext_mqtt_waited native_ext_mqtt_wait(struct native_ext_mqtt_client *c,
                                                 int64_t deadline_ms,
                                                 native_ext_mqtt_condition condition, void *arg);
/* The same, with the exception thrown for LATE and LOST: `what` says what was waited for. Returns
 * whether it is DONE. */
bool native_ext_mqtt_wait_or_throw(struct native_ext_mqtt_client *c, int64_t deadline_ms,
                                   native_ext_mqtt_condition condition, void *arg,
                                   const char *what);
/* Wait for the connection, or the engine's timer, or a slice of time; then let signal handlers run.
 * Returns false with an exception pending. */
bool native_ext_mqtt_doze(struct native_ext_mqtt_client *c, int64_t deadline_ms);
/* Let pending signal handlers run. Returns false with an exception pending, which a handler that
 * forked leaves in the child. */
bool native_ext_mqtt_run_signals(struct native_ext_mqtt_client *c);
/* Returns false with an exception if nothing will ever happen: the engine stands still until the
 * callable that calls us has returned, and there is no deadline. */
bool native_ext_mqtt_may_wait(struct native_ext_mqtt_client *c, int64_t deadline_ms);
/* Returns NATIVE_NET_READ|WRITE: what the engine waits for. */
int native_ext_mqtt_wants(const struct native_ext_mqtt_connection *n);

/* ---- client_events.c ---- */

/* Let the engine, which is down, begin to connect. */
void native_ext_mqtt_begin(struct native_ext_mqtt_client *c);

/* Let the engine do one thing, and PHP handle it. Returns 1: an event was handled; 0: there is nothing
 * to do now; -1: an exception is pending. */
int native_ext_mqtt_poll(struct native_ext_mqtt_client *c);
/* Call PHP. `result` may be NULL. Returns false with an exception pending. */
bool native_ext_mqtt_call(struct native_ext_mqtt_client *c, zval *callable, uint32_t argc,
                          zval *args, zval *result);

/* ---- client_failure.c ---- */

void native_ext_mqtt_failure_set(struct native_ext_mqtt_client *c,
                                 const struct native_mqtt_client_event *event);
/* Throw what the last failure was; NotConnectedException if there was none. */
void native_ext_mqtt_failure_throw(struct native_ext_mqtt_client *c);

/* ---- client_messages.c ---- */

/* Would a string of this size end the script for want of memory? */
bool native_ext_mqtt_too_large(size_t len);
bool native_ext_mqtt_on_message(struct native_ext_mqtt_client *c,
                                const struct native_mqtt_client_event *event);
bool native_ext_mqtt_on_message_begin(struct native_ext_mqtt_client *c,
                                      const struct native_mqtt_client_event *event);
void native_ext_mqtt_on_message_data(struct native_ext_mqtt_client *c,
                                     const struct native_mqtt_client_event *event);
bool native_ext_mqtt_on_message_end(struct native_ext_mqtt_client *c);
void native_ext_mqtt_incoming_drop(struct native_ext_mqtt_client *c);
/* Returns the oldest message of the inbox, which is the caller's now, or NULL. */
zend_object *native_ext_mqtt_inbox_take(struct native_ext_mqtt_client *c);
void native_ext_mqtt_inbox_free(struct native_ext_mqtt_client *c);

/* ---- client_subscribe.c ---- */

void native_ext_mqtt_on_subscribed(struct native_ext_mqtt_client *c,
                                   const struct native_mqtt_client_event *event);
/* Subscribe to a topic that only this client's own code uses. Returns false with an exception. */
bool native_ext_mqtt_subscribe_internal(struct native_ext_mqtt_client *c, const void *topic,
                                        size_t topic_len, int64_t deadline);
/* Ask the server to drop what this request subscribed to (persistent connections). */
void native_ext_mqtt_unsubscribe_all(struct native_ext_mqtt_client *c);
HashTable *native_ext_mqtt_subscriptions_new(void);

/* ---- client_publish.c ---- */

/* Publish. Returns the Delivery, or NULL with an exception. */
zend_object *native_ext_mqtt_publish(struct native_ext_mqtt_client *c, zend_string *topic,
                                     zend_string *payload, zend_long qos, bool retain,
                                     struct native_mqtt_properties properties);

/* ---- client_request.c ---- */

/* Returns whether the message is an answer that a request() waits for, or waited for. */
bool native_ext_mqtt_is_answer(struct native_ext_mqtt_client *c, zend_object *message,
                               const struct native_mqtt_publish *publish);

/* ---- client_stream.c ---- */

/* Close the stream of getStream() if its descriptor is no longer the connection's. */
void native_ext_mqtt_stream_sync(struct native_ext_mqtt_client *c);
void native_ext_mqtt_stream_drop(struct native_ext_mqtt_client *c);

/* ---- client_info.c ---- */

/* Returns the ConnectionInfo of the connection that stands; the client's. */
zend_object *native_ext_mqtt_info(struct native_ext_mqtt_client *c);
void native_ext_mqtt_client_info_minit(void);

/* ---- client_persistent.c ---- */

/* Take the connection from the object and leave it to the pool, or free it. */
void native_ext_mqtt_release(struct native_ext_mqtt_client *c);
void native_ext_mqtt_persistent_minit(void);
void native_ext_mqtt_persistent_mshutdown(void);
void native_ext_mqtt_persistent_rshutdown(void);

/* ---- client.c ---- */

void native_ext_mqtt_client_minit(void);
/* Make the object behind a constructed or persistent client. Returns false with an exception. */
bool native_ext_mqtt_client_attach(struct native_ext_mqtt_client *c,
                                   struct native_ext_mqtt_connection *n, zend_object *options);

#endif
