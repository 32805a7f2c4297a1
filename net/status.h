/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* status.h - the few answers that every step of net/ can give.
 * Shape: one small enum; details of an error stand in struct native_net_error.
 * Pure: no allocation, no globals. */
#ifndef NATIVE_NET_STATUS_H
#define NATIVE_NET_STATUS_H

enum native_net_status {
    NATIVE_NET_OK = 0,      /* done (or at least one byte moved) */
    NATIVE_NET_AGAIN,       /* nothing could be done now: wait, then call again */
    NATIVE_NET_CLOSED,      /* the peer has ended the stream in an orderly way */
    NATIVE_NET_INTERRUPTED, /* a signal arrived while waiting: run handlers, then go on */
    NATIVE_NET_ERROR        /* see the struct native_net_error */
};

/* Directions, for what is wanted and what is waited for; combine with |. */
enum native_net_direction { NATIVE_NET_NONE = 0, NATIVE_NET_READ = 1, NATIVE_NET_WRITE = 2 };

#endif
