/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* address.h - IP addresses and lists of them.
 * Shape: a sockaddr with its length; at most 16 in a list, so that a list needs no heap.
 * Pure: no allocation, no lookups. */
#ifndef NATIVE_NET_ADDRESS_H
#define NATIVE_NET_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

struct native_net_address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } at;
    socklen_t len;
};

enum { NATIVE_NET_ADDRESSES_MAX = 16 };

struct native_net_addresses {
    size_t count;
    struct native_net_address items[NATIVE_NET_ADDRESSES_MAX];
};

/* Read "192.0.2.1", "2001:db8::1" or "fe80::1%eth0" (no brackets, no port; port becomes 0).
 * Returns false when the text is no address: then it is a name. */
bool native_net_address_parse(const char *text, struct native_net_address *out);

/* Set the port, in host byte order. */
void native_net_address_set_port(struct native_net_address *address, uint16_t port);

/* Returns the port, in host byte order. */
uint16_t native_net_address_port(const struct native_net_address *address);

/* Write the address alone: "192.0.2.1", "2001:db8::1". Returns `out`, which always ends in NUL if
 * out_len > 0; it is "" when there is no address (len 0). */
const char *native_net_address_host(const struct native_net_address *address, char *out,
                                    size_t out_len);

/* Write "192.0.2.1:80" or "[2001:db8::1]:80"; without the port (and brackets) when it is 0.
 * Returns `out`, which always ends in NUL if out_len > 0. */
const char *native_net_address_format(const struct native_net_address *address, char *out,
                                      size_t out_len);

/* Returns whether a list that came from outside is one: 1 to 16 IP addresses of the right length. */
bool native_net_addresses_sound(const struct native_net_addresses *list);

/* Copy `from` to `to`: only the family asked for (0 = all), the families taking turns and the first
 * one of `from` leading (RFC 8305, 4), all with `port`. */
void native_net_addresses_arrange(const struct native_net_addresses *from, int family,
                                  uint16_t port, struct native_net_addresses *to);

#endif
