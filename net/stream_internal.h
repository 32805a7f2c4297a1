/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream_internal.h - the inside of a stream, for stream*.c only. */
#ifndef NATIVE_NET_STREAM_INTERNAL_H
#define NATIVE_NET_STREAM_INTERNAL_H

#include <poll.h>

#include "dial.h"
#include "resolve.h"
#include "stream.h"
#include "tls_share.h"

enum native_net_phase {
    NATIVE_NET_PHASE_NEW = 0, /* open() was not called yet */
    NATIVE_NET_PHASE_NAME,    /* `lookup` is under way */
    NATIVE_NET_PHASE_CONNECT, /* `dial` is under way (Unix: no dial, retried at `retry_ms`) */
    NATIVE_NET_PHASE_TLS,     /* `fd` is connected, `tls` shakes hands */
    NATIVE_NET_PHASE_OPEN,
    NATIVE_NET_PHASE_CLOSED
};

/* Below TLS: the library asks for 5 bytes, then for the rest of a record. One system call fetches
 * both, and what was read too much waits here. */
enum { NATIVE_NET_AHEAD = 4096 };

struct native_net_stream {
    enum native_net_phase phase;
    struct native_net_stream_options options; /* the texts in it are NULL; here they are: */
    char *host;
    char *path;
    char *server_name; /* of the other end of TLS */
    char *interface;
    char *session_scope;
    struct native_net_addresses *addresses; /* NULL = look up */
    bool is_abstract;                       /* `path` is an abstract name */
    bool in_tunnel;                         /* TLS began later: `host` is not its other end */
    uint16_t tls_port;
    struct native_net_socket_options socket_options;
    struct native_net_address peer; /* len 0 = none yet */
    int fd;                         /* the socket, once connected */
    int pollset;                    /* while opening, if somebody asked for it */
    int64_t deadline_ms;            /* of opening */
    int64_t phase_deadline_ms;      /* of this phase alone */
    int64_t phase_timeout_ms;
    struct native_net_stream_times times;
    int64_t retry_ms; /* when to go on though nothing happened */
    struct native_net_lookup *lookup;
    struct native_net_dial *dial;
    struct native_net_tls *tls;
    struct native_net_tls_share share;
    int read_wants;  /* what the last read that said AGAIN waits for; 0 = READ */
    int write_wants; /* the same for writes; 0 = WRITE */
    void *offered;   /* a saved TLS session */
    size_t offered_len;
    size_t ahead_at; /* first byte not handed to TLS yet */
    size_t ahead_len;
    unsigned char ahead[NATIVE_NET_AHEAD];
};

/* stream_options.c: close everything; nothing is said to the peer. */
void native_net_stream_shut(struct native_net_stream *stream);

/* Returns whether a name has no blanks or control characters, which would end up in SNI, in
 * resolvers, in logs. */
bool native_net_stream_is_clean(const char *text);

/* stream_phases.c: go on with the phase. Returns OK when the next one may begin. */
enum native_net_status native_net_stream_step(struct native_net_stream *stream, int64_t now_ms,
                                              struct native_net_error *error);

/* Begin TLS on the connected socket, with options.tls and server_name. Returns OK or ERROR. */
enum native_net_status native_net_stream_begin_tls(struct native_net_stream *stream, int64_t now_ms,
                                                   struct native_net_error *error);

/* Fill `error` for a phase that took too long. */
void native_net_stream_timed_out(const struct native_net_stream *stream,
                                 struct native_net_error *error);

/* stream_io.c: the transport under TLS. */
void native_net_stream_tls_io(struct native_net_stream *stream, struct native_net_tls_io *io);

/* Write what to poll for `want`, at most NATIVE_NET_ADDRESSES_MAX. Returns how many. */
size_t native_net_stream_pollfds(const struct native_net_stream *stream, int want,
                                 struct pollfd *out);

#endif
