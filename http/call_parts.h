/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* call_parts.h - inside call*.c: what a client and a call are made of. */
#ifndef NATIVE_HTTP_CALL_PARTS_H
#define NATIVE_HTTP_CALL_PARTS_H

#include <sys/types.h>

#include "call.h"
#include "cookies.h"
#include "engine.h"
#include "login.h"
#include "source.h"
#include "wire/buffer.h"

/* What outlives clients: one a thread for those that share, else the client's own. */
struct native_http_home {
    struct native_http_pool *pool;
    struct native_http_nonces *nonces;
    struct native_http_client *clients; /* of a thread's */
};

struct native_http_client {
    struct native_http_home *home;
    bool shared;
    struct native_http_client *next; /* of the home's */
    struct native_http_call *calls;
    struct native_http_cookies *cookies;
};

struct native_http_call {
    struct native_http_client *client;
    struct native_http_call *next; /* of the client's */

    /* what to do; texts end in a NUL that does not count */
    struct native_http_span texts[NATIVE_HTTP_CALL_TEXTS];
    int64_t numbers[NATIVE_HTTP_CALL_NUMBERS];
    struct native_http_span *fields; /* lines as options.h wants them */
    size_t fields_len;
    struct native_http_span body;
    struct native_http_span body_type;

    /* the transfer, from the first perform on */
    struct native_http_options options;
    struct native_http_source_bytes source;
    struct native_http_engine *engine;
    struct native_http_transfer *transfer;
    pid_t pid; /* who has begun it */
    bool running;
    bool no_memory; /* for the response's body */

    /* what came of it */
    struct native_http_buffer received;
    struct native_http_buffer fields_text;
    struct native_http_buffer url;
    struct native_http_error error;
    struct native_http_result result;
};

/* Give everything its default. */
void native_http_call_defaults(struct native_http_call *call);

/* Fill call->options with what was set. */
void native_http_call_options(struct native_http_call *call);

/* Make the configuration for https. Returns NULL with `error` filled. */
struct native_net_tls_config *native_http_call_tls(const struct native_http_call *call,
                                                   struct native_net_error *error);

/* Free what was set. */
void native_http_call_forget(struct native_http_call *call);

#endif
