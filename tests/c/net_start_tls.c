/* SPDX-License-Identifier: MIT OR Apache-2.0 */
/* net_start_tls.c - TLS that begins on a connection that is open already: through a tunnel. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <poll.h>

#include "harness.h"
#include "support/net_client.h"
#include "support/net_server.h"

static struct net_cert ca, good;

static void make_certificates(void)
{
    struct net_cert_request root = {.subject = "CN=Test CA", .is_ca = true};
    struct net_cert_request leaf = {.subject = "CN=origin.test",
                                    .dns = {"origin.test"},
                                    .issuer = &ca,
                                    .issuer_name = "CN=Test CA"};
    net_cert_make(&root, &ca);
    net_cert_make(&leaf, &good);
}

/* Read until the empty line of a request, answer, and go on as `data` says. */
static void script_proxy(struct net_peer *peer)
{
    const char *mode = peer->server->data;
    char head[256];
    size_t len = 0;
    while (len < sizeof(head) - 1 && (len < 2 || memcmp(head + len - 2, "\n\n", 2) != 0) &&
           net_peer_read(peer, head + len, 1) == 1)
        len++;
    (void)net_peer_write(peer, "OK\n", 3);
    if (strcmp(mode, "early") == 0)
        (void)net_peer_write(peer, "injected", 8);
    if (strcmp(mode, "close") == 0)
        return;
    if (strcmp(mode, "reset") == 0) {
        net_peer_reset(peer);
        return;
    }
    if (strcmp(mode, "mute") == 0) {
        while (net_peer_read(peer, head, sizeof(head)) > 0)
            continue;
        return;
    }
    net_script_tls_echo(peer);
}

static struct native_net_stream *tunnel(const struct net_server *server,
                                        struct native_net_error *error)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_stream *stream;
    char answer[3];
    size_t got;
    options.host = "127.0.0.1";
    options.port = server->port;
    stream = native_net_stream_new(&options, error);
    check(stream && net_client_open(stream, error) == NATIVE_NET_OK &&
              net_client_write(stream, "CONNECT\n\n", 9, error) == NATIVE_NET_OK &&
              net_client_read(stream, answer, 3, &got, error) == NATIVE_NET_OK,
          "%s", error->message);
    return stream;
}

static struct native_net_tls_config *trusting(void)
{
    struct native_net_tls_options options = NATIVE_NET_TLS_OPTIONS_INIT;
    struct native_net_error error;
    struct native_net_tls_config *config;
    options.ca_bytes = ca.cert;
    options.ca_bytes_len = strlen(ca.cert);
    config = native_net_tls_config_new(&options, &error);
    check(config != NULL, "%s", error.message);
    return config;
}

static void begin(const char *mode, struct net_server *server)
{
    memset(server, 0, sizeof(*server));
    server->connections = 1;
    server->script = script_proxy;
    server->cert = &good;
    server->data = (void *)(uintptr_t)mode;
    net_server_start(server);
}

static void test_good(void)
{
    struct native_net_start_tls how = NATIVE_NET_START_TLS_INIT;
    struct native_net_stream_times times;
    struct native_net_stream *stream;
    struct native_net_error error;
    struct net_server server;
    struct pollfd one = {-1, POLLIN, 0};
    int polls = 0;
    enum native_net_status status;
    begin("tls", &server);
    stream = tunnel(&server, &error);
    how.tls = trusting();
    how.server_name = "origin.test";
    how.port = 443;
    status = native_net_stream_start_tls(stream, &how, native_net_clock_ms(), &error);
    check(status == NATIVE_NET_OK && !native_net_stream_is_open(stream), "%s", error.message);
    native_net_tls_config_unref(how.tls); /* the stream has its own */
    while ((status = native_net_stream_open(stream, native_net_clock_ms(), &error)) ==
           NATIVE_NET_AGAIN) {
        one.fd = native_net_stream_fd(stream); /* as an outer event loop waits */
        check(native_net_stream_events(stream, NATIVE_NET_NONE) == NATIVE_NET_READ, "events");
        check(poll(&one, 1, 5000) == 1, "nothing to wait for");
        polls++;
    }
    check(status == NATIVE_NET_OK, "after %d waits: %s", polls, error.message);
    check(strcmp(net_server_seen.sni, "origin.test") == 0, "SNI %s", net_server_seen.sni);
    check(native_net_stream_tls(stream) && net_client_echoes(stream), "no echo");
    native_net_stream_get_times(stream, &times);
    check(times.tls_us > times.connect_us, "time of TLS");
    how.tls = trusting();
    check(native_net_stream_start_tls(stream, &how, 0, &error) == NATIVE_NET_ERROR &&
              error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT && net_client_echoes(stream),
          "TLS in TLS: %s", error.message);
    native_net_tls_config_unref(how.tls);
    native_net_stream_close(stream, true);
    native_net_stream_free(stream);
    net_server_stop(&server);
    end_test("a plain stream goes on as TLS, under the name of the other end of the tunnel");
}

