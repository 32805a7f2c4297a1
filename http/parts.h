/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* parts.h - the inside of a transfer and of an engine. Private to http/.
 *
 * One transfer makes one or more requests; each goes through these steps:
 *
 *   BEGIN -> OPEN -> [SOCKS] -> [CONNECT] -> [ADDRESS] -> [TLS] -> EXCHANGE -> END --> DONE
 *     ^      (a connection from the pool: EXCHANGE at once)                    |
 *     '---- redirect, authentication, a kept connection that died -------------'
 *
 *   transfer.c  begin and end of a transfer        open.c      BEGIN to TLS: a connection
 *   head.c      the head of a request              tunnel.c    SOCKS, CONNECT, ADDRESS
 *   send.c      EXCHANGE, outwards                 receive.c   EXCHANGE, inwards
 *   lines.c     ... the lines of a head            content.c   ... a body, decoded
 *   next.c      END: what comes after a response   resume.c    an answer that is to go on
 *   pace.c      speeds and time limits             trace.c     what watchers are told
 *   engine.c    many transfers, waiting */
#ifndef NATIVE_HTTP_PARTS_H
#define NATIVE_HTTP_PARTS_H

#include "connection.h"
#include "../net/resolve.h"
#include "decode.h"
#include "engine.h"
#include "login.h"
#include "source.h"
#include "text.h"
#include "wire/body.h"
#include "wire/request.h"
#include "wire/socks.h"

/* What a step answers. */
enum native_http_go {
    NATIVE_HTTP_GO,    /* the next step can be tried */
    NATIVE_HTTP_WAIT,  /* nothing can be done now */
    NATIVE_HTTP_FAILED /* transfer->error tells */
};

enum native_http_step {
    NATIVE_HTTP_STEP_BEGIN,
    NATIVE_HTTP_STEP_OPEN,
    NATIVE_HTTP_STEP_SOCKS,
    NATIVE_HTTP_STEP_CONNECT,
    NATIVE_HTTP_STEP_ADDRESS, /* the PROXY protocol's line */
    NATIVE_HTTP_STEP_TLS,
    NATIVE_HTTP_STEP_EXCHANGE,
    NATIVE_HTTP_STEP_END,
    NATIVE_HTTP_STEP_DONE
};

/* Why another request follows. */
enum native_http_again {
    NATIVE_HTTP_AGAIN_NOT,
    NATIVE_HTTP_AGAIN_REDIRECT,
    NATIVE_HTTP_AGAIN_LOGIN, /* 401, 407 */
    NATIVE_HTTP_AGAIN_EXPECT /* 417 */
};

enum native_http_expect {
    NATIVE_HTTP_EXPECT_NOT,
    NATIVE_HTTP_EXPECT_WAIT,   /* the body waits for 100 or for `until_ms` */
    NATIVE_HTTP_EXPECT_REFUSED /* 417: the next request goes without */
};

/* The request of this hop, outwards. */
struct native_http_sending {
    struct native_http_buffer head;
    size_t head_at;
    struct native_http_source *source; /* NULL: no body */
    bool has_body;                     /* the body is not sent yet, or not whole */
    bool chunked;
    /* a byte of the body has gone out, or was asked for: to begin again needs a rewind */
    bool started;
    bool ended;  /* the source has given its last byte */
    bool asking; /* without the body, to be asked for credentials first */
    enum native_http_expect expect;
    int64_t expect_until_ms;
    char *out; /* malloc'ed: bytes of the source that go out */
    size_t out_at, out_len;
    uint64_t left;                 /* of a known size */
    bool broken;                   /* nothing can be sent any more; the answer may still come */
    struct native_net_error error; /* why */
};

/* The response of this hop, inwards. */
struct native_http_receiving {
    struct native_http_head head;
    struct native_http_framing framing;
    struct native_http_body body;
    bool in_body;
    unsigned informations; /* 1xx before this response */
    bool any;              /* a byte has come */
    bool heard;            /* ... a whole line */
    unsigned lines;        /* of this head, that were whole */
    bool over;             /* the last byte has come */
    bool drop;             /* the body is not for the user: another request follows */
    bool located;          /* a field Location came; of several the first counts */
    bool follow;           /* decided when it came */
    bool yields;           /* much was decoded: others want their turn */
    bool held;             /* the line that comes next was not taken, for a pause */
    struct native_http_buffer text;
    struct native_http_kept_field *fields; /* offsets into text, which may move */
    size_t fields_len, fields_size;
    struct native_http_codings
        codings;                       /* of the content; when the head is over: all to be undone */
    struct native_http_decode *decode; /* NULL: the content goes on as it comes */
    bool undecodable;                  /* it has a coding that cannot be undone */
    size_t raw_at;  /* of the bytes that come next so many were handed on, with raw_transfer */
    bool finishing; /* the last byte is decoded, not all of it is handed on */
    /* malloc'ed when the first head begins: room for fields over several lines */
    char *fold;
};

