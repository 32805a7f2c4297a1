/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* framing.h - where a response's body ends, and whether its connection can be used again (RFC 9112,
 * 6 and 9.3).
 * Shape: tell it the status line and each field, then ask.
 * Refused: Content-Length that is no plain number ("5, 5", "+5", "0x5", above 2^63-1), two
 *        different ones (but see `any_length`), transfer codings behind chunked; and, unless
 *        `lenient`, Transfer-Encoding together with Content-Length or in HTTP/1.0, transfer codings
 *        other than chunked, and chunked twice. Lenient: Transfer-Encoding wins, chunked counts
 *        once, and the connection is not used again.
 * Pure: no allocation, no globals, keeps no span. */
#ifndef NATIVE_HTTP_WIRE_FRAMING_H
#define NATIVE_HTTP_WIRE_FRAMING_H

#include <stdint.h>

#include "coding.h"
#include "head.h"

enum native_http_body_kind {
    NATIVE_HTTP_BODY_NONE = 0,
    NATIVE_HTTP_BODY_LENGTH, /* `length` bytes */
    NATIVE_HTTP_BODY_CHUNKED,
    NATIVE_HTTP_BODY_CLOSE, /* until the connection ends */
    NATIVE_HTTP_BODY_TUNNEL /* 101, or 2xx to CONNECT: what follows is another protocol */
};

struct native_http_framing {
    /* Set by the caller, after native_http_framing_begin. */
    bool head_request;    /* the method was HEAD */
    bool connect_request; /* the method was CONNECT */
    bool via_proxy;       /* Proxy-Connection counts as Connection does */
    bool lenient;
    /* Content-Length may be anything that begins with a number, of which the last counts; one that is
     * too large says nothing. The connection is not used again where it is not as it should be. */
    bool any_length;
    bool ignore_length; /* Content-Length says nothing: until the connection ends, unless chunked */

    /* What the fields said. */
    uint8_t minor;
    uint16_t code;
    bool has_length;
    bool has_coding;                    /* a Transfer-Encoding other than "identity" */
    bool is_chunked;                    /* the last coding of it is chunked */
    bool is_odd;                        /* not as it should be, and taken nonetheless */
    struct native_http_codings codings; /* of Transfer-Encoding, but for chunked; no `unknown` */
    bool says_close;
    bool says_keep_alive;
    bool says_upgrade; /* Connection: upgrade */
    uint64_t length;
    int32_t keep_alive_s;   /* Keep-Alive: timeout=n, or -1 */
    int32_t keep_alive_max; /* Keep-Alive: max=n: requests that may follow, or -1 */

    /* Set by native_http_framing_decide. */
    enum native_http_body_kind kind;
    bool reusable; /* another request may follow on this connection, once the body is read */
};

/* Begin a response: nothing is known of it. What the caller sets stays. */
void native_http_framing_begin(struct native_http_framing *framing);

/* Tell it an event of the head. Trailers are not told (RFC 9110, 6.5.1).
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with fault->reason; its offset stays. */
enum native_http_status native_http_framing_take(struct native_http_framing *framing,
                                                 const struct native_http_head_event *event,
                                                 struct native_http_fault *fault);

/* Decide at the end of the head: `kind` and `reusable`.
 * Returns NATIVE_HTTP_OK, or NATIVE_HTTP_MALFORMED with fault->reason. */
enum native_http_status native_http_framing_decide(struct native_http_framing *framing,
                                                   struct native_http_fault *fault);

#endif
