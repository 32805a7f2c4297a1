/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* error.h - how a transfer failed, in a form for programs (kind) and people (message).
 * Shape: a plain struct that the caller owns; it holds no pointers and may be copied.
 * Pure: no allocation, no globals. Messages are cut at the end of the array. */
#ifndef NATIVE_HTTP_ERROR_H
#define NATIVE_HTTP_ERROR_H

#include "../net/error.h"
#include "wire/coding.h"
#include "wire/socks.h"
#include "wire/status.h"

/* X(constant, short name) */
#define NATIVE_HTTP_ERRORS(X)                                                                      \
    X(NONE, "none")                                                                                \
    X(BAD_ARGUMENT, "bad_argument") /* an option that cannot be; nothing was sent */               \
    X(NO_MEMORY, "no_memory")                                                                      \
    X(URL, "url")                                                                                  \
    X(SCHEME, "scheme") /* a scheme that is not spoken, or not allowed */                          \
    X(RESOLVE, "resolve")                                                                          \
    X(RESOLVE_PROXY, "resolve_proxy")                                                              \
    X(CONNECT, "connect")                                                                          \
    X(BIND, "bind")       /* our own address or device */                                          \
    X(PROXY, "proxy")     /* SOCKS or CONNECT was refused */                                       \
    X(TLS, "tls")         /* see `net.kind` */                                                     \
    X(TIMEOUT, "timeout") /* see `phase` */                                                        \
    X(SEND, "send")                                                                                \
    X(RECEIVE, "receive")                                                                          \
    X(EMPTY, "empty")         /* the connection ended before a byte of the response */             \
    X(CUT, "cut")             /* ... before its end */                                             \
    X(PROTOCOL, "protocol")   /* see `fault` */                                                    \
    X(TOO_LARGE, "too_large") /* a limit of ours */                                                \
    X(CODING, "coding")       /* the content cannot be decoded */                                  \
    X(REDIRECTS, "redirects") /* too many */                                                       \
    X(STATUS, "status")       /* a status that counts as an error here */                          \
    X(SOURCE, "source")       /* the body to be sent could not be read */                          \
    X(REWIND, "rewind")       /* ... or not be read again */                                       \
    X(SINK, "sink")           /* what was received was not taken */                                \
    X(ABORTED, "aborted")     /* by a callback */                                                  \
    X(RANGE, "range")         /* the server cannot resume */                                       \
    X(AUTH, "auth")           /* the only way in is one that we do not speak */

enum native_http_error_kind {
#define X(constant, name) NATIVE_HTTP_ERROR_##constant,
    NATIVE_HTTP_ERRORS(X)
#undef X
        NATIVE_HTTP_ERROR_KINDS
};

/* Where a transfer was. */
enum native_http_phase {
    NATIVE_HTTP_PHASE_QUEUED, /* waits for its turn */
    NATIVE_HTTP_PHASE_NAME,
    NATIVE_HTTP_PHASE_CONNECT,
    NATIVE_HTTP_PHASE_PROXY,
    NATIVE_HTTP_PHASE_TLS,
    NATIVE_HTTP_PHASE_SEND,
    NATIVE_HTTP_PHASE_WAIT, /* for the first byte of the response */
    NATIVE_HTTP_PHASE_RECEIVE,
    NATIVE_HTTP_PHASE_DONE
};

/* What it was about, where the kind alone does not say. */
enum native_http_error_part {
    NATIVE_HTTP_PART_NONE = 0,
    NATIVE_HTTP_PART_LINE,      /* SINK, ABORTED: which handler said so; CUT: in the first line */
    NATIVE_HTTP_PART_HEAD,      /* ... */
    NATIVE_HTTP_PART_BODY,      /* ...; TOO_LARGE: the body as it came */
    NATIVE_HTTP_PART_PROGRESS,  /* SINK, ABORTED */
    NATIVE_HTTP_PART_CONNECTED, /* ... */
    NATIVE_HTTP_PART_SOURCE,    /* ABORTED: by whoever gives the body to be sent */
    NATIVE_HTTP_PART_PROXY,     /* SCHEME: not the URL's, the proxy's */
    NATIVE_HTTP_PART_PROXY_TLS, /* ...: one that is spoken to over TLS */
    NATIVE_HTTP_PART_SOCKS,     /* RESOLVE, PROXY: with a SOCKS proxy; see `socks` */
    NATIVE_HTTP_PART_SOCKS_ASKING, /* PROXY: it could not be asked */
    NATIVE_HTTP_PART_SLOW,         /* TIMEOUT: not the time, the speed */
    NATIVE_HTTP_PART_PROVIDER,     /* BAD_ARGUMENT: of a signature, it is missing */
    NATIVE_HTTP_PART_SERVICE,      /* ... */
    NATIVE_HTTP_PART_REGION,       /* ... */
    NATIVE_HTTP_PART_UNKNOWN,      /* CODING: one that cannot be undone here */
    NATIVE_HTTP_PARTS
};

struct native_http_error {
    enum native_http_error_kind kind;
    enum native_http_phase phase; /* at which it happened */
    enum native_http_error_part part;
    /* of what lies below; kind NONE if it was not that */
    struct native_net_error net;
    enum native_http_fault_reason fault; /* of PROTOCOL, URL, BAD_ARGUMENT; else NONE */
    /* SOCKS: the proxy's; STATUS, PROXY: the HTTP status; PROTOCOL with the fault VERSION: 12 for HTTP/1.2 */
    int code;
    enum native_http_socks_failure socks; /* what a SOCKS proxy has answered */
    /* CODING: where in the message the words of the library that decodes begin; 0: none */
    unsigned library_at;
    enum native_http_coding coding; /* CODING: whose bytes are bad */
    int64_t missing;   /* CUT, SOURCE: bytes that were announced and did not come; 0: unknown */
    char message[256]; /* says what and where, without a full stop */
};

/* Empty it. */
void native_http_error_clear(struct native_http_error *error);

/* Fill kind and message, clear the rest. */
void native_http_error_set(struct native_http_error *error, enum native_http_error_kind kind,
                           const char *format, ...) NATIVE_NET_PRINTF(3, 4);

/* Fill it from a refusal of the parsers: PROTOCOL (or `kind`), "<what>: <text of the fault>". */
void native_http_error_fault(struct native_http_error *error, enum native_http_error_kind kind,
                             enum native_http_fault_reason fault, const char *what);

/* Fill it from an error of net/; the kind follows from that one's. */
void native_http_error_net(struct native_http_error *error, const struct native_net_error *net);

/* Returns the short name of a kind ("resolve"); never NULL. */
const char *native_http_error_kind_name(enum native_http_error_kind kind);

#endif
