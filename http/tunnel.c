/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* tunnel.c - ways through a proxy: SOCKS, and CONNECT; what a proxy behind us wants to know. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parts.h"

/* ---- sending what is in send.head ---- */

/* Returns GO when all of it is out. */
static enum native_http_go send_all(struct native_http_transfer *t)
{
    struct native_http_sending *send = &t->send;
    while (send->head_at < send->head.len) {
        struct native_net_error error;
        size_t put = 0;
        enum native_net_status status =
            native_net_stream_write(t->connection->stream, send->head.at + send->head_at,
                                    send->head.len - send->head_at, &put, &error);
        send->head_at += put;
        if (status == NATIVE_NET_AGAIN) {
            t->want = NATIVE_NET_WRITE;
            return NATIVE_HTTP_WAIT;
        }
        if (status != NATIVE_NET_OK) {
            native_http_error_net(&t->error, &error);
            t->error.kind = NATIVE_HTTP_ERROR_PROXY;
            return NATIVE_HTTP_FAILED;
        }
    }
    return NATIVE_HTTP_GO;
}

/* ---- SOCKS ---- */

/* The proxy that speaks it, and what it is asked for: the origin, or the proxy behind it. */

static enum native_http_proxy_kind socks_kind(const struct native_http_transfer *t)
{
    return t->route.has_before ? t->route.before.kind : t->route.proxy_kind;
}

static struct native_http_span socks_host(const struct native_http_transfer *t)
{
    return t->route.has_before ? t->route.proxy_host : t->route.target_host;
}

static uint16_t socks_port(const struct native_http_transfer *t)
{
    return t->route.has_before ? t->route.proxy_port : t->route.target_port;
}

/* Some proxies want an address where we have a name. Returns GO when t->addresses has it. */
static enum native_http_go look_up(struct native_http_transfer *t, int64_t now_ms)
{
    const struct native_net_addresses *own =
        native_http_override(t->options, socks_host(t), socks_port(t));
    struct native_net_error error;
    enum native_net_status status;
    if (own) {
        t->addresses = *own;
        return NATIVE_HTTP_GO;
    }
    if (!t->lookup) {
        char *host = native_http_text_string(socks_host(t));
        if (!host) {
            native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
            return NATIVE_HTTP_FAILED;
        }
        status = native_net_resolve(host, now_ms, &t->addresses, &t->lookup, &error);
        free(host);
    } else {
        status = native_net_lookup_step(t->lookup, &t->addresses, &error);
    }
    if (status == NATIVE_NET_AGAIN) {
        t->want = NATIVE_NET_READ;
        return NATIVE_HTTP_WAIT;
    }
    native_net_lookup_release(t->lookup);
    t->lookup = NULL;
    if (status == NATIVE_NET_OK)
        return NATIVE_HTTP_GO;
    native_http_error_net(&t->error, &error);
    t->error.part = NATIVE_HTTP_PART_SOCKS;
    return NATIVE_HTTP_FAILED;
}

/* An address that the user wants and this version of SOCKS can carry. */
static const struct native_net_address *usable_address(const struct native_http_transfer *t)
{
    int wanted = t->options->family;
    for (size_t i = 0; i < t->addresses.count; i++) {
        int family =
            t->addresses.items[i].at.any.sa_family == AF_INET ? NATIVE_NET_IPV4 : NATIVE_NET_IPV6;
        if ((family == NATIVE_NET_IPV4 || socks_kind(t) == NATIVE_HTTP_PROXY_SOCKS5) &&
            (wanted == NATIVE_NET_ANY_FAMILY || wanted == family))
            return &t->addresses.items[i];
    }
    return NULL;
}

static void put_address(const struct native_net_address *address,
                        struct native_http_socks_request *request)
{
    request->address_len = address->at.any.sa_family == AF_INET ? 4 : 16;
    request->address = request->address_len == 4 ? (const uint8_t *)&address->at.v4.sin_addr
                                                 : (const uint8_t *)&address->at.v6.sin6_addr;
}

