/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* dial.h - connecting to the best of several addresses: happy eyeballs (RFC 8305).
 * Shape: attempts start one after the other, 250 ms apart or at once when one has failed; the first
 * that connects wins and the others are closed. Allocates: no. Blocks: never. Owns the sockets of
 * all attempts until one wins or dial_cancel(). */
#ifndef NATIVE_NET_DIAL_H
#define NATIVE_NET_DIAL_H

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

#include "address.h"
#include "error.h"
#include "socket.h"
#include "status.h"

enum { NATIVE_NET_DIAL_DELAY_MS = 250 }; /* RFC 8305, 5 */

struct native_net_dial {
    struct native_net_addresses to;
    struct native_net_socket_options options;
    size_t next;  /* the address to try next */
    size_t count; /* attempts that are pending */
    struct {
        int fd;
        uint8_t address; /* index into `to` */
    } attempts[NATIVE_NET_ADDRESSES_MAX];
    int64_t delay_ms; /* between attempts; DIAL_DELAY_MS unless changed before the first step */
    int64_t next_ms;  /* when to start the next attempt though others are pending */
    struct native_net_error last_error;
};

/* Prepare; `to` is in the order to be tried. Nothing is opened yet. */
void native_net_dial_init(struct native_net_dial *dial, const struct native_net_addresses *to,
                          const struct native_net_socket_options *options);

/* Begin or go on. Returns OK with *fd, which now belongs to the caller, and *won, the address;
 * AGAIN: wait until one of native_net_dial_pollfds() is ready or native_net_dial_deadline();
 * ERROR: every address failed, `error` tells about the last. */
enum native_net_status native_net_dial_step(struct native_net_dial *dial, int64_t now_ms, int *fd,
                                            struct native_net_address *won,
                                            struct native_net_error *error);

/* Write the sockets that are pending (at most NATIVE_NET_ADDRESSES_MAX). Returns how many. */
size_t native_net_dial_pollfds(const struct native_net_dial *dial, struct pollfd *out);

/* Returns when the next attempt starts; NATIVE_NET_NEVER when there is none left. */
int64_t native_net_dial_deadline(const struct native_net_dial *dial);

/* Close all attempts. */
void native_net_dial_cancel(struct native_net_dial *dial);

#endif
