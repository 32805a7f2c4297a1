/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* info.h - what can be told about a transfer, while it runs and afterwards.
 * Shape: a plain struct inside the transfer; texts live as long as the transfer and until its next request.
 * Times are microseconds since the transfer began and add up over redirects: each is the moment at which the phase
 * of the last request ended. 0: it was not needed (a connection from the pool has no name, connect, TLS). */
#ifndef NATIVE_HTTP_INFO_H
#define NATIVE_HTTP_INFO_H

#include <stdbool.h>
#include <stdint.h>

#include "../net/address.h"
#include "error.h"

struct native_http_times {
    int64_t queue;    /* left the queue */
    int64_t name;     /* the name was known */
    int64_t connect;  /* connected (to the proxy, where there is one) */
    int64_t tls;      /* TLS was ready */
    int64_t send;     /* about to send */
    int64_t sent;     /* the last byte of the request was sent */
    int64_t first;    /* the first byte of the response was there */
    int64_t redirect; /* all requests but the last one */
    int64_t total;
};

struct native_http_info {
    enum native_http_phase phase;
    int status;         /* of the last response; 0: none */
    int connect_status; /* of the proxy's answer to CONNECT; 0: none */
    int version;        /* of the last response: 10, 11; 9: HTTP/0.9; 0: none */
    int redirects;      /* that were followed */
    int connects;       /* connections that were opened */
    /* ... that were somebody's, and are this owner's now, see pool.h */
    int taken_over;
    /* requests that were sent again because a kept connection had died */
    int retries;
    int repeats; /* requests that were sent again because of their answer: 401, 407, 417 */
    bool reused; /* the last request went over a connection that was there */
    bool tls_resumed;
    bool used_proxy;
    bool proxy_auth_used;
    bool auth_used;
    /* enum native_http_auth_way: what all answers 401, and 407, of this transfer have offered */
    unsigned offered;
    unsigned proxy_offered;
    uint64_t connection_id; /* counts from 1 in a process; 0: none yet */
    struct native_http_times times;

    uint64_t request_bytes;     /* heads of all requests, CONNECT too */
    uint64_t header_bytes;      /* heads of all responses, as far as they were handed on */
    uint64_t sent_bytes;        /* of the body, last request */
    uint64_t sent_framed_bytes; /* ... with the sizes and ends of its chunks */
    uint64_t received_bytes;    /* of the body as it came, last response */
    uint64_t decoded_bytes;     /* ... as it was handed on */
    int64_t send_length;        /* of the body; -1: unknown */
    int64_t receive_length;     /* as Content-Length says; -1: unknown */
    double send_speed;          /* bytes a second */
    double receive_speed;
    int64_t retry_after; /* seconds; -1: not said */

    struct native_net_address local;  /* len 0: unknown */
    struct native_net_address remote; /* of the proxy, where there is one */
    struct native_net_address
        bound; /* of a SOCKS 4 proxy that has refused: what its answer names */
};

#endif