/* A limit of speed: the moment up to which what has been moved takes, at that speed. */
struct native_http_pace {
    int64_t paid_us;
};

struct native_http_transfer {
    const struct native_http_options *options;
    const struct native_http_handlers *handlers;
    void *ctx;
    struct native_http_engine *engine;
    struct native_http_transfer *next; /* in the engine's list */
    enum native_http_step step;
    bool told;  /* its end was told by next_done() */
    int paused; /* directions, by the owner */
    bool source_paused;
    int ready;     /* directions that the poller has seen ready; both when nobody has looked */
    int polled_at; /* in the poll of the last wait; -1: not there */

    struct native_http_error error;
    struct native_http_info info;
    int64_t start_us; /* of the transfer; 0: it has not begun */
    int64_t connect_by_ms;
    int64_t first_by_ms;
    int64_t wake_ms;     /* of pacing: nothing before */
    int64_t progress_ms; /* when it was told last */
    int want;            /* directions that the last step waits for */

    /* this request */
    struct native_http_buffer url_text;
    struct native_http_url url;
    size_t url_kept;    /* bytes of url_text that a later request may find parsed; 0: none */
    unsigned url_flags; /* ... under which it was */
    bool hop_ready;     /* URL and route are found, only the connection is missing */
    enum native_http_kind kind;
    struct native_http_span method;      /* of the options, or a literal */
    struct native_http_span send_method; /* of the head that is sent: CONNECT, too */
    struct native_http_span send_target;
    struct native_http_buffer target_text;
    bool without_body; /* a redirect took it away */
    bool redirected;   /* this is not the first URL */
    bool asked;        /* nobody has asked for credentials: the body goes along */
    enum native_http_again again;
    struct native_http_buffer url_user; /* decoded, of this URL */
    struct native_http_buffer url_password;
    bool other_origin; /* a redirect led away from where the user's credentials are for */
    struct native_http_buffer origin_text; /* of the first request */
    struct native_http_url origin;
    struct native_http_buffer referer;
    struct native_http_buffer location; /* of a redirect, absolute */
    struct native_http_route route;
    struct native_net_tls_config *tls;
    struct native_http_connection *connection;
    struct native_http_sending send;
    struct native_http_receiving receive;
    struct native_http_login login;
    struct native_http_login proxy_login;
    struct native_http_buffer login_origin; /* "https://example.org:443" */
    struct native_http_buffer login_before; /* ... of the hop before */
    struct native_http_buffer proxy_origin;
    struct native_http_socks socks;
    bool socks_begun;
    struct native_net_lookup *lookup; /* of a name that a SOCKS proxy wants as an address */
    struct native_net_addresses addresses;
    bool connect_begun;
    bool address_begun;
    bool address_said;
    bool tls_begun;
    bool exchange_begun;
    bool expect_refused;
    bool retried;
    struct native_http_pace sending_pace;
    struct native_http_pace receiving_pace;
    uint64_t slow_bytes; /* both directions, when the look for slowness began */
    int64_t slow_since_ms;
};

struct native_http_engine {
    struct native_http_pool *pool;
    struct native_http_limits limits;
    struct native_http_transfer *first;
    struct native_http_transfer **last;
    struct pollfd *fds; /* malloc'ed, of the last wait */
    size_t fds_size;
    bool stepping;
    bool ending; /* a handler wants it to end with its transfer */
    bool looked; /* a wait has set `ready` of the transfers */
};

/* ---- transfer.c ---- */

int64_t native_http_now_us(const struct native_http_transfer *t); /* since it began */
/* Begin anew, at the first URL. */
void native_http_transfer_begin(struct native_http_transfer *t);
/* A request begins: method, credentials, what the last response left. Returns false with the error. */
bool native_http_hop_begin(struct native_http_transfer *t);
/* Do what can be done for one transfer. It has ended when its step is DONE. */
void native_http_transfer_step(struct native_http_transfer *t, int64_t now_ms);
/* Let go of the connection: into the pool if it may serve again, else closed. */
void native_http_release(struct native_http_transfer *t, int64_t now_ms);
/* End with the error that was set, or well. */
void native_http_transfer_finish(struct native_http_transfer *t, int64_t now_ms);
/* Turn a handler's answer into an error. Returns true for GO_ON and PAUSE. */
bool native_http_accepts(struct native_http_transfer *t, enum native_http_verdict verdict,
                         enum native_http_error_part part);

/* ---- open.c, tunnel.c: each does one step ---- */

enum native_http_go native_http_step_begin(struct native_http_transfer *t, int64_t now_ms);
enum native_http_go native_http_step_open(struct native_http_transfer *t, int64_t now_ms);
enum native_http_go native_http_step_socks(struct native_http_transfer *t, int64_t now_ms);
enum native_http_go native_http_step_connect(struct native_http_transfer *t, int64_t now_ms);
enum native_http_go native_http_step_tls(struct native_http_transfer *t, int64_t now_ms);
enum native_http_go native_http_step_address(struct native_http_transfer *t, int64_t now_ms);
/* What follows SOCKS; and CONNECT. */
void native_http_after_socks(struct native_http_transfer *t);
void native_http_after_tunnel(struct native_http_transfer *t);

