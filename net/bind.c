/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* bind.c - choosing our own end. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bind.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

static bool refuse(struct native_net_error *error, int os_errno, const char *what)
{
    native_net_error_set_errno(error, NATIVE_NET_ERROR_CONNECT, os_errno, "cannot bind to %s",
                               what);
    native_net_error_set_part(error, NATIVE_NET_PART_BIND);
    return false;
}

/* ---- devices ---- */

static bool take(const struct sockaddr *from, struct native_net_address *out)
{
    out->len = from->sa_family == AF_INET6 ? sizeof(out->at.v6) : sizeof(out->at.v4);
    memcpy(&out->at, from, out->len);
    return true;
}

/* Find an address of `family` that the interface has. Returns 0 or an errno. */
static int find_on_interface(const char *name, int family, struct native_net_address *out)
{
    struct ifaddrs *all;
    const struct ifaddrs *at;
    bool found = false;
    if (if_nametoindex(name) == 0)
        return errno;
    if (getifaddrs(&all) != 0)
        return errno;
    for (at = all; at && !found; at = at->ifa_next)
        if (at->ifa_addr && at->ifa_addr->sa_family == family && strcmp(at->ifa_name, name) == 0)
            found = take(at->ifa_addr, out);
    freeifaddrs(all);
    return found ? 0 : EADDRNOTAVAIL;
}

/* Returns 0 when the socket is on the device, or an errno. */
static int use_device(int fd, const char *name)
{
#if defined(SO_BINDTODEVICE)
    if (strlen(name) >= IFNAMSIZ)
        return ENODEV; /* the system would cut it to the name of another one */
    return setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, (socklen_t)strlen(name) + 1) == 0
               ? 0
               : errno;
#else
    (void)fd, (void)name;
    return ENOPROTOOPT;
#endif
}

/* ---- addresses and ports ---- */

static int family_of(const struct native_net_address *address)
{
    return address->at.any.sa_family;
}

static bool is_mapped(const struct native_net_address *address)
{
    return family_of(address) == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&address->at.v6.sin6_addr);
}

static void any_address(int family, struct native_net_address *out)
{
    memset(out, 0, sizeof(*out));
    out->at.any.sa_family = (sa_family_t)family;
    out->len = family == AF_INET6 ? sizeof(out->at.v6) : sizeof(out->at.v4);
}

/* Bind to the first port that is free. Returns 0 or the last errno. */
static int bind_ports(int fd, struct native_net_address *from, uint16_t first, uint16_t count)
{
    uint32_t port = first;
    uint32_t end = port + (count ? count : 1);
    int failed;
    do {
        native_net_address_set_port(from, (uint16_t)port);
        failed = bind(fd, &from->at.any, from->len) == 0 ? 0 : errno;
    } while (failed && (failed == EADDRINUSE || failed == EACCES) && ++port < end &&
             port <= UINT16_MAX);
    return failed;
}

bool native_net_bind(int fd, const struct native_net_address *to,
                     const struct native_net_socket_options *options,
                     struct native_net_error *error)
{
    struct native_net_address from = options->bind_address;
    char text[80];
    int failed = options->interface ? use_device(fd, options->interface) : 0;
    /* Not allowed, or not to be had: its address will do. */
    if (from.len == 0 && (failed == EPERM || failed == ENOPROTOOPT))
        failed = find_on_interface(options->interface, family_of(to), &from);
    if (failed)
        return refuse(error, failed, options->interface);
    if (from.len == 0 && options->bind_port == 0)
        return true;
    if (from.len == 0)
        any_address(family_of(to), &from);
#if defined(IPV6_V6ONLY)
    /* Else an attempt over IPv6 would take the port away from the one over IPv4 beside it. */
    if (family_of(&from) == AF_INET6 && options->bind_port && !is_mapped(to)) {
        int on = 1;
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
    }
#endif
    if (family_of(&from) != family_of(to))
        failed = EAFNOSUPPORT;
    else
        failed = bind_ports(fd, &from, options->bind_port, options->bind_port_count);
    return failed == 0 ||
           refuse(error, failed, native_net_address_format(&from, text, sizeof(text)));
}