static bool use_address(struct native_http_transfer *t, struct native_http_socks_request *request)
{
    const struct native_net_address *address = usable_address(t);
    if (!address) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_RESOLVE,
                              socks_kind(t) == NATIVE_HTTP_PROXY_SOCKS5
                                  ? "%.*s has no address of the version of IP that is asked for"
                                  : "%.*s has no IPv4 address, and SOCKS 4 knows no other",
                              (int)socks_host(t).len, socks_host(t).at);
        t->error.part = NATIVE_HTTP_PART_SOCKS;
        return false;
    }
    put_address(address, request);
    return true;
}

/* Who has a name for the proxy to resolve may have an address instead. */
static bool find_literal(struct native_http_transfer *t)
{
    struct native_http_span host = socks_host(t);
    char text[64];
    if (socks_kind(t) != NATIVE_HTTP_PROXY_SOCKS5H || host.len >= sizeof(text))
        return false;
    memcpy(text, host.at, host.len);
    text[host.len] = '\0';
    t->addresses.count = 1;
    return native_net_address_parse(text, &t->addresses.items[0]);
}

/* SOCKS 4 says at once where it wants to go, SOCKS 5 after the greeting. */
static enum native_http_go find_address(struct native_http_transfer *t,
                                        struct native_http_socks_request *request, int64_t now_ms)
{
    enum native_http_proxy_kind kind = socks_kind(t);
    enum native_http_go go;
    if (find_literal(t)) {
        put_address(&t->addresses.items[0], request);
        return NATIVE_HTTP_GO;
    }
    if (kind != NATIVE_HTTP_PROXY_SOCKS4 && kind != NATIVE_HTTP_PROXY_SOCKS5)
        return NATIVE_HTTP_GO;
    go = look_up(t, now_ms);
    if (go == NATIVE_HTTP_GO && !use_address(t, request))
        return NATIVE_HTTP_FAILED;
    return go;
}

static enum native_http_go socks_begin(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_http_socks_request request;
    struct native_http_fault fault;
    enum native_http_proxy_kind kind = socks_kind(t);
    bool five = kind == NATIVE_HTTP_PROXY_SOCKS5 || kind == NATIVE_HTTP_PROXY_SOCKS5H;
    memset(&request, 0, sizeof(request));
    request.version = five ? NATIVE_HTTP_SOCKS_5 : NATIVE_HTTP_SOCKS_4;
    request.port = socks_port(t);
    if (!five || !t->options->socks_no_login) {
        request.user = t->route.has_before ? t->route.before.user : t->route.proxy_user;
        request.password = t->route.has_before ? t->route.before.password : t->route.proxy_password;
    }
    request.host = socks_host(t);
    if (!five) {
        enum native_http_go go = find_address(t, &request, now_ms);
        if (go != NATIVE_HTTP_GO)
            return go;
    }
    if (native_http_socks_start(&t->socks, &request, &fault) != NATIVE_HTTP_OK) {
        native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_PROXY, fault.reason, "SOCKS");
        t->error.part = NATIVE_HTTP_PART_SOCKS;
        return NATIVE_HTTP_FAILED;
    }
    t->socks_begun = true;
    return NATIVE_HTTP_GO;
}

static enum native_http_go socks_message(struct native_http_transfer *t, int64_t now_ms)
{
    struct native_http_fault fault;
    if (t->socks.state == NATIVE_HTTP_SOCKS_CONNECT && !t->socks.request.address) {
        enum native_http_go go = find_address(t, &t->socks.request, now_ms);
        if (go != NATIVE_HTTP_GO)
            return go;
    }
    t->send.head.len = t->send.head_at = 0;
    if (!native_http_text_reserve(&t->send.head, NATIVE_HTTP_SOCKS_MESSAGE_MAX)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return NATIVE_HTTP_FAILED;
    }
    if (native_http_socks_message(&t->socks, &t->send.head, &fault) == NATIVE_HTTP_OK)
        return NATIVE_HTTP_GO;
    native_http_error_fault(&t->error, NATIVE_HTTP_ERROR_PROXY, fault.reason, "SOCKS");
    t->error.part = NATIVE_HTTP_PART_SOCKS;
    return NATIVE_HTTP_FAILED;
}