/* ---- head.c ---- */

/* Write the head of the request (or of CONNECT) into send.head. Returns false with the error. */
bool native_http_head_make(struct native_http_transfer *t, bool to_proxy);
/* Find a field among the user's lines that count for this request. Returns whether there is one. */
bool native_http_user_field(const struct native_http_transfer *t, struct native_http_span name,
                            struct native_http_span *value);

/* ---- send.c ---- */

/* Before a hop: all is gone but memory, and whether the source has begun. */
void native_http_send_clear(struct native_http_transfer *t);
bool native_http_send_begin(struct native_http_transfer *t);
/* Send what can be sent: WAIT when that is done or not possible now. */
enum native_http_go native_http_send_step(struct native_http_transfer *t, int64_t now_ms);
bool native_http_send_is_over(const struct native_http_transfer *t);

/* ---- lines.c ---- */

/* Keep a field, and act upon it if it means something here. Returns false with the error. */
bool native_http_take_field(struct native_http_transfer *t,
                            const struct native_http_head_event *event);

/* Tell the owner of a line; of a field over several lines, line by line, as it came. Returns false with the error,
 * or with receive.held. */
bool native_http_tell_line(struct native_http_transfer *t, enum native_http_line kind,
                           struct native_http_span raw);
bool native_http_tell_lines(struct native_http_transfer *t, enum native_http_line kind,
                            struct native_http_span raw);

/* ---- receive.c ---- */

/* A response is expected. Returns false without memory. */
bool native_http_receive_begin(struct native_http_transfer *t, bool to_connect);
/* Receive what is there: GO when the response is over. */
enum native_http_go native_http_receive_step(struct native_http_transfer *t, int64_t now_ms);
void native_http_receive_free(struct native_http_transfer *t);
/* Forget the response; the memory for heads stays, unless it is large. */
void native_http_receive_rest(struct native_http_transfer *t);

/* ---- content.c: each returns false with the error ---- */

/* The head of a body is over: look at its codings. */
bool native_http_content_begin(struct native_http_transfer *t);
/* Hand on what can be: *used bytes of it. */
bool native_http_content_take(struct native_http_transfer *t, struct native_http_span data,
                              size_t *used);
/* The same of a body in chunks, as they came. What is not taken now, for a pause, comes again, and more with it: raw_at
 * tells where to go on; 0: all of it was taken. */
bool native_http_content_take_raw(struct native_http_transfer *t, struct native_http_span bytes);
/* What decoding has come to; false if that is an error. */
bool native_http_content_fault(struct native_http_transfer *t,
                               enum native_http_decode_status status);

/* ---- next.c ---- */

/* The field Location of a response that could be a redirect. */
bool native_http_note_location(struct native_http_transfer *t, struct native_http_span value);
/* At the end of a head: whether another request follows, so that this body is not for the user. */
bool native_http_wants_another(struct native_http_transfer *t);
/* END: done, or BEGIN once more. */
enum native_http_go native_http_step_end(struct native_http_transfer *t, int64_t now_ms);
/* A connection from the pool that died before a byte of the answer: whether to try once more. */
bool native_http_may_retry(const struct native_http_transfer *t);
void native_http_retry(struct native_http_transfer *t, int64_t now_ms);
struct native_http_credentials native_http_credentials_of(struct native_http_transfer *t,
                                                          bool proxys);

/* ---- resume.c ---- */

/* At the end of a head: the body is dropped where it is no part of the content, or none is needed any more. Returns false with the
 * error where it begins elsewhere. */
bool native_http_check_resumed(struct native_http_transfer *t);

/* ---- pace.c ---- */

/* How many of `room` bytes may go in this direction now; sets wake_ms when it is less. */
size_t native_http_pace_room(struct native_http_transfer *t, int direction, size_t room);
void native_http_pace_count(struct native_http_transfer *t, int direction, size_t bytes);
/* Returns false with the error when a time limit has passed. */
bool native_http_in_time(struct native_http_transfer *t, int64_t now_ms);
/* The moment at which something has to be looked at though nothing comes. */
int64_t native_http_deadline(const struct native_http_transfer *t);

/* ---- trace.c ---- */

void native_http_trace(struct native_http_transfer *t, const char *format, ...)
    NATIVE_NET_PRINTF(2, 3);
void native_http_trace_bytes(struct native_http_transfer *t, enum native_http_trace kind,
                             struct native_http_span bytes);

/* ---- engine.c ---- */

struct native_http_pool *native_http_engine_pool(struct native_http_engine *engine);
/* Returns whether the limits let this transfer have a connection now. */
bool native_http_engine_has_room(const struct native_http_engine *engine,
                                 const struct native_http_transfer *t);

#endif
