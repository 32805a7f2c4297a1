/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* handlers.h - the functions through which a transfer speaks to its owner.
 * Shape: a table of functions, each may be NULL; `ctx` is the owner's. They are called from native_http_engine_step()
 * only, and may run code of the user's: they may change the transfer's options (what comes later follows them), pause
 * it, and start other transfers; to free a transfer inside its own handler is not allowed.
 * The bytes that they are given are valid during the call. */
#ifndef NATIVE_HTTP_HANDLERS_H
#define NATIVE_HTTP_HANDLERS_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/span.h"

struct native_http_credentials;
struct native_http_transfer;
struct native_net_error;
struct native_net_tls_config;

enum native_http_verdict {
    NATIVE_HTTP_GO_ON = 0,
    /* of a line or of a body: the same bytes come again after native_http_transfer_resume() */
    NATIVE_HTTP_PAUSE,
    NATIVE_HTTP_REFUSE, /* the transfer ends with the error SINK */
    NATIVE_HTTP_ABORT   /* ... ABORTED */
};

/* Which line of a response. All lines of all responses are told: redirects, 1xx, 401 and the proxy's answer too. */
enum native_http_line {
    NATIVE_HTTP_LINE_STATUS,
    NATIVE_HTTP_LINE_FIELD,  /* also the lines that continue one */
    NATIVE_HTTP_LINE_END,    /* the empty one */
    NATIVE_HTTP_LINE_TRAILER /* the empty line behind them is not told */
};

/* What is told to those who want to watch. */
enum native_http_trace {
    NATIVE_HTTP_TRACE_TEXT, /* one line about what is done, ending in LF */
    NATIVE_HTTP_TRACE_HEAD_IN,
    NATIVE_HTTP_TRACE_HEAD_OUT,
    NATIVE_HTTP_TRACE_BODY_IN,
    NATIVE_HTTP_TRACE_BODY_OUT
};

/* What is told of all transfers of the process, whatever their handlers. */
enum native_http_watched {
    NATIVE_HTTP_WATCH_REQUEST,         /* `head` has all of it; also of CONNECT */
    NATIVE_HTTP_WATCH_RESPONSE,        /* whole: info() and field_at() tell it */
    NATIVE_HTTP_WATCH_CONNECT_RESPONSE /* the proxy's */
};
typedef void (*native_http_watcher)(const struct native_http_transfer *transfer,
                                    enum native_http_watched what, unsigned status,
                                    struct native_http_span head);
/* From now on; NULL: nobody. Without one it costs a branch a line. */
void native_http_watch_set(native_http_watcher watcher);

/* Whom a request goes to, for those who know what to say to whom. */
struct native_http_whom {
    struct native_http_span host;
    struct native_http_span url_user; /* of the URL, decoded; `at` NULL: none */
    struct native_http_span url_password;
    bool away; /* a redirect led away from the first origin: options and URL say nothing there */
};

struct native_http_handlers {
    /* One line with its ending, as it came. `from_proxy`: of the answer to CONNECT. */
    enum native_http_verdict (*line)(void *ctx, struct native_http_transfer *transfer,
                                     enum native_http_line kind, bool from_proxy,
                                     struct native_http_span line);
    /* The head is complete of the response that is not followed further; its body comes next, if it has one. */
    enum native_http_verdict (*head)(void *ctx, struct native_http_transfer *transfer);
    /* Bytes of the body of the response that is not followed further, decoded; 16 KiB at most. */
    enum native_http_verdict (*body)(void *ctx, struct native_http_transfer *transfer,
                                     struct native_http_span bytes);
    /* Before the first step, now and then while something goes on, and once a second while nothing does. */
    enum native_http_verdict (*progress)(void *ctx, struct native_http_transfer *transfer);
    /* The connection is there, nothing is sent yet. */
    enum native_http_verdict (*connected)(void *ctx, struct native_http_transfer *transfer);
    void (*trace)(void *ctx, struct native_http_transfer *transfer, enum native_http_trace kind,
                  struct native_http_span bytes);
    /* Who we are to this server: filled with what options and URL say. Asked whenever it is needed, and not to run code
     * of the user's; what it puts there stays the owner's. */
    void (*credentials)(void *ctx, struct native_http_transfer *transfer,
                        const struct native_http_whom *whom,
                        struct native_http_credentials *credentials);
    /* A request goes over TLS and the options have no configuration: make one, of which the transfer takes over a
     * reference. Who never meets https, never reads a certificate. Returns NULL with `error` filled. */
    struct native_net_tls_config *(*tls)(void *ctx, struct native_http_transfer *transfer,
                                         struct native_net_error *error);
};

#endif