/* What a refusal of SOCKS 4 names: two bytes of a port, four of an address. */
static void note_bound(struct native_http_transfer *t)
{
    struct native_net_address *bound = &t->info.bound;
    memset(bound, 0, sizeof(*bound));
    bound->at.v4.sin_family = AF_INET;
    memcpy(&bound->at.v4.sin_port, t->socks.bound, 2);
    memcpy(&bound->at.v4.sin_addr, t->socks.bound + 2, 4);
    bound->len = sizeof(bound->at.v4);
}

static enum native_http_go socks_failed(struct native_http_transfer *t)
{
    static const char *const why[] = {"",
                                      "its answer is not SOCKS of this version",
                                      "it wants another way of authentication",
                                      "it chose a way of authentication that was not offered",
                                      "it refused the user or the password",
                                      "it refused the connection",
                                      "its answer has an address of unknown kind",
                                      "its last answer is not SOCKS of this version"};
    const struct native_http_socks *socks = &t->socks;
    bool refused = socks->failure == NATIVE_HTTP_SOCKS_REFUSED;
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_PROXY, "the SOCKS proxy: %s%s%s",
                          why[socks->failure], refused ? ": " : "",
                          refused ? native_http_socks_code_text(socks->request.version, socks->code)
                                  : "");
    t->error.part = NATIVE_HTTP_PART_SOCKS;
    t->error.socks = socks->failure;
    t->error.code = socks->code;
    if (refused && socks->request.version == NATIVE_HTTP_SOCKS_4)
        note_bound(t);
    return NATIVE_HTTP_FAILED;
}

static enum native_http_go socks_receive(struct native_http_transfer *t)
{
    struct native_http_span in = native_http_connection_in(t->connection);
    struct native_net_error error;
    enum native_net_status status = NATIVE_NET_OK;
    size_t used = 0;
    if (in.len > 0) {
        (void)native_http_socks_receive(&t->socks, in.at, in.len, &used);
        native_http_connection_used(t->connection, used);
        return NATIVE_HTTP_GO;
    }
    native_net_error_clear(&error);
    status = native_http_connection_receive(t->connection, NATIVE_HTTP_IN_SIZE, SIZE_MAX, &error);
    if (status == NATIVE_NET_OK)
        return NATIVE_HTTP_GO;
    if (status == NATIVE_NET_AGAIN) {
        t->want = NATIVE_NET_READ;
        return NATIVE_HTTP_WAIT;
    }
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_PROXY,
                          "the SOCKS proxy closed the connection%s%s", error.message[0] ? ": " : "",
                          error.message);
    t->error.net = error;
    t->error.part = NATIVE_HTTP_PART_SOCKS;
    return NATIVE_HTTP_FAILED;
}

enum native_http_go native_http_step_socks(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go;
    t->info.phase = NATIVE_HTTP_PHASE_PROXY;
    if (!t->socks_begun && (go = socks_begin(t, now_ms)) != NATIVE_HTTP_GO)
        return go;
    if (t->send.head_at < t->send.head.len && (go = send_all(t)) != NATIVE_HTTP_GO) {
        if (go == NATIVE_HTTP_FAILED)
            t->error.part = NATIVE_HTTP_PART_SOCKS_ASKING;
        return go;
    }
    switch (t->socks.step) {
    case NATIVE_HTTP_SOCKS_SEND:
        return socks_message(t, now_ms);
    case NATIVE_HTTP_SOCKS_RECEIVE:
        return socks_receive(t);
    case NATIVE_HTTP_SOCKS_FAILED:
        return socks_failed(t);
    case NATIVE_HTTP_SOCKS_OPEN:
        break;
    }
    explicit_bzero(t->send.head.at, t->send.head.size);
    t->send.head.len = t->send.head_at = 0;
    native_http_after_socks(t);
    return NATIVE_HTTP_GO;
}

/* ---- CONNECT ---- */

static enum native_http_go connect_refused(struct native_http_transfer *t)
{
    native_http_error_set(&t->error, NATIVE_HTTP_ERROR_PROXY, "CONNECT tunnel failed, response %d",
                          t->info.connect_status);
    t->error.code = t->info.connect_status;
    return NATIVE_HTTP_FAILED;
}

