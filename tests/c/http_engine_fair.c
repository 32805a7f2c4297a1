/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* http_engine_fair.c - a server that takes a body faster than it is made: an answer that comes early is seen, other
 * transfers go on, and limits of time hold. */
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "http/engine.h"
#include "http/pool.h"
#include "http/source.h"
#include "tests/c/support/net_server.h"

enum { PIECE = 16384, BODY = 1024 * PIECE, MUCH = BODY / 4 };

/* Zeros that take their time: a server on the same machine is always done before there are more. */
struct zeros {
    struct native_http_source source;
    uint64_t sent;
};

static enum native_http_source_status read_zeros(struct native_http_source *source, void *out,
                                                 size_t room, size_t *got)
{
    struct zeros *zeros = (struct zeros *)source;
    if (zeros->sent >= source->size)
        return NATIVE_HTTP_SOURCE_END;
    *got = room < PIECE ? room : PIECE;
    memset(out, 0, *got);
    usleep(1000);
    zeros->sent += *got;
    return NATIVE_HTTP_SOURCE_BYTES;
}

/* Answer when the head is there, and read all that comes. */
static void script_early(struct net_peer *peer)
{
    static const char answer[] = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
    static char bytes[1 << 20];
    if (net_peer_read(peer, bytes, sizeof(bytes)) > 0 &&
        net_peer_write(peer, answer, sizeof(answer) - 1))
        while (net_peer_read(peer, bytes, sizeof(bytes)) > 0)
            continue;
}

/* Read all that comes and say nothing. */
static void script_silent(struct net_peer *peer)
{
    static char bytes[1 << 20];
    while (net_peer_read(peer, bytes, sizeof(bytes)) > 0)
        continue;
}

static void script_answer(struct net_peer *peer)
{
    static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    char bytes[4096];
    if (net_peer_read(peer, bytes, sizeof(bytes)) > 0)
        net_peer_write(peer, answer, sizeof(answer) - 1);
}

static struct native_http_transfer *upload(const struct net_server *server, struct zeros *zeros,
                                           struct native_http_options *options, char url[64],
                                           const struct native_http_handlers *handlers)
{
    *zeros = (struct zeros){.source = {.read = read_zeros, .size = BODY}};
    snprintf(url, 64, "http://127.0.0.1:%d/", server->port);
    *options = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    options->url = (struct native_http_span){url, strlen(url)};
    options->kind = NATIVE_HTTP_PUT;
    options->source = &zeros->source;
    options->expect_above = -1;
    return native_http_transfer_new(options, handlers, NULL);
}

static void test_early(void)
{
    struct net_server server = {.connections = 1, .script = script_early};
    struct native_http_handlers handlers = {0};
    struct native_http_options options;
    struct native_http_pool *pool = native_http_pool_new();
    struct native_http_engine *engine = native_http_engine_new(pool);
    struct native_http_transfer *transfer;
    struct zeros zeros;
    char url[64];

    net_server_start(&server);
    transfer = upload(&server, &zeros, &options, url, &handlers);
    native_http_engine_add(engine, transfer);
    while (native_http_engine_step(engine) > 0)
        native_http_engine_wait(engine, NULL, 0, 10000);
    check(native_http_transfer_info(transfer)->status == 413, "status %d",
          native_http_transfer_info(transfer)->status);
    check(zeros.sent < MUCH, "%llu bytes were sent", (unsigned long long)zeros.sent);
    native_http_engine_remove(engine, transfer);
    native_http_transfer_free(transfer);
    native_http_engine_free(engine);
    native_http_pool_free(pool);
    net_server_stop(&server);
    end_test("an answer before the end of the body ends the sending");
}

static void test_others(void)
{
    struct net_server server = {.connections = 1, .script = script_silent};
    struct net_server other = {.connections = 1, .script = script_answer};
    struct native_http_handlers handlers = {0};
    struct native_http_options options, small;
    struct native_http_pool *pool = native_http_pool_new();
    struct native_http_engine *engine = native_http_engine_new(pool);
    struct native_http_transfer *transfer, *get;
    struct zeros zeros, none;
    char url[64], small_url[64];

    net_server_start(&server);
    net_server_start(&other);
    transfer = upload(&server, &zeros, &options, url, &handlers);
    get = upload(&other, &none, &small, small_url, &handlers);
    small.source = NULL;
    small.kind = NATIVE_HTTP_GET;
    native_http_engine_add(engine, transfer);
    native_http_engine_add(engine, get);
    while (!native_http_transfer_is_done(get) && native_http_engine_step(engine) > 0)
        native_http_engine_wait(engine, NULL, 0, 10000);
    check(native_http_transfer_info(get)->status == 200, "status %d",
          native_http_transfer_info(get)->status);
    check(!native_http_transfer_is_done(transfer) && zeros.sent < MUCH,
          "%llu bytes of the other were sent meanwhile", (unsigned long long)zeros.sent);
    native_http_engine_remove(engine, get);
    native_http_transfer_free(get);
    native_http_engine_remove(engine, transfer);
    native_http_transfer_free(transfer);
    native_http_engine_free(engine);
    native_http_pool_free(pool);
    net_server_stop(&server);
    net_server_stop(&other);
    end_test("an upload to a fast server leaves room for another transfer");
}

static void test_limit(void)
{
    struct net_server server = {.connections = 1, .script = script_silent};
    struct native_http_handlers handlers = {0};
    struct native_http_options options;
    struct native_http_pool *pool = native_http_pool_new();
    struct native_http_engine *engine = native_http_engine_new(pool);
    struct native_http_transfer *transfer;
    struct zeros zeros;
    char url[64];

    net_server_start(&server);
    transfer = upload(&server, &zeros, &options, url, &handlers);
    options.timeout_ms = 200;
    native_http_engine_add(engine, transfer);
    while (native_http_engine_step(engine) > 0)
        native_http_engine_wait(engine, NULL, 0, 10000);
    check(native_http_transfer_error(transfer)->kind == NATIVE_HTTP_ERROR_TIMEOUT, "error %s",
          native_http_error_kind_name(native_http_transfer_error(transfer)->kind));
    check(zeros.sent < MUCH, "%llu bytes were sent", (unsigned long long)zeros.sent);
    native_http_engine_remove(engine, transfer);
    native_http_transfer_free(transfer);
    native_http_engine_free(engine);
    native_http_pool_free(pool);
    net_server_stop(&server);
    end_test("a limit of time holds while a fast server takes what we send");
}

int main(void)
{
    test_early();
    test_others();
    test_limit();
    return done();
}
