/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* route.c - choosing the way to a host. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "route.h"

#include <stdlib.h>
#include <string.h>

#include "../net/address.h"
#include "wire/escape.h"
#include "wire/field.h"
#include "wire/request.h"

static const struct {
    const char *scheme;
    enum native_http_proxy_kind kind;
} proxy_schemes[] = {
    {"http", NATIVE_HTTP_PROXY_HTTP},     {"socks", NATIVE_HTTP_PROXY_SOCKS4},
    {"socks4", NATIVE_HTTP_PROXY_SOCKS4}, {"socks4a", NATIVE_HTTP_PROXY_SOCKS4A},
    {"socks5", NATIVE_HTTP_PROXY_SOCKS5}, {"socks5h", NATIVE_HTTP_PROXY_SOCKS5H},
};

static struct native_http_span of_text(const char *text)
{
    return (struct native_http_span){text, text ? strlen(text) : 0};
}

/* The first of the variables that is set and not empty; at most three names. */
static struct native_http_span of_environment(const char *const *names)
{
    for (; *names; names++) {
        struct native_http_span value = of_text(getenv(*names));
        if (value.len > 0)
            return value;
    }
    return (struct native_http_span){NULL, 0};
}

/* ---- whom no proxy is asked for ---- */

/* "192.0.2.0/24": whether the address lies in that network. */
static bool in_network(struct native_http_span network, struct native_http_span host)
{
    struct native_net_address net;
    struct native_net_address address;
    const char *slash = memchr(network.at, '/', network.len);
    char text[64];
    uint64_t bits;
    const uint8_t *a;
    const uint8_t *b;
    size_t len = slash ? (size_t)(slash - network.at) : network.len;
    if (len >= sizeof(text) || host.len >= sizeof(text))
        return false;
    memcpy(text, network.at, len);
    text[len] = '\0';
    if (!native_net_address_parse(text, &net))
        return false;
    memcpy(text, host.at, host.len);
    text[host.len] = '\0';
    if (!native_net_address_parse(text, &address) ||
        address.at.any.sa_family != net.at.any.sa_family)
        return false;
    a = net.at.any.sa_family == AF_INET ? (const uint8_t *)&net.at.v4.sin_addr
                                        : (const uint8_t *)&net.at.v6.sin6_addr;
    b = net.at.any.sa_family == AF_INET ? (const uint8_t *)&address.at.v4.sin_addr
                                        : (const uint8_t *)&address.at.v6.sin6_addr;
    bits = net.at.any.sa_family == AF_INET ? 32 : 128;
    if (slash && !native_http_number((struct native_http_span){slash + 1, network.len - len - 1},
                                     bits, &bits))
        return false;
    if (memcmp(a, b, bits / 8) != 0)
        return false;
    return bits % 8 == 0 || ((a[bits / 8] ^ b[bits / 8]) >> (8 - bits % 8)) == 0;
}

/* "example.org" and ".example.org": that host and those below it. */
static bool in_domain(struct native_http_span domain, struct native_http_span host)
{
    struct native_http_span end;
    if (domain.len > 0 && domain.at[0] == '.') {
        domain.at++;
        domain.len--;
    }
    if (domain.len > 0 && domain.at[domain.len - 1] == '.')
        domain.len--;
    if (host.len > 0 && host.at[host.len - 1] == '.')
        host.len--;
    if (domain.len == 0 || host.len < domain.len)
        return false;
    end.at = host.at + host.len - domain.len;
    end.len = domain.len;
    return native_http_span_is_nocase(end, domain) && (host.len == domain.len || end.at[-1] == '.');
}

bool native_http_no_proxy(struct native_http_span list, struct native_http_span host,
                          enum native_http_host_kind kind)
{
    size_t at = 0;
    if (list.len == 1 && list.at[0] == '*')
        return true;
    while (at < list.len) {
        struct native_http_span entry;
        while (at < list.len && (list.at[at] == ' ' || list.at[at] == ',' || list.at[at] == '\t'))
            at++;
        entry.at = list.at + at;
        while (at < list.len && list.at[at] != ' ' && list.at[at] != ',' && list.at[at] != '\t')
            at++;
        entry.len = (size_t)(list.at + at - entry.at);
        if (entry.len >= 2 && entry.at[0] == '[' && entry.at[entry.len - 1] == ']') {
            entry.at++;
            entry.len -= 2;
        }
        if (entry.len > 0 &&
            (kind == NATIVE_HTTP_HOST_NAME ? in_domain(entry, host) : in_network(entry, host)))
            return true;
    }
    return false;
}

/* ---- the proxy ---- */

/* What the option says, else the environment. */
static struct native_http_span find_proxy(bool tls, const struct native_http_options *options)
{
    /* HTTP_PROXY in capitals is what a CGI makes of a request's field "Proxy": never believed. */
    static const char *const http[] = {"http_proxy", "all_proxy", "ALL_PROXY", NULL};
    static const char *const https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                                        NULL};
    if (options->proxy.at || options->pre_proxy.len > 0)
        return options->proxy;
    return of_environment(tls ? https : http);
}

