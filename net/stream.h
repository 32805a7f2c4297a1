/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* stream.h - a connection: name -> addresses -> connect -> TLS -> open, as one byte stream.
 * Shape:   new -> open, open, ... (AGAIN until OK) -> read / write -> close -> free
 * Allocates: with malloc. Blocks: only in native_net_stream_wait(). No SIGPIPE, ever. Threads: one
 * at a time. Forks: in a child call native_net_stream_abandon(), then free; never anything else.
 *
 * What to wait for, in any phase: native_net_stream_fd() for native_net_stream_events(), at most
 * until native_net_stream_deadline(). While opening, the descriptor is a set of all that is pending
 * (wait for READ); from the moment open() says OK it is the socket itself and stays so. */
#ifndef NATIVE_NET_STREAM_H
#define NATIVE_NET_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "clock.h"
#include "error.h"
#include "resolve.h"
#include "status.h"
#include "tls.h"
#include "tls_store.h"

enum native_net_scheme { NATIVE_NET_TCP = 0, NATIVE_NET_TLS, NATIVE_NET_UNIX };

/* IP families allowed. */
enum native_net_family { NATIVE_NET_ANY_FAMILY = 0, NATIVE_NET_IPV4 = 4, NATIVE_NET_IPV6 = 6 };

/* Start from NATIVE_NET_STREAM_OPTIONS_INIT. Everything is copied; of `tls` a reference is taken.
 */
struct native_net_stream_options {
    enum native_net_scheme scheme;
    enum native_net_family family;
    const char *host;                  /* TCP, TLS: a name or an address ("::1" without brackets) */
    uint16_t port;                     /* TCP, TLS */
    const char *path;                  /* UNIX: path of the socket */
    const char *abstract_name;         /* UNIX, Linux: an abstract name, in place of `path` */
    const char *bind_address;          /* our own address (no name); NULL = the system chooses */
    const char *server_name;           /* TLS: name for SNI and verification; NULL = host */
    struct native_net_tls_config *tls; /* required for TLS */
    int64_t connect_timeout_ms;        /* name + connect + TLS together; negative = none */
    int keepalive_idle_s;     /* TCP keep-alive probes after so many idle seconds; 0 = none */
    int keepalive_interval_s; /* between probes; 0 = the system's default */
    int keepalive_count;      /* lost probes until the connection is dead; 0 = the default */
    /* Timeouts of single phases, within the whole; 0 = none of its own. */
    int64_t name_timeout_ms;
    int64_t dial_timeout_ms; /* from the first attempt until one is connected */
    int64_t tls_timeout_ms;
    int64_t happy_eyeballs_ms; /* between two attempts; 0 = NATIVE_NET_DIAL_DELAY_MS */
    int64_t name_max_age_ms;   /* how old a cached answer may be; 0 = ask anew, negative = any */
    struct native_net_names *names; /* answers shared with others; NULL = not. Not copied */
    const struct native_net_addresses *addresses; /* connect to these, ask nobody; NULL = look up */
    const char *interface;    /* the device to go out through ("eth0"); NULL = the system chooses */
    uint16_t bind_port;       /* our own port; 0 = the system chooses */
    uint16_t bind_port_count; /* ports to try from bind_port on; 0 and 1 = only that */
    struct native_net_tls_store *sessions; /* saved TLS sessions; NULL = none. Not copied */
    const char
        *session_scope; /* what else tells such a session apart (the proxy); NULL = nothing */
};
#define NATIVE_NET_STREAM_OPTIONS_INIT                                                             \
    {                                                                                              \
        .scheme = NATIVE_NET_TCP, .connect_timeout_ms = 30000,                                     \
        .name_max_age_ms = NATIVE_NET_NAME_MAX_AGE_MS                                              \
    }

struct native_net_stream;

/* Check and copy the options. Nothing is sent yet. Returns NULL with `error` filled. */
struct native_net_stream *native_net_stream_new(const struct native_net_stream_options *options,
                                                struct native_net_error *error);

/* Close what is open, without a word to the peer, and free. NULL is allowed. */
void native_net_stream_free(struct native_net_stream *stream);

/* Begin or go on opening. Never blocks. The connect timeout counts from the first call.
 * Returns OK: open; AGAIN: wait (see above), then call again; ERROR: failed, everything is closed.
 * Calling it again on an open stream returns OK. */
enum native_net_status native_net_stream_open(struct native_net_stream *stream, int64_t now_ms,
                                              struct native_net_error *error);

/* TLS on a plain stream that is open: a tunnel through a proxy, STARTTLS. Start from
 * NATIVE_NET_START_TLS_INIT; everything is copied. */
struct native_net_start_tls {
    struct native_net_tls_config *tls;
    const char *server_name; /* of the other end of the tunnel, for SNI and verification */
    uint16_t port;           /* of the same, to tell saved sessions apart */
    int64_t timeout_ms;      /* negative = none */
    size_t early_len; /* bytes that the caller has read from beyond the plain talk: must be none */
    struct native_net_tls_store *sessions;
    const char *session_scope;
};
#define NATIVE_NET_START_TLS_INIT                                                                  \
    {                                                                                              \
        .timeout_ms = 30000                                                                        \
    }

