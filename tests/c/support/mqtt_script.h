/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* mqtt_script.h - a client engine with everything round it under the control of a test: clock,
 * transport (how it splits, blocks, breaks), what the server says, the application's memory.
 *
 *   script_new -> change s->c.options -> script_start -> say, run, advance ... -> script_expect_*
 *
 * Every step checks the invariants of client and session; what the client sends is decoded as a
 * strict server would. A fault is printed and counted in s->faults. Messages live on the heap and
 * are freed in the moment they are given back, so that a sanitizer sees a later touch. */
#ifndef NATIVE_TESTS_MQTT_SCRIPT_H
#define NATIVE_TESTS_MQTT_SCRIPT_H

#include "mqtt/client.h"

enum {
    SCRIPT_REQUESTS = 64,
    SCRIPT_ALIASES = 2,
    SCRIPT_ALIAS_BYTES = 16,
    SCRIPT_RECEIVED = 4,
    SCRIPT_NEVER = -1
};

/* Bytes that grow. */
struct script_bytes {
    uint8_t *data;
    size_t len, capacity;
};

struct script {
    struct native_mqtt_client c;
    uint32_t now;

    /* The link: how it opens, and what it did. */
    int link_again;  /* so many times AGAIN before OK; SCRIPT_NEVER: never OK */
    int link_result; /* OK, or what opening ends with */
    bool up;
    unsigned links; /* times it was opened */

    /* From the server. */
    struct script_bytes in;
    size_t in_at;
    int in_end;      /* what a read gives once everything is read: AGAIN, CLOSED, ERROR */
    size_t read_max; /* bytes one read gives at most; 0: no limit */
    bool read_pause; /* AGAIN before every read that gives something */
    bool read_paused;

    /* To the server, from all connections; this connection's begin at out_start. */
    struct script_bytes out;
    size_t out_start, out_seen;
    size_t write_max;
    bool write_pause, write_paused;
    size_t room;      /* bytes that are taken before writes block */
    size_t cut_after; /* bytes of all connections that are taken before writes fail */

    /* The application. */
    struct script_bytes log; /* events as text, one a line */
    size_t log_seen;
    void (*on_event)(struct script *s, const struct native_mqtt_client_event *event);
    void *user;
    struct native_mqtt_request *requests[SCRIPT_REQUESTS];
    unsigned request_count;
    unsigned published, given_back;    /* messages handed to the client, and back */
    struct native_mqtt_outgoing *last; /* the last one published, if it was kept */

    bool any_payload; /* the server's payloads are not those of script_pattern */
    bool any_packet;  /* what the client sends is not judged */
    unsigned faults;
    unsigned reads, writes;    /* calls in this step */
    bool read_dry, write_full; /* the last answer was AGAIN */
    bool unlinked;             /* the link was closed since it was opened */
    size_t payload_len;        /* of the message that comes in pieces: so far */
    uint32_t payload_hash;
    uint8_t properties[64]; /* of CONNECT */
};

/* Make a client of this version with buffers of exactly these sizes: clean start, client identifier
 * "c", back-off 1 to 8 s without end, 5 s to connect, no keep alive. */
struct script *script_new(unsigned version, size_t tx_len, size_t rx_len);

/* Free all. Returns the number of faults. */
unsigned script_free(struct script *s);

/* Print a fault and count it. */
__attribute__((format(printf, 2, 3))) void script_fault(struct script *s, const char *format, ...);

/* Append a number property to CONNECT (before script_start). */
void script_connect_property(struct script *s, unsigned id, uint32_t number);

/* native_mqtt_client_init and _start, and run. */
void script_start(struct script *s);

/* The same, and the CONNACK that lets it in: connected, with what was sent and told forgotten. */
void script_connect(struct script *s);

/* Call next once, and check. Returns whether there was an event, which is logged. */
bool script_step(struct script *s);

/* Drive as an event loop with readiness would, until nothing is left to do. */
void script_run(struct script *s);

/* Let time pass as the timeouts say, checking that each is true to the millisecond. */
void script_advance(struct script *s, uint32_t ms);

/* The server sends bytes: hex, with spaces. Then run. */
void script_say(struct script *s, const char *hex);
void script_say_bytes(struct script *s, const void *bytes, size_t len);

/* The server sends a PUBLISH (id 0: QoS 0) with so many bytes of payload. */
void script_say_publish(struct script *s, unsigned qos, uint16_t id, bool dup, const char *topic,
                        size_t payload_len);

/* The server ends the stream. Then run. */
void script_hang_up(struct script *s);

/* Publish. `payload_len` bytes of a pattern. Does not run. */
enum native_mqtt_status script_publish(struct script *s, unsigned qos, const char *topic,
                                       size_t payload_len);

/* Take a message back, and free it. Returns false for one that is just being sent. */
bool script_take_back(struct script *s, struct native_mqtt_outgoing *message);

/* Subscribe to or unsubscribe from filters, separated by spaces, at QoS 1. Does not run. */
struct native_mqtt_request *script_request(struct script *s, unsigned type, const char *filters);

/* What the client sent since the last time: text, separated by " | "; then that is forgotten.
 *   CONNECT [clean] | PUBLISH q1 #1 [dup] [retain] topic[@alias] 5 | PUBACK #1 [92] | PINGREQ
 *   SUBSCRIBE #1 a,b | UNSUBSCRIBE #1 a | DISCONNECT 04 | AUTH 18 | +3 (bytes of a packet that is
 * not whole) */
bool script_expect_sent(struct script *s, const char *expected);

/* What was told since the last time, separated by " | "; then that is forgotten. */
bool script_expect_told(struct script *s, const char *expected);

/* Write the packets in bytes[0..len) as text; *rest is set to the bytes of the unfinished one.
 * Returns false, with the text up to there, at a packet that no server would take. */
bool script_describe(unsigned version, const uint8_t *bytes, size_t len, char *text,
                     size_t text_len, size_t *rest);

/* Check what must hold between any two calls. */
void script_check(struct script *s);

/* End a test of harness.h: it passed if the script has no faults. */
#define script_end(s, ...)                                                                         \
    do {                                                                                           \
        check(script_free(s) == 0, "the script has faults");                                       \
        end_test(__VA_ARGS__);                                                                     \
    } while (0)

/* Byte i of the payload of every message of this length. */
uint8_t script_pattern(size_t len, size_t i);

/* Append bytes. */
void script_append(struct script_bytes *to, const void *bytes, size_t len);

#endif
