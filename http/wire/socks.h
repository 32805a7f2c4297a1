/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* socks.h - asking a SOCKS proxy for a connection: SOCKS 4, 4a, 5 (RFC 1928), user and password
 * (RFC 1929).
 *
 *   5:  -> 05 n methods               4:  -> 04 01 port[2] ip[4] user 00
 *       <- 05 method                      <- 00 code port[2] ip[4]
 *      (-> 01 u user p password       4a: ip 0.0.0.1, and after the user: name 00
 *       <- 01 status)
 *       -> 05 01 00 type address port[2]
 *       <- 05 code 00 type address port[2]
 *
 * Sans-IO: bytes to send come out, bytes received go in, in slices of any size; after the end not
 * one byte more is taken, because it is the tunnel's.
 * Pure: no allocation, no globals; the spans of the request stay the caller's until the end. */
#ifndef NATIVE_HTTP_WIRE_SOCKS_H
#define NATIVE_HTTP_WIRE_SOCKS_H

#include <stdint.h>

#include "buffer.h"
#include "status.h"

enum {
    NATIVE_HTTP_SOCKS_TEXT_MAX = 255,   /* of a name, user or password */
    NATIVE_HTTP_SOCKS_MESSAGE_MAX = 520 /* room that is enough for any message */
};

enum native_http_socks_version { NATIVE_HTTP_SOCKS_4, NATIVE_HTTP_SOCKS_5 };

struct native_http_socks_request {
    enum native_http_socks_version version;
    struct native_http_span host; /* the name that the proxy resolves: 4a and 5h */
    const uint8_t *address;       /* or, if not NULL, the address, in network order */
    size_t address_len;           /* 4 or 16 */
    uint16_t port;
    struct native_http_span user; /* `at` NULL: none; then the proxy is not offered it */
    struct native_http_span password;
};

enum native_http_socks_step {
    NATIVE_HTTP_SOCKS_SEND,    /* native_http_socks_message, send it all */
    NATIVE_HTTP_SOCKS_RECEIVE, /* native_http_socks_receive */
    NATIVE_HTTP_SOCKS_OPEN,    /* the tunnel is open */
    NATIVE_HTTP_SOCKS_FAILED   /* see `failure` and `code` */
};

enum native_http_socks_failure {
    NATIVE_HTTP_SOCKS_NO_FAILURE,
    NATIVE_HTTP_SOCKS_BAD_VERSION,  /* the answer is not of this version of SOCKS */
    NATIVE_HTTP_SOCKS_NO_METHOD,    /* the proxy wants another authentication than was offered */
    NATIVE_HTTP_SOCKS_BAD_METHOD,   /* the proxy chose a method that was not offered */
    NATIVE_HTTP_SOCKS_USER_REFUSED, /* user and password; `code` is the proxy's */
    NATIVE_HTTP_SOCKS_REFUSED,      /* the connection; `code` is the proxy's */
    NATIVE_HTTP_SOCKS_BAD_ADDRESS_TYPE, /* in the answer */
    NATIVE_HTTP_SOCKS_BAD_REPLY_VERSION /* as BAD_VERSION, of SOCKS 5's last answer */
};

/* Which message goes out next, or whose answer is awaited. */
enum native_http_socks_topic {
    NATIVE_HTTP_SOCKS_GREETING,
    NATIVE_HTTP_SOCKS_USER,
    NATIVE_HTTP_SOCKS_CONNECT /* names the place: the only one of SOCKS 4 */
};

struct native_http_socks {
    struct native_http_socks_request request;
    enum native_http_socks_step step;
    enum native_http_socks_failure failure;
    uint8_t code;     /* the proxy's: 90..93 of SOCKS 4, 0..255 of SOCKS 5 */
    uint8_t state;    /* enum native_http_socks_topic */
    uint8_t got;      /* bytes of this answer that are in `head` */
    uint8_t head[5];  /* its first ones: all that has a meaning for us */
    uint8_t bound[6]; /* SOCKS 4: port and address of its answer, in network order */
    uint16_t skip;    /* bytes of the bound address that are still to come */
};

/* Begin. The next step is SEND. Before the message CONNECT the caller may put an address into
 * socks->request in the place of the host.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: TEXT_LENGTH for a name, or a user of SOCKS 4, of
 * more than 255 bytes, CONTROL_BYTE for a NUL in what SOCKS 4 ends with one, SOCKS_ADDRESS for
 * neither host nor address, or an IPv6 address for SOCKS 4. */
enum native_http_status native_http_socks_start(struct native_http_socks *socks,
                                                const struct native_http_socks_request *request,
                                                struct native_http_fault *fault);

/* Append the message of the step SEND: NATIVE_HTTP_SOCKS_MESSAGE_MAX bytes are room enough. The
 * next step is RECEIVE, once it fits. It holds user and password: the caller wipes it.
 * Returns NATIVE_HTTP_OK; NATIVE_HTTP_MALFORMED: TEXT_LENGTH for a user or password of SOCKS 5 of
 * more than 255 bytes, which are looked at when they are wanted. */
enum native_http_status native_http_socks_message(struct native_http_socks *socks,
                                                  struct native_http_buffer *out,
                                                  struct native_http_fault *fault);

/* Take bytes of the answer; *used of them (at most those that belong to it) are done with.
 * Returns the step that is next. */
enum native_http_socks_step native_http_socks_receive(struct native_http_socks *socks,
                                                      const void *bytes, size_t len, size_t *used);

/* Returns what a proxy's code says ("Network unreachable"), never NULL. */
const char *native_http_socks_code_text(enum native_http_socks_version version, uint8_t code);

#endif