/* Through the tunnel, with sessions shared. Returns whether one was resumed. */
static bool resumes(const struct net_server *server, uint16_t port, const char *scope)
{
    struct native_net_start_tls how = NATIVE_NET_START_TLS_INIT;
    struct native_net_error error;
    struct native_net_stream *stream = tunnel(server, &error);
    bool resumed = false;
    how.tls = trusting();
    how.server_name = "origin.test";
    how.port = port;
    how.sessions = native_net_tls_store_own();
    how.session_scope = scope;
    check(native_net_stream_start_tls(stream, &how, native_net_clock_ms(), &error) ==
                  NATIVE_NET_OK &&
              net_client_open(stream, &error) == NATIVE_NET_OK && net_client_echoes(stream),
          "%s", error.message);
    if (native_net_stream_is_open(stream))
        resumed = native_net_tls_was_resumed(native_net_stream_tls(stream));
    native_net_stream_close(stream, true);
    native_net_stream_free(stream);
    native_net_tls_config_unref(how.tls);
    return resumed;
}

static void test_sessions(void)
{
    struct net_server server = {.script = script_proxy, .cert = &good, .connections = 5};
    server.data = (void *)(uintptr_t) "tls";
    native_net_tls_store_flush();
    net_server_start(&server);
    check(!resumes(&server, 443, "proxy"), "there is nothing yet");
    check(resumes(&server, 443, "proxy"), "not resumed");
    check(!resumes(&server, 444, "proxy"), "resumed for another port of the origin");
    check(!resumes(&server, 443, "proxy with a user"), "resumed under another scope");
    check(resumes(&server, 443, "proxy"), "not resumed any more");
    net_server_stop(&server);
    end_test("sessions are shared through a tunnel, by the origin's port and the caller's scope");
}

static void refused(const char *mode, const char *name, size_t early_len,
                    enum native_net_error_kind kind, const char *words)
{
    struct native_net_start_tls how = NATIVE_NET_START_TLS_INIT;
    struct native_net_stream *stream;
    struct native_net_error error;
    struct net_server server;
    enum native_net_status status;
    begin(mode, &server);
    stream = tunnel(&server, &error);
    usleep(20000); /* what comes with or after the answer is there */
    how.tls = trusting();
    how.server_name = name;
    how.port = 443;
    how.timeout_ms = 150;
    how.early_len = early_len;
    status = native_net_stream_start_tls(stream, &how, native_net_clock_ms(), &error);
    if (status == NATIVE_NET_OK)
        status = net_client_open(stream, &error);
    check(status == NATIVE_NET_ERROR && error.kind == kind && strstr(error.message, words),
          "%s: kind %d, %s", mode, (int)error.kind, error.message);
    check(native_net_stream_fd(stream) == -1, "it was not closed");
    native_net_tls_config_unref(how.tls);
    native_net_stream_free(stream);
    net_server_stop(&server);
}

static void test_refused(void)
{
    refused("early", "origin.test", 0, NATIVE_NET_ERROR_TLS_HANDSHAKE, "before TLS began");
    refused("mute", "origin.test", 1, NATIVE_NET_ERROR_TLS_HANDSHAKE, "before TLS began");
    end_test("a peer that speaks before TLS began is refused");
    refused("close", "origin.test", 0, NATIVE_NET_ERROR_TLS_HANDSHAKE, "ended before TLS");
    refused("reset", "origin.test", 0, NATIVE_NET_ERROR_TLS_HANDSHAKE, "Connection reset by peer");
    refused("mute", "origin.test", 0, NATIVE_NET_ERROR_TLS_TIMEOUT, "origin.test port 443");
    refused("tls", "other.test", 0, NATIVE_NET_ERROR_TLS_CERT_HOST, "other.test");
    end_test("a tunnel that ends, stalls or leads elsewhere is an error that names the other end");
}

static void test_arguments(void)
{
    struct native_net_stream_options options = NATIVE_NET_STREAM_OPTIONS_INIT;
    struct native_net_start_tls how = NATIVE_NET_START_TLS_INIT;
    struct native_net_stream *stream;
    struct native_net_error error;
    options.host = "127.0.0.1";
    options.port = 1;
    stream = native_net_stream_new(&options, &error);
    check(native_net_stream_start_tls(stream, &how, 0, &error) == NATIVE_NET_ERROR &&
              error.kind == NATIVE_NET_ERROR_BAD_ARGUMENT,
          "%s", error.message);
    native_net_stream_free(stream);
    end_test("TLS cannot begin on a stream that is not open");
}

int main(void)
{
    make_certificates();
    test_good();
    test_sessions();
    test_refused();
    test_arguments();
    return done();
}