/* Ask again, now with credentials: over this connection if it may serve, else over a new one. */
static enum native_http_go connect_again(struct native_http_transfer *t, int64_t now_ms)
{
    t->connect_begun = false;
    if (t->connection->reusable)
        return NATIVE_HTTP_GO;
    native_http_release(t, now_ms);
    t->step = NATIVE_HTTP_STEP_BEGIN;
    return NATIVE_HTTP_GO;
}

enum native_http_go native_http_step_connect(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go;
    t->info.phase = NATIVE_HTTP_PHASE_PROXY;
    if (!t->connect_begun) {
        if (!native_http_head_make(t, true) || !native_http_receive_begin(t, true))
            return NATIVE_HTTP_FAILED;
        native_http_trace_bytes(t, NATIVE_HTTP_TRACE_HEAD_OUT,
                                native_http_text_span(&t->send.head));
        t->info.request_bytes += t->send.head.len;
        t->connect_begun = true;
    }
    if ((go = send_all(t)) != NATIVE_HTTP_GO)
        return go;
    if ((go = native_http_receive_step(t, now_ms)) != NATIVE_HTTP_GO) {
        if (go == NATIVE_HTTP_FAILED && t->error.kind != NATIVE_HTTP_ERROR_ABORTED &&
            t->error.kind != NATIVE_HTTP_ERROR_SINK)
            t->error.kind = NATIVE_HTTP_ERROR_PROXY;
        if (t->error.fault == NATIVE_HTTP_FAULT_NO_HEAD) /* what has come in its place */
            t->info.header_bytes += native_http_connection_in(t->connection).len;
        return go;
    }
    if (native_http_wants_another(t))
        return connect_again(t, now_ms);
    if (t->error.kind != NATIVE_HTTP_ERROR_NONE)
        return NATIVE_HTTP_FAILED;
    if (t->info.connect_status < 200 || t->info.connect_status > 299)
        return connect_refused(t);
    t->connection->reusable = true; /* the proxy's fields say nothing about what is in the tunnel */
    native_http_after_tunnel(t);
    return NATIVE_HTTP_GO;
}

/* ---- the PROXY protocol, version 1: both ends of this connection, for who stands behind a balancer ---- */

static bool address_make(struct native_http_transfer *t)
{
    const struct native_http_connection *connection = t->connection;
    char line[128], from[64], to[64];
    int len;
    if (connection->remote.len == 0 || connection->local.len == 0)
        len = snprintf(line, sizeof(line), "PROXY UNKNOWN\r\n");
    else
        len = snprintf(line, sizeof(line), "PROXY %s %s %s %u %u\r\n",
                       connection->remote.at.any.sa_family == AF_INET ? "TCP4" : "TCP6",
                       native_net_address_host(&connection->local, from, sizeof(from)),
                       native_net_address_host(&connection->remote, to, sizeof(to)),
                       (unsigned)native_net_address_port(&connection->local),
                       (unsigned)native_net_address_port(&connection->remote));
    t->send.head.len = t->send.head_at = 0;
    return native_http_text_add(&t->send.head, (struct native_http_span){line, (size_t)len});
}

enum native_http_go native_http_step_address(struct native_http_transfer *t, int64_t now_ms)
{
    enum native_http_go go;
    (void)now_ms;
    t->info.phase = NATIVE_HTTP_PHASE_PROXY;
    if (!t->address_begun && !address_make(t)) {
        native_http_error_set(&t->error, NATIVE_HTTP_ERROR_NO_MEMORY, "out of memory");
        return NATIVE_HTTP_FAILED;
    }
    t->address_begun = true;
    go = send_all(t);
    if (go == NATIVE_HTTP_FAILED)
        t->error.kind = NATIVE_HTTP_ERROR_SEND;
    if (go != NATIVE_HTTP_GO)
        return go;
    t->address_said = true;
    native_http_after_tunnel(t);
    return NATIVE_HTTP_GO;
}