/* Whether this host is asked without any proxy. */
static bool goes_alone(const struct native_http_url *url, const struct native_http_options *options)
{
    static const char *const none[] = {"no_proxy", "NO_PROXY", NULL};
    struct native_http_span not_for = options->no_proxy;
    if (options->unix_path.at)
        return true;
    if (!not_for.at)
        not_for = of_environment(none);
    return native_http_no_proxy(not_for, url->host, url->host_kind);
}

/* Parse a proxy's URL into its text, with room for user and password decoded behind it. */
static bool parse_proxy(struct native_http_proxy_place *place, struct native_http_url *url,
                        struct native_http_span text, struct native_http_error *error)
{
    struct native_http_url_options how = NATIVE_HTTP_URL_OPTIONS_INIT;
    struct native_http_fault fault;
    enum native_http_status status;
    how.flags |= NATIVE_HTTP_URL_GUESS_SCHEME;
    place->text.size = 4 * text.len + 64;
    place->text.len = 0;
    place->text.at = malloc(place->text.size);
    if (!place->text.at) {
        native_http_error_set(error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return false;
    }
    status = native_http_url_parse(&how, text.at, text.len, &place->text, url, &fault);
    if (status == NATIVE_HTTP_OK)
        return true;
    if (status == NATIVE_HTTP_NO_SPACE)
        fault.reason = NATIVE_HTTP_FAULT_URL_LENGTH;
    native_http_error_fault(error, NATIVE_HTTP_ERROR_PROXY, fault.reason, "the proxy's address");
    return false;
}

/* `kind` is that of a proxy without a scheme. */
static bool choose_kind(enum native_http_proxy_kind *kind, struct native_http_span scheme,
                        struct native_http_error *error)
{
    if (!scheme.at)
        return true;
    for (size_t i = 0; i < sizeof(proxy_schemes) / sizeof(proxy_schemes[0]); i++)
        if (native_http_span_is_nocase(scheme, of_text(proxy_schemes[i].scheme))) {
            /* "http://" says no more than the option does. */
            if (i > 0)
                *kind = proxy_schemes[i].kind;
            return true;
        }
    native_http_error_set(error, NATIVE_HTTP_ERROR_SCHEME,
                          "a proxy that speaks \"%.*s\" is not supported", (int)scheme.len,
                          scheme.at);
    error->part = native_http_span_is_nocase(scheme, NATIVE_HTTP_SPAN("https"))
                      ? NATIVE_HTTP_PART_PROXY_TLS
                      : NATIVE_HTTP_PART_PROXY;
    return false;
}

/* User or password of the proxy's URL, decoded at the end of its text. */
static bool decode(struct native_http_proxy_place *place, struct native_http_span part,
                   struct native_http_span *out, struct native_http_error *error)
{
    struct native_http_fault fault;
    size_t at = place->text.len;
    if (!part.at)
        return true;
    if (native_http_unescape(&place->text, NATIVE_HTTP_UNESCAPE_NO_CONTROL, part, &fault) !=
        NATIVE_HTTP_OK) {
        native_http_error_fault(error, NATIVE_HTTP_ERROR_PROXY, fault.reason,
                                "user or password in the proxy's address");
        return false;
    }
    out->at = place->text.at + at;
    out->len = place->text.len - at;
    return true;
}

static void free_place(struct native_http_proxy_place *place)
{
    if (place->text.at)
        explicit_bzero(place->text.at, place->text.len);
    free(place->text.at);
    memset(place, 0, sizeof(*place));
}

/* Read a proxy's address; kind and port are those of one that says nothing about them. */
static bool read_proxy(struct native_http_proxy_place *place, struct native_http_span text,
                       enum native_http_proxy_kind kind, uint16_t port,
                       struct native_http_error *error)
{
    struct native_http_url url;
    memset(place, 0, sizeof(*place));
    place->kind = kind;
    if (!parse_proxy(place, &url, text, error) || !choose_kind(&place->kind, url.scheme, error) ||
        !decode(place, url.user, &place->user, error) ||
        !decode(place, url.password, &place->password, error)) {
        free_place(place);
        return false;
    }
    place->host = url.host;
    place->port = url.port > 0 ? (uint16_t)url.port : port > 0 ? port : 1080;
    return true;
}

static bool speaks_socks(enum native_http_proxy_kind kind)
{
    return kind >= NATIVE_HTTP_PROXY_SOCKS4;
}

/* The proxy, which takes over the place. */
static void use_proxy(struct native_http_route *route, const struct native_http_proxy_place *place,
                      const struct native_http_options *options)
{
    route->has_proxy = true;
    route->text = place->text;
    route->proxy_kind = place->kind;
    route->proxy_host = route->peer_host = place->host;
    route->proxy_port = route->peer_port = place->port;
    route->proxy_user = place->user;
    route->proxy_password = place->password;
    if (options->proxy_user.at && !(options->proxy_url_first && route->proxy_user.at)) {
        route->proxy_user = options->proxy_user;
        route->proxy_password = options->proxy_password;
    }
}

/* There may be one of each sort, and what speaks SOCKS comes first. What was read later takes the place of what is
 * there. */
struct proxies {
    struct native_http_proxy_place http, socks;
};

static bool read_into(struct proxies *proxies, struct native_http_span text,
                      enum native_http_proxy_kind kind, uint16_t port,
                      struct native_http_error *error)
{
    struct native_http_proxy_place place, *slot;
    if (text.len == 0)
        return true;
    if (!read_proxy(&place, text, kind, port, error))
        return false;
    slot = speaks_socks(place.kind) ? &proxies->socks : &proxies->http;
    free_place(slot);
    *slot = place;
    return true;
}

static bool find_proxies(struct native_http_route *route, const struct native_http_url *url,
                         const struct native_http_options *options, struct native_http_error *error)
{
    struct native_http_span proxy = find_proxy(route->tls, options);
    struct proxies proxies;
    if ((proxy.len == 0 && options->pre_proxy.len == 0) || goes_alone(url, options))
        return true;
    memset(&proxies, 0, sizeof(proxies));
    if (!read_into(&proxies, proxy, options->proxy_kind, options->proxy_port, error) ||
        !read_into(&proxies, options->pre_proxy, NATIVE_HTTP_PROXY_SOCKS4, 0, error)) {
        free_place(&proxies.http);
        free_place(&proxies.socks);
        return false;
    }
    if (!proxies.http.text.at) {
        use_proxy(route, &proxies.socks, options);
        return true;
    }
    use_proxy(route, &proxies.http, options);
    if (proxies.socks.text.at) {
        route->has_before = true;
        route->before = proxies.socks;
        route->peer_host = route->before.host;
        route->peer_port = route->before.port;
    }
    return true;
}

/* ---- --connect-to ---- */

static bool use_connect_to(struct native_http_route *route,
                           const struct native_http_options *options)
{
    for (size_t i = 0; i < options->connect_to_len; i++) {
        const struct native_http_connect_entry *entry = &options->connect_to[i];
        if ((entry->host.len > 0 && !native_http_span_is_nocase(entry->host, route->host)) ||
            (entry->port > 0 && entry->port != route->port))
            continue;
        if (entry->to_host.len > 0)
            route->target_host = entry->to_host;
        if (entry->to_port > 0)
            route->target_port = entry->to_port;
        return entry->to_host.len > 0 || entry->to_port > 0;
    }
    return false;
}

bool native_http_route_find(struct native_http_route *route, const struct native_http_url *url,
                            const struct native_http_options *options,
                            struct native_http_error *error)
{
    bool elsewhere;
    memset(route, 0, sizeof(*route));
    route->tls = native_http_span_is(url->scheme, NATIVE_HTTP_SPAN("https"));
    route->target_host = route->host = url->host;
    route->target_port = route->port = native_http_url_port(url);
    route->unix_path = options->unix_path;
    elsewhere = use_connect_to(route, options);
    route->peer_host = route->target_host;
    route->peer_port = route->target_port;
    if (!find_proxies(route, url, options, error)) {
        native_http_route_free(route);
        return false;
    }
    route->tunnel = route->has_proxy && (route->tls || options->tunnel || elsewhere) &&
                    !speaks_socks(route->proxy_kind);
    return true;
}

const struct native_net_addresses *native_http_override(const struct native_http_options *options,
                                                        struct native_http_span host, uint16_t port)
{
    for (size_t i = 0; i < options->resolve_len; i++) {
        const struct native_http_resolve_entry *entry = &options->resolve[i];
        if (entry->port == port &&
            (entry->host.len == 0 || native_http_span_is_nocase(entry->host, host)))
            return entry->addresses;
    }
    return NULL;
}

void native_http_route_put(struct native_http_buffer *out, struct native_http_span host,
                           uint16_t port)
{
    bool brackets = host.len > 0 && memchr(host.at, ':', host.len) != NULL;
    if (brackets)
        NATIVE_HTTP_PUT(out, "[");
    native_http_buffer_put_span(out, host);
    if (brackets)
        NATIVE_HTTP_PUT(out, "]");
    NATIVE_HTTP_PUT(out, ":");
    native_http_number_put(out, port);
}

void native_http_route_free(struct native_http_route *route)
{
    if (route->text.at)
        explicit_bzero(route->text.at, route->text.len);
    free(route->text.at);
    free_place(&route->before);
    memset(route, 0, sizeof(*route));
}
