/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* route.h - where a request's connection goes, and what lies between.
 * Shape: origin <- [tunnel] <- [proxy] <- [SOCKS proxy before it] <- peer
 *        The peer is who we connect to: the first proxy, else a --connect-to target, else the origin.
 * Pure: spans point into the URL, the proxy's URL (which it owns) or the options. */
#ifndef NATIVE_HTTP_ROUTE_H
#define NATIVE_HTTP_ROUTE_H

#include "error.h"
#include "options.h"
#include "wire/url.h"

/* A proxy as its address says. */
struct native_http_proxy_place {
    enum native_http_proxy_kind kind;
    struct native_http_span host;
    uint16_t port;
    struct native_http_span user; /* decoded */
    struct native_http_span password;
    struct native_http_buffer text; /* malloc'ed: its URL and the decoded credentials */
};

struct native_http_route {
    bool tls;                     /* to the origin */
    struct native_http_span host; /* of the origin: SNI and certificate, without brackets */
    uint16_t port;

    bool has_proxy;
    bool tunnel; /* CONNECT; else the proxy gets requests in absolute form */
    enum native_http_proxy_kind proxy_kind;
    struct native_http_span proxy_host;
    uint16_t proxy_port;
    struct native_http_span proxy_user; /* decoded */
    struct native_http_span proxy_password;

    bool has_before; /* a SOCKS proxy leads to the proxy */
    struct native_http_proxy_place before;

    struct native_http_span target_host; /* whom the tunnel, or we, connect to */
    uint16_t target_port;
    struct native_http_span peer_host; /* whom we connect to */
    uint16_t peer_port;
    struct native_http_span unix_path;

    struct native_http_buffer text; /* malloc'ed: the proxy's URL and decoded credentials */
};

/* Decide the way to `url` under the options and the environment's *_proxy.
 * Returns false with `error`: URL, SCHEME (a proxy that is not spoken), NO_MEMORY. */
bool native_http_route_find(struct native_http_route *route, const struct native_http_url *url,
                            const struct native_http_options *options,
                            struct native_http_error *error);

/* Returns the addresses that the user gives for host:port, or NULL. */
const struct native_net_addresses *native_http_override(const struct native_http_options *options,
                                                        struct native_http_span host,
                                                        uint16_t port);

/* Append "host:port", an IPv6 address in brackets. */
void native_http_route_put(struct native_http_buffer *out, struct native_http_span host,
                           uint16_t port);

/* Free what it owns (wiped) and empty it. */
void native_http_route_free(struct native_http_route *route);

/* Returns whether `host` is in the list of names that no proxy is asked for: "example.org,.sub.net,192.0.2.0/24,*". */
bool native_http_no_proxy(struct native_http_span list, struct native_http_span host,
                          enum native_http_host_kind kind);

#endif