/* Begin TLS; then open() again until it says OK. Refuses a peer that has sent bytes already: they
 * were not protected. Returns OK; ERROR: the stream stays open when the argument was bad
 * (BAD_ARGUMENT), else it is closed. */
enum native_net_status native_net_stream_start_tls(struct native_net_stream *stream,
                                                   const struct native_net_start_tls *options,
                                                   int64_t now_ms, struct native_net_error *error);

/* Returns true between an OK from open() and close(), abandon() or an error. */
bool native_net_stream_is_open(const struct native_net_stream *stream);

/* Returns the descriptor to wait for; -1 when nothing is open. It belongs to the stream: wait for
 * it, do nothing else with it. */
int native_net_stream_fd(struct native_net_stream *stream);

/* Returns NATIVE_NET_READ|WRITE: what to wait for so that `want` (READ, WRITE or both) can go on.
 * While opening `want` does not matter and the answer is READ. TLS may turn one direction into the
 * other. */
int native_net_stream_events(const struct native_net_stream *stream, int want);

/* Returns the moment at which open() must be called even if no event came; NEVER once open. */
int64_t native_net_stream_deadline(const struct native_net_stream *stream);

/* Wait with poll() until `want` can go on. While opening, wakes up for open().
 * Returns OK: go on; AGAIN: `deadline_ms` (or the stream's own) has come; INTERRUPTED: a signal;
 * ERROR (errno has the reason). Returns OK at once when decrypted bytes wait and READ is wanted. */
enum native_net_status native_net_stream_wait(struct native_net_stream *stream, int want,
                                              int64_t deadline_ms);

/* Read what is there. Returns OK with *got > 0; AGAIN; CLOSED: the peer has ended; ERROR. */
enum native_net_status native_net_stream_read(struct native_net_stream *stream, void *out,
                                              size_t len, size_t *got,
                                              struct native_net_error *error);

/* Write what fits. Returns OK with *put > 0, maybe less than len; AGAIN: nothing counts as written,
 * but the next call must begin with the same bytes (they may have moved in memory, and more may
 * follow); ERROR. */
enum native_net_status native_net_stream_write(struct native_net_stream *stream, const void *bytes,
                                               size_t len, size_t *put,
                                               struct native_net_error *error);

struct native_net_slice {
    const void *bytes;
    size_t len;
};

/* The same for several pieces that are sent as one, in one system call or TLS record where they
 * fit. At most 16 slices are looked at in one call. */
enum native_net_status native_net_stream_writev(struct native_net_stream *stream,
                                                const struct native_net_slice *slices, size_t count,
                                                size_t *put, struct native_net_error *error);

/* Returns how many decrypted bytes can be read without waiting (0 for plain streams). */
size_t native_net_stream_pending(const struct native_net_stream *stream);

/* Look at a connection that has been idle, before it is used again; reads no application bytes.
 * Returns AGAIN: idle and fine; OK: bytes wait to be read; CLOSED or ERROR: gone. */
enum native_net_status native_net_stream_alive(struct native_net_stream *stream,
                                               struct native_net_error *error);

/* Close. Graceful: TLS close_notify is sent first if it can be sent at once. Never blocks. */
void native_net_stream_close(struct native_net_stream *stream, bool graceful);

/* In a forked child: give up the parent's connection. Closes this process's descriptors and sends
 * nothing, so that the parent's connection goes on unharmed. */
void native_net_stream_abandon(struct native_net_stream *stream);

/* Returns the TLS session for asking what was agreed; NULL for plain streams. */
struct native_net_tls *native_net_stream_tls(const struct native_net_stream *stream);

/* Write "127.0.0.1:1883", "[::1]:1883" or the path: whom we are connected to. Returns `out`. */
const char *native_net_stream_peer(const struct native_net_stream *stream, char *out,
                                   size_t out_len);

/* When the phases of opening ended, by native_net_clock_us(); 0 = has not, or there was none. A later
 * native_net_stream_start_tls() sets tls_us anew. */
struct native_net_stream_times {
    int64_t start_us;   /* first call of open() */
    int64_t name_us;    /* the addresses were there */
    int64_t connect_us; /* connected */
    int64_t tls_us;     /* TLS handshake over */
    unsigned attempts;  /* connects that were begun */
};
void native_net_stream_get_times(const struct native_net_stream *stream,
                                 struct native_net_stream_times *out);

/* The two ends of the connection. The peer's is known; ours costs a system call each time. Return
 * false (and len 0) when there is none: not connected, a Unix socket. */
bool native_net_stream_get_peer(const struct native_net_stream *stream,
                                struct native_net_address *out);
bool native_net_stream_get_local(const struct native_net_stream *stream,
                                 struct native_net_address *out);

/* Offer a TLS session saved earlier; before the first open(). Copied. Not fit = a full handshake.
 */
enum native_net_status native_net_stream_offer_session(struct native_net_stream *stream,
                                                       const void *bytes, size_t len,
                                                       struct native_net_error *error);

#endif
