/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* key.c - the settings of a connection as one block of bytes. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "key.h"

#include <stdlib.h>
#include <string.h>

#include "../net/address.h"

/* A length before each text: "a" + "bc" is not "ab" + "c". NULL is not "". */
static void put_text(struct native_http_buffer *out, struct native_http_span text)
{
    uint32_t len = text.at ? (uint32_t)text.len + 1 : 0;
    native_http_buffer_put(out, &len, sizeof(len));
    native_http_buffer_put_span(out, text);
}

static void put_number(struct native_http_buffer *out, uint64_t number)
{
    native_http_buffer_put(out, &number, sizeof(number));
}

/* Host names have no case. */
static void put_host(struct native_http_buffer *out, struct native_http_span host)
{
    put_number(out, host.len);
    for (size_t i = 0; i < host.len; i++) {
        char c = native_http_lower(host.at[i]);
        native_http_buffer_put(out, &c, 1);
    }
}

/* Overridden names are their own connections: what is reached is not what the name says. */
static void put_override(struct native_http_buffer *out, const struct native_http_options *options,
                         struct native_http_span host, uint16_t port)
{
    const struct native_net_addresses *addresses = native_http_override(options, host, port);
    put_number(out, addresses ? addresses->count : 0);
    for (size_t i = 0; addresses && i < addresses->count; i++)
        native_http_buffer_put(out, &addresses->items[i].at, addresses->items[i].len);
}

/* To a proxy that gets the request itself all hosts are one. */
static bool is_for_all_hosts(const struct native_http_route *route)
{
    return route->has_proxy && !route->tunnel && route->proxy_kind <= NATIVE_HTTP_PROXY_HTTP_1_0;
}

static void put_origin(struct native_http_buffer *out, const struct native_http_route *route,
                       const struct native_http_options *options)
{
    put_number(out, route->tls);
    put_host(out, route->host);
    put_number(out, route->port);
    put_host(out, route->target_host);
    put_number(out, route->target_port);
    if (route->has_proxy) /* SOCKS may want addresses of us */
        put_override(out, options, route->target_host, route->target_port);
}

static void put_proxies(struct native_http_buffer *out, const struct native_http_route *route,
                        const struct native_http_options *options)
{
    put_number(out, (uint64_t)route->proxy_kind);
    put_number(out, route->tunnel);
    put_host(out, route->proxy_host);
    put_number(out, route->proxy_port);
    put_text(out, route->proxy_user);
    put_text(out, route->proxy_password);
    put_number(out, route->has_before);
    if (route->has_before) {
        put_number(out, (uint64_t)route->before.kind);
        put_text(out, route->before.user);
        put_text(out, route->before.password);
        put_override(out, options, route->proxy_host, route->proxy_port);
    }
}

static void put_all(struct native_http_buffer *out, const struct native_http_route *route,
                    const struct native_http_options *options,
                    const struct native_net_tls_config *tls)
{
    uint8_t tls_id[32];
    bool all = is_for_all_hosts(route);
    put_number(out, all);
    if (!all)
        put_origin(out, route, options);
    put_host(out, route->peer_host);
    put_number(out, route->peer_port);
    put_text(out, route->unix_path);
    put_number(out, options->unix_abstract);
    put_number(out, route->has_proxy);
    if (route->has_proxy)
        put_proxies(out, route, options);
    put_number(out, (uint64_t)options->family);
    put_text(out, options->interface);
    put_number(out, options->local_port);
    put_number(out, options->local_ports);
    put_number(out, options->say_address);
    if (tls) {
        native_net_tls_config_id(tls, tls_id);
        native_http_buffer_put(out, tls_id, sizeof(tls_id));
    }
    put_override(out, options, route->peer_host, route->peer_port);
}

bool native_http_key_make(struct native_http_key *key, const struct native_http_route *route,
                          const struct native_http_options *options,
                          const struct native_net_tls_config *tls)
{
    struct native_http_buffer out = {(char *)key->room, sizeof(key->room), 0};
    key->more = NULL;
    put_all(&out, route, options, tls);
    key->len = out.len;
    if (native_http_buffer_fits(&out))
        return true;
    explicit_bzero(key->room, sizeof(key->room));
    /* The first writing has counted how much it is. */
    key->more = malloc(out.len);
    if (!key->more) {
        key->len = 0;
        return false;
    }
    out = (struct native_http_buffer){(char *)key->more, out.len, 0};
    put_all(&out, route, options, tls);
    return true;
}

static const unsigned char *bytes_of(const struct native_http_key *key)
{
    return key->more ? key->more : key->room;
}

bool native_http_key_same(const struct native_http_key *a, const struct native_http_key *b)
{
    return a->len == b->len && memcmp(bytes_of(a), bytes_of(b), a->len) == 0;
}

void native_http_key_move(struct native_http_key *to, struct native_http_key *from)
{
    to->more = from->more;
    to->len = from->len;
    if (from->more) {
        from->more = NULL;
        from->len = 0;
        return;
    }
    memcpy(to->room, from->room, from->len);
    native_http_key_free(from);
}

void native_http_key_free(struct native_http_key *key)
{
    explicit_bzero(key->more ? key->more : key->room, key->len);
    free(key->more);
    key->more = NULL;
    key->len = 0;
}
