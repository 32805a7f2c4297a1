/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* address.c - reading, writing and ordering of IP addresses. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The zone of "fe80::1%eth0": an interface name or its number. 0 = no such interface. */
static uint32_t zone_index(const char *zone)
{
    uint32_t index = if_nametoindex(zone);
    char *end = NULL;
    unsigned long number;
    if (index != 0 || zone[0] < '0' || zone[0] > '9')
        return index;
    number = strtoul(zone, &end, 10);
    return *end == '\0' && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static bool parse_v6(const char *text, struct native_net_address *out)
{
    char host[INET6_ADDRSTRLEN];
    const char *percent = strchr(text, '%');
    size_t len = percent ? (size_t)(percent - text) : strlen(text);
    if (len >= sizeof(host))
        return false;
    memcpy(host, text, len);
    host[len] = '\0';
    if (inet_pton(AF_INET6, host, &out->at.v6.sin6_addr) != 1)
        return false;
    if (percent) {
        out->at.v6.sin6_scope_id = zone_index(percent + 1);
        if (out->at.v6.sin6_scope_id == 0)
            return false;
    }
    out->at.v6.sin6_family = AF_INET6;
    out->len = sizeof(out->at.v6);
    return true;
}

bool native_net_address_parse(const char *text, struct native_net_address *out)
{
    memset(out, 0, sizeof(*out));
    if (inet_pton(AF_INET, text, &out->at.v4.sin_addr) == 1) {
        out->at.v4.sin_family = AF_INET;
        out->len = sizeof(out->at.v4);
        return true;
    }
    return strchr(text, ':') && parse_v6(text, out);
}

void native_net_address_set_port(struct native_net_address *address, uint16_t port)
{
    if (address->at.any.sa_family == AF_INET6)
        address->at.v6.sin6_port = htons(port);
    else
        address->at.v4.sin_port = htons(port);
}

uint16_t native_net_address_port(const struct native_net_address *address)
{
    return ntohs(address->at.any.sa_family == AF_INET6 ? address->at.v6.sin6_port
                                                       : address->at.v4.sin_port);
}

const char *native_net_address_host(const struct native_net_address *address, char *out,
                                    size_t out_len)
{
    struct native_net_address alone = *address;
    if (alone.len > 0) {
        native_net_address_set_port(&alone, 0);
        return native_net_address_format(&alone, out, out_len);
    }
    if (out_len > 0)
        out[0] = '\0';
    return out;
}

const char *native_net_address_format(const struct native_net_address *address, char *out,
                                      size_t out_len)
{
    char host[INET6_ADDRSTRLEN] = "?";
    bool v6 = address->at.any.sa_family == AF_INET6;
    unsigned port = ntohs(v6 ? address->at.v6.sin6_port : address->at.v4.sin_port);
    const void *bytes =
        v6 ? (const void *)&address->at.v6.sin6_addr : (const void *)&address->at.v4.sin_addr;
    (void)inet_ntop(v6 ? AF_INET6 : AF_INET, bytes, host, sizeof(host));
    if (port == 0)
        (void)snprintf(out, out_len, "%s", host);
    else
        (void)snprintf(out, out_len, v6 ? "[%s]:%u" : "%s:%u", host, port);
    return out;
}

bool native_net_addresses_sound(const struct native_net_addresses *list)
{
    size_t i;
    if (list->count == 0 || list->count > NATIVE_NET_ADDRESSES_MAX)
        return false;
    for (i = 0; i < list->count; i++) {
        const struct native_net_address *item = &list->items[i];
        int family = item->at.any.sa_family;
        if (!(family == AF_INET && item->len == sizeof(item->at.v4)) &&
            !(family == AF_INET6 && item->len == sizeof(item->at.v6)))
            return false;
    }
    return true;
}

/* The next item at or after `at` that is of the wanted family (or is not, for `other`). */
static size_t next_of(const struct native_net_addresses *list, size_t at, int family, bool other)
{
    while (at < list->count && (list->items[at].at.any.sa_family == family) == other)
        at++;
    return at;
}

void native_net_addresses_arrange(const struct native_net_addresses *from, int family,
                                  uint16_t port, struct native_net_addresses *to)
{
    int first = from->count ? from->items[0].at.any.sa_family : AF_INET6;
    size_t same = next_of(from, 0, first, false);
    size_t other = next_of(from, 0, first, true);
    bool turn = true;
    to->count = 0;
    while (same < from->count || other < from->count) {
        bool take_same = same < from->count && (turn || other >= from->count);
        const struct native_net_address *item = &from->items[take_same ? same : other];
        if (take_same)
            same = next_of(from, same + 1, first, false);
        else
            other = next_of(from, other + 1, first, true);
        turn = !take_same;
        if (family != 0 && item->at.any.sa_family != family)
            continue;
        to->items[to->count] = *item;
        native_net_address_set_port(&to->items[to->count++], port);
    }
}
