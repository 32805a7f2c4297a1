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

/* An upload to a server with that script, on an engine of its own. */
struct upload {
    struct net_server server;
    struct native_http_handlers handlers;
    struct native_http_options options;
    struct native_http_pool *pool;
    struct native_http_engine *engine;
    struct native_http_transfer *transfer;
    struct zeros zeros;
    char url[64];
};

static void serve(struct net_server *server, struct native_http_options *options, char url[64],
                  void (*script)(struct net_peer *peer))
{
    *server = (struct net_server){.connections = 1, .script = script};
    net_server_start(server);
    snprintf(url, 64, "http://127.0.0.1:%d/", server->port);
    *options = (struct native_http_options)NATIVE_HTTP_OPTIONS_INIT;
    options->url = (struct native_http_span){url, strlen(url)};
}

static void upload_start(struct upload *up, void (*script)(struct net_peer *peer))
{
    memset(up, 0, sizeof(*up));
    serve(&up->server, &up->options, up->url, script);
    up->zeros = (struct zeros){.source = {.read = read_zeros, .size = BODY}};
    up->options.kind = NATIVE_HTTP_PUT;
    up->options.source = &up->zeros.source;
    up->options.expect_above = -1;
    up->pool = native_http_pool_new();
    up->engine = native_http_engine_new(up->pool);
    up->transfer = native_http_transfer_new(&up->options, &up->handlers, NULL);
    native_http_engine_add(up->engine, up->transfer);
}

static void run_until(struct upload *up, const struct native_http_transfer *transfer)
{
    while (!native_http_transfer_is_done(transfer) && native_http_engine_step(up->engine) > 0)
        native_http_engine_wait(up->engine, NULL, 0, 10000);
}

static void upload_end(struct upload *up)
{
    native_http_engine_remove(up->engine, up->transfer);
    native_http_transfer_free(up->transfer);
    native_http_engine_free(up->engine);
    native_http_pool_free(up->pool);
    net_server_stop(&up->server);
}

static void test_early(void)
{
    struct upload up;

    upload_start(&up, script_early);
    run_until(&up, up.transfer);
    check(native_http_transfer_info(up.transfer)->status == 413, "status %d",
          native_http_transfer_info(up.transfer)->status);
    check(up.zeros.sent < MUCH, "%llu bytes were sent", (unsigned long long)up.zeros.sent);
    upload_end(&up);
    end_test("an answer before the end of the body ends the sending");
}

static void test_others(void)
{
    struct upload up;
    struct net_server other;
    struct native_http_options options;
    struct native_http_transfer *get;
    char url[64];

    upload_start(&up, script_silent);
    serve(&other, &options, url, script_answer);
    get = native_http_transfer_new(&options, &up.handlers, NULL);
    native_http_engine_add(up.engine, get);
    run_until(&up, get);
    check(native_http_transfer_info(get)->status == 200, "status %d",
          native_http_transfer_info(get)->status);
    check(!native_http_transfer_is_done(up.transfer) && up.zeros.sent < MUCH,
          "%llu bytes of the other were sent meanwhile", (unsigned long long)up.zeros.sent);
    native_http_engine_remove(up.engine, get);
    native_http_transfer_free(get);
    upload_end(&up);
    net_server_stop(&other);
    end_test("an upload to a fast server leaves room for another transfer");
}

static void test_limit(void)
{
    struct upload up;

    upload_start(&up, script_silent);
    up.options.timeout_ms = 200;
    run_until(&up, up.transfer);
    check(native_http_transfer_error(up.transfer)->kind == NATIVE_HTTP_ERROR_TIMEOUT, "error %s",
          native_http_error_kind_name(native_http_transfer_error(up.transfer)->kind));
    check(up.zeros.sent < MUCH, "%llu bytes were sent", (unsigned long long)up.zeros.sent);
    upload_end(&up);
    end_test("a limit of time holds while a fast server takes what we send");
}

int main(void)
{
    test_early();
    test_others();
    test_limit();
    return done();
}
